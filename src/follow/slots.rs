//! The streams of the page, shared out.
//!
//! Over HTTP/1.1 a browser opens six connections to an origin, for everything. Six open logs would leave none for
//! the rest of the application, so four are the most; further containers take turns, and what they write meanwhile
//! is joined by the engine. Over HTTP/2 there is no such limit.
//!
//! What is looked at comes first: a container of the view in front is served before those of other views, and takes the
//! stream of one of them at once. Within a view, and among the other views, streams are passed on turn by turn.

use super::bell::Bell;
use super::seat::{Seat, Stop};
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
pub struct Slots {
    cap: Cell<usize>,
    held: RefCell<Vec<(Rc<Seat>, u64)>>,
    waiting: RefCell<VecDeque<Rc<Seat>>>,
    last_id: Cell<u64>,
    /// Rung whenever anything changes.
    pub bell: Bell,
}

impl Default for Slots {
    fn default() -> Self {
        Self {
            cap: Cell::new(FEW),
            held: RefCell::default(),
            waiting: RefCell::default(),
            last_id: Cell::new(0),
            bell: Bell::default(),
        }
    }
}

impl Slots {
    /// How many streams may be open.
    pub fn cap(&self) -> usize {
        self.cap.get()
    }

    /// Allows more or fewer streams from now on.
    pub fn set_cap(&self, cap: usize) {
        if self.cap.replace(cap) != cap {
            self.bell.ring();
        }
    }

    /// A number for a new seat.
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
    pub async fn take(self: &Rc<Self>, seat: &Rc<Seat>, now: impl Fn() -> u64) -> Permit {
        let ticket = Ticket { slots: Rc::clone(self), id: seat.id };
        self.waiting.borrow_mut().push_back(Rc::clone(seat));
        self.make_room();
        self.bell.until(|| (self.next() == Some(seat.id) && self.used() < self.cap()).then_some(())).await;
        self.held.borrow_mut().push((Rc::clone(seat), now()));
        drop(ticket);
        Permit { slots: Rc::clone(self), id: seat.id }
    }

    /// Who gets the next stream: the first in the queue of the view in front, else the first of all.
    fn next(&self) -> Option<u64> {
        let waiting = self.waiting.borrow();
        let front = waiting.iter().find(|seat| seat.front.get());
        front.or_else(|| waiting.front()).map(|seat| seat.id)
    }

    /// Another view is in front, or a container of it begins to wait: what is not looked at gives up as many streams as are
    /// wanted by what is.
    pub fn make_room(&self) {
        let wanted = self.waiting.borrow().iter().filter(|seat| seat.front.get()).count();
        let free = self.cap().saturating_sub(self.used());
        let held = self.held.borrow();
        let hidden = held.iter().filter(|(seat, _)| !seat.front.get());
        let leaving: Vec<_> = hidden.take(wanted.saturating_sub(free)).collect();
        leaving.iter().for_each(|(seat, _)| seat.tell(Stop::Turn));
        let some = !leaving.is_empty();
        drop(held);
        if some {
            self.bell.ring();
        }
    }

    /// While somebody waits: the stream held longest lets go once its turn is over. One that is looked at does not let go for
    /// one that is not.
    pub fn pass_on(&self, now_ms: u64) {
        self.make_room();
        if self.waiting.borrow().is_empty() || self.used() < self.cap() {
            return;
        }
        let front_waits = self.waiting.borrow().iter().any(|seat| seat.front.get());
        let held = self.held.borrow();
        let may_leave = held.iter().filter(|(seat, _)| front_waits || !seat.front.get());
        let longest = may_leave.min_by_key(|(_, since)| *since);
        if let Some((seat, since)) = longest
            && now_ms.saturating_sub(*since) >= TURN_MS
        {
            seat.tell(Stop::Turn);
            drop(held);
            self.bell.ring();
        }
    }
}

/// A place in the queue.
struct Ticket {
    slots: Rc<Slots>,
    id: u64,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.slots.waiting.borrow_mut().retain(|seat| seat.id != self.id);
        self.slots.bell.ring();
    }
}

/// The right to one stream; dropping it gives it back.
#[derive(Debug)]
pub struct Permit {
    slots: Rc<Slots>,
    id: u64,
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.slots.held.borrow_mut().retain(|(seat, _)| seat.id != self.id);
        self.slots.bell.ring();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    fn seat(slots: &Slots) -> Rc<Seat> {
        Rc::new(Seat::new(slots.next_id(), 0, "pod", "container"))
    }

    #[test]
    fn four_streams_are_open_and_the_fifth_waits_its_turn() {
        let slots = Rc::new(Slots::default());
        let seats: Vec<_> = (0..5).map(|_| seat(&slots)).collect();
        let mut permits: Vec<_> =
            seats.iter().take(4).filter_map(|seat| slots.take(seat, || 0).now_or_never()).collect();
        assert_eq!((permits.len(), slots.used()), (4, 4));
        let mut fifth = Box::pin(slots.take(&seats[4], || 9_000));
        assert!((&mut fifth).now_or_never().is_none());
        slots.pass_on(TURN_MS - 1);
        assert_eq!(seats[0].told(), None);
        slots.pass_on(TURN_MS);
        assert_eq!(seats[0].told(), Some(Stop::Turn));
        permits.remove(0);
        assert!(fifth.now_or_never().is_some());
    }

    #[test]
    fn what_is_looked_at_takes_the_stream_of_what_is_not_and_keeps_its_own() {
        let slots = Rc::new(Slots::default());
        slots.set_cap(2);
        let (hidden, other, front, late) = (seat(&slots), seat(&slots), seat(&slots), seat(&slots));
        [&hidden, &other, &late].iter().for_each(|seat| seat.front.set(false));
        let kept = slots.take(&hidden, || 0).now_or_never().unwrap();
        let second = slots.take(&other, || 0).now_or_never().unwrap();
        let mut behind = Box::pin(slots.take(&late, || 0));
        assert!((&mut behind).now_or_never().is_none());
        let mut looked_at = Box::pin(slots.take(&front, || 0));
        assert!((&mut looked_at).now_or_never().is_none());
        assert_eq!((hidden.told(), other.told()), (Some(Stop::Turn), None), "one stream is enough, at once");
        drop(kept);
        assert!((&mut behind).now_or_never().is_none(), "it was first in the queue, but nobody looks at it");
        let permit = (&mut looked_at).now_or_never().unwrap();
        slots.pass_on(TURN_MS);
        assert_eq!((front.told(), other.told()), (None, Some(Stop::Turn)));
        drop((second, permit));
    }

    #[test]
    fn who_gives_up_waiting_blocks_nobody() {
        let slots = Rc::new(Slots::default());
        slots.set_cap(1);
        let (a, b, c) = (seat(&slots), seat(&slots), seat(&slots));
        let first = slots.take(&a, || 0).now_or_never();
        let mut waiting = Box::pin(slots.take(&b, || 0));
        assert!((&mut waiting).now_or_never().is_none());
        drop(waiting);
        drop(first);
        assert!(slots.take(&c, || 0).now_or_never().is_some());
    }
}
