//! Container logs (`E45`): the request, and two transports behind one stream. What the bytes mean is the log engine's
//! business.
//!
//! | transport | token | where |
//! |---|---|---|
//! | [`LogTransport::Fetch`] | header `Authorization` | everywhere, unless the site says otherwise |
//! | [`LogTransport::EventSource`] | none, or `?token=` | behind a proxy that adds the token; the query only where the site allows it by name, for it ends up in access logs |

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::{Stream, StreamExt};

use super::client::Client;
use super::endpoint::Endpoint::E45;
use super::error::ApiError;
use super::event_stream::EventStream;
use super::family::Family;
use super::request::Request;
use super::stream::ByteStream;

/// Which log, and how much of its past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogQuery {
    /// The environment's family.
    pub family: Family,
    /// The project.
    pub project: String,
    /// The environment's key.
    pub env: String,
    /// The pod.
    pub pod: String,
    /// The container.
    pub container: String,
    /// How many past lines to begin with; 0 for all.
    pub tail: u32,
    /// Only lines younger than this Go duration (`5m`); servers from v4.2.0, others ignore it.
    pub since: Option<String>,
}

/// `E45`: follows a container's log as server-sent events. Newer servers tell a production environment by
/// `production=true`, older ones ignore it (contract 9.2).
pub fn follow(query: &LogQuery) -> Request {
    let request = Request::get(E45, "/openapi/logs/sse/pods").seg(&query.pod).lit("/containers");
    let request = request.seg(&query.container).query("projectKey", query.project.as_str());
    let request = request.query("envName", query.env.as_str()).query("tails", query.tail.to_string());
    let request = request.query_opt("since", query.since.as_deref());
    request.query_opt("production", query.family.pick(None, Some("true"))).stream()
}

/// How a log is transported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogTransport {
    /// `fetch` with a streamed body.
    #[default]
    Fetch,
    /// The browser's `EventSource`; `query_token` puts the token into the address.
    EventSource {
        /// Whether the token may stand in the address.
        query_token: bool,
    },
}

/// A piece of a log, as its transport delivers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogPiece {
    /// Bytes of an event stream, cut anywhere.
    Bytes(Vec<u8>),
    /// The data of one event.
    Event(String),
}

/// An open log. Dropping it closes the connection.
pub enum LogStream {
    /// Over `fetch`.
    Bytes(ByteStream),
    /// Over `EventSource`.
    Events(EventStream),
}

impl Stream for LogStream {
    type Item = Result<LogPiece, ApiError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.get_mut() {
            Self::Bytes(stream) => {
                stream.poll_next_unpin(context).map(|item| item.map(|bytes| bytes.map(LogPiece::Bytes)))
            }
            Self::Events(stream) => {
                stream.poll_next_unpin(context).map(|item| item.map(|event| event.map(LogPiece::Event)))
            }
        }
    }
}

impl Client {
    /// `E45`; see [`follow`].
    ///
    /// Resolves with the first line's arrival, which for a silent container is never. `None` says that the answer
    /// is no log: Zadig answers a wrong pod or container with 200, no content type and nothing (contract 4).
    ///
    /// # Errors
    /// As every call; `InvalidInput` for a `since` that cannot be read. Over `EventSource` a refusal cannot be told
    /// from a wrong pod and gives `None`.
    pub async fn open_log(
        &self,
        query: &LogQuery,
        transport: LogTransport,
    ) -> Result<Option<LogStream>, ApiError> {
        match transport {
            LogTransport::Fetch => {
                let stream = self.open_stream(&follow(query)).await?;
                Ok(stream.is_event_stream().then_some(LogStream::Bytes(stream)))
            }
            LogTransport::EventSource { query_token } => {
                let stream = self.open_events(&follow(query), query_token).await?;
                Ok(stream.map(LogStream::Events))
            }
        }
    }
}
