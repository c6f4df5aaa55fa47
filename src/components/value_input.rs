//! The editor for a variable's value: a switch, a choice, or a text, by the variable's type. Where a value may be left
//! open, a switch becomes a choice, because a switch is always one of two.

use super::field_text::{LineEndsNote, use_field_text};
use crate::api::{VariableKind, VariableValue};
use leptos::prelude::*;

/// The editor for one kind of value.
#[component]
pub(crate) fn ValueInput(
    /// Of the control, for its label.
    id: String,
    /// What the value is.
    kind: VariableKind,
    /// The choices of an enum.
    options: Vec<String>,
    /// The value now.
    #[prop(into)]
    value: Signal<VariableValue>,
    /// What to show while there is no value; with it the value may be left open, and is given as unset.
    #[prop(into, optional)]
    unset: Option<Signal<String>>,
    /// Whether it cannot be changed here.
    #[prop(into)]
    locked: Signal<bool>,
    /// Takes every change.
    change: Callback<VariableValue>,
) -> impl IntoView {
    match kind {
        VariableKind::Bool if unset.is_some() => {
            let options = [true, false].map(|one| one.to_string()).into();
            let change = Callback::new(move |value: VariableValue| {
                change.run(value.as_bool().map_or_else(VariableValue::default, VariableValue::boolean));
            });
            view! { <Choice id options value unset locked change /> }.into_any()
        }
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
        VariableKind::Enum => view! { <Choice id options value unset locked change /> }.into_any(),
        _ => {
            let field = use_field_text(Signal::derive(move || value.with(VariableValue::to_text)));
            view! {
                <div class="value-field">
                    <textarea
                        id=id
                        class="textarea"
                        rows=move || value.get().to_text().lines().count().clamp(1, 8).to_string()
                        spellcheck="false"
                        placeholder=move || unset.map(|text| text.get())
                        disabled=locked
                        prop:value=move || field.shown()
                        on:input=move |event| change.run(VariableValue::text(field.typed(&event_target_value(&event))))
                    ></textarea>
                    <LineEndsNote field />
                </div>
            }
            .into_any()
        }
    }
}

/// The value of the option that leaves it open; no option of an enum is called so.
const OPEN: &str = "\u{1}";

/// One of several values.
#[component]
fn Choice(
    id: String,
    options: Vec<String>,
    value: Signal<VariableValue>,
    unset: Option<Signal<String>>,
    locked: Signal<bool>,
    change: Callback<VariableValue>,
) -> impl IntoView {
    let chosen = move || value.with(|value| if value.is_unset() { OPEN.to_owned() } else { value.to_text() });
    let open = unset.map(|text| {
        view! {
            <option value=OPEN selected=move || value.with(VariableValue::is_unset)>{text}</option>
        }
    });
    let choose = move |event| match event_target_value(&event) {
        open if open == OPEN => change.run(VariableValue::default()),
        text => change.run(VariableValue::text(text)),
    };
    let option = move |option: String| {
        let (shown, same) = (option.clone(), option.clone());
        view! { <option value=option selected=move || chosen() == same>{shown}</option> }
    };
    view! {
        <select id=id class="select" disabled=locked prop:value=chosen on:change=choose>
            {open}
            {options.into_iter().map(option).collect_view()}
        </select>
    }
}
