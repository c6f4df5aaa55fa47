//! Static files of the built application.
//!
//! Every request reads the folder anew, because Trunk replaces it while the gateway runs.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, LOCATION, VARY,
};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use crate::body::{Body, full, text};
use crate::policy::{Policy, cache_rule};

/// The folder that is served, where it appears, and with which headers.
#[derive(Clone, Debug)]
pub struct Files {
    /// The built application.
    pub root: PathBuf,
    /// The path it appears under; begins and ends with `/`.
    pub prefix: String,
    /// A file that answers for `config.json` instead of the one in `root`.
    pub config: Option<PathBuf>,
    /// The security headers of every answer.
    pub policy: Policy,
}

impl Files {
    /// Answers a `GET` or `HEAD` of `path`: the file, 304 if the browser has it, a redirect to the prefix, 404 or 405.
    pub async fn serve(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response<Body> {
        let mut response = self.answer(method, path, headers).await;
        self.policy.apply(response.headers_mut());
        response
    }

    async fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response<Body> {
        if !matches!(*method, Method::GET | Method::HEAD) {
            let mut refusal = text(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.");
            refusal.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return refusal;
        }
        let Some(name) = path.strip_prefix(&self.prefix) else {
            return self.outside(path);
        };
        let name = if name.is_empty() { "index.html" } else { name };
        match self.find(name).await {
            Some(file) => {
                let file = self.compressed(name, file, headers).await;
                file.response(method, name, headers)
            }
            None => text(StatusCode::NOT_FOUND, "There is no such file."),
        }
    }

    /// `/` and the prefix without its slash lead to the application; all else outside the prefix is not ours.
    fn outside(&self, path: &str) -> Response<Body> {
        if path != "/" && self.prefix.strip_suffix('/') != Some(path) {
            return text(StatusCode::NOT_FOUND, "The application is not here.");
        }
        let mut response = text(StatusCode::FOUND, "The application has moved.");
        if let Ok(target) = HeaderValue::try_from(&self.prefix) {
            response.headers_mut().insert(LOCATION, target);
        }
        response
    }

    /// The `.br` or `.gz` file beside a file, as nginx and Caddy serve it, where the browser takes it and it is no older than
    /// what it was made from.
    async fn compressed(&self, name: &str, file: File, headers: &HeaderMap) -> File {
        for (coding, ending) in [("br", ".br"), ("gzip", ".gz")] {
            if !accepts(headers, coding) || name == "config.json" && self.config.is_some() {
                continue;
            }
            if let Some(small) = self.find(&format!("{name}{ending}")).await
                && small.changed >= file.changed
            {
                return File { coding: Some(coding), ..small };
            }
        }
        file
    }

    async fn find(&self, name: &str) -> Option<File> {
        if name == "config.json"
            && let Some(config) = &self.config
        {
            return File::read(config).await;
        }
        let path = inside(&self.root, name)?;
        // A symbolic link must not lead out of the folder either.
        let (root, path) =
            (tokio::fs::canonicalize(&self.root).await.ok()?, tokio::fs::canonicalize(path).await.ok()?);
        if path.starts_with(root) { File::read(&path).await } else { None }
    }
}

/// The path of the file called `name` (still percent-encoded) in `root`, or nothing if the name could mean another place
/// or a hidden file.
fn inside(root: &Path, name: &str) -> Option<PathBuf> {
    let name = percent_encoding::percent_decode_str(name).decode_utf8().ok()?;
    let mut path = root.to_path_buf();
    for part in name.split('/') {
        let plain = !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
        if !plain {
            return None;
        }
        path.push(part);
    }
    Some(path)
}

/// Whether the browser takes a content coding: it names it, or `*`, and not with `q=0`.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let named = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut weights = named.flat_map(|value| value.split(',')).filter_map(|one| {
        let (name, parameters) = one.split_once(';').unwrap_or((one, ""));
        let weight = parameters.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>);
        let rank = if name.trim().eq_ignore_ascii_case(coding) { 1 } else { 0 };
        (rank == 1 || name.trim() == "*").then_some((rank, weight.unwrap_or(0.0)))
    });
    // What is said of the coding itself counts more than what is said of all others.
    let first = weights.next();
    weights.chain(first).max_by_key(|(rank, _)| *rank).is_some_and(|(_, weight)| weight > 0.0)
}

#[derive(Default)]
struct File {
    content: Vec<u8>,
    changed: Option<SystemTime>,
    tag: Option<HeaderValue>,
    coding: Option<&'static str>,
}

impl File {
    async fn read(path: &Path) -> Option<Self> {
        let facts = tokio::fs::metadata(path).await.ok().filter(std::fs::Metadata::is_file)?;
        let content = tokio::fs::read(path).await.ok()?;
        let changed = facts.modified().ok();
        let since = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let tag = since.map(|time| format!("W/\"{:x}-{:x}\"", content.len(), time.as_nanos()));
        let tag = tag.and_then(|tag| HeaderValue::try_from(tag).ok());
        Some(Self { content, changed, tag, coding: None })
    }

    fn response(self, method: &Method, name: &str, request: &HeaderMap) -> Response<Body> {
        let known = self.tag.is_some() && request.get(IF_NONE_MATCH) == self.tag.as_ref();
        let mut response = Response::new(full(""));
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, cache_rule(name));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(coding) = self.coding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        if let Some(tag) = self.tag {
            headers.insert(ETAG, tag);
        }
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(self.content.len()));
        if *method == Method::GET {
            *response.body_mut() = full(self.content);
        }
        response
    }
}

/// The content type by the name's ending. WebAssembly needs its own, or the browser will not compile while it loads.
fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leaves_the_folder_is_refused() {
        let root = Path::new("app");
        for name in [
            "../x",
            "a/../../x",
            "%2e%2e/x",
            "..%2fx",
            "a%5c..%5cx",
            "%00",
            "/etc/x",
            "a//b",
            ".git/config",
            "c:x",
        ] {
            assert_eq!(inside(root, name), None, "{name}");
        }
    }

    #[test]
    fn a_name_with_escapes_is_the_file_it_means() {
        assert_eq!(inside(Path::new("app"), "a%20b/%E4%B8%AD.js"), Some(PathBuf::from("app/a b/中.js")));
    }

    #[test]
    fn a_coding_is_taken_where_it_is_named_and_not_refused() {
        let takes = |header: &'static str, coding: &str| {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(header))]);
            accepts(&headers, coding)
        };
        assert!(takes("gzip, deflate, br, zstd", "br") && takes("br;q=0.5", "br") && takes("*", "br"));
        assert!(!takes("gzip", "br") && !takes("br;q=0", "br") && !takes("*, br;q=0", "br"));
        assert!(!takes("br;q=0, *", "br") && !takes("brotli", "br") && !takes("br;q=x", "br"));
        assert!(!accepts(&HeaderMap::new(), "gzip"));
    }

    #[test]
    fn webassembly_has_its_own_content_type() {
        assert_eq!(content_type("app-0123_bg.wasm"), "application/wasm");
        assert_eq!(content_type("index.html"), "text/html; charset=utf-8");
        assert_eq!(content_type("none"), "application/octet-stream");
    }
}
