//! The operation engine: every write of the product goes through it.
//!
//! # Design
//! 1. **An operation is a value.** A [`Plan`] holds where it acts ([`Target`]), what it does ([`Kind`]), what changes from
//!    old to new ([`Change`]), who is affected ([`Impact`]), the calls themselves, what to warn of ([`Warning`]), and how it will
//!    be verified ([`verify::Verifier`]). [`plans`] builds the common ones from what was read; editors build theirs with
//!    [`Plan::new`].
//! 2. **One pure state machine.** [`machine::Operation`] takes inputs and a clock and knows no I/O. What does not fit is
//!    ignored with a reason. A call is sent at most once; an answer that was lost leads to reading back.
//! 3. **The truth is read back.** Verifiers judge snapshots. The outcome is one of [`Outcome`]: verified, nothing changed,
//!    failed and why, given up, or never sent and why.
//! 4. **The registry owns everything.** [`Operations`] holds all operations of the tab, lets one at a time act on a
//!    service, and refuses in read-only mode. Views only look at it.
//! 5. **One driver.** [`drive`] takes an operation through its life over [`Io`]: [`ClientIo`] in the browser, a scripted
//!    one in native tests. Start it on a task of its own, not a view's.
//! 6. **No texts.** Outcomes, problems and warnings are values; the interface has the words. Secrets are masked by type
//!    ([`Text`], [`Sensitive`]).
//!
//! ```text
//! let plan = plans::scale::scale(&env, "api", &detail, &workload, 3, &features)?;   // or a Problem to show
//! let id = ops.draft(plan, io.now())?;                                             // review: ops.get(id).facts
//! ops.confirm(id, typed.as_deref(), io.now())?;                                    // or Refused to show
//! spawn_local(async move { drive(&ops, id, &io).await });                          // ops.cancel(id, now) in the grace
//! ```

mod client_io;
mod drive;
pub mod history;
mod kind;
pub mod machine;
mod outcome;
mod pace;
mod plan;
pub mod plans;
mod registry;
pub mod saved;
pub mod snapshot;
mod target;
mod text;
mod timestamp;
pub mod verify;

#[cfg(test)]
mod tests;

pub use client_io::ClientIo;
pub use drive::{Io, drive, drive_group, watch_on};
pub use kind::{Confirmation, Danger, Kind};
pub use machine::{GroupId, Ignored, OpId, Operation, Phase};
pub use outcome::{Failure, Note, Outcome, PodBrief, Progress, Refused, Stale, Why};
pub use plan::{Change, Facts, Impact, Plan, Subject, Warning};
pub use plans::Problem;
pub use registry::Operations;
pub use target::{Object, Target, WorkloadRef};
pub use text::{MASK, Sensitive, Text};
pub use timestamp::Timestamp;
