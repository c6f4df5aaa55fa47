//! The stages that need no browser.

use super::browser;
use crate::build;
use crate::failure::Outcome;
use crate::process;
use crate::report;
use crate::tally::Tally;
use crate::tools::{self, wasm_std};
use crate::workspace::{Workspace, in_ci};

/// A cargo command for the tests; where nothing is kept for a next run, without the cost of keeping it.
pub fn cargo(workspace: &Workspace, args: &[&str]) -> std::process::Command {
    let mut command = workspace.command("cargo");
    command.args(args);
    if in_ci() {
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// Everything is formatted.
pub fn fmt(workspace: &Workspace) -> Outcome<Tally> {
    let mut command = cargo(workspace, &["fmt", "--all", "--check", "--", "--files-with-diff"]);
    process::run("Checking the format (cargo fmt repairs it)", &mut command).map(|()| Tally::one(true))
}

/// No warnings: in the programs and tests of this machine, and in the application as the browser gets it.
pub fn clippy(workspace: &Workspace) -> Outcome<Tally> {
    tools::ensure(&wasm_std::WasmStd, workspace)?;
    build::fetch(workspace)?;
    let mut tally = Tally::default();
    let runs: [(&str, &[&str]); 2] = [
        ("Clippy for this machine (2 min the first time)", &["--workspace", "--all-targets"]),
        ("Clippy for the browser (1 min the first time)", &["--target", wasm_std::TARGET, "--all-targets"]),
    ];
    for (title, args) in runs {
        let mut command = cargo(workspace, &["clippy", "--quiet"]);
        browser::with_usual_address(command.args(args).args(["--", "--deny", "warnings"]));
        let outcome = process::run(title, &mut command);
        if let Err(failure) = &outcome {
            report::note(&failure.to_string());
        }
        tally = tally.plus(Tally::one(outcome.is_ok()));
    }
    Ok(tally)
}

/// All tests that run on this machine.
pub fn native(workspace: &Workspace, filter: Option<&str>) -> Outcome<Tally> {
    build::fetch(workspace)?;
    report::heading("Native tests (3 min to build the first time)");
    let mut command = cargo(workspace, &["test", "--workspace", "--no-fail-fast"]);
    let (status, output) = process::run_and_read(command.args(filter))?;
    Ok(Tally::read(&output).with_status(status.success()))
}
