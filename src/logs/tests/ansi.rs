use crate::logs::ansi::{MAX_SPANS, is_rich, styled, visible};
use crate::logs::style::{Color, Span, Style};
use proptest::prelude::*;

fn show(line: &str) -> String {
    let mut out = String::new();
    visible(line, &mut out);
    out
}

fn spans(line: &str) -> Vec<(String, Style)> {
    let (mut out, mut spans) = (String::new(), Vec::<Span>::new());
    styled(line, &mut out, &mut spans);
    assert_eq!(out, show(line));
    spans.into_iter().map(|span| (out.get(span.range).unwrap().to_owned(), span.style)).collect()
}

fn fg(color: Color) -> Style {
    Style { fg: color, ..Style::default() }
}

#[test]
fn the_sixteen_colours_become_spans() {
    let expected = vec![
        ("err".to_owned(), fg(Color::Indexed(1))),
        ("bright".to_owned(), fg(Color::Indexed(12))),
        ("back".to_owned(), Style { bg: Color::Indexed(10), ..Style::default() }),
    ];
    assert_eq!(spans("\x1b[31merr\x1b[0m plain \x1b[94mbright\x1b[m\x1b[102mback"), expected);
    assert_eq!(show("\x1b[31merr\x1b[0m plain"), "err plain");
}

#[test]
fn palette_and_true_colour_are_read_in_both_notations() {
    for line in ["\x1b[38;5;208mx", "\x1b[38:5:208mx"] {
        assert_eq!(spans(line), [("x".to_owned(), fg(Color::Indexed(208)))]);
    }
    for line in ["\x1b[38;2;1;2;3mx", "\x1b[38:2:1:2:3mx", "\x1b[38:2::1:2:3mx"] {
        assert_eq!(spans(line), [("x".to_owned(), fg(Color::Rgb(1, 2, 3)))]);
    }
}

#[test]
fn attributes_are_set_and_reset() {
    let all = Style {
        bold: true,
        dim: true,
        italic: true,
        underline: true,
        inverse: true,
        strike: true,
        ..Style::default()
    };
    assert_eq!(spans("\x1b[1;2;3;4;7;9mx"), [("x".to_owned(), all)]);
    assert_eq!(spans("\x1b[1;2;3;4;7;9m\x1b[22;23;24;27;29mx"), []);
    assert_eq!(spans("\x1b[31;41m\x1b[39;49mx"), []);
    assert_eq!(spans("\x1b[4m\x1b[4:0mx"), []);
}

#[test]
fn hidden_text_is_shown() {
    assert_eq!(spans("\x1b[8msecret"), []);
    assert_eq!(show("\x1b[8msecret"), "secret");
}

#[test]
fn other_sequences_disappear() {
    assert_eq!(
        show("a\x1b[2Kb\x1b[10;20Hc\x1b]0;title\x07d\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\e\x1b(Bf\x1b7g"),
        "abcdlinkefg"
    );
    assert_eq!(show("a\x1bPq#0\x1b\\b"), "ab");
}

#[test]
fn a_sequence_that_never_ends_hides_nothing() {
    assert_eq!(show("a\x1b]0;the rest"), "a␛]0;the rest");
    assert_eq!(show("a\x1b_the rest"), "a␛_the rest");
    assert_eq!(show("a\x1bPthe rest"), "a␛Pthe rest");
    assert_eq!(show("a\x1b[31"), "a␛[31");
    assert_eq!(show("a\x1b"), "a␛");
}

#[test]
fn controls_are_pictures_and_tabs_stay() {
    assert_eq!(show("a\tb\0c\x08d\x7fe"), "a\tb␀c␈d␡e");
    assert_eq!(show("\x1b[31ma\0b"), "a␀b");
}

#[test]
fn what_cannot_be_seen_is_spelled_out() {
    assert_eq!(
        show("a\u{202e}b\u{200b}c\u{feff}d\u{85}e\u{2066}"),
        "a<U+202E>b<U+200B>c<U+FEFF>d<U+0085>e<U+2066>"
    );
    assert_eq!(show("\x1b[1ma\u{202e}b"), "a<U+202E>b");
    assert_eq!(show("a\u{e0041}b"), "a<U+E0041>b");
}

#[test]
fn emoji_keep_their_joiners_and_latin_does_not() {
    assert_eq!(show("👩\u{200d}💻"), "👩\u{200d}💻");
    assert_eq!(show("pass\u{200d}word"), "pass<U+200D>word");
}

#[test]
fn usual_text_is_not_rich() {
    for line in ["plain", "tab\there", "日本語 ünïcödé 😀", ""] {
        assert!(!is_rich(line), "{line}");
        assert_eq!(show(line), line);
    }
    for line in ["\x1b[0m", "\u{202e}", "\u{200b}x", "a\rb", "\x7f"] {
        assert!(is_rich(line), "{line:?}");
    }
}

#[test]
fn colour_does_not_cross_lines() {
    assert_eq!(spans("\x1b[31mred").len(), 1);
    assert_eq!(spans("next"), []);
}

#[test]
fn an_ansi_bomb_is_bounded_and_keeps_its_text() {
    let bomb: String = (0..50_000).map(|n| format!("\x1b[38;5;{}m{}", n % 256, n % 10)).collect();
    let seen = spans(&bomb);
    assert!(seen.len() <= MAX_SPANS);
    assert_eq!(show(&bomb).len(), 50_000);
    assert_eq!(seen.iter().map(|(text, _)| text.len()).sum::<usize>(), 50_000);
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\x1b[".to_owned()),
        Just("\x1b]".to_owned()),
        Just("\x1b".to_owned()),
        Just("\x1b\\".to_owned()),
        Just("31m".to_owned()),
        Just("\u{200d}".to_owned()),
        "[ -~]{0,5}",
        any::<char>().prop_map(String::from),
        "\\PC{0,4}",
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn nothing_unseen_passes(line in hostile()) {
        let shown = show(&line);
        let deceives = |c: char| (c.is_control() && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{200b}';
        prop_assert!(!shown.chars().any(deceives), "{:?}", shown);
        prop_assert_eq!(spans(&line).iter().all(|(text, style)| !text.is_empty() && !style.is_plain()), true);
        if !is_rich(&line) {
            prop_assert_eq!(shown, line);
        }
    }
}
