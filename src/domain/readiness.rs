//! When a workload is ready: the one rule for pages and operations.
//!
//! The server's `replicas` means something else for each kind (contract 1): what is wanted for Deployments, StatefulSets and
//! CloneSets, what is *ready* for a DaemonSet, what is *active* for a Job. And a workload's pods are not all of its present:
//!
//! | pod | of a Job | of anything else |
//! |---|---|---|
//! | being deleted | does not count | does not count |
//! | ended well | is done, which is ready | a remainder: does not count |
//! | failed, evicted | a try: counts once nothing else runs or ran well | a remainder: another pod takes its place |
//! | running, pending | counts | counts |
//!
//! Of a pod Kubernetes' own condition decides, which knows what its containers are: an init container that ended well is
//! over, and a native sidecar (an init container that keeps running) has to be ready like any other. A CronJob wants
//! nothing to run: its pods are those of runs that come and go.

use crate::api::services::{
    ContainerState, Pod, PodContainer, PodStatus, ServiceDetail, Workload, WorkloadKind,
};

/// Pods that are ready, of those that should be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// Pods that are ready; finished ones of a Job are.
    pub ready: usize,
    /// Pods that should be.
    pub desired: usize,
    /// Pods that stand for the present, ready or not.
    pub alive: usize,
}

impl Readiness {
    /// Whether as many are ready as should be.
    pub fn is_met(&self) -> bool {
        self.ready >= self.desired
    }

    /// Whether nothing is left to come or to go: as many as should be, all ready, none too many.
    pub fn is_settled(&self) -> bool {
        self.is_met() && self.alive <= self.desired
    }

    fn plus(self, other: Self) -> Self {
        Self {
            ready: self.ready + other.ready,
            desired: self.desired + other.desired,
            alive: self.alive + other.alive,
        }
    }
}

/// How ready a workload is.
pub fn of_workload(workload: &Workload) -> Readiness {
    let alive = workload.pods.iter().filter(|pod| is_alive(pod)).count();
    let ready = workload.pods.iter().filter(|pod| is_ready(&workload.kind, pod)).count();
    let said = usize::try_from(workload.replicas).unwrap_or(0);
    let desired = match workload.kind {
        // Said is how many are ready; there is a pod for each node, ready or not.
        WorkloadKind::DaemonSet => said.max(alive),
        WorkloadKind::Job => {
            let done = workload.pods.iter().filter(|pod| is_done(pod)).count();
            // One that only has failed tries has failed: something should have run well.
            let failed = usize::from(done + alive == 0 && has_failed(workload));
            done + alive + failed
        }
        WorkloadKind::CronJob => 0,
        _ => said,
    };
    Readiness { ready, desired, alive }
}

/// How ready the workloads of a service are together.
pub fn of_service(detail: &ServiceDetail) -> Readiness {
    detail.workloads.iter().map(of_workload).fold(Readiness::default(), Readiness::plus)
}

/// Whether a pod of such a workload is ready, or done where that is what it is for.
pub fn is_ready(kind: &WorkloadKind, pod: &Pod) -> bool {
    match kind {
        WorkloadKind::Job | WorkloadKind::CronJob => is_done(pod) || is_alive(pod) && pod.pod_ready,
        _ => is_alive(pod) && pod.pod_ready,
    }
}

/// Whether a pod stands for the present: neither on its way out nor ended.
pub fn is_alive(pod: &Pod) -> bool {
    pod.status != PodStatus::Terminating && pod.status != PodStatus::Failed && !is_done(pod)
}

/// Whether all of a pod's containers ended well.
fn is_done(pod: &Pod) -> bool {
    matches!(pod.status, PodStatus::Succeeded | PodStatus::Completed)
}

fn has_failed(workload: &Workload) -> bool {
    workload.pods.iter().any(|pod| pod.status == PodStatus::Failed)
}

/// The pods whose trouble is the workload's: those of the present, and where they are too few, the ones that failed.
pub fn telling_pods(workload: &Workload) -> impl Iterator<Item = &Pod> {
    let readiness = of_workload(workload);
    let missing = readiness.alive < readiness.desired && !readiness.is_met();
    let tells = move |pod: &&Pod| is_alive(pod) || missing && pod.status == PodStatus::Failed;
    workload.pods.iter().filter(tells)
}

/// Containers that are ready, of those that have to run. An init container that ended well is over; in a pod that is done,
/// all are.
pub fn containers(pod: &Pod) -> (usize, usize) {
    let over = |container: &&PodContainer| !is_done(pod) && has_ended_well(container);
    let all: Vec<_> = pod.containers.iter().filter(|container| !over(container)).collect();
    (all.iter().filter(|container| container.ready).count(), all.len())
}

/// Whether a container ran to its end and failed at nothing.
pub fn has_ended_well(container: &PodContainer) -> bool {
    container.state == ContainerState::Terminated && container.reason.starts_with("Completed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::diagnosis::diagnose;

    const UP: (&str, bool) = ("Running", true);
    const DOWN: (&str, bool) = ("Running", false);
    const STARTING: (&str, bool) = ("Pending", false);
    const DONE: (&str, bool) = ("Succeeded", false);
    const FAILED: (&str, bool) = ("Failed", false);
    const GOING: (&str, bool) = ("Terminating", true);

    fn pod(status: &str, ready: bool) -> Pod {
        Pod { name: status.into(), status: PodStatus::from(status), pod_ready: ready, ..Pod::default() }
    }

    fn workload(kind: WorkloadKind, replicas: i64, pods: &[(&str, bool)]) -> Workload {
        let pods = pods.iter().map(|(status, ready)| pod(status, *ready)).collect();
        Workload { kind, replicas, pods, ..Workload::default() }
    }

    #[test]
    fn each_kind_counts_by_its_own_replicas_and_the_page_says_the_same() {
        use WorkloadKind::{CloneSet, CronJob, DaemonSet, Deployment, Job, StatefulSet};
        type Case = (WorkloadKind, i64, &'static [(&'static str, bool)], (usize, usize), bool);
        let cases: &[Case] = &[
            (Deployment, 2, &[UP, UP], (2, 2), true),
            (Deployment, 2, &[UP, DOWN], (1, 2), false),
            (Deployment, 2, &[UP], (1, 2), false),
            (Deployment, 0, &[], (0, 0), true),
            // Yesterday's pods, and what was evicted and replaced.
            (Deployment, 2, &[UP, UP, GOING], (2, 2), true),
            (Deployment, 2, &[UP, UP, FAILED, FAILED], (2, 2), true),
            (Deployment, 1, &[UP, UP], (2, 1), false),
            (Deployment, 1, &[DONE], (0, 1), false),
            (StatefulSet, 3, &[UP, UP, STARTING], (2, 3), false),
            (CloneSet, 2, &[UP, UP], (2, 2), true),
            // A DaemonSet says how many are ready, so 2 of 5 must not read 2 of 2.
            (DaemonSet, 2, &[UP, UP, DOWN, DOWN, STARTING], (2, 5), false),
            (DaemonSet, 5, &[UP, UP, UP, UP, UP], (5, 5), true),
            (DaemonSet, 0, &[], (0, 0), true),
            (DaemonSet, 1, &[UP, GOING], (1, 1), true),
            // A Job says how many are active.
            (Job, 1, &[UP], (1, 1), true),
            (Job, 1, &[STARTING], (0, 1), false),
            (Job, 0, &[DONE], (1, 1), true),
            (Job, 0, &[("Completed", false)], (1, 1), true),
            (Job, 1, &[FAILED, UP], (1, 1), true),
            (Job, 0, &[FAILED, DONE], (1, 1), true),
            (Job, 0, &[FAILED, FAILED], (0, 1), false),
            (CronJob, 0, &[FAILED, DONE], (1, 0), true),
            (WorkloadKind::Other("Rollout".into()), 2, &[UP, DOWN], (1, 2), false),
        ];
        for (kind, replicas, pods, (ready, desired), settled) in cases {
            let workload = workload(kind.clone(), *replicas, pods);
            let found = of_workload(&workload);
            let what = format!("{kind} {replicas} {pods:?}");
            assert_eq!(
                (found.ready, found.desired, found.is_settled()),
                (*ready, *desired, *settled),
                "{what}"
            );
            let page = diagnose(&ServiceDetail { workloads: vec![workload], ..ServiceDetail::default() });
            assert_eq!((page.ready, page.desired), (*ready, *desired), "the page: {what}");
        }
    }

    #[test]
    fn only_pods_that_are_missed_tell_why() {
        let names = |workload: &Workload| -> Vec<String> {
            telling_pods(workload).map(|pod| pod.name.clone()).collect()
        };
        let deployment = |replicas, pods| workload(WorkloadKind::Deployment, replicas, pods);
        assert_eq!(
            names(&deployment(1, &[("Failed", false), ("Running", true)])),
            ["Running"],
            "it was replaced"
        );
        assert_eq!(names(&deployment(1, &[("Failed", false)])), ["Failed"], "and nothing took its place");
        assert_eq!(names(&deployment(1, &[("Terminating", false), ("Pending", false)])), ["Pending"]);
        let job = |active, pods| workload(WorkloadKind::Job, active, pods);
        assert_eq!(
            names(&job(0, &[("Failed", false), ("Succeeded", false)])),
            [""; 0],
            "a later try ran well"
        );
        assert_eq!(names(&job(0, &[("Failed", false)])), ["Failed"]);
    }

    #[test]
    fn an_init_container_that_ended_is_over_and_a_sidecar_counts() {
        let container = |state: ContainerState, reason: &str, ready| PodContainer {
            state,
            reason: reason.into(),
            ready,
            ..PodContainer::default()
        };
        let init = container(ContainerState::Terminated, "Completed", false);
        let app = container(ContainerState::Running, "", true);
        let sidecar = container(ContainerState::Running, "", false);
        let of = |status: &str, containers: &[&PodContainer]| {
            containers_of(status, containers.iter().map(|one| (*one).clone()).collect())
        };
        assert_eq!(of("Running", &[&init, &app]), (1, 1), "over");
        assert_eq!(of("Running", &[&init, &sidecar, &app]), (1, 2), "a sidecar that is not ready is missed");
        assert_eq!(of("Succeeded", &[&init]), (0, 1), "the containers of a pod that is done are shown");
        let failed = container(ContainerState::Terminated, "Error", false);
        assert_eq!(of("Running", &[&failed, &app]), (1, 2));
    }

    fn containers_of(status: &str, list: Vec<PodContainer>) -> (usize, usize) {
        containers(&Pod { containers: list, ..pod(status, true) })
    }
}
