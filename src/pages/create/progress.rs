//! After Apply: how the creation stands, and the ways on from each end.

use super::form::Form;
use crate::components::icon::{Icon, IconView};
use crate::components::ops::OperationLine;
use crate::domain::state::Health;
use crate::i18n::{fill, use_i18n};
use crate::operations::use_ops;
use crate::ops::{Failure, Kind, OpId, Operation, Outcome, Phase};
use crate::route::{EnvironmentRef, Route};
use leptos::prelude::*;

/// How a creation stands, for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Under way.
    Making,
    /// There and well.
    Made,
    /// There, and not well.
    Unwell,
    /// Not there.
    NotMade,
}

fn standing(op: &Operation) -> Standing {
    match &op.phase {
        Phase::Ended(Outcome::Verified) => Standing::Made,
        Phase::Ended(Outcome::Failed(Failure::Refused { .. }) | Outcome::NothingChanged(_)) => {
            Standing::NotMade
        }
        Phase::Ended(outcome) if !outcome.was_sent() => Standing::NotMade,
        Phase::Ended(_) => Standing::Unwell,
        _ => Standing::Making,
    }
}

/// The creation of the environment that is being made here, from Apply until the user goes back to the form.
pub(crate) fn under_way(form: Form) -> Memo<Option<OpId>> {
    let ops = use_ops();
    provide_context(Left(RwSignal::new(None)));
    let Left(left) = expect_context::<Left>();
    Memo::new(move |_| {
        let project = form.link.with_value(|link| link.project.clone());
        let name = form.draft.with(|draft| draft.name.clone());
        let mine = |op: &&std::sync::Arc<Operation>| {
            let at = &op.facts.target.env;
            let confirmed =
                !matches!(op.phase, Phase::Draft | Phase::Confirm | Phase::Ended(Outcome::Cancelled));
            op.facts.kind == Kind::CreateEnvironment
                && confirmed
                && at.project == project
                && at.family == form.family
                && at.key == name
        };
        ops.list().iter().find(mine).map(|op| op.id).filter(|id| left.get() != Some(*id))
    })
}

/// The creation whose panel was left for the form.
#[derive(Clone, Copy)]
struct Left(RwSignal<Option<OpId>>);

/// The panel.
#[component]
pub(crate) fn Progress(form: Form, id: OpId) -> impl IntoView {
    let (i18n, ops) = (use_i18n(), use_ops());
    let Left(left) = expect_context::<Left>();
    let op = Memo::new(move |_| ops.get(id));
    let stands = Memo::new(move |_| op.with(|op| op.as_deref().map_or(Standing::NotMade, standing)));
    let target = op.with_untracked(|op| op.as_ref().map(|op| op.facts.target.env.clone()));
    let target = StoredValue::new(target.unwrap_or_else(|| EnvironmentRef {
        project: form.link.with_value(|link| link.project.clone()),
        family: form.family,
        key: String::new(),
    }));
    crate::effect::effect(move || {
        // Once it is there, there is nothing to come back to.
        if matches!(stands.get(), Standing::Made | Standing::Unwell) {
            form.forget();
        }
    });
    let production = form.family.is_production();
    let title = move || {
        let t = i18n.t().create();
        let template = match stands.get() {
            Standing::Making => t.making,
            Standing::Made => t.made,
            Standing::Unwell => t.failed,
            Standing::NotMade => t.not_made,
        };
        target.with_value(|at| fill(template, &[("name", &at.key)]))
    };
    let icon = move || {
        let health = match stands.get() {
            Standing::Making => Health::Busy,
            Standing::Made => Health::Ok,
            Standing::Unwell => Health::Degraded,
            Standing::NotMade => Health::Failed,
        };
        view! { <IconView icon=Icon::of_health(health) /> }
    };
    let there = move || stands.get() != Standing::NotMade;
    view! {
        <section class="card create-progress">
            <h2 class="create-title">{icon} {title}</h2>
            <OperationLine id />
            <Show when=move || stands.get() == Standing::Making>
                <p class="dim small">{i18n.tr(|t| t.create().making_hint)}</p>
            </Show>
            <div class="create-ways">
                <Show
                    when=there
                    fallback=move || {
                        view! {
                            <button type="button" class="button primary" on:click=move |_| left.set(Some(id))>
                                {i18n.tr(|t| t.create().to_form)}
                            </button>
                        }
                    }
                >
                    <a class="button primary" href=target.with_value(|at| Route::environment(at.clone()).href())>
                        {move || {
                            let t = i18n.t().create();
                            if production {
                                t.add_services.to_owned()
                            } else {
                                target.with_value(|at| fill(t.to_environment, &[("name", &at.key)]))
                            }
                        }}
                    </a>
                    <Show when=move || stands.get() != Standing::Making>
                        <button type="button" class="button" on:click=move |_| form.discard()>
                            {i18n.tr(|t| t.create().another)}
                        </button>
                    </Show>
                </Show>
                <a class="button" href=target.with_value(|at| Route::environments(&at.project).href())>
                    {i18n.tr(|t| t.create().to_list)}
                </a>
            </div>
        </section>
    }
}
