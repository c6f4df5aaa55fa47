//! New images for containers that exist: several in one review, a reference checked as it is typed, one click back to what
//! this tab had before.

use super::actions::{guard_typed, propose};
use crate::api::services::{CronJob, ServiceDetail, WorkloadKind};
use crate::components::ops::{ProblemLine, words};
use crate::domain::image::ImageRef;
use crate::i18n::{fill, use_i18n};
use crate::operations::use_ops;
use crate::ops::WorkloadRef;
use crate::ops::plans::image::{self, ImageEdit};
use crate::route::EnvironmentRef;
use crate::session::use_session;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A container that can get a new image.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Slot {
    workload: WorkloadRef,
    container: String,
    image: String,
}

/// The containers of a service for which the server has an image call (E35-E37).
fn slots(detail: &ServiceDetail) -> Vec<Slot> {
    let of_workloads = detail
        .workloads
        .iter()
        .filter(|one| matches!(one.kind, WorkloadKind::Deployment | WorkloadKind::StatefulSet))
        .flat_map(|one| {
            let workload = WorkloadRef::new(one.kind.clone(), one.name.clone());
            one.images.iter().map(move |image| (workload.clone(), image.clone()))
        });
    let of_jobs = detail.cron_jobs.iter().flat_map(|one: &CronJob| {
        let workload = WorkloadRef::new(WorkloadKind::CronJob, one.name.clone());
        one.images.iter().map(move |image| (workload.clone(), image.clone()))
    });
    of_workloads
        .chain(of_jobs)
        .map(|(workload, one)| Slot { workload, container: one.name, image: one.image })
        .collect()
}

/// What was typed, by workload and container. Refreshing the service underneath does not touch it.
pub(crate) type Typed = BTreeMap<(WorkloadRef, String), String>;

/// The images of a service that were changed.
pub(crate) fn edits_of(detail: &ServiceDetail, typed: &Typed) -> Vec<ImageEdit> {
    let changed = |slot: Slot| {
        let image = typed.get(&(slot.workload.clone(), slot.container.clone()))?.trim().to_owned();
        (image != slot.image).then_some(ImageEdit {
            workload: slot.workload,
            container: slot.container,
            image,
        })
    };
    slots(detail).into_iter().filter_map(changed).collect()
}

/// The fields for the images of a service.
#[component]
pub(crate) fn ImageFields(
    /// The environment.
    at: StoredValue<EnvironmentRef>,
    /// The service as it is now.
    detail: Signal<Arc<ServiceDetail>>,
    /// What was typed.
    typed: RwSignal<Typed>,
) -> impl IntoView {
    let all = Memo::new(move |_| detail.with(|detail| slots(detail)));
    view! {
        <For
            each=move || all.get()
            key=|slot| (slot.workload.clone(), slot.container.clone())
            children=move |place| view! { <ImageField at place all typed /> }
        />
    }
}

/// The form for new images.
#[component]
pub(crate) fn ImageForm(
    /// The environment.
    at: StoredValue<EnvironmentRef>,
    /// The service.
    name: StoredValue<String>,
    /// The service as it is now.
    detail: Signal<Arc<ServiceDetail>>,
) -> impl IntoView {
    let (i18n, ops, session) = (use_i18n(), use_ops(), use_session());
    let problem = RwSignal::new(None);
    let all = Memo::new(move |_| detail.with(|detail| slots(detail)));
    let typed = RwSignal::new(Typed::new());
    let edits = move || typed.with(|typed| detail.with(|detail| edits_of(detail, typed)));
    let can = move || {
        !session.is_read_only()
            && at.with_value(|at| !at.family.is_production())
            && all.with(|all| !all.is_empty())
    };
    let handed = guard_typed(at, name, move || !edits().is_empty());
    // What is typed after a change was handed in is not part of it.
    crate::effect::effect(move || {
        typed.track();
        untrack(|| handed.edited());
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let edits = untrack(edits);
        let plan = detail.with_untracked(|detail| {
            let features = ops.features();
            at.with_value(|at| name.with_value(|name| image::update(at, name, detail, &edits, &features)))
        });
        handed.follow(propose(ops, plan, problem));
    };
    view! {
        <Show when=can>
            <details class="workload">
                <summary>{i18n.tr(|t| t.ops().update_image)}</summary>
                <form class="block" on:submit=submit novalidate>
                    <ImageFields at detail typed />
                    <ProblemLine problem />
                    <div>
                        <button type="submit" class="button" disabled=move || edits().is_empty()>
                            {i18n.tr(|t| t.ops().update_image)} " …"
                        </button>
                    </div>
                </form>
            </details>
        </Show>
    }
}

#[component]
fn ImageField(
    at: StoredValue<EnvironmentRef>,
    place: Slot,
    all: Memo<Vec<Slot>>,
    typed: RwSignal<Typed>,
) -> impl IntoView {
    let (i18n, ops) = (use_i18n(), use_ops());
    let key = StoredValue::new((place.workload.clone(), place.container.clone()));
    let label = format!("{} {} · {}", place.workload.kind, place.workload.name, place.container);
    let current = Memo::new(move |_| {
        let (workload, container) = key.get_value();
        let find = |all: &Vec<Slot>| {
            all.iter()
                .find(|one| one.workload == workload && one.container == container)
                .map(|one| one.image.clone())
        };
        all.with(find).unwrap_or_else(|| place.image.clone())
    });
    let value =
        move || typed.with(|typed| typed.get(&key.get_value()).cloned()).unwrap_or_else(|| current.get());
    let wrong = move || ImageRef::parse(value().trim()).err();
    let edited = move || value().trim() != current.get();
    // What this tab had before: the way back after a bad image.
    let previous = Memo::new(move |_| {
        let (workload, container) = key.get_value();
        ops.list();
        let current = current.get();
        ops.with(|registry| at.with_value(|at| registry.previous_image(at, &workload, &container, &current)))
            .flatten()
    });
    let set = move |image: String| {
        typed.update(|typed| {
            typed.insert(key.get_value(), image);
        });
    };
    let id = format!("image-{}-{}-{}", place.workload.kind, place.workload.name, place.container);
    let hint = format!("{id}-hint");
    view! {
        <div class="image-edit field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                class="input"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=hint.clone()
                aria-invalid=move || wrong().map(|_| "true")
                prop:value=value
                on:input=move |event| set(event_target_value(&event))
            />
            <p id=hint class=move || if wrong().is_some() { "problem" } else { "hint" }>
                {move || {
                    let t = i18n.t();
                    match wrong() {
                        Some(problem) => words::image_problem(t, &problem),
                        None if edited() => fill(t.ops().image_now, &[("image", &current.get())]),
                        None => String::new(),
                    }
                }}
            </p>
            {move || {
                previous
                    .get()
                    .map(|image| {
                        let text = fill(i18n.t().ops().revert, &[("image", &image)]);
                        view! {
                            <button type="button" class="button" on:click=move |_| set(image.clone())>
                                <span class="clip">{text}</span>
                            </button>
                        }
                    })
            }}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::model::ContainerImage;
    use crate::api::services::Workload;

    #[test]
    fn only_workloads_with_an_image_call_are_offered() {
        let images =
            vec![ContainerImage { name: "c".into(), image: "i:1".into(), ..ContainerImage::default() }];
        let workload = |kind: WorkloadKind| Workload { kind, images: images.clone(), ..Workload::default() };
        let detail = ServiceDetail {
            workloads: vec![
                workload(WorkloadKind::Deployment),
                workload(WorkloadKind::DaemonSet),
                workload(WorkloadKind::StatefulSet),
            ],
            cron_jobs: vec![CronJob { images, ..CronJob::default() }],
            ..ServiceDetail::default()
        };
        let kinds: Vec<_> = slots(&detail).into_iter().map(|slot| slot.workload.kind).collect();
        assert_eq!(kinds, [WorkloadKind::Deployment, WorkloadKind::StatefulSet, WorkloadKind::CronJob]);
    }
}
