//! Accepts connections and chooses who answers.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tower::{Layer, ServiceExt, service_fn};
use tower_http::cors::CorsLayer;

use crate::body::Body;
use crate::cors;
use crate::files::Files;
use crate::proxy::Proxy;
use crate::settings::Settings;

/// How long a connection may take to send the headers of a request.
const HEADER_LIMIT: Duration = Duration::from_secs(30);

/// A gateway, ready to answer.
#[derive(Debug)]
pub struct Gateway {
    files: Files,
    proxy: Proxy,
    cors: Option<CorsLayer>,
    sim: bool,
}

impl Gateway {
    /// Builds the gateway that `settings` describe. Fails with a sentence if the upstream needs TLS that cannot be had.
    pub fn new(settings: Settings) -> Result<Self, String> {
        let Settings { app, upstream, prefix, token_file, config, sim, allow_origin, policy, .. } = settings;
        Ok(Self {
            files: Files { root: app, prefix, config, policy },
            proxy: Proxy::new(upstream, token_file)?,
            cors: allow_origin.map(cors::layer),
            sim,
        })
    }

    /// Answers every connection that `listener` accepts, for ever.
    pub async fn run(self, listener: TcpListener) {
        let gateway = Arc::new(self);
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    tokio::spawn(Arc::clone(&gateway).connection(stream));
                }
                Err(error) => {
                    // Out of file descriptors, most likely: wait for some to come back.
                    eprintln!("zadig-gateway: cannot accept a connection: {error}");
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
            }
        }
    }

    async fn connection(self: Arc<Self>, stream: TcpStream) {
        // A log line must not wait for the next one. If this fails the stream is broken, and serving it says so.
        let _ = stream.set_nodelay(true);
        let service = hyper::service::service_fn(|request| {
            let gateway = Arc::clone(&self);
            async move { Ok::<_, Infallible>(gateway.answer(request).await) }
        });
        // A browser that leaves in mid-stream ends the connection with an error; that is no event worth a line.
        let _ = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_LIMIT)
            .serve_connection(TokioIo::new(stream), service)
            .await;
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let Some(cors) = &self.cors else { return self.route(request).await };
        let preflight = *request.method() == Method::OPTIONS;
        let route = service_fn(|request| async { Ok::<_, Infallible>(self.route(request).await) });
        let Ok(mut response) = cors.layer(route).oneshot(request).await;
        if preflight {
            // The layer says 200, and says it of an empty answer.
            *response.status_mut() = StatusCode::NO_CONTENT;
        }
        response
    }

    async fn route(&self, request: Request<Incoming>) -> Response<Body> {
        let path = request.uri().path();
        if path.starts_with("/openapi/") {
            self.proxy.pass(request, true).await
        } else if self.sim && path.starts_with("/__sim/") {
            self.proxy.pass(request, false).await
        } else {
            self.files.serve(request).await
        }
    }
}
