//! What differs between two texts, line by line, with the unchanged parts folded.

use imara_diff::{Algorithm, Diff, InternedInput};

/// So many unchanged lines are shown around a change.
const CONTEXT: usize = 3;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the old text, from 1; `None` where it is not there.
    pub old: Option<usize>,
    /// Its number in the new text.
    pub new: Option<usize>,
    /// What it says, without its line break.
    pub text: String,
    /// Whether it is the last one and has no line break.
    pub open: bool,
}

/// A part of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Lines that both have.
    Same(Vec<Line>),
    /// Lines that both have and nobody needs to read.
    Folded(Vec<Line>),
    /// Lines that go, and lines that come in their place.
    Changed {
        /// The old lines.
        removed: Vec<Line>,
        /// The new lines.
        added: Vec<Line>,
    },
}

/// Compares two texts; no parts if they are the same.
pub fn compare(old: &str, new: &str) -> Vec<Part> {
    if old == new {
        return Vec::new();
    }
    let input = InternedInput::new(old, new);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let mut parts = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    for hunk in diff.hunks() {
        let (start, end) = (hunk.before.start as usize, hunk.before.end as usize);
        same(&mut parts, &before, old_at..start, new_at, false);
        let removed = lines(&before, start..end, |number| (Some(number), None));
        let added =
            lines(&after, hunk.after.start as usize..hunk.after.end as usize, |number| (None, Some(number)));
        parts.push(Part::Changed { removed, added });
        (old_at, new_at) = (end, hunk.after.end as usize);
    }
    same(&mut parts, &before, old_at..before.len(), new_at, true);
    parts
}

/// How many lines go and come.
pub fn count(parts: &[Part]) -> (usize, usize) {
    parts.iter().fold((0, 0), |(gone, come), part| match part {
        Part::Changed { removed, added } => (gone + removed.len(), come + added.len()),
        _ => (gone, come),
    })
}

fn lines(
    all: &[&str],
    range: std::ops::Range<usize>,
    numbers: impl Fn(usize) -> (Option<usize>, Option<usize>),
) -> Vec<Line> {
    let start = range.start;
    let taken = all.get(range).unwrap_or_default().iter().enumerate();
    taken
        .map(|(index, line)| {
            let (old, new) = numbers(start + index + 1);
            let text = line.trim_end_matches(['\n', '\r']).to_owned();
            Line { old, new, text, open: !line.ends_with('\n') }
        })
        .collect()
}

/// Adds the lines between two changes: those near one are shown, the rest is folded.
fn same(parts: &mut Vec<Part>, all: &[&str], range: std::ops::Range<usize>, new_start: usize, is_last: bool) {
    let (start, first) = (range.start, parts.is_empty());
    let mut between = lines(all, range, |number| (Some(number), Some(number - start + new_start)));
    let head = if first { 0 } else { CONTEXT };
    let tail = if is_last { 0 } else { CONTEXT };
    // A fold takes a line itself.
    if between.len() <= head + tail + 1 {
        if !between.is_empty() {
            parts.push(Part::Same(between));
        }
        return;
    }
    let end = between.split_off(between.len() - tail);
    let folded = between.split_off(head);
    for part in [Part::Same(between), Part::Folded(folded), Part::Same(end)] {
        if !matches!(&part, Part::Same(lines) if lines.is_empty()) {
            parts.push(part);
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(range: std::ops::Range<usize>) -> String {
        range.map(|n| format!("line {n}\n")).collect()
    }

    fn shape(parts: &[Part]) -> Vec<String> {
        let shape = |part: &Part| match part {
            Part::Same(lines) => format!("={}", lines.len()),
            Part::Folded(lines) => format!("~{}", lines.len()),
            Part::Changed { removed, added } => format!("-{}+{}", removed.len(), added.len()),
        };
        parts.iter().map(shape).collect()
    }

    #[test]
    fn what_is_far_from_a_change_is_folded() {
        let parts = compare(&text(0..30), &text(0..30).replace("line 15", "changed"));
        assert_eq!(shape(&parts), ["~12", "=3", "-1+1", "=3", "~11"]);
        assert_eq!(count(&parts), (1, 1));
        let Part::Same(after) = &parts[3] else { panic!() };
        assert_eq!((after[0].old, after[0].new, after[0].text.as_str()), (Some(17), Some(17), "line 16"));
    }

    #[test]
    fn numbers_go_apart_after_an_insertion() {
        let parts = compare("a\nb\n", "new\na\nb\n");
        assert_eq!(shape(&parts), ["-0+1", "=2"]);
        let Part::Same(after) = &parts[1] else { panic!() };
        assert_eq!((after[1].old, after[1].new), (Some(2), Some(3)));
    }

    #[test]
    fn a_missing_line_break_at_the_end_is_a_difference() {
        let parts = compare("a\nb\n", "a\nb");
        let Part::Changed { removed, added } = parts.last().unwrap() else { panic!() };
        assert!(!removed[0].open && added[0].open);
    }

    #[test]
    fn equal_texts_have_no_parts() {
        assert_eq!(compare("a\n", "a\n"), []);
        assert_eq!(shape(&compare("", "a\n")), ["-0+1"]);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_the_parts(old in "([a-c]\n){0,20}[a-c]{0,2}", new in "([a-c]\n){0,20}[a-c]{0,2}") {
            let (mut before, mut after) = (String::new(), String::new());
            let line = |line: &Line| if line.open { line.text.clone() } else { format!("{}\n", line.text) };
            for part in compare(&old, &new) {
                match part {
                    Part::Same(lines) | Part::Folded(lines) => {
                        before.extend(lines.iter().map(line));
                        after.extend(lines.iter().map(line));
                    }
                    Part::Changed { removed, added } => {
                        before.extend(removed.iter().map(line));
                        after.extend(added.iter().map(line));
                    }
                }
            }
            if old != new {
                prop_assert_eq!((before, after), (old, new));
            }
        }
    }
}
