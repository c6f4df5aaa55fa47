//! The editor for a variable's value: a switch, a choice, or a text, by the variable's type.

use crate::api::{VariableKind, VariableValue};
use leptos::prelude::*;

/// The editor for one kind of value.
#[component]
pub fn ValueInput(
    /// Of the control, for its label.
    id: String,
    /// What the value is.
    kind: VariableKind,
    /// The choices of an enum.
    options: Vec<String>,
    /// The value now.
    #[prop(into)]
    value: Signal<VariableValue>,
    /// Whether it cannot be changed here.
    #[prop(into)]
    locked: Signal<bool>,
    /// Takes every change.
    change: Callback<VariableValue>,
) -> impl IntoView {
    match kind {
        VariableKind::Bool => view! {
            <input
                id=id
                type="checkbox"
                role="switch"
                class="switch"
                prop:checked=move || value.get().as_bool().unwrap_or(false)
                disabled=locked
                on:change=move |event| change.run(VariableValue::boolean(event_target_checked(&event)))
            />
        }
        .into_any(),
        VariableKind::Enum => view! {
            <select
                id=id
                class="select"
                disabled=locked
                prop:value=move || value.get().to_text()
                on:change=move |event| change.run(VariableValue::text(event_target_value(&event)))
            >
                {options
                    .into_iter()
                    .map(|option| {
                        let shown = option.clone();
                        let chosen = option.clone();
                        view! {
                            <option value=option selected=move || value.get().to_text() == chosen>
                                {shown}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        }
        .into_any(),
        _ => view! {
            <textarea
                id=id
                class="textarea"
                rows=move || value.get().to_text().lines().count().clamp(1, 8).to_string()
                spellcheck="false"
                disabled=locked
                prop:value=move || value.get().to_text()
                on:input=move |event| change.run(VariableValue::text(event_target_value(&event)))
            ></textarea>
        }
        .into_any(),
    }
}
