//! The pods of a service in one table: what they are, what they lack, in the order people need them.

use super::diagnosis::exit_code;
use super::environments::natural;
use super::readiness::{containers, has_ended_well};
use super::state::{State, of_pod};
use crate::api::services::{Pod, ServiceDetail};

/// A pod with the workload it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct PodRow {
    /// The workload's name.
    pub workload: String,
    /// Its state, readiness apart from the phase.
    pub state: State,
    /// Restarts of all containers.
    pub restarts: i64,
    /// Containers that are ready, of all.
    pub ready: (usize, usize),
    /// What the pod says about itself.
    pub pod: Pod,
}

impl PodRow {
    fn new(workload: &str, pod: &Pod) -> Self {
        Self {
            workload: workload.to_owned(),
            state: of_pod(&pod.status, pod.pod_ready),
            restarts: pod.containers.iter().map(|one| one.restart_count).sum(),
            ready: containers(pod),
            pod: pod.clone(),
        }
    }

    /// The first container's reason that keeps the pod from being ready, with its exit code.
    pub fn reason(&self) -> Option<(String, Option<i32>)> {
        let container = self
            .pod
            .containers
            .iter()
            .find(|one| !one.ready && !one.reason.is_empty() && !has_ended_well(one))?;
        let code = exit_code(&container.message).or_else(|| exit_code(&container.reason));
        Some((container.reason.clone(), code))
    }

    /// Whether a search text is found in name, node or address.
    pub fn contains(&self, needle: &str) -> bool {
        [&self.pod.name, &self.pod.node_name, &self.pod.ip, &self.workload]
            .iter()
            .any(|text| crate::domain::text_case::lowercase(text).contains(needle))
    }
}

/// Every pod of a service: problems first, then the newest, so that a rollout's new pods stand above its old ones.
pub fn rows(detail: &ServiceDetail) -> Vec<PodRow> {
    let mut rows: Vec<PodRow> = detail
        .workloads
        .iter()
        .flat_map(|workload| workload.pods.iter().map(|pod| PodRow::new(&workload.name, pod)))
        .chain(detail.cron_jobs.iter().flat_map(|job| job.pods.iter().map(|pod| PodRow::new(&job.name, pod))))
        .collect();
    crate::domain::sort::sort(&mut rows, |a, b| {
        let calm = |row: &PodRow| !row.state.health.is_problem();
        calm(a)
            .cmp(&calm(b))
            .then_with(|| b.pod.create_time.cmp(&a.pod.create_time))
            .then_with(|| natural(&a.pod.name, &b.pod.name))
    });
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::services::{PodContainer, PodStatus, Workload};

    fn pod(name: &str, ready: bool, created: i64) -> Pod {
        Pod {
            name: name.into(),
            status: PodStatus::Running,
            pod_ready: ready,
            create_time: created,
            ..Pod::default()
        }
    }

    #[test]
    fn problems_stand_first_then_the_newest() {
        let pods = vec![pod("old", true, 1), pod("new", true, 9), pod("bad", false, 5)];
        let detail = ServiceDetail {
            workloads: vec![Workload { pods, ..Workload::default() }],
            ..ServiceDetail::default()
        };
        let names: Vec<_> = rows(&detail).into_iter().map(|row| row.pod.name).collect();
        assert_eq!(names, ["bad", "new", "old"]);
    }

    #[test]
    fn the_reason_is_the_first_unready_containers() {
        let broken = PodContainer {
            reason: "CrashLoopBackOff".into(),
            message: "exit code (137)".into(),
            ..PodContainer::default()
        };
        let fine = PodContainer { ready: true, ..PodContainer::default() };
        let row = PodRow::new("w", &Pod { containers: vec![fine, broken], ..Pod::default() });
        assert_eq!(row.reason(), Some(("CrashLoopBackOff".to_owned(), Some(137))));
        assert_eq!(row.ready, (1, 2));
    }
}
