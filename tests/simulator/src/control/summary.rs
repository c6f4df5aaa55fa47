//! `GET /__sim/state`: a compact picture of the world.

use crate::state::World;
use crate::state::env::Env;
use serde_json::{Value, json};

/// All environments in one line each; with a project and an environment, that one with its pods.
pub fn of(world: &mut World, project: &str, env: &str) -> Value {
    if !env.is_empty() {
        return match world.find_any(project, env) {
            Some(slot) => {
                let picture = whole(world.env(slot));
                let configs: Vec<Value> = world
                    .configs(slot)
                    .iter()
                    .map(|c| json!({"kind": c.kind.name(), "name": c.name, "bytes": c.yaml.len()}))
                    .collect();
                json!({"env": picture, "configs": configs})
            }
            None => Value::Null,
        };
    }
    let projects: Vec<Value> = world
        .projects
        .iter()
        .filter(|p| project.is_empty() || p.key == project)
        .map(|p| {
            let envs: Vec<Value> = p.envs.iter().take(200).map(line).collect();
            json!({"project": p.key, "envs_total": p.envs.len(), "envs": envs})
        })
        .collect();
    let options = &world.options;
    json!({"version": options.version.name(), "licence": options.licence, "sim_ms": world.now, "projects": projects})
}

fn line(env: &Env) -> Value {
    json!({"env": env.key, "production": env.production, "status": env.status, "services": env.services.len()})
}

fn whole(env: &Env) -> Value {
    let services: Vec<Value> = env
        .services
        .iter()
        .map(|s| {
            let workloads: Vec<Value> = s
                .workloads
                .iter()
                .map(|w| {
                    let pods: Vec<Value> = w
                        .pods
                        .iter()
                        .map(|p| json!({"name": p.name, "status": p.status(), "ready": p.is_ready(), "revision": p.revision}))
                        .collect();
                    let images: Vec<&str> = w.containers.iter().map(|c| c.image.as_str()).collect();
                    json!({"kind": w.kind.name(), "name": w.name, "replicas": w.replicas, "images": images, "pods": pods})
                })
                .collect();
            json!({"name": s.name, "status": s.status(false), "revision": s.revision, "vars": s.vars, "workloads": workloads})
        })
        .collect();
    json!({"env": env.key, "project": env.project, "production": env.production, "status": env.status,
        "alias": env.alias, "registry_id": env.registry_id, "globals": env.globals, "services": services,
        "share": {"enabled": env.share.enabled, "portals": env.share.portals}, "base_env": env.base_env})
}
