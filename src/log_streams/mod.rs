//! Following containers: from a target ("all pods of this service") to streams that flow into a log view.
//!
//! ```text
//! discovery ── polls the service (E05, E06) ──▶ pods: what exists, what ended ──▶ a TrackedContainer each
//! reader    ── waits until it can be read ▶ takes a stream ▶ reads ▶ cut, ended, missing? ▶ again or done
//! StreamPool ── at most four streams for all views of the page, taken in turn
//! ```
//!
//! The server tells very little (contract 4): a silent container sends not even headers, a wrong one gets an empty
//! answer without a type, and the end of a container is silence. So the service is asked what the stream cannot
//! say, and only then a log is called missing or ended. Whatever ends a stream before its time, its lines are joined
//! by the engine when it is opened again.

pub mod backoff;
pub mod discovery;
pub mod follower;
pub mod notify;
pub mod pods;
pub mod protocol;
pub mod reader;
pub mod stream_pool;
pub mod stream_state;
pub mod tracked;

pub use follower::LogFollower;
pub use stream_pool::StreamPool;
pub use stream_state::StreamState;
