//! The engine: sources in, rows out. Everything a log viewer does short of drawing.
//!
//! ```text
//! begin / push_bytes / cut ──▶ Feed per source ──▶ Buffer ──▶ step ──▶ filter, find
//!                                                    │                    │
//!                                                    └──── view.rs: rows ◀┘
//! ```
//!
//! The engine has no clock, no timer and no transport. A caller hands over bytes with the time they came at, calls
//! [`Engine::tick`] now and then while [`Engine::needs_tick`], [`Engine::catch_up`] while it [`Engine::is_behind`], and
//! [`Engine::step`] in each frame while it reports work left. Nothing here waits, and each call does a bounded amount
//! of work: what could be much (a replayed tail behind its joint, the first lines of many pods, rows over a smaller
//! cap) is left to `catch_up`.

use super::buffer::{Buffer, Caps};
use super::feed::Feed;
use super::note::Note;
use super::opening::Opening;
use super::query::{Query, QueryError};
use super::replay::Tail;
use super::search::{Budget, Progress, Search};
use super::source::{Source, State};
use std::collections::BTreeSet;

/// The log of one view: one container, or all pods of a service merged in order of arrival.
#[derive(Debug, Default)]
pub struct Engine {
    pub(super) buffer: Buffer,
    pub(super) sources: Vec<Source>,
    pub(super) filter: Option<Search>,
    pub(super) find: Option<Search>,
    pub(super) marks: BTreeSet<u64>,
    opening: Opening,
    /// While paused: the first row that is not shown.
    pub(super) paused_at: Option<u64>,
    /// The first row the reader has not been shown.
    pub(super) unseen_from: u64,
}

impl Engine {
    /// An engine without sources that keeps at most `caps`.
    pub fn new(caps: Caps) -> Self {
        Self { buffer: Buffer::new(caps), ..Self::default() }
    }

    /// Adds a container and returns its number, or the number it already has. `None` beyond 65,536 sources.
    pub fn add_source(&mut self, pod: &str, container: &str) -> Option<u16> {
        let known = self.sources.iter().position(|source| source.pod == pod && source.container == container);
        let number = u16::try_from(known.unwrap_or(self.sources.len())).ok()?;
        if known.is_none() {
            self.sources.push(Source::new(number, pod, container));
        }
        Some(number)
    }

    /// All sources, in the order of their numbers.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The kept rows, for what the engine does not offer itself.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// Changes what may be kept; see [`Engine::catch_up`] for what is over it now.
    pub fn set_caps(&mut self, caps: Caps) {
        self.buffer.set_caps(caps);
    }

    /// A stream of this source is asked for, beginning with `tail`. The first, or again after a cut.
    ///
    /// The first lines of several sources are held back for a moment and sorted: see [`super::opening`].
    pub fn begin(&mut self, source: u16, tail: Tail) {
        self.settle(source);
        let merged = self.sources.len() > 1 && self.opening != Opening::Over;
        self.with(source, |source, _| {
            source.state = State::Waiting;
            source.feed.begin(tail, merged);
        });
    }

    /// The source's container was started anew: its next stream is another log. Call before [`Engine::begin`].
    pub fn restarted(&mut self, source: u16, now_ms: u64) {
        self.settle(source);
        self.with(source, |source, buffer| source.feed.restart(buffer, now_ms));
    }

    /// Bytes of the source's response have come.
    pub fn push_bytes(&mut self, source: u16, chunk: &[u8], now_ms: u64) {
        self.push(source, now_ms, |feed, buffer| feed.push_bytes(buffer, chunk, now_ms));
    }

    /// An event of the source has come that the browser has parsed (`EventSource`).
    pub fn push_event(&mut self, source: u16, data: &str, now_ms: u64) {
        self.push(source, now_ms, |feed, buffer| feed.push_event(buffer, data, now_ms));
    }

    fn push(&mut self, source: u16, now_ms: u64, take: impl FnOnce(&mut Feed, &mut Buffer)) {
        let Some(known) = self.sources.get_mut(usize::from(source)) else { return };
        known.state = State::Live;
        take(&mut known.feed, &mut self.buffer);
        if known.feed.first().is_some_and(|first| !first.is_empty()) {
            self.opening.saw(now_ms);
            self.open_if_due(now_ms);
        }
        self.forget_dropped();
    }

    /// The source's stream broke off.
    pub fn cut(&mut self, source: u16, now_ms: u64) {
        self.settle(source);
        self.with(source, |source, buffer| {
            source.state = State::Cut;
            source.feed.cut(buffer, now_ms);
        });
    }

    /// The source's container has ended; a note says so, once.
    pub fn end(&mut self, source: u16, now_ms: u64) {
        self.settle(source);
        self.with(source, |source, buffer| {
            if source.state != State::Ended {
                source.state = State::Ended;
                source.feed.end(buffer, now_ms);
            }
        });
    }

    /// Whether lines or drops are left over for [`Engine::catch_up`].
    pub fn is_behind(&self) -> bool {
        self.opening == Opening::Merging
            || self.buffer.is_over()
            || self.sources.iter().any(|source| source.feed.is_joining())
    }

    /// Does a slice of what was left over; gives whether more is left. What comes meanwhile lines up behind.
    pub fn catch_up(&mut self, budget: Budget) -> bool {
        let mut left = budget;
        self.buffer.trim(budget.rows);
        for source in &mut self.sources {
            source.feed.join_some(&mut self.buffer, &mut left);
        }
        if self.opening == Opening::Merging {
            self.merge_some(&mut left);
        }
        self.forget_dropped();
        self.is_behind()
    }

    /// Appends the oldest of the first lines, again and again.
    fn merge_some(&mut self, left: &mut Budget) {
        while left.rows > 0 && left.bytes > 0 {
            let heads =
                self.sources.iter_mut().filter_map(|source| Some((source.feed.first()?.key()?, source)));
            let Some((_, oldest)) = heads.min_by_key(|(key, _)| *key) else {
                self.opening = Opening::Over;
                self.sources.iter_mut().for_each(|source| source.feed.opened());
                return;
            };
            left.spend(oldest.feed.append_first(&mut self.buffer));
        }
    }

    fn open_if_due(&mut self, now_ms: u64) {
        let firsts = self.sources.iter().filter_map(|source| source.feed.first());
        if self.opening.is_due(now_ms, firsts) {
            self.opening = Opening::Merging;
        }
    }

    /// Whether lines of this source must go into the log before something else is said of it; they are on their way
    /// then, and [`Engine::catch_up`] brings them.
    pub fn must_catch_up(&mut self, source: u16) -> bool {
        let Some(feed) = self.sources.get(usize::from(source)).map(|source| &source.feed) else {
            return false;
        };
        let waits = feed.first().is_some_and(|first| !first.is_empty());
        if waits && self.opening.is_collecting() {
            self.opening = Opening::Merging;
        }
        waits || feed.is_joining()
    }

    /// Brings all of this source into the log at once, for a caller that has not asked [`Engine::must_catch_up`].
    fn settle(&mut self, source: u16) {
        while self.must_catch_up(source) && self.catch_up(Budget::ALL) {}
    }

    /// The tail to ask for when this source is connected again now.
    pub fn suggest_tail(&self, source: u16, now_ms: u64) -> Option<usize> {
        self.sources.get(usize::from(source)).map(|source| source.feed.suggest_tail(now_ms))
    }

    /// Adds a row that says something about a source.
    pub fn note(&mut self, source: u16, note: Note, now_ms: u64) {
        self.buffer.push_note(note, source, now_ms);
        self.forget_dropped();
    }

    /// Time passes: replays that were waited for may be joined now.
    pub fn tick(&mut self, now_ms: u64) {
        for source in &mut self.sources {
            source.feed.tick(&mut self.buffer, now_ms);
        }
        self.open_if_due(now_ms);
        self.forget_dropped();
    }

    /// Whether held lines wait for time to pass; call [`Engine::tick`] about every 100 ms then.
    pub fn needs_tick(&self) -> bool {
        self.opening.is_collecting() || self.sources.iter().any(|source| source.feed.needs_tick())
    }

    /// Shows only rows of `query`; a query that accepts all shows all. The old filter stays if this one is bad.
    pub fn set_filter(&mut self, query: Query) -> Result<(), QueryError> {
        replace(&mut self.filter, query, true)
    }

    /// Highlights and counts matches of `query` without hiding anything.
    pub fn set_find(&mut self, query: Query) -> Result<(), QueryError> {
        replace(&mut self.find, query, false)
    }

    /// The filter in force.
    pub fn filter(&self) -> Option<&Search> {
        self.filter.as_ref()
    }

    /// The highlighted search.
    pub fn find(&self) -> Option<&Search> {
        self.find.as_ref()
    }

    /// Lets filter and find look at further rows: the filter first, for it decides what is shown.
    pub fn step(&mut self, budget: Budget) -> Progress {
        let mut left = 0;
        for search in [&mut self.filter, &mut self.find].into_iter().flatten() {
            // What the filter leaves undone keeps the find waiting.
            left += if left == 0 {
                search.step(&self.buffer, budget).left
            } else {
                search.progress(&self.buffer).left
            };
        }
        Progress { done: left == 0, left }
    }

    /// Drops all rows when the user clears the view. Streams go on, and a later reconnect still joins.
    pub fn clear(&mut self) {
        self.buffer.clear();
        self.forget_dropped();
    }

    /// The memory the engine holds for lines, lists and joints.
    pub fn held_bytes(&self) -> usize {
        let searches =
            [&self.filter, &self.find].into_iter().flatten().map(Search::held_bytes).sum::<usize>();
        let feeds = self.sources.iter().map(|source| source.feed.held_bytes()).sum::<usize>();
        self.buffer.held_bytes() + searches + feeds
    }

    fn with(&mut self, source: u16, act: impl FnOnce(&mut Source, &mut Buffer)) {
        if let Some(source) = self.sources.get_mut(usize::from(source)) {
            act(source, &mut self.buffer);
            self.forget_dropped();
        }
    }

    fn forget_dropped(&mut self) {
        let first = self.buffer.first();
        for search in [&mut self.filter, &mut self.find].into_iter().flatten() {
            search.forget_before(first);
        }
        while self.marks.first().is_some_and(|seq| *seq < first) {
            self.marks.pop_first();
        }
    }
}

fn replace(slot: &mut Option<Search>, query: Query, keep_notes: bool) -> Result<(), QueryError> {
    if query.is_all() {
        *slot = None;
        return Ok(());
    }
    match slot {
        Some(search) => search.refine(query),
        None => {
            *slot = Some(Search::new(query, keep_notes)?);
            Ok(())
        }
    }
}
