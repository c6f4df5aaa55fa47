//! All pods of a service in one dense table; a row opens to its containers.

use super::actions::propose;
use crate::api::services::{Pod, PodContainer, ServiceDetail};
use crate::api::{Availability, Feature};
use crate::clock::use_clock;
use crate::components::icon::{Icon, IconView};
use crate::components::image_name::ImageName;
use crate::components::ops::ProblemLine;
use crate::components::state_badge::StateBadge;
use crate::dock::LogLink;
use crate::domain::age::Age;
use crate::domain::pods::{PodRow, rows};
use crate::i18n::{date_time, fill, fill_count, use_i18n};
use crate::operations::use_ops;
use crate::ops::plans::restart;
use crate::route::{EnvironmentRef, LogTarget};
use crate::session::use_session;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Pods drawn before "show more"; problems stand first, so these are the ones to read.
const SHOWN: usize = 50;

/// The pods with their filter.
#[component]
pub(crate) fn Pods(
    at: StoredValue<EnvironmentRef>,
    name: StoredValue<String>,
    detail: Signal<Arc<ServiceDetail>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let filter = RwSignal::new(String::new());
    let limit = RwSignal::new(SHOWN);
    let all = Memo::new(move |_| detail.with(|detail| rows(detail)));
    let found = Memo::new(move |_| {
        let needle = crate::domain::text_case::lowercase(filter.get().trim());
        all.with(|all| all.iter().filter(|row| row.contains(&needle)).cloned().collect::<Vec<_>>())
    });
    let empty = Memo::new(move |_| all.with(Vec::is_empty));
    let shown = move || found.with(|found| found.iter().take(limit.get()).cloned().collect::<Vec<_>>());
    let hidden = move || found.with(Vec::len).saturating_sub(limit.get());
    let table = move || {
        if empty.get() {
            let bare = detail.with(|detail| detail.workloads.is_empty() && detail.cron_jobs.is_empty());
            let text = move || if bare { i18n.t().service().no_workload } else { i18n.t().service().no_pods };
            return view! { <p class="dim">{text}</p> }.into_any();
        }
        view! {
            <div class="table pod-table" role="table" aria-label=i18n.tr(|t| t.service().pods)>
                <div role="rowgroup">
                    <For
                        each=shown
                        key=|row| row.pod.name.clone()
                        children=move |row| {
                            let pod = row.pod.name.clone();
                            let now = Memo::new(move |_| {
                                let find = |all: &Vec<PodRow>| all.iter().find(|one| one.pod.name == pod).cloned();
                                all.with(find).unwrap_or_else(|| row.clone())
                            });
                            view! { <PodEntry at name row=now.into()><RestartPod at name detail row=now.into() /></PodEntry> }
                        }
                    />
                </div>
            </div>
            <Show when=move || { hidden() > 0 }>
                <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += 4 * SHOWN)>
                    {move || fill(i18n.t().service().show_more, &[("n", &hidden().to_string())])}
                </button>
            </Show>
        }
        .into_any()
    };
    view! {
        <section class="block">
            <div class="page-head">
                <h3>{i18n.tr(|t| t.service().pods)}</h3>
                <span class="dim tabular">{move || all.with(Vec::len)}</span>
                <span class="spring"></span>
                <Show when=move || { all.with(Vec::len) > 8 }>
                    <input
                        class="input pod-filter"
                        type="search"
                        placeholder=i18n.tr(|t| t.service().filter_pods)
                        aria-label=i18n.tr(|t| t.service().filter_pods)
                        prop:value=filter
                        on:input=move |event| filter.set(event_target_value(&event))
                    />
                </Show>
            </div>
            {table}
        </section>
    }
}

#[component]
fn PodEntry(
    at: StoredValue<EnvironmentRef>,
    name: StoredValue<String>,
    row: Signal<PodRow>,
    children: ChildrenFn,
) -> impl IntoView {
    let log = move |container: &str| {
        row.with(|row| LogTarget::container(at.get_value(), name.get_value(), &row.pod.name, container))
    };
    let children = StoredValue::new(children);
    let (i18n, clock) = (use_i18n(), use_clock());
    let open = RwSignal::new(false);
    let name = Memo::new(move |_| row.with(|row| row.pod.name.clone()));
    let ready = move || row.with(|row| format!("{}/{}", row.ready.0, row.ready.1));
    let age = Memo::new(move |_| {
        row.with(|row| (row.pod.create_time > 0).then(|| Age::between(row.pod.create_time, clock.now())))
    });
    let reason = move || {
        row.with(|row| {
            let (word, code) = row.reason()?;
            let code =
                code.map(|code| fill(i18n.t().environment().exit_code, &[("code", &code.to_string())]));
            Some(view! {
                <span class="reason tone-bad clip">
                    <b>{word}</b>
                    <span>{code}</span>
                </span>
            })
        })
    };
    // The age is the server's word where it tells no time.
    let made = move || {
        let made = row.with(|row| row.pod.create_time);
        if made > 0 { date_time(made) } else { i18n.t().service().age.to_owned() }
    };
    view! {
        <div class="tr pod-row link" role="row" data-pod=name>
            <div class="td c-name" role="cell">
                <button
                    type="button"
                    class="disclose row-link"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <span class="chevron" class:open=open><IconView icon=Icon::Chevron /></span>
                    <span class="mono clip" title=name>{name}</span>
                </button>
                <LogLink target=Signal::derive(move || log("")) />
            </div>
            <div class="td c-state" role="cell">
                <StateBadge state=Signal::derive(move || row.with(|row| row.state.clone())) />
            </div>
            <div class="td c-ready tabular" role="cell" title=i18n.tr(|t| t.service().containers)>{ready}</div>
            <div class="td c-reason" role="cell">{reason}</div>
            <div class="td c-restarts tabular dim" role="cell" title=i18n.tr(|t| t.service().restarts)>
                {move || row.with(|row| (row.restarts > 0).then(|| format!("↻ {}", row.restarts)))}
            </div>
            <div class="td c-age tabular dim nowrap" role="cell" title=made>
                {move || age.get().map_or_else(|| row.with(|row| row.pod.age.clone()), |age| i18n.age(age))}
            </div>
        </div>
        <Show when=move || open.get()>
            {move || view! { <PodDetail pod=row.with(|row| row.pod.clone()) log=Callback::new(move |name: String| log(&name)) /> }}
            <div class="pod-detail" role="row">
                <div role="cell">{children.with_value(|children| children())}</div>
            </div>
        </Show>
    }
}

/// Restart of one pod, where the server has it (H11).
#[component]
fn RestartPod(
    at: StoredValue<EnvironmentRef>,
    name: StoredValue<String>,
    detail: Signal<Arc<ServiceDetail>>,
    row: Signal<PodRow>,
) -> impl IntoView {
    let (i18n, ops, session) = (use_i18n(), use_ops(), use_session());
    let problem = RwSignal::new(None);
    let can = move || {
        let restarts = || detail.with(|detail| row.with(|row| restart::restarts_pods(detail, &row.pod.name)));
        !session.is_read_only() && ops.features().has(Feature::RestartPod) == Availability::Yes && restarts()
    };
    let restart = move |_| {
        let plan = detail.with_untracked(|detail| {
            let (features, pod) =
                (untrack(|| ops.features()), row.with_untracked(|row| row.pod.name.clone()));
            at.with_value(|at| {
                name.with_value(|name| restart::restart_pod(at, name, detail, &pod, &features))
            })
        });
        propose(ops, plan, problem);
    };
    view! {
        <Show when=can>
            <button type="button" class="button" on:click=restart>
                <IconView icon=Icon::Refresh />
                {i18n.tr(|t| t.ops().restart_pod)}
                " …"
            </button>
            <ProblemLine problem />
        </Show>
    }
}

/// Facts, containers and labels of a pod.
#[component]
fn PodDetail(pod: Pod, log: Callback<String, LogTarget>) -> impl IntoView {
    let i18n = use_i18n();
    let t = i18n.t().service();
    let fact = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <div><dt>{name}</dt><dd class="mono">{value}</dd></div> })
    };
    view! {
        <div class="pod-detail" role="row">
            <div role="cell" class="block">
                <dl class="facts">
                    {fact(t.node, pod.node_name.clone())} {fact(t.ip, pod.ip.clone())}
                    {fact(t.host, pod.host_ip.clone())}
                </dl>
                {message(&pod.containers_message)}
                {pod.containers.into_iter().map(|one| view! { <ContainerView container=one log /> }).collect_view()}
                <Labels labels=pod.labels />
            </div>
        </div>
    }
}

fn message(text: &str) -> Option<impl IntoView + use<>> {
    let text = text.trim().to_owned();
    (!text.is_empty()).then(|| view! { <p class="mono pod-message">{text}</p> })
}

#[component]
fn ContainerView(container: PodContainer, log: Callback<String, LogTarget>) -> impl IntoView {
    let i18n = use_i18n();
    let t = i18n.t().service();
    let tone = if container.ready { "tone-ok" } else { "tone-warn" };
    let mut facts = vec![if container.ready { t.ready } else { t.not_ready }.to_owned()];
    facts.push(container.state.to_string());
    facts.extend(Some(container.reason.clone()).filter(|reason| !reason.is_empty()));
    if container.restart_count > 0 {
        facts.push(fill_count(i18n.t().environment().restarts, container.restart_count, &[]));
    }
    facts.extend(
        container.started_at.filter(|at| *at > 0).map(|at| format!("{} {}", t.started, date_time(at))),
    );
    facts.extend(
        container.finished_at.filter(|at| *at > 0).map(|at| format!("{} {}", t.finished, date_time(at))),
    );
    let ports: Vec<String> = container
        .ports
        .iter()
        .map(|port| {
            let name = port.name.as_ref().map(|name| format!("{name} ")).unwrap_or_default();
            let host =
                port.host_port.filter(|port| *port > 0).map(|port| format!(" → {port}")).unwrap_or_default();
            format!("{name}{}{host}/{}", port.container_port, port.protocol)
        })
        .collect();
    let icon = if container.ready { Icon::Check } else { Icon::Alert };
    view! {
        <div class="container-card" data-container=container.name.clone()>
            <div class="workload-head">
                <span class=format!("state {tone}")><IconView icon /><b>{container.name.clone()}</b></span>
                <ImageName reference=container.image />
                <span class="spring"></span>
                <LogLink target=Signal::stored(log.run(container.name.clone())) text=true />
            </div>
            <p class="dim small">{facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ")}</p>
            {(!ports.is_empty()).then(|| view! { <p class="dim small mono">{t.ports} ": " {ports.join(", ")}</p> })}
            {message(&container.message)}
        </div>
    }
}

#[component]
fn Labels(labels: BTreeMap<String, String>) -> impl IntoView {
    let i18n = use_i18n();
    (!labels.is_empty()).then(|| {
        view! {
            <details>
                <summary class="dim small">{i18n.t().service().labels}</summary>
                <ul class="label-list">
                    {labels
                        .into_iter()
                        .map(|(key, value)| view! { <li class="chip mono">{format!("{key}={value}")}</li> })
                        .collect_view()}
                </ul>
            </details>
        }
    })
}
