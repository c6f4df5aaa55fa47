//! A compiled query: does a row match, and where?
//!
//! A query is asked about hundreds of thousands of rows, so most of them should be refused without being touched.
//! [`Matcher::hint`] names a literal that every matching row must contain: the text itself, a literal part of the
//! regular expression, or the key of a field. A search then runs that literal over whole chunks and asks
//! [`Matcher::accepts`] only about the rows that hold it.

use super::fields;
use super::literal::{one_of_literals, required_literal};
use super::needle::Needle;
use super::query::{FieldTerm, Mode, Query, QueryError};
use regex_lite::{Regex, RegexBuilder};
use std::ops::Range;

/// The most ranges marked in one row.
pub const MAX_RANGES: usize = 1000;
/// Patterns beyond this are refused; nobody types them, and compiling costs time and memory.
const MAX_PATTERN: usize = 2000;

/// A compiled [`Query`].
#[derive(Debug)]
pub struct Matcher {
    text: Text,
    whole_word: bool,
    invert: bool,
    fields: Vec<FieldTerm>,
    hint: Option<Needle>,
    /// For a pattern of alternatives: each match contains one of these.
    either: Vec<Needle>,
}

#[derive(Debug)]
enum Text {
    Any,
    Literal(Needle),
    /// A literal with letters beyond ASCII in upper and lower case: compared by character.
    Folded(Vec<char>),
    Regex(Regex),
}

impl Matcher {
    /// Compiles `query`; fails for a regular expression that is not one.
    pub fn new(query: &Query) -> Result<Self, QueryError> {
        let text = match query.mode {
            _ if query.text.is_empty() => Text::Any,
            Mode::Regex => Text::Regex(compile(query)?),
            Mode::Plain if !query.case_sensitive && query.text.chars().any(is_cased_beyond_ascii) => {
                Text::Folded(query.text.chars().flat_map(char::to_lowercase).collect())
            }
            Mode::Plain => Text::Literal(Needle::new(&query.text, query.case_sensitive)),
        };
        let literal = match (&text, query.mode) {
            (Text::Literal(_), _) => Some(query.text.clone()),
            (Text::Regex(_), _) => required_literal(&query.text),
            _ => None,
        };
        let hint = literal.map(|literal| Needle::new(&literal, query.case_sensitive)).or_else(|| {
            let key = query.fields.first()?.key.rsplit('.').next()?;
            (!key.is_empty()).then(|| Needle::new(key, false))
        });
        let either = match &text {
            Text::Regex(_) if hint.is_none() => {
                let literals = one_of_literals(&query.text).unwrap_or_default();
                literals.iter().map(|literal| Needle::new(literal, query.case_sensitive)).collect()
            }
            _ => Vec::new(),
        };
        let whole_word = query.whole_word && query.mode == Mode::Plain;
        Ok(Self { text, whole_word, invert: query.invert, fields: query.fields.clone(), hint, either })
    }

    /// A literal that each accepted row's visible text contains; `None` when there is none.
    pub fn hint(&self) -> Option<&Needle> {
        self.hint.as_ref().filter(|_| !self.invert)
    }

    /// Whether a row that contains the hint is accepted without another look.
    pub fn hint_suffices(&self) -> bool {
        matches!(self.text, Text::Literal(_)) && !self.whole_word && self.fields.is_empty()
    }

    /// How many times more than plain search a look at a row costs, roughly: a regular expression needs microseconds
    /// a line, and reading fields means parsing it.
    pub fn cost(&self) -> usize {
        let text = match &self.text {
            Text::Any => 0,
            Text::Literal(_) => 1,
            Text::Folded(_) => 8,
            Text::Regex(_) => 32,
        };
        text + if self.fields.is_empty() { 0 } else { 64 }
    }

    /// Whether text and fields accept every row.
    pub fn is_any(&self) -> bool {
        matches!(self.text, Text::Any) && self.fields.is_empty()
    }

    /// Whether a row of this visible text is accepted by text and fields, inversion included.
    pub fn accepts(&self, visible: &str) -> bool {
        if self.is_any() {
            return true;
        }
        (self.find(visible, 0).is_some() && self.accepts_fields(visible)) != self.invert
    }

    fn accepts_fields(&self, visible: &str) -> bool {
        if self.fields.is_empty() {
            return true;
        }
        let found = fields::fields(visible);
        self.fields.iter().all(|term| found.iter().any(|field| term.accepts(&field.key, &field.value)))
    }

    /// The ranges of `visible` that match the text: what a viewer highlights. None for an inverted query.
    pub fn ranges(&self, visible: &str) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        if self.invert || matches!(self.text, Text::Any) {
            return ranges;
        }
        let mut from = 0;
        while ranges.len() < MAX_RANGES
            && let Some(found) = self.find(visible, from)
        {
            from = if found.is_empty() { next_char(visible, found.end) } else { found.end };
            if !found.is_empty() {
                ranges.push(found);
            }
            if from > visible.len() {
                break;
            }
        }
        ranges
    }

    fn find(&self, visible: &str, from: usize) -> Option<Range<usize>> {
        let mut from = from;
        loop {
            let found = self.find_text(visible, from)?;
            if !self.whole_word || is_word(visible, &found) {
                return Some(found);
            }
            from = next_char(visible, found.start);
        }
    }

    fn find_text(&self, visible: &str, from: usize) -> Option<Range<usize>> {
        match &self.text {
            Text::Any => Some(from..from),
            Text::Literal(needle) => {
                let start = from + needle.find(visible.as_bytes().get(from..)?)?;
                Some(start..start + needle.size())
            }
            Text::Folded(folded) => find_folded(visible, from, folded),
            Text::Regex(_) if !self.either.is_empty() && !self.holds_either(visible) => None,
            Text::Regex(regex) if from <= visible.len() => {
                regex.find_at(visible, from).map(|found| found.range())
            }
            Text::Regex(_) => None,
        }
    }

    fn holds_either(&self, visible: &str) -> bool {
        self.either.iter().any(|needle| needle.find(visible.as_bytes()).is_some())
    }
}

fn is_cased_beyond_ascii(c: char) -> bool {
    !c.is_ascii() && (c.is_lowercase() || c.is_uppercase())
}

fn next_char(text: &str, at: usize) -> usize {
    at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
}

fn find_folded(visible: &str, from: usize, folded: &[char]) -> Option<Range<usize>> {
    let rest = visible.get(from..)?;
    if rest.is_ascii() && !folded.iter().all(char::is_ascii) {
        return None;
    }
    rest.char_indices().find_map(|(at, _)| {
        let mut wanted = folded.iter();
        let start = from + at;
        let mut end = start;
        for c in visible.get(start..)?.chars() {
            if wanted.len() == 0 {
                break;
            }
            if !c.to_lowercase().all(|lower| wanted.next() == Some(&lower)) {
                return None;
            }
            end += c.len_utf8();
        }
        (wanted.len() == 0).then_some(start..end)
    })
}

/// Whether a match touches no word character where it begins or ends with one.
fn is_word(text: &str, found: &Range<usize>) -> bool {
    let is_word_char = |c: char| c.is_alphanumeric() || c == '_';
    let inside = text.get(found.clone()).unwrap_or_default();
    let before = text.get(..found.start).and_then(|head| head.chars().next_back());
    let after = text.get(found.end..).and_then(|tail| tail.chars().next());
    let joined = |outer: Option<char>, inner: Option<char>| {
        outer.is_some_and(is_word_char) && inner.is_some_and(is_word_char)
    };
    !joined(before, inside.chars().next()) && !joined(after, inside.chars().next_back())
}

fn compile(query: &Query) -> Result<Regex, QueryError> {
    if query.text.len() > MAX_PATTERN {
        return Err(QueryError { reason: "the pattern is too long".to_owned(), position: MAX_PATTERN });
    }
    let build = |pattern: &str| {
        RegexBuilder::new(pattern).case_insensitive(!query.case_sensitive).size_limit(1 << 20).build()
    };
    // The bare pattern is built first: wrapped, `a)|(b` would become valid.
    let bare = build(&query.text).map_err(|error| QueryError {
        reason: error.to_string(),
        position: error_position(&query.text, |prefix| build(prefix).is_ok()),
    })?;
    if !query.whole_word {
        return Ok(bare);
    }
    build(&format!(r"\b(?:{})\b", query.text))
        .map_err(|error| QueryError { reason: error.to_string(), position: 0 })
}

/// Bytes of patterns that are compiled to find out where a bad one goes wrong.
const MOST_TRIED: usize = 8 * 1024;

/// Where a bad pattern goes wrong. The library does not say, but a prefix tells: the longest one that is a pattern
/// by itself ends where the part starts that is not. For a very long pattern that is not found out, and it is its start.
fn error_position(pattern: &str, is_valid: impl Fn(&str) -> bool) -> usize {
    let ends = pattern.char_indices().map(|(at, _)| at).rev();
    let mut left = MOST_TRIED;
    let mut tried = ends.take_while(|end| {
        let affordable = left >= *end;
        left = left.saturating_sub(*end);
        affordable
    });
    tried.find(|end| pattern.get(..*end).is_some_and(&is_valid)).unwrap_or(0)
}
