//! Deleting an environment (`E11`, `E12`), with everything that goes with it spelled out before.

use super::once_read::once_read;
use crate::api::environments::{self, DeleteMode, Environment, EnvironmentSummary};
use crate::api::share::{self, ShareChecks, ShareOperation};
use crate::api::{ErrorKind, Family};
use crate::components::icon::{Icon, IconView};
use crate::domain::removal::{NamespaceFate, Removal, SubEnvironments, removal};
use crate::i18n::{fill, use_i18n};
use crate::operations::use_ops;
use crate::ops::Impact;
use crate::ops::plans::environments as plans;
use crate::query::use_query;
use crate::remote::Pace;
use crate::route::EnvironmentRef;
use leptos::prelude::*;
use std::sync::Arc;

/// What there is to know before a deletion.
#[derive(Clone, Debug, PartialEq)]
struct Known {
    summary: EnvironmentSummary,
    environments: Vec<EnvironmentSummary>,
    checks: Option<ShareChecks>,
}

/// The dialog's content.
#[component]
pub(crate) fn DeleteForm(
    at: StoredValue<EnvironmentRef>,
    detail: Memo<Option<Arc<Environment>>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let query = use_query(
        move || Some(at.get_value()),
        |client, at| async move {
            let mut all = client.send(environments::list(at.family, &at.project)).await?;
            let Some(summary) = all.iter().find(|one| one.key == at.key).cloned() else { return Ok(None) };
            let other = if at.family.is_production() { Family::Test } else { Family::Production };
            // Whom it shares its namespace with is worth knowing, and no reason not to go on.
            all.extend(client.send(environments::list(other, &at.project)).await.unwrap_or_default());
            let checks = match at.family {
                Family::Production => None,
                Family::Test => {
                    let asked =
                        client.send(share::readiness(&at.project, &at.key, ShareOperation::Enable)).await;
                    match asked {
                        Ok(readiness) => Some(readiness.checks),
                        // A server without the call has no sub-environments either.
                        Err(error) if error.kind == ErrorKind::RouteMissing => Some(ShareChecks::default()),
                        Err(_) => None,
                    }
                }
            };
            Ok(Some(Known { summary, environments: all, checks }))
        },
        |_| Pace::Once,
    );
    once_read(query, move |known| view! { <Fields at detail open known /> }.into_any())
}

#[component]
fn Fields(
    at: StoredValue<EnvironmentRef>,
    detail: Memo<Option<Arc<Environment>>>,
    open: RwSignal<bool>,
    known: Known,
) -> impl IntoView {
    let (i18n, ops) = (use_i18n(), use_ops());
    let with_namespace = RwSignal::new(false);
    let known = StoredValue::new(known);
    let production = at.with_value(|at| at.family.is_production());
    let mode = move || if with_namespace.get() { DeleteMode::WithNamespace } else { DeleteMode::ForgetOnly };
    let taken = Memo::new(move |_| {
        let mode = mode();
        known.with_value(|known| removal(&known.summary, mode, &known.environments, known.checks.as_ref()))
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (mode, removal) = (untrack(mode), taken.get_untracked());
        let plan = known.with_value(|known| {
            let plan = at.with_value(|at| plans::delete(at, &known.summary, mode));
            plan.warnings(plans::removal_warnings(&removal, &known.summary.namespace))
        });
        // With its namespace everything in it ends.
        let ends = removal.namespace == NamespaceFate::GoesIfMadeByZadig;
        let services = detail.with_untracked(|detail| {
            let all = detail.iter().flat_map(|detail| &detail.services);
            all.filter(|_| ends).map(|one| Impact::service(&one.name)).collect::<Vec<_>>()
        });
        open.set(false);
        ops.propose(plan.impacts(services));
    };
    let texts = move || {
        let found = taken.get();
        let namespace = known.with_value(|known| known.summary.namespace.clone());
        said(&found, production, &namespace, i18n)
            .into_iter()
            .map(|text| view! { <li>{text}</li> })
            .collect_view()
    };
    view! {
        <form class="review" on:submit=submit novalidate>
            {(!production)
                .then(|| {
                    view! {
                        <label class="check">
                            <input
                                type="checkbox"
                                prop:checked=with_namespace
                                on:change=move |event| with_namespace.set(event_target_checked(&event))
                            />
                            {i18n.tr(|t| t.lifecycle().with_namespace)}
                        </label>
                    }
                })}
            <div class="notice tone-warn" role="note">
                <IconView icon=Icon::Alert />
                <ul class="notice-body" aria-live="polite">{texts}</ul>
            </div>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {i18n.tr(|t| t.common().cancel)}
                </button>
                <button type="submit" class="button primary">{i18n.tr(|t| t.lifecycle().review)}</button>
            </div>
        </form>
    }
}

/// What goes and what stays, in sentences.
fn said(found: &Removal, production: bool, namespace: &str, i18n: crate::i18n::I18n) -> Vec<String> {
    let t = i18n.t().lifecycle();
    let named = |template: &str| fill(template, &[("namespace", namespace)]);
    let of_namespace = match &found.namespace {
        NamespaceFate::Stays if production => t.production_stays.to_owned(),
        NamespaceFate::Stays => named(t.forgets),
        NamespaceFate::GoesIfMadeByZadig => named(t.takes),
        NamespaceFate::StaysShared { by } => {
            fill(t.takes_not, &[("namespace", namespace), ("names", &by.join(", "))])
        }
    };
    let of_subs = match found.sub_environments {
        SubEnvironments::None => None,
        SubEnvironments::Go => Some(t.subs_go.to_owned()),
        SubEnvironments::Unknown => Some(t.subs_unknown.to_owned()),
    };
    std::iter::once(of_namespace).chain(of_subs).collect()
}
