//! What the sessions of one view share: the connection, the seats, and where their lines go.

use super::link::Link;
use super::seat::{Seat, Stop};
use super::session;
use super::slots::Slots;
use super::watch;
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

/// What the last look at the service gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looked {
    /// Whether any look was answered.
    pub once: bool,
    /// Why the last one failed.
    pub error: Option<Arc<ApiError>>,
}

/// One view's sessions.
pub struct Host {
    /// The connection.
    pub session: Session,
    /// The page's streams.
    pub slots: Rc<Slots>,
    /// Where lines go.
    pub core: Rc<Core>,
    /// What is followed.
    pub target: RefCell<LogTarget>,
    /// What carries the logs.
    pub transport: LogTransport,
    /// A seat per container, in the order they were found.
    pub seats: RefCell<Vec<Rc<Seat>>>,
    /// Where each source stands, by its number.
    pub links: RwSignal<Vec<Link>>,
    /// The last look.
    pub looked: RwSignal<Looked>,
    /// Whether all streams are let go because nobody looks.
    pub released: Cell<bool>,
    /// Whether this view is the one that is looked at.
    front: Cell<bool>,
    /// How many looks were answered.
    pub looks: Cell<u64>,
    /// Whether a look is wanted now.
    pub look_wanted: Cell<bool>,
    tasks: RefCell<Vec<AbortHandle>>,
}

impl Host {
    /// Starts following; ends with [`Host::stop`].
    pub fn start(session: Session, slots: Rc<Slots>, core: Rc<Core>, target: LogTarget) -> Rc<Self> {
        let host = Rc::new(Self {
            session,
            slots,
            core,
            transport: session.config().log_transport(),
            target: RefCell::new(target.clone()),
            seats: RefCell::default(),
            links: RwSignal::new(Vec::new()),
            looked: RwSignal::new(Looked::default()),
            released: Cell::new(false),
            front: Cell::new(true),
            looks: Cell::new(0),
            look_wanted: Cell::new(false),
            tasks: RefCell::default(),
        });
        if let ([pod], false) = (target.pods.as_slice(), target.container.is_empty()) {
            // Nothing has to be asked first.
            host.add(pod, &target.container);
        }
        host.spawn(watch::looks(Rc::clone(&host)));
        host.spawn(watch::ticks(Rc::clone(&host)));
        host
    }

    /// Ends every session and lets go of every stream.
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

    /// Follows one more container.
    pub fn add(self: &Rc<Self>, pod: &str, container: &str) -> Option<Rc<Seat>> {
        let source = self.core.add_source(pod, container)?;
        let seat = Rc::new(Seat::new(self.slots.next_id(), source, pod, container));
        seat.front.set(self.front.get());
        self.seats.borrow_mut().push(Rc::clone(&seat));
        self.set_link(&seat, Link::Unknown);
        self.spawn(session::run(Rc::clone(self), Rc::clone(&seat)));
        Some(seat)
    }

    /// Begins again with the target as it is now: all that was shown is forgotten.
    pub fn reload(&self, change: impl FnOnce(&mut LogTarget)) {
        change(&mut self.target.borrow_mut());
        self.core.reset();
        for seat in self.seats.borrow().iter() {
            if let Some(source) = self.core.add_source(&seat.pod, &seat.container) {
                seat.source.set(source);
            }
            seat.was_read.set(false);
            seat.fresh.set(true);
            seat.tell(Stop::Reload);
        }
        self.slots.bell.ring();
        self.look_now();
    }

    /// Takes in whether this view is the one that is looked at: its containers have streams first then.
    pub fn set_front(&self, front: bool) {
        self.front.set(front);
        self.seats.borrow().iter().for_each(|seat| seat.front.set(front));
        self.slots.make_room();
        self.slots.bell.ring();
    }

    /// Looks at the service now, and tries again what was given up.
    pub fn look_now(&self) {
        self.look_wanted.set(true);
        self.slots.bell.ring();
    }

    /// Shows where a seat stands.
    pub fn set_link(&self, seat: &Seat, link: Link) {
        let at = usize::from(seat.source.get());
        let same = self.links.try_with_untracked(|links| links.get(at) == Some(&link)).unwrap_or(true);
        if !same {
            let _ = self.links.try_update(|links| {
                if links.len() <= at {
                    links.resize(at + 1, Link::Unknown);
                }
                if let Some(slot) = links.get_mut(at) {
                    *slot = link;
                }
            });
        }
    }

    /// Where a seat stands.
    pub fn link(&self, seat: &Seat) -> Link {
        let at = usize::from(seat.source.get());
        self.links.try_with_untracked(|links| links.get(at).cloned()).flatten().unwrap_or_default()
    }

    /// What to ask for: the chosen past at first, later as much as joins without a gap.
    pub fn request(&self, seat: &Seat) -> (LogQuery, Tail) {
        let target = self.target.borrow();
        let asked = target.tail.lines();
        let (tail, since) = match (seat.fresh.get(), target.since.is_empty(), asked) {
            (false, ..) => (Tail::Lines(self.core.suggest_tail(seat.source.get())), None),
            (true, false, _) => (Tail::Since, Some(target.since.clone())),
            (true, true, 0) => (Tail::All, None),
            (true, true, lines) => (Tail::Lines(lines as usize), None),
        };
        let query = LogQuery {
            family: target.at.family,
            project: target.at.project.clone(),
            env: target.at.key.clone(),
            pod: seat.pod.clone(),
            container: seat.container.clone(),
            tail: match tail {
                Tail::Lines(lines) => u32::try_from(lines).unwrap_or(u32::MAX),
                Tail::All | Tail::Since => 0,
            },
            since,
        };
        (query, tail)
    }

    /// Hands something of a seat over to the view.
    pub fn push(&self, seat: &Seat, input: Input) {
        self.core.push(seat.source.get(), input);
    }
}
