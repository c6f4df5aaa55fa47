use crate::logs::zadig::Fold;
use proptest::prelude::*;

fn fold(events: &[&str]) -> (Vec<String>, Option<String>) {
    let mut fold = Fold::default();
    let mut lines = Vec::new();
    for event in events {
        fold.push(event, |line| lines.push(line.to_owned()));
    }
    (lines, fold.pending().map(str::to_owned))
}

#[test]
fn plain_events_are_lines() {
    assert_eq!(fold(&["a", "", "b"]), (vec!["a".into(), String::new(), "b".into()], None));
}

#[test]
fn a_windows_line_end_leaves_no_trace() {
    assert_eq!(fold(&["a\\r", "\n\\r", "b\\r", "\n\\r"]), (vec!["a".into(), "b".into()], None));
}

#[test]
fn a_blank_windows_line_is_one_blank_line() {
    assert_eq!(fold(&["\\r", "\n\\r"]), (vec![String::new()], None));
}

#[test]
fn progress_keeps_its_last_state() {
    assert_eq!(fold(&["10%\\r", "20%\\r", "100%\n\\r"]), (vec!["100%".into()], None));
    assert_eq!(fold(&["10%\\r", "100%\\r", "\n\\r"]), (vec!["100%".into()], None));
}

#[test]
fn an_unfinished_progress_is_pending() {
    assert_eq!(fold(&["x", "10%\\r", "20%\\r"]), (vec!["x".into()], Some("20%".into())));
}

#[test]
fn a_bare_carriage_return_keeps_the_state() {
    assert_eq!(fold(&["20%\\r", "\\r", "\n\\r"]), (vec!["20%".into()], None));
}

#[test]
fn a_line_end_without_a_line_is_dropped() {
    assert_eq!(fold(&["a", "\n\\r", "b"]), (vec!["a".into(), "b".into()], None));
}

#[test]
fn a_plain_line_after_a_state_ends_it() {
    assert_eq!(fold(&["C:\\temp\\r", "next"]), (vec!["C:\\temp".into(), "next".into()], None));
}

#[test]
fn an_event_of_several_lines_is_several_lines() {
    assert_eq!(fold(&["a\nb", "c\nd\n\\r"]).0, ["a", "b", "c", "d"]);
}

#[test]
fn the_end_of_the_stream_ends_a_state() {
    let mut fold = Fold::default();
    let mut lines = Vec::new();
    fold.push("99%\\r", |_| unreachable!());
    fold.finish(|line| lines.push(line.to_owned()));
    assert_eq!(lines, ["99%"]);
}

/// How the server frames one written line (contract section 4): split behind each CR, each piece with a `\r`.
fn server_events(line: &str) -> Vec<String> {
    if !line.contains('\r') {
        return vec![line.trim().to_owned()];
    }
    format!("{line}\n")
        .split_inclusive('\r')
        .map(|piece| format!("{}\\r", piece.trim_end_matches('\r')))
        .collect()
}

proptest! {
    #[test]
    fn each_written_line_comes_back_as_one(lines in proptest::collection::vec("([a-c%]{0,3}\r?){0,4}", 0..8)) {
        let mut fold = Fold::default();
        let mut seen = Vec::new();
        for line in &lines {
            for event in server_events(line) {
                fold.push(&event, |line| seen.push(line.to_owned()));
            }
        }
        let last_state = |line: &String| {
            line.split('\r').rev().find(|state| !state.is_empty()).unwrap_or_default().to_owned()
        };
        prop_assert_eq!(seen, lines.iter().map(last_state).collect::<Vec<_>>());
    }
}
