//! Simulated time: real time, faster time, stopped time, stepped time.
//!
//! The world never asks the machine for the time. It reads this clock, which starts at the real time (so that
//! ages and tokens look right in a browser) and then runs at its own speed. `advance` jumps ahead; everything
//! that would have happened in between happens in order when the world is next looked at.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970, in simulated time.
pub type Millis = i64;

/// A clock that can run fast, stand still and jump ahead.
#[derive(Clone, Debug)]
pub struct Clock {
    base: Millis,
    since: Instant,
    speed: f64,
    paused: bool,
}

impl Clock {
    /// Starts at the real time with the given speed.
    pub fn start(speed: f64) -> Self {
        Self { base: wall_millis(), since: Instant::now(), speed, paused: false }
    }

    /// Simulated milliseconds since 1970.
    pub fn now(&self) -> Millis {
        if self.paused {
            return self.base;
        }
        self.base + (self.since.elapsed().as_secs_f64() * 1000.0 * self.speed) as Millis
    }

    /// Jumps ahead; a negative step is taken as none, as time does not run backwards.
    pub fn advance(&mut self, millis: Millis) {
        self.rebase();
        self.base += millis.max(0);
    }

    /// Changes how fast simulated time runs from now on.
    pub fn set_speed(&mut self, speed: f64) {
        self.rebase();
        self.speed = speed.max(0.0);
    }

    /// Stops or restarts the clock.
    pub fn set_paused(&mut self, paused: bool) {
        self.rebase();
        self.paused = paused;
    }

    /// Simulated seconds per real second.
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// True while the clock stands still.
    pub fn paused(&self) -> bool {
        self.paused
    }

    fn rebase(&mut self) {
        self.base = self.now();
        self.since = Instant::now();
    }
}

/// Real milliseconds since 1970.
pub fn wall_millis() -> Millis {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as Millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paused_clock_moves_only_when_stepped() {
        let mut clock = Clock::start(1000.0);
        clock.set_paused(true);
        let before = clock.now();
        std::thread::sleep(std::time::Duration::from_millis(3));
        assert_eq!(clock.now(), before);
        clock.advance(1500);
        assert_eq!(clock.now(), before + 1500);
        clock.advance(-5);
        assert_eq!(clock.now(), before + 1500);
    }
}
