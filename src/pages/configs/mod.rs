//! The configs of an environment: lists by kind, one object with its editor, and new objects.
//!
//! An object is edited in an [`editing::Editing`]: one buffer for both views, watched by the guard of unsaved edits and by
//! the poll that notices what somebody else changes. Saving reads the object again, and the review compares the texts.

mod conflict;
mod create;
mod editing;
mod entry;
mod facts;
mod files;
mod form;
mod list;
mod object;
mod one;

use crate::api::envcfgs::EnvConfigKind;
use crate::i18n::Messages;
use crate::route::{ConfigFace, ConfigView, EnvironmentRef};
use leptos::prelude::*;

/// The part of an environment's page that shows its configs.
#[component]
pub(crate) fn ConfigsTab(
    /// The environment.
    at: StoredValue<EnvironmentRef>,
    /// What of its configs.
    view: Signal<ConfigView>,
) -> impl IntoView {
    // What is typed into a search and how an object is shown change inside a place; another place is built anew.
    let place = Memo::new(move |_| match view.get() {
        ConfigView::List { .. } => ConfigView::default(),
        ConfigView::One { kind, name, .. } => ConfigView::one(kind, name),
        new @ ConfigView::New(_) => new,
    });
    move || match place.get() {
        ConfigView::List { .. } => view! { <list::Lists at view /> }.into_any(),
        ConfigView::New(kind) => view! { <create::Create at kind /> }.into_any(),
        ConfigView::One { kind, name, .. } => {
            let face = Memo::new(move |_| match view.get() {
                ConfigView::One { face, .. } => face,
                _ => ConfigFace::default(),
            });
            view! { <one::One at kind name face /> }.into_any()
        }
    }
}

/// The name of a kind's list.
fn plural(t: &Messages, kind: &EnvConfigKind) -> String {
    match kind {
        EnvConfigKind::ConfigMap => t.configs().config_maps.to_owned(),
        EnvConfigKind::Secret => t.configs().secrets.to_owned(),
        EnvConfigKind::Ingress => t.configs().ingresses.to_owned(),
        EnvConfigKind::Pvc => t.configs().claims.to_owned(),
        EnvConfigKind::Other(word) => word.clone(),
    }
}
