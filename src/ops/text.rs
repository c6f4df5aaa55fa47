//! Values that may be secret, and requests shown without their secrets.
//!
//! A secret is masked by its type: [`Text`] shows dots in `Display` and in `Debug`, so a list, a log line or a test
//! failure cannot leak it; only [`Text::reveal`] gives it out. A request's body is masked where [`Sensitive`] says, and
//! as a whole when that place cannot be found.

use serde::{Deserialize, Serialize};
use std::fmt;

use serde_json::Value;

use crate::api::Request;

/// What stands for a secret: always the same, so that its length tells nothing.
pub const MASK: &str = "••••••••";

/// What stands for a value that nobody can read.
pub(crate) const UNKNOWN: &str = "?";

/// A value as shown: old or new.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Text {
    /// Anybody may read it.
    Plain(String),
    /// Shown as dots until revealed. What is written down of it is the dots.
    Secret(#[serde(serialize_with = "masked")] String),
    /// There is a value, and the API does not tell which.
    Unknown,
}

fn masked<S: serde::Serializer>(_: &String, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(MASK)
}

impl Text {
    /// A value anybody may read.
    pub fn plain(text: impl fmt::Display) -> Self {
        Self::Plain(text.to_string())
    }

    /// A value shown as dots.
    pub fn secret(text: impl Into<String>) -> Self {
        Self::Secret(text.into())
    }

    /// Whether it is shown as dots.
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::Secret(_))
    }

    /// The value itself, for the one who asked to see it.
    pub fn reveal(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Secret(text) => text,
            Self::Unknown => UNKNOWN,
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_secret() { MASK } else { self.reveal() })
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

/// Where a request's body holds secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sensitive {
    /// Nowhere.
    #[default]
    Nothing,
    /// At these JSON pointers, such as `/yaml_data`.
    At(Vec<String>),
    /// All of it.
    Body,
}

impl Sensitive {
    /// The request as it may be shown. Paths and queries never hold secrets; a body that is not JSON, or lacks one of
    /// the places, is masked whole.
    pub fn mask(&self, request: &Request) -> Request {
        let Some(body) = request.body() else { return request.clone() };
        let masked = match self {
            Self::Nothing => return request.clone(),
            Self::Body => None,
            Self::At(pointers) => masked_at(body, pointers),
        };
        request.clone().json(&masked.unwrap_or_else(|| Value::String(MASK.to_owned())))
    }
}

fn masked_at(body: &str, pointers: &[String]) -> Option<Value> {
    let mut value: Value = crate::api::decode::read(body).ok()?;
    for pointer in pointers {
        *value.pointer_mut(pointer)? = Value::String(MASK.to_owned());
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Endpoint;
    use serde_json::json;

    #[test]
    fn a_secret_shows_in_no_text_form() {
        let secret = Text::secret("hunter2");
        assert!(!format!("{secret} {secret:?} {:?}", Some(&secret)).contains("hunter2"));
        assert_eq!(secret.reveal(), "hunter2");
        assert_eq!(Text::plain(3).to_string(), "3");
    }

    #[test]
    fn secrets_of_a_body_are_masked_and_the_rest_stays() {
        let request =
            Request::put(Endpoint::E29, "/x").json(&json!({"name": "db", "yaml_data": "password: hunter2"}));
        let shown = Sensitive::At(vec!["/yaml_data".into()]).mask(&request);
        assert!(shown.body().unwrap().contains("\"db\""));
        assert!(!shown.curl("").contains("hunter2"));
    }

    #[test]
    fn a_body_whose_secret_is_not_found_is_masked_whole() {
        let request = Request::put(Endpoint::E29, "/x").json(&json!({"yaml": "hunter2"}));
        for sensitive in [Sensitive::At(vec!["/yaml_data".into()]), Sensitive::Body] {
            assert_eq!(sensitive.mask(&request).body(), Some(&*format!("\"{MASK}\"")));
        }
        assert_eq!(Sensitive::Nothing.mask(&request), request);
    }
}
