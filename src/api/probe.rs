//! A last question to an address that gave no readable answer.

use gloo_net::http::Request;
use web_sys::{RequestCache, RequestMode};

/// Whether anything answers at `base` at all, without reading what (`no-cors`): tells a missing CORS permission from an
/// address where nobody is. Sends no token.
pub async fn answers(base: &str) -> bool {
    let request = Request::get(base).mode(RequestMode::NoCors).cache(RequestCache::NoStore);
    request.send().await.is_ok()
}
