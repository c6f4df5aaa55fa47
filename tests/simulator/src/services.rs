//! E05, E06: one service of an environment; H9: its rendered YAML.

use crate::errors::{BAD_REQUEST, Failure, GET_SERVICE, NO_DOCUMENTS, Outcome};
use crate::reply::Reply;
use crate::request::Req;
use crate::state::World;
use crate::state::env::Env;
use crate::state::service::Service;
use crate::views::{CronView, EndpointView, IngressView, WorkloadView};
use crate::{manifest, views};
use serde::Serialize;

#[derive(Serialize)]
struct ServiceView<'a> {
    service_name: &'a str,
    scales: Vec<WorkloadView>,
    ingress: Vec<IngressView>,
    service_endpoints: Vec<EndpointView>,
    cron_jobs: Vec<CronView>,
    namespace: &'a str,
    env_name: &'a str,
    product_name: &'a str,
    group_name: &'static str,
}

/// E05.
pub fn get(world: &mut World, req: &Req) -> Outcome {
    req.need_right(false)?;
    if req.project().is_empty() && !req.role.admin_rights() {
        return Err(Failure::forbidden());
    }
    show(world, req, false)
}

/// E06: no licence is asked for.
pub fn get_production(world: &mut World, req: &Req) -> Outcome {
    req.need_right(true)?;
    show(world, req, true)
}

fn show(world: &mut World, req: &Req, production: bool) -> Outcome {
    let (version, now) = (world.options.version, world.now);
    let found = world.find(req.project(), req.env(), production);
    let slot = found.ok_or_else(|| Failure::typed(GET_SERVICE, NO_DOCUMENTS))?;
    let name = req.param("serviceName");
    if world.project_of(slot).deploy_type == "helm" {
        check_kind(name, req.q("workLoadType"))?;
    }
    let env: &Env = world.env(slot);
    let absent = Service::default();
    let service = env.service(name).unwrap_or(&absent);
    let project = &env.project;
    Ok(Reply::ok(&ServiceView {
        service_name: name,
        scales: service.workloads.iter().filter_map(|w| views::workload(w, version, now)).collect(),
        ingress: service
            .ingresses
            .iter()
            .map(|i| views::ingress(i, service, project, version, now))
            .collect(),
        service_endpoints: service.endpoints.iter().map(|e| views::endpoint(e, name, project, now)).collect(),
        cron_jobs: service.crons.iter().map(|c| views::cron(c, name, project, now)).collect(),
        namespace: &env.namespace,
        env_name: &env.key,
        product_name: project,
        group_name: "",
    }))
}

/// Helm projects need the kind of the workload (the server's own misspelling included).
fn check_kind(service: &str, kind: &str) -> Result<(), Failure> {
    if matches!(kind, "Deployment" | "StatefulSet" | "CronJob") {
        return Ok(());
    }
    Err(Failure::typed(GET_SERVICE, format!("service {service} not found, unknow type")))
}

/// H9: whatever fails is an empty text.
pub fn yaml(world: &mut World, req: &Req) -> Outcome {
    req.need_right(false)?;
    rendered(world, req, false)
}

/// H9 for production; the same right is checked.
pub fn yaml_production(world: &mut World, req: &Req) -> Outcome {
    req.need_right(false)?;
    rendered(world, req, true)
}

fn rendered(world: &mut World, req: &Req, production: bool) -> Outcome {
    need_names(req)?;
    let slot = world.find(req.project(), req.q("envName"), production);
    let text = slot.and_then(|slot| {
        let env: &Env = world.env(slot);
        env.service(req.q("serviceName"))
            .map(|service| manifest::of_service(service, &env.namespace, &env.project))
    });
    Ok(Reply::text(200, text.unwrap_or_default()))
}

/// An empty parameter is refused before anything else (contract 9.1).
fn need_names(req: &Req) -> Result<(), Failure> {
    let empty = ["projectKey", "envName", "serviceName"].into_iter().find(|name| req.q(name).is_empty());
    empty.map_or(Ok(()), |name| Err(Failure::typed(BAD_REQUEST, format!("{name} cannot be empty"))))
}

/// Values of a Helm service.
pub fn values(world: &mut World, req: &Req) -> Outcome {
    req.need_right(false)?;
    chart_values(world, req, false)
}

/// Values of a Helm service of a production environment (contract 9.1); the same right is checked.
pub fn values_production(world: &mut World, req: &Req) -> Outcome {
    req.need_right(false)?;
    chart_values(world, req, true)
}

fn chart_values(world: &mut World, req: &Req, production: bool) -> Outcome {
    need_names(req)?;
    let slot = world.find(req.project(), req.q("envName"), production);
    let known = slot.is_some_and(|slot| {
        world.project_of(slot).deploy_type == "helm"
            && world.env(slot).service(req.q("serviceName")).is_some()
    });
    if !known {
        return Err(Failure::internal(format!(
            "failed to get chart values, projectKey: {}, envName: {}, serviceName: {}, error: {NO_DOCUMENTS}",
            req.project(),
            req.q("envName"),
            req.q("serviceName")
        )));
    }
    Ok(Reply::text(200, "replicaCount: 1\nimage:\n  pullPolicy: IfNotPresent\n"))
}
