//! Sub-environments of an environment: what is needed before, turning on and off, the checks while that is under way, the
//! request that reaches a sub-environment, and the portal services.
//!
//! What the page knows is gathered in one place ([`sharing_state`]), decided in [`crate::domain::sharing`], and drawn by one small
//! component for each part. [`Sharing`] is the only way in.

mod checks;
mod curl;
mod portal;
mod requirements;
mod sharing_state;
mod subs;
mod switch;

use crate::api::environments::Environment;
use crate::components::empty::Empty;
use crate::components::error_notice::ErrorNotice;
use crate::components::icon::Icon;
use crate::components::keys::{Shortcut, use_keys};
use crate::components::skeleton::SkeletonRows;
use crate::domain::sharing::Standing;
use crate::i18n::use_i18n;
use crate::query::Stage;
use crate::route::EnvironmentRef;
use leptos::prelude::*;
use sharing_state::SharingState;
use std::sync::Arc;

/// The sub-environments of an environment.
#[component]
pub(crate) fn Sharing(
    /// Which environment.
    at: StoredValue<EnvironmentRef>,
    /// What is known of it.
    detail: Memo<Option<Arc<Environment>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    if at.with_value(|at| at.family.is_production()) {
        return view! {
            <Empty
                icon=Icon::Shield
                title=i18n.text(|t| t.sharing().production)
                hint=i18n.text(|t| t.sharing().production_hint)
            />
        }
        .into_any();
    }
    let sharing_state = SharingState::of(at, detail);
    use_keys().on(Shortcut::Refresh, move || sharing_state.refresh());
    view! { <TestEnvironment sharing_state /> }.into_any()
}

#[component]
fn TestEnvironment(sharing_state: SharingState) -> impl IntoView {
    let stage = sharing_state.readiness.stage();
    // What portals are reached by, as far as one was read: the command for a request begins with it.
    let reached_by = RwSignal::new(None::<String>);
    let before =
        Memo::new(move |_| matches!(sharing_state.standing.get(), Standing::Off | Standing::Partial));
    let content = move || match stage.get() {
        Stage::Waiting => view! { <SkeletonRows rows=5 /> }.into_any(),
        Stage::Failed => ().into_any(),
        Stage::There => view! {
            <switch::Switch sharing_state />
            <Show when=move || before.get()>
                <requirements::Requirements sharing_state />
            </Show>
            <Show when=move || sharing_state.standing.get() != Standing::Off>
                <checks::Checks sharing_state />
            </Show>
            <subs::SubEnvironments sharing_state />
            <portal::Portals sharing_state reached_by />
            <Show when=move || sharing_state.standing.get().is_base()>
                <curl::RoutingCommand sharing_state reached_by />
            </Show>
        }
        .into_any(),
    };
    let lead = Signal::derive(move || sharing_state.lost_text());
    view! {
        <div class="sharing" data-standing=move || sharing_state.standing.get().id()>
            <ErrorNotice
                error=Signal::derive(move || sharing_state.readiness.error())
                lead
                retry=Callback::new(move |()| sharing_state.refresh())
            />
            {content}
        </div>
    }
}
