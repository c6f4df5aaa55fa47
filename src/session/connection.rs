//! What an answer says about the connection.

use crate::api::{ApiError, ErrorKind};
use crate::config::AuthMode;
use std::sync::Arc;

/// What the last answers said about the connection.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Connection {
    /// Nothing was asked yet.
    Unknown,
    /// The last answer came from Zadig.
    Good,
    /// No answer, or a proxy's.
    Lost(Arc<ApiError>),
    /// A token is needed; `again` says that there was one that no longer counts.
    NeedsToken {
        /// Whether a token was refused.
        again: bool,
    },
}

/// What an answer says about the connection; `None` where it says nothing about it.
pub(crate) fn judge(result: Result<(), &ApiError>, auth: AuthMode) -> Option<Connection> {
    let Err(error) = result else { return Some(Connection::Good) };
    match error.kind {
        ErrorKind::Network | ErrorKind::Timeout | ErrorKind::Gateway => {
            Some(Connection::Lost(Arc::new(error.clone())))
        }
        // With a proxy there is nothing the user could enter: the page's error says so.
        ErrorKind::Unauthorized if auth == AuthMode::Token => Some(Connection::NeedsToken { again: true }),
        ErrorKind::Aborted | ErrorKind::InvalidToken | ErrorKind::InvalidInput => None,
        _ => Some(Connection::Good),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Endpoint, Request};

    fn error(kind: ErrorKind) -> ApiError {
        ApiError::new(kind, Request::get(Endpoint::E01, "/openapi/environments").info())
    }

    #[test]
    fn a_refused_token_asks_for_another_only_where_the_user_can_give_one() {
        let refused = error(ErrorKind::Unauthorized);
        assert_eq!(judge(Err(&refused), AuthMode::Token), Some(Connection::NeedsToken { again: true }));
        assert_eq!(judge(Err(&refused), AuthMode::Proxy), Some(Connection::Good));
    }

    #[test]
    fn zadig_saying_no_is_a_good_connection() {
        for kind in [ErrorKind::Forbidden, ErrorKind::Server, ErrorKind::NotFound, ErrorKind::Licence] {
            assert_eq!(judge(Err(&error(kind)), AuthMode::Token), Some(Connection::Good));
        }
    }

    #[test]
    fn an_aborted_request_says_nothing() {
        assert_eq!(judge(Err(&error(ErrorKind::Aborted)), AuthMode::Token), None);
    }
}
