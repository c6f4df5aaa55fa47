//! The state of a container's log stream, as people see it.

use crate::api::ApiError;
use std::sync::Arc;

/// The state of the connection to one container's log.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) enum StreamState {
    /// Nothing was asked yet.
    #[default]
    Unknown,
    /// The container has not started; the reason is the cluster's own word.
    Starting(String),
    /// All streams are in use; this one gets its turn.
    Queued,
    /// Asked for; the server answers with the first line.
    Waiting,
    /// Lines come, or may come.
    Live,
    /// The container is there, but has nothing that could be read yet.
    Nothing,
    /// The stream broke and is opened again at this time (milliseconds since 1970).
    Retrying {
        /// When.
        at_ms: u64,
        /// Why, if it is known.
        error: Option<Arc<ApiError>>,
    },
    /// Let go while nobody looks; it is taken up again, without loss, when somebody does.
    Released,
    /// The container does not run and will be started again; it goes on by itself then.
    Crashed {
        /// The cluster's own word, `CrashLoopBackOff` for instance.
        reason: String,
        /// When it was seen to end, Unix seconds.
        ended_at: Option<i64>,
    },
    /// The container has ended; nothing will come.
    Ended,
    /// There is no such pod or container.
    Missing,
    /// The server refuses, and asking again will not help.
    Refused(Arc<ApiError>),
}

impl StreamState {
    /// Whether nothing more will happen by itself.
    pub(crate) fn is_over(&self) -> bool {
        matches!(self, Self::Ended | Self::Missing | Self::Refused(_))
    }

    /// A stable word, for tests and styles.
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Starting(_) => "starting",
            Self::Queued => "queued",
            Self::Waiting => "waiting",
            Self::Live => "live",
            Self::Nothing => "nothing",
            Self::Retrying { .. } => "retrying",
            Self::Released => "released",
            Self::Crashed { .. } => "crashed",
            Self::Ended => "ended",
            Self::Missing => "missing",
            Self::Refused(_) => "refused",
        }
    }
}
