use crate::logs::ansi;
use crate::logs::buffer::{Buffer, Caps, Facts};
use crate::logs::level::{Level, LevelSet};
use crate::logs::literal::{one_of_literals, required_literal};
use crate::logs::matcher::Matcher;
use crate::logs::note::Note;
use crate::logs::query::{Compare, FieldTerm, Mode, Query};
use crate::logs::search::{Budget, Search};
use crate::logs::seqs::Seqs;
use proptest::prelude::*;

fn plain(text: &str) -> Query {
    Query { text: text.into(), ..Query::default() }
}

fn regex(text: &str) -> Query {
    Query { mode: Mode::Regex, ..plain(text) }
}

fn ranges(query: &Query, line: &str) -> Vec<std::ops::Range<usize>> {
    Matcher::new(query).unwrap().ranges(line)
}

fn accepts(query: &Query, line: &str) -> bool {
    Matcher::new(query).unwrap().accepts(line)
}

#[test]
fn plain_text_is_found_in_any_case_or_exactly() {
    assert_eq!(ranges(&plain("err"), "Err or ERR"), [0..3, 7..10]);
    let exact = Query { case_sensitive: true, ..plain("err") };
    assert_eq!(ranges(&exact, "Err or err"), vec![7..10; 1]);
    assert_eq!(ranges(&plain("ÄÖ"), "xäöÄö"), [1..5, 5..9]);
    assert_eq!(ranges(&plain("错误"), "有错误"), vec![3..9; 1]);
    assert_eq!(ranges(&plain("aa"), "aaaaa"), [0..2, 2..4]);
    assert!(ranges(&plain(""), "x").is_empty() && accepts(&plain(""), "x"));
    assert!(!accepts(&plain("a.c"), "abc"));
}

#[test]
fn whole_words_touch_no_letters() {
    let word = Query { whole_word: true, ..plain("cat") };
    assert_eq!(ranges(&word, "concat cat cats cat_ (cat)"), [7..10, 22..25]);
    assert!(!accepts(&word, "écat") && accepts(&word, "a cat"));
    let symbol = Query { whole_word: true, ..plain("[x]") };
    assert!(accepts(&symbol, "a[x]b"));
    let pattern = Query { whole_word: true, ..regex("ca|dog") };
    assert!(accepts(&pattern, "a dog") && !accepts(&pattern, "cat"));
}

#[test]
fn regular_expressions_match_and_empty_matches_mark_nothing() {
    assert_eq!(ranges(&regex(r"\d+"), "a 12 b 345"), [2..4, 7..10]);
    assert_eq!(ranges(&regex("x*"), "axxé"), vec![1..3; 1]);
    assert!(accepts(&regex("x*"), "none"));
    assert!(accepts(&regex("^status=5"), "STATUS=500") && !accepts(&regex("^status=5"), "a status=500"));
}

#[test]
fn a_bad_expression_says_what_and_where() {
    for (pattern, position) in [("(a", 0), ("ab(c", 2), ("a)", 1), ("ok [z", 3), ("*", 0), (r"é\", 2)] {
        let error = Matcher::new(&regex(pattern)).unwrap_err();
        assert_eq!(error.position, position, "{pattern}: {error}");
        assert!(!error.reason.is_empty());
    }
    let wrapped = Query { whole_word: true, ..regex("a)|(b") };
    assert!(Matcher::new(&wrapped).is_err());
    assert!(Matcher::new(&regex(&"x".repeat(5000))).is_err());
}

#[test]
fn a_pattern_that_would_explode_elsewhere_is_linear() {
    let line = "a".repeat(2000);
    assert!(!accepts(&regex("(a*)*b"), &line));
}

#[test]
fn literals_that_a_pattern_needs_are_found() {
    for (pattern, literal) in [
        ("status=5\\d\\d", Some("status=5")),
        ("abc?de", Some("ab")),
        ("a+bcd{2}e", Some("bc")),
        (r"a\.b[xyz]longer", Some("longer")),
        ("(abc)def", Some("def")),
        ("[^]abc]x", None),
        (r"\x41\x42bc", None),
        ("ab|cd", None),
        ("(?i)abc", None),
        (".*", None),
    ] {
        assert_eq!(required_literal(pattern).as_deref(), literal, "{pattern}");
    }
    assert_eq!(one_of_literals("error|time.?out"), Some(vec!["error".into(), "time".into()]));
    assert_eq!(one_of_literals("error|.*"), None);
    assert_eq!(one_of_literals("(error|x)"), None);
}

#[test]
fn terms_name_fields_of_json_and_logfmt() {
    let field = |term: &str| Query { fields: vec![FieldTerm::parse(term).unwrap()], ..Query::default() };
    let json = r#"{"http":{"status":500,"path":"/api/Users"},"took":"250ms"}"#;
    for term in
        ["status=500", "http.status=500", "path:users", "status>=500", "took<251", "status=*", "status!=200"]
    {
        assert!(accepts(&field(term), json), "{term}");
    }
    for term in ["tatus=500", "status=50", "path=users", "status>500", "nope=*", "nope!=1"] {
        assert!(!accepts(&field(term), json), "{term}");
    }
    assert!(accepts(&field("level=ERROR"), "level=error msg=x"));
    assert_eq!(FieldTerm::parse("no term"), None);
    assert_eq!(FieldTerm::parse("=x"), None);
    assert_eq!(
        FieldTerm::parse(r#"a="b c""#).map(|t| (t.compare, t.value)),
        Some((Compare::Is, "b c".into()))
    );
}

fn buffer(lines: &[&str]) -> Buffer {
    let mut buffer = Buffer::default();
    for (n, line) in lines.iter().enumerate() {
        let level = Level::from_byte((n % 7) as u8);
        buffer.push(line, Facts { source: (n % 3) as u16, level, continues: false, at_ms: 0 });
    }
    buffer
}

fn found(search: &Search) -> Vec<u64> {
    (0..search.found().len()).map(|index| search.found().get(index).unwrap()).collect()
}

fn search(buffer: &Buffer, query: Query) -> Vec<u64> {
    let mut search = Search::new(query, false).unwrap();
    assert!(search.step(buffer, Budget::ALL).done);
    found(&search)
}

#[test]
fn colours_do_not_hide_matches_and_sequences_do_not_match() {
    let buffer = buffer(&["\x1b[31mer\x1b[0mror", "plain error", "\x1b[38;5;208mx"]);
    assert_eq!(search(&buffer, plain("error")), [0, 1]);
    assert_eq!(search(&buffer, plain("208")), [] as [u64; 0]);
}

#[test]
fn levels_and_sources_restrict_and_are_not_inverted() {
    let buffer = buffer(&["a", "a", "b", "a", "a", "b", "a"]);
    let query = Query { levels: LevelSet::at_least(Level::Warn), invert: true, ..plain("b") };
    assert_eq!(search(&buffer, query), [4, 6]);
    assert_eq!(search(&buffer, Query { sources: Some(vec![1]), ..Query::default() }), [1, 4]);
}

#[test]
fn a_filter_keeps_notes_and_does_not_count_them() {
    let mut buffer = buffer(&["a", "b"]);
    buffer.push_note(Note::Restarted, 0, 0);
    buffer.push("a", Facts { source: 0, level: Level::Info, continues: false, at_ms: 0 });
    let mut filter = Search::new(plain("a"), true).unwrap();
    filter.step(&buffer, Budget::ALL);
    assert_eq!((found(&filter), filter.matches()), (vec![0, 2, 3], 2));
    assert_eq!(search(&buffer, plain("a")), [0, 3]);
}

#[test]
fn it_follows_the_stream_and_forgets_what_is_dropped() {
    let mut buffer = Buffer::new(Caps { lines: 10, bytes: 1 << 20 });
    let mut search = Search::new(plain("even"), false).unwrap();
    for n in 0..100u64 {
        let text = if n % 2 == 0 { "even" } else { "odd" };
        buffer.push(text, Facts { source: 0, level: Level::Info, continues: false, at_ms: 0 });
        search.step(&buffer, Budget { rows: 3, bytes: 1000 });
    }
    assert_eq!(found(&search), [90, 92, 94, 96, 98]);
    assert_eq!(
        (search.next_after(92), search.last_before(92), search.next_after(98)),
        (Some(94), Some(90), None)
    );
}

#[test]
fn a_step_keeps_to_its_budget() {
    let lines = vec!["some text"; 1000];
    let buffer = buffer(&lines);
    let mut search = Search::new(plain("text"), false).unwrap();
    assert_eq!(search.step(&buffer, Budget { rows: 10, bytes: usize::MAX }).left, 990);
    assert_eq!(search.matches(), 10);
}

#[test]
fn a_bad_expression_leaves_the_running_search_alone() {
    let buffer = buffer(&["a", "b"]);
    let mut search = Search::new(plain("a"), false).unwrap();
    search.step(&buffer, Budget::ALL);
    assert!(search.refine(regex("(")).is_err());
    assert_eq!((search.query().text.as_str(), found(&search)), ("a", vec![0]));
}

#[test]
fn lists_survive_four_billion_rows() {
    let mut seqs = Seqs::default();
    seqs.push(5);
    seqs.push(4_000_000_000);
    seqs.forget_before(6);
    seqs.push(8_000_000_000);
    assert_eq!(
        (seqs.get(0), seqs.get(1), seqs.rank(8_000_000_000)),
        (Some(4_000_000_000), Some(8_000_000_000), 1)
    );
    assert!(seqs.contains(4_000_000_000) && !seqs.contains(5));
}

fn query() -> impl Strategy<Value = Query> {
    let text = prop_oneof![
        4 => "[abAB]{0,3}".prop_map(|text| (text, Mode::Plain)),
        1 => Just(("é".to_owned(), Mode::Plain)),
        1 => Just(("x=1".to_owned(), Mode::Plain)),
        3 => prop_oneof![Just("ab+a?"), Just("a.b"), Just("ab|ba"), Just("ab|x*"), Just("aB+b|bb"), Just("^ab"), Just("ab$"), Just("(a|b)b"), Just("[^]ab]a"), Just("aba{0}b"), Just(r"\x61b")]
            .prop_map(|text| (text.to_owned(), Mode::Regex)),
    ];
    (text, any::<[bool; 3]>(), 0u8..8, proptest::option::of(0u16..3), any::<bool>()).prop_map(
        |((text, mode), [case_sensitive, whole_word, invert], level, source, field)| Query {
            text,
            mode,
            case_sensitive,
            whole_word,
            invert,
            levels: LevelSet::at_least(Level::from_byte(level)),
            sources: source.map(|source| vec![source]),
            fields: field.then(|| FieldTerm::parse("x=1").unwrap()).into_iter().collect(),
        },
    )
}

fn line() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => "[abAB ]{0,4}", 1 => Just("é".to_owned()), 1 => Just("É".to_owned()), 1 => Just("\x1b[1m".to_owned()), 1 => Just("x=1 ".to_owned()), 1 => Just("\u{200b}".to_owned())];
    proptest::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn slices_find_what_looking_at_each_row_finds(
        lines in proptest::collection::vec(line(), 0..40),
        query in query(),
        rows in 1u64..50,
    ) {
        let refs: Vec<&str> = lines.iter().map(String::as_str).collect();
        let buffer = buffer(&refs);
        let matcher = Matcher::new(&query).unwrap();
        let expected: Vec<u64> = (0..buffer.end())
            .filter(|seq| {
                let line = buffer.line(*seq).unwrap();
                let mut visible = String::new();
                ansi::visible(line.text, &mut visible);
                query.levels.contains(line.level)
                    && query.sources.as_ref().is_none_or(|sources| sources.contains(&line.source))
                    && matcher.accepts(&visible)
            })
            .collect();
        let mut search = Search::new(query, false).unwrap();
        while !search.step(&buffer, Budget { rows, bytes: usize::MAX }).done {}
        prop_assert_eq!(found(&search), expected);
    }

    #[test]
    fn a_refined_search_finds_what_a_fresh_one_finds(
        lines in proptest::collection::vec(line(), 0..40),
        queries in proptest::collection::vec(query(), 2),
        suffix in "[ab]{0,2}",
        extend in any::<bool>(),
        steps in 0u64..50,
    ) {
        let refs: Vec<&str> = lines.iter().map(String::as_str).collect();
        let buffer = buffer(&refs);
        let old = queries[0].clone();
        let new = if extend { Query { text: format!("{}{suffix}", old.text), ..old.clone() } } else { queries[1].clone() };
        prop_assume!(Matcher::new(&new).is_ok());
        let mut refined = Search::new(old, false).unwrap();
        refined.step(&buffer, Budget { rows: steps, bytes: usize::MAX });
        refined.refine(new.clone()).unwrap();
        while !refined.step(&buffer, Budget { rows: 3, bytes: usize::MAX }).done {}
        prop_assert_eq!(found(&refined), search(&buffer, new));
    }

    #[test]
    fn ranges_are_apart_ascending_and_on_characters(line in "\\PC{0,20}", query in query()) {
        let mut end = 0;
        for range in ranges(&query, &line) {
            prop_assert!(range.start >= end && line.get(range.clone()).is_some_and(|text| !text.is_empty()));
            end = range.end;
        }
    }
}
