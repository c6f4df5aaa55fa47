//! Static files of the built application.
//!
//! tower-http sends them: conditional requests, ranges, `HEAD`, and the choice among a file and the compressed ones beside it.
//! Nothing is compressed here: a release has its `.br` and `.gz` files, and a developer's build does not leave the machine.
//!
//! Its `ServeFile` and not its `ServeDir`, because the latter cannot do three things that are promised here. It follows a
//! symbolic link out of the folder and serves hidden files; it sends a compressed file that is older than its original, which
//! is of another build; and it knows no other file for `config.json`. So which file it is, is decided here, for each request
//! anew, because Trunk replaces the folder while the gateway runs.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, LOCATION, VARY};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tower_http::services::ServeFile;

use crate::body::{Body, text};
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
    /// Answers a `GET` or `HEAD`: the file, 304 if the browser has it, a redirect to the prefix, 404 or 405.
    pub async fn serve(&self, request: Request<Incoming>) -> Response<Body> {
        let mut response = self.answer(request).await;
        self.policy.apply(response.headers_mut());
        response
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut refusal = text(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.");
            refusal.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return refusal;
        }
        let path = request.uri().path();
        let Some(name) = path.strip_prefix(&self.prefix) else {
            return self.outside(path);
        };
        let name = if name.is_empty() { "index.html" } else { name }.to_owned();
        let sent = self.send(&name, request).await;
        sent.unwrap_or_else(|| text(StatusCode::NOT_FOUND, "There is no such file."))
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

    /// The file called `name`, with the headers that its name asks for.
    async fn send(&self, name: &str, request: Request<Incoming>) -> Option<Response<Body>> {
        let response = self.file(name).await?.try_call(request).await.ok()?;
        let mut response = response.map(|body| body.map_err(Into::into).boxed_unsync());
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, cache_rule(name));
        // Also where there is no compressed file now: the next build may have one.
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if headers.contains_key(CONTENT_TYPE) {
            headers.insert(CONTENT_TYPE, content_type(name)?);
        }
        Some(response)
    }

    /// The file called `name`, and its `.br` and `.gz` where they are no older, as nginx and Caddy serve them.
    async fn file(&self, name: &str) -> Option<ServeFile> {
        if name == "config.json"
            && let Some(config) = &self.config
        {
            changed(config).await?;
            return Some(ServeFile::new(config));
        }
        let (path, original) = self.find(name).await?;
        let mut file = ServeFile::new(path);
        if self.has_fresh(&format!("{name}.br"), original).await {
            file = file.precompressed_br();
        }
        if self.has_fresh(&format!("{name}.gz"), original).await {
            file = file.precompressed_gzip();
        }
        Some(file)
    }

    async fn has_fresh(&self, name: &str, original: SystemTime) -> bool {
        self.find(name).await.is_some_and(|(_, compressed)| compressed >= original)
    }

    /// Where the file called `name` is, and when it was changed.
    async fn find(&self, name: &str) -> Option<(PathBuf, SystemTime)> {
        let path = inside(&self.root, name)?;
        // A symbolic link must not lead out of the folder either.
        let root = tokio::fs::canonicalize(&self.root).await.ok()?;
        if !tokio::fs::canonicalize(&path).await.ok()?.starts_with(root) {
            return None;
        }
        let changed = changed(&path).await?;
        Some((path, changed))
    }
}

/// When a file was changed; nothing for what is no file.
async fn changed(path: &Path) -> Option<SystemTime> {
    tokio::fs::metadata(path).await.ok().filter(std::fs::Metadata::is_file)?.modified().ok()
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

/// The content type by the name's ending. tower-http guesses the same of the file on disk, but names no character set, and
/// the settings file of a host may be called anything.
fn content_type(name: &str) -> Option<HeaderValue> {
    let guessed = mime_guess::from_path(name).first_raw().unwrap_or("application/octet-stream");
    let charset = if guessed.starts_with("text/") { "; charset=utf-8" } else { "" };
    HeaderValue::try_from(format!("{guessed}{charset}")).ok()
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
    fn webassembly_has_its_own_content_type_and_text_its_character_set() {
        for (name, kind) in [
            ("app-0123_bg.wasm", "application/wasm"),
            ("index.html", "text/html; charset=utf-8"),
            ("boot.js", "text/javascript; charset=utf-8"),
            ("app.css", "text/css; charset=utf-8"),
            ("config.json", "application/json"),
            ("icon.svg", "image/svg+xml"),
            ("none", "application/octet-stream"),
        ] {
            assert_eq!(content_type(name).unwrap(), kind, "{name}");
        }
    }
}
