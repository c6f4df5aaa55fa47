//! Imports of the client go down: a module may use its own floor's earlier modules and the floors below, never what lies above.
//!
//! `docs/architecture.md` has the same picture for people. What still goes up stands in [`EXCEPTIONS`], each with its reason, and
//! one that is not needed any more is an error too, so that the list can only become shorter.

use std::collections::BTreeSet;

/// The top modules of `src/`, lowest first. A module may use every module before it.
const ORDER: [&str; 31] = [
    // Helpers that use nothing of ours.
    "effect",
    "clock",
    "storage",
    "clipboard",
    "outage",
    "theme",
    // The client of the API, and the engine of logs.
    "api",
    "logs",
    // Addresses, decisions, words.
    "route",
    "domain",
    "i18n",
    "crash",
    "config",
    // The engine of operations.
    "ops",
    // The state of a tab.
    "host",
    "prefs",
    "remote",
    "session",
    "nav",
    "query",
    "drafts",
    "operations",
    // Log streams, and logs on the screen.
    "log_streams",
    "log_view",
    // Shared UI, pages, and the frame around them.
    "components",
    "dock",
    "pages",
    "lazy",
    "frame",
    "host_events",
    "app",
];

/// Imports that go up, with the reason.
const EXCEPTIONS: &[(&str, &str, &str)] =
    &[("pages", "lazy", "a page opens what is loaded later by its entry point, and entry points name pages")];

/// What is wrong with the imports of a file, one sentence for each line.
pub fn faults(name: &str, text: &str, used: &mut BTreeSet<(&'static str, &'static str)>) -> Vec<String> {
    let Some(module) = module_of(name) else { return Vec::new() };
    let Some(own) = ORDER.iter().position(|one| *one == module) else {
        return vec![format!("{name}: module `{module}` has no place in the order of xtask/src/floors.rs")];
    };
    let mut wrong = Vec::new();
    for (number, line) in text.lines().enumerate() {
        // Documentation may point anywhere, and tests build what they need.
        if line.trim_start().starts_with("//") {
            continue;
        }
        if line.starts_with("mod tests {")
            || line.starts_with("#[cfg(test)]")
                && text.lines().nth(number + 1).is_some_and(|next| next.starts_with("mod tests {"))
        {
            break;
        }
        for target in imports(line) {
            match ORDER.iter().position(|one| *one == target) {
                Some(place) if place <= own => {}
                Some(_) => match EXCEPTIONS.iter().find(|(from, to, _)| *from == module && *to == target) {
                    Some((from, to, _)) => {
                        used.insert((from, to));
                    }
                    None => wrong.push(format!(
                        "{name}:{}: `{module}` may not use `{target}`, which lies above",
                        number + 1
                    )),
                },
                None => {
                    wrong.push(format!("{name}:{}: `crate::{target}` has no place in the order", number + 1))
                }
            }
        }
    }
    wrong
}

/// Exceptions that no line needs.
pub fn unused(used: &BTreeSet<(&'static str, &'static str)>) -> Vec<String> {
    let spare = EXCEPTIONS.iter().filter(|(from, to, _)| !used.contains(&(*from, *to)));
    spare
        .map(|(from, to, _)| format!("xtask/src/floors.rs: no line of `{from}` uses `{to}` any more"))
        .collect()
}

/// The top module a file belongs to; none for the crate's root.
fn module_of(name: &str) -> Option<&str> {
    let rest = name.strip_prefix("src/")?.strip_suffix(".rs")?;
    let module = rest.split('/').next()?;
    (!matches!(module, "lib" | "main")).then_some(module)
}

/// The modules that a line names as `crate::…`, in an import or in place.
fn imports(line: &str) -> impl Iterator<Item = &str> {
    let named = line.split("crate::").skip(1);
    let names = named.map(|rest| rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next());
    // A name in capitals is an item of the crate's root or a macro's own path.
    names.flatten().filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str) -> Vec<String> {
        faults(name, text, &mut BTreeSet::new())
    }

    #[test]
    fn an_import_that_goes_up_is_named_with_its_line() {
        let wrong = check("src/domain/a.rs", "use crate::api::x;\nuse crate::pages::y;\n");
        assert_eq!(wrong, ["src/domain/a.rs:2: `domain` may not use `pages`, which lies above"]);
        assert_eq!(check("src/domain/a.rs", "fn f() { crate::dock::open() }\n").len(), 1, "in place, too");
    }

    #[test]
    fn down_and_within_is_allowed_and_so_is_what_documentation_and_tests_name() {
        let text = "//! See [`crate::app`].\nuse crate::api::x;\nuse crate::domain::y;\n\n#[cfg(test)]\nmod tests {\n    use crate::pages::z;\n}\n";
        assert!(check("src/domain/a.rs", text).is_empty());
    }

    #[test]
    fn a_module_without_a_place_is_an_error_and_so_is_a_spare_exception() {
        assert_eq!(check("src/novelty.rs", "").len(), 1);
        assert_eq!(unused(&BTreeSet::new()).len(), EXCEPTIONS.len());
        assert!(check("src/lib.rs", "pub use crate::app::mount;").is_empty());
    }
}
