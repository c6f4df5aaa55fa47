//! Verifying `E32`: the number is there, and that many pods are ready.

use super::rollout::{Rollout, any_reason};
use super::{Rules, Verdict, Verifier};
use crate::api::services::{ServiceDetail, Workload};
use crate::domain::readiness::of_workload;
use crate::ops::outcome::{Failure, Stale};
use crate::ops::saved::SavedVerifier;
use crate::ops::snapshot::{Probe, Snapshot};
use crate::ops::target::WorkloadRef;
use crate::ops::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// Verifies a scaling.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Scaled {
    service: String,
    workload: WorkloadRef,
    from: i64,
    to: i64,
    rollout: Rollout,
    reached: bool,
}

impl Scaled {
    /// Verifies that `workload` of `service` comes to `to` replicas.
    pub fn new(service: &str, workload: &Workload, to: u32) -> Self {
        Self {
            service: service.to_owned(),
            workload: WorkloadRef::new(workload.kind.clone(), workload.name.clone()),
            from: workload.replicas,
            to: i64::from(to),
            rollout: Rollout::from(workload),
            reached: false,
        }
    }

    fn find<'a>(&self, snapshot: &'a Snapshot) -> Option<&'a Workload> {
        find_workload(snapshot.service(&self.service)?, &self.workload)
    }
}

/// A workload of a service.
pub fn find_workload<'a>(detail: &'a ServiceDetail, wanted: &WorkloadRef) -> Option<&'a Workload> {
    detail.workloads.iter().find(|one| one.name == wanted.name && one.kind == wanted.kind)
}

impl Verifier for Scaled {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::Scaled(self.clone()))
    }

    fn rules(&self) -> Rules {
        Rules { drifts: true, ..Rules::default() }
    }

    fn reads(&self) -> Vec<Probe> {
        let events = self.rollout.wants_events_of().map(|pod| Probe::PodEvents(pod.to_owned()));
        std::iter::once(Probe::Service(self.service.clone())).chain(events).collect()
    }

    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale> {
        if snapshot.service(&self.service).is_none() {
            return Ok(());
        }
        let workload = self.find(snapshot).ok_or_else(|| Stale::WorkloadGone(self.workload.name.clone()))?;
        if workload.replicas != self.from {
            return Err(Stale::Changed);
        }
        self.rollout = Rollout::from(workload);
        Ok(())
    }

    fn judge(&mut self, snapshot: &Snapshot, now: Timestamp) -> Verdict {
        let Some(workload) = self.find(snapshot) else { return Verdict::TargetMissing };
        if workload.replicas != self.to {
            return match (self.reached, workload.replicas == self.from) {
                (true, _) => Verdict::Failing(Failure::Reverted { to: workload.replicas }),
                (false, true) => Verdict::Unchanged,
                (false, false) => Verdict::Moving(self.rollout.progress(workload, snapshot, now).0),
            };
        }
        self.reached = true;
        let (mut progress, found) = self.rollout.progress(workload, snapshot, now);
        let readiness = of_workload(workload);
        progress.ready = readiness.ready;
        progress.reason = progress.reason.or_else(|| any_reason(workload));
        if progress.ready == progress.desired && readiness.alive == progress.desired {
            return Verdict::Done(progress);
        }
        match found.fatal {
            Some(reason) => Verdict::Failing(Failure::Rollout(reason)),
            None => Verdict::Moving(progress),
        }
    }

    fn drifted(&self, snapshot: &Snapshot) -> Option<i64> {
        let replicas = self.find(snapshot)?.replicas;
        (replicas != self.to).then_some(replicas)
    }
}
