//! Following containers: from a target ("all pods of this service") to streams that flow into a log view.
//!
//! ```text
//! watch ── looks at the service (E05, E06) ──▶ pods: what is there, what ended ──▶ a seat per container
//! seat  ── session: wait until it can be read ▶ take a stream ▶ read ▶ cut, ended, missing? ▶ again or done
//! slots ── at most four streams for all views of the page, taken in turn
//! ```
//!
//! The server tells very little (contract 4): a silent container sends not even headers, a wrong one gets an empty
//! answer without a type, and the end of a container is silence. So the service is asked what the stream cannot
//! say, and only then a log is called missing or ended. Whatever ends a stream before its time, its lines are joined
//! by the engine when it is opened again.

pub mod bell;
pub mod host;
pub mod link;
pub mod pace;
pub mod pods;
pub mod protocol;
pub mod seat;
pub mod session;
pub mod slots;
pub mod watch;

pub use host::Host;
pub use link::Link;
pub use slots::Slots;
