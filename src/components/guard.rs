//! The guard of unsaved edits: leaving with edits asks, on every way out.
//!
//! An editor says once, while it is built, that it is there and whether it has edits:
//!
//! ```ignore
//! let dirty = Signal::derive(move || edits.with(|edits| !edits.is_empty()));
//! guard_edits(dirty, move |route| matches!(route, Route::Environment { at, tab: Tab::Variables, .. } if *at == here));
//! ```
//!
//! From then on links, the palette, Back, a typed address, the page around and a closing tab ask while `dirty` is true. The
//! closure says which routes still show the editor, such as other filters of its own page; those never ask. What drops
//! the edits without a change of route (closing an editor inside a page) goes through [`UnsavedGuard::before`] of
//! `use_nav().edits`.
//!
//! What was handed in is not lost: an editor counts as clean from the moment the server accepted its change. [`SubmittedChange`]
//! follows the operation for it, and the editor is dirty again if the change is refused.

use super::dialog::Dialog;
use crate::i18n::use_i18n;
use crate::nav::use_nav;
use crate::operations::Ops;
use crate::ops::{Failure, OpId, Outcome, Phase};
use crate::route::Route;
use leptos::html;
use leptos::prelude::*;

#[cfg(doc)]
use crate::nav::unsaved_guard::UnsavedGuard;

/// Asks before a way out that would lose edits, until the owner is gone. `keeps` says whether a route still shows the
/// editor.
pub(crate) fn guard_edits(
    dirty: impl Into<Signal<bool>>,
    keeps: impl Fn(&Route) -> bool + Send + Sync + 'static,
) {
    use_nav().edits.hold(dirty.into(), keeps);
}

/// Follows the change that an editor proposed last.
#[derive(Clone, Copy)]
pub(crate) struct SubmittedChange(RwSignal<Option<OpId>>);

impl SubmittedChange {
    /// Nothing was handed in yet.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Follows the operation of the change, as [`Ops::propose`] gives it; one that was refused is not followed.
    pub(crate) fn follow(self, id: Option<OpId>) {
        if id.is_some() {
            self.0.set(id);
        }
    }

    /// Something was edited since: what was handed in is not all there is any more.
    pub(crate) fn edited(self) {
        if self.0.with_untracked(Option::is_some) {
            self.0.set(None);
        }
    }

    /// Whether the change is on its way or was accepted and not refused since; a reactive read.
    pub(crate) fn is_accepted(self, ops: Ops) -> bool {
        self.0.get().and_then(|id| ops.get(id)).is_some_and(|op| accepted(&op.phase))
    }

    /// Whether the change was confirmed and not refused or cancelled since, sent or not; a reactive read.
    pub(crate) fn is_under_way(self, ops: Ops) -> bool {
        let confirmed =
            |phase: &Phase| matches!(phase, Phase::Grace { .. } | Phase::Queued | Phase::Sending { .. });
        self.0.get().and_then(|id| ops.get(id)).is_some_and(|op| confirmed(&op.phase) || accepted(&op.phase))
    }

    /// Whether the change was accepted and its operation is over: its edits are what the server has; a reactive read.
    pub(crate) fn is_stored(self, ops: Ops) -> bool {
        let op = self.0.get().and_then(|id| ops.get(id));
        op.is_some_and(|op| matches!(op.phase, Phase::Ended(_)) && accepted(&op.phase))
    }
}

impl Default for SubmittedChange {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether the server has taken the change, as far as anybody knows.
fn accepted(phase: &Phase) -> bool {
    match phase {
        Phase::Draft | Phase::Confirm | Phase::Grace { .. } | Phase::Queued | Phase::Sending { .. } => false,
        Phase::Converging(_) => true,
        Phase::Ended(outcome) => match outcome {
            Outcome::Verified | Outcome::GaveUp(_) | Outcome::Unverifiable | Outcome::Lost => true,
            // What was stored stays stored when the pods that follow it do not start.
            Outcome::Failed(Failure::Rollout(_) | Failure::Environment { .. }) => true,
            Outcome::Failed(_) | Outcome::NothingChanged(_) | Outcome::Cancelled | Outcome::NotSent(_) => {
                false
            }
        },
    }
}

/// The question; lives in the shell, over everything else.
#[component]
pub(crate) fn LeaveDialog() -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let open = RwSignal::new(false);
    crate::effect::effect(move || open.set(nav.edits.is_asking()));
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        // Closed by Escape or the backdrop: that is no.
        if was == Some(true) && !is {
            nav.edits.stay();
        }
        is
    });
    let title = Signal::derive(move || {
        let t = i18n.t().guard();
        if nav.edits.is_dropping() { t.drop_title } else { t.title }.to_owned()
    });
    view! {
        <Dialog open title stays=true>
            <Question />
        </Dialog>
    }
}

#[component]
fn Question() -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let stay = NodeRef::<html::Button>::new();
    // Enter must not lose anything.
    crate::effect::effect(move || {
        if let Some(stay) = stay.get() {
            request_animation_frame(move || {
                let _ = stay.focus();
            });
        }
    });
    view! {
        <p>{i18n.tr(|t| t.guard().text)}</p>
        <div class="dialog-actions">
            <button type="button" class="button danger" on:click=move |_| nav.leave()>
                {i18n.tr(|t| t.guard().leave)}
            </button>
            <button type="button" class="button primary" node_ref=stay on:click=move |_| nav.edits.stay()>
                {i18n.tr(|t| t.guard().stay)}
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::accepted;
    use crate::ops::{Failure, Outcome, Phase, Progress};

    #[test]
    fn edits_are_safe_only_once_the_server_has_them() {
        assert!(!accepted(&Phase::Confirm) && !accepted(&Phase::Sending { step: 0 }));
        assert!(accepted(&Phase::Converging(Progress::default())));
        assert!(accepted(&Phase::Ended(Outcome::Verified)));
        assert!(!accepted(&Phase::Ended(Outcome::Cancelled)));
        let partly = Failure::Partly { done: 1, of: 2 };
        assert!(!accepted(&Phase::Ended(Outcome::Failed(partly))));
        let failed = Failure::Environment { waiting: Vec::new(), reason: None };
        assert!(accepted(&Phase::Ended(Outcome::Failed(failed))));
    }
}
