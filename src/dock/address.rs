//! A log that covers the page has an address of its own: on the whole screen, and on a narrow one whenever it is open.

use super::{Dock, Shape, Tab};
use crate::nav::Nav;
use crate::route::LogTarget;
use leptos::prelude::*;

/// The width in pixels up to which the dock covers the page (`style/logs.css`).
const NARROW: i32 = 760;

/// Keeps the address in step with the dock, and the dock with the address.
pub(super) fn follow(dock: Dock, nav: Nav) {
    nav.show_logs(move |target| match target {
        Some(target) => {
            dock.open(target);
            dock.shape.set(Shape::Full);
        }
        None if dock.shape.get_untracked() == Shape::Closed => {}
        // On a narrow screen it covers the page whenever it is open.
        None if is_narrow(nav) => dock.close_all(),
        None => dock.shape.set(Shape::Open),
    });
    let covering = Memo::new(move |_| covering(dock, nav));
    crate::effect::effect(move || nav.cover_with(covering.get()));
}

/// The log that covers the page; a reactive read.
fn covering(dock: Dock, nav: Nav) -> Option<LogTarget> {
    let covers = match dock.shape.get() {
        Shape::Closed => false,
        Shape::Full => true,
        Shape::Open => is_narrow(nav),
    };
    let active = dock.active.get();
    let shown = |tabs: &Vec<Tab>| tabs.iter().find(|tab| tab.id == active).map(|tab| tab.target.clone());
    covers.then(|| dock.tabs.with(shown)).flatten()
}

/// Whether the dock covers the page whenever it is open.
fn is_narrow(nav: Nav) -> bool {
    nav.host.root().is_some_and(|root| root.client_width() <= NARROW)
}
