//! What keeps a service from being ready: ready counts, and the one reason worth reading first.

use crate::api::services::{Pod, PodContainer, PodStatus, ServiceDetail, WorkloadKind};

/// How a service stands.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Diagnosis {
    /// Pods that are ready (finished pods of jobs count as ready).
    pub ready: usize,
    /// Pods that should be.
    pub desired: usize,
    /// Restarts of all its containers.
    pub restarts: i64,
    /// The reason to read first, where something is wrong.
    pub reason: Option<Reason>,
}

/// Why a container or pod does not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Kubernetes' word, such as `CrashLoopBackOff`; empty where there is only a message.
    pub word: String,
    /// The message that goes with it.
    pub message: String,
    /// The exit code, where the message tells one.
    pub exit_code: Option<i32>,
    /// In which pod.
    pub pod: String,
    /// In which container, if it is one container's.
    pub container: Option<String>,
    /// How many pods have the same word.
    pub pods: usize,
}

/// Looks a service over.
///
/// Pods on their way out count for nothing: while a rollout runs, they are yesterday's.
pub fn diagnose(detail: &ServiceDetail) -> Diagnosis {
    let mut diagnosis = Diagnosis::default();
    let mut reasons: Vec<(u8, Reason)> = Vec::new();
    for workload in &detail.workloads {
        let live = || workload.pods.iter().filter(|pod| pod.status != PodStatus::Terminating);
        let ready = live().filter(|pod| is_ready(pod)).count();
        let wanted = usize::try_from(workload.replicas).unwrap_or(0);
        diagnosis.ready += ready;
        // Jobs count active pods only; what has finished is still part of them.
        diagnosis.desired += if workload.kind == WorkloadKind::Job { live().count() } else { wanted };
        for pod in live() {
            diagnosis.restarts += pod.containers.iter().map(|container| container.restart_count).sum::<i64>();
            reasons.extend(reason_of(pod));
        }
    }
    diagnosis.reason = first_reason(reasons);
    diagnosis
}

fn is_ready(pod: &Pod) -> bool {
    pod.pod_ready || matches!(pod.status, PodStatus::Succeeded | PodStatus::Completed)
}

/// The most telling reason, with how many pods share it.
fn first_reason(reasons: Vec<(u8, Reason)>) -> Option<Reason> {
    let best = reasons
        .iter()
        .enumerate()
        .min_by_key(|(index, (rank, _))| (*rank, *index))
        .map(|(_, found)| found)?;
    let pods = reasons.iter().filter(|(_, reason)| reason.word == best.1.word).count();
    Some(Reason { pods, ..best.1.clone() })
}

/// The reason of a pod with its rank: a container that cannot run tells more than one that waits.
fn reason_of(pod: &Pod) -> Option<(u8, Reason)> {
    if is_ready(pod) {
        return None;
    }
    let stuck = pod.containers.iter().find(|container| rank(container) == Some(0));
    let stuck = stuck.or_else(|| pod.containers.iter().find(|container| rank(container).is_some()));
    if let Some(container) = stuck {
        let reason = Reason {
            word: container.reason.clone(),
            message: container.message.trim().to_owned(),
            exit_code: exit_code(&container.message).or_else(|| exit_code(&container.reason)),
            pod: pod.name.clone(),
            container: Some(container.name.clone()),
            pods: 1,
        };
        return Some((rank(container).unwrap_or(1), reason));
    }
    let message = pod.containers_message.trim();
    let word = if pod.status == PodStatus::Pending { "Pending" } else { "NotReady" };
    Some((
        2,
        Reason {
            word: word.to_owned(),
            message: message.to_owned(),
            exit_code: None,
            pod: pod.name.clone(),
            container: None,
            pods: 1,
        },
    ))
}

/// 0 for a container that failed, 1 for one that waits with a reason, `None` for one with nothing to say.
fn rank(container: &PodContainer) -> Option<u8> {
    const STARTING: [&str; 3] = ["", "ContainerCreating", "PodInitializing"];
    if container.ready {
        return None;
    }
    let word = container.reason.as_str();
    let failing = word.contains("BackOff") || word.contains("Err") || word.contains("OOM") || word == "Error";
    match (failing, STARTING.contains(&word)) {
        (true, _) => Some(0),
        (false, false) if word != "Completed" => Some(1),
        _ => None,
    }
}

/// The number in `exit code (137)` or `exit code 137`.
pub fn exit_code(message: &str) -> Option<i32> {
    let (_, rest) = message.split_once("exit code")?;
    let rest = rest.trim_start_matches([' ', ':', '(']);
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::services::Workload;

    fn container(reason: &str, message: &str, ready: bool) -> PodContainer {
        PodContainer {
            name: "app".into(),
            reason: reason.into(),
            message: message.into(),
            ready,
            ..Default::default()
        }
    }

    fn pod(name: &str, status: &str, ready: bool, containers: Vec<PodContainer>) -> Pod {
        Pod {
            name: name.into(),
            status: PodStatus::from(status),
            pod_ready: ready,
            containers,
            ..Default::default()
        }
    }

    fn service(replicas: i64, pods: Vec<Pod>) -> ServiceDetail {
        let workload = Workload { replicas, pods, kind: WorkloadKind::Deployment, ..Default::default() };
        ServiceDetail { workloads: vec![workload], ..Default::default() }
    }

    #[test]
    fn a_healthy_service_has_no_reason() {
        let detail = service(2, vec![pod("a", "Running", true, vec![]), pod("b", "Running", true, vec![])]);
        let diagnosis = diagnose(&detail);
        assert_eq!((diagnosis.ready, diagnosis.desired, diagnosis.reason), (2, 2, None));
    }

    #[test]
    fn the_failing_container_is_promoted_over_one_that_waits() {
        let waiting = pod("w", "Pending", false, vec![container("ContainerCreating", "", false)]);
        let crashing =
            pod("c", "Unstable", false, vec![container("CrashLoopBackOff", "exit code (137)", false)]);
        let reason = diagnose(&service(2, vec![waiting, crashing])).reason.unwrap();
        assert_eq!(
            (reason.word.as_str(), reason.exit_code, reason.pod.as_str()),
            ("CrashLoopBackOff", Some(137), "c")
        );
    }

    #[test]
    fn the_same_reason_in_several_pods_is_counted() {
        let bad =
            |name| pod(name, "Pending", false, vec![container("ImagePullBackOff", "no such tag", false)]);
        assert_eq!(diagnose(&service(3, vec![bad("a"), bad("b"), bad("c")])).reason.unwrap().pods, 3);
    }

    #[test]
    fn pods_on_their_way_out_count_for_nothing() {
        let old = pod("old", "Terminating", false, vec![container("Error", "", false)]);
        let diagnosis = diagnose(&service(1, vec![old, pod("new", "Running", true, vec![])]));
        assert_eq!((diagnosis.ready, diagnosis.desired, diagnosis.reason), (1, 1, None));
    }

    #[test]
    fn a_running_pod_that_is_not_ready_says_so() {
        let mut unready = pod("a", "Running", false, vec![container("", "", true)]);
        unready.containers_message = "readiness probe failed".into();
        let reason = diagnose(&service(1, vec![unready])).reason.unwrap();
        assert_eq!((reason.word.as_str(), reason.message.as_str()), ("NotReady", "readiness probe failed"));
    }

    #[test]
    fn exit_codes_are_read_where_the_server_writes_them() {
        assert_eq!(exit_code("Error, exit code (1)"), Some(1));
        assert_eq!(exit_code("exit code: 255"), Some(255));
        assert_eq!(exit_code("no code"), None);
        assert_eq!(exit_code("exit code (99999999999)"), None);
    }
}
