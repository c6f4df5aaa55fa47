//! The browser's `fetch`, through gloo-net.
//!
//! Kept small: it turns an [`Outgoing`] into a [`Reply`] or a [`Failure`] and ties the request's life to its
//! future's. Two traps of gloo-net 0.7 are avoided here: `Headers::set` throws on an illegal value (a [`super::token::Token`]
//! cannot hold one), and a promise rejected with something that is no `Error` reaches an `unreachable!`
//! (`abort()` is therefore called without a reason, which rejects with a `DOMException`).

use gloo_net::http::{RequestBuilder, Response};
use web_sys::{AbortController, AbortSignal, RequestCache};

use super::backend::{Failure, Outgoing, Reply};
use super::request::Method;

/// Aborts the request it belongs to when dropped; after the request's end that does nothing.
pub(super) struct AbortOnDrop(Option<AbortController>);

impl AbortOnDrop {
    pub(super) fn new() -> Self {
        Self(AbortController::new().ok())
    }

    pub(super) fn signal(&self) -> Option<AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Sends a request and reads the whole answer. Dropping the future aborts the request.
///
/// # Errors
/// A [`Failure`] when no whole answer came; statuses are not judged here.
pub(super) async fn fetch(outgoing: Outgoing) -> Result<Reply, Failure> {
    let guard = AbortOnDrop::new();
    let response = open(outgoing, &guard).await?;
    let status = response.status();
    let (content_type, auth_reason) =
        (header(&response, "content-type"), header(&response, "x-zadig-auth-reason"));
    match response.text().await {
        Ok(text) => Ok(Reply { status, content_type, auth_reason, text }),
        Err(error) => Err(match failure(&error) {
            Failure::Network(message) => Failure::BodyLost { status, message },
            other => other,
        }),
    }
}

/// Sends a request and waits for the answer's head only.
pub(super) async fn open(outgoing: Outgoing, guard: &AbortOnDrop) -> Result<Response, Failure> {
    let mut builder = RequestBuilder::new(&outgoing.url)
        .method(match outgoing.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Put => gloo_net::http::Method::PUT,
            Method::Delete => gloo_net::http::Method::DELETE,
        })
        .cache(RequestCache::NoStore)
        .header("Accept", "application/json, text/plain, text/event-stream")
        .abort_signal(guard.signal().as_ref());
    if let Some(token) = &outgoing.token {
        builder = builder.header("Authorization", &token.header_value());
    }
    let request = match outgoing.body {
        Some(body) => builder.header("Content-Type", "application/json").body(body),
        None => builder.build(),
    };
    let request = request.map_err(|error| Failure::Unsendable(error.to_string()))?;
    request.send().await.map_err(|error| failure(&error))
}

pub(super) fn header(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name).filter(|value| !value.is_empty())
}

fn failure(error: &gloo_net::Error) -> Failure {
    match error {
        gloo_net::Error::JsError(error) if error.name == "AbortError" => Failure::Aborted,
        other => Failure::Network(other.to_string()),
    }
}
