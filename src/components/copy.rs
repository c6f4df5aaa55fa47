//! A small button that copies a text, and says that it did or that the browser would not.

use super::icon::{Icon, IconView};
use crate::clipboard;
use crate::i18n::{fill, use_i18n};
use leptos::prelude::*;
use std::time::Duration;

/// How long the button says so.
const SHOWN: Duration = Duration::from_millis(1500);
/// How long it says that it did not: there is something to read.
const SHOWN_FAILURE: Duration = Duration::from_secs(6);

/// Copies `text` to the clipboard. `what` names it for screen readers and the tooltip.
#[component]
pub(crate) fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// How it is called.
    #[prop(into)]
    what: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let done = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let text = text.get_untracked();
        leptos::task::spawn_local(async move {
            let copied = clipboard::write(&text).await;
            let _ = done.try_set(Some(copied));
            let shown = if copied { SHOWN } else { SHOWN_FAILURE };
            set_timeout(move || _ = done.try_set(None), shown);
        });
    };
    let label = move || match done.get() {
        Some(true) => i18n.t().common().copied.to_owned(),
        Some(false) => i18n.t().common().not_copied.to_owned(),
        None => fill(i18n.t().common().copy_what, &[("what", &what.get())]),
    };
    let icon = move || match done.get() {
        Some(true) => Icon::Check,
        Some(false) => Icon::Alert,
        None => Icon::Copy,
    };
    view! {
        <button
            type="button"
            class="copy above"
            class:done=move || done.get() == Some(true)
            class:failed=move || done.get() == Some(false)
            title=label
            aria-label=label
            on:click=copy
        >
            {move || view! { <IconView icon=icon() /> }}
        </button>
        {move || {
            (done.get() == Some(false))
                .then(|| view! { <span class="toast" role="alert">{i18n.t().common().not_copied}</span> })
        }}
    }
}
