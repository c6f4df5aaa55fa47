//! The one error of this program: a sentence that says what went wrong and what to do.

use std::fmt;

/// A sentence for the person at the keyboard.
#[derive(Debug)]
pub struct Failure(pub String);

/// What most steps give back.
pub type Outcome<T> = Result<T, Failure>;

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// A failure with this sentence.
pub fn failed<T>(sentence: impl Into<String>) -> Outcome<T> {
    Err(Failure(sentence.into()))
}

/// Gives an error a context: `what: error`.
pub trait Context<T> {
    /// Turns the error into a failure that begins with `what`.
    fn context(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> Context<T> for Result<T, E> {
    fn context(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure(format!("{what}: {error}")))
    }
}

/// Turns an absent value into a failure.
pub trait Required<T> {
    /// The value, or a failure with this sentence.
    fn or_say(self, sentence: &str) -> Outcome<T>;
}

impl<T> Required<T> for Option<T> {
    fn or_say(self, sentence: &str) -> Outcome<T> {
        self.ok_or_else(|| Failure(sentence.to_owned()))
    }
}
