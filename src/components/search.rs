//! The search field of a list. `/` focuses it ([`super::keys`] finds it by its role), Escape empties it, then leaves it.

use super::icon::{Icon, IconView};
use super::keys::pressed;
use leptos::prelude::*;

/// A search field bound to a text that lives in the link.
#[component]
pub(crate) fn SearchField(
    /// The current text.
    #[prop(into)]
    value: Signal<String>,
    /// Called with every change.
    on_change: impl Fn(String) + Clone + 'static,
    /// Placeholder and label.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let clear = on_change.clone();
    view! {
        <div class="search" role="search">
            <IconView icon=Icon::Search />
            <input
                class="input"
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder=label
                aria-label=label
                prop:value=value
                on:input=move |event| on_change(event_target_value(&event))
                on:keydown=move |event| {
                    if pressed(&event) == "Escape" {
                        event.stop_propagation();
                        if value.get_untracked().is_empty() {
                            let target = event_target::<web_sys::HtmlElement>(&event);
                            let _ = target.blur();
                        } else {
                            clear(String::new());
                        }
                    }
                }
            />
            <kbd aria-hidden="true">"/"</kbd>
        </div>
    }
}
