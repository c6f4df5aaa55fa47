//! The entries of a ConfigMap or a Secret.

use super::tree::{Document, Entry, Node, Value};
use crate::api::envcfgs::EnvConfigKind;

/// Where an entry lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// `data`: text in a ConfigMap, base64 in a Secret.
    Data,
    /// `stringData` of a Secret: text, which Kubernetes moves to `data`.
    StringData,
    /// `binaryData` of a ConfigMap: base64.
    BinaryData,
}

impl Section {
    /// Its key in the object.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::StringData => "stringData",
            Self::BinaryData => "binaryData",
        }
    }

    /// The sections an object of this kind has.
    pub const fn of(kind: &EnvConfigKind) -> &'static [Self] {
        match kind {
            EnvConfigKind::ConfigMap => &[Self::Data, Self::BinaryData],
            EnvConfigKind::Secret => &[Self::Data, Self::StringData],
            _ => &[],
        }
    }

    /// Whether its values are base64.
    pub fn is_base64(self, kind: &EnvConfigKind) -> bool {
        self == Self::BinaryData || self == Self::Data && *kind == EnvConfigKind::Secret
    }
}

/// One entry, as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataEntry {
    /// Where it lies.
    pub section: Section,
    /// Its key.
    pub key: String,
    /// Its value, as written: base64 where the section's values are.
    pub value: String,
}

/// The entries of an object of this kind, in the text's order. What is no scalar is left out: the check says so.
pub fn entries(document: &Document, kind: &EnvConfigKind) -> Vec<DataEntry> {
    nodes(document, kind)
        .filter_map(|(section, entry)| {
            let (key, value) = (entry.key.text()?.to_owned(), entry.value.text()?.to_owned());
            Some(DataEntry { section, key, value })
        })
        .collect()
}

/// The entries as nodes, with their section.
pub(super) fn nodes<'a>(
    document: &'a Document,
    kind: &EnvConfigKind,
) -> impl Iterator<Item = (Section, &'a Entry)> {
    let root = document.root.as_ref();
    let sections = Section::of(kind).iter();
    sections.flat_map(move |section| {
        let entry = root.and_then(|root| root.entry(section.key()));
        entry.into_iter().flat_map(|entry| entry.value.entries().iter().map(|entry| (*section, entry)))
    })
}

/// Whether a node is a mapping or nothing at all, as `data` may be.
pub(super) fn is_section(node: &Node) -> bool {
    matches!(node.value, Value::Mapping { .. })
        || super::scalar::meaning(node) == Some(super::scalar::Meaning::Null)
}
