//! Data from elsewhere and how fresh it is.
//!
//! A [`Remote`] never forgets: while a newer answer is on its way, or after a failure, the last good value stays, so that
//! a page shows old data with a note instead of an empty box.

use crate::api::{ApiError, ErrorKind};
use crate::config::Refresh;
use std::sync::Arc;
use std::time::Duration;

/// A value that is fetched again and again.
#[derive(Debug)]
pub(crate) struct Remote<T> {
    /// The last good answer.
    pub value: Option<Arc<T>>,
    /// Why the last try failed; gone with the next good answer.
    pub error: Option<Arc<ApiError>>,
    /// Whether a request is under way.
    pub loading: bool,
    /// When `value` came, unix seconds.
    pub at: Option<i64>,
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self { value: None, error: None, loading: false, at: None }
    }
}

impl<T> Clone for Remote<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), error: self.error.clone(), loading: self.loading, at: self.at }
    }
}

impl<T: PartialEq> Remote<T> {
    /// Takes an answer in. An equal value keeps its old allocation, so that nothing below it is drawn again.
    pub(crate) fn settle(&mut self, result: Result<T, ApiError>, now: i64) {
        self.loading = false;
        match result {
            Ok(value) => {
                self.error = None;
                self.at = Some(now);
                if self.value.as_deref() != Some(&value) {
                    self.value = Some(Arc::new(value));
                }
            }
            Err(error) => self.error = Some(Arc::new(error)),
        }
    }
}

/// How lively a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Something is in transition.
    Busy,
    /// Nothing moves.
    Idle,
    /// Read once; it does not change under the page.
    Once,
}

/// How long to wait before looking again; `None` is never by itself.
///
/// Takes the pace of the last good answer or the last error with the number of failures in a row. Errors back off from
/// 1 s to 30 s. A refused token stops everything until there is another; what cannot change by asking again (no right, no
/// licence, no such thing) is asked rarely.
pub(crate) fn next_look(
    outcome: Result<Pace, ErrorKind>,
    failures: u32,
    refresh: Refresh,
    enabled: bool,
) -> Option<Duration> {
    let seconds = |n: u32| Some(Duration::from_secs(u64::from(n)));
    match outcome {
        Err(ErrorKind::Unauthorized | ErrorKind::InvalidToken | ErrorKind::Mfa(_)) => None,
        Err(ErrorKind::Forbidden | ErrorKind::Licence | ErrorKind::NotFound | ErrorKind::RouteMissing) => {
            if enabled {
                seconds(30)
            } else {
                None
            }
        }
        // Backing off is not the polling that the user may have switched off: the page has to come back by itself.
        Err(_) => {
            seconds(1 << failures.saturating_sub(1).min(5)).map(|wait| wait.min(Duration::from_secs(30)))
        }
        Ok(Pace::Once) => None,
        Ok(_) if !enabled => None,
        Ok(Pace::Busy) => seconds(refresh.busy_seconds),
        Ok(Pace::Idle) => seconds(refresh.idle_seconds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFRESH: Refresh = Refresh { busy_seconds: 2, idle_seconds: 15 };

    fn wait(outcome: Result<Pace, ErrorKind>, failures: u32) -> Option<u64> {
        next_look(outcome, failures, REFRESH, true).map(|wait| wait.as_secs())
    }

    #[test]
    fn a_page_looks_often_while_something_moves() {
        assert_eq!(wait(Ok(Pace::Busy), 0), Some(2));
        assert_eq!(wait(Ok(Pace::Idle), 0), Some(15));
        assert_eq!(wait(Ok(Pace::Once), 0), None);
    }

    #[test]
    fn failures_back_off_from_one_second_to_thirty() {
        let waits: Vec<_> = (1..=8).filter_map(|n| wait(Err(ErrorKind::Network), n)).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30, 30]);
    }

    #[test]
    fn a_refused_token_stops_asking() {
        assert_eq!(wait(Err(ErrorKind::Unauthorized), 1), None);
    }

    #[test]
    fn without_automatic_refresh_only_failures_are_tried_again() {
        assert_eq!(next_look(Ok(Pace::Busy), 0, REFRESH, false), None);
        assert_eq!(next_look(Err(ErrorKind::Gateway), 1, REFRESH, false), Some(Duration::from_secs(1)));
    }

    #[test]
    fn a_failure_keeps_the_last_good_value() {
        let mut remote = Remote::default();
        remote.settle(Ok(7), 100);
        let first = remote.value.clone();
        remote.settle(Ok(7), 105);
        assert!(
            Arc::ptr_eq(&first.clone().unwrap(), &remote.value.clone().unwrap()),
            "an equal value is not new"
        );
        assert_eq!(remote.at, Some(105));
    }
}
