//! HTTP: connections in, the journal, faults, the token check, the route, the answer out.
//!
//! Requests under `/__sim` go to an axum router; everything else is the simulated server's, whose routing is
//! gin's and therefore our own table. The accept loop is written by hand because two of the faults need it:
//! a connection that is dropped before any byte of the answer, and one that is dropped in the middle.

use crate::auth::{self, Place, Verdict};
use crate::clock::wall_millis;
use crate::control;
use crate::control::faults::{Drop as FaultDrop, Fault};
use crate::control::journal::Entry;
use crate::errors::Failure;
use crate::options::Options;
use crate::reply::Reply;
use crate::request::Req;
use crate::routes::{self, Found};
use crate::state::World;
use crate::version::Version;
use crate::{logs, next};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, header};
use bytes::Bytes;
use futures_util::StreamExt as _;
use http_body_util::BodyExt as _;
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// The world, shared by all connections.
pub type Shared = Arc<Mutex<World>>;

/// A simulator that has its address but may not have been started yet.
pub struct Server {
    listener: TcpListener,
    cors: bool,
    world: Shared,
}

/// Marks an answer whose connection is to be dropped without a byte.
#[derive(Clone)]
struct Dropped;

impl Server {
    /// Binds the address of the options and plants the seed. Fails when the address cannot be bound.
    pub async fn bind(options: Options) -> std::io::Result<Self> {
        let listener = TcpListener::bind(&options.listen).await?;
        let cors = options.cors;
        Ok(Self { listener, cors, world: Arc::new(Mutex::new(World::new(options))) })
    }

    /// Where it listens.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// The world, for tests in the same process.
    pub fn world(&self) -> Shared {
        self.world.clone()
    }

    /// Serves connections until the task is dropped.
    pub async fn run(self) {
        let router = control::router(self.world.clone()).fallback({
            let world = self.world.clone();
            move |request: Request<Body>| answer(world.clone(), request)
        });
        loop {
            let Ok((socket, _)) = self.listener.accept().await else {
                tokio::time::sleep(Duration::from_millis(10)).await;
                continue;
            };
            let _ = socket.set_nodelay(true);
            tokio::spawn(serve(TokioIo::new(socket), router.clone(), self.cors));
        }
    }
}

async fn serve(io: TokioIo<tokio::net::TcpStream>, router: Router, cors: bool) {
    let service = hyper::service::service_fn(move |request: Request<hyper::body::Incoming>| {
        let router = router.clone();
        async move {
            use axum::extract::Request as AxumRequest;
            use hyper::service::Service as _;
            let request: AxumRequest = request.map(Body::new);
            if cors && request.method() == axum::http::Method::OPTIONS {
                return Ok(allow_origin(Response::new(Body::empty())));
            }
            let served = hyper_util::service::TowerToHyperService::new(router).call(request).await;
            let response = served.unwrap_or_else(|never: Infallible| match never {});
            match response.extensions().get::<Dropped>() {
                Some(_) => Err(std::io::Error::other("dropped on purpose")),
                None if cors => Ok(allow_origin(response)),
                None => Ok(response),
            }
        }
    });
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder.title_case_headers(true).max_buf_size(1 << 20);
    // A client that goes away is no error worth a word.
    let _ = builder.serve_connection(io, service).await;
}

/// What `--cors` adds to every answer.
fn allow_origin(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    headers.insert("access-control-expose-headers", HeaderValue::from_static("x-zadig-auth-reason"));
    let named = HeaderValue::from_static("authorization, content-type, cache-control, accept");
    headers.insert("access-control-allow-headers", named);
    headers.insert("access-control-allow-methods", HeaderValue::from_static("GET, POST, PUT, DELETE"));
    response
}

/// Answers a request to the simulated server and notes it in the journal.
async fn answer(world: Shared, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map(|b| b.to_bytes()).unwrap_or_default();
    let mut entry = Entry::new(parts.method.as_str(), parts.uri.path(), parts.uri.query(), &body);
    let header = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
    let (number, verdict, fault) = {
        let mut world = world.lock();
        world.tick();
        let query = entry.query.iter().find(|(k, _)| k == "token").map(|(_, v)| v.as_str());
        let verdict = auth::check(header, query, world.now);
        entry.note(&verdict, wall_millis(), world.now);
        let fault = world.faults.take(&entry.method, &entry.path);
        (world.journal.push(entry.clone()), verdict, fault)
    };
    if let Some(delay) = fault.as_ref().and_then(|f| f.delay_ms) {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    let reply = decide(&world, &entry, body, verdict, fault.as_ref());
    world.lock().journal.answered(number, reply.status);
    respond(world, reply, fault, number).await
}

/// The gateway first, then the fault that replaces the answer, then the route.
fn decide(world: &Shared, entry: &Entry, body: Bytes, verdict: Verdict, fault: Option<&Fault>) -> Reply {
    let mut world = world.lock();
    if let Some(reply) = fault.and_then(Fault::reply) {
        return reply;
    }
    let guarded = entry.path.starts_with("/api") || entry.path.starts_with("/openapi");
    let role = match verdict {
        Verdict::Accepted(_, role) => role,
        _ if guarded => return Reply::empty(401),
        _ => auth::Role::Viewer,
    };
    if let Some(reason) = world.mfa.clone().filter(|_| guarded && world.options.version >= Version::V4_3_0) {
        return mfa_refusal(&reason);
    }
    world.tick();
    let (method, path) = (entry.method.clone(), entry.path.clone());
    match routes::find(world.options.version, &method, &path) {
        Found::Nothing => Reply::text(404, format!("Invalid path: {path}")),
        Found::WrongMethod => Reply::text(405, format!("Method not allowed: {method} {path}")),
        Found::Route(route, params) => {
            let (raw_path, raw_query) = (entry.raw_path.clone(), entry.raw_query.clone());
            let query = entry.query.clone();
            let req = Req { method, raw_path, path, raw_query, query, body, role, params };
            let refused = next::refuse(&mut world, route.id, &req);
            let answer = refused.and_then(|()| (route.handler)(&mut world, &req));
            let reply = answer.unwrap_or_else(|failure: Failure| failure.reply());
            control::operations::record(&mut world, route, &req, reply.status);
            reply
        }
    }
}

/// The 403 of an MFA policy (contract 0.3).
pub fn mfa_refusal(reason: &str) -> Reply {
    let reason = format!("mfa_{reason}_required");
    Reply {
        content_type: Some("application/json".into()),
        headers: vec![("x-zadig-auth-reason".into(), reason.clone())],
        body: format!("{{\"reason\":\"{reason}\"}}").into(),
        ..Reply::empty(403)
    }
}

async fn respond(world: Shared, reply: Reply, fault: Option<Fault>, number: u64) -> Response<Body> {
    let drop = fault.as_ref().and_then(|f| f.drop);
    if drop == Some(FaultDrop::Before) {
        return dropped();
    }
    if let Some(request) = reply.stream {
        return logs::stream::serve(world, request, number).await;
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = axum::http::StatusCode::from_u16(reply.status).unwrap_or_default();
    put_headers(response.headers_mut(), &reply);
    let mut body = reply.body;
    if let Some(keep) = fault.as_ref().and_then(|f| f.truncate) {
        body.truncate(keep);
    }
    *response.body_mut() =
        if drop == Some(FaultDrop::MidBody) { half(response.headers_mut(), body) } else { Body::from(body) };
    response
}

fn put_headers(headers: &mut HeaderMap, reply: &Reply) {
    let given = reply.content_type.iter().map(|t| ("content-type".to_owned(), t.clone()));
    for (name, value) in given.chain(reply.headers.iter().cloned()) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
}

/// Announces the whole body, sends half of it and breaks the connection.
fn half(headers: &mut HeaderMap, body: Bytes) -> Body {
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len().max(2)));
    let first = body.slice(..body.len() / 2);
    let parts = futures_util::stream::iter([Ok(first), Err(std::io::Error::other("dropped on purpose"))]);
    Body::from_stream(parts.then(|part| async {
        if part.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        part
    }))
}

/// An answer that breaks the connection before its first byte.
pub fn dropped() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Dropped);
    response
}

/// How a token was sent, for the journal.
pub fn place_name(place: Place) -> &'static str {
    match place {
        Place::Header => "header",
        Place::Query => "query",
    }
}
