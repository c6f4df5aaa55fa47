//! The reverse proxy: the same request to the upstream, the same answer back, bytes as they come.
//!
//! There is no time limit on an answer, because Zadig's log streams send not even headers before the first line of
//! output. There needs to be none: when the browser goes away, the server drops the future or the body that is held here,
//! and with it the connection to the upstream, so that Zadig stops following the pod.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::header::{
    AUTHORIZATION, CONNECTION, COOKIE, HOST, HeaderName, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, SET_COOKIE,
    TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use http::uri::{PathAndQuery, Scheme, Uri};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Version};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use rustls::{ClientConfig, RootCertStore};

use crate::body::{Body, message};
use crate::settings::Upstream;

const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// Headers that belong to one connection and must not be passed on (RFC 9110, section 7.6.1).
const HOP_BY_HOP: [HeaderName; 9] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// Passes requests to one upstream.
#[derive(Clone, Debug)]
pub struct Proxy {
    upstream: Upstream,
    token_file: Option<PathBuf>,
    client: Client<HttpsConnector<HttpConnector>, Incoming>,
}

impl Proxy {
    /// A proxy to `upstream` that adds the token in `token_file`, if there is one, to every request for the API.
    ///
    /// Fails with a sentence if the upstream needs TLS and the system has no certificates to trust.
    pub fn new(upstream: Upstream, token_file: Option<PathBuf>) -> Result<Self, String> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        // A log line must not wait for the next one.
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(CONNECT_LIMIT));
        let tls = tls(upstream.scheme == Scheme::HTTPS)?;
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1();
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(Duration::from_secs(20))
            .build(connector.wrap_connector(tcp));
        Ok(Self { upstream, token_file, client })
    }

    /// Sends the request on. `with_token` says whether the token of the file, if there is one, takes the place of the
    /// caller's. Answers 502 in words if the upstream cannot be reached or the token cannot be read.
    pub async fn pass(&self, request: Request<Incoming>, with_token: bool) -> Response<Body> {
        match self.prepare(request, with_token).await {
            Ok(request) => match self.client.request(request).await {
                Ok(response) => returned(response),
                Err(error) => self.unreachable(&error),
            },
            Err(sentence) => {
                eprintln!("zadig-gateway: {sentence}");
                message(StatusCode::BAD_GATEWAY, &sentence)
            }
        }
    }

    async fn prepare(
        &self,
        request: Request<Incoming>,
        with_token: bool,
    ) -> Result<Request<Incoming>, String> {
        let (mut parts, body) = request.into_parts();
        drop_connection_headers(&mut parts.headers);
        // The client derives it from the address.
        parts.headers.remove(HOST);
        // On a developer's machine every program on 127.0.0.1 shares its cookies, and Zadig reads none.
        parts.headers.remove(COOKIE);
        parts.version = Version::HTTP_11;
        let mut target = parts.uri.path_and_query().map_or("/", PathAndQuery::as_str).to_owned();
        if let Some(file) = self.token_file.as_ref().filter(|_| with_token) {
            // Read for each request, so that a renewed token counts without a restart.
            let written = tokio::fs::read_to_string(file).await;
            let written =
                written.map_err(|error| format!("The gateway cannot read its token file: {error}"))?;
            parts.headers.insert(AUTHORIZATION, bearer(&written)?);
            target = without_token(&target);
        }
        parts.uri = self.upstream.address(&target)?;
        Ok(Request::from_parts(parts, body))
    }

    fn unreachable(&self, error: &hyper_util::client::legacy::Error) -> Response<Body> {
        let upstream = self.upstream.shown();
        let reason = root_cause(error);
        eprintln!("zadig-gateway: {upstream}: {reason}");
        message(
            StatusCode::BAD_GATEWAY,
            &format!("Zadig at {upstream} cannot be reached by the gateway: {reason}"),
        )
    }
}

/// TLS that trusts what the system trusts, so that a company's own certificate authority works. Where no TLS is `needed`
/// it may trust nothing.
fn tls(needed: bool) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    if needed {
        let found = rustls_native_certs::load_native_certs();
        if roots.add_parsable_certificates(found.certs).0 == 0 {
            return Err(
                "the system has no certificates to trust; on Debian, install `ca-certificates`".to_owned()
            );
        }
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().map_err(|error| error.to_string())?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// The upstream's answer as the browser gets it.
fn returned(response: Response<Incoming>) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    drop_connection_headers(&mut parts.headers);
    parts.headers.remove(SET_COOKIE);
    parts.version = Version::HTTP_11;
    Response::from_parts(parts, body.map_err(Into::into).boxed_unsync())
}

/// Removes the fixed hop-by-hop headers and those that `Connection` names.
fn drop_connection_headers(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named.iter().chain(&HOP_BY_HOP) {
        headers.remove(name);
    }
}

/// The `Authorization` value for the content of a token file; a sentence that does not hold the token if it cannot be one.
pub fn bearer(written: &str) -> Result<HeaderValue, String> {
    let token = written.trim();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("The gateway's token file must hold one token: a single line of visible ASCII".to_owned());
    }
    let mut value = HeaderValue::try_from(format!("Bearer {token}")).map_err(|error| error.to_string())?;
    value.set_sensitive(true);
    Ok(value)
}

/// The path and query without a `token` parameter, which Zadig would prefer over the header.
fn without_token(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else { return target.to_owned() };
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_token(pair)).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

fn is_token(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    percent_encoding::percent_decode_str(name).eq(*b"token")
}

fn root_cause(error: &dyn std::error::Error) -> String {
    let mut deepest = error;
    while let Some(cause) = deepest.source() {
        deepest = cause;
    }
    deepest.to_string()
}

impl Upstream {
    /// The full address of a path and query at this upstream.
    fn address(&self, target: &str) -> Result<Uri, String> {
        let path = format!("{}{target}", self.path);
        let built =
            Uri::builder().scheme(self.scheme.clone()).authority(self.authority.clone()).path_and_query(path);
        built.build().map_err(|error| format!("The gateway cannot pass on this address: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_in_the_query_is_taken_out_and_nothing_else() {
        assert_eq!(without_token("/a?token=x"), "/a");
        assert_eq!(without_token("/a?b=1&token=x&c=%20"), "/a?b=1&c=%20");
        assert_eq!(without_token("/a?%74oken=x&tokens=2"), "/a?tokens=2");
        assert_eq!(without_token("/a"), "/a");
    }

    #[test]
    fn a_token_file_that_cannot_be_a_header_is_refused_without_quoting_it() {
        assert_eq!(bearer(" abc\n").unwrap(), "Bearer abc");
        for written in ["", "two\nlines", "中文"] {
            let sentence = bearer(written).unwrap_err();
            assert!(sentence.contains("token file") && !sentence.contains("lines\n"), "{sentence}");
        }
    }

    #[test]
    fn headers_of_one_connection_are_not_passed_on() {
        let mut headers = HeaderMap::new();
        for (name, value) in
            [("connection", "keep-alive, x-own"), ("x-own", "1"), ("te", "trailers"), ("accept", "*/*")]
        {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        drop_connection_headers(&mut headers);
        assert_eq!(headers.keys().collect::<Vec<_>>(), ["accept"]);
    }

    #[test]
    fn the_upstreams_own_path_stays_in_front() {
        let upstream: Upstream = "https://zadig.example:8443/sub/".parse().unwrap();
        let address = upstream.address("/openapi/x?y=1").unwrap();
        assert_eq!(address, "https://zadig.example:8443/sub/openapi/x?y=1");
    }
}
