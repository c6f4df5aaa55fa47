//! Which rows are drawn, and where the scroll bar stands.
//!
//! Rows have one height unless lines are wrapped; then `row` is the mean height of rows ([`super::wrapping`]), which is
//! good enough for the scroll bar, while the rows on the screen flow from the one at the top. As many are drawn as would
//! fill the view if none of them was wrapped.

use std::ops::Range;

/// A row's height where lines are not wrapped.
pub(crate) const ROW: f64 = 20.0;
/// Rows drawn beyond each edge, so that a scrolled pixel is never empty.
const SPARE: usize = 12;

/// What the reader looks at: a row and how far its top is below the top of the view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Anchor {
    /// The row.
    pub seq: u64,
    /// Pixels; negative when the row begins above the view.
    pub offset: f64,
}

/// The rows to draw and the scroll position they belong to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Frame {
    /// Indices of the rows to draw.
    pub rows: Range<usize>,
    /// The height of all rows.
    pub total: f64,
    /// Where the scroll bar should stand.
    pub scroll_top: f64,
}

/// The frame of a list of `len` rows in a view of `height`. `anchor` is the index of the row to hold and its offset;
/// `None` keeps to the end.
pub(crate) fn frame(len: usize, height: f64, row: f64, anchor: Option<(usize, f64)>) -> Frame {
    let total = len as f64 * row;
    let most = (total - height).max(0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rows of a view: not negative, and far below 2^32"
    )]
    let fit = (height / ROW).ceil().max(1.0) as usize + 1;
    match anchor {
        None => Frame { rows: len.saturating_sub(fit + SPARE)..len, total, scroll_top: most },
        Some((index, offset)) => {
            let scroll_top = (index as f64 * row - offset).clamp(0.0, most);
            let index = index.min(len.saturating_sub(1));
            let rows = index.saturating_sub(SPARE)..(index + fit + SPARE).min(len);
            Frame { rows, total, scroll_top }
        }
    }
}

/// The row at the top of a view that was scrolled to `scroll_top`, and its offset.
pub(crate) fn at(scroll_top: f64, row: f64) -> (usize, f64) {
    let index = (scroll_top.max(0.0) / row.max(1.0)).floor();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rows of a view: not negative, and far below 2^32"
    )]
    let number = index as usize;
    (number, index * row - scroll_top.max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_that_follows_draws_the_last_rows() {
        let frame = frame(1_000, 400.0, ROW, None);
        assert_eq!((frame.rows.end, frame.total, frame.scroll_top), (1_000, 20_000.0, 19_600.0));
        assert!(frame.rows.len() < 40);
    }

    #[test]
    fn a_held_row_stays_where_it_is_while_rows_before_it_are_dropped() {
        let before = frame(1_000, 400.0, ROW, Some((500, -7.0)));
        let after = frame(900, 400.0, ROW, Some((400, -7.0)));
        assert_eq!(before.scroll_top - after.scroll_top, 100.0 * ROW);
        assert_eq!(at(before.scroll_top, ROW), (500, -7.0));
    }

    #[test]
    fn a_list_shorter_than_the_view_is_drawn_whole() {
        assert_eq!(frame(3, 400.0, ROW, Some((2, 0.0))), Frame { rows: 0..3, total: 60.0, scroll_top: 0.0 });
        assert_eq!(frame(0, 400.0, ROW, None).rows, 0..0);
    }

    #[test]
    fn every_scroll_position_is_covered_by_the_rows_drawn_for_it() {
        for top in (0..19_600).step_by(37) {
            let (index, offset) = at(f64::from(top), ROW);
            let frame = frame(1_000, 400.0, ROW, Some((index, offset)));
            assert_eq!(frame.scroll_top, f64::from(top));
            assert!(frame.rows.start as f64 * ROW <= f64::from(top));
            assert!(frame.rows.end as f64 * ROW >= f64::from(top) + 400.0);
        }
    }
}
