//! A service's variables: typed editors, and the binding to the environment's global variables.
//!
//! The API tells only the template's defaults, never the values in use, so each value is marked as that. An update sends
//! every variable, because a variable that is not sent loses its binding (contract 6.4).

use super::actions::propose;
use crate::api::environments::{self, Environment};
use crate::api::services::ServiceUpdate;
use crate::api::{Variable, VariableValue};
use crate::components::error_notice::ErrorNotice;
use crate::components::guard::{Handed, guard_edits};
use crate::components::ops::{ProblemLine, RefusalLine, use_refusal};
use crate::components::skeleton::SkeletonRows;
use crate::components::value_input::ValueInput;
use crate::i18n::use_i18n;
use crate::operations::use_ops;
use crate::ops::Kind;
use crate::ops::plans::services as plans;
use crate::query::{Stage, use_query};
use crate::remote::Pace;
use crate::route::{EnvironmentRef, Panel, Route};
use crate::session::use_session;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What the user made of a variable.
#[derive(Clone, Debug, PartialEq)]
enum Edit {
    /// An own value.
    Own(VariableValue),
    /// Follow the global variable.
    Follow,
}

/// The editor of a service's variables.
#[component]
pub fn Variables(at: StoredValue<EnvironmentRef>, name: StoredValue<String>) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query(
        move || Some(at.get_value()),
        |client, at| async move { client.send(environments::get(at.family, &at.project, &at.key)).await },
        |_| Pace::Idle,
    );
    let stage = query.stage();
    let latest = query.latest();
    let content = move || match stage.get() {
        Stage::Waiting => view! { <SkeletonRows rows=4 /> }.into_any(),
        Stage::Failed => ().into_any(),
        Stage::There => view! { <Editor at name environment=latest /> }.into_any(),
    };
    view! {
        <ErrorNotice
            error=Signal::derive(move || query.error())
            retry=Callback::new(move |()| query.refresh())
        />
        <p class="dim small">{i18n.tr(|t| t.ops().template_hint)}</p>
        {content}
    }
}

/// A variable with the global one of its name.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    variable: Variable,
    /// The global variable's value, where the environment has one of this name.
    global: Option<VariableValue>,
    /// Whether this service takes it.
    bound: bool,
}

fn rows(environment: &Environment, service: &str) -> Vec<Row> {
    let summary = environment.services.iter().find(|one| one.name == service);
    let variables = summary.map(|one| one.template_variables.as_slice()).unwrap_or_default();
    variables
        .iter()
        .map(|variable| {
            let global = environment.global_variables.iter().find(|one| one.key == variable.key);
            Row {
                variable: variable.clone(),
                bound: global.is_some_and(|one| one.related_services.iter().any(|name| name == service)),
                global: global.map(|one| one.value.clone()),
            }
        })
        .collect()
}

/// The update that covers every variable, with the edits on top.
fn update(environment: &Environment, service: &str, edits: &BTreeMap<String, Edit>) -> ServiceUpdate {
    let summary = environment.services.iter().find(|one| one.name == service);
    let variables = summary.map(|one| one.template_variables.as_slice()).unwrap_or_default();
    let mut update = ServiceUpdate::covering(service, variables, &environment.global_variables);
    for (key, edit) in edits {
        match edit {
            Edit::Own(value) => update.set(key, value.clone()),
            Edit::Follow => update.bind(key),
        };
    }
    update
}

/// Whether a route shows the variables of this service.
fn shows(route: &Route, at: StoredValue<EnvironmentRef>, name: StoredValue<String>) -> bool {
    let Route::Environment { at: here, service: Some(service), .. } = route else { return false };
    let same = |name: &String| service.panel == Panel::Variables && *name == service.name;
    at.try_with_value(|at| at == here) == Some(true) && name.try_with_value(same) == Some(true)
}

#[component]
fn Editor(
    at: StoredValue<EnvironmentRef>,
    name: StoredValue<String>,
    environment: Memo<crate::query::Latest<Environment>>,
) -> impl IntoView {
    let (i18n, ops, session) = (use_i18n(), use_ops(), use_session());
    let problem = RwSignal::new(None);
    let refusal = use_refusal(Kind::UpdateServices);
    let edits = RwSignal::new(BTreeMap::<String, Edit>::new());
    let handed = Handed::new();
    Effect::new(move |before: Option<()>| {
        edits.track();
        if before.is_some() {
            handed.edited();
        }
    });
    let dirty = Signal::derive(move || edits.with(|edits| !edits.is_empty()) && !handed.is_accepted(ops));
    guard_edits(dirty, move |route| shows(route, at, name));
    let all = Memo::new(move |_| {
        environment.with(|latest| {
            latest.0.as_ref().map(|one| name.with_value(|name| rows(one, name))).unwrap_or_default()
        })
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(environment) = environment.get_untracked().0 else { return };
        let update = name.with_value(|name| update(&environment, name, &edits.get_untracked()));
        let plan = at.with_value(|at| plans::update(at, &environment, &[update]));
        propose(ops, plan, problem);
        handed.follow(ops);
    };
    let empty = Memo::new(move |_| all.with(Vec::is_empty));
    view! {
        <Show when=move || empty.get()>
            <p class="dim">{i18n.tr(|t| t.ops().no_variables)}</p>
        </Show>
        <form class="block" on:submit=submit novalidate>
            <For
                each=move || all.get()
                key=|row| row.variable.key.clone()
                children=move |row| view! { <Field row edits /> }
            />
            <ProblemLine problem />
            <Show when=move || !session.is_read_only()>
                <div>
                    // Without an edit it still brings the service to its newest template, which the review says.
                    <button type="submit" class="button" disabled=move || refusal.with(Option::is_some) title=refusal>
                        {i18n.tr(|t| t.ops().update_services)} " …"
                    </button>
                    <RefusalLine why=refusal />
                </div>
            </Show>
        </form>
    }
}

#[component]
fn Field(row: Row, edits: RwSignal<BTreeMap<String, Edit>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let key = StoredValue::new(row.variable.key.clone());
    let edit = Memo::new(move |_| edits.with(|edits| edits.get(&key.get_value()).cloned()));
    let bound = row.bound;
    let follows = move || match edit.get() {
        Some(Edit::Follow) => true,
        Some(Edit::Own(_)) => false,
        None => bound,
    };
    let (own, global) = (row.variable.value.clone(), row.global.clone());
    let start = own.clone();
    let value = Signal::derive(move || match edit.get() {
        Some(Edit::Own(value)) => value,
        Some(Edit::Follow) => global.clone().unwrap_or_default(),
        None if bound => global.clone().unwrap_or_default(),
        None => own.clone(),
    });
    let set = move |change: Edit| {
        edits.update(|edits| {
            edits.insert(key.get_value(), change);
        });
    };
    let toggle = move |on: bool| set(if on { Edit::Follow } else { Edit::Own(start.clone()) });
    let has_global = row.global.is_some();
    let locked = Signal::derive(move || follows() || session.is_read_only());
    let id = format!("variable-{}", row.variable.key);
    view! {
        <div class="variable-edit" data-variable=row.variable.key.clone()>
            <label class="name mono clip" for=id.clone() title=row.variable.desc.clone()>{row.variable.key.clone()}</label>
            <ValueInput
                id
                kind=row.variable.kind.clone()
                options=row.variable.options.clone()
                value
                locked
                change=Callback::new(move |value| set(Edit::Own(value)))
            />
            {if has_global {
                view! {
                    <label class="check small">
                        <input
                            type="checkbox"
                            prop:checked=follows
                            disabled=move || session.is_read_only()
                            on:change=move |event| toggle(event_target_checked(&event))
                        />
                        {i18n.tr(|t| t.ops().follows)}
                    </label>
                }
                    .into_any()
            } else {
                let text = move || if edit.get().is_none() { i18n.t().ops().template_default } else { "" };
                view! { <span class="dim small">{text}</span> }.into_any()
            }}
        </div>
    }
}
