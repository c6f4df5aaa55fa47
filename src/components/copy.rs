//! A small button that copies a text and says that it did.

use super::icon::{Icon, IconView};
use crate::i18n::{fill, use_i18n};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;

/// Copies `text` to the clipboard. `what` names it for screen readers and the tooltip.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// How it is called.
    #[prop(into)]
    what: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let done = RwSignal::new(false);
    let copy = move |_| {
        let text = text.get_untracked();
        leptos::task::spawn_local(async move {
            if write(&text).await {
                let _ = done.try_set(true);
                set_timeout(
                    move || {
                        let _ = done.try_set(false);
                    },
                    Duration::from_millis(1500),
                );
            }
        });
    };
    let label = move || {
        let t = i18n.t();
        if done.get() {
            t.common().copied.to_owned()
        } else {
            fill(t.common().copy_what, &[("what", &what.get())])
        }
    };
    view! {
        <button type="button" class="copy above" class:done=done title=label aria-label=label on:click=copy>
            {move || {
                let icon = if done.get() { Icon::Check } else { Icon::Copy };
                view! { <IconView icon /> }
            }}
        </button>
    }
}

async fn write(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Absent on pages that are neither https nor localhost.
    let navigator = window.navigator();
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|value| !value.is_undefined());
    has && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
