//! Project `bad-day`: one environment in which everything that can be wrong is wrong, and others stuck in each
//! state of the machine.

use super::build::{DAY, HOUR, MINUTE, define, deployment, fated, image, instances, settle, usual_variables};
use super::{LOST_CLUSTER, configs};
use crate::clock::Millis;
use crate::state::World;
use crate::state::env::Env;
use crate::state::fate::Fate;
use crate::state::project::Project;

const KEY: &str = "bad-day";

const SERVICES: [(&str, Option<Fate>); 11] = [
    ("healthy", None),
    ("crashing", Some(Fate::Crash(1))),
    ("out-of-memory", Some(Fate::Crash(137))),
    ("no-image", Some(Fate::PullError)),
    ("no-node", Some(Fate::Pending)),
    ("not-ready", Some(Fate::NotReady)),
    ("half-rolled", None),
    ("scaled-to-zero", None),
    ("apply-error", None),
    ("odd-status", None),
    ("noisy", None),
];

/// Plants the project.
pub fn plant(world: &mut World) {
    let now = world.now;
    let mut project = Project::new(KEY, "Bad Day", "Everything that can go wrong", (now - 90 * DAY) / 1000);
    for (i, (name, _)) in SERVICES.iter().enumerate() {
        let service = deployment(
            name,
            &image(name, &format!("202611{:02}101112-7-main", i + 1)),
            2,
            8000 + i as i32,
            now,
        );
        define(&mut project, service, usual_variables(8000 + i as i32), now);
    }
    let mut envs = vec![bad(world, &project)];
    let states = [
        ("failed", "failed", 2 * HOUR),
        ("updating", "updating", MINUTE),
        ("creating", "creating", 3 * MINUTE),
        ("deleting", "deleting", MINUTE),
        ("asleep", "sleeping", 8 * HOUR),
        ("unknown", "unknown", DAY),
        ("unstable", "unstable", DAY),
        ("hibernating", "Hibernating-2", DAY),
        ("lost-cluster", "success", DAY),
    ];
    for (key, status, age) in states {
        envs.push(stuck(world, &project, key, status, age));
    }
    for env in envs {
        configs::basic(world, &env);
        project.envs.push(env);
    }
    world.projects.push(project);
}

fn bad(world: &mut World, project: &Project) -> Env {
    let now = world.now;
    let mut env = Env::new(KEY, "bad-day", false, now);
    (env.update_by, env.update_time) = ("chen.jie".into(), (now - 20 * MINUTE) / 1000);
    instances(&mut env, project, &SERVICES.map(|(name, _)| name));
    for (name, fate) in SERVICES {
        let Some(service) = env.services.iter_mut().find(|s| s.name == name) else { continue };
        if let Some(fate) = fate {
            fated(service, fate);
        }
        match name {
            "scaled-to-zero" => service.workloads[0].replicas = 0,
            "apply-error" => {
                service.fixed_status = Some("error".into());
                service.workloads.clear();
            }
            "odd-status" => service.fixed_status = Some("reticulating".into()),
            _ => {}
        }
    }
    settle(&mut env, 3 * HOUR, now, &mut world.rng);
    break_rollout(&mut env, now, &mut world.rng);
    env
}

/// A rollout to an image that does not exist has been stuck for half an hour.
fn break_rollout(env: &mut Env, now: Millis, rng: &mut fastrand::Rng) {
    env.with_service("half-rolled", now - 30 * MINUTE, rng, |service, ctx| {
        let workload = &mut service.workloads[0];
        workload.containers[0].image = image("half-rolled", "20261124080000-9-missing");
        workload.rollout(ctx);
        while workload.due() <= now {
            ctx.at = workload.due();
            workload.step(ctx);
        }
    });
    env.touch();
}

/// An environment that stays in a state; nothing will move it.
fn stuck(world: &mut World, project: &Project, key: &str, status: &str, age: Millis) -> Env {
    let now = world.now;
    let mut env = Env::new(KEY, key, false, now);
    (env.status, env.update_time) = (status.into(), (now - age) / 1000);
    instances(&mut env, project, &["healthy", "crashing", "half-rolled"]);
    if key == "lost-cluster" {
        env.cluster_id = LOST_CLUSTER.into();
    }
    match status {
        "failed" | "creating" => {
            env.services.iter_mut().skip(1).for_each(|s| fated(s, Fate::PullError));
        }
        "sleeping" => {
            for workload in env.services.iter_mut().flat_map(|s| &mut s.workloads) {
                (workload.before_sleep, workload.replicas) = (Some(workload.replicas), 0);
            }
        }
        _ => {}
    }
    settle(&mut env, age, now, &mut world.rng);
    env
}
