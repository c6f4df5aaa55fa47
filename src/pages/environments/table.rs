//! The table of environments: drawn in a window, sorted by its headings.

use crate::clock::use_clock;
use crate::components::icon::{Icon, IconView};
use crate::components::rows::WindowedRows;
use crate::components::state_badge::{StateBadge, also_known};
use crate::domain::age::Age;
use crate::domain::environments::Row;
use crate::i18n::{fill, use_i18n};
use crate::prefs::use_prefs;
use crate::route::{CreateLink, EnvironmentSort, ListView, Route};
use crate::session::use_session;
use leptos::prelude::*;

/// The rows of a view.
#[component]
pub(crate) fn Table(
    /// What is shown.
    rows: Memo<Vec<Row>>,
    /// How.
    view: Memo<ListView>,
    /// Sorts by a column.
    sort: Callback<EnvironmentSort>,
) -> impl IntoView {
    let i18n = use_i18n();
    let total = move || (rows.with(Vec::len) + 1).to_string();
    view! {
        <div
            class="table env-table"
            role="table"
            aria-label=i18n.tr(|t| t.environments().title)
            aria-rowcount=total
        >
            <div role="rowgroup">
                <div class="thead" role="row" aria-rowindex="1">
                    <SortHead view sort by=EnvironmentSort::Name text=Signal::derive(move || i18n.t().environments().column_name) />
                    <div class="th" role="columnheader">{i18n.tr(|t| t.environments().column_kind)}</div>
                    <SortHead view sort by=EnvironmentSort::State text=Signal::derive(move || i18n.t().environments().column_state) />
                    <SortHead view sort by=EnvironmentSort::Namespace text=Signal::derive(move || i18n.t().environments().column_namespace) />
                    <SortHead view sort by=EnvironmentSort::UpdatedBy text=Signal::derive(move || i18n.t().environments().column_by) />
                    <SortHead view sort by=EnvironmentSort::Updated text=Signal::derive(move || i18n.t().environments().column_updated) />
                    <div class="th" role="columnheader">
                        <span class="sr-only">{i18n.tr(|t| t.environments().column_favourite)}</span>
                    </div>
                </div>
            </div>
            <WindowedRows
                items=rows
                key=|row: &Row| format!("{}/{}", row.at.family, row.at.key)
                row=|index, row| view! { <TableRow index row /> }
            />
        </div>
    }
}

/// A column's heading that sorts by it.
#[component]
fn SortHead(
    view: Memo<ListView>,
    sort: Callback<EnvironmentSort>,
    by: EnvironmentSort,
    text: Signal<&'static str>,
) -> impl IntoView {
    let i18n = use_i18n();
    let order = move || {
        let view = view.get();
        match (view.sort == by, view.descending) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    };
    let label = move || fill(i18n.t().environments().sort_by, &[("column", text.get())]);
    view! {
        <div class="th" role="columnheader" aria-sort=order>
            <button type="button" title=label on:click=move |_| sort.run(by)>
                <span class="clip">{text}</span>
                <IconView icon=Icon::ArrowUp />
            </button>
        </div>
    }
}

#[component]
fn TableRow(index: usize, row: Signal<Row>) -> impl IntoView {
    let (i18n, clock, prefs) = (use_i18n(), use_clock(), use_prefs());
    let age = Memo::new(move |_| {
        let at = row.with(|row| row.updated_at);
        (at > 0).then(|| Age::between(at, clock.now()))
    });
    let production = move || row.with(|row| row.at.family.is_production());
    let starred = Memo::new(move |_| row.with(|row| prefs.favourites.with(|list| list.contains(&row.at))));
    let session = use_session();
    let clone =
        move || row.with(|row| Route::Create(CreateLink::clone_of(&row.at.project, &row.at.key)).href());
    let clone_label = move || row.with(|row| fill(i18n.t().labels().clone_of, &[("name", &row.at.key)]));
    let star_label = move || {
        let t = i18n.t().environments();
        row.with(|row| fill(if starred.get() { t.unstar } else { t.star }, &[("name", &row.at.key)]))
    };
    view! {
        <div class="tr link" role="row" aria-rowindex=(index + 2).to_string() class:production-row=production>
            <div class="td c-name" role="cell">
                <a
                    class="row-link clip"
                    href=move || row.with(|row| Route::environment(row.at.clone()).href())
                    title=move || row.with(|row| row.at.key.clone())
                >
                    {move || row.with(|row| row.at.key.clone())}
                </a>
                <span class="dim clip">{move || row.with(|row| row.alias.clone())}</span>
                <Show when=production>
                    <span class="production-word only-phone">{i18n.tr(|t| t.common().production)}</span>
                </Show>
            </div>
            <div class="td c-kind" role="cell">
                {move || {
                    let t = i18n.t().common();
                    if production() {
                        view! { <span class="production-word">{t.production}</span> }.into_any()
                    } else {
                        view! { <span class="dim">{t.test_short}</span> }.into_any()
                    }
                }}
            </div>
            <div class="td c-state" role="cell">
                <StateBadge
                    state=Signal::derive(move || row.with(Row::shown_state))
                    more=MaybeProp::derive(move || {
                        let beside = row.with(|row| row.beside);
                        Some(also_known(i18n.t(), beside.problems, beside.cluster_lost))
                    })
                />
            </div>
            <div class="td c-where" role="cell">
                <span class="mono dim clip" title=move || row.with(|row| row.namespace.clone())>
                    {move || row.with(|row| row.namespace.clone())}
                </span>
            </div>
            <div class="td c-who" role="cell">
                <span class="dim clip">{move || row.with(|row| row.updated_by.clone())}</span>
            </div>
            <div class="td c-age" role="cell">
                <span class="dim nowrap tabular" title=move || row.with(|row| absolute(row.updated_at))>
                    {move || age.get().map(|age| fill(i18n.t().common().ago, &[("age", &i18n.age(age))]))}
                </span>
            </div>
            <div class="td c-star" role="cell">
                <Show when=move || !production() && !session.is_read_only()>
                    <a class="star above row-clone" href=clone aria-label=clone_label title=clone_label>
                        <IconView icon=Icon::Copy />
                    </a>
                </Show>
                <button
                    type="button"
                    class="star above"
                    aria-pressed=move || starred.get().to_string()
                    aria-label=star_label
                    title=star_label
                    on:click=move |_| row.with_untracked(|row| prefs.toggle_favourite(&row.at))
                >
                    {move || {
                        let icon = if starred.get() { Icon::StarFilled } else { Icon::Star };
                        view! { <IconView icon /> }
                    }}
                </button>
            </div>
        </div>
    }
}

/// A moment in the reader's own calendar and zone.
fn absolute(seconds: i64) -> String {
    if seconds <= 0 {
        return String::new();
    }
    crate::i18n::date_time(seconds)
}
