//! What a reader looks for: the query as typed and clicked, before it is compiled.

use super::level::LevelSet;
use std::fmt;

/// How the text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// As it stands.
    #[default]
    Plain,
    /// As a regular expression of the `regex-lite` syntax: linear time, no look-around or back-references; classes
    /// such as `\w` and case folding know ASCII only.
    Regex,
}

/// A query. The default one accepts every row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// What to find in the visible text; empty accepts all.
    pub text: String,
    /// How `text` is read.
    pub mode: Mode,
    /// Whether upper and lower case differ.
    pub case_sensitive: bool,
    /// Whether a match must not touch letters, digits or `_` at its ends.
    pub whole_word: bool,
    /// Rows that do *not* match text and fields. Levels and sources are not inverted.
    pub invert: bool,
    /// Only rows of these levels.
    pub levels: LevelSet,
    /// Only rows of these sources; `None` for all.
    pub sources: Option<Vec<u16>>,
    /// Only rows with all of these fields.
    pub fields: Vec<FieldTerm>,
}

/// How a field's value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// `key=value`: equal, ASCII case aside. `key=*` asks only for the key.
    Is,
    /// `key!=value`: there, and not equal.
    IsNot,
    /// `key:value`: contains, ASCII case aside.
    Contains,
    /// `key>value`, by number.
    Above,
    /// `key>=value`, by number.
    AtLeast,
    /// `key<value`, by number.
    Below,
    /// `key<=value`, by number.
    AtMost,
}

/// A condition on one field of structured lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldTerm {
    /// The field's key, or the end of it behind a dot: `status` also finds `http.status`.
    pub key: String,
    /// The comparison.
    pub compare: Compare,
    /// What to compare with.
    pub value: String,
}

impl FieldTerm {
    /// Reads `status=500`, `path:/api`, `ms>=250`. `None` when it is no such term.
    pub fn parse(term: &str) -> Option<Self> {
        const SIGNS: [(&str, Compare); 7] = [
            ("!=", Compare::IsNot),
            (">=", Compare::AtLeast),
            ("<=", Compare::AtMost),
            ("=", Compare::Is),
            (":", Compare::Contains),
            (">", Compare::Above),
            ("<", Compare::Below),
        ];
        let at = term.find(['!', '>', '<', '=', ':'])?;
        let (key, rest) = term.split_at_checked(at)?;
        let (sign, compare) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign))?;
        let value = rest.strip_prefix(sign)?;
        let named = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_.@-/".contains(c));
        let value = value.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(value);
        (named && !value.is_empty()).then(|| Self {
            key: key.to_owned(),
            compare: *compare,
            value: value.to_owned(),
        })
    }

    /// Whether a field of this key and value meets the term.
    pub fn accepts(&self, key: &str, value: &str) -> bool {
        let named = key.eq_ignore_ascii_case(&self.key)
            || key.len().checked_sub(self.key.len()).is_some_and(|at| {
                at > 0
                    && key.as_bytes().get(at - 1) == Some(&b'.')
                    && key.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(&self.key))
            });
        let numbers = || Some((leading_number(value)?, leading_number(&self.value)?));
        named
            && match self.compare {
                Compare::Is => self.value == "*" || value.eq_ignore_ascii_case(&self.value),
                Compare::IsNot => !value.eq_ignore_ascii_case(&self.value),
                Compare::Contains => value.to_ascii_lowercase().contains(&self.value.to_ascii_lowercase()),
                Compare::Above => numbers().is_some_and(|(a, b)| a > b),
                Compare::AtLeast => numbers().is_some_and(|(a, b)| a >= b),
                Compare::Below => numbers().is_some_and(|(a, b)| a < b),
                Compare::AtMost => numbers().is_some_and(|(a, b)| a <= b),
            }
    }
}

/// The number a value starts with, so that `250ms` compares as 250.
fn leading_number(value: &str) -> Option<f64> {
    let end = value.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(value.len());
    value.get(..end)?.parse().ok()
}

impl Query {
    /// Whether this query accepts every row.
    pub fn is_all(&self) -> bool {
        self.text.is_empty()
            && self.fields.is_empty()
            && self.levels == LevelSet::ALL
            && self.sources.is_none()
    }

    /// Whether every row this query accepts was accepted by `old`, so that only those need a look.
    pub fn narrows(&self, old: &Self) -> bool {
        let text = if self.text == old.text {
            self.mode == old.mode
                && self.whole_word >= old.whole_word
                && self.case_sensitive >= old.case_sensitive
        } else {
            self.mode == Mode::Plain
                && old.mode == Mode::Plain
                && !old.whole_word
                && if old.case_sensitive {
                    self.case_sensitive && self.text.contains(&old.text)
                } else {
                    self.text.to_lowercase().contains(&old.text.to_lowercase())
                }
        };
        let sources = match (&self.sources, &old.sources) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(new), Some(old)) => new.iter().all(|source| old.contains(source)),
        };
        text && sources
            && !self.invert
            && !old.invert
            && self.levels.is_subset(old.levels)
            && old.fields.iter().all(|term| self.fields.contains(term))
    }
}

/// Why a query cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// What is wrong, in the regular expression library's words.
    pub reason: String,
    /// The byte of the text at which the part starts that makes no sense.
    pub position: usize,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at {})", self.reason, self.position)
    }
}

impl std::error::Error for QueryError {}
