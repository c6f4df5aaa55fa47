//! Config objects to begin with, typed or taken from the cloned environment.

use super::configs_source::TakeFrom;
use super::form::{Form, Said};
use super::yaml_area::YamlArea;
use crate::api::envcfgs::EnvConfigKind;
use crate::components::icon::{Icon, IconView};
use crate::domain::create::{Field, object_of};
use crate::i18n::{Messages, fill, use_i18n};
use leptos::prelude::*;

/// The step.
#[component]
pub fn Configs(form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let ids = Memo::new(move |_| {
        form.draft.with(|draft| draft.configs.iter().map(|one| one.id).collect::<Vec<_>>())
    });
    view! {
        <p class="dim">{i18n.tr(|t| t.create().configs_hint)}</p>
        <TakeFrom form />
        <For each=move || ids.get() key=|id| *id children=move |id| view! { <Config form id /> } />
        <div>
            <button
                type="button"
                class="button"
                on:click=move |_| form.draft.update(|draft| draft.add_config(String::new(), None))
            >
                <IconView icon=Icon::Plus />
                {i18n.tr(|t| t.create().config_add)}
            </button>
        </div>
    }
}

/// How an object of the draft is called: by its kind and name, as soon as it has them.
pub fn title(t: &Messages, yaml: &str, origin: Option<&str>) -> String {
    match object_of(yaml) {
        Ok(object) => format!("{} {}", object.kind, object.name),
        Err(_) => {
            origin.map_or_else(|| t.create().config_new.to_owned(), |origin| origin.replacen('/', " ", 1))
        }
    }
}

#[component]
fn Config(form: Form, id: u64) -> impl IntoView {
    let i18n = use_i18n();
    let config = Memo::new(move |_| {
        form.draft.with(|draft| draft.configs.iter().find(|one| one.id == id).cloned()).unwrap_or_default()
    });
    let name = Signal::derive(move || config.with(|one| title(i18n.t(), &one.yaml, one.origin.as_deref())));
    // The YAML of a Secret that was read from elsewhere is shown to nobody who did not ask for it.
    let hidden = RwSignal::new(config.with_untracked(|one| {
        one.origin.is_some() && object_of(&one.yaml).is_ok_and(|object| object.kind == EnvConfigKind::Secret)
    }));
    let is_secret = Memo::new(move |_| {
        config.with(|one| object_of(&one.yaml).is_ok_and(|object| object.kind == EnvConfigKind::Secret))
    });
    let said = format!("create-config-{id}");
    let described_by = StoredValue::new(said.clone());
    let invalid = Signal::derive(move || form.said(&Field::Config(id)).is_some());
    let change = Callback::new(move |yaml: String| {
        form.draft.update(|draft| {
            if let Some(config) = draft.configs.iter_mut().find(|one| one.id == id) {
                config.yaml = yaml;
            }
        });
    });
    view! {
        <section class="create-config" data-config=id.to_string()>
            <div class="create-config-head">
                <h3 class="clip">{name}</h3>
                <span class="spring"></span>
                <Show when=move || is_secret.get()>
                    <button type="button" class="button quiet" on:click=move |_| hidden.update(|hidden| *hidden = !*hidden)>
                        {move || if hidden.get() { i18n.t().create().config_reveal } else { i18n.t().create().config_hide }}
                    </button>
                </Show>
                <button
                    type="button"
                    class="button quiet icon"
                    aria-label=move || fill(i18n.t().create().config_remove, &[("name", &name.get())])
                    title=move || fill(i18n.t().create().config_remove, &[("name", &name.get())])
                    on:click=move |_| form.draft.update(|draft| draft.configs.retain(|one| one.id != id))
                >
                    <IconView icon=Icon::Close />
                </button>
            </div>
            <Show
                when=move || !(hidden.get() && is_secret.get())
                fallback=move || view! { <p class="dim">{i18n.tr(|t| t.create().config_hidden)}</p> }
            >
                <YamlArea
                    label=Signal::derive(move || fill(i18n.t().create().config_yaml, &[("name", &name.get())]))
                    value=Signal::derive(move || config.with(|one| one.yaml.clone()))
                    change
                    invalid
                    described_by=described_by.get_value()
                />
            </Show>
            <div class="field">
                <Said form field=Field::Config(id) id=said />
            </div>
        </section>
    }
}
