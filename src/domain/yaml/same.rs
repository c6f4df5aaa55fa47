//! Whether what a server gives back is what was written.
//!
//! Servers add: labels, a namespace, defaults, a status. They move `stringData` into `data`, order keys, and Zadig puts
//! its variables (`$Namespace$`) into the values of a ConfigMap. So everything that was written must be there, with the
//! same value; what is there besides does not count, except in `data`, where nothing may be left over.

use super::check::encode;
use super::data::Section;
use super::scalar::{Meaning, meaning};
use super::tree::{Node, Value, parse};
use crate::api::envcfgs::EnvConfigKind;
use std::collections::BTreeMap;

/// What the server decides by itself.
const SERVERS_OWN: [&str; 7] =
    ["namespace", "managedFields", "resourceVersion", "uid", "creationTimestamp", "generation", "selfLink"];

/// Whether the text read back holds what was written.
pub fn holds(read: &str, written: &str, kind: &EnvConfigKind) -> bool {
    let root = |text: &str| parse(text).ok().and_then(|document| document.root);
    let (Some(read), Some(written)) = (root(read), root(written)) else { return false };
    let data = |root: &Node| contents(root, kind);
    let (found, wanted) = (data(&read), data(&written));
    if found.len() != wanted.len() {
        return false;
    }
    let same = wanted.iter().all(|(key, value)| found.get(key).is_some_and(|found| expands(found, value)));
    let sections: Vec<&str> = Section::of(kind).iter().map(|section| section.key()).collect();
    same && written.entries().iter().all(|entry| {
        let key = entry.key.text().unwrap_or_default();
        match key {
            "status" => true,
            _ if sections.contains(&key) => true,
            "metadata" => entry.value.entries().iter().all(|inner| {
                let name = inner.key.text().unwrap_or_default();
                SERVERS_OWN.contains(&name)
                    || read.at(&["metadata", name]).is_some_and(|found| contains(found, &inner.value))
                    || is_nothing(&inner.value)
            }),
            _ => {
                read.entry(key).is_some_and(|found| contains(&found.value, &entry.value))
                    || is_nothing(&entry.value)
            }
        }
    })
}

/// The values by key, as Kubernetes keeps them.
fn contents(root: &Node, kind: &EnvConfigKind) -> BTreeMap<(bool, String), String> {
    let mut all = BTreeMap::new();
    for section in Section::of(kind) {
        let entries = root.entry(section.key()).map(|entry| entry.value.entries()).unwrap_or_default();
        for entry in entries {
            let key = entry.key.text().unwrap_or_default().to_owned();
            let text = entry.value.text().unwrap_or_default();
            let value = match section {
                Section::StringData => encode(text.as_bytes()),
                _ if section.is_base64(kind) => text.replace(['\n', '\r'], ""),
                _ => text.to_owned(),
            };
            all.insert((*section == Section::BinaryData, key), value);
        }
    }
    all
}

/// Whether a value is the written one, with variables of Zadig (`$Namespace$`) replaced by anything.
fn expands(found: &str, written: &str) -> bool {
    if found == written {
        return true;
    }
    let parts = literals(written);
    let [first, middle @ .., last] = parts.as_slice() else { return false };
    let Some(mut rest) = found.strip_prefix(first) else { return false };
    for part in middle {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

/// What stands between the variables of a text; one part where there are none.
fn literals(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(start) = rest.get(from..).and_then(|tail| tail.find('$')).map(|at| at + from) {
        let name = rest.get(start + 1..).unwrap_or_default();
        let end = name.find(|one: char| !one.is_ascii_alphanumeric());
        match end {
            Some(end) if end > 0 && name.get(end..).is_some_and(|tail| tail.starts_with('$')) => {
                parts.push(rest.get(..start).unwrap_or_default());
                rest = name.get(end + 1..).unwrap_or_default();
                from = 0;
            }
            _ => from = start + 1,
        }
    }
    parts.push(rest);
    parts
}

fn is_nothing(node: &Node) -> bool {
    match &node.value {
        Value::Mapping { entries, .. } => entries.iter().all(|entry| is_nothing(&entry.value)),
        Value::Sequence(items) => items.is_empty(),
        _ => meaning(node) == Some(Meaning::Null) || node.text() == Some(""),
    }
}

/// Whether everything in `wanted` is in `found`.
fn contains(found: &Node, wanted: &Node) -> bool {
    match (&found.value, &wanted.value) {
        (Value::Mapping { .. }, Value::Mapping { entries, .. }) => entries.iter().all(|entry| {
            let key = entry.key.text().unwrap_or_default();
            found.entry(key).is_some_and(|found| contains(&found.value, &entry.value))
                || is_nothing(&entry.value)
        }),
        (Value::Sequence(found), Value::Sequence(wanted)) => {
            found.len() == wanted.len() && found.iter().zip(wanted).all(|(a, b)| contains(a, b))
        }
        (Value::Scalar { text: a, .. }, Value::Scalar { text: b, .. }) => a == b || expands(a, b),
        _ => is_nothing(wanted),
    }
}
