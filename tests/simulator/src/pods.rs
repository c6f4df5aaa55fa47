//! H10, H11: pods of a service, restarting one of them (>= v4.3.0).

use crate::errors::{BAD_REQUEST, Failure, GET_POD, GET_SERVICE, NO_DOCUMENTS, Outcome};
use crate::licence;
use crate::reply::Reply;
use crate::request::Req;
use crate::state::World;
use crate::state::service::Service;
use serde::Serialize;

#[derive(Serialize)]
struct PodList<'a> {
    service_name: &'a str,
    pods: Vec<PodBrief<'a>>,
}

#[derive(Serialize)]
struct PodBrief<'a> {
    pod_name: &'a str,
    status: &'static str,
    pod_ready: bool,
    containers_ready: bool,
    create_time: i64,
    ip: &'a str,
    images: Vec<&'a str>,
    workload_name: &'a str,
    workload_type: &'static str,
}

/// H10.
pub fn list(world: &mut World, req: &Req) -> Outcome {
    req.need_right(false)?;
    show(world, req, false)
}

/// H10 for production.
pub fn list_production(world: &mut World, req: &Req) -> Outcome {
    req.need_right(true)?;
    licence::professional(world)?;
    show(world, req, true)
}

fn show(world: &mut World, req: &Req, production: bool) -> Outcome {
    req.need_project()?;
    let slot = world.find(req.project(), req.env(), production);
    let slot = slot.ok_or_else(|| Failure::typed(GET_SERVICE, NO_DOCUMENTS))?;
    let name = req.param("serviceName");
    let service = world.env(slot).service(name);
    let workloads = service.map(|s| s.workloads.as_slice()).unwrap_or_default();
    let pods = workloads.iter().flat_map(|w| {
        w.pods.iter().map(|p| PodBrief {
            pod_name: &p.name,
            status: p.status(),
            pod_ready: p.containers.iter().all(|c| c.ready),
            containers_ready: p.containers.iter().all(|c| c.ready),
            create_time: p.created / 1000,
            ip: &p.ip,
            images: p.containers.iter().map(|c| c.image.as_str()).collect(),
            workload_name: &w.name,
            workload_type: w.kind.name(),
        })
    });
    Ok(Reply::ok(&PodList { service_name: name, pods: pods.collect() }))
}

/// H11: the pod is deleted, its owner makes another.
pub fn restart(world: &mut World, req: &Req) -> Outcome {
    req.need_right(false)?;
    delete(world, req, false)
}

/// H11 for production.
pub fn restart_production(world: &mut World, req: &Req) -> Outcome {
    req.need_right(true)?;
    licence::professional(world)?;
    delete(world, req, true)
}

fn delete(world: &mut World, req: &Req, production: bool) -> Outcome {
    req.need_project()?;
    let slot = world.find(req.project(), req.env(), production).ok_or_else(Failure::no_documents)?;
    let name = req.param("podName");
    let around = world.around(slot);
    // HEAD's path names no service, and nothing of it is checked there (contract 9.1).
    let service = req.param("serviceName");
    if !service.is_empty() {
        restarts(around.env.service(service), service, name)?;
    }
    let mut found = false;
    around.env.each_service(around.now, around.rng, |service, ctx| {
        for workload in &mut service.workloads {
            if let Some(pod) = workload.pods.iter_mut().find(|p| p.name == name) {
                found = true;
                pod.delete(ctx);
                workload.reconcile(ctx);
            }
        }
    });
    around.env.touch();
    if !found {
        let namespace = &around.env.namespace;
        return Err(Failure::typed(GET_POD, format!("[{namespace}] can't find pod {name}")));
    }
    Ok(Reply::success())
}

/// What the path with a service in it checks: the pod is one of that service, and not a Job's.
fn restarts(service: Option<&Service>, name: &str, pod: &str) -> Result<(), Failure> {
    let workloads = service.map(|s| s.workloads.as_slice()).unwrap_or_default();
    let refuse = |text: String| Err(Failure::typed(BAD_REQUEST, text));
    match workloads.iter().find(|w| w.pods.iter().any(|p| p.name == pod)) {
        None => refuse(format!("pod {pod} does not belong to service {name}")),
        Some(w) if w.kind.name() == "Job" => {
            refuse(format!("restart pod is not supported for Job workload {}", w.name))
        }
        Some(_) => Ok(()),
    }
}
