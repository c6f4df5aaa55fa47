//! Ages in one unit, as operators write them: `12s`, `4m`, `3h`, `9d`.

/// A span of time in its largest whole unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Under a minute.
    Seconds(u64),
    /// Under an hour.
    Minutes(u64),
    /// Under a day.
    Hours(u64),
    /// A day and more.
    Days(u64),
}

impl Age {
    /// The age of a moment, both in unix seconds. A moment in the future (clocks differ) counts as now.
    pub fn between(then: i64, now: i64) -> Self {
        let seconds = u64::try_from(now.saturating_sub(then)).unwrap_or(0);
        match seconds {
            0..60 => Self::Seconds(seconds),
            60..3600 => Self::Minutes(seconds / 60),
            3600..86_400 => Self::Hours(seconds / 3600),
            _ => Self::Days(seconds / 86_400),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_told_in_its_largest_whole_unit() {
        assert_eq!(Age::between(100, 159), Age::Seconds(59));
        assert_eq!(Age::between(100, 160), Age::Minutes(1));
        assert_eq!(Age::between(0, 3 * 3600 + 10), Age::Hours(3));
        assert_eq!(Age::between(0, 9 * 86_400), Age::Days(9));
    }

    #[test]
    fn a_moment_in_the_future_is_now() {
        assert_eq!(Age::between(200, 100), Age::Seconds(0));
        assert_eq!(Age::between(i64::MAX, i64::MIN), Age::Seconds(0));
    }
}
