//! Ages in one unit, as operators write them: `12s`, `4m`, `3h`, `9d`, `5mo`, `3y`.

/// A span of time in its largest whole unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Under a minute.
    Seconds(u64),
    /// Under an hour.
    Minutes(u64),
    /// Under a day.
    Hours(u64),
    /// Up to 60 days.
    Days(u64),
    /// Up to two years. Months of a calendar differ; these are a twelfth of 365 days, as no one counts them on a clock.
    Months(u64),
    /// Two years and more.
    Years(u64),
}

const DAY: u64 = 86_400;
/// How many days are told as days.
const DAYS: u64 = 60;
/// How many months are told as months.
const MONTHS: u64 = 24;

impl Age {
    /// The age of a moment, both in unix seconds. A moment in the future (clocks differ) counts as now.
    pub fn between(then: i64, now: i64) -> Self {
        let seconds = u64::try_from(now.saturating_sub(then)).unwrap_or(0);
        match seconds {
            0..60 => Self::Seconds(seconds),
            60..3600 => Self::Minutes(seconds / 60),
            3600..DAY => Self::Hours(seconds / 3600),
            _ => Self::of_days(seconds / DAY),
        }
    }

    fn of_days(days: u64) -> Self {
        let months = days.saturating_mul(12) / 365;
        match (days <= DAYS, months < MONTHS) {
            (true, _) => Self::Days(days),
            (false, true) => Self::Months(months),
            (false, false) => Self::Years(days / 365),
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
    fn beyond_sixty_days_months_and_years_are_told() {
        let days = |days: i64| Age::between(0, days * 86_400);
        assert_eq!((days(60), days(61)), (Age::Days(60), Age::Months(2)));
        assert_eq!((days(365), days(366 + 363)), (Age::Months(12), Age::Months(23)));
        assert_eq!((days(730), days(1094), days(1095)), (Age::Years(2), Age::Years(2), Age::Years(3)));
    }

    #[test]
    fn a_moment_in_the_future_is_now() {
        assert_eq!(Age::between(200, 100), Age::Seconds(0));
        assert_eq!(Age::between(i64::MAX, i64::MIN), Age::Seconds(0));
    }
}
