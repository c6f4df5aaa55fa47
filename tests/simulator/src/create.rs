//! E07: creating a test environment with services, variables and configuration (contract 6.6).

use crate::errors::{CREATE_ENV, Failure, NO_DOCUMENTS, Outcome};
use crate::lifecycle::{insert, need_fields};
use crate::request::Req;
use crate::state::config::{Config, ConfigKind, parse, substitute};
use crate::state::env::Env;
use crate::state::kv::{GlobalKv, RenderKv, nullable};
use crate::state::project::Project;
use crate::state::service::Service;
use crate::state::{World, namespace_key};
use crate::version::Version;
use serde::Deserialize;

#[derive(Deserialize)]
struct Args {
    #[serde(default, deserialize_with = "nullable")]
    env_key: String,
    #[serde(default, deserialize_with = "nullable")]
    cluster_id: String,
    #[serde(default, deserialize_with = "nullable")]
    namespace: String,
    #[serde(default, deserialize_with = "nullable")]
    registry_id: String,
    #[serde(default, deserialize_with = "nullable")]
    global_variables: Vec<GlobalKv>,
    #[serde(default, deserialize_with = "nullable")]
    services: Vec<ServiceArgs>,
    #[serde(default, deserialize_with = "nullable")]
    env_configs: Vec<ConfigArgs>,
    #[serde(default, deserialize_with = "nullable")]
    sub_env: SubEnv,
}

#[derive(Deserialize)]
struct ServiceArgs {
    #[serde(default, deserialize_with = "nullable")]
    service_name: String,
    #[serde(default, deserialize_with = "nullable")]
    containers: Vec<ContainerArgs>,
    #[serde(default, deserialize_with = "nullable")]
    variable_kvs: Vec<RenderKv>,
}

#[derive(Deserialize)]
struct ContainerArgs {
    #[serde(default, deserialize_with = "nullable")]
    name: String,
    #[serde(default, deserialize_with = "nullable")]
    image: String,
}

#[derive(Deserialize)]
struct ConfigArgs {
    #[serde(default, deserialize_with = "nullable")]
    yaml_data: String,
}

#[derive(Default, Deserialize)]
struct SubEnv {
    #[serde(default, deserialize_with = "nullable")]
    enable: bool,
    #[serde(default, deserialize_with = "nullable")]
    base_env: String,
}

/// E07: answers once everything is checked; the environment is then `creating`.
pub fn create(world: &mut World, req: &Req) -> Outcome {
    refuse_list_for_struct(req)?;
    let args: Args = req.unmarshal()?;
    let fields = [
        (args.env_key.as_str(), "env key"),
        (args.cluster_id.as_str(), "cluster_id"),
        (args.namespace.as_str(), "namespace"),
        (args.registry_id.as_str(), "registry_id"),
    ];
    need_fields(req.project(), fields)?;
    req.need_right(false)?;
    let project = world.project(req.project()).ok_or_else(|| Failure::typed(CREATE_ENV, NO_DOCUMENTS))?;
    if project.deploy_type != "k8s" {
        return Err(Failure::typed(CREATE_ENV, "only support k8s type"));
    }
    let mut env = Env::new(req.project(), &args.env_key, false, world.now);
    for service in &args.services {
        let made = instance(project, service, &args.global_variables, &mut env.globals)?;
        env.services.push(made);
    }
    if project.envs.iter().any(|e| e.key == env.key) {
        return Err(Failure::multi(&["创建环境失败: 创建环境失败: 环境已存在"]));
    }
    define_globals(project, &args.global_variables, &mut env.globals)?;
    if !world.registries.iter().any(|r| r.registry_id == args.registry_id) {
        return Err(Failure::multi(&["创建环境失败: 无法创建默认的镜像仓库"]));
    }
    (env.cluster_id, env.namespace) = (args.cluster_id, args.namespace);
    (env.registry_id, env.update_by) = (args.registry_id, req.role.name().into());
    check_owner(world, &env)?;
    let configs = configs(&args.env_configs, &env, world.now)?;
    if args.sub_env.enable && world.options.version >= Version::V4_2_0 {
        env.base_env = Some(args.sub_env.base_env);
    }
    let namespace = namespace_key(&env);
    let answer = insert(world, env)?;
    let objects = world.namespaces.entry(namespace).or_default();
    for config in configs {
        objects.retain(|c| c.kind != config.kind || c.name != config.name);
        objects.push(config);
    }
    Ok(answer)
}

/// Go refuses an array where a struct is due; serde would take it (contract 9.1).
fn refuse_list_for_struct(req: &Req) -> Result<(), Failure> {
    let body: serde_json::Value = req.unmarshal()?;
    if body.get("sub_env").is_some_and(serde_json::Value::is_array) {
        let text = "json: cannot unmarshal array into Go struct field OpenAPICreateEnvArgs.sub_env of type service.OpenAPISubEnv";
        return Err(Failure::internal(text));
    }
    Ok(())
}

fn instance(
    project: &Project,
    args: &ServiceArgs,
    sent_globals: &[GlobalKv],
    globals: &mut Vec<GlobalKv>,
) -> Result<Service, Failure> {
    let name = &args.service_name;
    let template = project.templates.get(name).ok_or_else(|| {
        Failure::typed(CREATE_ENV, format!("failed to find service from db, serviceName:{name}"))
    })?;
    let mut service = template.instantiate();
    for container in service.containers_mut() {
        if let Some(sent) = args.containers.iter().find(|c| c.name == container.name && !c.image.is_empty()) {
            container.image.clone_from(&sent.image);
        }
    }
    for var in &mut service.vars {
        let Some(sent) = args.variable_kvs.iter().find(|s| s.kv.key == var.kv.key) else { continue };
        let global =
            sent_globals.iter().find(|g| g.kv.key == sent.kv.key).filter(|_| sent.use_global_variable);
        var.use_global_variable = global.is_some();
        var.kv.value = global.map_or_else(|| sent.kv.value.clone(), |g| g.kv.value.clone());
        if let Some(global) = global {
            relate(globals, global, name);
        }
    }
    Ok(service)
}

fn relate(globals: &mut Vec<GlobalKv>, global: &GlobalKv, service: &str) {
    let known = globals.iter().position(|g| g.kv.key == global.kv.key);
    match known.and_then(|i| globals.get_mut(i)) {
        Some(there) => there.related_services.push(service.to_owned()),
        None => globals.push(GlobalKv { kv: global.kv.clone(), related_services: vec![service.to_owned()] }),
    }
}

fn define_globals(project: &Project, sent: &[GlobalKv], globals: &mut Vec<GlobalKv>) -> Result<(), Failure> {
    for global in sent {
        let Some(defined) = project.globals.iter().find(|d| d.key == global.kv.key) else {
            return Err(Failure::multi(&["global variables not match the definition"]));
        };
        let known = globals.iter().position(|g| g.kv.key == global.kv.key);
        let related = known.map(|i| globals.remove(i).related_services).unwrap_or_default();
        let mut kv = defined.clone();
        kv.value = global.kv.value.clone();
        globals.push(GlobalKv { kv, related_services: related });
    }
    Ok(())
}

/// A workload of the same name in the same namespace belongs to whoever came first.
fn check_owner(world: &World, env: &Env) -> Result<(), Failure> {
    let namespace = namespace_key(env);
    let same_place = world.projects.iter().flat_map(|p| &p.envs).filter(|e| namespace_key(e) == namespace);
    for other in same_place {
        for workload in env.services.iter().flat_map(|s| &s.workloads) {
            let taken = other
                .services
                .iter()
                .flat_map(|s| &s.workloads)
                .any(|w| w.name == workload.name && w.kind == workload.kind);
            if taken {
                let what = format!("{}/{}", workload.kind.name(), workload.name);
                let words = if world.options.version >= Version::HEAD {
                    "resource ownership conflict"
                } else {
                    "resource is applied by other envs"
                };
                return Err(Failure::multi(&[format!("创建环境失败: {words}: {what}, env: {}", other.key)]));
            }
        }
    }
    Ok(())
}

fn configs(args: &[ConfigArgs], env: &Env, now: i64) -> Result<Vec<Config>, Failure> {
    let mut made = Vec::new();
    for arg in args {
        let yaml = substitute(&arg.yaml_data, &env.project, &env.key, &env.namespace);
        let parsed =
            parse(&yaml).map_err(|e| Failure::multi(&[format!("创建环境失败: dry run failed: {e}")]))?;
        let kinds = [ConfigKind::ConfigMap, ConfigKind::Secret, ConfigKind::Ingress, ConfigKind::Pvc];
        let Some(kind) = kinds.into_iter().find(|k| k.yaml_kind() == parsed.kind) else {
            return Err(Failure::multi(&[format!("创建环境失败: unsupported kind: {}", parsed.kind)]));
        };
        made.push(Config {
            kind,
            name: parsed.name.clone(),
            created: now / 1000,
            update_by: env.update_by.clone(),
            yaml: parsed.print(&env.namespace, &env.project, now),
            source: None,
            backup: false,
        });
    }
    Ok(made)
}
