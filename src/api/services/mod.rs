//! Services in environments (`E05`, `E06`, `E13`–`E18`) and their templates, YAML and pods (`H7`–`H10`).

mod change;
mod model;
mod template;

pub use change::{RemoveMode, ServiceAddition, ServiceUpdate};
pub use model::{
    ContainerPort, ContainerState, CronJob, EndpointPort, Ingress, IngressBackend, IngressHost, Pod,
    PodContainer, PodStatus, ServiceDetail, ServiceEndpoint, Workload, WorkloadKind,
};
pub use template::{ServicePod, ServicePods, ServiceTemplate, ServiceTemplateSummary};

use serde_json::json;

use super::client::Client;
use super::decode::Ack;
use super::endpoint::Endpoint::{E05, E06, E13, E14, E15, E16, E17, E18, H7, H8, H9, H9Values, H10};
use super::error::ApiError;
use super::family::Family;
use super::request::{Call, Request, TimeoutClass};

/// `E05`/`E06`: a service's workloads, pods and endpoints.
///
/// `workload_kind` is ignored for YAML projects and needed for Helm ones. Its parameter is `workLoadType`; the
/// document's `workLoadtype` is not read by any server.
///
/// # Errors
/// `NotFound` for the environment; `Forbidden`.
pub fn get(
    family: Family,
    project: &str,
    env: &str,
    service: &str,
    workload_kind: Option<&WorkloadKind>,
) -> Call<ServiceDetail> {
    let request = Request::get(family.pick(E05, E06), family.root()).seg(env).lit("/services").seg(service);
    let request = request.query("projectKey", project);
    Call::json(request.query_opt("workLoadType", workload_kind.map(WorkloadKind::as_str)))
}

/// `E13`/`E14`: adds services. Accepted at once; the environment then is `updating`.
///
/// # Errors
/// `AlreadyExists`, `NotFound`, `Busy`, `Sleeping`, `Conflict` when services changed meanwhile.
pub fn add(family: Family, project: &str, env: &str, services: &[ServiceAddition]) -> Call<Ack> {
    let body = json!({ "env_key": env, "service_list": services });
    let request = Request::post(family.pick(E13, E14), family.root()).lit("/service/yaml");
    Call::ack(request.query("projectKey", project).json(&body))
}

/// `E15`/`E16`: updates services, and upgrades them to their templates' newest revision.
///
/// # Errors
/// `NotFound`, `Busy`, `Sleeping`, `InvalidInput`.
pub fn update(family: Family, project: &str, env: &str, services: &[ServiceUpdate]) -> Call<Ack> {
    let body = json!({ "service_list": services });
    let request = Request::put(family.pick(E15, E16), family.root()).seg(env).lit("/services");
    Call::ack(request.query("projectKey", project).json(&body))
}

/// `E17`/`E18`: removes services. Answers only when their workloads are gone, which may take minutes.
///
/// # Errors
/// `Conflict` when sub-environments use a service ([`ApiError::sub_env_uses`]); `NotFound` for the environment.
pub fn remove(family: Family, project: &str, env: &str, services: &[String], mode: RemoveMode) -> Call<Ack> {
    let keep = matches!(mode, RemoveMode::KeepResources);
    let body = json!({ "env_key": env, "service_names": services, "not_delete_resource": keep });
    let request = Request::delete(family.pick(E17, E18), family.root()).lit("/service/yaml");
    Call::ack(request.query("projectKey", project).json(&body).timeout(TimeoutClass::VerySlow))
}

fn templates_root(family: Family) -> &'static str {
    family.pick("/openapi/service/yaml", "/openapi/service/yaml/production")
}

/// `H7`: the project's service templates.
///
/// # Errors
/// `Licence` for production where it is missing; `Server` for an unknown project.
pub fn templates(family: Family, project: &str) -> Call<Vec<ServiceTemplateSummary>> {
    Call::list(Request::get(H7, templates_root(family)).lit("/services").query("projectKey", project))
}

/// `H8`: one service template with its YAML and variables.
///
/// # Errors
/// As `H7`, and `NotFound`.
pub fn template(family: Family, project: &str, service: &str) -> Call<ServiceTemplate> {
    Call::json(Request::get(H8, templates_root(family)).seg(service).query("projectKey", project))
}

/// `H9`: the YAML rendered in an environment; servers from v4.0.0. Any failure there gives an empty text.
///
/// # Errors
/// `RouteMissing` or `MethodNotAllowed` on servers before v4.0.0; see [`super::Features`].
pub fn rendered_yaml(family: Family, project: &str, env: &str, service: &str) -> Call<String> {
    let request = Request::get(H9, family.root()).lit("/service/yaml").query("projectKey", project);
    Call::text(request.query("envName", env).query("serviceName", service))
}

/// The values of a Helm service as rendered in an environment; servers from v4.0.0 (contract `H9`, 9.1). An unknown service is
/// a failure of the server.
pub fn rendered_values(family: Family, project: &str, env: &str, service: &str) -> Call<String> {
    let request = Request::get(H9Values, family.root()).lit("/service/values").query("projectKey", project);
    Call::text(request.query("envName", env).query("serviceName", service))
}

/// `H10`: a service's pods; servers from v4.3.0. Older ones have them in [`get`] only.
///
/// # Errors
/// `RouteMissing` on servers before v4.3.0.
pub fn pods(family: Family, project: &str, env: &str, service: &str) -> Call<ServicePods> {
    let request = Request::get(H10, family.root()).seg(env).lit("/service").seg(service).lit("/pods");
    Call::json(request.query("projectKey", project))
}

/// The kinds that a Helm service is asked for, the most usual first.
const HELM_KINDS: [WorkloadKind; 3] =
    [WorkloadKind::Deployment, WorkloadKind::StatefulSet, WorkloadKind::CronJob];

impl Client {
    /// `E05`/`E06` of a YAML or a Helm project. Helm's services are found by the kind of their workload only (contract `E05`),
    /// so each kind is tried; where none is found, the lists are empty. `helm` saves the first try where it is known.
    ///
    /// # Errors
    /// As [`get`].
    pub async fn service_of_any_kind(
        &self,
        family: Family,
        project: &str,
        env: &str,
        service: &str,
        helm: bool,
    ) -> Result<ServiceDetail, ApiError> {
        if !helm {
            let answer = self.send(get(family, project, env, service, None)).await;
            if !answer.as_ref().is_err_and(wants_kind) {
                return answer;
            }
        }
        let mut found = ServiceDetail::default();
        for kind in &HELM_KINDS {
            match self.send(get(family, project, env, service, Some(kind))).await {
                Ok(detail) if !detail.workloads.is_empty() || !detail.cron_jobs.is_empty() => {
                    return Ok(detail);
                }
                Ok(detail) => found = detail,
                Err(error) if error.code == Some(6083) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }
}

/// Whether the server wants to know the kind of the workload, as it does for Helm projects (its own words and spelling).
fn wants_kind(error: &ApiError) -> bool {
    error.description.as_deref().is_some_and(|text| text.contains("unknow type"))
}
