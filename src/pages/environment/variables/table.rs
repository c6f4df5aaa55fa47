//! The table of the variables. Rows have the height of their editors, so a long list grows by the hundred instead of
//! scrolling in a window.

use super::draft::Draft;
use super::row::TableRow;
use crate::domain::variables::Row;
use crate::i18n::{Messages, fill, use_i18n};
use leptos::prelude::*;

/// Rows drawn at first, and with each "show more".
const STEP: usize = 100;

/// The table.
#[component]
pub(crate) fn Table(draft: Draft, rows: Memo<Vec<Row>>) -> impl IntoView {
    let i18n = use_i18n();
    let limit = RwSignal::new(STEP);
    let keys = Memo::new(move |_| {
        rows.with(|rows| rows.iter().map(|row| row.variable.key.clone()).collect::<Vec<_>>())
    });
    let drawn = move || keys.with(|keys| keys.iter().take(limit.get()).cloned().collect::<Vec<_>>());
    let more = Memo::new(move |_| keys.with(Vec::len).saturating_sub(limit.get()));
    let head = move |pick: fn(&'static Messages) -> &'static str| {
        view! { <div class="th" role="columnheader">{move || pick(i18n.t())}</div> }
    };
    view! {
        <div
            class="table variable-table"
            role="table"
            aria-label=i18n.tr(|t| t.environment().variables)
            aria-rowcount=move || (keys.with(Vec::len) + 1).to_string()
        >
            <div role="rowgroup">
                <div class="thead" role="row" aria-rowindex="1">
                    {head(|t| t.variables().column_key)}
                    {head(|t| t.variables().column_type)}
                    {head(|t| t.variables().column_value)}
                    {head(|t| t.variables().description)}
                    {head(|t| t.variables().column_services)}
                    <div class="th" role="columnheader">
                        <span class="sr-only">{i18n.tr(|t| t.ops().actions)}</span>
                    </div>
                </div>
            </div>
            <div role="rowgroup">
                <For each=drawn key=String::clone children=move |key| view! { <TableRow draft key /> } />
            </div>
        </div>
        <Show when=move || { more.get() > 0 }>
            <div>
                <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += STEP)>
                    {move || {
                        let n = more.get().min(STEP);
                        fill(i18n.t().service().show_more, &[("n", &i18n.number(n))])
                    }}
                </button>
            </div>
        </Show>
    }
}
