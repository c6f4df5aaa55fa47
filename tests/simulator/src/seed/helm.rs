//! Project `helm-demo`: a Helm project, whose services have no status and want `workLoadType`.

use super::build::{DAY, define, deployment, image, instances, settle};
use super::configs;
use crate::state::World;
use crate::state::env::Env;
use crate::state::project::Project;

/// Plants the project.
pub fn plant(world: &mut World) {
    let now = world.now;
    let mut project = Project::new("helm-demo", "Helm Demo", "A Helm chart project", (now - 80 * DAY) / 1000);
    project.deploy_type = "helm";
    for name in ["redis", "backend"] {
        define(&mut project, deployment(name, &image(name, "7.2.4"), 1, 6379, now), Vec::new(), now);
    }
    for (key, production) in [("dev", false), ("prod", true)] {
        let mut env = Env::new("helm-demo", key, production, now);
        instances(&mut env, &project, &["redis", "backend"]);
        settle(&mut env, 10 * DAY, now, &mut world.rng);
        configs::basic(world, &env);
        project.envs.push(env);
    }
    world.projects.push(project);
}
