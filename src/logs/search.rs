//! A search over everything that is kept, in slices, while lines stream in.
//!
//! A search is a query, a position and the list of rows found so far. [`Search::step`] moves the position on by at
//! most a budget, so a caller on a browser's main thread can stop when its frame is used up and go on in the next.
//! Rows that arrive later are simply more to step over; rows that were dropped are forgotten.
//!
//! A row costs nothing unless it holds the matcher's hint: the hint is searched in whole chunks, and only then is
//! it found out which row it stands in. Rows whose visible text differs from their raw text (colours, control
//! characters) are the exception: they are looked at one by one, as they are shown.
//!
//! A reader who types a filter types its letters one after the other. [`Search::refined`] starts from what the
//! shorter query found instead of from everything.

use super::ansi;
use super::buffer::{Buffer, Glance, Run};
use super::matcher::Matcher;
use super::query::{Query, QueryError};
use super::seqs::Seqs;

/// How much one step may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Most rows.
    pub rows: u64,
    /// Most bytes of text, give or take a chunk.
    pub bytes: usize,
}

impl Budget {
    /// No bound: tests, and small buffers.
    pub const ALL: Self = Self { rows: u64::MAX, bytes: usize::MAX };
    /// A slice that stays well under a frame, also for a regular expression: to be repeated while time is left.
    pub const SLICE: Self = Self { rows: 4096, bytes: 512 * 1024 };
    /// The same for lines that are put into the buffer, which costs more than looking at them.
    pub const APPEND: Self = Self { rows: 256, bytes: 64 * 1024 };

    /// One row of so many bytes was dealt with.
    pub fn spend(&mut self, bytes: usize) {
        self.rows = self.rows.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes);
    }
}

/// How many times more than plain search it costs to take escape sequences out of a line.
const RICH: usize = 8;

/// What a step came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Whether every kept row has been looked at.
    pub done: bool,
    /// How many kept rows are still to be looked at.
    pub left: u64,
}

/// A running search. See the module's text.
#[derive(Debug)]
pub struct Search {
    query: Query,
    matcher: Matcher,
    found: Seqs,
    /// Notes among `found`: they are shown with the matches and are none.
    notes: Seqs,
    keep_notes: bool,
    next: u64,
    /// What a wider query found, and how far it was gone through.
    candidates: Option<(Seqs, usize)>,
    scratch: String,
}

impl Search {
    /// A search from the first kept row on.
    ///
    /// With `keep_notes`, gaps and notices are listed too, whatever the query: a filter must not hide that lines
    /// are missing. They do not count as matches. Fails for a bad regular expression.
    pub fn new(query: Query, keep_notes: bool) -> Result<Self, QueryError> {
        let matcher = Matcher::new(&query)?;
        Ok(Self {
            query,
            matcher,
            found: Seqs::default(),
            notes: Seqs::default(),
            keep_notes,
            next: 0,
            candidates: None,
            scratch: String::new(),
        })
    }

    /// The search for `query` that takes over from this one; reuses what was found if `query` only narrows it.
    ///
    /// On a bad regular expression the old search is left as it was.
    pub fn refine(&mut self, query: Query) -> Result<(), QueryError> {
        let mut new = Self::new(query, self.keep_notes)?;
        if self.candidates.is_none() && new.query.narrows(&self.query) {
            new.next = self.next;
            new.candidates = Some((std::mem::take(&mut self.found), 0));
        }
        *self = new;
        Ok(())
    }

    /// The query.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// The compiled query, to highlight with.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// The rows found so far: matches, and notes where they are kept.
    pub fn found(&self) -> &Seqs {
        &self.found
    }

    /// How many matches were found so far, among the rows that are still kept.
    pub fn matches(&self) -> usize {
        self.found.len() - self.notes.len()
    }

    /// How far the search is, without moving it.
    pub fn progress(&self, buffer: &Buffer) -> Progress {
        let waiting =
            self.candidates.as_ref().map_or(0, |(list, at)| (list.len() - at.min(&list.len())) as u64);
        let left = waiting + buffer.end().saturating_sub(self.next.max(buffer.first()));
        Progress { done: left == 0, left }
    }

    /// The first row found after `seq`.
    pub fn next_after(&self, seq: u64) -> Option<u64> {
        self.found.get(self.found.rank(seq.saturating_add(1)))
    }

    /// The last row found before `seq`.
    pub fn last_before(&self, seq: u64) -> Option<u64> {
        self.found.get(self.found.rank(seq).checked_sub(1)?)
    }

    /// The memory held by the lists.
    pub fn held_bytes(&self) -> usize {
        let waiting = self.candidates.as_ref().map_or(0, |(list, _)| list.held_bytes());
        self.found.held_bytes() + self.notes.held_bytes() + waiting
    }

    /// Searches further rows, at most as many as the budget allows, and forgets dropped ones.
    pub fn step(&mut self, buffer: &Buffer, budget: Budget) -> Progress {
        self.forget_before(buffer.first());
        self.next = self.next.max(buffer.first());
        let mut left = budget;
        self.step_candidates(buffer, &mut left);
        while self.candidates.is_none() && left.rows > 0 && left.bytes > 0 {
            let Some(run) = buffer.run(self.next, left.rows) else { break };
            self.next = self.scan(buffer, &run, &mut left);
            left.rows = left.rows.saturating_sub(self.next - run.first);
        }
        self.progress(buffer)
    }

    /// Forgets what was found in rows below `first`, which have been dropped.
    pub fn forget_before(&mut self, first: u64) {
        self.found.forget_before(first);
        self.notes.forget_before(first);
    }

    fn step_candidates(&mut self, buffer: &Buffer, left: &mut Budget) {
        let Some((list, mut at)) = self.candidates.take() else { return };
        while left.rows > 0 && left.bytes > 0 {
            let Some(seq) = list.get(at) else { return };
            at += 1;
            left.rows -= 1;
            if let Some(glance) = buffer.glance(seq) {
                let cost = self.consider(buffer, seq, glance, false);
                left.bytes = left.bytes.saturating_sub(cost);
            }
        }
        if at < list.len() {
            self.candidates = Some((list, at));
        }
    }

    /// Searches the rows of one run until its bytes are spent; gives the row to go on with.
    fn scan(&mut self, buffer: &Buffer, run: &Run<'_>, left: &mut Budget) -> u64 {
        let mut seq = run.first;
        let mut from = 0;
        while seq < run.end && left.bytes > 0 {
            // Without a hint every row is a candidate: the "hit" is where the row starts.
            let hit = match self.matcher.hint() {
                None => from,
                Some(hint) => run
                    .text
                    .as_bytes()
                    .get(from..)
                    .and_then(|rest| hint.find(rest))
                    .map_or(run.text.len(), |found| from + found),
            };
            let hinted = self.matcher.hint().is_some();
            while seq < run.end && left.bytes > 0 {
                let Some(glance) = buffer.glance(seq) else { return run.end };
                let after = if seq + 1 < run.end { buffer.glance(seq + 1) } else { None };
                let end = after.map_or(run.text.len(), |next| next.offset - run.base);
                let holds_hit = hit < end;
                if holds_hit || glance.rich || glance.note {
                    let cost = self.consider(buffer, seq, glance, holds_hit && hinted);
                    left.bytes = left.bytes.saturating_sub(cost);
                }
                left.bytes = left.bytes.saturating_sub(end.saturating_sub(from));
                seq += 1;
                from = end;
                if holds_hit {
                    break;
                }
            }
        }
        seq
    }

    /// Lists the row if it is accepted. Gives what finding out cost, in bytes of plain search.
    fn consider(&mut self, buffer: &Buffer, seq: u64, glance: Glance, hinted: bool) -> usize {
        if glance.note {
            if self.keep_notes && self.accepts_source(glance.source) {
                self.found.push(seq);
                self.notes.push(seq);
            }
            return 0;
        }
        if !self.query.levels.contains(glance.level) || !self.accepts_source(glance.source) {
            return 0;
        }
        if self.matcher.is_any() || (hinted && !glance.rich && self.matcher.hint_suffices()) {
            self.found.push(seq);
            return 0;
        }
        let Some(line) = buffer.line(seq) else { return 0 };
        let accepted = if line.rich {
            self.scratch.clear();
            ansi::visible(line.text, &mut self.scratch);
            self.matcher.accepts(&self.scratch)
        } else {
            self.matcher.accepts(line.text)
        };
        if accepted {
            self.found.push(seq);
        }
        line.text.len() * (self.matcher.cost() + if line.rich { RICH } else { 0 })
    }

    fn accepts_source(&self, source: u16) -> bool {
        self.query.sources.as_ref().is_none_or(|sources| sources.contains(&source))
    }
}
