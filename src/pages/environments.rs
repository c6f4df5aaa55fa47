//! The environments of a project: test and production together.

use crate::api::{ApiError, ErrorKind, Family, environments as calls};
use crate::clock::use_clock;
use crate::components::empty::Empty;
use crate::components::error_notice::ErrorNotice;
use crate::components::freshness::Freshness;
use crate::components::icon::{Icon, IconView};
use crate::components::keys::{Shortcut, use_keys};
use crate::components::rows::WindowedRows;
use crate::components::search::SearchField;
use crate::components::skeleton::SkeletonRows;
use crate::components::state_badge::StateBadge;
use crate::components::summary::{Count, Summary};
use crate::domain::age::Age;
use crate::domain::environments::{Row, any_moving, counts, rows, same_state, select};
use crate::i18n::{fill, use_i18n};
use crate::nav::use_nav;
use crate::prefs::use_prefs;
use crate::query::{Query, Stage, use_query};
use crate::remote::Pace;
use crate::route::{EnvironmentSort, FamilyFilter, ListView, Route};
use leptos::prelude::*;
use std::sync::Arc;

/// Both lists of a project; one that failed alone keeps its error beside the other's rows.
#[derive(Clone, Debug, Default, PartialEq)]
struct Lists {
    rows: Arc<Vec<Row>>,
    test_error: Option<Arc<ApiError>>,
    production_error: Option<Arc<ApiError>>,
}

fn use_lists(project: StoredValue<String>) -> Query<Lists> {
    use_query(
        move || Some(project.get_value()),
        |client, project| async move {
            let both = futures_util::future::join(
                client.send(calls::list(Family::Test, &project)),
                client.send(calls::list(Family::Production, &project)),
            );
            let (test, production) = both.await;
            match (test, production) {
                // What both say is said once, by the page's own error.
                (Err(error), Err(other)) => {
                    Err(if other.kind == ErrorKind::Unauthorized { other } else { error })
                }
                (test, production) => Ok(Lists {
                    rows: Arc::new(rows(
                        &project,
                        test.as_deref().unwrap_or_default(),
                        production.as_deref().unwrap_or_default(),
                    )),
                    test_error: test.err().map(Arc::new),
                    production_error: production.err().map(Arc::new),
                }),
            }
        },
        |lists| if any_moving(&lists.rows) { Pace::Busy } else { Pace::Idle },
    )
}

/// The page of a project's environments.
#[component]
pub fn EnvironmentsPage(
    /// Project key.
    project: String,
) -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let name = StoredValue::new(project);
    let query = use_lists(name);
    use_keys().on(Shortcut::Refresh, move || query.refresh());
    let view_of = Memo::new(move |_| match nav.route.get() {
        Route::Environments { view, .. } => view,
        _ => ListView::default(),
    });
    let change = move |edit: &dyn Fn(&mut ListView)| {
        let mut view = view_of.get_untracked();
        edit(&mut view);
        nav.replace(Route::Environments { project: name.get_value(), view });
    };
    let all = Memo::new(move |_| query.value().map(|lists| lists.rows.clone()).unwrap_or_default());
    let shown = Memo::new(move |_| select(&all.get(), &view_of.get()));
    let count = Memo::new(move |_| all.with(|all| all.len()));
    let stage = query.stage();
    let empty = Memo::new(move |_| count.get() == 0);
    view! {
        <div class="page">
            <div class="page-head">
                <h1 class="clip">{name.get_value()}</h1>
                <span class="dim tabular" role="status">
                    {move || {
                        // Read first: a memo that stays equal (`shown`) must not be the one that brings the news.
                        let filtered = view_of.get().is_filtered();
                        shown_of(shown.with(Vec::len), count.get(), filtered)
                    }}
                </span>
                <span class="spring"></span>
                <Freshness
                    at=Signal::derive(move || query.state.with(|state| state.at))
                    loading=Signal::derive(move || query.state.with(|state| state.loading))
                    refresh=Callback::new(move |()| query.refresh())
                />
            </div>
            <ErrorNotice
                error=Signal::derive(move || query.error())
                retry=Callback::new(move |()| query.refresh())
            />
            <ErrorNotice
                error=Signal::derive(move || query.value().and_then(|lists| lists.test_error.clone()))
                lead=i18n.text(|t| t.environments().half_failed_test)
                retry=Callback::new(move |()| query.refresh())
            />
            <ErrorNotice
                error=Signal::derive(move || query.value().and_then(|lists| lists.production_error.clone()))
                lead=i18n.text(|t| t.environments().half_failed_production)
                retry=Callback::new(move |()| query.refresh())
            />
            <Show when=move || { count.get() > 0 }>
                <div class="toolbar">
                    <SearchField
                        value=Signal::derive(move || view_of.get().search)
                        on_change=move |text| change(&|view| view.search = text.clone())
                        label=i18n.text(|t| t.environments().search)
                    />
                    <FamilyChoice
                        value=Signal::derive(move || view_of.get().family)
                        choose=Callback::new(move |family| change(&|view| view.family = family))
                    />
                </div>
                <Summary
                    label=i18n.text(|t| t.environments().summary)
                    counts=Signal::derive(move || {
                        let view = view_of.get();
                        counts(&all.get(), view.family)
                            .into_iter()
                            .map(|(state, count)| Count {
                                chosen: view.states.iter().any(|one| same_state(one, &state)),
                                state,
                                count,
                            })
                            .collect()
                    })
                    toggle=Callback::new(move |raw: String| {
                        change(&|view| match view.states.iter().position(|one| one.eq_ignore_ascii_case(&raw)) {
                            Some(index) => drop(view.states.remove(index)),
                            None => view.states.push(raw.clone()),
                        });
                    })
                />
            </Show>
            {move || match (stage.get(), empty.get()) {
                (Stage::Waiting, _) => view! { <SkeletonRows rows=10 /> }.into_any(),
                (Stage::Failed, _) => ().into_any(),
                (Stage::There, true) => {
                    view! {
                        <Empty
                            icon=Icon::Stack
                            title=i18n.text(|t| t.environments().none)
                            hint=Signal::derive(move || {
                                fill(i18n.t().environments().none_hint, &[("project", &name.get_value())])
                            })
                        />
                    }
                        .into_any()
                }
                (Stage::There, false) => {
                    view! {
                        <Table
                            rows=shown
                            view=view_of
                            sort=Callback::new(move |sort| change(&|view| sort_by(view, sort)))
                        />
                        <Show when=move || shown.with(Vec::is_empty)>
                            <NoMatch
                                all=count
                                clear=Callback::new(move |()| change(&|view| *view = view.unfiltered()))
                            />
                        </Show>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

/// The same column again turns the order round.
fn sort_by(view: &mut ListView, sort: EnvironmentSort) {
    view.descending = view.sort == sort && !view.descending;
    view.sort = sort;
}

fn shown_of(shown: usize, all: usize, filtered: bool) -> String {
    let i18n = use_i18n();
    match (all, filtered) {
        (0, _) => String::new(),
        (_, false) => i18n.number(all),
        _ => fill(i18n.t().common().shown_of, &[("shown", &i18n.number(shown)), ("all", &i18n.number(all))]),
    }
}

#[component]
fn NoMatch(all: Memo<usize>, clear: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty
            icon=Icon::Search
            title=i18n.text(|t| t.environments().none_match)
            hint=Signal::derive(move || {
                fill(i18n.t().environments().none_match_hint, &[("all", &i18n.number(all.get()))])
            })
        >
            <button type="button" class="button" on:click=move |_| clear.run(())>
                {i18n.tr(|t| t.common().clear_filters)}
            </button>
        </Empty>
    }
}

#[component]
fn FamilyChoice(value: Signal<FamilyFilter>, choose: Callback<FamilyFilter>) -> impl IntoView {
    let i18n = use_i18n();
    let button = move |family: FamilyFilter| {
        let text = move || {
            let t = i18n.t().common();
            match family {
                FamilyFilter::All => t.all,
                FamilyFilter::Test => t.test_short,
                FamilyFilter::Production => t.production_short,
            }
        };
        view! {
            <button
                type="button"
                aria-pressed=move || (value.get() == family).to_string()
                on:click=move |_| choose.run(family)
            >
                {text}
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label=i18n.tr(|t| t.environments().kind_filter)>
            {[FamilyFilter::All, FamilyFilter::Test, FamilyFilter::Production].map(button).collect_view()}
        </div>
    }
}

#[component]
fn Table(rows: Memo<Vec<Row>>, view: Memo<ListView>, sort: Callback<EnvironmentSort>) -> impl IntoView {
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
                <StateBadge state=Signal::derive(move || row.with(|row| row.state.clone())) />
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
