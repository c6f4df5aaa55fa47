//! The sign of a Helm project.

use crate::i18n::use_i18n;
use crate::session::use_session;
use leptos::prelude::*;

/// The sign of a Helm project, once on each of its pages.
#[component]
pub(crate) fn HelmSign() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    move || {
        session.known.helm_is_shown().then(|| {
            let t = i18n.t().projects();
            view! { <span class="chip" title=t.helm_hint>{t.helm}</span> }
        })
    }
}
