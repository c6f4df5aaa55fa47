//! Container logs (`E45`): only the request; the bytes are the log engine's business.

use super::client::Client;
use super::error::ApiError;
use super::request::Request;
use super::stream::ByteStream;

/// Which log, and how much of its past.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// The project.
    pub project: String,
    /// The environment's key, test or production.
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

/// `E45`: follows a container's log as server-sent events.
pub fn follow(query: &LogQuery) -> Request {
    let request = Request::get("E45", "/openapi/logs/sse/pods").seg(&query.pod).lit("/containers");
    let request = request.seg(&query.container).query("projectKey", query.project.as_str());
    let request = request.query("envName", query.env.as_str()).query("tails", query.tail.to_string());
    request.query_opt("since", query.since.as_deref()).stream()
}

impl Client {
    /// `E45`; see [`follow`].
    ///
    /// Resolves with the first line's arrival, which for a silent container is never; a wrong pod or container
    /// resolves with a stream that has no content type ([`ByteStream::is_event_stream`]).
    ///
    /// # Errors
    /// As every call; `InvalidInput` for a `since` that cannot be read.
    pub async fn follow_log(&self, query: &LogQuery) -> Result<ByteStream, ApiError> {
        self.open_stream(&follow(query)).await
    }
}
