//! One followed container: what is known about it, and how its session is told to stop.

use super::pods::Being;
use std::cell::{Cell, RefCell};

/// Why a session is told to let go of its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Another container waits for a stream.
    Turn,
    /// Nobody looks.
    Hidden,
    /// The container was started anew.
    Restarted,
    /// It has ended, and what it said has been read.
    Ended,
    /// Begin again from the start, with another tail.
    Reload,
}

/// A followed container.
#[derive(Debug)]
pub struct Seat {
    /// Unique in the page.
    pub id: u64,
    /// Its number in the engine.
    pub source: Cell<u16>,
    /// The pod.
    pub pod: String,
    /// The container.
    pub container: String,
    /// What the last look said.
    pub being: RefCell<Being>,
    /// The restarts the last look counted.
    pub restarts: Cell<Option<i64>>,
    /// How many looks in a row did not find it.
    pub unseen: Cell<u32>,
    /// Whether a look has ever found it.
    pub known: Cell<bool>,
    /// When it was seen to end, Unix seconds.
    pub ended_at: Cell<Option<i64>>,
    /// Whether its view is the one that is looked at.
    pub front: Cell<bool>,
    /// Whether a stream of it was ever opened.
    pub was_read: Cell<bool>,
    /// Whether the next stream is the first of its log: asked for the chosen past instead of a joint.
    pub fresh: Cell<bool>,
    /// When the stream in use was opened, or last brought something.
    pub active_ms: Cell<u64>,
    stop: Cell<Option<Stop>>,
}

impl Seat {
    /// A container nobody has looked at yet.
    pub fn new(id: u64, source: u16, pod: &str, container: &str) -> Self {
        Self {
            id,
            source: Cell::new(source),
            pod: pod.to_owned(),
            container: container.to_owned(),
            being: RefCell::new(Being::Unknown),
            restarts: Cell::new(None),
            unseen: Cell::new(0),
            known: Cell::new(false),
            ended_at: Cell::new(None),
            front: Cell::new(true),
            was_read: Cell::new(false),
            fresh: Cell::new(true),
            active_ms: Cell::new(0),
            stop: Cell::new(None),
        }
    }

    /// Tells the session to let go; ring the bell afterwards. What was said before counts, for it was not heard yet,
    /// except that a new beginning is more than a turn.
    pub fn tell(&self, stop: Stop) {
        match (self.stop.get(), stop) {
            (None, _) | (Some(Stop::Turn | Stop::Hidden), _) => self.stop.set(Some(stop)),
            _ => {}
        }
    }

    /// What the session was told, once.
    pub fn told(&self) -> Option<Stop> {
        self.stop.take()
    }

    /// Whether this is what a look has found.
    pub fn is(&self, pod: &str, container: &str) -> bool {
        self.pod == pod && self.container == container
    }

    /// Whether nothing is written now: it has ended, or waits to be started again.
    pub fn is_silent(&self) -> bool {
        self.has_ended() || matches!(*self.being.borrow(), Being::Waiting(_))
    }

    /// Whether nothing more will be written.
    pub fn has_ended(&self) -> bool {
        matches!(*self.being.borrow(), Being::Finished | Being::Gone)
    }
}
