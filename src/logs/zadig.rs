//! From the server's events to log lines: the quirks of contract section 4.
//!
//! Zadig's encoder sends one event per log line, but it writes a carriage return as the two characters `\r`, and it
//! cuts a line that holds carriage returns into one event per piece:
//!
//! | the container wrote    | the events' data (here `⏎` is a line feed)     | one line              |
//! |------------------------|------------------------------------------------|-----------------------|
//! | `a` LF                 | `a`                                            | `a`                   |
//! | `a` CR LF              | `a\r`, `⏎\r`                                   | `a`                   |
//! | `10%` CR `20%` CR LF   | `10%\r`, `20%\r`, `⏎\r`                        | `20%`                 |
//! | `10%` CR `100%` LF     | `10%\r`, `100%⏎\r`                             | `100%`                |
//!
//! [`Fold`] undoes this. A piece that ends in a literal `\r` is a *state* of the line that is being written, as a
//! progress bar rewrites it; the piece with a line feed in front of its `\r` ends that line with its last state. So
//! one log line is one line again, which is also what the server's `tails` counts, and the alignment after a
//! reconnect relies on it.
//!
//! A line that really ends in a backslash and an `r` cannot be told from a state: it is shown when the next event
//! comes, without those two characters.

/// Joins the pieces of one stream into lines.
#[derive(Debug, Default)]
pub struct Fold {
    state: String,
    open: bool,
}

impl Fold {
    /// Takes the data of one event and calls `on_line` for each line it completes (none for a progress state).
    pub fn push(&mut self, data: &str, mut on_line: impl FnMut(&str)) {
        let Some(piece) = data.strip_suffix("\\r") else {
            self.finish(&mut on_line);
            data.split('\n').for_each(on_line);
            return;
        };
        match piece.strip_suffix('\n') {
            Some(last) => {
                if let Some((head, tail)) = last.rsplit_once('\n') {
                    self.finish(&mut on_line);
                    head.split('\n').for_each(&mut on_line);
                    self.set_state(tail);
                } else if !last.is_empty() {
                    self.set_state(last);
                }
                self.finish(on_line);
            }
            None => self.set_state(piece),
        }
    }

    /// The last state of a line that is still being written.
    pub fn pending(&self) -> Option<&str> {
        self.open.then_some(self.state.as_str())
    }

    /// The stream is over: what was being written is the last line.
    pub fn finish(&mut self, mut on_line: impl FnMut(&str)) {
        if std::mem::take(&mut self.open) {
            on_line(&self.state);
            self.state.clear();
        }
    }

    /// The stream was cut and will be replayed: the unfinished line comes again, whole.
    pub fn forget(&mut self) {
        self.open = false;
        self.state.clear();
    }

    fn set_state(&mut self, state: &str) {
        // A bare carriage return moves the cursor back and leaves the text where it is.
        if !(self.open && state.is_empty()) {
            self.state.clear();
            self.state.push_str(state);
        }
        self.open = true;
    }
}
