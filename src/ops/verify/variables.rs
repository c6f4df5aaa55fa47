//! Verifying `E21`, `E22`: the values are stored, and the services that take them have rolled.

use std::collections::BTreeMap;

use super::fleet::Fleet;
use super::{Verdict, Verifier};
use crate::api::model::VariableValue;
use crate::ops::look::{Look, Read};
use crate::ops::moment::Moment;
use crate::ops::outcome::{Progress, Stale};

/// Verifies a change of global variables.
#[derive(Clone, Debug)]
pub struct VariablesReplaced {
    wanted: BTreeMap<String, Option<VariableValue>>,
    fleet: Fleet,
    rolls: bool,
}

impl VariablesReplaced {
    /// Verifies these values (`None`: the variable is gone), and that `related` services settle. Give only what
    /// changes; the order of the list is never compared.
    pub fn new(wanted: BTreeMap<String, Option<VariableValue>>, related: &[String]) -> Self {
        Self { wanted, fleet: Fleet::new(related), rolls: !related.is_empty() }
    }
}

impl Verifier for VariablesReplaced {
    fn reads(&self) -> Vec<Read> {
        let mut reads = vec![Read::Variables];
        if self.rolls {
            reads.extend(self.fleet.reads());
        }
        reads
    }

    fn baseline(&mut self, look: &Look) -> Result<(), Stale> {
        self.fleet.baseline(look);
        Ok(())
    }

    fn judge(&mut self, look: &Look, now: Moment) -> Verdict {
        let Some(variables) = look.variables() else { return Verdict::Moving(Progress::default()) };
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
            (_, true) => self.fleet.judge(look, now),
        }
    }
}
