//! Which plain words are no strings, and how to write a string so that it stays one.
//!
//! Kubernetes reads YAML 1.1, where `yes` and `off` are booleans; other tools read 1.2. What is written here is a string
//! to both, and what either takes for something else counts as that.

use super::tree::{Node, Style, Value};

/// What a scalar means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A string.
    Text,
    /// A number.
    Number,
    /// True or false.
    Bool,
    /// Nothing.
    Null,
}

/// The words that are booleans to YAML 1.1.
const BOOLS: [&str; 12] =
    ["y", "n", "yes", "no", "on", "off", "true", "false", "True", "False", "TRUE", "FALSE"];

/// What a node's scalar means; `None` for what is no scalar.
pub fn meaning(node: &Node) -> Option<Meaning> {
    let Value::Scalar { text, style } = &node.value else { return None };
    Some(match (node.tag.as_deref(), style) {
        (Some("int" | "float"), _) => Meaning::Number,
        (Some("bool"), _) => Meaning::Bool,
        (Some("null"), _) => Meaning::Null,
        (None, Style::Plain) => of_word(text),
        _ => Meaning::Text,
    })
}

/// What a plain word means.
pub fn of_word(word: &str) -> Meaning {
    if matches!(word, "" | "~" | "null" | "Null" | "NULL") {
        return Meaning::Null;
    }
    let lower = word.to_ascii_lowercase();
    let cased = word == lower || word == word.to_ascii_uppercase() || is_capitalised(word);
    if cased && BOOLS.contains(&lower.as_str()) {
        return Meaning::Bool;
    }
    if is_number(word) { Meaning::Number } else { Meaning::Text }
}

fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|first| first.is_ascii_uppercase())
        && letters.all(|letter| letter.is_ascii_lowercase())
}

fn is_number(word: &str) -> bool {
    let digits: String = word.chars().filter(|character| *character != '_').collect();
    let bare = digits.strip_prefix(['+', '-']).unwrap_or(&digits);
    if matches!(bare.to_ascii_lowercase().as_str(), ".inf" | ".nan") {
        return true;
    }
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)];
    if let Some((rest, radix)) =
        radix.iter().find_map(|(prefix, radix)| Some((bare.strip_prefix(prefix)?, *radix)))
    {
        return !rest.is_empty() && rest.chars().all(|digit| digit.is_digit(radix));
    }
    let numeric = |character: char| character.is_ascii_digit() || "+-.eE".contains(character);
    bare.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && bare.chars().all(numeric)
        && bare.parse::<f64>().is_ok()
}

/// A string on one line: bare where it is safe, else in quotes.
pub fn inline(text: &str) -> String {
    if is_safe_plain(text) {
        return text.to_owned();
    }
    let printable = text.chars().all(is_printable);
    match printable && !text.contains(['\'', '\n', '\t']) && !text.is_empty() {
        true => format!("'{text}'"),
        false => quoted(text),
    }
}

/// A string in double quotes, on one line; right in every context.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other if is_printable(other) => out.push(other),
            other if u32::from(other) <= 0xff => out.push_str(&format!("\\x{:02x}", u32::from(other))),
            other if u32::from(other) <= 0xffff => out.push_str(&format!("\\u{:04x}", u32::from(other))),
            other => out.push_str(&format!("\\U{:08x}", u32::from(other))),
        }
    }
    out.push('"');
    out
}

/// A string of several lines as a literal block: its header, and its lines indented by `indent`. `parent` is the
/// indentation of the key. `None` for what a block cannot hold.
pub fn block(text: &str, parent: usize, indent: usize, line_end: &str) -> Option<(String, String)> {
    let body = text.trim_end_matches('\n');
    let fits = body.contains('\n') || text.ends_with('\n');
    let last_is_blank = body.rsplit('\n').next().is_none_or(|line| line.trim().is_empty());
    if !fits || last_is_blank || !text.chars().all(|one| one == '\t' || one == '\n' || is_printable(one)) {
        return None;
    }
    let step = match body.starts_with([' ', '\t', '\n']) {
        true => (indent - parent).to_string(),
        false => String::new(),
    };
    let chomping = match text.len() - body.len() {
        0 => "-",
        1 => "",
        _ => "+",
    };
    let padding = " ".repeat(indent);
    let mut lines = String::with_capacity(text.len() + text.len() / 8);
    for line in body.split('\n') {
        if !line.is_empty() {
            lines.push_str(&padding);
            lines.push_str(line);
        }
        lines.push_str(line_end);
    }
    for _ in 1..text.len() - body.len() {
        lines.push_str(line_end);
    }
    Some((format!("|{step}{chomping}"), lines))
}

/// Whether a character may stand as it is, in both versions of YAML.
fn is_printable(character: char) -> bool {
    match character {
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => false,
        other => !other.is_control(),
    }
}

/// Whether a text may stand bare and is a string to every reader.
fn is_safe_plain(text: &str) -> bool {
    let ends = |character: Option<char>| {
        character.is_some_and(|one| one.is_alphanumeric() || matches!(one, '/' | '_' | '•' | '=' | '+'))
    };
    let first = text.chars().next();
    let safe =
        |one: char| one.is_alphanumeric() && is_printable(one) || "/_-.+=•·@%,()".contains(one) || one == ' ';
    ends(first)
        && !matches!(first, Some('=' | '+'))
        && ends(text.chars().last())
        && text.chars().all(safe)
        && !text.contains("  ")
        // Numbers in other notations, dates and times are left to no reader's judgement.
        && !first.is_some_and(|one| one.is_ascii_digit() && !text.contains(|one: char| one.is_alphabetic() && !"eExXoObBtTzZ".contains(one)))
        && of_word(text) == Meaning::Text
}
