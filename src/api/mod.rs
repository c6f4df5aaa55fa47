//! The typed client of Zadig's environment OpenAPI.
//!
//! The published document is not what the server speaks; this module works with both. How it is built:
//!
//! 1. **A request is a value.** Each endpoint has a pure function that makes a [`Call`]: a [`Request`] (method, path,
//!    query, body) and the type its answer decodes to. Native tests check every one of them, and the interface can
//!    show a call, also as a `curl` command, before sending it.
//! 2. **One client sends them.** [`Client::send`] adds address and token, watches the time limit, repeats reads that
//!    failed for a passing reason, shares identical reads, and tells an observer how each exchange ended.
//!    Dropping a call's future aborts its request; there is no other cancellation.
//! 3. **One error.** [`ApiError`] tells apart what a caller may decide on ([`ErrorKind`]) and carries what the server
//!    said, verbatim. It never holds a token.
//! 4. **Reading is tolerant.** Unknown fields are ignored, unknown words kept, absent and `null` mean the same
//!    (modules `lenient`, `open_enum`). What cannot be read is an error with an excerpt, never a guess.
//! 5. **Test and production share code.** Functions for such pairs take a [`Family`]; what the server cannot do for one
//!    of them takes none and so cannot be written down.
//! 6. **Traps are in one table.** [`quirks`] lists what the server does against expectation and what this client does
//!    about it, each with the test that holds it.
//!
//! Nothing here knows the DOM, Leptos or a language for people; messages are made from [`ErrorKind`] elsewhere.
//!
//! ```no_run
//! # use zadig_environments::api::{Auth, Client, ClientOptions, Family, Token, TokenCell, environments};
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let token = TokenCell::new();
//! token.set(Some(Token::new("eyJ…")?));
//! let client = Client::new(ClientOptions::new("", Auth::Bearer(token)));
//! for env in client.send(environments::list(Family::Test, "simple-demo")).await? {
//!     println!("{} {}", env.key, env.status);
//! }
//! # Ok(()) }
//! ```

mod backend;
mod client;
pub mod decode;
mod dedup;
mod endpoint;
pub mod envcfgs;
pub mod environments;
pub mod error;
mod event_stream;
pub mod events;
mod family;
mod features;
mod lenient;
pub mod logs;
pub mod model;
mod open_enum;
pub(crate) mod permissions;
pub mod portal;
pub mod probe;
pub mod projects;
pub mod quirks;
mod request;
mod retry;
pub mod services;
pub mod share;
mod stream;
pub mod system;
mod token;
mod transport;
pub mod variables;
pub mod workloads;

#[cfg(test)]
mod tests;

pub use backend::{Backend, Failure, Fetch, Outgoing, Reply, Sleep};
pub use client::{Auth, Client, ClientOptions, Limits, Outcome};
pub use decode::{Ack, DecodeProblem};
pub use endpoint::Endpoint;
pub use error::{ApiError, ErrorKind, KnownDetail, KnownTitle, MfaNeed, Refusal, SubEnvUse};
pub use family::Family;
pub use features::{Availability, Feature, Features, Version, is_probe};
pub use model::{GlobalVariable, RenderVariable, Variable, VariableKind, VariableValue};
pub use request::{Call, CallInfo, Decoder, Expect, Method, Request, TimeoutClass, shell_quoted};
pub use retry::RetryPolicy;
pub use stream::ByteStream;
pub use token::{Claims, Token, TokenCell, TokenProblem};
