//! Known vulnerabilities, licences and origins of what is in `Cargo.lock`: `cargo xtask audit` has cargo-deny compare them with
//! RustSec's advisories and the rules of `deny.toml`, and notes what it compared. The database lives on the network, so the
//! tests only say of which day that note is and which crates have come since.

use std::collections::BTreeSet;
use std::fs;

use toml::{Table, Value};

use crate::args::AuditOptions;
use crate::failure::{Context, Outcome, Required};
use crate::process;
use crate::report;
use crate::tools::{self, cargo_tools};
use crate::workspace::Workspace;

/// Where the note lies.
const NOTE: &str = "xtask/audited.txt";

/// Where cargo-deny takes the advisories from.
const DATABASE: &str = "https://github.com/RustSec/advisory-db";

/// Holds `Cargo.lock` to the advisories and to `deny.toml`. Says whether nothing was found that is not accepted there.
pub fn audit(workspace: &Workspace, options: &AuditOptions) -> Outcome<bool> {
    let program = tools::ensure(&cargo_tools::DENY, workspace)?;
    let mut command = workspace.command(&program.path);
    command.args(["--locked", "check"]);
    if let Some(copy) = &options.database {
        let copy = copy.canonicalize().context(copy.display())?;
        // cargo-deny asks git for the database, and git takes it from here.
        command.env("GIT_CONFIG_COUNT", "1");
        command.env("GIT_CONFIG_KEY_0", format!("url.{}.insteadOf", copy.display()));
        command.env("GIT_CONFIG_VALUE_0", DATABASE);
    }
    let compared = process::run("Advisories, licences and origins of the crates in Cargo.lock", &mut command);
    npm(workspace)?;
    if let Err(failure) = compared {
        report::note(&format!(
            "{failure}. Where the network does not have the database, give a copy of its repository with --database FOLDER."
        ));
        return Ok(false);
    }
    fs::write(workspace.root.join(NOTE), note(workspace)?).context(NOTE)?;
    Ok(true)
}

/// Says of which day the last comparison is, and what has come since. Never fails: the network decides when it can be made again.
pub fn remind(workspace: &Workspace) -> Outcome<()> {
    let note = fs::read_to_string(workspace.root.join(NOTE)).unwrap_or_default();
    report::note(&reminder(&note, &locked(&lock(workspace)?)?));
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

/// The crates that came from a registry, as `name version`.
fn locked(lock: &str) -> Outcome<BTreeSet<String>> {
    let lock: Table = lock.parse().context("Cargo.lock")?;
    let packages = lock.get("package").and_then(Value::as_array).or_say("Cargo.lock lists no packages")?;
    let registry = packages.iter().filter(|package| package.get("source").is_some());
    let text = |package: &Value, key: &str| package.get(key)?.as_str().map(str::to_owned);
    Ok(registry
        .filter_map(|package| Some(format!("{} {}", text(package, "name")?, text(package, "version")?)))
        .collect())
}

fn note(workspace: &Workspace) -> Outcome<String> {
    let today = workspace.ask("date", &["-u", "+%F"]).or_say("`date` does not answer")?;
    let list: String = locked(&lock(workspace)?)?.iter().map(|one| format!("{one}\n")).collect();
    Ok(format!(
        "# Written by `cargo xtask audit`: these crates were compared with the RustSec advisories.\n\
         compared: {today}\ndatabase: {}\n{list}",
        state(workspace).unwrap_or_else(|| "of an unknown day".to_owned())
    ))
}

/// The day and the commit of the database that cargo-deny keeps, in a folder that it named (`db-path` in `deny.toml`).
fn state(workspace: &Workspace) -> Option<String> {
    let kept = fs::read_dir(workspace.tools().join("advisory-dbs")).ok()?;
    let folder = kept.filter_map(|entry| Some(entry.ok()?.path())).find(|path| path.join(".git").exists())?;
    workspace.ask("git", &["-C", folder.to_str()?, "log", "-1", "--format=%cs %h"])
}

/// The sentence about a note.
fn reminder(note: &str, locked: &BTreeSet<String>) -> String {
    let field = |name: &str| note.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let Some((compared, database)) = field("compared:").zip(field("database:")) else {
        return "Advisories: never compared; `cargo xtask audit` does it (it needs the network).".to_owned();
    };
    let known: BTreeSet<&str> = note.lines().collect();
    let new: Vec<&str> = locked.iter().map(String::as_str).filter(|one| !known.contains(one)).collect();
    let since = if new.is_empty() {
        "the same crates as now".to_owned()
    } else {
        format!("{} crates are newer: {}", new.len(), new.join(", "))
    };
    format!(
        "Advisories: compared on {compared} with the database of {database}; {since}. `cargo xtask audit` compares again \
         (it needs the network)."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "[[package]]\nname = \"ours\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"r\"\n\n[[package]]\nname = \"b\"\nversion = \"2.0.0\"\nsource = \"r\"\n";

    #[test]
    fn only_crates_of_a_registry_are_compared() {
        assert_eq!(locked(LOCK).unwrap().into_iter().collect::<Vec<_>>(), ["a 1.0.0", "b 2.0.0"]);
        assert!(locked("version = 4").is_err());
    }

    #[test]
    fn the_reminder_says_the_day_and_what_is_new() {
        let note = "compared: 2026-03-02\ndatabase: 2026-02-27 ab12\na 1.0.0\n";
        let said = reminder(note, &locked(LOCK).unwrap());
        assert!(
            said.contains("2026-03-02")
                && said.contains("database of 2026-02-27")
                && said.contains("1 crates are newer: b 2.0.0"),
            "{said}"
        );
        assert!(reminder("", &locked(LOCK).unwrap()).contains("never compared"));
    }
}
