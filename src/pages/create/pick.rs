//! A choice from a list that Zadig may refuse to give: then its id is typed.

use crate::i18n::{fill, use_i18n};
use leptos::prelude::*;

/// One entry: its id, and how it is shown.
pub type Choice = (String, String);

/// A select over the list, or a field for the id where there is no list.
#[component]
pub fn Pick(
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
    #[prop(into)]
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
            <input
                id=id
                class="input mono"
                autocomplete="off"
                spellcheck="false"
                aria-invalid=move || invalid.get().then_some("true")
                aria-describedby=format!("{id}-said")
                prop:value=value
                on:input=move |event| change.run(event_target_value(&event))
            />
            <p class="hint">{refused}</p>
        </Show>
    }
}
