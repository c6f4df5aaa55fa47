//! The way back from an image update that failed: its review, opened from the outcome.

use super::words;
use crate::components::task::use_task;
use crate::i18n::use_i18n;
use crate::operations::use_ops;
use crate::ops::plans::image;
use crate::ops::{Kind, OpId, Operation, Outcome};
use crate::session::use_session;
use leptos::prelude::*;

/// Whether an operation is an image update that reached the server and failed.
fn can_revert(op: &Operation) -> bool {
    let failed = matches!(op.outcome(), Some(Outcome::Failed(_) | Outcome::GaveUp(_)));
    op.facts.kind == Kind::UpdateImage && failed && !image::before(&op.facts).is_empty()
}

/// Opens the review of going back to the images from before, for an image update that failed.
#[component]
pub(crate) fn RevertButton(
    /// The operation.
    id: OpId,
) -> impl IntoView {
    let (i18n, ops, session, task) = (use_i18n(), use_ops(), use_session(), use_task());
    let problem = RwSignal::new(None::<String>);
    let can =
        Memo::new(move |_| !session.is_read_only_mode() && ops.get(id).is_some_and(|op| can_revert(&op)));
    let revert = move |_| {
        let Some((op, client)) = untrack(|| ops.get(id)).zip(session.client()) else { return };
        let target = op.facts.target.clone();
        let Some(service) = target.service().map(str::to_owned) else { return };
        let edits = image::before(&op.facts);
        task.run(async move {
            let at = &target.env;
            let read = client.service_of_any_kind(at.family, &at.project, &at.key, &service, false).await;
            let language = i18n.language.get_untracked();
            let t = language.messages();
            let features = untrack(|| ops.features());
            let plan = match &read {
                Ok(detail) => image::update(at, &service, detail, &edits, &features)
                    .map_err(|why| words::problem(t, language, &why)),
                Err(error) => Err(crate::i18n::explain(t, error, false).title.to_owned()),
            };
            match plan {
                Ok(plan) => {
                    let _ = problem.try_set(None);
                    ops.propose(plan);
                }
                Err(text) => _ = problem.try_set(Some(text)),
            }
        });
    };
    view! {
        <Show when=move || can.get()>
            <button type="button" class="button" on:click=revert>
                {i18n.tr(|t| t.ops().revert_all)}
            </button>
            {move || problem.get().map(|text| view! { <p class="problem" role="alert">{text}</p> })}
        </Show>
    }
}
