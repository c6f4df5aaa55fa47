//! Rules that no other tool holds: short files, imports that go down, and nothing in the repository that only one machine
//! understands.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::failure::{Context, Outcome, failed};
use crate::floors;
use crate::workspace::Workspace;

/// A source file of more lines is two ideas in one.
const LINES: usize = 400;

const SOURCES: [&str; 8] = ["rs", "mjs", "js", "css", "html", "toml", "yaml", "yml"];

/// Text that means something on one machine only. In pieces, so that this file passes its own check.
const PLACES: [&str; 8] = [
    concat!("/wo", "rk/main"),
    concat!("/wo", "rk/shared"),
    concat!("/tmp/", "bash_jobs"),
    concat!("/ro", "ot/"),
    concat!("registry.", "npmjs"),
    concat!("npm", "mirror"),
    concat!("deb.", "debian.org"),
    concat!("static.", "rust-lang.org"),
];

/// The directories whose paths guides and tests name.
const ROOTS: [&str; 6] = ["src/", "tests/", "docs/", "public/", "xtask/src/", "style/"];

/// Checks every file that git knows of. Fails with the list of what is wrong.
pub fn check(workspace: &Workspace) -> Outcome<()> {
    let Some(list) = workspace.ask("git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
    else {
        return failed("git does not list the repository's files");
    };
    let mut wrong = Vec::new();
    let mut exceptions = BTreeSet::new();
    for name in list.split('\0').filter(|name| !name.is_empty()) {
        // What is no text has no lines, and what git still lists may be gone from the disk.
        if let Ok(text) = fs::read_to_string(workspace.root.join(name)) {
            wrong.extend(faults(name, &text));
            wrong.extend(floors::faults(name, &text, &mut exceptions));
            let exists = |path: &str| workspace.root.join(path).exists();
            wrong.extend(lost_paths(name, &text, exists));
        }
    }
    wrong.extend(floors::unused(&exceptions));
    let lock = fs::read_to_string(workspace.root.join("package-lock.json")).context("package-lock.json")?;
    wrong.extend(lock_faults(&lock));
    if wrong.is_empty() { Ok(()) } else { failed(wrong.join("\n")) }
}

fn faults(name: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let lines = text.lines().count();
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if lines > LINES && SOURCES.contains(&ending) {
        wrong.push(format!("{name}: {lines} lines, more than {LINES}"));
    }
    for (number, line) in text.lines().enumerate() {
        if reads_keys(name, line) {
            wrong.push(format!("{name}:{}: keys are read with `components::keys::pressed` only", number + 1));
        }
        if let Some(place) = PLACES.iter().find(|place| line.contains(*place)) {
            wrong.push(format!("{name}:{}: `{place}` belongs to one machine", number + 1));
        }
    }
    wrong
}

/// Whether a line of the client reads a key event itself: an input method's keys would then act as commands.
fn reads_keys(name: &str, line: &str) -> bool {
    let client = name.starts_with("src/") && name != "src/components/keys.rs";
    client && ["event.key()", "event.code()", "event.key_code()"].iter().any(|read| line.contains(read))
}

/// The paths of the repository that a guide or an end-to-end test names and that do not exist: a file was renamed without
/// them. A path stands alone in backticks or quotes and begins with a directory of the root.
fn lost_paths(name: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let guide = name.ends_with(".md") && (!name.contains('/') || name.starts_with("docs/"));
    if name == "CHANGELOG.md" || !(guide || (name.starts_with("tests/e2e/") && name.ends_with(".mjs"))) {
        return Vec::new();
    }
    let mut wrong = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let quoted = line.split(['`', '"']).skip(1).step_by(2);
        let paths = quoted.filter(|word| ROOTS.iter().any(|root| word.starts_with(root)));
        let lost = paths.filter(|path| !path.contains([' ', '*', '<', '{', '$', ':']) && !exists(path));
        wrong.extend(lost.map(|path| format!("{name}:{}: `{path}` does not exist", number + 1)));
    }
    wrong
}

/// Every npm package must be pinned by its content, and found wherever the person's registry is.
fn lock_faults(lock: &str) -> Vec<String> {
    let Ok(lock) = serde_json::from_str::<serde_json::Value>(lock) else {
        return vec!["package-lock.json is no JSON".to_owned()];
    };
    let packages = lock.get("packages").and_then(serde_json::Value::as_object);
    let Some(packages) = packages else { return vec!["package-lock.json lists no packages".to_owned()] };
    let mut wrong = Vec::new();
    for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
        if package.get("resolved").is_some() {
            wrong.push(format!("package-lock.json: {name} names the registry it came from (`resolved`)"));
        }
        if package.get("integrity").is_none() {
            wrong.push(format!("package-lock.json: {name} has no checksum (`integrity`)"));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_file_that_is_too_long_is_named() {
        let long = "line\n".repeat(LINES + 1);
        assert_eq!(faults("a.rs", &long).len(), 1);
        assert!(faults("a.rs", &"line\n".repeat(LINES)).is_empty());
        assert!(faults("data.json", &long).is_empty());
    }

    #[test]
    fn a_key_that_is_read_past_input_methods_is_named() {
        let text = "if event.key() == \"Enter\" {\n";
        assert_eq!(faults("src/pages/a.rs", text).len(), 1);
        assert!(
            faults("src/components/keys.rs", text).is_empty() && faults("xtask/src/a.rs", text).is_empty()
        );
    }

    #[test]
    fn a_path_of_one_machine_is_named_with_its_line() {
        let text = format!("fine\nsee {}\n", PLACES[2]);
        assert!(faults("README.md", &text)[0].starts_with("README.md:2:"));
    }

    #[test]
    fn a_path_that_a_guide_or_a_test_names_exists() {
        let exists = |path: &str| path == "src/a.rs";
        assert!(lost_paths("README.md", "see `src/a.rs`, `cargo x` and `src/<area>.rs`", exists).is_empty());
        assert_eq!(
            lost_paths("docs/a.md", "see `src/a.rs`\nor `src/b.rs`", exists),
            ["docs/a.md:2: `src/b.rs` does not exist"]
        );
        assert_eq!(lost_paths("tests/e2e/a.test.mjs", "text(\"src/b.rs\")", exists).len(), 1);
    }

    #[test]
    fn an_npm_package_without_a_checksum_or_with_a_registry_is_named() {
        let lock = r#"{"packages":{"":{},"node_modules/a":{"integrity":"x"},"node_modules/b":{"resolved":"https://r"}}}"#;
        let wrong = lock_faults(lock);
        assert_eq!(wrong.len(), 2, "{wrong:?}");
        assert!(wrong.iter().all(|line| line.contains("node_modules/b")));
    }
}
