//! Time as a value: the engine never asks a clock, so tests run years in no time.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A point in time, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(u64);

impl Timestamp {
    /// From milliseconds since 1970.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// Whole seconds since 1970, as the server and the interface's clock count.
    pub fn unix_seconds(self) -> i64 {
        i64::try_from(self.0 / 1000).unwrap_or(i64::MAX)
    }

    /// The moment `time` later.
    pub fn plus(self, time: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)))
    }

    /// How long after `earlier` this is; nothing if it is before.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_never_runs_backwards_over_an_edge() {
        let start = Timestamp::from_millis(1_500);
        assert_eq!(start.plus(Duration::from_secs(2)).since(start), Duration::from_secs(2));
        assert_eq!(start.since(start.plus(Duration::from_secs(2))), Duration::ZERO);
        assert_eq!(start.unix_seconds(), 1);
        assert_eq!(Timestamp::from_millis(u64::MAX).plus(Duration::MAX), Timestamp::from_millis(u64::MAX));
    }
}
