//! The events of a service on one timeline: whom to ask, and how the answers merge.
//!
//! The API gives events by object (E38), one call each, so the number of objects asked is bounded: workloads first, then
//! the pods that have trouble, then the newest ones, and the replica sets behind them.

use super::pods;
use crate::api::events::{Event, EventKind};
use crate::api::services::ServiceDetail;

/// Objects asked at most.
pub const ASKED: usize = 16;

/// An object that has events.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Source {
    /// Kubernetes kind.
    pub kind: String,
    /// Object name.
    pub name: String,
}

/// An event with the object it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The object.
    pub source: Source,
    /// What happened.
    pub event: Event,
}

impl Entry {
    /// When it happened last, unix seconds; 0 where the server does not say.
    pub fn at(&self) -> i64 {
        self.event.last_seen.or(self.event.first_seen).unwrap_or(0)
    }

    /// Whether it is a warning.
    pub fn is_warning(&self) -> bool {
        self.event.kind == EventKind::Warning
    }
}

/// Whom to ask about a service, most telling first.
pub fn sources(detail: &ServiceDetail) -> Vec<Source> {
    let mut list: Vec<Source> = Vec::new();
    let mut add = |kind: &str, name: &str| {
        let source = Source { kind: kind.to_owned(), name: name.to_owned() };
        if !name.is_empty() && !list.contains(&source) {
            list.push(source);
        }
    };
    detail.workloads.iter().for_each(|one| add(one.kind.as_str(), &one.name));
    detail.cron_jobs.iter().for_each(|one| add("CronJob", &one.name));
    for row in pods::rows(detail) {
        add("Pod", &row.pod.name);
        // A Deployment's pod is called after its replica set, which is called after the Deployment.
        if row.pod.kind == "ReplicaSet"
            && let Some((set, _)) = row.pod.name.rsplit_once('-')
        {
            add("ReplicaSet", set);
        }
    }
    list.truncate(ASKED);
    list
}

/// All answers on one line, newest first.
pub fn merge(answers: Vec<(Source, Vec<Event>)>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = answers
        .into_iter()
        .flat_map(|(source, events)| {
            events.into_iter().map(move |event| Entry { source: source.clone(), event })
        })
        .collect();
    entries.sort_by(|a, b| b.at().cmp(&a.at()).then_with(|| a.source.cmp(&b.source)));
    entries.dedup();
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::services::{Pod, Workload, WorkloadKind};

    fn service(pods: usize) -> ServiceDetail {
        let pods = (0..pods)
            .map(|n| Pod { kind: "ReplicaSet".into(), name: format!("api-5f6d-{n}"), ..Pod::default() })
            .collect();
        let workload =
            Workload { name: "api".into(), kind: WorkloadKind::Deployment, pods, ..Workload::default() };
        ServiceDetail { workloads: vec![workload], ..ServiceDetail::default() }
    }

    #[test]
    fn workload_pods_and_their_replica_set_are_asked() {
        let kinds: Vec<_> =
            sources(&service(2)).into_iter().map(|one| format!("{}/{}", one.kind, one.name)).collect();
        assert_eq!(kinds, ["Deployment/api", "Pod/api-5f6d-0", "ReplicaSet/api-5f6d", "Pod/api-5f6d-1"]);
    }

    #[test]
    fn the_number_of_objects_asked_is_bounded() {
        assert_eq!(sources(&service(200)).len(), ASKED);
    }

    #[test]
    fn entries_are_merged_newest_first() {
        let event = |at| Event { last_seen: Some(at), ..Event::default() };
        let source = |name: &str| Source { kind: "Pod".into(), name: name.into() };
        let merged = merge(vec![(source("a"), vec![event(5), event(1)]), (source("b"), vec![event(3)])]);
        let order: Vec<_> = merged.iter().map(Entry::at).collect();
        assert_eq!(order, [5, 3, 1]);
    }
}
