//! The streams of one view as a pure state machine: events and a clock go in, effects come out.
//!
//! ```text
//! poll answers, stream events, the pool, the tab, the session ──▶ Machine ──▶ Effects: open, close, push, show, poll
//!                                                       time ──▶    │
//!                                                                   └──▶ deadline: when to call again at the latest
//! ```
//!
//! What one container does is in [`super::container`]; here is what they share: which exist (the polls), and whether
//! anything may be read (the session, the hidden tab). Nothing here waits, sends or draws; [`super::follower`] does.

use super::container::{Conditions, Container, ContainerId, StreamEnd};
use super::pods::Found;
use super::stream_state::StreamState;
use crate::api::ErrorKind;
use crate::config::Refresh;
use crate::logs::sink::LogInput;
use crate::remote::{Pace, next_look};

/// What can happen.
#[derive(Debug)]
pub(crate) enum Event {
    /// The poll under way was answered.
    Polled(Result<Answer, ErrorKind>),
    /// The pool has no stream for a container now.
    Queued(ContainerId),
    /// The pool gives a container a stream.
    Granted(ContainerId),
    /// The pool takes a container's stream back.
    Revoked(ContainerId),
    /// The server has answered with a log.
    Opened(ContainerId),
    /// A stream ended, with new lines or without.
    Ended { id: ContainerId, end: StreamEnd, brought: bool },
    /// The tab was hidden, or is seen again.
    Hidden(bool),
    /// Whether the session may send requests.
    MayAsk(bool),
    /// How often the service is polled, and whether it is by itself.
    Polling(Refresh, bool),
    /// The view starts over: the containers' new numbers in it.
    Reload(Vec<(ContainerId, u16)>),
    /// The deadline has come.
    Tick,
}

/// What a poll has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The containers of the target.
    pub found: Vec<Found>,
    /// Whether something is on its way, so that the next poll should come soon.
    pub moving: bool,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Effect {
    /// Request a stream from the pool.
    Acquire(ContainerId),
    /// Give the stream, or the place in the queue, back to the pool; an open stream is closed.
    Release(ContainerId),
    /// Open the stream: the first of its log, or one that joins the last one.
    Open { id: ContainerId, fresh: bool },
    /// Hand an input to the view.
    Push { source: u16, input: LogInput },
    /// Show the state of a source's stream.
    Show { source: u16, state: StreamState },
    /// Poll the service.
    Poll,
}

/// What is known before anything happens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Whether the target names its pods: once all are gone, no poll can bring anything new.
    pub named: bool,
    /// Whether the session may send requests.
    pub may_ask: bool,
    /// Poll intervals.
    pub refresh: Refresh,
    /// Whether the service is polled by itself.
    pub automatic: bool,
    /// How long the tab is hidden before streams are released, in milliseconds.
    pub hidden_ms: u64,
}

/// How far the polling is.
#[derive(Clone, Copy, Debug)]
enum Poll {
    /// One is wanted as soon as it may be sent.
    Wanted,
    /// One is under way; another may be wanted after it.
    InFlight { again: bool },
    /// The last one was answered at this time: whether something is on its way, or why it failed.
    Answered { at_ms: u64, outcome: Result<bool, ErrorKind> },
}

/// The streams of one view.
#[derive(Debug)]
pub(crate) struct Machine {
    settings: Settings,
    containers: Vec<Container>,
    hidden_since: Option<u64>,
    released: bool,
    poll: Poll,
    failures: u32,
    /// The number of the last poll that was sent, and of the last that was answered.
    sent: u64,
    answered: u64,
}

impl Machine {
    /// Nothing is tracked; the first event or tick begins.
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            containers: Vec::new(),
            hidden_since: None,
            released: false,
            poll: Poll::Wanted,
            failures: 0,
            sent: 0,
            answered: 0,
        }
    }

    /// Tracks one more container from the next event on.
    pub(crate) fn track(&mut self, id: ContainerId, source: u16, pod: &str, container: &str) {
        self.containers.push(Container::new(id, source, pod, container));
    }

    /// The tracked containers, in the order they were found.
    pub(crate) fn containers(&self) -> &[Container] {
        &self.containers
    }

    /// A container by its number.
    pub(crate) fn container(&self, id: ContainerId) -> Option<&Container> {
        self.containers.iter().find(|container| container.id == id)
    }

    /// The containers of an answer that are not tracked yet.
    pub(crate) fn untracked<'a>(&self, found: &'a [Found]) -> Vec<&'a Found> {
        found.iter().filter(|one| !self.containers.iter().any(|container| container.is(one))).collect()
    }

    /// A piece of a log came. The most frequent event by far, and one that leads to nothing else.
    pub(crate) fn received(&mut self, id: ContainerId, now_ms: u64) {
        if let Some(container) = self.find(id) {
            container.received(now_ms);
        }
    }

    /// Takes an event in; gives what is to be done, in this order.
    pub(crate) fn handle(&mut self, event: Event, now_ms: u64) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.take_in(event, now_ms, &mut effects);
        self.settle(now_ms, &mut effects);
        effects
    }

    /// When [`Event::Tick`] is due, though nothing else happens; milliseconds since 1970.
    pub(crate) fn deadline(&self) -> Option<u64> {
        let hidden = self.hidden_since.filter(|_| !self.released);
        let release = hidden.map(|since| since + self.settings.hidden_ms);
        let poll = self.poll_due().filter(|_| self.may_poll());
        self.containers.iter().filter_map(Container::deadline).chain(release).chain(poll).min()
    }

    fn take_in(&mut self, event: Event, now_ms: u64, effects: &mut Vec<Effect>) {
        let on = self.conditions(now_ms);
        match event {
            Event::Polled(result) => self.polled(result, now_ms, effects),
            Event::Queued(id) => self.with(id, |container| container.queued(effects)),
            Event::Granted(id) => self.with(id, |container| container.granted(&on, effects)),
            Event::Revoked(id) => self.with(id, |container| container.revoked(effects)),
            Event::Opened(id) => self.with(id, |container| container.opened(effects)),
            Event::Ended { id, end, brought } => {
                let next = self.sent + 1;
                let ended = |container: &mut Container| container.ended(end, brought, next, &on, effects);
                if self.find(id).is_some_and(ended) {
                    self.want_poll();
                }
            }
            Event::Hidden(hidden) => {
                self.hidden_since = hidden.then(|| self.hidden_since.unwrap_or(now_ms));
            }
            Event::MayAsk(may_ask) => {
                if may_ask && !self.settings.may_ask {
                    self.want_poll();
                }
                self.settings.may_ask = may_ask;
            }
            Event::Polling(refresh, automatic) => {
                (self.settings.refresh, self.settings.automatic) = (refresh, automatic);
            }
            Event::Reload(numbers) => {
                for (id, source) in numbers {
                    self.with(id, |container| container.reload(source, effects));
                }
                self.want_poll();
            }
            Event::Tick => {}
        }
    }

    /// Reconciles the tracked containers with an answer.
    fn polled(&mut self, result: Result<Answer, ErrorKind>, now_ms: u64, effects: &mut Vec<Effect>) {
        self.answered = self.sent;
        self.failures = if result.is_ok() { 0 } else { self.failures + 1 };
        let outcome = result.map(|answer| {
            let mut undecided = false;
            for container in &mut self.containers {
                match answer.found.iter().find(|one| container.is(one)) {
                    Some(found) => container.found(found, effects),
                    None => undecided |= container.missed(),
                }
            }
            undecided || answer.moving
        });
        let again = matches!(self.poll, Poll::InFlight { again: true });
        self.poll = if again { Poll::Wanted } else { Poll::Answered { at_ms: now_ms, outcome } };
    }

    fn want_poll(&mut self) {
        self.poll = match self.poll {
            Poll::InFlight { .. } => Poll::InFlight { again: true },
            _ => Poll::Wanted,
        };
    }

    /// Does what is due: whatever changed, every container has its say.
    fn settle(&mut self, now_ms: u64, effects: &mut Vec<Effect>) {
        self.released = self.hidden_since.is_some_and(|since| now_ms >= since + self.settings.hidden_ms);
        let on = self.conditions(now_ms);
        for container in &mut self.containers {
            while container.step(&on, effects) {}
        }
        if self.may_poll() && self.poll_due().is_some_and(|due| now_ms >= due) {
            self.poll = Poll::InFlight { again: false };
            self.sent += 1;
            effects.push(Effect::Poll);
        }
    }

    fn may_poll(&self) -> bool {
        self.settings.may_ask && !self.released
    }

    /// When the next poll is due; `None` while one is under way, or when none comes by itself.
    fn poll_due(&self) -> Option<u64> {
        match self.poll {
            Poll::Wanted => Some(0),
            Poll::InFlight { .. } => None,
            Poll::Answered { .. } if self.is_settled() => None,
            Poll::Answered { at_ms, outcome } => {
                let waits = self.containers.iter().any(|one| *one.state() == StreamState::Nothing);
                let outcome = outcome.map(|moving| if moving || waits { Pace::Busy } else { Pace::Idle });
                let wait = next_look(outcome, self.failures, self.settings.refresh, self.settings.automatic)?;
                Some(at_ms.saturating_add(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)))
            }
        }
    }

    /// Whether no poll can bring anything new: the target names its pods, and all of them are gone.
    fn is_settled(&self) -> bool {
        self.settings.named && self.containers.iter().all(Container::is_gone)
    }

    fn conditions(&self, now_ms: u64) -> Conditions {
        Conditions {
            may_ask: self.settings.may_ask,
            released: self.released,
            answered: self.answered,
            now_ms,
        }
    }

    fn find(&mut self, id: ContainerId) -> Option<&mut Container> {
        self.containers.iter_mut().find(|container| container.id == id)
    }

    fn with(&mut self, id: ContainerId, act: impl FnOnce(&mut Container)) {
        if let Some(container) = self.find(id) {
            act(container);
        }
    }
}

#[cfg(test)]
mod tests;
