//! The editor of a YAML value. Everything a better editor needs comes in by these properties, so that it can take the text
//! area's place without a change to the rows.

use leptos::html;
use leptos::prelude::*;

/// Edits YAML as text. It gives every change as it is typed and never changes the text by itself.
#[component]
pub fn YamlField(
    /// Its id.
    id: String,
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Whether the text is no YAML.
    #[prop(into)]
    invalid: Signal<bool>,
    /// The id of what says why.
    described: String,
    /// Called with every change.
    change: Callback<String>,
) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    crate::effect::effect(move || {
        if let Some(node) = node.get() {
            let _ = node.focus();
        }
    });
    view! {
        <textarea
            id=id
            node_ref=node
            class="textarea"
            rows=move || value.with(|text| text.lines().count() + 1).clamp(3, 24).to_string()
            spellcheck="false"
            wrap="off"
            aria-label=label
            aria-invalid=move || invalid.get().then_some("true")
            aria-describedby=described
            prop:value=value
            on:input=move |event| change.run(event_target_value(&event))
        ></textarea>
    }
}
