//! Selecting with the mouse. Within a row the browser selects characters; from one row to another, rows are selected
//! by number, so that a selection may span rows that are not drawn.

use super::LogView;
use leptos::prelude::*;
use std::time::Duration;
use web_sys::MouseEvent;

/// How often a selection that is pulled over the edge moves on.
const EDGE: Duration = Duration::from_millis(50);

/// A selection in the making.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Drag {
    /// The row it began in.
    from: Option<u64>,
    /// Where the mouse is.
    y: f64,
    /// Whether the view is being moved on.
    edging: bool,
}

impl LogView {
    /// The mouse went down: the cursor goes there; with shift the selection grows to there.
    pub(crate) fn press(self, drag: StoredValue<Drag>, event: &MouseEvent) {
        if event.button() != 0 {
            return;
        }
        let y = f64::from(event.client_y());
        let Some(Some(seq)) = self.with_painter(|painter, _| painter.row_at(y)) else { return };
        if event.shift_key() {
            event.prevent_default();
            let start = self.picked.get_untracked().map(|(start, _)| start);
            let start = start.or_else(|| self.cursor.get_untracked()).unwrap_or(seq);
            self.picked.set(Some((start, seq)));
        } else {
            self.picked.set(None);
            self.cursor.set(Some(seq));
            drag.set_value(Drag { from: Some(seq), y, edging: false });
        }
    }

    /// The mouse moved: into another row, whole rows are selected from then on.
    pub(crate) fn drag(self, drag: StoredValue<Drag>, event: &MouseEvent) {
        let Some(mut now) = drag.try_get_value() else { return };
        if now.from.is_none() {
            return;
        }
        if event.buttons() & 1 == 0 {
            drag.set_value(Drag::default());
            return;
        }
        now.y = f64::from(event.client_y());
        drag.set_value(now);
        self.extend(drag);
        if self.picked.get_untracked().is_some() {
            event.prevent_default();
        }
    }

    fn extend(self, drag: StoredValue<Drag>) {
        let Some(Drag { from: Some(from), y, edging }) = drag.try_get_value() else { return };
        let Some((Some(seq), outside)) =
            self.with_painter(|painter, _| (painter.row_at(y), painter.outside(y)))
        else {
            return;
        };
        if seq != from || self.picked.get_untracked().is_some() {
            if let Some(Ok(Some(selection))) = web_sys::window().map(|window| window.get_selection()) {
                let _ = selection.remove_all_ranges();
            }
            if self.follow.get_untracked() {
                self.release();
            }
            self.picked.set(Some((from, seq)));
        }
        if outside != 0.0 && !edging {
            drag.update_value(|drag| drag.edging = true);
            set_timeout(move || self.edge(drag), EDGE);
        }
    }

    /// The mouse is held over an edge: the view moves on, the faster the further.
    fn edge(self, drag: StoredValue<Drag>) {
        let Some(now) = drag.try_get_value() else { return };
        drag.update_value(|drag| drag.edging = false);
        if now.from.is_none() {
            return;
        }
        // A distance on a screen is a small number.
        #[expect(clippy::cast_possible_truncation, reason = "rows outside a view: a small number")]
        let rows = self.with_painter(|painter, _| (painter.outside(now.y) / 12.0).round() as i64);
        if let Some(rows) = rows.filter(|rows| *rows != 0) {
            self.with_painter(|painter, core| painter.move_by(core, rows.clamp(-40, 40)));
            request_animation_frame(move || self.extend(drag));
        }
    }

    /// The mouse went up.
    pub(crate) fn drop_drag(self, drag: StoredValue<Drag>) {
        let _ = drag.try_set_value(Drag::default());
    }

    /// Selects every row.
    pub(crate) fn pick_all(self) {
        let all = self.read(|engine| {
            let last = engine.visible_len().checked_sub(1)?;
            engine.seq_at(0).zip(engine.seq_at(last))
        });
        self.picked.set(all.flatten());
    }
}
