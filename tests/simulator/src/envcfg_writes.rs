//! E23, E24, E29-E31: creating, updating and deleting configuration objects.

use crate::envcfgs::dependants;
use crate::errors::{
    BAD_REQUEST, DELETE_ENV, DELETE_RESOURCE, Failure, NO_DOCUMENTS, Outcome, UPDATE_CONFIG_MAP,
    UPDATE_ENV_CFG, UPDATE_RESOURCE,
};
use crate::licence;
use crate::reply::Reply;
use crate::request::Req;
use crate::state::config::{Config, ConfigKind, Parsed, parse, substitute};
use crate::state::kv::nullable;
use crate::state::{Slot, World};
use crate::version::Version;
use serde::Deserialize;

#[derive(Deserialize)]
struct Args {
    #[serde(default, deserialize_with = "nullable")]
    name: String,
    #[serde(default, deserialize_with = "nullable")]
    env_key: String,
    #[serde(default, deserialize_with = "nullable")]
    common_env_cfg_type: String,
    #[serde(default, deserialize_with = "nullable")]
    yaml_data: String,
}

impl Args {
    /// The first required member that is missing.
    fn missing(&self) -> Option<&'static str> {
        let required = [
            ("name", &self.name),
            ("common_env_cfg_type", &self.common_env_cfg_type),
            ("yaml_data", &self.yaml_data),
        ];
        required.iter().find(|(_, value)| value.is_empty()).map(|(name, _)| *name)
    }
}

/// E23. Also registered for production (E24), where it looks for a test environment and so cannot work.
pub fn create(world: &mut World, req: &Req) -> Outcome {
    let args: Args = req.unmarshal()?;
    req.need_project()?;
    if let Some(name) = args.missing() {
        return Err(Failure::internal(format!("{name} is required")));
    }
    req.need_right(false)?;
    licence::professional(world)?;
    let refuse = |text: String| Failure::typed(UPDATE_RESOURCE, text);
    let slot = world.find(req.project(), req.env(), false).ok_or_else(|| refuse(NO_DOCUMENTS.into()))?;
    let (kind, parsed) = read(world, slot, &args)?;
    let name = parsed.name.clone();
    let exists = world.configs(slot).iter().any(|c| c.kind == kind && c.name == name);
    if exists && matches!(kind, ConfigKind::ConfigMap | ConfigKind::Pvc) {
        return Err(refuse(format!("{} \"{name}\" already exists", kind.plural())));
    }
    put(world, slot, kind, parsed, req);
    Ok(Reply::success())
}

/// Parses the YAML and compares its kind.
fn read(world: &mut World, slot: Slot, args: &Args) -> Result<(ConfigKind, Parsed), Failure> {
    let refuse = |text: String| Failure::typed(UPDATE_RESOURCE, text);
    let env = world.env(slot);
    let yaml = match args.common_env_cfg_type.as_str() {
        "ConfigMap" => substitute(&args.yaml_data, &env.project, &env.key, &env.namespace),
        _ => args.yaml_data.clone(),
    };
    let parsed = parse(&yaml).map_err(refuse)?;
    if parsed.name.is_empty() {
        return Err(refuse("resource name may not be empty".into()));
    }
    match ConfigKind::parse(&args.common_env_cfg_type) {
        Some(kind) if kind.yaml_kind() == parsed.kind => Ok((kind, parsed)),
        _ => {
            let (kind, found) = (&args.common_env_cfg_type, &parsed.kind);
            Err(refuse(format!("param commonEnvCfgType:{kind} not match yaml kind {found} ")))
        }
    }
}

/// Writes an object, keeping its creation time when it was there.
pub fn put(world: &mut World, slot: Slot, kind: ConfigKind, parsed: Parsed, req: &Req) {
    let (now, by) = (world.now, req.role.name().to_owned());
    let (namespace, project) = {
        let env = world.env(slot);
        (env.namespace.clone(), env.project.clone())
    };
    let configs = world.configs(slot);
    let name = parsed.name.clone();
    let old = configs.iter().position(|c| c.kind == kind && c.name == name).map(|i| configs.remove(i));
    let created = old.as_ref().map_or(now / 1000, |c| c.created);
    let yaml = parsed.print(&namespace, &project, created * 1000);
    let source = old.and_then(|c| c.source);
    configs.push(Config { kind, name, created, update_by: by, yaml, source, backup: false });
}

/// E29.
pub fn update(world: &mut World, req: &Req) -> Outcome {
    let args = update_args(req)?;
    req.need_right(false)?;
    change(world, req, &args)
}

/// The production twin of E29, which the document does not have: it looks for a test environment, too.
pub fn update_production(world: &mut World, req: &Req) -> Outcome {
    let args = update_args(req)?;
    req.need_right(true)?;
    licence::professional(world)?;
    change(world, req, &args)
}

fn update_args(req: &Req) -> Result<Args, Failure> {
    let invalid = |what: &str| {
        Failure::typed(UPDATE_ENV_CFG, format!("failed to validate request data err : {what} is required"))
    };
    let args: Args = req.unmarshal()?;
    if req.project().is_empty() {
        return Err(invalid("projectKey"));
    }
    if args.name.is_empty() {
        return Err(invalid("name"));
    }
    if args.env_key.is_empty() {
        return Err(invalid("env_key"));
    }
    args.missing().map_or(Ok(()), |name| Err(invalid(name)))?;
    Ok(args)
}

fn change(world: &mut World, req: &Req, args: &Args) -> Outcome {
    let title = if args.common_env_cfg_type == "ConfigMap" { UPDATE_CONFIG_MAP } else { UPDATE_RESOURCE };
    let found = world.find(req.project(), &args.env_key, false);
    let slot = found.ok_or_else(|| Failure::typed(title, NO_DOCUMENTS))?;
    let (kind, parsed) = read(world, slot, args)?;
    if parsed.name != args.name {
        let word = match kind {
            ConfigKind::ConfigMap => "configMap",
            ConfigKind::Secret => "secret",
            ConfigKind::Ingress => "ingress",
            ConfigKind::Pvc => "pvc",
        };
        return Err(Failure::typed(title, format!("{word} Yaml Name is incorrect")));
    }
    let exists = world.configs(slot).iter().any(|c| c.kind == kind && c.name == args.name);
    if !exists && matches!(kind, ConfigKind::ConfigMap | ConfigKind::Pvc) {
        return Err(Failure::typed(title, format!("{} \"{}\" not found", kind.plural(), args.name)));
    }
    put(world, slot, kind, parsed, req);
    restart_dependants(world, slot, kind, &args.name);
    Ok(Reply::success())
}

/// An update deletes the pods of every service known to read the object; for a PVC the server looks up Secrets.
fn restart_dependants(world: &mut World, slot: Slot, kind: ConfigKind, name: &str) {
    let looked_up = if kind == ConfigKind::Pvc { ConfigKind::Secret } else { kind };
    let services = dependants(world, slot, looked_up, name);
    let around = world.around(slot);
    for service in &services {
        around.env.with_service(service, around.now, around.rng, |service, ctx| {
            service.stop(ctx);
            service.start(ctx);
        });
    }
    around.env.touch();
}

/// E30.
pub fn delete(world: &mut World, req: &Req) -> Outcome {
    remove(world, req, false)
}

/// E31: the one configuration write that works for production.
pub fn delete_production(world: &mut World, req: &Req) -> Outcome {
    remove(world, req, true)
}

fn remove(world: &mut World, req: &Req, production: bool) -> Outcome {
    req.need_project()?;
    if req.q("type").is_empty() {
        return Err(Failure::typed(BAD_REQUEST, "type is empty"));
    }
    req.need_right(production)?;
    if production {
        licence::professional(world)?;
    }
    let found = world.find(req.project(), req.env(), production);
    let slot = found.ok_or_else(|| Failure::typed(DELETE_ENV, NO_DOCUMENTS))?;
    let refuse = |text: String| Failure::typed(DELETE_RESOURCE, text);
    let text = req.q("type");
    let kind = ConfigKind::parse(text).ok_or_else(|| refuse(format!("{text} is not support delete")))?;
    let name = req.param("cfgName");
    let tolerant = kind == ConfigKind::ConfigMap && world.options.version >= Version::V4_2_1;
    let configs = world.configs(slot);
    let before = configs.len();
    configs.retain(|c| c.kind != kind || c.name != name);
    if configs.len() == before && !tolerant {
        return Err(refuse(format!("{} \"{name}\" not found", kind.plural())));
    }
    Ok(Reply::success())
}
