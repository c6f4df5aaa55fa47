//! E07-E12: creating, editing and deleting environments.

use crate::errors::{
    BAD_REQUEST, CREATE_ENV, CREATE_SECRET, DELETE_ENV, DELETE_RESOURCE, Failure, NO_DOCUMENTS, Outcome,
    UPDATE_ENV,
};
use crate::licence;
use crate::reply::Reply;
use crate::request::Req;
use crate::state::World;
use crate::state::env::Env;
use crate::state::kv::nullable;
use serde::Deserialize;

pub use crate::create::create;

#[derive(Deserialize)]
struct ProductionArgs {
    #[serde(default, deserialize_with = "nullable")]
    env_key: String,
    #[serde(default, deserialize_with = "nullable")]
    env_name: String,
    #[serde(default, deserialize_with = "nullable")]
    cluster_id: String,
    #[serde(default, deserialize_with = "nullable")]
    namespace: String,
    #[serde(default, deserialize_with = "nullable")]
    registry_id: String,
}

#[derive(Deserialize)]
struct BasicInfo {
    #[serde(default, deserialize_with = "nullable")]
    registry_id: String,
    #[serde(default, deserialize_with = "nullable")]
    env_name: String,
}

const REFUSED_NAMESPACES: [&str; 3] = ["kube-node-lease", "kube-public", "kube-system"];

/// The checks E07 and E08 share, in the server's order.
pub fn need_fields(project: &str, fields: [(&str, &str); 4]) -> Result<(), Failure> {
    if project.is_empty() {
        return Err(Failure::internal("project key is required"));
    }
    match fields.iter().find(|(value, _)| value.is_empty()) {
        Some((_, words)) => Err(Failure::internal(format!("{words} is required"))),
        None => Ok(()),
    }
}

/// E08: the environment is created without services, whatever is sent.
pub fn create_production(world: &mut World, req: &Req) -> Outcome {
    let args: ProductionArgs = req.unmarshal()?;
    let fields = [
        (args.env_key.as_str(), "env key"),
        (args.cluster_id.as_str(), "cluster_id"),
        (args.namespace.as_str(), "namespace"),
        (args.registry_id.as_str(), "registry_id"),
    ];
    need_fields(req.project(), fields)?;
    req.need_right(true)?;
    licence::professional(world)?;
    if REFUSED_NAMESPACES.contains(&args.namespace.as_str()) {
        let text = format!(
            "namespace {} is invalid, production environment namespace cannot be set to these three namespaces: {}",
            args.namespace,
            REFUSED_NAMESPACES.join(", ")
        );
        return Err(Failure::typed(BAD_REQUEST, text));
    }
    let mut env = Env::new(req.project(), &args.env_key, true, world.now);
    (env.alias, env.cluster_id, env.namespace) = (args.env_name, args.cluster_id, args.namespace);
    (env.registry_id, env.update_by) = (args.registry_id, req.role.name().into());
    insert(world, env)
}

/// Adds a new environment to its project and starts to create it.
pub fn insert(world: &mut World, mut env: Env) -> Outcome {
    let (now, clusters) = (world.now, &world.clusters);
    let known_cluster = clusters.iter().any(|c| c.cluster_id == env.cluster_id);
    let Some(project) = world.projects.iter_mut().find(|p| p.key == env.project) else {
        return Err(Failure::typed(CREATE_ENV, NO_DOCUMENTS));
    };
    if project.deploy_type != "k8s" {
        return Err(Failure::typed(CREATE_ENV, "only support k8s type"));
    }
    if project.envs.iter().any(|e| e.key == env.key) {
        return Err(Failure::multi(&["创建环境失败: 创建环境失败: 环境已存在"]));
    }
    if !known_cluster {
        return Err(Failure::multi(&[format!(
            "创建环境失败: cluster {} not found: {NO_DOCUMENTS}",
            env.cluster_id
        )]));
    }
    env.begin_create(now, &mut world.rng);
    let namespace = crate::state::namespace_key(&env);
    let base = (env.namespace.clone(), env.project.clone());
    project.envs.push(env);
    let configs = world.namespaces.entry(namespace).or_default();
    crate::seed::configs::system_objects(configs, &base.0, &base.1, now);
    Ok(Reply::success())
}

/// E09: without a registry nothing is even looked up.
pub fn edit(world: &mut World, req: &Req) -> Outcome {
    let args: BasicInfo = req.unmarshal()?;
    req.need_project()?;
    if args.registry_id.is_empty() {
        return Ok(Reply::success());
    }
    set_registry(world, req, &args.registry_id, false)
}

/// E10: the alias is always written, so leaving it out clears it.
pub fn edit_production(world: &mut World, req: &Req) -> Outcome {
    let args: BasicInfo = req.unmarshal()?;
    req.need_project()?;
    req.need_right(true)?;
    licence::professional(world)?;
    if let Some(slot) = world.find(req.project(), req.env(), true) {
        world.env(slot).alias = args.env_name;
    }
    if args.registry_id.is_empty() {
        return Ok(Reply::success());
    }
    set_registry(world, req, &args.registry_id, true)
}

fn set_registry(world: &mut World, req: &Req, registry: &str, production: bool) -> Outcome {
    let found = world.find(req.project(), req.env(), production);
    let slot = found.ok_or_else(|| Failure::typed(UPDATE_ENV, "环境不存在"))?;
    if !world.registries.iter().any(|r| r.registry_id == registry) {
        return Err(Failure::typed(CREATE_SECRET, "无法创建默认的镜像仓库"));
    }
    let now = world.now;
    let env = world.env(slot);
    env.registry_id = registry.into();
    env.stamp(Some(req.role.name()), now);
    Ok(Reply::success())
}

/// E11: asynchronous; `isDelete` must be a Go boolean.
pub fn delete(world: &mut World, req: &Req) -> Outcome {
    if req.project().is_empty() {
        return Err(Failure::typed(DELETE_RESOURCE, "projectKey is empty"));
    }
    let is_delete = parse_bool(req.q("isDelete")).map_err(|text| Failure::typed(DELETE_RESOURCE, text))?;
    req.need_right(false)?;
    let found = world.find(req.project(), req.env(), false);
    let slot = found.ok_or_else(|| Failure::internal(format!("find product error: {NO_DOCUMENTS}")))?;
    let now = world.now;
    let env = world.env(slot);
    if !env.collaborations.is_empty() {
        let names = env.collaborations.join(" ");
        return Err(Failure::internal(format!(
            "this is a base environment, collaborations:[{names}] is related"
        )));
    }
    let (namespace, key) = (crate::state::namespace_key(env), env.key.clone());
    env.begin_delete(now);
    forget(world, req.project(), &key, &namespace, is_delete);
    Ok(Reply::success())
}

/// Sub-environments go with their base, and the namespace's objects with the last environment in it.
fn forget(world: &mut World, project: &str, key: &str, namespace: &str, is_delete: bool) {
    let now = world.now;
    for p in world.projects.iter_mut().filter(|p| p.key == project) {
        for sub in p.envs.iter_mut().filter(|e| e.base_env.as_deref() == Some(key)) {
            sub.begin_delete(now);
        }
    }
    let mut others =
        world.projects.iter().flat_map(|p| &p.envs).filter(|e| !(e.project == project && e.key == key));
    if is_delete && !others.any(|e| crate::state::namespace_key(e) == namespace) {
        world.namespaces.remove(namespace);
    }
}

/// E12: the row is gone before the answer; nothing in the cluster is touched.
pub fn delete_production(world: &mut World, req: &Req) -> Outcome {
    req.need_project()?;
    req.need_right(true)?;
    licence::professional(world)?;
    let found = world.find(req.project(), req.env(), true);
    let slot = found.ok_or_else(|| Failure::typed(DELETE_ENV, NO_DOCUMENTS))?;
    world.remove(slot);
    Ok(Reply::success())
}

/// Go's `strconv.ParseBool`.
pub fn parse_bool(text: &str) -> Result<bool, String> {
    match text {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Ok(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Ok(false),
        _ => Err(format!("strconv.ParseBool: parsing \"{text}\": invalid syntax")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_gos_words_are_booleans() {
        assert_eq!(parse_bool("T"), Ok(true));
        assert_eq!(parse_bool("0"), Ok(false));
        assert_eq!(parse_bool(""), Err("strconv.ParseBool: parsing \"\": invalid syntax".into()));
        assert!(parse_bool("yes").is_err());
    }
}
