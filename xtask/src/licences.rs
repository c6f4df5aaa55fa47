//! Which licences third-party parts may have. Every crate of Cargo.lock that is built and every npm package of
//! package-lock.json is held to the list; npm packages may run nothing when they are installed.

use serde_json::Value;

use crate::failure::{Outcome, failed};
use crate::workspace::Workspace;

/// Licences that allow shipping the page under its own (Apache-2.0), as SPDX names.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

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
    let lock = std::fs::read_to_string(workspace.root.join("package-lock.json")).unwrap_or_default();
    let mut wrong = crate_faults(&metadata);
    wrong.extend(package_faults(&lock));
    if wrong.is_empty() { Ok(()) } else { failed(wrong.join("\n")) }
}

fn crate_faults(metadata: &str) -> Vec<String> {
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
            let fine = licence.as_deref().is_some_and(is_allowed);
            (!fine).then(|| format!("crate {name}: licence {}", licence.as_deref().unwrap_or("unknown")))
        })
        .collect()
}

fn package_faults(lock: &str) -> Vec<String> {
    let lock: Value = serde_json::from_str(lock).unwrap_or_default();
    let Some(packages) = lock.get("packages").and_then(Value::as_object) else {
        return vec!["package-lock.json lists no packages".to_owned()];
    };
    let mut wrong = Vec::new();
    for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
        let licence = package.get("license").and_then(Value::as_str).unwrap_or("unknown");
        let excepted = TOOLS_ONLY.iter().any(|(tool, its)| name.starts_with(tool) && *its == licence);
        if !is_allowed(licence) && !excepted {
            wrong.push(format!("npm package {name}: licence {licence}"));
        }
        if package.get("hasInstallScript").and_then(Value::as_bool) == Some(true) {
            wrong.push(format!("npm package {name}: it runs a script when it is installed"));
        }
    }
    wrong
}

/// Whether a licence expression can be met by the list: one side of an `OR`, every side of an `AND`. The old `A/B` means `OR`.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.trim();
    let inner = expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    if let Some(inner) = inner
        && !inner.contains(['(', ')'])
    {
        return is_allowed(inner);
    }
    if let Some(sides) = split_outside(expression, " AND ") {
        return sides.into_iter().all(is_allowed);
    }
    if let Some(sides) = split_outside(expression, " OR ").or_else(|| split_outside(expression, "/")) {
        return sides.into_iter().any(is_allowed);
    }
    ALLOWED.contains(&expression)
}

/// The two sides of the first `word` that stands outside parentheses.
fn split_outside<'a>(text: &'a str, word: &str) -> Option<[&'a str; 2]> {
    let outside = |before: &str| before.matches('(').count() == before.matches(')').count();
    text.match_indices(word).find_map(|(at, _)| {
        let (before, rest) = text.split_at_checked(at)?;
        outside(before).then(|| rest.strip_prefix(word).map(|after| [before, after])).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_side_of_an_or_is_enough_and_every_side_of_an_and_is_needed() {
        for fine in [
            "MIT",
            "GPL-3.0 OR MIT",
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
        ] {
            assert!(is_allowed(fine), "{fine}");
        }
        for wrong in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "AGPL-3.0/GPL-2.0"]
        {
            assert!(!is_allowed(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_crate_without_a_licence_is_named() {
        let metadata = r#"{"packages":[{"name":"a","license":"MIT"},{"name":"b","license":null}]}"#;
        assert_eq!(crate_faults(metadata), ["crate b: licence unknown"]);
    }

    #[test]
    fn an_npm_package_that_runs_a_script_is_named() {
        let lock = r#"{"packages":{"":{},"node_modules/a":{"license":"MIT","hasInstallScript":true},"node_modules/axe-core":{"license":"MPL-2.0"}}}"#;
        assert_eq!(
            package_faults(lock),
            ["npm package node_modules/a: it runs a script when it is installed"]
        );
    }
}
