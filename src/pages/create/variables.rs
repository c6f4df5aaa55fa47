//! The environment's global variables, out of those that the project defines.

use super::form::{Form, Said};
use crate::api::{Variable, VariableValue};
use crate::components::empty::Empty;
use crate::components::error_notice::ErrorNotice;
use crate::components::icon::Icon;
use crate::components::skeleton::SkeletonRows;
use crate::components::value_input::ValueInput;
use crate::domain::create::{Field, GlobalDraft, VariableDraft};
use crate::domain::environments::natural;
use crate::i18n::{fill, use_i18n};
use crate::query::Stage;
use leptos::prelude::*;

/// The step.
#[component]
pub(crate) fn Variables(form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let stage = form.definitions.stage();
    let all = Memo::new(move |_| {
        let mut list = form.defined();
        list.sort_by(|a, b| natural(&a.key, &b.key));
        list
    });
    let none = Memo::new(move |_| all.with(Vec::is_empty));
    view! {
        <ErrorNotice
            error=Signal::derive(move || form.definitions.error())
            retry=Callback::new(move |()| form.definitions.refresh())
        />
        {move || match (stage.get(), none.get()) {
            (Stage::Waiting, _) => view! { <SkeletonRows rows=4 /> }.into_any(),
            (Stage::Failed, _) => ().into_any(),
            (Stage::There, true) => {
                view! {
                    <Empty
                        icon=Icon::Sliders
                        title=i18n.text(|t| t.create().globals_none)
                        hint=i18n.text(|t| t.create().globals_none_hint)
                    />
                }
                    .into_any()
            }
            (Stage::There, false) => {
                view! {
                    <p class="dim">{i18n.tr(|t| t.create().variables_hint)}</p>
                    <div class="create-globals">
                        <For
                            each=move || all.get()
                            key=|one| one.key.clone()
                            children=move |variable| view! { <Global form variable /> }
                        />
                    </div>
                }
                    .into_any()
            }
        }}
    }
}

#[component]
fn Global(form: Form, variable: Variable) -> impl IntoView {
    let i18n = use_i18n();
    let key = StoredValue::new(variable.key.clone());
    let usual = StoredValue::new(variable.value.clone());
    let decided = Memo::new(move |_| form.draft.with(|draft| draft.globals.get(&key.get_value()).cloned()));
    let left = Memo::new(move |_| decided.get() == Some(GlobalDraft::Left));
    let value = Signal::derive(move || match decided.get() {
        Some(GlobalDraft::Value(value)) => value,
        _ => usual.get_value(),
    });
    let decide = move |decision: Option<GlobalDraft>| {
        form.draft.update(|draft| match decision {
            Some(decision) => drop(draft.globals.insert(key.get_value(), decision)),
            None => drop(draft.globals.remove(&key.get_value())),
        });
    };
    let followers = Memo::new(move |_| followers(form, &key.get_value()));
    let id = format!("create-global-{}", variable.key);
    view! {
        <div class="variable-edit" data-variable=variable.key.clone()>
            <label class="name mono clip" for=id.clone() title=variable.desc.clone()>{variable.key.clone()}</label>
            <ValueInput
                id=id.clone()
                kind=variable.kind
                options=variable.options
                value
                locked=left
                change=Callback::new(move |value: VariableValue| decide(Some(GlobalDraft::Value(value))))
            />
            <label class="check small">
                <input
                    type="checkbox"
                    prop:checked=move || !left.get()
                    on:change=move |event| {
                        decide((!event_target_checked(&event)).then_some(GlobalDraft::Left));
                    }
                />
                {i18n.tr(|t| t.create().include)}
            </label>
            <p class="dim small create-wide">
                {move || {
                    let t = i18n.t().create();
                    followers
                        .with(|names| match (left.get(), names.is_empty()) {
                            (true, _) => String::new(),
                            (false, true) => t.unused.to_owned(),
                            (false, false) => fill(t.used_by, &[("names", &names.join(", "))]),
                        })
                }}
            </p>
            <div class="create-wide field">
                <Said form field=Field::Global(variable.key.clone()) id=format!("{id}-said") />
            </div>
        </div>
    }
}

/// The chosen services that will follow a global variable; a reactive read.
fn followers(form: Form, key: &str) -> Vec<String> {
    form.draft.with(|draft| {
        let follows = |name: &String| {
            let decided = draft.services.get(name).and_then(|one| one.variables.get(key));
            match decided {
                Some(VariableDraft::Own(_) | VariableDraft::Template) => false,
                Some(VariableDraft::Follow) => true,
                None => form.has_variable(name, key),
            }
        };
        draft.services.keys().filter(|name| follows(name)).cloned().collect()
    })
}
