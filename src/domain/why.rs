//! Why a service is not as it should be: the answer that stands at the top of its drawer.
//!
//! The reason is [`super::diagnosis`]'s. Around it stands what a person asks next: since when, what Kubernetes warned of
//! last, and whether older pods still serve.

use super::diagnosis::{Reason, diagnose_with};
use super::environments::natural;
use super::readiness;
use super::services::Row;
use crate::api::environments::ServiceSummary;
use crate::api::events::{Event, EventKind};
use crate::api::services::{Pod, ServiceDetail, Workload};

/// The answer to "why".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Why {
    /// Pods that are ready.
    pub ready: usize,
    /// Pods that should be.
    pub desired: usize,
    /// Restarts of all containers.
    pub restarts: i64,
    /// The reason to read first; `None` where Zadig could not apply the service, so that no pod says why.
    pub reason: Option<Reason>,
    /// Since when it is so, Unix seconds, where it is known.
    pub since: Option<i64>,
    /// The newest warning about the pod of the reason.
    pub warning: Option<Event>,
    /// The older pods that serve meanwhile.
    pub serving: Option<Serving>,
}

/// A rollout that got stuck half-way: older pods are ready, the new image does not start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Serving {
    /// How many older pods are ready.
    pub pods: usize,
    /// What they run.
    pub old_image: String,
    /// What does not start.
    pub new_image: String,
}

/// Why a service is not as it should be; `None` where it is. `summary` is its entry in the environment (`E03`), `events`
/// are those of the pod that [`pod_to_ask`] names.
pub fn why(detail: &ServiceDetail, summary: Option<&ServiceSummary>, events: &[Event]) -> Option<Why> {
    let pod_name = pod_to_ask(detail);
    let found = diagnose_with(detail, pod_name.as_deref().unwrap_or_default(), events);
    let row = summary.map(|summary| Row::new(summary, Some(found.clone())));
    if found.reason.is_none() && !row.is_some_and(|row| row.is_not_applied()) {
        return None;
    }
    let pod = found.reason.as_ref().and_then(|reason| find_pod(detail, &reason.pod));
    let warning = events.iter().filter(|event| event.kind == EventKind::Warning);
    let warning = warning.max_by_key(|event| event.last_seen).cloned();
    Some(Why {
        ready: found.ready,
        desired: found.desired,
        restarts: found.restarts,
        since: pod.and_then(|(_, pod)| since(pod, found.reason.as_ref(), warning.as_ref())),
        serving: pod.and_then(|(workload, pod)| serving(workload, pod)),
        reason: found.reason,
        warning,
    })
}

/// The pod whose events belong to the answer.
pub fn pod_to_ask(detail: &ServiceDetail) -> Option<String> {
    diagnose_with(detail, "", &[]).reason.map(|reason| reason.pod)
}

fn find_pod<'a>(detail: &'a ServiceDetail, name: &str) -> Option<(&'a Workload, &'a Pod)> {
    let all = detail.workloads.iter().flat_map(|one| one.pods.iter().map(move |pod| (one, pod)));
    all.into_iter().find(|(_, pod)| pod.name == name)
}

/// The first time Kubernetes warned of it, else when the container ended, else when the pod was made.
fn since(pod: &Pod, reason: Option<&Reason>, warning: Option<&Event>) -> Option<i64> {
    let container = reason.and_then(|reason| reason.container.as_ref());
    let container = pod.containers.iter().find(|one| Some(&one.name) == container);
    let first = warning.and_then(|event| event.first_seen);
    let ended = container.and_then(|one| one.finished_at);
    [first, ended, Some(pod.create_time)].into_iter().flatten().find(|at| *at > 0)
}

/// The older ready pods of the workload that run another image than the pod that does not start.
fn serving(workload: &Workload, stuck: &Pod) -> Option<Serving> {
    let changed = |pod: &Pod| {
        let pairs = stuck.containers.iter().filter_map(|new| {
            let old = pod.containers.iter().find(|old| old.name == new.name)?;
            (old.image != new.image).then(|| (old.image.clone(), new.image.clone()))
        });
        pairs.into_iter().next()
    };
    let ready = workload.pods.iter().filter(|pod| readiness::is_ready(&workload.kind, pod));
    let mut older: Vec<(&Pod, (String, String))> = ready
        .filter(|pod| pod.create_time <= stuck.create_time)
        .filter_map(|pod| Some((pod, changed(pod)?)))
        .collect();
    super::sort::sort(&mut older, |(a, _), (b, _)| natural(&a.name, &b.name));
    let pods = older.len();
    let (_, (old_image, new_image)) = older.into_iter().next()?;
    Some(Serving { pods, old_image, new_image })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::services::{PodContainer, PodStatus, WorkloadKind};

    fn pod(name: &str, made: i64, image: &str, reason: &str) -> Pod {
        let ready = reason.is_empty();
        let container = PodContainer {
            name: "app".into(),
            image: image.into(),
            reason: reason.into(),
            ready,
            ..PodContainer::default()
        };
        Pod {
            name: name.into(),
            create_time: made,
            status: PodStatus::from(if ready { "Running" } else { "Pending" }),
            pod_ready: ready,
            containers: vec![container],
            ..Pod::default()
        }
    }

    fn service(pods: Vec<Pod>) -> ServiceDetail {
        let workload = Workload { replicas: 2, pods, kind: WorkloadKind::Deployment, ..Workload::default() };
        ServiceDetail { workloads: vec![workload], ..ServiceDetail::default() }
    }

    fn summary(status: &str) -> ServiceSummary {
        serde_json::from_value(serde_json::json!({"service_name": "api", "status": status})).unwrap()
    }

    #[test]
    fn a_service_as_it_should_be_needs_no_answer() {
        let detail = service(vec![pod("a", 1, "api:1", ""), pod("b", 1, "api:1", "")]);
        assert_eq!(why(&detail, Some(&summary("Running")), &[]), None);
    }

    #[test]
    fn older_pods_that_serve_are_told_from_the_new_image_that_does_not_start() {
        let pods = vec![
            pod("a", 1, "api:1", ""),
            pod("b", 1, "api:1", ""),
            pod("c", 9, "api:2", "ImagePullBackOff"),
        ];
        let why = why(&service(pods), Some(&summary("Unstable")), &[]).unwrap();
        let serving = why.serving.unwrap();
        assert_eq!(
            (serving.pods, serving.old_image.as_str(), serving.new_image.as_str()),
            (2, "api:1", "api:2")
        );
        assert_eq!((why.ready, why.desired, why.since), (2, 2, Some(9)));
    }

    #[test]
    fn a_pod_of_the_same_image_is_no_stuck_rollout() {
        let pods = vec![pod("a", 1, "api:1", ""), pod("c", 9, "api:1", "CrashLoopBackOff")];
        assert_eq!(why(&service(pods), None, &[]).unwrap().serving, None);
    }

    #[test]
    fn the_newest_warning_is_told_and_the_first_one_says_since_when() {
        let event = |kind: &str, message: &str, first, last| Event {
            kind: EventKind::from(kind),
            message: Some(message.into()),
            first_seen: Some(first),
            last_seen: Some(last),
            ..Event::default()
        };
        let events = [
            event("Warning", "old", 10, 20),
            event("Warning", "newest", 12, 30),
            event("Normal", "pulling", 40, 40),
        ];
        let detail = service(vec![pod("a", 5, "api:1", "CrashLoopBackOff")]);
        let why = why(&detail, None, &events).unwrap();
        assert_eq!(why.warning.unwrap().message.as_deref(), Some("newest"));
        assert_eq!(why.since, Some(12));
    }

    #[test]
    fn what_could_not_be_applied_has_no_reason_of_a_pod() {
        let why = why(&ServiceDetail::default(), Some(&summary("Error")), &[]).unwrap();
        assert_eq!((why.reason, why.since), (None, None));
        let zero = ServiceDetail {
            workloads: vec![Workload { kind: WorkloadKind::Deployment, ..Workload::default() }],
            ..ServiceDetail::default()
        };
        assert_eq!(super::why(&zero, Some(&summary("Running")), &[]), None, "scaled to 0 is no trouble");
    }
}
