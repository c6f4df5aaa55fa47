//! Node, and what npm brings: wasm-opt, the browser driver of the end-to-end tests, the accessibility checks.

use std::fs;

use super::{Found, Tool, ensure};
use crate::failure::{Context, Outcome, failed};
use crate::process;
use crate::version::Version;
use crate::workspace::Workspace;

/// Node, which the person brings, like Rust.
#[derive(Debug)]
pub struct Node;

/// The oldest Node whose test runner and compression do what is asked of them.
const OLDEST_NODE: &str = "20.19.0";

impl Tool for Node {
    fn name(&self) -> &'static str {
        "node"
    }

    fn needed(&self, _: &Workspace) -> String {
        format!("{OLDEST_NODE} or newer, with npm")
    }

    fn find(&self, workspace: &Workspace) -> Result<Found, String> {
        let path = workspace.which("node").ok_or("not found")?;
        workspace.which("npm").ok_or("node is there, npm is not")?;
        let printed = workspace.ask(&path, &["--version"]).ok_or("node does not start")?;
        let versions = Version::first_in(&printed).zip(Version::first_in(OLDEST_NODE));
        match versions {
            Some((found, oldest)) if found >= oldest => Ok(Found { version: found.to_string(), path }),
            _ => Err(format!("{printed} is too old")),
        }
    }

    fn plan(&self, _: &Workspace) -> String {
        "nothing: please install Node.js yourself (20 LTS or newer, from your system or nodejs.org)"
            .to_owned()
    }

    fn install(&self, workspace: &Workspace) -> Outcome<()> {
        let reason = self.find(workspace).err().unwrap_or_default();
        failed(format!(
            "Node.js {OLDEST_NODE} or newer with npm is needed ({reason}). Please install it and run this again"
        ))
    }
}

/// wasm-opt of binaryen 132: newer ones may write modules that browsers refuse, older ones cannot read ours.
#[derive(Debug)]
pub struct WasmOpt;

const WASM_OPT: u32 = 132;

impl Tool for WasmOpt {
    fn name(&self) -> &'static str {
        "wasm-opt"
    }

    fn needed(&self, _: &Workspace) -> String {
        format!("{WASM_OPT}, as in Trunk.toml and package.json")
    }

    fn find(&self, workspace: &Workspace) -> Result<Found, String> {
        let path = workspace.which("wasm-opt").ok_or("not found")?;
        let printed = workspace.ask(&path, &["--version"]).ok_or("wasm-opt does not start")?;
        match Version::first_in(&printed) {
            Some(found) if found.major == WASM_OPT => Ok(Found { version: found.major.to_string(), path }),
            _ => Err(format!("`{printed}` at {} does not fit", workspace.shown(&path))),
        }
    }

    fn plan(&self, workspace: &Workspace) -> String {
        Packages.plan(workspace)
    }

    fn install(&self, workspace: &Workspace) -> Outcome<()> {
        Packages.install(workspace)
    }
}

/// The packages of `package-lock.json`.
#[derive(Debug)]
pub struct Packages;

/// A copy of the lock file that `node_modules` was filled from.
const STAMP: &str = "node_modules/.filled-from.json";

impl Tool for Packages {
    fn name(&self) -> &'static str {
        "npm packages"
    }

    fn needed(&self, _: &Workspace) -> String {
        "as in package-lock.json".to_owned()
    }

    fn find(&self, workspace: &Workspace) -> Result<Found, String> {
        let lock = fs::read(workspace.root.join("package-lock.json")).map_err(|error| error.to_string())?;
        let stamp = fs::read(workspace.root.join(STAMP)).map_err(|_| "not installed")?;
        if lock != stamp {
            return Err("node_modules is older than package-lock.json".to_owned());
        }
        Ok(Found { version: String::new(), path: workspace.root.join("node_modules") })
    }

    fn plan(&self, _: &Workspace) -> String {
        "npm ci into node_modules, no package scripts run (10 to 60 s)".to_owned()
    }

    fn install(&self, workspace: &Workspace) -> Outcome<()> {
        ensure(&Node, workspace)?;
        process::run(
            "Installing the npm packages of package-lock.json into node_modules",
            workspace.command("npm").arg("ci"),
        )?;
        let lock = workspace.root.join("package-lock.json");
        fs::copy(lock, workspace.root.join(STAMP)).context("cannot mark node_modules as filled")?;
        Ok(())
    }
}
