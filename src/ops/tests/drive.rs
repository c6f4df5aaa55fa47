use std::rc::Rc;

use super::fixtures::{
    api, at, confirmed, error, ready, restart_plan, scale_plan, service, starting, waiting,
};
use crate::api::{ErrorKind, Features};
use crate::ops::plans::image::ImageEdit;
use crate::ops::snapshot::{Probe, Response};
use crate::ops::tests::world::World;
use crate::ops::{Failure, Note, Outcome, Phase, Plan, Refused, Stale, Why, drive, plans, watch_on};

fn pods(count: i64) -> Vec<crate::api::services::Pod> {
    (0..count).map(|index| ready(&format!("api-{index}"), 1)).collect()
}

fn counts(now: i64) -> Response {
    Response::Service(service(now, pods(now)))
}

/// Drives a plan to its end in a world, and says how it ended.
fn ended(plan: Plan, world: &World) -> (Outcome, Vec<Note>) {
    let (ops, id) = confirmed(plan);
    world.run(drive(&ops, id, world));
    let op = ops.get(id).unwrap();
    (op.outcome().cloned().unwrap(), op.notes.iter().map(|(_, note)| note.clone()).collect())
}

#[test]
fn a_scaling_is_sent_after_the_grace_time_and_verified() {
    let world = World::of(|sent| counts(if sent.is_some_and(|seconds| seconds >= 3) { 3 } else { 1 }));
    assert_eq!(ended(scale_plan(1, 3), &world), (Outcome::Verified, vec![]));
    let sent = world.sent.borrow();
    assert_eq!(sent.len(), 1);
    assert_eq!((sent[0].0, sent[0].1.path()), (5, "/openapi/environments/scale"));
}

#[test]
fn a_server_that_answers_success_and_does_nothing_is_found_out() {
    let world = World::of(|_| counts(1));
    let (outcome, _) = ended(scale_plan(1, 3), &world);
    assert_eq!(outcome, Outcome::NothingChanged(Why::OnlyAccepted));
    assert_eq!(world.sent.borrow().len(), 1);
}

#[test]
fn replicas_drifting_back_afterwards_are_noted() {
    let world = World::of(|sent| counts(if sent.is_some_and(|seconds| seconds < 30) { 3 } else { 1 }));
    assert_eq!(ended(scale_plan(1, 3), &world), (Outcome::Verified, vec![Note::DriftedBack { to: 1 }]));
}

#[test]
fn a_change_that_comes_late_is_noted() {
    let world = World::of(|sent| counts(if sent.is_some_and(|seconds| seconds > 20) { 3 } else { 1 }));
    let (outcome, notes) = ended(scale_plan(1, 3), &world);
    assert_eq!((outcome, notes), (Outcome::NothingChanged(Why::OnlyAccepted), vec![Note::ChangedLater]));
}

#[test]
fn calling_off_in_the_grace_time_sends_nothing() {
    let world = World::of(|_| counts(1));
    let (ops, id) = confirmed(scale_plan(1, 3));
    let ops = Rc::new(ops);
    let other = Rc::clone(&ops);
    world.at_millis(4_999, move || other.cancel(id, at(4)).unwrap());
    world.run(drive(&ops, id, &world));
    assert_eq!(ops.get(id).unwrap().outcome(), Some(&Outcome::Cancelled));
    assert!(world.sent.borrow().is_empty() && world.read.borrow().is_empty());
}

#[test]
fn a_lost_answer_is_read_back_and_never_sent_again() {
    for (kind, now) in [(ErrorKind::Timeout, 3), (ErrorKind::Network, 3), (ErrorKind::Gateway, 1)] {
        let world = World::of(move |sent| counts(if sent.is_some() { now } else { 1 }));
        world.answers.borrow_mut().push_back(Err(error(kind)));
        let (outcome, _) = ended(scale_plan(1, 3), &world);
        match now {
            3 => assert_eq!(outcome, Outcome::Verified),
            _ => assert!(matches!(outcome, Outcome::NothingChanged(Why::AnswerLost(_)))),
        }
        assert_eq!(world.sent.borrow().len(), 1, "{kind:?}");
    }
}

#[test]
fn a_network_that_drops_in_the_middle_loses_no_outcome() {
    let world = World::new(|_, world| match world.since_sent() {
        Some(seconds) if (5..200).contains(&seconds) => Err(error(ErrorKind::Network)),
        Some(seconds) if seconds >= 200 => Ok(counts(3)),
        Some(_) => Ok(Response::Service(service(3, pods(1)))),
        None => Ok(counts(1)),
    });
    assert_eq!(ended(scale_plan(1, 3), &world).0, Outcome::Verified);
}

#[test]
fn nothing_is_sent_when_zadig_cannot_be_reached_just_before() {
    let world = World::new(|_, _| Err(error(ErrorKind::Network)));
    let (outcome, _) = ended(scale_plan(1, 3), &world);
    assert!(matches!(outcome, Outcome::NotSent(Refused::Unreachable(_))), "{outcome:?}");
    assert!(world.sent.borrow().is_empty());
}

#[test]
fn nothing_is_sent_when_the_workload_went_away_during_the_review() {
    let world = World::of(|_| Response::Service(Default::default()));
    let (outcome, _) = ended(scale_plan(1, 3), &world);
    assert_eq!(outcome, Outcome::NotSent(Refused::Stale(Stale::WorkloadGone("api".into()))));
    assert!(world.sent.borrow().is_empty());
}

#[test]
fn a_rollout_that_cannot_pull_fails_with_its_reason_and_may_recover() {
    let world = World::of(|sent| {
        Response::Service(match sent {
            None => service(1, pods(1)),
            Some(0..10) => service(1, vec![ready("api-0", 1), starting("api-x", 9)]),
            Some(10..40) => {
                service(1, vec![ready("api-0", 1), waiting("api-x", 9, "ImagePullBackOff", "no")])
            }
            Some(_) => service(1, vec![ready("api-x", 9)]),
        })
    });
    let (outcome, notes) = ended(restart_plan("api"), &world);
    let Outcome::Failed(Failure::Rollout(reason)) = outcome else { panic!("{outcome:?}") };
    assert_eq!((reason.word.as_str(), reason.pod.as_str()), ("ImagePullBackOff", "api-x"));
    assert_eq!(notes, [Note::Recovered]);
}

#[test]
fn a_rollout_that_takes_too_long_is_given_up_and_can_be_watched_on() {
    let world = World::of(|sent| {
        Response::Service(match sent {
            Some(0..400) => service(1, vec![ready("api-0", 1), starting("api-x", 9)]),
            Some(_) => service(1, vec![ready("api-x", 9)]),
            None => service(1, pods(1)),
        })
    });
    let (ops, id) = confirmed(restart_plan("api"));
    world.run(drive(&ops, id, &world));
    assert!(matches!(ops.get(id).unwrap().outcome(), Some(Outcome::GaveUp(_))));
    assert!((305..320).contains(&world.seconds()), "{}", world.seconds());
    watch_on(&ops, id, at(world.seconds())).unwrap();
    world.run(drive(&ops, id, &world));
    assert_eq!(ops.get(id).unwrap().outcome(), Some(&Outcome::Verified));
    assert_eq!(world.sent.borrow().len(), 1);
}

#[test]
fn looks_become_rarer() {
    let world = World::of(|sent| {
        Response::Service(match sent {
            Some(_) => service(1, vec![ready("api-0", 1), starting("api-x", 9)]),
            None => service(1, pods(1)),
        })
    });
    let (ops, id) = confirmed(restart_plan("api"));
    world.run(drive(&ops, id, &world));
    let looks = world.read.borrow().iter().filter(|read| matches!(read, Probe::Service(_))).count();
    assert!((60..70).contains(&looks), "{looks}");
}

#[test]
fn a_task_that_was_dropped_is_taken_up_again_without_sending_twice() {
    for seconds in [2, 6, 8, 11, 20] {
        let world = World::of(|sent| counts(if sent.is_some_and(|seconds| seconds >= 12) { 3 } else { 1 }));
        world.latency.set(4);
        let (ops, id) = confirmed(scale_plan(1, 3));
        assert!(world.run_until(drive(&ops, id, &world), seconds).is_none());
        world.run(drive(&ops, id, &world));
        assert_eq!(ops.get(id).unwrap().outcome(), Some(&Outcome::Verified), "{seconds}");
        assert_eq!(world.sent.borrow().len(), 1, "{seconds}");
    }
}

#[test]
fn two_drivers_of_one_operation_do_not_meet() {
    let world = World::of(|sent| counts(if sent.is_some() { 3 } else { 1 }));
    let (ops, id) = confirmed(scale_plan(1, 3));
    world.run(futures_util::future::join(drive(&ops, id, &world), drive(&ops, id, &world)));
    assert_eq!(world.sent.borrow().len(), 1);
}

#[test]
fn turning_read_only_in_the_grace_time_stops_the_call() {
    let world = World::of(|_| counts(1));
    let (ops, id) = confirmed(scale_plan(1, 3));
    let other = ops.clone();
    world.at_millis(2_000, move || other.set_read_only(true));
    world.run(drive(&ops, id, &world));
    assert_eq!(ops.get(id).unwrap().outcome(), Some(&Outcome::NotSent(Refused::ReadOnly)));
    assert!(world.sent.borrow().is_empty());
}

#[test]
fn a_draft_is_never_driven() {
    let world = World::of(|_| counts(1));
    let ops = crate::ops::Operations::new();
    let id = ops.draft(scale_plan(1, 3), at(0)).unwrap();
    world.run(drive(&ops, id, &world));
    assert_eq!(ops.get(id).unwrap().phase, Phase::Draft);
    assert!(world.sent.borrow().is_empty());
}

fn two_images() -> Plan {
    let edit = |container: &str, image: &str| ImageEdit {
        workload: api(),
        container: container.into(),
        image: image.into(),
    };
    let edits = [edit("app", "r.example/shop/api:2"), edit("proxy", "r.example/infra/proxy:2")];
    plans::image::update(&super::fixtures::env(), "api", &service(1, pods(1)), &edits, &Features::default())
        .unwrap()
}

#[test]
fn several_calls_are_sent_one_after_the_other_and_stop_at_the_first_refusal() {
    let world = World::of(|_| counts(1));
    world.answers.borrow_mut().extend([Ok(()), Err(error(ErrorKind::Forbidden))]);
    let (outcome, _) = ended(two_images(), &world);
    assert!(matches!(outcome, Outcome::Failed(Failure::Refused { done: 1, of: 2, .. })), "{outcome:?}");
    assert_eq!(world.sent.borrow().len(), 2);
    let lost = World::of(|_| counts(1));
    lost.answers.borrow_mut().push_back(Err(error(ErrorKind::Network)));
    let (outcome, _) = ended(two_images(), &lost);
    assert!(matches!(outcome, Outcome::NothingChanged(Why::AnswerLost(_))));
    assert_eq!(lost.sent.borrow().len(), 1, "after a lost answer nothing more is sent");
}

#[test]
fn a_pod_is_restarted_by_the_path_the_server_knows() {
    let detail = service(1, pods(1));
    let plan =
        plans::restart::restart_pod(&super::fixtures::env(), "api", &detail, "api-0", &Features::default());
    let world = World::of(|sent| match sent {
        Some(_) => Response::Service(service(1, vec![ready("api-n", 9)])),
        None => counts(1),
    });
    world.answers.borrow_mut().push_back(Err(error(ErrorKind::RouteMissing)));
    assert_eq!(ended(plan.unwrap(), &world).0, Outcome::Verified);
    let paths: Vec<String> =
        world.sent.borrow().iter().map(|(_, request)| request.path().to_owned()).collect();
    assert_eq!(
        paths,
        [
            "/openapi/environments/dev/service/api/pod/api-0/restart",
            "/openapi/environments/dev/pod/api-0/restart"
        ]
    );
    assert!(world.read.borrow().iter().all(|read| *read == Probe::Service("api".into())));
}
