//! E25-E28: lists and detail of configuration objects. Writes are in [`crate::envcfg_writes`].

use crate::envcfg_view::detail_reply;
pub use crate::envcfg_writes::{create, delete, delete_production, update, update_production};
use crate::errors::{Failure, LIST_CONFIG_MAPS, LIST_RESOURCES, NO_DOCUMENTS, Outcome};
use crate::reply::Reply;
use crate::request::Req;
use crate::state::config::{Config, ConfigKind};
use crate::state::{Slot, World};
use crate::version::Version;
use crate::{licence, next};
use serde::Serialize;

#[derive(Serialize)]
struct Brief<'a> {
    name: &'a str,
    env_name: &'a str,
    project_name: &'a str,
    common_env_cfg_type: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    update_by: &'a str,
    #[serde(skip_serializing_if = "is_zero")]
    update_time: i64,
}

fn is_zero(n: &i64) -> bool {
    *n == 0
}

/// E25: `type` is required in truth.
pub fn list(world: &mut World, req: &Req) -> Outcome {
    briefs(world, req, false)
}

/// E26.
pub fn list_production(world: &mut World, req: &Req) -> Outcome {
    licence::professional(world)?;
    briefs(world, req, true)
}

fn kind_of(req: &Req) -> Result<ConfigKind, Failure> {
    let text = req.q("type");
    ConfigKind::parse(text).ok_or_else(|| Failure::internal(format!("invalid common env cfg type: {text}")))
}

fn briefs(world: &mut World, req: &Req, production: bool) -> Outcome {
    req.need_project()?;
    let kind = kind_of(req)?;
    let slot = world.find(req.project(), req.env(), production).ok_or_else(|| {
        let title = if kind == ConfigKind::ConfigMap { LIST_CONFIG_MAPS } else { LIST_RESOURCES };
        Failure::typed(title, NO_DOCUMENTS)
    })?;
    let mut objects: Vec<&Config> =
        world.configs(slot).iter().filter(|c| c.kind == kind && !c.backup).collect();
    objects.sort_by(|a, b| a.name.cmp(&b.name));
    let list: Vec<Brief<'_>> = objects
        .iter()
        .map(|c| Brief {
            name: &c.name,
            env_name: req.env(),
            project_name: req.project(),
            common_env_cfg_type: kind.name(),
            update_by: &c.update_by,
            update_time: c.created,
        })
        .collect();
    Ok(Reply::ok(&list))
}

/// E27.
pub fn get(world: &mut World, req: &Req) -> Outcome {
    show(world, req, false)
}

/// E28.
pub fn get_production(world: &mut World, req: &Req) -> Outcome {
    licence::professional(world)?;
    show(world, req, true)
}

fn show(world: &mut World, req: &Req, production: bool) -> Outcome {
    req.need_project()?;
    let kind = kind_of(req)?;
    let found = world.find(req.project(), req.env(), production);
    let slot = found.ok_or_else(|| Failure::typed(LIST_RESOURCES, NO_DOCUMENTS))?;
    let name = req.param("cfgName");
    let services = dependants(world, slot, kind, name);
    let masked = world.options.version >= Version::NEXT && kind == ConfigKind::Secret;
    let config = world.configs(slot).iter().find(|c| c.kind == kind && c.name == name);
    let config = config.ok_or_else(|| Failure::internal("not found"))?;
    if masked {
        return Ok(detail_reply(&next::masked(config), req.project(), req.env(), services));
    }
    Ok(detail_reply(config, req.project(), req.env(), services))
}

/// Services known to read an object.
pub fn dependants(world: &mut World, slot: Slot, kind: ConfigKind, name: &str) -> Vec<String> {
    let reads = |s: &&crate::state::service::Service| {
        s.depends.iter().any(|d| d.kind == kind.name() && d.name == name)
    };
    world.env(slot).services.iter().filter(reads).map(|s| s.name.clone()).collect()
}
