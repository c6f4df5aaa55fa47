//! Lines out of the page: to the clipboard and to a file.

use super::core::{Core, clock};
use super::row_dom::say;
use crate::clipboard;
use crate::logs::view::Export;
use gloo_timers::future::sleep;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

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
pub(crate) async fn copy_rows(core: Rc<Core>, from: u64, to: u64) -> Option<usize> {
    let mut text = String::new();
    let mut lines = 0;
    write(&core, Export::selection(from, to), |piece| {
        lines += piece.bytes().filter(|byte| *byte == b'\n').count();
        text.push_str(piece);
    })
    .await;
    clipboard::write(&text).await.then_some(lines)
}

/// Offers the kept lines as a file: those shown, or all.
pub(crate) async fn download(core: Rc<Core>, name: String, filtered: bool) -> Option<()> {
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
