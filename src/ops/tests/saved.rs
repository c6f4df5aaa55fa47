//! A reload in each state of an operation ends in the right words, and sends nothing.

use std::sync::Arc;

use super::fixtures::{at, confirmed, env, error, ready, scale_plan, service};
use super::world::World;
use crate::api::ErrorKind;
use crate::api::envcfgs::{EnvConfig, EnvConfigKind, EnvConfigObject};
use crate::ops::plans::configs;
use crate::ops::saved::{Owner, restore, write};
use crate::ops::snapshot::Response;
use crate::ops::{Failure, Operation, Operations, Outcome, Phase, Refused, drive};

fn owner() -> Owner {
    Owner { base: String::new(), user: Some("u1".into()) }
}

fn counts(now: i64) -> Response {
    Response::Service(service(now, (0..now).map(|index| ready(&format!("api-{index}"), 1)).collect()))
}

/// A world in which a scaling from 1 to 3 shows so many seconds after it was sent.
fn world(shows_after: u64) -> World {
    World::of(move |sent| counts(if sent.is_some_and(|seconds| seconds >= shows_after) { 3 } else { 1 }))
}

/// Drives a scaling for so many seconds, reloads the tab, and drives on; gives what became of it.
fn reloaded(world: &World, seconds: u64) -> (Operations, Arc<Operation>) {
    let (ops, id) = confirmed(scale_plan(1, 3));
    world.run_until(drive(&ops, id, world), seconds);
    let text = write(&ops, owner()).expect("there is something to write down");
    let fresh = Operations::new();
    let ids = restore(&fresh, &text, &owner(), at(seconds));
    for id in ids {
        world.run(drive(&fresh, id, world));
    }
    let op = fresh.list().first().cloned().expect("it is there again");
    (fresh, op)
}

#[test]
fn in_its_grace_time_it_is_not_sent_and_said_to_be_cancelled() {
    let world = world(3);
    let (_, op) = reloaded(&world, 2);
    assert_eq!(op.outcome(), Some(&Outcome::NotSent(Refused::Reloaded)));
    assert!(world.sent.borrow().is_empty());
}

#[test]
fn with_its_call_on_the_way_it_is_read_back_and_never_sent_again() {
    let world = world(6);
    world.latency.set(30);
    let (_, op) = reloaded(&world, 8);
    assert_eq!(op.outcome(), Some(&Outcome::Verified));
    assert!(op.doubt.is_some(), "its answer was lost");
    assert_eq!(world.sent.borrow().len(), 1);
}

#[test]
fn in_the_middle_of_a_rollout_the_watch_goes_on() {
    let steps = World::of(|sent| match sent {
        None => counts(1),
        Some(0..40) => Response::Service(service(3, vec![ready("api-0", 1)])),
        Some(_) => counts(3),
    });
    let (_, op) = reloaded(&steps, 15);
    assert_eq!((op.outcome(), op.doubt.is_some()), (Some(&Outcome::Verified), false));
    assert_eq!(steps.sent.borrow().len(), 1);
    assert_eq!(op.facts.shown_calls()[0].target(), "/openapi/environments/scale");
}

#[test]
fn what_has_ended_ended_so() {
    for (answer, fails) in [(Ok(()), false), (Err(error(ErrorKind::Forbidden)), true)] {
        let world = world(0);
        world.answers.borrow_mut().push_back(answer);
        let (_, op) = reloaded(&world, 30);
        match fails {
            false => assert_eq!(op.outcome(), Some(&Outcome::Verified)),
            true => assert!(matches!(op.outcome(), Some(Outcome::Failed(Failure::Refused { .. }))), "{op:?}"),
        }
        assert!(op.ended.is_some_and(|ended| ended < at(30)), "at its own time");
        assert_eq!(world.sent.borrow().len(), 1);
    }
}

#[test]
fn replicas_that_drift_back_are_still_noted_after_a_reload() {
    let world = World::of(|sent| counts(if sent.is_some_and(|seconds| seconds < 50) { 3 } else { 1 }));
    let (_, op) = reloaded(&world, 30);
    assert_eq!((op.outcome(), op.notes.len()), (Some(&Outcome::Verified), 1));
}

#[test]
fn only_the_same_user_of_the_same_zadig_finds_them() {
    let (ops, id) = confirmed(scale_plan(1, 3));
    ops.cancel(id, at(1)).unwrap();
    let text = write(&ops, owner()).unwrap();
    let found = |text: &str, owner: Owner| {
        let fresh = Operations::new();
        assert_eq!(restore(&fresh, text, &owner, at(1)), []);
        fresh.list().len()
    };
    assert_eq!(found(&text, owner()), 1);
    assert_eq!(found(&text, Owner { user: Some("u2".into()), ..owner() }), 0);
    assert_eq!(found(&text, Owner { base: "https://other".into(), ..owner() }), 0);
    for broken in
        ["", "{", "null", "[]", &text.replace("\"form\":1", "\"form\":2"), text.split_at(text.len() / 2).0]
    {
        assert_eq!(found(broken, owner()), 0, "{broken}");
    }
}

#[test]
fn what_is_there_already_is_newer_and_reviews_are_forgotten() {
    let (ops, id) = confirmed(scale_plan(1, 3));
    ops.cancel(id, at(1)).unwrap();
    ops.draft(scale_plan(1, 4), at(2)).unwrap();
    let text = write(&ops, owner()).unwrap();
    let (fresh, newer) = confirmed(scale_plan(1, 5));
    restore(&fresh, &text, &owner(), at(3));
    let list = fresh.list();
    assert_eq!((list.len(), list[0].id), (2, newer));
    assert!(list.iter().all(|op| !matches!(op.phase, Phase::Draft)));
    assert_eq!(write(&Operations::new(), owner()), None);
}

#[test]
fn the_text_of_a_secret_is_not_written_down() {
    let yaml = "kind: Secret\nmetadata:\n  name: db\ndata:\n  password: aHVudGVyMg==\n";
    let object = EnvConfigObject {
        name: "db".into(),
        kind: EnvConfigKind::Secret,
        yaml_data: yaml.into(),
        ..EnvConfigObject::default()
    };
    let config = || EnvConfig { object: object.clone(), facts: Vec::new() };
    let plan = configs::update(&env(), &config(), &yaml.replace("aHVudGVyMg==", "bmV3")).unwrap();
    let (ops, id) = confirmed(plan);
    let now = config();
    let world = World::of(move |_| Response::Config(now.clone()));
    world.run_until(drive(&ops, id, &world), 1);
    let text = write(&ops, owner()).unwrap();
    assert!(!text.contains("aHVudGVyMg") && !text.contains("bmV3"), "{text}");
    let fresh = Operations::new();
    restore(&fresh, &text, &owner(), at(1));
    assert_eq!(fresh.list()[0].outcome(), Some(&Outcome::Lost), "it cannot be compared any more");
}
