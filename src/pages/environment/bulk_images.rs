//! New images for several services in one review.

use super::read::read_all;
use crate::api::services::ServiceDetail;
use crate::components::dialog::Dialog;
use crate::components::ops::ProblemLine;
use crate::components::task::use_task;
use crate::i18n::use_i18n;
use crate::operations::use_ops;
use crate::ops::Problem;
use crate::ops::plans::image;
use crate::pages::service::images::{ImageFields, Typed, edits_of};
use crate::route::EnvironmentRef;
use crate::session::use_session;
use leptos::prelude::*;
use std::sync::Arc;

/// A service with what was typed for it.
#[derive(Clone)]
struct Entry {
    name: String,
    detail: Arc<ServiceDetail>,
    typed: RwSignal<Typed>,
}

/// The dialog for the images of the chosen services.
#[component]
pub(crate) fn BulkImages(
    at: StoredValue<EnvironmentRef>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The chosen services.
    names: Signal<Vec<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog open title=i18n.text(|t| t.ops().update_images)>
            <Form at open names />
        </Dialog>
    }
}

#[component]
fn Form(at: StoredValue<EnvironmentRef>, open: RwSignal<bool>, names: Signal<Vec<String>>) -> impl IntoView {
    let (i18n, ops, session) = (use_i18n(), use_ops(), use_session());
    let entries = RwSignal::new(None::<Vec<Entry>>);
    let problem = RwSignal::new(None::<Problem>);
    let watched = names.get_untracked();
    if let Some(client) = session.client() {
        use_task().run(async move {
            let read = read_all(client, at.get_value(), watched).await;
            let with_images = read.into_iter().filter_map(|(name, detail)| {
                let detail = Arc::new(detail?);
                Some(Entry { name, detail, typed: RwSignal::new(Typed::new()) })
            });
            let _ = entries.try_set(Some(with_images.collect()));
        });
    }
    let changed = move || {
        entries.with(|entries| {
            entries
                .iter()
                .flatten()
                .any(|one| one.typed.with(|typed| !edits_of(&one.detail, typed).is_empty()))
        })
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let features = untrack(|| ops.features());
        let plans: Result<Vec<_>, Problem> = entries
            .get_untracked()
            .into_iter()
            .flatten()
            .filter_map(|one| {
                let edits = one.typed.with_untracked(|typed| edits_of(&one.detail, typed));
                (!edits.is_empty())
                    .then(|| at.with_value(|at| image::update(at, &one.name, &one.detail, &edits, &features)))
            })
            .collect();
        match plans {
            Ok(plans) => {
                open.set(false);
                ops.propose_group(plans);
            }
            Err(why) => problem.set(Some(why)),
        }
    };
    let fields = move || match entries.get() {
        None => view! { <p class="dim" role="status">{i18n.tr(|t| t.ops().reading)}</p> }.into_any(),
        Some(entries) if entries.is_empty() => {
            view! { <p class="dim">{i18n.tr(|t| t.ops().no_images)}</p> }.into_any()
        }
        Some(entries) => entries
            .into_iter()
            .map(|one| {
                let detail = Signal::stored(one.detail.clone());
                view! {
                    <fieldset class="image-group">
                        <legend>{one.name}</legend>
                        <ImageFields at detail typed=one.typed />
                    </fieldset>
                }
            })
            .collect_view()
            .into_any(),
    };
    view! {
        <form class="review" on:submit=submit novalidate>
            <p class="dim">{i18n.tr(|t| t.ops().images_hint)}</p>
            {fields}
            <ProblemLine problem />
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {i18n.tr(|t| t.common().cancel)}
                </button>
                <button type="submit" class="button primary" disabled=move || !changed()>
                    {i18n.tr(|t| t.ops().add)}
                </button>
            </div>
        </form>
    }
}
