//! Time stamps that lines carry in their text.
//!
//! The API sends no time, so the viewer's time column shows the arrival, and where a line brings its own time, that
//! one. Recognised in the head of a line: RFC 3339 and its relatives (`2026-11-24T07:01:02.123Z`,
//! `2026-11-24 07:01:02,123`, `2026/11/24 07:01:02`), klog (`E0912 07:01:02.000000`), the access log's
//! `24/Nov/2026:07:01:02 +0000`, and the usual members of a JSON object, as text or as an epoch in seconds to
//! nanoseconds. The calendar arithmetic is a dozen lines, which is less than any date crate costs a browser.

use super::fields;
use std::ops::Range;

/// How far into a line a time stamp may start.
const HEAD: usize = 64;

/// A recognised time stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Milliseconds since 1970, read as UTC when the text names no zone.
    pub unix_ms: i64,
    /// Whether the text names its zone. Without one, the time is the container's local time, whatever that is.
    pub zoned: bool,
    /// The bytes of the line it was read from; empty for a JSON member.
    pub range: Range<usize>,
}

/// Finds the time stamp of `line`. `arrival_ms` supplies the year where the format has none (klog).
pub fn find(line: &str, arrival_ms: u64) -> Option<Stamp> {
    if line.trim_start().starts_with('{') {
        return json(line);
    }
    let bytes = line.as_bytes();
    let mut before = None;
    for (at, byte) in bytes.iter().take(HEAD).enumerate() {
        let starts_number = byte.is_ascii_digit() && !before.is_some_and(|b: u8| b.is_ascii_digit());
        if starts_number {
            let mut read = Reader { rest: bytes.get(at..)? };
            let klog_letter = matches!(before, Some(b'I' | b'W' | b'E' | b'F')) && at == 1;
            let stamp = if klog_letter { read.klog(arrival_ms) } else { None };
            if let Some((unix_ms, zoned)) = stamp.or_else(|| read.date_time()) {
                let range = at..bytes.len() - read.rest.len();
                return Some(Stamp { unix_ms, zoned, range });
            }
        }
        before = Some(*byte);
    }
    None
}

fn json(line: &str) -> Option<Stamp> {
    const KEYS: [&str; 8] = ["ts", "time", "timestamp", "@timestamp", "@t", "t", "datetime", "date"];
    let fields = fields::json(line)?;
    let field = KEYS.iter().find_map(|key| fields.iter().find(|field| field.key == *key))?;
    if let Ok(number) = field.value.parse::<f64>() {
        return epoch(number).map(|unix_ms| Stamp { unix_ms, zoned: true, range: 0..0 });
    }
    let mut read = Reader { rest: field.value.as_bytes() };
    read.date_time().map(|(unix_ms, zoned)| Stamp { unix_ms, zoned, range: 0..0 })
}

/// An epoch whose unit is told by its size: seconds, milli-, micro- or nanoseconds between 2001 and 2286.
#[expect(
    clippy::cast_possible_truncation,
    reason = "below 10^13, and fractions of a millisecond are dropped"
)]
fn epoch(number: f64) -> Option<i64> {
    [1e3, 1.0, 1e-3, 1e-6]
        .into_iter()
        .map(|unit| number * unit)
        .find(|ms| (1e12..1e13).contains(ms))
        .map(|ms| ms as i64)
}

struct Reader<'b> {
    rest: &'b [u8],
}

impl Reader<'_> {
    /// Exactly `count` digits.
    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.rest.split_at_checked(count)?;
        let value = digits.iter().try_fold(0i64, |value, digit| {
            digit.is_ascii_digit().then(|| value * 10 + i64::from(digit - b'0'))
        })?;
        self.rest = rest;
        Some(value)
    }

    fn one_of(&mut self, accepted: &[u8]) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        accepted.contains(first).then(|| {
            self.rest = rest;
            *first
        })
    }

    fn date_time(&mut self) -> Option<(i64, bool)> {
        let start = self.rest;
        let read = self.iso().or_else(|| {
            self.rest = start;
            self.access_log()
        });
        if read.is_none() {
            self.rest = start;
        }
        read
    }

    fn iso(&mut self) -> Option<(i64, bool)> {
        let year = self.digits(4)?;
        let separator = self.one_of(b"-/")?;
        let month = self.digits(2)?;
        self.one_of(&[separator])?;
        let day = self.digits(2)?;
        self.one_of(b"T t_")?;
        let time = self.time()?;
        let zone = self.zone();
        Some((days(year, month, day)? * 86_400_000 + time - zone.unwrap_or(0), zone.is_some()))
    }

    /// `24/Nov/2026:07:01:02 +0000`
    fn access_log(&mut self) -> Option<(i64, bool)> {
        const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
        let day = self.digits(2)?;
        self.one_of(b"/")?;
        let (name, rest) = self.rest.split_at_checked(3)?;
        let month = MONTHS.chunks(3).position(|month| month == name)?;
        self.rest = rest;
        self.one_of(b"/")?;
        let year = self.digits(4)?;
        self.one_of(b":")?;
        let time = self.time()?;
        let zone = self.zone();
        let month = i64::try_from(month).ok()? + 1;
        Some((days(year, month, day)? * 86_400_000 + time - zone.unwrap_or(0), zone.is_some()))
    }

    /// `0912 07:01:02.000000`, in the year that puts it nearest before the arrival.
    fn klog(&mut self, arrival_ms: u64) -> Option<(i64, bool)> {
        let (month, day) = (self.digits(2)?, self.digits(2)?);
        self.one_of(b" ")?;
        let time = self.time()?;
        let arrival = i64::try_from(arrival_ms).ok()?;
        let year = 1970 + arrival / 31_556_952_000;
        let in_year = |year| Some(days(year, month, day)? * 86_400_000 + time);
        // A day of slack: the container's clock or zone may be ahead.
        [year + 1, year, year - 1]
            .into_iter()
            .filter_map(in_year)
            .find(|at| *at <= arrival + 86_400_000)
            .map(|at| (at, false))
    }

    /// `07:01:02`, with a fraction or not, as milliseconds of the day.
    fn time(&mut self) -> Option<i64> {
        let hours = self.digits(2)?;
        self.one_of(b":")?;
        let minutes = self.digits(2)?;
        self.one_of(b":")?;
        let seconds = self.digits(2)?;
        if hours > 23 || minutes > 59 || seconds > 60 {
            return None;
        }
        Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + self.fraction())
    }

    fn fraction(&mut self) -> i64 {
        let [b'.' | b',', rest @ ..] = self.rest else { return 0 };
        let length = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        if length == 0 {
            return 0;
        }
        let millis = (0..3).fold(0, |value, at| {
            let digit = if at < length { rest.get(at).map_or(0, |b| i64::from(b - b'0')) } else { 0 };
            value * 10 + digit
        });
        self.rest = rest.get(length..).unwrap_or_default();
        millis
    }

    /// The offset from UTC in milliseconds: `Z`, `+08:00`, ` +0800`, ` UTC`.
    fn zone(&mut self) -> Option<i64> {
        let start = self.rest;
        self.rest = self.rest.strip_prefix(b" ").unwrap_or(self.rest);
        for name in [&b"UTC"[..], b"GMT", b"Z", b"z"] {
            if let Some(rest) = self.rest.strip_prefix(name) {
                self.rest = rest;
                return Some(0);
            }
        }
        let offset = self.offset();
        if offset.is_none() {
            self.rest = start;
        }
        offset
    }

    fn offset(&mut self) -> Option<i64> {
        let sign = if self.one_of(b"+-")? == b'-' { -1 } else { 1 };
        let hours = self.digits(2)?;
        let _ = self.one_of(b":");
        let minutes = self.digits(2).unwrap_or(0);
        Some(sign * (hours * 60 + minutes) * 60_000)
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar (Howard Hinnant's `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}
