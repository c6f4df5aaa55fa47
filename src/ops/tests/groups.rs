use std::cell::Cell;
use std::rc::Rc;

use super::fixtures::{at, confirmed, error, ready, restart_plan, scale_plan, service};
use crate::api::ErrorKind;
use crate::ops::snapshot::{Probe, Response};
use crate::ops::tests::world::World;
use crate::ops::{
    Confirmation, Failure, GroupId, Ignored, Operations, Outcome, Phase, Refused, drive, drive_group,
};

/// A world in which every service restarts properly some seconds after its own call.
fn restarting(seconds: u64) -> World {
    World::new(move |read, world| {
        let Probe::Service(name) = read else { panic!("{read:?}") };
        let path = format!("/openapi/environments/dev/service/{name}/restart");
        let sent = world.sent.borrow().iter().find(|(_, request)| request.path() == path).map(|(at, _)| *at);
        let new = sent.is_some_and(|at| world.seconds() >= at + seconds);
        Ok(Response::Service(service(1, vec![ready("api-0", if new { 9 } else { 1 })])))
    })
}

fn group(names: &[&str]) -> (Operations, GroupId) {
    let ops = Operations::new();
    let plans = names.iter().map(|name| restart_plan(name)).collect();
    let group = ops.draft_group(plans, at(0)).unwrap();
    (ops, group)
}

fn outcomes(ops: &Operations, group: GroupId) -> Vec<Outcome> {
    ops.group(group).iter().map(|op| op.outcome().cloned().unwrap()).collect()
}

#[test]
fn a_group_restarts_three_at_a_time_each_with_its_own_outcome() {
    let (ops, group) = group(&["a", "b", "c", "d", "e"]);
    assert_eq!(ops.group_confirmation(group), Confirmation::Plain);
    ops.confirm_group(group, None, at(0)).unwrap();
    let world = restarting(4);
    world.answers.borrow_mut().extend([Ok(()), Err(error(ErrorKind::Forbidden))]);
    let most = Rc::new(Cell::new(0));
    let (watched, seen) = (ops.clone(), Rc::clone(&most));
    ops.on_change(move |_| {
        let busy = |phase: &Phase| matches!(phase, Phase::Sending { .. } | Phase::Converging(_));
        seen.set(seen.get().max(watched.group(group).iter().filter(|op| busy(&op.phase)).count()));
    });
    world.run(drive_group(&ops, group, &world));
    let outcomes = outcomes(&ops, group);
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Outcome::Verified).count(), 4);
    assert!(matches!(outcomes[1], Outcome::Failed(Failure::Refused { .. })));
    assert_eq!((most.get(), world.sent.borrow().len()), (3, 5));
}

#[test]
fn items_on_the_same_service_go_one_after_the_other() {
    let (ops, group) = group(&["a", "a"]);
    ops.confirm_group(group, None, at(0)).unwrap();
    let world = World::new(|_, world| {
        // The pods of the first call appear after 3 s, those of the second 3 s after that.
        let sent = world.sent.borrow();
        let created = sent.iter().filter(|(at, _)| world.seconds() >= at + 3).count();
        Ok(Response::Service(service(1, vec![ready("api-0", 1 + i64::try_from(created).unwrap())])))
    });
    world.run(drive_group(&ops, group, &world));
    assert_eq!(outcomes(&ops, group), [Outcome::Verified, Outcome::Verified]);
    let times: Vec<u64> = world.sent.borrow().iter().map(|(at, _)| *at).collect();
    assert!(times[1] >= times[0] + 3, "{times:?}");
}

#[test]
fn calling_a_group_off_stops_what_was_not_sent() {
    let (ops, group) = group(&["a", "b", "c", "d", "e"]);
    ops.confirm_group(group, None, at(0)).unwrap();
    let world = restarting(20);
    let other = ops.clone();
    world.at_millis(10_000, move || other.cancel_group(group, at(10)));
    world.run(drive_group(&ops, group, &world));
    let cancelled = outcomes(&ops, group).iter().filter(|outcome| **outcome == Outcome::Cancelled).count();
    assert_eq!((cancelled, world.sent.borrow().len()), (2, 3));
}

#[test]
fn a_second_operation_on_a_service_is_refused_and_names_the_first() {
    let (ops, first) = confirmed(scale_plan(1, 3));
    let second = ops.draft(restart_plan("api"), at(1)).unwrap();
    assert_eq!(ops.blocker(&ops.get(second).unwrap().facts).map(|op| op.id), Some(first));
    assert_eq!(ops.confirm(second, None, at(1)), Err(Refused::Busy { other: first }));
    assert_eq!(ops.get(second).unwrap().phase, Phase::Draft, "it can be tried again");
    let elsewhere = ops.draft(restart_plan("web"), at(1)).unwrap();
    ops.confirm(elsewhere, None, at(1)).unwrap();
    ops.cancel(first, at(2)).unwrap();
    ops.confirm(second, None, at(3)).unwrap();
    assert_eq!(ops.confirm(second, None, at(3)), Err(Refused::Ignored(Ignored::WrongPhase)));
}

#[test]
fn a_group_waits_for_an_operation_that_was_there_first() {
    let world = restarting(7);
    let (ops, first) = confirmed(restart_plan("a"));
    let group = ops.draft_group(vec![restart_plan("a")], at(0)).unwrap();
    ops.confirm_group(group, None, at(0)).unwrap();
    let both = futures_util::future::join(drive(&ops, first, &world), drive_group(&ops, group, &world));
    world.run_until(both, 60);
    assert_eq!(ops.get(first).unwrap().outcome(), Some(&Outcome::Verified));
    let times: Vec<u64> = world.sent.borrow().iter().map(|(at, _)| *at).collect();
    assert!(times.len() == 2 && times[1] >= times[0] + 7, "{times:?}");
}
