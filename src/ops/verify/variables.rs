//! Verifying `E21`, `E22`: the values are stored, and the services that take them have rolled.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::fleet::Fleet;
use super::{Verdict, Verifier};
use crate::api::model::{GlobalVariable, VariableValue};
use crate::ops::outcome::{Progress, Stale};
use crate::ops::saved::SavedVerifier;
use crate::ops::snapshot::{Probe, Snapshot};
use crate::ops::timestamp::Timestamp;

/// Verifies a change of global variables.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VariablesReplaced {
    #[serde(skip)]
    reviewed: Vec<GlobalVariable>,
    wanted: BTreeMap<String, Option<VariableValue>>,
    fleet: Fleet,
    rolls: bool,
}

impl VariablesReplaced {
    /// Verifies these values (`None`: the variable is gone), and that `related` services settle. Give only what
    /// changes; the order of the list is never compared. `reviewed` is the whole list that the review was made from:
    /// because the change replaces it, it is not sent if somebody else changed anything of it meanwhile.
    pub fn new(
        reviewed: &[GlobalVariable],
        wanted: BTreeMap<String, Option<VariableValue>>,
        related: &[String],
    ) -> Self {
        Self { reviewed: in_order(reviewed), wanted, fleet: Fleet::new(related), rolls: !related.is_empty() }
    }
}

/// The same variables in an order of our own: the server's changes with every update.
fn in_order(variables: &[GlobalVariable]) -> Vec<GlobalVariable> {
    let mut variables = variables.to_vec();
    variables.iter_mut().for_each(|variable| variable.related_services.sort());
    variables.sort_by(|left, right| left.key.cmp(&right.key));
    variables
}

impl Verifier for VariablesReplaced {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::VariablesReplaced(self.clone()))
    }

    fn reads(&self) -> Vec<Probe> {
        let mut reads = vec![Probe::Variables];
        if self.rolls {
            reads.extend(self.fleet.reads());
        }
        reads
    }

    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale> {
        self.fleet.baseline(snapshot);
        match snapshot.variables().is_some_and(|now| in_order(now) != self.reviewed) {
            true => Err(Stale::Changed),
            false => Ok(()),
        }
    }

    fn judge(&mut self, snapshot: &Snapshot, now: Timestamp) -> Verdict {
        let Some(variables) = snapshot.variables() else { return Verdict::Moving(Progress::default()) };
        let is_so = |(key, wanted): &(&String, &Option<VariableValue>)| {
            let found = variables.iter().find(|variable| variable.key == **key);
            match (found, wanted) {
                (None, None) => true,
                // A boolean may come back as a text and the other way round.
                (Some(found), Some(wanted)) => found.value.to_text() == wanted.to_text(),
                _ => false,
            }
        };
        let of = self.wanted.len();
        let done = self.wanted.iter().filter(is_so).count();
        match (done, self.rolls) {
            (done, _) if done == 0 && of > 0 => Verdict::Unchanged,
            (done, _) if done < of => Verdict::Partly { done, of, progress: Progress::default() },
            (_, false) => Verdict::Done(Progress::default()),
            (_, true) => self.fleet.judge(snapshot, now),
        }
    }
}
