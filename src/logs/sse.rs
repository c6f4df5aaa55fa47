//! The event-stream parser: bytes in, events out, whatever the splits.
//!
//! `fetch` hands over network chunks, and a network cuts where it likes: inside a field name, between CR and LF,
//! in the middle of a character. The parser follows the WHATWG rules ("interpreting an event stream") and keeps
//! exactly the state they need: the unfinished line, and the event that is being filled.
//!
//! Three decisions are worth knowing.
//!
//! * **No copy on the usual path.** An event of one data line that lies whole inside one chunk, which is nearly
//!   every event, is handed out as a slice of that chunk. Only what straddles a chunk is copied.
//! * **Bytes, not characters.** Lines end at ASCII bytes, and no UTF-8 sequence contains one, so text is decoded
//!   once per event. A sequence cut by a chunk is joined by itself; an invalid one becomes U+FFFD, as the
//!   standard's decoder does it.
//! * **Bounded.** An event keeps at most `limit` bytes of data; what is over is counted in [`Event::cut`], so the
//!   reader is told. A line without end cannot fill the memory.

use memchr::{memchr, memchr2};
use std::borrow::Cow;

const BOM: [u8; 3] = [0xEF, 0xBB, 0xBF];
/// A buffer that grew beyond this for one odd line is given back afterwards.
const KEEP_CAPACITY: usize = 64 * 1024;

/// The default bound on the data of one event: 1 MiB.
pub const DEFAULT_LIMIT: usize = 1 << 20;

/// One dispatched event.
#[derive(Debug, PartialEq, Eq)]
pub struct Event<'a> {
    /// The event's type: `message` unless the stream named another.
    pub name: &'a str,
    /// The data lines joined with `\n`.
    pub data: Cow<'a, str>,
    /// The last event id the stream gave, or nothing. (Zadig gives none: contract section 4.)
    pub id: &'a str,
    /// How many bytes of data were left out because the event was longer than the parser's limit.
    pub cut: u64,
}

/// What one complete line asked for.
enum Took<'l> {
    Nothing,
    Data(&'l [u8]),
    Dispatch,
}

/// An incremental parser of one event stream. See the module's text.
#[derive(Debug)]
pub struct Parser {
    limit: usize,
    /// The unfinished line, carried from chunk to chunk.
    line: Vec<u8>,
    line_cut: u64,
    /// Data lines of the unfinished event that could not stay in their chunk.
    data: Vec<u8>,
    data_cut: u64,
    has_data: bool,
    name: String,
    id: String,
    retry: Option<u64>,
    skip_lf: bool,
    /// How many bytes of a byte order mark were seen; `None` once the start is behind us.
    bom: Option<usize>,
}

impl Default for Parser {
    fn default() -> Self {
        Self::new(DEFAULT_LIMIT)
    }
}

impl Parser {
    /// A parser at the start of a stream that keeps at most `limit` bytes of data per event.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            line: Vec::new(),
            line_cut: 0,
            data: Vec::new(),
            data_cut: 0,
            has_data: false,
            name: String::new(),
            id: String::new(),
            retry: None,
            skip_lf: false,
            bom: Some(0),
        }
    }

    /// The reconnection time the stream asked for, in milliseconds.
    pub fn retry(&self) -> Option<u64> {
        self.retry
    }

    /// The last event id, to be sent as `Last-Event-ID` by who reconnects.
    pub fn last_id(&self) -> &str {
        &self.id
    }

    /// Takes the next chunk and calls `on_event` for every event it completes.
    ///
    /// An event that the stream leaves without its blank line is never dispatched, as the standard wants it.
    pub fn push(&mut self, chunk: &[u8], mut on_event: impl FnMut(Event<'_>)) {
        let mut rest = self.skip_bom(chunk);
        let mut held: Option<&[u8]> = None;
        loop {
            rest = self.skip_line_feed(rest);
            let Some(end) = memchr2(b'\n', b'\r', rest) else { break };
            let (line, tail) = rest.split_at_checked(end).unwrap_or((rest, &[]));
            self.skip_lf = tail.first() == Some(&b'\r');
            rest = tail.get(1..).unwrap_or_default();

            if self.line.is_empty() && self.line_cut == 0 {
                match self.take_line(line) {
                    Took::Nothing => {}
                    Took::Data(value) => {
                        if self.has_data || value.len() > self.limit {
                            self.spill(held.take());
                            self.append_data(value);
                        } else {
                            held = Some(value);
                        }
                        self.has_data = true;
                    }
                    Took::Dispatch => self.dispatch(held.take(), &mut on_event),
                }
            } else {
                self.extend_line(line);
                self.finish_carried_line(&mut held, &mut on_event);
            }
        }
        self.extend_line(rest);
        self.spill(held);
    }

    /// Drops one byte order mark at the very start of the stream, also when it is split.
    fn skip_bom<'c>(&mut self, chunk: &'c [u8]) -> &'c [u8] {
        let Some(mut seen) = self.bom else { return chunk };
        let mut rest = chunk;
        while let (Some(expected), Some(byte)) = (BOM.get(seen), rest.first()) {
            if byte != expected {
                // Not a mark after all: the bytes that looked like one belong to the first line.
                self.bom = None;
                self.line.extend(BOM.iter().take(seen));
                return rest;
            }
            seen += 1;
            rest = rest.get(1..).unwrap_or_default();
        }
        self.bom = (seen < BOM.len()).then_some(seen);
        rest
    }

    /// The LF of a CR LF that was cut, or simply follows: the CR already ended the line.
    fn skip_line_feed<'c>(&mut self, rest: &'c [u8]) -> &'c [u8] {
        if !self.skip_lf || rest.is_empty() {
            return rest;
        }
        self.skip_lf = false;
        rest.strip_prefix(b"\n").unwrap_or(rest)
    }

    fn extend_line(&mut self, part: &[u8]) {
        // The field's name and colon come on top of the data that the limit speaks of.
        let room = (self.limit + 64).saturating_sub(self.line.len());
        let kept = part.get(..room).unwrap_or(part);
        self.line.extend_from_slice(kept);
        self.line_cut += (part.len() - kept.len()) as u64;
    }

    fn finish_carried_line(&mut self, held: &mut Option<&[u8]>, on_event: &mut impl FnMut(Event<'_>)) {
        let mut line = std::mem::take(&mut self.line);
        let cut = std::mem::take(&mut self.line_cut);
        match self.take_line(&line) {
            Took::Nothing => {}
            Took::Data(value) => {
                self.spill(held.take());
                self.append_data(value);
                self.has_data = true;
                self.data_cut += cut;
            }
            Took::Dispatch => self.dispatch(held.take(), on_event),
        }
        line.clear();
        line.shrink_to(KEEP_CAPACITY);
        self.line = line;
    }

    /// Applies one complete line, without its end, to the event being filled.
    fn take_line<'l>(&mut self, line: &'l [u8]) -> Took<'l> {
        if line.is_empty() {
            return Took::Dispatch;
        }
        let (field, value) = match memchr(b':', line) {
            Some(colon) => {
                let (field, value) = line.split_at_checked(colon).unwrap_or((line, &[]));
                let value = value.get(1..).unwrap_or_default();
                (field, value.strip_prefix(b" ").unwrap_or(value))
            }
            None => (line, &[][..]),
        };
        // A name or an id is bounded like data is.
        let bounded = value.get(..self.limit).unwrap_or(value);
        match field {
            b"data" => return Took::Data(value),
            b"event" => {
                self.name.clear();
                self.name.push_str(&String::from_utf8_lossy(bounded));
            }
            b"id" if memchr(0, value).is_none() => self.id = String::from_utf8_lossy(bounded).into_owned(),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                self.retry =
                    std::str::from_utf8(value).ok().and_then(|digits| digits.parse().ok()).or(self.retry);
            }
            // Comments (an empty field name) and unknown fields.
            _ => {}
        }
        Took::Nothing
    }

    /// Moves a data line that was borrowed from its chunk into the parser.
    fn spill(&mut self, held: Option<&[u8]>) {
        if let Some(value) = held {
            self.has_data = false;
            self.append_data(value);
            self.has_data = true;
        }
    }

    fn append_data(&mut self, value: &[u8]) {
        if self.has_data {
            self.data.push(b'\n');
        }
        let room = self.limit.saturating_sub(self.data.len());
        let kept = value.get(..room).unwrap_or(value);
        self.data.extend_from_slice(kept);
        self.data_cut += (value.len() - kept.len()) as u64;
    }

    fn dispatch(&mut self, held: Option<&[u8]>, on_event: &mut impl FnMut(Event<'_>)) {
        if std::mem::take(&mut self.has_data) {
            let mut cut = std::mem::take(&mut self.data_cut);
            let bytes = held.unwrap_or(&self.data);
            let data = decode(bytes, &mut cut);
            let name = if self.name.is_empty() { "message" } else { self.name.as_str() };
            on_event(Event { name, data, id: &self.id, cut });
            self.data.clear();
            self.data.shrink_to(KEEP_CAPACITY);
        }
        self.name.clear();
    }
}

/// Decodes data; of a cut event the sequence that the cut halved goes to the cut side.
fn decode<'b>(bytes: &'b [u8], cut: &mut u64) -> Cow<'b, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) if *cut > 0 => {
            let tail = bytes.len() - bytes.utf8_chunks().last().map_or(0, |chunk| chunk.invalid().len());
            let halved = bytes.get(tail..).unwrap_or_default();
            // Only an unfinished sequence was made by the cut; an invalid one was sent as it is.
            let unfinished = std::str::from_utf8(halved).is_err_and(|e| e.error_len().is_none());
            let whole = if unfinished && error.valid_up_to() <= tail {
                *cut += halved.len() as u64;
                bytes.get(..tail).unwrap_or(bytes)
            } else {
                bytes
            };
            String::from_utf8_lossy(whole)
        }
        Err(_) => String::from_utf8_lossy(bytes),
    }
}
