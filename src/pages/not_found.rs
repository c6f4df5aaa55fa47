//! A link that leads nowhere.

use crate::components::empty::Empty;
use crate::components::icon::Icon;
use crate::i18n::{fill, use_i18n};
use crate::route::Route;
use leptos::prelude::*;

/// Says what the link was and leads back.
#[component]
pub(crate) fn NotFoundPage(
    /// The hash that no route understands.
    hash: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let hint = Signal::derive(move || fill(i18n.t().shell().not_found_hint, &[("hash", &hash)]));
    view! {
        <div class="page">
            <h1 class="sr-only">{i18n.tr(|t| t.shell().not_found)}</h1>
            <Empty icon=Icon::Question title=i18n.text(|t| t.shell().not_found) hint>
                <a class="button" href=Route::Projects { search: String::new() }.href()>
                    {i18n.tr(|t| t.shell().to_projects)}
                </a>
            </Empty>
        </div>
    }
}
