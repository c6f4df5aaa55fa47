//! Follows the containers of one view: does what the [`Machine`] decides, and tells it what happens.

use super::container::{ContainerId, StreamEnd};
use super::machine::{Answer, Effect, Event, Machine, Settings};
use super::pool_link::SharedPool;
use super::stream_state::StreamState;
use super::{pods, protocol};
use crate::api::ApiError;
use crate::api::logs::{LogPiece, LogQuery, LogTransport};
use crate::clock::{is_hidden, now_ms};
use crate::logs::replay::Tail;
use crate::logs::sink::{LogInput, LogSink};
use crate::route::LogTarget;
use crate::session::Session;
use futures_util::StreamExt;
use futures_util::future::{AbortHandle, abortable};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;

/// A browser's timer takes no longer time; milliseconds. What is due later is looked at again then.
const LONGEST_WAIT_MS: u64 = 3_600_000;

/// The result of the last poll of the service.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct LastPoll {
    /// Whether any poll was answered.
    pub once: bool,
    /// Why the last one failed.
    pub error: Option<Arc<ApiError>>,
}

/// The streams of one view.
pub(crate) struct LogFollower {
    /// The connection.
    pub session: Session,
    pool: Rc<SharedPool>,
    sink: Box<dyn LogSink>,
    transport: LogTransport,
    target: RefCell<LogTarget>,
    machine: RefCell<Machine>,
    /// Events that came while another one was handled.
    pending: RefCell<VecDeque<Event>>,
    handling: Cell<bool>,
    /// The open streams.
    streams: RefCell<HashMap<ContainerId, AbortHandle>>,
    poll: RefCell<Option<AbortHandle>>,
    /// When the next tick is due, and what brings it.
    timer: RefCell<Option<(u64, Timeout)>>,
    stopped: Cell<bool>,
    /// Whether this view is in front.
    front: Cell<bool>,
    /// The state of each source's stream, by its number.
    pub states: RwSignal<Vec<StreamState>>,
    /// The last poll.
    pub last_poll: RwSignal<LastPoll>,
}

impl LogFollower {
    /// Starts following; ends with [`LogFollower::stop`].
    pub(crate) fn start(
        session: Session,
        pool: Rc<SharedPool>,
        sink: impl LogSink + 'static,
        target: LogTarget,
    ) -> Rc<Self> {
        let config = session.config();
        let automatic = session.prefs.refresh;
        let settings = Settings {
            named: !target.pods.is_empty(),
            may_ask: session.may_ask(),
            refresh: session.refresh(),
            automatic: automatic.get_untracked(),
            hidden_ms: u64::from(config.log_hidden_seconds) * 1_000,
        };
        let follower = Rc::new(Self {
            session,
            pool,
            sink: Box::new(sink),
            transport: config.log_transport(),
            target: RefCell::new(target.clone()),
            machine: RefCell::new(Machine::new(settings)),
            pending: RefCell::default(),
            handling: Cell::new(false),
            streams: RefCell::default(),
            poll: RefCell::default(),
            timer: RefCell::default(),
            stopped: Cell::new(false),
            front: Cell::new(true),
            states: RwSignal::new(Vec::new()),
            last_poll: RwSignal::new(LastPoll::default()),
        });
        if let ([pod], false) = (target.pods.as_slice(), target.container.is_empty()) {
            // Nothing has to be asked first.
            follower.track(pod, &target.container);
        }
        follower.observe();
        follower.handle(Event::Hidden(is_hidden()));
        follower
    }

    /// Tells the machine what the page and the session do.
    fn observe(self: &Rc<Self>) {
        let session = self.session;
        let this = Rc::downgrade(self);
        let tell = Rc::new(move |event| {
            if let Some(follower) = this.upgrade() {
                untrack(|| follower.handle(event));
            }
        });
        let may_ask = Memo::new(move |_| session.may_ask_now());
        let tell_session = Rc::clone(&tell);
        crate::effect::effect(move || tell_session(Event::MayAsk(may_ask.get())));
        let tell_polling = Rc::clone(&tell);
        crate::effect::effect(move || {
            tell_polling(Event::Polling(session.refresh(), session.prefs.refresh.get()));
        });
        let listener = window_event_listener(leptos::ev::visibilitychange, move |_| {
            tell(Event::Hidden(is_hidden()));
        });
        on_cleanup(move || listener.remove());
    }

    /// Closes every stream and ends all work.
    pub(crate) fn stop(&self) {
        self.stopped.set(true);
        self.timer.take();
        self.streams.take().into_values().chain(self.poll.take()).for_each(|task| task.abort());
        let ids: Vec<_> = self.machine.borrow().containers().iter().map(|one| one.id).collect();
        ids.into_iter().for_each(|id| self.pool.forget(id, now_ms()));
    }

    fn track(self: &Rc<Self>, pod: &str, container: &str) {
        if let Some(source) = self.sink.add_source(pod, container) {
            let id = self.pool.register(self);
            self.machine.borrow_mut().track(id, source, pod, container);
            self.show(source, StreamState::Unknown);
        }
    }

    /// Starts over with the changed target; everything shown so far is dropped.
    pub(crate) fn reload(self: &Rc<Self>, change: impl FnOnce(&mut LogTarget)) {
        change(&mut self.target.borrow_mut());
        self.sink.reset();
        let machine = self.machine.borrow();
        let number = |one: &super::container::Container| {
            self.sink.add_source(&one.pod, &one.container).map(|source| (one.id, source))
        };
        let numbers = machine.containers().iter().filter_map(number).collect();
        drop(machine);
        self.handle(Event::Reload(numbers));
    }

    /// Says whether this view is in front: its containers then get streams first.
    pub(crate) fn set_front(self: &Rc<Self>, front: bool) {
        self.front.set(front);
        let ids: Vec<_> = self.machine.borrow().containers().iter().map(|one| one.id).collect();
        self.pool.act(|pool| pool.set_front(&ids, front, now_ms()));
        self.arm();
    }

    /// Takes an event in, and does what comes of it.
    pub(crate) fn handle(self: &Rc<Self>, event: Event) {
        if self.stopped.get() {
            return;
        }
        self.pending.borrow_mut().push_back(event);
        if self.handling.replace(true) {
            return;
        }
        loop {
            let next = self.pending.borrow_mut().pop_front();
            let Some(event) = next else { break };
            let effects = self.machine.borrow_mut().handle(event, now_ms());
            effects.into_iter().for_each(|effect| self.act(effect));
        }
        self.handling.set(false);
        self.arm();
    }

    fn act(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Acquire(id) => self.pool.act(|pool| pool.request(id, self.front.get(), now_ms())),
            Effect::Release(id) => {
                if let Some(stream) = self.streams.borrow_mut().remove(&id) {
                    stream.abort();
                }
                self.pool.act(|pool| pool.release(id, now_ms()));
            }
            Effect::Open { id, fresh } => self.open(id, fresh),
            Effect::Push { source, input } => self.sink.push(source, input),
            Effect::Show { source, state } => self.show(source, state),
            Effect::Poll => {
                let task = self.spawn(poll_service(Rc::clone(self)));
                self.poll.replace(Some(task));
            }
        }
    }

    /// Sets the timer for what is due next.
    fn arm(self: &Rc<Self>) {
        let due = [self.machine.borrow().deadline(), self.pool.turn_ends()].into_iter().flatten().min();
        let armed = self.timer.borrow().as_ref().map(|(due, _)| *due);
        if self.stopped.get() || armed == due {
            return;
        }
        let this = Rc::downgrade(self);
        self.timer.replace(due.map(|due| {
            let wait = u32::try_from(due.saturating_sub(now_ms()).min(LONGEST_WAIT_MS)).unwrap_or_default();
            let timeout = Timeout::new(wait, move || {
                if let Some(follower) = this.upgrade() {
                    follower.tick();
                }
            });
            (due, timeout)
        }));
    }

    fn tick(self: &Rc<Self>) {
        self.timer.take();
        self.pool.act(|pool| pool.tick(now_ms()));
        self.handle(Event::Tick);
    }

    fn show(&self, source: u16, state: StreamState) {
        let at = usize::from(source);
        let _ = self.states.try_update(|states| {
            if states.len() <= at {
                states.resize(at + 1, StreamState::Unknown);
            }
            if let Some(slot) = states.get_mut(at) {
                *slot = state;
            }
        });
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) -> AbortHandle {
        let (task, handle) = abortable(task);
        leptos::task::spawn_local(async move {
            let _ = task.await;
        });
        handle
    }

    fn open(self: &Rc<Self>, id: ContainerId, fresh: bool) {
        let machine = self.machine.borrow();
        let Some(container) = machine.container(id) else { return };
        let (query, tail) = self.request(&container.pod, &container.container, container.source, fresh);
        let source = container.source;
        drop(machine);
        self.sink.push(source, LogInput::Begin(tail));
        let stream = self.spawn(read_stream(Rc::clone(self), id, source, query));
        self.streams.borrow_mut().insert(id, stream);
    }

    /// What to ask for: the chosen past at first, later as much as joins without a gap.
    fn request(&self, pod: &str, container: &str, source: u16, fresh: bool) -> (LogQuery, Tail) {
        let target = self.target.borrow();
        let (tail, since) = match (fresh, target.since.is_empty(), target.tail.lines()) {
            (false, ..) => (Tail::Lines(self.sink.suggest_tail(source)), None),
            (true, false, _) => (Tail::Since, Some(target.since.clone())),
            (true, true, 0) => (Tail::All, None),
            (true, true, lines) => (Tail::Lines(lines as usize), None),
        };
        let query = LogQuery {
            family: target.at.family,
            project: target.at.project.clone(),
            env: target.at.key.clone(),
            pod: pod.to_owned(),
            container: container.to_owned(),
            tail: match tail {
                Tail::Lines(lines) => u32::try_from(lines).unwrap_or(u32::MAX),
                Tail::All | Tail::Since => 0,
            },
            since,
        };
        (query, tail)
    }
}

/// Polls the service once.
async fn poll_service(follower: Rc<LogFollower>) {
    let Some(client) = follower.session.client() else { return };
    let target = follower.target.borrow().clone();
    let at = &target.at;
    let helm = untrack(|| follower.session.known.helm_is_shown());
    let result = client.service_of_any_kind(at.family, &at.project, &at.key, &target.service, helm).await;
    follower.pool.act(|pool| pool.set_cap(protocol::streams(), now_ms()));
    let (result, error) = match result {
        Ok(detail) => {
            let found = pods::find(&detail, &target);
            let untracked: Vec<_> =
                follower.machine.borrow().untracked(&found).into_iter().cloned().collect();
            untracked.iter().for_each(|one| follower.track(&one.pod, &one.container));
            let moving = pods::is_moving(&detail, &found);
            (Ok(Answer { found, moving }), None)
        }
        Err(error) => (Err(error.kind), Some(Arc::new(error))),
    };
    let _ = follower.last_poll.try_update(|last_poll| {
        last_poll.once |= error.is_none();
        last_poll.error = error;
    });
    follower.handle(Event::Polled(result));
}

/// Reads one stream to its end.
async fn read_stream(follower: Rc<LogFollower>, id: ContainerId, source: u16, query: LogQuery) {
    let before = follower.sink.total(source);
    let end = read(&follower, id, source, &query).await;
    let brought = follower.sink.total(source) > before;
    follower.handle(Event::Ended { id, end, brought });
}

async fn read(follower: &Rc<LogFollower>, id: ContainerId, source: u16, query: &LogQuery) -> StreamEnd {
    let Some(client) = follower.session.client() else { return StreamEnd::Closed };
    let mut stream = match client.open_log(query, follower.transport).await {
        Ok(Some(stream)) => stream,
        Ok(None) => return StreamEnd::NoLog,
        Err(error) => return StreamEnd::Failed(error),
    };
    follower.handle(Event::Opened(id));
    while let Some(piece) = stream.next().await {
        match piece {
            Ok(LogPiece::Bytes(bytes)) => follower.sink.push(source, LogInput::Bytes(bytes)),
            Ok(LogPiece::Event(data)) => follower.sink.push(source, LogInput::Event(data)),
            Err(error) => return StreamEnd::Failed(error),
        }
        follower.machine.borrow_mut().received(id, now_ms());
        if let Some(room) = follower.sink.room() {
            room.await;
        }
    }
    StreamEnd::Closed
}
