//! Copying a text, the one way for every button and key.
//!
//! The browser's clipboard is there on https and localhost only, and a frame needs its page's permission for it. Where it
//! is absent or refuses, the old command does it: a text field nobody sees is selected and copied. It has to be where the
//! focus may go: a modal dialog makes everything outside of it inert.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlDocument, HtmlElement, HtmlTextAreaElement, Node};

/// Puts a text on the clipboard; gives whether that worked.
pub(crate) async fn write(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator = window.navigator();
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|value| !value.is_undefined());
    if has && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok() {
        return true;
    }
    by_command(text).unwrap_or(false)
}

fn by_command(text: &str) -> Option<bool> {
    let document = web_sys::window()?.document()?.dyn_into::<HtmlDocument>().ok()?;
    let focused = focused(&document);
    let area = document.create_element("textarea").ok()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    area.set_value(text);
    area.set_class_name("sr-only");
    // Without a keyboard that comes up on a phone.
    area.set_read_only(true);
    place(&document, focused.as_ref())?.append_child(&area).ok()?;
    let _ = area.focus();
    area.select();
    let done = document.exec_command("copy").unwrap_or(false);
    area.remove();
    if let Some(focused) = focused.and_then(|one| one.dyn_into::<HtmlElement>().ok()) {
        let _ = focused.focus();
    }
    Some(done)
}

/// The element that has the focus, however deep in shadow roots.
fn focused(document: &HtmlDocument) -> Option<Element> {
    let mut focused = document.active_element()?;
    while let Some(inner) = focused.shadow_root().and_then(|root| root.active_element()) {
        focused = inner;
    }
    Some(focused)
}

/// Where the field goes: into the dialog or shadow root that the focus is in, else into the page.
fn place(document: &HtmlDocument, focused: Option<&Element>) -> Option<Node> {
    let dialog = focused.and_then(|one| one.closest("dialog").ok().flatten());
    let root = focused.and_then(|one| one.get_root_node().dyn_into::<web_sys::ShadowRoot>().ok());
    let inner = dialog.map(Node::from).or_else(|| root.map(Node::from));
    inner.or_else(|| document.body().map(Node::from))
}
