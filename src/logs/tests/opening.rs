//! The first lines of several pods come one pod after the other and are shown in the order they were written.

use crate::logs::buffer::Caps;
use crate::logs::engine::Engine;
use crate::logs::opening::OPENING_MS;
use crate::logs::replay::{QUIET_MS, Tail};
use crate::logs::search::Budget;

fn engine(pods: usize, tail: Tail) -> Engine {
    let mut engine = Engine::new(Caps::default());
    let ids: Vec<u16> = (0..pods).map(|n| engine.add_source(&format!("pod-{n}"), "app").unwrap()).collect();
    ids.iter().for_each(|id| engine.begin(*id, tail));
    engine
}

fn push(engine: &mut Engine, source: u16, lines: &[&str], now: u64) {
    lines.iter().for_each(|line| engine.push_event(source, line, now));
}

fn shown(engine: &mut Engine) -> Vec<String> {
    while engine.catch_up(Budget::APPEND) {}
    (0..engine.visible_len()).map(|index| engine.row(index).unwrap().text).collect()
}

#[test]
fn stamped_lines_are_sorted_and_others_stay_with_the_line_before() {
    let mut engine = engine(2, Tail::Lines(100));
    let a = ["starting", "2026-11-24T07:00:01Z a1", "at x.y(Z.java:1)", "2026-11-24T07:00:04Z a2"];
    let b = ["2026-11-24T07:00:02Z b1", "2026-11-24T07:00:03Z b2"];
    push(&mut engine, 0, &a, 1_000);
    push(&mut engine, 1, &b, 1_100);
    assert!(shown(&mut engine).is_empty() && engine.needs_tick(), "more may come");
    engine.tick(1_100 + QUIET_MS);
    assert_eq!(shown(&mut engine), [a[0], a[1], a[2], b[0], b[1], a[3]]);
    assert!(!engine.needs_tick());
    push(&mut engine, 1, &["2026-11-24T07:00:00Z late"], 2_000);
    assert_eq!(
        shown(&mut engine).last().unwrap(),
        "2026-11-24T07:00:00Z late",
        "what comes later comes last"
    );
}

#[test]
fn a_source_keeps_its_own_order_and_one_without_stamps_counts_as_just_written() {
    let mut engine = engine(2, Tail::Lines(100));
    push(&mut engine, 1, &["plain 1", "plain 2"], 1_795_503_700_000);
    push(&mut engine, 0, &["2026-11-24T07:00:05Z x", "2026-11-24T07:00:01Z earlier"], 1_795_503_700_000);
    engine.tick(1_795_503_700_000 + QUIET_MS);
    assert_eq!(
        shown(&mut engine),
        ["2026-11-24T07:00:05Z x", "2026-11-24T07:00:01Z earlier", "plain 1", "plain 2"]
    );
}

#[test]
fn a_busy_view_opens_after_a_moment_and_a_complete_one_at_once() {
    let mut busy = engine(2, Tail::All);
    (0..20).for_each(|n| push(&mut busy, (n % 2) as u16, &["x"], 1_000 + n * 100));
    assert!(shown(&mut busy).len() >= (OPENING_MS / 100) as usize);
    let mut complete = engine(2, Tail::Lines(2));
    push(&mut complete, 0, &["a", "b"], 1_000);
    push(&mut complete, 1, &["c", "d"], 1_000);
    assert_eq!(shown(&mut complete).len(), 4);
}

#[test]
fn a_silent_pod_holds_up_nobody_and_its_first_line_is_shown_when_it_comes() {
    let mut engine = engine(3, Tail::Lines(100));
    push(&mut engine, 0, &["a"], 1_000);
    engine.tick(1_000 + QUIET_MS);
    assert_eq!(shown(&mut engine), ["a"]);
    push(&mut engine, 2, &["c"], 60_000);
    assert_eq!(shown(&mut engine), ["a", "c"]);
}

#[test]
fn a_stream_that_is_cut_while_first_lines_are_held_repeats_and_loses_nothing() {
    let mut engine = engine(2, Tail::Lines(100));
    push(&mut engine, 0, &["a1", "a2"], 1_000);
    engine.cut(0, 1_050);
    engine.begin(0, Tail::Lines(100));
    push(&mut engine, 0, &["a1", "a2", "a3"], 1_100);
    push(&mut engine, 1, &["b1"], 1_100);
    engine.tick(1_100 + QUIET_MS);
    assert_eq!(shown(&mut engine), ["a1", "a2", "b1", "a3"]);
    engine.end(1, 9_000);
    assert_eq!(engine.visible_len(), 5);
}

#[test]
fn a_view_of_one_container_shows_its_lines_at_once() {
    let mut engine = engine(1, Tail::Lines(100));
    push(&mut engine, 0, &["a"], 1_000);
    assert_eq!(engine.visible_len(), 1);
}
