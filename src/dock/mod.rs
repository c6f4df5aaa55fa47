//! The dock: log views in tabs at the bottom of every page. It lies outside the pages, so streams go on while the user
//! walks about, and the tabs are opened again after a reload.

mod address;
mod details;
mod frame;
mod help;
mod limits;
mod link;
pub(crate) mod log_view;
mod menus;
mod rows;
mod search_bar;
pub(crate) mod shortcuts;
mod states;
mod status;
mod toolbar;
mod viewer;

pub(crate) use frame::DockView;
pub(crate) use help::LogShortcuts;
pub(crate) use limits::LogLimits;
pub(crate) use link::LogLink;

use crate::log_streams::SharedPool;
use crate::log_view::settings::LogSettings;
use crate::nav::Nav;
use crate::route::{LogTarget, Route};
use crate::storage;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How the dock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Shape {
    /// No tab is open.
    #[default]
    Closed,
    /// At the bottom of the page.
    Open,
    /// Over the whole page.
    Full,
}

/// A tab: a log view.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tab {
    /// Unique in the page.
    pub id: u64,
    /// What it shows; kept up to date for reloads.
    pub target: LogTarget,
}

/// The dock, as a context.
#[derive(Clone, Copy)]
pub(crate) struct Dock {
    /// The tabs, in the order they were opened.
    pub tabs: RwSignal<Vec<Tab>>,
    /// The tab that is shown.
    pub active: RwSignal<u64>,
    /// How the dock stands.
    pub shape: RwSignal<Shape>,
    /// The tabs that pause because others have the streams: names by id.
    pub paused: RwSignal<BTreeMap<u64, String>>,
    /// What the user keeps about logs.
    pub settings: RwSignal<LogSettings>,
    pool: StoredValue<Rc<SharedPool>, LocalStorage>,
}

/// Where the open tabs lie until the browser's tab is closed.
const KEPT: &str = "zadig-environments-dock";

impl Dock {
    /// An empty dock, or the tabs from before a reload. A log link opens its view here, over the page of its
    /// environment.
    pub(crate) fn start(nav: Nav) -> Self {
        let dock = Self {
            tabs: RwSignal::new(Vec::new()),
            active: RwSignal::new(0),
            shape: RwSignal::new(Shape::Closed),
            paused: RwSignal::new(BTreeMap::new()),
            settings: RwSignal::new(LogSettings::load()),
            pool: StoredValue::new_local(Rc::new(SharedPool::default())),
        };
        let kept =
            storage::session(KEPT).and_then(|text| crate::api::decode::read::<Vec<String>>(&text).ok());
        for link in kept.unwrap_or_default() {
            if let Route::Logs { target, .. } = Route::parse(&link) {
                dock.open(target);
            }
        }
        crate::effect::effect(move || {
            let states = dock.tabs.with(|tabs| {
                tabs.iter()
                    .map(|tab| Route::Logs { target: tab.target.clone(), full: false }.href())
                    .collect::<Vec<_>>()
            });
            let text = serde_json::to_string(&states).ok().filter(|_| !states.is_empty());
            storage::set_session(KEPT, text.as_deref());
        });
        crate::effect::effect(move || dock.settings.with(LogSettings::store));
        Effect::new(move |before: Option<Option<Route>>| {
            let route = nav.route.get();
            let Route::Logs { target, full } = &route else { return Some(route) };
            dock.open(target.clone());
            if *full {
                dock.shape.set(Shape::Full);
            }
            let under = before.flatten().filter(|before| before.project() == route.project());
            let under = under.unwrap_or_else(|| Route::environment(target.at.clone()));
            nav.replace(under.clone());
            Some(under)
        });
        dock
    }

    /// Shows a log: in its tab, if there is one for the same logs, or in a new one.
    pub(crate) fn open(self, target: LogTarget) {
        let same = self.tabs.with_untracked(|tabs| {
            tabs.iter().find(|tab| tab.target.same_logs(&target)).map(|tab| (tab.id, tab.target == target))
        });
        let id = match same {
            Some((id, true)) => id,
            other => {
                // A link with another filter is another view of the same logs: it takes the old one's place.
                if let Some((old, false)) = other {
                    self.tabs.update(|tabs| tabs.retain(|tab| tab.id != old));
                }
                let Some(id) = self.pool.try_with_value(|pool| pool.next_id()) else { return };
                self.tabs.update(|tabs| tabs.push(Tab { id, target }));
                id
            }
        };
        self.active.set(id);
        if self.shape.get_untracked() == Shape::Closed {
            self.shape.set(Shape::Open);
        }
    }

    /// Closes a tab and its streams.
    pub(crate) fn close(self, id: u64) {
        let at = self.tabs.with_untracked(|tabs| tabs.iter().position(|tab| tab.id == id));
        self.tabs.update(|tabs| tabs.retain(|tab| tab.id != id));
        let next = self.tabs.with_untracked(|tabs| {
            let at = at.unwrap_or_default().min(tabs.len().saturating_sub(1));
            tabs.get(at).map(|tab| tab.id)
        });
        match next {
            Some(next) if self.active.get_untracked() == id => self.active.set(next),
            Some(_) => {}
            None => self.shape.set(Shape::Closed),
        }
    }

    /// Closes everything.
    pub(crate) fn close_all(self) {
        self.tabs.set(Vec::new());
        self.shape.set(Shape::Closed);
    }

    /// Over the whole page, or back.
    pub(crate) fn toggle_full(self) {
        self.shape.update(|shape| {
            *shape = match shape {
                Shape::Full => Shape::Open,
                Shape::Open => Shape::Full,
                Shape::Closed => Shape::Closed,
            }
        });
    }

    /// Remembers what a tab shows now.
    pub(crate) fn remember(self, id: u64, target: &LogTarget) {
        let changed =
            self.tabs.with_untracked(|tabs| tabs.iter().any(|tab| tab.id == id && tab.target != *target));
        if changed {
            self.tabs.update(|tabs| {
                if let Some(tab) = tabs.iter_mut().find(|tab| tab.id == id) {
                    tab.target = target.clone();
                }
            });
        }
    }

    /// Takes in whether a tab pauses because others have the streams.
    pub(crate) fn set_paused(self, id: u64, name: Option<String>) {
        let _ = self.paused.try_maybe_update(|paused| {
            let before = paused.get(&id).cloned();
            match &name {
                Some(name) => _ = paused.insert(id, name.clone()),
                None => _ = paused.remove(&id),
            }
            (before != name, ())
        });
    }

    /// The page's streams.
    pub(crate) fn pool(self) -> Option<Rc<SharedPool>> {
        self.pool.try_with_value(Rc::clone)
    }
}

/// The dock context.
///
/// # Panics
/// Never in the application: its root provides it before any page exists.
pub(crate) fn use_dock() -> Dock {
    expect_context::<Dock>()
}
