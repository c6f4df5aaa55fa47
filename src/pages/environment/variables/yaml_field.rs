//! The editor of a YAML value.

use crate::components::editor::{CodeEditor, EditorHandle};
use crate::domain::yaml::check_value;
use leptos::prelude::*;

/// Edits YAML; what is wrong with it is marked in the text, and said in words under the row.
#[component]
pub(crate) fn YamlField(
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Called with every change, a moment after it.
    change: Callback<String>,
) -> impl IntoView {
    let problems = Memo::new(move |_| value.with(|text| check_value(text)));
    view! {
        <CodeEditor
            text=value
            on_change=change
            label
            read_only=false
            problems
            focus=true
            handle=EditorHandle::new()
        />
    }
}
