//! From an unsuccessful answer to an [`ApiError`].
//!
//! Order matters. The status decides first where bodies are empty by nature (401, 403, 405); then the licence code;
//! then the text, because Zadig reports most refusals as a 500 or as a 400 with a code that is not unique.

use serde_json::Value;

use super::super::request::CallInfo;
use super::{ApiError, ErrorKind, MfaNeed};
use crate::api::lenient::text_of;

/// The parts of an answer that classification looks at.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The HTTP status; not a successful one.
    pub status: u16,
    /// The header `x-zadig-auth-reason`, which a server sends with a multi-factor refusal.
    pub auth_reason: Option<&'a str>,
    /// The body.
    pub body: &'a str,
}

/// The envelope of contract 0.2, shape A or B.
#[derive(Default)]
struct Envelope {
    code: Option<i64>,
    message: Option<String>,
    description: Option<String>,
    extra: Option<Value>,
    reason: Option<String>,
}

/// Turns an unsuccessful answer into the error it means.
pub fn classify(call: CallInfo, answer: Answer<'_>) -> ApiError {
    let envelope = Envelope::parse(answer.body);
    let kind = kind_of(&answer, envelope.as_ref());
    let understood =
        envelope.is_some() || matches!(kind, ErrorKind::RouteMissing | ErrorKind::MethodNotAllowed);
    let mut error = ApiError::new(kind, call).with_status(answer.status);
    if !understood || crate::api::decode::looks_like_html(answer.body) {
        error = error.with_excerpt(answer.body, 0);
    }
    let parts = error.parts_mut();
    match envelope {
        Some(envelope) => {
            parts.code = envelope.code;
            parts.message = envelope.message;
            parts.description = envelope.description;
            parts.extra = envelope.extra;
        }
        None if parts.excerpt.is_none() && !answer.body.trim().is_empty() => {
            parts.description = Some(answer.body.trim().chars().take(200).collect());
        }
        None => {}
    }
    error
}

impl Envelope {
    fn parse(body: &str) -> Option<Self> {
        let value: Value = crate::api::decode::read(body).ok()?;
        let map = value.as_object()?;
        let text = |key: &str| map.get(key).map(text_of).filter(|text| !text.is_empty());
        let not_empty =
            |extra: &&Value| extra.as_object().is_none_or(|map| !map.is_empty()) && !extra.is_null();
        Some(Self {
            code: map.get("code").and_then(|code| code.as_i64().or_else(|| code.as_str()?.parse().ok())),
            message: text("message"),
            description: text("description"),
            extra: map.get("extra").filter(not_empty).cloned(),
            reason: text("reason"),
        })
    }

    /// Title and description as one lower-cased text to search in.
    fn searchable(&self) -> String {
        let part = |text: &Option<String>| text.as_deref().unwrap_or_default().to_ascii_lowercase();
        format!("{}\n{}", part(&self.message), part(&self.description))
    }
}

fn kind_of(answer: &Answer<'_>, envelope: Option<&Envelope>) -> ErrorKind {
    match answer.status {
        401 => ErrorKind::Unauthorized,
        403 => refusal(answer.auth_reason.or_else(|| envelope?.reason.as_deref())),
        404 if envelope.is_none() => ErrorKind::RouteMissing,
        405 => ErrorKind::MethodNotAllowed,
        502..=504 => ErrorKind::Gateway,
        status => match envelope {
            Some(envelope) => from_text(envelope).unwrap_or_else(|| from_status(status, envelope.code)),
            None => from_status(status, None),
        },
    }
}

fn refusal(reason: Option<&str>) -> ErrorKind {
    match reason {
        None | Some("") => ErrorKind::Forbidden,
        Some("mfa_enrollment_required") => ErrorKind::Mfa(MfaNeed::Enroll),
        Some("mfa_verification_required") => ErrorKind::Mfa(MfaNeed::Verify),
        Some(reason) if reason.contains("mfa") => ErrorKind::Mfa(MfaNeed::Other),
        Some(_) => ErrorKind::Forbidden,
    }
}

fn from_status(status: u16, code: Option<i64>) -> ErrorKind {
    match (status, code) {
        (404, _) => ErrorKind::NotFound,
        // A revision that is no longer the newest (contract 9.2).
        (409, _) => ErrorKind::Conflict,
        // A 400 with a code of its own is an operation that failed, not a request that was malformed.
        (400, Some(6000..=7999)) => ErrorKind::Server,
        (400 | 413..=415 | 422 | 431, _) => ErrorKind::InvalidInput,
        _ => ErrorKind::Server,
    }
}

/// Phrases, lower-cased, and what they mean; the first that occurs decides.
const PHRASES: &[(&str, ErrorKind)] = &[
    ("is sleeping", ErrorKind::Sleeping),
    ("环境正处于不能更新的状态", ErrorKind::Busy),
    ("failed to acquire lock", ErrorKind::Busy),
    ("environment is updating", ErrorKind::Busy),
    ("modified since last update", ErrorKind::Conflict),
    ("待删除服务存在于子环境中", ErrorKind::Conflict),
    ("can't delete it", ErrorKind::Conflict),
    ("is a base environment", ErrorKind::Conflict),
    ("is not base environment", ErrorKind::Conflict),
    ("resource is applied by other envs", ErrorKind::Conflict),
    ("resource ownership conflict", ErrorKind::Conflict),
    ("环境已存在", ErrorKind::AlreadyExists),
    ("already exist", ErrorKind::AlreadyExists),
    ("param commonenvcfgtype", ErrorKind::InvalidInput),
    ("yaml name is incorrect", ErrorKind::InvalidInput),
    ("failed to validate request data", ErrorKind::InvalidInput),
    ("not match the definition", ErrorKind::InvalidInput),
    ("in project's global variable list", ErrorKind::InvalidInput),
    ("referenced global variable not exist", ErrorKind::InvalidInput),
    ("invaild value", ErrorKind::InvalidInput),
    ("but the request env production field", ErrorKind::InvalidInput),
    ("no documents in result", ErrorKind::NotFound),
    ("not found", ErrorKind::NotFound),
    ("failed to find", ErrorKind::NotFound),
    ("can't find", ErrorKind::NotFound),
    ("does not belong to service", ErrorKind::NotFound),
    ("环境不存在", ErrorKind::NotFound),
    ("不存在", ErrorKind::NotFound),
    ("is required", ErrorKind::InvalidInput),
    ("can't be empty", ErrorKind::InvalidInput),
    ("cannot be empty", ErrorKind::InvalidInput),
    ("is empty", ErrorKind::InvalidInput),
    ("strconv.", ErrorKind::InvalidInput),
    ("unsupported workload type", ErrorKind::InvalidInput),
    ("restart pod is not supported", ErrorKind::InvalidInput),
    ("is not support delete", ErrorKind::InvalidInput),
    ("must be greater than", ErrorKind::InvalidInput),
    ("invalid common env cfg type", ErrorKind::InvalidInput),
    ("invalid since", ErrorKind::InvalidInput),
    ("only support k8s type", ErrorKind::InvalidInput),
    ("无法创建默认的镜像仓库", ErrorKind::InvalidInput),
    ("invalid character", ErrorKind::InvalidInput),
];

fn from_text(envelope: &Envelope) -> Option<ErrorKind> {
    if envelope.code == Some(7050) {
        return Some(ErrorKind::Licence);
    }
    let text = envelope.searchable();
    PHRASES.iter().find(|(phrase, _)| text.contains(phrase)).map(|(_, kind)| *kind)
}
