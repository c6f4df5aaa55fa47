use std::time::Duration;

use super::fixtures::{at, error, scale_plan};
use crate::api::ErrorKind;
use crate::domain::diagnosis::Reason;
use crate::ops::machine::{Aftercare, Ignored, Input, Operation, Phase};
use crate::ops::verify::{Rules, Verdict};
use crate::ops::{Failure, Note, OpId, Outcome, Progress, Refused, Why};

fn op_to(to: u32) -> Operation {
    let plan = scale_plan(1, to);
    let rules = plan.verifier.rules();
    Operation::draft(OpId(1), None, plan.facts, rules, at(0))
}

fn op() -> Operation {
    op_to(3)
}

fn sending() -> Operation {
    let mut op = op();
    op.apply(Input::Confirm(None), at(0)).unwrap();
    op.apply(Input::GraceOver, at(5)).unwrap();
    op.apply(Input::Begin, at(5)).unwrap();
    op
}

fn converging() -> Operation {
    let mut op = sending();
    op.apply(Input::Answered(Ok(())), at(6)).unwrap();
    op
}

fn moving(ready: usize) -> Verdict {
    Verdict::Moving(Progress { ready, desired: 3, ..Progress::default() })
}

#[test]
fn a_scaling_goes_through_its_whole_life() {
    let mut op = op();
    op.apply(Input::Ask, at(0)).unwrap();
    assert_eq!(op.phase, Phase::Confirm);
    op.apply(Input::Confirm(None), at(1)).unwrap();
    assert_eq!(op.phase, Phase::Grace { until: at(6) });
    op.apply(Input::GraceOver, at(6)).unwrap();
    assert_eq!(op.phase, Phase::Queued);
    op.apply(Input::Begin, at(6)).unwrap();
    assert_eq!((op.phase.clone(), op.sent), (Phase::Sending { step: 0 }, Some(at(6))));
    op.apply(Input::Answered(Ok(())), at(7)).unwrap();
    op.apply(Input::Looked(moving(2)), at(8)).unwrap();
    assert!(matches!(&op.phase, Phase::Converging(progress) if progress.ready == 2));
    op.apply(Input::Looked(Verdict::Done(Progress::default())), at(9)).unwrap();
    assert_eq!((op.outcome(), op.ended), (Some(&Outcome::Verified), Some(at(9))));
}

#[test]
fn the_review_can_be_gone_back_to() {
    let mut op = op();
    op.apply(Input::Ask, at(0)).unwrap();
    op.apply(Input::Back, at(0)).unwrap();
    assert_eq!(op.phase, Phase::Draft);
    assert_eq!(op.apply(Input::Back, at(0)), Err(Ignored::WrongPhase));
}

#[test]
fn the_wrong_name_keeps_the_question_open() {
    let mut op = op_to(0);
    op.apply(Input::Ask, at(0)).unwrap();
    for typed in [None, Some("ap".to_owned())] {
        assert_eq!(op.apply(Input::Confirm(typed), at(0)), Err(Ignored::NameDiffers));
        assert_eq!(op.phase, Phase::Confirm);
    }
    op.apply(Input::Confirm(Some("api".into())), at(0)).unwrap();
    assert!(op.is_under_way());
}

#[test]
fn the_grace_time_cannot_be_shortened() {
    let mut op = op();
    op.apply(Input::Confirm(None), at(0)).unwrap();
    assert_eq!(op.apply(Input::GraceOver, at(4)), Err(Ignored::TooEarly));
    assert_eq!(op.apply(Input::Begin, at(4)), Err(Ignored::WrongPhase));
}

#[test]
fn everything_before_sending_can_be_called_off_and_nothing_after() {
    let steps: [Vec<Input>; 4] =
        [vec![], vec![Input::Ask], vec![Input::Confirm(None)], vec![Input::Confirm(None), Input::GraceOver]];
    for inputs in steps {
        let mut op = op();
        for input in inputs {
            op.apply(input, at(5)).ok();
        }
        op.apply(Input::Cancel, at(9)).unwrap();
        assert_eq!((op.outcome(), op.sent), (Some(&Outcome::Cancelled), None));
        assert_eq!(op.apply(Input::Begin, at(9)), Err(Ignored::WrongPhase));
    }
    assert_eq!(sending().apply(Input::Cancel, at(9)), Err(Ignored::TooLate));
    assert_eq!(converging().apply(Input::Cancel, at(9)), Err(Ignored::TooLate));
}

#[test]
fn a_second_confirmation_or_answer_changes_nothing() {
    let mut op = converging();
    let before = op.clone();
    for input in [
        Input::Confirm(None),
        Input::ConfirmedByGroup,
        Input::Ask,
        Input::Begin,
        Input::GraceOver,
        Input::Answered(Ok(())),
        Input::Refuse(Refused::ReadOnly),
        Input::WatchOn,
        Input::Noted(Note::Recovered),
    ] {
        assert_eq!(op.apply(input.clone(), at(9)), Err(Ignored::WrongPhase), "{input:?}");
    }
    assert_eq!(op, before);
}

#[test]
fn a_refusal_is_the_outcome_and_is_not_read_back_when_nothing_can_have_happened() {
    let mut op = sending();
    op.apply(Input::Answered(Err(error(ErrorKind::Sleeping))), at(6)).unwrap();
    assert!(matches!(op.outcome(), Some(Outcome::Failed(Failure::Refused { done: 0, of: 1, .. }))));
    assert_eq!(op.aftercare(at(6)), None);
}

#[test]
fn after_a_failure_inside_the_server_a_late_change_is_looked_for() {
    let mut op = sending();
    op.apply(Input::Answered(Err(error(ErrorKind::Server))), at(6)).unwrap();
    assert_eq!(op.aftercare(at(7)), Some(Aftercare::Late));
    op.apply(Input::Noted(Note::ChangedLater), at(8)).unwrap();
    assert!(matches!(op.outcome(), Some(Outcome::Failed(_))));
    assert_eq!((op.notes.as_slice(), op.aftercare(at(8))), (&[(at(8), Note::ChangedLater)][..], None));
}

#[test]
fn a_lost_answer_leads_to_reading_back_with_a_doubt() {
    for kind in [
        ErrorKind::Network,
        ErrorKind::Timeout,
        ErrorKind::Gateway,
        ErrorKind::Aborted,
        ErrorKind::Undecodable,
    ] {
        let mut op = sending();
        op.apply(Input::Answered(Err(error(kind))), at(6)).unwrap();
        assert!(matches!(op.phase, Phase::Converging(_)), "{kind:?}");
        assert_eq!(op.doubt.as_ref().map(|error| error.kind), Some(kind));
        op.apply(Input::Looked(Verdict::Done(Progress::default())), at(8)).unwrap();
        assert_eq!(op.outcome(), Some(&Outcome::Verified));
    }
}

#[test]
fn a_lost_answer_without_a_change_says_that_it_was_not_done() {
    let mut op = sending();
    op.apply(Input::Answered(Err(error(ErrorKind::Timeout))), at(6)).unwrap();
    for second in 7..40 {
        op.apply(Input::Looked(Verdict::Unchanged), at(second)).ok();
    }
    assert!(matches!(op.outcome(), Some(Outcome::NothingChanged(Why::AnswerLost(_)))));
}

#[test]
fn nothing_changed_needs_enough_looks_over_enough_time() {
    let mut quick = converging();
    for _ in 0..50 {
        quick.apply(Input::Looked(Verdict::Unchanged), at(7)).unwrap();
    }
    assert!(quick.is_under_way(), "many looks at once are not patience");
    let mut rare = converging();
    rare.apply(Input::Looked(Verdict::Unchanged), at(60)).unwrap();
    assert!(rare.is_under_way(), "one snapshot, however late, is not enough");
    let mut op = converging();
    for second in [7, 9, 11, 13] {
        op.apply(Input::Looked(Verdict::Unchanged), at(second)).unwrap();
    }
    assert_eq!(op.outcome(), Some(&Outcome::NothingChanged(Why::OnlyAccepted)));
    assert_eq!(op.aftercare(at(14)), Some(Aftercare::Late));
}

#[test]
fn a_missing_target_is_named_as_the_reason() {
    let mut op = converging();
    for second in [7, 9, 11, 13] {
        op.apply(Input::Looked(Verdict::TargetMissing), at(second)).unwrap();
    }
    assert_eq!(op.outcome(), Some(&Outcome::NothingChanged(Why::TargetMissing)));
}

#[test]
fn a_change_that_stays_partial_is_a_failure() {
    let mut op = converging();
    for second in [7, 9, 11, 13] {
        let verdict = Verdict::Partly { done: 1, of: 2, progress: Progress::default() };
        op.apply(Input::Looked(verdict), at(second)).unwrap();
    }
    assert_eq!(op.outcome(), Some(&Outcome::Failed(Failure::Partly { done: 1, of: 2 })));
}

#[test]
fn the_watch_ends_after_five_minutes_and_can_be_taken_up_again() {
    let mut op = converging();
    op.apply(Input::Looked(moving(1)), at(305)).unwrap();
    assert!(op.is_under_way());
    op.apply(Input::Looked(moving(2)), at(306)).unwrap();
    assert!(matches!(op.outcome(), Some(Outcome::GaveUp(progress)) if progress.ready == 2));
    op.apply(Input::WatchOn, at(400)).unwrap();
    assert!(op.is_under_way() && op.ended.is_none());
    op.apply(Input::Looked(Verdict::Done(Progress::default())), at(405)).unwrap();
    assert_eq!(op.outcome(), Some(&Outcome::Verified));
}

#[test]
fn a_lost_network_does_not_end_the_watch_before_one_more_look() {
    let mut op = converging();
    op.apply(Input::LookFailed(error(ErrorKind::Network)), at(400)).unwrap();
    assert!(op.is_under_way() && op.look_error.is_some());
    op.apply(Input::Looked(Verdict::Done(Progress::default())), at(410)).unwrap();
    assert_eq!((op.outcome(), &op.look_error), (Some(&Outcome::Verified), &None));
    let mut blind = converging();
    blind.apply(Input::LookFailed(error(ErrorKind::Network)), at(606)).unwrap();
    assert!(matches!(blind.outcome(), Some(Outcome::GaveUp(_))));
}

#[test]
fn verification_waits_until_it_has_settled() {
    let plan = scale_plan(1, 3);
    let rules = Rules { settle: 2, ..Rules::default() };
    let mut op = Operation::draft(OpId(1), None, plan.facts, rules, at(0));
    let mut now = 0;
    for input in [Input::Confirm(None), Input::GraceOver, Input::Begin, Input::Answered(Ok(()))] {
        now += 5;
        op.apply(input, at(now)).unwrap();
    }
    let done = || Input::Looked(Verdict::Done(Progress::default()));
    op.apply(done(), at(7)).unwrap();
    op.apply(Input::Looked(moving(1)), at(8)).unwrap();
    op.apply(done(), at(9)).unwrap();
    assert!(op.is_under_way());
    op.apply(done(), at(10)).unwrap();
    assert_eq!(op.outcome(), Some(&Outcome::Verified));
}

#[test]
fn aftercare_ends_by_itself_and_never_changes_the_outcome() {
    let mut op = converging();
    op.apply(Input::Looked(Verdict::Done(Progress::default())), at(10)).unwrap();
    assert_eq!(op.aftercare(at(99)), Some(Aftercare::Drift));
    assert_eq!(op.aftercare(at(10).plus(Duration::from_secs(90))), None);
    op.apply(Input::Noted(Note::DriftedBack { to: 1 }), at(20)).unwrap();
    assert_eq!(op.outcome(), Some(&Outcome::Verified));
    let reason = Reason {
        word: "CrashLoopBackOff".into(),
        message: String::new(),
        exit_code: Some(1),
        pod: "api-1".into(),
        container: Some("app".into()),
        pods: 1,
    };
    let mut failed = converging();
    failed.apply(Input::Looked(Verdict::Failing(Failure::Rollout(reason))), at(10)).unwrap();
    assert_eq!(failed.aftercare(at(200)), Some(Aftercare::Recovery));
    failed.apply(Input::LeaveAlone, at(201)).unwrap();
    assert_eq!(failed.aftercare(at(201)), None);
}
