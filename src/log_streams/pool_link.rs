//! The page's pool and the views that share it: decisions are delivered to the view whose container they are about.

use super::container::ContainerId;
use super::follower::LogFollower;
use super::machine::Event;
use super::stream_pool::{Decision, StreamPool};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::{Rc, Weak};

/// The page's streams, shared by all views.
#[derive(Default)]
pub(crate) struct SharedPool {
    pool: RefCell<StreamPool>,
    owners: RefCell<HashMap<ContainerId, Weak<LogFollower>>>,
    last_id: Cell<u64>,
}

impl SharedPool {
    /// A number that is unique in the page.
    pub(crate) fn next_id(&self) -> u64 {
        self.last_id.set(self.last_id.get() + 1);
        self.last_id.get()
    }

    /// How many streams are in use, and how many may be.
    pub(crate) fn usage(&self) -> (usize, usize) {
        self.pool.borrow().usage()
    }

    /// A number for a new container of this view.
    pub(crate) fn register(&self, owner: &Rc<LogFollower>) -> ContainerId {
        let id = ContainerId(self.next_id());
        self.owners.borrow_mut().insert(id, Rc::downgrade(owner));
        id
    }

    /// Forgets a container, and gives back what it has.
    pub(crate) fn forget(&self, id: ContainerId, now_ms: u64) {
        self.owners.borrow_mut().remove(&id);
        self.act(|pool| pool.release(id, now_ms));
    }

    /// When a turn ends, milliseconds since 1970.
    pub(crate) fn turn_ends(&self) -> Option<u64> {
        self.pool.borrow().turn_ends()
    }

    /// Acts on the pool, and delivers what it decides.
    pub(crate) fn act(&self, act: impl FnOnce(&mut StreamPool) -> Vec<Decision>) {
        let decisions = act(&mut self.pool.borrow_mut());
        for decision in decisions {
            let (id, event): (_, fn(ContainerId) -> Event) = match decision {
                Decision::Granted(id) => (id, Event::Granted),
                Decision::Queued(id) => (id, Event::Queued),
                Decision::Revoked(id) => (id, Event::Revoked),
            };
            let owner = self.owners.borrow().get(&id).and_then(Weak::upgrade);
            if let Some(owner) = owner {
                owner.handle(event(id));
            }
        }
    }
}
