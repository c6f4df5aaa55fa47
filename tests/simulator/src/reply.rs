//! What a handler answers, in the bytes a Go server would send.

use bytes::Bytes;
use serde::Serialize;

/// A whole answer: status, content type, headers and body.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`, absent for empty bodies.
    pub content_type: Option<String>,
    /// Further headers.
    pub headers: Vec<(String, String)>,
    /// The body, as sent.
    pub body: Bytes,
    /// A log stream to serve instead of the body (E45).
    pub stream: Option<StreamRequest>,
}

/// A request for a container's log, checked and parsed (E45).
#[derive(Clone, Debug, PartialEq)]
pub struct StreamRequest {
    /// `projectKey`.
    pub project: String,
    /// `envName`.
    pub env: String,
    /// Pod of the path.
    pub pod: String,
    /// Container of the path.
    pub container: String,
    /// Lines of history; `None` is all of it.
    pub tail: Option<usize>,
    /// Only lines younger than this (simulated milliseconds).
    pub since_ms: Option<i64>,
}

const JSON: &str = "application/json; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

impl Reply {
    /// An answer without a body, as `AbortWithStatus` gives it.
    pub fn empty(status: u16) -> Self {
        Self { status, content_type: None, headers: Vec::new(), body: Bytes::new(), stream: None }
    }

    /// A JSON value, encoded as Go does it.
    pub fn json(status: u16, value: &impl Serialize) -> Self {
        Self { content_type: Some(JSON.into()), body: go_json(value).into(), ..Self::empty(status) }
    }

    /// A JSON value with status 200 (contract 0.1).
    pub fn ok(value: &impl Serialize) -> Self {
        Self::json(200, value)
    }

    /// Raw text.
    pub fn text(status: u16, text: impl Into<String>) -> Self {
        Self { content_type: Some(TEXT.into()), body: Bytes::from(text.into()), ..Self::empty(status) }
    }

    /// `{"message":"success"}`: what every handler without a value answers (contract 0.1).
    pub fn success() -> Self {
        #[derive(Serialize)]
        struct Message {
            message: &'static str,
        }
        Self::ok(&Message { message: "success" })
    }

    /// A log stream.
    pub fn stream(request: StreamRequest) -> Self {
        Self { stream: Some(request), ..Self::empty(200) }
    }
}

/// Encodes JSON as Go's `encoding/json` does: `<`, `>`, `&` and the two Unicode line separators escaped.
///
/// These characters can only stand inside strings, so the finished text may be rewritten. A value that cannot
/// be encoded gives `null`; the simulator's own types always can.
pub fn go_json(value: &impl Serialize) -> String {
    let plain = serde_json::to_string(value).unwrap_or_else(|_| "null".into());
    if !plain.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return plain;
    }
    let mut escaped = String::with_capacity(plain.len() + 64);
    for c in plain.chars() {
        match c {
            '<' => escaped.push_str("\\u003c"),
            '>' => escaped.push_str("\\u003e"),
            '&' => escaped.push_str("\\u0026"),
            '\u{2028}' => escaped.push_str("\\u2028"),
            '\u{2029}' => escaped.push_str("\\u2029"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_escapes_are_written() {
        assert_eq!(go_json(&"a<b>&\u{2028}"), r#""a\u003cb\u003e\u0026\u2028""#);
        assert_eq!(go_json(&"错误"), "\"错误\"");
    }

    #[test]
    fn success_is_the_servers_bytes() {
        let reply = Reply::success();
        assert_eq!(reply.body, r#"{"message":"success"}"#.as_bytes());
        assert_eq!(reply.content_type.as_deref(), Some("application/json; charset=utf-8"));
    }
}
