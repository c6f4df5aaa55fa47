//! `use_query`: a value kept fresh while its view is there.
//!
//! Signals in, signals out: the key says what to fetch (`None` fetches nothing), the pace how lively the answer is. The
//! query looks again by itself (see [`crate::remote::next_look`]), pauses in a hidden tab, starts over when its key
//! changes, and aborts its request when its owner is gone, because dropping a request of [`crate::api`] aborts it. There
//! is one loop per query, so a request never overlaps its own twin.

use crate::api::{ApiError, Client};
use crate::clock::{unix_seconds, until_visible};
use crate::remote::{Pace, Remote, next_look};
use crate::session::{Session, use_session};
use futures_util::future::{AbortHandle, abortable};
use gloo_timers::future::sleep;
use leptos::prelude::*;
use std::future::Future;
use std::sync::Arc;

/// What a query has to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The first answer is awaited.
    Waiting,
    /// The first answer is an error, and there is nothing older.
    Failed,
    /// There is a value, fresh or old.
    There,
}

/// A value compared by identity: [`Remote::settle`] keeps the allocation of an equal value.
#[derive(Debug)]
pub(crate) struct Latest<T>(pub Option<Arc<T>>);

impl<T> Clone for Latest<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Latest<T> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        }
    }
}

/// A running query; cheap to copy.
pub(crate) struct Query<T: Send + Sync + 'static> {
    /// The value, its age and its error.
    pub state: RwSignal<Remote<T>>,
    wake: Trigger,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}

impl<T: Send + Sync + 'static> Query<T> {
    /// Fetches again now.
    pub(crate) fn refresh(self) {
        self.wake.notify();
    }

    /// The last good value; a reactive read.
    pub(crate) fn value(self) -> Option<Arc<T>> {
        self.state.with(|state| state.value.clone())
    }

    /// The error of the last try; a reactive read.
    pub(crate) fn error(self) -> Option<Arc<ApiError>> {
        self.state.with(|state| state.error.clone())
    }

    /// What there is to show. A memo, because the state itself changes with every look: a view that read it directly would
    /// be built anew each time, and focus, selection and everything started inside it would be lost.
    pub(crate) fn stage(self) -> Memo<Stage> {
        Memo::new(move |_| {
            self.state.with(|state| match (&state.value, &state.error) {
                (Some(_), _) => Stage::There,
                (None, Some(_)) => Stage::Failed,
                (None, None) => Stage::Waiting,
            })
        })
    }

    /// The last good value as a memo: it changes only when the value does.
    pub(crate) fn latest(self) -> Memo<Latest<T>> {
        Memo::new(move |_| Latest(self.value()))
    }
}

/// Keeps a value fresh.
///
/// - `key`: what to fetch; a change forgets the old value and starts over.
/// - `fetch`: one request for a key.
/// - `pace`: how lively an answer is.
pub(crate) fn use_query<K, T, F, Fut>(
    key: impl Fn() -> Option<K> + Send + Sync + 'static,
    fetch: F,
    pace: fn(&T) -> Pace,
) -> Query<T>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: PartialEq + Send + Sync + 'static,
    F: Fn(Client, K) -> Fut + Clone + 'static,
    Fut: Future<Output = Result<T, ApiError>> + 'static,
{
    let session = use_session();
    let query = Query { state: RwSignal::new(Remote::default()), wake: Trigger::new() };
    let key = Memo::new(move |_| key());
    let running = StoredValue::new(None::<AbortHandle>);
    let stop = move || {
        if let Some(handle) = running.try_update_value(Option::take).flatten() {
            handle.abort();
        }
    };
    Effect::new(move |before: Option<Option<K>>| {
        let now = key.get();
        query.wake.track();
        session.wake.track();
        session.prefs.refresh.track();
        session.hurry.track();
        stop();
        if before.is_some_and(|before| before != now) {
            query.state.set(Remote::default());
        }
        if let Some(key) = now.clone() {
            let (task, handle) = abortable(look(session, query.state, key, fetch.clone(), pace));
            running.set_value(Some(handle));
            leptos::task::spawn_local(async move {
                let _ = task.await;
            });
        }
        now
    });
    on_cleanup(stop);
    query
}

/// While an operation is under way, whatever it may touch is looked at often.
fn hurried(pace: Pace, session: Session) -> Pace {
    match pace {
        Pace::Idle if session.hurry.try_get_untracked() == Some(true) => Pace::Busy,
        other => other,
    }
}

/// Fetches, waits, and fetches again; ends when there is nothing to wait for.
async fn look<K, T, F, Fut>(
    session: Session,
    state: RwSignal<Remote<T>>,
    key: K,
    fetch: F,
    pace: fn(&T) -> Pace,
) where
    K: Clone,
    T: PartialEq + Send + Sync + 'static,
    F: Fn(Client, K) -> Fut,
    Fut: Future<Output = Result<T, ApiError>>,
{
    let mut failures = 0;
    while session.may_ask() {
        let Some(client) = session.client() else { return };
        let _ = state.try_update(|state| state.loading = true);
        let result = fetch(client, key.clone()).await;
        let outcome = match &result {
            Ok(value) => Ok(hurried(pace(value), session)),
            Err(error) => Err(error.kind),
        };
        failures = if result.is_ok() { 0 } else { failures + 1 };
        // After an await the owner may be gone: the `try_` forms know.
        if state.try_update(|state| state.settle(result, unix_seconds())).is_none() {
            return;
        }
        let enabled = session.prefs.refresh.try_get_untracked().unwrap_or(false);
        let Some(wait) = next_look(outcome, failures, session.refresh(), enabled) else { return };
        sleep(wait).await;
        until_visible().await;
    }
    let _ = state.try_update(|state| state.loading = false);
}
