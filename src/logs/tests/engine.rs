use crate::logs::buffer::Caps;
use crate::logs::engine::Engine;
use crate::logs::level::{Level, LevelSet};
use crate::logs::note::Note;
use crate::logs::query::Query;
use crate::logs::replay::Tail;
use crate::logs::search::Budget;
use crate::logs::style::Color;
use crate::logs::view::{Export, ROW_BYTES};

fn say(note: &Note) -> String {
    format!("-- {note:?} --")
}

fn engine_of(lines: &[&str]) -> Engine {
    let mut engine = Engine::new(Caps::default());
    let id = engine.add_source("pod-1", "app").unwrap();
    engine.begin(id, Tail::Lines(1000));
    lines.iter().for_each(|line| engine.push_event(id, line, 1000));
    engine
}

fn plain(text: &str) -> Query {
    Query { text: text.into(), ..Query::default() }
}

fn texts(engine: &Engine) -> Vec<String> {
    (0..engine.visible_len()).map(|index| engine.row(index).unwrap().text).collect()
}

#[test]
fn bytes_become_rows_with_level_style_and_source() {
    let mut engine = Engine::new(Caps::default());
    let id = engine.add_source("pod-1", "app").unwrap();
    engine.begin(id, Tail::Lines(10));
    engine.push_bytes(id, b"event:message\ndata:\x1b[31mERROR\x1b[0m bo", 7);
    assert_eq!(engine.visible_len(), 0);
    engine.push_bytes(id, b"om\n\n", 9);
    let row = engine.row(0).unwrap();
    assert_eq!((row.text.as_str(), row.level, row.at_ms, row.source), ("ERROR boom", Level::Error, 9, id));
    assert_eq!((row.spans.len(), row.spans[0].style.fg), (1, Color::Indexed(1)));
}

#[test]
fn frames_inherit_the_level_of_their_error_within_their_source() {
    let mut engine = Engine::new(Caps::default());
    let (a, b) = (engine.add_source("a", "app").unwrap(), engine.add_source("b", "app").unwrap());
    engine.push_event(a, "ERROR boom", 0);
    engine.push_event(b, "INFO fine", 0);
    engine.push_event(a, "at com.example.Main(Main.java:1)", 0);
    engine.push_event(b, "at com.example.Main(Main.java:1)", 0);
    engine.push_event(a, "and on we go", 0);
    let levels: Vec<Level> = (0..5).map(|index| engine.row(index).unwrap().level).collect();
    assert_eq!(levels, [Level::Error, Level::Info, Level::Error, Level::Info, Level::Unknown]);
    assert!(engine.row(2).unwrap().continues);
}

#[test]
fn segments_carry_style_and_highlight_and_together_are_the_text() {
    let mut engine = engine_of(&["a \x1b[1mbold wo\x1b[0mrd end"]);
    engine.set_find(plain("word")).unwrap();
    engine.step(Budget::ALL);
    let row = engine.row(0).unwrap();
    let segments: Vec<_> = row.segments().iter().map(|s| (s.text, s.style.bold, s.highlighted)).collect();
    assert_eq!(
        segments,
        [
            ("a ", false, false),
            ("bold ", true, false),
            ("wo", true, true),
            ("rd", false, true),
            (" end", false, false)
        ]
    );
}

#[test]
fn a_filter_shows_its_rows_and_find_only_highlights() {
    let mut engine = engine_of(&["one", "two", "three", "twenty"]);
    engine.set_find(plain("t")).unwrap();
    engine.step(Budget::ALL);
    assert_eq!((engine.visible_len(), engine.find().unwrap().matches()), (4, 3));
    engine.set_filter(plain("tw")).unwrap();
    engine.step(Budget::ALL);
    assert_eq!(texts(&engine), ["two", "twenty"]);
    assert_eq!(
        (engine.index_of(3), engine.index_of(2), engine.seq_at(1), engine.seq_at(2)),
        (1, 1, Some(3), None)
    );
    engine.set_filter(Query::default()).unwrap();
    assert_eq!(engine.visible_len(), 4);
}

#[test]
fn next_and_previous_go_round_within_what_is_shown() {
    let mut engine = engine_of(&["ta", "b", "tc", "d", "te"]);
    engine.set_find(plain("t")).unwrap();
    engine.step(Budget::ALL);
    assert_eq!(
        (engine.next_match(0), engine.next_match(4), engine.previous_match(0), engine.previous_match(4)),
        (Some(2), Some(0), Some(4), Some(2))
    );
    engine.set_filter(Query { invert: true, ..plain("c") }).unwrap();
    engine.step(Budget::ALL);
    assert_eq!((engine.next_match(0), engine.previous_match(4)), (Some(4), Some(0)));
    engine.set_find(plain("nowhere")).unwrap();
    engine.step(Budget::ALL);
    assert_eq!((engine.next_match(0), engine.previous_match(0)), (None, None));
}

#[test]
fn a_pause_freezes_the_list_and_loses_nothing() {
    let mut engine = engine_of(&["a", "b"]);
    engine.saw_all();
    engine.pause();
    engine.push_event(0, "c", 0);
    engine.push_event(0, "d", 0);
    assert_eq!((engine.visible_len(), engine.unseen(), engine.row(2)), (2, 2, None));
    engine.resume();
    assert_eq!((texts(&engine).len(), engine.unseen()), (4, 2));
    engine.saw_all();
    assert_eq!(engine.unseen(), 0);
}

#[test]
fn unseen_rows_are_counted_under_the_filter() {
    let mut engine = engine_of(&["a"]);
    engine.set_filter(plain("x")).unwrap();
    engine.step(Budget::ALL);
    engine.saw_all();
    for line in ["x1", "a", "x2"] {
        engine.push_event(0, line, 0);
    }
    engine.step(Budget::ALL);
    assert_eq!(engine.unseen(), 2);
}

#[test]
fn a_match_is_shown_in_its_context() {
    let engine = engine_of(&["a", "b", "c", "d", "e"]);
    let rows: Vec<String> = engine.context(1, 5, 2).into_iter().map(|row| row.text).collect();
    assert_eq!(rows, ["a", "b", "c", "d"]);
}

#[test]
fn a_selection_is_copied_as_visible_text_of_the_rows_shown() {
    let mut engine = engine_of(&["\x1b[31mred\x1b[0m", "two", "red three"]);
    assert_eq!(engine.copy(2, 0, say), "red\ntwo\nred three\n");
    engine.set_filter(plain("red")).unwrap();
    engine.step(Budget::ALL);
    assert_eq!(engine.copy(0, 2, say), "red\nred three\n");
    assert_eq!(engine.copy(1, 1, say), "");
}

#[test]
fn a_download_comes_in_pieces_while_lines_stream_in() {
    let mut engine = engine_of(&[]);
    let line = "x".repeat(99);
    (0..10_000).for_each(|_| engine.push_event(0, &line, 0));
    let mut export = Export::new(&engine, false);
    let (mut bytes, mut pieces) = (0, 0);
    while let Some(piece) = export.next_piece(&engine, say) {
        bytes += piece.len();
        pieces += 1;
        engine.push_event(0, "late", 0);
    }
    assert_eq!((bytes, pieces), (1_000_000, 4));
}

#[test]
fn a_filtered_download_of_two_sources_names_them_and_keeps_notes() {
    let mut engine = engine_of(&["keep 1", "drop"]);
    let b = engine.add_source("pod-2", "app").unwrap();
    engine.push_event(b, "keep 2", 0);
    engine.note(b, Note::Ended, 0);
    engine.set_filter(plain("keep")).unwrap();
    engine.step(Budget::ALL);
    let text = Export::new(&engine, true).next_piece(&engine, say).unwrap();
    assert_eq!(text, "pod-1/app\tkeep 1\npod-2/app\tkeep 2\npod-2/app\t-- Ended --\n");
}

#[test]
fn marks_stay_with_their_rows_and_go_with_them() {
    let mut engine = engine_of(&["a", "b", "c"]);
    assert!(
        engine.toggle_mark(1) && engine.toggle_mark(2) && !engine.toggle_mark(2) && !engine.toggle_mark(99)
    );
    assert!(engine.row(1).unwrap().marked);
    engine.set_caps(Caps { lines: 1, bytes: 1 << 20 });
    assert!(engine.is_behind() && !engine.catch_up(Budget::ALL));
    assert_eq!((engine.marks().count(), engine.buffer().dropped()), (0, 2));
}

#[test]
fn a_huge_line_is_drawn_in_part_and_kept_whole() {
    let line = "é".repeat(100_000);
    let engine = engine_of(&[&line]);
    let row = engine.row(0).unwrap();
    assert_eq!((row.text.len(), row.clipped), (ROW_BYTES, 200_000 - ROW_BYTES));
    assert_eq!(engine.text_of(0).map(|text| text.len()), Some(200_000));
}

#[test]
fn hostile_lines_are_only_text() {
    let lines = ["<img src=x onerror=alert(1)>", "\u{202e}evil", "a\0b", "{{constructor}}", "\x1b]0;x"];
    let engine = engine_of(&lines);
    assert_eq!(
        texts(&engine),
        ["<img src=x onerror=alert(1)>", "<U+202E>evil", "a␀b", "{{constructor}}", "␛]0;x"]
    );
}

#[test]
fn fields_and_time_are_read_from_a_row_when_asked() {
    let engine = engine_of(&[r#"{"ts":1795503662,"level":"warn","a":{"b":1}}"#]);
    assert_eq!(engine.fields_of(0).len(), 3);
    assert_eq!(engine.stamp_of(0).unwrap().unix_ms, 1_795_503_662_000);
    assert_eq!(engine.row(0).unwrap().level, Level::Warn);
}

#[test]
fn a_level_filter_keeps_the_stack_trace_with_its_error() {
    let mut engine = engine_of(&["INFO x", "ERROR y", "at a.b(C.java:1)", "INFO z"]);
    engine.set_filter(Query { levels: LevelSet::at_least(Level::Error), ..Query::default() }).unwrap();
    engine.step(Budget::ALL);
    assert_eq!(texts(&engine), ["ERROR y", "at a.b(C.java:1)"]);
}
