//! Edits that are not saved: who has some, and the ways out that would lose them.
//!
//! An editor registers with [`UnsavedGuard::hold`] (pages do so through [`crate::components::guard`]). While one of them is dirty,
//! [`super::Nav`] goes nowhere that the editor is not kept on: the way out is put down as an [`Exit`], the shell asks, and
//! [`super::Nav::leave`] takes it or [`UnsavedGuard::stay`] forgets it. A closing tab cannot be asked about in our words, so there
//! the browser asks. A page that embeds this one hears of it (`edits`), because it can take the element away.
//!
//! The browser tells of Back and of a typed address only when they have happened. The view's own entry is then put back on
//! top of the history, so that the address is right while the question is open and the refused place is one step back.

use crate::host::Host;
use crate::route::Route;
use leptos::ev;
use leptos::prelude::*;
use serde::Serialize;
use std::sync::Arc;

/// What drops the edits of a page without leaving it.
pub(crate) type Act = Arc<dyn Fn() + Send + Sync>;

/// A way out that was asked about.
#[derive(Clone)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::large_enum_variant, reason = "there is one at a time")
)]
pub(crate) enum Exit {
    /// To another view, by a link, the palette or the page around.
    To(Route),
    /// To the entry before this one in the browser's history.
    Back,
    /// Something on the page itself that drops the edits, such as closing an editor.
    Act(Act),
}

/// Whether a route still shows an editor.
type Keeps = Arc<dyn Fn(&Route) -> bool + Send + Sync>;

#[derive(Clone)]
struct Holder {
    id: u64,
    dirty: Signal<bool>,
    keeps: Keeps,
}

/// The detail of `edits`.
#[derive(Serialize)]
struct Told {
    unsaved: bool,
}

/// The editors of the page and the open question.
#[derive(Clone, Copy)]
pub(crate) struct UnsavedGuard {
    holders: RwSignal<Vec<Holder>>,
    asked: RwSignal<Option<Exit>>,
    next: StoredValue<u64>,
    passes: StoredValue<bool>,
}

impl UnsavedGuard {
    /// Nobody edits anything. Tells the host when that changes, and has the browser ask before the tab closes.
    pub(super) fn start(host: Host) -> Self {
        let edits = Self {
            holders: RwSignal::new(Vec::new()),
            asked: RwSignal::new(None),
            next: StoredValue::new(0),
            passes: StoredValue::new(false),
        };
        let handle = window_event_listener(ev::beforeunload, move |event| {
            if edits.any_untracked() {
                event.prevent_default();
                event.set_return_value("");
            }
        });
        on_cleanup(move || handle.remove());
        let any = Memo::new(move |_| edits.any());
        Effect::new(move |told: Option<bool>| {
            let unsaved = any.get();
            if told.unwrap_or(false) != unsaved {
                host.emit("edits", &Told { unsaved });
            }
            unsaved
        });
        edits
    }

    /// Registers an editor until the owner is gone: `dirty` says whether it has edits, `keeps` whether a route still shows
    /// it (its own route always does).
    pub(crate) fn hold(self, dirty: Signal<bool>, keeps: impl Fn(&Route) -> bool + Send + Sync + 'static) {
        let id = self.next.try_update_value(|next| {
            *next += 1;
            *next
        });
        let id = id.unwrap_or_default();
        let holder = Holder { id, dirty, keeps: Arc::new(keeps) };
        self.holders.update(|holders| holders.push(holder));
        on_cleanup(move || {
            let _ = self.holders.try_update(|holders| holders.retain(|one| one.id != id));
        });
    }

    /// Whether there are edits anywhere; a reactive read.
    pub(crate) fn any(self) -> bool {
        self.holders.with(|holders| holders.iter().any(|one| one.dirty.try_get() == Some(true)))
    }

    /// The open question; a reactive read.
    pub(crate) fn is_asking(self) -> bool {
        self.asked.with(Option::is_some)
    }

    /// Whether the open question is about something on the page itself; a reactive read.
    pub(crate) fn is_dropping(self) -> bool {
        self.asked.with(|asked| matches!(asked, Some(Exit::Act(_))))
    }

    /// Does something that drops the edits of this page, after the question if there are any.
    pub(crate) fn before(self, act: impl Fn() + Send + Sync + 'static) {
        match self.any_untracked() {
            true => self.ask(Exit::Act(Arc::new(act))),
            false => act(),
        }
    }

    /// Forgets the way out that was asked about.
    pub(crate) fn stay(self) {
        self.asked.set(None);
    }

    /// Whether going to `route` would lose edits.
    pub(super) fn would_lose(self, route: &Route) -> bool {
        self.holders
            .try_with_untracked(|holders| holders.iter().any(|one| is_dirty(one) && !(one.keeps)(route)))
            .unwrap_or(false)
    }

    pub(super) fn ask(self, exit: Exit) {
        self.passes.set_value(false);
        self.asked.set(Some(exit));
    }

    /// The way out that was asked about, which is now taken.
    pub(super) fn take(self) -> Option<Exit> {
        let exit = self.asked.try_update(Option::take).flatten();
        self.passes.set_value(matches!(exit, Some(Exit::Back)));
        exit
    }

    /// Whether the change of the location that happens now was said yes to.
    pub(super) fn passes_once(self) -> bool {
        self.passes.try_update_value(std::mem::take).unwrap_or(false)
    }

    fn any_untracked(self) -> bool {
        self.holders.try_with_untracked(|holders| holders.iter().any(is_dirty)).unwrap_or(false)
    }
}

/// An editor whose signal is gone is gone itself.
fn is_dirty(holder: &Holder) -> bool {
    holder.dirty.try_get_untracked() == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edits() -> UnsavedGuard {
        UnsavedGuard {
            holders: RwSignal::new(Vec::new()),
            asked: RwSignal::new(None),
            next: StoredValue::new(0),
            passes: StoredValue::new(false),
        }
    }

    fn route(hash: &str) -> Route {
        Route::parse(hash)
    }

    #[test]
    fn only_a_way_out_that_loses_edits_is_asked_about() {
        let owner = Owner::new();
        owner.set();
        let (edits, dirty) = (edits(), RwSignal::new(false));
        let own = route("#/p/shop/test/dev/variables").page_key();
        edits.hold(dirty.into(), move |route| route.page_key() == own);
        assert!(!edits.would_lose(&route("#/settings")));
        dirty.set(true);
        assert!(edits.would_lose(&route("#/settings")));
        assert!(!edits.would_lose(&route("#/p/shop/test/dev/variables?q=cpu")));
    }

    #[test]
    fn an_editor_that_is_gone_holds_nothing_back() {
        let owner = Owner::new();
        owner.set();
        let edits = edits();
        let editor = owner.child();
        editor.with(|| edits.hold(RwSignal::new(true).into(), |_| false));
        assert!(edits.any_untracked());
        editor.cleanup();
        assert!(!edits.any_untracked() && !edits.would_lose(&Route::Settings));
    }

    #[test]
    fn a_yes_is_good_for_one_change_of_the_location() {
        let owner = Owner::new();
        owner.set();
        let edits = edits();
        edits.ask(Exit::Back);
        assert!(matches!(edits.take(), Some(Exit::Back)));
        assert!(edits.passes_once());
        assert!(!edits.passes_once());
        edits.ask(Exit::To(Route::Settings));
        edits.stay();
        assert!(edits.take().is_none() && !edits.passes_once());
    }
}
