//! The streams of the page, shared out.
//!
//! Over HTTP/1.1 a browser opens six connections to an origin, for everything. Six open logs would leave none for
//! the rest of the application, so four are the most; further containers take turns, and what they write meanwhile
//! is joined by the engine. Over HTTP/2 there is no such limit.
//!
//! The view in front comes first: its containers are served before those of other views, and take the stream of one of them at
//! once. Within a view, and among the other views, streams rotate.

use super::notify::Notify;
use super::tracked::{Stop, TrackedContainer};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

/// Streams at a time over HTTP/1.1.
pub const FEW: usize = 4;
/// Streams at a time where connections are multiplexed.
pub const MANY: usize = 48;
/// How long a stream is kept, at least, while others wait.
pub const TURN_MS: u64 = 5_000;

/// The page's streams, shared by all views.
#[derive(Debug)]
pub struct StreamPool {
    cap: Cell<usize>,
    held: RefCell<Vec<(Rc<TrackedContainer>, u64)>>,
    waiting: RefCell<VecDeque<Rc<TrackedContainer>>>,
    last_id: Cell<u64>,
    /// Notified whenever anything changes.
    pub notify: Notify,
}

impl Default for StreamPool {
    fn default() -> Self {
        Self {
            cap: Cell::new(FEW),
            held: RefCell::default(),
            waiting: RefCell::default(),
            last_id: Cell::new(0),
            notify: Notify::default(),
        }
    }
}

impl StreamPool {
    /// How many streams may be open.
    pub fn cap(&self) -> usize {
        self.cap.get()
    }

    /// Allows more or fewer streams from now on.
    pub fn set_cap(&self, cap: usize) {
        if self.cap.replace(cap) != cap {
            self.notify.notify_all();
        }
    }

    /// An id for a new tracked container.
    pub fn next_id(&self) -> u64 {
        self.last_id.set(self.last_id.get() + 1);
        self.last_id.get()
    }

    /// How many streams are in use.
    pub fn used(&self) -> usize {
        self.held.borrow().len()
    }

    /// Whether a stream is free at once.
    pub fn is_free(&self) -> bool {
        self.waiting.borrow().is_empty() && self.used() < self.cap()
    }

    /// Waits for a stream, first come first served. Giving up is dropping the future.
    pub async fn take(
        self: &Rc<Self>,
        tracked: &Rc<TrackedContainer>,
        now: impl Fn() -> u64,
    ) -> StreamPermit {
        let ticket = QueueEntry { pool: Rc::clone(self), id: tracked.id };
        self.waiting.borrow_mut().push_back(Rc::clone(tracked));
        self.make_room();
        self.notify
            .wait_until(|| (self.next() == Some(tracked.id) && self.used() < self.cap()).then_some(()))
            .await;
        self.held.borrow_mut().push((Rc::clone(tracked), now()));
        drop(ticket);
        StreamPermit { pool: Rc::clone(self), id: tracked.id }
    }

    /// Who gets the next stream: the first in the queue of the view in front, else the first of all.
    fn next(&self) -> Option<u64> {
        let waiting = self.waiting.borrow();
        let front = waiting.iter().find(|tracked| tracked.front.get());
        front.or_else(|| waiting.front()).map(|tracked| tracked.id)
    }

    /// Another view came to the front, or one of its containers began to wait: other views give up as many streams as it
    /// needs.
    pub fn make_room(&self) {
        let wanted = self.waiting.borrow().iter().filter(|tracked| tracked.front.get()).count();
        let free = self.cap().saturating_sub(self.used());
        let held = self.held.borrow();
        let hidden = held.iter().filter(|(tracked, _)| !tracked.front.get());
        let leaving: Vec<_> = hidden.take(wanted.saturating_sub(free)).collect();
        leaving.iter().for_each(|(tracked, _)| tracked.request_stop(Stop::Turn));
        let some = !leaving.is_empty();
        drop(held);
        if some {
            self.notify.notify_all();
        }
    }

    /// While containers wait: the stream held longest is released once its turn is over. A container of the view in front does
    /// not give way to one of another view.
    pub fn rotate(&self, now_ms: u64) {
        self.make_room();
        if self.waiting.borrow().is_empty() || self.used() < self.cap() {
            return;
        }
        let front_waits = self.waiting.borrow().iter().any(|tracked| tracked.front.get());
        let held = self.held.borrow();
        let may_leave = held.iter().filter(|(tracked, _)| front_waits || !tracked.front.get());
        let longest = may_leave.min_by_key(|(_, since)| *since);
        if let Some((tracked, since)) = longest
            && now_ms.saturating_sub(*since) >= TURN_MS
        {
            tracked.request_stop(Stop::Turn);
            drop(held);
            self.notify.notify_all();
        }
    }
}

/// A place in the queue.
struct QueueEntry {
    pool: Rc<StreamPool>,
    id: u64,
}

impl Drop for QueueEntry {
    fn drop(&mut self) {
        self.pool.waiting.borrow_mut().retain(|tracked| tracked.id != self.id);
        self.pool.notify.notify_all();
    }
}

/// The right to one stream; dropping it gives it back.
#[derive(Debug)]
pub struct StreamPermit {
    pool: Rc<StreamPool>,
    id: u64,
}

impl Drop for StreamPermit {
    fn drop(&mut self) {
        self.pool.held.borrow_mut().retain(|(tracked, _)| tracked.id != self.id);
        self.pool.notify.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    fn tracked(pool: &StreamPool) -> Rc<TrackedContainer> {
        Rc::new(TrackedContainer::new(pool.next_id(), 0, "pod", "container"))
    }

    #[test]
    fn four_streams_are_open_and_the_fifth_waits_its_turn() {
        let pool = Rc::new(StreamPool::default());
        let containers: Vec<_> = (0..5).map(|_| tracked(&pool)).collect();
        let mut permits: Vec<_> =
            containers.iter().take(4).filter_map(|tracked| pool.take(tracked, || 0).now_or_never()).collect();
        assert_eq!((permits.len(), pool.used()), (4, 4));
        let mut fifth = Box::pin(pool.take(&containers[4], || 9_000));
        assert!((&mut fifth).now_or_never().is_none());
        pool.rotate(TURN_MS - 1);
        assert_eq!(containers[0].take_stop(), None);
        pool.rotate(TURN_MS);
        assert_eq!(containers[0].take_stop(), Some(Stop::Turn));
        permits.remove(0);
        assert!(fifth.now_or_never().is_some());
    }

    #[test]
    fn what_is_looked_at_takes_the_stream_of_what_is_not_and_keeps_its_own() {
        let pool = Rc::new(StreamPool::default());
        pool.set_cap(2);
        let (hidden, other, front, late) = (tracked(&pool), tracked(&pool), tracked(&pool), tracked(&pool));
        [&hidden, &other, &late].iter().for_each(|tracked| tracked.front.set(false));
        let kept = pool.take(&hidden, || 0).now_or_never().unwrap();
        let second = pool.take(&other, || 0).now_or_never().unwrap();
        let mut behind = Box::pin(pool.take(&late, || 0));
        assert!((&mut behind).now_or_never().is_none());
        let mut looked_at = Box::pin(pool.take(&front, || 0));
        assert!((&mut looked_at).now_or_never().is_none());
        assert_eq!(
            (hidden.take_stop(), other.take_stop()),
            (Some(Stop::Turn), None),
            "one stream is enough, at once"
        );
        drop(kept);
        assert!((&mut behind).now_or_never().is_none(), "it was first in the queue, but nobody looks at it");
        let permit = (&mut looked_at).now_or_never().unwrap();
        pool.rotate(TURN_MS);
        assert_eq!((front.take_stop(), other.take_stop()), (None, Some(Stop::Turn)));
        drop((second, permit));
    }

    #[test]
    fn who_gives_up_waiting_blocks_nobody() {
        let pool = Rc::new(StreamPool::default());
        pool.set_cap(1);
        let (a, b, c) = (tracked(&pool), tracked(&pool), tracked(&pool));
        let first = pool.take(&a, || 0).now_or_never();
        let mut waiting = Box::pin(pool.take(&b, || 0));
        assert!((&mut waiting).now_or_never().is_none());
        drop(waiting);
        drop(first);
        assert!(pool.take(&c, || 0).now_or_never().is_some());
    }
}
