//! Builds the standard library for the browser from the compiler's source.
//!
//! For machines that reach a Debian mirror but not rustup's server. The source of the very same compiler version is
//! Debian's package `rust-src`; it is downloaded and verified by apt, through package lists of our own so that the
//! system's stay as they are, and unpacked without being installed. Cargo then builds the library, and the result is laid
//! into the compiler's folder, where every later `cargo build` finds it as if rustup had brought it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::wasm_std::{TARGET, library_folder, rustc_version, sysroot};
use crate::failure::{Context, Outcome, failed};
use crate::process;
use crate::version::madison;
use crate::workspace::Workspace;

/// The Debian suite that carries the versions in question, several at once.
const SUITE: &str = "trixie-backports";

/// The keys that Debian machines trust.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Downloads the source, builds the library and installs it.
pub fn build(workspace: &Workspace) -> Outcome<()> {
    let scratch = workspace.tools().join("wasm-std");
    fs::create_dir_all(&scratch).context("cannot make a folder for the source")?;
    let place = sysroot(workspace)?.join("lib/rustlib/src/rust");
    // The link is for the time of the build only: nothing in the compiler's folder may point into the repository.
    let _link = if place.join("library/std").is_dir() {
        None
    } else {
        let source = download(workspace, &scratch)?;
        Some(Link::lay(&source, place)?)
    };
    let built = compile(workspace, &scratch)?;
    install(&built, &library_folder(workspace)?)?;
    fs::remove_dir_all(&scratch).context("cannot remove the source again")
}

/// Fetches and unpacks the source of this compiler's version.
fn download(workspace: &Workspace, scratch: &Path) -> Outcome<PathBuf> {
    for program in ["apt-get", "apt-cache", "dpkg", "tar"] {
        if workspace.which(program).is_none() {
            return failed(format!("{program} is not there: this is no Debian system"));
        }
    }
    let version = rustc_version(workspace)?.to_string();
    let apt = PrivateApt::new(workspace, scratch)?;
    process::run(
        &format!("Reading the package list of {SUITE} (about 15 s)"),
        apt.command("apt-get").arg("update"),
    )?;
    let listing = apt.command("apt-cache").args(["madison", "rust-src"]).output().context("apt-cache")?;
    let Some(package) = madison(&String::from_utf8_lossy(&listing.stdout), &version) else {
        return failed(format!("{SUITE} has no rust-src {version}"));
    };
    let mut fetch = apt.command("apt-get");
    fetch.current_dir(scratch).arg("download").arg(format!("rust-src={package}"));
    process::run(&format!("Fetching rust-src {package} (verified by apt)"), &mut fetch)?;
    let archive = only_file(scratch, "deb")?;
    // The library alone: the package holds the whole compiler, in tens of thousands of files.
    let mut unpack = workspace.command("sh");
    unpack.args([
        "-c",
        "dpkg --fsys-tarfile \"$1\" | tar --extract --directory \"$2\" \"./usr/src/rustc-$3/library\"",
        "sh",
    ]);
    process::run("Unpacking the library's source", unpack.arg(archive).arg(scratch).arg(&version))?;
    let source = scratch.join("usr/src").join(format!("rustc-{version}"));
    if source.join("library/std").is_dir() {
        Ok(source)
    } else {
        failed("the package does not hold the library's source")
    }
}

/// apt with a source list, package lists and a cache of its own.
struct PrivateApt<'a> {
    workspace: &'a Workspace,
    options: Vec<String>,
}

impl<'a> PrivateApt<'a> {
    fn new(workspace: &'a Workspace, scratch: &Path) -> Outcome<Self> {
        let mirror = mirror(workspace)?;
        let list = scratch.join("sources.list");
        fs::write(&list, format!("deb [signed-by={KEYRING}] {mirror} {SUITE} main\n"))
            .context("cannot write a source list")?;
        for folder in ["lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(scratch.join(folder)).context("cannot make a folder for apt")?;
        }
        let options = [
            format!("Dir::Etc::SourceList={}", list.display()),
            "Dir::Etc::SourceParts=-".to_owned(),
            format!("Dir::State::Lists={}", scratch.join("lists").display()),
            format!("Dir::Cache={}", scratch.join("cache").display()),
            // apt's download user may not read a folder of root's.
            "APT::Sandbox::User=root".to_owned(),
        ];
        Ok(Self { workspace, options: options.into() })
    }

    fn command(&self, program: &str) -> Command {
        let mut command = self.workspace.command(program);
        for option in &self.options {
            command.args(["-o", option]);
        }
        command
    }
}

/// The address of the Debian mirror that the machine itself uses.
fn mirror(workspace: &Workspace) -> Outcome<String> {
    let targets = workspace
        .ask("apt-get", &["indextargets", "--format", "$(RELEASE) $(REPO_URI)", "Created-By: Packages"]);
    let system = fs::read_to_string("/etc/os-release").context("/etc/os-release")?;
    match choose_mirror(&targets.unwrap_or_default(), &system) {
        Some(mirror) => Ok(mirror),
        None => failed("the machine's apt sources name no Debian mirror"),
    }
}

/// Of the lines `release address`, the address that the system's own release comes from.
fn choose_mirror(targets: &str, os_release: &str) -> Option<String> {
    let field = |name: &str| {
        os_release.lines().find_map(|line| line.strip_prefix(name)).map(|text| text.trim_matches('"'))
    };
    if field("ID=") != Some("debian") {
        return None;
    }
    let release = field("VERSION_CODENAME=")?;
    let lines = targets.lines().filter_map(|line| line.split_once(' '));
    let own = lines.clone().find(|(name, _)| *name == release);
    own.or_else(|| lines.clone().find(|(_, address)| address.trim_end_matches('/').ends_with("/debian")))
        .map(|(_, address)| address.to_owned())
}

/// Builds the library; gives the folder that holds it.
///
/// The two crate types and link-time optimisation make cargo keep bitcode in the libraries. Without it every later build
/// with `lto = true` fails.
fn compile(workspace: &Workspace, scratch: &Path) -> Outcome<PathBuf> {
    let package = scratch.join("package");
    fs::create_dir_all(package.join("src")).context("cannot make a scratch package")?;
    let manifest = "[workspace]\n[package]\nname = \"wasm-std-scratch\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"rlib\", \"cdylib\"]\n";
    fs::write(package.join("Cargo.toml"), manifest).context("cannot write a scratch package")?;
    fs::write(package.join("src/lib.rs"), "").context("cannot write a scratch package")?;
    let target = scratch.join("target");
    let mut cargo = workspace.command("cargo");
    cargo.current_dir(&package).args(["build", "--release", "--target", TARGET, "--target-dir"]).arg(&target);
    cargo.arg("-Zbuild-std=std,panic_abort,proc_macro,test");
    cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_PROFILE_RELEASE_LTO", "thin").env("RUSTFLAGS", "");
    process::run("Building the standard library for the browser (about 1 min on two cores)", &mut cargo)?;
    Ok(target.join(TARGET).join("release/deps"))
}

/// Lays the libraries into the compiler's folder, all at once, so that half a library is never taken for a whole one.
fn install(built: &Path, place: &Path) -> Outcome<()> {
    let say = "cannot add the library to the compiler's folder (does it belong to another user?)";
    let Some(parent) = place.parent() else { return failed("the compiler's folder has no parent") };
    let fresh = parent.join("lib.new");
    let _ = fs::remove_dir_all(&fresh);
    fs::create_dir_all(&fresh).context(say)?;
    for entry in fs::read_dir(built).context(say)?.flatten() {
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.contains("wasm_std_scratch") {
            fs::copy(entry.path(), fresh.join(&name)).context(say)?;
        }
    }
    let _ = fs::remove_dir_all(place);
    fs::rename(&fresh, place).context(say)
}

fn only_file(folder: &Path, ending: &str) -> Outcome<PathBuf> {
    let entries = fs::read_dir(folder).context("the download folder")?.flatten().map(|entry| entry.path());
    match entries.filter(|path| path.extension().is_some_and(|found| found == ending)).last() {
        Some(path) => Ok(path),
        None => failed(format!("apt left no .{ending} file")),
    }
}

/// A symbolic link that goes when this value does.
struct Link(PathBuf);

impl Link {
    fn lay(source: &Path, place: PathBuf) -> Outcome<Self> {
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent).context("cannot add to the compiler's folder")?;
        }
        let _ = fs::remove_file(&place);
        symlink(source, &place).context("cannot link the source into the compiler's folder")?;
        Ok(Self(place))
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEBIAN: &str = "PRETTY_NAME=\"Debian\"\nVERSION_CODENAME=bookworm\nID=debian\n";

    #[test]
    fn the_mirror_is_the_one_the_systems_release_comes_from() {
        let targets = "bookworm-security http://m.example/debian-security/\nbookworm http://m.example/debian/\nx http://other/debian";
        assert_eq!(choose_mirror(targets, DEBIAN).as_deref(), Some("http://m.example/debian/"));
        assert_eq!(
            choose_mirror("sid http://m.example/debian", DEBIAN).as_deref(),
            Some("http://m.example/debian")
        );
    }

    #[test]
    fn another_system_has_no_debian_mirror() {
        assert_eq!(
            choose_mirror("noble http://m.example/ubuntu/", "ID=ubuntu\nVERSION_CODENAME=noble\n"),
            None
        );
        assert_eq!(choose_mirror("", DEBIAN), None);
    }
}
