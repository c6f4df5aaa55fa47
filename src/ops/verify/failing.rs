//! Which pods stay in trouble long enough to be a failure. What trouble is, is [`crate::domain::diagnosis`]'s; the rules are
//! in [`super`]'s documentation.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

use crate::api::services::{Pod, PodStatus};
use crate::domain::diagnosis::{Grade, Reason, grade};
use crate::ops::snapshot::Snapshot;
use crate::ops::timestamp::Timestamp;

/// How long a pod may say something that could pass by itself.
pub const HOLD: Duration = Duration::from_secs(20);

/// A pod's identity: the pods of a StatefulSet keep their names, so the time of making belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PodId {
    name: String,
    created: i64,
}

impl PodId {
    /// The identity of a pod.
    pub fn of(pod: &Pod) -> Self {
        Self { name: pod.name.clone(), created: pod.create_time }
    }
}

/// What pods say, and since when.
#[derive(Clone, Debug, Default)]
pub struct Trouble {
    since: BTreeMap<PodId, (String, Timestamp)>,
    /// The last exit code of each pod: one that waits to be started again no longer tells it.
    exits: BTreeMap<PodId, i32>,
    /// A pending pod whose events would tell more than the pod does.
    asking: Option<String>,
}

/// What is found in a set of new pods.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The reason to show.
    pub shown: Option<Reason>,
    /// The reason that makes the rollout a failure.
    pub fatal: Option<Reason>,
}

impl Trouble {
    /// The pod whose events should be read with the next look.
    pub fn wants_events_of(&self) -> Option<&str> {
        self.asking.as_deref()
    }

    /// Goes through the new pods.
    pub fn judge<'a>(
        &mut self,
        pods: impl Iterator<Item = &'a Pod>,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> Found {
        let mut since = BTreeMap::new();
        let mut worst: Option<(Grade, Reason)> = None;
        let mut fatal: Option<Reason> = None;
        self.asking = None;
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        for pod in pods {
            let Some((grade, mut reason)) = grade(pod, snapshot.events(&pod.name)) else { continue };
            *words.entry(reason.word.clone()).or_default() += 1;
            let id = PodId::of(pod);
            match reason.exit_code {
                Some(code) => _ = self.exits.insert(id.clone(), code),
                None if reason.word == "CrashLoopBackOff" => reason.exit_code = self.exits.get(&id).copied(),
                None => {}
            }
            // The code says more than the word, and it comes by again: the container is started anew.
            let grade = match (grade, reason.exit_code) {
                (Grade::Final, None) if reason.word == "CrashLoopBackOff" => Grade::Suspect,
                (grade, _) => grade,
            };
            let begun = match self.since.get(&id) {
                Some((word, begun)) if *word == reason.word => *begun,
                _ => now,
            };
            if self.asking.is_none() && pod.status == PodStatus::Pending && reason.container.is_none() {
                self.asking = Some(pod.name.clone());
            }
            let held = grade == Grade::Suspect && now.since(begun) >= HOLD;
            if fatal.is_none() && (grade == Grade::Final || held) {
                fatal = Some(reason.clone());
            }
            since.insert(id, (reason.word.clone(), begun));
            // A start that takes its course is not worth a reason, one that takes long is.
            if grade == Grade::Starting && now.since(begun) < HOLD {
                continue;
            }
            if worst.as_ref().is_none_or(|(worst, _)| grade < *worst) {
                worst = Some((grade, reason));
            }
        }
        self.exits.retain(|id, _| since.contains_key(id));
        self.since = since;
        let count = |mut reason: Reason| {
            reason.pods = words.get(&reason.word).copied().unwrap_or(1);
            reason
        };
        Found { shown: worst.map(|(_, reason)| count(reason)), fatal: fatal.map(count) }
    }
}

/// The reason of a pod that is in trouble.
pub fn reason_of(pod: &Pod) -> Option<Reason> {
    grade(pod, &[]).filter(|(grade, _)| *grade < Grade::Starting).map(|(_, reason)| reason)
}
