//! How high wrapped rows are, without drawing them: what the scroll bar goes by.
//!
//! Drawing is the only exact answer, and a log has too many rows for it. So the heights of some rows from all over the
//! list are told from their lengths, which is cheap and does not change while one scrolls. Where the list's first or last
//! rows are drawn, the painter knows their true heights and uses those.

use super::viewport::ROW;
use crate::logs::engine::Engine;

/// How many rows are looked at.
const SAMPLE: usize = 64;
/// Bytes of a row that are drawn, and so counted.
const MOST: usize = 16 * 1024;

/// The mean height of wrapped rows, kept until the list is another.
#[derive(Debug, Default)]
pub(crate) struct Wrapping {
    columns: usize,
    mean: f64,
    /// The state of the list that the mean is of.
    len: usize,
    version: u64,
}

impl Wrapping {
    /// Characters that fit into a line of the view; the mean is found out anew if they are others than before.
    pub(crate) fn set_columns(&mut self, columns: usize) {
        if self.columns != columns {
            self.columns = columns;
            self.mean = 0.0;
        }
    }

    /// The mean height of the rows shown, in pixels. `version` changes when other rows are shown.
    pub(crate) fn mean(&mut self, engine: &Engine, version: u64) -> f64 {
        let len = engine.visible_len();
        let grown = len.abs_diff(self.len) > self.len / 8;
        if self.mean < ROW || grown || version != self.version {
            (self.len, self.version) = (len, version);
            self.mean = mean_height(lengths(engine, len), self.columns);
        }
        self.mean
    }
}

/// The lengths of rows from all over the list.
fn lengths(engine: &Engine, len: usize) -> impl Iterator<Item = usize> {
    let step = (len / SAMPLE).max(1);
    let seqs = (0..len).step_by(step).filter_map(|index| engine.seq_at(index));
    seqs.filter_map(|seq| engine.buffer().line(seq)).map(|line| {
        let text = line.text.get(..line.text.floor_char_boundary(MOST)).unwrap_or(line.text);
        width(text)
    })
}

/// Columns a text takes; ideographs and the like take two.
fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum()
}

fn mean_height(lengths: impl Iterator<Item = usize>, columns: usize) -> f64 {
    let (lines, rows) = lengths
        .map(|length| length.div_ceil(columns.max(1)).max(1))
        .fold((0, 0), |(lines, rows), more| (lines + more, rows + 1));
    if rows == 0 { ROW } else { ROW * lines as f64 / f64::from(rows) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::buffer::Caps;

    fn engine(lines: &[&str]) -> Engine {
        let mut engine = Engine::new(Caps::default());
        let source = engine.add_source("pod", "app").unwrap_or_default();
        lines.iter().for_each(|line| engine.push_event(source, line, 0));
        engine
    }

    #[test]
    fn heights_follow_from_lengths() {
        assert_eq!(
            mean_height([0, 10, 100, 101, 250].into_iter(), 100),
            ROW * (1 + 1 + 1 + 2 + 3) as f64 / 5.0
        );
        assert_eq!(mean_height(std::iter::empty(), 100), ROW);
        assert_eq!((width("abc"), width("日志 ok"), width("é")), (3, 7, 1));
    }

    #[test]
    fn the_mean_stays_while_the_list_does_and_follows_when_it_grows_or_narrows() {
        let mut wrapping = Wrapping::default();
        wrapping.set_columns(10);
        let mut engine = engine(&["x"; 80]);
        assert_eq!(wrapping.mean(&engine, 1), ROW);
        let long = "y".repeat(100);
        engine.push_event(0, &long, 0);
        assert_eq!(wrapping.mean(&engine, 1), ROW, "one row more of eighty is no other list");
        (0..80).for_each(|_| engine.push_event(0, &long, 0));
        let both = wrapping.mean(&engine, 1);
        assert!(both > ROW * 4.0 && both < ROW * 7.0, "{both}");
        wrapping.set_columns(100);
        assert_eq!(wrapping.mean(&engine, 1), ROW);
    }

    #[test]
    fn few_rows_are_looked_at_however_many_there_are() {
        let engine = engine(&["x"; 20_000]);
        assert!(lengths(&engine, 20_000).count() <= SAMPLE * 2);
    }
}
