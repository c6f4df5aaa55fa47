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
        let first = read(&current_hash(), &home).unwrap_or_else(|| home.clone());
        let nav = Self { route: RwSignal::new(first) };
        let handle = window_event_listener(ev::hashchange, move |_| {
            if let Some(route) = read(&current_hash(), &home) {
                nav.set(route);
            }
        });
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

/// The route a hash means; `None` for one that is no route at all, such as the anchor of a skip link or of the page that
/// embeds this one.
fn read(hash: &str, home: &Route) -> Option<Route> {
    match hash {
        hash if hash.trim_matches(['#', '/']).is_empty() => Some(home.clone()),
        hash if hash.starts_with("#/") => Some(Route::parse(hash)),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_of_the_page_is_no_route() {
        let home = Route::environments("shop");
        assert_eq!(read("", &home), Some(home.clone()));
        assert_eq!(read("#/settings", &home), Some(Route::Settings));
        assert_eq!(read("#zadig-main", &home), None);
    }
}
