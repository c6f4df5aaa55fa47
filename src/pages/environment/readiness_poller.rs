//! The closer poller: ready counts and failing reasons of the services in sight (E05, E06).
//!
//! The environment's detail tells a service's word but not why; that takes one call per service. So the rows that are
//! drawn ask to be polled when they appear and take it back when they go, and a few workers serve them: problems often, the
//! rest now and then, never more than [`WORKERS`] at once. An environment of 500 services costs what its visible rows cost.
//! A worker sleeps until the next service is due, or until it is notified: nothing wakes for nothing.

use crate::api::Client;
use crate::clock::{is_hidden, unix_seconds};
use crate::domain::diagnosis::{Diagnosis, diagnose};
use crate::lazy;
use crate::logs::notify::Notify;
use crate::route::EnvironmentRef;
use crate::session::{Session, use_session};
use futures_util::future::{AbortHandle, Either, abortable, select};
use gloo_timers::future::sleep;
use leptos::prelude::*;
use std::collections::HashMap;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

/// Polls under way at once.
const WORKERS: usize = 4;
/// Seconds until a service that is not ready is polled again.
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
    /// When to poll it next, unix seconds.
    due: i64,
    /// Whether a worker is on it.
    taken: bool,
}

/// The polls of a page; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct ReadinessPoller {
    watched: StoredValue<HashMap<String, Watched>>,
    /// Notified when something may be due.
    notify: StoredValue<Rc<Notify>, LocalStorage>,
    /// What was found, by service.
    pub found: RwSignal<HashMap<String, Diagnosis>>,
}

impl ReadinessPoller {
    /// Starts the workers; they end with the owner.
    pub(crate) fn start(at: StoredValue<EnvironmentRef>) -> Self {
        let poller = Self {
            watched: StoredValue::new(HashMap::new()),
            notify: StoredValue::new_local(Rc::default()),
            found: RwSignal::new(HashMap::new()),
        };
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
        crate::effect::effect(move || {
            session.may_ask_now();
            poller.wake();
        });
        let shown = window_event_listener(leptos::ev::visibilitychange, move |_| poller.wake());
        on_cleanup(move || shown.remove());
        on_cleanup(move || handles.iter().for_each(AbortHandle::abort));
        poller
    }

    /// A row for `service` is drawn. `pressing` asks for frequent polls.
    pub(crate) fn watch(self, service: &str, pressing: bool) {
        self.watched.update_value(|watched| {
            let fresh = Watched { rows: 0, pressing, due: 0, taken: false };
            let entry = watched.entry(service.to_owned()).or_insert(fresh);
            if pressing && !entry.pressing {
                entry.due = 0;
            }
            entry.pressing = pressing;
            entry.rows += 1;
        });
        self.wake();
    }

    /// A row for `service` is gone.
    pub(crate) fn unwatch(self, service: &str) {
        let _ = self.watched.try_update_value(|watched| {
            if let Some(entry) = watched.get_mut(service) {
                entry.rows = entry.rows.saturating_sub(1);
            }
        });
    }

    /// Makes every service in sight due now.
    pub(crate) fn refresh(self) {
        self.watched.update_value(|watched| watched.values_mut().for_each(|one| one.due = 0));
        self.wake();
    }

    fn wake(self) {
        let _ = self.notify.try_with_value(|notify| notify.notify_all());
    }

    async fn work(self, session: Session, at: EnvironmentRef) {
        while let Some(service) = self.next(session).await {
            let Some(client) = session.client() else { return };
            let helm = untrack(|| session.known.helm_is_shown());
            let found = poll(&client, &at, &service, helm).await;
            let polling = session.prefs.refresh.try_get_untracked().unwrap_or(false);
            self.give_back(&service, found, polling);
        }
    }

    /// Waits for a service that is due; `None` once the page is gone.
    async fn next(self, session: Session) -> Option<String> {
        let notify = self.notify.try_with_value(Rc::clone)?;
        loop {
            let may_ask = move || !is_hidden() && session.may_ask();
            let due = notify.wait_until(|| may_ask().then(|| self.take()).flatten());
            let wait = self.watched.try_with_value(|watched| next_in(watched, unix_seconds()))?;
            let Some(wait) = wait.filter(|_| may_ask()) else { return Some(due.await) };
            if let Either::Left((service, _)) = select(pin!(due), pin!(sleep(wait))).await {
                return Some(service);
            }
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
        // A poll that failed leaves the last answer: the page's own error already says what is wrong.
        if let Some(found) = found
            && self.found.try_with_untracked(|all| all.get(service) != Some(&found)).unwrap_or(false)
        {
            let _ = self.found.try_update(|all| all.insert(service.to_owned(), found));
        }
    }
}

/// One poll: the service, and the events of the pod that does not say itself why it waits.
async fn poll(client: &Client, at: &EnvironmentRef, service: &str, helm: bool) -> Option<Diagnosis> {
    let detail = client.service_of_any_kind(at.family, &at.project, &at.key, service, helm).await.ok()?;
    let found = diagnose(&detail);
    let Some(pod) = found.ask_events_of.clone() else { return Some(found) };
    // Whoever has a pod that does not start opens its service next, so the part with it may come now.
    match lazy::pod_events(client.clone(), at.clone(), detail, pod).await {
        Ok(diagnosis) => Some(diagnosis.await),
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

/// How long until something is due that is not due now.
fn next_in(watched: &HashMap<String, Watched>, now: i64) -> Option<Duration> {
    let waiting = watched.values().filter(|one| one.rows > 0 && !one.taken && one.due != i64::MAX);
    let due = waiting.map(|one| one.due).min()?;
    Some(Duration::from_secs(u64::try_from(due.saturating_sub(now)).unwrap_or_default()))
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
    fn a_worker_sleeps_until_the_next_service_in_sight_is_due() {
        let all = watched(&[
            ("hidden", 0, true, 1),
            ("a", 1, false, 30),
            ("b", 1, true, 14),
            ("off", 1, true, i64::MAX),
        ]);
        assert_eq!(next_in(&all, 10), Some(Duration::from_secs(4)));
        assert_eq!(next_in(&all, 20), Some(Duration::ZERO));
        assert_eq!(next_in(&watched(&[("off", 1, true, i64::MAX)]), 0), None);
    }

    #[test]
    fn a_service_under_way_is_not_taken_twice() {
        let mut all = watched(&[("a", 1, false, 0)]);
        next_due(&mut all, 1).unwrap().1.taken = true;
        assert!(next_due(&mut all, 1).is_none());
    }
}
