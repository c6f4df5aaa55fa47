//! How operations end, how far they are, and why some never begin.

use crate::api::ApiError;
use crate::api::services::PodStatus;
use crate::domain::diagnosis::Reason;
use serde::{Deserialize, Serialize};

use super::machine::OpId;

/// How an operation ended. Never "updated" because a call returned: every one of these was seen by reading back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// Done, and seen to be done.
    Verified,
    /// Accepted, but nothing changed in a bounded number of looks.
    NothingChanged(Why),
    /// Failed, and how.
    Failed(Failure),
    /// Still converging when the watch ended; this is how far it was.
    GaveUp(Progress),
    /// Accepted, but this server has no way to read it back (`E43`).
    Unverifiable,
    /// Sent, and then the page was reloaded while it was read back by what cannot be written down.
    Lost,
    /// Called off before anything was sent.
    Cancelled,
    /// Nothing was sent, and this is why.
    NotSent(Refused),
}

impl Outcome {
    /// Whether something reached the server, or may have.
    pub fn was_sent(&self) -> bool {
        !matches!(self, Self::Cancelled | Self::NotSent(_))
    }

    /// Whether everything is as it was wished.
    pub fn is_good(&self) -> bool {
        *self == Self::Verified
    }
}

/// Why nothing changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Why {
    /// The server answered success and did nothing (contract: scaling before v4.2.1, restart of an unknown service).
    OnlyAccepted,
    /// The answer was lost; reading back shows that it was not done.
    AnswerLost(ApiError),
    /// The thing to be changed is not there (any more).
    TargetMissing,
}

/// Why an operation failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Failure {
    /// The server refused one of the calls.
    Refused {
        /// What it said.
        error: ApiError,
        /// How many calls had been accepted before.
        done: usize,
        /// How many there are in all.
        of: usize,
    },
    /// New pods do not start: the word, pod, container, message and exit code.
    Rollout(Reason),
    /// The environment itself ended as `failed`.
    Environment {
        /// Services that are not ready.
        waiting: Vec<String>,
        /// The first reason found in their pods.
        reason: Option<Reason>,
    },
    /// Some of the changes are there and others are not.
    Partly {
        /// How many are.
        done: usize,
        /// How many were wished.
        of: usize,
    },
    /// The change was there and was undone by something else.
    Reverted {
        /// What is there now.
        to: i64,
    },
    /// The workload has a container that it did not have before.
    ContainerAdded {
        /// Its name.
        container: String,
    },
}

/// Why an operation cannot be made, or was not begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Refused {
    /// The application is read-only.
    ReadOnly,
    /// Another operation holds the same thing.
    Busy {
        /// Which one.
        other: OpId,
    },
    /// The request is none that may be sent; the client's own words.
    Unsendable(String),
    /// What it was planned on has changed meanwhile.
    Stale(Stale),
    /// Zadig could not be reached for the look before the change, so nothing was sent.
    Unreachable(ApiError),
    /// The page was reloaded before it was sent.
    Reloaded,
    /// There is no such operation (any more).
    Unknown,
    /// A step was not possible.
    Ignored(super::machine::Ignored),
}

/// What changed between planning and sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stale {
    /// The workload is gone.
    WorkloadGone(String),
    /// The container is gone: sending would add it anew.
    ContainerGone(String),
    /// The service is gone.
    ServiceGone(String),
    /// The service is there already.
    ServiceThere(String),
    /// It is not as the review showed it: somebody else changed it.
    Changed,
}

/// Something seen after the end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Note {
    /// The replicas went back to this number.
    DriftedBack {
        /// What is there now.
        to: i64,
    },
    /// The rollout that failed has come right.
    Recovered,
    /// What looked as if nothing changed, or as refused, has happened after all.
    ChangedLater,
}

/// How far a converging operation is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Pods that are ready and count for it.
    pub ready: usize,
    /// Pods that should be.
    pub desired: usize,
    /// Pods from before that are still there.
    pub old: Vec<PodBrief>,
    /// Pods made since.
    pub new: Vec<PodBrief>,
    /// What keeps it back, as far as can be seen.
    pub reason: Option<Reason>,
    /// Services that are not ready yet, where several are under way.
    pub waiting: Vec<String>,
}

/// A pod in a rollout's display.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodBrief {
    /// Its name.
    pub name: String,
    /// What it is doing.
    pub status: PodStatus,
    /// Whether it is ready.
    pub ready: bool,
    /// When it was made, Unix seconds.
    pub created: i64,
}
