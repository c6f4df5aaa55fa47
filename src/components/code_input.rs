//! A field for one line that is no prose: a name, an id, an address.

use leptos::prelude::*;

/// The field, in the fixed-width font and without the browser's corrections. Its label stands beside it and names it by `id`.
#[component]
pub(crate) fn CodeInput(
    /// Its id.
    #[prop(into)]
    id: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Takes every change.
    change: Callback<String>,
    /// Whether something is wrong with it.
    #[prop(optional, into)]
    invalid: Signal<bool>,
    /// Whether it can only be read.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// The element that says more.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// An example.
    #[prop(optional)]
    placeholder: Option<&'static str>,
    /// The `datalist` with what could be meant.
    #[prop(optional)]
    list: Option<&'static str>,
) -> impl IntoView {
    view! {
        <input
            id=id
            class="input mono"
            autocomplete="off"
            spellcheck="false"
            list=list
            placeholder=placeholder
            readonly=read_only
            aria-invalid=move || invalid.get().then_some("true")
            aria-describedby=described_by
            prop:value=value
            on:input=move |event| change.run(event_target_value(&event))
        />
    }
}
