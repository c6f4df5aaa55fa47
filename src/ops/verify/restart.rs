//! Verifying `E33`, `E34`, `H11`: every pod of a workload, or one pod, made anew.

use super::failing::PodId;
use super::rollout::{Roll, Rollout};
use super::scale::find_workload;
use super::{Rules, Verdict, Verifier};
use crate::api::services::{ServiceDetail, Workload};
use crate::domain::readiness::{is_alive, of_workload};
use crate::ops::outcome::{Failure, Progress, Stale};
use crate::ops::saved::SavedVerifier;
use crate::ops::snapshot::{Probe, Snapshot};
use crate::ops::target::WorkloadRef;
use crate::ops::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Verifies the restart of a service.
///
/// The server restarts the first workload in the service's YAML, which can only be guessed from the order of its
/// answer. So all workloads are followed, and the one that rolls is the one that counts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Restarted {
    service: String,
    followed: Vec<(WorkloadRef, Rollout)>,
}

fn follow(workload: &Workload) -> (WorkloadRef, Rollout) {
    (WorkloadRef::new(workload.kind.clone(), workload.name.clone()), Rollout::from(workload))
}

impl Restarted {
    /// Verifies that one of these workloads of `service` restarts, the likeliest first.
    pub fn new<'a>(service: &str, workloads: impl IntoIterator<Item = &'a Workload>) -> Self {
        Self { service: service.to_owned(), followed: workloads.into_iter().map(follow).collect() }
    }
}

impl Verifier for Restarted {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::Restarted(self.clone()))
    }

    fn rules(&self) -> Rules {
        // Between the patch and the first new pod lies the cluster's controller.
        Rules { looks: 5, patience: Duration::from_secs(10), ..Rules::default() }
    }

    fn reads(&self) -> Vec<Probe> {
        let events = self.followed.iter().find_map(|(_, rollout)| rollout.wants_events_of());
        let events = events.map(|pod| Probe::PodEvents(pod.to_owned()));
        std::iter::once(Probe::Service(self.service.clone())).chain(events).collect()
    }

    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale> {
        let Some(detail) = snapshot.service(&self.service) else { return Ok(()) };
        for (wanted, rollout) in &mut self.followed {
            if let Some(workload) = find_workload(detail, wanted) {
                *rollout = Rollout::from(workload);
            }
        }
        match self.followed.iter().any(|(wanted, _)| find_workload(detail, wanted).is_some()) {
            true => Ok(()),
            false => Err(Stale::ServiceGone(self.service.clone())),
        }
    }

    fn judge(&mut self, snapshot: &Snapshot, now: Timestamp) -> Verdict {
        let Some(detail) = snapshot.service(&self.service) else { return Verdict::Unchanged };
        let mut verdict = Verdict::TargetMissing;
        for (wanted, rollout) in &mut self.followed {
            let Some(workload) = find_workload(detail, wanted) else { continue };
            match rollout.judge(workload, snapshot, now) {
                Roll::Untouched => verdict = Verdict::Unchanged,
                Roll::Rolling(progress) => return Verdict::Moving(progress),
                Roll::Failing(reason) => return Verdict::Failing(Failure::Rollout(reason)),
                Roll::Complete(progress) if progress.desired > 0 => return Verdict::Done(progress),
                Roll::Complete(_) => verdict = Verdict::Unchanged,
            }
        }
        verdict
    }
}

/// Verifies that one pod was made anew: it is gone, and its workload is complete without it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PodRestarted {
    service: String,
    pod: String,
    workload: WorkloadRef,
    id: PodId,
    rollout: Rollout,
}

impl PodRestarted {
    /// Verifies that `pod` of a workload of `service` is replaced; `None` if the workload has no such pod.
    pub fn new(service: &str, detail: &ServiceDetail, pod: &str) -> Option<Self> {
        let (workload, found) = detail
            .workloads
            .iter()
            .find_map(|workload| Some((workload, workload.pods.iter().find(|one| one.name == pod)?)))?;
        let (wanted, rollout) = follow(workload);
        Some(Self {
            service: service.to_owned(),
            pod: pod.to_owned(),
            workload: wanted,
            id: PodId::of(found),
            rollout,
        })
    }
}

impl Verifier for PodRestarted {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::PodRestarted(self.clone()))
    }

    fn reads(&self) -> Vec<Probe> {
        let events = self.rollout.wants_events_of().map(|pod| Probe::PodEvents(pod.to_owned()));
        std::iter::once(Probe::Service(self.service.clone())).chain(events).collect()
    }

    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale> {
        let Some(detail) = snapshot.service(&self.service) else { return Ok(()) };
        let gone = || Stale::WorkloadGone(self.workload.name.clone());
        let workload = find_workload(detail, &self.workload).ok_or_else(gone)?;
        if !workload.pods.iter().any(|pod| PodId::of(pod) == self.id) {
            return Err(Stale::Changed);
        }
        self.rollout = Rollout::from(workload);
        Ok(())
    }

    fn judge(&mut self, snapshot: &Snapshot, now: Timestamp) -> Verdict {
        let Some(detail) = snapshot.service(&self.service) else { return Verdict::Unchanged };
        let Some(workload) = find_workload(detail, &self.workload) else { return Verdict::TargetMissing };
        let (mut progress, found) = self.rollout.progress(workload, snapshot, now);
        let there = workload.pods.iter().find(|pod| PodId::of(pod) == self.id);
        if there.is_some_and(is_alive) {
            return Verdict::Unchanged;
        }
        if let Some(reason) = found.fatal {
            return Verdict::Failing(Failure::Rollout(reason));
        }
        let readiness = of_workload(workload);
        let (ready, desired, at_rest) = (readiness.ready, readiness.desired, readiness.is_settled());
        progress = Progress { ready, desired, ..progress };
        match at_rest && there.is_none() {
            true => Verdict::Done(progress),
            false => Verdict::Moving(progress),
        }
    }
}

impl PodRestarted {
    /// The pod's name.
    pub fn pod(&self) -> &str {
        &self.pod
    }
}
