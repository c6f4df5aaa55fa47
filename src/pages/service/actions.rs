//! What can be done to a service from its drawer. Each control only makes a plan; the review asks, and the engine sends.

use crate::api::services::{ServiceDetail, Workload};
use crate::components::guard::{SubmittedChange, guard_edits};
use crate::components::icon::{Icon, IconView};
use crate::components::ops::{ProblemLine, RefusalLine, use_refusal};
use crate::i18n::use_i18n;
use crate::operations::{Ops, use_ops};
use crate::ops::plans::{restart, scale};
use crate::ops::{Kind, OpId, Plan, Problem, WorkloadRef};
use crate::route::{EnvironmentRef, Panel};
use crate::session::use_session;
use leptos::prelude::*;
use std::sync::Arc;

/// Opens the review of a plan and gives its operation, or shows why there is none.
pub(super) fn propose(
    ops: Ops,
    plan: Result<Plan, Problem>,
    problem: RwSignal<Option<Problem>>,
) -> Option<OpId> {
    match plan {
        Ok(plan) => {
            problem.set(None);
            ops.propose(plan)
        }
        Err(why) => {
            problem.set(Some(why));
            None
        }
    }
}

/// Guards what was typed into a form of the overview, as all edits are. The form tells what it proposes and when something
/// was typed since.
pub(super) fn guard_typed(
    at: StoredValue<EnvironmentRef>,
    name: StoredValue<String>,
    dirty: impl Fn() -> bool + Send + Sync + 'static,
) -> SubmittedChange {
    let (ops, handed) = (use_ops(), SubmittedChange::new());
    let unsaved = Signal::derive(move || dirty() && !handed.is_under_way(ops));
    guard_edits(unsaved, move |route| super::shows(route, at, name, Panel::Overview));
    handed
}

/// Restart of the service.
#[component]
pub(crate) fn ServiceActions(
    at: StoredValue<EnvironmentRef>,
    name: StoredValue<String>,
    detail: Signal<Arc<ServiceDetail>>,
) -> impl IntoView {
    let (i18n, ops, session) = (use_i18n(), use_ops(), use_session());
    let problem = RwSignal::new(None);
    let restart = move |_| {
        let plan = detail.with_untracked(|detail| {
            let features = ops.features();
            at.with_value(|at| name.with_value(|name| restart::restart(at, name, detail, &features)))
        });
        propose(ops, plan, problem);
    };
    let production = at.with_value(|at| at.family.is_production());
    let refusal = use_refusal(Kind::Restart);
    view! {
        <Show when=move || !session.is_read_only()>
            <div class="workload-actions" role="group" aria-label=i18n.tr(|t| t.ops().actions)>
                <button
                    type="button"
                    class="button"
                    disabled=move || refusal.with(Option::is_some)
                    title=refusal
                    on:click=restart
                >
                    <IconView icon=Icon::Refresh />
                    {i18n.tr(|t| t.ops().restart)}
                </button>
            </div>
            <RefusalLine why=refusal />
            <ProblemLine problem />
            {production.then(|| view! { <p class="dim small">{i18n.tr(|t| t.ops().scale_production)}</p> })}
        </Show>
    }
}

/// Scaling of one workload: a number and Apply, never a click that sends.
#[component]
pub(crate) fn ScaleForm(
    at: StoredValue<EnvironmentRef>,
    name: StoredValue<String>,
    detail: Signal<Arc<ServiceDetail>>,
    workload: Signal<Workload>,
) -> impl IntoView {
    let (i18n, ops, session) = (use_i18n(), use_ops(), use_session());
    let problem = RwSignal::new(None);
    let refusal = use_refusal(Kind::Scale { to: 1 });
    // What is typed stays; while nothing is typed the field follows the server.
    let typed = RwSignal::new(None::<String>);
    let value = move || typed.get().unwrap_or_else(|| workload.with(|one| one.replicas.to_string()));
    let wanted = move || value().trim().parse::<u32>().ok();
    let changed = move || wanted().is_some_and(|to| workload.with(|one| one.replicas != i64::from(to)));
    let invalid = move || wanted().is_none();
    let can = move || {
        !session.is_read_only()
            && at.with_value(|at| !at.family.is_production())
            && workload.with(|one| scale::can_scale(&one.kind, &ops.features()).is_ok())
    };
    let handed = guard_typed(at, name, move || typed.with(Option::is_some) && changed());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(to) = untrack(wanted) else { return };
        let target = workload.with_untracked(|one| WorkloadRef::new(one.kind.clone(), one.name.clone()));
        let plan = detail.with_untracked(|detail| {
            let features = ops.features();
            at.with_value(|at| name.with_value(|name| scale::scale(at, name, detail, &target, to, &features)))
        });
        handed.follow(propose(ops, plan, problem));
    };
    let id = move || workload.with(|one| format!("replicas-{}-{}", one.kind, one.name));
    view! {
        <Show when=can>
            <form class="inline-form" on:submit=submit novalidate>
                <label class="dim" for=id>{i18n.tr(|t| t.ops().replicas)}</label>
                <input
                    id=id
                    class="input number"
                    type="number"
                    min="0"
                    step="1"
                    inputmode="numeric"
                    prop:value=value
                    disabled=move || refusal.with(Option::is_some)
                    aria-invalid=move || invalid().then_some("true")
                    on:input=move |event| {
                        handed.edited();
                        typed.set(Some(event_target_value(&event)));
                    }
                />
                <button type="submit" class="button" disabled=move || !changed() || refusal.with(Option::is_some) title=refusal>
                    {i18n.tr(|t| t.ops().scale)} " …"
                </button>
            </form>
            <ProblemLine problem />
        </Show>
    }
}
