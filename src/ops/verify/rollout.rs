//! Old pods making room for new ones.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use super::failing::{Found, PodId, Trouble, reason_of};
use crate::api::services::{Pod, Workload};
use crate::domain::diagnosis::Reason;
use crate::domain::readiness::{is_alive, is_ready, of_workload, telling_pods};
use crate::ops::outcome::{PodBrief, Progress};
use crate::ops::snapshot::Snapshot;
use crate::ops::timestamp::Timestamp;

/// How far a workload's rollout is.
#[derive(Clone, Debug, PartialEq)]
pub enum Roll {
    /// No new pod, and all old ones are there.
    Untouched,
    /// Under way.
    Rolling(Progress),
    /// A new pod does not start.
    Failing(Reason),
    /// Only new pods, all ready.
    Complete(Progress),
}

/// Follows the pods of one workload.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Rollout {
    before: BTreeSet<PodId>,
    /// Begun anew after a reload: what still troubles a pod says so again.
    #[serde(skip)]
    trouble: Trouble,
}

impl Rollout {
    /// Follows a workload from how it is now.
    pub fn from(workload: &Workload) -> Self {
        Self { before: workload.pods.iter().map(PodId::of).collect(), trouble: Trouble::default() }
    }

    /// Whether the pod was there before.
    pub fn knows(&self, pod: &Pod) -> bool {
        self.before.contains(&PodId::of(pod))
    }

    /// The pod whose events should be read with the next look.
    pub fn wants_events_of(&self) -> Option<&str> {
        self.trouble.wants_events_of()
    }

    /// Old and new pods of a workload, as far as they are known; with what is wrong with the new ones.
    pub fn progress(
        &mut self,
        workload: &Workload,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> (Progress, Found) {
        let (old, new): (Vec<&Pod>, Vec<&Pod>) = workload.pods.iter().partition(|pod| self.knows(pod));
        let telling = telling_pods(workload).filter(|pod| !self.before.contains(&PodId::of(pod)));
        let found = self.trouble.judge(telling, snapshot, now);
        let progress = Progress {
            ready: new.iter().filter(|pod| is_ready(&workload.kind, pod)).count(),
            desired: of_workload(workload).desired,
            reason: found.shown.clone(),
            waiting: Vec::new(),
            old: old.into_iter().map(brief).collect(),
            new: new.into_iter().map(brief).collect(),
        };
        (progress, found)
    }

    /// Judges a rollout that makes every pod anew.
    pub fn judge(&mut self, workload: &Workload, snapshot: &Snapshot, now: Timestamp) -> Roll {
        let (progress, found) = self.progress(workload, snapshot, now);
        let alive = |pod: &&Pod| is_alive(pod) && self.knows(pod);
        let old_left = workload.pods.iter().filter(alive).count();
        let old_before = self.before.len();
        if old_left == 0
            && progress.ready >= progress.desired
            && (!progress.new.is_empty() || progress.desired == 0)
        {
            return Roll::Complete(progress);
        }
        if let Some(reason) = found.fatal {
            return Roll::Failing(reason);
        }
        match progress.new.is_empty() && progress.old.len() >= old_before {
            true => Roll::Untouched,
            false => Roll::Rolling(progress),
        }
    }
}

/// The first reason found in any of a workload's pods that tell one, old or new.
pub fn any_reason(workload: &Workload) -> Option<Reason> {
    telling_pods(workload).find_map(reason_of)
}

/// What progress says of a pod.
pub fn brief(pod: &Pod) -> PodBrief {
    PodBrief {
        name: pod.name.clone(),
        status: pod.status.clone(),
        ready: pod.pod_ready,
        created: pod.create_time,
    }
}
