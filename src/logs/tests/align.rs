use crate::logs::align::{Doubt, Joint, Known, align, hash};
use crate::logs::replay::{LEAST_TAIL, MOST_TAIL, PATIENCE_MS, QUIET_MS, Replay, Tail, suggest_tail};
use proptest::prelude::*;

fn join_known(kept: &[&str], replay: &[&str], known: Known) -> Joint {
    let hashes = |lines: &[&str]| lines.iter().map(|line| hash(line)).collect::<Vec<_>>();
    let same = |back: usize, at: usize| kept[kept.len() - 1 - back] == replay[at];
    align(&hashes(kept), &hashes(replay), known, same)
}

fn join(kept: &[&str], replay: &[&str]) -> Joint {
    join_known(kept, replay, Known::default())
}

/// `n` different lines from `from` on.
fn distinct(from: usize, n: usize) -> Vec<String> {
    (from..from + n).map(|n| format!("line {n}")).collect()
}

fn refs(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).collect()
}

#[test]
fn a_distinct_overlap_is_certain() {
    let all = distinct(0, 100);
    let all = refs(&all);
    assert_eq!(join(&all[..60], &all[40..]), Joint::At { skip: 20, doubt: None });
    assert_eq!(join(&all[..100], &all[40..]), Joint::At { skip: 60, doubt: None });
}

#[test]
fn a_replay_may_reach_back_behind_what_is_kept() {
    let all = distinct(0, 100);
    let all = refs(&all);
    assert_eq!(join(&all[50..60], &all[..]), Joint::At { skip: 60, doubt: None });
}

#[test]
fn no_overlap_is_nowhere() {
    let all = distinct(0, 100);
    let all = refs(&all);
    assert_eq!(join(&all[..50], &all[50..]), Joint::Nowhere);
}

#[test]
fn a_replay_that_stops_before_the_end_lies_inside() {
    let all = distinct(0, 100);
    let all = refs(&all);
    assert_eq!(join(&all, &all[20..50]), Joint::Inside);
}

#[test]
fn with_nothing_kept_all_is_new() {
    assert_eq!(join(&[], &["a", "b"]), Joint::At { skip: 0, doubt: None });
}

#[test]
fn one_common_line_is_not_enough_to_be_sure() {
    assert_eq!(
        join(&["a", "b", ""], &["", "x", "y"]),
        Joint::At { skip: 1, doubt: Some(Doubt { at_most: None }) }
    );
}

#[test]
fn repeated_lines_are_never_shown_twice_and_the_doubt_is_said() {
    let beat = vec!["beat"; 50];
    let Joint::At { skip, doubt } = join(&beat, &beat[..20]) else { panic!("joined") };
    assert_eq!(skip, 20);
    assert!(doubt.is_some());
}

#[test]
fn a_periodic_log_says_how_much_may_be_missing() {
    let block = distinct(0, 10);
    let periodic: Vec<&str> = refs(&block).repeat(20);
    let joint = join(&periodic, &periodic[..100]);
    assert_eq!(joint, Joint::At { skip: 100, doubt: Some(Doubt { at_most: Some(90) }) });
}

#[test]
fn a_whole_log_that_was_counted_is_joined_by_its_number_of_lines() {
    let known = Known { whole: true, total: Some(3) };
    assert_eq!(join_known(&["a"; 3], &["a"; 5], known), Joint::At { skip: 3, doubt: None });
}

#[test]
fn a_count_that_does_not_fit_the_lines_is_not_believed() {
    let known = Known { whole: true, total: Some(3) };
    assert_eq!(join_known(&["a", "b", "c"], &["x", "y", "z", "w"], known), Joint::Nowhere);
}

#[test]
fn equal_hashes_of_different_lines_do_not_join() {
    let hashes = [1u64, 2, 3, 4];
    assert_eq!(align(&hashes, &hashes, Known::default(), |_, _| false), Joint::Inside);
    assert!(matches!(align(&hashes, &[1, 2, 3, 4, 5], Known::default(), |_, _| false), Joint::Nowhere));
}

proptest! {
    #[test]
    fn the_longest_true_overlap_is_taken(
        kept in proptest::collection::vec(0u64..3, 1..12),
        replay in proptest::collection::vec(0u64..3, 1..12),
    ) {
        let fits = |p: usize| (0..p.min(kept.len())).all(|back| kept[kept.len() - 1 - back] == replay[p - 1 - back]);
        let longest = (1..=replay.len()).rev().find(|p| fits(*p));
        match align(&kept, &replay, Known::default(), |_, _| true) {
            Joint::At { skip, .. } => prop_assert_eq!(Some(skip), longest),
            Joint::Inside => prop_assert!(longest.is_none() && kept.windows(replay.len()).any(|w| w == replay)),
            Joint::Nowhere => prop_assert_eq!(longest, None),
        }
    }
}

fn replay_of(tail: Tail, lines: &[&str]) -> Replay {
    let mut replay = Replay::new(tail);
    lines.iter().for_each(|line| replay.push(line, 1000));
    replay
}

#[test]
fn a_replay_is_over_when_the_tail_is_complete_or_all_is_quiet() {
    let mut replay = replay_of(Tail::Lines(3), &["a", "b"]);
    assert!(!replay.is_due(1000 + QUIET_MS - 1) && replay.is_due(1000 + QUIET_MS));
    assert!(replay.is_whole(1000 + QUIET_MS));
    replay.push("c", 1001);
    assert!(replay.is_due(1001) && !replay.is_whole(9999));
    assert!(!Replay::new(Tail::All).is_due(u64::MAX), "nothing came, so nothing is decided");
    assert!(!replay_of(Tail::Since, &["a"]).is_whole(9999));
}

#[test]
fn an_unfinished_looking_replay_is_waited_for_and_then_shown_behind_a_gap() {
    let kept: Vec<u64> = ["a", "b", "c", "d"].map(hash).into();
    let replay = replay_of(Tail::Lines(100), &["b", "c"]);
    let decide = |now| replay.decide(&kept, None, now, false, |_, _| true);
    assert_eq!(decide(1000 + QUIET_MS), None);
    assert_eq!(decide(1000 + PATIENCE_MS), Some(Joint::Nowhere));
}

#[test]
fn the_suggested_tail_grows_with_rate_and_outage_and_is_bounded() {
    assert_eq!(suggest_tail(0.0, 60_000), LEAST_TAIL);
    assert_eq!(suggest_tail(100.0, 10_000), LEAST_TAIL + 2000);
    assert_eq!(suggest_tail(20_000.0, 60_000), MOST_TAIL);
    assert_eq!(suggest_tail(f64::NAN, 5), LEAST_TAIL);
}

#[test]
fn one_kept_line_that_occurs_often_is_doubtful_even_in_a_whole_log() {
    let log: Vec<String> =
        (0..34).map(|n| if n % 12 == 0 { "15".to_owned() } else { format!("line {n}") }).collect();
    let known = Known { whole: true, total: None };
    assert_eq!(
        join_known(&["15"], &refs(&log), known),
        Joint::At { skip: 25, doubt: Some(Doubt { at_most: Some(24) }) }
    );
}
