//! A service's drawer: what runs for it, how to reach it, and what happened to it. It has its own link and lies beside the
//! environment's services (over them on a phone).

mod actions;
mod addresses;
mod events;
pub(crate) mod images;
mod overview;
mod pods;
mod variables;
mod why;
mod yaml;

use crate::api::environments::Environment;
use crate::api::services::{PodStatus, ServiceDetail};
use crate::api::{Availability, Feature};
use crate::components::error_notice::ErrorNotice;
use crate::components::freshness::Freshness;
use crate::components::icon::{Icon, IconView};
use crate::components::keys::pressed;
use crate::components::production_word::ProductionWord;
use crate::components::skeleton::SkeletonRows;
use crate::dock::LogLink;
use crate::domain::readiness;
use crate::host::Host;
use crate::i18n::{fill, use_i18n};
use crate::nav::{Nav, use_nav};
use crate::query::{Query, Stage, use_query};
use crate::remote::Pace;
use crate::route::{EnvironmentRef, LogTarget, Panel, Route, ServiceRef};
use crate::session::use_session;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// Busy while pods are on their way.
fn pace(detail: &ServiceDetail) -> Pace {
    let settled = detail.workloads.iter().all(|one| readiness::of_workload(one).is_settled());
    let leaving = detail.workloads.iter().flat_map(|one| &one.pods);
    let leaving = leaving.filter(|pod| pod.status == PodStatus::Terminating).count();
    if settled && leaving == 0 { Pace::Idle } else { Pace::Busy }
}

fn use_service(at: StoredValue<EnvironmentRef>, name: StoredValue<String>) -> Query<ServiceDetail> {
    let session = use_session();
    use_query(
        move || Some((at.get_value(), name.get_value())),
        move |client, (at, name)| async move {
            let helm = untrack(|| session.known.helm_is_shown());
            let detail = client.service_of_any_kind(at.family, &at.project, &at.key, &name, helm).await?;
            session.learn_from_service(&detail);
            Ok(detail)
        },
        pace,
    )
}

/// The drawer of one service.
#[component]
pub(crate) fn ServiceDrawer(
    /// The environment it runs in.
    at: StoredValue<EnvironmentRef>,
    /// The service's name.
    name: String,
    /// The environment's detail, which has the state Zadig gives the service.
    environment: Memo<Option<Arc<Environment>>>,
    /// Which part is shown.
    panel: Signal<Panel>,
) -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let name = StoredValue::new(name);
    let query = use_service(at, name);
    leptos::task::spawn_local(use_session().learn_service_features(at.get_value(), name.get_value()));
    let detail = Memo::new(move |_| query.value());
    let title = move || fill(i18n.t().service().drawer, &[("name", &name.get_value())]);
    let content = move || match panel.get() {
        Panel::Overview => view! { <Overview at name environment query /> }.into_any(),
        Panel::Events => view! { <events::Events at detail /> }.into_any(),
        Panel::Variables => view! { <variables::Variables at name /> }.into_any(),
        Panel::Yaml => view! { <yaml::Rendered at name values=false /> }.into_any(),
        Panel::Values => view! { <yaml::Rendered at name values=true /> }.into_any(),
    };
    // As long as nobody knows, there may be some.
    let has_pods = Memo::new(move |_| {
        let some = |one: &ServiceDetail| !one.workloads.is_empty() || !one.cron_jobs.is_empty();
        detail.with(|detail| detail.as_deref().is_none_or(some))
    });
    let heading = focus_when_opened();
    view! {
        <section
            class="drawer"
            role="dialog"
            aria-modal="false"
            aria-label=title
            on:keydown=move |event| {
                if pressed(&event) == "Escape" && !event.default_prevented() {
                    event.prevent_default();
                    close(nav, at, name);
                }
            }
        >
            <header class="drawer-head">
                <h2 node_ref=heading class="clip" tabindex="-1" title=name.get_value()>
                    {name.get_value()}
                </h2>
                {at.with_value(|at| {
                    at.family.is_production().then(|| view! { <span class="dim clip">{at.key.clone()}</span><ProductionWord /> })
                })}
                <span class="spring"></span>
                <Show when=move || has_pods.get()>
                    <LogLink target=Signal::stored(LogTarget::service(at.get_value(), name.get_value())) text=true />
                </Show>
                <Freshness
                    at=Signal::derive(move || query.state.with(|state| state.at))
                    loading=Signal::derive(move || query.state.with(|state| state.loading))
                    refresh=Callback::new(move |()| query.refresh())
                />
                <button
                    type="button"
                    class="button quiet icon"
                    aria-label=i18n.tr(|t| t.common().close)
                    title=i18n.tr(|t| t.common().close)
                    on:click=move |_| close(nav, at, name)
                >
                    <IconView icon=Icon::Close />
                </button>
            </header>
            <Panels at name panel />
            <div class="drawer-body" data-scroller="">
                <ErrorNotice
                    error=Signal::derive(move || query.error())
                    retry=Callback::new(move |()| query.refresh())
                />
                {content}
            </div>
        </section>
    }
}

/// Whether a route shows this panel of the service.
fn shows(route: &Route, at: StoredValue<EnvironmentRef>, name: StoredValue<String>, panel: Panel) -> bool {
    let Route::Environment { at: here, service: Some(service), .. } = route else { return false };
    let same = |name: &String| service.panel == panel && *name == service.name;
    at.try_with_value(|at| at == here) == Some(true) && name.try_with_value(same) == Some(true)
}

/// Moves the focus into the drawer when it opens, so that the keyboard is where the eyes are.
fn focus_when_opened() -> NodeRef<html::H2> {
    let heading = NodeRef::<html::H2>::new();
    crate::effect::effect(move || {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    heading
}

/// Back to the services, with their search and filters as they were.
fn close(nav: Nav, at: StoredValue<EnvironmentRef>, name: StoredValue<String>) {
    if let Route::Environment { tab, view, .. } = nav.route.get_untracked() {
        // The drawer and what it owns are gone by the time of the next frame.
        let name = name.get_value();
        nav.go(Route::Environment { at: at.get_value(), tab, view, service: None });
        request_animation_frame(move || focus_row(nav.host, &name));
    }
}

/// Gives the focus back to the row the drawer was opened from, if it is still drawn.
fn focus_row(host: Host, name: &str) {
    let Some(root) = host.root() else { return };
    let Ok(rows) = root.query_selector_all("[data-service]") else { return };
    let row = (0..rows.length())
        .filter_map(|index| rows.get(index).and_then(|node| node.dyn_into::<web_sys::Element>().ok()))
        .find(|row| row.get_attribute("data-service").as_deref() == Some(name));
    let link = row.and_then(|row| row.query_selector(".row-link").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = link.focus();
    }
}

#[component]
fn Panels(at: StoredValue<EnvironmentRef>, name: StoredValue<String>, panel: Signal<Panel>) -> impl IntoView {
    let (i18n, nav, session) = (use_i18n(), use_nav(), use_session());
    let link = move |which: Panel| {
        let href = move || {
            let (tab, view) = match nav.route.get() {
                Route::Environment { tab, view, .. } => (tab, view),
                _ => Default::default(),
            };
            let service = Some(ServiceRef { name: name.get_value(), panel: which });
            Route::Environment { at: at.get_value(), tab, view, service }.href()
        };
        let text = move || {
            let t = i18n.t().service();
            match which {
                Panel::Overview => t.overview,
                Panel::Events => t.events,
                Panel::Variables => i18n.t().environment().variables,
                Panel::Yaml => t.yaml,
                Panel::Values => t.values,
            }
        };
        view! {
            <a class="tab" href=href aria-current=move || (panel.get() == which).then_some("page")>
                {text}
            </a>
        }
    };
    let shown = move || {
        // Absent where the server is known not to have it, unless the link asks for it.
        let no_yaml = session.features.get().has(Feature::RenderedYaml) == Availability::No;
        let helm = session.known.helm_is_shown();
        let hidden = move |which: &Panel| match which {
            Panel::Yaml => no_yaml,
            Panel::Variables => helm,
            Panel::Values => !helm || no_yaml,
            Panel::Overview | Panel::Events => false,
        };
        let shown = Panel::ALL.into_iter().filter(|which| !hidden(which) || panel.get() == *which);
        shown.map(link).collect_view()
    };
    view! { <nav class="tabs drawer-tabs" aria-label=name.get_value()>{shown}</nav> }
}

#[component]
fn Overview(
    at: StoredValue<EnvironmentRef>,
    name: StoredValue<String>,
    environment: Memo<Option<Arc<Environment>>>,
    query: Query<ServiceDetail>,
) -> impl IntoView {
    let detail = Memo::new(move |_| query.value());
    let stage = query.stage();
    move || {
        match stage.get() {
            Stage::Waiting => return view! { <SkeletonRows rows=5 /> }.into_any(),
            Stage::Failed => return ().into_any(),
            Stage::There => {}
        }
        let detail =
            Signal::derive(move || detail.get().unwrap_or_else(|| Arc::new(ServiceDetail::default())));
        view! {
            <why::WhyBlock at name environment detail />
            <overview::Overview at name environment detail />
        }
        .into_any()
    }
}
