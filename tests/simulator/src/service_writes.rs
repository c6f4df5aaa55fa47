//! E13-E18: adding, updating and deleting services of an environment (contract 6.4).

use crate::errors::{
    BUSY, Failure, NO_DOCUMENTS, NOT_FOUND, Outcome, SERVICE_IN_SUB_ENV, SLEEPING, UPDATE_ENV, UPDATE_SERVICE,
};
use crate::licence;
use crate::render::{render_existing, render_new};
use crate::reply::Reply;
use crate::request::Req;
use crate::state::kv::{RenderKv, nullable};
use crate::state::{Slot, World};
use crate::version::Version;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A service of a request.
#[derive(Deserialize)]
struct ServiceArgs {
    #[serde(default, deserialize_with = "nullable")]
    service_name: String,
    #[serde(default, deserialize_with = "nullable")]
    variable_kvs: Vec<RenderKv>,
}

#[derive(Deserialize)]
struct ListArgs {
    #[serde(default, deserialize_with = "nullable")]
    env_key: String,
    #[serde(default, deserialize_with = "nullable")]
    service_list: Vec<ServiceArgs>,
}

#[derive(Deserialize)]
struct DeleteArgs {
    #[serde(default, deserialize_with = "nullable")]
    env_key: String,
    #[serde(default, deserialize_with = "nullable")]
    service_names: Vec<String>,
}

/// E13.
pub fn add(world: &mut World, req: &Req) -> Outcome {
    insert(world, req, false)
}

/// E14.
pub fn add_production(world: &mut World, req: &Req) -> Outcome {
    insert(world, req, true)
}

fn insert(world: &mut World, req: &Req, production: bool) -> Outcome {
    let args: ListArgs = req.bind()?;
    req.need_project()?;
    if args.env_key.is_empty() {
        return Err(Failure::internal("env_key is required"));
    }
    if args.service_list.iter().any(|s| s.service_name.is_empty()) {
        return Err(Failure::internal("service_name is required for all services"));
    }
    permit(world, req, production)?;
    let slot = locate(world, req.project(), &args.env_key, production)?;
    for service in &args.service_list {
        let name = &service.service_name;
        if world.env(slot).service(name).is_some() {
            let text = format!(
                "service {name} already exist in env, cannot repeatedly add the same service to the environment"
            );
            return Err(Failure::internal(text));
        }
    }
    for service in &args.service_list {
        let name = &service.service_name;
        if !world.around(slot).templates.contains_key(name) {
            return Err(Failure::typed(
                UPDATE_SERVICE,
                format!("更新环境失败: service {name} not found from db"),
            ));
        }
    }
    apply(world, slot, req, args.service_list, true)
}

/// E15.
pub fn update(world: &mut World, req: &Req) -> Outcome {
    change(world, req, false)
}

/// E16.
pub fn update_production(world: &mut World, req: &Req) -> Outcome {
    change(world, req, true)
}

fn change(world: &mut World, req: &Req, production: bool) -> Outcome {
    let args: ListArgs = req.unmarshal()?;
    req.need_project()?;
    permit(world, req, production)?;
    let slot = locate(world, req.project(), req.env(), production)?;
    for service in &args.service_list {
        let name = &service.service_name;
        let around = world.around(slot);
        if !around.templates.contains_key(name) {
            return Err(Failure::multi(&[format!("更新环境失败: service {name} not found from db")]));
        }
    }
    apply(world, slot, req, args.service_list, false)
}

fn permit(world: &World, req: &Req, production: bool) -> Result<(), Failure> {
    req.need_right(production)?;
    if production { licence::professional(world) } else { Ok(()) }
}

/// The environment is looked up in both families, and the family is compared afterwards.
fn locate(world: &mut World, project: &str, env: &str, production: bool) -> Result<Slot, Failure> {
    let slot = world.find_any(project, env).ok_or_else(|| Failure::typed(NOT_FOUND, NO_DOCUMENTS))?;
    let found = world.env(slot).production;
    if found != production {
        return Err(Failure::internal(format!(
            "environment {env} is invalid, the env production field is: {found}, but the request env production field is: {production}"
        )));
    }
    Ok(slot)
}

fn apply(world: &mut World, slot: Slot, req: &Req, services: Vec<ServiceArgs>, adding: bool) -> Outcome {
    let version = world.options.version;
    let around = world.around(slot);
    for args in &services {
        if let Some(fault) = faults(
            args,
            around.env.service(&args.service_name).map(|s| s.vars.as_slice()),
            around.templates.get(&args.service_name),
        ) {
            return Err(Failure::typed(UPDATE_ENV, fault));
        }
    }
    if around.env.is_busy() {
        return Err(Failure::multi(&[format!("更新环境失败: {BUSY}")]));
    }
    if around.env.is_sleeping() {
        return Err(Failure::multi(&[format!("更新环境失败: {SLEEPING}")]));
    }
    for args in &services {
        let Some(template) = around.templates.get(&args.service_name) else { continue };
        if around.env.service(&args.service_name).is_some() {
            let reset = version < Version::V4_2_1;
            render_existing(
                around.env,
                template,
                &args.service_name,
                &args.variable_kvs,
                reset,
                around.now,
                around.rng,
            );
        } else {
            render_new(around.env, template, &args.variable_kvs, adding, around.now, around.rng);
        }
    }
    // v3.4 does not note who updated a service (contract 6.1).
    let by = (adding || version > Version::V3_4_1).then(|| req.role.name());
    around.env.begin_update(by, around.now);
    Ok(Reply::success())
}

/// Values are checked against the type they will have.
fn faults(
    args: &ServiceArgs,
    current: Option<&[RenderKv]>,
    template: Option<&crate::state::service::Template>,
) -> Option<String> {
    args.variable_kvs.iter().filter(|sent| !sent.use_global_variable).find_map(|sent| {
        let here = current.and_then(|vars| vars.iter().find(|v| v.kv.key == sent.kv.key)).map(|v| &v.kv);
        let defined = template.and_then(|t| t.variables.iter().find(|v| v.key == sent.kv.key));
        let mut typed = here.or(defined)?.clone();
        typed.value = sent.kv.value.clone();
        typed.fault()
    })
}

/// E17: unknown services are no error; a base environment's service that a sub-environment uses is.
pub fn delete(world: &mut World, req: &Req) -> Outcome {
    let args: DeleteArgs = delete_args(req)?;
    req.need_right(false)?;
    let (project, env) = (req.project(), args.env_key.as_str());
    let slot = world.find(project, env, false).ok_or_else(|| {
        Failure::internal(format!("failed to query env {env} of product {project}: {NO_DOCUMENTS}"))
    })?;
    let mut extra: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if world.env(slot).share.enabled {
        for sub in world.sub_envs(project, env) {
            for name in args.service_names.iter().filter(|n| sub.service(n).is_some()) {
                extra.entry(name.clone()).or_default().push(sub.key.clone());
            }
        }
    }
    if !extra.is_empty() {
        let (code, message) = SERVICE_IN_SUB_ENV;
        return Err(Failure::Typed { code, message, description: String::new(), extra });
    }
    Ok(remove(world, slot, &args.service_names, req))
}

/// E18.
pub fn delete_production(world: &mut World, req: &Req) -> Outcome {
    let args: DeleteArgs = delete_args(req)?;
    permit(world, req, true)?;
    let (project, env) = (req.project(), args.env_key.as_str());
    let slot = world.find(project, env, true).ok_or_else(|| {
        Failure::internal(format!(
            "failed to find product, productName: {project}, envName: {env}, err: {NO_DOCUMENTS}"
        ))
    })?;
    Ok(remove(world, slot, &args.service_names, req))
}

fn delete_args(req: &Req) -> Result<DeleteArgs, Failure> {
    let args: DeleteArgs = req.bind()?;
    req.need_project()?;
    if args.env_key.is_empty() {
        return Err(Failure::internal("env_key is required"));
    }
    Ok(args)
}

fn remove(world: &mut World, slot: Slot, names: &[String], req: &Req) -> Reply {
    let now = world.now;
    let env = world.env(slot);
    let before = env.services.len();
    env.services.retain(|s| !names.contains(&s.name));
    for global in &mut env.globals {
        global.related_services.retain(|s| !names.contains(s));
    }
    if env.services.len() != before {
        env.stamp(Some(req.role.name()), now);
        env.touch();
    }
    Reply::success()
}
