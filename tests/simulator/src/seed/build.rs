//! Building blocks of the seed: services, templates, environments whose pods have been there for a while.

use crate::clock::Millis;
use crate::state::container::Port;
use crate::state::env::Env;
use crate::state::fate::Fate;
use crate::state::kv::{GlobalKv, Kv};
use crate::state::project::Project;
use crate::state::service::{Cron, Dependency, IngressRule, K8sService, Service, Template};
use crate::state::workload::{ContainerSpec, Kind, Workload};
use crate::views::labels;

/// Milliseconds of a minute.
pub const MINUTE: Millis = 60_000;
/// Milliseconds of an hour.
pub const HOUR: Millis = 60 * MINUTE;
/// Milliseconds of a day.
pub const DAY: Millis = 24 * HOUR;

/// Registry path of the document's images.
pub const IMAGES: &str = "koderover.tencentcloudcr.com/test";

/// An image of the document's registry.
pub fn image(name: &str, tag: &str) -> String {
    format!("{IMAGES}/{name}:{tag}")
}

/// A service with one Deployment and a Kubernetes Service.
pub fn deployment(name: &str, image: &str, replicas: i32, port: i32, now: Millis) -> Service {
    let mut service = bare(name);
    service.workloads.push(workload(Kind::Deployment, name, image, replicas, port));
    service.endpoints.push(K8sService {
        name: name.into(),
        ports: vec![(port, 0)],
        created: now - 119 * DAY,
    });
    service
}

/// A service without anything in it.
pub fn bare(name: &str) -> Service {
    Service { name: name.into(), ..Service::default() }
}

/// A workload with one container that listens on a port.
pub fn workload(kind: Kind, name: &str, image: &str, replicas: i32, port: i32) -> Workload {
    let mut workload = Workload::new(kind, name, image).with_replicas(replicas);
    workload.containers[0].ports.push(Port { name: String::new(), number: port });
    workload
}

/// A container that runs beside the first one.
pub fn sidecar(service: &mut Service, name: &str, image: &str) {
    if let Some(workload) = service.workloads.first_mut() {
        workload.containers.push(ContainerSpec::new(name, image));
    }
}

/// A container that runs before the others.
pub fn init(service: &mut Service, name: &str, image: &str) {
    if let Some(workload) = service.workloads.first_mut() {
        workload.containers.push(ContainerSpec { init: true, ..ContainerSpec::new(name, image) });
    }
}

/// Seeds a course for the first container; it holds until the image changes.
pub fn fated(service: &mut Service, fate: Fate) {
    for workload in &mut service.workloads {
        if let Some(container) = workload.containers.first_mut() {
            container.fate = Some((container.image.clone(), fate));
        }
    }
}

/// Adds an Ingress.
pub fn ingress(service: &mut Service, hosts: &[&str], port: i32, now: Millis) {
    service.ingresses.push(IngressRule {
        name: format!("{}-ingress", service.name),
        hosts: hosts.iter().map(|h| (*h).to_owned()).collect(),
        path: "/".into(),
        port: port.to_string(),
        created: now - 60 * DAY,
    });
}

/// Adds a CronJob.
pub fn cron(service: &mut Service, name: &str, image: &str, schedule: &str, suspend: bool, now: Millis) {
    service.crons.push(Cron {
        name: name.into(),
        containers: vec![ContainerSpec::new(name, image)],
        schedule: schedule.into(),
        suspend,
        before_sleep: None,
        last_schedule: (!suspend).then_some(now - 7 * MINUTE),
        created: now - 40 * DAY,
        active: 0,
        pods: Vec::new(),
    });
}

/// Notes that a service reads a configuration object.
pub fn reads(service: &mut Service, kind: &'static str, name: &str) {
    service.depends.push(Dependency { kind, name: name.into() });
}

/// Defines a service in a project, for both families.
pub fn define(project: &mut Project, mut service: Service, variables: Vec<Kv>, now: Millis) {
    let all = labels(&project.key, &service.name);
    service.workloads.iter_mut().for_each(|w| w.labels = all.clone());
    service.helm = project.deploy_type == "helm";
    let template = Template {
        variables,
        revision: 3,
        source: "spock".into(),
        created_by: "admin".into(),
        created_time: (now - 130 * DAY) / 1000,
        service,
    };
    let name = template.service.name.clone();
    project.production_templates.insert(name.clone(), template.clone());
    project.templates.insert(name, template);
}

/// The variables most services have.
pub fn usual_variables(port: i32) -> Vec<Kv> {
    vec![
        Kv::string("cpuLimit", "500m", "CPU resource limit"),
        Kv::string("memLimit", "512Mi", "Memory resource limit"),
        Kv::string("port", &port.to_string(), "Port the service listens on"),
        Kv::choice("logLevel", "info", &["debug", "info", "warn", "error"], "Log level"),
        Kv::new("tracing", false, "bool", "Send traces"),
    ]
}

/// Puts instances of services into an environment, without pods.
pub fn instances(env: &mut Env, project: &Project, names: &[&str]) {
    for name in names {
        if let Some(template) = project.templates(env.production).get(*name) {
            env.services.push(template.instantiate());
        }
    }
}

/// Binds services' variables to global ones, both ways.
pub fn bind(env: &mut Env, key: &str, services: &[&str]) {
    let Some(global) = env.globals.iter_mut().find(|g| g.kv.key == key) else { return };
    for service in env.services.iter_mut().filter(|s| services.contains(&s.name.as_str())) {
        let name = service.name.clone();
        if let Some(var) = service.vars.iter_mut().find(|v| v.kv.key == key) {
            var.use_global_variable = true;
            var.kv.value = global.kv.value.clone();
            global.related_services.push(name);
        }
    }
}

/// Gives services values of their own in one environment, other than the template's: what was set there earlier.
pub fn own(env: &mut Env, values: &[(&str, &str, &str)]) {
    for (service, key, value) in values {
        let found = env.services.iter_mut().find(|one| one.name == *service);
        let var = found.and_then(|one| one.vars.iter_mut().find(|var| var.kv.key == *key));
        if let Some(var) = var {
            var.kv.value = match var.kv.kind.as_str() {
                "bool" => (*value == "true").into(),
                _ => (*value).into(),
            };
        }
    }
}

/// The project's global variables as an environment starts with them.
pub fn globals_of(definition: &[Kv]) -> Vec<GlobalKv> {
    definition.iter().map(|kv| GlobalKv { kv: kv.clone(), related_services: Vec::new() }).collect()
}

/// Fills in pods that have been there for `age`, a little different for each service.
pub fn settle(env: &mut Env, age: Millis, now: Millis, rng: &mut fastrand::Rng) {
    let mut index = 0;
    env.each_service(now, rng, |service, ctx| {
        index += 1;
        let created = now - age - (index * 37 % 11) * age / 20;
        service.workloads.iter_mut().for_each(|w| w.settle(created, ctx));
    });
    env.touch();
}
