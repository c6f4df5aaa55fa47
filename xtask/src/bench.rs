//! Runs the measurements: each is a script that prints one JSON object a line, and fails when a limit is broken.
//!
//! The page is the release build and the programs it talks to are optimised: a slow server would be what is measured.

use std::path::Path;

use serde_json::Value;

use crate::args::BuildOptions;
use crate::build;
use crate::failure::{Context, Outcome, failed};
use crate::process;
use crate::report;
use crate::servers::{Profile, Programs};
use crate::test::browser;
use crate::tools::{self, chromium, node};
use crate::workspace::Workspace;

/// Runs the scripts of `tests/bench` whose names are given, or all.
pub fn bench(workspace: &Workspace, names: &[String]) -> Outcome<()> {
    let mut scripts = browser::scripts(workspace, "tests/bench", ".bench.mjs")?;
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().replace(".bench.mjs", "");
    let known = scripts.iter().map(|path| name(path)).collect::<Vec<_>>().join(", ");
    scripts.retain(|path| names.is_empty() || names.contains(&name(path)));
    if scripts.is_empty() {
        return failed(format!("there is no such measurement; tests/bench has: [{known}]"));
    }
    build::build(workspace, &BuildOptions::default())?;
    tools::ensure(&node::Packages, workspace)?;
    let chromium = tools::ensure(&chromium::Chromium, workspace)?;
    let programs = Programs::build(workspace, Profile::Host)?;
    let mut broken = Vec::new();
    for script in scripts {
        report::heading(&format!("Measuring: {}", name(&script)));
        let mut command = workspace.command("node");
        command.arg(&script);
        browser::environment(&mut command, workspace, &programs, &chromium.path);
        let (status, output) = process::run_and_read(&mut command)?;
        report::table(&rows(&output).context(name(&script))?, &[]);
        if !status.success() {
            broken.push(name(&script));
        }
    }
    if !broken.is_empty() {
        return failed(format!("broken limits, or a failure, in: {}", broken.join(", ")));
    }
    Ok(())
}

/// The JSON lines as rows, with a column for every field in the order of its first appearance.
fn rows(output: &str) -> Result<Vec<Vec<String>>, serde_json::Error> {
    let lines = output.lines().filter(|line| line.starts_with('{'));
    let objects =
        lines.map(serde_json::from_str::<serde_json::Map<String, Value>>).collect::<Result<Vec<_>, _>>()?;
    let mut columns: Vec<String> = Vec::new();
    for name in objects.iter().flat_map(|object| object.keys()) {
        if !columns.contains(name) {
            columns.push(name.clone());
        }
    }
    let cell = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let row =
        |object: &serde_json::Map<String, Value>| columns.iter().map(|name| cell(object.get(name))).collect();
    let rows: Vec<Vec<String>> = objects.iter().map(row).collect();
    Ok(std::iter::once(columns.clone()).chain(rows).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_lines_become_a_table_and_other_lines_are_left_out() {
        let rows = rows("starting\n{\"a\":\"x\",\"b\":1}\n{\"a\":\"y\",\"c\":2.5}\n").unwrap();
        assert_eq!(rows, [["a", "b", "c"], ["x", "1", ""], ["y", "", "2.5"]]);
    }

    #[test]
    fn a_broken_line_is_an_error() {
        assert!(rows("{\"a\":").is_err());
    }
}
