//! The tools that the application is built and tested with.
//!
//! Each says which version it must be, where it is found, and how it is installed. `doctor` only asks; every other command
//! installs what it needs and no more. A tool that the machine has already is used if its version fits.

pub mod cargo_tools;
pub mod chromium;
pub mod node;
pub mod proxies;
pub mod wasm_std;
pub mod wasm_std_source;

use std::path::PathBuf;

use crate::editor;
use crate::failure::{Outcome, failed};
use crate::report;
use crate::workspace::Workspace;

/// A tool that is there.
#[derive(Debug)]
pub struct Found {
    /// Its version, as far as it has one.
    pub version: String,
    /// Where it is.
    pub path: PathBuf,
}

/// Something the build or the tests need.
pub trait Tool {
    /// What it is called.
    fn name(&self) -> &'static str;
    /// The version that fits, in words.
    fn needed(&self, workspace: &Workspace) -> String;
    /// Looks for it. The error says what is missing or wrong.
    fn find(&self, workspace: &Workspace) -> Result<Found, String>;
    /// What installing it does and how long that takes, in words.
    fn plan(&self, workspace: &Workspace) -> String;
    /// Installs it. Fails with a sentence that says what to do instead.
    fn install(&self, workspace: &Workspace) -> Outcome<()>;
}

/// The tool as it is found, after installing it if need be.
pub fn ensure(tool: &dyn Tool, workspace: &Workspace) -> Outcome<Found> {
    if let Ok(found) = tool.find(workspace) {
        return Ok(found);
    }
    tool.install(workspace)?;
    match tool.find(workspace) {
        Ok(found) => Ok(found),
        Err(reason) => failed(format!("{} was installed and is still no use: {reason}", tool.name())),
    }
}

/// What a build of the page needs, the bundled editor among it. `wasm-opt` is used in release builds only.
pub fn for_build(workspace: &Workspace, release: bool) -> Outcome<()> {
    ensure(&node::Node, workspace)?;
    ensure(&wasm_std::WasmStd, workspace)?;
    ensure(&cargo_tools::BINDGEN, workspace)?;
    ensure(&cargo_tools::TRUNK, workspace)?;
    editor::bundle(workspace)?;
    if release {
        ensure(&node::Packages, workspace)?;
        ensure(&node::WasmOpt, workspace)?;
        ensure(&cargo_tools::SPLIT, workspace)?;
    }
    Ok(())
}

/// Everything that is missing.
pub fn ensure_all(workspace: &Workspace) -> Outcome<()> {
    for tool in all() {
        let found = ensure(tool, workspace)?;
        report::note(&format!("{} {}", tool.name(), found.version));
    }
    Ok(())
}

/// Every tool, in the order in which they are needed.
pub fn all() -> [&'static dyn Tool; 12] {
    [
        &wasm_std::Rustc,
        &wasm_std::WasmStd,
        &node::Node,
        &cargo_tools::BINDGEN,
        &cargo_tools::TRUNK,
        &cargo_tools::SPLIT,
        &node::WasmOpt,
        &node::Packages,
        &chromium::Chromium,
        &chromium::Fonts,
        &proxies::NGINX,
        &proxies::CADDY,
    ]
}
