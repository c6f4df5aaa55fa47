//! Says what is there and what is missing, and changes nothing.

use crate::report;
use crate::tools;
use crate::workspace::Workspace;

/// Prints every tool; says whether all are there.
pub fn examine(workspace: &Workspace) -> bool {
    report::heading("What this repository needs, and what this machine has");
    let mut rows = Vec::new();
    let mut missing = Vec::new();
    for tool in tools::all() {
        let (state, place) = match tool.find(workspace) {
            Ok(found) => (format!("ok {}", found.version), workspace.shown(&found.path)),
            Err(reason) => {
                missing.push(tool.name());
                ("MISSING".to_owned(), reason)
            }
        };
        rows.push(vec![tool.name().to_owned(), state.trim_end().to_owned(), place]);
        for line in
            [format!("needed: {}", tool.needed(workspace)), format!("comes by: {}", tool.plan(workspace))]
        {
            rows.push(vec![String::new(), String::new(), line]);
        }
    }
    report::table(&rows, &[1, 2]);
    println!();
    if missing.is_empty() {
        report::note("Nothing is missing.");
        return true;
    }
    report::note(&format!(
        "Missing: {}. The first command that needs one installs it, as said above;",
        missing.join(", ")
    ));
    report::note("`cargo xtask setup` installs all of them now.");
    false
}
