//! How often to snapshot: at once and often first, then less often.

use std::time::Duration;

const FIRST: Duration = Duration::from_secs(1);
const SLOWEST: Duration = Duration::from_secs(5);

/// The pauses between looks: 1 s, half as long again each time, never more than 5 s.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace(Duration);

impl Default for Pace {
    fn default() -> Self {
        Self(FIRST)
    }
}

impl Pace {
    /// The pause before the next look.
    pub(crate) fn next_pause(&mut self) -> Duration {
        let pause = self.0;
        self.0 = (pause * 3 / 2).min(SLOWEST);
        pause
    }

    /// The pause while something that matters shows for a second only, now and then.
    pub(crate) const fn quick() -> Duration {
        Duration::from_millis(500)
    }

    /// The slowest pace, for watching what has ended.
    pub(crate) const fn calm() -> Self {
        Self(SLOWEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_slows_down_to_five_seconds_and_no_further() {
        let mut pace = Pace::default();
        let pauses: Vec<u128> = (0..7).map(|_| pace.next_pause().as_millis()).collect();
        assert_eq!(pauses, [1000, 1500, 2250, 3375, 5000, 5000, 5000]);
        assert_eq!(Pace::calm().next_pause(), SLOWEST);
    }
}
