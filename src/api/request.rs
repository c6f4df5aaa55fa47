//! A request as a plain value.
//!
//! Every endpoint has a pure function that builds a [`Request`]; only [`super::client`] sends one. So what goes
//! over the wire (method, path, query, body) is checked by native tests, and the interface can show it, or offer
//! it as a `curl` command, before anything is sent.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use super::decode::{self, Ack, DecodeProblem};
use super::endpoint::Endpoint;

/// Everything but RFC 3986's unreserved characters is escaped, in path segments and in query values alike.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The HTTP methods the environment OpenAPI uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Method {
    /// Reads; may be repeated.
    Get,
    /// Writes; sent once.
    Post,
    /// Writes; sent once.
    Put,
    /// Writes; sent once. Some carry a JSON body (`E17`).
    Delete,
}

impl Method {
    /// The method as HTTP spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// Whether a request with this method changes something on the server.
    pub fn is_write(self) -> bool {
        self != Self::Get
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How long an answer may take before the call counts as timed out; [`super::client::Limits`] holds the times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeoutClass {
    /// Most calls.
    Normal,
    /// Calls that ask the cluster about every workload (`E03`, `E04`).
    Slow,
    /// Calls that wait until workloads are gone (`E17`, `E18`).
    VerySlow,
}

/// What a successful answer carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// A JSON value; an empty body is an error.
    Json,
    /// The acknowledgement of a write; an empty body is accepted.
    Ack,
    /// Plain text; may be empty.
    Text,
    /// A stream without an end (`E45`).
    Stream,
}

/// Which call an error or an outcome belongs to. Never holds a token: tokens are not put into addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallInfo {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// The HTTP method.
    pub method: Method,
    /// Path and query as sent, without the base address.
    pub path: String,
}

/// One request, complete but for base address and token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    endpoint: Endpoint,
    method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    body: Option<String>,
    patience: TimeoutClass,
    expect: Expect,
    problem: Option<String>,
}

impl Request {
    /// A request that was made before a reload, for showing what was sent. It is never sent itself.
    pub fn recorded(method: Method, target: String, body: Option<String>) -> Self {
        Self { path: target, body, ..Self::new(Endpoint::Unknown, method, "") }
    }

    fn new(endpoint: Endpoint, method: Method, root: &str) -> Self {
        let expect = if method.is_write() { Expect::Ack } else { Expect::Json };
        Self {
            endpoint,
            method,
            path: root.to_owned(),
            query: Vec::new(),
            body: None,
            patience: TimeoutClass::Normal,
            expect,
            problem: None,
        }
    }

    /// A read of an endpoint whose path begins with the literal `root`.
    pub fn get(endpoint: Endpoint, root: &str) -> Self {
        Self::new(endpoint, Method::Get, root)
    }

    /// A `POST` to an endpoint whose path begins with the literal `root`.
    pub fn post(endpoint: Endpoint, root: &str) -> Self {
        Self::new(endpoint, Method::Post, root)
    }

    /// A `PUT` to an endpoint whose path begins with the literal `root`.
    pub fn put(endpoint: Endpoint, root: &str) -> Self {
        Self::new(endpoint, Method::Put, root)
    }

    /// A `DELETE` of an endpoint whose path begins with the literal `root`.
    pub fn delete(endpoint: Endpoint, root: &str) -> Self {
        Self::new(endpoint, Method::Delete, root)
    }

    /// Appends literal path text, such as `/services`.
    pub fn lit(mut self, text: &str) -> Self {
        self.path.push_str(text);
        self
    }

    /// Appends `/` and one percent-encoded segment.
    ///
    /// An empty segment would address the collection above (deleting `""` must never reach the list's route), and
    /// `.` or `..` are folded away by every URL parser even when escaped; such a request is marked and the client
    /// refuses to send it.
    pub fn seg(mut self, segment: &str) -> Self {
        if segment.is_empty() || segment == "." || segment == ".." {
            self.problem = Some(format!("“{segment}” cannot be a name in the path"));
        }
        self.path.push('/');
        self.path.extend(utf8_percent_encode(segment, ESCAPED));
        self
    }

    /// Adds a query parameter.
    pub fn query(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.query.push((key, value.into()));
        self
    }

    /// Adds a query parameter where a value is given.
    pub fn query_opt(self, key: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.query(key, value),
            None => self,
        }
    }

    /// Sets the JSON body.
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        match serde_json::to_string(body) {
            Ok(text) => self.body = Some(text),
            Err(error) => self.problem = Some(format!("the body cannot be written as JSON: {error}")),
        }
        self
    }

    /// Allows more time than [`TimeoutClass::Normal`].
    pub fn timeout(mut self, patience: TimeoutClass) -> Self {
        self.patience = patience;
        self
    }

    /// Says that the answer is a stream.
    pub fn stream(mut self) -> Self {
        self.expect = Expect::Stream;
        self
    }

    /// The endpoint.
    pub fn endpoint(&self) -> Endpoint {
        self.endpoint
    }

    /// The HTTP method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The escaped path, without query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query parameters, unescaped, in the order sent.
    pub fn query_pairs(&self) -> &[(&'static str, String)] {
        &self.query
    }

    /// The JSON body's text.
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// Whether the request changes something on the server.
    pub fn is_write(&self) -> bool {
        self.method.is_write()
    }

    /// How long the answer may take.
    pub fn patience_class(&self) -> TimeoutClass {
        self.patience
    }

    /// What a successful answer carries.
    pub fn expect(&self) -> Expect {
        self.expect
    }

    /// Why this request must not be sent, if so.
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Path and query as they go over the wire.
    pub fn target(&self) -> String {
        let mut target = self.path.clone();
        for (index, (key, value)) in self.query.iter().enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            target.push_str(key);
            target.push('=');
            target.extend(utf8_percent_encode(value, ESCAPED));
        }
        target
    }

    /// The full address under `base` (empty for the page's own origin).
    pub fn url(&self, base: &str) -> String {
        format!("{}{}", base.trim_end_matches('/'), self.target())
    }

    /// What errors and outcomes say about this request.
    pub fn info(&self) -> CallInfo {
        CallInfo { endpoint: self.endpoint, method: self.method, path: self.target() }
    }

    /// The request as a command for a POSIX shell. The token is left to the shell's `$ZADIG_TOKEN`, so the text
    /// can be shared.
    pub fn curl(&self, base: &str) -> String {
        let mut text = String::from("curl");
        if self.expect == Expect::Stream {
            text.push_str(" -N");
        }
        if self.method != Method::Get {
            text.push_str(" -X ");
            text.push_str(self.method.as_str());
        }
        text.push(' ');
        text.push_str(&shell_quoted(&self.url(base)));
        text.push_str(" -H \"Authorization: Bearer $ZADIG_TOKEN\"");
        if let Some(body) = &self.body {
            text.push_str(" -H 'Content-Type: application/json' --data-raw ");
            text.push_str(&shell_quoted(body));
        }
        text
    }
}

/// A text as one word of a POSIX shell.
pub fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Reads a successful answer's body.
pub type Decoder<T> = fn(&str) -> Result<T, DecodeProblem>;

/// A [`Request`] together with the type its answer decodes to.
///
/// Made by the functions of the resource modules, consumed by [`super::Client::send`].
#[derive(Clone, Debug)]
pub struct Call<T> {
    request: Request,
    decode: Decoder<T>,
}

impl<T> Call<T> {
    /// A call whose answer is read by `decode`.
    pub fn with(request: Request, decode: Decoder<T>) -> Self {
        Self { request, decode }
    }

    /// The request, for showing it.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Reads an answer's body; fails as the decoder given at construction does.
    pub fn decode(&self, body: &str) -> Result<T, DecodeProblem> {
        (self.decode)(body)
    }

    pub(super) fn into_parts(self) -> (Request, Decoder<T>) {
        (self.request, self.decode)
    }
}

impl<T: serde::de::DeserializeOwned> Call<T> {
    /// A call answered by one JSON value.
    pub fn json(request: Request) -> Self {
        Self::with(request, decode::json::<T>)
    }
}

impl<T: serde::de::DeserializeOwned> Call<Vec<T>> {
    /// A call answered by a JSON array; `null` reads as an empty one.
    pub fn list(request: Request) -> Self {
        Self::with(request, decode::list::<T>)
    }
}

impl Call<Ack> {
    /// A write that is answered by an acknowledgement only.
    pub fn ack(request: Request) -> Self {
        Self::with(request, decode::ack)
    }
}

impl Call<String> {
    /// A read answered by plain text.
    pub fn text(mut request: Request) -> Self {
        request.expect = Expect::Text;
        Self::with(request, |body| Ok(body.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_segments_and_query_values_are_escaped() {
        let request = Request::get(Endpoint::E05, "/openapi/environments")
            .seg("a/b ?#%中")
            .query("projectKey", "x&y=z");
        assert_eq!(request.target(), "/openapi/environments/a%2Fb%20%3F%23%25%E4%B8%AD?projectKey=x%26y%3Dz");
    }

    #[test]
    fn segments_that_would_change_the_path_are_refused() {
        for name in ["", ".", ".."] {
            assert!(
                Request::delete(Endpoint::E11, "/openapi/environments").seg(name).problem().is_some(),
                "{name:?}"
            );
        }
        assert!(Request::delete(Endpoint::E11, "/openapi/environments").seg("...").problem().is_none());
    }

    #[test]
    fn a_base_address_may_end_in_a_slash() {
        let request = Request::get(Endpoint::H1, "/openapi/projects/project");
        assert_eq!(request.url("https://z.example/x/"), "https://z.example/x/openapi/projects/project");
        assert_eq!(request.url(""), "/openapi/projects/project");
    }

    #[test]
    fn curl_text_quotes_the_body_and_leaves_the_token_to_the_shell() {
        let request = Request::post(Endpoint::E32, "/openapi/environments/scale")
            .json(&serde_json::json!({"a": "it's"}));
        assert_eq!(
            request.curl("https://z.example"),
            "curl -X POST 'https://z.example/openapi/environments/scale' -H \"Authorization: Bearer $ZADIG_TOKEN\" \
             -H 'Content-Type: application/json' --data-raw '{\"a\":\"it'\\''s\"}'"
        );
    }
}
