//! One source's way into the buffer: bytes, events, lines, and what is remembered to join a stream that was cut.
//!
//! ```text
//! bytes ── sse::Parser ── zadig::Fold ──┬─ (first connection) ───────────────── append
//!                                       ├─ (first, one of several) First ────── append, sorted with the others
//!                                       └─ (again) Replay ── align ── Joining ─ append new lines, or a gap
//! ```
//!
//! What a feed remembers of the past is small and its own: the hashes of its last [`KEPT`] lines. So joining works
//! when the reader has cleared the view, or when other pods have pushed this one's lines out of the buffer.
//!
//! A replayed tail may have fifty thousand lines. Finding the joint looks at hashes only; the lines behind it are
//! appended by [`Feed::join_some`], as many at a time as the caller has time for.

use super::align::{self, Doubt, Joint};
use super::buffer::{Buffer, Facts};
use super::held::Held;
use super::note::{Gap, GapKind, Note};
use super::opening::First;
use super::rate::Rate;
use super::replay::{QUIET_MS, Replay, Tail, suggest_tail};
use super::search::Budget;
use super::sse::{Event, Parser};
use super::trace::Trace;
use super::zadig::Fold;
use super::{ansi, time};
use std::borrow::Cow;
use std::collections::VecDeque;

/// How many lines are remembered by hash. A match of far fewer is certain.
pub const KEPT: usize = 4096;

/// Whether lines were counted from the source's first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    /// The first burst is still coming; it will tell.
    Perhaps(Tail),
    FromStart,
    No,
}

/// The state of one source.
#[derive(Debug)]
pub struct Feed {
    parser: Parser,
    fold: Fold,
    core: Core,
}

/// Where a line goes.
#[derive(Debug)]
enum Stage {
    /// Into the buffer.
    Open,
    /// To the other first lines of a merged view.
    First(First),
    /// To the replayed lines, until it is known where they join.
    Replaying(Replay),
    /// Behind the replayed lines that are on their way into the buffer.
    Joining(Joining),
}

/// A replay whose joint is known.
#[derive(Debug)]
struct Joining {
    held: Held,
    next: usize,
    at_ms: u64,
    /// Whether it is all of the source's log.
    whole: bool,
}

/// A remembered line: its identity, and its number in the buffer.
#[derive(Debug, Clone, Copy)]
struct Recent {
    hash: u64,
    seq: u64,
}

#[derive(Debug)]
struct Core {
    source: u16,
    stage: Stage,
    recent: VecDeque<Recent>,
    total: u64,
    counted: Counted,
    trace: Trace,
    last_ms: Option<u64>,
    rate: Rate,
    scratch: String,
}

impl Feed {
    /// A source that has sent nothing.
    pub fn new(source: u16) -> Self {
        let core = Core {
            source,
            stage: Stage::Open,
            recent: VecDeque::new(),
            total: 0,
            counted: Counted::No,
            trace: Trace::default(),
            last_ms: None,
            rate: Rate::default(),
            scratch: String::new(),
        };
        Self { parser: Parser::default(), fold: Fold::default(), core }
    }

    /// A stream begins that was asked for `tail`. If lines of this source are known, it is a replay. If not and the
    /// view is about to be `merged` from several sources, its lines are held for [`Feed::first`].
    pub fn begin(&mut self, tail: Tail, merged: bool) {
        self.parser = Parser::default();
        self.fold.forget();
        if !self.core.recent.is_empty() {
            self.core.stage = Stage::Replaying(Replay::new(tail));
            return;
        }
        self.core.counted = Counted::Perhaps(tail);
        self.core.stage = if merged { Stage::First(First::new(tail)) } else { Stage::Open };
    }

    /// The source is another log from here on (its container was restarted): nothing is joined.
    pub fn restart(&mut self, buffer: &mut Buffer, now_ms: u64) {
        self.cut(buffer, now_ms);
        self.core.recent.clear();
        self.core.total = 0;
        self.core.trace.forget();
        buffer.push_note(Note::Restarted, self.core.source, now_ms);
    }

    /// Takes a chunk of the response's body.
    pub fn push_bytes(&mut self, buffer: &mut Buffer, chunk: &[u8], now_ms: u64) {
        let Self { parser, fold, core } = self;
        parser.push(chunk, |event| {
            fold.push(&text_of(&event), |line| core.line(buffer, line, now_ms));
        });
    }

    /// Takes the data of one event, where the browser's own `EventSource` has done the parsing.
    pub fn push_event(&mut self, buffer: &mut Buffer, data: &str, now_ms: u64) {
        let Self { fold, core, .. } = self;
        fold.push(data, |line| core.line(buffer, line, now_ms));
    }

    /// Time passes: a replay that was waited for may be decided now.
    pub fn tick(&mut self, buffer: &mut Buffer, now_ms: u64) {
        self.core.settle_count(now_ms);
        self.core.settle(buffer, now_ms, false);
    }

    /// Whether [`Feed::tick`] has something to wait for.
    pub fn needs_tick(&self) -> bool {
        matches!(&self.core.stage, Stage::Replaying(replay) if !replay.is_empty())
    }

    /// Whether lines behind a joint are on their way: [`Feed::join_some`] has something to do.
    pub fn is_joining(&self) -> bool {
        matches!(self.core.stage, Stage::Joining(_))
    }

    /// Appends lines behind a joint, as many as `left` allows, and takes what that cost from it.
    pub fn join_some(&mut self, buffer: &mut Buffer, left: &mut Budget) {
        self.core.join_some(buffer, left);
    }

    /// The first lines that are held for the beginning of a merged view.
    pub fn first(&self) -> Option<&First> {
        match &self.core.stage {
            Stage::First(first) => Some(first),
            _ => None,
        }
    }

    /// Appends the next of the first lines; gives its size.
    pub fn append_first(&mut self, buffer: &mut Buffer) -> usize {
        let Stage::First(first) = &mut self.core.stage else { return 0 };
        // The line is copied: appending it changes what it lies beside.
        let Some((line, at_ms)) = first.take().map(|(line, at_ms)| (line.to_owned(), at_ms)) else {
            return 0;
        };
        self.core.append(buffer, &line, at_ms);
        line.len()
    }

    /// The beginning is over: lines go into the buffer from now on.
    pub fn opened(&mut self) {
        if self.first().is_some() {
            self.core.stage = Stage::Open;
        }
    }

    /// The stream broke off. What was unfinished comes again with the next one.
    pub fn cut(&mut self, buffer: &mut Buffer, now_ms: u64) {
        self.core.join_some(buffer, &mut { Budget::ALL });
        self.core.settle_count(now_ms);
        match self.core.counted {
            // All of the log was asked for, so its lines are counted from the first one.
            Counted::Perhaps(Tail::All) => self.core.counted = Counted::FromStart,
            // The first burst was not seen to its end.
            Counted::Perhaps(_) => self.core.counted = Counted::No,
            Counted::FromStart | Counted::No => {}
        }
        self.core.stage = Stage::Open;
        self.fold.forget();
        self.parser = Parser::default();
    }

    /// The source has ended: everything held back is shown, and a note says so.
    pub fn end(&mut self, buffer: &mut Buffer, now_ms: u64) {
        let Self { fold, core, .. } = self;
        fold.finish(|line| core.line(buffer, line, now_ms));
        core.settle(buffer, now_ms, true);
        core.join_some(buffer, &mut { Budget::ALL });
        buffer.push_note(Note::Ended, core.source, now_ms);
    }

    /// The state of a progress line that is being written and is not in the buffer yet.
    pub fn pending(&self) -> Option<&str> {
        self.fold.pending()
    }

    /// How many lines are held back until a replay is joined.
    pub fn held_back(&self) -> usize {
        match &self.core.stage {
            Stage::Open => 0,
            Stage::First(first) => first.len(),
            Stage::Replaying(replay) => replay.len(),
            Stage::Joining(joining) => joining.held.len() - joining.next,
        }
    }

    /// How many lines the source has sent, repeats not counted.
    pub fn total(&self) -> u64 {
        self.core.total
    }

    /// When the last line arrived.
    pub fn last_ms(&self) -> Option<u64> {
        self.core.last_ms
    }

    /// The tail to ask for when the stream is connected again at `now_ms`.
    pub fn suggest_tail(&self, now_ms: u64) -> usize {
        let outage = self.core.last_ms.map_or(0, |last| now_ms.saturating_sub(last));
        suggest_tail(self.core.rate.per_second, outage)
    }

    /// The memory beside the buffer.
    pub fn held_bytes(&self) -> usize {
        let held = match &self.core.stage {
            Stage::Open => 0,
            Stage::First(first) => first.held_bytes(),
            Stage::Replaying(replay) => replay.held_bytes(),
            Stage::Joining(joining) => joining.held.held_bytes(),
        };
        held + self.core.recent.capacity() * size_of::<Recent>()
    }
}

/// The event's text; a cut one says what is missing.
fn text_of<'e>(event: &'e Event<'_>) -> Cow<'e, str> {
    match event.cut {
        0 => Cow::Borrowed(&*event.data),
        cut => Cow::Owned(format!("{} … [{cut} bytes cut]", event.data)),
    }
}

impl Core {
    fn line(&mut self, buffer: &mut Buffer, text: &str, now_ms: u64) {
        if matches!(&self.stage, Stage::Replaying(replay) if replay.is_due(now_ms)) {
            // A pause had ended the replay before this line; decide without it.
            self.settle(buffer, now_ms, false);
        }
        match &mut self.stage {
            Stage::Open => {
                self.settle_count(now_ms);
                self.append(buffer, text, now_ms);
            }
            Stage::First(first) => {
                let stamp = time::find(ansi::plain(text, &mut self.scratch), now_ms);
                first.push(text, stamp.map(|stamp| stamp.unix_ms), now_ms);
            }
            Stage::Replaying(replay) => {
                replay.push(text, now_ms);
                if replay.is_due(now_ms) {
                    self.settle(buffer, now_ms, false);
                }
            }
            Stage::Joining(joining) => {
                joining.held.push(text);
                joining.at_ms = now_ms;
            }
        }
    }

    fn append(&mut self, buffer: &mut Buffer, text: &str, now_ms: u64) {
        if self.recent.len() == KEPT {
            self.recent.pop_front();
        }
        self.total += 1;
        self.rate.count(now_ms);
        self.last_ms = Some(now_ms);
        let (level, continues) = self.trace.judge(ansi::plain(text, &mut self.scratch));
        let seq = buffer.push(text, Facts { source: self.source, level, continues, at_ms: now_ms });
        self.recent.push_back(Recent { hash: align::hash(text), seq });
    }

    /// A pause tells whether the first burst was the whole log.
    fn settle_count(&mut self, now_ms: u64) {
        let Counted::Perhaps(tail) = self.counted else { return };
        let Some(last) = self.last_ms else { return };
        let count = usize::try_from(self.total).unwrap_or(usize::MAX);
        if !tail.is_whole(count) {
            self.counted = Counted::No;
        } else if now_ms.saturating_sub(last) >= QUIET_MS {
            self.counted = Counted::FromStart;
        }
    }

    fn settle(&mut self, buffer: &mut Buffer, now_ms: u64, force: bool) {
        let Stage::Replaying(replay) = &self.stage else { return };
        let total = (self.counted == Counted::FromStart).then_some(self.total);
        let joint = if replay.is_empty() {
            None
        } else {
            let kept: Vec<u64> = self.recent.iter().map(|recent| recent.hash).collect();
            let same = |back: usize, at: usize| {
                let seq = kept.len().checked_sub(back + 1).and_then(|index| self.recent.get(index));
                match seq.and_then(|recent| buffer.line(recent.seq)) {
                    Some(line) => replay.held().line(at) == Some(line.text),
                    None => true,
                }
            };
            replay.decide(&kept, total, now_ms, force, same)
        };
        if joint.is_none() && !force {
            return;
        }
        let Stage::Replaying(replay) = std::mem::replace(&mut self.stage, Stage::Open) else { return };
        if let Some(joint) = joint {
            self.join(buffer, replay, joint, now_ms);
        }
    }

    fn join(&mut self, buffer: &mut Buffer, replay: Replay, joint: Joint, now_ms: u64) {
        let (skip, gap) = match joint {
            Joint::At { skip, doubt: None } => (skip, None),
            Joint::At { skip, doubt: Some(Doubt { at_most }) } => (skip, Some(GapKind::Doubtful { at_most })),
            Joint::Inside | Joint::Nowhere => (0, Some(GapKind::Missing)),
        };
        let (first_ms, last_ms) = replay.times();
        let whole = replay.is_whole(now_ms);
        if let Some(kind) = gap {
            let gap = Gap { kind, from_ms: self.last_ms.unwrap_or(first_ms), to_ms: first_ms };
            buffer.push_note(Note::Gap(gap), self.source, first_ms);
            // What lies before a gap does not adjoin what lies after it, and a later replay may hold what is
            // missing. So only lines that are known to be neighbours are remembered.
            let neighbours = skip.min(self.recent.len());
            let known = replay.hashes().get(skip - neighbours..skip).unwrap_or_default();
            self.recent = known.iter().map(|hash| Recent { hash: *hash, seq: u64::MAX }).collect();
        }
        if gap == Some(GapKind::Missing) {
            self.trace.forget();
        }
        // A joint found by comparing may be wrong; a count must not build on it.
        self.counted = Counted::No;
        self.stage = Stage::Joining(Joining { held: replay.into_held(), next: skip, at_ms: last_ms, whole });
    }

    fn join_some(&mut self, buffer: &mut Buffer, left: &mut Budget) {
        let mut joining = match std::mem::replace(&mut self.stage, Stage::Open) {
            Stage::Joining(joining) => joining,
            other => {
                self.stage = other;
                return;
            }
        };
        while left.rows > 0
            && left.bytes > 0
            && let Some(line) = joining.held.line(joining.next)
        {
            self.append(buffer, line, joining.at_ms);
            joining.next += 1;
            left.spend(line.len());
        }
        if joining.next < joining.held.len() {
            self.stage = Stage::Joining(joining);
        } else if joining.whole {
            self.total = joining.held.len() as u64;
            self.counted = Counted::FromStart;
        }
    }
}
