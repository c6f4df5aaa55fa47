//! A request as handlers see it: decoded, authenticated, matched to a route.

use crate::auth::Role;
use crate::errors::{BAD_REQUEST, Failure};
use bytes::Bytes;
use serde::de::DeserializeOwned;

/// A request.
#[derive(Clone, Debug)]
pub struct Req {
    /// Method.
    pub method: String,
    /// Path as the client wrote it.
    pub raw_path: String,
    /// Path, percent-decoded.
    pub path: String,
    /// Query as the client wrote it.
    pub raw_query: String,
    /// Query, decoded, in order.
    pub query: Vec<(String, String)>,
    /// Body.
    pub body: Bytes,
    /// Who asks.
    pub role: Role,
    /// Parameters of the path, by their name in the route.
    pub params: Vec<(&'static str, String)>,
}

impl Req {
    /// A query parameter, empty when absent; the first one counts.
    pub fn q(&self, name: &str) -> &str {
        self.query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// `projectKey`.
    pub fn project(&self) -> &str {
        self.q("projectKey")
    }

    /// A path parameter.
    pub fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value.as_str())
    }

    /// `:name`, the environment's key.
    pub fn env(&self) -> &str {
        self.param("name")
    }

    /// The body as Go's `json.Unmarshal` takes it: malformed text is shape B.
    pub fn unmarshal<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(&self.body).map_err(|e| Failure::internal(go_words(&self.body, &e)))
    }

    /// The body as gin's `BindJSON` takes it: malformed text is 400 without a body.
    pub fn bind<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(&self.body).map_err(|_| Failure::unbound())
    }

    /// `generalOpenAPIRequestValidate`: the project must be named.
    pub fn need_project(&self) -> Result<(), Failure> {
        self.need_project_as("projectKey can't be empty")
    }

    /// The same with the words of another handler.
    pub fn need_project_as(&self, words: &str) -> Result<(), Failure> {
        if self.project().is_empty() { Err(Failure::typed(BAD_REQUEST, words)) } else { Ok(()) }
    }

    /// Needs a right on environments of a family.
    pub fn need_right(&self, production: bool) -> Result<(), Failure> {
        let allowed = if production { self.role.admin_rights() } else { self.role.test_rights() };
        if allowed { Ok(()) } else { Err(Failure::forbidden()) }
    }
}

/// A decoding error in the words of Go where they are fixed.
pub fn go_words(body: &[u8], error: &serde_json::Error) -> String {
    match error.classify() {
        serde_json::error::Category::Eof => "unexpected end of JSON input".into(),
        serde_json::error::Category::Syntax => {
            let text = String::from_utf8_lossy(body);
            let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
            let c = line.chars().nth(error.column().saturating_sub(1)).unwrap_or(' ');
            format!("invalid character '{c}' looking for beginning of value")
        }
        _ => format!("json: cannot unmarshal: {error}"),
    }
}
