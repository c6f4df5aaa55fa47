//! One row, ready to be drawn: text, styles, highlights.

use super::level::Level;
use super::note::Note;
use super::style::{Span, Style};
use std::ops::Range;

/// A row of the view.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its number, which never changes and is never used for another row.
    pub seq: u64,
    /// Its source.
    pub source: u16,
    /// Arrival, milliseconds since 1970.
    pub at_ms: u64,
    /// Its level, stated or inherited.
    pub level: Level,
    /// Whether it continues the line before it.
    pub continues: bool,
    /// Whether the reader marked it.
    pub marked: bool,
    /// Set for a gap or a notice, which has no text.
    pub note: Option<Note>,
    /// The visible text. Only ever to be shown as text.
    pub text: String,
    /// How many bytes of raw text were not looked at because the line is longer than the limit.
    pub clipped: usize,
    /// Styled ranges of the text, ascending and apart.
    pub spans: Vec<Span>,
    /// Ranges to highlight, ascending and apart.
    pub highlights: Vec<Range<usize>>,
}

/// A piece of a row's text of one look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment<'r> {
    /// The text.
    pub text: &'r str,
    /// Its style.
    pub style: Style,
    /// Whether it is part of a match.
    pub highlighted: bool,
    /// The whole address it is part of, if it is.
    pub link: Option<&'r str>,
}

impl Row {
    /// The text cut where the style, the highlight or an address begins or ends: one text node each. Together they are the text.
    pub fn segments(&self) -> Vec<Segment<'_>> {
        let styled = self.spans.iter().flat_map(|span| [span.range.start, span.range.end]);
        let marked = self.highlights.iter().flat_map(|range| [range.start, range.end]);
        let links = super::links::find(&self.text);
        let linked = links.iter().flat_map(|range| [range.start, range.end]);
        let mut cuts: Vec<usize> = styled.chain(marked).chain(linked).chain([0, self.text.len()]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut spans = self.spans.iter().peekable();
        let mut highlights = self.highlights.iter().peekable();
        let mut ahead = links.iter().peekable();
        let pieces = cuts.iter().zip(cuts.iter().skip(1));
        pieces
            .filter_map(|(start, end)| {
                while spans.next_if(|span| span.range.end <= *start).is_some() {}
                while highlights.next_if(|range| range.end <= *start).is_some() {}
                let style = spans.peek().filter(|span| span.range.start <= *start).map(|span| span.style);
                let highlighted = highlights.peek().is_some_and(|range| range.start <= *start);
                while ahead.next_if(|range| range.end <= *start).is_some() {}
                let link = ahead.peek().filter(|range| range.start <= *start);
                let link = link.and_then(|range| self.text.get(range.start..range.end));
                let text = self.text.get(*start..*end)?;
                Some(Segment { text, style: style.unwrap_or_default(), highlighted, link })
            })
            .collect()
    }
}
