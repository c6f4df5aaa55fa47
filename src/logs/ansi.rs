//! From a raw line to text that is safe to show, and the styles its SGR sequences ask for.
//!
//! **What is shown.** Escape sequences disappear: SGR becomes styles, everything else (cursor moves, titles,
//! hyperlinks) is dropped. What could deceive or vanish is made visible, so that what a reader copies and searches
//! is what a reader sees:
//!
//! * tab stays; every other C0 control and DEL shows as its control picture (`␀`, `␡`);
//! * C1 controls, bidirectional controls, zero-width characters, tags and other invisible format characters show as
//!   `<U+202E>`, as `less` does;
//! * the zero-width joiner and non-joiner stay between two non-ASCII characters, where emoji and several scripts
//!   need them.
//!
//! An escape sequence that never ends would hide the rest of its line. It is shown as text instead.
//!
//! **State does not cross lines.** Each line starts plain. A row can then be drawn on its own, in any order, and a
//! dropped line cannot change the colour of those that stay. Programs that colour a block reset at each line
//! anyway, since the same is true of `kubectl logs` through any pager.
//!
//! **Bounded.** A line yields at most [`MAX_SPANS`] spans; the rest of an "ANSI bomb" keeps the last style.

use super::style::{Span, Style};
use anstyle_parse::{DefaultCharAccumulator, Params, Parser, Perform};
use memchr::memchr;

/// The most spans one line is cut into.
pub const MAX_SPANS: usize = 512;

const ESC: u8 = 0x1b;

/// Whether a raw line differs from its visible text, so that [`visible`] has work to do.
///
/// Cheap for the usual line: one pass over its bytes, and a look at each character only where some are not ASCII.
pub fn is_rich(line: &str) -> bool {
    let mut control = false;
    let mut high = false;
    for byte in line.bytes() {
        control |= (byte < 0x20 && byte != b'\t') || byte == 0x7f;
        high |= byte >= 0x80;
    }
    control || (high && line.chars().any(is_hidden))
}

/// Characters that show nothing, or change how others show.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Writes the visible text of `line` to `out`, without styles.
pub fn visible(line: &str, out: &mut String) {
    render(line, out, None);
}

/// Writes the visible text of `line` to `out` and its styled spans to `spans`; plain text has no span.
pub fn styled(line: &str, out: &mut String, spans: &mut Vec<Span>) {
    render(line, out, Some(spans));
}

/// A line without its escape sequences; `scratch` holds it if it has any. Other characters may stay as they are.
pub fn plain<'t>(text: &'t str, scratch: &'t mut String) -> &'t str {
    if memchr(ESC, text.as_bytes()).is_none() {
        return text;
    }
    scratch.clear();
    visible(text, scratch);
    scratch
}

fn render<'o>(line: &str, out: &'o mut String, spans: Option<&'o mut Vec<Span>>) {
    let mut painter = Painter { out, spans, style: Style::default(), from: 0, open: None, last: '\0' };
    painter.from = painter.out.len();
    let bytes = line.as_bytes();
    let mut parser = Parser::<DefaultCharAccumulator>::new();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(ESC, rest)) {
        let escape = at + found;
        painter.text(line.get(at..escape).unwrap_or_default());
        at = escape;
        painter.open = Some(escape);
        // Only sequences go through the parser, byte by byte; the text between them is taken whole.
        while painter.open.is_some()
            && let Some(byte) = bytes.get(at)
        {
            parser.advance(&mut painter, *byte);
            at += 1;
        }
    }
    let rest = painter.open.take().unwrap_or(at);
    painter.text(line.get(rest..).unwrap_or_default());
    painter.close_span();
}

struct Painter<'o> {
    out: &'o mut String,
    spans: Option<&'o mut Vec<Span>>,
    style: Style,
    /// Where the text of the current style starts in `out`.
    from: usize,
    /// Where the escape sequence being read started in the line.
    open: Option<usize>,
    last: char,
}

impl Painter<'_> {
    fn text(&mut self, text: &str) {
        if !is_rich(text) {
            self.out.push_str(text);
            self.last = text.chars().next_back().unwrap_or(self.last);
            return;
        }
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied();
            self.put(c, next);
        }
    }

    fn put(&mut self, c: char, next: Option<char>) {
        let joins = matches!(c, '\u{200c}' | '\u{200d}')
            && !self.last.is_ascii()
            && next.is_none_or(|next| !next.is_ascii());
        match c {
            '\t' => self.out.push(c),
            '\u{7f}' => self.out.push('\u{2421}'),
            '\0'..='\u{1f}' => self.out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
            c if is_hidden(c) && !joins => {
                use std::fmt::Write;
                // Writing to a String cannot fail.
                let _ = write!(self.out, "<U+{:04X}>", u32::from(c));
            }
            c => self.out.push(c),
        }
        self.last = c;
    }

    fn close_span(&mut self) {
        let end = self.out.len();
        if let Some(spans) = &mut self.spans
            && end > self.from
            && !self.style.is_plain()
        {
            spans.push(Span { range: self.from..end, style: self.style });
        }
        self.from = end;
    }
}

impl Perform for Painter<'_> {
    fn print(&mut self, c: char) {
        self.open = None;
        // A character that ends a broken sequence; what follows it is not known here.
        self.put(c, None);
    }

    fn execute(&mut self, byte: u8) {
        // A control inside a sequence is carried out by a terminal without ending the sequence.
        if self.open.is_none() {
            self.put(char::from(byte), None);
        }
    }

    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], _ignore: bool, action: u8) {
        self.open = None;
        if action != b'm' || !intermediates.is_empty() {
            return;
        }
        let mut style = self.style;
        style.apply(params.iter());
        let full = self.spans.as_ref().is_some_and(|spans| spans.len() + 1 >= MAX_SPANS);
        if style != self.style && !full {
            self.close_span();
            self.style = style;
        }
    }

    fn esc_dispatch(&mut self, _intermediates: &[u8], _ignore: bool, _byte: u8) {
        self.open = None;
    }

    fn osc_dispatch(&mut self, _params: &[&[u8]], bell_terminated: bool) {
        // Ended by ESC, it is over only with the backslash behind; so are the strings without a callback here.
        if bell_terminated {
            self.open = None;
        }
    }
}
