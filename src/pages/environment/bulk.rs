//! Several services at once: restart or delete them with one review and a result for each.

use super::bulk_images::BulkImages;
use super::read::read_all;
use crate::api::environments::Environment;
use crate::api::services::RemoveMode;
use crate::components::icon::{Icon, IconView};
use crate::components::ops::{RefusalLine, use_refusal, words};
use crate::components::task::use_task;
use crate::i18n::{fill, use_i18n};
use crate::operations::use_ops;
use crate::ops::plans::{restart, services as plans};
use crate::ops::{Kind, Plan, Problem};
use crate::route::EnvironmentRef;
use crate::session::use_session;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The names of the chosen services, as a context of the services table.
#[derive(Clone, Copy)]
pub(crate) struct Selection(pub RwSignal<BTreeSet<String>>);

/// Chooses a service, or gives it up.
pub(super) fn choose(chosen: RwSignal<BTreeSet<String>>, name: &str, on: bool) {
    chosen.update(|chosen| match on {
        true => drop(chosen.insert(name.to_owned())),
        false => drop(chosen.remove(name)),
    });
}

/// The bar of bulk actions; there while something is chosen.
#[component]
pub(crate) fn BulkBar(
    /// The environment.
    at: StoredValue<EnvironmentRef>,
    /// What is known of it.
    detail: Memo<Option<Arc<Environment>>>,
) -> impl IntoView {
    let (i18n, ops, session) = (use_i18n(), use_ops(), use_session());
    let Selection(chosen) = expect_context::<Selection>();
    let reading = RwSignal::new(false);
    let task = use_task();
    let said = RwSignal::new(None::<String>);
    let keep = RwSignal::new(false);
    let refusal = use_refusal(Kind::Restart);
    let images = RwSignal::new(false);
    let production = at.with_value(|at| at.family.is_production());
    let restart = move |_| {
        if reading.get_untracked() {
            return;
        }
        reading.set(true);
        let names: Vec<String> = chosen.get_untracked().into_iter().collect();
        let features = untrack(|| ops.features());
        let (at, t) = (at.get_value(), i18n.language.get_untracked());
        task.run(async move {
            let Some(client) = session.client() else { return };
            let read = read_all(client, at.clone(), names).await;
            let mut plans: Vec<Plan> = Vec::new();
            let mut left_out: Vec<String> = Vec::new();
            for (name, detail) in read {
                let plan = detail.ok_or(Problem::NothingRestarts);
                match plan.and_then(|detail| restart::restart(&at, &name, &detail, &features)) {
                    Ok(plan) => plans.push(plan),
                    Err(problem) => {
                        left_out.push(format!("{name}: {}", words::problem(t.messages(), t, &problem)))
                    }
                }
            }
            let text = (!left_out.is_empty())
                .then(|| fill(t.messages().ops().bulk_skipped, &[("names", &left_out.join("; "))]));
            let _ = said.try_set(text);
            let _ = reading.try_set(false);
            if !plans.is_empty() {
                ops.propose_group(plans);
            }
        });
    };
    let remove = move |_| {
        let Some(environment) = detail.get_untracked() else { return };
        let names: Vec<String> = chosen.get_untracked().into_iter().collect();
        let mode = if keep.get_untracked() { RemoveMode::KeepResources } else { RemoveMode::DeleteResources };
        let features = untrack(|| ops.features());
        match at.with_value(|at| plans::remove(at, &environment, &names, mode, &features)) {
            Ok(plan) => {
                said.set(None);
                ops.propose(plan);
            }
            Err(problem) => {
                said.set(Some(words::problem(i18n.t(), i18n.language.get_untracked(), &problem)));
            }
        }
    };
    view! {
        <Show when=move || chosen.with(|chosen| !chosen.is_empty()) && !session.is_read_only()>
            <div class="bulk-bar" role="group" aria-label=i18n.tr(|t| t.ops().actions)>
                <b class="tabular">
                    {move || fill(i18n.t().ops().selected, &[("n", &chosen.with(BTreeSet::len).to_string())])}
                </b>
                <button
                    type="button"
                    class="button"
                    disabled=move || reading.get() || refusal.with(Option::is_some)
                    title=refusal
                    on:click=restart
                >
                    <IconView icon=Icon::Refresh />
                    {move || if reading.get() { i18n.t().ops().reading } else { i18n.t().ops().restart }}
                </button>
                {(!production)
                    .then(|| {
                        view! {
                            <button type="button" class="button" on:click=move |_| images.set(true)>
                                {i18n.tr(|t| t.ops().update_images)}
                            </button>
                        }
                    })}
                <button type="button" class="button" on:click=remove>
                    <IconView icon=Icon::Close />
                    {i18n.tr(|t| t.ops().remove_services)}
                </button>
                <label class="check small">
                    <input
                        type="checkbox"
                        prop:checked=keep
                        on:change=move |event| keep.set(event_target_checked(&event))
                    />
                    {i18n.tr(|t| t.ops().delete_keep)}
                </label>
                <button type="button" class="button quiet" on:click=move |_| chosen.set(BTreeSet::new())>
                    {i18n.tr(|t| t.ops().clear_selection)}
                </button>
                <BulkImages
                    at
                    open=images
                    names=Signal::derive(move || chosen.get().into_iter().collect::<Vec<_>>())
                />
                <RefusalLine why=refusal />
                {move || said.get().map(|text| view! { <p class="problem" role="alert">{text}</p> })}
            </div>
        </Show>
    }
}

/// The box that chooses a service.
#[component]
pub(crate) fn SelectBox(
    /// The service.
    name: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let Selection(chosen) = expect_context::<Selection>();
    let label = move || fill(i18n.t().labels().select, &[("name", &name.get())]);
    view! {
        <Show when=move || !session.is_read_only()>
            <input
                type="checkbox"
                class="above select-box"
                aria-label=label
                title=label
                prop:checked=move || chosen.with(|chosen| chosen.contains(&name.get()))
                on:change=move |event| choose(chosen, &name.get_untracked(), event_target_checked(&event))
            />
        </Show>
    }
}
