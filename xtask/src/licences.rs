//! Which licences third-party parts may have: the list in `deny.toml`. Every crate of Cargo.lock that is built and every npm
//! package of package-lock.json is held to it; npm packages may run nothing when they are installed.
//!
//! `cargo xtask audit` has cargo-deny hold the crates to the same list. That program takes minutes to build, and it knows no
//! npm packages; this runs with every test and needs no network.

use serde_json::Value;
use spdx::{Expression, Licensee, ParseMode};
use toml::Table;

use crate::failure::{Context, Outcome, Required, failed};
use crate::workspace::Workspace;

/// Packages of the build and the tests only, never shipped, whose licence asks for nothing of who merely runs them: the
/// beginning of their name (a tool has a package for each system), and the licence.
const TOOLS_ONLY: [(&str, &str); 2] =
    [("node_modules/axe-core", "MPL-2.0"), ("node_modules/lightningcss", "MPL-2.0")];

/// Checks both lock files. Fails with the list of parts that may not be used.
pub fn check(workspace: &Workspace) -> Outcome<()> {
    let Some(metadata) =
        workspace.ask("cargo", &["metadata", "--format-version", "1", "--locked", "--offline"])
    else {
        return failed("cargo metadata fails: Cargo.lock is not up to date, or its crates were not fetched");
    };
    let file = |name: &str| std::fs::read_to_string(workspace.root.join(name)).context(name);
    let allowed = allowed(&file("deny.toml")?)?;
    let mut wrong = crate_faults(&metadata, &allowed);
    wrong.extend(package_faults(&file("package-lock.json")?, &allowed));
    if wrong.is_empty() { Ok(()) } else { failed(wrong.join("\n")) }
}

/// The list of cargo-deny's configuration.
fn allowed(configuration: &str) -> Outcome<Vec<Licensee>> {
    let configuration: Table = configuration.parse().context("deny.toml")?;
    let list = configuration.get("licenses").and_then(|licenses| licenses.get("allow"));
    let list = list.and_then(toml::Value::as_array).or_say("deny.toml allows no licences")?;
    let names = list.iter().map(|name| name.as_str().unwrap_or_default());
    names.map(|name| Licensee::parse(name).context(format!("deny.toml allows `{name}`"))).collect()
}

fn crate_faults(metadata: &str, allowed: &[Licensee]) -> Vec<String> {
    let metadata: Value = serde_json::from_str(metadata).unwrap_or_default();
    let Some(packages) = metadata.get("packages").and_then(Value::as_array) else {
        return vec!["cargo metadata lists no packages".to_owned()];
    };
    let text = |package: &Value, name: &str| package.get(name).and_then(Value::as_str).map(str::to_owned);
    packages
        .iter()
        .filter_map(|package| {
            let name = text(package, "name").unwrap_or_default();
            let licence = text(package, "license");
            let fine = licence.as_deref().is_some_and(|licence| is_allowed(licence, allowed));
            (!fine).then(|| format!("crate {name}: licence {}", licence.as_deref().unwrap_or("unknown")))
        })
        .collect()
}

fn package_faults(lock: &str, allowed: &[Licensee]) -> Vec<String> {
    let lock: Value = serde_json::from_str(lock).unwrap_or_default();
    let Some(packages) = lock.get("packages").and_then(Value::as_object) else {
        return vec!["package-lock.json lists no packages".to_owned()];
    };
    let mut wrong = Vec::new();
    for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
        let licence = package.get("license").and_then(Value::as_str).unwrap_or("unknown");
        let excepted = TOOLS_ONLY.iter().any(|(tool, its)| name.starts_with(tool) && *its == licence);
        if !is_allowed(licence, allowed) && !excepted {
            wrong.push(format!("npm package {name}: licence {licence}"));
        }
        if package.get("hasInstallScript").and_then(Value::as_bool) == Some(true) {
            wrong.push(format!("npm package {name}: it runs a script when it is installed"));
        }
    }
    wrong
}

/// Whether a licence expression can be met by the list. Packages of old write `A/B` for `A OR B`.
fn is_allowed(expression: &str, allowed: &[Licensee]) -> bool {
    let expression = Expression::parse_mode(expression, ParseMode::LAX);
    let meets = |expression: Expression| {
        expression.evaluate(|wanted| allowed.iter().any(|licence| licence.satisfies(wanted)))
    };
    expression.is_ok_and(meets)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Vec<Licensee> {
        allowed(include_str!("../../deny.toml")).unwrap()
    }

    #[test]
    fn one_side_of_an_or_is_enough_and_every_side_of_an_and_is_needed() {
        for fine in [
            "MIT",
            "GPL-3.0 OR MIT",
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
        ] {
            assert!(is_allowed(fine, &list()), "{fine}");
        }
        for wrong in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "AGPL-3.0/GPL-2.0"]
        {
            assert!(!is_allowed(wrong, &list()), "{wrong}");
        }
    }

    #[test]
    fn a_list_that_is_missing_or_holds_no_licence_is_refused() {
        for wrong in ["", "[licenses]\nallow = [\"MTI\"]", "[licenses]\nallow = [7]"] {
            assert!(allowed(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_crate_without_a_licence_is_named() {
        let metadata = r#"{"packages":[{"name":"a","license":"MIT"},{"name":"b","license":null}]}"#;
        assert_eq!(crate_faults(metadata, &list()), ["crate b: licence unknown"]);
    }

    #[test]
    fn an_npm_package_that_runs_a_script_is_named() {
        let lock = r#"{"packages":{"":{},"node_modules/a":{"license":"MIT","hasInstallScript":true},"node_modules/axe-core":{"license":"MPL-2.0"}}}"#;
        assert_eq!(
            package_faults(lock, &list()),
            ["npm package node_modules/a: it runs a script when it is installed"]
        );
    }
}
