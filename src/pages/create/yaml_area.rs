//! The one place where YAML is typed here: a plain text area, behind a seam that an editor can take.

use leptos::prelude::*;

/// A field for YAML.
#[component]
pub fn YamlArea(
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Takes every change.
    change: Callback<String>,
    /// Whether something is wrong with it.
    #[prop(into)]
    invalid: Signal<bool>,
    /// The element that says what.
    described_by: String,
) -> impl IntoView {
    view! {
        <textarea
            class="textarea"
            rows="10"
            spellcheck="false"
            aria-label=label
            aria-invalid=move || invalid.get().then_some("true")
            aria-describedby=described_by
            prop:value=value
            on:input=move |event| change.run(event_target_value(&event))
        ></textarea>
    }
}
