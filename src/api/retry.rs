//! When a read is sent again, and after how long.
//!
//! Writes are never repeated: after a lost answer nobody knows whether they were done. Reads are repeated only for
//! what passes by itself (no network, no answer in time, a gateway that lost its upstream, a body cut off), never for
//! what Zadig itself answered: its 500s are mostly refusals.

use std::time::Duration;

use super::error::{ApiError, ErrorKind};

/// How often and how patiently reads are repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How many times a read is sent again at most.
    pub max_retries: u32,
    /// The first pause; each further one is twice as long.
    pub base: Duration,
    /// No pause is longer than this.
    pub cap: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { max_retries: 2, base: Duration::from_millis(400), cap: Duration::from_secs(5) }
    }
}

impl RetryPolicy {
    /// A policy that never repeats anything.
    pub fn never() -> Self {
        Self { max_retries: 0, ..Self::default() }
    }

    /// The pause before the call is sent again, or `None` if it is not.
    ///
    /// `retries` is how many times it was repeated already; `random` in `0.0..1.0` spreads clients that failed at
    /// the same moment: the pause is between half and one and a half of the nominal one.
    pub fn next_pause(&self, error: &ApiError, retries: u32, random: f64) -> Option<Duration> {
        let allowed = retries < self.max_retries && !error.call.method.is_write() && passes_by_itself(error);
        allowed.then(|| {
            let nominal = self.base.saturating_mul(1 << retries.min(16)).min(self.cap);
            nominal.mul_f64(0.5 + random.clamp(0.0, 1.0))
        })
    }
}

fn passes_by_itself(error: &ApiError) -> bool {
    match error.kind {
        ErrorKind::Network | ErrorKind::Timeout | ErrorKind::Gateway => true,
        ErrorKind::Undecodable => error.truncated,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::endpoint::Endpoint;
    use crate::api::request::{Method, Request};

    fn error(kind: ErrorKind, method: Method) -> ApiError {
        let mut call = Request::get(Endpoint::E01, "/x").info();
        call.method = method;
        ApiError::new(kind, call)
    }

    #[test]
    fn a_read_is_repeated_twice_for_what_passes_by_itself() {
        let policy = RetryPolicy::default();
        for kind in [ErrorKind::Network, ErrorKind::Timeout, ErrorKind::Gateway] {
            let error = error(kind, Method::Get);
            assert!(policy.next_pause(&error, 0, 0.5).is_some());
            assert!(policy.next_pause(&error, 1, 0.5).is_some());
            assert_eq!(policy.next_pause(&error, 2, 0.5), None);
        }
    }

    #[test]
    fn a_write_is_never_repeated() {
        for method in [Method::Post, Method::Put, Method::Delete] {
            for kind in [ErrorKind::Network, ErrorKind::Timeout, ErrorKind::Gateway] {
                assert_eq!(RetryPolicy::default().next_pause(&error(kind, method), 0, 0.5), None);
            }
        }
    }

    #[test]
    fn what_the_server_itself_answered_is_not_asked_again() {
        for kind in [
            ErrorKind::Server,
            ErrorKind::NotFound,
            ErrorKind::Unauthorized,
            ErrorKind::Busy,
            ErrorKind::EmptyBody,
            ErrorKind::Undecodable,
        ] {
            assert_eq!(
                RetryPolicy::default().next_pause(&error(kind, Method::Get), 0, 0.5),
                None,
                "{kind:?}"
            );
        }
    }

    #[test]
    fn a_body_cut_off_is_asked_for_again() {
        let mut error = error(ErrorKind::Undecodable, Method::Get);
        error.parts_mut().truncated = true;
        assert!(RetryPolicy::default().next_pause(&error, 0, 0.5).is_some());
    }

    #[test]
    fn pauses_double_and_spread_and_stop_at_the_cap() {
        let policy =
            RetryPolicy { max_retries: 9, base: Duration::from_millis(400), cap: Duration::from_secs(1) };
        let error = error(ErrorKind::Network, Method::Get);
        let pause = |retries, random| policy.next_pause(&error, retries, random).unwrap().as_millis();
        assert_eq!((pause(0, 0.0), pause(0, 0.5), pause(0, 1.0)), (200, 400, 600));
        assert_eq!((pause(1, 0.5), pause(2, 0.5), pause(8, 0.5)), (800, 1000, 1000));
    }
}
