//! Lines and parts of a text, by bytes. A place outside the text, or inside a character, gives nothing and breaks nothing.

use std::ops::Range;

/// The start of the line a place is in.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1)
}

/// The start of the line after the one a place is in; the end of the text after the last.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |found| at + found + 1)
}

/// The text from a place to the end of its line.
pub(super) fn rest_of_line(text: &str, at: usize) -> Option<&str> {
    text.get(at..)?.lines().next().or(Some(""))
}

/// The line break of a text, as its first line has it.
pub(super) fn line_end(text: &str) -> &'static str {
    match text.split_once('\n') {
        Some((first, _)) if first.ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// A text with a part replaced.
pub(super) fn splice(text: &str, range: &Range<usize>, new: &str) -> String {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    [before, new, after].concat()
}
