//! E32-E34: scaling a workload, restarting a service.

use crate::errors::{Failure, NO_DOCUMENTS, Outcome, SCALE, SLEEPING};
use crate::licence;
use crate::reply::Reply;
use crate::request::Req;
use crate::state::kv::nullable;
use crate::state::workload::Kind;
use crate::state::{Slot, World};
use crate::version::Version;
use serde::Deserialize;

#[derive(Deserialize)]
struct ScaleArgs {
    #[serde(default, deserialize_with = "nullable")]
    project_key: String,
    #[serde(default, deserialize_with = "nullable")]
    env_key: String,
    #[serde(default, deserialize_with = "nullable")]
    service_name: String,
    #[serde(default, deserialize_with = "nullable")]
    workload_name: String,
    #[serde(default, deserialize_with = "nullable")]
    workload_type: String,
    #[serde(default, deserialize_with = "nullable")]
    target_replicas: i32,
}

impl ScaleArgs {
    fn check(&self, version: Version) -> Result<Kind, Failure> {
        let mut required = vec![
            ("project_key", &self.project_key),
            ("env_key", &self.env_key),
            ("workload_name", &self.workload_name),
            ("workload_type", &self.workload_type),
        ];
        if version >= Version::V4_2_1 {
            required.insert(2, ("service_name", &self.service_name));
        }
        if let Some((name, _)) = required.iter().find(|(_, value)| value.is_empty()) {
            return Err(Failure::internal(format!("{name} is required")));
        }
        let kind = match self.workload_type.as_str() {
            "Deployment" => Kind::Deployment,
            "StatefulSet" => Kind::StatefulSet,
            "CloneSet" if version >= Version::V4_2_0 => Kind::CloneSet,
            other => return Err(Failure::internal(format!("unsupported workload type: {other}"))),
        };
        if self.target_replicas < 0 {
            return Err(Failure::internal("target_replicas must be greater than or equal to 0"));
        }
        Ok(kind)
    }
}

/// E32: test environments only. Before v4.2.1 a workload that does not exist is answered with success.
pub fn scale(world: &mut World, req: &Req) -> Outcome {
    let version = world.options.version;
    let args: ScaleArgs = req.bind()?;
    let kind = args.check(version)?;
    req.need_right(false)?;
    let refuse = |text: String| Failure::typed(SCALE, text);
    let slot =
        world.find(&args.project_key, &args.env_key, false).ok_or_else(|| refuse(NO_DOCUMENTS.into()))?;
    let around = world.around(slot);
    if around.env.is_sleeping() {
        return Err(refuse(SLEEPING.into()));
    }
    let strict = version >= Version::V4_2_1;
    if strict && around.env.service(&args.service_name).is_none() {
        return Err(refuse(format!(
            "failed to find k8s service {} in env {}",
            args.service_name, args.env_key
        )));
    }
    let here = |w: &crate::state::workload::Workload| w.kind == kind && w.name == args.workload_name;
    let owner = around
        .env
        .services
        .iter()
        .find(|s| (!strict || s.name == args.service_name) && s.workloads.iter().any(here))
        .map(|s| s.name.clone());
    let done = owner.and_then(|owner| {
        around.env.with_service(&owner, around.now, around.rng, |service, ctx| {
            for workload in service.workloads.iter_mut().filter(|w| here(w)) {
                workload.scale(args.target_replicas, ctx);
            }
        })
    });
    around.env.touch();
    match done {
        None if strict => {
            let plural = format!("{}s.apps", args.workload_type.to_lowercase());
            Err(refuse(format!("{plural} \"{}\" not found", args.workload_name)))
        }
        _ => Ok(Reply::success()),
    }
}

/// E33: only the first Deployment or StatefulSet rolls; an unknown service is answered with success.
pub fn restart(world: &mut World, req: &Req) -> Outcome {
    req.need_project()?;
    req.need_right(false)?;
    roll(world, req, false)
}

/// E34.
pub fn restart_production(world: &mut World, req: &Req) -> Outcome {
    req.need_project()?;
    req.need_right(true)?;
    licence::professional(world)?;
    roll(world, req, true)
}

fn roll(world: &mut World, req: &Req, production: bool) -> Outcome {
    let slot = world.find(req.project(), req.env(), production).ok_or_else(Failure::no_documents)?;
    if world.env(slot).is_sleeping() {
        return Err(Failure::typed(SCALE, SLEEPING));
    }
    roll_first(world, slot, req.param("serviceName"));
    Ok(Reply::success())
}

fn roll_first(world: &mut World, slot: Slot, service: &str) {
    let daemon_sets = world.options.version >= Version::V5_0_0;
    let restartable = move |kind: Kind| match kind {
        Kind::Deployment | Kind::StatefulSet => true,
        Kind::DaemonSet => daemon_sets,
        _ => false,
    };
    let around = world.around(slot);
    around.env.with_service(service, around.now, around.rng, |service, ctx| {
        if let Some(first) = service.workloads.iter_mut().find(|w| restartable(w.kind)) {
            first.rollout(ctx);
        }
    });
    around.env.touch();
}
