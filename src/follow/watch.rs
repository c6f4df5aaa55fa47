//! Looking at the service: which containers there are, which have ended, and which were started anew.

use super::host::Host;
use super::link::Link;
use super::pods::{self, Being, Found};
use super::protocol;
use super::seat::{Seat, Stop};
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
/// How many looks in a row must miss a container that was there.
const MISSES: u32 = 2;

/// Looks at the service again and again.
pub async fn looks(host: Rc<Host>) {
    let mut failures = 0;
    loop {
        host.slots.bell.until(|| (host.session.may_ask() && !host.released.get()).then_some(())).await;
        host.look_wanted.set(false);
        let Some(client) = host.session.client() else { return };
        let target = host.target.borrow().clone();
        let at = &target.at;
        let helm = untrack(|| host.session.known.helm_is_shown());
        let result = client.service_of_any_kind(at.family, &at.project, &at.key, &target.service, helm).await;
        failures = if result.is_ok() { 0 } else { failures + 1 };
        let outcome = match &result {
            Ok(detail) => Ok(take_in(&host, detail)),
            Err(error) => Err(error.kind),
        };
        host.slots.set_cap(protocol::streams());
        let error = result.err().map(Arc::new);
        if host
            .looked
            .try_update(|looked| {
                looked.once |= error.is_none();
                looked.error = error;
            })
            .is_none()
        {
            return;
        }
        host.looks.set(host.looks.get() + 1);
        host.slots.bell.ring();
        let enabled = host.session.prefs.refresh.try_get_untracked().unwrap_or(false);
        let wait = next_look(outcome, failures, host.session.refresh(), enabled);
        pause(&host, wait.filter(|_| !is_settled(&host))).await;
    }
}

/// Waits for the next look: as long as told, or until one is wanted.
async fn pause(host: &Host, wait: Option<Duration>) {
    let wanted = pin!(host.slots.bell.until(|| host.look_wanted.get().then_some(())));
    match wait {
        None => wanted.await,
        Some(wait) => {
            select(pin!(sleep(wait)), wanted).await;
        }
    }
}

/// Whether no look can bring anything new: the pods of the target are named, and all is over with them.
fn is_settled(host: &Host) -> bool {
    let named = !host.target.borrow().pods.is_empty();
    let seats = host.seats.borrow();
    named && seats.iter().all(|seat| *seat.being.borrow() == Being::Gone)
}

/// Brings the seats up to what a look has found.
fn take_in(host: &Rc<Host>, detail: &ServiceDetail) -> Pace {
    let found = pods::find(detail, &host.target.borrow());
    for one in &found {
        let seat = host.seats.borrow().iter().find(|seat| seat.is(&one.pod, &one.container)).cloned();
        if let Some(seat) = seat.or_else(|| host.add(&one.pod, &one.container)) {
            renew(&seat, one);
        }
    }
    let mut leaving = false;
    for seat in host.seats.borrow().iter() {
        if !found.iter().any(|one| seat.is(&one.pod, &one.container)) && *seat.being.borrow() != Being::Gone {
            seat.unseen.set(seat.unseen.get() + 1);
            if !seat.known.get() || seat.unseen.get() >= MISSES {
                *seat.being.borrow_mut() = Being::Gone;
            } else {
                leaving = true;
            }
        }
    }
    let waits = host.seats.borrow().iter().any(|seat| host.link(seat) == Link::Nothing);
    if leaving || waits || pods::is_moving(detail, &found) { Pace::Busy } else { Pace::Idle }
}

fn renew(seat: &Seat, found: &Found) {
    seat.known.set(true);
    seat.unseen.set(0);
    let before = seat.restarts.replace(Some(found.restarts));
    if found.finished_at.is_some() {
        seat.ended_at.set(found.finished_at);
    }
    let readable = matches!(found.being, Being::Readable | Being::Waiting(_));
    if before.is_some_and(|before| found.restarts > before) && readable {
        seat.tell(Stop::Restarted);
    } else if before.is_some_and(|before| found.restarts > before) {
        // Its new log is told about when it can be read.
        seat.restarts.set(before);
    }
    seat.being.replace(found.being.clone());
}

/// Once a second: ends what has ended, passes streams on, and lets go of all while nobody looks.
pub async fn ticks(host: Rc<Host>) {
    let mut hidden_since = None;
    let patience = u64::from(host.session.config().log_hidden_seconds) * 1_000;
    loop {
        sleep(Duration::from_secs(1)).await;
        let now = now_ms();
        hidden_since = is_hidden().then(|| hidden_since.unwrap_or(now));
        let released = hidden_since.is_some_and(|since| now.saturating_sub(since) >= patience);
        if host.released.replace(released) != released && released {
            host.seats.borrow().iter().for_each(|seat| seat.tell(Stop::Hidden));
        }
        for seat in host.seats.borrow().iter() {
            let open = matches!(host.link(seat), Link::Live | Link::Waiting);
            if open && seat.is_silent() && now.saturating_sub(seat.active_ms.get()) >= SILENCE_MS {
                // What was there and never sent a line has nothing to be read; what never was there is missing.
                // (An `EventSource` keeps waiting for it: the answer without a type is no error to it yet.)
                seat.was_read.set(seat.was_read.get() || seat.known.get());
                seat.tell(Stop::Ended);
            }
        }
        host.slots.pass_on(now);
        host.slots.bell.ring();
    }
}
