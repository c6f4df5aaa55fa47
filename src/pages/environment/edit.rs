//! Editing an environment (`E09`, `E10`): its image registry, and for production its alias.

use super::once_read::once_read;
use crate::api::environments::{self, EnvironmentSummary};
use crate::api::system;
use crate::components::ops::ProblemLine;
use crate::components::pick::{Pick, registries as choices, registry_name};
use crate::i18n::use_i18n;
use crate::operations::use_ops;
use crate::ops::Problem;
use crate::ops::plans::environments as plans;
use crate::query::{Query, Stage, use_query};
use crate::remote::Pace;
use crate::route::EnvironmentRef;
use leptos::prelude::*;

/// The environment as the lists have it, read when the dialog opens: the detail tells no registry where none was chosen.
pub(super) fn use_summary(at: StoredValue<EnvironmentRef>) -> Query<Option<EnvironmentSummary>> {
    use_query(
        move || Some(at.get_value()),
        |client, at| async move {
            let list = client.send(environments::list(at.family, &at.project)).await?;
            Ok(list.into_iter().find(|one| one.key == at.key))
        },
        |_| Pace::Once,
    )
}

/// The dialog's content.
#[component]
pub(crate) fn EditForm(at: StoredValue<EnvironmentRef>, open: RwSignal<bool>) -> impl IntoView {
    let query = use_summary(at);
    once_read(query, move |summary| view! { <Fields at open summary /> }.into_any())
}

#[component]
fn Fields(
    at: StoredValue<EnvironmentRef>,
    open: RwSignal<bool>,
    summary: EnvironmentSummary,
) -> impl IntoView {
    let (i18n, ops) = (use_i18n(), use_ops());
    let production = at.with_value(|at| at.family.is_production());
    let registry = RwSignal::new(summary.registry_id.clone());
    let alias = RwSignal::new(summary.alias.clone().unwrap_or_default());
    let problem = RwSignal::new(None::<Problem>);
    let registries = use_query(
        || Some(()),
        |client, ()| async move { client.send(system::registries()).await },
        |_| Pace::Once,
    );
    let summary = StoredValue::new(summary);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (registry, alias) = (registry.get_untracked(), alias.get_untracked());
        let plan = at.with_value(|at| {
            summary.with_value(|summary| plans::edit(at, summary, registry.trim(), alias.trim()))
        });
        match plan {
            Ok(plan) => {
                open.set(false);
                let known = untrack(|| registries.value()).unwrap_or_default();
                let names: Vec<_> = known.iter().map(|one| (one.id.clone(), registry_name(one))).collect();
                ops.propose(plan.named(&names));
            }
            Err(why) => problem.set(Some(why)),
        }
    };
    view! {
        <form class="review" on:submit=submit novalidate>
            <RegistryField value=registry query=registries />
            {if production {
                view! {
                    <div class="field">
                        <label for="edit-alias">{i18n.tr(|t| t.environment().alias)}</label>
                        <input
                            id="edit-alias"
                            class="input"
                            autocomplete="off"
                            prop:value=alias
                            on:input=move |event| alias.set(event_target_value(&event))
                        />
                        <p class="hint">{i18n.tr(|t| t.lifecycle().alias_kept)}</p>
                    </div>
                }
                    .into_any()
            } else {
                view! { <p class="dim small">{i18n.tr(|t| t.lifecycle().no_alias)}</p> }.into_any()
            }}
            <ProblemLine problem />
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {i18n.tr(|t| t.common().cancel)}
                </button>
                <button type="submit" class="button primary">{i18n.tr(|t| t.lifecycle().review)}</button>
            </div>
        </form>
    }
}

/// The registry: a choice, or a field for the id where they are not listed.
#[component]
fn RegistryField(value: RwSignal<String>, query: Query<Vec<system::Registry>>) -> impl IntoView {
    let i18n = use_i18n();
    let stage = query.stage();
    view! {
        <div class="field">
            <label for="edit-registry">{i18n.tr(|t| t.environment().registry)}</label>
            <Pick
                id="edit-registry"
                choices=Signal::derive(move || query.value().map(|list| choices(&list, i18n.t())))
                waiting=Signal::derive(move || stage.get() == Stage::Waiting)
                value
                change=Callback::new(move |chosen| value.set(chosen))
                refused=Signal::derive(move || i18n.t().create().registries_refused)
            />
            <p class="hint" id="edit-registry-said">{i18n.tr(|t| t.lifecycle().edit_hint)}</p>
        </div>
    }
}
