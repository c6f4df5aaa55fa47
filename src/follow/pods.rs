//! What a look at a service (`E05`, `E06`) says about the containers of a target.

use crate::api::services::{ContainerState, Pod, ServiceDetail};
use crate::route::LogTarget;

/// What a container is, for somebody who wants to read its log.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Being {
    /// Nobody has looked yet; trying is allowed.
    #[default]
    Unknown,
    /// It never started; the reason is the cluster's word.
    Starting(String),
    /// It runs, or did run and will again.
    Readable,
    /// It has ended, and its pod is still there to read its log from.
    Finished,
    /// Its pod is gone.
    Gone,
}

/// A container that a look has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The pod.
    pub pod: String,
    /// The container.
    pub container: String,
    /// What it is.
    pub being: Being,
    /// How often it was started again; a greater number is another log.
    pub restarts: i64,
}

/// The containers of a target, in the server's order of pods; each once.
pub fn find(detail: &ServiceDetail, target: &LogTarget) -> Vec<Found> {
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
        being: match &container.state {
            // A container that waits to be started again still has the log of its last run.
            ContainerState::Waiting if container.restart_count > 0 => Being::Readable,
            ContainerState::Waiting => Being::Starting(container.reason.clone()),
            ContainerState::Terminated => Being::Finished,
            _ => Being::Readable,
        },
        restarts: container.restart_count,
    })
}

/// Whether something is on its way, so that the next look should come soon.
pub fn is_moving(detail: &ServiceDetail, found: &[Found]) -> bool {
    let rolling =
        detail.workloads.iter().any(|workload| workload.pods.len() as i64 != workload.replicas.max(0));
    rolling || found.iter().any(|one| matches!(one.being, Being::Starting(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Family;
    use crate::api::services::{PodContainer, Workload};
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
        assert_eq!(found[1].being, Being::Readable);
        assert_eq!(found[2].being, Being::Starting("ContainerCreating".into()));
        assert!(is_moving(&detail(), &found));
    }

    #[test]
    fn a_target_narrows_to_its_pods_and_container() {
        let at = target().at;
        let found = find(&detail(), &LogTarget::container(at, "web", "web-1", "envoy"));
        assert_eq!(found.len(), 1);
        assert!(!is_moving(&detail(), &found));
    }
}
