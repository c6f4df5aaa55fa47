//! Adding services of the project to an environment (H7, then E13 or E14).

use super::bulk::choose;
use crate::api::environments::Environment;
use crate::api::services::{self as calls, ServiceAddition};
use crate::api::{ApiError, RenderVariable, Variable};
use crate::components::dialog::Dialog;
use crate::components::error_notice::ErrorNotice;
use crate::components::icon::{Icon, IconView};
use crate::components::ops::{ProblemLine, use_refusal};
use crate::components::task::use_task;
use crate::i18n::use_i18n;
use crate::lazy::{self, lazy_on};
use crate::operations::use_ops;
use crate::ops::plans::services as plans;
use crate::ops::{Kind, Problem};
use crate::query::{Stage, use_query};
use crate::remote::Pace;
use crate::route::EnvironmentRef;
use crate::session::use_session;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The button and its dialog.
#[component]
pub(crate) fn AddServices(
    /// The environment.
    at: StoredValue<EnvironmentRef>,
    /// What is known of it.
    detail: Memo<Option<Arc<Environment>>>,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let open = RwSignal::new(false);
    let refusal = use_refusal(Kind::AddServices);
    view! {
        <Show when=move || !session.is_read_only()>
            <button
                type="button"
                class="button"
                disabled=move || refusal.with(Option::is_some)
                title=refusal
                on:click=move |_| open.set(true)
            >
                <IconView icon=Icon::Plus />
                {i18n.tr(|t| t.labels().add_services)}
            </button>
            {lazy_on(lazy::load_add_services, move || open.get(), move || lazy::add_services(at, detail, open))}
        </Show>
    }
}

/// The dialog.
#[component]
pub(crate) fn AddDialog(
    /// The environment.
    at: StoredValue<EnvironmentRef>,
    /// What is known of it.
    detail: Memo<Option<Arc<Environment>>>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog open title=i18n.text(|t| t.labels().add_services)>
            <Chooser at detail open />
        </Dialog>
    }
}

#[component]
fn Chooser(
    at: StoredValue<EnvironmentRef>,
    detail: Memo<Option<Arc<Environment>>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let (i18n, ops, session) = (use_i18n(), use_ops(), use_session());
    let chosen = RwSignal::new(BTreeSet::<String>::new());
    let problem = RwSignal::new(None::<Problem>);
    let unread = RwSignal::new(None::<Arc<ApiError>>);
    let working = RwSignal::new(false);
    let task = use_task();
    let query = use_query(
        move || Some(at.get_value()),
        |client, at| async move { client.send(calls::templates(at.family, &at.project)).await },
        |_| Pace::Once,
    );
    let stage = query.stage();
    let free = Memo::new(move |_| {
        let there = detail.get();
        let has = |name: &str| there.iter().flat_map(|one| &one.services).any(|service| service.name == name);
        let all = query.value();
        let mut names: Vec<String> =
            all.iter().flat_map(|all| all.iter()).map(|one| one.name.clone()).collect();
        names.retain(|name| !has(name));
        crate::domain::sort::sort(&mut names, |a, b| crate::domain::environments::natural(a, b));
        names
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(client), Some(environment)) = (session.client(), detail.get_untracked()) else { return };
        let names: Vec<String> = chosen.get_untracked().into_iter().collect();
        let at = at.get_value();
        unread.set(None);
        working.set(true);
        task.run(async move {
            let mut additions = Vec::new();
            for name in &names {
                // Types are not filled in by the server, and a value without the right type is discarded (contract 6.4).
                let template = match client.send(calls::template(at.family, &at.project, name)).await {
                    Ok(template) => template,
                    // Without its variables the service would be added bound to nothing.
                    Err(error) => {
                        let _ = working.try_set(false);
                        let _ = unread.try_set(Some(Arc::new(error)));
                        return;
                    }
                };
                additions.push(ServiceAddition {
                    service_name: name.clone(),
                    variable_kvs: bindings(&template.variables, &environment),
                });
            }
            let known: Vec<&str> = names.iter().map(String::as_str).collect();
            let _ = working.try_set(false);
            match plans::add(&at, &environment, &known, &additions) {
                Ok(plan) => {
                    open.set(false);
                    ops.propose(plan);
                }
                Err(why) => {
                    let _ = problem.try_set(Some(why));
                }
            }
        });
    };
    let list = move || match stage.get() {
        Stage::Waiting => view! { <p class="dim">{i18n.tr(|t| t.ops().templates_loading)}</p> }.into_any(),
        Stage::Failed => ().into_any(),
        Stage::There if free.with(Vec::is_empty) => {
            view! { <p class="dim">{i18n.tr(|t| t.ops().no_templates)}</p> }.into_any()
        }
        Stage::There => view! {
            <ul class="add-list">
                <For each=move || free.get() key=String::clone let:name>
                    <Choice name chosen />
                </For>
            </ul>
        }
        .into_any(),
    };
    view! {
        <form class="review" on:submit=submit novalidate>
            <p class="dim">{i18n.tr(|t| t.ops().choose_services)}</p>
            <ErrorNotice error=Signal::derive(move || query.error()) retry=Callback::new(move |()| query.refresh()) />
            {list}
            <ErrorNotice error=unread />
            <ProblemLine problem />
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {i18n.tr(|t| t.common().cancel)}
                </button>
                <button
                    type="submit"
                    class="button primary"
                    disabled=move || chosen.with(BTreeSet::is_empty) || working.get()
                >
                    {i18n.tr(|t| t.ops().add)}
                </button>
            </div>
        </form>
    }
}

/// A new service follows every global variable that the environment has under the same name, which the review says. The
/// other variables take the template's defaults by not being sent.
fn bindings(variables: &[Variable], environment: &Environment) -> Vec<RenderVariable> {
    let bound = |variable: &Variable| {
        let global = environment.global_variables.iter().find(|one| one.key == variable.key)?;
        Some(RenderVariable { value: global.value.clone(), ..RenderVariable::global(variable) })
    };
    variables.iter().filter_map(bound).collect()
}

#[component]
fn Choice(name: String, chosen: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let key = name.clone();
    let other = name.clone();
    view! {
        <li>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || chosen.with(|chosen| chosen.contains(&key))
                    on:change=move |event| choose(chosen, &other, event_target_checked(&event))
                />
                {name}
            </label>
        </li>
    }
}
