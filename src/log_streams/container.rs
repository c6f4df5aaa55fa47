//! One tracked container: what is known about it, and what its stream does.
//!
//! ```text
//!            ┌──────────────────── released, revoked ◀──────────────┐
//!            ▼                                                      │
//! Idle ──readable──▶ Queued ──granted──▶ Reading ──ended──▶ Asking ─┴▶ BackingOff ──time──▶ Idle
//!   │                                       │ refused
//!   └─ nothing to read ─▶ Over              └─▶ Refused
//! ```
//!
//! A restart, or a reload of the view, leads back to `Idle` from everywhere. The server tells very little (contract 4), so
//! the end of a stream is explained by the next poll of the service: `Asking` waits for it.

use super::backoff::{Backoff, is_final};
use super::machine::Effect;
use super::pods::{ContainerPhase, Found};
use super::stream_state::StreamState;
use crate::api::{ApiError, ErrorKind};
use crate::logs::sink::LogInput;
use std::sync::Arc;

/// How long a container that has ended may stay silent before its log counts as read, in milliseconds.
pub(crate) const SILENCE_MS: u64 = 1_500;
/// How many polls in a row must miss a container before it counts as gone.
pub(crate) const MISSES: u32 = 2;

/// A container's number, unique in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ContainerId(pub u64);

/// What a container's stream does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Activity {
    /// There is no stream; one is wanted as soon as there is something to read.
    Idle,
    /// Waits for a stream of the pool.
    Queued,
    /// Reads. The time is when the stream was asked for, or last brought something.
    Reading { active_ms: u64 },
    /// The stream ended without a reason: waits for the answer of this poll, and then `wait_ms`.
    Asking { poll: u64, wait_ms: u64 },
    /// Tries again at this time.
    BackingOff { until_ms: u64 },
    /// There is nothing (more) to read until the container runs again.
    Over,
    /// The server refuses: nothing is asked until the container restarts or the view starts over.
    Refused,
}

/// How a stream ended.
#[derive(Clone, Debug)]
pub(crate) enum StreamEnd {
    /// It was no log: a wrong pod or container, or nothing to read.
    NoLog,
    /// The server closed it.
    Closed,
    /// It broke, or was refused.
    Failed(ApiError),
}

/// What holds for all containers of a view.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conditions {
    /// Whether the session may send requests.
    pub may_ask: bool,
    /// Whether streams are released because the tab is hidden.
    pub released: bool,
    /// The number of the last poll that was answered.
    pub answered: u64,
    /// Now, in milliseconds since 1970.
    pub now_ms: u64,
}

/// A tracked container.
#[derive(Debug)]
pub(crate) struct Container {
    /// Its number.
    pub id: ContainerId,
    /// Its number in the view.
    pub source: u16,
    /// The pod.
    pub pod: String,
    /// The container.
    pub container: String,
    phase: ContainerPhase,
    /// The restarts counted by the last poll.
    restarts: Option<i64>,
    /// How many polls in a row did not find it.
    unseen: u32,
    /// Whether a poll has ever found it.
    known: bool,
    /// When it was seen to end, Unix seconds.
    ended_at: Option<i64>,
    /// Whether a stream of it was ever opened.
    was_read: bool,
    /// Whether the next stream is the first of its log.
    fresh: bool,
    activity: Activity,
    shown: StreamState,
    backoff: Backoff,
}

impl Container {
    /// A container that was not polled yet.
    pub(crate) fn new(id: ContainerId, source: u16, pod: &str, container: &str) -> Self {
        Self {
            id,
            source,
            pod: pod.to_owned(),
            container: container.to_owned(),
            phase: ContainerPhase::Unknown,
            restarts: None,
            unseen: 0,
            known: false,
            ended_at: None,
            was_read: false,
            fresh: true,
            activity: Activity::Idle,
            shown: StreamState::Unknown,
            backoff: Backoff::default(),
        }
    }

    /// The state that is shown.
    pub(crate) fn state(&self) -> &StreamState {
        &self.shown
    }

    /// Whether its pod is gone.
    pub(crate) fn is_gone(&self) -> bool {
        self.phase == ContainerPhase::Gone
    }

    /// Whether a poll found this container.
    pub(crate) fn is(&self, found: &Found) -> bool {
        self.pod == found.pod && self.container == found.container
    }

    /// Whether nothing is written now: it has ended, or waits for its restart.
    fn is_silent(&self) -> bool {
        matches!(self.phase, ContainerPhase::Finished | ContainerPhase::Gone | ContainerPhase::Waiting(_))
    }

    /// When it must be looked at again, though nothing happens.
    pub(crate) fn deadline(&self) -> Option<u64> {
        match self.activity {
            Activity::Reading { active_ms } if self.is_silent() => Some(active_ms + SILENCE_MS),
            Activity::BackingOff { until_ms } => Some(until_ms),
            _ => None,
        }
    }

    /// A poll has found it.
    pub(crate) fn found(&mut self, found: &Found, effects: &mut Vec<Effect>) {
        self.known = true;
        self.unseen = 0;
        self.ended_at = found.finished_at.or(self.ended_at);
        self.phase = found.phase.clone();
        let restarted = self.restarts.is_some_and(|before| found.restarts > before);
        let readable = matches!(found.phase, ContainerPhase::Readable | ContainerPhase::Waiting(_));
        if restarted && !readable {
            // The restart is reported once the new log can be read.
            return;
        }
        self.restarts = Some(found.restarts);
        if restarted {
            self.stop(effects);
            self.push(LogInput::Restarted, effects);
            self.start_over();
        }
    }

    /// A poll has not found it; gives whether another poll will decide.
    pub(crate) fn missed(&mut self) -> bool {
        if self.is_gone() {
            return false;
        }
        self.unseen += 1;
        if self.known && self.unseen < MISSES {
            return true;
        }
        self.phase = ContainerPhase::Gone;
        false
    }

    /// Its log is read again from the chosen past, under this number.
    pub(crate) fn reload(&mut self, source: u16, effects: &mut Vec<Effect>) {
        self.stop(effects);
        self.source = source;
        self.start_over();
    }

    fn start_over(&mut self) {
        (self.fresh, self.was_read, self.shown) = (true, false, StreamState::Unknown);
        (self.activity, self.backoff) = (Activity::Idle, Backoff::default());
    }

    /// Gives back the stream, or the place in the queue.
    fn stop(&mut self, effects: &mut Vec<Effect>) {
        if matches!(self.activity, Activity::Queued | Activity::Reading { .. }) {
            effects.push(Effect::Release(self.id));
            self.activity = Activity::Idle;
        }
    }

    /// The pool has no stream now.
    pub(crate) fn queued(&mut self, effects: &mut Vec<Effect>) {
        if self.activity == Activity::Queued {
            self.show(StreamState::Queued, effects);
        }
    }

    /// The pool gives a stream.
    pub(crate) fn granted(&mut self, on: &Conditions, effects: &mut Vec<Effect>) {
        if self.activity != Activity::Queued {
            effects.push(Effect::Release(self.id));
            return;
        }
        self.activity = Activity::Reading { active_ms: on.now_ms };
        self.show(StreamState::Waiting, effects);
        effects.push(Effect::Open { id: self.id, fresh: self.fresh });
    }

    /// The pool takes the stream back for another container.
    pub(crate) fn revoked(&mut self, effects: &mut Vec<Effect>) {
        if matches!(self.activity, Activity::Reading { .. }) {
            self.stop(effects);
            self.push(LogInput::Cut, effects);
            self.show(StreamState::Queued, effects);
        }
    }

    /// The server has answered with a log.
    pub(crate) fn opened(&mut self, effects: &mut Vec<Effect>) {
        if matches!(self.activity, Activity::Reading { .. }) {
            self.was_read = true;
            self.show(StreamState::Live, effects);
        }
    }

    /// A piece of the log came.
    pub(crate) fn received(&mut self, now_ms: u64) {
        if let Activity::Reading { active_ms } = &mut self.activity {
            *active_ms = now_ms;
            self.fresh = false;
        }
    }

    /// The stream ended; `brought` says whether with new lines, and `next_poll` is the number of the poll that will explain
    /// it. Gives whether that poll is wanted now.
    pub(crate) fn ended(
        &mut self,
        end: StreamEnd,
        brought: bool,
        next_poll: u64,
        on: &Conditions,
        effects: &mut Vec<Effect>,
    ) -> bool {
        if !matches!(self.activity, Activity::Reading { .. }) {
            return false;
        }
        let wait_ms = self.backoff.next_ms(brought);
        self.stop(effects);
        self.push(LogInput::Cut, effects);
        match end {
            StreamEnd::Failed(error) if is_final(error.kind) => {
                self.show(StreamState::Refused(Arc::new(error)), effects);
                self.activity = Activity::Refused;
                false
            }
            StreamEnd::Failed(error) => {
                self.explained(Some(error), wait_ms, on, effects);
                false
            }
            // The stream cannot say whether the container is there; the service can.
            StreamEnd::NoLog | StreamEnd::Closed => {
                self.show(StreamState::Nothing, effects);
                self.activity = Activity::Asking { poll: next_poll, wait_ms };
                true
            }
        }
    }

    /// Decides what follows the end of a stream, once everything is known about it.
    fn explained(
        &mut self,
        error: Option<ApiError>,
        wait_ms: u64,
        on: &Conditions,
        effects: &mut Vec<Effect>,
    ) {
        if self.is_silent() || matches!(self.phase, ContainerPhase::Starting(_)) {
            // Its stream came to an end: what there was has been read.
            self.was_read |= error.is_none() && self.known;
            if error.is_none() || self.outcome().is_some() {
                self.activity = Activity::Idle;
                return;
            }
        }
        let until_ms = on.now_ms + wait_ms;
        // A refused token is asked for by the application; the stream goes on with the new one.
        let error = error.filter(|error| error.kind != ErrorKind::Unauthorized).map(Arc::new);
        if self.was_read || error.is_some() {
            self.show(StreamState::Retrying { at_ms: until_ms, error }, effects);
        }
        self.activity = Activity::BackingOff { until_ms };
    }

    /// Takes one step that the conditions ask for; gives whether there was one.
    pub(crate) fn step(&mut self, on: &Conditions, effects: &mut Vec<Effect>) -> bool {
        let before = self.activity;
        match before {
            Activity::Idle => self.begin(on, effects),
            Activity::Queued if on.released || self.outcome().is_some() => self.stop(effects),
            Activity::Reading { .. } if on.released => {
                self.stop(effects);
                self.push(LogInput::Cut, effects);
            }
            // A container that exists and never sent a line has an empty log; one that never existed is missing. (An
            // `EventSource` keeps waiting for it: the answer without a type is no error to it yet.)
            Activity::Reading { active_ms } if self.is_silent() && on.now_ms >= active_ms + SILENCE_MS => {
                self.was_read |= self.known;
                self.stop(effects);
            }
            Activity::Asking { .. } if on.released => self.activity = Activity::Idle,
            Activity::Asking { poll, wait_ms } if on.answered >= poll => {
                self.explained(None, wait_ms, on, effects);
            }
            Activity::BackingOff { until_ms }
                if on.released || self.outcome().is_some() || on.now_ms >= until_ms =>
            {
                self.activity = Activity::Idle;
            }
            Activity::Over => match self.outcome() {
                // The reason changes, from `Error` to `CrashLoopBackOff`.
                Some(state) => self.conclude(state, effects),
                None => self.activity = Activity::Idle,
            },
            _ => {}
        }
        self.activity != before
    }

    /// Asks for a stream, or says why there is none.
    fn begin(&mut self, on: &Conditions, effects: &mut Vec<Effect>) {
        if on.released {
            self.show(StreamState::Released, effects);
        } else if !on.may_ask {
            // Whoever holds the session says so.
        } else if let ContainerPhase::Starting(reason) = &self.phase {
            self.show(StreamState::Starting(reason.clone()), effects);
        } else if let Some(state) = self.outcome() {
            self.conclude(state, effects);
            self.activity = Activity::Over;
        } else {
            self.activity = Activity::Queued;
            effects.push(Effect::Acquire(self.id));
        }
    }

    /// The state of a container that has nothing (more) to read.
    fn outcome(&self) -> Option<StreamState> {
        match &self.phase {
            ContainerPhase::Finished | ContainerPhase::Gone if self.was_read => Some(StreamState::Ended),
            ContainerPhase::Waiting(reason) if self.was_read => {
                Some(StreamState::Crashed { reason: reason.clone(), ended_at: self.ended_at })
            }
            ContainerPhase::Gone => Some(StreamState::Missing),
            _ => None,
        }
    }

    fn conclude(&mut self, state: StreamState, effects: &mut Vec<Effect>) {
        if state == StreamState::Ended && self.shown != state {
            self.push(LogInput::End, effects);
        }
        self.show(state, effects);
    }

    fn push(&self, input: LogInput, effects: &mut Vec<Effect>) {
        effects.push(Effect::Push { source: self.source, input });
    }

    fn show(&mut self, state: StreamState, effects: &mut Vec<Effect>) {
        if self.shown != state {
            self.shown = state.clone();
            effects.push(Effect::Show { source: self.source, state });
        }
    }
}
