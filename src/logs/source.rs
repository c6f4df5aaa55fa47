//! The sources of a view: containers of pods, numbered in the order they joined.

use super::feed::Feed;

/// Where a source stands. The transport tells; the engine only keeps it for the viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// Asked for, no line yet. The server sends even its headers only with the first line (contract section 4).
    #[default]
    Waiting,
    /// Lines come, or may come.
    Live,
    /// The stream was cut and will be connected again.
    Cut,
    /// The container has ended; nothing will come.
    Ended,
}

/// One source.
#[derive(Debug)]
pub struct Source {
    /// The pod's name.
    pub pod: String,
    /// The container's name.
    pub container: String,
    /// Where it stands.
    pub state: State,
    /// Its way into the buffer.
    pub(super) feed: Feed,
}

impl Source {
    pub(super) fn new(number: u16, pod: &str, container: &str) -> Self {
        Self {
            pod: pod.to_owned(),
            container: container.to_owned(),
            state: State::default(),
            feed: Feed::new(number),
        }
    }

    /// The line that is being rewritten at the moment (a progress bar), not in the buffer yet.
    pub fn pending(&self) -> Option<&str> {
        self.feed.pending()
    }

    /// How many lines it has sent, repeats not counted.
    pub fn total(&self) -> u64 {
        self.feed.total()
    }

    /// When its last line arrived, milliseconds since 1970.
    pub fn last_ms(&self) -> Option<u64> {
        self.feed.last_ms()
    }

    /// How many lines wait for the decision where a replayed tail joins.
    pub fn held_back(&self) -> usize {
        self.feed.held_back()
    }
}
