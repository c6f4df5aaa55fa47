//! Operations that outlive a reload of the tab: written down when the page goes, taken up again when it comes back.
//!
//! | at the reload | after it |
//! |---|---|
//! | in review | forgotten |
//! | in its grace time, or waiting for its turn | not sent: [`Refused::Reloaded`] |
//! | a call on its way | its answer is lost: read back, never sent again |
//! | being read back | read back further, from where it was |
//! | ended | as it ended, with its notes |
//!
//! What is written down is what the Activity list shows: secrets as dots, calls as they may be shown. A verifier that holds
//! more (the text of a config object) is not written down, and its operation says that its outcome is not known.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::machine::{History, Operation, Phase};
use super::outcome::{Outcome, Progress, Refused};
use super::plan::{Change, Facts, Impact};
use super::registry::Operations;
use super::target::Target;
use super::timestamp::Timestamp;
use super::verify::config::ConfigDeleted;
use super::verify::environment::{EnvironmentCreated, EnvironmentDeleted, EnvironmentEdited};
use super::verify::image::ImagesUpdated;
use super::verify::portal::PortalSet;
use super::verify::restart::{PodRestarted, Restarted};
use super::verify::scale::Scaled;
use super::verify::services::{ServicesAdded, ServicesRemoved, ServicesUpdated};
use super::verify::sharing::SharingTurned;
use super::verify::variables::VariablesReplaced;
use super::verify::{Rules, Verifier};
use crate::api::decode::read;
use crate::api::{Method, Request};

/// The form of what is written down; another one is not read.
const FORM: u32 = 1;
/// How many operations are written down: web storage is small.
const MOST: usize = 100;

macro_rules! verifiers {
    ($($name:ident),+ $(,)?) => {
        /// A verifier, written down.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        pub enum SavedVerifier {
            $(
                #[doc = concat!("[`", stringify!($name), "`].")]
                $name($name),
            )+
        }

        impl SavedVerifier {
            fn revived(self) -> Box<dyn Verifier> {
                match self {
                    $(Self::$name(verifier) => Box::new(verifier),)+
                }
            }
        }
    };
}

verifiers! {
    ConfigDeleted, EnvironmentCreated, EnvironmentDeleted, EnvironmentEdited, ImagesUpdated, PodRestarted, PortalSet,
    Restarted, Scaled, ServicesAdded, ServicesRemoved, ServicesUpdated, SharingTurned, VariablesReplaced,
}

/// Whose operations they are: those of another Zadig or user are not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Zadig's address; empty for the page's own.
    pub base: String,
    /// The user, as far as the token says.
    pub user: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Document {
    form: u32,
    owner: Owner,
    /// The oldest first.
    operations: Vec<SavedOperation>,
}

#[derive(Serialize, Deserialize)]
struct SavedCall {
    method: Method,
    target: String,
    body: Option<String>,
}

#[derive(Serialize, Deserialize)]
enum SavedPhase {
    /// It was not sent.
    Unsent,
    Sending {
        step: usize,
    },
    Converging(Progress),
    Ended(Outcome),
}

#[derive(Serialize, Deserialize)]
struct SavedOperation {
    kind: Kind,
    target: Target,
    changes: Vec<Change>,
    impacts: Vec<Impact>,
    calls: Vec<SavedCall>,
    phase: SavedPhase,
    history: History,
    verifier: Option<SavedVerifier>,
}

/// Writes the operations down; `None` where there are none.
pub fn write(ops: &Operations, owner: Owner) -> Option<String> {
    let mut operations = ops.map_slots(saved);
    operations.reverse();
    operations.truncate(MOST);
    operations.reverse();
    let document = Document { form: FORM, owner, operations };
    (!document.operations.is_empty()).then(|| serde_json::to_string(&document).ok()).flatten()
}

fn saved(op: &Operation, verifier: Option<SavedVerifier>) -> Option<SavedOperation> {
    let phase = match &op.phase {
        Phase::Draft | Phase::Confirm => return None,
        Phase::Grace { .. } | Phase::Queued => SavedPhase::Unsent,
        Phase::Sending { step } => SavedPhase::Sending { step: *step },
        Phase::Converging(progress) => SavedPhase::Converging(progress.clone()),
        Phase::Ended(outcome) => SavedPhase::Ended(outcome.clone()),
    };
    let calls = op.facts.shown_calls().into_iter().map(|call| SavedCall {
        method: call.method(),
        target: call.target(),
        body: call.body().map(str::to_owned),
    });
    Some(SavedOperation {
        kind: op.facts.kind,
        target: op.facts.target.clone(),
        changes: op.facts.changes.clone(),
        impacts: op.facts.impacts.clone(),
        calls: calls.collect(),
        phase,
        history: op.history(),
        verifier,
    })
}

/// Takes operations up again that were written down for this owner, older than any that are there. Gives those that have
/// to be driven on with [`super::drive`]. A text that cannot be read gives none.
pub fn restore(ops: &Operations, text: &str, owner: &Owner, now: Timestamp) -> Vec<super::OpId> {
    let Ok(document) = read::<Document>(text) else { return Vec::new() };
    if document.form != FORM || document.owner != *owner {
        return Vec::new();
    }
    let revived = document.operations.into_iter().map(|saved| revived(saved, now));
    let revived: Vec<(Operation, Option<Box<dyn Verifier>>)> = revived.collect();
    ops.insert_older(revived)
}

fn revived(saved: SavedOperation, now: Timestamp) -> (Operation, Option<Box<dyn Verifier>>) {
    let calls = saved.calls.into_iter().map(|call| Request::recorded(call.method, call.target, call.body));
    let facts = Facts::recorded(saved.kind, saved.target, saved.changes, saved.impacts, calls.collect());
    let verifier = saved.verifier.map(SavedVerifier::revived);
    let rules = verifier.as_ref().map_or_else(Rules::default, |verifier| verifier.rules());
    let mut history = saved.history;
    let phase = match (saved.phase, &verifier) {
        (SavedPhase::Ended(outcome), _) => Phase::Ended(outcome),
        (SavedPhase::Unsent, _) => Phase::Ended(Outcome::NotSent(Refused::Reloaded)),
        (_, None) => Phase::Ended(Outcome::Lost),
        (SavedPhase::Sending { step }, Some(_)) => Phase::Sending { step },
        (SavedPhase::Converging(progress), Some(_)) => Phase::Converging(progress),
    };
    if matches!(phase, Phase::Ended(_)) {
        history.times.ended.get_or_insert(now);
    }
    if verifier.is_none() {
        history.aftercare = None;
    }
    (Operation::recorded(facts, rules, phase, history), verifier)
}

/// What the registry calls to have itself written down; see [`Operations::set_saver`].
pub type Saver = Rc<dyn Fn(&Operations, Owner) -> Option<String>>;
