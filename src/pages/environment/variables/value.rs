//! The value of a row: a switch, a list, a line of text, or a preview that opens an editor below the row.

use super::draft::Draft;
use super::words;
use super::yaml_field::YamlField;
use crate::api::{VariableKind, VariableValue};
use crate::components::field_text::{LineEndsNote, use_field_text};
use crate::components::icon::{Icon, IconView};
use crate::domain::variables::{Change, Row};
use crate::i18n::{fill, fill_count, use_i18n};
use leptos::html;
use leptos::prelude::*;

/// How a value is shown and edited. Settled when the row is made, so that no field is taken away while it is typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// On and off.
    Switch,
    /// One of several.
    List,
    /// A line of text, which may grow.
    Line,
    /// A text of several lines, edited below the row.
    Block,
    /// YAML, edited below the row.
    Yaml,
}

impl Shape {
    /// The shape for a row.
    pub(crate) fn of(row: &Row) -> Self {
        match row.variable.kind {
            VariableKind::Bool => Self::Switch,
            VariableKind::Enum => Self::List,
            VariableKind::Yaml => Self::Yaml,
            _ if row.variable.value.to_text().contains('\n') => Self::Block,
            _ => Self::Line,
        }
    }

    /// Whether the value is edited below the row.
    pub(crate) fn is_block(self) -> bool {
        matches!(self, Self::Block | Self::Yaml)
    }
}

/// The id of what is said about a row.
pub(crate) fn notes_id(key: &str) -> String {
    format!("notes-{key}")
}

/// The value in its cell.
#[component]
pub(crate) fn ValueCell(
    draft: Draft,
    row: Memo<Row>,
    shape: Shape,
    /// Whether the editor below the row is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let locked = Memo::new(move |_| draft.locked.get() || row.with(|row| row.change == Change::Removed));
    let value = Memo::new(move |_| row.with(|row| row.variable.value.clone()));
    move || match (shape.is_block(), locked.get()) {
        (true, _) => view! { <Preview row value open /> }.into_any(),
        (false, true) => view! { <Plain value /> }.into_any(),
        (false, false) => view! { <Inline draft row value shape /> }.into_any(),
    }
}

/// A value that is only read.
#[component]
fn Plain(value: Memo<VariableValue>) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || value.with(|value| words::value(i18n.t(), Some(value)));
    view! { <code class="clip" title=text>{text}</code> }
}

/// The beginning of a long value, and how much there is; opens the whole of it.
#[component]
fn Preview(row: Memo<Row>, value: Memo<VariableValue>, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let key = move || row.with(|row| row.variable.key.clone());
    let text = move || words::one_line(&value.with(VariableValue::to_text));
    let lines = move || {
        let n = value.with(|value| value.to_text().lines().count());
        fill_count(i18n.t().variables().lines, n, &[])
    };
    let label = move || {
        let t = i18n.t().variables();
        fill(if open.get() { t.fold } else { t.unfold }, &[("key", &key())])
    };
    view! {
        <button
            type="button"
            class="value-preview"
            aria-expanded=move || open.get().to_string()
            title=label
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <span class="turns" class:turned=open aria-hidden="true"><IconView icon=Icon::Chevron /></span>
            <span class="sr-only">{label}</span>
            <code class="clip">{text}</code>
            <span class="dim small nowrap">{lines}</span>
        </button>
    }
}

/// An editor that fits into the cell.
#[component]
fn Inline(draft: Draft, row: Memo<Row>, value: Memo<VariableValue>, shape: Shape) -> impl IntoView {
    let key = StoredValue::new(row.with_untracked(|row| row.variable.key.clone()));
    let invalid = move || row.with(|row| row.fault.is_some()).then_some("true");
    let described = key.with_value(|key| notes_id(key));
    let text = move || value.with(VariableValue::to_text);
    match shape {
        Shape::Switch => {
            let on = move || value.with(|value| value.as_bool().unwrap_or(false));
            view! {
                <input
                    type="checkbox"
                    role="switch"
                    class="switch"
                    aria-label=key.get_value()
                    aria-describedby=described
                    prop:checked=on
                    on:change=move |event| {
                        let value = VariableValue::boolean(event_target_checked(&event));
                        key.with_value(|key| draft.set(key, value));
                    }
                />
                <code class="dim" aria-hidden="true">{text}</code>
            }
            .into_any()
        }
        Shape::List => view! {
            <select
                class="select"
                aria-label=key.get_value()
                aria-invalid=invalid
                aria-describedby=described
                on:change=move |event| {
                    let value = VariableValue::text(event_target_value(&event));
                    key.with_value(|key| draft.set(key, value));
                }
            >
                <Options row value />
            </select>
        }
        .into_any(),
        _ => {
            let field = use_field_text(Signal::derive(text));
            view! {
                <textarea
                    class="textarea"
                    rows=move || text().split('\n').count().clamp(1, 8).to_string()
                    spellcheck="false"
                    aria-label=key.get_value()
                    aria-invalid=invalid
                    aria-describedby=described
                    prop:value=move || field.shown()
                    on:input=move |event| {
                        let value = VariableValue::text(field.typed(&event_target_value(&event)));
                        key.with_value(|key| draft.set(key, value));
                    }
                ></textarea>
                <LineEndsNote field />
            }
            .into_any()
        }
    }
}

/// The options of an enum, and what is stored if it is none of them.
#[component]
fn Options(row: Memo<Row>, value: Memo<VariableValue>) -> impl IntoView {
    let options = Memo::new(move |_| {
        row.with(|row| {
            let mut options = row.variable.options.clone();
            let stored = row.stored.as_ref().unwrap_or(&row.variable.value).to_text();
            if !options.contains(&stored) {
                options.insert(0, stored);
            }
            options
        })
    });
    view! {
        <For each=move || options.get() key=String::clone let:option>
            {
                let chosen = option.clone();
                let selected = move || value.with(|value| value.to_text() == chosen);
                view! { <option value=option.clone() prop:selected=selected>{option.clone()}</option> }
            }
        </For>
    }
}

/// The whole of a long value, below its row: an editor, or a text where nothing can be edited.
#[component]
pub(crate) fn Block(draft: Draft, row: Memo<Row>, shape: Shape) -> impl IntoView {
    let key = StoredValue::new(row.with_untracked(|row| row.variable.key.clone()));
    let locked = Memo::new(move |_| draft.locked.get() || row.with(|row| row.change == Change::Removed));
    let value = Signal::derive(move || row.with(|row| row.variable.value.to_text()));
    let change =
        Callback::new(move |text: String| key.with_value(|key| draft.set(key, VariableValue::text(text))));
    let label = Signal::derive(move || key.get_value());
    move || {
        let described = key.with_value(|key| notes_id(key));
        match (locked.get(), shape) {
            (true, _) => {
                view! { <pre class="value-text" tabindex="0">{move || value.get()}</pre> }.into_any()
            }
            (false, Shape::Yaml) => view! { <YamlField label value change /> }.into_any(),
            (false, _) => view! { <TextField label value described change /> }.into_any(),
        }
    }
}

/// Edits a text of several lines.
#[component]
fn TextField(
    label: Signal<String>,
    value: Signal<String>,
    described: String,
    change: Callback<String>,
) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    let field = use_field_text(value);
    crate::effect::effect(move || {
        if let Some(node) = node.get() {
            let _ = node.focus();
        }
    });
    view! {
        <textarea
            node_ref=node
            class="textarea"
            rows=move || value.with(|text| text.lines().count() + 1).clamp(3, 24).to_string()
            spellcheck="false"
            aria-label=label
            aria-describedby=described
            prop:value=move || field.shown()
            on:input=move |event| change.run(field.typed(&event_target_value(&event)))
        ></textarea>
        <LineEndsNote field />
    }
}
