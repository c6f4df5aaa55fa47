//! Project `simple-demo`: the published document's own examples, and a shop that is worth looking at.

use super::build::{
    DAY, HOUR, MINUTE, bind, cron, define, deployment, globals_of, image, ingress, init, instances, own,
    reads, settle, sidecar, usual_variables,
};
use super::{PRODUCTION_CLUSTER, SECOND_REGISTRY, configs};
use crate::clock::Millis;
use crate::state::World;
use crate::state::env::Env;
use crate::state::events::{Event, Involved};
use crate::state::kv::Kv;
use crate::state::project::Project;
use crate::state::workload::{Autoscaler, Kind};

/// Key of the project.
pub const KEY: &str = "simple-demo";

const SHOP: [(&str, i32, i32); 12] = [
    ("gateway", 2, 8080),
    ("web", 2, 80),
    ("user-api", 2, 8081),
    ("order", 3, 8082),
    ("payment", 2, 8083),
    ("cart-api", 2, 8084),
    ("stock", 1, 8085),
    ("search", 1, 9200),
    ("notify-worker", 1, 8087),
    ("coupon", 1, 8088),
    ("report", 1, 8089),
    ("recommend", 2, 8090),
];

/// Plants the project.
pub fn plant(world: &mut World) {
    let now = world.now;
    let mut project =
        Project::new(KEY, "Simple Demo", "The examples of the API document, and a small shop", 1_686_000_000);
    project.globals = global_definition();
    project.production_globals = global_definition();
    define_documents(&mut project, now);
    define_shop(&mut project, now);
    let envs = [
        dev(world, &project),
        dev5(world, &project),
        shop_env(world, &project, "qa", "QA 环境", "chen.jie", 3 * HOUR),
        shop_env(world, &project, "staging", "Staging", "li.wei", 26 * HOUR),
        base(world, &project),
        sub_env(world, &project),
        prod(world, &project, "prod", "prod", 34 * DAY),
        prod(world, &project, "prod-eu", "Production EU", 9 * DAY),
        prod(world, &project, "prod-canary", "", 40 * MINUTE),
    ];
    for env in envs {
        configs::rich(world, &env);
        project.envs.push(env);
    }
    world.projects.push(project);
}

fn global_definition() -> Vec<Kv> {
    vec![
        Kv::string("cpuLimit", "1000m", "CPU resource limit"),
        Kv::string("memLimit", "512Mi", "Memory resource limit"),
        Kv::choice("logLevel", "info", &["debug", "info", "warn", "error"], "Log level of all services"),
        Kv::new("tracing", false, "bool", "Send traces"),
        Kv::new(
            "limits",
            "requests:\n  cpu: 100m\n  memory: 128Mi\nlimits:\n  cpu: 1000m\n  memory: 512Mi\n",
            "yaml",
            "Resources of sidecars",
        ),
        Kv::string("domain", "demo.example.com", "Domain of all ingresses"),
        Kv::string("welcome", "Hello,\nthis text has\n  three lines.", "A text of several lines"),
        Kv::string("unusedSoFar", "", "Defined in the project, used by nobody"),
    ]
}

/// `service1`, `service2` and `myapp-1` as the document shows them.
fn define_documents(project: &mut Project, now: Millis) {
    let mut service1 = deployment("service1", &image("service1", "20231214162411"), 1, 20211, now);
    service1.endpoints[0].ports = vec![(20211, 30593)];
    reads(&mut service1, "ConfigMap", "game-demo");
    define(
        project,
        service1,
        vec![
            Kv::string("cpuLimit", "1000m", "CPU resource limit"),
            Kv::string("memLimit", "512Mi", "Memory resource limit"),
            Kv::string("port", "20211", "Port"),
            Kv::choice("logLevel", "info", &["debug", "info", "warn", "error"], "Log level"),
        ],
        now,
    );
    let mut service2 = deployment("service2", &image("myapp-1", "20230721164449-6-main"), 1, 20221, now);
    service2.workloads[0].containers[0].name = "myapp-1".into();
    reads(&mut service2, "Secret", "db-credentials");
    define(
        project,
        service2,
        vec![
            Kv::string("env1", "demo", "Name shown on the page"),
            Kv::string("cpu", "8m", "CPU request"),
            Kv::string("cpuLimit", "15m", "CPU resource limit"),
            Kv::string("port", "20221", "Port"),
            Kv::new("tracing", false, "bool", "Send traces"),
            Kv::new("limits", "requests:\n  cpu: 100m\n", "yaml", "Resources"),
        ],
        now,
    );
}

fn define_shop(project: &mut Project, now: Millis) {
    for (name, replicas, port) in SHOP {
        let tag = format!(
            "2026{:02}{:02}{:02}4449-{}-main",
            10 + replicas % 2,
            port % 27 + 1,
            port % 23,
            port % 90
        );
        let mut service = deployment(name, &image(name, &tag), replicas, port, now);
        match name {
            "gateway" => {
                service.endpoints[0].ports = vec![(8080, 30080), (8443, 30443)];
                ingress(&mut service, &["demo.example.com", "api.demo.example.com"], 8080, now);
            }
            "web" => ingress(&mut service, &["www.demo.example.com"], 80, now),
            "order" => {
                sidecar(&mut service, "metrics-agent", "prom/statsd-exporter:v0.26.0");
                init(&mut service, "migrate", &image("order-migrate", "20261104080102-9-main"));
                reads(&mut service, "ConfigMap", "game-demo");
                reads(&mut service, "Secret", "db-credentials");
            }
            "search" => service.workloads[0].kind = Kind::StatefulSet,
            "recommend" => {
                service.workloads[0].autoscaler = Some(Autoscaler { min: 2, max: 6, due: Millis::MAX })
            }
            "notify-worker" => {
                service.endpoints.clear();
                service.workloads[0].has_service = false;
            }
            "report" => cron(
                &mut service,
                "report-nightly",
                &image("report", "20261101020000-3-main"),
                "30 2 * * *",
                false,
                now,
            ),
            _ => {}
        }
        define(project, service, usual_variables(port), now);
    }
    let mut cleanup = super::build::bare("cleanup");
    cron(
        &mut cleanup,
        "cleanup-sessions",
        &image("cleanup", "20260912102030-2-main"),
        "*/15 * * * *",
        false,
        now,
    );
    cron(&mut cleanup, "cleanup-uploads", &image("cleanup", "20260912102030-2-main"), "0 4 * * 0", true, now);
    define(project, cleanup, vec![Kv::string("keepDays", "30", "Days to keep")], now);
}

/// What was set for these services in an environment, other than the template's defaults. No answer of the OpenAPI tells
/// it but the YAML rendered (H9), so a client that sends the template's defaults loses it without a word.
const OWN_VALUES: &[(&str, &str, &str)] = &[
    ("service1", "memLimit", "1Gi"),
    ("service2", "env1", "set for this environment"),
    ("service2", "cpu", "16m"),
    ("service2", "port", "20222"),
    ("order", "memLimit", "2Gi"),
    ("gateway", "tracing", "true"),
    ("search", "logLevel", "debug"),
];

fn shop_names() -> Vec<&'static str> {
    SHOP.iter().map(|(name, _, _)| *name).chain(["cleanup"]).collect()
}

fn dev(world: &mut World, project: &Project) -> Env {
    let now = world.now;
    let mut env = Env::new(KEY, "dev", false, now);
    (env.update_time, env.globals) = (1_689_933_256, globals_of(&project.globals[..7]));
    instances(&mut env, project, &["service1", "service2"]);
    instances(&mut env, project, &shop_names());
    bind(&mut env, "cpuLimit", &["service1", "service2"]);
    bind(&mut env, "logLevel", &["service1", "order", "payment"]);
    bind(&mut env, "tracing", &["service2", "order"]);
    bind(&mut env, "limits", &["service2"]);
    own(&mut env, OWN_VALUES);
    settle(&mut env, 34 * DAY, now, &mut world.rng);
    document_events(&mut env);
    env
}

/// The events of the document's example.
fn document_events(env: &mut Env) {
    for (message, at) in [
        ("Scaled up replica set service1-7cc994479d to 1", 1_707_396_095),
        ("Scaled down replica set service1-67455dd499 to 0", 1_707_396_102),
    ] {
        let event = Event {
            reason: "ScalingReplicaSet".into(),
            message: message.into(),
            first_seen: at,
            last_seen: at,
            count: 1,
            kind: "Normal".into(),
        };
        env.log.insert(Involved { kind: "Deployment", name: "service1" }, event);
    }
}

/// The document's second environment: few services, another registry, a namespace of its own name.
fn dev5(world: &mut World, project: &Project) -> Env {
    let now = world.now;
    let mut env = Env::new(KEY, "dev5", false, now);
    (env.namespace, env.registry_id) = ("ai-test-2-env-dev".into(), SECOND_REGISTRY.into());
    (env.update_time, env.globals) = (1_690_181_832, globals_of(&project.globals[..3]));
    instances(&mut env, project, &["service1"]);
    bind(&mut env, "cpuLimit", &["service1"]);
    settle(&mut env, 5 * DAY, now, &mut world.rng);
    env
}

fn shop_env(world: &mut World, project: &Project, key: &str, alias: &str, by: &str, age: Millis) -> Env {
    let now = world.now;
    let mut env = Env::new(KEY, key, false, now);
    (env.alias, env.update_by, env.update_time) = (alias.into(), by.into(), (now - age) / 1000);
    env.globals = globals_of(&project.globals[..6]);
    instances(&mut env, project, &["service1"]);
    instances(&mut env, project, &shop_names());
    bind(&mut env, "cpuLimit", &["service1", "order"]);
    bind(&mut env, "logLevel", &["gateway", "web", "user-api", "order", "payment"]);
    own(&mut env, OWN_VALUES);
    settle(&mut env, age, now, &mut world.rng);
    env
}

/// A base environment with sub-environments enabled.
fn base(world: &mut World, project: &Project) -> Env {
    let mut env = shop_env(world, project, "base", "Base", "admin", 12 * DAY);
    env.services.retain(|s| ["gateway", "web", "order", "stock"].contains(&s.name.as_str()));
    for service in &mut env.services {
        service.workloads.iter_mut().for_each(|w| w.pods.clear());
    }
    (env.share.enabled, env.share.label) = (true, true);
    (env.share.virtual_services, env.share.inject) = (true, true);
    let now = world.now;
    settle(&mut env, 12 * DAY, now, &mut world.rng);
    let server = |host: &str| crate::state::share::PortalServer {
        host: host.into(),
        port_number: 80,
        port_protocol: "HTTP".into(),
    };
    let servers = vec![server("zcms-a-b1.8slan.com"), server("a.zicemoshi-helm-env-dev")];
    env.share.portals.insert("gateway".into(), servers);
    env
}

fn sub_env(world: &mut World, project: &Project) -> Env {
    let mut env = shop_env(world, project, "feature-cart", "", "wang.fang", 2 * DAY);
    env.services.retain(|s| ["order"].contains(&s.name.as_str()));
    env.base_env = Some("base".into());
    env.touch();
    env
}

fn prod(world: &mut World, project: &Project, key: &str, alias: &str, age: Millis) -> Env {
    let now = world.now;
    let mut env = Env::new(KEY, key, true, now);
    (env.alias, env.cluster_id) = (alias.into(), PRODUCTION_CLUSTER.into());
    (env.update_by, env.update_time) =
        ("release-bot".into(), if key == "prod" { 1_689_933_256 } else { (now - age) / 1000 });
    env.globals = globals_of(&project.production_globals[..6]);
    instances(&mut env, project, &["service1", "service2"]);
    instances(&mut env, project, &shop_names());
    if key == "prod-canary" {
        env.services.truncate(6);
        for workload in env.services.iter_mut().flat_map(|s| &mut s.workloads) {
            (workload.release_type, workload.release_tag) = ("mse-gray".into(), "canary-20261120".into());
        }
    }
    bind(&mut env, "cpuLimit", &["service1", "service2"]);
    bind(&mut env, "logLevel", &["gateway", "order"]);
    own(&mut env, OWN_VALUES);
    settle(&mut env, age, now, &mut world.rng);
    env
}
