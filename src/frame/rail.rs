//! The rail at the start of the frame (at the foot on a phone).

use crate::components::icon::{Icon, IconView};
use crate::components::state_badge::also_known;
use crate::i18n::use_i18n;
use crate::nav::use_nav;
use crate::operations::use_ops;
use crate::prefs::use_prefs;
use crate::route::{EnvironmentRef, Route};
use crate::session::use_session;
use leptos::prelude::*;

/// Product, pages, favourites and recent environments.
#[component]
pub(crate) fn Rail() -> impl IntoView {
    let (i18n, nav, session, prefs) = (use_i18n(), use_nav(), use_session(), use_prefs());
    let route = nav.route;
    let title = session.config().title;
    let projects = Route::Projects { search: String::new() }.href();
    let is = move |test: fn(&Route) -> bool| move || route.with(test).then_some("page");
    let project = Memo::new(move |_| route.with(|route| route.project().map(str::to_owned)));
    view! {
        <nav class="rail" aria-label=i18n.tr(|t| t.shell().navigation)>
            <a class="brand" href=projects.clone()>
                <Mark />
                <span class="clip">{title}</span>
            </a>
            <a
                class="rail-link"
                href=projects
                aria-current=is(|route| matches!(route, Route::Projects { .. }))
            >
                <IconView icon=Icon::Folder />
                <span class="clip">{i18n.tr(|t| t.shell().projects)}</span>
            </a>
            {move || {
                project
                    .get()
                    .map(|key| {
                        let href = Route::environments(key).href();
                        let current = is(|route| matches!(route, Route::Environments { .. }));
                        view! {
                            <a class="rail-link" href=href aria-current=current>
                                <IconView icon=Icon::Stack />
                                <span class="clip">{i18n.tr(|t| t.shell().environments)}</span>
                            </a>
                        }
                    })
            }}
            <ActivityLink />
            <a
                class="rail-link"
                href=Route::Settings.href()
                aria-current=is(|route| matches!(route, Route::Settings | Route::About))
            >
                <IconView icon=Icon::Sliders />
                <span class="clip">{i18n.tr(|t| t.shell().settings)}</span>
            </a>
            <Shortlist list=prefs.favourites title=Signal::derive(move || i18n.t().shell().favourites) />
            <Shortlist list=prefs.recent title=Signal::derive(move || i18n.t().shell().recent) />
        </nav>
    }
}

/// Leads to the activity page and counts what is under way.
#[component]
fn ActivityLink() -> impl IntoView {
    let (i18n, nav, ops) = (use_i18n(), use_nav(), use_ops());
    let under_way = Memo::new(move |_| ops.list().iter().filter(|op| op.is_under_way()).count());
    view! {
        <a
            class="rail-link"
            href=Route::Activity.href()
            aria-current=move || nav.route.with(|route| *route == Route::Activity).then_some("page")
        >
            <IconView icon=Icon::Check />
            <span class="clip">{i18n.tr(|t| t.labels().activity)}</span>
            <Show when=move || { under_way.get() > 0 }>
                <span class="count tabular">{under_way}</span>
            </Show>
        </a>
    }
}

/// Environments kept at hand.
#[component]
fn Shortlist(list: RwSignal<Vec<EnvironmentRef>>, title: Signal<&'static str>) -> impl IntoView {
    let (i18n, nav, session) = (use_i18n(), use_nav(), use_session());
    let link = move |at: EnvironmentRef| {
        let here = at.clone();
        let current = move || {
            nav.route
                .with(|route| matches!(route, Route::Environment { at, .. } | Route::Configs { at, .. } if *at == here))
                .then_some("page")
        };
        let production = at.family.is_production();
        let hint = format!("{} / {}", at.project, at.key);
        let (name, project) = (at.key.clone(), at.project.clone());
        let place = at.clone();
        let problems = move || {
            let n = session.known.problems_of(&place);
            (n > 0).then(|| {
                let text = also_known(i18n.t(), n, false);
                view! {
                    <span class="rail-problems tone-warn tabular" title=text.clone() aria-label=text role="img">
                        {n.to_string()}
                    </span>
                }
            })
        };
        view! {
            <a class="rail-link rail-more" href=Route::environment(at).href() title=hint aria-current=current>
                {production.then(|| view! { <span class="production-mark"><IconView icon=Icon::Shield /></span> })}
                <span class="clip">{name}</span>
                <span class="dim clip small">{project}</span>
                {problems}
            </a>
        }
    };
    view! {
        <Show when=move || list.with(|list| !list.is_empty())>
            <div class="rail-title">{title}</div>
            {move || list.get().into_iter().map(link).collect_view()}
        </Show>
    }
}

#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg aria-hidden="true" width="22" height="22" viewBox="0 0 32 32">
            <rect class="mark" width="32" height="32" rx="8"></rect>
            <path
                d="M9 10.5h14L11.500 21.500H23"
                fill="none"
                stroke="#fff"
                stroke-width="3"
                stroke-linecap="round"
                stroke-linejoin="round"
            ></path>
        </svg>
    }
}
