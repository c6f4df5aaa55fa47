//! Search, the filter by service, table or matrix, and adding a variable.

use super::add::AddVariable;
use super::draft::Draft;
use crate::components::search::SearchField;
use crate::domain::variables::{Row, services};
use crate::i18n::{fill, use_i18n};
use crate::route::ServiceView;
use leptos::prelude::*;

/// The toolbar above the variables.
#[component]
pub(crate) fn Toolbar(
    draft: Draft,
    view: Signal<ServiceView>,
    shown: Memo<Vec<Row>>,
    /// Called with another view, which goes into the link.
    replace: Callback<ServiceView>,
) -> impl IntoView {
    let i18n = use_i18n();
    let shape = move |matrix: bool| replace.run(ServiceView { matrix, ..view.get_untracked() });
    let matrix = Memo::new(move |_| view.get().matrix);
    let count = move || {
        let (shown, all) = (shown.with(Vec::len), draft.rows.with(Vec::len));
        (shown != all).then(|| {
            fill(i18n.t().common().shown_of, &[("shown", &i18n.number(shown)), ("all", &i18n.number(all))])
        })
    };
    view! {
        <div class="toolbar">
            <SearchField
                value=Signal::derive(move || view.get().search)
                on_change=move |search| replace.run(ServiceView { search, ..view.get_untracked() })
                label=i18n.text(|t| t.variables().search)
            />
            <ServiceFilter draft view replace />
            <div class="segments" role="group" aria-label=i18n.tr(|t| t.environment().variables)>
                <button type="button" aria-pressed=move || (!matrix.get()).to_string() on:click=move |_| shape(false)>
                    {i18n.tr(|t| t.ops().table)}
                </button>
                <button type="button" aria-pressed=move || matrix.get().to_string() on:click=move |_| shape(true)>
                    {i18n.tr(|t| t.ops().matrix)}
                </button>
            </div>
            <AddVariable draft />
            <span class="dim tabular" role="status">{count}</span>
        </div>
    }
}

/// Which service must take a variable.
#[component]
fn ServiceFilter(draft: Draft, view: Signal<ServiceView>, replace: Callback<ServiceView>) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = Memo::new(move |_| view.get().taken_by);
    let names = Memo::new(move |_| {
        let mut names = draft.rows.with(|rows| services(rows));
        let chosen = chosen.get();
        // A link may name a service that takes nothing.
        if !chosen.is_empty() && !names.contains(&chosen) {
            names.insert(0, chosen);
        }
        names
    });
    view! {
        <select
            class="select service-filter"
            aria-label=i18n.tr(|t| t.variables().filter)
            on:change=move |event| {
                let taken_by = event_target_value(&event);
                replace.run(ServiceView { taken_by, ..view.get_untracked() });
            }
        >
            <option value="" prop:selected=move || chosen.with(String::is_empty)>
                {i18n.tr(|t| t.variables().all_services)}
            </option>
            <For each=move || names.get() key=String::clone let:name>
                {
                    let this = name.clone();
                    let selected = move || chosen.with(|chosen| *chosen == this);
                    let text = name.clone();
                    view! {
                        <option value=name prop:selected=selected>
                            {move || fill(i18n.t().variables().taken_by, &[("service", &text)])}
                        </option>
                    }
                }
            </For>
        </select>
    }
}
