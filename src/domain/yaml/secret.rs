//! The values of a Secret, taken out of its text.
//!
//! What is shown, searched, copied and compared is a text in which every value is a numbered mask. The values themselves
//! never reach the page until one is revealed, so no view has to remember to hide them. A mask may be moved, renamed and
//! copied like any word; when the text is sent, every mask becomes the bytes that stood there, and whoever typed over a
//! mask has replaced the value.

use super::check::{Expectation, Fault, Problem, decode, validate};
use super::data::{self, DataEntry, Section};
use super::edit::{NotEditable, written};
use super::lines::splice;
use super::scalar::inline;
use super::tree::{Entry, Node, Style, Value, parse};
use crate::api::envcfgs::EnvConfigKind;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

/// What every mask begins with; a number follows.
const MASK: &str = "••••••••·";

/// The annotation in which `kubectl apply` keeps a whole copy of the object, values and all.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// A value that was taken out.
#[derive(Clone, PartialEq, Eq)]
struct Hidden {
    /// The bytes of the text that stood there.
    source: String,
    /// What they mean.
    value: String,
}

/// A Secret's text without its values, and the values. `Debug` shows none of them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sealed {
    /// The text with masks.
    pub text: String,
    hidden: Vec<Hidden>,
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealed").field("values", &self.hidden.len()).finish_non_exhaustive()
    }
}

impl Sealed {
    /// Takes the values out of a text.
    ///
    /// # Errors
    /// [`NotEditable`] for a text that cannot be read, or whose values are not plain entries; it must be hidden whole.
    pub fn seal(text: &str) -> Result<Self, NotEditable> {
        let mut sealed = Self { text: text.to_owned(), hidden: Vec::new() };
        let mut places = Vec::new();
        let document = parse(text).map_err(|_| NotEditable)?;
        if has_references(document.root.as_ref()) {
            return Err(NotEditable);
        }
        let applied = document
            .root
            .as_ref()
            .and_then(|root| root.at(&["metadata", "annotations"]))
            .and_then(|annotations| annotations.entry(LAST_APPLIED));
        for entry in data::nodes(&document, &EnvConfigKind::Secret).map(|(_, entry)| entry).chain(applied) {
            if !entry.value.is_blank() && entry.value.text() != Some("") {
                places.push((source(text, entry).ok_or(NotEditable)?, &entry.value));
            }
        }
        places.sort_by_key(|(range, _)| range.start);
        for (range, node) in &places {
            let source = text.get(range.clone()).ok_or(NotEditable)?.to_owned();
            sealed.hidden.push(Hidden { source, value: node.text().unwrap_or_default().to_owned() });
        }
        for (index, (range, _)) in places.iter().enumerate().rev() {
            sealed.text = splice(&sealed.text, range, &mask(index));
        }
        match parse(&sealed.text) {
            Ok(_) => Ok(sealed),
            Err(_) => Err(NotEditable),
        }
    }

    /// The whole text, as it would be sent, of an edited one.
    pub fn open(&self, edited: &str) -> String {
        let mut out = String::with_capacity(edited.len());
        let mut parts = edited.split(MASK);
        out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let digits = part.len() - part.trim_start_matches(|one: char| one.is_ascii_digit()).len();
            let (number, rest) = part.split_at_checked(digits).unwrap_or(("", part));
            match number.parse().ok().and_then(|number| self.by_number(number)) {
                Some(hidden) => out.push_str(&hidden.source),
                None => {
                    out.push_str(MASK);
                    out.push_str(number);
                }
            }
            out.push_str(rest);
        }
        out
    }

    /// The value that a text stands for: that of a mask, or the text itself.
    pub fn value<'a>(&'a self, text: &'a str) -> &'a str {
        self.hidden(text).map_or(text, |hidden| &hidden.value)
    }

    /// Whether a text is the mask of a value.
    pub fn is_mask(&self, text: &str) -> bool {
        self.hidden(text).is_some()
    }

    /// Hides one more value; gives its mask.
    pub fn hide(&mut self, value: &str) -> String {
        self.hidden.push(Hidden { source: inline(value), value: value.to_owned() });
        mask(self.hidden.len() - 1)
    }

    /// An edited text with one mask replaced by what stood there.
    pub fn reveal(&self, edited: &str, mask: &str) -> String {
        match self.hidden(mask) {
            // A longer number begins with the shorter one.
            Some(hidden) => edited
                .split_inclusive('\n')
                .map(|line| match line.trim_end().ends_with(mask) {
                    true => line.replacen(mask, &hidden.source, 1),
                    false => line.to_owned(),
                })
                .collect(),
            None => edited.to_owned(),
        }
    }

    /// As [`validate`], of an edited text: masks count as the values they stand for.
    pub fn validate(&self, edited: &str, expected: &Expectation<'_>) -> Vec<Problem> {
        let mut problems = validate(edited, expected);
        if problems.iter().any(|problem| matches!(problem.fault, Fault::NotBase64 { .. })) {
            let entries = parse(edited).map(|document| data::entries(&document, &EnvConfigKind::Secret));
            let entries = entries.unwrap_or_default();
            problems.retain(|problem| match &problem.fault {
                Fault::NotBase64 { key } => !entries.iter().any(|entry| {
                    entry.key == *key
                        && self.is_mask(&entry.value)
                        && decode(self.value(&entry.value)).is_some()
                }),
                _ => true,
            });
        }
        problems
    }

    fn hidden(&self, text: &str) -> Option<&Hidden> {
        self.by_number(text.strip_prefix(MASK)?.parse().ok()?)
    }

    fn by_number(&self, number: usize) -> Option<&Hidden> {
        self.hidden.get(number.checked_sub(1)?)
    }
}

fn mask(index: usize) -> String {
    format!("{MASK}{}", index + 1)
}

/// A whole text with every value replaced by words about it, for a comparison that shows none. Hides everything where the
/// text cannot be read.
pub fn labelled(text: &str, label: impl Fn(&DataEntry) -> String) -> String {
    let Ok(sealed) = Sealed::seal(text) else { return MASK.trim_end_matches('·').to_owned() };
    let Ok(document) = parse(&sealed.text) else { return MASK.trim_end_matches('·').to_owned() };
    let mut edits: Vec<(Range<usize>, String)> = data::nodes(&document, &EnvConfigKind::Secret)
        .filter_map(|(section, entry)| {
            let text = entry.value.text()?;
            let key = entry.key.text()?.to_owned();
            let shown = label(&DataEntry { section, key, value: sealed.value(text).to_owned() });
            sealed.is_mask(text).then(|| (entry.value.range.clone(), shown))
        })
        .collect();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    edits.iter().fold(sealed.text.clone(), |text, (range, shown)| splice(&text, range, shown))
}

/// Two texts of a Secret for a comparison: no values, but which of them differ, and their sizes.
pub fn compared(old: &str, new: &str) -> (String, String) {
    let values = |text: &str| -> HashMap<(Section, String), String> {
        let document = parse(text).unwrap_or_default();
        let entries = data::entries(&document, &EnvConfigKind::Secret);
        entries.into_iter().map(|entry| ((entry.section, entry.key), entry.value)).collect()
    };
    let (before, after) = (values(old), values(new));
    let show = |entry: &DataEntry, other: &HashMap<(Section, String), String>, mark: &str| {
        let blind = MASK.trim_end_matches('·');
        match other.get(&(entry.section, entry.key.clone())) {
            Some(value) if *value == entry.value => blind.to_owned(),
            _ => {
                let size =
                    bytes_of(entry.section, &entry.value).map_or(entry.value.len(), |bytes| bytes.len());
                format!("{blind} ({size} B){mark}")
            }
        }
    };
    (labelled(old, |entry| show(entry, &after, "")), labelled(new, |entry| show(entry, &before, " *")))
}

/// The bytes of an entry of a Secret: decoded where they are base64.
pub fn bytes_of(section: Section, value: &str) -> Option<Vec<u8>> {
    match section {
        Section::StringData => Some(value.as_bytes().to_vec()),
        _ => decode(value),
    }
}

/// The bytes of the text that a value takes.
fn source(text: &str, entry: &Entry) -> Option<Range<usize>> {
    match &entry.value.value {
        Value::Scalar { style: Style::Block, .. } => {
            let written = written(text, entry)?;
            let whole = text.get(written.head.start..written.end)?;
            Some(written.head.start..written.head.start + whole.trim_end_matches(['\n', '\r']).len())
        }
        Value::Scalar { .. } => Some(entry.value.range.clone()),
        _ => None,
    }
}

fn has_references(node: Option<&Node>) -> bool {
    let Some(node) = node else { return false };
    node.anchored
        || match &node.value {
            Value::Alias => true,
            Value::Mapping { entries, .. } => entries
                .iter()
                .any(|entry| has_references(Some(&entry.key)) || has_references(Some(&entry.value))),
            Value::Sequence(items) => items.iter().any(|item| has_references(Some(item))),
            Value::Scalar { .. } => false,
        }
}
