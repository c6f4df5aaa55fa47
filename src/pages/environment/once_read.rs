//! What a dialog shows that has to read something first.

use crate::components::error_notice::ErrorNotice;
use crate::i18n::use_i18n;
use crate::query::{Query, Stage};
use leptos::prelude::*;
use std::sync::Arc;

/// Draws `content` over the first thing that was read: a later answer must not throw away what was decided meanwhile.
/// `None` is an environment that is gone.
pub(super) fn once_read<T>(
    query: Query<Option<T>>,
    content: impl Fn(T) -> AnyView + Send + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let i18n = use_i18n();
    let stage = query.stage();
    let first = Memo::new(move |first: Option<&Option<Arc<Option<T>>>>| {
        first.cloned().flatten().or_else(|| query.value())
    });
    move || {
        let error = Signal::derive(move || query.error());
        match (stage.get(), first.get().and_then(|found| found.as_ref().clone())) {
            (Stage::Waiting, _) => {
                view! { <p class="dim" role="status">{i18n.tr(|t| t.lifecycle().reading)}</p> }.into_any()
            }
            (Stage::There, Some(found)) => content(found),
            (Stage::There, None) => view! { <p>{i18n.tr(|t| t.environment().gone_hint)}</p> }.into_any(),
            (Stage::Failed, _) => {
                view! { <ErrorNotice error retry=Callback::new(move |()| query.refresh()) /> }.into_any()
            }
        }
    }
}
