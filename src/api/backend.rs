//! The seam to the browser: sending, waiting, chance.
//!
//! The client's own logic (sharing, time limits, repetition, errors) runs on a [`Backend`] of three small
//! functions, so native tests drive it without a browser. [`Backend::browser`] is the real one, on gloo.

use std::rc::Rc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::request::Method;
use super::token::Token;
use super::transport;

/// A request ready to be sent.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The HTTP method.
    pub method: Method,
    /// The full address.
    pub url: String,
    /// The token to send, if any.
    pub token: Option<Token>,
    /// The JSON body.
    pub body: Option<String>,
}

/// An answer, whatever its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The header `Content-Type`.
    pub content_type: Option<String>,
    /// The header `x-zadig-auth-reason`.
    pub auth_reason: Option<String>,
    /// The whole body.
    pub text: String,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser could not fetch it; its own words are for the details only.
    Network(String),
    /// The answer began but its body did not arrive whole.
    BodyLost {
        /// The status the answer began with.
        status: u16,
        /// The browser's own words.
        message: String,
    },
    /// The browser gave the request up.
    Aborted,
    /// The address or the request cannot be sent at all.
    Unsendable(String),
}

/// Sends one request. Dropping the returned future aborts it.
pub type Fetch = Rc<dyn Fn(Outgoing) -> LocalBoxFuture<'static, Result<Reply, Failure>>>;

/// Waits.
pub type Sleep = Rc<dyn Fn(Duration) -> LocalBoxFuture<'static, ()>>;

/// What the client needs from its surroundings.
#[derive(Clone)]
pub struct Backend {
    /// Sends one request.
    pub fetch: Fetch,
    /// Waits for a while.
    pub sleep: Sleep,
    /// A number in `0.0..1.0`.
    pub random: fn() -> f64,
}

impl Backend {
    /// The browser's `fetch`, timers and `Math.random`.
    pub fn browser() -> Self {
        Self {
            fetch: Rc::new(|outgoing| transport::fetch(outgoing).boxed_local()),
            sleep: Rc::new(|time| {
                let millis = u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
                gloo_timers::future::TimeoutFuture::new(millis).boxed_local()
            }),
            random: js_sys::Math::random,
        }
    }
}
