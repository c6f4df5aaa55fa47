//! A button with a list of actions under it. The browser's own disclosure, closed again by a choice, by Escape, and by
//! whatever happens elsewhere.

use super::icon::{Icon, IconView};
use super::keys::pressed;
use crate::nav::use_nav;
use gloo_events::EventListener;
use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

/// The menu; its children are buttons and links.
#[component]
pub(crate) fn Menu(
    /// What the button is called.
    #[prop(into)]
    label: Signal<String>,
    /// Buttons and links, each of class `menu-item`.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(menu) = node.try_get_untracked().flatten() {
            let _ = menu.remove_attribute("open");
        }
    };
    use_nav().on_move(close);
    crate::effect::effect(move || {
        let (Some(menu), Some(document)) =
            (node.get(), web_sys::window().and_then(|window| window.document()))
        else {
            return;
        };
        // The path, not the target: inside a shadow root the document sees only the host.
        let elsewhere = move |event: &web_sys::Event| {
            let inside = event.composed_path().includes(&menu, 0);
            if !inside {
                close();
            }
        };
        let guards = ["pointerdown", "focusin"]
            .map(|name| EventListener::new(&document, name.to_owned(), elsewhere.clone()));
        let guards = SendWrapper::new(guards);
        on_cleanup(move || drop(guards.take()));
    });
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let menu = node.get_untracked();
        if let Some(menu) = menu.filter(|menu| pressed(&event) == "Escape" && menu.has_attribute("open")) {
            event.stop_propagation();
            close();
            let button = menu.query_selector("summary").ok().flatten();
            if let Some(button) = button.and_then(|one| one.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = button.focus();
            }
        }
    };
    let chosen = move |event: leptos::ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if target.is_some_and(|target| target.closest(".menu-item").is_ok_and(|one| one.is_some())) {
            close();
        }
    };
    view! {
        <details class="menu" node_ref=node on:keydown=on_key>
            <summary class="button quiet icon" aria-label=label title=label>
                <IconView icon=Icon::More />
            </summary>
            <div class="menu-body" on:click=chosen>{children()}</div>
        </details>
    }
}
