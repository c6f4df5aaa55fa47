//! Every change made from this tab, and what became of it.

use crate::components::empty::Empty;
use crate::components::icon::Icon;
use crate::components::ops::OperationLine;
use crate::i18n::use_i18n;
use crate::operations::use_ops;
use crate::ops::{OpId, Phase};
use leptos::prelude::*;

/// The activity page.
#[component]
pub(crate) fn ActivityPage() -> impl IntoView {
    let (i18n, ops) = (use_i18n(), use_ops());
    let ids = Memo::new(move |_| {
        let real = ops.list().into_iter().filter(|op| !matches!(op.phase, Phase::Draft | Phase::Confirm));
        real.map(|op| op.id).collect::<Vec<OpId>>()
    });
    view! {
        <div class="page">
            <div class="page-head">
                <h1>{i18n.tr(|t| t.labels().activity)}</h1>
            </div>
            <Show
                when=move || ids.with(|ids| !ids.is_empty())
                fallback=move || {
                    view! {
                        <Empty
                            icon=Icon::Check
                            title=i18n.text(|t| t.ops().no_activity)
                            hint=i18n.text(|t| t.ops().no_activity_hint)
                        />
                    }
                }
            >
                <p class="dim">{i18n.tr(|t| t.ops().activity_hint)}</p>
                <div class="op-list">
                    <For each=move || ids.get() key=|id| id.0 let:id>
                        <OperationLine id full=true />
                    </For>
                </div>
            </Show>
        </div>
    }
}
