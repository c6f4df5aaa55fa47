//! The engine's rows as a virtual list sees them: by index under the current filter.
//!
//! An index is only good for the moment; as rows arrive, are dropped or filtered, the same index is another row.
//! What must last (a selection, a mark, a link, the row under the cursor) is kept by sequence number, and
//! [`Engine::index_of`] leads back.

use super::ansi;
use super::buffer::Line;
use super::engine::Engine;
use super::fields::{self, Field};
use super::note::Note;
use super::row::Row;
use super::time::{self, Stamp};
use std::ops::Range;

/// How much of a line a row shows unless more is asked for. The rest is not lost: see [`Row::clipped`].
pub const ROW_BYTES: usize = 16 * 1024;

impl Engine {
    /// One past the last row shown: new rows wait behind it while paused.
    fn shown_end(&self) -> u64 {
        self.paused_at.unwrap_or(u64::MAX).min(self.buffer.end()).max(self.buffer.first())
    }

    /// How many rows the list has: under the filter, and without what came since a pause.
    pub fn visible_len(&self) -> usize {
        self.index_of(self.shown_end())
    }

    /// The number of the row at `index`.
    pub fn seq_at(&self, index: usize) -> Option<u64> {
        let seq = match &self.filter {
            Some(filter) => filter.found().get(index)?,
            None => self.buffer.first().checked_add(index as u64)?,
        };
        (seq < self.shown_end()).then_some(seq)
    }

    /// The index of row `seq`, or of the next one shown if it is not shown itself.
    pub fn index_of(&self, seq: u64) -> usize {
        let seq = seq.min(self.buffer.end());
        match &self.filter {
            Some(filter) => filter.found().rank(seq),
            None => usize::try_from(seq.saturating_sub(self.buffer.first())).unwrap_or(usize::MAX),
        }
    }

    /// The row at `index`, ready to be drawn.
    pub fn row(&self, index: usize) -> Option<Row> {
        self.row_of(self.seq_at(index)?, ROW_BYTES)
    }

    /// Row `seq`, shown or not, with at most `most` bytes of its raw text.
    pub fn row_of(&self, seq: u64, most: usize) -> Option<Row> {
        let line = self.buffer.line(seq)?;
        let shown = line.text.get(..line.text.floor_char_boundary(most)).unwrap_or(line.text);
        let (mut text, mut spans) = (String::new(), Vec::new());
        if line.rich {
            ansi::styled(shown, &mut text, &mut spans);
        } else {
            text.push_str(shown);
        }
        let search = self.find.as_ref().or(self.filter.as_ref());
        Some(Row {
            seq,
            source: line.source,
            at_ms: line.at_ms,
            level: line.level,
            continues: line.continues,
            marked: self.marks.contains(&seq),
            note: self.buffer.note(seq).cloned(),
            highlights: search.map(|search| search.matcher().ranges(&text)).unwrap_or_default(),
            text,
            clipped: line.text.len() - shown.len(),
            spans,
        })
    }

    /// The rows around `seq` as they came, filter or not: a match in its context.
    pub fn context(&self, seq: u64, before: u64, after: u64) -> Vec<Row> {
        let end = seq.saturating_add(after).saturating_add(1).min(self.buffer.end());
        let start = seq.saturating_sub(before).max(self.buffer.first());
        (start..end).filter_map(|seq| self.row_of(seq, ROW_BYTES)).collect()
    }

    /// The visible text of row `seq`, whole.
    pub fn text_of(&self, seq: u64) -> Option<String> {
        self.buffer.line(seq).map(visible_text)
    }

    /// The fields of row `seq`, if it is structured.
    pub fn fields_of(&self, seq: u64) -> Vec<Field> {
        self.text_of(seq).map(|text| fields::fields(&text)).unwrap_or_default()
    }

    /// The time stamp in the text of row `seq`.
    pub fn stamp_of(&self, seq: u64) -> Option<Stamp> {
        let at_ms = self.buffer.line(seq)?.at_ms;
        time::find(&self.text_of(seq)?, at_ms)
    }

    /// The rows from `from` to `to` (both included, in either order) that the filter shows, as text: a selection.
    ///
    /// Notes are worded by `say`.
    pub fn copy(&self, from: u64, to: u64, say: impl Fn(&Note) -> String) -> String {
        let mut text = String::new();
        let range = self.index_of(from.min(to))..self.index_of(from.max(to).saturating_add(1));
        for seq in range.filter_map(|index| self.seq_at(index)) {
            self.write_row(seq, &mut text, false, &say);
        }
        text
    }

    fn write_row(&self, seq: u64, out: &mut String, with_source: bool, say: &impl Fn(&Note) -> String) {
        let Some(line) = self.buffer.line(seq) else { return };
        if with_source && let Some(source) = self.sources.get(usize::from(line.source)) {
            out.extend([source.pod.as_str(), "/", source.container.as_str(), "\t"]);
        }
        match self.buffer.note(seq) {
            Some(note) => out.push_str(&say(note)),
            None if line.rich => ansi::visible(line.text, out),
            None => out.push_str(line.text),
        }
        out.push('\n');
    }

    /// The next match of find (or else of the filter) after `seq` that is shown; from the start again at the end.
    pub fn next_match(&self, seq: u64) -> Option<u64> {
        let shown = |seq: &u64| self.is_shown(*seq);
        self.matches_from(seq.saturating_add(1)).find(shown).or_else(|| self.matches_from(0).find(shown))
    }

    fn matches_from(&self, seq: u64) -> impl Iterator<Item = u64> + '_ {
        let found = self.find.as_ref().or(self.filter.as_ref()).map(|search| search.found());
        let start = found.map_or(0, |found| found.rank(seq));
        let end = found.map_or(0, |found| found.len());
        (start..end).filter_map(move |index| found?.get(index)).filter(|seq| self.buffer.note(*seq).is_none())
    }

    /// The match before `seq`; from the end again at the start.
    pub fn previous_match(&self, seq: u64) -> Option<u64> {
        let found = self.find.as_ref().or(self.filter.as_ref())?.found();
        let at = found.rank(seq);
        let wrapped = (0..at).rev().chain((at..found.len()).rev());
        wrapped
            .filter_map(|index| found.get(index))
            .find(|seq| self.is_shown(*seq) && self.buffer.note(*seq).is_none())
    }

    fn is_shown(&self, seq: u64) -> bool {
        seq < self.shown_end() && self.filter.as_ref().is_none_or(|filter| filter.found().contains(seq))
    }

    /// Freezes the list. Lines go on being kept, and searched.
    pub fn pause(&mut self) {
        self.paused_at.get_or_insert(self.buffer.end());
    }

    /// Shows what came meanwhile.
    pub fn resume(&mut self) {
        self.paused_at = None;
    }

    /// Whether the list is frozen.
    pub fn is_paused(&self) -> bool {
        self.paused_at.is_some()
    }

    /// The reader has seen everything up to here: called while the list follows its end.
    pub fn saw_all(&mut self) {
        self.unseen_from = self.shown_end();
    }

    /// How many rows the filter lets through that the reader has not seen: "312 new".
    pub fn unseen(&self) -> usize {
        self.index_of(self.buffer.end()).saturating_sub(self.index_of(self.unseen_from))
    }

    /// Marks row `seq`, or takes its mark away; returns whether it is marked now.
    pub fn toggle_mark(&mut self, seq: u64) -> bool {
        let marked = !self.marks.remove(&seq) && self.buffer.line(seq).is_some();
        if marked {
            self.marks.insert(seq);
        }
        marked
    }

    /// The marked rows.
    pub fn marks(&self) -> impl DoubleEndedIterator<Item = u64> + '_ {
        self.marks.iter().copied()
    }
}

fn visible_text(line: Line<'_>) -> String {
    let mut text = String::new();
    if line.rich {
        ansi::visible(line.text, &mut text)
    } else {
        text.push_str(line.text)
    }
    text
}

/// A download in pieces: it holds no borrow, so lines may stream in between two pieces.
#[derive(Debug, Clone)]
pub struct Export {
    rows: Range<u64>,
    filtered: bool,
    with_source: bool,
}

/// About how many bytes a piece of a download has.
const PIECE: usize = 256 * 1024;

impl Export {
    /// A download of the rows kept now: those the filter shows, or all. With several sources each line is preceded
    /// by its pod and container.
    pub fn new(engine: &Engine, filtered: bool) -> Self {
        let rows = engine.buffer.first()..engine.buffer.end();
        Self { rows, filtered, with_source: engine.sources.len() > 1 }
    }

    /// The rows from `from` to `to` that the filter shows, as [`Engine::copy`] gives them at once.
    pub fn selection(from: u64, to: u64) -> Self {
        Self { rows: from.min(to)..from.max(to).saturating_add(1), filtered: true, with_source: false }
    }

    /// The next piece of text, or `None` at the end. Rows dropped meanwhile are left out. Notes are worded by `say`.
    pub fn next_piece(&mut self, engine: &Engine, say: impl Fn(&Note) -> String) -> Option<String> {
        let filter = engine.filter.as_ref().filter(|_| self.filtered);
        let mut piece = String::new();
        self.rows.start = self.rows.start.max(engine.buffer.first());
        while piece.len() < PIECE && self.rows.start < self.rows.end {
            let seq = match filter {
                Some(filter) => {
                    filter.found().get(filter.found().rank(self.rows.start)).unwrap_or(self.rows.end)
                }
                None => self.rows.start,
            };
            if seq < self.rows.end {
                engine.write_row(seq, &mut piece, self.with_source, &say);
            }
            self.rows.start = seq.saturating_add(1);
        }
        (!piece.is_empty()).then_some(piece)
    }
}
