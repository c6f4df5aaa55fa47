//! Project `large`: an environment of 500 services, and a service of 200 pods.

use super::build::{DAY, define, deployment, image, instances, settle, usual_variables};
use super::configs;
use crate::state::World;
use crate::state::env::Env;
use crate::state::project::Project;

const KEY: &str = "large";

/// Plants the project.
pub fn plant(world: &mut World) {
    let now = world.now;
    let mut project = Project::new(KEY, "Large", "500 services, 200 pods", (now - 300 * DAY) / 1000);
    let names: Vec<String> = (0..500).map(|i| format!("svc-{i:03}")).collect();
    for (i, name) in names.iter().enumerate() {
        let service = deployment(name, &image(name, &format!("20261{:03}120000-{i}-main", i)), 1, 8000, now);
        define(&mut project, service, usual_variables(8000), now);
    }
    define(
        &mut project,
        deployment("fleet", &image("fleet", "20261120120000-4-main"), 200, 8000, now),
        usual_variables(8000),
        now,
    );
    let mut all: Vec<&str> = names.iter().map(String::as_str).collect();
    for (key, take) in [("large", 500), ("fleet", 3)] {
        let mut env = Env::new(KEY, key, false, now);
        all.truncate(take);
        instances(&mut env, &project, &all);
        if key == "fleet" {
            instances(&mut env, &project, &["fleet"]);
        }
        settle(&mut env, 2 * DAY, now, &mut world.rng);
        configs::basic(world, &env);
        project.envs.push(env);
    }
    world.projects.push(project);
}
