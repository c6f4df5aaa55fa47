//! How fast a source writes: what decides how much is asked for after a cut.

/// Lines per second, with recent seconds weighing more.
#[derive(Debug, Default)]
pub struct Rate {
    second: u64,
    count: u32,
    /// The rate.
    pub per_second: f64,
}

impl Rate {
    /// A line came.
    pub fn count(&mut self, now_ms: u64) {
        let second = now_ms / 1000;
        if second != self.second {
            let elapsed = second.saturating_sub(self.second).clamp(1, 30);
            let fade = 0.5f64.powi(i32::try_from(elapsed).unwrap_or(30));
            self.per_second = (self.per_second * fade).max(f64::from(self.count) * fade * 2.0);
            self.second = second;
            self.count = 0;
        }
        self.count += 1;
        self.per_second = self.per_second.max(f64::from(self.count));
    }
}
