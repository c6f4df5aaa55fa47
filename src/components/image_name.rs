//! An image as people read it: name, and what is written of tag and digest, the whole reference in the tooltip and in the clipboard.

use super::copy::CopyButton;
use crate::domain::image::Parts;
use crate::i18n::use_i18n;
use leptos::prelude::*;

/// Shows an image reference.
#[component]
pub(crate) fn ImageName(
    /// The whole reference.
    reference: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let parts = Parts::of(&reference);
    let (name, version) = (parts.name(), parts.version());
    view! {
        <span class="image" title=reference.clone()>
            <span class="repo clip">{name}</span>
            <span class="tag">{version}</span>
        </span>
        <CopyButton text=reference what=i18n.text(|t| t.environment().column_images) />
    }
}
