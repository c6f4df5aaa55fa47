//! Whatever happens in whatever order: an operation ends, is sent at most once, and what has ended stays.

use std::cell::Cell;

use super::fixtures::{
    at, confirmed, error, ready, restart_plan, scale_plan, service, starting, terminating, waiting,
};
use crate::api::ErrorKind;
use crate::api::services::{Pod, ServiceDetail};
use crate::ops::machine::{Input, Operation, Phase};
use crate::ops::snapshot::{Probe, Response};
use crate::ops::tests::world::World;
use crate::ops::verify::Verdict;
use crate::ops::{Failure, Note, OpId, Outcome, Progress, Refused, drive};

/// A small generator (xorshift), so that a failing seed can be run again.
struct Dice(Cell<u64>);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(Cell::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1))
    }

    fn roll(&self, sides: u64) -> u64 {
        let mut x = self.0.get();
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.0.set(x);
        (x >> 33) % sides
    }
}

fn any_pod(dice: &Dice) -> Pod {
    let name = format!("api-{}", dice.roll(4));
    let created = i64::try_from(dice.roll(3)).unwrap();
    match dice.roll(7) {
        0 => starting(&name, created),
        1 => waiting(&name, created, "ErrImagePull", ""),
        2 => terminating(ready(&name, created)),
        3 => waiting(&name, created, "Error", "exit code (1)"),
        _ => ready(&name, created),
    }
}

fn any_service(dice: &Dice) -> ServiceDetail {
    if dice.roll(20) == 0 {
        return ServiceDetail::default();
    }
    let pods = (0..dice.roll(5)).map(|_| any_pod(dice)).collect();
    service(i64::try_from(dice.roll(4)).unwrap(), pods)
}

#[test]
fn any_order_of_snapshots_and_errors_ends_in_an_outcome_with_one_call_at_most() {
    for seed in 0..1500 {
        let dice = Dice::new(seed);
        let plan = if seed % 2 == 0 { scale_plan(1, 3) } else { restart_plan("api") };
        let (ops, id) = confirmed(plan);
        let answer = match dice.roll(4) {
            0 => Err(error(ErrorKind::Timeout)),
            1 => Err(error(ErrorKind::Server)),
            _ => Ok(()),
        };
        let cancel = dice.roll(12_000);
        let lossy = dice.roll(3) == 0;
        let stuck = dice.roll(4) == 0;
        let steady = dice.roll(8) > 0;
        let world = World::new(move |read, world| match read {
            _ if steady && world.since_sent().is_none() => {
                Ok(Response::Service(service(1, vec![ready("api-0", 1)])))
            }
            _ if lossy && dice.roll(2) == 0 => Err(error(ErrorKind::Network)),
            Probe::PodEvents(_) => Ok(Response::Events(Vec::new())),
            _ if stuck => Ok(Response::Service(service(3, vec![ready("api-0", 1), starting("api-9", 9)]))),
            _ => Ok(Response::Service(any_service(&dice))),
        });
        world.answers.borrow_mut().push_back(answer);
        if seed % 3 == 0 {
            let other = ops.clone();
            world.at_millis(cancel, move || _ = other.cancel(id, at(cancel / 1000)));
        }
        world.run(drive(&ops, id, &world));
        let op = ops.get(id).unwrap();
        let outcome = op.outcome().unwrap_or_else(|| panic!("seed {seed}: {:?}", op.phase));
        let sent = world.sent.borrow().len();
        assert_eq!(sent, usize::from(outcome.was_sent()), "seed {seed}: {outcome:?}");
        assert!(world.seconds() < 1000, "seed {seed}: {}", world.seconds());
    }
}

fn any_input(dice: &Dice) -> Input {
    match dice.roll(16) {
        0 => Input::Ask,
        1 => Input::Back,
        2 => Input::Confirm(None),
        3 => Input::Confirm(Some("api".into())),
        4 => Input::ConfirmedByGroup,
        5 => Input::Cancel,
        6 | 7 => Input::GraceOver,
        8 => Input::Begin,
        9 => Input::Refuse(Refused::ReadOnly),
        10 => Input::Answered(if dice.roll(2) == 0 { Ok(()) } else { Err(error(ErrorKind::Network)) }),
        11 => Input::LookFailed(error(ErrorKind::Network)),
        12 => Input::Noted(Note::Recovered),
        13 => Input::LeaveAlone,
        14 => Input::WatchOn,
        _ => Input::Looked(match dice.roll(6) {
            0 => Verdict::Unchanged,
            1 => Verdict::Moving(Progress::default()),
            2 => Verdict::Done(Progress::default()),
            3 => Verdict::Failing(Failure::Reverted { to: 1 }),
            4 => Verdict::CannotTell,
            _ => Verdict::Partly { done: 1, of: 2, progress: Progress::default() },
        }),
    }
}

#[test]
fn no_order_of_inputs_sends_twice_or_changes_what_has_ended() {
    for seed in 0..5000 {
        let dice = Dice::new(seed);
        let plan = scale_plan(1, if seed % 5 == 0 { 0 } else { 3 });
        let rules = plan.verifier.rules();
        let mut op = Operation::draft(OpId(1), None, plan.facts, rules, at(0));
        let mut begun = 0;
        let mut now = 0;
        for _ in 0..60 {
            now += dice.roll(20);
            let before = op.clone();
            let input = any_input(&dice);
            let taken = op.apply(input.clone(), at(now));
            assert!(
                taken.is_ok() || op == before,
                "seed {seed}: {input:?} was ignored but changed something"
            );
            begun += u32::from(matches!(input, Input::Begin) && taken.is_ok());
            assert!(begun <= 1, "seed {seed}");
            if let Phase::Ended(outcome) = &before.phase {
                let watched_on = matches!(outcome, Outcome::GaveUp(_)) && matches!(input, Input::WatchOn);
                assert!(watched_on || op.outcome() == Some(outcome), "seed {seed}: {input:?}");
            }
            if let Some(outcome) = op.outcome() {
                assert_eq!(outcome.was_sent(), op.sent.is_some(), "seed {seed}: {outcome:?}");
            }
        }
    }
}
