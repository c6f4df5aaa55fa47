//! The words for what is wrong with a YAML text.

use crate::domain::yaml::Fault;
use crate::domain::yaml::scalar::Meaning;
use crate::i18n::{Messages, fill};

/// What a fault is, in a sentence.
pub(crate) fn fault(t: &Messages, fault: &Fault) -> String {
    let t = t.editor();
    match fault {
        Fault::Syntax(words) => fill(t.syntax, &[("words", words)]),
        Fault::Empty => t.empty.to_owned(),
        Fault::NoObject => t.no_object.to_owned(),
        Fault::SecondDocument => t.second_document.to_owned(),
        Fault::DuplicateKey(key) => fill(t.duplicate, &[("key", key)]),
        Fault::KindMissing { wanted } => fill(t.kind_missing, &[("wanted", wanted)]),
        Fault::KindDiffers { wanted, found } => {
            fill(t.kind_differs, &[("wanted", wanted), ("found", named(found, t.is_null))])
        }
        Fault::NameMissing => t.name_missing.to_owned(),
        Fault::NameDiffers { wanted, found } => {
            fill(t.name_differs, &[("wanted", wanted), ("found", named(found, t.is_null))])
        }
        Fault::BadName(name) => fill(t.bad_name, &[("name", name)]),
        Fault::NoEntries(section) => fill(t.no_entries, &[("key", section.key())]),
        Fault::NotText { key, is } => {
            let is = match is {
                Some(Meaning::Number) => t.is_number,
                Some(Meaning::Bool) => t.is_bool,
                Some(Meaning::Null) => t.is_null,
                Some(Meaning::Text) | None => t.is_nested,
            };
            fill(t.not_text, &[("key", key), ("is", is)])
        }
        Fault::BadKey(key) => fill(t.bad_key, &[("key", key)]),
        Fault::NotBase64 { key } => fill(t.not_base64, &[("key", key)]),
        Fault::InTwoSections(key) => fill(t.two_sections, &[("key", key)]),
        Fault::Immutable(field) => fill(t.immutable, &[("field", field)]),
        Fault::Shrinks => t.shrinks.to_owned(),
    }
}

fn named<'a>(found: &'a str, nothing: &'a str) -> &'a str {
    if found.is_empty() { nothing } else { found }
}
