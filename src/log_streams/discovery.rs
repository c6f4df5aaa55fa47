//! Polls the service: which containers exist, which have ended, and which were restarted.

use super::follower::LogFollower;
use super::pods::{self, ContainerPhase, Found};
use super::protocol;
use super::stream_state::StreamState;
use super::tracked::{Stop, TrackedContainer};
use crate::api::services::ServiceDetail;
use crate::clock::is_hidden;
use crate::log_view::core::now_ms;
use crate::remote::{Pace, next_look};
use futures_util::future::select;
use gloo_timers::future::sleep;
use leptos::prelude::*;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// How long a container that has ended may stay silent before it counts as read.
const SILENCE_MS: u64 = 1_500;
/// How many polls in a row must miss a container before it counts as gone.
const MISSES: u32 = 2;

/// Polls the service until the view is closed.
pub async fn poll_service(follower: Rc<LogFollower>) {
    let mut failures = 0;
    loop {
        follower
            .pool
            .notify
            .wait_until(|| (follower.session.may_ask() && !follower.released.get()).then_some(()))
            .await;
        follower.poll_wanted.set(false);
        let Some(client) = follower.session.client() else { return };
        let target = follower.target.borrow().clone();
        let at = &target.at;
        let helm = untrack(|| follower.session.known.helm_is_shown());
        let result = client.service_of_any_kind(at.family, &at.project, &at.key, &target.service, helm).await;
        failures = if result.is_ok() { 0 } else { failures + 1 };
        let outcome = match &result {
            Ok(detail) => Ok(take_in(&follower, detail)),
            Err(error) => Err(error.kind),
        };
        follower.pool.set_cap(protocol::streams());
        let error = result.err().map(Arc::new);
        if follower
            .last_poll
            .try_update(|last_poll| {
                last_poll.once |= error.is_none();
                last_poll.error = error;
            })
            .is_none()
        {
            return;
        }
        follower.polls.set(follower.polls.get() + 1);
        follower.pool.notify.notify_all();
        let enabled = follower.session.prefs.refresh.try_get_untracked().unwrap_or(false);
        let wait = next_look(outcome, failures, follower.session.refresh(), enabled);
        pause(&follower, wait.filter(|_| !is_settled(&follower))).await;
    }
}

/// Waits for the next poll: for `wait`, or until one is requested.
async fn pause(follower: &LogFollower, wait: Option<Duration>) {
    let wanted = pin!(follower.pool.notify.wait_until(|| follower.poll_wanted.get().then_some(())));
    match wait {
        None => wanted.await,
        Some(wait) => {
            select(pin!(sleep(wait)), wanted).await;
        }
    }
}

/// Whether no poll can bring anything new: the target names its pods, and all of them are gone.
fn is_settled(follower: &LogFollower) -> bool {
    let named = !follower.target.borrow().pods.is_empty();
    let containers = follower.containers.borrow();
    named && containers.iter().all(|tracked| *tracked.phase.borrow() == ContainerPhase::Gone)
}

/// Reconciles the tracked containers with the latest poll.
fn take_in(follower: &Rc<LogFollower>, detail: &ServiceDetail) -> Pace {
    let found = pods::find(detail, &follower.target.borrow());
    for one in &found {
        let tracked =
            follower.containers.borrow().iter().find(|tracked| tracked.is(&one.pod, &one.container)).cloned();
        if let Some(tracked) = tracked.or_else(|| follower.add(&one.pod, &one.container)) {
            renew(&tracked, one);
        }
    }
    let mut leaving = false;
    for tracked in follower.containers.borrow().iter() {
        if !found.iter().any(|one| tracked.is(&one.pod, &one.container))
            && *tracked.phase.borrow() != ContainerPhase::Gone
        {
            tracked.unseen.set(tracked.unseen.get() + 1);
            if !tracked.known.get() || tracked.unseen.get() >= MISSES {
                *tracked.phase.borrow_mut() = ContainerPhase::Gone;
            } else {
                leaving = true;
            }
        }
    }
    let waits =
        follower.containers.borrow().iter().any(|tracked| follower.state(tracked) == StreamState::Nothing);
    if leaving || waits || pods::is_moving(detail, &found) { Pace::Busy } else { Pace::Idle }
}

fn renew(tracked: &TrackedContainer, found: &Found) {
    tracked.known.set(true);
    tracked.unseen.set(0);
    let before = tracked.restarts.replace(Some(found.restarts));
    if found.finished_at.is_some() {
        tracked.ended_at.set(found.finished_at);
    }
    let readable = matches!(found.phase, ContainerPhase::Readable | ContainerPhase::Waiting(_));
    if before.is_some_and(|before| found.restarts > before) && readable {
        tracked.request_stop(Stop::Restarted);
    } else if before.is_some_and(|before| found.restarts > before) {
        // The restart is reported once the new log can be read.
        tracked.restarts.set(before);
    }
    tracked.phase.replace(found.phase.clone());
}

/// Once a second: closes streams of ended containers, rotates streams, and releases all of them while the tab is hidden.
pub async fn ticks(follower: Rc<LogFollower>) {
    let mut hidden_since = None;
    let patience = u64::from(follower.session.config().log_hidden_seconds) * 1_000;
    loop {
        sleep(Duration::from_secs(1)).await;
        let now = now_ms();
        hidden_since = is_hidden().then(|| hidden_since.unwrap_or(now));
        let released = hidden_since.is_some_and(|since| now.saturating_sub(since) >= patience);
        if follower.released.replace(released) != released && released {
            follower.containers.borrow().iter().for_each(|tracked| tracked.request_stop(Stop::Hidden));
        }
        for tracked in follower.containers.borrow().iter() {
            let open = matches!(follower.state(tracked), StreamState::Live | StreamState::Waiting);
            if open && tracked.is_silent() && now.saturating_sub(tracked.active_ms.get()) >= SILENCE_MS {
                // A container that exists and never sent a line has an empty log; one that never existed is missing.
                // (An `EventSource` keeps waiting for it: the answer without a type is no error to it yet.)
                tracked.was_read.set(tracked.was_read.get() || tracked.known.get());
                tracked.request_stop(Stop::Ended);
            }
        }
        follower.pool.rotate(now);
        follower.pool.notify.notify_all();
    }
}
