//! A row as elements: time, pod, text. Whatever a line holds becomes text nodes, never markup.

use super::core::Core;
use super::settings::TimeColumn;
use crate::i18n::{Messages, date_time, fill};
use crate::logs::engine::Engine;
use crate::logs::level::Level;
use crate::logs::note::{Gap, GapKind, Note};
use crate::logs::row::{Row, Segment};
use crate::logs::style::{Color, Style};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// The class of an address in a row.
const LINK: &str = "log-url";

/// Raw bytes of a line that are drawn: in a line of their own, and wrapped.
const MOST: usize = 4 * 1024;
const MOST_WRAPPED: usize = 16 * 1024;
/// Pieces of their own look that are drawn of a row: thousands of them in each row would hold the page up.
const MOST_PARTS: usize = 200;
/// Colours for pods; see `style/logs.css`.
const POD_COLOURS: u16 = 8;

/// A row on the page.
#[derive(Debug)]
pub(crate) struct RowDom {
    /// The row's number.
    pub seq: u64,
    /// Its element.
    pub element: HtmlElement,
    time: Element,
    pod: Element,
    text: Element,
    version: u64,
    class: String,
    lit: (bool, bool),
}

impl RowDom {
    /// A row without content.
    pub(crate) fn new(document: &Document) -> Option<Self> {
        let make = |tag: &str, class: &str| {
            let element = document.create_element(tag).ok()?;
            element.set_class_name(class);
            Some(element)
        };
        let element = make("div", "log-row")?.dyn_into::<HtmlElement>().ok()?;
        let (time, pod, text) =
            (make("span", "log-time")?, make("span", "log-pod")?, make("span", "log-text")?);
        for part in [&time, &pod, &text] {
            element.append_child(part).ok()?;
        }
        Some(Self {
            seq: u64::MAX,
            element,
            time,
            pod,
            text,
            version: u64::MAX,
            class: String::new(),
            lit: (false, false),
        })
    }

    /// Where a text begins in the row, and how wide it is, in pixels.
    pub(crate) fn extent(&self, text: &str) -> (f64, f64) {
        self.text.set_text_content(Some(text));
        let (row, text) = (self.element.get_bounding_client_rect(), self.text.get_bounding_client_rect());
        (text.left() - row.left(), text.width())
    }

    /// Shows row `seq`, if it does not already.
    pub(crate) fn show(&mut self, document: &Document, engine: &Engine, core: &Core, seq: u64) {
        let version = core.version.get();
        if self.seq != seq || self.version != version {
            (self.seq, self.version) = (seq, version);
            let most = if core.wrap.get() { MOST_WRAPPED } else { MOST };
            if let Some(row) = engine.row_of(seq, most) {
                self.fill(document, engine, core, &row);
            }
        }
    }

    fn fill(&mut self, document: &Document, engine: &Engine, core: &Core, row: &Row) {
        let _ = self.element.set_attribute("data-seq", &row.seq.to_string());
        let time = match core.time.get() {
            TimeColumn::Off => String::new(),
            TimeColumn::Arrival => clock_text(row.at_ms as f64),
            TimeColumn::Line => {
                engine.stamp_of(row.seq).map(|stamp| clock_text(stamp.unix_ms as f64)).unwrap_or_default()
            }
        };
        self.time.set_text_content(Some(&time));
        if engine.sources().len() > 1 {
            let source = engine.sources().get(usize::from(row.source));
            let name = source.map(|source| name(&source.pod, &source.container, core.containers.get()));
            self.pod.set_text_content(name.as_deref());
            self.pod.set_class_name(&format!("log-pod pod-{}", row.source % POD_COLOURS));
        }
        match &row.note {
            Some(note) => self.text.set_text_content(Some(&say(note, core.words.get()))),
            None => write_text(document, &self.text, row, core.words.get()),
        }
        let class = format!(
            "log-row {}{}{}{}",
            level_class(row.level),
            if row.continues { " continues" } else { "" },
            if row.marked { " marked" } else { "" },
            if row.note.is_some() { " note" } else { "" },
        );
        if self.class != class {
            self.element.set_class_name(&class);
            self.class = class;
            self.lit = (false, false);
        }
    }

    /// Shows whether the row is under the cursor and selected.
    pub(crate) fn light(&mut self, cursor: bool, picked: bool) {
        if std::mem::replace(&mut self.lit, (cursor, picked)) == (cursor, picked) {
            return;
        }
        let list = self.element.class_list();
        let _ = list.toggle_with_force("cursor", cursor);
        let _ = list.toggle_with_force("picked", picked);
    }
}

fn write_text(document: &Document, parent: &Element, row: &Row, words: &Messages) {
    let segments = row.segments();
    match segments.as_slice() {
        [] => parent.set_text_content(Some("")),
        [one] if is_bare(one) => parent.set_text_content(Some(one.text)),
        all => {
            parent.set_text_content(None);
            let (drawn, rest) = all.split_at(all.len().min(MOST_PARTS));
            drawn.iter().for_each(|segment| write_segment(document, parent, segment));
            if !rest.is_empty() {
                let plain: String = rest.iter().map(|segment| segment.text).collect();
                let _ = parent.append_child(&document.create_text_node(&plain));
            }
        }
    }
    if row.clipped > 0
        && let Ok(more) = document.create_element("span")
    {
        more.set_class_name("log-more");
        more.set_text_content(Some(&fill(
            words.logs().clipped,
            &[("n", &(row.clipped / 1024 + 1).to_string())],
        )));
        let _ = parent.append_child(&more);
    }
}

fn write_segment(document: &Document, parent: &Element, segment: &Segment<'_>) {
    if is_bare(segment) {
        let _ = parent.append_child(&document.create_text_node(segment.text));
        return;
    }
    if let Some(address) = segment.link
        && let Some(link) = link_to(document, address)
    {
        write_segment(document, &link, &Segment { link: None, ..*segment });
        let _ = parent.append_child(&link);
        return;
    }
    let Ok(part) = document.create_element(if segment.highlighted { "mark" } else { "span" }) else { return };
    part.set_text_content(Some(segment.text));
    part.set_class_name(&style_class(&segment.style));
    if let Some(part) = part.dyn_ref::<HtmlElement>() {
        paint_colours(part, &segment.style);
    }
    let _ = parent.append_child(&part);
}

/// Whether a piece is a text node and nothing else.
fn is_bare(segment: &Segment<'_>) -> bool {
    segment.style.is_plain() && !segment.highlighted && segment.link.is_none()
}

/// A link that opens in a tab of its own. It is followed with Ctrl or Cmd only (see [`follows`]) and no stop of the Tab key:
/// a log may hold thousands.
fn link_to(document: &Document, address: &str) -> Option<Element> {
    let link = document.create_element("a").ok()?;
    link.set_class_name(LINK);
    let attributes =
        [("href", address), ("target", "_blank"), ("rel", "noopener noreferrer"), ("tabindex", "-1")];
    for (name, value) in attributes {
        link.set_attribute(name, value).ok()?;
    }
    Some(link)
}

/// The address in a row that an event happened in, if it did.
pub(crate) fn link_of(event: &web_sys::MouseEvent) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(&format!(".{LINK}")).ok().flatten()
}

/// Whether a click follows an address: with Ctrl or Cmd, so that a plain one can select text.
pub(crate) fn follows(event: &web_sys::MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key()
}

fn style_class(style: &Style) -> String {
    let mut class = String::new();
    let flags = [
        (style.bold, "a-bold "),
        (style.dim, "a-dim "),
        (style.italic, "a-italic "),
        (style.underline, "a-under "),
        (style.strike, "a-strike "),
        (style.inverse, "a-inverse "),
    ];
    flags.iter().filter(|(on, _)| *on).for_each(|(_, name)| class.push_str(name));
    for (colour, ground) in [(style.fg, "fg"), (style.bg, "bg")] {
        if let Color::Indexed(index @ 0..=15) = colour {
            class.push_str(&format!("{ground}-{index} "));
        }
    }
    class
}

/// Colours beyond the sixteen of the theme are set as they are.
fn paint_colours(part: &HtmlElement, style: &Style) {
    for (colour, property) in [(style.fg, "--fg"), (style.bg, "--bg-of")] {
        if let Some(value) = exact_colour(colour) {
            let _ = part.style().set_property(property, &value);
            let _ = part.class_list().add_1(if property == "--fg" { "fg-x" } else { "bg-x" });
        }
    }
}

fn exact_colour(colour: Color) -> Option<String> {
    let (red, green, blue) = match colour {
        Color::Default | Color::Indexed(0..=15) => return None,
        Color::Rgb(red, green, blue) => (red, green, blue),
        Color::Indexed(grey @ 232..) => {
            let level = 8 + 10 * (grey - 232);
            (level, level, level)
        }
        Color::Indexed(index) => {
            let step = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
            let cube = index - 16;
            (step(cube / 36), step(cube / 6 % 6), step(cube % 6))
        }
    };
    Some(format!("rgb({red} {green} {blue})"))
}

/// The class of a level; its bar stands at the start of the row.
pub(crate) const fn level_class(level: Level) -> &'static str {
    match level {
        Level::Unknown => "lv-none",
        Level::Trace => "lv-trace",
        Level::Debug => "lv-debug",
        Level::Info => "lv-info",
        Level::Warn => "lv-warn",
        Level::Error => "lv-error",
        Level::Fatal => "lv-fatal",
    }
}

/// A note in words.
pub(crate) fn say(note: &Note, words: &Messages) -> String {
    let t = words.logs();
    match note {
        Note::Restarted => t.note_restarted.to_owned(),
        Note::Ended => t.note_ended.to_owned(),
        Note::Text(text) => text.clone(),
        Note::Gap(Gap { kind, from_ms, to_ms }) => {
            let seconds = |ms: u64| date_time(i64::try_from(ms / 1000).unwrap_or_default());
            let between = [("from", seconds(*from_ms)), ("to", seconds(*to_ms))];
            let values: Vec<(&str, &str)> = between.iter().map(|(key, text)| (*key, text.as_str())).collect();
            match kind {
                GapKind::Missing => fill(t.note_gap, &values),
                GapKind::Doubtful { at_most: None } => fill(t.note_doubt, &values),
                GapKind::Doubtful { at_most: Some(n) } => {
                    fill(&fill(t.note_doubt_most, &values), &[("n", &n.to_string())])
                }
            }
        }
    }
}

/// `07:31:05.123` in the browser's zone.
pub(crate) fn clock_text(unix_ms: f64) -> String {
    let date = js_sys::Date::new(&unix_ms.into());
    format!(
        "{:02}:{:02}:{:02}.{:03}",
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds(),
        date.get_milliseconds()
    )
}

/// The part of a pod's name that tells it from its siblings: the end, with the workload's name left out.
pub(crate) fn short_name(pod: &str) -> &str {
    let cut = pod.char_indices().rev().filter(|(_, c)| *c == '-').map(|(at, _)| at).nth(1);
    match cut {
        Some(at) if pod.len() > 16 => pod.get(at + 1..).unwrap_or(pod),
        _ => pod,
    }
}

/// What a row calls its source: where pods have several containers, the pod's very end and the container.
pub(crate) fn name(pod: &str, container: &str, containers: bool) -> String {
    match pod.rsplit_once('-') {
        Some((_, end)) if containers => format!("{end}/{container}"),
        _ => short_name(pod).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colour_cube_and_the_greys_are_xterms() {
        assert_eq!(exact_colour(Color::Indexed(208)).as_deref(), Some("rgb(255 135 0)"));
        assert_eq!(exact_colour(Color::Indexed(16)).as_deref(), Some("rgb(0 0 0)"));
        assert_eq!(exact_colour(Color::Indexed(255)).as_deref(), Some("rgb(238 238 238)"));
        assert_eq!(exact_colour(Color::Indexed(9)), None);
    }

    #[test]
    fn a_long_pod_name_is_told_by_its_end() {
        assert_eq!(short_name("checkout-service-web-7d9f8b6c5d-x2v4q"), "7d9f8b6c5d-x2v4q");
        assert_eq!(short_name("web-k22s27wqnw-rxnkm"), "k22s27wqnw-rxnkm");
        assert_eq!(short_name("web-0"), "web-0");
        assert_eq!(name("order-68wnrw6j69-7cj88", "metrics-agent", true), "7cj88/metrics-agent");
    }
}
