//! Known vulnerabilities of what is in `Cargo.lock`: `cargo xtask audit` asks the RustSec database with cargo-audit and, if all
//! is well, notes what it compared. The database lives on the network, so the tests only say how old that note is and which
//! crates have come since.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::args::AuditOptions;
use crate::failure::{Context, Outcome, Required, failed};
use crate::process;
use crate::report;
use crate::tools::{self, cargo_tools};
use crate::workspace::Workspace;

/// Where the note lies.
const NOTE: &str = "xtask/audited.txt";

/// Advisories that are known and change nothing here, with the reason.
const ACCEPTED: [(&str, &str); 1] = [(
    "RUSTSEC-2024-0436",
    "`paste` has no maintainer; Leptos uses it while it is compiled, nothing of it is in the page",
)];

/// Compares `Cargo.lock` with the database. Says whether nothing was found that is not accepted.
pub fn audit(workspace: &Workspace, options: &AuditOptions) -> Outcome<bool> {
    let program = tools::ensure(&cargo_tools::AUDIT, workspace)?;
    let database = options.database.clone().unwrap_or_else(|| workspace.tools().join("advisory-db"));
    let mut command = workspace.command(&program.path);
    command.args(["audit", "--json", "--db"]).arg(&database);
    command.args(options.database.iter().flat_map(|_| ["--no-fetch", "--stale"]));
    report::heading("Known vulnerabilities of the crates in Cargo.lock");
    let output = command.output().context("cargo-audit")?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let Ok(found) = serde_json::from_str::<Value>(&printed) else {
        let reason = String::from_utf8_lossy(&output.stderr);
        return failed(format!(
            "cargo-audit found no database. It takes RustSec's from the network; where there is none, give a copy of its \
             repository with --database FOLDER:\n{}",
            reason.trim()
        ));
    };
    let findings = findings(&found);
    for finding in &findings {
        let reason = accepted(&finding.id);
        let fate = reason.map_or_else(|| "NOT ACCEPTED".to_owned(), |reason| format!("accepted: {reason}"));
        report::note(&format!("{} {}: {}. {fate}", finding.id, finding.package, finding.title));
    }
    let count = found.pointer("/database/advisory-count").and_then(Value::as_u64).unwrap_or_default();
    let crates = locked(&lock(workspace)?);
    report::note(&format!("{} crates were compared with {count} advisories.", crates.len()));
    npm(workspace)?;
    if findings.iter().any(|finding| accepted(&finding.id).is_none()) {
        return Ok(false);
    }
    fs::write(workspace.root.join(NOTE), note(workspace, &database, &crates)?).context(NOTE)?;
    Ok(true)
}

/// Says how old the last comparison is, and what has come since. Never fails: the network decides when it can be made again.
pub fn remind(workspace: &Workspace) -> Outcome<()> {
    let note = fs::read_to_string(workspace.root.join(NOTE)).unwrap_or_default();
    let today = workspace.ask("date", &["-u", "+%F"]).unwrap_or_default();
    report::note(&reminder(&note, &lock(workspace)?, &today));
    Ok(())
}

fn lock(workspace: &Workspace) -> Outcome<String> {
    fs::read_to_string(workspace.root.join("Cargo.lock")).context("Cargo.lock")
}

/// npm's own audit asks the registry, which not every registry answers.
fn npm(workspace: &Workspace) -> Outcome<()> {
    let mut command = workspace.command("npm");
    command.args(["audit", "--audit=true", "--package-lock-only"]);
    if let Err(failure) = process::run("npm packages", &mut command) {
        report::note(&format!("npm: not compared, or see above ({failure})"));
    }
    Ok(())
}

/// One thing that was found.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    id: String,
    package: String,
    title: String,
}

/// Vulnerabilities, and warnings of every kind: without a maintainer, unsound, withdrawn.
fn findings(found: &Value) -> Vec<Finding> {
    let vulnerabilities = found.pointer("/vulnerabilities/list").and_then(Value::as_array);
    let warnings = found.get("warnings").and_then(Value::as_object);
    let warned = warnings.into_iter().flat_map(|kinds| kinds.values()).filter_map(Value::as_array).flatten();
    let text = |value: &Value, at: &str| value.pointer(at).and_then(Value::as_str).unwrap_or("?").to_owned();
    let read = |one: &Value| Finding {
        id: text(one, "/advisory/id"),
        package: format!("{} {}", text(one, "/package/name"), text(one, "/package/version")),
        title: text(one, "/advisory/title"),
    };
    vulnerabilities.into_iter().flatten().chain(warned).map(read).collect()
}

fn accepted(id: &str) -> Option<&'static str> {
    ACCEPTED.iter().find(|(known, _)| *known == id).map(|(_, reason)| *reason)
}

/// The crates that came from a registry, as `name version`.
fn locked(lock: &str) -> BTreeSet<String> {
    let value = |block: &str, key: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(key));
        line.and_then(|rest| rest.strip_suffix('"')).map(str::to_owned)
    };
    let registry = lock.split("[[package]]").filter(|block| block.contains("\nsource = "));
    registry
        .filter_map(|block| Some(format!("{} {}", value(block, "name = \"")?, value(block, "version = \"")?)))
        .collect()
}

fn note(workspace: &Workspace, database: &Path, crates: &BTreeSet<String>) -> Outcome<String> {
    let today = workspace.ask("date", &["-u", "+%F"]).or_say("`date` does not answer")?;
    let folder = database.display().to_string();
    let state = workspace.ask("git", &["-C", &folder, "log", "-1", "--format=%cs %h"]);
    let state = state.unwrap_or_else(|| "of an unknown day".to_owned());
    let list: String = crates.iter().map(|one| format!("{one}\n")).collect();
    Ok(format!(
        "# Written by `cargo xtask audit`: these crates were compared with the RustSec advisories.\n\
         compared: {}\ndatabase: {}\n{list}",
        today.trim(),
        state.trim()
    ))
}

/// The sentence about a note.
fn reminder(note: &str, lock: &str, today: &str) -> String {
    let field =
        |name: &str| note.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).unwrap_or_default();
    let (compared, database) = (field("compared:"), field("database:"));
    let day_of = |text: &str| text.split(' ').next().and_then(day);
    let Some(age) = day_of(database).zip(day_of(today)).map(|(then, now)| now - then) else {
        return "Advisories: never compared; `cargo xtask audit` does it (it needs the network).".to_owned();
    };
    let known: BTreeSet<&str> = note.lines().collect();
    let new: Vec<String> = locked(lock).into_iter().filter(|one| !known.contains(one.as_str())).collect();
    let since = if new.is_empty() {
        "the same crates as now".to_owned()
    } else {
        format!("{} crates are newer: {}", new.len(), new.join(", "))
    };
    format!(
        "Advisories: compared on {compared} with a database that is {age} days old now; {since}. \
         `cargo xtask audit` compares again (it needs the network)."
    )
}

/// The number of a day `YYYY-MM-DD`, counted from some day long ago.
fn day(text: &str) -> Option<i64> {
    let mut parts = text.trim().split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // Years that begin in March have their leap day at their end.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    Some(
        year * 365 + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (month * 306 + 5) / 10
            + day,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "[[package]]\nname = \"ours\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"r\"\n\n[[package]]\nname = \"b\"\nversion = \"2.0.0\"\nsource = \"r\"\n";

    #[test]
    fn vulnerabilities_and_warnings_are_both_found() {
        let one = |id: &str| {
            format!(r#"{{"advisory":{{"id":"{id}","title":"bad"}},"package":{{"name":"a","version":"1"}}}}"#)
        };
        let found = format!(
            r#"{{"vulnerabilities":{{"list":[{}]}},"warnings":{{"unmaintained":[{}],"unsound":[{}]}}}}"#,
            one("V"),
            one("U"),
            one("S")
        );
        let ids: Vec<String> =
            findings(&serde_json::from_str(&found).unwrap()).into_iter().map(|one| one.id).collect();
        assert_eq!(ids, ["V", "U", "S"]);
        assert!(accepted("V").is_none());
    }

    #[test]
    fn only_crates_of_a_registry_are_compared() {
        assert_eq!(locked(LOCK).into_iter().collect::<Vec<_>>(), ["a 1.0.0", "b 2.0.0"]);
    }

    #[test]
    fn the_reminder_says_the_age_and_what_is_new() {
        let note = "compared: 2026-03-02\ndatabase: 2026-02-27 ab12\na 1.0.0\n";
        let said = reminder(note, LOCK, "2026-03-11\n");
        assert!(
            said.contains("2026-03-02")
                && said.contains("12 days old")
                && said.contains("1 crates are newer: b 2.0.0"),
            "{said}"
        );
        assert!(reminder("", LOCK, "2026-03-11").contains("never compared"));
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        assert_eq!(day("2024-03-01").unwrap() - day("2024-02-28").unwrap(), 2);
        assert_eq!(day("2026-01-01").unwrap() - day("2025-01-01").unwrap(), 365);
        assert_eq!(day("soon"), None);
    }
}
