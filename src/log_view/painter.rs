//! Draws rows: a spacer for the scroll bar, and a layer of the rows that are on the screen.

use super::core::Core;
use super::row_dom::RowDom;
use super::viewport::{self, Anchor, ROW};
use super::wrapping::Wrapping;
use crate::logs::engine::Engine;
use leptos::prelude::*;
use std::collections::VecDeque;
use std::ops::Range;
use web_sys::{Document, HtmlElement};

/// What a row has beside its text at its end, in pixels.
const MARGIN: f64 = 16.0;

/// The elements of a view.
#[derive(Debug)]
pub struct Painter {
    document: Document,
    scroller: HtmlElement,
    spacer: HtmlElement,
    layer: HtmlElement,
    rows: VecDeque<RowDom>,
    spare: Vec<RowDom>,
    /// Height of the view.
    height: f64,
    /// What the reader looks at, unless the view follows.
    anchor: Anchor,
    /// Where the scroll bar was set to, or was last seen.
    scroll_top: f64,
    wrapping: Wrapping,
    /// The version of the rows for which the width of a wrapped line was measured.
    measured: Option<u64>,
    total: f64,
    layer_top: f64,
}

impl Painter {
    /// Takes over the elements of a view.
    pub fn new(scroller: HtmlElement, spacer: HtmlElement, layer: HtmlElement) -> Option<Self> {
        Some(Self {
            document: scroller.owner_document()?,
            scroller,
            spacer,
            layer,
            rows: VecDeque::new(),
            spare: Vec::new(),
            height: 0.0,
            anchor: Anchor::default(),
            scroll_top: 0.0,
            wrapping: Wrapping::default(),
            measured: None,
            total: -1.0,
            layer_top: -1.0,
        })
    }

    /// The view's height has changed.
    pub fn resize(&mut self) {
        self.height = f64::from(self.scroller.client_height());
        self.measured = None;
    }

    /// The height of a row; of wrapped ones, about.
    fn row_height(&mut self, engine: &Engine, core: &Core) -> f64 {
        if !core.wrap.get() {
            return ROW;
        }
        let version = core.version.get();
        if self.measured != Some(version) {
            self.measured = Some(version);
            self.measure();
        }
        self.wrapping.mean(engine, version)
    }

    /// Draws the rows as the engine has them now.
    pub fn paint(&mut self, core: &Core) {
        if self.height <= 0.0 {
            self.resize();
            if self.height <= 0.0 {
                return;
            }
        }
        let engine = core.engine.borrow();
        let follow = core.follow.try_get_untracked().unwrap_or(false);
        let len = engine.visible_len();
        let anchor = (!follow)
            .then(|| (engine.index_of(self.anchor.seq).min(len.saturating_sub(1)), self.anchor.offset));
        let row = self.row_height(&engine, core);
        let frame = viewport::frame(len, self.height, row, anchor);
        self.fill(&engine, core, frame.rows.clone());
        if core.wrap.get() {
            self.place_wrapped(len, follow, &frame);
        } else {
            self.set_total(frame.total);
            self.set_layer(frame.rows.start as f64 * ROW);
            self.set_scroll(frame.scroll_top);
        }
        self.light(core);
    }

    /// Wrapped rows flow from the one at the top (or to the one at the end), wherever the scroll bar stands. Where the
    /// first or the last row is drawn, the scroll bar is exact.
    fn place_wrapped(&mut self, len: usize, follow: bool, frame: &viewport::Frame) {
        let layer = f64::from(self.layer.offset_height());
        let from_start = frame.rows.start == 0;
        if follow {
            let total = if from_start { layer } else { frame.total.max(layer) };
            self.set_total(total);
            self.set_layer(total - layer);
            self.set_scroll((total - self.height).max(0.0));
            return;
        }
        let above = self.offset_of(self.anchor.seq).unwrap_or_default();
        let scroll = if from_start { (above - self.anchor.offset).max(0.0) } else { frame.scroll_top };
        let top = if from_start { 0.0 } else { (scroll + self.anchor.offset - above).max(0.0) };
        let bottom = top + layer;
        let total = if frame.rows.end == len { bottom } else { frame.total.max(bottom) };
        self.set_total(total);
        self.set_layer(top);
        self.set_scroll(scroll.min((total - self.height).max(0.0)));
    }

    /// How many characters fit into a line of a wrapped row: what a row of known length takes, against the room there is.
    fn measure(&mut self) {
        const PROBE: usize = 20;
        let Some(probe) = RowDom::new(&self.document) else { return };
        if self.layer.append_child(&probe.element).is_err() {
            return;
        }
        let (start, taken) = probe.extent(&"0".repeat(PROBE));
        let room = f64::from(self.layer.client_width()) - start - MARGIN;
        probe.element.remove();
        if taken > 0.0 && room > 0.0 {
            // A line has no more characters than fit a small number.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "pixels and columns of a screen: small numbers"
            )]
            self.wrapping.set_columns((room * PROBE as f64 / taken).max(1.0) as usize);
        }
    }

    fn offset_of(&self, seq: u64) -> Option<f64> {
        let row = self.rows.iter().find(|row| row.seq >= seq)?;
        Some(f64::from(row.element.offset_top()))
    }

    fn set_total(&mut self, total: f64) {
        if self.total != total {
            self.total = total;
            let _ = self.spacer.style().set_property("height", &format!("{total}px"));
        }
    }

    fn set_layer(&mut self, top: f64) {
        if self.layer_top != top {
            self.layer_top = top;
            let _ = self.layer.style().set_property("transform", &format!("translateY({top}px)"));
        }
    }

    fn set_scroll(&mut self, top: f64) {
        if (self.scroll_top - top).abs() >= 1.0 {
            // Pixels of a scroll bar fit a 32 bit number.
            #[expect(
                clippy::cast_possible_truncation,
                reason = "pixels and columns of a screen: small numbers"
            )]
            self.scroller.set_scroll_top(top.round() as i32);
            self.scroll_top = f64::from(self.scroller.scroll_top());
        }
    }

    /// Makes the layer hold exactly the rows of `range`, reusing elements.
    fn fill(&mut self, engine: &Engine, core: &Core, range: Range<usize>) {
        let first = engine.seq_at(range.start).unwrap_or(u64::MAX);
        let last = range.end.checked_sub(1).and_then(|index| engine.seq_at(index)).unwrap_or(0);
        while self.rows.front().is_some_and(|row| row.seq < first) {
            let row = self.rows.pop_front();
            self.put_away(row);
        }
        while self.rows.back().is_some_and(|row| row.seq > last) {
            let row = self.rows.pop_back();
            self.put_away(row);
        }
        let mut at = 0;
        for seq in range.filter_map(|index| engine.seq_at(index)) {
            while self.rows.get(at).is_some_and(|row| row.seq < seq) {
                let row = self.rows.remove(at);
                self.put_away(row);
            }
            if self.rows.get(at).is_none_or(|row| row.seq != seq) && !self.insert(at) {
                return;
            }
            if let Some(row) = self.rows.get_mut(at) {
                row.show(&self.document, engine, core, seq);
            }
            at += 1;
        }
        while self.rows.len() > at {
            let row = self.rows.pop_back();
            self.put_away(row);
        }
    }

    fn insert(&mut self, at: usize) -> bool {
        let Some(row) = self.spare.pop().or_else(|| RowDom::new(&self.document)) else { return false };
        let next = self.rows.get(at).map(|next| next.element.as_ref());
        let done = self.layer.insert_before(&row.element, next).is_ok();
        self.rows.insert(at, row);
        done
    }

    fn put_away(&mut self, row: Option<RowDom>) {
        if let Some(row) = row {
            row.element.remove();
            if self.spare.len() < 200 {
                self.spare.push(row);
            }
        }
    }

    fn light(&mut self, core: &Core) {
        let cursor = core.cursor.try_get_untracked().flatten();
        let picked = core.picked.try_get_untracked().flatten();
        let picked = picked.map(|(a, b)| a.min(b)..=a.max(b));
        for row in &mut self.rows {
            let is_picked = picked.as_ref().is_some_and(|picked| picked.contains(&row.seq));
            row.light(cursor == Some(row.seq), is_picked);
        }
    }

    /// The scroll bar has moved. Gives whether the view is at its end now; `None` when it was moved from here.
    pub fn scrolled(&mut self, core: &Core) -> Option<bool> {
        let top = f64::from(self.scroller.scroll_top());
        if (top - self.scroll_top).abs() < 2.0 {
            return None;
        }
        self.scroll_top = top;
        // A view that grows makes the browser move the scroll bar before anybody tells the new height.
        self.resize();
        self.hold(core);
        Some(top + self.height >= self.total - 3.0)
    }

    /// Holds what the reader sees now: the view no longer keeps to its end.
    pub fn hold(&mut self, core: &Core) {
        let engine = core.engine.borrow();
        let seen = core.wrap.get().then(|| self.seen()).flatten();
        let (seq, offset) = match seen {
            Some(seen) => seen,
            None => {
                let (index, offset) = viewport::at(self.scroll_top, self.row_height(&engine, core));
                let Some(seq) = engine.seq_at(index.min(engine.visible_len().saturating_sub(1))) else {
                    return;
                };
                (seq, offset)
            }
        };
        self.anchor = Anchor { seq, offset };
    }

    /// The drawn row at the top of the view, and its offset.
    fn seen(&self) -> Option<(u64, f64)> {
        self.rows.iter().find_map(|row| {
            let top = self.layer_top + f64::from(row.element.offset_top()) - self.scroll_top;
            let bottom = top + f64::from(row.element.offset_height());
            (bottom > 0.0 && top <= self.height).then_some((row.seq, top))
        })
    }

    /// Brings row `seq` into the middle of the view, unless it can be seen already.
    pub fn reveal(&mut self, core: &Core, seq: u64) {
        let margin = ROW * 2.0;
        let drawn = self.rows.iter().find(|row| row.seq == seq);
        let visible = drawn.is_some_and(|row| {
            let top = self.layer_top + f64::from(row.element.offset_top()) - self.scroll_top;
            top >= 0.0 && top + margin <= self.height
        });
        if visible {
            self.hold(core);
        } else {
            self.anchor = Anchor { seq, offset: (self.height / 2.0 - ROW).max(0.0) };
        }
    }

    /// Holds the first row there is, or that will come.
    pub fn scroll_to_start(&mut self) {
        self.anchor = Anchor::default();
    }

    /// Moves what is seen by a number of rows.
    pub fn move_by(&mut self, core: &Core, rows: i64) {
        self.hold(core);
        let engine = core.engine.borrow();
        let last = engine.visible_len().saturating_sub(1);
        let index = engine.index_of(self.anchor.seq);
        let step = usize::try_from(rows.unsigned_abs()).unwrap_or(usize::MAX);
        let index = if rows < 0 { index.saturating_sub(step) } else { index.saturating_add(step).min(last) };
        if let Some(seq) = engine.seq_at(index) {
            self.anchor = Anchor { seq, offset: 0.0 };
        }
    }

    /// How many rows a page has.
    pub fn page(&self) -> i64 {
        // A screen has no more rows than fit a small number.
        #[expect(clippy::cast_possible_truncation, reason = "pixels and columns of a screen: small numbers")]
        let rows = (self.height / ROW) as i64;
        (rows - 2).max(1)
    }

    /// The drawn row at a vertical position of the window; the first or last beyond the edges.
    pub fn row_at(&self, client_y: f64) -> Option<u64> {
        let hit = self.rows.iter().find(|row| row.element.get_bounding_client_rect().bottom() > client_y);
        hit.or_else(|| self.rows.back()).map(|row| row.seq)
    }

    /// Gives the keyboard to the rows.
    pub fn focus(&self) {
        let _ = self.scroller.focus();
    }

    /// How far a vertical position lies outside of the view: negative above it.
    pub fn outside(&self, client_y: f64) -> f64 {
        let area = self.scroller.get_bounding_client_rect();
        if client_y < area.top() { client_y - area.top() } else { (client_y - area.bottom()).max(0.0) }
    }
}
