//! The editor of one variable: empty until edited, because the value in use is not known.

use super::draft::Draft;
use crate::api::VariableValue;
use crate::components::value_input::ValueInput;
use crate::domain::service_variables::{Edit, Row};
use crate::i18n::{fill, use_i18n};
use crate::session::use_session;
use leptos::prelude::*;

/// How much of a default is shown in its field.
const SHOWN_DEFAULT: usize = 60;

#[component]
pub(super) fn Field(
    /// The variable as it was first read: its type and default.
    row: Row,
    /// The variable as it is now.
    now: Memo<Option<Row>>,
    draft: Draft,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let key = StoredValue::new(row.variable.key.clone());
    let edit = Memo::new(move |_| draft.edits.with(|edits| key.with_value(|key| edits.get(key).cloned())));
    let global = Memo::new(move |_| now.with(|now| now.as_ref().and_then(|row| row.global.clone())));
    let bound = Memo::new(move |_| now.with(|now| now.as_ref().is_some_and(|row| row.bound)));
    let follows = Memo::new(move |_| match edit.get() {
        Some(Edit::Follow) => true,
        Some(Edit::Own(_)) => false,
        None => bound.get(),
    });
    let value = Signal::derive(move || match edit.get() {
        Some(Edit::Own(value)) => value,
        _ if follows.get() => global.get().unwrap_or_default(),
        _ => VariableValue::default(),
    });
    let set = move |edit: Option<Edit>| key.with_value(|key| draft.edit(key, edit));
    // An own value begins with the one that was followed, which is the value in use.
    let toggle = move |on: bool| match on == bound.get_untracked() {
        true => set(None),
        false if on => set(Some(Edit::Follow)),
        false => set(Some(Edit::Own(global.get_untracked().unwrap_or_default()))),
    };
    let change = move |value: VariableValue| set((!value.is_unset()).then_some(Edit::Own(value)));
    let locked = Signal::derive(move || follows.get() || session.is_read_only());
    let default = StoredValue::new(short(&row.variable.value));
    let unset = Signal::derive(move || {
        let t = i18n.t().service_variables();
        default.with_value(|default| match default.is_empty() {
            true => t.no_default.to_owned(),
            false => fill(t.default, &[("value", default)]),
        })
    });
    let id = format!("variable-{}", row.variable.key);
    let edited = Memo::new(move |_| edit.with(Option::is_some));
    view! {
        <div class="variable-edit" data-variable=row.variable.key.clone() class:edited=edited>
            <label class="name mono clip" for=id.clone() title=row.variable.desc.clone()>{row.variable.key.clone()}</label>
            <ValueInput
                id
                kind=row.variable.kind.clone()
                options=row.variable.options.clone()
                value
                unset
                locked
                change=Callback::new(change)
            />
            <span class="variable-side">
                <Show when=move || global.with(Option::is_some)>
                    <label class="check small">
                        <input
                            type="checkbox"
                            prop:checked=follows
                            disabled=move || session.is_read_only()
                            on:change=move |event| toggle(event_target_checked(&event))
                        />
                        {i18n.tr(|t| t.ops().follows)}
                    </label>
                </Show>
                <Show when=move || edited.get()>
                    <button type="button" class="button quiet small" on:click=move |_| set(None)>
                        {i18n.tr(|t| t.service_variables().undo)}
                    </button>
                </Show>
            </span>
        </div>
    }
}

/// A default in one line.
fn short(value: &VariableValue) -> String {
    let text = value.to_text();
    let line = text.lines().next().unwrap_or_default();
    let cut: String = line.chars().take(SHOWN_DEFAULT).collect();
    match cut.len() < text.trim_end().len() {
        true => format!("{cut}…"),
        false => cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_is_shown_in_one_line() {
        let shown = |text: &str| short(&VariableValue::text(text));
        assert_eq!(
            (shown(""), shown("8m"), shown("a\nb")),
            (String::new(), "8m".to_owned(), "a…".to_owned())
        );
        assert_eq!(shown("a\n"), "a");
        assert_eq!(shown(&"值".repeat(80)).chars().count(), SHOWN_DEFAULT + 1);
    }
}
