//! The services of an environment: state, ready count, images, and the failing reason promoted to the row.

use super::add::AddServices;
use super::bulk::{SelectBox, Selection};
use super::readiness_poller::ReadinessPoller;
use crate::api::environments::Environment;
use crate::components::empty::Empty;
use crate::components::icon::{Icon, IconView};
use crate::components::image_name::ImageName;
use crate::components::keys::{Shortcut, use_keys};
use crate::components::rows::WindowedRows;
use crate::components::search::SearchField;
use crate::components::state_badge::StateBadge;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::services::{Row, select};
use crate::domain::state::Health;
use crate::i18n::{fill, fill_count, use_i18n};
use crate::lazy;
use crate::nav::use_nav;
use crate::route::{EnvironmentRef, Panel, Route, ServiceRef, ServiceView, Tab};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Toolbar and table of the services.
#[component]
pub(crate) fn Services(
    at: StoredValue<EnvironmentRef>,
    detail: Memo<Option<Arc<Environment>>>,
    view: Signal<ServiceView>,
) -> impl IntoView {
    let (i18n, nav, keys) = (use_i18n(), use_nav(), use_keys());
    let poller = ReadinessPoller::start(at);
    provide_context(poller);
    let chosen = RwSignal::new(BTreeSet::new());
    provide_context(Selection(chosen));
    let rows = Memo::new(move |_| {
        let found = poller.found.get();
        detail.with(|detail| {
            let services = detail.iter().flat_map(|detail| detail.services.iter());
            services.map(|one| Row::new(one, found.get(&one.name).cloned())).collect::<Vec<_>>()
        })
    });
    let shown = Memo::new(move |_| rows.with(|rows| select(rows, &view.get())));
    let count = Memo::new(move |_| rows.with(Vec::len));
    let empty = Memo::new(move |_| count.get() == 0);
    let replace = move |view: ServiceView| {
        nav.replace(Route::Environment { at: at.get_value(), tab: Tab::Services, view, service: None });
    };
    let toggle = move || {
        let view = view.get_untracked();
        replace(ServiceView { problems_only: !view.problems_only, ..view });
    };
    keys.on(Shortcut::Problems, toggle);
    keys.on(Shortcut::Refresh, move || poller.refresh());
    let content = move || {
        if empty.get() {
            return view! {
                <Empty
                    icon=Icon::Stack
                    title=i18n.text(|t| t.environment().none)
                    hint=i18n.text(|t| t.environment().none_hint)
                >
                    <AddServices at detail />
                </Empty>
            }
            .into_any();
        }
        view! {
            <Table at rows=shown />
            <Show when=move || shown.with(Vec::is_empty)>
                <NothingShown view count clear=Callback::new(move |()| replace(ServiceView::default())) />
            </Show>
        }
        .into_any()
    };
    view! {
        <Show when=move || { count.get() > 0 }>
            <div class="toolbar">
                <SearchField
                    value=Signal::derive(move || view.get().search)
                    on_change=move |search| replace(ServiceView { search, ..view.get_untracked() })
                    label=i18n.text(|t| t.environment().search)
                />
                <button
                    type="button"
                    class="button"
                    aria-pressed=move || view.get().problems_only.to_string()
                    on:click=move |_| toggle()
                >
                    <IconView icon=Icon::Alert />
                    {i18n.tr(|t| t.environment().problems_only)}
                </button>
                <AddServices at detail />
                <span class="dim tabular" role="status">
                    {move || {
                        let shown = shown.with(Vec::len);
                        (shown != count.get())
                            .then(|| {
                                let (shown, all) = (i18n.number(shown), i18n.number(count.get()));
                                fill(i18n.t().common().shown_of, &[("shown", &shown), ("all", &all)])
                            })
                    }}
                </span>
            </div>
        </Show>
        {content}
        {lazy::lazy_on(lazy::load_bulk_bar,
            move || chosen.with(|chosen| !chosen.is_empty()),
            move || lazy::bulk_bar(at, detail),
        )}
    }
}

/// Why no row is shown although there are services.
#[component]
fn NothingShown(view: Signal<ServiceView>, count: Memo<usize>, clear: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let all_well = move || {
        let view = view.get();
        view.problems_only && view.search.is_empty()
    };
    let title = Signal::derive(move || {
        let t = i18n.t().environment();
        if all_well() { t.no_problems } else { t.none_match }.to_owned()
    });
    let hint = Signal::derive(move || {
        let t = i18n.t().environment();
        let template = if all_well() { t.no_problems_hint } else { t.hidden };
        fill_count(template, count.get(), &[])
    });
    view! {
        <Empty icon=Icon::Check title hint>
            <button type="button" class="button" on:click=move |_| clear.run(())>
                {i18n.tr(|t| t.common().clear_filters)}
            </button>
        </Empty>
    }
}

#[component]
fn Table(at: StoredValue<EnvironmentRef>, rows: Memo<Vec<Row>>) -> impl IntoView {
    let i18n = use_i18n();
    let head = move |pick: fn(&'static crate::i18n::Messages) -> &'static str| {
        view! { <div class="th" role="columnheader">{move || pick(i18n.t())}</div> }
    };
    view! {
        <div
            class="table service-table"
            role="table"
            aria-label=i18n.tr(|t| t.environment().services)
            aria-rowcount=move || (rows.with(Vec::len) + 1).to_string()
        >
            <div role="rowgroup">
                <div class="thead" role="row" aria-rowindex="1">
                    {head(|t| t.environment().column_service)}
                    {head(|t| t.environment().column_state)}
                    {head(|t| t.environment().column_ready)}
                    {head(|t| t.environment().column_images)}
                    {head(|t| t.environment().column_reason)}
                </div>
            </div>
            <WindowedRows
                items=rows
                key=|row: &Row| row.name.clone()
                row=move |index, row| view! { <TableRow index row at /> }
            />
        </div>
    }
}

#[component]
fn TableRow(index: usize, row: Signal<Row>, at: StoredValue<EnvironmentRef>) -> impl IntoView {
    poll_while_drawn(row);
    let nav = use_nav();
    let current = move || {
        let open = nav.route.with(|route| match route {
            Route::Environment { service: Some(service), .. } => row.with(|row| row.name == service.name),
            _ => false,
        });
        open.then_some("true")
    };
    let href = move || {
        let service = row.with(|row| ServiceRef { name: row.name.clone(), panel: Panel::default() });
        let view = nav.route.with(|route| match route {
            Route::Environment { view, .. } => view.clone(),
            _ => ServiceView::default(),
        });
        Route::Environment { at: at.get_value(), tab: Tab::Services, view, service: Some(service) }.href()
    };
    let diagnosis = Signal::derive(move || row.with(|row| row.diagnosis.clone()));
    view! {
        <div
            class="tr link"
            role="row"
            aria-rowindex=(index + 2).to_string()
            aria-current=current
            data-service=move || row.with(|row| row.name.clone())
        >
            <div class="td c-name" role="cell">
                <SelectBox name=Signal::derive(move || row.with(|row| row.name.clone())) />
                <a class="row-link clip" href=href title=move || row.with(|row| row.name.clone())>
                    {move || row.with(|row| row.name.clone())}
                </a>
            </div>
            <div class="td c-state" role="cell">
                <StateBadge state=Signal::derive(move || row.with(|row| row.state.clone())) />
            </div>
            <div class="td c-ready" role="cell">
                <Ready diagnosis />
            </div>
            <div class="td c-images" role="cell">
                <Images row />
            </div>
            <div class="td c-reason" role="cell">
                <ReasonLine row diagnosis />
            </div>
        </div>
    }
}

/// Asks for closer looks as long as the row is drawn, and for frequent ones while something is wrong.
fn poll_while_drawn(row: Signal<Row>) {
    let Some(poller) = use_context::<ReadinessPoller>() else { return };
    let polled = Memo::new(move |_| {
        row.with(|row| (row.name.clone(), row.state.health.is_problem() || row.state.is_moving()))
    });
    Effect::new(move |before: Option<String>| {
        let (name, pressing) = polled.get();
        if let Some(before) = before {
            poller.unwatch(&before);
        }
        poller.watch(&name, pressing);
        name
    });
    on_cleanup(move || {
        if let Some((name, _)) = polled.try_get_untracked() {
            poller.unwatch(&name);
        }
    });
}

/// `2/3` with a bar; the words in the tooltip.
#[component]
fn Ready(diagnosis: Signal<Option<Diagnosis>>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let t = i18n.t().environment();
        let Some(found) = diagnosis.get() else {
            return view! { <span class="dim" title=t.ready_unknown aria-label=t.ready_unknown>"–"</span> }
                .into_any();
        };
        if found.desired == 0 && found.ready == 0 {
            return view! { <span class="dim">{t.no_pods}</span> }.into_any();
        }
        let health = match (found.ready, found.ready >= found.desired) {
            (_, true) => Health::Ok,
            (0, _) => Health::Failed,
            _ => Health::Degraded,
        };
        let title = fill_count(t.ready_of, found.desired, &[("ready", &found.ready.to_string())]);
        let share = (found.ready * 100).checked_div(found.desired).unwrap_or(100).min(100);
        view! {
            <span class=format!("ready {}", health.tone()) title=title.clone()>
                <span aria-hidden="true">{format!("{}/{}", found.ready, found.desired)}</span>
                <span class="sr-only">{title.clone()}</span>
                <span class="ready-bar only-wide" aria-hidden="true">
                    <i style:inline-size=format!("{share}%")></i>
                </span>
            </span>
        }
        .into_any()
    }
}

/// The first image, and how many more there are.
#[component]
fn Images(row: Signal<Row>) -> impl IntoView {
    let i18n = use_i18n();
    let images = Memo::new(move |_| row.with(|row| row.images.clone()));
    move || {
        let images = images.get();
        let more = images.len().saturating_sub(1);
        let all = images
            .iter()
            .map(|one| {
                let init =
                    if one.init { format!(" ({})", i18n.t().environment().init) } else { String::new() };
                format!("{}{init}: {}", one.container, one.image)
            })
            .collect::<Vec<_>>()
            .join("\n");
        images.into_iter().next().map(|first| {
            view! {
                <ImageName reference=first.image />
                {(more > 0)
                    .then(|| {
                        let text = fill(i18n.t().common().more, &[("n", &more.to_string())]);
                        view! { <span class="chip" title=all>{text}</span> }
                    })}
            }
        })
    }
}

/// Why the service is not ready: the word, what goes with it, and how many pods share it.
#[component]
fn ReasonLine(row: Signal<Row>, diagnosis: Signal<Option<Diagnosis>>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let found = diagnosis.get()?;
        let Some(reason) = found.reason else {
            return row.with(Row::is_not_applied).then(|| {
                let text = i18n.tr(|t| t.environment().not_applied);
                view! { <span class="reason clip tone-bad">{text}</span> }.into_any()
            });
        };
        let t = i18n.t().environment();
        let mut parts = Vec::new();
        parts.extend(reason.exit_code.map(|code| fill(t.exit_code, &[("code", &code.to_string())])));
        if found.restarts > 0 {
            parts.push(fill_count(t.restarts, found.restarts, &[]));
        }
        parts.extend(Some(reason.message.clone()).filter(|message| !message.is_empty()));
        let place = match &reason.container {
            Some(container) => format!("{} / {container}", reason.pod),
            None => reason.pod.clone(),
        };
        let detail = parts.join(" · ");
        let line = view! {
            <span class=format!("reason clip {}", reason.health().tone()) title=format!("{place}\n{}\n{detail}", reason.word)>
                <b>{reason.word.clone()}</b>
                <span class="clip">{detail.clone()}</span>
            </span>
        };
        Some(line.into_any())
    }
}
