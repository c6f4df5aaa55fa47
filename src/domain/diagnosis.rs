//! What keeps a service from being ready, and the one reason worth reading first. The counts are [`super::readiness`]'s.

use super::readiness::{self, Readiness};
use super::state::Health;
use crate::api::events::{Event, EventKind};
use crate::api::services::{ContainerState, Pod, PodContainer, PodStatus, ServiceDetail};
use serde::{Deserialize, Serialize};

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
    /// The pod of the reason, where its events would tell more than the pod does: it is pending or not ready, and no
    /// container says why.
    pub ask_events_of: Option<String>,
}

/// Why a container or pod does not run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

impl Reason {
    /// How urgent it is: what may only be a start that takes its time is not as bad as the rest.
    pub fn health(&self) -> Health {
        if matches!(self.word.as_str(), "Pending" | "NotReady") { Health::Degraded } else { Health::Failed }
    }
}

/// How bad a pod's state is; the worse, the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Does not pass by itself.
    Final,
    /// May pass by itself.
    Suspect,
    /// A start that takes its course.
    Starting,
}

/// Words that Kubernetes says only after it tried, or when trying again cannot help.
const FINAL: [&str; 4] = ["CrashLoopBackOff", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull"];
/// Words of a start that takes its course.
const STARTING: [&str; 4] = ["", "ContainerCreating", "PodInitializing", "Completed"];

/// Diagnoses a service.
pub fn diagnose(detail: &ServiceDetail) -> Diagnosis {
    diagnose_with(detail, "", &[])
}

/// Diagnoses a service, knowing the events of one pod.
pub fn diagnose_with(detail: &ServiceDetail, pod: &str, events: &[Event]) -> Diagnosis {
    let Readiness { ready, desired, .. } = readiness::of_service(detail);
    let staying = detail.workloads.iter().flat_map(|workload| &workload.pods);
    let staying = staying.filter(|pod| pod.status != PodStatus::Terminating);
    let restarts = staying.flat_map(|pod| &pod.containers).map(|container| container.restart_count).sum();
    let telling = detail.workloads.iter().flat_map(readiness::telling_pods);
    let events_of = |one: &Pod| if one.name == pod { events } else { &[] };
    let reason = first_reason(telling.filter_map(|pod| grade(pod, events_of(pod))).collect());
    let silent = reason.as_ref().filter(|reason| reason.container.is_none() && reason.word != "Failed");
    let ask_events_of = silent.map(|reason| reason.pod.clone());
    Diagnosis { ready, desired, restarts, reason, ask_events_of }
}

/// The most telling reason, with how many pods share it.
fn first_reason(reasons: Vec<(Grade, Reason)>) -> Option<Reason> {
    let best = reasons.iter().enumerate().min_by_key(|(index, (grade, _))| (*grade, *index));
    let (_, (_, best)) = best?;
    let pods = reasons.iter().filter(|(_, reason)| reason.word == best.word).count();
    Some(Reason { pods, ..best.clone() })
}

/// What is wrong with a pod that is not ready, and how bad it is. `events` are its own, where they were read: the newest
/// tells why a pod is pending.
pub fn grade(pod: &Pod, events: &[Event]) -> Option<(Grade, Reason)> {
    let ended = matches!(pod.status, PodStatus::Succeeded | PodStatus::Completed | PodStatus::Terminating);
    if pod.pod_ready || ended {
        return None;
    }
    let worst = pod.containers.iter().filter_map(|one| grade_container(one).map(|grade| (grade, one)));
    if let Some((grade, container)) = worst.min_by_key(|(grade, _)| *grade) {
        return Some((grade, reason_of_container(pod, container)));
    }
    // Only the newest event counts: a warning before `Scheduled` or `Pulling` is overcome.
    let newest = events.iter().max_by_key(|event| (event.last_seen, event.kind != EventKind::Warning));
    let warning = newest.filter(|event| event.kind == EventKind::Warning);
    Some(match (&pod.status, warning) {
        (PodStatus::Pending, Some(event)) => {
            let word = event.reason.clone().unwrap_or_else(|| "Pending".to_owned());
            (Grade::Suspect, bare(pod, &word, event.message.as_deref().unwrap_or_default()))
        }
        (PodStatus::Pending, None) => (Grade::Starting, bare(pod, "Pending", &pod.containers_message)),
        (PodStatus::Failed, _) => (Grade::Suspect, bare(pod, "Failed", &pod.containers_message)),
        (_, Some(event)) if event.message.is_some() => {
            (Grade::Starting, bare(pod, "NotReady", event.message.as_deref().unwrap_or_default()))
        }
        _ => (Grade::Starting, bare(pod, "NotReady", &pod.containers_message)),
    })
}

/// The first word of a container's reason; the server may append `exit code (1)` to it.
fn word_of(container: &PodContainer) -> &str {
    container.reason.split([' ', ',', ':', '(']).next().unwrap_or_default()
}

fn exit_code_of(container: &PodContainer) -> Option<i32> {
    exit_code(&container.message).or_else(|| exit_code(&container.reason))
}

fn grade_container(container: &PodContainer) -> Option<Grade> {
    if container.ready {
        return None;
    }
    let word = word_of(container);
    let ended_badly = container.state == ContainerState::Terminated
        && exit_code_of(container).is_some_and(|code| code != 0);
    match (FINAL.contains(&word), STARTING.contains(&word)) {
        (true, _) => Some(Grade::Final),
        (false, true) if ended_badly => Some(Grade::Suspect),
        (false, true) => None,
        (false, false) => Some(Grade::Suspect),
    }
}

fn reason_of_container(pod: &Pod, container: &PodContainer) -> Reason {
    let word = word_of(container);
    Reason {
        exit_code: exit_code_of(container),
        container: Some(container.name.clone()),
        ..bare(pod, if word.is_empty() { "Error" } else { word }, &container.message)
    }
}

fn bare(pod: &Pod, word: &str, message: &str) -> Reason {
    Reason {
        word: word.to_owned(),
        message: message.trim().to_owned(),
        exit_code: None,
        pod: pod.name.clone(),
        container: None,
        pods: 1,
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
    use crate::api::services::{Workload, WorkloadKind};

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
    fn the_events_of_a_silent_pod_say_why_it_waits() {
        let warning = |reason: &str, message: &str| Event {
            reason: Some(reason.into()),
            message: Some(message.into()),
            kind: EventKind::Warning,
            last_seen: Some(9),
            ..Event::default()
        };
        let pending = service(1, vec![pod("p", "Pending", false, vec![container("", "", false)])]);
        let found = diagnose(&pending);
        assert_eq!(found.reason.unwrap().word, "Pending");
        assert_eq!(found.ask_events_of.as_deref(), Some("p"));

        let found = diagnose_with(&pending, "p", &[warning("FailedScheduling", "0/3 nodes are available")]);
        let reason = found.reason.unwrap();
        assert_eq!(
            (reason.word.as_str(), reason.message.as_str()),
            ("FailedScheduling", "0/3 nodes are available")
        );
        assert_eq!(found.ask_events_of.as_deref(), Some("p"), "it may change: it is asked again");

        let unready = service(1, vec![pod("p", "Running", false, vec![container("", "", true)])]);
        let found = diagnose_with(&unready, "p", &[warning("Unhealthy", "Readiness probe failed: 503")]);
        let reason = found.reason.unwrap();
        assert_eq!(
            (reason.word.as_str(), reason.message.as_str()),
            ("NotReady", "Readiness probe failed: 503")
        );

        let crashing = pod("c", "Unstable", false, vec![container("CrashLoopBackOff", "", false)]);
        assert_eq!(diagnose(&service(1, vec![crashing])).ask_events_of, None, "the container says it");
    }

    #[test]
    fn exit_codes_are_read_where_the_server_writes_them() {
        assert_eq!(exit_code("Error, exit code (1)"), Some(1));
        assert_eq!(exit_code("exit code: 255"), Some(255));
        assert_eq!(exit_code("no code"), None);
        assert_eq!(exit_code("exit code (99999999999)"), None);
    }
}
