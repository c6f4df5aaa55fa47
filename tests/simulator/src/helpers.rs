//! H1-H8, H12, H13: the helper endpoints outside the published document (contract 5).

use crate::errors::{Failure, NO_DOCUMENTS, OPERATION_LOG, Outcome};
use crate::licence;
use crate::manifest;
use crate::reply::Reply;
use crate::request::Req;
use crate::state::World;
use crate::state::fate::image_name;
use crate::state::kv::Kv;
use crate::state::project::Operation;
use crate::state::service::Template;
use crate::views::{EnvContainer, env_container, labels};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Projects<'a> {
    total: usize,
    projects: Vec<ProjectBrief<'a>>,
}

#[derive(Serialize)]
struct ProjectBrief<'a> {
    project_name: &'a str,
    project_key: &'a str,
    description: &'a str,
    deploy_type: &'a str,
}

/// H1: the only paginated helper.
pub fn projects(world: &mut World, req: &Req) -> Outcome {
    let number = |name: &str, default: usize| match req.q(name) {
        "" => Ok(default),
        text => text
            .parse::<usize>()
            .map_err(|_| Failure::internal(format!("strconv.ParseInt: parsing \"{text}\": invalid syntax"))),
    };
    let size = number("pageSize", 20)?.max(1);
    let page = number("pageNum", 1)?.max(1);
    let visible: &[_] = if req.role.test_rights() { &world.projects } else { &[] };
    let list = visible.iter().skip((page - 1).saturating_mul(size)).take(size).map(|p| ProjectBrief {
        project_name: &p.name,
        project_key: &p.key,
        description: &p.desc,
        deploy_type: p.deploy_type,
    });
    Ok(Reply::ok(&Projects { total: visible.len(), projects: list.collect() }))
}

#[derive(Serialize)]
struct ProjectDetail<'a> {
    project_name: &'a str,
    project_key: &'a str,
    is_public: bool,
    desc: &'a str,
    deploy_type: &'a str,
    create_time: i64,
    created_by: &'a str,
}

/// H2: an unknown project is refused like one without rights.
pub fn project_detail(world: &mut World, req: &Req) -> Outcome {
    req.need_right(false)?;
    let project = world.project(req.project()).ok_or_else(Failure::forbidden)?;
    Ok(Reply::ok(&ProjectDetail {
        project_name: &project.name,
        project_key: &project.key,
        is_public: project.is_public,
        desc: &project.desc,
        deploy_type: project.deploy_type,
        create_time: project.create_time,
        created_by: &project.created_by,
    }))
}

#[derive(Serialize)]
struct Definition<'a> {
    variables: &'a [Kv],
    production_variables: &'a [Kv],
}

/// H3.
pub fn global_variables(world: &mut World, req: &Req) -> Outcome {
    req.need_project()?;
    let project = world.project(req.project()).ok_or_else(Failure::no_documents)?;
    Ok(Reply::ok(&Definition {
        variables: &project.globals,
        production_variables: &project.production_globals,
    }))
}

/// H4.
pub fn clusters(world: &mut World, _req: &Req) -> Outcome {
    Ok(Reply::ok(&world.clusters))
}

/// H5.
pub fn registries(world: &mut World, _req: &Req) -> Outcome {
    Ok(Reply::ok(&world.registries))
}

/// One registry: system administrators only.
pub fn registry(world: &mut World, req: &Req) -> Outcome {
    req.need_right(true)?;
    let found = world.registries.iter().find(|r| r.registry_id == req.param("id"));
    found.map(Reply::ok).ok_or_else(Failure::no_documents)
}

/// H6: a bare boolean.
pub fn istio(world: &mut World, req: &Req) -> Outcome {
    let found = world.clusters.iter().find(|c| c.cluster_id == req.param("clusterId"));
    found.map(|c| Reply::ok(&c.istio)).ok_or_else(Failure::no_documents)
}

#[derive(Serialize)]
struct TemplateBrief<'a> {
    service_name: &'a str,
    source: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    containers: Vec<Image>,
}

#[derive(Serialize)]
struct Image {
    name: String,
    image: String,
    image_name: String,
}

/// H7.
pub fn templates(world: &mut World, req: &Req) -> Outcome {
    list_templates(world, req, false)
}

/// H7 for production.
pub fn templates_production(world: &mut World, req: &Req) -> Outcome {
    licence::professional(world)?;
    list_templates(world, req, true)
}

fn list_templates(world: &World, req: &Req, production: bool) -> Outcome {
    req.need_project()?;
    let project = world.project(req.project()).ok_or_else(Failure::no_documents)?;
    let list: Vec<TemplateBrief<'_>> = project
        .templates(production)
        .values()
        .map(|t| TemplateBrief {
            service_name: &t.service.name,
            source: &t.source,
            kind: project.deploy_type,
            containers: images(t),
        })
        .collect();
    Ok(Reply::ok(&list))
}

fn images(template: &Template) -> Vec<Image> {
    let made = template.service.containers().map(|c| Image {
        name: c.name.clone(),
        image: c.image.clone(),
        image_name: image_name(&c.image),
    });
    made.collect()
}

#[derive(Serialize)]
struct TemplateDetail<'a> {
    service_name: &'a str,
    source: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    template_name: &'static str,
    created_by: &'a str,
    created_time: i64,
    yaml: String,
    containers: Vec<EnvContainer>,
    service_variable_kvs: &'a [Kv],
}

/// H8.
pub fn template(world: &mut World, req: &Req) -> Outcome {
    show_template(world, req, false)
}

/// H8 for production.
pub fn template_production(world: &mut World, req: &Req) -> Outcome {
    licence::professional(world)?;
    show_template(world, req, true)
}

fn show_template(world: &World, req: &Req, production: bool) -> Outcome {
    req.need_project()?;
    let (project, name) = (world.project(req.project()), req.param("name"));
    let project = project.ok_or_else(Failure::no_documents)?;
    let template = project.templates(production).get(name).ok_or_else(|| {
        Failure::internal(format!("failed to get service from db, serviceName: {name}, err: {NO_DOCUMENTS}"))
    })?;
    let mut shown = template.instantiate();
    shown.name.clone_from(&template.service.name);
    Ok(Reply::ok(&TemplateDetail {
        service_name: &template.service.name,
        source: &template.source,
        kind: project.deploy_type,
        template_name: "",
        created_by: &template.created_by,
        created_time: template.created_time,
        yaml: manifest::of_template(&shown, &project.key),
        containers: template.service.containers().map(|c| env_container(c, world.options.version)).collect(),
        service_variable_kvs: &template.variables,
    }))
}

/// Labels of a service.
pub fn template_labels(world: &mut World, req: &Req) -> Outcome {
    req.need_project()?;
    let production = req.q("production") == "true";
    let project = world.project(req.project()).ok_or_else(Failure::no_documents)?;
    let found = project.templates(production).get(req.param("name")).ok_or_else(Failure::no_documents)?;
    let map: BTreeMap<String, String> = labels(&project.key, &found.service.name);
    Ok(Reply::ok(&map))
}

#[derive(Serialize)]
struct Operations<'a> {
    operation_logs: Vec<&'a Operation>,
    total: usize,
}

/// H12: system administrators only; newest first.
pub fn operations(world: &mut World, req: &Req) -> Outcome {
    req.need_right(true)?;
    let number = |name: &str| {
        let text = req.q(name);
        text.parse::<usize>().map_err(|_| {
            Failure::typed(OPERATION_LOG, format!("strconv.Atoi: parsing \"{text}\": invalid syntax"))
        })
    };
    let (size, page) = (number("perPage")?, number("page")?);
    let (size, page) = (if size == 0 { 50 } else { size }, page.max(1));
    let (project, env) = (req.project(), req.q("envName"));
    let fits = |o: &&Operation| {
        (project.is_empty() || o.project_key == project)
            && (env.is_empty() || o.targets.iter().any(|t| t == env))
    };
    let all: Vec<&Operation> = world.operations.iter().rev().filter(fits).collect();
    let total = all.len();
    let shown = all.into_iter().skip((page - 1).saturating_mul(size)).take(size).collect();
    Ok(Reply::ok(&Operations { operation_logs: shown, total }))
}

#[derive(Serialize)]
struct CliContext {
    user: CliUser,
    #[serde(flatten)]
    system: Option<CliSystem>,
    request_id: String,
}

#[derive(Serialize)]
struct CliSystem {
    edition: &'static str,
    license_status: &'static str,
    server_version: &'static str,
}

#[derive(Serialize)]
struct CliUser {
    uid: &'static str,
    name: &'static str,
    account: &'static str,
    identity_type: &'static str,
}

/// H13: who the token belongs to; administrators are told edition and version too (contract 9.1).
pub fn cli_context(world: &mut World, req: &Req) -> Outcome {
    use crate::version::Licence;
    let edition = match world.options.licence {
        Licence::Basic => "basic",
        Licence::Professional => "professional",
        Licence::Enterprise => "enterprise",
    };
    let user = CliUser {
        uid: "00000000-0000-0000-0000-000000000001",
        name: req.role.name(),
        account: req.role.name(),
        identity_type: "system",
    };
    if req.role.admin_rights() && world.options.licence_unreachable {
        return Err(Failure::internal("failed to get licence: plutus-vendor: connection refused"));
    }
    let system = req.role.admin_rights().then(|| CliSystem {
        edition,
        license_status: "normal",
        server_version: world.options.version.told(),
    });
    let request_id = crate::state::pod::uuid(&mut world.rng);
    Ok(Reply::ok(&CliContext { user, system, request_id }))
}
