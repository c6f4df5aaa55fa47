//! Effects without a type each.

use leptos::prelude::Effect;

/// Runs `action` once, and again whenever something it reads changes: [`Effect::new`] for an action that needs no earlier
/// value. The action is boxed, so the machinery of effects is compiled once for all of them.
pub(crate) fn effect(action: impl FnMut() + 'static) {
    run(Box::new(action));
}

fn run(mut action: Box<dyn FnMut()>) {
    Effect::new(move |_| action());
}
