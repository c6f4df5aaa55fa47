//! E45: container logs as server-sent events (contract section 4).
//!
//! A log is a function: line `i` of a source can be computed at any time, and how many lines there are follows
//! from the clock. Nothing is stored, so a stream may start anywhere, at any rate, and a second stream of the
//! same container sees the same lines. [`source`] has the functions, [`sse`] the bytes, [`stream`] the sending,
//! [`control`] what `/__sim/logs` and `/__sim/streams` change.

pub mod control;
pub mod corpus;
pub mod source;
pub mod sse;
pub mod stream;
pub mod voice;

use crate::errors::{BAD_REQUEST, Failure, Outcome};
use crate::reply::{Reply, StreamRequest};
use crate::request::Req;
use crate::state::World;
use crate::version::Version;
pub use control::LogControl;

/// E45: no right is asked for, and nothing but `since` is validated.
pub fn open(world: &mut World, req: &Req) -> Outcome {
    let since = req.q("since");
    let since_ms = match since {
        "" => None,
        _ if world.options.version < Version::V4_2_0 => None,
        text => Some(parse_duration(text).ok_or_else(|| {
            Failure::typed(BAD_REQUEST, format!("invalid since: time: invalid duration \"{text}\""))
        })?),
    };
    let tails: i64 = req.q("tails").parse().unwrap_or(10);
    Ok(Reply::stream(StreamRequest {
        project: req.project().into(),
        env: req.q("envName").into(),
        pod: req.param("podName").into(),
        container: req.param("containerName").into(),
        tail: usize::try_from(tails).ok().filter(|n| *n > 0),
        since_ms: since_ms.map(|ms| ms.max(1_000)),
    }))
}

/// Go's `time.ParseDuration`, in milliseconds; `None` for what Go refuses and for what is not positive.
pub fn parse_duration(text: &str) -> Option<i64> {
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, tail) = rest.split_at(digits);
        let number: f64 = number.parse().ok()?;
        let unit_len = tail.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(unit_len);
        let millis = match unit {
            "ns" => 1e-6,
            "us" | "µs" => 1e-3,
            "ms" => 1.0,
            "s" => 1e3,
            "m" => 60e3,
            "h" => 3600e3,
            _ => return None,
        };
        total += number * millis;
        rest = tail;
    }
    (total > 0.0).then_some(total as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_gos() {
        assert_eq!(parse_duration("5m"), Some(300_000));
        assert_eq!(parse_duration("1h30m"), Some(5_400_000));
        assert_eq!(parse_duration("1.5s"), Some(1_500));
        for bad in ["", "5", "m", "5x", "-5m", "0s"] {
            assert_eq!(parse_duration(bad), None, "{bad}");
        }
    }
}
