//! One tracked container: what is known about it, and how its reader is asked to stop.

use super::pods::ContainerPhase;
use std::cell::{Cell, RefCell};

/// Why a reader is asked to release its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Another container waits for a stream.
    Turn,
    /// The tab is hidden.
    Hidden,
    /// The container was restarted.
    Restarted,
    /// It has ended, and its log has been read.
    Ended,
    /// Begin again from the start, with another tail.
    Reload,
}

/// A tracked container.
#[derive(Debug)]
pub struct TrackedContainer {
    /// Unique in the page.
    pub id: u64,
    /// Its number in the engine.
    pub source: Cell<u16>,
    /// The pod.
    pub pod: String,
    /// The container.
    pub container: String,
    /// Its phase by the last poll.
    pub phase: RefCell<ContainerPhase>,
    /// The restarts counted by the last poll.
    pub restarts: Cell<Option<i64>>,
    /// How many polls in a row did not find it.
    pub unseen: Cell<u32>,
    /// Whether a poll has ever found it.
    pub known: Cell<bool>,
    /// When it was seen to end, Unix seconds.
    pub ended_at: Cell<Option<i64>>,
    /// Whether its view is in front.
    pub front: Cell<bool>,
    /// Whether a stream of it was ever opened.
    pub was_read: Cell<bool>,
    /// Whether the next stream is the first of its log: asked for the chosen past instead of a joint.
    pub fresh: Cell<bool>,
    /// When the stream in use was opened, or last brought something.
    pub active_ms: Cell<u64>,
    stop: Cell<Option<Stop>>,
}

impl TrackedContainer {
    /// A container that was not polled yet.
    pub fn new(id: u64, source: u16, pod: &str, container: &str) -> Self {
        Self {
            id,
            source: Cell::new(source),
            pod: pod.to_owned(),
            container: container.to_owned(),
            phase: RefCell::new(ContainerPhase::Unknown),
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

    /// Requests a stop; call [`super::notify::Notify::notify_all`] afterwards. An earlier request that was not taken yet wins,
    /// except that everything else overrides `Turn` and `Hidden`.
    pub fn request_stop(&self, stop: Stop) {
        match (self.stop.get(), stop) {
            (None, _) | (Some(Stop::Turn | Stop::Hidden), _) => self.stop.set(Some(stop)),
            _ => {}
        }
    }

    /// Takes the requested stop, if there is one.
    pub fn take_stop(&self) -> Option<Stop> {
        self.stop.take()
    }

    /// Whether this is the container that a poll has found.
    pub fn is(&self, pod: &str, container: &str) -> bool {
        self.pod == pod && self.container == container
    }

    /// Whether nothing is written now: it has ended, or waits to be started again.
    pub fn is_silent(&self) -> bool {
        self.has_ended() || matches!(*self.phase.borrow(), ContainerPhase::Waiting(_))
    }

    /// Whether nothing more will be written.
    pub fn has_ended(&self) -> bool {
        matches!(*self.phase.borrow(), ContainerPhase::Finished | ContainerPhase::Gone)
    }
}
