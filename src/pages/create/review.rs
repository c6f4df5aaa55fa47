//! The last step: the whole request as a person reads it and as it is sent.

use super::configs;
use super::form::{Form, Template};
use super::words;
use crate::api::services::ServiceTemplate;
use crate::components::copy::CopyButton;
use crate::components::icon::{Icon, IconView};
use crate::components::ops::words as ops_words;
use crate::components::pick::registry_name;
use crate::domain::create::{
    Draft, GlobalDraft, VariableDraft, globals, may_be_secret, production_environment, sharers,
    test_environment,
};
use crate::i18n::{Messages, fill, use_i18n};
use crate::operations::use_ops;
use crate::ops::plans::create as plans;
use crate::ops::{Plan, Problem};
use crate::route::Route;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The step.
#[component]
pub(crate) fn ReviewStep(form: Form) -> impl IntoView {
    let (i18n, ops) = (use_i18n(), use_ops());
    let waiting = Memo::new(move |_| waiting_for(form));
    let blocked = Memo::new(move |_| {
        form.found
            .with(|found| found.iter().filter(|one| !one.issue.is_warning()).cloned().collect::<Vec<_>>())
    });
    // A plan is no value to keep: it is made for the look and made again for the engine.
    let shown = Memo::new(move |_| {
        let ready = waiting.with(Vec::is_empty) && blocked.with(Vec::is_empty);
        ready.then(|| plan(form).map(|plan| body(&plan)))
    });
    let problem = move || shown.get().and_then(Result::err);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Ok(plan) = untrack(|| plan(form)) {
            ops.propose(plan);
        }
    };
    let ready = move || shown.with(|shown| matches!(shown, Some(Ok(_))));
    view! {
        <form class="create-review" on:submit=submit novalidate>
            <Blocked form blocked />
            <Waiting form waiting />
            {move || {
                problem()
                    .map(|problem| {
                        let text = ops_words::problem(i18n.t(), i18n.language.get(), &problem);
                        view! { <p class="problem" role="alert">{text}</p> }
                    })
            }}
            <Summary form />
            {move || {
                shown
                    .get()
                    .and_then(Result::ok)
                    .map(|json| {
                        view! {
                            <details class="create-request">
                                <summary>{i18n.tr(|t| t.create().request)}</summary>
                                <div class="create-json">
                                    <CopyButton
                                        text=Signal::stored(json.clone())
                                        what=i18n.text(|t| t.create().copy_request)
                                    />
                                    <pre tabindex="0">{json}</pre>
                                </div>
                            </details>
                        }
                    })
            }}
            <div>
                <button type="submit" class="button primary" disabled=move || !ready()>
                    {i18n.tr(|t| t.create().apply)}
                </button>
            </div>
        </form>
    }
}

/// The services whose templates are not there yet, with whether they failed; a reactive read.
fn waiting_for(form: Form) -> Vec<(String, bool)> {
    form.draft.with(|draft| {
        form.details.with(|details| {
            let open = |name: &String| match details.get(name) {
                Some(Template::There(_)) => None,
                Some(Template::Failed) => Some((name.clone(), true)),
                _ => Some((name.clone(), false)),
            };
            draft.services.keys().filter_map(open).collect()
        })
    })
}

/// The plan of the draft; a reactive read.
fn plan(form: Form) -> Result<Plan, Problem> {
    let ops = use_ops();
    let project = form.link.with_value(|link| link.project.clone());
    let draft = form.draft.get();
    let around = form.environments.value();
    let namespace = draft.namespace(&project);
    let around = around.as_deref().map(Vec::as_slice).unwrap_or_default();
    let by = sharers(&namespace, &draft.cluster, None, around);
    let names = names(form);
    if form.family.is_production() {
        let plan = plans::production(&project, &production_environment(&project, &draft), &by);
        return plan.map(|plan| plan.named(&names));
    }
    let templates = form.templates.value();
    let templates = templates.as_deref().map(Vec::as_slice).unwrap_or_default();
    let new = test_environment(&project, &draft, &form.defined(), templates, &details(form));
    plans::test(&project, &new, templates, &by, &ops.features()).map(|plan| plan.named(&names))
}

/// The names of clusters and registries by their ids; a reactive read.
fn names(form: Form) -> Vec<(String, String)> {
    let clusters = form.clusters.value();
    let clusters = clusters.iter().flat_map(|all| all.iter()).map(|one| (one.id.clone(), one.name.clone()));
    let registries = form.registries.value();
    let registries =
        registries.iter().flat_map(|all| all.iter()).map(|one| (one.id.clone(), registry_name(one)));
    clusters.chain(registries).collect()
}

fn details(form: Form) -> BTreeMap<String, ServiceTemplate> {
    form.details.with(|details| {
        let there = |(name, one): (&String, &Template)| match one {
            Template::There(template) => Some((name.clone(), template.as_ref().clone())),
            _ => None,
        };
        details.iter().filter_map(there).collect()
    })
}

/// The body as it is shown, secrets masked.
fn body(plan: &Plan) -> String {
    let calls = plan.facts.shown_calls();
    let body = calls.first().and_then(|call| call.body()).unwrap_or_default();
    serde_json::from_str::<serde_json::Value>(body)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| body.to_owned())
}

/// What is to be fixed first, each with the way to it.
#[component]
fn Blocked(form: Form, blocked: Memo<Vec<crate::domain::create::Found>>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = move || {
        blocked
            .get()
            .into_iter()
            .map(|found| {
                let step = found.field.step();
                let href = form.link.with_value(|link| Route::Create(link.at(step)).href());
                let t = i18n.t();
                view! {
                    <li>
                        <a href=href>{field(t, &form.draft.get_untracked(), &found.field)}</a>
                        ": "
                        {words::issue(t, &found.issue)}
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || !blocked.with(Vec::is_empty)>
            <div class="notice tone-bad" role="alert">
                <IconView icon=Icon::Alert />
                <div class="notice-body">
                    <p class="notice-title">{i18n.tr(|t| t.create().fix_first)}</p>
                    <ul>{rows}</ul>
                </div>
            </div>
        </Show>
    }
}

/// The name of a field.
fn field(t: &Messages, draft: &Draft, field: &crate::domain::create::Field) -> String {
    use crate::domain::create::Field;
    let c = t.create();
    match field {
        Field::Name => c.name.to_owned(),
        Field::Cluster => c.cluster.to_owned(),
        Field::Registry => c.registry.to_owned(),
        Field::Namespace => c.namespace.to_owned(),
        Field::Base => c.base.to_owned(),
        Field::Global(key) => key.clone(),
        Field::Config(id) => {
            let config = draft.configs.iter().find(|one| one.id == *id);
            config.map_or_else(String::new, |one| configs::title(t, &one.yaml, one.origin.as_deref()))
        }
    }
}

/// What is still read, and what could not be.
#[component]
fn Waiting(form: Form, waiting: Memo<Vec<(String, bool)>>) -> impl IntoView {
    let i18n = use_i18n();
    let failed = move || {
        waiting.with(|waiting| {
            waiting.iter().filter(|(_, failed)| *failed).map(|(name, _)| name.clone()).collect::<Vec<_>>()
        })
    };
    view! {
        <Show when=move || waiting.with(|waiting| waiting.iter().any(|(_, failed)| !failed))>
            <p class="dim" role="status">{i18n.tr(|t| t.create().review_reading)}</p>
        </Show>
        <Show when=move || !failed().is_empty()>
            <p class="problem" role="alert">
                {i18n.tr(|t| t.create().template_failed)} " " {move || failed().join(", ")} " "
                <button type="button" class="create-inline" on:click=move |_| form.read_templates(failed())>
                    {i18n.tr(|t| t.common().retry)}
                </button>
            </p>
        </Show>
    }
}

/// The request as a person reads it.
#[component]
fn Summary(form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let place = move |names: &[(String, String)], id: &str| {
        let name = names.iter().find(|(one, name)| one == id && !name.is_empty());
        name.map_or_else(|| id.to_owned(), |(_, name)| format!("{name} · {id}"))
    };
    let places = move || {
        let t = i18n.t().create();
        let project = form.link.with_value(|link| link.project.clone());
        let draft = form.draft.get();
        let names = names(form);
        let row = |name: &'static str, value: String| {
            (!value.is_empty()).then(|| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        };
        view! {
            {row(t.name, draft.name.clone())}
            {row(t.alias, draft.alias.trim().to_owned())}
            {row(t.cluster, place(&names, &draft.cluster))}
            {row(t.registry, place(&names, &draft.registry))}
            {row(t.namespace, draft.namespace(&project))}
            {row(t.base, draft.base)}
        }
    };
    view! {
        <section class="block">
            <h3>{i18n.tr(|t| t.create().review_places)}</h3>
            <dl class="create-facts">{places}</dl>
        </section>
        {if form.family.is_production() {
            view! { <p class="dim">{i18n.tr(|t| t.create().services_later)}</p> }.into_any()
        } else {
            view! { <Contents form /> }.into_any()
        }}
    }
}

/// Services, variables and configs of a test environment.
#[component]
fn Contents(form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let services = move || {
        let t = i18n.t().create();
        let draft = form.draft.get();
        let kept = globals(&draft, &form.defined());
        let line = |(name, service): (String, crate::domain::create::ServiceDraft)| {
            let images: Vec<String> =
                service.images.iter().map(|(container, image)| format!("{container}: {image}")).collect();
            let images = match images.is_empty() {
                true => view! { <span class="dim small">{t.template_images}</span> }.into_any(),
                false => view! { <span class="mono small">{images.join(", ")}</span> }.into_any(),
            };
            let follows: Vec<&str> = kept
                .iter()
                .map(|one| one.key.as_str())
                .filter(|key| match service.variables.get(*key) {
                    Some(VariableDraft::Own(_) | VariableDraft::Template) => false,
                    Some(VariableDraft::Follow) => true,
                    None => form.has_variable(&name, key),
                })
                .collect();
            let follows = (!follows.is_empty()).then(|| fill(t.follows, &[("names", &follows.join(", "))]));
            view! {
                <li>
                    <b>{name}</b>
                    {images}
                    {follows.map(|text| view! { <span class="dim small">{text}</span> })}
                </li>
            }
        };
        draft.services.into_iter().map(line).collect_view()
    };
    let variables = move || {
        let draft = form.draft.get();
        globals(&draft, &form.defined())
            .into_iter()
            .map(|one| view! { <li><code>{one.key}</code><span class="mono small">{one.value.to_text()}</span></li> })
            .collect_view()
    };
    let objects = move || {
        let t = i18n.t();
        let line = |one: crate::domain::create::ConfigDraft| {
            let hidden = may_be_secret(&one.yaml)
                .then(|| view! { <span class="dim small">{t.create().review_secret}</span> });
            view! { <li><b>{configs::title(t, &one.yaml, one.origin.as_deref())}</b>{hidden}</li> }
        };
        form.draft.get().configs.into_iter().map(line).collect_view()
    };
    let no_services = move || form.draft.with(|draft| draft.services.is_empty());
    let no_configs = move || form.draft.with(|draft| draft.configs.is_empty());
    let no_variables = move || {
        let left = |one: &crate::api::Variable| {
            form.draft.with(|draft| draft.globals.get(&one.key) == Some(&GlobalDraft::Left))
        };
        form.defined().iter().all(left)
    };
    let none = move || view! { <p class="dim">{i18n.tr(|t| t.create().review_none)}</p> };
    view! {
        <section class="block">
            <h3>{i18n.tr(|t| t.create().review_services)}</h3>
            <ul class="create-lines">{services}</ul>
            <Show when=no_services>{none}</Show>
        </section>
        <section class="block">
            <h3>{i18n.tr(|t| t.create().review_variables)}</h3>
            <ul class="create-lines">{variables}</ul>
            <Show when=no_variables>{none}</Show>
        </section>
        <section class="block">
            <h3>{i18n.tr(|t| t.create().review_configs)}</h3>
            <ul class="create-lines">{objects}</ul>
            <Show when=no_configs>{none}</Show>
        </section>
    }
}
