//! A choice from a list that Zadig may refuse to give: then its id is typed.

use super::code_input::CodeInput;
use crate::api::system::Registry;
use crate::domain::environments::natural;
use crate::i18n::{Messages, fill, use_i18n};
use leptos::prelude::*;

/// One entry: its id, and how it is shown.
pub(crate) type Choice = (String, String);

/// A select over the list, or a field for the id where there is no list.
#[component]
pub(crate) fn Pick(
    /// Of the control.
    id: &'static str,
    /// The list; `None` while it is awaited or where it was refused.
    #[prop(into)]
    choices: Signal<Option<Vec<Choice>>>,
    /// Whether the list is still awaited.
    #[prop(into)]
    waiting: Signal<bool>,
    /// The chosen id.
    #[prop(into)]
    value: Signal<String>,
    /// Takes a choice.
    change: Callback<String>,
    /// Said where there is no list.
    refused: Signal<&'static str>,
    /// Whether something is wrong with it.
    #[prop(optional, into)]
    invalid: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let listed = Memo::new(move |_| choices.get().filter(|list| !list.is_empty()));
    let typed = Memo::new(move |_| !waiting.get() && listed.with(Option::is_none));
    let options = move || {
        let mut list = listed.get().unwrap_or_default();
        let chosen = value.get();
        // What is chosen is always shown, also where the list does not have it (any more).
        if !chosen.is_empty() && !list.iter().any(|(id, _)| *id == chosen) {
            let text = fill(i18n.t().create().not_listed, &[("id", &chosen)]);
            list.push((chosen.clone(), text));
        }
        list.into_iter()
            .map(|(id, text)| {
                let is = id.clone();
                view! { <option value=id prop:selected=move || value.with(|value| *value == is)>{text}</option> }
            })
            .collect_view()
    };
    view! {
        <Show
            when=move || typed.get()
            fallback=move || {
                view! {
                    <select
                        id=id
                        class="select"
                        disabled=waiting
                        aria-invalid=move || invalid.get().then_some("true")
                        aria-describedby=format!("{id}-said")
                        on:change=move |event| change.run(event_target_value(&event))
                    >
                        <option value="" prop:selected=move || value.with(String::is_empty)>
                            {i18n.tr(|t| t.create().choose)}
                        </option>
                        {options}
                    </select>
                }
            }
        >
            <CodeInput id value change invalid described_by=format!("{id}-said") />
            <p class="hint">{refused}</p>
        </Show>
    }
}

/// What a registry is called: host and namespace. The scheme is the same for all and says nothing.
pub(crate) fn registry_name(registry: &Registry) -> String {
    let host = registry.address.split_once("://").map_or(registry.address.as_str(), |(_, host)| host);
    format!("{host}/{}", registry.namespace)
}

/// The registries as entries, in the order of their names; the one used by default is marked.
pub(crate) fn registries(list: &[Registry], t: &Messages) -> Vec<Choice> {
    let entry = |one: &Registry| {
        (
            one.id.clone(),
            marked(&registry_name(one), [one.is_default.then_some(t.create().registry_default), None]),
        )
    };
    let mut all: Vec<Choice> = list.iter().map(entry).collect();
    all.sort_by(|a, b| natural(&a.1, &b.1));
    all
}

/// A name with what there is to know about it behind it.
pub(crate) fn marked(name: &str, marks: [Option<&str>; 2]) -> String {
    let marks: Vec<&str> = marks.into_iter().flatten().collect();
    match marks.is_empty() {
        true => name.to_owned(),
        false => format!("{name} ({})", marks.join(", ")),
    }
}
