//! The life of one operation, as a pure state machine: inputs and a clock go in, phases come out.
//!
//! ```text
//! Draft ──ask──▶ Confirm ──yes──▶ Grace ──time──▶ Queued ──begin──▶ Sending ──answer──▶ Converging ──look──▶ Ended
//!    └──cancel──────┴──────────────┴───────────────┘ Ended(Cancelled)
//! ```
//!
//! - An input that does not fit the phase changes nothing and is handed back as [`Ignored`]. So a second click, a late
//!   timer or a look that arrives after the end cannot do harm.
//! - `Sending` is entered once. A call whose answer was lost is never sent again: the operation goes on to reading back
//!   with [`Operation::doubt`] set.
//! - After the end an operation is watched a little longer ([`Aftercare`]); what is seen then becomes a [`Note`] and never
//!   changes the outcome.

use serde::{Deserialize, Serialize};
mod recorded;

pub(super) use recorded::History;

use std::sync::Arc;
use std::time::Duration;

use super::outcome::{Failure, Note, Outcome, Progress, Refused, Why};
use super::plan::Facts;
use super::timestamp::Timestamp;
use super::verify::{Rules, Verdict};
use crate::api::{ApiError, ErrorKind};

/// How long an operation is watched at most.
pub const WATCH: Duration = Duration::from_secs(300);
/// How much longer, while nothing can be read at all: an outcome may be waiting behind a lost network.
pub const BLIND_WATCH: Duration = Duration::from_secs(600);
/// How long replicas are watched for drifting back.
pub const DRIFT_WATCH: Duration = Duration::from_secs(90);
/// How long a change that did not show is still looked for.
pub const LATE_WATCH: Duration = Duration::from_secs(30);

/// An operation's number in its tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OpId(pub u64);

/// The number of a group of operations confirmed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupId(pub u64);

/// Where an operation stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// In review.
    Draft,
    /// The question is asked.
    Confirm,
    /// Confirmed; can be called off until then.
    Grace {
        /// When it goes on.
        until: Timestamp,
    },
    /// Waits for its turn, or for the look before the change.
    Queued,
    /// A call is on its way.
    Sending {
        /// Which one, from 0.
        step: usize,
    },
    /// Accepted, or nobody knows; being read back.
    Converging(Progress),
    /// Over.
    Ended(Outcome),
}

/// What can happen to an operation.
#[derive(Clone, Debug)]
pub enum Input {
    /// The review is done; ask.
    Ask,
    /// Back to the review.
    Back,
    /// The answer is yes, with what was typed.
    Confirm(Option<String>),
    /// The group's answer is yes.
    ConfirmedByGroup,
    /// Call it off.
    Cancel,
    /// The grace time may be over.
    GraceOver,
    /// It is its turn.
    Begin,
    /// It is not sent after all.
    Refuse(Refused),
    /// A call was answered.
    Answered(Result<(), ApiError>),
    /// A look was taken.
    Looked(Verdict),
    /// A look failed.
    LookFailed(ApiError),
    /// Watch on after giving up.
    WatchOn,
    /// Something was seen after the end.
    Noted(Note),
    /// Nobody needs to look any longer.
    LeaveAlone,
}

/// Why an input changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ignored {
    /// It does not fit the phase.
    WrongPhase,
    /// The name typed is not the one asked for.
    NameDiffers,
    /// The grace time is not over yet.
    TooEarly,
    /// It was sent already, so it cannot be called off.
    TooLate,
}

/// What an ended operation is still watched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Aftercare {
    /// Replicas going back.
    Drift,
    /// A failed rollout coming right.
    Recovery,
    /// A change that shows late.
    Late,
}

/// One operation of this tab.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Its number.
    pub id: OpId,
    /// The group it was confirmed with.
    pub group: Option<GroupId>,
    /// What it is.
    pub facts: Arc<Facts>,
    /// Where it stands.
    pub phase: Phase,
    /// When it was drafted.
    pub created: Timestamp,
    /// When it was confirmed.
    pub confirmed: Option<Timestamp>,
    /// When its first call was sent.
    pub sent: Option<Timestamp>,
    /// When its last call was answered.
    pub answered: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Set when an answer was lost: it is not known whether the call was carried out.
    pub doubt: Option<ApiError>,
    /// Why the last look failed, if it did.
    pub look_error: Option<ApiError>,
    /// What was seen after the end, and when.
    pub notes: Vec<(Timestamp, Note)>,
    rules: Rules,
    /// When the present watch began; [`Self::answered`], unless it was taken up again.
    watch: Timestamp,
    unchanged: u32,
    settled: u32,
    partly: Option<(usize, usize)>,
    aftercare: Option<(Aftercare, Timestamp)>,
}

impl Operation {
    /// An operation in review.
    pub fn draft(id: OpId, group: Option<GroupId>, facts: Facts, rules: Rules, now: Timestamp) -> Self {
        Self {
            id,
            group,
            facts: Arc::new(facts),
            phase: Phase::Draft,
            created: now,
            confirmed: None,
            sent: None,
            answered: None,
            ended: None,
            doubt: None,
            look_error: None,
            notes: Vec::new(),
            rules,
            watch: now,
            unchanged: 0,
            settled: 0,
            partly: None,
            aftercare: None,
        }
    }

    /// How it ended, if it has.
    pub fn outcome(&self) -> Option<&Outcome> {
        match &self.phase {
            Phase::Ended(outcome) => Some(outcome),
            _ => None,
        }
    }

    /// Whether it was confirmed and has not ended: it holds its claims.
    pub fn is_under_way(&self) -> bool {
        !matches!(self.phase, Phase::Draft | Phase::Confirm | Phase::Ended(_))
    }

    /// How many minutes it is watched before it is given up.
    pub fn watch_minutes(&self) -> u64 {
        self.rules.watch.as_secs() / 60
    }

    /// What it is still watched for after its end.
    pub fn aftercare(&self, now: Timestamp) -> Option<Aftercare> {
        self.aftercare.filter(|(_, until)| now < *until).map(|(what, _)| what)
    }

    /// Takes an input in.
    ///
    /// # Errors
    /// [`Ignored`] with the reason, and nothing changed, when it does not fit.
    pub fn apply(&mut self, input: Input, now: Timestamp) -> Result<(), Ignored> {
        match (&self.phase, input) {
            (Phase::Draft, Input::Ask) => self.phase = Phase::Confirm,
            (Phase::Confirm, Input::Back) => self.phase = Phase::Draft,
            (Phase::Draft | Phase::Confirm, Input::Confirm(typed)) => {
                if !self.facts.confirmation().accepts(typed.as_deref()) {
                    return Err(Ignored::NameDiffers);
                }
                self.confirmed(now);
            }
            (Phase::Draft | Phase::Confirm, Input::ConfirmedByGroup) => self.confirmed(now),
            (Phase::Draft | Phase::Confirm | Phase::Grace { .. } | Phase::Queued, Input::Cancel) => {
                self.end(Outcome::Cancelled, now);
            }
            (Phase::Sending { .. } | Phase::Converging(_), Input::Cancel) => return Err(Ignored::TooLate),
            (Phase::Grace { until }, Input::GraceOver) => {
                if now < *until {
                    return Err(Ignored::TooEarly);
                }
                self.phase = Phase::Queued;
            }
            (Phase::Grace { .. } | Phase::Queued, Input::Refuse(why)) => self.end(Outcome::NotSent(why), now),
            (Phase::Queued, Input::Begin) => {
                self.sent = Some(now);
                self.phase = Phase::Sending { step: 0 };
            }
            (Phase::Sending { step }, Input::Answered(answer)) => self.answered(*step, answer, now),
            (Phase::Converging(_), Input::Looked(verdict)) => self.looked(verdict, now),
            (Phase::Converging(progress), Input::LookFailed(error)) => {
                let progress = progress.clone();
                self.look_error = Some(error);
                if now.since(self.watch) >= BLIND_WATCH {
                    self.end(Outcome::GaveUp(progress), now);
                }
            }
            (Phase::Ended(Outcome::GaveUp(progress)), Input::WatchOn) => {
                self.phase = Phase::Converging(progress.clone());
                self.watch = now;
                self.ended = None;
            }
            (Phase::Ended(_), Input::Noted(note)) => {
                self.notes.push((now, note));
                self.aftercare = None;
            }
            (Phase::Ended(_), Input::LeaveAlone) => self.aftercare = None,
            _ => return Err(Ignored::WrongPhase),
        }
        Ok(())
    }

    fn confirmed(&mut self, now: Timestamp) {
        self.confirmed = Some(now);
        let grace = self.facts.kind.grace();
        self.phase = match grace.is_zero() {
            true => Phase::Queued,
            false => Phase::Grace { until: now.plus(grace) },
        };
    }

    fn answered(&mut self, step: usize, answer: Result<(), ApiError>, now: Timestamp) {
        match answer {
            Ok(()) if step + 1 < self.facts.steps() => self.phase = Phase::Sending { step: step + 1 },
            Ok(()) => self.watch_from(now),
            Err(error) if answer_is_lost(&error) => {
                self.doubt = Some(error);
                self.watch_from(now);
            }
            Err(error) => {
                // A refusal out of the server's inside may come after the change (contract, `E35`).
                let late = !error.retry_is_safe();
                let of = self.facts.steps();
                self.end(Outcome::Failed(Failure::Refused { error, done: step, of }), now);
                self.aftercare = late.then(|| (Aftercare::Late, now.plus(LATE_WATCH)));
            }
        }
    }

    fn watch_from(&mut self, now: Timestamp) {
        self.answered = Some(now);
        self.watch = now;
        self.phase = Phase::Converging(Progress::default());
    }

    fn looked(&mut self, verdict: Verdict, now: Timestamp) {
        self.look_error = None;
        if !matches!(verdict, Verdict::Unchanged | Verdict::TargetMissing | Verdict::Partly { .. }) {
            self.unchanged = 0;
            self.partly = None;
        }
        if !matches!(verdict, Verdict::Done(_)) {
            self.settled = 0;
        }
        match verdict {
            Verdict::Unchanged => self.nothing(Why::OnlyAccepted, Progress::default(), now),
            Verdict::TargetMissing => self.nothing(Why::TargetMissing, Progress::default(), now),
            Verdict::Partly { done, of, progress } => {
                self.partly = Some((done, of));
                self.nothing(Why::OnlyAccepted, progress, now);
            }
            Verdict::Moving(progress) if now.since(self.watch) >= self.rules.watch => {
                self.end(Outcome::GaveUp(progress), now)
            }
            Verdict::Moving(progress) => self.phase = Phase::Converging(progress),
            Verdict::Done(progress) => {
                self.settled += 1;
                match self.settled >= self.rules.settle {
                    true => self.end(Outcome::Verified, now),
                    false => self.phase = Phase::Converging(progress),
                }
            }
            Verdict::Failing(failure) => self.end(Outcome::Failed(failure), now),
            Verdict::CannotTell => self.end(Outcome::Unverifiable, now),
        }
    }

    /// A look that saw no change: after enough of them, over enough time, that is the outcome.
    fn nothing(&mut self, why: Why, progress: Progress, now: Timestamp) {
        self.unchanged += 1;
        let patience = match self.doubt {
            // The call may still be working on the server's side of a lost connection.
            Some(_) => self.rules.patience * 2,
            None => self.rules.patience,
        };
        if self.unchanged < self.rules.looks || now.since(self.watch) < patience {
            self.phase = Phase::Converging(progress);
            return;
        }
        let outcome = match (self.partly, &self.doubt) {
            (Some((done, of)), _) => Outcome::Failed(Failure::Partly { done, of }),
            (None, Some(error)) => Outcome::NothingChanged(Why::AnswerLost(error.clone())),
            (None, None) => Outcome::NothingChanged(why),
        };
        self.end(outcome, now);
    }

    fn end(&mut self, outcome: Outcome, now: Timestamp) {
        let watch = match &outcome {
            Outcome::Verified if self.rules.drifts => Some((Aftercare::Drift, now.plus(DRIFT_WATCH))),
            Outcome::Failed(Failure::Rollout(_) | Failure::Environment { .. }) => {
                Some((Aftercare::Recovery, self.watch.plus(self.rules.watch)))
            }
            Outcome::NothingChanged(_) => Some((Aftercare::Late, now.plus(LATE_WATCH))),
            _ => None,
        };
        self.aftercare = watch;
        self.ended = Some(now);
        self.phase = Phase::Ended(outcome);
    }
}

/// Whether an error leaves open if the call was carried out. What Zadig answered is an answer; everything that got lost
/// on the way is not.
pub fn answer_is_lost(error: &ApiError) -> bool {
    matches!(
        error.kind,
        ErrorKind::Network
            | ErrorKind::Timeout
            | ErrorKind::Aborted
            | ErrorKind::Gateway
            | ErrorKind::Undecodable
            | ErrorKind::EmptyBody
    )
}
