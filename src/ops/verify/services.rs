//! Verifying `E13`-`E18`: services come, are rendered anew, and go.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::time::Duration;

use super::fleet::Fleet;
use super::{Rules, Verdict, Verifier};
use crate::api::environments::Environment;
use crate::domain::service_variables::bound_keys;
use crate::ops::outcome::{Progress, Stale};
use crate::ops::saved::SavedVerifier;
use crate::ops::snapshot::{Probe, Snapshot};
use crate::ops::timestamp::Timestamp;

/// Verifies that services were added: they are in the environment, it is no longer updating, their pods are ready.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServicesAdded(Fleet);

impl ServicesAdded {
    /// Verifies that these services appear.
    pub fn new(services: &[String]) -> Self {
        Self(Fleet::new(services))
    }
}

impl Verifier for ServicesAdded {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::ServicesAdded(self.clone()))
    }

    fn rules(&self) -> Rules {
        Rules { looks: 5, patience: Duration::from_secs(10), ..Rules::default() }
    }

    fn reads(&self) -> Vec<Probe> {
        self.0.reads()
    }

    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale> {
        let there = |name: &&str| {
            snapshot
                .environment()
                .is_some_and(|env| env.services.iter().any(|service| service.name == **name))
        };
        if let Some(name) = self.0.services().find(there) {
            return Err(Stale::ServiceThere(name.to_owned()));
        }
        self.0.baseline(snapshot);
        Ok(())
    }

    fn judge(&mut self, snapshot: &Snapshot, now: Timestamp) -> Verdict {
        let Some(environment) = snapshot.environment() else { return self.0.judge(snapshot, now) };
        let has = |name: &str| environment.services.iter().any(|service| service.name == name);
        let done = self.0.services().filter(|name| has(name)).count();
        let of = self.0.services().count();
        let moving = environment.status.is_moving();
        match (done, moving) {
            (_, true) => self.0.judge(snapshot, now),
            (0, false) => Verdict::Unchanged,
            (done, false) if done < of => Verdict::Partly { done, of, progress: Progress::default() },
            _ => self.0.judge(snapshot, now),
        }
    }
}

/// Verifies that services were updated: the environment took it, is no longer updating, and their pods are ready.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServicesUpdated {
    fleet: Fleet,
    /// The variables of each service that followed a global one when the plan was made.
    #[serde(skip)]
    reviewed: Vec<(String, BTreeSet<String>)>,
}

impl ServicesUpdated {
    /// Verifies that these services are rendered anew. `reviewed` is the environment the plan was made from: if
    /// somebody else binds or unbinds a variable meanwhile, the update would undo it, so it is not sent.
    pub fn new(services: &[String], reviewed: &Environment) -> Self {
        let seen = |name: &String| (name.clone(), bound_keys(reviewed, name));
        Self { fleet: Fleet::new(services), reviewed: services.iter().map(seen).collect() }
    }
}

impl Verifier for ServicesUpdated {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::ServicesUpdated(self.clone()))
    }

    fn reads(&self) -> Vec<Probe> {
        self.fleet.reads()
    }

    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale> {
        if let Some(environment) = snapshot.environment() {
            // A service that is not in the environment would be added by the update (contract, `E15`).
            let has = |name: &&str| !environment.services.iter().any(|service| service.name == **name);
            if let Some(name) = self.fleet.services().find(has) {
                return Err(Stale::ServiceGone(name.to_owned()));
            }
            if self.reviewed.iter().any(|(name, reviewed)| bound_keys(environment, name) != *reviewed) {
                return Err(Stale::Changed);
            }
        }
        self.fleet.baseline(snapshot);
        Ok(())
    }

    fn judge(&mut self, snapshot: &Snapshot, now: Timestamp) -> Verdict {
        let verdict = self.fleet.judge(snapshot, now);
        let Some(environment) = snapshot.environment() else { return verdict };
        match self.fleet.was_touched(environment) {
            true => verdict,
            false => Verdict::Unchanged,
        }
    }
}

/// Verifies that services were removed. The server answers when their workloads are gone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServicesRemoved {
    services: Vec<String>,
}

impl ServicesRemoved {
    /// Verifies that these services disappear.
    pub fn new(services: &[String]) -> Self {
        Self { services: services.to_vec() }
    }
}

impl Verifier for ServicesRemoved {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::ServicesRemoved(self.clone()))
    }

    fn rules(&self) -> Rules {
        // After a lost answer the server may still be waiting for the workloads to go.
        Rules { patience: Duration::from_secs(20), ..Rules::default() }
    }

    fn reads(&self) -> Vec<Probe> {
        vec![Probe::Environment]
    }

    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale> {
        let Some(environment) = snapshot.environment() else { return Ok(()) };
        let has = |name: &&String| !environment.services.iter().any(|service| service.name == **name);
        match self.services.iter().find(has) {
            Some(name) => Err(Stale::ServiceGone(name.clone())),
            None => Ok(()),
        }
    }

    fn judge(&mut self, snapshot: &Snapshot, _now: Timestamp) -> Verdict {
        let Some(environment) = snapshot.environment() else { return Verdict::Unchanged };
        let has = |name: &String| environment.services.iter().any(|service| service.name == *name);
        let waiting: Vec<String> = self.services.iter().filter(|name| has(name)).cloned().collect();
        let (left, of) = (waiting.len(), self.services.len());
        let progress = Progress { waiting, ..Progress::default() };
        match (left, environment.status.is_moving()) {
            (0, _) => Verdict::Done(progress),
            (_, true) => Verdict::Moving(progress),
            (left, false) if left == of => Verdict::Unchanged,
            (left, false) => Verdict::Partly { done: of - left, of, progress },
        }
    }
}
