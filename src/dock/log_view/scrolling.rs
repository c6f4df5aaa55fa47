//! What the reader looks at: following the end, moving the cursor, and going from match to match.

use super::LogView;
use crate::log_view::core::clock;
use crate::log_view::keys::Far;
use crate::route::LogTail;
use leptos::prelude::*;

/// How long a step to a match may search before it takes what was found.
const AT_ONCE_MS: f64 = 25.0;

impl LogView {
    /// The scroll bar has moved: by whatever means, a move away from the end releases it, and reaching it takes it up.
    pub(crate) fn scrolled(self) {
        let at_end = self.with_core(|core| {
            let outcome = core.painter.try_borrow_mut().ok()?.as_mut()?.scrolled(core);
            core.schedule();
            outcome
        });
        if let Some(Some(at_end)) = at_end {
            self.set_follow(at_end);
        }
    }

    /// The wheel, or a finger: up means to read on, whatever arrives meanwhile.
    pub(crate) fn pulled(self, up: bool) {
        if up && self.follow.get_untracked() {
            self.release();
        }
    }

    /// Keeps to the end, or stops doing so where the reader is.
    pub(crate) fn toggle_follow(self) {
        if self.follow.get_untracked() {
            self.release();
        } else {
            self.to_end();
        }
    }

    /// Stops following, and holds what is seen.
    pub(crate) fn release(self) {
        self.with_painter(|painter, core| painter.hold(core));
        self.set_follow(false);
    }

    /// To the end, and keeps to it; a frozen view goes on.
    pub(crate) fn to_end(self) {
        self.with_core(|core| core.change(|engine| engine.resume()));
        self.set_follow(true);
    }

    /// Reads all of the log again, and stays at its first line.
    pub(crate) fn to_head(self) {
        self.reload(|target| (target.tail, target.since) = (LogTail::All, String::new()));
        self.with_painter(|painter, _| painter.scroll_to_start());
        self.set_follow(false);
    }

    fn set_follow(self, follow: bool) {
        if self.follow.get_untracked() != follow {
            self.follow.set(follow);
        }
        self.with_core(|core| core.schedule());
    }

    /// Brings a row into view and puts the cursor on it.
    pub(crate) fn go_to(self, seq: u64) {
        self.with_painter(|painter, core| painter.reveal(core, seq));
        self.set_follow(false);
        self.cursor.set(Some(seq));
    }

    /// Moves the cursor; without one it begins at the edge of what is seen.
    pub(crate) fn move_cursor(self, far: Far, extend: bool) {
        let page = self.with_painter(|painter, _| painter.page()).unwrap_or(1);
        if far == Far::End && !extend {
            self.cursor.set(None);
            self.picked.set(None);
            self.to_end();
            return;
        }
        let from = self.cursor.get_untracked();
        let target = self.read(|engine| {
            let last = engine.visible_len().checked_sub(1)?;
            let here = from.map_or(last, |seq| engine.index_of(seq).min(last));
            let index = match far {
                Far::Start => 0,
                Far::End => last,
                Far::Row(step) => shift(here, if from.is_none() { 0 } else { step }, last),
                Far::Page(step) => shift(here, step.saturating_mul(page), last),
            };
            engine.seq_at(index)
        });
        let Some(Some(seq)) = target else { return };
        if extend {
            let start = self.picked.get_untracked().map(|(start, _)| start).or(from).unwrap_or(seq);
            self.picked.set(Some((start, seq)));
        } else {
            self.picked.set(None);
        }
        self.go_to(seq);
    }

    /// To the next match, or the one before; from where the cursor is.
    pub(crate) fn to_match(self, forward: bool) {
        let from = self.cursor.get_untracked();
        // Who presses Enter right after the last letter wants what that letter finds.
        self.with_core(|core| core.search(clock() + AT_ONCE_MS));
        let found = self.read(|engine| {
            if forward {
                engine.next_match(from.unwrap_or(0))
            } else {
                engine.previous_match(from.unwrap_or_else(|| engine.buffer().end()))
            }
        });
        if let Some(Some(seq)) = found {
            self.picked.set(None);
            self.go_to(seq);
        }
    }

    /// To the next marked row, or the one before; round at the ends.
    pub(crate) fn to_mark(self, forward: bool) {
        let from = self.cursor.get_untracked().unwrap_or(0);
        let found = self.read(|engine| {
            if forward {
                engine.marks().find(|seq| *seq > from).or_else(|| engine.marks().next())
            } else {
                engine.marks().rev().find(|seq| *seq < from).or_else(|| engine.marks().next_back())
            }
        });
        if let Some(Some(seq)) = found {
            self.go_to(seq);
        }
    }
}

fn shift(index: usize, step: i64, last: usize) -> usize {
    let far = usize::try_from(step.unsigned_abs()).unwrap_or(usize::MAX);
    if step < 0 { index.saturating_sub(far) } else { index.saturating_add(far).min(last) }
}
