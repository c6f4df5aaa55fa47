//! Letters without their case, for searching.

/// A text in lowercase. In the browser its own tables are used for what is not ASCII: ours would be fetched with the
/// first page.
pub fn lowercase(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { beyond_ascii(text) }
}

#[cfg(target_arch = "wasm32")]
fn beyond_ascii(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[cfg(not(target_arch = "wasm32"))]
fn beyond_ascii(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::lowercase;

    #[test]
    fn letters_of_any_script_lose_their_case() {
        assert_eq!(lowercase("Dev-API"), "dev-api");
        assert_eq!(lowercase("Ärger ÉTÉ Ω 中文"), "ärger été ω 中文");
    }
}
