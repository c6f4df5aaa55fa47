//! Kubernetes events: what happened to an object, counted when it repeats (E38).

use crate::clock::Millis;
use serde::Serialize;
use std::collections::HashMap;

/// An event as E38 sends it; every member may be absent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// Short word such as `BackOff`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// Unix seconds of the first occurrence.
    #[serde(skip_serializing_if = "is_zero")]
    pub first_seen: i64,
    /// Unix seconds of the last occurrence.
    #[serde(skip_serializing_if = "is_zero")]
    pub last_seen: i64,
    /// How often.
    #[serde(skip_serializing_if = "is_none")]
    pub count: i32,
    /// `Normal` or `Warning`.
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    pub kind: String,
}

fn is_zero(n: &i64) -> bool {
    *n == 0
}

fn is_none(n: &i32) -> bool {
    *n == 0
}

/// Events kept per object; Kubernetes forgets them too.
const KEPT_PER_OBJECT: usize = 60;
/// Objects whose events are kept per environment.
const KEPT_OBJECTS: usize = 6000;

/// The events of one environment, by object.
#[derive(Clone, Debug, Default)]
pub struct EventLog {
    objects: HashMap<String, Vec<Event>>,
}

/// Object kind and name an event belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Involved<'a> {
    /// Kind, such as `Pod`.
    pub kind: &'a str,
    /// Name.
    pub name: &'a str,
}

impl EventLog {
    /// Notes a normal event.
    pub fn normal(&mut self, on: Involved<'_>, reason: &str, message: impl Into<String>, at: Millis) {
        self.note(on, "Normal", reason, message.into(), at);
    }

    /// Notes a warning.
    pub fn warning(&mut self, on: Involved<'_>, reason: &str, message: impl Into<String>, at: Millis) {
        self.note(on, "Warning", reason, message.into(), at);
    }

    fn note(&mut self, on: Involved<'_>, kind: &str, reason: &str, message: String, at: Millis) {
        if self.objects.len() > KEPT_OBJECTS {
            self.forget_oldest();
        }
        let events = self.objects.entry(format!("{}/{}", on.kind, on.name)).or_default();
        let seconds = at / 1000;
        if let Some(known) = events.iter_mut().find(|e| e.reason == reason && e.message == message) {
            known.count += 1;
            known.last_seen = seconds.max(known.last_seen);
            known.first_seen = seconds.min(known.first_seen);
            return;
        }
        if events.len() >= KEPT_PER_OBJECT {
            events.remove(0);
        }
        let (reason, kind) = (reason.to_owned(), kind.to_owned());
        events.push(Event { reason, message, first_seen: seconds, last_seen: seconds, count: 1, kind });
    }

    /// Puts in an event with its own times and count, as a seed does.
    pub fn insert(&mut self, on: Involved<'_>, event: Event) {
        self.objects.entry(format!("{}/{}", on.kind, on.name)).or_default().push(event);
    }

    /// The events of one object.
    pub fn of(&self, on: Involved<'_>) -> Vec<Event> {
        self.objects.get(&format!("{}/{}", on.kind, on.name)).cloned().unwrap_or_default()
    }

    fn forget_oldest(&mut self) {
        let mut ages: Vec<i64> =
            self.objects.values().filter_map(|v| v.last()).map(|e| e.last_seen).collect();
        ages.sort_unstable();
        let limit = ages.get(ages.len() / 2).copied().unwrap_or(0);
        self.objects.retain(|_, events| events.last().is_some_and(|e| e.last_seen > limit));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_event_is_counted() {
        let mut log = EventLog::default();
        let pod = Involved { kind: "Pod", name: "a" };
        log.warning(pod, "BackOff", "Back-off", 1_000);
        log.warning(pod, "BackOff", "Back-off", 9_000);
        let events = log.of(pod);
        assert_eq!(events.len(), 1);
        assert_eq!((events[0].count, events[0].first_seen, events[0].last_seen), (2, 1, 9));
        assert!(log.of(Involved { kind: "Pod", name: "b" }).is_empty());
    }
}
