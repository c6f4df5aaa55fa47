//! Where lines come from: a container's own voice on the simulated clock, or a rule of a test on the real one.

use super::control::{Mode, Rule};
use super::{corpus, voice};
use crate::clock::Millis;
use std::sync::Arc;
use std::time::Instant;

/// Lines of a start-up banner; they come at once.
const BANNER: u64 = 8;
/// Milliseconds between them.
const BANNER_STEP: i64 = 40;
/// Lines a node keeps of a container's own log.
const KEPT: u64 = 20_000;

/// What a container prints by itself.
#[derive(Clone, Debug)]
pub struct Natural {
    /// How it talks.
    pub voice: voice::Voice,
    /// Start of this instance.
    pub started: Millis,
    /// End of this instance.
    pub ended: Option<Millis>,
    /// Simulated milliseconds between two lines.
    pub period: i64,
}

/// A log.
#[derive(Clone, Debug)]
pub enum Source {
    /// The container's own.
    Natural(Natural),
    /// A test's.
    Ruled {
        /// The rule.
        rule: Arc<Rule>,
        /// The container's own log, for rules that only end it.
        natural: Natural,
    },
}

impl Natural {
    fn available(&self, now: Millis) -> u64 {
        let elapsed = self.ended.map_or(now, |end| end.min(now)) - self.started;
        if elapsed < 0 {
            return 0;
        }
        let banner = (elapsed / BANNER_STEP) as u64 + 1;
        if banner <= BANNER {
            return banner;
        }
        BANNER + ((elapsed - BANNER as i64 * BANNER_STEP).max(0) / self.period.max(1)) as u64
    }

    fn time_of(&self, index: u64) -> Millis {
        let banner = index.min(BANNER) as i64 * BANNER_STEP;
        self.started
            + banner
            + (index.saturating_sub(BANNER) as i64 + i64::from(index >= BANNER)) * self.period
    }

    fn line(&self, index: u64) -> Vec<u8> {
        let last = self.ended.map(|end| self.available(end).saturating_sub(1));
        self.voice.line(index, self.time_of(index), last).into_bytes()
    }
}

impl Source {
    /// How many lines there are now.
    pub fn available(&self, now: Millis) -> u64 {
        match self {
            Self::Natural(natural) => natural.available(now),
            Self::Ruled { rule, natural } => match rule.mode {
                Mode::Normal => natural.available(now),
                Mode::Silent => 0,
                Mode::Ended | Mode::Closing if rule.lines.is_empty() && rule.count.is_none() => {
                    natural.available(rule.sim_start.min(now))
                }
                _ => ruled_available(rule),
            },
        }
    }

    /// The oldest line that can still be read.
    pub fn first(&self, now: Millis) -> u64 {
        match self {
            Self::Ruled { rule, .. } if rule.own_lines() => 0,
            _ => self.available(now).saturating_sub(KEPT),
        }
    }

    /// The first line that is younger than `since` milliseconds.
    pub fn first_since(&self, now: Millis, since: i64) -> u64 {
        match self {
            Self::Natural(natural) => natural.available(now - since),
            Self::Ruled { rule, natural } if !rule.own_lines() => natural.available(now - since),
            Self::Ruled { rule, .. } => {
                let lines = (since as f64 / 1000.0 * rule.rate.unwrap_or(0.0)) as u64;
                if rule.rate.is_none() { 0 } else { self.available(now).saturating_sub(lines) }
            }
        }
    }

    /// Line `index`, without its newline.
    pub fn line(&self, index: u64) -> Vec<u8> {
        match self {
            Self::Natural(natural) => natural.line(index),
            Self::Ruled { rule, natural } if !rule.own_lines() => natural.line(index),
            Self::Ruled { rule, .. } => ruled_line(rule, index),
        }
    }

    /// True when the answer ends after the last line.
    pub fn closes(&self, sent: u64, now: Millis) -> bool {
        match self {
            Self::Natural(_) => false,
            Self::Ruled { rule, .. } => {
                rule.mode == Mode::Closing && sent >= rule.total().unwrap_or_else(|| self.available(now))
            }
        }
    }

    /// How often a stream should look for new lines.
    pub fn interval_ms(&self) -> u64 {
        match self {
            Self::Ruled { rule, .. } if rule.rate.is_some_and(|r| r >= 50.0) => 10,
            _ => 25,
        }
    }

    /// The start of lines by real time, when the first stream is to start them.
    pub fn begin(&self) {
        if let Self::Ruled { rule, .. } = self {
            rule.start.get_or_init(Instant::now);
        }
    }

    /// Notes that the container's instance has ended.
    pub fn end(&mut self, at: Millis) {
        let (Self::Natural(natural) | Self::Ruled { natural, .. }) = self;
        natural.ended.get_or_insert(at);
    }
}

fn ruled_available(rule: &Rule) -> u64 {
    let total = rule.total().unwrap_or(u64::MAX);
    let Some(start) = rule.start.get() else { return 0 };
    match rule.rate {
        Some(rate) => ((start.elapsed().as_secs_f64() * rate) as u64).min(total),
        None => total,
    }
}

fn ruled_line(rule: &Rule, index: u64) -> Vec<u8> {
    if let Some(line) = rule.lines.get(index as usize % rule.lines.len().max(1)) {
        return line.clone().into_bytes();
    }
    match rule.mode {
        Mode::Corpus => corpus::line(index),
        _ => rule.numbered(index).into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn natural() -> Natural {
        Natural {
            voice: voice::Voice::new("web", "web-1", "web", 1),
            started: 1_000,
            ended: None,
            period: 500,
        }
    }

    #[test]
    fn a_log_starts_with_its_container_and_grows_with_the_clock() {
        let log = natural();
        assert_eq!(log.available(999), 0);
        assert_eq!(log.available(1_000), 1);
        assert_eq!(log.available(1_000 + 320), 8);
        assert_eq!(log.available(1_000 + 320 + 1_000), 10);
        for now in (1_000..30_000).step_by(37) {
            let n = log.available(now);
            assert!(log.time_of(n - 1) <= now && log.time_of(n) > now, "line {n} at {now}");
        }
    }

    #[test]
    fn lines_are_the_same_whenever_they_are_read() {
        assert_eq!(natural().line(77), natural().line(77));
    }

    #[test]
    fn an_ended_log_grows_no_more() {
        let mut log = Source::Natural(natural());
        log.end(5_000);
        assert_eq!(log.available(5_000), log.available(99_000));
        assert!(!log.closes(1_000, 99_000));
    }
}
