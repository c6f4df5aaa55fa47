//! Nothing takes long: what a call does is counted, for a time would measure the machine.

use crate::logs::align::{self, Joint, Known};
use crate::logs::buffer::{Buffer, Caps, Facts};
use crate::logs::engine::Engine;
use crate::logs::level::{Level, LevelSet};
use crate::logs::query::{FieldTerm, Mode, Query};
use crate::logs::replay::{QUIET_MS, Tail};
use crate::logs::search::{Budget, Search};
use std::cell::Cell;

fn frames(lines: std::ops::Range<usize>) -> Vec<u8> {
    lines.flat_map(|n| format!("event:message\ndata:{n:09} request handled\n\n").into_bytes()).collect()
}

/// Feeds `bytes` in the pieces the view uses; gives the most rows that one call has added.
fn feed(engine: &mut Engine, source: u16, bytes: &[u8], now: u64) -> u64 {
    let mut most = 0;
    for piece in bytes.chunks(16 * 1024) {
        let before = engine.buffer().end();
        engine.push_bytes(source, piece, now);
        most = most.max(engine.buffer().end() - before);
    }
    most
}

/// Catches up in slices; gives the most rows that one has added, and how many there were.
fn catch_up(engine: &mut Engine) -> (u64, u64) {
    let (mut most, mut slices) = (0, 0);
    loop {
        let before = engine.buffer().end();
        let more = engine.catch_up(Budget::APPEND);
        most = most.max(engine.buffer().end() - before);
        slices += 1;
        if !more {
            return (most, slices);
        }
    }
}

#[test]
fn a_large_replay_joins_in_slices_and_nothing_is_lost_or_out_of_order() {
    let mut engine = Engine::new(Caps::default());
    let id = engine.add_source("pod", "app").unwrap();
    engine.begin(id, Tail::All);
    feed(&mut engine, id, &frames(0..10_000), 1_000);
    engine.cut(id, 2_000);
    engine.begin(id, Tail::Lines(50_000));
    let most = feed(&mut engine, id, &frames(0..49_000), 3_000);
    assert_eq!((most, engine.is_behind()), (0, false), "held back until it is known where they join");
    engine.tick(3_000 + QUIET_MS);
    assert!(engine.is_behind() && engine.buffer().end() == 10_000, "deciding appends nothing");
    // Lines that come in between line up behind.
    engine.catch_up(Budget::APPEND);
    assert_eq!(feed(&mut engine, id, &frames(49_000..49_100), 4_000), 0);
    let (most, slices) = catch_up(&mut engine);
    assert!(most <= Budget::APPEND.rows && slices > 100, "{most} rows at once, {slices} slices");
    assert_eq!(engine.buffer().end(), 49_100);
    for seq in 0..49_100 {
        let text = engine.buffer().line(seq).unwrap().text;
        assert_eq!(text, format!("{seq:09} request handled"));
    }
}

#[test]
fn a_cut_in_the_middle_of_joining_loses_nothing() {
    let mut engine = Engine::new(Caps::default());
    let id = engine.add_source("pod", "app").unwrap();
    engine.begin(id, Tail::All);
    feed(&mut engine, id, &frames(0..1_000), 1_000);
    for (round, end) in [(1_u64, 5_000), (2, 9_000)] {
        engine.cut(id, round * 10_000);
        engine.begin(id, Tail::Lines(8_000));
        let from = end - 8_000_usize.min(end);
        feed(&mut engine, id, &frames(from..end), round * 10_000 + 1_000);
        engine.tick(round * 10_000 + 1_000 + QUIET_MS);
        engine.catch_up(Budget::APPEND);
        assert!(engine.is_behind() && engine.must_catch_up(id));
    }
    engine.cut(id, 50_000);
    assert_eq!((engine.buffer().end(), engine.buffer().notes().count()), (9_000, 0));
}

#[test]
fn the_first_lines_of_many_pods_are_merged_in_slices() {
    let mut engine = Engine::new(Caps::default());
    let ids: Vec<u16> = (0..5).map(|n| engine.add_source(&format!("pod-{n}"), "app").unwrap()).collect();
    ids.iter().for_each(|id| engine.begin(*id, Tail::Lines(10_000)));
    for id in &ids {
        assert_eq!(feed(&mut engine, *id, &frames(0..10_000), 1_000), 0);
    }
    let (most, slices) = catch_up(&mut engine);
    assert!(most <= Budget::APPEND.rows && slices > 100, "{most} rows at once, {slices} slices");
    assert_eq!(engine.buffer().end(), 50_000);
}

#[test]
fn a_smaller_cap_drops_in_slices() {
    let mut engine = Engine::new(Caps::default());
    let id = engine.add_source("pod", "app").unwrap();
    engine.begin(id, Tail::All);
    feed(&mut engine, id, &frames(0..50_000), 1_000);
    engine.set_caps(Caps { lines: 1_000, bytes: 1 << 20 });
    let mut slices = 0;
    loop {
        let before = engine.buffer().len();
        let more = engine.catch_up(Budget::APPEND);
        assert!(before - engine.buffer().len() <= Budget::APPEND.rows as usize);
        slices += 1;
        if !more {
            break;
        }
    }
    assert_eq!((engine.buffer().len(), engine.buffer().dropped()), (1_000, 49_000));
    assert!(slices > 100);
}

/// How many rows one slice of a search looks at.
fn looked_at(query: Query, line: &str) -> u64 {
    let mut buffer = Buffer::default();
    for _ in 0..20_000 {
        buffer.push(line, Facts { source: 0, level: Level::Info, continues: false, at_ms: 0 });
    }
    let mut search = Search::new(query, true).unwrap();
    20_000 - search.step(&buffer, Budget::SLICE).left
}

#[test]
fn the_slower_a_look_is_the_fewer_rows_a_slice_looks_at() {
    let json = r#"{"level":"info","msg":"request handled","status":200,"path":"/api/v1/orders/17","ms":12}"#;
    let text = |text: &str, mode| Query { text: text.into(), mode, ..Query::default() };
    let levels = Query { levels: LevelSet::at_least(Level::Warn), ..Query::default() };
    let field = Query { fields: vec![FieldTerm::parse("status>=500").unwrap()], ..Query::default() };
    assert_eq!(looked_at(levels, json), Budget::SLICE.rows);
    assert_eq!(looked_at(text("handled", Mode::Plain), json), Budget::SLICE.rows);
    // Each row holds the literal, so each goes through the expression, or is parsed.
    for (query, most) in
        [(text("handled.*0", Mode::Regex), 200), (text("[a-z]+ [a-z]+", Mode::Regex), 200), (field, 100)]
    {
        let rows = looked_at(query.clone(), json);
        assert!((1..=most).contains(&rows), "{rows} rows for {query:?}");
    }
}

#[test]
fn a_periodic_log_without_a_joint_compares_few_texts() {
    let kept: Vec<u64> = (0..4_096).map(|n| n % 10).collect();
    let replay: Vec<u64> = (0..50_000).map(|n| if n == 0 { 99 } else { n % 10 }).collect();
    let asked = Cell::new(0_usize);
    let same = |_: usize, _: usize| {
        asked.set(asked.get() + 1);
        true
    };
    let joint = align::align(&kept, &replay, Known::default(), same);
    assert!(matches!(joint, Joint::At { .. }));
    // And where no text is what its hash says, it gives up soon.
    let lying = |_: usize, _: usize| {
        asked.set(asked.get() + 1);
        false
    };
    assert_eq!(align::align(&kept, &replay, Known::default(), lying), Joint::Nowhere);
    assert!(asked.get() <= 2 * 4_096, "{} comparisons", asked.get());
}
