//! The config objects of the environment that is cloned, each taken only when it is chosen; Secrets apart from the rest.

use super::form::Form;
use crate::api::ApiError;
use crate::api::Family;
use crate::api::envcfgs::{self, EnvConfigKind, EnvConfigSummary};
use crate::components::error_notice::ErrorNotice;
use crate::components::task::use_task;
use crate::domain::configs::{KINDS, is_system};
use crate::domain::create::portable;
use crate::domain::environments::natural;
use crate::i18n::{fill, use_i18n};
use crate::query::{Query, Stage, use_query};
use crate::remote::Pace;
use crate::session::use_session;
use leptos::prelude::*;
use std::sync::Arc;

/// The choice; absent where nothing is cloned.
#[component]
pub(crate) fn TakeFrom(form: Form) -> impl IntoView {
    let from = form.link.with_value(|link| link.from.clone());
    from.map(|from| view! { <List form from=StoredValue::new(from) /> })
}

fn use_configs(form: Form, from: StoredValue<String>) -> Query<Vec<EnvConfigSummary>> {
    use_query(
        move || Some((form.link.with_value(|link| link.project.clone()), from.get_value())),
        |client, (project, key)| async move {
            let mut all = Vec::new();
            for kind in KINDS {
                let mut some = client.send(envcfgs::list(Family::Test, &project, &key, &kind)).await?;
                some.retain(|one| !is_system(&kind, &one.name));
                some.sort_by(|a, b| natural(&a.name, &b.name));
                all.extend(some.into_iter().map(|one| EnvConfigSummary { kind: kind.clone(), ..one }));
            }
            Ok(all)
        },
        |_| Pace::Once,
    )
}

#[component]
fn List(form: Form, from: StoredValue<String>) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_configs(form, from);
    let stage = query.stage();
    let failed = RwSignal::new(None::<Arc<ApiError>>);
    let of_kind = move |secret: bool| {
        let all = query.value();
        let fits = |one: &&EnvConfigSummary| (one.kind == EnvConfigKind::Secret) == secret;
        all.iter().flat_map(|all| all.iter()).filter(fits).cloned().collect::<Vec<_>>()
    };
    let group = move |secret: bool| {
        let all = Memo::new(move |_| of_kind(secret));
        view! {
            <ul class="create-take">
                <For
                    each=move || all.get()
                    key=|one| (one.kind.to_string(), one.name.clone())
                    children=move |one| view! { <Take form from one failed /> }
                />
            </ul>
            <Show when=move || all.with(Vec::is_empty)>
                <p class="dim small">{i18n.tr(|t| t.create().config_source_none)}</p>
            </Show>
        }
    };
    view! {
        <fieldset class="image-group">
            <legend>{move || fill(i18n.t().create().config_from, &[("name", &from.get_value())])}</legend>
            <p class="dim small">{i18n.tr(|t| t.create().config_from_hint)}</p>
            <ErrorNotice
                error=Signal::derive(move || query.error())
                retry=Callback::new(move |()| query.refresh())
            />
            <ErrorNotice error=failed />
            {move || match stage.get() {
                Stage::Waiting => {
                    view! { <p class="dim" role="status">{i18n.tr(|t| t.create().config_reading)}</p> }.into_any()
                }
                Stage::Failed => ().into_any(),
                Stage::There => {
                    view! {
                        {group(false)}
                        <h3>{i18n.tr(|t| t.create().config_secrets)}</h3>
                        {group(true)}
                    }
                        .into_any()
                }
            }}
        </fieldset>
    }
}

/// One object: read when it is chosen, taken out again when it is not.
#[component]
fn Take(
    form: Form,
    from: StoredValue<String>,
    one: EnvConfigSummary,
    failed: RwSignal<Option<Arc<ApiError>>>,
) -> impl IntoView {
    let session = use_session();
    let origin = StoredValue::new(format!("{}/{}", one.kind, one.name));
    let one = StoredValue::new(one);
    let reading = RwSignal::new(false);
    let taken = Memo::new(move |_| {
        form.draft.with(|draft| {
            origin.with_value(|origin| draft.configs.iter().any(|one| one.origin.as_ref() == Some(origin)))
        })
    });
    let task = use_task();
    let take = move |on: bool| {
        form.draft.update(|draft| {
            origin.with_value(|origin| draft.configs.retain(|one| one.origin.as_ref() != Some(origin)));
        });
        let Some(client) = session.client().filter(|_| on) else { return };
        reading.set(true);
        let project = form.link.with_value(|link| link.project.clone());
        let (summary, key, origin) = (one.get_value(), from.get_value(), origin.get_value());
        task.run(async move {
            let call = envcfgs::get(Family::Test, &project, &key, &summary.kind, &summary.name);
            let read = client.send(call).await;
            let _ = reading.try_set(false);
            match read {
                Ok(object) => {
                    let yaml = portable(&object.yaml_data);
                    let _ = failed.try_set(None);
                    let _ = form.draft.try_update(|draft| draft.add_config(yaml, Some(origin)));
                }
                Err(error) => {
                    let _ = failed.try_set(Some(Arc::new(error)));
                }
            }
        });
    };
    view! {
        <li>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || taken.get() || reading.get()
                    disabled=reading
                    on:change=move |event| take(event_target_checked(&event))
                />
                <span class="dim">{one.with_value(|one| one.kind.to_string())}</span>
                <span class="clip">{one.with_value(|one| one.name.clone())}</span>
            </label>
        </li>
    }
}
