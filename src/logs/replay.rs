//! The replayed tail while it arrives: when is it over, and what of it is new?
//!
//! After a reconnect the server sends the tail at once and then follows, without a mark between. So lines of the
//! new stream are held back until the joint can be decided, which is
//!
//! * when as many lines came as were asked for (the tail is complete, whatever else follows), or
//! * when nothing came for [`QUIET_MS`]: the log was shorter than the tail. The replay is then the *whole* log,
//!   unless the network only paused. It looks like a pause while all that came lies inside what is kept and does
//!   not reach its end; then the decision waits, up to [`PATIENCE_MS`], and each further line is a new chance.
//!
//! A log that is shorter than the tail and never quiet would be held back until it has grown to the tail's length. So
//! after [`BURST_MS`] each further [`RETRY_MS`] what is there is compared as well, and a joint that leaves no doubt
//! counts; anything less waits as before.
//!
//! The clock is the caller's. Nothing is shown late on a busy stream (the tail comes in one burst), and on a quiet
//! one only by the quiet time.

use super::align::{self, Joint, Known};
use super::held::Held;
use std::cell::Cell;

/// How long nothing may come before a short replay counts as complete.
pub const QUIET_MS: u64 = 400;
/// How long an unfinished looking replay is waited for.
pub const PATIENCE_MS: u64 = 10_000;
/// How long a tail takes to arrive, usually by far.
pub const BURST_MS: u64 = 1_200;
/// How often an unfinished replay is compared after that.
pub const RETRY_MS: u64 = 500;
/// A replay is decided with what is there once it holds this much.
const MOST_BYTES: usize = 32 << 20;

/// How much of the log a stream was asked to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// The last lines, this many (`tails` of `E45`).
    Lines(usize),
    /// All there is.
    All,
    /// All since some time (`since` of `E45`); says nothing about the number of lines.
    Since,
}

impl Tail {
    /// Whether a first burst of `count` lines that stays alone is the whole log.
    pub fn is_whole(self, count: usize) -> bool {
        match self {
            Self::Lines(asked) => count < asked,
            Self::All => true,
            Self::Since => false,
        }
    }

    /// Whether `count` lines are all that was asked for.
    pub fn is_complete(self, count: usize) -> bool {
        matches!(self, Self::Lines(asked) if count >= asked)
    }
}

/// The held back lines of a stream that was connected again.
#[derive(Debug)]
pub struct Replay {
    tail: Tail,
    held: Held,
    hashes: Vec<u64>,
    first_ms: u64,
    last_ms: u64,
    tried_ms: Cell<u64>,
}

impl Replay {
    /// Nothing yet of a stream that was asked to begin with `tail`.
    pub fn new(tail: Tail) -> Self {
        Self {
            tail,
            held: Held::default(),
            hashes: Vec::new(),
            first_ms: 0,
            last_ms: 0,
            tried_ms: Cell::new(0),
        }
    }

    /// Holds back one line.
    pub fn push(&mut self, line: &str, now_ms: u64) {
        if self.held.is_empty() {
            self.first_ms = now_ms;
        }
        self.last_ms = now_ms;
        self.hashes.push(align::hash(line));
        self.held.push(line);
    }

    /// How many lines are held back.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether no line came yet.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// When the first and the last held line came.
    pub fn times(&self) -> (u64, u64) {
        (self.first_ms, self.last_ms)
    }

    /// The lines that are held back.
    pub fn held(&self) -> &Held {
        &self.held
    }

    /// The identities of the held lines.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The lines themselves: the joint is decided.
    pub fn into_held(self) -> Held {
        self.held
    }

    /// The memory in use.
    pub fn held_bytes(&self) -> usize {
        self.held.held_bytes() + self.hashes.capacity() * size_of::<u64>()
    }

    /// Whether what is held is all of the source's log, as far as can be told at `now_ms`.
    pub fn is_whole(&self, now_ms: u64) -> bool {
        !self.is_empty() && self.is_quiet(now_ms) && self.tail.is_whole(self.len())
    }

    fn is_quiet(&self, now_ms: u64) -> bool {
        now_ms.saturating_sub(self.last_ms) >= QUIET_MS
    }

    fn is_full(&self) -> bool {
        self.tail.is_complete(self.len()) || self.held.bytes() > MOST_BYTES
    }

    /// Whether [`Replay::decide`] may have an answer at `now_ms`. Cheap: to be asked after each line and tick.
    pub fn is_due(&self, now_ms: u64) -> bool {
        !self.is_empty() && (self.is_settled(now_ms) || self.is_long(now_ms))
    }

    /// Whether nothing that belongs to the tail is to come.
    fn is_settled(&self, now_ms: u64) -> bool {
        self.is_full() || self.is_quiet(now_ms)
    }

    /// Whether it takes so long that a joint is looked for before the tail is there.
    fn is_long(&self, now_ms: u64) -> bool {
        now_ms.saturating_sub(self.first_ms) >= BURST_MS
            && now_ms.saturating_sub(self.tried_ms.get()) >= RETRY_MS
    }

    /// The joint with `kept`, or `None` when it is better to wait. `force` decides with what is there.
    ///
    /// `total` is how many lines the source has sent since its first, if they were counted; for `same`, see
    /// [`align::align`].
    pub fn decide(
        &self,
        kept: &[u64],
        total: Option<u64>,
        now_ms: u64,
        force: bool,
        same: impl Fn(usize, usize) -> bool,
    ) -> Option<Joint> {
        if !force && !self.is_due(now_ms) {
            return None;
        }
        self.tried_ms.set(now_ms);
        let known = Known { whole: self.is_whole(now_ms), total };
        let same = |back: usize, at: usize| same(back, at);
        match align::align(kept, &self.hashes, known, same) {
            joint @ Joint::At { doubt: None, .. } => Some(joint),
            _ if !force && !self.is_settled(now_ms) => None,
            Joint::Inside if force || self.is_full() => Some(Joint::Nowhere),
            Joint::Inside if now_ms.saturating_sub(self.last_ms) < PATIENCE_MS => None,
            Joint::Inside => Some(Joint::Nowhere),
            joint => Some(joint),
        }
    }
}

/// How many lines to ask for when a stream is connected again.
///
/// Enough for what came meanwhile at twice the recent rate, and for an overlap that can be recognised; never more
/// than [`MOST_TAIL`]. With less than that, lines are lost and a gap is shown; with more, only a moment is.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and cut to the range of the integer"
)]
pub fn suggest_tail(lines_per_second: f64, outage_ms: u64) -> usize {
    let missed = lines_per_second.max(0.0) * 2.0 * (outage_ms as f64 / 1000.0);
    (missed.ceil() as usize).saturating_add(LEAST_TAIL).min(MOST_TAIL)
}

/// The smallest tail suggested.
pub const LEAST_TAIL: usize = 500;
/// The largest tail suggested.
pub const MOST_TAIL: usize = 50_000;
