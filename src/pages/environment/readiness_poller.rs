//! The closer poller: ready counts and failing reasons of the services in sight (E05, E06).
//!
//! The environment's detail tells a service's word but not why; that takes one call per service. So the rows that are
//! drawn ask for a look when they appear and take it back when they go, and a few workers serve them: problems often, the
//! rest now and then, never more than [`WORKERS`] at once. An environment of 500 services costs what its visible rows cost.

use crate::api::Client;
use crate::clock::{is_hidden, unix_seconds};
use crate::domain::diagnosis::{Diagnosis, diagnose};
use crate::lazy;
use crate::route::EnvironmentRef;
use crate::session::{Session, use_session};
use futures_util::future::{AbortHandle, abortable};
use gloo_timers::future::sleep;
use leptos::prelude::*;
use std::collections::HashMap;
use std::time::Duration;

/// ReadinessPoller under way at once.
const WORKERS: usize = 4;
/// Seconds until a service that is not ready is looked at again.
const SOON: i64 = 4;
/// Seconds until a healthy one is.
const LATER: i64 = 30;

/// One service in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Watched {
    /// How many rows show it (0 to 1 in practice; counted, because rows come and go in any order).
    rows: usize,
    /// Whether the environment's word says that something is wrong.
    pressing: bool,
    /// When to look next, unix seconds.
    due: i64,
    /// Whether a worker is on it.
    taken: bool,
}

/// The looks of a page; cheap to copy.
#[derive(Clone, Copy)]
pub struct ReadinessPoller {
    watched: StoredValue<HashMap<String, Watched>>,
    /// What was found, by service.
    pub found: RwSignal<HashMap<String, Diagnosis>>,
}

impl ReadinessPoller {
    /// Starts the workers; they end with the owner.
    pub fn start(at: StoredValue<EnvironmentRef>) -> Self {
        let poller = Self { watched: StoredValue::new(HashMap::new()), found: RwSignal::new(HashMap::new()) };
        let session = use_session();
        let handles: Vec<AbortHandle> = (0..WORKERS)
            .map(|_| {
                let (task, handle) = abortable(poller.work(session, at.get_value()));
                leptos::task::spawn_local(async move {
                    let _ = task.await;
                });
                handle
            })
            .collect();
        on_cleanup(move || handles.iter().for_each(AbortHandle::abort));
        poller
    }

    /// A row for `service` is drawn. `pressing` asks for frequent poller.
    pub fn watch(self, service: &str, pressing: bool) {
        self.watched.update_value(|watched| {
            let fresh = Watched { rows: 0, pressing, due: 0, taken: false };
            let entry = watched.entry(service.to_owned()).or_insert(fresh);
            if pressing && !entry.pressing {
                entry.due = 0;
            }
            entry.pressing = pressing;
            entry.rows += 1;
        });
    }

    /// A row for `service` is gone.
    pub fn unwatch(self, service: &str) {
        let _ = self.watched.try_update_value(|watched| {
            if let Some(entry) = watched.get_mut(service) {
                entry.rows = entry.rows.saturating_sub(1);
            }
        });
    }

    /// Makes every service in sight due now.
    pub fn refresh(self) {
        self.watched.update_value(|watched| watched.values_mut().for_each(|one| one.due = 0));
    }

    async fn work(self, session: Session, at: EnvironmentRef) {
        loop {
            let next = if is_hidden() || !session.may_ask() { None } else { self.take() };
            let (Some(service), Some(client)) = (next, session.client()) else {
                sleep(Duration::from_millis(250)).await;
                continue;
            };
            let helm = untrack(|| session.known.helm_is_shown());
            let found = look(&client, &at, &service, helm).await;
            let polling = session.prefs.refresh.try_get_untracked().unwrap_or(false);
            self.give_back(&service, found, polling);
        }
    }

    /// The service most overdue, problems first.
    fn take(self) -> Option<String> {
        let now = unix_seconds();
        self.watched
            .try_update_value(|watched| {
                let (name, entry) = next_due(watched, now)?;
                entry.taken = true;
                Some(name)
            })
            .flatten()
    }

    fn give_back(self, service: &str, found: Option<Diagnosis>, polling: bool) {
        let _ = self.watched.try_update_value(|watched| {
            if let Some(entry) = watched.get_mut(service) {
                let troubled =
                    found.as_ref().is_none_or(|found| found.reason.is_some() || found.ready < found.desired);
                let wait = if troubled || entry.pressing { SOON } else { LATER };
                entry.taken = false;
                entry.due = if polling { unix_seconds() + wait } else { i64::MAX };
            }
        });
        // A look that failed leaves the last one: the page's own error already says what is wrong.
        if let Some(found) = found
            && self.found.try_with_untracked(|all| all.get(service) != Some(&found)).unwrap_or(false)
        {
            let _ = self.found.try_update(|all| all.insert(service.to_owned(), found));
        }
    }
}

/// One look: the service, and the events of the pod that does not say itself why it waits.
async fn look(client: &Client, at: &EnvironmentRef, service: &str, helm: bool) -> Option<Diagnosis> {
    let detail = client.service_of_any_kind(at.family, &at.project, &at.key, service, helm).await.ok()?;
    let found = diagnose(&detail);
    let Some(pod) = found.ask_events_of.clone() else { return Some(found) };
    // Whoever has a pod that does not start opens its service next, so the part with it may come now.
    match lazy::pod_events(client.clone(), at.clone(), detail, pod).await {
        Ok(look) => Some(look.await),
        Err(_) => Some(found),
    }
}

fn next_due(watched: &mut HashMap<String, Watched>, now: i64) -> Option<(String, &mut Watched)> {
    watched
        .iter_mut()
        .filter(|(_, one)| one.rows > 0 && !one.taken && one.due <= now)
        .min_by_key(|(name, one)| (!one.pressing, one.due, (*name).clone()))
        .map(|(name, one)| (name.clone(), one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(list: &[(&str, usize, bool, i64)]) -> HashMap<String, Watched> {
        list.iter()
            .map(|(name, rows, pressing, due)| {
                ((*name).to_owned(), Watched { rows: *rows, pressing: *pressing, due: *due, taken: false })
            })
            .collect()
    }

    #[test]
    fn problems_are_looked_at_first_and_only_what_is_in_sight() {
        let mut all = watched(&[
            ("calm", 1, false, 0),
            ("bad", 1, true, 5),
            ("hidden", 0, true, 0),
            ("later", 1, true, 99),
        ]);
        let (first, entry) = next_due(&mut all, 10).unwrap();
        assert_eq!(first, "bad");
        entry.taken = true;
        assert_eq!(next_due(&mut all, 10).unwrap().0, "calm");
    }

    #[test]
    fn a_service_under_way_is_not_taken_twice() {
        let mut all = watched(&[("a", 1, false, 0)]);
        next_due(&mut all, 1).unwrap().1.taken = true;
        assert!(next_due(&mut all, 1).is_none());
    }
}
