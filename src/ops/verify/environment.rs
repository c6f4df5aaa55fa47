//! Verifying `E07`-`E12`: environments come, change and go.

use super::fleet::Fleet;
use super::{Rules, Verdict, Verifier};
use crate::api::environments::{EnvStatus, EnvironmentSummary};
use crate::ops::outcome::{Failure, Progress, Stale};
use crate::ops::saved::SavedVerifier;
use crate::ops::snapshot::{Probe, Snapshot};
use crate::ops::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The server itself gives up on a new environment after five minutes, unless it is told otherwise (contract 6.1); its
/// word is worth waiting for.
const CREATION: Duration = Duration::from_secs(420);

/// Verifies that an environment was made: listed, no longer `creating`, its services ready.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EnvironmentCreated {
    key: String,
    fleet: Fleet,
    listed: bool,
}

impl EnvironmentCreated {
    /// Verifies that the environment `key` appears with these services.
    pub fn new(key: impl Into<String>, services: &[String]) -> Self {
        Self { key: key.into(), fleet: Fleet::new(services), listed: false }
    }
}

impl Verifier for EnvironmentCreated {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::EnvironmentCreated(self.clone()))
    }

    fn rules(&self) -> Rules {
        Rules { looks: 5, patience: Duration::from_secs(10), watch: CREATION, ..Rules::default() }
    }

    fn reads(&self) -> Vec<Probe> {
        let mut reads = vec![Probe::Environments];
        if self.listed {
            reads.extend(self.fleet.reads());
        }
        reads
    }

    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale> {
        match snapshot.environments().is_some_and(|list| list.iter().any(|env| env.key == self.key)) {
            true => Err(Stale::Changed),
            false => Ok(()),
        }
    }

    fn judge(&mut self, snapshot: &Snapshot, now: Timestamp) -> Verdict {
        let Some(list) = snapshot.environments() else { return Verdict::Moving(Progress::default()) };
        let Some(found) = list.iter().find(|env| env.key == self.key) else { return Verdict::Unchanged };
        self.listed = true;
        if self.fleet.services().next().is_none() && found.status.is_success() {
            return Verdict::Done(Progress::default());
        }
        let verdict = self.fleet.judge(snapshot, now);
        match (verdict, snapshot.environment()) {
            // The list says `failed` at once; why is only known once the services were read.
            (Verdict::Moving(progress), Some(environment)) if found.status.is_failed() => {
                let waiting = self.fleet.unready(environment);
                Verdict::Failing(Failure::Environment { waiting, reason: progress.reason })
            }
            (verdict, _) => verdict,
        }
    }
}

/// Verifies that an environment was deleted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EnvironmentDeleted {
    key: String,
}

impl EnvironmentDeleted {
    /// Verifies that the environment `key` disappears from the list.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into() }
    }
}

impl Verifier for EnvironmentDeleted {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::EnvironmentDeleted(self.clone()))
    }

    fn reads(&self) -> Vec<Probe> {
        vec![Probe::Environments]
    }

    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale> {
        match snapshot.environments().is_none_or(|list| list.iter().any(|env| env.key == self.key)) {
            true => Ok(()),
            false => Err(Stale::Changed),
        }
    }

    fn judge(&mut self, snapshot: &Snapshot, _now: Timestamp) -> Verdict {
        let Some(list) = snapshot.environments() else { return Verdict::Moving(Progress::default()) };
        match list.iter().find(|env| env.key == self.key) {
            None => Verdict::Done(Progress::default()),
            Some(env) if env.status == EnvStatus::Deleting => Verdict::Moving(Progress::default()),
            Some(_) => Verdict::Unchanged,
        }
    }
}

/// Verifies an edit of an environment: registry, and alias where there is one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EnvironmentEdited {
    key: String,
    /// Registry and alias as the review showed them.
    before: (String, Option<String>),
    registry: String,
    alias: Option<String>,
}

impl EnvironmentEdited {
    /// Verifies these; the alias of a production environment, `None` for a test environment. `before` is what the
    /// review was made from.
    pub fn new(before: &EnvironmentSummary, registry: impl Into<String>, alias: Option<&str>) -> Self {
        let seen = (before.registry_id.clone(), before.alias.clone());
        Self {
            key: before.key.clone(),
            before: seen,
            registry: registry.into(),
            alias: alias.map(str::to_owned),
        }
    }

    fn find<'a>(&self, snapshot: &'a Snapshot) -> Option<Option<&'a EnvironmentSummary>> {
        Some(snapshot.environments()?.iter().find(|env| env.key == self.key))
    }
}

impl Verifier for EnvironmentEdited {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::EnvironmentEdited(self.clone()))
    }

    fn reads(&self) -> Vec<Probe> {
        vec![Probe::Environments]
    }

    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale> {
        let same = |now: &EnvironmentSummary| {
            now.registry_id == self.before.0 && (self.alias.is_none() || now.alias == self.before.1)
        };
        match self.find(snapshot) {
            Some(now) if !now.is_some_and(same) => Err(Stale::Changed),
            _ => Ok(()),
        }
    }

    fn judge(&mut self, snapshot: &Snapshot, _now: Timestamp) -> Verdict {
        let Some(found) = self.find(snapshot) else { return Verdict::Moving(Progress::default()) };
        let Some(env) = found else { return Verdict::TargetMissing };
        // The list leaves an alias out that is empty or the key itself.
        let shown = env.alias.as_deref().unwrap_or_default();
        let alias_is_so =
            self.alias.as_deref().is_none_or(|alias| alias == shown || shown.is_empty() && alias == env.key);
        match (env.registry_id == self.registry, alias_is_so) {
            (true, true) => Verdict::Done(Progress::default()),
            _ => Verdict::Unchanged,
        }
    }
}
