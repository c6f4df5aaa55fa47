//! The first lines of a merged view, in the order of the time stamps they carry.
//!
//! Each pod answers with its own past, one after the other: a thousand lines of the first pod, then a thousand of the
//! second, although they were written at the same time. So the first lines of several sources are held back until all
//! of them are there (or a moment has passed), and are then taken from whichever source has the oldest.
//!
//! A source's own order is never changed. A line without a stamp goes with the line before it, as a stack trace does;
//! lines in front of the first stamp go with that; a source without any stamp counts as written when it arrived.

use super::held::Held;
use super::replay::{QUIET_MS, Tail};

/// How long the first lines are waited for, at most, from the first one on.
pub const OPENING_MS: u64 = 1_000;
/// What is held is shown when it comes to this much.
const MOST_BYTES: usize = 8 << 20;

/// The first lines of one source.
#[derive(Debug)]
pub struct First {
    tail: Tail,
    held: Held,
    /// A stamp for each line; its own, or that of the line before.
    stamps: Vec<Option<i64>>,
    /// The first stamp found.
    oldest: Option<i64>,
    at_ms: u64,
    next: usize,
}

impl First {
    /// Nothing yet of a stream that was asked to begin with `tail`.
    pub fn new(tail: Tail) -> Self {
        Self { tail, held: Held::default(), stamps: Vec::new(), oldest: None, at_ms: 0, next: 0 }
    }

    /// Holds one line that carries `stamp`, or none.
    pub fn push(&mut self, line: &str, stamp: Option<i64>, now_ms: u64) {
        self.held.push(line);
        self.stamps.push(stamp.or_else(|| self.stamps.last().copied().flatten()));
        self.oldest = self.oldest.or(stamp);
        self.at_ms = now_ms;
    }

    /// Whether every line that was asked for is there.
    pub fn is_complete(&self) -> bool {
        self.tail.is_complete(self.held.len())
    }

    /// How many lines are left.
    pub fn len(&self) -> usize {
        self.held.len() - self.next
    }

    /// Whether no line is left.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where the next line belongs; `None` when none is left.
    pub fn key(&self) -> Option<i64> {
        let stamp = self.stamps.get(self.next)?;
        Some(stamp.or(self.oldest).unwrap_or_else(|| i64::try_from(self.at_ms).unwrap_or(i64::MAX)))
    }

    /// The next line and when it came; it is left no more.
    pub fn take(&mut self) -> Option<(&str, u64)> {
        let line = self.held.line(self.next)?;
        self.next += 1;
        Some((line, self.at_ms))
    }

    /// The memory in use.
    pub fn held_bytes(&self) -> usize {
        self.held.held_bytes() + self.stamps.capacity() * size_of::<Option<i64>>()
    }
}

/// How far the beginning of a merged view is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Opening {
    /// First lines are waited for; none came.
    #[default]
    Before,
    /// They come: when the first and the last one did.
    Collecting {
        /// The first.
        since_ms: u64,
        /// The last.
        last_ms: u64,
    },
    /// They are being put into the log.
    Merging,
    /// Lines go straight into the log.
    Over,
}

impl Opening {
    /// A first line came.
    pub fn saw(&mut self, now_ms: u64) {
        *self = match *self {
            Self::Before => Self::Collecting { since_ms: now_ms, last_ms: now_ms },
            Self::Collecting { since_ms, .. } => Self::Collecting { since_ms, last_ms: now_ms },
            other => other,
        };
    }

    /// Whether first lines are held back until [`Opening::is_due`].
    pub fn is_collecting(self) -> bool {
        matches!(self, Self::Collecting { .. })
    }

    /// Whether what is there should be shown now.
    pub fn is_due<'f>(self, now_ms: u64, firsts: impl Iterator<Item = &'f First>) -> bool {
        let Self::Collecting { since_ms, last_ms } = self else { return false };
        if now_ms.saturating_sub(last_ms) >= QUIET_MS || now_ms.saturating_sub(since_ms) >= OPENING_MS {
            return true;
        }
        let (mut complete, mut bytes) = (true, 0);
        for first in firsts {
            complete &= first.is_complete();
            bytes += first.held.bytes();
        }
        complete || bytes > MOST_BYTES
    }
}
