//! What a user keeps about logs: how much is held, how lines are shown, how high the dock is.

use crate::logs::buffer::Caps;
use crate::storage;
use serde::{Deserialize, Serialize};

/// The time column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeColumn {
    /// None.
    #[default]
    Off,
    /// When a line arrived here; the server tells no time.
    Arrival,
    /// The time a line states itself; where it states none, none.
    Line,
}

impl TimeColumn {
    /// The next one, for a key that goes round.
    pub const fn next(self) -> Self {
        match self {
            Self::Off => Self::Arrival,
            Self::Arrival => Self::Line,
            Self::Line => Self::Off,
        }
    }
}

/// The settings, stored as one value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LogSettings {
    /// Most lines kept in a view.
    pub lines: usize,
    /// Most megabytes kept in a view.
    pub megabytes: usize,
    /// Whether long lines are wrapped.
    pub wrap: bool,
    /// The time column.
    pub time: TimeColumn,
    /// The dock's height in pixels.
    pub height: f64,
}

const KEY: &str = "zadig-environments-logs";
/// More rows than this are higher than a browser can scroll.
pub(crate) const MOST_LINES: usize = 500_000;
/// More megabytes than this a browser's tab should not hold for a log.
pub(crate) const MOST_MEGABYTES: usize = 512;

impl Default for LogSettings {
    fn default() -> Self {
        Self { lines: 200_000, megabytes: 64, wrap: false, time: TimeColumn::Off, height: 360.0 }
    }
}

impl LogSettings {
    /// The stored settings, or the defaults.
    pub fn load() -> Self {
        storage::local(KEY).and_then(|text| crate::api::decode::read(&text).ok()).unwrap_or_default()
    }

    /// Stores them.
    pub fn store(&self) {
        if let Ok(text) = serde_json::to_string(self) {
            storage::set_local(KEY, &text);
        }
    }

    /// The engine's caps, within what a browser can bear.
    pub fn caps(&self) -> Caps {
        Caps {
            lines: self.lines.clamp(1_000, MOST_LINES),
            bytes: self.megabytes.clamp(1, MOST_MEGABYTES) << 20,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caps_stay_within_what_a_browser_can_scroll() {
        let wild = LogSettings { lines: usize::MAX, megabytes: 0, ..LogSettings::default() };
        assert_eq!(wild.caps(), Caps { lines: MOST_LINES, bytes: 1 << 20 });
        assert_eq!(LogSettings::default().caps(), Caps::default());
    }
}
