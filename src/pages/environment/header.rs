//! The head of an environment's page: name, state, freshness, facts and tabs.

use super::actions::EnvironmentActions;
use crate::api::environments::Environment;
use crate::clock::use_clock;
use crate::components::copy::CopyButton;
use crate::components::freshness::Freshness;
use crate::components::helm_sign::HelmSign;
use crate::components::icon::{Icon, IconView};
use crate::components::names::{Names, use_clusters, use_registries};
use crate::components::production_word::ProductionWord;
use crate::components::state_badge::{StateBadge, also_known};
use crate::domain::age::Age;
use crate::domain::services::state_of;
use crate::i18n::{date_time, fill, use_i18n};
use crate::prefs::use_prefs;
use crate::query::Query;
use crate::route::{ConfigView, EnvironmentRef, Route, ServiceView, Tab};
use leptos::prelude::*;
use std::sync::Arc;

/// Name, state and facts.
#[component]
pub(crate) fn Header(at: StoredValue<EnvironmentRef>, query: Query<Environment>) -> impl IntoView {
    let (i18n, prefs) = (use_i18n(), use_prefs());
    let detail = Memo::new(move |_| query.value());
    let (clusters, registries) = (use_clusters(), use_registries());
    let lost = move |detail: &Environment| {
        let list = clusters.value();
        list.is_some_and(|list| list.iter().any(|one| one.id == detail.cluster_id && one.lost))
    };
    let known = Memo::new(move |_| {
        detail.with(|detail| {
            detail.as_ref().map(|detail| {
                let lost = lost(detail);
                let (state, problems) = state_of(detail, lost);
                (state, problems, lost)
            })
        })
    });
    let more = move || known.get().map(|(_, problems, lost)| also_known(i18n.t(), problems, lost));
    let alias = move || detail.with(|detail| detail.as_ref().and_then(|detail| detail.alias.clone()));
    let production = at.with_value(|at| at.family.is_production());
    let starred = Memo::new(move |_| prefs.favourites.with(|list| at.with_value(|at| list.contains(at))));
    let star_label = move || {
        let t = i18n.t().environments();
        at.with_value(|at| fill(if starred.get() { t.unstar } else { t.star }, &[("name", &at.key)]))
    };
    view! {
        <div class="page-head">
            <h1 class="clip">{at.with_value(|at| at.key.clone())}</h1>
            <span class="dim clip">{alias}</span>
            {production.then(|| view! { <ProductionWord /> })}
            <HelmSign />
            {move || {
                known
                    .get()
                    .map(|first| {
                        let now = Signal::derive(move || known.get().unwrap_or_else(|| first.clone()).0);
                        view! { <StateBadge state=now pill=true more=MaybeProp::derive(more) /> }
                    })
            }}
            <button
                type="button"
                class="star"
                aria-pressed=move || starred.get().to_string()
                aria-label=star_label
                title=star_label
                on:click=move |_| at.with_value(|at| prefs.toggle_favourite(at))
            >
                {move || {
                    let icon = if starred.get() { Icon::StarFilled } else { Icon::Star };
                    view! { <IconView icon /> }
                }}
            </button>
            <span class="spring"></span>
            <Freshness
                at=Signal::derive(move || query.state.with(|state| state.at))
                loading=Signal::derive(move || query.state.with(|state| state.loading))
                refresh=Callback::new(move |()| query.refresh())
            />
            <EnvironmentActions at detail />
        </div>
        <Facts detail clusters registries />
    }
}

/// What the head shows: it is drawn again only when one of these changes.
#[derive(Clone, PartialEq)]
struct EnvironmentFacts {
    namespace: String,
    cluster_id: String,
    registry_id: String,
    update_by: String,
}

#[component]
fn Facts(
    detail: Memo<Option<Arc<Environment>>>,
    clusters: Query<Names>,
    registries: Query<Names>,
) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let named = move |query: Query<Names>, id: &str| {
        let name =
            query.value().and_then(|list| list.iter().find(|one| one.id == id).map(|one| one.name.clone()));
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_owned())
    };
    let fact = |name: &'static str, value: String, copied: Option<String>| {
        let shown = value.clone();
        (!value.is_empty()).then(|| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>
                        <span class="clip" title=value>{shown}</span>
                        {copied
                            .map(|text| {
                                view! { <CopyButton text=Signal::stored(text) what=Signal::stored(name.to_owned()) /> }
                            })}
                    </dd>
                </div>
            }
        })
    };
    let updated = Memo::new(move |_| {
        let at = detail.with(|detail| detail.as_ref().map_or(0, |detail| detail.update_time));
        (at > 0).then(|| (at, Age::between(at, clock.now())))
    });
    let facts = Memo::new(move |_| {
        detail.with(|detail| {
            detail.as_ref().map(|one| EnvironmentFacts {
                namespace: one.namespace.clone(),
                cluster_id: one.cluster_id.clone(),
                registry_id: one.registry_id.clone(),
                update_by: one.update_by.clone(),
            })
        })
    });
    move || {
        facts.get().map(|detail| {
            let t = i18n.t().environment();
            view! {
                <dl class="facts">
                    {fact(t.namespace, detail.namespace.clone(), Some(detail.namespace.clone()))}
                    {fact(t.cluster, named(clusters, &detail.cluster_id), Some(detail.cluster_id.clone()))}
                    {fact(t.registry, named(registries, &detail.registry_id), Some(detail.registry_id.clone()))}
                    {fact(t.updated_by, detail.update_by.clone(), None)}
                    <div>
                        <dt>{t.updated}</dt>
                        <dd class="tabular" title=move || updated.get().map(|(at, _)| date_time(at))>
                            {move || {
                                updated
                                    .get()
                                    .map(|(_, age)| fill(i18n.t().common().ago, &[("age", &i18n.age(age))]))
                            }}
                        </dd>
                    </div>
                </dl>
            }
        })
    }
}

/// The parts of the page.
#[component]
pub(crate) fn Tabs(
    at: StoredValue<EnvironmentRef>,
    tab: Memo<Option<Tab>>,
    detail: Memo<Option<Arc<Environment>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let configs = Route::Configs { at: at.get_value(), view: ConfigView::default() };
    let count = move |which: Tab| {
        detail.with(|detail| {
            detail.as_ref().and_then(|detail| match which {
                Tab::Services => Some(detail.services.len()),
                Tab::Variables => Some(detail.global_variables.len()),
                // The API has no number for it.
                Tab::Sharing => None,
            })
        })
    };
    let problems = Memo::new(move |_| {
        detail.with(|detail| detail.as_ref().map_or(0, |detail| state_of(detail, false).1))
    });
    let link = move |which: Tab| {
        let route = Route::Environment {
            at: at.get_value(),
            tab: which,
            view: ServiceView::default(),
            service: None,
        };
        let text = move || match which {
            Tab::Services => i18n.t().environment().services,
            Tab::Variables => i18n.t().environment().variables,
            Tab::Sharing => i18n.t().labels().sharing_tab,
        };
        view! {
            <a class="tab" href=route.href() aria-current=move || (tab.get() == Some(which)).then_some("page")>
                {text}
                <span class="dim tabular">{move || count(which).map(|n| i18n.number(n))}</span>
                <Show when=move || which == Tab::Services && problems.get() != 0>
                    <span class="tab-problems tone-bad">
                        {move || fill(i18n.t().environment().problems_count, &[("n", &problems.get().to_string())])}
                    </span>
                </Show>
            </a>
        }
    };
    let production = at.with_value(|at| at.family.is_production());
    let sharing = (!production).then_some(Tab::Sharing);
    view! {
        <nav class="tabs" aria-label=at.with_value(|at| at.key.clone())>
            {[Tab::Services, Tab::Variables].map(link).collect_view()}
            <a class="tab" href=configs.href() aria-current=move || tab.get().is_none().then_some("page")>
                {i18n.tr(|t| t.labels().configs)}
            </a>
            {sharing.map(link)}
        </nav>
    }
}
