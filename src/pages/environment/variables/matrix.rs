//! Which service takes which variable: what a change would hit, seen before it is made.
//!
//! Rows and columns are bounded, because their product is what a browser has to draw; search and filter reach the rest.

use crate::domain::variables::{Change, Row, services};
use crate::i18n::{fill, fill_count, use_i18n};
use crate::route::ServiceView;
use leptos::prelude::*;

/// Variables drawn at first, and with each "show more".
const ROWS: usize = 100;
/// Services drawn at first, and with each "show more".
const COLUMNS: usize = 40;

/// The matrix of the shown variables.
#[component]
pub(crate) fn Matrix(rows: Memo<Vec<Row>>, view: Signal<ServiceView>) -> impl IntoView {
    let i18n = use_i18n();
    let (row_limit, column_limit) = (RwSignal::new(ROWS), RwSignal::new(COLUMNS));
    let names = Memo::new(move |_| rows.with(|rows| services(rows)));
    let columns = Memo::new(move |_| {
        let chosen = view.get().taken_by;
        let mut columns = names.with(|names| {
            let rest = names.iter().filter(|name| **name != chosen);
            rest.take(column_limit.get()).cloned().collect::<Vec<_>>()
        });
        // The service that was asked for stands first.
        if names.with(|names| names.contains(&chosen)) {
            columns.insert(0, chosen);
        }
        columns
    });
    let lines = Memo::new(move |_| {
        rows.with(|rows| rows.iter().take(row_limit.get()).map(Line::of).collect::<Vec<_>>())
    });
    // The head says which columns a change so far hits.
    let hit = Memo::new(move |_| {
        rows.with(|rows| {
            let changed: Vec<Row> = rows.iter().filter(|row| row.change == Change::Value).cloned().collect();
            services(&changed)
        })
    });
    let head = move || {
        let hit = hit.get();
        let columns = columns.get();
        columns
            .into_iter()
            .map(|name| {
                let class = if hit.contains(&name) { "hit" } else { "" };
                view! { <th scope="col" class=class title=name.clone()><span>{name.clone()}</span></th> }
            })
            .collect_view()
    };
    let body = move || {
        let columns = columns.get();
        lines.get().into_iter().map(|line| line_view(line, &columns, i18n)).collect_view()
    };
    let more_rows = Memo::new(move |_| rows.with(Vec::len).saturating_sub(row_limit.get()));
    let more_columns = Memo::new(move |_| names.with(Vec::len).saturating_sub(columns.with(Vec::len)));
    view! {
        <div class="matrix" tabindex="0" role="region" aria-label=i18n.tr(|t| t.ops().matrix)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{i18n.tr(|t| t.variables().column_key)}</th>
                        {head}
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
        <More left=more_rows step=ROWS limit=row_limit text=|t| t.variables().more_variables />
        <More left=more_columns step=COLUMNS limit=column_limit text=|t| t.variables().more_services />
    }
}

/// What the matrix shows of a variable: it is drawn again only when one of these changes.
#[derive(Clone, PartialEq)]
struct Line {
    key: String,
    services: Vec<String>,
    change: Change,
}

impl Line {
    fn of(row: &Row) -> Self {
        Self {
            key: row.variable.key.clone(),
            services: row.variable.related_services.clone(),
            change: row.change,
        }
    }
}

fn line_view(line: Line, columns: &[String], i18n: crate::i18n::I18n) -> impl IntoView + use<> {
    let taken_by: std::collections::HashSet<&str> = line.services.iter().map(String::as_str).collect();
    let cells = columns
        .iter()
        .map(|service| {
            let dot = taken_by.contains(service.as_str()).then(|| {
                let label = fill(i18n.t().ops().taken_by, &[("service", service), ("key", &line.key)]);
                view! { <span role="img" aria-label=label.clone() title=label>"●"</span> }
            });
            view! { <td>{dot}</td> }
        })
        .collect_view();
    let changed = line.change != Change::None;
    let word = changed.then(|| view! { <span class="sr-only">{i18n.t().variables().changed}</span> });
    let key = line.key;
    view! {
        <tr class:hit=changed data-matrix=key.clone()>
            <th scope="row"><code>{key.clone()}</code> {word}</th>
            {cells}
        </tr>
    }
}

#[component]
fn More(
    left: Memo<usize>,
    step: usize,
    limit: RwSignal<usize>,
    text: fn(&'static crate::i18n::Messages) -> &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Show when=move || { left.get() > 0 }>
            <div>
                <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += step)>
                    {move || fill_count(text(i18n.t()), left.get().min(step), &[])}
                </button>
            </div>
        </Show>
    }
}
