//! The current route as a signal, kept in step with where the host lets it live (see [`Routing`]).
//!
//! In the page of its own, plain `<a href="#/…">` links work without interception (so do "open in new tab" and "copy
//! link"); this module only listens. Inside another page the links are followed here instead, and get the page's own form
//! as soon as the pointer or the focus reaches them. Filters and searches replace the current history entry, so that Back
//! leaves the page instead of undoing letters one by one.
//!
//! A way out that would lose edits is not taken but asked about: see [`edits`]. Back closes what lies on top first: a dialog
//! (see [`layers`]), then the log that covers the page, which has an address of its own ([`Nav::cover_with`]).

pub(crate) mod layers;
pub(crate) mod unsaved_guard;

use self::layers::Layers;
use self::unsaved_guard::{Exit, UnsavedGuard};

use crate::host::{Host, Routing};
use crate::route::{LogTarget, Route};
use gloo_events::{EventListener, EventListenerOptions};
use leptos::ev;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, MouseEvent};

/// The log that covers the page; `route` stays what lies below.
#[derive(Default)]
struct Cover {
    /// The log; the address names it.
    log: Option<LogTarget>,
    /// Whether it has an entry of its own in the history, before which the page's lies.
    pushed: bool,
    /// Shows the log that the address names, or none any more, once there is a place for it.
    show: Option<Rc<dyn Fn(Option<LogTarget>)>>,
}

/// The router, as a context.
#[derive(Clone, Copy)]
pub(crate) struct Nav {
    /// The current route.
    pub route: RwSignal<Route>,
    /// The host, for what needs the element of this instance.
    pub host: Host,
    /// The edits of the page that are not saved.
    pub edits: UnsavedGuard,
    /// What lies over the page and is closed by Back.
    pub layers: Layers,
    /// The log that covers the page.
    cover: StoredValue<Rc<RefCell<Cover>>, LocalStorage>,
    /// Counts the changes of place; what only replaces filters is none.
    moves: RwSignal<u64>,
    routing: StoredValue<Routing>,
}

impl Nav {
    /// Reads the place of the route and follows it until the owner is gone. `home` is shown where it says nothing.
    pub(crate) fn start(host: Host, home: Route) -> Self {
        let routing = host.routing();
        let first = match &routing {
            Routing::Location(prefix) => read(&current_hash(), prefix, &home),
            Routing::Memory => None,
        };
        let nav = Self {
            route: RwSignal::new(first.unwrap_or_else(|| home.clone())),
            host,
            edits: UnsavedGuard::start(host),
            layers: Layers::start(routing == Routing::Location(String::new())),
            cover: StoredValue::new_local(Rc::default()),
            moves: RwSignal::new(0),
            routing: StoredValue::new(routing.clone()),
        };
        if let Routing::Location(prefix) = &routing {
            let prefix = prefix.clone();
            let handle = window_event_listener(ev::hashchange, move |_| {
                if nav.layers.catch_back() {
                    return;
                }
                if let Some(route) = read(&current_hash(), &prefix, &home) {
                    nav.meet(route);
                }
            });
            on_cleanup(move || handle.remove());
        }
        if let Some(root) = host.root() {
            nav.watch_links(&root);
            if routing != Routing::Location(String::new()) {
                nav.rewrite_links(&root);
            }
        }
        nav
    }

    /// Goes to a route, with a history entry where the route lives in the location; asks first if edits would be lost.
    pub(crate) fn go(self, route: Route) {
        match self.loses(&route) {
            true => self.edits.ask(Exit::To(route)),
            false => self.pass(route),
        }
    }

    /// Takes the way out that was asked about. The edits are lost.
    pub(crate) fn leave(self) {
        match self.edits.take() {
            Some(Exit::To(route)) => self.pass(route),
            Some(Exit::Back) => {
                if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
                    let _ = history.back();
                }
            }
            Some(Exit::Act(act)) => act(),
            None => {}
        }
    }

    fn cover(self) -> Rc<RefCell<Cover>> {
        self.cover.try_get_value().unwrap_or_default()
    }

    /// The location has changed to a route: a log that covers the page is shown over it, anything else is a page.
    fn meet(self, route: Route) {
        let cover = self.cover();
        let show = cover.borrow().show.clone();
        match (route, show) {
            (Route::Logs { target, full: true }, Some(show)) => {
                cover.borrow_mut().log = Some(target.clone());
                show(Some(target));
            }
            (route, show) => {
                let log = {
                    let mut cover = cover.borrow_mut();
                    cover.pushed = false;
                    cover.log.take()
                };
                if let (Some(_), Some(show)) = (log, show) {
                    show(None);
                }
                self.arrive(route);
            }
        }
    }

    /// Has `show` called when the address comes to name a log that covers the page, and when it no longer does.
    pub(crate) fn show_logs(self, show: impl Fn(Option<LogTarget>) + 'static) {
        self.cover().borrow_mut().show = Some(Rc::new(show));
        on_cleanup(move || self.cover().borrow_mut().show = None);
    }

    /// Takes a route that the browser has gone to already, or puts the location back and asks.
    fn arrive(self, route: Route) {
        if self.edits.passes_once() || !self.loses(&route) {
            self.move_to(route);
            return;
        }
        if let (Some(link), Some(window)) =
            (self.route.try_get_untracked().and_then(|here| self.link(&here)), web_sys::window())
        {
            let _ = window.location().set_hash(&link);
            self.layers.pushed();
        }
        self.edits.ask(Exit::Back);
    }

    fn loses(self, route: &Route) -> bool {
        let elsewhere = self.route.try_with_untracked(|here| here != route).unwrap_or(false);
        elsewhere && self.edits.would_lose(route)
    }

    fn pass(self, route: Route) {
        if let (Some(link), Some(window)) = (self.link(&route), web_sys::window()) {
            let before = current_hash();
            let _ = window.location().set_hash(&link);
            if before != current_hash() {
                self.layers.pushed();
            }
        }
        self.move_to(route);
    }

    fn move_to(self, route: Route) {
        if self.route.try_with_untracked(|here| *here != route) == Some(true) {
            let _ = self.moves.try_update(|moves| *moves += 1);
        }
        self.set(route);
    }

    /// Runs `act` whenever the place changes (a link, Back, a typed address), until the owner is gone. For what lies over a
    /// page, such as menus and dialogs, and would otherwise lie over the next one.
    pub(crate) fn on_move(self, act: impl Fn() + 'static) {
        let start = self.moves.get_untracked();
        crate::effect::effect(move || {
            if self.moves.get() != start {
                untrack(&act);
            }
        });
    }

    /// Changes the current route in place, for filters and searches.
    pub(crate) fn replace(self, route: Route) {
        // The address is that of the log that covers the page.
        if self.cover().borrow().log.is_none() {
            self.replace_address(&route);
        }
        self.set(route);
    }

    fn replace_address(self, route: &Route) {
        let history = web_sys::window().and_then(|window| window.history().ok());
        if let (Some(link), Some(history)) = (self.link(route), history) {
            // What the page around keeps with its entry stays there.
            let state = history.state().unwrap_or(JsValue::NULL);
            let _ = history.replace_state_with_url(&state, "", Some(&link));
        }
    }

    /// A log covers the page, with what is searched for in it, or no longer does. It gets an entry of its own in the
    /// history, so that Back leads to the page below.
    pub(crate) fn cover_with(self, log: Option<LogTarget>) {
        let cover = self.cover();
        let before = std::mem::replace(&mut cover.borrow_mut().log, log.clone());
        match (before, log) {
            (before, log) if before == log => {}
            (None, Some(target)) => {
                if let (Some(link), Some(window)) =
                    (self.link(&Route::Logs { target, full: true }), web_sys::window())
                {
                    let _ = window.location().set_hash(&link);
                    self.layers.pushed();
                    cover.borrow_mut().pushed = true;
                }
            }
            (_, Some(target)) => self.replace_address(&Route::Logs { target, full: true }),
            (_, None) if std::mem::take(&mut cover.borrow_mut().pushed) => {
                if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
                    let _ = history.back();
                }
            }
            (_, None) => self.replace_address(&self.route.get_untracked()),
        }
    }

    /// The whole address of a route, for copying: of this page, where the route lives in the location.
    pub(crate) fn address(self, route: &Route) -> String {
        let page = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
        let base = page.split('#').next().unwrap_or_default();
        format!("{base}{}", self.link(route).unwrap_or_else(|| route.href()))
    }

    /// The route as a hash of the location, if it lives there.
    fn link(self, route: &Route) -> Option<String> {
        self.routing
            .try_with_value(|routing| match routing {
                Routing::Location(prefix) => Some(with_prefix(&route.href(), prefix)),
                Routing::Memory => None,
            })
            .flatten()
    }

    fn set(self, route: Route) {
        if self.route.try_with_untracked(|now| *now != route).unwrap_or(false) {
            let _ = self.route.try_set(route);
        }
    }

    /// Follows the links of the application where the page around does not know their form, and where edits would be lost:
    /// a link that was asked about leaves no trace in the history.
    fn watch_links(self, root: &HtmlElement) {
        let foreign = self.routing.with_value(|routing| *routing != Routing::Location(String::new()));
        let active = EventListenerOptions::enable_prevent_default();
        let clicked = EventListener::new_with_options(root, "click", active, move |event| {
            let plain = event.dyn_ref::<MouseEvent>().is_some_and(|click| {
                click.button() == 0
                    && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key())
            });
            let route = link_of(event).and_then(|link| self.route_of(&link));
            if let (true, false, Some(route)) = (plain, event.default_prevented(), route)
                && (foreign || self.loses(&route))
            {
                event.prevent_default();
                self.go(route);
            }
        });
        let guard = SendWrapper::new(clicked);
        on_cleanup(move || drop(guard.take()));
    }

    /// Gives links the form of the page around as soon as the pointer or the focus reaches them.
    fn rewrite_links(self, root: &HtmlElement) {
        let rewrite = move |event: &Event| {
            if let Some(link) = link_of(event)
                && let Some(href) = self.route_of(&link).and_then(|route| self.link(&route))
            {
                let _ = link.set_attribute("href", &href);
            }
        };
        let reached =
            ["pointerover", "focusin"].map(|name| EventListener::new(root, name.to_owned(), rewrite));
        let guards = SendWrapper::new(reached);
        on_cleanup(move || drop(guards.take()));
    }

    fn route_of(self, link: &Element) -> Option<Route> {
        let href = link.get_attribute("href")?;
        let prefix = self.routing.try_with_value(|routing| match routing {
            Routing::Location(prefix) => prefix.clone(),
            Routing::Memory => String::new(),
        })?;
        let own = href.starts_with("#/").then_some(href.as_str());
        own.map(Route::parse).or_else(|| strip(&href, &prefix).map(|rest| Route::parse(&rest)))
    }
}

/// The link an event happened in.
fn link_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok().flatten()
}

fn with_prefix(href: &str, prefix: &str) -> String {
    format!("#{prefix}{}", href.strip_prefix('#').unwrap_or(href))
}

/// The hash without its prefix, if it is one of ours.
fn strip(hash: &str, prefix: &str) -> Option<String> {
    let rest = hash.strip_prefix('#')?.strip_prefix(prefix)?;
    (rest.is_empty() || rest.starts_with('/')).then(|| format!("#{rest}"))
}

/// The route a hash means; `None` for one that is no route at all, such as the anchor of a skip link or of the page that
/// embeds this one.
fn read(hash: &str, prefix: &str, home: &Route) -> Option<Route> {
    if hash.trim_matches(['#', '/']).is_empty() {
        return Some(home.clone());
    }
    match strip(hash, prefix)? {
        rest if rest.trim_matches(['#', '/']).is_empty() => Some(home.clone()),
        rest => Some(Route::parse(&rest)),
    }
}

fn current_hash() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// The router context.
///
/// # Panics
/// Never in the application: its root provides it before any page exists.
pub(crate) fn use_nav() -> Nav {
    expect_context::<Nav>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_of_the_page_is_no_route() {
        let home = Route::environments("shop");
        assert_eq!(read("", "", &home), Some(home.clone()));
        assert_eq!(read("#/settings", "", &home), Some(Route::Settings));
        assert_eq!(read("#zadig-main", "", &home), None);
    }

    #[test]
    fn behind_a_prefix_only_its_own_hash_is_a_route() {
        let home = Route::environments("shop");
        assert_eq!(read("#zadig/settings", "zadig", &home), Some(Route::Settings));
        assert_eq!(read("#zadig", "zadig", &home), Some(home.clone()));
        for foreign in ["#/settings", "#other/settings", "#zadigs/settings", "#section"] {
            assert_eq!(read(foreign, "zadig", &home), None, "{foreign}");
        }
    }

    #[test]
    fn a_link_behind_a_prefix_reads_back() {
        let route = Route::parse("#/p/shop/test/dev/services?q=a%26b");
        let link = with_prefix(&route.href(), "zadig");
        assert_eq!(link, "#zadig/p/shop/test/dev/services?q=a%26b");
        assert_eq!(read(&link, "zadig", &Route::Settings), Some(route));
    }
}
