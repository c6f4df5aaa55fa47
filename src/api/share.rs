//! Sub-environments: turning them on and off for a base environment (`E39`–`E42`). Test environments only.
//!
//! The order of things: Istio is there (`H6`), workloads have Kubernetes services (`E39`, for information), turn on
//! (`E40`), ask until ready (`E42`). Turning on deletes every pod without the Istio proxy; turning off deletes every
//! sub-environment first.

use serde::Deserialize;

use super::client::Client;
use super::decode::Ack;
use super::endpoint::Endpoint::{E39, E40, E41, E42};
use super::error::{ApiError, ErrorKind};
use super::family::Family;
use super::lenient;
use super::request::{Call, Request, TimeoutClass};

/// Which way the readiness question goes (`E42`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ShareOperation {
    /// Sub-environments are being turned on.
    Enable,
    /// They are being turned off.
    Disable,
}

impl ShareOperation {
    /// The word in the path.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enable => "enable",
            Self::Disable => "disable",
        }
    }
}

/// How far turning on or off has come (`E42`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ShareReadiness {
    /// Whether it is done.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub is_ready: bool,
    /// The single checks. When turning off, the first three must become false.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub checks: ShareChecks,
}

/// The single checks of [`ShareReadiness`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ShareChecks {
    /// The namespace has Istio's label.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub namespace_has_istio_label: bool,
    /// Every Kubernetes service has its virtual service.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub virtualservice_deployed: bool,
    /// Every pod has Istio's proxy.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub pods_have_istio_proxy: bool,
    /// Every pod runs or has ended well.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub workloads_ready: bool,
    /// Every workload has a Kubernetes service; for information only.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub workloads_have_k8s_service: bool,
}

/// `E39`: workloads without a Kubernetes service, as `name.Kind`, in no order; empty when all is well.
///
/// The server's path says `k8services`; the document's `k8sservices` is known to no server.
pub fn workloads_without_service(project: &str, env: &str) -> Call<Vec<String>> {
    without_service_at("/check/workloads/k8services", project, env)
}

/// `E39` as the document spells it.
pub fn workloads_without_service_as_documented(project: &str, env: &str) -> Call<Vec<String>> {
    without_service_at("/check/workloads/k8sservices", project, env)
}

fn without_service_at(path: &str, project: &str, env: &str) -> Call<Vec<String>> {
    Call::list(Request::get(E39, Family::Test.root()).seg(env).lit(path).query("projectKey", project))
}

/// `E40`: turns sub-environments on; the pods are made anew afterwards. Answered once every pod and Kubernetes service was
/// gone through, one call to the cluster each.
///
/// # Errors
/// `Licence` (Enterprise), `Sleeping`, `Server` for Istio's errors.
pub fn enable(project: &str, env: &str) -> Call<Ack> {
    let request = Request::post(E40, Family::Test.root()).seg(env).lit("/share/enable");
    Call::ack(request.query("projectKey", project).timeout(TimeoutClass::VerySlow))
}

/// `E41`: turns sub-environments off, and deletes all there are.
///
/// # Errors
/// As `E40`.
pub fn disable(project: &str, env: &str) -> Call<Ack> {
    let request = Request::delete(E41, Family::Test.root()).seg(env).lit("/share/enable");
    Call::ack(request.query("projectKey", project).timeout(TimeoutClass::VerySlow))
}

/// `E42`: how far it has come. (`sharenv`, with one e.)
///
/// # Errors
/// `NotFound` for the environment; `Forbidden`.
pub fn readiness(project: &str, env: &str, operation: ShareOperation) -> Call<ShareReadiness> {
    let request =
        Request::get(E42, Family::Test.root()).seg(env).lit("/check/sharenv").seg(operation.as_str());
    Call::json(request.lit("/ready").query("projectKey", project))
}

impl Client {
    /// `E39`; asks at the server's spelling, and at the document's where there is no such route.
    ///
    /// # Errors
    /// `NotFound` for the environment; `Forbidden`.
    pub async fn workloads_without_service(&self, project: &str, env: &str) -> Result<Vec<String>, ApiError> {
        match self.send(workloads_without_service(project, env)).await {
            Err(error) if error.kind == ErrorKind::RouteMissing => {
                self.send(workloads_without_service_as_documented(project, env)).await
            }
            result => result,
        }
    }
}
