//! The present moment as a signal, for ages that move on by themselves.

use futures_channel::oneshot;
use gloo_events::EventListener;
use leptos::prelude::*;
use std::time::Duration;

/// Now, in whole unix seconds, once a second while the tab is visible.
#[derive(Clone, Copy)]
pub(crate) struct Clock(RwSignal<i64>);

impl Clock {
    /// Starts ticking until the owner is gone.
    pub(crate) fn start() -> Self {
        let now = RwSignal::new(unix_seconds());
        if let Ok(handle) = set_interval_with_handle(
            move || {
                if !is_hidden() {
                    let _ = now.try_set(unix_seconds());
                }
            },
            Duration::from_secs(1),
        ) {
            on_cleanup(move || handle.clear());
        }
        Self(now)
    }

    /// The current second; a reactive read.
    pub(crate) fn now(self) -> i64 {
        self.0.get()
    }
}

/// Unix seconds.
pub(crate) fn unix_seconds() -> i64 {
    i64::try_from(now_ms() / 1000).unwrap_or(i64::MAX)
}

/// Milliseconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a date is a whole number of milliseconds, and positive"
)]
pub(crate) fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// Whether nobody can see the tab.
pub(crate) fn is_hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.hidden())
}

/// Resolves once the tab can be seen: immediately, or when it is next shown.
pub(crate) async fn until_visible() {
    while is_hidden() {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let (shown, changed) = oneshot::channel();
        let _listener = EventListener::once(&document, "visibilitychange", move |_| {
            let _ = shown.send(());
        });
        let _ = changed.await;
    }
}

/// The clock context.
///
/// # Panics
/// Never in the application: its root provides it before any page exists.
pub(crate) fn use_clock() -> Clock {
    expect_context::<Clock>()
}
