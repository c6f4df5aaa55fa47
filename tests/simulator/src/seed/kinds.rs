//! Project `kinds`: one service for every kind of workload and every shape of a service.

use super::build::{
    DAY, bare, cron, define, deployment, image, ingress, init, instances, settle, sidecar, usual_variables,
    workload,
};
use super::configs;
use crate::clock::Millis;
use crate::state::World;
use crate::state::env::Env;
use crate::state::kv::Kv;
use crate::state::project::Project;
use crate::state::service::{K8sService, Service};
use crate::state::workload::{Autoscaler, Kind};

const KEY: &str = "kinds";

/// Plants the project.
pub fn plant(world: &mut World) {
    let now = world.now;
    let mut project = Project::new(KEY, "Workload Kinds", "Every kind of workload", (now - 50 * DAY) / 1000);
    let services = services(now);
    let names: Vec<String> = services.iter().map(|s| s.name.clone()).collect();
    for service in services {
        define(&mut project, service, usual_variables(8080), now);
    }
    project.globals = vec![Kv::string("cpuLimit", "1000m", "CPU resource limit")];
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for (key, production) in [("dev", false), ("live", true)] {
        let mut env = Env::new(KEY, key, production, now);
        env.globals = super::build::globals_of(&project.globals);
        instances(&mut env, &project, &names);
        settle(&mut env, 6 * DAY, now, &mut world.rng);
        seed_cron_pods(&mut env, now, &mut world.rng);
        configs::rich(world, &env);
        project.envs.push(env);
    }
    world.projects.push(project);
}

fn services(now: Millis) -> Vec<Service> {
    let tag = "20261101093000-12-main";
    let single = |kind, name: &str, replicas| {
        let mut service = bare(name);
        service.workloads.push(workload(kind, name, &image(name, tag), replicas, 8080));
        service.endpoints.push(K8sService {
            name: name.into(),
            ports: vec![(8080, 0)],
            created: now - 6 * DAY,
        });
        service
    };
    let mut two = deployment("two-containers", &image("app", tag), 2, 8080, now);
    two.workloads[0].containers[0].name = "app".into();
    sidecar(&mut two, "proxy", "envoyproxy/envoy:v1.28.0");
    init(&mut two, "wait-for-db", "busybox:1.36");
    ingress(&mut two, &["two.example.com", "two.internal"], 8080, now);
    let mut pair = deployment("two-workloads", &image("front", tag), 1, 8080, now);
    pair.workloads.push(workload(Kind::Deployment, "two-workloads-back", &image("back", tag), 1, 8081));
    let mut node_port = deployment("node-port", &image("node-port", tag), 1, 20211, now);
    node_port.endpoints[0].ports = vec![(20211, 30594), (9090, 0)];
    let mut scaled = deployment("autoscaled", &image("autoscaled", tag), 3, 8080, now);
    scaled.workloads[0].autoscaler = Some(Autoscaler { min: 3, max: 10, due: Millis::MAX });
    let mut digest = deployment(
        "by-digest",
        "harbor.example.com/library/by-digest@sha256:9b2a3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f809",
        1,
        8080,
        now,
    );
    digest.endpoints.clear();
    digest.workloads[0].has_service = false;
    let mut jobs = bare("cron-active");
    cron(&mut jobs, "hourly-sync", &image("sync", tag), "0 * * * *", false, now);
    let mut partly = bare("cron-partly-suspended");
    cron(&mut partly, "mail-digest", &image("mail", tag), "0 8 * * 1-5", false, now);
    cron(&mut partly, "mail-archive", &image("mail", tag), "0 1 1 * *", true, now);
    let mut suspended = bare("cron-suspended");
    cron(&mut suspended, "old-import", &image("import", tag), "*/5 * * * *", true, now);
    vec![
        two,
        pair,
        node_port,
        scaled,
        digest,
        single(Kind::StatefulSet, "mysql", 3),
        single(Kind::CloneSet, "clone-set", 2),
        single(Kind::DaemonSet, "node-agent", 3),
        single(Kind::Job, "migrate-once", 1),
        jobs,
        partly,
        suspended,
    ]
}

/// The last run of the active CronJob left its pod.
fn seed_cron_pods(env: &mut Env, now: Millis, rng: &mut fastrand::Rng) {
    env.with_service("cron-active", now, rng, |service, ctx| {
        let Some(cron) = service.crons.first_mut() else { return };
        let mut run = workload(Kind::Job, "hourly-sync-28912340", &cron.containers[0].image, 1, 8080);
        run.containers[0].name.clone_from(&cron.containers[0].name);
        run.settle(now - 20 * 60_000, ctx);
        cron.pods = run.pods;
    });
}
