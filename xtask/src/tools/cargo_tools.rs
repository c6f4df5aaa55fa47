//! Trunk and wasm-bindgen: programs that cargo builds from their published source, by their own lock files.

use std::fs;

use super::{Found, Tool};
use crate::failure::{Context, Outcome};
use crate::process;
use crate::version::{Version, locked};
use crate::workspace::Workspace;

/// Trunk, which builds the page. 0.22 wants a newer compiler.
pub const TRUNK: CargoTool = CargoTool {
    name: "trunk",
    package: "trunk",
    beside: None,
    pin: Pin::AtLeast("0.21.14"),
    options: &["--no-default-features", "--features", "rustls"],
    time: "5 to 7 min",
};

/// wasm-bindgen, which writes the JavaScript around the module, and its test runner.
pub const BINDGEN: CargoTool = CargoTool {
    name: "wasm-bindgen",
    package: "wasm-bindgen-cli",
    beside: Some("wasm-bindgen-test-runner"),
    pin: Pin::AsLocked("wasm-bindgen"),
    options: &[],
    time: "2 to 4 min",
};

/// cargo-deny, for `cargo xtask audit` only.
pub const DENY: CargoTool = CargoTool {
    name: "cargo-deny",
    package: "cargo-deny",
    beside: None,
    pin: Pin::AtLeast("0.20.2"),
    options: &[],
    time: "5 to 12 min",
};

/// wasm-split, which cuts the module into parts.
pub const SPLIT: CargoTool = CargoTool {
    name: "wasm-split-cli",
    package: "wasm_split_cli_support",
    beside: None,
    pin: Pin::Recorded("0.2.4"),
    options: &["--features", "build-binary"],
    time: "1 to 2 min",
};

/// A program from the package registry.
#[derive(Debug)]
pub struct CargoTool {
    name: &'static str,
    package: &'static str,
    /// Another program of the same package that is needed.
    beside: Option<&'static str>,
    pin: Pin,
    options: &'static [&'static str],
    time: &'static str,
}

/// Which version fits.
#[derive(Debug)]
enum Pin {
    /// This one, or a later correction of it.
    AtLeast(&'static str),
    /// The very version that `Cargo.lock` has of this package: the module and the program share a format.
    AsLocked(&'static str),
    /// This one, as cargo recorded it in `target/tools`: the program cannot tell its version.
    Recorded(&'static str),
}

impl CargoTool {
    fn version(&self, workspace: &Workspace) -> Result<String, String> {
        match self.pin {
            Pin::AtLeast(version) | Pin::Recorded(version) => Ok(version.to_owned()),
            Pin::AsLocked(package) => {
                let lock = fs::read_to_string(workspace.root.join("Cargo.lock"))
                    .map_err(|error| error.to_string())?;
                locked(&lock, package).ok_or_else(|| format!("Cargo.lock does not name {package}"))
            }
        }
    }

    fn fits(&self, needed: Version, found: Version) -> bool {
        match self.pin {
            Pin::AtLeast(_) => (found.major, found.minor) == (needed.major, needed.minor) && found >= needed,
            Pin::AsLocked(_) | Pin::Recorded(_) => found == needed,
        }
    }
}

impl Tool for CargoTool {
    fn name(&self) -> &'static str {
        self.name
    }

    fn needed(&self, workspace: &Workspace) -> String {
        let version = self.version(workspace).unwrap_or_else(|reason| reason);
        match self.pin {
            Pin::AtLeast(_) => format!("{version} or a later patch"),
            Pin::AsLocked(_) => format!("{version}, as in Cargo.lock"),
            Pin::Recorded(_) => version,
        }
    }

    fn find(&self, workspace: &Workspace) -> Result<Found, String> {
        let needed = self.version(workspace)?;
        let path = workspace.which(self.name).ok_or("not found")?;
        if let Some(other) = self.beside.filter(|other| workspace.which(other).is_none()) {
            return Err(format!("{} is there, {other} is not", self.name));
        }
        let printed = match self.pin {
            Pin::Recorded(_) => recorded(workspace, self.package).ok_or("not installed by this command")?,
            _ => workspace
                .ask(&path, &["--version"])
                .ok_or_else(|| format!("{} does not start", path.display()))?,
        };
        let versions = Version::first_in(&needed).zip(Version::first_in(&printed));
        let (needed, found) = versions.ok_or_else(|| format!("`{printed}` is no version"))?;
        if self.fits(needed, found) {
            Ok(Found { version: found.to_string(), path })
        } else {
            Err(format!("{found} at {} does not fit", workspace.shown(&path)))
        }
    }

    fn plan(&self, workspace: &Workspace) -> String {
        let version = self.version(workspace).unwrap_or_default();
        format!("cargo install {} {version} into target/tools ({} on two cores)", self.package, self.time)
    }

    fn install(&self, workspace: &Workspace) -> Outcome<()> {
        let version = self.version(workspace).context(self.name)?;
        let tools = workspace.tools();
        // One build folder for all tools, so that what they share is built once and an interrupted build goes on.
        let scratch = tools.join("build");
        let mut command = workspace.command("cargo");
        command
            .args(["install", "--locked", "--force", "--root"])
            .arg(&tools)
            .arg("--target-dir")
            .arg(&scratch);
        command.args(["--version", &format!("={version}")]).args(self.options).arg(self.package);
        // A tool that runs for seconds is not worth minutes of optimising.
        command.env("CARGO_PROFILE_RELEASE_LTO", "off");
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
        command.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        let title = format!(
            "Building {} {version} into target/tools, once ({} on two cores)",
            self.package, self.time
        );
        process::run(&title, &mut command)
    }
}

/// The version of a package that cargo has installed into `target/tools`.
fn recorded(workspace: &Workspace, package: &str) -> Option<String> {
    let list = fs::read_to_string(workspace.tools().join(".crates.toml")).ok()?;
    version_in(&list, package).map(str::to_owned)
}

fn version_in<'a>(list: &'a str, package: &str) -> Option<&'a str> {
    let line =
        list.lines().find_map(|line| line.strip_prefix('"')?.strip_prefix(package)?.strip_prefix(' '))?;
    line.split_whitespace().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::first_in(text).unwrap()
    }

    #[test]
    fn trunk_may_be_a_later_patch_of_the_same_series_only() {
        let needed = version("0.21.14");
        assert!(TRUNK.fits(needed, version("0.21.14")) && TRUNK.fits(needed, version("0.21.20")));
        assert!(!TRUNK.fits(needed, version("0.21.9")) && !TRUNK.fits(needed, version("0.22.0")));
    }

    #[test]
    fn a_version_is_read_from_what_cargo_recorded() {
        let list = "[v1]\n\"trunk 0.21.14 (registry+x)\" = [\"trunk\"]\n\"wasm_split_cli_support 0.2.4 (registry+x)\" = []\n";
        assert_eq!(version_in(list, "wasm_split_cli_support"), Some("0.2.4"));
        assert_eq!(version_in(list, "wasm_split"), None);
    }

    #[test]
    fn wasm_bindgen_must_be_the_very_version_of_the_lock_file() {
        let needed = version("0.2.129");
        assert!(BINDGEN.fits(needed, needed) && !BINDGEN.fits(needed, version("0.2.130")));
    }
}
