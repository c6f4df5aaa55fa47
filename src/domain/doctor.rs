//! The connection check: tells apart, as far as a browser can, why Zadig cannot be used.
//!
//! A browser hides from a page why a request failed without an answer: a wrong name, an untrusted certificate, a refused
//! connection and missing CORS headers all look the same. What is left to tell them apart: whether the computer is offline,
//! whether page and address mix https and http, whether the address is the page's own, and whether a request whose answer
//! the page may not read (`no-cors`) comes back at all.

use crate::api::{ApiError, ErrorKind, MfaNeed};

/// What is known about the page and the address besides the failed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// The browser says that it is offline.
    pub offline: bool,
    /// Zadig's address has another origin than the page.
    pub cross_origin: bool,
    /// The page came by https and the address has none.
    pub mixed_content: bool,
    /// Whether a `no-cors` request to the address came back; `None` where it was not tried.
    pub answers_blindly: Option<bool>,
}

/// What is checked, in order: each needs the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Something answers.
    Reach,
    /// It is Zadig's API.
    Api,
    /// The token is accepted.
    Token,
    /// The account may list projects.
    Rights,
}

impl Step {
    /// All steps in their order.
    pub const ALL: [Self; 4] = [Self::Reach, Self::Api, Self::Token, Self::Rights];
}

/// Why a step failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The computer is offline.
    Offline,
    /// Nothing answers at the page's own address.
    NothingHere,
    /// No readable answer from another origin, and nothing came back blindly either.
    NothingThere,
    /// Another origin answers but does not let the page read it.
    Cors,
    /// An https page may not ask an http address.
    MixedContent,
    /// No answer in time.
    Timeout,
    /// A proxy answered for Zadig with this status.
    Gateway(u16),
    /// The address answers 404 to Zadig's paths.
    NoApi,
    /// A web page came instead of data.
    WebPage,
    /// Something else came; the words of the error.
    Odd(String),
    /// 401.
    TokenRefused,
    /// There is no token.
    NoToken,
    /// 403 on the list of projects.
    NoRights,
    /// A second factor is wanted.
    Mfa(MfaNeed),
}

/// The result: how far it went, and why no further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// The step that failed, with its cause; `None` when all went well.
    pub failed: Option<(Step, Cause)>,
}

impl Diagnosis {
    /// Whether pages can be used: a refused list of projects still allows opening one by its key.
    pub fn is_usable(&self) -> bool {
        matches!(self.failed, None | Some((Step::Rights, Cause::NoRights)))
    }

    /// How a step stands: `Some(true)` passed, `Some(false)` failed, `None` not reached.
    pub fn step(&self, step: Step) -> Option<bool> {
        let place = |step| Step::ALL.iter().position(|one| *one == step);
        match &self.failed {
            None => Some(true),
            Some((failed, _)) if *failed == step => Some(false),
            Some((failed, _)) => (place(step) < place(*failed)).then_some(true),
        }
    }
}

/// Judges the answer to the list of projects (H1), the cheapest call that needs a token on every version.
pub fn diagnose(answer: Result<(), &ApiError>, around: Surroundings) -> Diagnosis {
    let failed = match answer {
        Ok(()) => None,
        Err(error) => Some(cause(error, around)),
    };
    Diagnosis { failed }
}

fn cause(error: &ApiError, around: Surroundings) -> (Step, Cause) {
    match error.kind {
        ErrorKind::Network | ErrorKind::Aborted => (Step::Reach, unreachable(around)),
        ErrorKind::Timeout => (Step::Reach, Cause::Timeout),
        ErrorKind::Gateway => (Step::Reach, Cause::Gateway(error.status.unwrap_or(502))),
        ErrorKind::RouteMissing | ErrorKind::NotFound | ErrorKind::MethodNotAllowed => {
            (Step::Api, Cause::NoApi)
        }
        ErrorKind::Undecodable if is_web_page(error) => (Step::Api, Cause::WebPage),
        ErrorKind::InvalidToken => (Step::Token, Cause::NoToken),
        ErrorKind::Unauthorized => (Step::Token, Cause::TokenRefused),
        ErrorKind::Mfa(need) => (Step::Token, Cause::Mfa(need)),
        ErrorKind::Forbidden => (Step::Rights, Cause::NoRights),
        _ => (Step::Api, Cause::Odd(error.to_string())),
    }
}

fn unreachable(around: Surroundings) -> Cause {
    match around {
        Surroundings { offline: true, .. } => Cause::Offline,
        Surroundings { mixed_content: true, .. } => Cause::MixedContent,
        Surroundings { cross_origin: true, answers_blindly: Some(true), .. } => Cause::Cors,
        Surroundings { cross_origin: true, .. } => Cause::NothingThere,
        _ => Cause::NothingHere,
    }
}

fn is_web_page(error: &ApiError) -> bool {
    error.excerpt.as_deref().is_some_and(|text| text.trim_start().starts_with('<'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Endpoint, Request};

    fn error(kind: ErrorKind) -> ApiError {
        ApiError::new(kind, Request::get(Endpoint::H1, "/openapi/projects/project").info())
    }

    fn failed(kind: ErrorKind, around: Surroundings) -> (Step, Cause) {
        diagnose(Err(&error(kind)), around).failed.unwrap()
    }

    #[test]
    fn no_answer_is_told_apart_as_far_as_a_browser_can() {
        let here = Surroundings::default();
        let there = Surroundings { cross_origin: true, ..here };
        let kind = ErrorKind::Network;
        assert_eq!(failed(kind, Surroundings { offline: true, ..there }).1, Cause::Offline);
        assert_eq!(failed(kind, here).1, Cause::NothingHere);
        assert_eq!(failed(kind, Surroundings { mixed_content: true, ..there }).1, Cause::MixedContent);
        assert_eq!(failed(kind, Surroundings { answers_blindly: Some(true), ..there }).1, Cause::Cors);
        assert_eq!(
            failed(kind, Surroundings { answers_blindly: Some(false), ..there }).1,
            Cause::NothingThere
        );
    }

    #[test]
    fn each_refusal_fails_its_own_step() {
        let around = Surroundings::default();
        assert_eq!(failed(ErrorKind::RouteMissing, around), (Step::Api, Cause::NoApi));
        assert_eq!(failed(ErrorKind::Unauthorized, around), (Step::Token, Cause::TokenRefused));
        assert_eq!(failed(ErrorKind::Forbidden, around), (Step::Rights, Cause::NoRights));
        assert_eq!(failed(ErrorKind::Timeout, around), (Step::Reach, Cause::Timeout));
    }

    #[test]
    fn steps_before_the_failed_one_passed_and_later_ones_were_not_reached() {
        let found = diagnose(Err(&error(ErrorKind::Unauthorized)), Surroundings::default());
        assert_eq!(Step::ALL.map(|step| found.step(step)), [Some(true), Some(true), Some(false), None]);
        assert_eq!(diagnose(Ok(()), Surroundings::default()).step(Step::Rights), Some(true));
    }

    #[test]
    fn a_refused_list_of_projects_is_still_usable() {
        assert!(diagnose(Err(&error(ErrorKind::Forbidden)), Surroundings::default()).is_usable());
        assert!(!diagnose(Err(&error(ErrorKind::Unauthorized)), Surroundings::default()).is_usable());
    }

    #[test]
    fn a_web_page_is_recognised_by_its_excerpt() {
        let page = error(ErrorKind::Undecodable).with_excerpt("<!doctype html><title>Sign in</title>", 0);
        assert_eq!(diagnose(Err(&page), Surroundings::default()).failed, Some((Step::Api, Cause::WebPage)));
    }
}
