//! "updated 8 s ago" with a refresh button: how old the data is, and whether newer is on its way.

use super::icon::{Icon, IconView};
use crate::clock::use_clock;
use crate::domain::age::Age;
use crate::i18n::{date_time, fill, use_i18n};
use leptos::prelude::*;

/// Shows the age of what is on the page.
#[component]
pub(crate) fn Freshness(
    /// When the data came, unix seconds; `None` before the first answer.
    #[prop(into)]
    at: Signal<Option<i64>>,
    /// Whether a request is under way.
    #[prop(into)]
    loading: Signal<bool>,
    /// Refreshes now.
    #[prop(into)]
    refresh: Callback<()>,
) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let text = move || {
        at.get().map(|at| {
            let age = i18n.age(Age::between(at, clock.now()));
            fill(i18n.t().common().updated_ago, &[("age", &age)])
        })
    };
    view! {
        <span class="freshness">
            <Show when=move || loading.get()>
                <span class="spinner late" aria-hidden="true"></span>
            </Show>
            <span class="only-wide tabular" title=move || at.get().map(date_time)>{text}</span>
            <button
                type="button"
                class="button quiet icon"
                title=i18n.tr(|t| t.common().refresh)
                aria-label=i18n.tr(|t| t.common().refresh)
                on:click=move |_| refresh.run(())
            >
                <IconView icon=Icon::Refresh />
            </button>
        </span>
    }
}
