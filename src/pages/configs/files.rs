//! Values as files: out of the page and into it, byte for byte.

use crate::components::icon::{Icon, IconView};
use crate::i18n::{fill, use_i18n};
use gloo_timers::future::sleep;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlInputElement, Url};

/// Offers a value as a file.
#[component]
pub(crate) fn Download(
    /// The file's name.
    name: StoredValue<String>,
    /// Its bytes, when they are asked for.
    bytes: impl Fn() -> Option<Vec<u8>> + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = move || name.with_value(|name| fill(i18n.t().configs().download, &[("key", name)]));
    let save = move |_| {
        if let Some(bytes) = bytes() {
            leptos::task::spawn_local(async move {
                offer(&name.try_get_value().unwrap_or_default(), &bytes).await;
            });
        }
    };
    view! {
        <button type="button" class="button quiet icon" aria-label=label title=label on:click=save>
            <IconView icon=Icon::Download />
        </button>
    }
}

/// Takes a file as a value.
#[component]
pub(crate) fn Upload(
    /// The key it is for.
    name: StoredValue<String>,
    /// Called with its bytes.
    take: Callback<Vec<u8>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = move || name.with_value(|name| fill(i18n.t().configs().upload, &[("key", name)]));
    let chosen = move |event: leptos::ev::Event| {
        let field = event_target::<HtmlInputElement>(&event);
        let file = field.files().and_then(|files| files.get(0));
        if let Some(file) = file {
            leptos::task::spawn_local(async move {
                if let Ok(buffer) = JsFuture::from(file.array_buffer()).await {
                    take.try_run(js_sys::Uint8Array::new(&buffer).to_vec());
                }
                // The same file may be chosen again.
                field.set_value("");
            });
        }
    };
    view! {
        <label class="button quiet icon upload" title=label>
            <input type="file" class="sr-only" aria-label=label on:change=chosen />
            <IconView icon=Icon::Upload />
        </label>
    }
}

async fn offer(name: &str, bytes: &[u8]) -> Option<()> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let kind = BlobPropertyBag::new();
    kind.set_type("application/octet-stream");
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &kind).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let document = web_sys::window()?.document()?;
    let link = document.create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser reads the file after the click.
    sleep(Duration::from_secs(30)).await;
    let _ = Url::revoke_object_url(&url);
    Some(())
}
