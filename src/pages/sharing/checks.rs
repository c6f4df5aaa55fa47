//! The five checks, each with its state and, around an operation of this tab, the time it took.

use super::sharing_state::SharingState;
use crate::clock::use_clock;
use crate::components::icon::{Icon, IconView};
use crate::domain::age::Age;
use crate::domain::sharing::{Check, CheckState, Way, check_state};
use crate::i18n::{I18n, fill, use_i18n};
use leptos::prelude::*;

const fn title(i18n: &'static crate::i18n::Messages, check: Check, way: Way) -> &'static str {
    let t = i18n.sharing();
    match (check, way) {
        (Check::Label, Way::On) => t.check_label,
        (Check::Label, Way::Off) => t.check_label_off,
        (Check::VirtualServices, Way::On) => t.check_virtual,
        (Check::VirtualServices, Way::Off) => t.check_virtual_off,
        (Check::Proxies, Way::On) => t.check_proxies,
        (Check::Proxies, Way::Off) => t.check_proxies_off,
        (Check::Pods, _) => t.check_pods,
        (Check::Services, _) => t.check_services,
    }
}

/// The tone, picture and word of a state.
fn look(i18n: I18n, state: CheckState) -> (&'static str, Icon, &'static str) {
    let t = i18n.t().sharing();
    match state {
        CheckState::Met => ("tone-ok", Icon::Check, t.met),
        CheckState::Waiting => ("tone-busy", Icon::Busy, t.waiting),
        CheckState::Unmet => ("tone-bad", Icon::Cross, t.unmet),
        CheckState::Note => ("tone-warn", Icon::Alert, t.note),
    }
}

/// The checks.
#[component]
pub(super) fn Checks(sharing_state: SharingState) -> impl IntoView {
    let i18n = use_i18n();
    let empty = Memo::new(move |_| sharing_state.services.with(Vec::is_empty));
    view! {
        <section class="card" aria-label=i18n.tr(|t| t.sharing().checks)>
            <h2>{i18n.tr(|t| t.sharing().checks)}</h2>
            <ul class="doctor checks">
                {Check::ALL.into_iter().map(|check| view! { <CheckLine sharing_state check /> }).collect_view()}
            </ul>
            <Show when=move || empty.get()>
                <p class="dim small">{i18n.tr(|t| t.sharing().vacuous)}</p>
            </Show>
        </section>
    }
}

#[component]
fn CheckLine(sharing_state: SharingState, check: Check) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let latest = sharing_state.readiness.latest();
    let state = Memo::new(move |_| {
        let standing = sharing_state.standing.get();
        let seen = latest.get().0;
        let checks = seen.map(|seen| seen.checks.clone()).unwrap_or_default();
        check_state(check, &checks, standing.way(), standing.is_moving())
    });
    let time = move || {
        let now = clock.now();
        let seconds = sharing_state.watch.with(|watch| watch.seconds(check, now))?;
        let span = i18n.age(Age::between(0, i64::try_from(seconds).unwrap_or(i64::MAX)));
        let t = i18n.t().sharing();
        match state.get() {
            CheckState::Met => Some(fill(t.took, &[("time", &span)])),
            CheckState::Waiting => Some(fill(t.so_far, &[("time", &span)])),
            CheckState::Unmet | CheckState::Note => None,
        }
    };
    let class = move || {
        let state = state.get();
        let moving = if state == CheckState::Waiting { " moving" } else { "" };
        format!("{}{moving}", look(i18n, state).0)
    };
    view! {
        <li class=class data-check=check.id() data-state=move || state.get().id()>
            {move || {
                let icon = look(i18n, state.get()).1;
                view! { <IconView icon /> }
            }}
            <span>{move || title(i18n.t(), check, sharing_state.standing.get().way())}</span>
            <span class="check-state">
                <span>{move || look(i18n, state.get()).2}</span>
                <span class="dim tabular">{time}</span>
            </span>
        </li>
    }
}
