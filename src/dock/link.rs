//! A link to a log: opens the dock at a click, and is an ordinary link for a new tab and for copying.

use super::use_dock;
use crate::components::icon::{Icon, IconView};
use crate::i18n::{fill, use_i18n};
use crate::route::{LogTarget, Route};
use leptos::prelude::*;

/// Leads to the log of `target`. With `text` it is a button with a word, without it an icon.
#[component]
pub(crate) fn LogLink(
    /// What to follow.
    #[prop(into)]
    target: Signal<LogTarget>,
    /// Whether the word is shown.
    #[prop(optional)]
    text: bool,
) -> impl IntoView {
    let (i18n, dock) = (use_i18n(), use_dock());
    let name = move || {
        target.with(|target| {
            let pod = target.pods.first().unwrap_or(&target.service);
            if target.container.is_empty() { pod.clone() } else { format!("{pod} / {}", target.container) }
        })
    };
    let label = move || {
        if target.with(|target| target.pods.is_empty()) {
            i18n.t().labels().all_pods.to_owned()
        } else {
            fill(i18n.t().labels().logs_of, &[("name", &name())])
        }
    };
    view! {
        <a
            class=if text { "button above log-link" } else { "copy above log-link" }
            href=move || Route::Logs { target: target.get(), full: false }.href()
            title=label
            aria-label=label
            on:click=move |event| {
                // Any modifier asks the browser for another tab or window.
                if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
                    event.prevent_default();
                    event.stop_propagation();
                    dock.open(target.get_untracked());
                }
            }
        >
            <IconView icon=Icon::Terminal />
            {text.then(|| view! { <span>{i18n.tr(|t| t.labels().logs)}</span> })}
        </a>
    }
}
