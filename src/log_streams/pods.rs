//! What a poll of a service (`E05`, `E06`) says about the containers of a target.

use crate::api::services::{ContainerState, Pod, PodContainer, PodStatus, ServiceDetail};
use crate::domain::readiness::has_ended_well;
use crate::route::LogTarget;

/// The phase of a container, as far as its log is concerned.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) enum ContainerPhase {
    /// Not polled yet; opening a stream may be tried.
    #[default]
    Unknown,
    /// It never started; the reason is the cluster's word.
    Starting(String),
    /// It runs.
    Readable,
    /// It ran, does not run now, and will be started again: the log of its last run can be read. The reason is the
    /// cluster's word, `CrashLoopBackOff` for instance.
    Waiting(String),
    /// It has ended, and its pod is still there to read its log from.
    Finished,
    /// Its pod is gone.
    Gone,
}

/// A container that a poll has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The pod.
    pub pod: String,
    /// The container.
    pub container: String,
    /// Its phase.
    pub phase: ContainerPhase,
    /// How often it was started again; a greater number is another log.
    pub restarts: i64,
    /// When it ended, Unix seconds; known of ended containers only.
    pub finished_at: Option<i64>,
}

/// The containers of a target, in the server's order of pods; each once.
pub(crate) fn find(detail: &ServiceDetail, target: &LogTarget) -> Vec<Found> {
    let workloads = detail.workloads.iter().flat_map(|workload| &workload.pods);
    let pods = workloads.chain(detail.cron_jobs.iter().flat_map(|job| &job.pods));
    let wanted = pods.filter(|pod| target.pods.is_empty() || target.pods.contains(&pod.name));
    let mut found: Vec<Found> = Vec::new();
    for one in wanted.flat_map(containers) {
        let named = target.container.is_empty() || target.container == one.container;
        if named && !found.iter().any(|other| (&other.pod, &other.container) == (&one.pod, &one.container)) {
            found.push(one);
        }
    }
    found
}

fn containers(pod: &Pod) -> impl Iterator<Item = Found> + '_ {
    pod.containers.iter().map(|container| Found {
        pod: pod.name.clone(),
        container: container.name.clone(),
        phase: phase(pod, container),
        restarts: container.restart_count,
        finished_at: container.finished_at.filter(|at| *at > 0),
    })
}

fn phase(pod: &Pod, container: &PodContainer) -> ContainerPhase {
    let reason = || container.reason.clone();
    // One that crashed says so before its first restart, too.
    let ran = container.restart_count > 0 || container.reason.starts_with("CrashLoopBackOff");
    match &container.state {
        ContainerState::Waiting if ran => ContainerPhase::Waiting(reason()),
        ContainerState::Waiting => ContainerPhase::Starting(reason()),
        // One that failed will be started again, unless its pod is over.
        ContainerState::Terminated if pod.status == PodStatus::Unstable && !has_ended_well(container) => {
            ContainerPhase::Waiting(reason())
        }
        ContainerState::Terminated => ContainerPhase::Finished,
        _ => ContainerPhase::Readable,
    }
}

/// Whether something is on its way, so that the next poll should come soon.
pub(crate) fn is_moving(detail: &ServiceDetail, found: &[Found]) -> bool {
    let rolling =
        detail.workloads.iter().any(|workload| workload.pods.len() as i64 != workload.replicas.max(0));
    rolling
        || found
            .iter()
            .any(|one| matches!(one.phase, ContainerPhase::Starting(_) | ContainerPhase::Waiting(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Family;
    use crate::api::services::Workload;
    use crate::route::EnvironmentRef;

    fn detail() -> ServiceDetail {
        let container = |name: &str, state, restart_count| PodContainer {
            name: name.into(),
            state,
            restart_count,
            reason: "ContainerCreating".into(),
            ..PodContainer::default()
        };
        let pod = |name: &str, containers| Pod { name: name.into(), containers, ..Pod::default() };
        let pods = vec![
            pod(
                "web-1",
                vec![
                    container("web", ContainerState::Running, 0),
                    container("envoy", ContainerState::Waiting, 3),
                ],
            ),
            pod("web-2", vec![container("web", ContainerState::Waiting, 0)]),
        ];
        // A pod may be listed by two workloads (contract E05).
        let twice = Workload { pods: pods.clone(), replicas: 2, ..Workload::default() };
        ServiceDetail { workloads: vec![twice.clone(), twice], ..ServiceDetail::default() }
    }

    fn target() -> LogTarget {
        let at = EnvironmentRef { project: "shop".into(), family: Family::Test, key: "dev".into() };
        LogTarget::service(at, "web")
    }

    #[test]
    fn all_containers_of_a_service_are_found_once() {
        let found = find(&detail(), &target());
        let names: Vec<_> = found.iter().map(|one| format!("{}/{}", one.pod, one.container)).collect();
        assert_eq!(names, ["web-1/web", "web-1/envoy", "web-2/web"]);
    }

    #[test]
    fn a_container_that_waits_after_a_crash_can_be_read_and_a_new_one_cannot() {
        let found = find(&detail(), &target());
        assert_eq!(found[1].phase, ContainerPhase::Waiting("ContainerCreating".into()));
        assert_eq!(found[2].phase, ContainerPhase::Starting("ContainerCreating".into()));
        assert!(is_moving(&detail(), &found));
    }

    #[test]
    fn a_container_that_failed_is_started_again_unless_its_pod_is_over() {
        let one = |status: PodStatus, reason: &str| {
            let container = PodContainer {
                state: ContainerState::Terminated,
                reason: reason.into(),
                finished_at: Some(9),
                ..PodContainer::default()
            };
            let pod = Pod { name: "p".into(), status, containers: vec![container], ..Pod::default() };
            let found: Vec<_> = containers(&pod).collect();
            (found[0].phase.clone(), found[0].finished_at)
        };
        assert_eq!(one(PodStatus::Unstable, "Error"), (ContainerPhase::Waiting("Error".into()), Some(9)));
        assert_eq!(one(PodStatus::Unstable, "Completed"), (ContainerPhase::Finished, Some(9)));
        assert_eq!(one(PodStatus::Failed, "Error"), (ContainerPhase::Finished, Some(9)));
    }

    #[test]
    fn a_target_narrows_to_its_pods_and_container() {
        let at = target().at;
        let found = find(&detail(), &LogTarget::container(at, "web", "web-1", "envoy"));
        assert_eq!(found.len(), 1);
        assert!(is_moving(&detail(), &found), "it is started again");
    }
}
