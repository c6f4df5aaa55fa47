//! E01-E04: lists and detail of environments.

use crate::errors::{Failure, GET_ENV, LIST_GROUPS, Outcome};
use crate::licence;
use crate::reply::Reply;
use crate::request::Req;
use crate::state::World;
use crate::state::env::Env;
use crate::state::kv::{GlobalKv, Kv};
use crate::version::Version;
use crate::views::{EnvContainer, env_container};
use serde::Serialize;

#[derive(Serialize)]
struct EnvBrief<'a> {
    #[serde(rename = "envName", skip_serializing_if = "str::is_empty")]
    alias: &'a str,
    env_key: &'a str,
    cluster_id: &'a str,
    namespace: &'a str,
    production: bool,
    registry_id: &'a str,
    status: &'a str,
    update_by: &'a str,
    update_time: i64,
}

#[derive(Serialize)]
struct EnvDetail<'a> {
    project_key: &'a str,
    env_key: &'a str,
    update_by: &'a str,
    update_time: i64,
    cluster_id: &'a str,
    namespace: &'a str,
    registry_id: &'a str,
    #[serde(rename = "env_name", skip_serializing_if = "str::is_empty")]
    alias: &'a str,
    global_variables: Vec<GlobalKv>,
    services: Vec<ServiceDetail<'a>>,
    status: &'a str,
}

#[derive(Serialize)]
struct ServiceDetail<'a> {
    service_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    deploy_strategy: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<u32>,
    containers: Vec<EnvContainer>,
    variable_kvs: &'a [Kv],
    status: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// E01: without rights the list is empty, not refused.
pub fn list(world: &mut World, req: &Req) -> Outcome {
    req.need_project_as("projectKey is empty")?;
    if !req.role.test_rights() {
        return Ok(Reply::ok(&[(); 0]));
    }
    Ok(briefs(world, req.project(), false))
}

/// E02: the licence is looked at only once rights are there.
pub fn list_production(world: &mut World, req: &Req) -> Outcome {
    req.need_project_as("projectKey is empty")?;
    if !req.role.admin_rights() {
        return Ok(Reply::ok(&[(); 0]));
    }
    licence::professional(world)?;
    Ok(briefs(world, req.project(), true))
}

/// The order of the list is Mongo's own and moves: the world's randomness turns it a little at each call.
fn briefs(world: &mut World, project: &str, production: bool) -> Reply {
    let default = world.registries.iter().find(|r| r.is_default).map_or("", |r| r.registry_id.as_str());
    let envs =
        world.projects.iter().find(|p| p.key == project).map(|p| p.envs.as_slice()).unwrap_or_default();
    let mut list: Vec<EnvBrief<'_>> =
        envs.iter().filter(|e| e.production == production).map(|e| brief(e, default)).collect();
    if list.len() > 1 {
        let turn = world.rng.usize(0..list.len());
        list.rotate_left(turn);
    }
    Reply::ok(&list)
}

fn brief<'a>(env: &'a Env, default_registry: &'a str) -> EnvBrief<'a> {
    EnvBrief {
        alias: &env.alias,
        env_key: &env.key,
        cluster_id: &env.cluster_id,
        namespace: &env.namespace,
        production: env.production,
        registry_id: if env.registry_id.is_empty() { default_registry } else { &env.registry_id },
        status: &env.status,
        update_by: &env.update_by,
        update_time: env.update_time,
    }
}

/// E03: no right is asked for.
pub fn detail(world: &mut World, req: &Req) -> Outcome {
    req.need_project()?;
    show(world, req, false)
}

/// E04.
pub fn detail_production(world: &mut World, req: &Req) -> Outcome {
    req.need_project()?;
    licence::professional(world)?;
    show(world, req, true)
}

fn show(world: &mut World, req: &Req, production: bool) -> Outcome {
    let version = world.options.version;
    let slot = world.find(req.project(), req.env(), production).ok_or_else(Failure::no_documents)?;
    let cluster = world.env(slot).cluster_id.clone();
    if world.clusters.iter().any(|c| c.cluster_id == cluster && c.status == "disconnected") {
        return Err(Failure::typed(
            LIST_GROUPS,
            format!("failed to get kube client, cluster {cluster} is disconnected"),
        ));
    }
    let helm = world.project_of(slot).deploy_type == "helm";
    let around = world.around(slot);
    let env: &Env = around.env;
    let mut services = Vec::with_capacity(env.services.len());
    for service in &env.services {
        let template = around.templates.get(&service.name);
        if template.is_none() && !helm {
            let text =
                format!("failed to find service template {}: mongo: no documents in result", service.name);
            return Err(Failure::typed(GET_ENV, text));
        }
        services.push(ServiceDetail {
            service_name: &service.name,
            deploy_strategy: (version >= Version::HEAD).then_some("deploy"),
            revision: (version >= Version::NEXT).then_some(service.revision),
            containers: service.containers().map(|c| env_container(c, version)).collect(),
            variable_kvs: template.map(|t| t.variables.as_slice()).unwrap_or_default(),
            status: service.status(env.status == "creating"),
            kind: if helm { "helm" } else { "k8s" },
        });
    }
    Ok(Reply::ok(&EnvDetail {
        project_key: &env.project,
        env_key: &env.key,
        update_by: &env.update_by,
        update_time: env.update_time,
        cluster_id: &env.cluster_id,
        namespace: &env.namespace,
        registry_id: &env.registry_id,
        alias: &env.alias,
        global_variables: with_defined_options(&env.globals, around.definition),
        services,
        status: &env.status,
    }))
}

/// Options of a global variable are overwritten by the project's definition.
fn with_defined_options(globals: &[GlobalKv], definition: &[Kv]) -> Vec<GlobalKv> {
    let mut shown = globals.to_vec();
    for global in &mut shown {
        if let Some(defined) = definition.iter().find(|d| d.key == global.kv.key) {
            global.kv.options.clone_from(&defined.options);
        }
    }
    shown
}
