//! The driver's seam on the real client and the browser's clock.

use std::time::Duration;

use super::drive::Io;
use super::snapshot::{Probe, Response};
use super::timestamp::Timestamp;
use crate::api::{ApiError, Call, Client, ErrorKind, Request, events, portal, share};
use crate::api::{envcfgs, environments, services, variables};
use crate::route::EnvironmentRef;

/// Sends and reads with a client.
#[derive(Clone, Debug)]
pub struct ClientIo {
    client: Client,
}

impl ClientIo {
    /// On this client.
    pub fn new(client: Client) -> Self {
        Self { client }
    }
}

impl Io for ClientIo {
    async fn send(&self, request: &Request) -> Result<(), ApiError> {
        self.client.send(Call::ack(request.clone())).await.map(|_| ())
    }

    async fn read(&self, env: &EnvironmentRef, read: &Probe) -> Result<Response, ApiError> {
        let client = &self.client;
        let (family, project, key) = (env.family, env.project.as_str(), env.key.as_str());
        match read {
            Probe::Service(name) => {
                client.send(services::get(family, project, key, name, None)).await.map(Response::Service)
            }
            Probe::Environment => missing_if_gone(
                client.send(environments::get(family, project, key)).await,
                Response::Environment,
            ),
            Probe::Environments => {
                client.send(environments::list(family, project)).await.map(Response::Environments)
            }
            Probe::Variables => {
                client.send(variables::list(family, project, key)).await.map(Response::Variables)
            }
            Probe::Config(kind, name) => {
                let call = envcfgs::get(family, project, key, kind, name);
                missing_if_gone(client.send(call).await, Response::Config)
            }
            Probe::Configs(kind) => {
                client.send(envcfgs::list(family, project, key, kind)).await.map(Response::Configs)
            }
            Probe::PodEvents(pod) => {
                client.send(events::list(family, project, key, "Pod", pod)).await.map(Response::Events)
            }
            Probe::Sharing(way) => {
                client.send(share::readiness(project, key, (*way).into())).await.map(Response::Sharing)
            }
            Probe::Portal(service) => {
                client.send(portal::get(project, key, service)).await.map(Response::Portal)
            }
        }
    }

    async fn sleep(&self, time: Duration) {
        let millis = u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
        gloo_timers::future::TimeoutFuture::new(millis).await;
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(crate::clock::now_ms())
    }
}

fn missing_if_gone<T>(result: Result<T, ApiError>, seen: fn(T) -> Response) -> Result<Response, ApiError> {
    match result {
        Ok(value) => Ok(seen(value)),
        Err(error) if error.kind == ErrorKind::NotFound => Ok(Response::Missing),
        Err(error) => Err(error),
    }
}
