//! An image as people read it: `name:tag`, the whole reference in the tooltip and in the clipboard.

use super::copy::CopyButton;
use crate::domain::image::Image;
use crate::i18n::use_i18n;
use leptos::prelude::*;

/// Shows an image reference.
#[component]
pub fn ImageName(
    /// The whole reference.
    reference: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let image = Image::parse(&reference);
    let name = image.name().to_owned();
    let tag = image.version();
    view! {
        <span class="image" title=reference.clone()>
            <span class="repo clip">{name}</span>
            <span class="repo">":"</span>
            <span class="tag">{tag}</span>
        </span>
        <CopyButton text=reference what=i18n.text(|t| t.environment().column_images) />
    }
}
