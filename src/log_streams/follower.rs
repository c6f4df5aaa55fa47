//! Follows the containers of one view: owns their reader tasks, and hands lines to the view.

use super::discovery;
use super::reader;
use super::stream_pool::StreamPool;
use super::stream_state::StreamState;
use super::tracked::{Stop, TrackedContainer};
use crate::api::ApiError;
use crate::api::logs::{LogQuery, LogTransport};
use crate::log_view::core::{Core, Input};
use crate::logs::replay::Tail;
use crate::route::LogTarget;
use crate::session::Session;
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;

/// The result of the last poll of the service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LastPoll {
    /// Whether any poll was answered.
    pub once: bool,
    /// Why the last one failed.
    pub error: Option<Arc<ApiError>>,
}

/// The readers of one view.
pub struct LogFollower {
    /// The connection.
    pub session: Session,
    /// The page's streams.
    pub pool: Rc<StreamPool>,
    /// Where lines go.
    pub core: Rc<Core>,
    /// What is followed.
    pub target: RefCell<LogTarget>,
    /// What carries the logs.
    pub transport: LogTransport,
    /// The tracked containers, in the order they were found.
    pub containers: RefCell<Vec<Rc<TrackedContainer>>>,
    /// The state of each source's stream, by its number.
    pub states: RwSignal<Vec<StreamState>>,
    /// The last poll.
    pub last_poll: RwSignal<LastPoll>,
    /// Whether all streams are released because the tab is hidden.
    pub released: Cell<bool>,
    /// Whether this view is in front.
    front: Cell<bool>,
    /// How many polls were answered.
    pub polls: Cell<u64>,
    /// Whether a poll is requested now.
    pub poll_wanted: Cell<bool>,
    tasks: RefCell<Vec<AbortHandle>>,
}

impl LogFollower {
    /// Starts following; ends with [`LogFollower::stop`].
    pub fn start(session: Session, pool: Rc<StreamPool>, core: Rc<Core>, target: LogTarget) -> Rc<Self> {
        let follower = Rc::new(Self {
            session,
            pool,
            core,
            transport: session.config().log_transport(),
            target: RefCell::new(target.clone()),
            containers: RefCell::default(),
            states: RwSignal::new(Vec::new()),
            last_poll: RwSignal::new(LastPoll::default()),
            released: Cell::new(false),
            front: Cell::new(true),
            polls: Cell::new(0),
            poll_wanted: Cell::new(false),
            tasks: RefCell::default(),
        });
        if let ([pod], false) = (target.pods.as_slice(), target.container.is_empty()) {
            // Nothing has to be asked first.
            follower.add(pod, &target.container);
        }
        follower.spawn(discovery::poll_service(Rc::clone(&follower)));
        follower.spawn(discovery::ticks(Rc::clone(&follower)));
        follower
    }

    /// Ends every reader and releases every stream.
    pub fn stop(&self) {
        self.tasks.take().into_iter().for_each(|task| task.abort());
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        let (task, handle) = abortable(task);
        self.tasks.borrow_mut().push(handle);
        leptos::task::spawn_local(async move {
            let _ = task.await;
        });
    }

    /// Tracks one more container and starts its reader.
    pub fn add(self: &Rc<Self>, pod: &str, container: &str) -> Option<Rc<TrackedContainer>> {
        let source = self.core.add_source(pod, container)?;
        let tracked = Rc::new(TrackedContainer::new(self.pool.next_id(), source, pod, container));
        tracked.front.set(self.front.get());
        self.containers.borrow_mut().push(Rc::clone(&tracked));
        self.set_state(&tracked, StreamState::Unknown);
        self.spawn(reader::run(Rc::clone(self), Rc::clone(&tracked)));
        Some(tracked)
    }

    /// Starts over with the changed target; everything shown so far is dropped.
    pub fn reload(&self, change: impl FnOnce(&mut LogTarget)) {
        change(&mut self.target.borrow_mut());
        self.core.reset();
        for tracked in self.containers.borrow().iter() {
            if let Some(source) = self.core.add_source(&tracked.pod, &tracked.container) {
                tracked.source.set(source);
            }
            tracked.was_read.set(false);
            tracked.fresh.set(true);
            tracked.request_stop(Stop::Reload);
        }
        self.pool.notify.notify_all();
        self.poll_now();
    }

    /// Says whether this view is in front: its containers then get streams first.
    pub fn set_front(&self, front: bool) {
        self.front.set(front);
        self.containers.borrow().iter().for_each(|tracked| tracked.front.set(front));
        self.pool.make_room();
        self.pool.notify.notify_all();
    }

    /// Polls the service now, and retries what was given up.
    pub fn poll_now(&self) {
        self.poll_wanted.set(true);
        self.pool.notify.notify_all();
    }

    /// Publishes the state of a container's stream.
    pub fn set_state(&self, tracked: &TrackedContainer, state: StreamState) {
        let at = usize::from(tracked.source.get());
        let same = self.states.try_with_untracked(|states| states.get(at) == Some(&state)).unwrap_or(true);
        if !same {
            let _ = self.states.try_update(|states| {
                if states.len() <= at {
                    states.resize(at + 1, StreamState::Unknown);
                }
                if let Some(slot) = states.get_mut(at) {
                    *slot = state;
                }
            });
        }
    }

    /// The state of a container's stream.
    pub fn state(&self, tracked: &TrackedContainer) -> StreamState {
        let at = usize::from(tracked.source.get());
        self.states.try_with_untracked(|states| states.get(at).cloned()).flatten().unwrap_or_default()
    }

    /// What to ask for: the chosen past at first, later as much as joins without a gap.
    pub fn request(&self, tracked: &TrackedContainer) -> (LogQuery, Tail) {
        let target = self.target.borrow();
        let asked = target.tail.lines();
        let (tail, since) = match (tracked.fresh.get(), target.since.is_empty(), asked) {
            (false, ..) => (Tail::Lines(self.core.suggest_tail(tracked.source.get())), None),
            (true, false, _) => (Tail::Since, Some(target.since.clone())),
            (true, true, 0) => (Tail::All, None),
            (true, true, lines) => (Tail::Lines(lines as usize), None),
        };
        let query = LogQuery {
            family: target.at.family,
            project: target.at.project.clone(),
            env: target.at.key.clone(),
            pod: tracked.pod.clone(),
            container: tracked.container.clone(),
            tail: match tail {
                Tail::Lines(lines) => u32::try_from(lines).unwrap_or(u32::MAX),
                Tail::All | Tail::Since => 0,
            },
            since,
        };
        (query, tail)
    }

    /// Hands input of a container to the view.
    pub fn push(&self, tracked: &TrackedContainer, input: Input) {
        self.core.push(tracked.source.get(), input);
    }
}
