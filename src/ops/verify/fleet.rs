//! Several services of an environment settling at once, with a bounded number of reads for each look.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::Verdict;
use super::failing::{PodId, Trouble};
use super::rollout::{any_reason, brief};
use crate::api::environments::{EnvStatus, Environment, ServiceStatus};
use crate::api::services::{Pod, ServiceDetail, Workload};
use crate::domain::diagnosis::Reason;
use crate::domain::readiness::{is_alive, is_ready, of_service, of_workload, telling_pods};
use crate::ops::outcome::{Failure, PodBrief, Progress};
use crate::ops::snapshot::{Probe, Snapshot};
use crate::ops::timestamp::Timestamp;

/// How many services are read in one look.
const AT_ONCE: usize = 5;
/// How often a service must be seen at rest when all its pods are new.
const TIMES: u8 = 2;
/// How often while pods from before the change run: either it does not concern them, or the cluster has not begun or not
/// ended to replace them, and between two pods a rollout looks like rest.
const TIMES_WITH_OLD_PODS: u8 = 5;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Member {
    /// Whether it was in the environment before the change, so that old pods may make room for new ones.
    existed: bool,
    /// Its pods before the change; `None` as long as nobody has looked.
    before: Option<BTreeSet<PodId>>,
    #[serde(skip)]
    trouble: Trouble,
    at_rest: u8,
    /// The look it was seen in last.
    seen: u32,
    /// Whether it was at rest when it was seen last.
    rests: bool,
    /// Ready pods; only new ones where old ones are left.
    ready: usize,
    desired: usize,
    old: Vec<PodBrief>,
    new: Vec<PodBrief>,
    reason: Option<Reason>,
}

/// Follows services of an environment until each was seen at rest.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Fleet {
    members: BTreeMap<String, Member>,
    looks: u32,
    seen_moving: bool,
    update_time: Option<i64>,
    status: Option<EnvStatus>,
}

impl Fleet {
    /// Follows these services.
    pub fn new<'a>(services: impl IntoIterator<Item = &'a String>) -> Self {
        let members = services.into_iter().map(|name| (name.clone(), Member::default())).collect();
        Self { members, ..Self::default() }
    }

    /// The services followed.
    pub fn services(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(String::as_str)
    }

    /// The environment, and some services: those that lack one snapshot, then those that were not seen for longest. While the
    /// server is at work nothing is at rest, and still each has its turn.
    pub fn reads(&self) -> Vec<Probe> {
        let mut open: Vec<_> = self.members.iter().filter(|(_, member)| !member.is_settled()).collect();
        open.sort_by_key(|(_, member)| (std::cmp::Reverse(member.at_rest), member.seen));
        let services = open.iter().take(AT_ONCE).map(|(name, _)| Probe::Service((*name).clone()));
        let events = self.members.values().find_map(|member| member.trouble.wants_events_of());
        let events = events.map(|pod| Probe::PodEvents(pod.to_owned()));
        std::iter::once(Probe::Environment).chain(services).chain(events).collect()
    }

    /// Takes in how things are before the change.
    pub fn baseline(&mut self, snapshot: &Snapshot) {
        if let Some(environment) = snapshot.environment() {
            self.update_time = Some(environment.update_time);
            self.status = Some(environment.status.clone());
            for service in &environment.services {
                self.members.get_mut(&service.name).into_iter().for_each(|member| member.existed = true);
            }
        }
        for (name, member) in &mut self.members {
            if let Some(detail) = snapshot.service(name) {
                member.before = Some(pods_of(detail).map(PodId::of).collect());
            }
        }
    }

    /// Whether there are signs that the environment took the change: it was seen updating, or its time of change moved,
    /// or pods are new.
    pub fn was_touched(&mut self, environment: &Environment) -> bool {
        self.seen_moving |= environment.status.is_moving();
        self.seen_moving
            || self.update_time.is_some_and(|before| before != environment.update_time)
            || self.members.values().any(|member| member.existed && !member.new.is_empty())
    }

    /// Takes a look in and judges the services, given that the change was accepted.
    pub fn judge(&mut self, snapshot: &Snapshot, now: Timestamp) -> Verdict {
        let mut fatal = None;
        self.looks = self.looks.saturating_add(1);
        let changed_at = snapshot.environment().map(|environment| environment.update_time);
        let changed_at = changed_at.filter(|now| self.update_time != Some(*now));
        for (name, member) in &mut self.members {
            if let Some(detail) = snapshot.service(name) {
                member.seen = self.looks;
                fatal = fatal.or(member.take(detail, changed_at, snapshot, now));
            }
        }
        if let Some(reason) = fatal {
            return Verdict::Failing(Failure::Rollout(reason));
        }
        let mut progress = self.progress();
        let Some(environment) = snapshot.environment() else { return Verdict::Moving(progress) };
        self.seen_moving |= environment.status.is_moving();
        if environment.status.is_moving() {
            // Rest before the server is done says nothing.
            self.members.values_mut().for_each(|member| member.at_rest = 0);
            progress.waiting = self.waiting();
            return Verdict::Moving(progress);
        }
        let failed_anew = self.seen_moving || !self.status.as_ref().is_some_and(EnvStatus::is_failed);
        if environment.status.is_failed() && failed_anew {
            return Verdict::Failing(Failure::Environment {
                waiting: self.unready(environment),
                reason: progress.reason,
            });
        }
        match progress.waiting.is_empty() {
            true => Verdict::Done(progress),
            false => Verdict::Moving(progress),
        }
    }

    /// The services that are not ready in an environment that has failed: neither by a closer look nor by the
    /// environment's own word. Where nothing says which, all that were waited for.
    pub fn unready(&self, environment: &Environment) -> Vec<String> {
        let runs = |name: &str| {
            let status = environment.services.iter().find(|one| one.name == name).map(|one| &one.status);
            matches!(status, Some(ServiceStatus::Running | ServiceStatus::Succeeded))
        };
        let open = self.members.iter().filter(|(name, one)| !one.rests && !runs(name));
        let open: Vec<String> = open.map(|(name, _)| name.clone()).collect();
        if open.is_empty() { self.waiting() } else { open }
    }

    fn waiting(&self) -> Vec<String> {
        self.members.iter().filter(|(_, one)| !one.is_settled()).map(|(name, _)| name.clone()).collect()
    }

    fn progress(&self) -> Progress {
        Progress {
            ready: self.members.values().map(|member| member.ready).sum(),
            desired: self.members.values().map(|member| member.desired).sum(),
            reason: self.members.values().find_map(|member| member.reason.clone()),
            waiting: self.waiting(),
            old: self.members.values().flat_map(|member| member.old.clone()).collect(),
            new: self.members.values().flat_map(|member| member.new.clone()).collect(),
        }
    }
}

impl Member {
    /// Whether it was seen at rest often enough.
    fn is_settled(&self) -> bool {
        self.at_rest >= if self.old.is_empty() { TIMES } else { TIMES_WITH_OLD_PODS }
    }

    /// Takes a service in; gives the reason that makes it a failure. `changed_at` is when the server took the change, in
    /// seconds since 1970, if it has said so: where nobody looked before, it tells old pods from new ones. Until it has,
    /// all are old.
    fn take(
        &mut self,
        detail: &ServiceDetail,
        changed_at: Option<i64>,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> Option<Reason> {
        if self.before.is_none() && self.existed {
            let old = pods_of(detail).filter(|pod| changed_at.is_none_or(|at| pod.create_time < at));
            self.before = Some(old.map(PodId::of).collect());
        }
        let before = self.before.as_ref();
        let is_new = |pod: &&Pod| !before.is_some_and(|before| before.contains(&PodId::of(pod)));
        let telling = detail.workloads.iter().flat_map(telling_pods);
        let found = self.trouble.judge(telling.filter(is_new), snapshot, now);
        let all = of_service(detail);
        (self.ready, self.desired) = (all.ready, all.desired);
        if self.existed {
            let (new, old): (Vec<&Pod>, Vec<&Pod>) = pods_of(detail).partition(is_new);
            self.old = old.into_iter().filter(|pod| is_alive(pod)).map(brief).collect();
            self.new = new.into_iter().map(brief).collect();
            if !self.old.is_empty() {
                let ready = |one: &Workload| {
                    one.pods.iter().filter(|pod| is_new(pod) && is_ready(&one.kind, pod)).count()
                };
                self.ready = detail.workloads.iter().map(ready).sum();
            }
        }
        self.reason = found.shown.or_else(|| detail.workloads.iter().find_map(any_reason));
        self.rests = detail.workloads.iter().all(|workload| of_workload(workload).is_settled());
        match self.rests {
            true => {
                self.at_rest = self.at_rest.saturating_add(1).min(TIMES_WITH_OLD_PODS);
                None
            }
            false => {
                self.at_rest = 0;
                found.fatal
            }
        }
    }
}

fn pods_of(detail: &ServiceDetail) -> impl Iterator<Item = &Pod> {
    detail.workloads.iter().flat_map(|workload| &workload.pods)
}
