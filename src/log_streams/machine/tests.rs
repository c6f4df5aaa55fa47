//! The machine with a pool, a view and a server that are all made up, in virtual time.

use super::*;
use crate::api::{ApiError, Endpoint, Request};
use crate::log_streams::pods::ContainerPhase;
use crate::log_streams::stream_pool::{Decision, StreamPool, TURN_MS, WAIT_MS};

const REFRESH: Refresh = Refresh { busy_seconds: 2, idle_seconds: 15 };
const HIDDEN_MS: u64 = 60_000;

/// A view, its machine, and the page's pool.
struct Harness {
    machine: Machine,
    pool: StreamPool,
    now_ms: u64,
    /// The open streams, and whether each is the first of its log.
    open: Vec<(ContainerId, bool)>,
    pushed: Vec<(u16, LogInput)>,
    shown: Vec<StreamState>,
    polls: usize,
}

impl Harness {
    fn new(named: bool) -> Self {
        let settings =
            Settings { named, may_ask: true, refresh: REFRESH, automatic: true, hidden_ms: HIDDEN_MS };
        Self {
            machine: Machine::new(settings),
            pool: StreamPool::default(),
            now_ms: 1_000_000,
            open: Vec::new(),
            pushed: Vec::new(),
            shown: Vec::new(),
            polls: 0,
        }
    }

    /// A view of one container that a link names, polled as `phase`.
    fn one(phase: ContainerPhase) -> Self {
        let mut harness = Self::new(true);
        harness.track(1);
        harness.tick();
        harness.polled(&[found(1, phase, 0)]);
        harness
    }

    fn track(&mut self, n: u16) {
        self.machine.track(id(n), n, &format!("pod-{n}"), "main");
        self.shown.resize(usize::from(n) + 1, StreamState::Unknown);
    }

    fn handle(&mut self, event: Event) {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            for effect in self.machine.handle(event, self.now_ms) {
                let decisions = match effect {
                    Effect::Acquire(id) => self.pool.request(id, true, self.now_ms),
                    Effect::Release(id) => {
                        self.open.retain(|(open, _)| *open != id);
                        self.pool.release(id, self.now_ms)
                    }
                    Effect::Open { id, fresh } => {
                        self.open.push((id, fresh));
                        Vec::new()
                    }
                    Effect::Push { source, input } => {
                        self.pushed.push((source, input));
                        Vec::new()
                    }
                    Effect::Show { source, state } => {
                        self.shown[usize::from(source)] = state;
                        Vec::new()
                    }
                    Effect::Poll => {
                        self.polls += 1;
                        Vec::new()
                    }
                };
                events.splice(0..0, decisions.into_iter().rev().map(event_of));
            }
        }
    }

    fn tick(&mut self) {
        let decisions = self.pool.tick(self.now_ms);
        decisions.into_iter().for_each(|decision| self.handle(event_of(decision)));
        self.handle(Event::Tick);
    }

    /// Lets time pass: every deadline on the way is met.
    fn wait(&mut self, ms: u64) {
        let end = self.now_ms + ms;
        loop {
            let next = self.machine.deadline().into_iter().chain(self.pool.turn_ends()).min();
            let Some(next) = next.filter(|next| *next <= end) else { break };
            self.now_ms = next.max(self.now_ms);
            self.tick();
        }
        self.now_ms = end;
    }

    fn polled(&mut self, found: &[Found]) {
        self.handle(Event::Polled(Ok(Answer { found: found.to_vec(), moving: false })));
    }

    fn ended(&mut self, n: u16, end: StreamEnd) {
        self.handle(Event::Ended { id: id(n), end, brought: false });
    }

    fn state(&self, n: u16) -> &'static str {
        self.shown[usize::from(n)].word()
    }

    fn is_open(&self, n: u16) -> bool {
        self.open.iter().any(|(open, _)| *open == id(n))
    }

    /// What the view was given, and forgets it.
    fn pushed(&mut self) -> Vec<LogInput> {
        self.pushed.drain(..).map(|(_, input)| input).collect()
    }
}

fn id(n: u16) -> ContainerId {
    ContainerId(u64::from(n))
}

fn event_of(decision: Decision) -> Event {
    match decision {
        Decision::Granted(id) => Event::Granted(id),
        Decision::Queued(id) => Event::Queued(id),
        Decision::Revoked(id) => Event::Revoked(id),
    }
}

fn found(n: u16, phase: ContainerPhase, restarts: i64) -> Found {
    Found { pod: format!("pod-{n}"), container: "main".into(), phase, restarts, finished_at: None }
}

fn waiting(reason: &str) -> ContainerPhase {
    ContainerPhase::Waiting(reason.into())
}

fn failed(kind: ErrorKind) -> StreamEnd {
    StreamEnd::Failed(ApiError::new(kind, Request::get(Endpoint::E45, "/openapi/logs/sse/pods").info()))
}

use ContainerPhase::{Finished, Readable, Starting};

#[test]
fn a_container_that_a_link_names_is_read_before_any_poll_is_answered() {
    let mut view = Harness::new(true);
    view.track(1);
    view.tick();
    assert_eq!((view.polls, view.open.as_slice()), (1, &[(id(1), true)][..]));
    assert_eq!(view.state(1), "waiting");
    view.handle(Event::Opened(id(1)));
    assert_eq!(view.state(1), "live");
}

#[test]
fn without_a_token_nothing_is_asked_and_with_one_everything() {
    let mut view = Harness::new(true);
    view.track(1);
    view.handle(Event::MayAsk(false));
    assert_eq!((view.polls, view.open.len(), view.machine.deadline()), (0, 0, None));
    view.handle(Event::MayAsk(true));
    assert_eq!((view.polls, view.open.len()), (1, 1));
}

#[test]
fn a_refused_token_ends_the_polls_and_another_one_begins_them_again() {
    let mut view = Harness::one(Readable);
    view.wait(15_000);
    view.handle(Event::Polled(Err(ErrorKind::Unauthorized)));
    view.handle(Event::MayAsk(false));
    let polls = view.polls;
    view.wait(600_000);
    assert_eq!(view.polls, polls);
    view.handle(Event::MayAsk(true));
    assert_eq!(view.polls, polls + 1);
}

#[test]
fn a_container_that_starts_is_read_once_it_runs() {
    let mut view = Harness::new(false);
    view.tick();
    view.track(1);
    view.polled(&[found(1, Starting("ContainerCreating".into()), 0)]);
    assert_eq!((view.state(1), view.open.len()), ("starting", 0));
    view.wait(15_000);
    view.polled(&[found(1, Readable, 0)]);
    assert_eq!((view.state(1), view.is_open(1)), ("waiting", true));
}

#[test]
fn an_end_is_explained_by_a_poll_sent_after_it() {
    let mut view = Harness::one(Readable);
    view.handle(Event::Opened(id(1)));
    view.wait(15_000);
    assert_eq!(view.polls, 2, "one is under way");
    view.ended(1, StreamEnd::Closed);
    assert_eq!((view.state(1), view.pushed()), ("nothing", vec![LogInput::Cut]));
    view.polled(&[found(1, Readable, 0)]);
    assert_eq!((view.polls, view.state(1)), (3, "nothing"), "that answer may be older than the end");
    view.polled(&[found(1, Finished, 0)]);
    assert_eq!((view.state(1), view.pushed()), ("ended", vec![LogInput::End]));
    assert_eq!(view.machine.deadline(), Some(view.now_ms + 15_000), "only the next poll");
}

#[test]
fn a_stream_that_the_server_closes_is_opened_again_ever_more_rarely_and_joined() {
    let mut view = Harness::one(Readable);
    view.handle(Event::Opened(id(1)));
    view.machine.received(id(1), view.now_ms);
    for wait in [500, 1_000, 2_000, 4_000] {
        view.ended(1, StreamEnd::Closed);
        view.polled(&[found(1, Readable, 0)]);
        assert_eq!(view.state(1), "retrying");
        view.wait(wait - 1);
        assert!(!view.is_open(1));
        view.wait(1);
        assert_eq!(view.open, [(id(1), false)], "not the first of its log");
    }
    view.handle(Event::Ended { id: id(1), end: StreamEnd::Closed, brought: true });
    view.polled(&[found(1, Readable, 0)]);
    view.wait(500);
    assert!(view.is_open(1), "lines came: the waits begin again");
}

#[test]
fn a_container_that_nobody_knows_is_missing() {
    let mut view = Harness::new(true);
    view.track(1);
    view.tick();
    view.ended(1, StreamEnd::NoLog);
    view.polled(&[]);
    view.polled(&[]);
    assert_eq!((view.state(1), view.open.len()), ("missing", 0));
    assert_eq!(view.machine.deadline(), None, "no poll can bring anything new");
}

#[test]
fn a_pod_that_is_gone_ends_its_log_after_two_polls() {
    let mut view = Harness::one(Readable);
    view.handle(Event::Opened(id(1)));
    view.wait(15_000);
    view.polled(&[]);
    assert_eq!(view.state(1), "live", "one poll may miss it");
    view.wait(2_000);
    view.polled(&[]);
    view.wait(1_500);
    assert_eq!((view.state(1), view.open.len()), ("ended", 0));
}

#[test]
fn a_finished_container_is_read_until_it_is_silent_for_a_while() {
    let mut view = Harness::one(Finished);
    view.handle(Event::Opened(id(1)));
    view.wait(1_000);
    view.machine.received(id(1), view.now_ms);
    view.wait(1_499);
    assert!(view.is_open(1));
    view.wait(1);
    assert_eq!((view.state(1), view.pushed()), ("ended", vec![LogInput::End]));
}

#[test]
fn a_container_that_never_wrote_has_an_empty_log() {
    let mut view = Harness::one(Finished);
    view.wait(1_500);
    assert_eq!(view.state(1), "ended");
}

#[test]
fn a_crashed_container_says_why_and_goes_on_at_its_restart() {
    let mut view = Harness::one(waiting("Error"));
    view.handle(Event::Opened(id(1)));
    view.wait(1_500);
    assert_eq!((view.state(1), view.open.len()), ("crashed", 0));
    view.polled(&[found(1, waiting("CrashLoopBackOff"), 0)]);
    assert!(matches!(&view.shown[1], StreamState::Crashed { reason, .. } if reason == "CrashLoopBackOff"));
    view.polled(&[found(1, Readable, 1)]);
    assert_eq!(view.open, [(id(1), true)], "another log");
    assert_eq!(view.pushed(), [LogInput::Restarted]);
}

#[test]
fn a_restart_is_reported_once_the_new_log_can_be_read() {
    let mut view = Harness::one(Readable);
    view.handle(Event::Opened(id(1)));
    view.polled(&[found(1, Starting("ContainerCreating".into()), 1)]);
    assert_eq!(view.pushed(), []);
    view.polled(&[found(1, Readable, 1)]);
    assert_eq!((view.pushed(), view.open.as_slice()), (vec![LogInput::Restarted], &[(id(1), true)][..]));
    view.polled(&[found(1, Readable, 1)]);
    assert_eq!(view.pushed(), [], "once");
}

#[test]
fn a_log_that_fails_while_its_container_waits_is_not_asked_for_at_once_for_ever() {
    let mut view = Harness::one(waiting("CrashLoopBackOff"));
    view.ended(1, failed(ErrorKind::Server));
    assert_eq!((view.state(1), view.open.len()), ("retrying", 0));
    view.wait(500);
    assert!(view.is_open(1));
    view.ended(1, failed(ErrorKind::Server));
    view.wait(999);
    assert!(!view.is_open(1));
}

#[test]
fn a_refusal_is_final_until_the_view_starts_over() {
    let mut view = Harness::one(Readable);
    view.ended(1, failed(ErrorKind::Forbidden));
    assert_eq!(view.state(1), "refused");
    view.polled(&[found(1, Readable, 0)]);
    view.wait(600_000);
    assert!(!view.is_open(1));
    view.handle(Event::Reload(vec![(id(1), 1)]));
    assert_eq!(view.open, [(id(1), true)]);
}

#[test]
fn a_hidden_tab_releases_its_streams_and_polls_no_more_until_it_is_seen() {
    let mut view = Harness::one(Readable);
    view.handle(Event::Opened(id(1)));
    view.machine.received(id(1), view.now_ms);
    view.handle(Event::Hidden(true));
    view.wait(HIDDEN_MS - 1);
    assert!(view.is_open(1));
    view.wait(1);
    assert_eq!((view.state(1), view.open.len()), ("released", 0));
    assert_eq!(view.pushed(), [LogInput::Cut]);
    view.polled(&[found(1, Readable, 0)]);
    let polls = view.polls;
    view.wait(600_000);
    assert_eq!((view.polls, view.machine.deadline()), (polls, None), "no timer wakes for nothing");
    view.handle(Event::Hidden(false));
    assert_eq!((view.polls, view.open.as_slice()), (polls + 1, &[(id(1), false)][..]));
}

#[test]
fn six_containers_share_four_streams_in_turn() {
    let mut view = Harness::new(false);
    view.tick();
    (1..=6).for_each(|n| view.track(n));
    view.polled(&(1..=6).map(|n| found(n, Readable, 0)).collect::<Vec<_>>());
    assert_eq!(view.open.len(), 4);
    assert_eq!((view.state(5), view.state(6)), ("queued", "queued"));
    view.wait(TURN_MS);
    assert_eq!(view.open.len(), 4);
    assert_eq!((view.state(1), view.is_open(5), view.is_open(6)), ("queued", true, true));
    view.wait(WAIT_MS);
    assert_eq!((view.open.len(), view.is_open(1), view.is_open(2), view.is_open(3)), (4, true, true, false));
}

#[test]
fn starting_over_reads_every_log_from_the_chosen_past_under_its_new_number() {
    let mut view = Harness::one(Readable);
    view.handle(Event::Opened(id(1)));
    view.machine.received(id(1), view.now_ms);
    view.shown.resize(4, StreamState::Unknown);
    view.handle(Event::Reload(vec![(id(1), 3)]));
    assert_eq!((view.open.as_slice(), view.state(3)), (&[(id(1), true)][..], "waiting"));
    assert_eq!(view.pushed(), [], "the view was emptied: there is nothing to cut");
}

#[test]
fn polls_come_sooner_while_something_moves_and_back_off_while_they_fail() {
    let mut view = Harness::one(Readable);
    let next = |view: &Harness| view.machine.deadline().map(|due| due - view.now_ms);
    assert_eq!(next(&view), Some(15_000));
    view.wait(15_000);
    view.handle(Event::Polled(Ok(Answer { found: vec![found(1, Readable, 0)], moving: true })));
    assert_eq!(next(&view), Some(2_000));
    for wait in [1_000, 2_000, 4_000] {
        view.wait(next(&view).unwrap());
        view.handle(Event::Polled(Err(ErrorKind::Network)));
        assert_eq!(next(&view), Some(wait));
    }
    view.wait(4_000);
    view.polled(&[found(1, Readable, 0)]);
    view.handle(Event::Polling(REFRESH, false));
    assert_eq!(next(&view), None, "the user has switched it off");
}

#[test]
fn what_comes_late_changes_nothing() {
    let mut view = Harness::one(Readable);
    view.ended(1, failed(ErrorKind::Forbidden));
    let before = view.shown.clone();
    view.handle(Event::Opened(id(1)));
    view.handle(Event::Revoked(id(1)));
    view.ended(1, StreamEnd::Closed);
    view.handle(Event::Ended { id: id(9), end: StreamEnd::Closed, brought: false });
    assert_eq!((view.shown.clone(), view.open.len()), (before, 0));
    view.handle(Event::Granted(id(1)));
    assert_eq!((view.open.len(), view.pool.usage().0), (0, 0), "a stream that nobody wants goes back");
}
