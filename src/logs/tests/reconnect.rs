//! Streams that break: what is shown must be the source, or the source with its gaps marked, and never a repeat.

use crate::logs::buffer::Caps;
use crate::logs::engine::Engine;
use crate::logs::note::{GapKind, Note};
use crate::logs::replay::{PATIENCE_MS, QUIET_MS, Tail};
use crate::logs::search::Budget;
use proptest::prelude::*;

/// Brings everything that was left for later into the log.
fn catch_up(engine: &mut Engine) {
    while engine.catch_up(Budget::APPEND) {}
}

/// What is shown: stretches of lines, with the gaps between them.
#[derive(Debug, Default)]
struct Shown {
    stretches: Vec<Vec<String>>,
    gaps: Vec<GapKind>,
}

fn shown(engine: &mut Engine) -> Shown {
    catch_up(engine);
    let mut shown = Shown { stretches: vec![Vec::new()], gaps: Vec::new() };
    for index in 0..engine.visible_len() {
        let row = engine.row(index).unwrap();
        match row.note {
            Some(Note::Gap(gap)) => {
                shown.gaps.push(gap.kind);
                shown.stretches.push(Vec::new());
            }
            Some(_) => {}
            None => shown.stretches.last_mut().unwrap().push(row.text),
        }
    }
    shown
}

impl Shown {
    /// Whether the stretches lie in `source` in order, without overlap, the first at its start, the last at its end.
    fn covers(&self, source: &[String]) -> bool {
        let (last, before) = self.stretches.split_last().unwrap();
        let mut at = 0;
        for (index, stretch) in before.iter().enumerate() {
            let starts = if index == 0 { 0..=0 } else { at..=source.len() };
            match starts.into_iter().find(|start| source[*start..].starts_with(stretch)) {
                Some(start) => at = start + stretch.len(),
                None => return false,
            }
        }
        let first_too = before.is_empty();
        source.ends_with(last)
            && source.len() - last.len() >= at
            && (!first_too || last.len() == source.len())
    }

    /// Whether all lines, gaps aside, are some of the source's in its order.
    fn is_subsequence(&self, source: &[String]) -> bool {
        let mut source = source.iter();
        self.stretches.iter().flatten().all(|line| source.any(|other| other == line))
    }
}

/// One connection of the story.
#[derive(Debug, Clone)]
struct Episode {
    /// The tail that is asked for.
    tail: usize,
    /// Whether the tail is followed by a pause.
    pause: bool,
    /// Lines written while connected, and then while cut.
    live: usize,
    missed: usize,
    /// How many bytes of the next line's frame still come before the cut.
    torn: usize,
}

fn frame(line: &str) -> String {
    format!("event:message\ndata:{line}\n\n")
}

/// Plays `episodes` over `source`; returns what is shown and how many lines were written.
fn play(source: &[String], first_tail: Tail, episodes: &[Episode]) -> (Shown, usize, Engine) {
    let mut engine = Engine::new(Caps::default());
    let id = engine.add_source("pod", "app").unwrap();
    let (mut now, mut written) = (1_000_000, 0);
    for (index, episode) in episodes.iter().enumerate() {
        engine.begin(id, if index == 0 { first_tail } else { Tail::Lines(episode.tail) });
        let from = if index == 0 { 0 } else { written - written.min(episode.tail) };
        let burst: String = source[from..written].iter().map(|line| frame(line)).collect();
        burst.as_bytes().chunks(13).for_each(|chunk| engine.push_bytes(id, chunk, now));
        if episode.pause {
            now += QUIET_MS;
            engine.tick(now);
        }
        for line in source.iter().skip(written).take(episode.live) {
            now += 10;
            engine.push_bytes(id, frame(line).as_bytes(), now);
        }
        written = (written + episode.live).min(source.len());
        if index + 1 < episodes.len() {
            if let Some(next) = source.get(written) {
                engine.push_bytes(id, &frame(next).as_bytes()[..episode.torn.min(14)], now);
            }
            engine.cut(id, now);
            now += 1000;
            written = (written + episode.missed).min(source.len());
        }
    }
    engine.tick(now + QUIET_MS);
    engine.tick(now + PATIENCE_MS);
    (shown(&mut engine), written, engine)
}

fn episodes() -> impl Strategy<Value = Vec<Episode>> {
    let tail = prop_oneof![1usize..6, 1usize..40, 30usize..300];
    let episode = (tail, any::<bool>(), 0usize..30, 0usize..20, 0usize..15);
    let episode =
        episode.prop_map(|(tail, pause, live, missed, torn)| Episode { tail, pause, live, missed, torn });
    proptest::collection::vec(episode, 1..20).prop_map(|mut episodes: Vec<Episode>| {
        // Before the first line there is nothing to join, so nothing to be checked either.
        episodes[0].live += 1;
        episodes
    })
}

fn unique() -> Vec<String> {
    (0..2000).map(|n| format!("line {n}")).collect()
}

proptest! {
    #[test]
    fn random_lines_of_any_variety_are_the_source_or_have_marked_gaps(
        seed in proptest::collection::vec(any::<u16>(), 1000),
        variety in prop_oneof![1u16..4, 2u16..50, 1000u16..2000],
        known in any::<bool>(),
        episodes in episodes(),
    ) {
        let source: Vec<String> = seed.iter().map(|n| format!("{}", n % variety)).collect();
        let first = if known { Tail::All } else { Tail::Since };
        let (shown, written, _) = play(&source, first, &episodes);
        prop_assert!(shown.covers(&source[..written]), "{:?} of {:?} {:?}", shown, &source[..written], episodes);
    }

    #[test]
    fn repeating_blocks_that_the_tail_reaches_are_never_shown_twice(
        blocks in proptest::collection::vec((0usize..4, 1usize..4), 100),
        episodes in episodes(),
    ) {
        let block = |(which, times): &(usize, usize)| {
            (0..*times * 8).map(|n| format!("block {which} line {}", n % 8)).collect::<Vec<_>>()
        };
        // With a tail that overlaps by less than a few blocks, a block can stand for another, and nothing tells.
        let reaching = |episode: Episode| Episode { pause: true, tail: episode.tail + 120, ..episode };
        let mut episodes: Vec<Episode> = episodes.into_iter().map(reaching).collect();
        episodes[0].live += 100;
        let source: Vec<String> = blocks.iter().flat_map(block).take(1000).collect();
        let (shown, written, _) = play(&source, Tail::Since, &episodes);
        prop_assert!(shown.is_subsequence(&source[..written]), "{:?} of {:?} {:?}", shown, &source[..written], episodes);
    }

    #[test]
    fn different_lines_are_complete_whenever_the_tail_reaches(episodes in episodes()) {
        let source = unique();
        let (shown, written, _) = play(&source, Tail::Since, &episodes);
        prop_assert!(shown.covers(&source[..written]));
        let missing = shown.gaps.iter().filter(|kind| **kind == GapKind::Missing).count();
        let lines = shown.stretches.iter().flatten().count();
        prop_assert!(missing > 0 || lines == written, "no gap, no loss");
    }

    #[test]
    fn twenty_cuts_with_a_large_tail_show_exactly_the_source(
        live in proptest::collection::vec((0usize..40, 0usize..40), 20),
    ) {
        let source = unique();
        let mut episodes: Vec<Episode> = live
            .iter()
            .map(|(live, missed)| Episode { tail: 200, pause: false, live: *live, missed: *missed, torn: 9 })
            .collect();
        episodes[0].live = 100;
        let (shown, written, _) = play(&source, Tail::All, &episodes);
        prop_assert_eq!(&shown.gaps, &Vec::new());
        prop_assert_eq!(&shown.stretches, &vec![source[..written].to_vec()]);
    }
}

fn engine() -> (Engine, u16) {
    let mut engine = Engine::new(Caps::default());
    let id = engine.add_source("pod", "app").unwrap();
    (engine, id)
}

fn push(engine: &mut Engine, id: u16, lines: std::ops::Range<usize>, now: u64) {
    lines.for_each(|n| engine.push_event(id, &format!("line {n}"), now));
}

#[test]
fn a_reconnect_after_a_clear_repeats_nothing() {
    let (mut engine, id) = engine();
    engine.begin(id, Tail::Lines(100));
    push(&mut engine, id, 0..100, 0);
    engine.clear();
    push(&mut engine, id, 100..102, 10);
    engine.cut(id, 20);
    engine.begin(id, Tail::Lines(100));
    push(&mut engine, id, 5..105, 1000);
    assert_eq!(shown(&mut engine).stretches, [["line 100", "line 101", "line 102", "line 103", "line 104"]]);
}

#[test]
fn a_network_pause_within_the_replay_repeats_nothing() {
    let (mut engine, id) = engine();
    engine.begin(id, Tail::Lines(1000));
    push(&mut engine, id, 0..100, 0);
    engine.cut(id, 20);
    engine.begin(id, Tail::Lines(1000));
    push(&mut engine, id, 0..50, 1000);
    engine.tick(3000);
    assert!(engine.needs_tick());
    push(&mut engine, id, 50..110, 4000);
    engine.tick(5000);
    let gaps = shown(&mut engine).gaps.len();
    assert_eq!((engine.visible_len(), gaps), (110, 0));
}

#[test]
fn a_short_log_of_equal_lines_is_joined_by_counting() {
    let (mut engine, id) = engine();
    let beat =
        |engine: &mut Engine, times: usize, now| (0..times).for_each(|_| engine.push_event(id, "beat", now));
    engine.begin(id, Tail::Lines(1000));
    beat(&mut engine, 5, 0);
    beat(&mut engine, 3, 5000);
    for round in 1..5 {
        let now = round * 100_000;
        engine.cut(id, now);
        engine.begin(id, Tail::Lines(1000));
        beat(&mut engine, 8 + 2 * round as usize, now + 1000);
        engine.tick(now + 1000 + QUIET_MS);
        let gaps = shown(&mut engine).gaps.len();
        assert_eq!((engine.visible_len(), gaps), (8 + 2 * round as usize, 0));
    }
}

#[test]
fn a_restarted_container_joins_nothing() {
    let (mut engine, id) = engine();
    engine.begin(id, Tail::Lines(100));
    push(&mut engine, id, 0..3, 0);
    engine.restarted(id, 50);
    engine.begin(id, Tail::Lines(100));
    push(&mut engine, id, 0..3, 1000);
    let lines: Vec<String> = shown(&mut engine).stretches.concat();
    assert_eq!(lines, ["line 0", "line 1", "line 2", "line 0", "line 1", "line 2"]);
    assert_eq!(engine.row(3).unwrap().note, Some(Note::Restarted));
}

#[test]
fn an_unfinished_progress_line_is_taken_from_the_replay() {
    let (mut engine, id) = engine();
    engine.begin(id, Tail::Lines(100));
    push(&mut engine, id, 0..50, 0);
    engine.push_event(id, "10%\\r", 1);
    assert_eq!(engine.sources()[0].pending(), Some("10%"));
    engine.cut(id, 2);
    engine.begin(id, Tail::Lines(100));
    push(&mut engine, id, 0..50, 1000);
    ["10%\\r", "100%\\r", "\n\\r"].iter().for_each(|data| engine.push_event(id, data, 1000));
    engine.tick(2000);
    catch_up(&mut engine);
    assert_eq!(engine.visible_len(), 51);
    assert_eq!(engine.row(50).unwrap().text, "100%");
}

#[test]
fn an_end_shows_what_was_held_back() {
    let (mut engine, id) = engine();
    engine.begin(id, Tail::Lines(100));
    push(&mut engine, id, 0..50, 0);
    engine.cut(id, 2);
    engine.begin(id, Tail::Lines(100));
    push(&mut engine, id, 0..60, 1000);
    assert_eq!(engine.sources()[0].held_back(), 60);
    engine.end(id, 1001);
    engine.end(id, 1002);
    assert_eq!(engine.visible_len(), 61);
    assert_eq!(engine.row(60).unwrap().note, Some(Note::Ended));
}

#[test]
fn merged_sources_are_joined_each_by_itself() {
    let mut engine = Engine::new(Caps::default());
    let ids = [engine.add_source("a", "app").unwrap(), engine.add_source("b", "app").unwrap()];
    assert_eq!(engine.add_source("a", "app"), Some(ids[0]));
    for round in 0..3u64 {
        for id in ids {
            engine.begin(id, Tail::Lines(500));
        }
        let written = 100 * (round as usize + 1);
        for n in 0..written {
            for id in ids {
                engine.push_event(id, &format!("{id}: {n}"), round * 10_000);
            }
        }
        engine.tick(round * 10_000 + 500);
        catch_up(&mut engine);
        for id in ids {
            engine.cut(id, round * 10_000 + 5000);
        }
    }
    for id in ids {
        let lines: Vec<String> = (0..600)
            .map(|index| engine.row(index).unwrap())
            .filter(|row| row.source == id)
            .map(|row| row.text)
            .collect();
        assert_eq!(lines, (0..300).map(|n| format!("{id}: {n}")).collect::<Vec<_>>());
    }
    assert_eq!(engine.visible_len(), 600);
}

#[test]
fn a_short_log_that_is_never_quiet_is_joined_long_before_it_fills_the_tail() {
    let mut engine = Engine::new(Caps::default());
    let source = engine.add_source("web-1", "web").unwrap();
    let event = |n: u64| format!("event:message\ndata:line {n}\n\n");
    engine.begin(source, Tail::All);
    (0..50).for_each(|n| engine.push_bytes(source, event(n).as_bytes(), 1_000 + n));
    engine.cut(source, 2_000);
    engine.begin(source, Tail::Lines(5_000));
    (0..60).for_each(|n| engine.push_bytes(source, event(n).as_bytes(), 3_000));
    (60..100).for_each(|n| engine.push_bytes(source, event(n).as_bytes(), 3_000 + (n - 60) * 50));
    catch_up(&mut engine);
    let texts: Vec<_> =
        (0..engine.visible_len()).filter_map(|at| engine.row(at)).map(|row| row.text).collect();
    let source: Vec<_> = (0..100).map(|n| format!("line {n}")).collect();
    assert_eq!(texts, source);
}
