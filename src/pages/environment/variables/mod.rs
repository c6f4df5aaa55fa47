//! The global variables of an environment: a table with an editor for each type, a matrix of who takes which, and a review.
//!
//! Edits live in a [`Draft`] beside what the server says, so a background refresh never touches what is typed. "Review"
//! reads the list again, holds the edits against it ([`crate::domain::three_way`]), asks about each key that somebody else
//! changed too, and only then makes the plan: the call replaces the whole list, so it is sent whole (contract 6.5).

mod add;
mod bar;
mod conflicts;
mod draft;
mod matrix;
mod row;
mod table;
mod toolbar;
mod value;
mod words;
mod yaml_field;

use self::draft::Draft;
use crate::api::environments::Environment;
use crate::components::empty::Empty;
use crate::components::guard::guard_edits;
use crate::components::icon::Icon;
use crate::domain::variables::select;
use crate::i18n::{fill_count, use_i18n};
use crate::nav::use_nav;
use crate::operations::use_ops;
use crate::route::{EnvironmentRef, Route, ServiceView, Tab};
use crate::session::use_session;
use leptos::prelude::*;
use std::sync::Arc;

/// Toolbar, table or matrix, and the bar of what was changed.
#[component]
pub(crate) fn Variables(
    /// The environment.
    at: StoredValue<EnvironmentRef>,
    /// What the server says about it.
    detail: Memo<Option<Arc<Environment>>>,
    /// Search and filters, from the link.
    view: Signal<ServiceView>,
) -> impl IntoView {
    let (i18n, nav, ops, session) = (use_i18n(), use_nav(), use_ops(), use_session());
    let draft = Draft::start(at, detail);
    let dirty = Signal::derive(move || draft.is_dirty() && !draft.handed.is_accepted(ops));
    guard_edits(dirty, move |route| at.try_with_value(|at| shows(route, at)) == Some(true));
    let replace = Callback::new(move |view: ServiceView| {
        nav.replace(Route::Environment { at: at.get_value(), tab: Tab::Variables, view, service: None });
    });
    let shown = Memo::new(move |_| draft.rows.with(|rows| select(rows, &view.get())));
    let count = Memo::new(move |_| draft.rows.with(Vec::len));
    let empty = Memo::new(move |_| count.get() == 0);
    let matrix = Memo::new(move |_| view.get().matrix);
    let none_shown = Memo::new(move |_| shown.with(Vec::is_empty));
    let content = move || {
        if empty.get() {
            return view! { <Nothing draft /> }.into_any();
        }
        view! {
            <toolbar::Toolbar draft view shown replace />
            {move || match (none_shown.get(), matrix.get()) {
                (true, _) => view! { <NothingShown count view replace /> }.into_any(),
                (false, true) => view! { <matrix::Matrix rows=shown view /> }.into_any(),
                (false, false) => view! { <table::Table draft rows=shown /> }.into_any(),
            }}
        }
        .into_any()
    };
    view! {
        <Show when=move || session.is_read_only()>
            <p class="dim small" role="note">{i18n.tr(|t| t.variables().read_only)}</p>
        </Show>
        {content}
        <bar::ReviewBar draft detail />
    }
}

/// Whether a route shows the variables of this environment.
fn shows(route: &Route, at: &EnvironmentRef) -> bool {
    matches!(route, Route::Environment { at: here, tab: Tab::Variables, service: None, .. } if here == at)
}

/// Why there is no variable, and the way to the first one.
#[component]
fn Nothing(draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty
            icon=Icon::Sliders
            title=i18n.text(|t| t.environment().no_variables)
            hint=i18n.text(|t| t.variables().no_variables_hint)
        >
            <add::AddVariable draft />
        </Empty>
    }
}

/// Why no variable is shown although there are some.
#[component]
fn NothingShown(
    count: Memo<usize>,
    view: Signal<ServiceView>,
    replace: Callback<ServiceView>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = i18n.text(|t| t.variables().none_match);
    let hint = Signal::derive(move || fill_count(i18n.t().variables().hidden, count.get(), &[]));
    let clear = move |_| {
        let matrix = view.get_untracked().matrix;
        replace.run(ServiceView { matrix, ..ServiceView::default() });
    };
    view! {
        <Empty icon=Icon::Search title hint>
            <button type="button" class="button" on:click=clear>
                {i18n.tr(|t| t.common().clear_filters)}
            </button>
        </Empty>
    }
}
