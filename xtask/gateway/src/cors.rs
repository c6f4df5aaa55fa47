//! Cross-origin access, off unless asked for.
//!
//! The browser unit tests run in a page that their own runner serves, so their calls come from another origin. The real
//! Zadig would refuse them; the gateway can allow them.

use std::time::Duration;

use http::header::ORIGIN;
use http::{HeaderValue, Method};
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

/// Lets pages of one origin, or of all for `*`, call. Every `OPTIONS` counts as a preflight and is answered here.
pub fn layer(allow: HeaderValue) -> CorsLayer {
    let methods = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
    ];
    CorsLayer::new()
        .allow_origin(allow)
        .allow_methods(methods)
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers(Any)
        .max_age(Duration::from_secs(600))
        .vary([ORIGIN])
}
