//! A click anywhere in a row follows the row's link, while the text of the row can still be selected with the mouse.

use crate::host::Host;
use gloo_events::EventListener;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, MouseEvent};

/// How far the mouse may move, in pixels, before a click counts as selecting text.
const STILL: i32 = 4;

/// Follows the clicks of an instance until the owner is gone.
pub(crate) fn open_rows_at_click(host: Host) {
    let Some(root) = host.root() else { return };
    let pressed = Rc::new(Cell::new((0, 0)));
    let down = {
        let pressed = Rc::clone(&pressed);
        EventListener::new(&root, "pointerdown", move |event| {
            if let Some(event) = event.dyn_ref::<MouseEvent>() {
                pressed.set((event.client_x(), event.client_y()));
            }
        })
    };
    let click = EventListener::new(&root, "click", move |event| {
        let Some(mouse) = event.dyn_ref::<MouseEvent>() else { return };
        let (x, y) = pressed.get();
        let moved = (mouse.client_x() - x).abs().max((mouse.client_y() - y).abs());
        if moved <= STILL && !event.default_prevented() {
            follow(event, mouse);
        }
    });
    let listeners = SendWrapper::new([down, click]);
    on_cleanup(move || drop(listeners.take()));
}

/// Follows the link of the row, in another tab where a key asks for one, unless the click was on something that does something
/// itself.
fn follow(event: &Event, mouse: &MouseEvent) {
    const CONTROLS: &str = "a, button, input, select, textarea, label, summary";
    let target = event.composed_path().get(0).dyn_into::<Element>().ok();
    let Some(target) = target.filter(|target| target.closest(CONTROLS).ok().flatten().is_none()) else {
        return;
    };
    let row = target.closest(".tr.link").ok().flatten();
    let link = row.and_then(|row| row.query_selector(".row-link").ok().flatten());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) else { return };
    if mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() {
        if let (Some(href), Some(window)) = (link.get_attribute("href"), web_sys::window()) {
            let _ = window.open_with_url_and_target(&href, "_blank");
        }
        return;
    }
    // The listener that hears of it is still at work.
    queue_microtask(move || link.click());
}
