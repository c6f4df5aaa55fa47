//! Lines out of the page: to the clipboard and to a file.

use super::core::{Core, clock};
use super::row_dom::say;
use crate::logs::view::Export;
use gloo_timers::future::sleep;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlDocument, HtmlTextAreaElement, Url};

/// Puts a text on the clipboard; gives whether that was allowed.
pub async fn copy_text(text: String) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Absent on pages that are neither https nor localhost.
    let navigator = window.navigator();
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|value| !value.is_undefined());
    if has && JsFuture::from(navigator.clipboard().write_text(&text)).await.is_ok() {
        return true;
    }
    copy_the_old_way(&text).unwrap_or(false)
}

fn copy_the_old_way(text: &str) -> Option<bool> {
    let document = web_sys::window()?.document()?.dyn_into::<HtmlDocument>().ok()?;
    let focused = document.active_element();
    let area = document.create_element("textarea").ok()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    area.set_value(text);
    area.set_class_name("sr-only");
    let body = document.body()?;
    body.append_child(&area).ok()?;
    area.select();
    let done = document.exec_command("copy").unwrap_or(false);
    area.remove();
    if let Some(focused) = focused.and_then(|one| one.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = focused.focus();
    }
    Some(done)
}

/// Writes an export in pieces, with pauses for the page.
async fn write(core: &Core, mut export: Export, mut take: impl FnMut(&str)) {
    let mut pause = clock();
    loop {
        let piece = export.next_piece(&core.engine.borrow(), |note| say(note, core.words.get()));
        let Some(piece) = piece else { return };
        take(&piece);
        if clock() - pause > 8.0 {
            sleep(Duration::ZERO).await;
            pause = clock();
        }
    }
}

/// Puts the rows from `from` to `to` on the clipboard; gives how many lines that were, or nothing if it was not allowed.
pub async fn copy_rows(core: Rc<Core>, from: u64, to: u64) -> Option<usize> {
    let mut text = String::new();
    let mut lines = 0;
    write(&core, Export::selection(from, to), |piece| {
        lines += piece.bytes().filter(|byte| *byte == b'\n').count();
        text.push_str(piece);
    })
    .await;
    copy_text(text).await.then_some(lines)
}

/// Offers the kept lines as a file: those shown, or all.
pub async fn download(core: Rc<Core>, name: String, filtered: bool) -> Option<()> {
    let export = Export::new(&core.engine.borrow(), filtered);
    let parts = js_sys::Array::new();
    write(&core, export, |piece| {
        parts.push(&JsValue::from_str(piece));
    })
    .await;
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain;charset=utf-8");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let document = web_sys::window()?.document()?;
    let link = document.create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok()?;
    link.set_href(&url);
    link.set_download(&name);
    link.click();
    // The browser reads the file after the click.
    sleep(Duration::from_secs(30)).await;
    let _ = Url::revoke_object_url(&url);
    Some(())
}
