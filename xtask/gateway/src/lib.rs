//! The application and a Zadig behind one origin.
//!
//! Zadig's OpenAPI sends no CORS headers, so a browser client must come from the same origin as the API. In production
//! that is the work of the host's reverse proxy; on a developer's machine and in the end-to-end tests it is this program.
//! It does two things and nothing more:
//!
//! - [`files`]: serves the built application from a folder, with the content types, cache rules and the strict security
//!   headers ([`policy`]) that the documentation asks of every deployment, so that a breach of them fails here first;
//! - [`proxy`]: passes `/openapi/*` (and `/__sim/*`, the simulator's controls, when asked) to the upstream, byte for byte
//!   and as the bytes come. Log streams live for an hour, send nothing for minutes and must be let go of at once when the
//!   browser leaves; all three are tested.
//!
//! [`settings`] reads the command line, [`server`] accepts connections and chooses between the two, [`cors`] opens the
//! origin for the browser unit tests, whose page is served by their own runner.

pub mod body;
pub mod cors;
pub mod files;
pub mod policy;
pub mod proxy;
pub mod server;
pub mod settings;
