//! The headers that make a browser hold the application to its promises, and the cache rules.
//!
//! The content security policy names everything the application needs: its own scripts, styles, images and connections,
//! and the right to compile WebAssembly. No inline script or style, no other host.

use http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, InvalidHeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue};
use std::ops::RangeInclusive;

const SOURCES: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    require-trusted-types-for 'script'; trusted-types default zadig-environments";

/// How many hexadecimal digits of the content's hash Trunk puts into a name: sixteen less its leading zeroes.
const HASH_DIGITS: RangeInclusive<usize> = 12..=16;

/// The security headers of one deployment.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    headers: HeaderMap,
}

impl Policy {
    /// The strict set, with `frame_ancestors` as the sources that may show the page in a frame (`'none'`, `'self'`,
    /// `https://portal.example`). `shared` lets pages of other origins load the files (the browser unit tests).
    ///
    /// Fails if `frame_ancestors` cannot be a part of a header.
    pub fn strict(frame_ancestors: &str, shared: bool) -> Result<Self, InvalidHeaderValue> {
        let mut policy = Self::without_csp(shared);
        let csp = HeaderValue::try_from(format!("{SOURCES}; frame-ancestors {frame_ancestors}"))?;
        policy.headers.insert(CONTENT_SECURITY_POLICY, csp);
        Ok(policy)
    }

    /// The set without the content security policy.
    pub fn without_csp(shared: bool) -> Self {
        let mut headers = HeaderMap::new();
        let mut add = |name: HeaderName, value: &'static str| {
            headers.insert(name, HeaderValue::from_static(value));
        };
        add(X_CONTENT_TYPE_OPTIONS, "nosniff");
        add(REFERRER_POLICY, "no-referrer");
        add(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
        let reach = if shared { "cross-origin" } else { "same-origin" };
        add(HeaderName::from_static("cross-origin-resource-policy"), reach);
        Self { headers }
    }

    /// Adds the set to an answer's headers.
    pub fn apply(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
    }
}

/// How long a browser may keep the file of this path: for ever if its name carries a hash of the content, else never
/// without asking.
pub fn cache_rule(path: &str) -> HeaderValue {
    if is_hashed(path) {
        HeaderValue::from_static("public, max-age=31536000, immutable")
    } else {
        HeaderValue::from_static("no-cache")
    }
}

/// Whether a part of the path carries a content hash: `app-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    path.split(['/', '-', '.', '_'])
        .any(|part| HASH_DIGITS.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_content_hash_is_kept_for_ever() {
        for path in [
            "app-0123456789abcdef.js",
            "log-bf5c5b8d1908bca.css",
            "app-0123456789abcdef_bg.wasm",
            "snippets/x-fedcba9876543210/a.js",
        ] {
            assert!(is_hashed(path), "{path}");
        }
        assert!(cache_rule("app-0123456789abcdef.js").to_str().unwrap().contains("immutable"));
    }

    #[test]
    fn the_page_and_its_settings_are_asked_for_again() {
        for path in ["index.html", "config.json", "boot.js", "zadig-environments.js", "0123456789abcdefg.js"]
        {
            assert_eq!(cache_rule(path), "no-cache", "{path}");
        }
    }

    #[test]
    fn the_policy_forbids_inline_code_and_names_who_may_frame_the_page() {
        let mut headers = HeaderMap::new();
        Policy::strict("https://portal.example", false).unwrap().apply(&mut headers);
        let csp = headers.get(CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
        assert!(
            csp.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"),
            "{csp}"
        );
        assert!(csp.ends_with("; frame-ancestors https://portal.example"), "{csp}");
        assert!(!csp.contains("unsafe-inline"));
        assert!(csp.contains("require-trusted-types-for 'script'"), "{csp}");
    }

    #[test]
    fn a_frame_source_with_a_line_break_is_refused() {
        assert!(Policy::strict("'self'\r\nx-evil: 1", false).is_err());
    }
}
