//! What is wrong with a text, by line and column.

use super::data::{self, Section};
use super::scalar::{Meaning, meaning};
use super::tree::{Document, Node, Place, Value, parse};
use crate::api::envcfgs::EnvConfigKind;
use crate::domain::k8s_name::{is_config_key, is_subdomain};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::HashSet;

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; it may be sent.
    Warning,
    /// The server or Kubernetes refuses it, or it would not do what it says: it is not sent.
    Error,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not YAML; the parser's words, in English.
    Syntax(String),
    /// Nothing is there.
    Empty,
    /// Not an object but a list or a word.
    NoObject,
    /// A second document, which the server does not read.
    SecondDocument,
    /// A key that was there before, in the same mapping.
    DuplicateKey(String),
    /// `kind` is missing.
    KindMissing {
        /// What it must be.
        wanted: String,
    },
    /// `kind` is another one.
    KindDiffers {
        /// What it must be.
        wanted: String,
        /// What it is.
        found: String,
    },
    /// `metadata.name` is missing.
    NameMissing,
    /// `metadata.name` is another one.
    NameDiffers {
        /// What it must be.
        wanted: String,
        /// What it is.
        found: String,
    },
    /// No name that Kubernetes takes.
    BadName(String),
    /// `data` and its like hold no entries but something else.
    NoEntries(Section),
    /// A value of `data` that is no string.
    NotText {
        /// The key.
        key: String,
        /// What it is; `None` for a list or a mapping.
        is: Option<Meaning>,
    },
    /// A key that Kubernetes does not take.
    BadKey(String),
    /// A value that is not base64.
    NotBase64 {
        /// The key.
        key: String,
    },
    /// The same key in two sections.
    InTwoSections(String),
    /// A field that Kubernetes does not let change.
    Immutable(String),
    /// A volume claim that asks for less than it has.
    Shrinks,
}

impl Fault {
    /// How grave it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Immutable(_) | Self::Shrinks | Self::InTwoSections(_) => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// A fault with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What.
    pub fault: Fault,
}

/// What an object must be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expectation<'a> {
    /// The kind that was chosen.
    pub kind: EnvConfigKind,
    /// The name it must have; `None` for a new object, which may have any that Kubernetes takes.
    pub name: Option<&'a str>,
    /// The text that is replaced, where there is one: what may not change is held against it.
    pub old: Option<&'a str>,
}

/// Checks the text of an object. Problems come in the order of the text, errors and warnings mixed; an empty list is a text
/// that may be sent.
pub fn validate(text: &str, expected: &Expectation<'_>) -> Vec<Problem> {
    let mut found = Found::default();
    let Some(document) = found.read(text) else { return found.sorted() };
    let Some(root) = &document.root else {
        found.at(Place { line: 1, column: 1 }, Fault::Empty);
        return found.sorted();
    };
    if !matches!(root.value, Value::Mapping { .. }) {
        found.at(root.place, Fault::NoObject);
        return found.sorted();
    }
    if let Some(second) = document.second {
        found.at(second, Fault::SecondDocument);
    }
    found.identity(root, expected);
    found.sections(&document, root, &expected.kind);
    if let Some(old) = expected.old.and_then(|old| parse(old).ok()).and_then(|old| old.root) {
        found.immutable(&old, root, &expected.kind);
    }
    found.sorted()
}

/// Checks any YAML, such as the value of a variable: its syntax and its keys.
pub fn check_value(text: &str) -> Vec<Problem> {
    let mut found = Found::default();
    found.read(text);
    found.sorted()
}

/// Whether a text may be sent: it has no errors, warnings aside.
pub fn may_be_sent(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| problem.fault.severity() == Severity::Warning)
}

#[derive(Default)]
struct Found(Vec<Problem>);

impl Found {
    fn at(&mut self, place: Place, fault: Fault) {
        self.0.push(Problem { place, fault });
    }

    fn sorted(mut self) -> Vec<Problem> {
        self.0.sort_by_key(|problem| problem.place);
        self.0
    }

    /// Reads the text; a broken one has one problem, a whole one those of its keys.
    fn read(&mut self, text: &str) -> Option<Document> {
        match parse(text) {
            Ok(document) => {
                if let Some(root) = &document.root {
                    self.duplicates(root);
                }
                Some(document)
            }
            Err(error) => {
                self.at(error.place, Fault::Syntax(error.words));
                None
            }
        }
    }

    fn duplicates(&mut self, node: &Node) {
        match &node.value {
            Value::Mapping { entries, .. } => {
                let mut seen = HashSet::new();
                for entry in entries {
                    if let Some(key) = entry.key.text()
                        && key != "<<"
                        && !seen.insert(key)
                    {
                        self.at(entry.key.place, Fault::DuplicateKey(key.to_owned()));
                    }
                    self.duplicates(&entry.value);
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| self.duplicates(item)),
            _ => {}
        }
    }

    fn identity(&mut self, root: &Node, expected: &Expectation<'_>) {
        let wanted = expected.kind.yaml_kind();
        match root.entry("kind") {
            None => self.at(root.place, Fault::KindMissing { wanted: wanted.to_owned() }),
            Some(entry) => {
                let found = entry.value.text().unwrap_or_default();
                if found != wanted {
                    let fault = Fault::KindDiffers { wanted: wanted.to_owned(), found: found.to_owned() };
                    self.at(place_of(&entry.value, &entry.key), fault);
                }
            }
        }
        let metadata = root.entry("metadata");
        let name = metadata.and_then(|entry| entry.value.entry("name"));
        let Some(name) = name.filter(|entry| meaning(&entry.value) != Some(Meaning::Null)) else {
            self.at(metadata.map_or(root.place, |entry| entry.key.place), Fault::NameMissing);
            return;
        };
        let place = place_of(&name.value, &name.key);
        let text = name.value.text().unwrap_or_default();
        match (meaning(&name.value), expected.name) {
            (Some(Meaning::Text), Some(wanted)) if wanted == text => {}
            (Some(Meaning::Text), None) if is_subdomain(text) => {}
            (Some(Meaning::Text), Some(wanted)) => {
                self.at(place, Fault::NameDiffers { wanted: wanted.to_owned(), found: text.to_owned() });
            }
            (Some(Meaning::Text), None) => self.at(place, Fault::BadName(text.to_owned())),
            (is, _) => self.at(place, Fault::NotText { key: "name".to_owned(), is }),
        }
    }

    fn sections(&mut self, document: &Document, root: &Node, kind: &EnvConfigKind) {
        for section in Section::of(kind) {
            let entry = root.entry(section.key());
            if let Some(entry) = entry.filter(|entry| !data::is_section(&entry.value)) {
                self.at(place_of(&entry.value, &entry.key), Fault::NoEntries(*section));
            }
        }
        let mut sections = HashSet::new();
        for (section, entry) in data::nodes(document, kind) {
            let key = entry.key.text().unwrap_or_default().to_owned();
            if meaning(&entry.key) == Some(Meaning::Text) && !is_config_key(&key)
                || entry.key.text().is_none()
            {
                self.at(entry.key.place, Fault::BadKey(key.clone()));
            }
            if section != Section::Data {
                sections.insert(section);
                let twin = root.at(&[Section::Data.key()]).and_then(|data| data.entry(&key));
                if twin.is_some() {
                    self.at(entry.key.place, Fault::InTwoSections(key.clone()));
                }
            }
            self.value(section, &key, &entry.value, &entry.key, kind);
        }
    }

    fn value(&mut self, section: Section, key: &str, value: &Node, at: &Node, kind: &EnvConfigKind) {
        let place = place_of(value, at);
        let key = key.to_owned();
        match meaning(value) {
            // Kubernetes takes an empty value of a Secret's `data` for no bytes, and refuses the others.
            Some(Meaning::Null) if section.is_base64(kind) => {}
            Some(Meaning::Text) if section.is_base64(kind) => {
                if decode(value.text().unwrap_or_default()).is_none() {
                    self.at(place, Fault::NotBase64 { key });
                }
            }
            Some(Meaning::Text) => {}
            None if value.value == Value::Alias => {}
            is => self.at(place, Fault::NotText { key, is }),
        }
    }

    fn immutable(&mut self, old: &Node, new: &Node, kind: &EnvConfigKind) {
        let frozen = old.at(&["immutable"]).and_then(Node::text) == Some("true");
        if frozen && Section::of(kind).iter().any(|section| differs(old, new, &[section.key()])) {
            self.at(new.place, Fault::Immutable("data".to_owned()));
        }
        if *kind != EnvConfigKind::Pvc {
            return;
        }
        let spec = ["storageClassName", "accessModes", "volumeName", "volumeMode", "selector", "dataSource"];
        for field in spec {
            if differs(old, new, &["spec", field]) {
                let entry = new.at(&["spec"]).and_then(|spec| spec.entry(field));
                let place = entry.or_else(|| new.entry("spec")).map_or(new.place, |entry| entry.key.place);
                self.at(place, Fault::Immutable(format!("spec.{field}")));
            }
        }
        let storage = ["spec", "resources", "requests", "storage"];
        let size = |root: &Node| root.at(&storage).and_then(Node::text).and_then(quantity);
        if let (Some(before), Some(after), Some(node)) = (size(old), size(new), new.at(&storage))
            && after < before
        {
            self.at(node.place, Fault::Shrinks);
        }
    }
}

fn differs(old: &Node, new: &Node, path: &[&str]) -> bool {
    match (old.at(path), new.at(path)) {
        (Some(a), Some(b)) => !a.holds_same(b),
        (None, None) => false,
        _ => true,
    }
}

/// Where a value is shown as wrong: at itself, or at its key where nothing is written.
fn place_of(value: &Node, key: &Node) -> Place {
    if value.is_blank() { key.place } else { value.place }
}

/// The bytes of a base64 text, as Kubernetes reads it: line breaks inside do not matter.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    match text.contains(['\n', '\r']) {
        true => STANDARD.decode(text.replace(['\n', '\r'], "")).ok(),
        false => STANDARD.decode(text).ok(),
    }
}

/// Bytes as base64.
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// An amount of storage in bytes, roughly: enough to see which of two is less.
fn quantity(text: &str) -> Option<f64> {
    let split = text.find(|one: char| one.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(split)?;
    let step = |base: f64, power: i32| Some(base.powi(power));
    let factor = match unit {
        "" => step(1.0, 0),
        "k" => step(1000.0, 1),
        "M" => step(1000.0, 2),
        "G" => step(1000.0, 3),
        "T" => step(1000.0, 4),
        "P" => step(1000.0, 5),
        "Ki" => step(1024.0, 1),
        "Mi" => step(1024.0, 2),
        "Gi" => step(1024.0, 3),
        "Ti" => step(1024.0, 4),
        "Pi" => step(1024.0, 5),
        _ => None,
    };
    Some(number.parse::<f64>().ok()? * factor?)
}
