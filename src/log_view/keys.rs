//! Keys to commands, as in k9s and less.

/// What a key asks a log view for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Keep to the end, or stop doing so.
    Follow,
    /// Wrap long lines, or do not.
    Wrap,
    /// The next kind of time column.
    Time,
    /// Mark the row under the cursor.
    Mark,
    /// The marked row after the cursor; before it.
    NextMark,
    /// See `NextMark`.
    PreviousMark,
    /// Copy the selection, or the row under the cursor.
    Copy,
    /// Select every row.
    PickAll,
    /// To the search field.
    Search,
    /// The next match; the one before.
    Next,
    /// See `Next`.
    Previous,
    /// Freeze the view, or go on.
    Pause,
    /// Forget the rows.
    Clear,
    /// The dock over the whole page, or not.
    Full,
    /// The newest lines again, without a limit in time.
    Tail,
    /// All of the log, from its first line.
    Head,
    /// Only lines younger than this Go duration.
    Since(&'static str),
    /// Leave what is open.
    Escape,
    /// Open the row under the cursor.
    Open,
    /// Move the cursor by rows; `extend` selects on the way.
    Move {
        /// How far.
        rows: Far,
        /// Whether the selection grows.
        extend: bool,
    },
}

/// How far the cursor moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Far {
    /// One row, down or up.
    Row(i64),
    /// One page, down or up.
    Page(i64),
    /// To the first row.
    Start,
    /// To the end, which is followed then.
    End,
}

impl Command {
    /// What a key press means. `command` is Ctrl or Cmd; with any other modifier but shift a key is the browser's.
    pub(crate) fn of(key: &str, command: bool, alt: bool, shift: bool) -> Option<Self> {
        let go = |rows| Some(Self::Move { rows, extend: shift });
        if alt {
            return None;
        }
        if command {
            return match key {
                "c" => Some(Self::Copy),
                "a" => Some(Self::PickAll),
                _ => None,
            };
        }
        match key {
            "f" => Some(Self::Follow),
            "w" => Some(Self::Wrap),
            "t" => Some(Self::Time),
            "m" => Some(Self::Mark),
            "]" => Some(Self::NextMark),
            "[" => Some(Self::PreviousMark),
            "c" => Some(Self::Copy),
            "/" => Some(Self::Search),
            "n" => Some(Self::Next),
            "N" => Some(Self::Previous),
            "p" => Some(Self::Pause),
            "C" => Some(Self::Clear),
            "F" => Some(Self::Full),
            "0" => Some(Self::Tail),
            "1" => Some(Self::Head),
            "2" => Some(Self::Since("1m")),
            "3" => Some(Self::Since("5m")),
            "4" => Some(Self::Since("15m")),
            "5" => Some(Self::Since("30m")),
            "6" => Some(Self::Since("1h")),
            "Escape" => Some(Self::Escape),
            "Enter" => Some(Self::Open),
            "ArrowDown" => go(Far::Row(1)),
            "ArrowUp" => go(Far::Row(-1)),
            "j" => Some(Self::Move { rows: Far::Row(1), extend: false }),
            "k" => Some(Self::Move { rows: Far::Row(-1), extend: false }),
            "PageDown" => go(Far::Page(1)),
            "PageUp" => go(Far::Page(-1)),
            " " => Some(Self::Move { rows: Far::Page(if shift { -1 } else { 1 }), extend: false }),
            "Home" => go(Far::Start),
            "End" => go(Far::End),
            "g" => Some(Self::Move { rows: Far::Start, extend: false }),
            "G" => Some(Self::Move { rows: Far::End, extend: false }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_tells_the_two_directions_and_full_screen_from_follow() {
        assert_eq!(Command::of("n", false, false, false), Some(Command::Next));
        assert_eq!(Command::of("N", false, false, true), Some(Command::Previous));
        assert_eq!(Command::of("f", false, false, false), Some(Command::Follow));
        assert_eq!(Command::of("F", false, false, true), Some(Command::Full));
    }

    #[test]
    fn keys_with_a_modifier_belong_to_the_browser_but_for_copying_and_selecting() {
        assert_eq!(Command::of("f", true, false, false), None);
        assert_eq!(Command::of("w", false, true, false), None);
        assert_eq!(Command::of("c", true, false, false), Some(Command::Copy));
        assert_eq!(Command::of("a", true, false, false), Some(Command::PickAll));
    }

    #[test]
    fn numbers_choose_how_much_of_the_past_as_in_k9s() {
        let of = |key| Command::of(key, false, false, false);
        assert_eq!((of("0"), of("1")), (Some(Command::Tail), Some(Command::Head)));
        let since = ["2", "3", "4", "5", "6"].map(|key| match of(key) {
            Some(Command::Since(since)) => since,
            other => panic!("{other:?}"),
        });
        assert_eq!(since, ["1m", "5m", "15m", "30m", "1h"]);
        assert_eq!(of("7"), None);
    }

    #[test]
    fn shift_with_an_arrow_selects() {
        let far = Far::Row(1);
        assert_eq!(
            Command::of("ArrowDown", false, false, true),
            Some(Command::Move { rows: far, extend: true })
        );
    }
}
