//! How each kind of operation is verified by reading back.
//!
//! A [`Verifier`] is told what was there before ([`Verifier::baseline`]), names what it wants to read
//! ([`Verifier::reads`]) and judges each look ([`Verifier::judge`]). It decides nothing about time: how many looks
//! without a change mean "nothing changed", when to give up, what comes after the end, is the state machine's.
//!
//! # When is a rollout failing?
//! Only **new** pods count: those not there before, by name and time of making. A pod that is just starting is no
//! failure. `ImagePullBackOff`, `InvalidImageName` and `ErrImageNeverPull` are at once, and `CrashLoopBackOff` once its exit code is known: Kubernetes
//! says them only after trying. Everything else that may pass by itself (`ErrImagePull`, `OOMKilled`, a pending pod whose
//! newest event is a warning, …) is shown as the reason and becomes a failure when the same pod still says it after
//! [`failing::HOLD`]. A pod that runs and is not ready is never a failure by itself: its probes may take their time.

pub mod config;
pub mod environment;
pub mod failing;
pub mod fleet;
pub mod image;
pub mod portal;
pub mod restart;
pub mod rollout;
pub mod scale;
pub mod services;
pub mod sharing;
pub mod variables;

use std::fmt::Debug;
use std::time::Duration;

use super::outcome::{Failure, Progress, Stale};
use super::saved::SavedVerifier;
use super::snapshot::{Probe, Snapshot};
use super::timestamp::Timestamp;

/// What one look says.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Everything is as before.
    Unchanged,
    /// The thing to be changed is not there.
    TargetMissing,
    /// Some of several changes are there.
    Partly {
        /// How many are.
        done: usize,
        /// How many were wished.
        of: usize,
        /// How far those are.
        progress: Progress,
    },
    /// The change is there and what follows from it is under way.
    Moving(Progress),
    /// It has failed.
    Failing(Failure),
    /// Everything is as wished.
    Done(Progress),
    /// This server cannot be asked.
    CannotTell,
}

/// What the state machine must know of a verifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How many looks without a change mean that nothing changed …
    pub looks: u32,
    /// … if they cover this much time.
    pub patience: Duration,
    /// How many looks in a row must say "done".
    pub settle: u32,
    /// Whether the result may drift back and is watched for it.
    pub drifts: bool,
    /// How long something that moves is watched before it is given up.
    pub watch: Duration,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            looks: 4,
            patience: Duration::from_secs(6),
            settle: 1,
            drifts: false,
            watch: super::machine::WATCH,
        }
    }
}

/// Verifies one operation. It may remember what it saw.
pub trait Verifier: Debug + Send + Sync {
    /// The numbers the state machine goes by.
    fn rules(&self) -> Rules {
        Rules::default()
    }

    /// What to read for the next look. Bounded: at most a handful of calls, however large the target.
    fn reads(&self) -> Vec<Probe>;

    /// Takes in how things are right before the change.
    ///
    /// # Errors
    /// [`Stale`] when the operation does not fit what is there, so that it must not be sent.
    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale>;

    /// Judges a look taken after the change. A look in which something is missing (it could not be read) judges by
    /// what is there.
    fn judge(&mut self, snapshot: &Snapshot, now: Timestamp) -> Verdict;

    /// What to write down to go on after a reload of the tab; `None` for one that holds what must not be written down.
    fn saved(&self) -> Option<SavedVerifier> {
        None
    }

    /// For a result that may drift: what is there now, if it is no longer what was verified.
    fn drifted(&self, _look: &Snapshot) -> Option<i64> {
        None
    }
}
