//! What is said around the lines: counts, and what the engine is busy with.

use crate::logs::engine::Engine;
use crate::logs::level::Level;

/// A snapshot of the engine for bars and badges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Rows shown.
    pub shown: usize,
    /// Rows kept.
    pub kept: usize,
    /// Lines the caps have dropped.
    pub dropped: u64,
    /// Rows that came and were not seen.
    pub unseen: usize,
    /// Matches found so far, where something is searched for.
    pub matches: Option<usize>,
    /// The place of the cursor among them, from 1.
    pub at_match: Option<usize>,
    /// Rows still to be looked at by a search.
    pub left: u64,
    /// Whether the list is frozen.
    pub paused: bool,
    /// Lines of the levels warn, and error and above.
    pub warns: usize,
    /// See `warns`.
    pub errors: usize,
    /// Memory held.
    pub bytes: usize,
    /// Bytes of text kept.
    pub text_bytes: usize,
    /// How many rows are marked.
    pub marks: usize,
    /// A line that is being written.
    pub pending: Option<String>,
}

impl Facts {
    /// The facts of an engine; `cursor` is the row under the cursor.
    pub fn of(engine: &Engine, cursor: Option<u64>) -> Self {
        let search = engine.find().or(engine.filter());
        let buffer = engine.buffer();
        let left =
            [engine.find(), engine.filter()].into_iter().flatten().map(|one| one.progress(buffer).left);
        Self {
            shown: engine.visible_len(),
            kept: buffer.len(),
            dropped: buffer.dropped(),
            unseen: engine.unseen(),
            matches: search.map(|search| search.matches()),
            at_match: search.zip(cursor).and_then(|(search, cursor)| {
                search.found().contains(cursor).then(|| search.found().rank(cursor) + 1)
            }),
            left: left.sum(),
            paused: engine.is_paused(),
            warns: buffer.count(Level::Warn),
            errors: buffer.count(Level::Error) + buffer.count(Level::Fatal),
            bytes: engine.held_bytes(),
            text_bytes: buffer.text_bytes(),
            marks: engine.marks().count(),
            pending: engine.sources().iter().find_map(|source| source.pending()).map(str::to_owned),
        }
    }
}
