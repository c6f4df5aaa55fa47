//! The text of an object while it is edited.
//!
//! The buffer holds the text the edit began with, the text as it is shown, and, of a Secret, the values that are not shown
//! ([`Sealed`]). Two views work on it, as YAML and key by key; both change the one text, so they cannot disagree.

use crate::api::envcfgs::EnvConfigKind;
use crate::domain::yaml::check::{decode, encode, may_be_sent};
use crate::domain::yaml::data::{DataEntry, Section, entries};
use crate::domain::yaml::edit::{NotEditable, remove, rename, set, set_name};
use crate::domain::yaml::secret::Sealed;
use crate::domain::yaml::{Expectation, Problem, parse, validate};
use std::fmt;

/// An object's text and what the user has made of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Buffer {
    kind: EnvConfigKind,
    /// The name it must keep; `None` for a new object.
    name: Option<String>,
    base: String,
    text: String,
    sealed: Option<Sealed>,
    /// Whether the text is a Secret's whose values cannot be taken out one by one.
    veiled: bool,
}

/// An entry for the view by key. It has no `Debug` form: the value may be a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown {
    /// Where it lies.
    pub section: Section,
    /// Its key.
    pub key: String,
    /// Its value, decoded; `None` where it cannot be.
    pub value: Option<Vec<u8>>,
    /// Whether the value is hidden until revealed.
    pub secret: bool,
}

impl Shown {
    /// The value, where it is text.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.value.as_ref()?).ok()
    }

    /// The size of the value, where it can be decoded.
    pub fn bytes(&self) -> Option<usize> {
        self.value.as_ref().map(Vec::len)
    }
}

impl fmt::Debug for Buffer {
    // Without its texts, which may be a Secret's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buffer").field("kind", &self.kind).field("name", &self.name).finish_non_exhaustive()
    }
}

impl Buffer {
    /// Begins the edit of an object.
    pub fn open(kind: EnvConfigKind, name: &str, base: &str) -> Self {
        Self::make(kind, Some(name.to_owned()), base)
    }

    /// Begins a new object.
    pub fn new_object(kind: EnvConfigKind) -> Self {
        let base = super::template(&kind);
        Self::make(kind, None, &base)
    }

    fn make(kind: EnvConfigKind, name: Option<String>, base: &str) -> Self {
        let sealed = (kind == EnvConfigKind::Secret).then(|| Sealed::seal(base));
        let veiled = matches!(sealed, Some(Err(_)));
        let sealed = sealed.and_then(Result::ok);
        let text = sealed.as_ref().map_or_else(|| base.to_owned(), |sealed| sealed.text.clone());
        Self { kind, name, base: base.to_owned(), text, sealed, veiled }
    }

    /// The kind.
    pub fn kind(&self) -> &EnvConfigKind {
        &self.kind
    }

    /// The name it must keep, or the one a new object was given.
    pub fn name(&self) -> String {
        self.name.clone().unwrap_or_else(|| {
            let document = parse(&self.text).unwrap_or_default();
            let name = document.root.as_ref().and_then(|root| root.at(&["metadata", "name"]));
            name.and_then(|name| name.text()).unwrap_or_default().to_owned()
        })
    }

    /// The text the edit began with.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The text as it is shown: without the values of a Secret. Empty while it is veiled.
    pub fn text(&self) -> &str {
        if self.veiled { "" } else { &self.text }
    }

    /// Whether nothing is shown until the user asks for all of it.
    pub fn is_veiled(&self) -> bool {
        self.veiled
    }

    /// Shows the whole text of a veiled Secret.
    pub fn unveil(&mut self) {
        self.veiled = false;
    }

    /// The text as it is sent.
    pub fn whole(&self) -> String {
        match &self.sealed {
            Some(sealed) => sealed.open(&self.text),
            None => self.text.clone(),
        }
    }

    /// Whether there is something to save.
    pub fn is_dirty(&self) -> bool {
        match &self.sealed {
            Some(sealed) => self.text != sealed.text && self.whole() != self.base,
            None => self.text != self.base,
        }
    }

    /// Takes an edited text over.
    pub fn set_text(&mut self, text: String) {
        if !self.veiled {
            self.text = text;
        }
    }

    /// What is wrong with it, by the lines as they are shown.
    pub fn problems(&self) -> Vec<Problem> {
        let expected = Expectation {
            kind: self.kind.clone(),
            name: self.name.as_deref(),
            old: self.name.is_some().then_some(self.base.as_str()),
        };
        match &self.sealed {
            _ if self.veiled => Vec::new(),
            Some(sealed) => sealed.validate(&self.text, &expected),
            None => validate(&self.text, &expected),
        }
    }

    /// Whether it differs from what is there and may be sent.
    pub fn can_be_saved(&self) -> bool {
        !self.veiled && self.is_dirty() && may_be_sent(&self.problems())
    }

    /// The entries; `None` where the text cannot be read.
    pub fn entries(&self) -> Option<Vec<Shown>> {
        let document = parse(&self.text).ok()?;
        let shown = |entry: DataEntry| Shown {
            section: entry.section,
            value: self.decoded(&entry),
            secret: self.kind == EnvConfigKind::Secret,
            key: entry.key,
        };
        Some(entries(&document, &self.kind).into_iter().map(shown).collect())
    }

    /// The value of an entry: its bytes, decoded.
    pub fn value(&self, section: Section, key: &str) -> Option<Vec<u8>> {
        let document = parse(&self.text).ok()?;
        let all = entries(&document, &self.kind);
        let entry = all.into_iter().find(|entry| entry.section == section && entry.key == key)?;
        self.decoded(&entry)
    }

    fn decoded(&self, entry: &DataEntry) -> Option<Vec<u8>> {
        let value = self.sealed.as_ref().map_or(entry.value.as_str(), |sealed| sealed.value(&entry.value));
        match entry.section.is_base64(&self.kind) {
            true => decode(value),
            false => Some(value.as_bytes().to_vec()),
        }
    }

    /// Gives an entry these bytes, encoded as its section wants; of a ConfigMap, bytes that are no text go where it keeps
    /// such.
    ///
    /// # Errors
    /// [`NotEditable`] where the text can be edited as YAML only.
    pub fn set_value(&mut self, section: Section, key: &str, bytes: &[u8]) -> Result<(), NotEditable> {
        let as_text = std::str::from_utf8(bytes).ok();
        let fitting = match (&self.kind, section, as_text) {
            (EnvConfigKind::ConfigMap, Section::Data, None) => Section::BinaryData,
            _ => section,
        };
        let value = match as_text {
            Some(text) if !fitting.is_base64(&self.kind) => text.to_owned(),
            _ => encode(bytes),
        };
        let mut text = self.text.clone();
        if fitting != section {
            text = remove(&text, section, key).unwrap_or(text);
        }
        let written = match &mut self.sealed {
            Some(sealed) if !value.is_empty() => sealed.hide(&value),
            _ => value,
        };
        self.text = set(&text, fitting, key, &written)?;
        Ok(())
    }

    /// Gives an entry another key.
    ///
    /// # Errors
    /// As [`Self::set_value`]; also where the key is taken.
    pub fn rename(&mut self, section: Section, key: &str, new: &str) -> Result<(), NotEditable> {
        self.text = rename(&self.text, section, key, new)?;
        Ok(())
    }

    /// Removes an entry.
    ///
    /// # Errors
    /// As [`Self::set_value`].
    pub fn remove(&mut self, section: Section, key: &str) -> Result<(), NotEditable> {
        self.text = remove(&self.text, section, key)?;
        Ok(())
    }

    /// Names a new object.
    ///
    /// # Errors
    /// As [`Self::set_value`].
    pub fn set_name(&mut self, name: &str) -> Result<(), NotEditable> {
        self.text = set_name(&self.text, name)?;
        Ok(())
    }

    /// Shows what stands behind a mask.
    pub fn reveal(&mut self, mask: &str) {
        if let Some(sealed) = &self.sealed {
            self.text = sealed.reveal(&self.text, mask);
        }
    }

    /// Goes back to the text the edit began with.
    pub fn reset(&mut self) {
        *self = Self::make(self.kind.clone(), self.name.clone(), &self.base);
    }

    /// Goes on from another text that is there by now, keeping what the user has.
    pub fn rebase(&mut self, now: &str) {
        now.clone_into(&mut self.base);
        if let Some(sealed) = &mut self.sealed {
            // Dirtiness is told by the whole texts from here on.
            sealed.text = String::new();
        }
    }

    /// What the user changed, put on top of what somebody else changed meanwhile; `None` where both changed the same, or
    /// something outside the entries.
    pub fn merged(&self, now: &str) -> Option<Self> {
        let read = |text: &str| parse(text).ok();
        let (old, mine) = (read(&self.base)?, read(&self.whole())?);
        let (before, after) = (entries(&old, &self.kind), entries(&mine, &self.kind));
        let theirs = entries(&read(now)?, &self.kind);
        let find = |all: &[DataEntry], entry: &DataEntry| {
            all.iter().find(|one| one.key == entry.key && one.section == entry.section).cloned()
        };
        let mut text = now.to_owned();
        for entry in &before {
            let (wanted, there) = (find(&after, entry), find(&theirs, entry));
            if wanted.as_ref() == Some(entry) || wanted == there {
                continue;
            }
            if there.as_ref() != Some(entry) {
                return None;
            }
            text = match wanted {
                Some(wanted) => set(&text, wanted.section, &wanted.key, &wanted.value),
                None => remove(&text, entry.section, &entry.key),
            }
            .ok()?;
        }
        for entry in after.iter().filter(|entry| find(&before, entry).is_none()) {
            match find(&theirs, entry) {
                None => text = set(&text, entry.section, &entry.key, &entry.value).ok()?,
                Some(there) if there == *entry => {}
                Some(_) => return None,
            }
        }
        // Everything but the entries must be as it was, or it would be lost here.
        let strip = |text: &str| -> Option<String> {
            let document = read(text)?;
            let all = entries(&document, &self.kind);
            all.iter().try_fold(text.to_owned(), |text, entry| remove(&text, entry.section, &entry.key).ok())
        };
        let root = |text: &str| read(&strip(text)?)?.root;
        if !root(&self.base)?.holds_same(&root(&self.whole())?) {
            return None;
        }
        let mut merged = Self::make(self.kind.clone(), self.name.clone(), &text);
        merged.rebase(now);
        Some(merged)
    }
}

#[cfg(test)]
#[path = "buffer_tests.rs"]
mod tests;
