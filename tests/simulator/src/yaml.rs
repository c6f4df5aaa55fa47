//! Writing YAML as the server does (`sigs.k8s.io/yaml`, which is go-yaml v2).
//!
//! It reads and writes YAML 1.1: a string that would read as a boolean, a number, a date or null is quoted, `yes`, `on`, `y`
//! and `0x1F` among them. A text of several lines is a literal block, and one with a tab or a carriage return is quoted,
//! because such a block would lose it.

use serde_yaml_ng::{Mapping, Value};
use std::fmt::Write as _;

/// Prints a value as a document.
pub fn print(value: &Value) -> String {
    let mut text = String::new();
    match value {
        Value::Mapping(map) if !map.is_empty() => mapping(&mut text, map, 0),
        Value::Sequence(list) if !list.is_empty() => sequence(&mut text, list, 0),
        other => {
            inline(&mut text, other, 0);
            text.push('\n');
        }
    }
    text
}

/// A string as a value within a line.
pub fn scalar(text: &str) -> String {
    match style(text) {
        Style::Plain => text.to_owned(),
        Style::Single => format!("'{}'", text.replace('\'', "''")),
        Style::Literal | Style::Double => double(text),
    }
}

fn mapping(out: &mut String, map: &Mapping, indent: usize) {
    for (key, value) in map {
        let key = match key {
            Value::String(key) => scalar(key),
            other => serde_json::to_string(other).unwrap_or_default(),
        };
        let _ = write!(out, "{:indent$}{key}:", "");
        entry(out, value, indent);
    }
}

/// What follows a key: on its line, or below it.
fn entry(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Mapping(map) if !map.is_empty() => {
            out.push('\n');
            mapping(out, map, indent + 2);
        }
        // As far left as the key, which is the server's way.
        Value::Sequence(list) if !list.is_empty() => {
            out.push('\n');
            sequence(out, list, indent);
        }
        other => {
            out.push(' ');
            inline(out, other, indent + 2);
            out.push('\n');
        }
    }
}

fn sequence(out: &mut String, list: &[Value], indent: usize) {
    for item in list {
        let _ = write!(out, "{:indent$}- ", "");
        match item {
            Value::Mapping(map) if !map.is_empty() => {
                let mut inner = String::new();
                mapping(&mut inner, map, indent + 2);
                out.push_str(inner.trim_start_matches(' '));
            }
            Value::Sequence(inner) if !inner.is_empty() => {
                let mut below = String::new();
                sequence(&mut below, inner, indent + 2);
                out.push_str(below.trim_start_matches(' '));
            }
            other => {
                inline(out, other, indent + 2);
                out.push('\n');
            }
        }
    }
}

fn inline(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::String(text) if style(text) == Style::Literal => literal(out, text, indent),
        Value::String(text) => out.push_str(&scalar(text)),
        Value::Null => out.push_str("null"),
        Value::Mapping(_) => out.push_str("{}"),
        Value::Sequence(_) => out.push_str("[]"),
        other => out.push_str(serde_yaml_ng::to_string(other).unwrap_or_default().trim_end()),
    }
}

fn literal(out: &mut String, text: &str, indent: usize) {
    let chomp = match (text.ends_with('\n'), text.ends_with("\n\n") || text == "\n") {
        (_, true) => "+",
        (true, false) => "",
        (false, false) => "-",
    };
    // A first line that begins with a blank needs to be told how far the block is indented.
    let hint = if text.starts_with([' ', '\n']) { "2" } else { "" };
    let _ = write!(out, "|{hint}{chomp}");
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        out.push('\n');
        if !line.is_empty() {
            let _ = write!(out, "{:indent$}{line}", "");
        }
    }
}

fn double(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if is_printable(c) => quoted.push(c),
            c if u32::from(c) <= 0xff => _ = write!(quoted, "\\x{:02X}", u32::from(c)),
            c if u32::from(c) <= 0xffff => _ = write!(quoted, "\\u{:04X}", u32::from(c)),
            c => _ = write!(quoted, "\\U{:08X}", u32::from(c)),
        }
    }
    quoted.push('"');
    quoted
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Plain,
    Single,
    Double,
    Literal,
}

fn style(text: &str) -> Style {
    let special = text.chars().any(|c| c != '\n' && !is_printable(c));
    let trailing = text.ends_with(' ') || text.contains(" \n");
    match (text.contains('\n'), special) {
        (_, true) => Style::Double,
        (true, false) if trailing => Style::Double,
        (true, false) => Style::Literal,
        (false, false) if is_no_string(text) => Style::Double,
        (false, false) if is_plain(text) => Style::Plain,
        (false, false) => Style::Single,
    }
}

/// As go-yaml sees it: neither tab nor carriage return is.
fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
        && !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}')
}

fn is_plain(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    let indicator = "#,[]{}&*!|>'\"%@`".contains(first);
    let dash = matches!(first, '-' | '?' | ':') && text.chars().nth(1).is_none_or(|c| c == ' ');
    let document = text.starts_with("---") || text.starts_with("...");
    let blank = text.starts_with(' ') || text.ends_with(' ');
    let inside = text.contains(": ") || text.contains(" #") || text.ends_with(':');
    !(indicator || dash || document || blank || inside)
}

/// Whether a plain word would not read back as a string in YAML 1.1.
fn is_no_string(text: &str) -> bool {
    const WORDS: [&str; 11] = ["", "~", "null", "y", "yes", "n", "no", "true", "false", "on", "off"];
    let cased = |word: &str| {
        let capital = word.get(..1).unwrap_or_default().to_uppercase() + word.get(1..).unwrap_or_default();
        text == word || text == word.to_uppercase() || text == capital
    };
    text == "<<" || WORDS.iter().any(|word| cased(word)) || is_number(text) || is_date(text)
}

fn is_number(text: &str) -> bool {
    let bare = text.replace('_', "");
    let unsigned = bare.strip_prefix(['+', '-']).unwrap_or(&bare);
    let named = matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN");
    let based = [("0x", 16), ("0b", 2), ("0o", 8)].into_iter().any(|(prefix, radix)| {
        unsigned
            .strip_prefix(prefix)
            .is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix)))
    });
    let starts = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let decimal =
        starts && unsigned.contains(|c: char| c.is_ascii_digit()) && unsigned.parse::<f64>().is_ok();
    // Sixties, such as a time or a port mapping.
    let parts: Vec<&str> = unsigned.split(':').collect();
    let digits = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let sixties = parts.len() > 1
        && parts.iter().all(digits)
        && parts.iter().skip(1).all(|part| part.parse::<u8>().is_ok_and(|n| n < 60));
    named || based || decimal || sixties
}

fn is_date(text: &str) -> bool {
    let day = text.split(['T', 't', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split('-').collect();
    let fits = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit())
    };
    match parts.as_slice() {
        [year, month, day] => fits(year, 4, 4) && fits(month, 1, 2) && fits(day, 1, 2),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_of_yaml_1_1_are_quoted() {
        for word in [
            "yes",
            "Yes",
            "YES",
            "no",
            "on",
            "Off",
            "y",
            "N",
            "true",
            "False",
            "null",
            "Null",
            "~",
            "",
            "<<",
            "1",
            "-1",
            "+12",
            "0",
            "007",
            "0x1F",
            "0b101",
            "0o17",
            "1.5",
            "1e3",
            ".5",
            ".inf",
            "-.INF",
            ".nan",
            "1_000",
            "12:30:45",
            "1:20",
            "2026-11-27",
            "2026-11-27T10:00:00Z",
        ] {
            assert_eq!(scalar(word), format!("\"{word}\""), "{word}");
        }
    }

    #[test]
    fn plain_words_stay_plain_and_the_rest_is_quoted_once() {
        for plain in [
            "yesno",
            "yEs",
            "v1.2.3",
            "a:b",
            "a#b",
            "1.2.3.4",
            "10m",
            "-x",
            "https://a/b?c=d",
            "中文",
            "0xZZ",
            "1:70",
        ] {
            assert_eq!(scalar(plain), plain);
        }
        for (text, quoted) in [
            ("# no comment", "'# no comment'"),
            ("a: b", "'a: b'"),
            ("a #b", "'a #b'"),
            ("*all", "'*all'"),
            ("- x", "'- x'"),
            ("it's: so", "'it''s: so'"),
            (" led", "' led'"),
            ("a\tb", "\"a\\tb\""),
            ("a\r\nb", "\"a\\r\\nb\""),
            ("a\u{1b}b", "\"a\\x1Bb\""),
        ] {
            assert_eq!(scalar(text), quoted);
        }
    }

    #[test]
    fn what_is_printed_reads_back_as_it_was() {
        let texts = [
            "yes",
            "",
            "two\nlines",
            "two\nlines\n",
            "kept\n\n",
            " led\nby a blank",
            "\nempty first",
            "a\r\nb\r\n",
            "tab\there",
            "trailing \nblank",
            "key: value # no comment",
            "'",
            "\"",
            "\\",
            "\n",
            "中文\n第二行",
            "1:20",
            "---",
            "- a\n- b",
        ];
        let mut data = Mapping::new();
        for (index, text) in texts.iter().enumerate() {
            data.insert(format!("key {index}: yes").into(), (*text).into());
        }
        let list = vec![
            Value::from("on"),
            Value::Mapping(data.clone()),
            Value::Sequence(vec![1.into(), "two".into()]),
        ];
        let mut root = Mapping::new();
        root.insert("yes".into(), Value::Mapping(data));
        root.insert("list".into(), Value::Sequence(list));
        root.insert("empty".into(), Value::Sequence(Vec::new()));
        root.insert("none".into(), Value::Null);
        root.insert("flag".into(), true.into());
        let value = Value::Mapping(root);
        let text = print(&value);
        assert_eq!(serde_yaml_ng::from_str::<Value>(&text).expect("it is YAML"), value, "{text}");
        assert!(text.starts_with("\"yes\":\n"), "{text}");
    }
}
