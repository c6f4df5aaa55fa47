//! Which protocol the browser speaks with Zadig: it decides how many streams may be open at a time.

use super::stream_pool::{FEW, MANY};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The number of streams for what the browser says about its last call of the API. Where it does not say (another
/// origin may not be asked), HTTP/1.1 is assumed.
pub(crate) fn streams() -> usize {
    match last_protocol().as_deref() {
        Some(protocol) if is_multiplexed(protocol) => MANY,
        _ => FEW,
    }
}

fn is_multiplexed(protocol: &str) -> bool {
    protocol == "h2" || protocol.starts_with("h3")
}

fn last_protocol() -> Option<String> {
    let performance = web_sys::window()?.performance()?;
    // Read by name, for a function that is called once a view is not worth its bindings.
    let list = Reflect::get(&performance, &"getEntriesByType".into()).ok()?.dyn_into::<Function>().ok()?;
    let entries = list.call1(&performance, &"resource".into()).ok()?.dyn_into::<Array>().ok()?;
    let text = |entry: &JsValue, key: &str| Reflect::get(entry, &key.into()).ok()?.as_string();
    let of_api = |entry: &JsValue| text(entry, "name").is_some_and(|name| name.contains("/openapi/"));
    entries.iter().rfind(of_api).and_then(|entry| text(&entry, "nextHopProtocol"))
}

#[cfg(test)]
mod tests {
    use super::is_multiplexed;

    #[test]
    fn only_what_shares_a_connection_gets_many_streams() {
        assert!(is_multiplexed("h2") && is_multiplexed("h3-29"));
        assert!(!is_multiplexed("http/1.1") && !is_multiplexed(""));
    }
}
