//! Where the pieces of a log go: what whoever reads a stream needs of a view.

use super::replay::Tail;
use std::future::Future;
use std::pin::Pin;

/// Something that happened to a source, in the order it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogInput {
    /// A stream is opened.
    Begin(Tail),
    /// Bytes of it.
    Bytes(Vec<u8>),
    /// An event of it.
    Event(String),
    /// The stream broke or was closed.
    Cut,
    /// The container has ended.
    End,
    /// The container was restarted: what follows is another log.
    Restarted,
}

impl LogInput {
    /// How many bytes of text it carries.
    pub fn size(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Event(text) => text.len(),
            _ => 0,
        }
    }
}

/// A view that takes the logs of several sources, each by its number.
pub trait LogSink {
    /// Adds a container and gives its number, or the number it has; `None` when there are too many.
    fn add_source(&self, pod: &str, container: &str) -> Option<u16>;

    /// Takes one input of a source.
    fn push(&self, source: u16, input: LogInput);

    /// How many lines of a source are known.
    fn total(&self, source: u16) -> u64;

    /// How many past lines to ask for, so that the next stream joins the last one without a gap.
    fn suggest_tail(&self, source: u16) -> usize;

    /// Drops every source and line.
    fn reset(&self);

    /// `None` while there is room for more; otherwise resolves once there is.
    fn room(&self) -> Option<Pin<Box<dyn Future<Output = ()>>>>;
}
