//! One source's way into the buffer: bytes, events, lines, and what is remembered to join a stream that was cut.
//!
//! ```text
//! bytes ── sse::Parser ── zadig::Fold ──┬─ (first connection) ───────────── append
//!                                       └─ (again) Replay ── align ── new lines, or a gap
//! ```
//!
//! What a feed remembers of the past is small and its own: the hashes of its last [`KEPT`] lines. So joining works
//! when the reader has cleared the view, or when other pods have pushed this one's lines out of the buffer.

use super::align::{self, Doubt, Joint};
use super::ansi;
use super::buffer::{Buffer, Facts, Kind};
use super::level::{self, Level};
use super::note::{Gap, GapKind, Note};
use super::replay::{QUIET_MS, Replay, Tail, suggest_tail};
use super::sse::{Event, Parser};
use super::zadig::Fold;
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

#[derive(Debug)]
struct Core {
    source: u16,
    replay: Option<Replay>,
    recent: VecDeque<u64>,
    total: u64,
    counted: Counted,
    level: Level,
    last_ms: Option<u64>,
    rate: Rate,
    scratch: String,
}

impl Feed {
    /// A source that has sent nothing.
    pub fn new(source: u16) -> Self {
        let core = Core {
            source,
            replay: None,
            recent: VecDeque::new(),
            total: 0,
            counted: Counted::No,
            level: Level::Unknown,
            last_ms: None,
            rate: Rate::default(),
            scratch: String::new(),
        };
        Self { parser: Parser::default(), fold: Fold::default(), core }
    }

    /// A stream begins that was asked for `tail`. If lines of this source are known, it is a replay.
    pub fn begin(&mut self, tail: Tail) {
        self.parser = Parser::default();
        self.fold.forget();
        if self.core.recent.is_empty() {
            self.core.counted = Counted::Perhaps(tail);
            self.core.replay = None;
        } else {
            self.core.replay = Some(Replay::new(tail));
        }
    }

    /// The source is another log from here on (its container was restarted): nothing is joined.
    pub fn restart(&mut self, buffer: &mut Buffer, now_ms: u64) {
        self.cut(now_ms);
        self.core.recent.clear();
        self.core.total = 0;
        self.core.level = Level::Unknown;
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
        self.core.replay.as_ref().is_some_and(|replay| !replay.is_empty())
    }

    /// The stream broke off. What was unfinished comes again with the next one.
    pub fn cut(&mut self, now_ms: u64) {
        self.core.settle_count(now_ms);
        if let Counted::Perhaps(_) = self.core.counted {
            // The first burst was not seen to its end.
            self.core.counted = Counted::No;
        }
        self.core.replay = None;
        self.fold.forget();
        self.parser = Parser::default();
    }

    /// The source has ended: everything held back is shown, and a note says so.
    pub fn end(&mut self, buffer: &mut Buffer, now_ms: u64) {
        let Self { fold, core, .. } = self;
        fold.finish(|line| core.line(buffer, line, now_ms));
        core.settle(buffer, now_ms, true);
        buffer.push_note(Note::Ended, core.source, now_ms);
    }

    /// The state of a progress line that is being written and is not in the buffer yet.
    pub fn pending(&self) -> Option<&str> {
        self.fold.pending()
    }

    /// How many lines are held back until a replay is joined.
    pub fn held_back(&self) -> usize {
        self.core.replay.as_ref().map_or(0, Replay::len)
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
        self.core.recent.capacity() * size_of::<u64>()
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
        let Some(replay) = &mut self.replay else {
            self.settle_count(now_ms);
            self.append(buffer, text, now_ms);
            return;
        };
        if replay.is_due(now_ms) {
            // A pause had ended the replay before this line; decide without it.
            self.settle(buffer, now_ms, false);
        }
        match &mut self.replay {
            Some(replay) => {
                replay.push(text, now_ms);
                if replay.is_due(now_ms) {
                    self.settle(buffer, now_ms, false);
                }
            }
            None => self.append(buffer, text, now_ms),
        }
    }

    fn append(&mut self, buffer: &mut Buffer, text: &str, now_ms: u64) {
        if self.recent.len() == KEPT {
            self.recent.pop_front();
        }
        self.recent.push_back(align::hash(text));
        self.total += 1;
        self.rate.count(now_ms);
        self.last_ms = Some(now_ms);
        let (level, continues) = self.judge(text);
        self.level = level;
        buffer.push(text, Facts { source: self.source, level, continues, at_ms: now_ms });
    }

    fn judge(&mut self, text: &str) -> (Level, bool) {
        let plain = if memchr::memchr(0x1b, text.as_bytes()).is_some() {
            self.scratch.clear();
            ansi::visible(text, &mut self.scratch);
            self.scratch.as_str()
        } else {
            text
        };
        if level::is_continuation(plain) {
            return (self.level, true);
        }
        (level::detect(plain).unwrap_or_default(), false)
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
        let Some(replay) = self.replay.take() else { return };
        if replay.is_empty() {
            self.replay = (!force).then_some(replay);
            return;
        }
        let kept: Vec<u64> = self.recent.iter().copied().collect();
        let texts = last_lines(buffer, self.source, kept.len().min(replay.len()));
        let same = |back: usize, at: usize| match texts.get(back).and_then(|seq| buffer.line(*seq)) {
            Some(line) => replay.line(at) == Some(line.text),
            None => true,
        };
        let total = (self.counted == Counted::FromStart).then_some(self.total);
        let Some(joint) = replay.decide(&kept, total, now_ms, force, same) else {
            self.replay = Some(replay);
            return;
        };
        self.join(buffer, &replay, joint, now_ms);
    }

    fn join(&mut self, buffer: &mut Buffer, replay: &Replay, joint: Joint, now_ms: u64) {
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
        }
        if gap.is_some() {
            // What lies before a gap does not adjoin what lies after it, and a later replay may hold what is
            // missing. So only lines that are known to be neighbours are remembered.
            let neighbours = skip.min(self.recent.len());
            self.recent.clear();
            self.recent.extend(replay.lines(skip - neighbours).take(neighbours).map(align::hash));
        }
        if gap == Some(GapKind::Missing) {
            self.level = Level::Unknown;
        }
        for line in replay.lines(skip) {
            self.append(buffer, line, last_ms);
        }
        if whole {
            self.total = replay.len() as u64;
            self.counted = Counted::FromStart;
        } else {
            // A joint found by comparing may be wrong; a count must not build on it.
            self.counted = Counted::No;
        }
    }
}

/// The numbers of the source's last `count` lines, the last first.
fn last_lines(buffer: &Buffer, source: u16, count: usize) -> Vec<u64> {
    (buffer.first()..buffer.end())
        .rev()
        .filter(|seq| buffer.line(*seq).is_some_and(|line| line.source == source && line.kind == Kind::Line))
        .take(count)
        .collect()
}

/// Lines per second, with recent seconds weighing more.
#[derive(Debug, Default)]
struct Rate {
    second: u64,
    count: u32,
    per_second: f64,
}

impl Rate {
    fn count(&mut self, now_ms: u64) {
        let second = now_ms / 1000;
        if second != self.second {
            let elapsed = second.saturating_sub(self.second).clamp(1, 30);
            let fade = 0.5f64.powi(i32::try_from(elapsed).unwrap_or(30));
            self.per_second = (self.per_second * fade).max(f64::from(self.count) * fade * 2.0);
            self.second = second;
            self.count = 0;
        }
        self.count += 1;
        self.per_second = self.per_second.max(f64::from(self.count));
    }
}
