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

pub mod backoff;
pub mod container;
pub mod follower;
pub mod machine;
pub mod pods;
pub mod pool_link;
pub mod protocol;
pub mod stream_pool;
pub mod stream_state;

pub use follower::LogFollower;
pub use pool_link::SharedPool;
pub use stream_state::StreamState;
