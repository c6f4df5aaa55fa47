//! Doing something to what runs: scale, restart, change an image (`E32`–`E37`, `H11`).
//!
//! Scaling and image updates take no [`Family`]: the server does them for test environments only (contract 6.14).

use serde::Serialize;

use super::client::Client;
use super::decode::Ack;
use super::endpoint::Endpoint::{self, E32, E33, E34, E35, E36, E37, H11, H14, H14Probe};
use super::error::{ApiError, ErrorKind};
use super::family::Family;
use super::request::{Call, Request};
use super::services::WorkloadKind;

/// How many replicas a workload shall have (`E32`).
///
/// Every field is always sent: an absent `target_replicas` means 0 to the server, and servers from v4.2.1 refuse a
/// request without `service_name`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scale {
    /// The project.
    pub project_key: String,
    /// The test environment's key.
    pub env_key: String,
    /// The service the workload belongs to.
    pub service_name: String,
    /// The workload.
    pub workload_name: String,
    /// Its kind: Deployment or StatefulSet; CloneSet from v4.2.1.
    pub workload_type: WorkloadKind,
    /// The number of replicas.
    pub target_replicas: u32,
}

/// The kinds of workload whose image can be changed, each by a route of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageTarget {
    /// `E35`.
    Deployment,
    /// `E36`.
    StatefulSet,
    /// `E37`.
    CronJob,
    /// Servers after v5.0.0 only.
    Job,
}

impl ImageTarget {
    /// The target for a workload's kind, where there is one.
    pub fn of(kind: &WorkloadKind) -> Option<Self> {
        match kind {
            WorkloadKind::Deployment => Some(Self::Deployment),
            WorkloadKind::StatefulSet => Some(Self::StatefulSet),
            WorkloadKind::CronJob => Some(Self::CronJob),
            WorkloadKind::Job => Some(Self::Job),
            _ => None,
        }
    }

    fn endpoint_and_segment(self) -> (Endpoint, &'static str) {
        match self {
            Self::Deployment => (E35, "deployment"),
            Self::StatefulSet => (E36, "statefulset"),
            Self::CronJob => (E37, "cronjob"),
            Self::Job => (H14, "job"),
        }
    }
}

/// A new image for a container (`E35`–`E37`).
///
/// The server checks nothing: a container that does not exist may be added to the workload, so take all names from
/// what [`super::services::get`] answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImageUpdate {
    /// The project.
    #[serde(rename = "product_name")]
    pub project_key: String,
    /// The test environment's key.
    #[serde(rename = "env_name")]
    pub env_key: String,
    /// The service.
    pub service_name: String,
    /// The workload.
    #[serde(rename = "name")]
    pub workload_name: String,
    /// The container.
    pub container_name: String,
    /// The full image reference.
    pub image: String,
}

/// `E32`: sets the number of replicas. Servers before v4.2.1 answer success even when Kubernetes refused: look.
///
/// # Errors
/// `Sleeping`; `NotFound` (for production environments too); `InvalidInput` for a kind that cannot be scaled.
pub fn scale(scale: &Scale) -> Call<Ack> {
    Call::ack(Request::post(E32, "/openapi/environments/scale").json(scale))
}

/// `E33`/`E34`: restarts the first workload of a service, pod by pod. A service that is not there is accepted too.
///
/// # Errors
/// `Sleeping`, `NotFound` for the environment, `Licence` for production.
pub fn restart(family: Family, project: &str, env: &str, service: &str) -> Call<Ack> {
    let request = Request::post(family.pick(E33, E34), family.root()).seg(env).lit("/service").seg(service);
    Call::ack(request.lit("/restart").query("projectKey", project))
}

/// `E35`–`E37`: changes a container's image. The environment in the path is never read by the server; it is the
/// body's. A body field `type` would override the path's kind and is therefore never sent.
///
/// # Errors
/// `NotFound` (a service that is not there is noticed only after the workload was changed), `Forbidden`.
pub fn update_image(target: ImageTarget, update: &ImageUpdate) -> Call<Ack> {
    let (endpoint, segment) = target.endpoint_and_segment();
    let request = Request::post(endpoint, "/openapi/environments/image").seg(segment).seg(&update.env_key);
    Call::ack(request.json(update))
}

/// `H11`: restarts one pod, as servers v4.3.0 to v5.0.0 spell it.
pub fn restart_pod(family: Family, project: &str, env: &str, service: &str, pod: &str) -> Call<Ack> {
    let request =
        Request::post(H11, family.root()).seg(env).lit("/service").seg(service).lit("/pod").seg(pod);
    Call::ack(request.lit("/restart").query("projectKey", project))
}

/// `H11`: restarts one pod, as servers after v5.0.0 spell it.
pub fn restart_pod_of_env(family: Family, project: &str, env: &str, pod: &str) -> Call<Ack> {
    let request = Request::post(H11, family.root()).seg(env).lit("/pod").seg(pod).lit("/restart");
    Call::ack(request.query("projectKey", project))
}

/// Whether `H14` is there: a read of its path, which the route refuses with 405 and a server without it with 404. It changes
/// nothing.
pub fn job_image_probe(env: &str) -> Call<Ack> {
    let path = "/openapi/environments/image/job";
    Call::ack(Request::get(H14Probe, path).seg(env))
}

impl Client {
    /// `H11`; tries [`restart_pod`] and, where there is no such route, [`restart_pod_of_env`]. The first answer of a
    /// missing route changed nothing, so this sends the write once.
    ///
    /// # Errors
    /// `RouteMissing` on servers before v4.3.0; `NotFound` for the pod.
    pub async fn restart_pod(
        &self,
        family: Family,
        project: &str,
        env: &str,
        service: &str,
        pod: &str,
    ) -> Result<Ack, ApiError> {
        match self.send(restart_pod(family, project, env, service, pod)).await {
            Err(error) if error.kind == ErrorKind::RouteMissing => {
                self.send(restart_pod_of_env(family, project, env, pod)).await
            }
            result => result,
        }
    }
}
