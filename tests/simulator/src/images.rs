//! E35-E37: new images. The environment of the path is never read; the body decides.

use crate::errors::{Failure, NO_DOCUMENTS, Outcome, UPDATE_IMAGE};
use crate::reply::Reply;
use crate::request::Req;
use crate::state::kv::nullable;
use crate::state::service::Service;
use crate::state::workload::{ContainerSpec, Kind};
use crate::state::{Surroundings, World};
use serde::Deserialize;

#[derive(Deserialize)]
struct Args {
    #[serde(default, deserialize_with = "nullable")]
    product_name: String,
    #[serde(default, deserialize_with = "nullable")]
    env_name: String,
    #[serde(default, deserialize_with = "nullable")]
    service_name: String,
    #[serde(default, deserialize_with = "nullable")]
    name: String,
    #[serde(default, deserialize_with = "nullable")]
    container_name: String,
    #[serde(default, deserialize_with = "nullable")]
    image: String,
}

/// E35. A body that is no JSON is refused as not permitted, unless an administrator asks.
pub fn deployment(world: &mut World, req: &Req) -> Outcome {
    set(world, req, bind(req)?, Some(Kind::Deployment))
}

/// E36. A body that is no JSON is answered with success, and nothing happens.
pub fn stateful_set(world: &mut World, req: &Req) -> Outcome {
    match serde_json::from_slice(&req.body) {
        Ok(args) => set(world, req, args, Some(Kind::StatefulSet)),
        Err(_) => Ok(Reply::success()),
    }
}

/// E37.
pub fn cron_job(world: &mut World, req: &Req) -> Outcome {
    set(world, req, bind(req)?, None)
}

/// The newest servers' route for Jobs.
pub fn job(world: &mut World, req: &Req) -> Outcome {
    set(world, req, bind(req)?, Some(Kind::Job))
}

fn bind(req: &Req) -> Result<Args, Failure> {
    let refusal = if req.role.admin_rights() { Failure::unbound() } else { Failure::forbidden() };
    serde_json::from_slice(&req.body).map_err(|_| refusal)
}

/// `None` stands for CronJob, which is not a workload.
fn set(world: &mut World, req: &Req, args: Args, kind: Option<Kind>) -> Outcome {
    req.need_right(false)?;
    let refuse = |text: String| Failure::typed(UPDATE_IMAGE, text);
    let slot =
        world.find(&args.product_name, &args.env_name, false).ok_or_else(|| refuse(NO_DOCUMENTS.into()))?;
    let around = world.around(slot);
    let patched = match kind {
        Some(kind) => patch_workload(around, &args, kind),
        None => patch_cron(around, &args),
    };
    if !patched {
        let word = kind.map_or("CronJob", Kind::name);
        return Err(refuse(format!("更新 {word} 容器镜像失败")));
    }
    let now = world.now;
    let env = world.env(slot);
    env.touch();
    // The cluster is patched before the service is looked up, so this error comes too late to prevent anything.
    if env.service(&args.service_name).is_none() {
        return Err(refuse(format!("服务 {} 不存在", args.service_name)));
    }
    env.stamp(Some(req.role.name()), now);
    Ok(Reply::success())
}

/// A strategic-merge patch: a container name that is not there adds a container.
fn patch_workload(around: Surroundings<'_>, args: &Args, kind: Kind) -> bool {
    let has = |s: &&Service| s.workloads.iter().any(|w| w.kind == kind && w.name == args.name);
    let Some(owner) = around.env.services.iter().find(has).map(|s| s.name.clone()) else { return false };
    let done = around.env.with_service(&owner, around.now, around.rng, |service, ctx| {
        for workload in service.workloads.iter_mut().filter(|w| w.kind == kind && w.name == args.name) {
            match workload.containers.iter_mut().find(|c| c.name == args.container_name) {
                Some(container) if container.image == args.image => continue,
                Some(container) => container.image.clone_from(&args.image),
                None => workload.containers.push(ContainerSpec::new(&args.container_name, &args.image)),
            }
            workload.rollout(ctx);
        }
    });
    done.is_some()
}

fn patch_cron(around: Surroundings<'_>, args: &Args) -> bool {
    let crons = around.env.services.iter_mut().flat_map(|s| &mut s.crons).filter(|c| c.name == args.name);
    let mut patched = false;
    for cron in crons {
        for container in cron.containers.iter_mut().filter(|c| c.name == args.container_name) {
            container.image.clone_from(&args.image);
            patched = true;
        }
    }
    patched
}
