//! What was changed so far, whom it hits, and the way to the review.

use super::conflicts::Conflicts;
use super::draft::Draft;
use super::words;
use crate::api::environments::Environment;
use crate::api::{Client, GlobalVariable, variables};
use crate::components::error_notice::ErrorNotice;
use crate::components::fresh_read::{FreshRead, use_fresh_read};
use crate::components::ops::words as op_words;
use crate::domain::three_way::{Conflict, Edits, conflicts, settle, whole};
use crate::domain::variables::{Fault, hit, rows};
use crate::i18n::{fill, use_i18n};
use crate::nav::use_nav;
use crate::operations::{Ops, use_ops};
use crate::ops::Kind;
use crate::ops::plans::{Problem, allowed, environments::replace_variables};
use leptos::prelude::*;
use std::sync::Arc;

/// The list as it was just read, with the edits that collide with it.
#[derive(Clone, PartialEq)]
pub(crate) struct Collision {
    /// What is there now.
    pub now: Vec<GlobalVariable>,
    /// The keys to be decided.
    pub conflicts: Vec<Conflict>,
}

/// Why there is no review.
#[derive(Clone)]
enum Stop {
    /// Values that Zadig would refuse, by key.
    Faults(Vec<(String, Fault)>),
    /// There is no plan.
    Problem(Problem),
}

/// The way from the edits to the review. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Reviewing {
    draft: Draft,
    detail: Memo<Option<Arc<Environment>>>,
    ops: Ops,
    fresh: FreshRead,
    /// With the edits it is about: said of others it would be wrong.
    stop: RwSignal<Option<(Edits, Stop)>>,
    /// The conflicts that are asked about.
    pub collision: RwSignal<Option<Collision>>,
}

impl Reviewing {
    /// Reads the list again and goes on from there. What is certain to be refused is not read for.
    pub(crate) fn begin(self) {
        self.stop.set(None);
        let faults = self.draft.rows.with_untracked(|rows| faults(rows));
        if !faults.is_empty() {
            self.stop_for(Stop::Faults(faults));
            return;
        }
        let state = self.detail.with_untracked(|detail| {
            detail.as_ref().map_or(Ok(()), |one| allowed(Kind::UpdateVariables, &one.status))
        });
        if let Err(problem) = state {
            self.stop_for(Stop::Problem(problem));
            return;
        }
        let at = self.draft.at.get_value();
        let read = move |client: Client| async move {
            client.send(variables::list(at.family, &at.project, &at.key)).await
        };
        self.fresh.start(read, move |now| self.hold_against(now));
    }

    /// Holds the edits against the list as it is now: asks about conflicts, or opens the review.
    fn hold_against(self, now: Vec<GlobalVariable>) {
        let mut edits = self.draft.edits.get_untracked();
        if settle(&mut edits, &now) {
            self.draft.edits.set(edits.clone());
        }
        let conflicts = conflicts(&edits, &now);
        if !conflicts.is_empty() {
            self.collision.set(Some(Collision { now, conflicts }));
            return;
        }
        let definition = self.draft.definition.get_untracked();
        let faults = faults(&rows(&now, &edits, &definition));
        if !faults.is_empty() {
            self.stop_for(Stop::Faults(faults));
            return;
        }
        let wanted = whole(&edits, &now, &definition);
        match self.draft.at.with_value(|at| replace_variables(at, &now, &wanted)) {
            Ok(plan) => {
                self.draft.handed.follow(self.ops.propose(plan));
            }
            Err(problem) => self.stop_for(Stop::Problem(problem)),
        }
    }

    fn stop_for(self, stop: Stop) {
        self.stop.set(Some((self.draft.edits.get_untracked(), stop)));
    }
}

fn faults(rows: &[crate::domain::variables::Row]) -> Vec<(String, Fault)> {
    let faulty = rows.iter().filter_map(|row| Some((row.variable.key.clone(), row.fault.clone()?)));
    faulty.collect()
}

/// The bar; there while something is changed.
#[component]
pub(crate) fn ReviewBar(draft: Draft, detail: Memo<Option<Arc<Environment>>>) -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let flow = Reviewing {
        draft,
        detail,
        ops: use_ops(),
        fresh: use_fresh_read(),
        stop: RwSignal::new(None),
        collision: RwSignal::new(None),
    };
    let count = move || {
        let n = draft.edits.with(|edits| edits.len()).to_string();
        fill(i18n.t().variables().changes, &[("n", &n)])
    };
    let hits = Memo::new(move |_| draft.now.with(|now| draft.edits.with(|edits| hit(edits, now))));
    let hit_text = move || {
        let t = i18n.t().variables();
        hits.with(|hits| match hits.is_empty() {
            true => t.hits_none.to_owned(),
            false => fill(t.hits, &[("services", &hits.join(", "))]),
        })
    };
    view! {
        <Show when=move || draft.is_dirty() && !draft.locked.get()>
            <div class="bulk-bar" role="group" aria-label=i18n.tr(|t| t.ops().changes)>
                <b class="tabular">{count}</b>
                <span class="dim clip hit-names" title=hit_text>{hit_text}</span>
                <span class="spring"></span>
                <button
                    type="button"
                    class="button quiet"
                    on:click=move |_| nav.edits.before(move || draft.clear())
                >
                    {i18n.tr(|t| t.variables().discard)}
                </button>
                <button
                    type="button"
                    class="button primary"
                    disabled=move || flow.fresh.reading.get()
                    on:click=move |_| flow.begin()
                >
                    {move || {
                        let t = i18n.t().variables();
                        if flow.fresh.reading.get() { t.reading } else { t.review }
                    }}
                </button>
                <Stopped flow />
            </div>
        </Show>
        <Conflicts flow draft />
    }
}

/// Why there is no review, until something is edited or it is tried again.
#[component]
fn Stopped(flow: Reviewing) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || {
        let t = i18n.t();
        let (about, stop) = flow.stop.get()?;
        let text = match stop {
            Stop::Problem(problem) => op_words::problem(t, i18n.language.get(), &problem),
            Stop::Faults(faults) => {
                let lines = faults.iter().map(|(key, fault)| format!("{key}: {}", words::fault(t, fault)));
                lines.collect::<Vec<_>>().join(" ")
            }
        };
        flow.draft.edits.with(|edits| *edits == about).then_some(text)
    };
    view! {
        {move || text().map(|text| view! { <p class="problem bar-line" role="alert">{text}</p> })}
        <ErrorNotice error=flow.fresh.error retry=Callback::new(move |()| flow.begin()) />
    }
}
