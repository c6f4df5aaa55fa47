//! A value in a text field, with the line ends it has; see [`crate::domain::line_ends`].
//!
//! ```ignore
//! let field = use_field_text(value);
//! view! {
//!     <textarea prop:value=move || field.shown() on:input=move |event| change.run(field.typed(&event_target_value(&event))) />
//!     <LineEndsNote field />
//! }
//! ```

use crate::domain::line_ends::{LineEnds, shown, written};
use crate::i18n::use_i18n;
use leptos::prelude::*;

/// A value and its line ends. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct FieldText {
    value: Signal<String>,
    /// The ends it had when it last had any.
    usual: StoredValue<Option<LineEnds>>,
}

/// Shows `value` in a field.
pub(crate) fn use_field_text(value: impl Into<Signal<String>>) -> FieldText {
    let value = value.into();
    let usual = StoredValue::new(value.with_untracked(|value| LineEnds::of(value)));
    FieldText { value, usual }
}

impl FieldText {
    /// The text of the field; a reactive read.
    pub(crate) fn shown(self) -> String {
        self.value.with(|value| shown(value))
    }

    /// The value that a text in the field stands for.
    pub(crate) fn typed(self, text: &str) -> String {
        self.value.with_untracked(|value| {
            if let Some(ends) = LineEnds::of(value) {
                self.usual.set_value(Some(ends));
            }
            written(value, text, self.usual.get_value())
        })
    }

    /// The line ends, where they are not the usual ones; a reactive read.
    fn unusual(self) -> Option<LineEnds> {
        self.value.with(|value| LineEnds::of(value)).filter(|ends| *ends != LineEnds::Lf)
    }
}

/// Says how the lines of a value end, where that is not by `\n`.
#[component]
pub(crate) fn LineEndsNote(
    /// The field.
    field: FieldText,
) -> impl IntoView {
    let i18n = use_i18n();
    let ends = Memo::new(move |_| field.unusual());
    move || {
        let t = i18n.t().editor();
        let (text, hint) = match ends.get()? {
            LineEnds::CrLf => (t.crlf, t.crlf_hint),
            LineEnds::Mixed => (t.mixed_ends, t.mixed_ends_hint),
            LineEnds::Lf => return None,
        };
        Some(view! { <span class="dim small nowrap line-ends" title=hint>{text}</span> })
    }
}
