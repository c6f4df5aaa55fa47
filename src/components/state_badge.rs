//! A state as icon, word and colour, from the one map in [`crate::domain::state`].

use super::icon::{Icon, IconView};
use crate::domain::state::State;
use crate::i18n::{Messages, fill, fill_count, use_i18n};
use leptos::prelude::*;

/// Shows a state; the server's own word is in the tooltip.
#[component]
pub(crate) fn StateBadge(
    /// The state to show.
    #[prop(into)]
    state: Signal<State>,
    /// Whether it stands on a soft background of its colour.
    #[prop(optional)]
    pill: bool,
    /// What else is known, after the word; nothing where it is empty.
    #[prop(optional, into)]
    more: MaybeProp<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let class = move || {
        state.with(|state| {
            let moving = if state.is_moving() { " moving" } else { "" };
            let pill = if pill { " pill" } else { "" };
            format!("state {}{moving}{pill}", state.health.tone())
        })
    };
    let title = move || state.with(|state| fill(i18n.t().states().server_word, &[("raw", &state.raw)]));
    view! {
        <span class=class title=title>
            {move || {
                let icon = Icon::of_health(state.with(|state| state.health));
                view! { <IconView icon /> }
            }}
            <span>
                {move || state.with(|state| i18n.state(state))}
                {move || more.get().filter(|more| !more.is_empty()).map(|more| format!(" · {more}"))}
            </span>
        </span>
    }
}

/// What is known beside the environment's own word.
pub(crate) fn also_known(t: &Messages, problems: usize, cluster_lost: bool) -> String {
    let t = t.environment();
    let services = match problems {
        0 => String::new(),
        _ => fill_count(t.services_with_problems, problems, &[]),
    };
    let cluster = if cluster_lost { t.cluster_lost } else { "" };
    [services.as_str(), cluster].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}
