//! The sign of a Helm project.

use crate::i18n::use_i18n;
use crate::session::use_session;
use leptos::prelude::*;

/// The sign of a Helm project, once on each of its pages.
#[component]
pub fn HelmSign() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    view! {
        <Show when=move || session.known.helm_is_shown()>
            <span class="chip" title=i18n.tr(|t| t.projects().helm_hint)>
                {i18n.tr(|t| t.projects().helm)}
            </span>
        </Show>
    }
}
