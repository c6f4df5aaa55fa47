//! The rows of a portal: fields that are checked as they are typed, or plain text where nothing may be changed.

use super::state::Editor;
use crate::components::icon::{Icon, IconView};
use crate::domain::portal::{HostProblem, PROTOCOL, PortProblem, Row, RowProblems, check};
use crate::i18n::{Messages, fill, use_i18n};
use leptos::prelude::*;

/// What is wrong with a host.
const fn host_text(t: &Messages, problem: HostProblem) -> &'static str {
    let t = t.sharing();
    match problem {
        HostProblem::Empty => t.host_empty,
        HostProblem::Space => t.host_space,
        HostProblem::Scheme => t.host_scheme,
        HostProblem::Path => t.host_path,
        HostProblem::Port => t.host_port,
        HostProblem::Address => t.host_address,
        HostProblem::Label => t.host_label,
        HostProblem::Wildcard => t.host_wildcard,
        HostProblem::TooLong => t.host_long,
    }
}

/// What is wrong with a port.
const fn port_text(t: &Messages, problem: PortProblem) -> &'static str {
    match problem {
        PortProblem::Empty => t.sharing().port_empty,
        PortProblem::NotANumber => t.sharing().port_number,
        PortProblem::Range => t.sharing().port_range,
    }
}

/// Everything that is wrong with a row, in one line.
fn text_of(t: &Messages, problems: RowProblems) -> String {
    let parts = [
        problems.host.map(|one| host_text(t, one)),
        problems.port.map(|one| port_text(t, one)),
        problems.twice.then_some(t.sharing().row_twice),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[component]
fn Head() -> impl IntoView {
    let i18n = use_i18n();
    let titles = move || {
        let t = i18n.t().sharing();
        [t.portal_host, t.portal_port, t.portal_protocol]
    };
    view! {
        <div role="rowgroup">
            <div class="thead" role="row">
                {move || {
                    titles()
                        .map(|text| view! { <div class="th" role="columnheader">{text}</div> })
                        .collect_view()
                }}
                <div class="th"></div>
            </div>
        </div>
    }
}

/// The rows as fields.
#[component]
pub(super) fn Fields(editor: Editor) -> impl IntoView {
    let i18n = use_i18n();
    let problems = Memo::new(move |_| {
        let rows: Vec<Row> = editor.rows.with(|rows| rows.iter().map(|(_, row)| row.clone()).collect());
        check(&rows)
    });
    let ids = Memo::new(move |_| editor.rows.with(|rows| rows.iter().map(|(id, _)| *id).collect::<Vec<_>>()));
    view! {
        <div class="table portal-table" role="table" aria-label=i18n.tr(|t| t.sharing().portals)>
            <Head />
            <div role="rowgroup">
                <For each=move || ids.get() key=|id| *id let:id>
                    <FieldRow editor id problems />
                </For>
            </div>
        </div>
    }
}

#[component]
fn FieldRow(editor: Editor, id: usize, problems: Memo<Vec<RowProblems>>) -> impl IntoView {
    let i18n = use_i18n();
    let place = Memo::new(move |_| {
        editor.rows.with(|rows| rows.iter().position(|(one, _)| *one == id)).unwrap_or_default()
    });
    let row = Memo::new(move |_| {
        let rows = editor.rows;
        rows.with(|rows| rows.iter().find(|(one, _)| *one == id).map(|(_, row)| row.clone()))
            .unwrap_or_default()
    });
    let wrong =
        Memo::new(move |_| problems.with(|problems| problems.get(place.get()).copied()).unwrap_or_default());
    // A field that was not left yet is not told to be empty.
    let visited = RwSignal::new(false);
    let shown = Memo::new(move |_| {
        let mut now = wrong.get();
        if !visited.get() && now.host == Some(HostProblem::Empty) {
            now.host = None;
        }
        now
    });
    let change = move |set: fn(&mut Row, String), text: String| {
        editor.edit(|rows| {
            if let Some((_, row)) = rows.iter_mut().find(|(one, _)| *one == id) {
                set(row, text);
            }
        });
    };
    let label = move |template: fn(&Messages) -> &'static str| {
        move || fill(template(i18n.t()), &[("n", &(place.get() + 1).to_string())])
    };
    let hint = format!("portal-row-{id}");
    let protocols = move || {
        let now = row.with(|row| row.protocol.clone());
        let other = (now != PROTOCOL).then(|| now.clone());
        [Some(PROTOCOL.to_owned()), other]
            .into_iter()
            .flatten()
            .map(|one| {
                let chosen = one == now;
                view! { <option value=one.clone() selected=chosen>{one.clone()}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="tr" role="row" data-row=move || place.get().to_string()>
            <div class="td" role="cell">
                <input
                    class="input mono"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="shop.example.com"
                    aria-label=label(|t| t.sharing().portal_host_of)
                    aria-describedby=hint.clone()
                    aria-invalid=move || (shown.get().host.is_some() || shown.get().twice).then_some("true")
                    prop:value=move || row.with(|row| row.host.clone())
                    on:input=move |event| change(|row, text| row.host = text, event_target_value(&event))
                    on:blur=move |_| visited.set(true)
                />
            </div>
            <div class="td" role="cell">
                <input
                    class="input mono"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-label=label(|t| t.sharing().portal_port_of)
                    aria-describedby=hint.clone()
                    aria-invalid=move || shown.get().port.map(|_| "true")
                    prop:value=move || row.with(|row| row.port.clone())
                    on:input=move |event| change(|row, text| row.port = text, event_target_value(&event))
                />
            </div>
            <div class="td" role="cell">
                <select
                    class="select"
                    aria-label=label(|t| t.sharing().portal_protocol_of)
                    on:change=move |event| change(|row, text| row.protocol = text, event_target_value(&event))
                >
                    {protocols}
                </select>
            </div>
            <div class="td" role="cell">
                <button
                    type="button"
                    class="button quiet icon"
                    aria-label=label(|t| t.sharing().portal_remove_row)
                    title=label(|t| t.sharing().portal_remove_row)
                    on:click=move |_| editor.edit(|rows| rows.retain(|(one, _)| *one != id))
                >
                    <IconView icon=Icon::Close />
                </button>
            </div>
            <p id=hint class="problem" role="status">{move || text_of(i18n.t(), shown.get())}</p>
        </div>
    }
}

/// The rows as text.
#[component]
pub(super) fn Reading(editor: Editor) -> impl IntoView {
    let i18n = use_i18n();
    let rows = move || {
        editor
            .rows
            .get()
            .into_iter()
            .map(|(_, row)| {
                view! {
                    <div class="tr" role="row">
                        <div class="td" role="cell"><code class="clip">{row.host}</code></div>
                        <div class="td" role="cell"><code>{row.port}</code></div>
                        <div class="td" role="cell"><code>{row.protocol}</code></div>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <div class="table portal-table" role="table" aria-label=i18n.tr(|t| t.sharing().portals)>
            <Head />
            <div role="rowgroup">{rows}</div>
        </div>
    }
}
