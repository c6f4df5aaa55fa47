//! Following containers: from a target ("all pods of this service") to streams that flow into a log view.
//!
//! ```text
//! LogFollower ── polls the service (E05, E06), opens streams (E45), sets one timer; pushes lines into a LogSink
//!     │ events ▲ effects
//!     ▼        │
//! Machine ── the containers of a view: what exists, what ended, when to read again      (pure, virtual time)
//! StreamPool ── at most four streams for all views of the page, taken in turn           (pure, virtual time)
//! ```
//!
//! The server tells very little (contract 4): a silent container sends not even headers, a wrong one gets an empty
//! answer without a type, and the end of a container is silence. So the service is asked what the stream cannot
//! say, and only then a log is called missing or ended. Whatever ends a stream before its time, its lines are joined
//! by the engine when it is opened again.

pub(crate) mod backoff;
pub(crate) mod container;
pub(crate) mod follower;
pub(crate) mod machine;
pub(crate) mod pods;
pub(crate) mod pool_link;
pub(crate) mod protocol;
pub(crate) mod stream_pool;
pub(crate) mod stream_state;

pub(crate) use follower::LogFollower;
pub(crate) use pool_link::SharedPool;
pub(crate) use stream_state::StreamState;
