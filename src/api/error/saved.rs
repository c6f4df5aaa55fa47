//! An error as it is written down to outlive a reload of the tab. It holds what is shown of it, and no body.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ApiError, ErrorKind, ErrorParts};
use crate::api::request::{CallInfo, Method};

/// An error, written down.
#[derive(Serialize, Deserialize)]
pub(super) struct SavedError {
    kind: ErrorKind,
    id: String,
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
        let CallInfo { id, method, path } = call;
        Self { kind, id: id.to_owned(), method, path, status, code, message, description, extra }
    }
}

impl From<SavedError> for ApiError {
    fn from(saved: SavedError) -> Self {
        let SavedError { kind, id, method, path, status, code, message, description, extra } = saved;
        let call = CallInfo { id: known(&id), method, path };
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

/// The endpoint's name as the program knows it; none for one that it does not know (any more).
fn known(id: &str) -> &'static str {
    const DOCUMENTED: &str = "E01E02E03E04E05E06E07E08E09E10E11E12E13E14E15E16E17E18E19E20E21E22E23E24E25E26E27E28E29E30\
                              E31E32E33E34E35E36E37E38E39E40E41E42E43E44E45";
    const HELPERS: &str = "H10H11H12H13H14H1.H2.H3.H4.H5.H6.H7.H8.H9.";
    let place = |list: &'static str, id: &str| {
        let at = (0..list.len()).step_by(3).find(|at| list.get(*at..at + 3) == Some(id))?;
        list.get(at..at + 3)
    };
    let padded = format!("{id:.<3}");
    let found = place(DOCUMENTED, id).or_else(|| place(HELPERS, &padded));
    found.map(|id| id.trim_end_matches('.')).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_reads_back_as_it_was_but_for_its_body() {
        for id in ["E01", "E45", "H9", "H14"] {
            let call = CallInfo { id, method: Method::Post, path: "/openapi/x?projectKey=p".into() };
            let error = ApiError::new(ErrorKind::Busy, call).with_status(500).with_description("busy");
            let text = serde_json::to_string(&error.clone().with_excerpt("a body", 0)).unwrap();
            assert!(!text.contains("a body"));
            assert_eq!(serde_json::from_str::<ApiError>(&text).unwrap(), error, "{text}");
        }
        assert_eq!(known("E99"), "");
    }
}
