//! A new environment before it exists: what was typed, what is wrong with it, and the request it becomes (`E07`, `E08`).
//!
//! ```text
//!  what the project offers (H3–H5, H7, H8)      an environment to clone (E03)
//!                 │                                      │ prefill
//!                 ▼                                      ▼
//!             check ◄──────────────────────────────── Draft ───► the tab's storage, without secrets
//!                                                        │ request
//!                                                        ▼
//!                                             NewEnvironment (E07, E08)
//! ```
//!
//! A [`Draft`] holds only what a person decided. Everything that follows from the project (types of variables, images of
//! templates) is read again and put together when the request is built, so a draft that was kept for an hour does not
//! send an hour-old template.

mod check;
mod draft;
mod object;
mod objects;
mod prefill;
mod request;

pub use check::{Field, Found, Issue, Surroundings, check, sharers};
pub use draft::{ConfigDraft, Draft, GlobalDraft, ServiceDraft, VariableDraft};
pub use object::{Object, ObjectProblem, may_be_secret, object_of, portable};
pub use objects::{Masked, Objects};
pub use prefill::{Taken, clone_of, default_cluster, default_registry};
pub use request::{globals, production_environment, render_variables, secret_places, test_environment};
