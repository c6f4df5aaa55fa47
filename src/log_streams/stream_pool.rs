//! The streams of the page, shared out. Pure: requests and a clock go in, decisions come out.
//!
//! Over HTTP/1.1 a browser opens six connections to an origin, for everything. Six open logs would leave none for the rest
//! of the application, so four are the most; further containers take turns, and what they write meanwhile is joined by the
//! engine. Over HTTP/2 there is no such limit.
//!
//! The view in front comes first: its containers are served before those of other views, and take the stream of one of them
//! at once. Within a view, and among the other views, streams rotate.

use super::container::ContainerId;
use std::collections::VecDeque;

/// Streams at a time over HTTP/1.1.
pub(crate) const FEW: usize = 4;
/// Streams at a time where connections are multiplexed.
pub(crate) const MANY: usize = 48;
/// How long a stream is kept, at least, while others wait; milliseconds.
pub(crate) const TURN_MS: u64 = 5_000;
/// How long a container waits, at least, before the stream of another one is revoked for it; milliseconds.
pub(crate) const WAIT_MS: u64 = 1_000;

/// What the pool decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// The container has a stream from now on.
    Granted(ContainerId),
    /// The container waits.
    Queued(ContainerId),
    /// The container must release its stream.
    Revoked(ContainerId),
}

/// A container with a stream.
#[derive(Debug)]
struct Held {
    id: ContainerId,
    front: bool,
    since_ms: u64,
    revoked: bool,
}

/// A container that waits for one.
#[derive(Debug)]
struct Waiting {
    id: ContainerId,
    front: bool,
    since_ms: u64,
}

/// The streams of the page.
#[derive(Debug)]
pub(crate) struct StreamPool {
    cap: usize,
    held: Vec<Held>,
    waiting: VecDeque<Waiting>,
}

impl Default for StreamPool {
    fn default() -> Self {
        Self { cap: FEW, held: Vec::new(), waiting: VecDeque::new() }
    }
}

impl StreamPool {
    /// How many streams are in use, and how many may be.
    pub(crate) fn usage(&self) -> (usize, usize) {
        (self.held.len(), self.cap)
    }

    /// Allows so many streams from now on.
    pub(crate) fn set_cap(&mut self, cap: usize, now_ms: u64) -> Vec<Decision> {
        self.cap = cap;
        self.rearrange(now_ms)
    }

    /// A container wants a stream; `front` says whether its view is in front.
    pub(crate) fn request(&mut self, id: ContainerId, front: bool, now_ms: u64) -> Vec<Decision> {
        self.waiting.push_back(Waiting { id, front, since_ms: now_ms });
        let mut decisions = self.rearrange(now_ms);
        if self.waiting.iter().any(|waiting| waiting.id == id) {
            decisions.push(Decision::Queued(id));
        }
        decisions
    }

    /// A container gives back its stream, or its place in the queue.
    pub(crate) fn release(&mut self, id: ContainerId, now_ms: u64) -> Vec<Decision> {
        self.held.retain(|held| held.id != id);
        self.waiting.retain(|waiting| waiting.id != id);
        self.rearrange(now_ms)
    }

    /// The view of these containers came to the front, or is behind another one now.
    pub(crate) fn set_front(&mut self, ids: &[ContainerId], front: bool, now_ms: u64) -> Vec<Decision> {
        for held in self.held.iter_mut().filter(|held| ids.contains(&held.id)) {
            held.front = front;
        }
        for waiting in self.waiting.iter_mut().filter(|waiting| ids.contains(&waiting.id)) {
            waiting.front = front;
        }
        self.rearrange(now_ms)
    }

    /// Time has passed: for each container that has waited long enough, the stream held longest is revoked once its turn is
    /// over. A container of the view in front does not give way to one of another view.
    pub(crate) fn tick(&mut self, now_ms: u64) -> Vec<Decision> {
        let waited = self.waiting.iter().filter(|waiting| now_ms >= waiting.since_ms + WAIT_MS).count();
        let over = self.may_leave().filter(|held| now_ms >= held.since_ms + TURN_MS);
        let mut over: Vec<_> = over.map(|held| (held.since_ms, held.id)).collect();
        over.sort_unstable();
        over.truncate(waited.saturating_sub(self.leaving()));
        for held in self.held.iter_mut().filter(|held| over.iter().any(|(_, id)| *id == held.id)) {
            held.revoked = true;
        }
        over.into_iter().map(|(_, id)| Decision::Revoked(id)).collect()
    }

    /// When [`StreamPool::tick`] has something to do; milliseconds since 1970.
    pub(crate) fn turn_ends(&self) -> Option<u64> {
        if self.held.len() < self.cap || self.waiting.len() <= self.leaving() {
            return None;
        }
        let waited = self.waiting.iter().map(|waiting| waiting.since_ms + WAIT_MS).min()?;
        let over = self.may_leave().map(|held| held.since_ms + TURN_MS).min()?;
        Some(waited.max(over))
    }

    /// How many streams are about to be given back.
    fn leaving(&self) -> usize {
        self.held.iter().filter(|held| held.revoked).count()
    }

    fn may_leave(&self) -> impl Iterator<Item = &Held> {
        let front_waits = self.waiting.iter().any(|waiting| waiting.front);
        self.held.iter().filter(move |held| !held.revoked && (front_waits || !held.front))
    }

    /// Grants what is free, and revokes streams of other views for containers of the view in front.
    fn rearrange(&mut self, now_ms: u64) -> Vec<Decision> {
        let mut decisions = Vec::new();
        while self.held.len() < self.cap {
            let front = self.waiting.iter().position(|waiting| waiting.front);
            let Some(Waiting { id, front, .. }) = self.waiting.remove(front.unwrap_or(0)) else { break };
            self.held.push(Held { id, front, since_ms: now_ms, revoked: false });
            decisions.push(Decision::Granted(id));
        }
        let wanted = self.waiting.iter().filter(|waiting| waiting.front).count();
        let leaving = self.leaving();
        let behind = self.held.iter_mut().filter(|held| !held.front && !held.revoked);
        for held in behind.take(wanted.saturating_sub(leaving)) {
            held.revoked = true;
            decisions.push(Decision::Revoked(held.id));
        }
        decisions
    }
}

#[cfg(test)]
mod tests {
    use super::Decision::{Granted, Queued, Revoked};
    use super::*;

    const ID: [ContainerId; 6] =
        [ContainerId(0), ContainerId(1), ContainerId(2), ContainerId(3), ContainerId(4), ContainerId(5)];

    #[test]
    fn four_streams_are_open_and_the_fifth_waits_its_turn() {
        let mut pool = StreamPool::default();
        for id in &ID[..4] {
            assert_eq!(pool.request(*id, true, 0), [Granted(*id)]);
        }
        assert_eq!(pool.turn_ends(), None, "nobody waits");
        assert_eq!(pool.request(ID[4], true, 100), [Queued(ID[4])]);
        assert_eq!(pool.turn_ends(), Some(TURN_MS));
        assert_eq!(pool.tick(TURN_MS - 1), []);
        assert_eq!(pool.tick(TURN_MS), [Revoked(ID[0])]);
        assert_eq!(pool.release(ID[0], TURN_MS), [Granted(ID[4])]);
        assert_eq!(pool.request(ID[0], true, TURN_MS), [Queued(ID[0])], "at the end of the queue");
        assert_eq!(pool.tick(TURN_MS), [], "it had one until now");
        assert_eq!(pool.turn_ends(), Some(TURN_MS + WAIT_MS));
        assert_eq!(pool.tick(TURN_MS + WAIT_MS), [Revoked(ID[1])]);
    }

    #[test]
    fn the_view_in_front_takes_the_stream_of_another_view_and_keeps_its_own() {
        let mut pool = StreamPool::default();
        pool.set_cap(2, 0);
        let [behind, other, late, front] = [ID[0], ID[1], ID[2], ID[3]];
        pool.request(behind, false, 0);
        pool.request(other, false, 0);
        assert_eq!(pool.request(late, false, 0), [Queued(late)]);
        assert_eq!(pool.request(front, true, 0), [Revoked(behind), Queued(front)], "one stream is enough");
        assert_eq!(
            pool.release(behind, 0),
            [Granted(front)],
            "another was first in the queue, but is behind"
        );
        assert_eq!(pool.tick(TURN_MS), [Revoked(other)]);
        assert_eq!(pool.release(other, TURN_MS), [Granted(late)]);
    }

    #[test]
    fn a_view_that_comes_to_the_front_gets_streams_at_once() {
        let mut pool = StreamPool::default();
        pool.set_cap(1, 0);
        pool.request(ID[0], true, 0);
        pool.request(ID[1], false, 0);
        assert_eq!(pool.turn_ends(), None, "the view in front does not give way");
        assert_eq!(pool.set_front(&[ID[0]], false, 10), []);
        assert_eq!(pool.set_front(&[ID[1]], true, 10), [Revoked(ID[0])]);
        assert_eq!(pool.set_front(&[ID[1]], true, 10), [], "asked once");
        assert_eq!(pool.release(ID[0], 10), [Granted(ID[1])]);
    }

    #[test]
    fn a_container_that_gives_up_waiting_blocks_no_other() {
        let mut pool = StreamPool::default();
        pool.set_cap(1, 0);
        pool.request(ID[0], true, 0);
        pool.request(ID[1], true, 0);
        assert_eq!(pool.release(ID[1], 0), []);
        assert_eq!(pool.release(ID[0], 0), []);
        assert_eq!(pool.request(ID[2], true, 0), [Granted(ID[2])]);
        assert_eq!(pool.release(ID[2], 0), []);
    }

    #[test]
    fn more_streams_serve_those_that_wait() {
        let mut pool = StreamPool::default();
        ID.iter().for_each(|id| {
            pool.request(*id, true, 0);
        });
        assert_eq!(pool.set_cap(MANY, 0), [Granted(ID[4]), Granted(ID[5])]);
    }
}
