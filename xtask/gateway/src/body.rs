//! The body type that every answer has, and the few small answers the gateway makes itself.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};

/// What may go wrong while a proxied body is being passed on.
pub type BodyError = Box<dyn std::error::Error + Send + Sync>;

/// A body that is either a block of bytes or a stream from the upstream.
pub type Body = UnsyncBoxBody<Bytes, BodyError>;

/// A body that holds `bytes`.
pub fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed_unsync()
}

/// A short plain-text answer of the gateway's own, never stored by a cache.
pub fn text(status: StatusCode, sentence: &str) -> Response<Body> {
    answer(status, "text/plain; charset=utf-8", format!("{sentence}\n"))
}

/// An answer in the form of Zadig's own errors, `{"message": …}`, so that the client shows it like any other.
pub fn message(status: StatusCode, sentence: &str) -> Response<Body> {
    answer(status, "application/json; charset=utf-8", serde_json::json!({ "message": sentence }).to_string())
}

fn answer(status: StatusCode, kind: &'static str, content: String) -> Response<Body> {
    let mut response = Response::new(full(content));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
