//! The kept lines: append-only, capped, and addressed by a number that is never used again.
//!
//! Every line gets a *sequence number*, counting up for ever. Views, searches, marks and links speak of lines by
//! it, so dropping the oldest lines moves nothing and invalidates nothing; it only raises [`Buffer::first`].
//!
//! Text lies in chunks (see [`super::chunk`]); what is known about a line is 12 bytes in a ring beside it: place,
//! arrival, source, level, flags. A line of 143 bytes is held in about 1.1 times its size. Very short lines cost
//! relatively more, and the cap in bytes counts their overhead too, so it bounds the memory itself.
//!
//! Gaps and notices are rows of another kind: they have a sequence number and a source like lines, and what they
//! say lies in a small list beside.

use super::ansi;
use super::chunk::{Chunks, Place};
use super::level::Level;
use super::note::Note;
use std::collections::VecDeque;

/// What a buffer may hold. Whatever is exceeded first drops the oldest lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// Most rows.
    pub lines: usize,
    /// Most bytes: text and what is kept beside it.
    pub bytes: usize,
}

impl Default for Caps {
    /// 200,000 lines or 64 MiB.
    fn default() -> Self {
        Self { lines: 200_000, bytes: 64 << 20 }
    }
}

/// The kind of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A line of the log.
    Line,
    /// A gap or a notice; see [`Buffer::note`].
    Note,
}

/// What is to be appended, beside the text.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// The source it came from.
    pub source: u16,
    /// Its level, stated or inherited.
    pub level: Level,
    /// Whether it continues the line before it (a stack frame).
    pub continues: bool,
    /// Arrival, milliseconds since 1970.
    pub at_ms: u64,
}

/// Rows that one line may push out at once. A long one among short ones pushes the others out later.
const MOST_DROPPED: u64 = 4096;

const RICH: u8 = 1;
const CONTINUES: u8 = 2;
const NOTE: u8 = 4;

#[derive(Debug, Clone, Copy)]
struct Meta {
    place: Place,
    /// Arrival after the buffer's epoch, in milliseconds: 49 days fit.
    delta_ms: u32,
    source: u16,
    level: u8,
    flags: u8,
}

const META: usize = size_of::<Meta>();

/// A kept row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'b> {
    /// Its sequence number.
    pub seq: u64,
    /// The raw text, escape sequences and all. Empty for a note.
    pub text: &'b str,
    /// Its source.
    pub source: u16,
    /// Its level.
    pub level: Level,
    /// Arrival, milliseconds since 1970.
    pub at_ms: u64,
    /// Line or note.
    pub kind: Kind,
    /// Whether the visible text differs from the raw text (see [`ansi::visible`]).
    pub rich: bool,
    /// Whether it continues the line before it.
    pub continues: bool,
}

/// A stretch of rows whose text lies together: the unit a search works on.
#[derive(Debug, Clone, Copy)]
pub struct Run<'b> {
    /// The rows' texts, each followed by a line feed.
    pub text: &'b str,
    /// The offset in the chunk at which `text` starts.
    pub base: usize,
    /// The first row.
    pub first: u64,
    /// One past the last row.
    pub end: u64,
}

/// The kept lines of one view. See the module's text.
#[derive(Debug, Default)]
pub struct Buffer {
    caps: Caps,
    chunks: Chunks,
    metas: VecDeque<Meta>,
    notes: VecDeque<(u64, Note)>,
    first: u64,
    dropped: u64,
    text_bytes: usize,
    epoch_ms: Option<u64>,
    levels: [usize; Level::ALL.len()],
}

impl Buffer {
    /// An empty buffer.
    pub fn new(caps: Caps) -> Self {
        Self { caps, ..Self::default() }
    }

    /// Changes the caps; what is over the new ones goes with [`Buffer::trim`] and with each line that comes.
    pub fn set_caps(&mut self, caps: Caps) {
        self.caps = caps;
    }

    /// Whether more is kept than the caps allow.
    pub fn is_over(&self) -> bool {
        !self.metas.is_empty() && (self.metas.len() > self.caps.lines || self.used_bytes() > self.caps.bytes)
    }

    /// Drops rows that are over the caps, the oldest first, at most this many.
    pub fn trim(&mut self, most: u64) {
        for _ in 0..most {
            if !self.is_over() || !self.drop_first() {
                return;
            }
        }
    }

    /// The caps in force.
    pub fn caps(&self) -> Caps {
        self.caps
    }

    /// Appends a line (without line feeds; they would be shown as blanks) and returns its sequence number.
    pub fn push(&mut self, text: &str, facts: Facts) -> u64 {
        if memchr::memchr(b'\n', text.as_bytes()).is_some() {
            return self.push(&text.replace('\n', " "), facts);
        }
        let rich = if ansi::is_rich(text) { RICH } else { 0 };
        let continues = if facts.continues { CONTINUES } else { 0 };
        self.append(text, facts, rich | continues)
    }

    /// Appends a gap or a notice.
    pub fn push_note(&mut self, note: Note, source: u16, at_ms: u64) -> u64 {
        self.notes.push_back((self.end(), note));
        self.append("", Facts { source, level: Level::Unknown, continues: false, at_ms }, NOTE)
    }

    fn append(&mut self, text: &str, facts: Facts, flags: u8) -> u64 {
        let seq = self.end();
        let epoch = *self.epoch_ms.get_or_insert(facts.at_ms);
        let delta_ms = u32::try_from(facts.at_ms.saturating_sub(epoch)).unwrap_or(u32::MAX);
        if self.metas.len() == self.metas.capacity() {
            // Grow by an eighth: doubling would hold up to twice what is used.
            self.metas.reserve_exact((self.metas.len() / 8).max(256));
        }
        let place = self.chunks.push(text);
        self.metas.push_back(Meta { place, delta_ms, source: facts.source, level: facts.level as u8, flags });
        self.text_bytes += text.len() + 1;
        if flags & NOTE == 0
            && let Some(count) = self.levels.get_mut(facts.level as usize)
        {
            *count += 1;
        }
        self.trim(MOST_DROPPED);
        seq
    }

    /// The bytes the cap speaks of: what the kept rows need.
    fn used_bytes(&self) -> usize {
        self.text_bytes + self.metas.len() * META
    }

    fn drop_first(&mut self) -> bool {
        let Some(size) = self.line(self.first).map(|line| line.text.len() + 1) else { return false };
        let Some(meta) = self.metas.pop_front() else { return false };
        self.text_bytes -= size;
        if self.notes.front().is_some_and(|(seq, _)| *seq == self.first) {
            self.notes.pop_front();
        }
        if meta.flags & NOTE == 0 {
            self.dropped += 1;
            if let Some(count) = self.levels.get_mut(usize::from(meta.level)) {
                *count -= 1;
            }
        }
        self.first += 1;
        match self.metas.front() {
            Some(next) if next.place.shares_chunk(meta.place) => {}
            Some(next) => self.chunks.free_before(Some(next.place)),
            None => self.chunks.free_before(None),
        }
        true
    }

    /// Drops all rows when the user clears the view. They do not count as dropped, and numbers go on.
    pub fn clear(&mut self) {
        self.first = self.end();
        self.metas = VecDeque::new();
        self.notes.clear();
        self.chunks.clear();
        self.text_bytes = 0;
        self.epoch_ms = None;
        self.levels = Default::default();
    }

    /// How many kept lines have `level`.
    pub fn count(&self, level: Level) -> usize {
        self.levels.get(level as usize).copied().unwrap_or_default()
    }

    /// The oldest row that is kept; equals [`Buffer::end`] when there is none.
    pub fn first(&self) -> u64 {
        self.first
    }

    /// The number the next row will get.
    pub fn end(&self) -> u64 {
        self.first + self.metas.len() as u64
    }

    /// How many rows are kept.
    pub fn len(&self) -> usize {
        self.metas.len()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.metas.is_empty()
    }

    /// How many lines the caps have dropped so far.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The kept text in bytes, with one line feed a row.
    pub fn text_bytes(&self) -> usize {
        self.text_bytes
    }

    /// All memory held for the rows, used or not.
    pub fn held_bytes(&self) -> usize {
        self.chunks.held_bytes()
            + self.metas.capacity() * META
            + self.notes.capacity() * size_of::<(u64, Note)>()
            + self.notes.iter().map(|(_, note)| note.text_bytes()).sum::<usize>()
    }

    fn meta(&self, seq: u64) -> Option<&Meta> {
        self.metas.get(usize::try_from(seq.checked_sub(self.first)?).ok()?)
    }

    /// The row with this number, in constant time; `None` when it was dropped or is yet to come.
    pub fn line(&self, seq: u64) -> Option<Line<'_>> {
        let meta = self.meta(seq)?;
        let chunk = self.chunks.text(meta.place);
        let end = match self.meta(seq + 1) {
            Some(next) if next.place.shares_chunk(meta.place) => next.place.offset(),
            _ => chunk.len(),
        };
        Some(Line {
            seq,
            text: chunk.get(meta.place.offset()..end.saturating_sub(1)).unwrap_or_default(),
            source: meta.source,
            level: Level::from_byte(meta.level),
            at_ms: self.epoch_ms.unwrap_or_default() + u64::from(meta.delta_ms),
            kind: if meta.flags & NOTE == 0 { Kind::Line } else { Kind::Note },
            rich: meta.flags & RICH != 0,
            continues: meta.flags & CONTINUES != 0,
        })
    }

    /// What a row of [`Kind::Note`] says.
    pub fn note(&self, seq: u64) -> Option<&Note> {
        let at = self.notes.binary_search_by_key(&seq, |(seq, _)| *seq).ok()?;
        self.notes.get(at).map(|(_, note)| note)
    }

    /// The numbers of the kept gaps and notices.
    pub fn notes(&self) -> impl DoubleEndedIterator<Item = (u64, &Note)> {
        self.notes.iter().map(|(seq, note)| (*seq, note))
    }

    /// The longest stretch of at most `most` rows that starts at `seq` and lies in one chunk.
    pub fn run(&self, seq: u64, most: u64) -> Option<Run<'_>> {
        let start = self.meta(seq)?.place;
        let limit = self.end().min(seq.saturating_add(most.max(1)));
        // The chunk's rows are neighbours: the last of them is found by halving.
        let (mut inside, mut outside) = (seq, limit);
        while outside - inside > 1 {
            let middle = inside + (outside - inside) / 2;
            if self.meta(middle)?.place.shares_chunk(start) { inside = middle } else { outside = middle }
        }
        let text = self.chunks.text(start);
        let end = match self.meta(outside) {
            Some(next) if next.place.shares_chunk(start) => next.place.offset(),
            _ => text.len(),
        };
        let base = start.offset();
        Some(Run { text: text.get(base..end).unwrap_or_default(), base, first: seq, end: outside })
    }

    /// What a search needs to know of a row without touching its text: offset in its chunk, whether it is rich,
    /// whether it is a note, level and source.
    pub(super) fn glance(&self, seq: u64) -> Option<Glance> {
        self.meta(seq).map(|meta| Glance {
            offset: meta.place.offset(),
            rich: meta.flags & RICH != 0,
            note: meta.flags & NOTE != 0,
            level: Level::from_byte(meta.level),
            source: meta.source,
        })
    }
}

/// See [`Buffer::glance`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Glance {
    pub offset: usize,
    pub rich: bool,
    pub note: bool,
    pub level: Level,
    pub source: u16,
}
