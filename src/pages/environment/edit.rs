//! Editing an environment (`E09`, `E10`): its image registry, and for production its alias.

use crate::api::ApiError;
use crate::api::environments::{self, EnvironmentSummary};
use crate::api::system::{self, Registry};
use crate::components::error_notice::ErrorNotice;
use crate::components::ops::ProblemLine;
use crate::i18n::{fill, use_i18n};
use crate::operations::use_ops;
use crate::ops::Problem;
use crate::ops::plans::environments as plans;
use crate::query::{Query, Stage, use_query};
use crate::remote::Pace;
use crate::route::EnvironmentRef;
use leptos::prelude::*;
use std::sync::Arc;

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
pub fn EditForm(at: StoredValue<EnvironmentRef>, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_summary(at);
    let stage = query.stage();
    // The first answer stands: a later one must not throw away what was decided meanwhile.
    let first = Memo::new(move |first: Option<&Option<Arc<Option<EnvironmentSummary>>>>| {
        first.cloned().flatten().or_else(|| query.value())
    });
    move || {
        let error = Signal::derive(move || query.error());
        match (stage.get(), first.get().and_then(|found| found.as_ref().clone())) {
            (Stage::Waiting, _) => {
                view! { <p class="dim" role="status">{i18n.tr(|t| t.lifecycle().reading)}</p> }.into_any()
            }
            (Stage::There, Some(summary)) => view! { <Fields at open summary /> }.into_any(),
            (Stage::There, None) => view! { <p>{i18n.tr(|t| t.environment().gone_hint)}</p> }.into_any(),
            (Stage::Failed, _) => {
                view! { <ErrorNotice error retry=Callback::new(move |()| query.refresh()) /> }.into_any()
            }
        }
    }
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
                ops.propose(plan);
            }
            Err(why) => problem.set(Some(why)),
        }
    };
    view! {
        <form class="review" on:submit=submit novalidate>
            <RegistryField value=registry />
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

/// A select over the registries, or a field for the id where they are not listed.
#[component]
fn RegistryField(value: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query(
        || Some(()),
        |client, ()| async move {
            let found: Result<Vec<Registry>, ApiError> = client.send(system::registries()).await;
            // Where they are refused the id is typed.
            Ok(found.unwrap_or_default())
        },
        |_| Pace::Once,
    );
    let list: Memo<Option<Arc<Vec<Registry>>>> =
        Memo::new(move |_| query.value().filter(|list| !list.is_empty()));
    let entries = move || {
        let chosen = value.get_untracked();
        let all = list.get();
        let all = all.iter().flat_map(|all| all.iter());
        let mut entries: Vec<(String, String)> = all
            .map(|one| {
                let host = one.address.split_once("://").map_or(one.address.as_str(), |(_, host)| host);
                (one.id.clone(), format!("{host}/{}", one.namespace))
            })
            .collect();
        if !entries.iter().any(|(id, _)| *id == chosen) {
            let text = fill(i18n.t().create().not_listed, &[("id", &chosen)]);
            entries.push((chosen, text));
        }
        entries
            .into_iter()
            .map(|(id, text)| {
                let is = id.clone();
                view! { <option value=id prop:selected=move || value.with(|value| *value == is)>{text}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for="edit-registry">{i18n.tr(|t| t.environment().registry)}</label>
            <Show
                when=move || list.with(Option::is_some)
                fallback=move || {
                    view! {
                        <input
                            id="edit-registry"
                            class="input mono"
                            autocomplete="off"
                            spellcheck="false"
                            prop:value=value
                            on:input=move |event| value.set(event_target_value(&event))
                        />
                    }
                }
            >
                <select id="edit-registry" class="select" on:change=move |event| value.set(event_target_value(&event))>
                    {entries}
                </select>
            </Show>
            <p class="hint">{i18n.tr(|t| t.lifecycle().edit_hint)}</p>
        </div>
    }
}
