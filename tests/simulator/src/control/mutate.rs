//! `POST /__sim/mutate`: edits behind the client's back, so that tests can make conflicts and bad days.
//!
//! `{"project":"simple-demo","env":"dev", ...}` with any number of the edits below in one object.

use crate::control::Answer;
use crate::state::config::{Config, ConfigKind, parse};
use crate::state::kv::{GlobalKv, Kv};
use crate::state::{Slot, World};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Edit {
    project: String,
    env: String,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    alias: Option<String>,
    #[serde(default)]
    update_by: Option<String>,
    #[serde(default)]
    sleeping: Option<bool>,
    #[serde(default)]
    set_variable: Option<Variable>,
    #[serde(default)]
    remove_variable: Option<String>,
    #[serde(default)]
    set_config: Option<ConfigEdit>,
    #[serde(default)]
    delete_config: Option<ConfigEdit>,
    #[serde(default)]
    pod: Option<PodEdit>,
    #[serde(default)]
    service: Option<ServiceEdit>,
    #[serde(default)]
    add_service: Option<String>,
    #[serde(default)]
    remove_service: Option<String>,
    #[serde(default)]
    remove_template: Option<String>,
    #[serde(default)]
    delete_env: bool,
    #[serde(default)]
    share_enabled: Option<bool>,
    #[serde(default)]
    base_env: Option<String>,
    #[serde(default)]
    collaborations: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Variable {
    key: String,
    value: Value,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    desc: Option<String>,
    #[serde(default)]
    related_services: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct ConfigEdit {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    yaml: String,
}

#[derive(Deserialize)]
struct PodEdit {
    name: String,
    #[serde(default)]
    delete: bool,
    #[serde(default)]
    ready: Option<bool>,
    #[serde(default)]
    crash: bool,
}

#[derive(Deserialize)]
struct ServiceEdit {
    name: String,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    image: Option<String>,
    #[serde(default)]
    replicas: Option<i32>,
    #[serde(default)]
    rollout: bool,
    #[serde(default)]
    bump_template: bool,
    #[serde(default)]
    has_service: Option<bool>,
}

/// Applies an edit, or a list of them in order; fails with a sentence at the first that cannot be applied.
pub fn apply(world: &mut World, value: Value) -> Answer {
    let list = if value.is_array() { value } else { json!([value]) };
    let edits: Vec<Edit> = serde_json::from_value(list).map_err(|e| e.to_string())?;
    for edit in edits {
        one(world, edit)?;
    }
    Ok(json!({"ok": true}))
}

fn one(world: &mut World, edit: Edit) -> Result<(), String> {
    let missing = || format!("no environment {} in project {}", edit.env, edit.project);
    let slot = world.find_any(&edit.project, &edit.env).ok_or_else(missing)?;
    if edit.delete_env {
        world.remove(slot);
        return Ok(());
    }
    fields(world, slot, &edit);
    if let Some(variable) = edit.set_variable {
        set_variable(world, slot, variable);
    }
    if let Some(key) = edit.remove_variable {
        world.env(slot).globals.retain(|g| g.kv.key != key);
    }
    if let Some(config) = edit.set_config {
        set_config(world, slot, &config)?;
    }
    if let Some(config) = edit.delete_config {
        let kind = kind(&config.kind)?;
        world.configs(slot).retain(|c| c.kind != kind || c.name != config.name);
    }
    if let Some(pod) = edit.pod {
        change_pod(world, slot, &pod)?;
    }
    if let Some(service) = edit.service {
        change_service(world, slot, &service)?;
    }
    if let Some(name) = edit.add_service {
        let around = world.around(slot);
        let template =
            around.templates.get(&name).ok_or_else(|| format!("no service {name} in the project"))?;
        crate::render::render_new(around.env, template, &[], true, around.now, around.rng);
    }
    if let Some(name) = edit.remove_template {
        world.remove_template(slot, &name);
    }
    if let Some(name) = edit.remove_service {
        world.env(slot).services.retain(|s| s.name != name);
    }
    world.env(slot).touch();
    Ok(())
}

fn fields(world: &mut World, slot: Slot, edit: &Edit) {
    let around = world.around(slot);
    let env = around.env;
    if let Some(status) = &edit.status {
        env.status.clone_from(status);
        env.tasks.clear();
    }
    if let Some(alias) = &edit.alias {
        env.alias.clone_from(alias);
    }
    if let Some(by) = &edit.update_by {
        env.stamp(Some(by), around.now);
    }
    if let Some(asleep) = edit.sleeping {
        env.status = if asleep { "sleeping".into() } else { "success".into() };
        env.each_service(around.now, around.rng, |service, ctx| service.set_sleeping(asleep, ctx));
    }
    if let Some(enabled) = edit.share_enabled {
        (env.share.enabled, env.share.label) = (enabled, enabled);
        (env.share.virtual_services, env.share.inject) = (enabled, enabled);
    }
    if let Some(base) = &edit.base_env {
        env.base_env = Some(base.clone()).filter(|b| !b.is_empty());
    }
    if let Some(names) = &edit.collaborations {
        env.collaborations.clone_from(names);
    }
}

fn set_variable(world: &mut World, slot: Slot, variable: Variable) {
    let env = world.env(slot);
    let index = env.globals.iter().position(|g| g.kv.key == variable.key).unwrap_or_else(|| {
        let kv = Kv { key: variable.key.clone(), kind: "string".into(), ..Kv::default() };
        env.globals.push(GlobalKv { kv, related_services: Vec::new() });
        env.globals.len() - 1
    });
    let Some(global) = env.globals.get_mut(index) else { return };
    global.kv.value = variable.value;
    if let Some(kind) = variable.kind {
        global.kv.kind = kind;
    }
    if let Some(desc) = variable.desc {
        global.kv.desc = desc;
    }
    if let Some(related) = variable.related_services {
        global.related_services = related;
    }
}

fn kind(text: &str) -> Result<ConfigKind, String> {
    ConfigKind::parse(text).ok_or_else(|| format!("type: `{text}` is not Ingress, ConfigMap, Secret or PVC"))
}

fn set_config(world: &mut World, slot: Slot, edit: &ConfigEdit) -> Result<(), String> {
    let kind = kind(&edit.kind)?;
    let parsed = parse(&edit.yaml)?;
    let (now, name) = (world.now, parsed.name.clone());
    let env = world.env(slot);
    let (namespace, project) = (env.namespace.clone(), env.project.clone());
    let configs = world.configs(slot);
    let created = configs.iter().find(|c| c.kind == kind && c.name == name).map_or(now / 1000, |c| c.created);
    configs.retain(|c| c.kind != kind || c.name != name);
    let yaml = parsed.print(&namespace, &project, created * 1000);
    configs.push(Config {
        kind,
        name,
        created,
        update_by: "somebody".into(),
        yaml,
        source: None,
        backup: false,
    });
    Ok(())
}

fn change_pod(world: &mut World, slot: Slot, edit: &PodEdit) -> Result<(), String> {
    let around = world.around(slot);
    let mut found = false;
    around.env.each_service(around.now, around.rng, |service, ctx| {
        for workload in &mut service.workloads {
            let Some(pod) =
                workload.pods.iter_mut().find(|p| crate::control::faults::glob(&edit.name, &p.name))
            else {
                continue;
            };
            found = true;
            if edit.crash {
                pod.containers.iter_mut().take(1).for_each(|c| c.crash(ctx.at, 1));
            }
            if let Some(ready) = edit.ready {
                pod.containers.iter_mut().for_each(|c| c.set_ready(ready, ctx.at));
            }
            if edit.delete {
                pod.delete(ctx);
                workload.reconcile(ctx);
            }
        }
    });
    if found { Ok(()) } else { Err(format!("no pod {}", edit.name)) }
}

fn change_service(world: &mut World, slot: Slot, edit: &ServiceEdit) -> Result<(), String> {
    if edit.bump_template {
        world.bump_template(slot, &edit.name);
    }
    let around = world.around(slot);
    let done = around.env.with_service(&edit.name, around.now, around.rng, |service, ctx| {
        if let Some(status) = &edit.status {
            service.fixed_status = Some(status.clone()).filter(|s| !s.is_empty());
        }
        for workload in service.workloads.iter_mut() {
            if let Some(has) = edit.has_service {
                workload.has_service = has;
            }
            if let Some(replicas) = edit.replicas {
                workload.scale(replicas, ctx);
            }
            if let (Some(image), Some(container)) = (&edit.image, workload.containers.first_mut()) {
                container.image.clone_from(image);
                workload.rollout(ctx);
            }
        }
        if edit.rollout {
            service.rollout(ctx);
        }
    });
    done.ok_or_else(|| format!("no service {}", edit.name))
}
