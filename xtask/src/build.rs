//! Builds the page and holds it to its promises: it loads, it has no inline code, it is small.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::args::BuildOptions;
use crate::failure::{Context, Failure, Outcome, failed};
use crate::pack;
use crate::process;
use crate::report;
use crate::size;
use crate::tools;
use crate::workspace::{Workspace, in_ci};

/// Makes `dist/`, prints its sizes and checks them. A debug build is not held to the budget.
pub fn build(workspace: &Workspace, options: &BuildOptions) -> Outcome<()> {
    tools::for_build(workspace, !options.debug)?;
    fetch(workspace)?;
    let dist = workspace.root.join("dist");
    let title = if options.debug {
        "Building the page (debug)"
    } else {
        "Building the page (release; 2 to 4 min the first time)"
    };
    let mut trunk = trunk(workspace, "build", !options.debug, &dist);
    if options.debug {
        process::run(title, &mut trunk)?;
    } else {
        process::run(title, trunk.env("CARGO_ENCODED_RUSTFLAGS", pack::rustflags()))?;
        pack::pack(workspace, &dist)?;
    }
    check(workspace, &dist, options)
}

/// Fetches the crates, so that nothing after this needs the network.
pub fn fetch(workspace: &Workspace) -> Outcome<()> {
    let mut command = workspace.command("cargo");
    command.args(["fetch", "--quiet"]).args(in_ci().then_some("--locked"));
    process::run("Fetching the crates of Cargo.lock", &mut command)
}

/// Trunk, building the page into `dist`.
pub fn trunk(workspace: &Workspace, action: &str, release: bool, dist: &Path) -> Command {
    let mut command = workspace.command("trunk");
    command
        .args([action, "--offline", "--skip-version-check", "--dist"])
        .arg(dist)
        .args(release.then_some("--release"));
    // Trunk reads this as a switch of its own and knows no other values than true and false.
    command.env_remove("NO_COLOR");
    command
}

fn check(workspace: &Workspace, dist: &Path, options: &BuildOptions) -> Outcome<()> {
    let page = fs::read_to_string(dist.join("index.html")).context("the built page")?;
    if let Some(inline) = inline_code(&page) {
        return failed(format!("index.html holds inline code, which its security policy refuses: {inline}"));
    }
    report::heading("What was built, and how large it is");
    let mut measure = workspace.command("node");
    measure.arg("xtask/scripts/measure.mjs").arg(dist).args(options.precompress.then_some("--precompress"));
    let output = measure.output().context("node")?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        return failed(format!("the built module does not load, or a file cannot be measured:\n{reason}"));
    }
    let sizes = size::read(&String::from_utf8_lossy(&output.stdout))?;
    report::table(&size::rows(&sizes, size::ON_DEMAND), &[4]);
    if options.debug {
        return Ok(());
    }
    let total = size::check(&sizes, size::ON_DEMAND)
        .map_err(|failure| Failure(format!("{failure}; see the table")))?;
    report::note(&format!("The module loads. {} (gzip) for the first page.", report::kilobytes(total)));
    Ok(())
}

/// The first inline script, style or handler of a page.
fn inline_code(page: &str) -> Option<String> {
    let tags = page.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    tags.map(str::trim).find(|tag| is_inline(tag)).map(|tag| format!("<{tag}>"))
}

fn is_inline(tag: &str) -> bool {
    let lower = tag.to_ascii_lowercase();
    let name = lower.split_whitespace().next().unwrap_or_default();
    let attributes = || lower.split_whitespace().skip(1);
    let handler = |word: &str| word.starts_with("style=") || (word.starts_with("on") && word.contains('='));
    match name {
        "style" => true,
        "script" if !attributes().any(|word| word.starts_with("src=")) => true,
        _ => !lower.starts_with('!') && attributes().any(handler),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_code_is_found_in_each_of_its_forms() {
        for page in [
            "<p><script type=\"module\">start()</script>",
            "<STYLE>p{}</STYLE>",
            "<p style=\"color:red\">",
            "<body onload=\"x()\">",
        ] {
            assert!(inline_code(page).is_some(), "{page}");
        }
    }

    #[test]
    fn scripts_and_styles_in_files_are_no_inline_code() {
        let page = "<!doctype html><!-- on=x --><link rel=\"stylesheet\" href=\"./a.css\"><script type=\"module\" src=\"./boot.js\" data-js=\"x\"></script><p class=\"on style\">";
        assert_eq!(inline_code(page), None);
    }
}
