//! Static files of the built application.
//!
//! Every request reads the folder anew, because Trunk replaces it while the gateway runs.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use http::header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION};
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
            Some(file) => file.response(method, name, headers),
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

struct File {
    content: Vec<u8>,
    tag: Option<HeaderValue>,
}

impl File {
    async fn read(path: &Path) -> Option<Self> {
        let facts = tokio::fs::metadata(path).await.ok().filter(std::fs::Metadata::is_file)?;
        let content = tokio::fs::read(path).await.ok()?;
        let changed = facts.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let tag = changed.map(|time| format!("W/\"{:x}-{:x}\"", content.len(), time.as_nanos()));
        Some(Self { content, tag: tag.and_then(|tag| HeaderValue::try_from(tag).ok()) })
    }

    fn response(self, method: &Method, name: &str, request: &HeaderMap) -> Response<Body> {
        let known = self.tag.is_some() && request.get(IF_NONE_MATCH) == self.tag.as_ref();
        let mut response = Response::new(full(""));
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, cache_rule(name));
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
    fn webassembly_has_its_own_content_type() {
        assert_eq!(content_type("app-0123_bg.wasm"), "application/wasm");
        assert_eq!(content_type("index.html"), "text/html; charset=utf-8");
        assert_eq!(content_type("none"), "application/octet-stream");
    }
}
