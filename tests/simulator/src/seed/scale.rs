//! Project `scale`: any number of environments, whose services are made up on the first look.

use super::build::{DAY, HOUR, bind, define, deployment, globals_of, image, settle, usual_variables};
use super::configs;
use crate::state::env::Env;
use crate::state::kv::Kv;
use crate::state::project::Project;
use crate::state::{Surroundings, World, namespace_key};

const KEY: &str = "scale";
const SERVICES: [&str; 4] = ["gateway", "user-api", "order", "worker"];
const PEOPLE: [&str; 6] = ["admin", "chen.jie", "li.wei", "wang.fang", "zhang.wei", "release-bot"];
const STATES: [&str; 12] = [
    "success", "success", "success", "success", "success", "success", "success", "updating", "failed",
    "sleeping", "success", "unknown",
];

/// Plants the project, if it is asked for.
pub fn plant(world: &mut World) {
    let (now, count) = (world.now, world.options.scale);
    if count == 0 {
        return;
    }
    let mut project = Project::new(KEY, "Scale", "Very many environments", (now - 300 * DAY) / 1000);
    project.globals = vec![Kv::string("cpuLimit", "1000m", "CPU resource limit")];
    project.production_globals.clone_from(&project.globals);
    for name in SERVICES {
        let service = deployment(name, &image(name, "20261120120000-4-main"), 2, 8080, now);
        define(&mut project, service, usual_variables(8080), now);
    }
    for i in 0..count {
        let production = i % 10 == 9;
        let mut env = Env::new(KEY, &format!("env-{i:05}"), production, now);
        env.status = STATES[i % STATES.len()].into();
        env.update_by = PEOPLE[i % PEOPLE.len()].into();
        env.update_time = (now - (i as i64 * 7_919 % 2_000) * HOUR) / 1000;
        if i % 3 == 0 {
            env.alias = format!("Environment number {i}");
        }
        env.lazy = Some(i as u64);
        project.envs.push(env);
    }
    world.projects.push(project);
}

/// Makes up the services of an environment.
pub fn fill(around: Surroundings<'_>, number: u64) {
    let env = around.env;
    env.globals = globals_of(around.definition);
    env.services = around.templates.values().map(|t| t.instantiate()).collect();
    if env.is_sleeping() {
        for workload in env.services.iter_mut().flat_map(|s| &mut s.workloads) {
            (workload.before_sleep, workload.replicas) = (Some(workload.replicas), 0);
        }
    }
    bind(env, "cpuLimit", &["order"]);
    let mut own = fastrand::Rng::with_seed(number);
    settle(env, (1 + number as i64 % 40) * DAY, around.now, &mut own);
    let objects = around.namespaces.entry(namespace_key(env)).or_default();
    configs::system_objects(objects, &env.namespace, &env.project, around.now - 40 * DAY);
}
