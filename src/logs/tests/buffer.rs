use crate::logs::buffer::{Buffer, Caps, Facts, Kind};
use crate::logs::chunk::CHUNK;
use crate::logs::level::Level;
use crate::logs::note::Note;
use proptest::prelude::*;

fn facts(source: u16, at_ms: u64) -> Facts {
    Facts { source, level: Level::Info, continues: false, at_ms }
}

fn texts(buffer: &Buffer) -> Vec<&str> {
    (buffer.first()..buffer.end()).map(|seq| buffer.line(seq).unwrap().text).collect()
}

#[test]
fn a_line_is_found_by_its_number_with_all_that_is_known() {
    let mut buffer = Buffer::default();
    buffer.push("first", facts(0, 1000));
    let seq =
        buffer.push("\x1b[31mred", Facts { source: 7, level: Level::Error, continues: true, at_ms: 1500 });
    let line = buffer.line(seq).unwrap();
    assert_eq!((line.text, line.source, line.level, line.at_ms), ("\x1b[31mred", 7, Level::Error, 1500));
    assert!(line.rich && line.continues && line.kind == Kind::Line);
    assert!(!buffer.line(0).unwrap().rich);
    assert_eq!(buffer.line(2), None);
}

#[test]
fn the_cap_in_lines_drops_the_oldest_and_counts_them() {
    let mut buffer = Buffer::new(Caps { lines: 3, bytes: 1 << 20 });
    for n in 0..10 {
        assert_eq!(buffer.push(&n.to_string(), facts(0, n)), n);
    }
    assert_eq!((texts(&buffer), buffer.first(), buffer.dropped()), (vec!["7", "8", "9"], 7, 7));
    assert_eq!(buffer.line(6), None);
}

#[test]
fn numbers_go_on_after_a_clear_and_a_clear_drops_nothing() {
    let mut buffer = Buffer::default();
    buffer.push("a", facts(0, 5));
    buffer.clear();
    assert_eq!((buffer.len(), buffer.dropped(), buffer.text_bytes()), (0, 0, 0));
    assert_eq!(buffer.push("b", facts(0, 9)), 1);
    assert_eq!(buffer.line(1).map(|line| (line.text, line.at_ms)), Some(("b", 9)));
}

#[test]
fn notes_are_rows_and_go_with_them() {
    let mut buffer = Buffer::new(Caps { lines: 2, bytes: 1 << 20 });
    let seq = buffer.push_note(Note::Text("hello".into()), 0, 0);
    assert_eq!(buffer.note(seq), Some(&Note::Text("hello".into())));
    buffer.push("a", facts(0, 0));
    buffer.push("b", facts(0, 0));
    assert_eq!((buffer.note(seq), buffer.notes().count(), buffer.dropped()), (None, 0, 0));
}

#[test]
fn a_line_larger_than_a_chunk_has_its_own() {
    let mut buffer = Buffer::default();
    let long = "x".repeat(CHUNK * 3);
    buffer.push("a", facts(0, 0));
    buffer.push(&long, facts(0, 0));
    buffer.push("b", facts(0, 0));
    assert_eq!(texts(&buffer), ["a", long.as_str(), "b"]);
    assert_eq!(buffer.run(1, 10).unwrap().end, 2);
}

#[test]
fn a_line_larger_than_the_cap_leaves_an_empty_buffer() {
    let mut buffer = Buffer::new(Caps { lines: 10, bytes: 100 });
    buffer.push("small", facts(0, 0));
    buffer.push(&"x".repeat(500), facts(0, 0));
    assert!(buffer.is_empty());
    buffer.push("after", facts(0, 0));
    assert_eq!(texts(&buffer), ["after"]);
}

#[test]
fn a_line_feed_in_a_line_becomes_a_blank() {
    let mut buffer = Buffer::default();
    buffer.push("a\nb", facts(0, 0));
    assert_eq!(texts(&buffer), ["a b"]);
}

#[test]
fn usual_lines_are_held_in_less_than_1_3_times_their_bytes() {
    let mut buffer = Buffer::default();
    let line = "x".repeat(142);
    for n in 0..200_000 {
        buffer.push(&line, facts(0, n));
    }
    assert_eq!(buffer.len(), 200_000);
    let ratio = buffer.held_bytes() as f64 / buffer.text_bytes() as f64;
    assert!(ratio < 1.2, "{ratio}");
}

#[test]
fn ten_times_the_cap_goes_through_without_growth() {
    let mut buffer = Buffer::new(Caps { lines: 20_000, bytes: 64 << 20 });
    let line = "y".repeat(142);
    let mut most = 0;
    for n in 0..200_000 {
        buffer.push(&line, facts(0, n));
        if n == 40_000 {
            most = buffer.held_bytes();
        }
    }
    assert!(buffer.held_bytes() <= most + CHUNK);
    assert_eq!(buffer.dropped(), 180_000);
}

fn lines() -> impl Strategy<Value = Vec<String>> {
    let length = prop_oneof![4 => 0usize..300, 2 => 10_000usize..60_000, 1 => 200_000usize..400_000];
    proptest::collection::vec((length, "[a-z]").prop_map(|(length, c)| c.repeat(length)), 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn it_behaves_like_a_list_with_caps(lines in lines(), most in 1usize..40, bytes in 1usize..2_000_000) {
        let mut buffer = Buffer::new(Caps { lines: most, bytes });
        let mut list: Vec<&str> = Vec::new();
        for line in &lines {
            buffer.push(line, facts(0, 0));
            list.push(line);
            let size = |list: &[&str]| list.iter().map(|line| line.len() + 1 + 12).sum::<usize>();
            while list.len() > most || size(&list) > bytes {
                list.remove(0);
            }
            prop_assert_eq!(texts(&buffer), list.clone());
            prop_assert_eq!(buffer.text_bytes(), list.iter().map(|line| line.len() + 1).sum::<usize>());
            prop_assert_eq!(buffer.dropped(), buffer.first());
            prop_assert_eq!(buffer.count(Level::Info), list.len());
        }
    }

    #[test]
    fn what_is_held_stays_near_what_is_kept(lines in lines()) {
        let mut buffer = Buffer::default();
        lines.iter().for_each(|line| { buffer.push(line, facts(0, 0)); });
        // One chunk may be unfilled, each full one may waste a sixteenth, rows cost 12 bytes, and rings have room.
        let most = buffer.text_bytes() * 17 / 16 + lines.len() * 14 + CHUNK + 8192;
        prop_assert!(buffer.held_bytes() <= most, "{} > {}", buffer.held_bytes(), most);
    }

    #[test]
    fn runs_cover_all_rows_once(lines in lines(), most in 1u64..30) {
        let mut buffer = Buffer::default();
        lines.iter().for_each(|line| { buffer.push(line, facts(0, 0)); });
        let (mut seq, mut text) = (0, String::new());
        while let Some(run) = buffer.run(seq, most) {
            prop_assert_eq!(run.first, seq);
            prop_assert!(run.end > seq && run.end - seq <= most);
            text.push_str(run.text);
            seq = run.end;
        }
        prop_assert_eq!(seq, buffer.end());
        prop_assert_eq!(text, lines.iter().map(|line| format!("{line}\n")).collect::<String>());
    }
}
