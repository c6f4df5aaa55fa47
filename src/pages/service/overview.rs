//! Everything that runs for a service.

use super::actions::{ScaleForm, ServiceActions};
use super::images::ImageForm;
use super::{addresses, pods};
use crate::api::environments::Environment;
use crate::api::model::ContainerImage;
use crate::api::services::{CronJob, ServiceDetail, Workload};
use crate::components::empty::Empty;
use crate::components::icon::Icon;
use crate::components::image_name::ImageName;
use crate::domain::services::state_of_service;
use crate::domain::state::Health;
use crate::i18n::{fill, fill_count, use_i18n};
use crate::route::EnvironmentRef;
use leptos::prelude::*;
use std::sync::Arc;

/// Workloads, pods, addresses, ingresses and cron jobs.
#[component]
pub(crate) fn Overview(
    at: StoredValue<EnvironmentRef>,
    name: StoredValue<String>,
    environment: Memo<Option<Arc<Environment>>>,
    detail: Signal<Arc<ServiceDetail>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let of_environment = move |all: &Environment| {
        all.services.iter().find(|one| name.with_value(|name| one.name == *name)).cloned()
    };
    // Told by newer servers only.
    let revision = Memo::new(move |_| {
        environment.with(|all| of_environment(all.as_deref()?)).and_then(|service| service.revision)
    });
    let revision =
        move || revision.get().map(|n| fill(i18n.t().service().revision, &[("n", &n.to_string())]));
    // Its state in the environment; `None` where the environment does not have it.
    let state = Memo::new(move |_| {
        environment.with(|all| Some(state_of_service(&of_environment(all.as_deref()?)?).health))
    });
    let hint = Signal::derive(move || {
        let t = i18n.t().service();
        if state.get().is_some() { t.no_workload } else { t.none_hint }.to_owned()
    });
    let workloads = Memo::new(move |_| detail.with(|detail| detail.workloads.clone()));
    let jobs = Memo::new(move |_| detail.with(|detail| detail.cron_jobs.clone()));
    let nothing = Memo::new(move |_| {
        detail.with(|one| {
            one.workloads.is_empty()
                && one.cron_jobs.is_empty()
                && one.endpoints.is_empty()
                && one.ingresses.is_empty()
        })
    });
    view! {
        // What could not be applied has its sentence above.
        <Show when=move || nothing.get() && state.get() != Some(Health::Failed)>
            <Empty
                icon=Icon::Stack
                title=i18n.text(|t| t.service().none)
                hint
            />
        </Show>
        <Show when=move || workloads.with(|list| !list.is_empty()) || jobs.with(|list| !list.is_empty())>
            <ServiceActions at name detail />
        </Show>
        <Show when=move || workloads.with(|list| !list.is_empty())>
            <section class="block">
                <h3>{i18n.tr(|t| t.service().workloads)}</h3>
                <p class="dim small">{revision}</p>
                <For
                    each=move || workloads.get()
                    key=|one| format!("{}/{}", one.kind, one.name)
                    children=move |one| {
                        let key = (one.kind.clone(), one.name.clone());
                        let now = Memo::new(move |_| {
                            let find = |list: &Vec<Workload>| {
                                list.iter().find(|other| (&other.kind, &other.name) == (&key.0, &key.1)).cloned()
                            };
                            workloads.with(find).unwrap_or_else(|| one.clone())
                        });
                        view! {
                            <WorkloadCard workload=now.into()>
                                <ScaleForm at name detail workload=now.into() />
                            </WorkloadCard>
                        }
                    }
                />
            </section>
        </Show>
        <Show when=move || jobs.with(|list| !list.is_empty())>
            <section class="block">
                <h3>{i18n.tr(|t| t.service().cron_jobs)}</h3>
                {move || jobs.get().into_iter().map(|job| view! { <CronJobCard job /> }).collect_view()}
            </section>
        </Show>
        <ImageForm at name detail />
        <Show when=move || !nothing.get()>
            <pods::Pods at name detail />
        </Show>
        <addresses::Addresses detail />
    }
}

#[component]
fn WorkloadCard(workload: Signal<Workload>, children: Children) -> impl IntoView {
    let i18n = use_i18n();
    let line = move || {
        workload.with(|one| {
            let replicas = fill_count(i18n.t().service().replicas, one.replicas, &[]);
            let release = one.release_tag.as_ref().or(one.release_type.as_ref());
            let release =
                release.map(|tag| format!(" · {}: {tag}", i18n.t().service().release)).unwrap_or_default();
            format!("{} · {replicas}{release}", one.kind)
        })
    };
    let images = Memo::new(move |_| workload.with(|one| one.images.clone()));
    view! {
        <div class="workload" data-workload=move || workload.with(|one| one.name.clone())>
            <div class="workload-head">
                <b class="clip">{move || workload.with(|one| one.name.clone())}</b>
                <span class="dim">{line}</span>
            </div>
            <ul class="images">{move || image_list(images.get())}</ul>
            {children()}
        </div>
    }
}

/// Containers and their images.
fn image_list(images: Vec<ContainerImage>) -> impl IntoView {
    let line = |one: ContainerImage| {
        view! {
            <li>
                <span class="dim clip">{one.name}</span>
                <ImageName reference=one.image />
            </li>
        }
    };
    images.into_iter().map(line).collect_view()
}

#[component]
fn CronJobCard(job: CronJob) -> impl IntoView {
    let i18n = use_i18n();
    let suspended = job.suspend;
    let last = job.last_schedule.filter(|last| last != "N/A");
    let (schedule, active) = (job.schedule, job.active);
    let facts = move || {
        let t = i18n.t().service();
        let state = if suspended { t.suspended } else { t.scheduled };
        let last = match &last {
            Some(age) => fill(i18n.t().common().ago, &[("age", age)]),
            None => t.never.to_owned(),
        };
        format!("{state} · {} {schedule} · {}: {last} · {}: {active}", t.schedule, t.last_run, t.active)
    };
    view! {
        <div class="workload">
            <div class="workload-head">
                <b class="clip">{job.name}</b>
                <span class="dim">"CronJob"</span>
            </div>
            <p class="dim">{facts}</p>
            <ul class="images">{image_list(job.images)}</ul>
        </div>
    }
}
