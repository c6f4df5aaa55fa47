//! An empty state: why it is empty and what to do.

use super::icon::{Icon, IconView};
use leptos::prelude::*;

/// Says why there is nothing, with the ways on as children.
#[component]
pub(crate) fn Empty(
    /// Its picture.
    icon: Icon,
    /// Why there is nothing.
    #[prop(into)]
    title: Signal<String>,
    /// What that means.
    #[prop(into)]
    hint: Signal<String>,
    /// Buttons and links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <IconView icon />
            <h2>{title}</h2>
            <p>{hint}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}
