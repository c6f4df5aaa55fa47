//! An error as it is written down to outlive a reload of the tab. It holds what is shown of it, and no body.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ApiError, ErrorKind, ErrorParts};
use crate::api::endpoint::Endpoint;
use crate::api::request::{CallInfo, Method};

/// An error, written down.
#[derive(Serialize, Deserialize)]
pub(super) struct SavedError {
    kind: ErrorKind,
    /// Saved as its name.
    #[serde(rename = "id")]
    endpoint: Endpoint,
    method: Method,
    path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extra: Option<Value>,
}

impl From<ApiError> for SavedError {
    fn from(error: ApiError) -> Self {
        let ErrorParts { kind, call, status, code, message, description, extra, .. } = *error.0;
        let CallInfo { endpoint, method, path } = call;
        Self { kind, endpoint, method, path, status, code, message, description, extra }
    }
}

impl From<SavedError> for ApiError {
    fn from(saved: SavedError) -> Self {
        let SavedError { kind, endpoint, method, path, status, code, message, description, extra } = saved;
        let call = CallInfo { endpoint, method, path };
        let parts = ErrorParts {
            kind,
            call,
            status,
            code,
            message,
            description,
            extra,
            excerpt: None,
            truncated: false,
        };
        Self(Box::new(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_reads_back_as_it_was_but_for_its_body() {
        for endpoint in [Endpoint::E01, Endpoint::E45, Endpoint::H9Values, Endpoint::H14] {
            let call = CallInfo { endpoint, method: Method::Post, path: "/openapi/x?projectKey=p".into() };
            let error = ApiError::new(ErrorKind::Busy, call).with_status(500).with_description("busy");
            let text = serde_json::to_string(&error.clone().with_excerpt("a body", 0)).unwrap();
            assert!(!text.contains("a body"));
            assert_eq!(serde_json::from_str::<ApiError>(&text).unwrap(), error, "{text}");
        }
    }

    #[test]
    fn an_error_saved_with_the_name_as_a_text_is_read() {
        let saved =
            |id: &str| format!(r#"{{"kind":"Busy","id":"{id}","method":"Post","path":"/openapi/x"}}"#);
        let endpoint = |id: &str| serde_json::from_str::<ApiError>(&saved(id)).unwrap().call.endpoint;
        assert_eq!(endpoint("H14"), Endpoint::H14);
        assert_eq!(endpoint("E99"), Endpoint::Unknown, "of another version");
    }
}
