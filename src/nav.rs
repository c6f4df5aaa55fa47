//! The current route as a signal, kept in step with the URL's hash.
//!
//! Plain `<a href="#/…">` links work without interception (so do "open in new tab" and "copy link"); this module only
//! listens. Filters and searches replace the current history entry, so that Back leaves the page instead of undoing
//! letters one by one.

use crate::route::Route;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// The router, as a context.
#[derive(Clone, Copy)]
pub struct Nav {
    /// The current route.
    pub route: RwSignal<Route>,
}

impl Nav {
    /// Reads the location and follows it until the owner is gone. `home` is shown where the hash says nothing.
    pub fn start(home: Route) -> Self {
        let read = move || match current_hash() {
            hash if hash.trim_matches(['#', '/']).is_empty() => home.clone(),
            hash => Route::parse(&hash),
        };
        let nav = Self { route: RwSignal::new(read()) };
        let handle = window_event_listener(ev::hashchange, move |_| nav.set(read()));
        on_cleanup(move || handle.remove());
        nav
    }

    /// Goes to a route, with a history entry.
    pub fn go(self, route: Route) {
        if let Some(window) = web_sys::window() {
            let _ = window.location().set_hash(&route.href());
        }
        self.set(route);
    }

    /// Changes the current route in place, for filters and searches.
    pub fn replace(self, route: Route) {
        if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&route.href()));
        }
        self.set(route);
    }

    fn set(self, route: Route) {
        if self.route.try_with_untracked(|now| *now != route).unwrap_or(false) {
            let _ = self.route.try_set(route);
        }
    }
}

fn current_hash() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// The router context.
///
/// # Panics
/// Never in the application: its root provides it before any page exists.
pub fn use_nav() -> Nav {
    expect_context::<Nav>()
}
