//! A modal dialog on the browser's own `<dialog>`: focus stays inside, Escape closes it, the page behind is inert. It
//! lives in the top layer, so it needs no portal and works inside a shadow root. It belongs to the place it was opened at:
//! a link closes it, and Back closes it and nothing else.

use super::icon::{Icon, IconView};
use crate::i18n::use_i18n;
use crate::nav::{Nav, use_nav};
use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::cell::Cell;
use std::rc::Rc;

/// Shows its children in a dialog while `open` is true.
#[component]
pub(crate) fn Dialog(
    /// Whether it is shown; set to false when the user closes it.
    open: RwSignal<bool>,
    /// Its heading and accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// Whether the heading is drawn (otherwise it is only announced).
    #[prop(default = true)]
    headed: bool,
    /// Whether it stays when the place changes, because it is about no place.
    #[prop(optional)]
    stays: bool,
    /// The content, built anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let node = NodeRef::<html::Dialog>::new();
    close_at_back(nav, open);
    crate::effect::effect(move || {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    if !stays {
        nav.on_move(move || open.set(false));
    }
    let children = StoredValue::new(children);
    view! {
        <dialog
            node_ref=node
            class="dialog"
            aria-label=title
            on:cancel=move |event: leptos::ev::Event| {
                // At once, not with the `close` that follows later: a dialog opened again in between would be closed by it.
                event.prevent_default();
                open.set(false);
            }
            on:close=move |_| {
                if node.get_untracked().is_some_and(|dialog| !dialog.open()) {
                    open.set(false);
                }
            }
            on:click=move |event| {
                // The backdrop belongs to the dialog element itself.
                let on_backdrop = node.get_untracked().is_some_and(|dialog| {
                    event.target().is_some_and(|target| {
                        AsRef::<web_sys::EventTarget>::as_ref(&dialog) == &target
                    })
                });
                // The second click of a double click was meant for what opened the dialog.
                if on_backdrop && event.detail() < 2 {
                    open.set(false);
                }
            }
        >
            <Show when=move || open.get()>
                <div class="dialog-body">
                    <Show when=move || headed>
                        <div class="page-head">
                            <h2>{title}</h2>
                            <span class="spring"></span>
                            <button
                                type="button"
                                class="button quiet icon"
                                aria-label=i18n.tr(|t| t.common().close)
                                on:click=move |_| open.set(false)
                            >
                                <IconView icon=Icon::Close />
                            </button>
                        </div>
                    </Show>
                    {children.with_value(|children| children())}
                </div>
            </Show>
        </dialog>
    }
}

/// Back closes the dialog and stays at the page.
fn close_at_back(nav: Nav, open: RwSignal<bool>) {
    // 0 is nobody's.
    let layer = SendWrapper::new(Rc::new(Cell::new(0)));
    let end = {
        let layer = layer.clone();
        move || nav.layers.closed(layer.replace(0))
    };
    on_cleanup(end.clone());
    crate::effect::effect(move || {
        end();
        if open.get() {
            layer.set(nav.layers.opened(move || {
                let _ = open.try_set(false);
            }));
        }
    });
}
