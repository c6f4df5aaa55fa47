//! E39-E42: sub-environments.

use crate::errors::{Failure, NO_DOCUMENTS, Outcome};
use crate::licence;
use crate::reply::Reply;
use crate::request::Req;
use crate::state::share::{Checks, begin_disable, begin_enable, checks};
use crate::state::{Slot, World};
use serde::Serialize;

#[derive(Serialize)]
struct Ready {
    is_ready: bool,
    checks: Checks,
}

fn locate(world: &mut World, req: &Req) -> Result<Slot, Failure> {
    let (project, env) = (req.project(), req.env());
    world.find(project, env, false).ok_or_else(|| {
        Failure::internal(format!("failed to query env `{env}` in project `{project}`: {NO_DOCUMENTS}"))
    })
}

/// E39: workloads that have no Kubernetes Service, in no order.
pub fn workloads_without_service(world: &mut World, req: &Req) -> Outcome {
    req.need_project()?;
    req.need_right(false)?;
    let slot = locate(world, req)?;
    let mut names: Vec<String> = Vec::new();
    for workload in world.env(slot).services.iter().flat_map(|s| &s.workloads).filter(|w| !w.has_service) {
        names.push(format!("{}.{}", workload.name, workload.kind.name()));
    }
    world.rng.shuffle(&mut names);
    Ok(Reply::ok(&names))
}

/// E40.
pub fn enable(world: &mut World, req: &Req) -> Outcome {
    let slot = permit(world, req)?;
    let now = world.now;
    begin_enable(world.env(slot), now);
    Ok(Reply::success())
}

/// E41: sub-environments are deleted first.
pub fn disable(world: &mut World, req: &Req) -> Outcome {
    let slot = permit(world, req)?;
    let now = world.now;
    begin_disable(world.env(slot), now);
    for project in world.projects.iter_mut().filter(|p| p.key == req.project()) {
        for sub in project.envs.iter_mut().filter(|e| e.base_env.as_deref() == Some(req.env())) {
            sub.begin_delete(now);
        }
    }
    Ok(Reply::success())
}

fn permit(world: &mut World, req: &Req) -> Result<Slot, Failure> {
    req.need_project()?;
    req.need_right(false)?;
    licence::enterprise(world)?;
    let slot = locate(world, req)?;
    let env = world.env(slot);
    if env.is_sleeping() {
        return Err(Failure::internal("Environment is sleeping"));
    }
    let cluster = env.cluster_id.clone();
    if !world.clusters.iter().any(|c| c.cluster_id == cluster && c.istio) {
        let text =
            "the server could not find the requested resource (post virtualservices.networking.istio.io)";
        return Err(Failure::internal(text));
    }
    Ok(slot)
}

/// E42: every operation but `enable` counts as `disable`.
pub fn ready(world: &mut World, req: &Req) -> Outcome {
    req.need_project()?;
    req.need_right(false)?;
    let slot = locate(world, req)?;
    let checks = checks(world.env(slot));
    let (label, services, sidecars) =
        (checks.namespace_has_istio_label, checks.virtualservice_deployed, checks.pods_have_istio_proxy);
    let set_up = if req.param("op") == "enable" {
        label && services && sidecars
    } else {
        !label && !services && !sidecars
    };
    Ok(Reply::ok(&Ready { is_ready: checks.workloads_ready && set_up, checks }))
}
