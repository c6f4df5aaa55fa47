//! Rows that stand in for data that is on its way; they appear only when that takes longer than a blink (`style/table.css`).

use crate::i18n::use_i18n;
use leptos::prelude::*;

/// A table's worth of waiting.
#[component]
pub(crate) fn SkeletonRows(
    /// How many rows.
    #[prop(default = 8)]
    rows: usize,
) -> impl IntoView {
    let i18n = use_i18n();
    let row = |index: usize| {
        let width = ["w1", "w2", "w3"].get(index % 3).copied().unwrap_or("w1");
        view! {
            <div class="tr waiting">
                <div class=format!("skeleton {width}")></div>
                <div class="skeleton w4"></div>
                <div class="skeleton w3"></div>
            </div>
        }
    };
    view! {
        <div class="table late" role="status">
            <span class="sr-only">{i18n.tr(|t| t.common().loading)}</span>
            <div aria-hidden="true">{(0..rows).map(row).collect_view()}</div>
        </div>
    }
}
