//! The summary above a list: a bar and a filter chip for each state there is.

use super::icon::{Icon, IconView};
use crate::domain::state::State;
use crate::i18n::use_i18n;
use leptos::prelude::*;

/// One state with how often it occurs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Count {
    /// The state.
    pub state: State,
    /// How many rows have it.
    pub count: usize,
    /// Whether the list is filtered by it.
    pub chosen: bool,
}

/// Shows the counts; a chip toggles its filter.
#[component]
pub(crate) fn Summary(
    /// The counts, most urgent first.
    #[prop(into)]
    counts: Signal<Vec<Count>>,
    /// Called with the raw word of the chip pressed.
    #[prop(into)]
    toggle: Callback<String>,
    /// The group's accessible name.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let bar = move || {
        let counts = counts.get();
        counts
            .into_iter()
            .map(|one| view! { <i class=one.state.health.tone() style:flex-grow=one.count.to_string()></i> })
            .collect_view()
    };
    let chips = move || {
        let counts = counts.get();
        counts
            .into_iter()
            .map(|one| {
                let raw = one.state.raw.clone();
                view! {
                    <button
                        type="button"
                        class="chip"
                        aria-pressed=one.chosen.to_string()
                        on:click=move |_| toggle.run(raw.clone())
                    >
                        <span class=format!("state {}", one.state.health.tone())>
                            <IconView icon=Icon::of_health(one.state.health) />
                        </span>
                        {i18n.state(&one.state)}
                        <b class="tabular">{i18n.number(one.count)}</b>
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <div class="summary" role="group" aria-label=label>
            <div class="summary-bar" aria-hidden="true">{bar}</div>
            {chips}
        </div>
    }
}
