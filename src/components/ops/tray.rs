//! The tray: what is under way and what just ended, at the corner of every page. What failed stays until it is dismissed.

use super::line::OperationLine;
use crate::components::icon::{Icon, IconView};
use crate::i18n::{fill, use_i18n};
use crate::nav::use_nav;
use crate::operations::{now, use_ops};
use crate::ops::{OpId, Operation, Phase};
use crate::route::Route;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// How long a good outcome is shown, in milliseconds.
const SHOWN: u64 = 12_000;
/// How many operations are shown at once; the rest is counted and stands in Activity.
const AT_ONCE: usize = 4;

/// The tray of the tab.
#[component]
pub(crate) fn Tray() -> impl IntoView {
    let (i18n, ops, nav) = (use_i18n(), use_ops(), use_nav());
    let clock = crate::clock::use_clock();
    let dismissed = RwSignal::new(BTreeSet::<u64>::new());
    let shown = Memo::new(move |_| {
        clock.now();
        // The activity page shows all of it already.
        if nav.route.with(|route| *route == Route::Activity) {
            return Vec::new();
        }
        let moment = now().millis();
        let gone = dismissed.get();
        let shown = ops.list().into_iter().filter(|op| is_shown(op, moment) && !gone.contains(&op.id.0));
        shown.map(|op| op.id).collect::<Vec<OpId>>()
    });
    let first =
        Memo::new(move |_| shown.with(|shown| shown.iter().take(AT_ONCE).copied().collect::<Vec<_>>()));
    let hidden = move || shown.with(Vec::len).saturating_sub(AT_ONCE);
    view! {
        <section class="tray" aria-label=i18n.tr(|t| t.labels().activity)>
            <For each=move || first.get() key=|id| id.0 let:id>
                <div class="tray-item">
                    <OperationLine id />
                    <button
                        type="button"
                        class="button quiet icon"
                        aria-label=i18n.tr(|t| t.ops().dismiss)
                        title=i18n.tr(|t| t.ops().dismiss)
                        on:click=move |_| {
                            dismissed
                                .update(|gone| {
                                    gone.insert(id.0);
                                })
                        }
                    >
                        <IconView icon=Icon::Close />
                    </button>
                </div>
            </For>
            <Show when=move || { hidden() > 0 }>
                <a class="tray-item" href=Route::Activity.href()>
                    {move || fill(i18n.t().common().more, &[("n", &hidden().to_string())])}
                </a>
            </Show>
        </section>
    }
}

/// Under way, or ended a moment ago, or ended in a way that somebody should read.
fn is_shown(op: &Operation, moment: u64) -> bool {
    match &op.phase {
        Phase::Draft | Phase::Confirm => false,
        Phase::Ended(outcome) if outcome.is_good() || !outcome.was_sent() => {
            op.ended.is_some_and(|ended| moment.saturating_sub(ended.millis()) < SHOWN)
                || !op.notes.is_empty()
        }
        _ => true,
    }
}
