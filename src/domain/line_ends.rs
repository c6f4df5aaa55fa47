//! The line ends of a value that is edited in a text field.
//!
//! A `textarea` knows only `\n`: it takes `\r\n` in, and gives every line back with `\n`. A value from Windows would lose all
//! of its line ends when one letter of it is edited, and scripts and certificates then differ in every line. So a field
//! shows a value with `\n` and writes it with the ends it had: one kind stays that kind, also for lines that are new; where
//! they are mixed, a line that was not edited keeps its own.

/// How the lines of a value end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LineEnds {
    /// There is one line only, or every end is `\n`.
    #[default]
    Lf,
    /// Every end is `\r\n`.
    CrLf,
    /// Several kinds, or lone `\r`.
    Mixed,
}

impl LineEnds {
    /// The ends of a text; `None` for a single line, which has none.
    pub fn of(text: &str) -> Option<Self> {
        let breaks = lines(text).filter_map(|(_, end)| (!end.is_empty()).then_some(end));
        breaks.fold(None, |found, end| {
            let kind = match end {
                "\n" => Self::Lf,
                "\r\n" => Self::CrLf,
                _ => Self::Mixed,
            };
            Some(if found.is_none_or(|found| found == kind) { kind } else { Self::Mixed })
        })
    }
}

/// A text as a field shows it: every line ends with `\n`.
pub fn shown(text: &str) -> String {
    lines(text).flat_map(|(line, end)| [line, if end.is_empty() { "" } else { "\n" }]).collect()
}

/// The value after an edit. `before` is the value, `edited` what the field says now, with `\n` only; `usual` are the ends the
/// value had when it was opened, for one whose last break was deleted meanwhile.
pub fn written(before: &str, edited: &str, usual: Option<LineEnds>) -> String {
    match LineEnds::of(before).or(usual) {
        Some(LineEnds::CrLf) => edited.replace('\n', "\r\n"),
        Some(LineEnds::Mixed) => merged(before, edited),
        _ => edited.to_owned(),
    }
}

/// What is the same at both ends keeps its bytes, ends and all; a new break ends as the one before it, else as the one after.
fn merged(before: &str, edited: &str) -> String {
    let old = shown(before);
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = old.chars().zip(edited.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let rest = |text: &str| text.get(head..).unwrap_or_default().chars().rev().collect::<Vec<char>>();
    let (old_rest, new_rest) = (rest(&old), rest(edited));
    let tail = old_rest.iter().copied().zip(new_rest.iter().copied()).take_while(same);
    let tail: usize = tail.map(|(c, _)| c.len_utf8()).sum();
    let (first, last) = (in_value(before, head), in_value(before, old.len() - tail));
    let kept = |range: std::ops::Range<usize>| before.get(range).unwrap_or_default();
    let (front, back) = (kept(0..first), kept(last..before.len()));
    let end = lines(front).filter(|(_, end)| !end.is_empty()).last();
    let end = end.or_else(|| lines(before).next()).map(|(_, end)| end).filter(|end| !end.is_empty());
    let added = edited.get(head..edited.len() - tail).unwrap_or_default();
    format!("{front}{}{back}", added.replace('\n', end.unwrap_or("\n")))
}

/// The place in a value that a place in its shown text is.
fn in_value(value: &str, place: usize) -> usize {
    let (mut at, mut seen) = (0, 0);
    for (line, end) in lines(value) {
        if place <= seen + line.len() {
            return at + (place - seen);
        }
        seen += line.len() + usize::from(!end.is_empty());
        at += line.len() + end.len();
    }
    at
}

/// The lines of a text, each with its end: `\n`, `\r\n`, a lone `\r`, or none at the end of the text.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let now = rest?;
        let Some(at) = now.find(['\r', '\n']) else {
            rest = None;
            return Some((now, ""));
        };
        let (line, after) = now.split_at(at);
        let length = if after.starts_with("\r\n") { 2 } else { 1 };
        let (end, after) = after.split_at(length);
        rest = Some(after);
        Some((line, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 9] =
        ["", "one", "a\nb\n", "a\r\nb\r\n", "a\r\nb", "a\r\nb\nc\r\n", "a\rb\r\nc", "\r\n\r\n", "\n\r\n\r"];

    #[test]
    fn the_kind_of_a_text_is_told() {
        let kinds: Vec<_> = TEXTS.iter().map(|text| LineEnds::of(text)).collect();
        use LineEnds::{CrLf, Lf, Mixed};
        let some = |kind| Some(kind);
        assert_eq!(
            kinds,
            [None, None, some(Lf), some(CrLf), some(CrLf), some(Mixed), some(Mixed), some(CrLf), some(Mixed)]
        );
    }

    #[test]
    fn what_was_not_edited_is_written_as_it_was() {
        for text in TEXTS {
            assert_eq!(written(text, &shown(text), LineEnds::of(text)), text, "{text:?}");
            assert!(!shown(text).contains('\r'));
        }
    }

    #[test]
    fn an_edited_letter_changes_no_line_end() {
        assert_eq!(written("a\r\nb\r\nc", "a\nbx\nc", None), "a\r\nbx\r\nc");
        assert_eq!(written("a\r\nb\nc\rd", "a\nbx\nc\nd", None), "a\r\nbx\nc\rd");
        assert_eq!(written("a\nb\r\nc", "a\nb\ncx", None), "a\nb\r\ncx");
    }

    #[test]
    fn a_new_line_ends_as_its_neighbours() {
        assert_eq!(written("a\r\nb", "a\nnew\nb", None), "a\r\nnew\r\nb");
        assert_eq!(written("a\nb\r\nc\r\nd", "a\nb\nnew\nc\nd", None), "a\nb\r\nnew\r\nc\r\nd");
        assert_eq!(written("a\r\nb\n", "a\nb\nc\n", None), "a\r\nb\nc\n");
    }

    #[test]
    fn a_line_that_was_deleted_takes_only_its_own_end() {
        assert_eq!(written("a\r\nb\nc\r\n", "a\nc\n", None), "a\r\nc\r\n");
        assert_eq!(written("a\nb\r\n", "", None), "");
        assert_eq!(
            written("a\r\nb\n", "ab\n", None),
            "ab\n",
            "the end that stays is the one that was not touched"
        );
        assert_eq!(written("值\r\n二\n", "值x\n二\n", None), "值x\r\n二\n");
    }

    #[test]
    fn a_value_whose_breaks_were_deleted_remembers_them() {
        assert_eq!(written("ab", "a\nb", Some(LineEnds::CrLf)), "a\r\nb");
        assert_eq!(written("ab", "a\nb", None), "a\nb");
    }

    #[test]
    fn any_edit_in_the_middle_leaves_the_rest_byte_for_byte() {
        for text in TEXTS {
            let shown = shown(text);
            for at in 0..=shown.len() {
                let (head, tail) = shown.split_at(at);
                let edited = written(text, &format!("{head}X{tail}"), LineEnds::of(text));
                assert_eq!(edited.replacen('X', "", 1), text, "{text:?} at {at}");
            }
        }
    }
}
