//! The code editor in one file: `editor/` and the packages it uses, bundled where Trunk finds it.
//!
//! The bundler is one that runs nothing when it is installed; npm brings the build of it that fits the machine.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::failure::{Context, Outcome};
use crate::process;
use crate::tools::{self, node};
use crate::workspace::Workspace;

/// Where the bundle lies; `index.html` names it too.
const BUNDLE: &str = "target/editor/editor.js";

/// What the bundle is made of.
const SOURCES: [&str; 3] = ["editor", "package-lock.json", "xtask/src/editor.rs"];

/// Makes the bundle, if it is not there or older than what it is made of.
pub fn bundle(workspace: &Workspace) -> Outcome<()> {
    tools::ensure(&node::Packages, workspace)?;
    let made = modified(&workspace.root.join(BUNDLE));
    let newest = SOURCES.iter().filter_map(|source| newest(&workspace.root.join(source))).max();
    if made.is_some() && made >= newest {
        return Ok(());
    }
    fs::create_dir_all(workspace.root.join("target/editor"))
        .context("cannot make a folder for the editor")?;
    let mut bundler = workspace.command("rolldown");
    bundler.args(["editor/editor.js", "--file", BUNDLE, "--format", "esm", "--platform", "browser"]);
    bundler.args(["--minify", "--no-codeSplitting", "--logLevel", "warn"]);
    process::run("Bundling the code editor", &mut bundler)
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}

/// When a file, or the newest file of a folder, was changed.
fn newest(path: &Path) -> Option<SystemTime> {
    if !path.is_dir() {
        return modified(path);
    }
    let files = fs::read_dir(path).ok()?;
    files.filter_map(|file| newest(&file.ok()?.path())).max()
}
