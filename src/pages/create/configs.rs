//! Config objects to begin with, typed or taken from the cloned environment.

use super::config::Config;
use super::configs_source::TakeFrom;
use super::form::Form;
use crate::api::envcfgs::EnvConfigKind;
use crate::components::icon::{Icon, IconView};
use crate::domain::configs::{KINDS, template};
use crate::domain::create::object_of;
use crate::i18n::{Messages, use_i18n};
use leptos::prelude::*;

/// The step.
#[component]
pub(crate) fn Configs(form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let ids = Memo::new(move |_| {
        form.draft.with(|draft| draft.configs.iter().map(|one| one.id).collect::<Vec<_>>())
    });
    let added = StoredValue::new(None);
    let add = move |kind: EnvConfigKind| {
        let name = kind.to_string();
        let new = move |_| {
            form.draft.update(|draft| {
                draft.add_config(template(&kind), None);
                added.set_value(draft.configs.last().map(|one| one.id));
            });
        };
        view! {
            <button type="button" class="button" on:click=new>
                <IconView icon=Icon::Plus />
                {name}
            </button>
        }
    };
    view! {
        <p class="dim">{i18n.tr(|t| t.create().configs_hint)}</p>
        <TakeFrom form />
        <For
            each=move || ids.get()
            key=|id| *id
            children=move |id| view! { <Config form id new=added.get_value() == Some(id) /> }
        />
        <div class="create-add" role="group" aria-labelledby="create-add">
            <span class="dim" id="create-add">{i18n.tr(|t| t.create().config_add)}</span>
            {KINDS.map(add).collect_view()}
        </div>
    }
}

/// How an object of the draft is called: by its kind and name, as soon as it has them.
pub(crate) fn title(t: &Messages, yaml: &str, origin: Option<&str>) -> String {
    match object_of(yaml) {
        Ok(object) => format!("{} {}", object.kind, object.name),
        Err(_) => {
            origin.map_or_else(|| t.create().config_new.to_owned(), |origin| origin.replacen('/', " ", 1))
        }
    }
}
