//! The compiler, and its standard library for the browser.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Found, Tool, wasm_std_source};
use crate::failure::{Failure, Outcome, Required, failed};
use crate::process;
use crate::report;
use crate::version::Version;
use crate::workspace::Workspace;

/// The compilation target of the page.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The compiler this repository is written for.
const OLDEST: &str = "1.95.0";

/// After this, the toolchain's server is taken for unreachable.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(180);

/// rustc, which the person brings.
#[derive(Debug)]
pub struct Rustc;

impl Tool for Rustc {
    fn name(&self) -> &'static str {
        "rustc"
    }

    fn needed(&self, _: &Workspace) -> String {
        format!("{OLDEST} or newer")
    }

    fn find(&self, workspace: &Workspace) -> Result<Found, String> {
        let version = rustc_version(workspace).map_err(|failure| failure.0)?;
        match Version::first_in(OLDEST) {
            Some(oldest) if version >= oldest => {
                let path = workspace.which("rustc").unwrap_or_default();
                Ok(Found { version: version.to_string(), path })
            }
            _ => Err(format!("{version} is too old")),
        }
    }

    fn plan(&self, _: &Workspace) -> String {
        "nothing: please run `rustup update stable`".to_owned()
    }

    fn install(&self, workspace: &Workspace) -> Outcome<()> {
        let reason = self.find(workspace).err().unwrap_or_default();
        failed(format!("rustc {OLDEST} or newer is needed ({reason}); `rustup update stable` brings it"))
    }
}

/// The standard library for [`TARGET`].
#[derive(Debug)]
pub struct WasmStd;

impl Tool for WasmStd {
    fn name(&self) -> &'static str {
        "wasm32 std"
    }

    fn needed(&self, _: &Workspace) -> String {
        "of the compiler in use".to_owned()
    }

    fn find(&self, workspace: &Workspace) -> Result<Found, String> {
        let folder = library_folder(workspace).map_err(|failure| failure.0)?;
        let has = |name: &str| has_library(&folder, name);
        if !has("libstd-") {
            return Err("not installed".to_owned());
        }
        if !has("libtest-") {
            return Err("installed without `test`, which the browser tests need".to_owned());
        }
        let version = rustc_version(workspace).map_err(|failure| failure.0)?;
        Ok(Found { version: version.to_string(), path: folder })
    }

    fn plan(&self, _: &Workspace) -> String {
        "rustup target add (10 s); where its server cannot be reached, build it from Debian's rust-src (2 min)".to_owned()
    }

    fn install(&self, workspace: &Workspace) -> Outcome<()> {
        let Err(download) = add_target(workspace) else { return Ok(()) };
        report::note(&format!("{download}."));
        report::note(
            "The standard library for the browser is built from the compiler's own source instead, once.",
        );
        wasm_std_source::build(workspace).map_err(|source| {
            Failure(format!(
                "The standard library for {TARGET} is missing. {download}. Building it from source failed too: {source}. \
                 On a machine that reaches rustup's server, `rustup target add {TARGET}` is all it takes"
            ))
        })
    }
}

/// Lets rustup fetch the library.
fn add_target(workspace: &Workspace) -> Outcome<()> {
    if workspace.which("rustup").is_none() {
        return failed("This compiler does not come from rustup");
    }
    let mut command = workspace.command("rustup");
    command.args(["target", "add", TARGET]).env_remove("RUST_BACKTRACE");
    let title = format!("Fetching the standard library for {TARGET} (rustup target add, at most 3 min)");
    process::run_within(&title, &mut command, Some(DOWNLOAD_LIMIT))
        .map_err(|failure| Failure(format!("rustup could not fetch it: {failure}")))?;
    match WasmStd.find(workspace) {
        Ok(_) => Ok(()),
        // A toolchain that was linked by hand: rustup adds to its own, not to that.
        Err(reason) => failed(format!("rustup reported success, but the library is {reason}")),
    }
}

/// The compiler's version.
pub fn rustc_version(workspace: &Workspace) -> Outcome<Version> {
    let printed = workspace.ask("rustc", &["--version"]).or_say("rustc does not start")?;
    Version::first_in(&printed).or_say("rustc prints no version")
}

/// The compiler's own folder.
pub fn sysroot(workspace: &Workspace) -> Outcome<PathBuf> {
    workspace
        .ask("rustc", &["--print", "sysroot"])
        .map(PathBuf::from)
        .or_say("rustc does not name its folder")
}

/// Where the libraries for [`TARGET`] belong.
pub fn library_folder(workspace: &Workspace) -> Outcome<PathBuf> {
    Ok(sysroot(workspace)?.join("lib/rustlib").join(TARGET).join("lib"))
}

fn has_library(folder: &Path, name: &str) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| {
        let file = entry.file_name();
        let file = file.to_string_lossy();
        file.starts_with(name) && file.ends_with(".rlib")
    })
}
