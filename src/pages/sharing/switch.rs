//! Where the environment stands, and turning sub-environments on and off.

use super::sharing_state::SharingState;
use crate::components::icon::{Icon, IconView};
use crate::components::ops::OperationLine;
use crate::components::ops::words;
use crate::domain::sharing::{Obstacle, Standing, Way, obstacle};
use crate::domain::state::Health;
use crate::i18n::{I18n, use_i18n};
use crate::ops::plans::environments::turn_sharing;
use crate::ops::{Problem, Warning, history};
use crate::session::use_session;
use leptos::prelude::*;

/// How urgent a standing is, its word, and what it means.
fn words_of(i18n: I18n, standing: Standing) -> (Health, &'static str, &'static str) {
    let t = i18n.t().sharing();
    match standing {
        Standing::Unknown => (Health::Unknown, t.unknown, t.off_text),
        Standing::Off => (Health::Idle, t.off, t.off_text),
        Standing::Partial => (Health::Degraded, t.partial, t.partial_text),
        Standing::On => (Health::Ok, t.on, t.on_text),
        Standing::Unsettled => (Health::Degraded, t.unsettled, t.unsettled_text),
        Standing::TurningOn => (Health::Busy, t.turning_on, t.turning_on_text),
        Standing::TurningOff => (Health::Busy, t.turning_off, t.turning_off_text),
    }
}

/// The standing with the buttons that change it.
#[component]
pub(super) fn Switch(sharing_state: SharingState) -> impl IntoView {
    let i18n = use_i18n();
    let badge = move || {
        let (health, word, _) = words_of(i18n, sharing_state.standing.get());
        let moving = if health == Health::Busy { " moving" } else { "" };
        view! {
            <span class=format!("state pill {}{moving}", health.tone()) role="status">
                <IconView icon=Icon::of_health(health) />
                <span>{word}</span>
            </span>
        }
    };
    let last = Memo::new(move |_| sharing_state.last.get().map(|last| last.id));
    let refused = Memo::new(move |_| history::licence_refused(&sharing_state.ops.list()));
    view! {
        <section class="card">
            <div class="page-head">
                <h2>{i18n.tr(|t| t.sharing().title)}</h2>
                {badge}
                <span class="spring"></span>
                <Buttons sharing_state />
            </div>
            <p>{move || words_of(i18n, sharing_state.standing.get()).2}</p>
            <Show when=move || refused.get()>
                <div class="notice tone-warn" role="note" data-licence="">
                    <IconView icon=Icon::Alert />
                    <div class="notice-body">
                        <p class="notice-title">{i18n.tr(|t| t.sharing().licence_title)}</p>
                        <p>{i18n.tr(|t| t.sharing().licence_text)}</p>
                    </div>
                </div>
            </Show>
            {move || {
                last.get().map(|id| view! { <div class="sharing-last"><OperationLine id /></div> })
            }}
        </section>
    }
}

#[component]
fn Buttons(sharing_state: SharingState) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let problem = RwSignal::new(None::<Problem>);
    let can = move |way: Way| {
        let standing = sharing_state.standing.get();
        !session.is_read_only()
            && match way {
                Way::On => matches!(standing, Standing::Off | Standing::Partial),
                Way::Off => matches!(standing, Standing::Partial | Standing::On | Standing::Unsettled),
            }
    };
    let against = move |way: Way| {
        let istio = sharing_state.istio.value().map(|istio| *istio);
        sharing_state.status.with(|status| obstacle(way, istio, status))
    };
    let button = move |way: Way| {
        let label = move || match way {
            Way::On => i18n.t().sharing().enable,
            Way::Off => i18n.t().sharing().disable,
        };
        let class = if way == Way::On { "button primary" } else { "button" };
        view! {
            <Show when=move || can(way)>
                <button
                    type="button"
                    class=class
                    disabled=move || against(way).is_some()
                    aria-describedby="sharing-obstacle"
                    on:click=move |_| propose(sharing_state, way, problem)
                >
                    {label}
                </button>
            </Show>
        }
    };
    let hint = move || {
        let ways = [Way::On, Way::Off].into_iter().filter(|way| can(*way));
        let t = i18n.t().sharing();
        ways.filter_map(against).next().map(|obstacle| match obstacle {
            Obstacle::NoIstio => t.no_istio,
            Obstacle::Sleeping => t.sleeping,
        })
    };
    view! {
        {button(Way::On)}
        {button(Way::Off)}
        <p id="sharing-obstacle" class="sharing-obstacle">
            {move || {
                let problem = problem.get();
                problem.map(|problem| words::problem(i18n.t(), i18n.language.get(), &problem))
            }}
            {hint}
        </p>
    }
}

/// Opens the review.
fn propose(sharing_state: SharingState, way: Way, problem: RwSignal<Option<Problem>>) {
    let t = sharing_state.i18n.t().sharing();
    let (services, subs) = untrack(|| (sharing_state.services.get(), sharing_state.known_subs()));
    let lone = sharing_state
        .lone
        .state
        .with_untracked(|state| state.value.as_ref().is_some_and(|list| !list.is_empty()));
    let warnings = match way {
        Way::On if lone => vec![Warning::Other(t.warn_enable), Warning::Other(t.warn_enable_lone)],
        Way::On => vec![Warning::Other(t.warn_enable)],
        Way::Off => vec![Warning::Other(t.warn_disable), Warning::Other(t.warn_disable_portals)],
    };
    let plan = sharing_state.at.with_value(|at| turn_sharing(at, way == Way::On, &services, &subs));
    match plan {
        Ok(plan) => {
            problem.set(None);
            sharing_state.ops.propose(plan.warnings(warnings));
        }
        Err(why) => problem.set(Some(why)),
    }
}
