//! Rows that are not lines: what happened to the stream, said at the place where it happened.
//!
//! They are data, not sentences; the viewer words them in the reader's language.

/// Why the order of lines has a doubtful place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapKind {
    /// Nothing of what was kept was found in what the server sent again: lines are missing, and nobody knows how
    /// many.
    Missing,
    /// The kept lines and the repeated ones were joined, but they repeat themselves so much that lines may be
    /// missing here: at most this many, or an unknown number.
    Doubtful {
        /// The most lines that can be missing, where that is known.
        at_most: Option<u64>,
    },
}

/// A gap in a source's lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// What is known about it.
    pub kind: GapKind,
    /// When the last line before it arrived, milliseconds since 1970.
    pub from_ms: u64,
    /// When the first line after it arrived.
    pub to_ms: u64,
}

/// A gap or a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Lines are, or may be, missing between the rows before and after.
    Gap(Gap),
    /// The source's container started anew: what follows is the new container's log.
    Restarted,
    /// The source has ended.
    Ended,
    /// Anything else, already worded by who adds it.
    Text(String),
}

impl Note {
    /// The memory its text holds.
    pub fn text_bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.capacity(),
            Self::Gap(_) | Self::Restarted | Self::Ended => 0,
        }
    }
}
