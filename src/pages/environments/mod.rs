//! The environments of a project: test and production together.

mod table;

use crate::api::{ApiError, ErrorKind, Family, environments as calls};
use crate::components::empty::Empty;
use crate::components::error_notice::ErrorNotice;
use crate::components::freshness::Freshness;
use crate::components::helm_sign::HelmSign;
use crate::components::icon::{Icon, IconView};
use crate::components::keys::{Shortcut, use_keys};
use crate::components::names::use_clusters;
use crate::components::search::SearchField;
use crate::components::skeleton::SkeletonRows;
use crate::components::summary::{Count, Summary};
use crate::domain::environments::{Beside, Row, any_moving, counts, rows, same_state, select};
use crate::i18n::{fill, fill_count, use_i18n};
use crate::nav::use_nav;
use crate::query::{Query, Stage, use_query};
use crate::remote::Pace;
use crate::route::{CreateLink, EnvironmentSort, FamilyFilter, ListView, Route};
use crate::session::{show_project, use_session};
use leptos::prelude::*;
use std::sync::Arc;
use table::Table;

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
pub(crate) fn EnvironmentsPage(
    /// Project key.
    project: String,
) -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    show_project(&project);
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
    let clusters = use_clusters();
    let known = use_session().known;
    let all = Memo::new(move |_| {
        let rows = query.value().map(|lists| lists.rows.clone()).unwrap_or_default();
        let clusters = clusters.value().unwrap_or_default();
        let beside = |row: &Row| Beside {
            problems: known.problems_of(&row.at),
            cluster_lost: clusters.iter().any(|one| one.lost && one.id == row.cluster_id),
        };
        match rows.iter().any(|row| beside(row) != row.beside) {
            true => Arc::new(rows.iter().map(|row| Row { beside: beside(row), ..row.clone() }).collect()),
            false => rows,
        }
    });
    let shown = Memo::new(move |_| select(&all.get(), &view_of.get()));
    let count = Memo::new(move |_| all.with(|all| all.len()));
    let stage = query.stage();
    let empty = Memo::new(move |_| count.get() == 0);
    view! {
        <div class="page">
            <div class="page-head">
                <h1 class="clip">{name.get_value()}</h1>
                <HelmSign />
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
                <Show when=move || stage.get() != Stage::Waiting>
                    <NewEnvironment project=name />
                </Show>
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
                        >
                            <NewEnvironment project=name plain=true />
                        </Empty>
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

/// The ways to a new environment; absent in read-only mode. Plain: both as buttons, where there is nothing else.
#[component]
fn NewEnvironment(project: StoredValue<String>, #[prop(optional)] plain: bool) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let href = move |family| Route::Create(CreateLink::new(project.get_value(), family)).href();
    let production = if plain { "button" } else { "button quiet only-wide" };
    view! {
        <Show when=move || !session.is_read_only()>
            <a class=production href=href(Family::Production)>{i18n.tr(|t| t.labels().create_open_production)}</a>
            <a class="button primary" href=href(Family::Test)>
                <IconView icon=Icon::Plus />
                {i18n.tr(|t| t.labels().create_open)}
            </a>
        </Show>
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
                fill_count(i18n.t().environments().none_match_hint, all.get(), &[])
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
