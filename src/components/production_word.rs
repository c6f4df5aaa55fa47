//! The word that stands wherever something touches production.

use super::icon::{Icon, IconView};
use crate::i18n::use_i18n;
use leptos::prelude::*;

/// "Production", with its shield.
#[component]
pub(crate) fn ProductionWord() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <span class="production-word">
            <IconView icon=Icon::Shield />
            {i18n.tr(|t| t.common().production)}
        </span>
    }
}
