use crate::logs::sse::{Event, Parser};
use proptest::prelude::*;

type Seen = (String, String, String, u64);

fn note(seen: &mut Vec<Seen>) -> impl FnMut(Event<'_>) {
    |event| seen.push((event.name.to_owned(), event.data.into_owned(), event.id.to_owned(), event.cut))
}

fn parse(chunks: &[&[u8]], limit: usize) -> Vec<Seen> {
    let mut parser = Parser::new(limit);
    let mut seen = Vec::new();
    for chunk in chunks {
        parser.push(chunk, note(&mut seen));
    }
    seen
}

fn data(stream: &[u8]) -> Vec<String> {
    parse(&[stream], 1 << 20).into_iter().map(|event| event.1).collect()
}

#[test]
fn the_servers_frames_are_events() {
    let stream = b"event:message\ndata:one\n\nevent:message\ndata:\n\nevent:message\ndata: two\n\n";
    assert_eq!(data(stream), ["one", "", "two"]);
}

#[test]
fn several_data_lines_are_joined_by_line_feeds() {
    assert_eq!(
        data(b"data:\ndata:\\r\n\ndata:100%\ndata:\\r\n\ndata\ndata\n\n"),
        ["\n\\r", "100%\n\\r", "\n"]
    );
}

#[test]
fn lines_may_end_in_any_of_the_three_ways() {
    assert_eq!(data(b"data:a\r\rdata:b\r\n\r\ndata:c\n\ndata:d\r\n\n"), ["a", "b", "c", "d"]);
}

#[test]
fn a_carriage_return_ends_a_line_without_waiting_for_more() {
    assert_eq!(parse(&[b"data:a\r\r"], 100).len(), 1);
    assert_eq!(parse(&[b"data:a\r", b"\n\r", b"\ndata:b\r\n\r\n"], 100).len(), 2);
}

#[test]
fn a_byte_order_mark_is_dropped_once_even_if_split() {
    let expected = vec![("message".into(), "x".into(), String::new(), 0)];
    assert_eq!(parse(&[b"\xEF\xBB\xBFdata:x\n\n"], 100), expected);
    assert_eq!(parse(&[b"\xEF", b"", b"\xBB", b"\xBFdata:x\n\n"], 100), expected);
    assert!(parse(&[b"\xEF\xBB\xBF\xEF\xBB\xBFdata:x\n\n"], 100).is_empty());
    assert!(parse(&[b"\xEF\xBBdata:x\n\n"], 100).is_empty(), "half a mark is part of the field's name");
}

#[test]
fn an_event_without_its_blank_line_is_not_dispatched() {
    assert_eq!(data(b"data:a\n\ndata:b\n"), ["a"]);
}

#[test]
fn comments_and_unknown_fields_are_passed_over() {
    assert_eq!(data(b": ping\n\nfoo:bar\ndata:a\n:x\ndata:b\n\n"), ["a\nb"]);
}

#[test]
fn an_event_without_data_resets_its_name() {
    let seen = parse(&[b"event:x\n\ndata:a\n\nevent:y\ndata:b\n\n"], 100);
    assert_eq!(seen.iter().map(|s| s.0.as_str()).collect::<Vec<_>>(), ["message", "y"]);
}

#[test]
fn ids_last_and_retry_takes_digits_only() {
    let mut parser = Parser::default();
    let mut seen = Vec::new();
    parser.push(b"id:7\ndata:a\n\ndata:b\n\nid:x\0y\nretry:1500\nretry:1x\n\n", note(&mut seen));
    assert_eq!(seen.iter().map(|s| s.2.as_str()).collect::<Vec<_>>(), ["7", "7"]);
    assert_eq!((parser.retry(), parser.last_id()), (Some(1500), "7"));
}

#[test]
fn a_cut_utf8_sequence_is_joined_and_an_invalid_one_replaced() {
    let stream = "data:ü€😀\n\n".as_bytes();
    for at in 0..stream.len() {
        assert_eq!(parse(&[&stream[..at], &stream[at..]], 100)[0].1, "ü€😀");
    }
    assert_eq!(data(b"data:a\xFFb\xE2\x82\n\n"), ["a\u{fffd}b\u{fffd}"]);
}

#[test]
fn a_too_long_line_is_cut_and_says_by_how_much() {
    let long = [b"data:".as_slice(), &[b'x'; 1000], b"\n\ndata:y\n\n"].concat();
    let whole = parse(&[&long], 100);
    assert_eq!((whole[0].1.len(), whole[0].3), (100, 900));
    assert_eq!((whole[1].1.as_str(), whole[1].3), ("y", 0));
    let pieces: Vec<&[u8]> = long.chunks(7).collect();
    assert_eq!(parse(&pieces, 100), whole);
}

#[test]
fn a_cut_does_not_halve_a_character() {
    let long = format!("data:{}\n\n", "€".repeat(50));
    let seen = parse(&[long.as_bytes()], 100);
    assert_eq!((seen[0].1.len(), seen[0].3), (99, 51));
}

/// Streams made of the pieces that matter, and of noise.
fn streams() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"data:".to_vec()),
        Just(b"data: ".to_vec()),
        Just(b"event:x".to_vec()),
        Just(b"id:1".to_vec()),
        Just(b"retry:9".to_vec()),
        Just(b":c".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\n\n".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"\r\n".to_vec()),
        Just("ü€😀".as_bytes().to_vec()),
        Just(b"\xEF\xBB\xBF".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..6),
        Just(b"abcdefghijkl".to_vec()),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// The standard's algorithm, written down plainly: decode all, split into lines, interpret.
fn reference(stream: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(stream);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<&str> = text.split('\n').collect();
    lines.pop();
    let (mut name, mut data, mut seen) = (String::new(), None::<String>, Vec::new());
    for line in lines {
        if line.is_empty() {
            if let Some(data) = data.take() {
                seen.push((if name.is_empty() { "message".into() } else { name.clone() }, data));
            }
            name.clear();
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => data = Some(data.map_or(value.to_owned(), |data| format!("{data}\n{value}"))),
            "event" => name = value.to_owned(),
            _ => {}
        }
    }
    seen
}

proptest! {
    #[test]
    fn any_stream_reads_as_the_standard_says(stream in streams()) {
        let seen: Vec<_> = parse(&[&stream], 1 << 20).into_iter().map(|s| (s.0, s.1)).collect();
        prop_assert_eq!(seen, reference(&stream));
    }

    #[test]
    fn every_split_in_two_reads_the_same(stream in streams(), limit in prop_oneof![Just(1usize << 20), 4usize..20]) {
        let whole = parse(&[&stream], limit);
        for at in 0..=stream.len() {
            prop_assert_eq!(&parse(&[&stream[..at], &stream[at..]], limit), &whole, "split at {}", at);
        }
    }

    #[test]
    fn byte_by_byte_reads_the_same(stream in streams(), limit in prop_oneof![Just(1usize << 20), 4usize..20]) {
        let bytes: Vec<&[u8]> = stream.chunks(1).collect();
        prop_assert_eq!(parse(&bytes, limit), parse(&[&stream], limit));
    }
}
