//! When to open a stream again.

use crate::api::ErrorKind;

/// How many times in a row a stream ended without a new line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Backoff(u32);

impl Backoff {
    /// The wait before the next try, after a stream that brought new lines or none: half a second at first, then
    /// doubled up to half a minute. So a server that closes at once, for ever, is asked twice a minute.
    pub(crate) fn next_ms(&mut self, brought_lines: bool) -> u64 {
        self.0 = if brought_lines { 1 } else { self.0.saturating_add(1) };
        (500_u64 << (self.0 - 1).min(6)).min(30_000)
    }
}

/// Whether asking again cannot help.
pub(crate) fn is_final(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Forbidden
            | ErrorKind::Mfa(_)
            | ErrorKind::Licence
            | ErrorKind::NotFound
            | ErrorKind::RouteMissing
            | ErrorKind::MethodNotAllowed
            | ErrorKind::InvalidInput
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_that_brings_nothing_is_asked_for_ever_more_rarely() {
        let mut backoff = Backoff::default();
        let waits: Vec<u64> = (0..9).map(|_| backoff.next_ms(false)).collect();
        assert_eq!(waits, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
        assert_eq!(backoff.next_ms(true), 500);
    }

    #[test]
    fn a_lost_network_is_no_final_word() {
        assert!(
            !is_final(ErrorKind::Network) && !is_final(ErrorKind::Gateway) && !is_final(ErrorKind::Server)
        );
        assert!(is_final(ErrorKind::InvalidInput) && is_final(ErrorKind::Forbidden));
    }
}
