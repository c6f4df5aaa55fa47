//! What can be done to an environment as a whole: clone, edit, delete.

use super::delete::DeleteForm;
use super::edit::EditForm;
use crate::api::environments::Environment;
use crate::components::dialog::Dialog;
use crate::components::menu::Menu;
use crate::i18n::{fill, use_i18n};
use crate::lazy::{self, lazy_on};
use crate::nav::use_nav;
use crate::operations::use_ops;
use crate::ops::{Kind, Operation, Outcome, Phase};
use crate::prefs::use_prefs;
use crate::route::{CreateLink, EnvironmentRef, Route};
use crate::session::use_session;
use leptos::prelude::*;
use std::sync::Arc;

/// The menu and its dialogs; absent in read-only mode.
#[component]
pub(crate) fn EnvironmentActions(
    /// Which environment.
    at: StoredValue<EnvironmentRef>,
    /// What is known of it.
    detail: Memo<Option<Arc<Environment>>>,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let (edit, delete) = (RwSignal::new(false), RwSignal::new(false));
    let test = at.with_value(|at| !at.family.is_production());
    let clone = at.with_value(|at| Route::Create(CreateLink::clone_of(&at.project, &at.key)).href());
    let clone = StoredValue::new(clone);
    view! {
        <Show when=move || !session.is_read_only()>
            <Menu label=i18n.text(|t| t.labels().environment_menu)>
                {test
                    .then(|| {
                        view! {
                            <a class="menu-item" href=clone.get_value()>
                                {i18n.tr(|t| t.labels().clone)}
                            </a>
                        }
                    })}
                <button type="button" class="menu-item" on:click=move |_| edit.set(true)>
                    {i18n.tr(|t| t.labels().edit)}
                </button>
                <button type="button" class="menu-item danger" on:click=move |_| delete.set(true)>
                    {i18n.tr(|t| t.labels().delete)}
                </button>
            </Menu>
            {lazy_on(lazy::load_edit_dialog, move || edit.get(), move || lazy::edit_dialog(at, edit))}
            {lazy_on(
                lazy::load_delete_dialog,
                move || delete.get(),
                move || lazy::delete_dialog(at, detail, delete),
            )}
        </Show>
    }
}

/// A dialog's title with the environment's name.
fn titled(
    at: StoredValue<EnvironmentRef>,
    pick: fn(&'static crate::i18n::Messages) -> &'static str,
) -> Signal<String> {
    let i18n = use_i18n();
    Signal::derive(move || at.with_value(|at| fill(pick(i18n.t()), &[("name", &at.key)])))
}

/// The dialog that edits an environment.
#[component]
pub(crate) fn EditDialog(
    /// Which one.
    at: StoredValue<EnvironmentRef>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Dialog open title=titled(at, |t| t.lifecycle().edit_title)>
            <EditForm at open />
        </Dialog>
    }
}

/// The dialog that deletes an environment.
#[component]
pub(crate) fn DeleteDialog(
    /// Which one.
    at: StoredValue<EnvironmentRef>,
    /// What is known of it.
    detail: Memo<Option<Arc<Environment>>>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Dialog open title=titled(at, |t| t.lifecycle().delete_title)>
            <DeleteForm at detail open />
        </Dialog>
    }
}

/// How far a deletion of this environment from this tab is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deletion {
    /// There is none.
    None,
    /// It is on its way; the environment may vanish at any moment.
    UnderWay,
    /// The environment was seen to be gone.
    Done,
}

fn deletion(op: &Operation) -> Deletion {
    match &op.phase {
        Phase::Ended(Outcome::Verified) => Deletion::Done,
        _ if op.is_under_way() => Deletion::UnderWay,
        _ => Deletion::None,
    }
}

/// Follows the newest deletion of this environment, and leads to the list once it is gone. A link that is opened later
/// stays where it is and is told that the environment is not there.
pub(crate) fn use_deletion(at: StoredValue<EnvironmentRef>) -> Memo<Deletion> {
    let (ops, nav, prefs) = (use_ops(), use_nav(), use_prefs());
    let newest = move || {
        let mine = |op: &&Arc<Operation>| {
            op.facts.kind == Kind::DeleteEnvironment && at.with_value(|at| op.facts.target.env == *at)
        };
        ops.list().iter().find(mine).cloned()
    };
    let stands = Memo::new(move |_| newest().map_or(Deletion::None, |op| deletion(&op)));
    Effect::new(move |before: Option<Deletion>| {
        let now = stands.get();
        if (before, now) == (Some(Deletion::UnderWay), Deletion::Done) {
            let gone = at.get_value();
            prefs.forget(&gone);
            let here = nav
                .route
                .with_untracked(|route| matches!(route, Route::Environment { at, .. } if *at == gone));
            if here {
                nav.replace(Route::environments(gone.project));
            }
        }
        now
    });
    stands
}
