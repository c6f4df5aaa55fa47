//! The one error of the client.
//!
//! Everything that can go wrong with a call becomes an [`ApiError`]: a [`ErrorKind`] to decide on, the call it
//! belongs to, and whatever the server said, verbatim. The kind's wording in the reader's language is the
//! interface's business. No error ever holds a token.

mod classify;
mod details;
mod known;
mod refusal;
mod saved;

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;

pub use classify::{Answer, classify};
pub use details::{SubEnvUse, details, innermost};
pub use known::{KnownDetail, KnownTitle};
pub use refusal::Refusal;

use super::decode::{self, DecodeProblem};
use super::request::CallInfo;

/// What a caller may decide on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ErrorKind {
    /// No answer: offline, refused, TLS, or blocked by CORS. A browser does not tell which.
    Network,
    /// No answer within the call's time limit.
    Timeout,
    /// The browser gave the request up (the page is being left, for instance).
    Aborted,
    /// There is no token, or none that can be sent.
    InvalidToken,
    /// 401: the token is missing, expired or revoked.
    Unauthorized,
    /// 403 without a reason: the account may not do this.
    Forbidden,
    /// 403 with a multi-factor reason (servers from v4.3).
    Mfa(MfaNeed),
    /// Code 7050: the installation's licence does not cover this.
    Licence,
    /// The environment, service or object does not exist (or is of the other family).
    NotFound,
    /// There is no such route at this address: a wrong base address, or a server too old or too new.
    RouteMissing,
    /// 405: the address exists, the method does not.
    MethodNotAllowed,
    /// The environment is being changed, or its lock is held; the same call may succeed later.
    Busy,
    /// The state of things forbids it until somebody decides: modified meanwhile, still used elsewhere.
    Conflict,
    /// What was to be made is there already.
    AlreadyExists,
    /// The environment is sleeping.
    Sleeping,
    /// The server (or this client, before sending) refused what was sent.
    InvalidInput,
    /// 502, 503 or 504: something before Zadig could not reach it.
    Gateway,
    /// The server failed; what it said is in `message` and `description`.
    Server,
    /// The answer is not what was due: a web page, cut off, or of another shape.
    Undecodable,
    /// The answer is empty where a value was due.
    EmptyBody,
}

/// Which multi-factor step is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MfaNeed {
    /// The account must enrol a second factor.
    Enroll,
    /// The session must be verified with the second factor.
    Verify,
    /// A reason this client does not know.
    Other,
}

impl ErrorKind {
    /// A stable word for the kind, for keys of translations and for tests.
    pub fn id(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Aborted => "aborted",
            Self::InvalidToken => "invalid-token",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::Mfa(MfaNeed::Enroll) => "mfa-enroll",
            Self::Mfa(MfaNeed::Verify) => "mfa-verify",
            Self::Mfa(MfaNeed::Other) => "mfa",
            Self::Licence => "licence",
            Self::NotFound => "not-found",
            Self::RouteMissing => "route-missing",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::Busy => "busy",
            Self::Conflict => "conflict",
            Self::AlreadyExists => "already-exists",
            Self::Sleeping => "sleeping",
            Self::InvalidInput => "invalid-input",
            Self::Gateway => "gateway",
            Self::Server => "server",
            Self::Undecodable => "undecodable",
            Self::EmptyBody => "empty-body",
        }
    }

    /// Whether sending the same thing again cannot do it twice.
    ///
    /// A read may always be repeated. A write only when the server certainly refused it before doing anything; after
    /// a lost answer, a time-out or a failure inside the server nobody knows.
    pub fn retry_is_safe(self, is_write: bool) -> bool {
        if !is_write {
            return true;
        }
        !matches!(
            self,
            Self::Network
                | Self::Timeout
                | Self::Aborted
                | Self::Gateway
                | Self::Server
                | Self::Undecodable
                | Self::EmptyBody
        )
    }
}

/// An [`ErrorKind`] with its circumstances; read through [`ApiError`].
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorParts {
    /// What to decide on.
    pub kind: ErrorKind,
    /// The call that failed.
    pub call: CallInfo,
    /// The HTTP status, where an answer came.
    pub status: Option<u16>,
    /// The server's own code. Not unique: never decide on it alone.
    pub code: Option<i64>,
    /// The server's title, mostly Chinese; see [`ApiError::known_title`].
    pub message: Option<String>,
    /// The server's detail, verbatim, or the client's own where the server said nothing.
    pub description: Option<String>,
    /// The server's `extra` object, where not empty.
    pub extra: Option<serde_json::Value>,
    /// At most 200 characters of a body that was not understood.
    pub excerpt: Option<String>,
    /// Whether the body visibly stopped before its end.
    pub truncated: bool,
}

/// Why a call failed. The fields of [`ErrorParts`] are read directly: `error.kind`, `error.status`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "saved::SavedError", from = "saved::SavedError")]
pub struct ApiError(Box<ErrorParts>);

impl Deref for ApiError {
    type Target = ErrorParts;

    fn deref(&self) -> &ErrorParts {
        &self.0
    }
}

impl ApiError {
    /// An error of `kind` about `call`, with nothing else known.
    pub fn new(kind: ErrorKind, call: CallInfo) -> Self {
        Self(Box::new(ErrorParts {
            kind,
            call,
            status: None,
            code: None,
            message: None,
            description: None,
            extra: None,
            excerpt: None,
            truncated: false,
        }))
    }

    /// The same with a status.
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    /// The same with a description.
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.0.description = Some(description.into());
        self
    }

    /// The same with an excerpt of `body` around the byte `offset`; a blank body gives none.
    pub fn with_excerpt(mut self, body: &str, offset: usize) -> Self {
        self.0.excerpt = Some(decode::excerpt(body, offset)).filter(|text| !text.trim().is_empty());
        self
    }

    /// The error for a successful answer whose body could not be read.
    pub fn undecodable(call: CallInfo, status: u16, body: &str, problem: DecodeProblem) -> Self {
        match problem {
            DecodeProblem::Empty => Self::new(ErrorKind::EmptyBody, call).with_status(status),
            DecodeProblem::Malformed { message, offset, cut } => {
                let mut error = Self::new(ErrorKind::Undecodable, call)
                    .with_status(status)
                    .with_description(message)
                    .with_excerpt(body, offset);
                error.0.truncated = cut;
                error
            }
        }
    }

    /// Whether sending the failed call again cannot do it twice; see [`ErrorKind::retry_is_safe`].
    pub fn retry_is_safe(&self) -> bool {
        self.kind.retry_is_safe(self.call.method.is_write())
    }

    /// The fixed title the server used, where code and message agree on one.
    pub fn known_title(&self) -> Option<KnownTitle> {
        KnownTitle::find(self.code?, self.message.as_deref()?)
    }

    /// The first fixed sentence found in the description.
    pub fn known_detail(&self) -> Option<KnownDetail> {
        self.description.as_deref().and_then(KnownDetail::find)
    }

    /// What exactly was refused, for the calls about environments themselves.
    pub fn refusal(&self) -> Option<Refusal> {
        Refusal::find(self.call.endpoint, self.description.as_deref()?)
    }

    /// The description taken apart: one entry for each error the server collected, without repeated titles.
    pub fn details(&self) -> Vec<String> {
        self.description.as_deref().map(details).unwrap_or_default()
    }

    /// For a refused removal (`E17`): which sub-environments still use which service.
    pub fn sub_env_uses(&self) -> Vec<SubEnvUse> {
        let refused = self.known_title() == Some(KnownTitle::ServiceUsedBySubEnv);
        match (&self.extra, refused) {
            (Some(extra), true) => SubEnvUse::parse(extra),
            _ => Vec::new(),
        }
    }

    pub(super) fn parts_mut(&mut self) -> &mut ErrorParts {
        &mut self.0
    }
}

impl fmt::Display for ApiError {
    /// One English line for logs: kind, call, status and what the server said.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {} {}", self.kind.id(), self.call.endpoint, self.call.method, self.call.path)?;
        if let Some(status) = self.status {
            write!(f, ", status {status}")?;
        }
        f.write_str(")")?;
        if let Some(title) = self.known_title() {
            write!(f, ": {}", title.english())?;
        } else if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        match &self.description {
            Some(description) if !description.is_empty() => write!(f, ": {}", description.trim()),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for ApiError {}
