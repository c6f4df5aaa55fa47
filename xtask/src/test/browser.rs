//! The stages that run in Chromium.

use std::path::PathBuf;

use super::host::cargo;
use crate::build;
use crate::failure::{Context, Outcome, Required};
use crate::process;
use crate::report;
use crate::servers::{Front, Profile, Programs, is_free};
use crate::tally::Tally;
use crate::tools::{self, cargo_tools, chromium, node, proxies, wasm_std};
use crate::workspace::Workspace;

/// The address that the browser unit tests call is compiled into them, so it had better stay the same.
const WEB_PORT: u16 = 18_471;

/// The environment variable that carries it.
const WEB_ADDRESS: &str = "ZADIG_TEST_BASE";

/// Gives a cargo command that compiles the browser unit tests the address they usually call.
pub fn with_usual_address(command: &mut std::process::Command) -> &mut std::process::Command {
    command.env(WEB_ADDRESS, format!("http://127.0.0.1:{WEB_PORT}"))
}

/// `wasm-bindgen-test` in headless Chromium, against a simulator over real HTTP, through a gateway that
/// pages of other origins may call.
pub fn web(workspace: &Workspace, filter: Option<&str>) -> Outcome<Tally> {
    let sources = ["tests/web.rs", "tests/web/main.rs"];
    if !sources.iter().any(|source| workspace.root.join(source).is_file()) {
        report::heading("Browser unit tests");
        report::note("no web tests yet");
        return Ok(Tally::default());
    }
    tools::ensure(&wasm_std::WasmStd, workspace)?;
    tools::ensure(&cargo_tools::BINDGEN, workspace)?;
    tools::ensure(&chromium::Chromium, workspace)?;
    build::fetch(workspace)?;
    let programs = Programs::build(workspace, Profile::Dev)?;
    let simulator = programs.start_simulator(workspace, &[])?;
    let front = Front {
        // These tests load no files from the gateway.
        app: &workspace.root.join("public"),
        upstream: &simulator.address,
        port: if is_free(WEB_PORT) { WEB_PORT } else { 0 },
        options: ["--sim", "--allow-origin", "*"].map(str::to_owned).to_vec(),
    };
    let gateway = programs.start_gateway(workspace, &front)?;

    report::heading("Browser unit tests in Chromium (2 to 4 min to build the first time)");
    let mut command = cargo(workspace, &["test", "--target", wasm_std::TARGET, "--test", "web"]);
    command.args(filter);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    command.env("CHROMEDRIVER", workspace.which("chromedriver").or_say("chromedriver is gone")?);
    command.env("WASM_BINDGEN_TEST_ONLY_WEB", "1");
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    command.env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    command.env(WEB_ADDRESS, &gateway.address);
    let (status, output) = process::run_and_read(&mut command)?;
    Ok(Tally::read(&output).with_status(status.success()))
}

/// The release build in Chromium, driven from outside.
pub fn e2e(workspace: &Workspace, filter: Option<&str>) -> Outcome<Tally> {
    let files = scripts(workspace, "tests/e2e", ".test.mjs")?;
    if files.is_empty() {
        report::heading("End-to-end tests");
        report::note("no end-to-end tests yet");
        return Ok(Tally::default());
    }
    tools::ensure(&node::Packages, workspace)?;
    let browser = tools::ensure(&chromium::Chromium, workspace)?;
    if let Err(failure) = tools::ensure(&chromium::Fonts, workspace) {
        report::note(&format!("Going on without a Chinese font: {failure}"));
    }
    let nginx = tools::ensure(&proxies::NGINX, workspace)?;
    let caddy = tools::ensure(&proxies::CADDY, workspace)?;
    let programs = Programs::build(workspace, Profile::Dev)?;

    report::heading("End-to-end tests in Chromium");
    let mut command = workspace.command("node");
    command.args(["--test", "--test-concurrency=3", "--test-reporter=spec"]);
    command.args(narrowed(files, filter));
    environment(&mut command, workspace, &programs, &browser.path);
    command.env("E2E_NGINX_BIN", &nginx.path);
    command.env("E2E_CADDY_BIN", &caddy.path);
    let (status, output) = process::run_and_read(&mut command)?;
    Ok(Tally::read(&output).with_status(status.success()))
}

/// What every script that drives the browser is told.
pub fn environment(
    command: &mut std::process::Command,
    workspace: &Workspace,
    programs: &Programs,
    browser: &std::path::Path,
) {
    command.env("E2E_SIM_BIN", &programs.simulator);
    command.env("E2E_GATEWAY_BIN", &programs.gateway);
    command.env("E2E_APP_DIR", workspace.root.join("dist"));
    command.env("E2E_CHROMIUM", browser);
}

/// The scripts of a folder, in order; none if there is no such folder.
pub fn scripts(workspace: &Workspace, folder: &str, ending: &str) -> Outcome<Vec<PathBuf>> {
    let path = workspace.root.join(folder);
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(path).context(folder)?.flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    files.sort();
    Ok(files)
}

/// A name that is a file's picks the files; any other picks tests by their names.
fn narrowed(files: Vec<PathBuf>, filter: Option<&str>) -> Vec<String> {
    let text = |path: &PathBuf| path.display().to_string();
    let Some(filter) = filter else { return files.iter().map(text).collect() };
    let is_meant =
        |path: &&PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().contains(filter));
    let meant: Vec<String> = files.iter().filter(is_meant).map(text).collect();
    if !meant.is_empty() {
        return meant;
    }
    let pattern = format!("--test-name-pattern={}", escaped(filter));
    std::iter::once(pattern).chain(files.iter().map(text)).collect()
}

/// A text as a regular expression that matches just it.
fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for char in text.chars() {
        if "\\^$.|?*+()[]{}/".contains(char) {
            pattern.push('\\');
        }
        pattern.push(char);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_picks_files_first_and_tests_by_name_otherwise() {
        let files = || vec![PathBuf::from("e/list.test.mjs"), PathBuf::from("e/logs.test.mjs")];
        assert_eq!(narrowed(files(), Some("logs")), ["e/logs.test.mjs"]);
        let by_name = narrowed(files(), Some("5,000 (rows)"));
        assert_eq!(by_name[0], "--test-name-pattern=5,000 \\(rows\\)");
        assert_eq!(by_name.len(), 3);
        assert_eq!(narrowed(files(), None).len(), 2);
    }
}
