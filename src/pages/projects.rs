//! The projects, and the way in by key where the list is refused or empty.

use crate::api::projects::{self, DeployType, ProjectSummary};
use crate::components::empty::Empty;
use crate::components::error_notice::ErrorNotice;
use crate::components::freshness::Freshness;
use crate::components::icon::Icon;
use crate::components::keys::{Shortcut, use_keys};
use crate::components::search::SearchField;
use crate::components::skeleton::SkeletonRows;
use crate::i18n::{fill, fill_count, use_i18n};
use crate::nav::use_nav;
use crate::query::{Stage, use_query};
use crate::remote::Pace;
use crate::route::Route;
use leptos::prelude::*;

/// The list has pages of this size on the server; more projects than this are opened by key.
const LISTED: u32 = 200;

/// The projects page.
#[component]
pub(crate) fn ProjectsPage() -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let query = use_query(
        || Some(()),
        |client, ()| async move { client.send(projects::list(1, LISTED)).await },
        |_| Pace::Idle,
    );
    use_keys().on(Shortcut::Refresh, move || query.refresh());
    let search = Memo::new(move |_| match nav.route.get() {
        Route::Projects { search } => search,
        _ => String::new(),
    });
    let shown = Memo::new(move |_| {
        let all = query.value();
        all.map(|page| select(&page.projects, &search.get())).unwrap_or_default()
    });
    let stage = query.stage();
    let all = Memo::new(move |_| query.value().is_none_or(|page| page.projects.is_empty()));
    let none = Memo::new(move |_| shown.with(Vec::is_empty));
    let content = move || match (stage.get(), all.get(), none.get()) {
        (Stage::Waiting, ..) => view! { <SkeletonRows rows=4 /> }.into_any(),
        (Stage::Failed, ..) => ().into_any(),
        (_, true, _) => view! {
            <Empty
                icon=Icon::Folder
                title=i18n.text(|t| t.projects().none)
                hint=i18n.text(|t| t.projects().none_hint)
            />
        }
        .into_any(),
        (.., true) => view! {
            <Empty
                icon=Icon::Search
                title=Signal::derive(move || {
                    fill(i18n.t().projects().none_match, &[("search", &search.get())])
                })
                hint=i18n.text(|t| t.projects().open_by_key_hint)
            />
        }
        .into_any(),
        _ => view! {
            <ul class="project-grid">
                <For each=move || shown.get() key=|project| project.key.clone() let:project>
                    <Card project />
                </For>
            </ul>
        }
        .into_any(),
    };
    let rest = move || {
        let page = query.value()?;
        let listed = i64::try_from(page.projects.len()).unwrap_or(i64::MAX);
        (page.total > listed).then(|| {
            let shown = i18n.number(page.projects.len());
            fill_count(i18n.t().projects().truncated, page.total, &[("shown", &shown)])
        })
    };
    view! {
        <div class="page">
            <div class="page-head">
                <h1>{i18n.tr(|t| t.projects().title)}</h1>
                <span class="spring"></span>
                <Freshness
                    at=Signal::derive(move || query.state.with(|state| state.at))
                    loading=Signal::derive(move || query.state.with(|state| state.loading))
                    refresh=Callback::new(move |()| query.refresh())
                />
            </div>
            <div class="toolbar">
                <SearchField
                    value=search
                    on_change=move |search| nav.replace(Route::Projects { search })
                    label=i18n.text(|t| t.projects().search)
                />
            </div>
            <ErrorNotice
                error=Signal::derive(move || query.error())
                retry=Callback::new(move |()| query.refresh())
            />
            {content}
            {move || rest().map(|text| view! { <p class="dim">{text}</p> })}
            <OpenByKey />
        </div>
    }
}

/// The projects whose name, key or description contains the text, in the order of their names.
fn select(projects: &[ProjectSummary], search: &str) -> Vec<ProjectSummary> {
    let needle = crate::domain::text_case::lowercase(search.trim());
    let has = |text: &str| crate::domain::text_case::lowercase(text).contains(&needle);
    let mut shown: Vec<ProjectSummary> = projects
        .iter()
        .filter(|one| needle.is_empty() || has(&one.name) || has(&one.key) || has(&one.description))
        .cloned()
        .collect();
    crate::domain::sort::sort(&mut shown, |a, b| crate::domain::environments::natural(title(a), title(b)));
    shown
}

fn title(project: &ProjectSummary) -> &str {
    if project.name.is_empty() { &project.key } else { &project.name }
}

#[component]
fn Card(project: ProjectSummary) -> impl IntoView {
    let i18n = use_i18n();
    let href = Route::environments(project.key.clone()).href();
    let name = title(&project).to_owned();
    let helm = project.deploy_type == DeployType::Helm;
    view! {
        <li class="project-card">
            <h2 class="clip">
                <a class="row-link" href=href title=name.clone()>
                    {name.clone()}
                </a>
            </h2>
            <code class="dim clip">{project.key}</code>
            <p>{project.description}</p>
            {helm.then(|| view! { <span class="chip">{i18n.tr(|t| t.projects().helm)}</span> })}
        </li>
    }
}

/// Opens a project by its key, for accounts that may not list projects.
#[component]
fn OpenByKey() -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let key = RwSignal::new(String::new());
    let missing = RwSignal::new(false);
    let open = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let project = key.get_untracked().trim().to_owned();
        missing.set(project.is_empty());
        if !project.is_empty() {
            nav.go(Route::environments(project));
        }
    };
    view! {
        <form class="card open-by-key" on:submit=open novalidate>
            <div class="field">
                <label for="project-key">{i18n.tr(|t| t.projects().open_by_key)}</label>
                <div class="toolbar">
                    <input
                        id="project-key"
                        class="input key-input"
                        autocomplete="off"
                        spellcheck="false"
                        placeholder=i18n.tr(|t| t.projects().key)
                        aria-invalid=move || missing.get().then_some("true")
                        aria-describedby="project-key-hint"
                        prop:value=key
                        on:input=move |event| {
                            key.set(event_target_value(&event));
                            missing.set(false);
                        }
                    />
                    <button type="submit" class="button">{i18n.tr(|t| t.projects().open)}</button>
                </div>
                <p id="project-key-hint" class=move || if missing.get() { "problem" } else { "hint" }>
                    {move || {
                        let t = i18n.t().projects();
                        if missing.get() { t.key_needed } else { t.by_key_hint }
                    }}
                </p>
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(name: &str, key: &str) -> ProjectSummary {
        ProjectSummary { name: name.into(), key: key.into(), ..ProjectSummary::default() }
    }

    #[test]
    fn projects_are_found_by_name_and_key_and_sorted_by_name() {
        let list = [project("商城", "mall"), project("Billing", "pay-2"), project("", "alpha")];
        let keys = |search: &str| select(&list, search).into_iter().map(|one| one.key).collect::<Vec<_>>();
        assert_eq!(keys(""), ["alpha", "pay-2", "mall"]);
        assert_eq!(keys("商"), ["mall"]);
        assert_eq!(keys("PAY"), ["pay-2"]);
    }
}
