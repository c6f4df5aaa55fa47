//! Verifying `E35`-`E37`: the workload names the new image, and new pods run it.

use super::rollout::{Roll, Rollout};
use super::scale::find_workload;
use super::{Verdict, Verifier};
use crate::api::model::ContainerImage;
use crate::api::services::{ServiceDetail, WorkloadKind};
use crate::domain::diagnosis::Reason;
use crate::domain::readiness::of_workload;
use crate::ops::outcome::{Failure, Progress, Stale};
use crate::ops::saved::SavedVerifier;
use crate::ops::snapshot::{Probe, Snapshot};
use crate::ops::target::WorkloadRef;
use crate::ops::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// A container's new image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The container.
    pub container: String,
    /// The image, as sent.
    pub image: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Changed {
    workload: WorkloadRef,
    wanted: Vec<Wanted>,
    before: Vec<ContainerImage>,
    rollout: Rollout,
}

/// Verifies an image update of one or more workloads of a service.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImagesUpdated {
    service: String,
    changed: Vec<Changed>,
}

/// The containers and images a service's workload or cron job has now.
pub fn images_of<'a>(detail: &'a ServiceDetail, workload: &WorkloadRef) -> Option<&'a [ContainerImage]> {
    match workload.kind {
        WorkloadKind::CronJob => {
            detail.cron_jobs.iter().find(|job| job.name == workload.name).map(|job| job.images.as_slice())
        }
        _ => find_workload(detail, workload).map(|found| found.images.as_slice()),
    }
}

impl ImagesUpdated {
    /// Verifies nothing yet.
    pub fn new(service: &str) -> Self {
        Self { service: service.to_owned(), changed: Vec::new() }
    }

    /// Also verifies these images of a workload or cron job in `detail`.
    pub fn expect(mut self, detail: &ServiceDetail, workload: &WorkloadRef, wanted: Vec<Wanted>) -> Self {
        let images = images_of(detail, workload).unwrap_or_default();
        self.changed.push(Changed {
            workload: workload.clone(),
            wanted,
            before: images.to_vec(),
            rollout: find_workload(detail, workload).map(Rollout::from).unwrap_or_default(),
        });
        self
    }
}

impl Changed {
    /// How many of the wished images are named; the container that should not be there; or the workload is missing.
    fn named(&self, detail: &ServiceDetail) -> Option<Result<usize, String>> {
        let images = images_of(detail, &self.workload)?;
        if let Some(added) =
            images.iter().find(|image| !self.before.iter().any(|before| before.name == image.name))
        {
            return Some(Err(added.name.clone()));
        }
        let has = |wanted: &&Wanted| {
            images.iter().any(|image| image.name == wanted.container && image.image == wanted.image)
        };
        Some(Ok(self.wanted.iter().filter(has).count()))
    }
}

impl Verifier for ImagesUpdated {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::ImagesUpdated(self.clone()))
    }

    fn reads(&self) -> Vec<Probe> {
        let events = self.changed.iter().find_map(|one| one.rollout.wants_events_of());
        let events = events.map(|pod| Probe::PodEvents(pod.to_owned()));
        std::iter::once(Probe::Service(self.service.clone())).chain(events).collect()
    }

    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale> {
        let Some(detail) = snapshot.service(&self.service) else { return Ok(()) };
        for one in &mut self.changed {
            let gone = || Stale::WorkloadGone(one.workload.name.clone());
            let images = images_of(detail, &one.workload).ok_or_else(gone)?;
            let missing =
                one.wanted.iter().find(|wanted| !images.iter().any(|image| image.name == wanted.container));
            if let Some(missing) = missing {
                return Err(Stale::ContainerGone(missing.container.clone()));
            }
            let same = |before: &ContainerImage| {
                images.iter().any(|image| image.name == before.name && image.image == before.image)
            };
            let touched =
                |before: &&ContainerImage| one.wanted.iter().any(|wanted| wanted.container == before.name);
            if !one.before.iter().filter(touched).all(same) {
                return Err(Stale::Changed);
            }
            one.before = images.to_vec();
            one.rollout = find_workload(detail, &one.workload).map(Rollout::from).unwrap_or_default();
        }
        Ok(())
    }

    fn judge(&mut self, snapshot: &Snapshot, now: Timestamp) -> Verdict {
        let Some(detail) = snapshot.service(&self.service) else { return Verdict::Unchanged };
        let mut done = 0;
        for one in &self.changed {
            match one.named(detail) {
                None => return Verdict::TargetMissing,
                Some(Err(container)) => return Verdict::Failing(Failure::ContainerAdded { container }),
                Some(Ok(named)) => done += named,
            }
        }
        let of = self.changed.iter().map(|one| one.wanted.len()).sum();
        if done == 0 {
            return Verdict::Unchanged;
        }
        match self.follow(detail, snapshot, now) {
            Err(reason) => Verdict::Failing(Failure::Rollout(reason)),
            Ok((progress, _)) if done < of => Verdict::Partly { done, of, progress },
            Ok((progress, true)) => Verdict::Done(progress),
            Ok((progress, false)) => Verdict::Moving(progress),
        }
    }
}

impl ImagesUpdated {
    /// The pods of all workloads together, and whether all are complete. Cron jobs have none to wait for: their next
    /// run takes the new image.
    fn follow(
        &mut self,
        detail: &ServiceDetail,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> Result<(Progress, bool), Reason> {
        let mut all = Progress::default();
        let mut complete = true;
        for one in &mut self.changed {
            let Some(workload) = find_workload(detail, &one.workload) else { continue };
            let progress = match one.rollout.judge(workload, snapshot, now) {
                Roll::Failing(reason) => return Err(reason),
                Roll::Complete(progress) => progress,
                Roll::Rolling(progress) => {
                    complete = false;
                    progress
                }
                Roll::Untouched => {
                    // The spec has changed; the controller makes new pods in a moment, unless none are wanted.
                    complete &= of_workload(workload).desired == 0;
                    one.rollout.progress(workload, snapshot, now).0
                }
            };
            all.ready += progress.ready;
            all.desired += progress.desired;
            all.reason = all.reason.or(progress.reason);
            all.old.extend(progress.old);
            all.new.extend(progress.new);
        }
        Ok((all, complete))
    }
}
