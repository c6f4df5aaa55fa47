//! One environment: what it is, and its services with images, readiness and the reason that keeps them from it.

pub(crate) mod actions;
pub(crate) mod add;
pub(crate) mod bulk;
mod bulk_images;
mod delete;
mod edit;
mod header;
mod once_read;
mod read;
mod readiness_poller;
mod services;
pub(crate) mod variables;

use crate::api::environments::Environment;
use crate::api::{ErrorKind, environments as calls};
use crate::components::empty::Empty;
use crate::components::error_notice::ErrorNotice;
use crate::components::icon::Icon;
use crate::components::keys::{Shortcut, use_keys};
use crate::components::ops::AroundStatus;
use crate::components::skeleton::SkeletonRows;
use crate::components::state_badge::also_known;
use crate::domain::services::{state_of, state_of_service};
use crate::domain::state::of_environment;
use crate::i18n::{fill, use_i18n};
use crate::lazy;
use crate::nav::use_nav;
use crate::prefs::use_prefs;
use crate::query::{Query, Stage, use_query};
use crate::remote::Pace;
use crate::route::{EnvironmentRef, Route, ServiceView, Tab};
use crate::session::{show_project, use_session};
use leptos::prelude::*;
use std::sync::Arc;

/// Busy while the environment or one of its services is on its way.
fn pace(detail: &Environment) -> Pace {
    let moving = of_environment(&detail.status).is_moving()
        || detail.services.iter().any(|one| state_of_service(one).is_moving());
    if moving { Pace::Busy } else { Pace::Idle }
}

fn use_detail(at: StoredValue<EnvironmentRef>) -> Query<Environment> {
    let session = use_session();
    use_query(
        move || Some(at.get_value()),
        move |client, at| async move {
            let detail = client.send(calls::get(at.family, &at.project, &at.key)).await?;
            // An account that may not read the project learns it here.
            if detail.services.iter().any(|one| one.kind == "helm") {
                session.known.learn_helm(&at.project, true);
            }
            Ok(detail)
        },
        pace,
    )
}

/// The page of an environment.
#[component]
pub(crate) fn EnvironmentPage(
    /// Which one.
    at: EnvironmentRef,
) -> impl IntoView {
    let (i18n, nav, prefs) = (use_i18n(), use_nav(), use_prefs());
    prefs.visited(&at);
    show_project(&at.project);
    let at = StoredValue::new(at);
    let query = use_detail(at);
    use_keys().on(Shortcut::Refresh, move || query.refresh());
    let route = Memo::new(move |_| match nav.route.get() {
        Route::Environment { tab, view, service, .. } => (tab, view, service),
        _ => (Tab::default(), ServiceView::default(), None),
    });
    // Among the sub-environments the link names a portal, which has its place on the page.
    let drawer = Memo::new(move |_| match route.get() {
        (Tab::Sharing, ..) => None,
        (_, _, service) => service,
    });
    let open = Memo::new(move |_| drawer.with(|drawer| drawer.as_ref().map(|one| one.name.clone())));
    let gone = Memo::new(move |_| {
        query.value().is_none() && query.error().is_some_and(|error| error.kind == ErrorKind::NotFound)
    });
    let detail = Memo::new(move |_| query.value());
    provide_context(AroundStatus(Signal::derive(move || {
        detail.with(|detail| detail.as_ref().map(|detail| detail.status.clone()))
    })));
    tell_problems(at, detail);
    let deletion = actions::use_deletion(at);
    let stage = query.stage();
    // The configs are a page of their own that is shown as a part of this one.
    let configs = Memo::new(move |_| match nav.route.get() {
        Route::Configs { view, .. } => Some(view),
        _ => None,
    });
    let in_configs = Memo::new(move |_| configs.get().is_some());
    let tab = Memo::new(move |_| (!in_configs.get()).then(|| route.get().0));
    let content = move || {
        if gone.get() {
            return view! { <Gone at deletion /> }.into_any();
        }
        match stage.get() {
            Stage::Waiting => return view! { <SkeletonRows rows=10 /> }.into_any(),
            Stage::Failed => return ().into_any(),
            Stage::There => {}
        }
        match tab.get() {
            None => {
                let view = Signal::derive(move || configs.get().unwrap_or_default());
                lazy::lazy_view(lazy::load_configs, tab_waits, move || lazy::configs(at, view))
            }
            Some(Tab::Services) => {
                let view = Signal::derive(move || route.get().1);
                view! { <services::Services at detail view /> }.into_any()
            }
            Some(Tab::Variables) => {
                let view = Signal::derive(move || route.get().1);
                lazy::lazy_view(lazy::load_variables, tab_waits, move || lazy::variables(at, detail, view))
            }
            Some(Tab::Sharing) => {
                lazy::lazy_view(lazy::load_sharing, tab_waits, move || lazy::sharing(at, detail))
            }
        }
    };
    view! {
        <div class="page">
            <header::Header at query />
            <header::Tabs at tab detail />
            // What is being deleted may vanish between two looks: that is no error.
            <Show when=move || !gone.get() && deletion.get() == actions::Deletion::None>
                <ErrorNotice
                    error=Signal::derive(move || query.error())
                    retry=Callback::new(move |()| query.refresh())
                />
            </Show>
            <StateNotice detail />
            {content}
            {move || {
                open.get()
                    .map(|name| {
                        let panel = Signal::derive(move || drawer.get().map(|one| one.panel).unwrap_or_default());
                        lazy::lazy_view(lazy::load_service_drawer,
                            drawer_waits,
                            move || lazy::service_drawer(at, name.clone(), detail, panel),
                        )
                    })
            }}
            <span class="sr-only" role="status">{move || announcement(detail.get().as_deref(), i18n)}</span>
        </div>
    }
}

/// Lists, favourites and the title of the browser's tab tell what was seen here.
fn tell_problems(at: StoredValue<EnvironmentRef>, detail: Memo<Option<Arc<Environment>>>) {
    let known = use_session().known;
    crate::effect::effect(move || {
        if let Some(detail) = detail.get() {
            let (_, problems) = state_of(&detail, false);
            at.with_value(|at| {
                // Told again when it was forgotten.
                known.problems_of(at);
                known.saw_problems(at, problems);
            });
        }
    });
}

/// In the place of a tab whose part is on its way.
fn tab_waits() -> AnyView {
    view! { <SkeletonRows /> }.into_any()
}

/// In the place of a drawer whose part is on its way.
fn drawer_waits() -> AnyView {
    view! {
        <aside class="drawer">
            <div class="drawer-body"><SkeletonRows /></div>
        </aside>
    }
    .into_any()
}

/// What a screen reader hears when the environment's state changes.
fn announcement(detail: Option<&Environment>, i18n: crate::i18n::I18n) -> String {
    detail
        .map(|detail| {
            let (state, problems) = state_of(detail, false);
            let more = also_known(i18n.t(), problems, false);
            format!("{}: {} {more}", detail.key, i18n.state(&state)).trim_end().to_owned()
        })
        .unwrap_or_default()
}

/// What the environment's own state means for the user.
#[component]
fn StateNotice(detail: Memo<Option<Arc<Environment>>>) -> impl IntoView {
    let i18n = use_i18n();
    let status = Memo::new(move |_| detail.with(|detail| Some(detail.as_ref()?.status.clone())));
    move || {
        let t = i18n.t().environment();
        let state = of_environment(&status.get()?);
        let text = match state.word {
            crate::domain::state::Word::Sleeping => t.sleeping,
            crate::domain::state::Word::Failed | crate::domain::state::Word::Error => t.failed,
            _ if state.is_moving() => t.busy,
            _ => return None,
        };
        let icon = Icon::of_health(state.health);
        Some(view! {
            <div class=format!("notice {}", state.health.tone()) role="note">
                <crate::components::icon::IconView icon />
                <p>{text}</p>
            </div>
        })
    }
}

#[component]
fn Gone(at: StoredValue<EnvironmentRef>, deletion: Memo<actions::Deletion>) -> impl IntoView {
    let i18n = use_i18n();
    let by_us = move || deletion.get() != actions::Deletion::None;
    let project = at.with_value(|at| at.project.clone());
    let href = Route::environments(project.clone()).href();
    view! {
        <Empty
            icon=Icon::Question
            title=Signal::derive(move || match by_us() {
                true => at.with_value(|at| fill(i18n.t().labels().deleted, &[("name", &at.key)])),
                false => i18n.t().environment().gone.to_owned(),
            })
            hint=Signal::derive(move || {
                let t = i18n.t();
                if by_us() { t.labels().deleted_hint } else { t.environment().gone_hint }.to_owned()
            })
        >
            <a class="button" href=href>
                {move || fill(i18n.t().environment().to_list, &[("project", &project)])}
            </a>
        </Empty>
    }
}
