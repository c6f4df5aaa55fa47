//! Reading the body of a successful answer.
//!
//! Answers differ between the published document and the server, and between server versions, so reading is
//! tolerant: unknown fields are ignored, absent and `null` mean the same, unknown words are kept. What cannot be
//! read at all is told apart by [`DecodeProblem`], and [`super::error`] turns it into an error with an excerpt.

mod lean;

use lean::Lean;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::lenient;

/// Why a body could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeProblem {
    /// Nothing was there where a value was due.
    Empty,
    /// Not JSON, or not of the expected shape.
    Malformed {
        /// What the parser said, with line and column.
        message: String,
        /// The byte offset the parser had come to.
        offset: usize,
        /// Whether the text simply ended too early.
        cut: bool,
    },
}

/// How the server acknowledged a write.
///
/// Every mutation answers `{"message":"success"}`; the published document says `{"message": 200}` for some
/// (`E30`), and nothing but the status line is needed to know that the write was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ack {
    /// `{"message":"success"}` or the document's `{"message": 200}`.
    Success,
    /// A success status without a body.
    Empty,
    /// Some other well-formed answer; its `message` if there was one.
    Other(String),
}

/// Reads one JSON value.
///
/// # Errors
/// [`DecodeProblem::Empty`] for a blank body, [`DecodeProblem::Malformed`] for anything but a fitting value.
pub fn json<T: DeserializeOwned>(body: &str) -> Result<T, DecodeProblem> {
    if body.trim().is_empty() {
        return Err(DecodeProblem::Empty);
    }
    read(body).map_err(|error| malformed(body, &error))
}

/// Reads any JSON text of ours or of others.
///
/// # Errors
/// With what `serde_json` says, for anything but one fitting value.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let mut from = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(Lean(&mut from))?;
    from.end()?;
    Ok(value)
}

/// Reads a JSON array; `null` reads as an empty one.
///
/// # Errors
/// As [`json`].
pub fn list<T: DeserializeOwned>(body: &str) -> Result<Vec<T>, DecodeProblem> {
    json::<Option<Vec<T>>>(body).map(Option::unwrap_or_default)
}

/// Reads the acknowledgement of a write.
///
/// # Errors
/// [`DecodeProblem::Malformed`] when the body is not JSON: then something other than Zadig answered.
pub fn ack(body: &str) -> Result<Ack, DecodeProblem> {
    if body.trim().is_empty() {
        return Ok(Ack::Empty);
    }
    let value: Value = json(body)?;
    Ok(match value.get("message") {
        Some(message) if is_success(message) => Ack::Success,
        Some(message) => Ack::Other(lenient::text_of(message)),
        None => Ack::Other(String::new()),
    })
}

/// Whether a `message` is one of the two ways of saying that all went well.
pub fn is_success(message: &Value) -> bool {
    message.as_str() == Some("success") || message.as_u64() == Some(200)
}

/// Whether a text that should be one JSON value visibly stops before its end.
///
/// A cheap look at the two ends, good enough to decide whether to ask again; the parser has the last word.
pub fn looks_cut(body: &str) -> bool {
    let body = body.trim();
    match body.as_bytes().first() {
        Some(b'{') => !body.ends_with('}'),
        Some(b'[') => !body.ends_with(']'),
        Some(b'"') => body.len() < 2 || !body.ends_with('"'),
        _ => false,
    }
}

/// Whether a text is a web page (a proxy's error page, a sign-in page, the portal's own `index.html`).
pub fn looks_like_html(body: &str) -> bool {
    body.trim_start_matches('\u{feff}').trim_start().starts_with('<')
}

fn malformed(body: &str, error: &serde_json::Error) -> DecodeProblem {
    DecodeProblem::Malformed {
        message: error.to_string(),
        offset: offset_of(body, error.line(), error.column()),
        cut: error.is_eof(),
    }
}

fn offset_of(body: &str, line: usize, column: usize) -> usize {
    let before: usize = body.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column).min(body.len())
}

/// At most 200 characters of `body` around the byte `offset`, on one line.
pub fn excerpt(body: &str, offset: usize) -> String {
    const BEFORE: usize = 120;
    const LENGTH: usize = 200;
    let start = body.char_indices().map(|(at, _)| at).take_while(|at| *at < offset).count();
    let skip = start.saturating_sub(BEFORE);
    let room = LENGTH - 2;
    let mut text = String::new();
    if skip > 0 {
        text.push('…');
    }
    let mut rest = body.chars().skip(skip);
    text.extend(rest.by_ref().take(room).map(|c| if c.is_control() { ' ' } else { c }));
    if rest.next().is_some() {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_success_are_an_acknowledgement() {
        assert_eq!(ack(r#"{"message":"success"}"#), Ok(Ack::Success));
        assert_eq!(ack(r#"{"message": 200}"#), Ok(Ack::Success));
        assert_eq!(ack(""), Ok(Ack::Empty));
        assert_eq!(ack(r#"{"message":"queued"}"#), Ok(Ack::Other("queued".into())));
        assert!(matches!(ack("<html>"), Err(DecodeProblem::Malformed { .. })));
    }

    #[test]
    fn a_body_that_stops_early_is_seen_without_parsing() {
        assert!(looks_cut(r#"[{"env_key":"dev"},"#));
        assert!(looks_cut(r#"{"a":"#));
        assert!(!looks_cut("[]\n"));
        assert!(!looks_cut("true"));
        assert!(!looks_cut(""));
    }

    #[test]
    fn an_excerpt_shows_the_place_and_stays_short() {
        let body = format!("{}中!{}", "a".repeat(500), "b".repeat(500));
        let text = excerpt(&body, 500);
        assert!(
            text.contains('中')
                && text.chars().count() <= 200
                && text.starts_with('…')
                && text.ends_with('…')
        );
        assert_eq!(excerpt("short\nbody", 3), "short body");
        assert_eq!(excerpt("", 9), "");
    }

    #[test]
    fn the_offset_counts_lines_before_the_column() {
        let problem = json::<Vec<u8>>("[\n1,\n\"x\"]");
        assert!(
            matches!(problem, Err(DecodeProblem::Malformed { offset: 8, cut: false, .. })),
            "{problem:?}"
        );
        assert!(matches!(json::<Vec<u8>>("[1,"), Err(DecodeProblem::Malformed { cut: true, .. })));
        assert_eq!(json::<Vec<u8>>(" \n"), Err(DecodeProblem::Empty));
        assert_eq!(list::<u8>("null"), Ok(vec![]));
    }
}
