//! Whether somebody else changed what is edited here: the one rule for everything that several people edit.
//!
//! An edit is made on top of what was there when it began, its *base*. Before it is planned, and once more before it is
//! sent, what is there is read again and the three are compared as `git` compares them. Global variables do so by key
//! ([`super::three_way`]), variables of a service by key and by what is rendered ([`super::service_variables`]), config
//! objects by their text, portal hosts as a list; the verifiers of [`crate::ops::verify`] ask it for what the review
//! showed.

/// How an edit compares with what is there now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// What the edit asks for is there already: nothing is left to send.
    Same,
    /// What is there is what the edit was made on: it can be sent.
    Applies,
    /// Somebody else changed it to something else: a person has to decide.
    Conflict,
}

/// Compares what the edit was made on (`base`), what it asks for (`mine`) and what is there now (`theirs`).
pub fn compare<T: ?Sized>(base: &T, mine: &T, theirs: &T, same: impl Fn(&T, &T) -> bool) -> Comparison {
    if same(mine, theirs) {
        Comparison::Same
    } else if same(base, theirs) {
        Comparison::Applies
    } else {
        Comparison::Conflict
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_values_are_compared_as_git_does() {
        let cases = [
            (("a", "b", "a"), Comparison::Applies),
            (("a", "b", "c"), Comparison::Conflict),
            // Somebody else did the same, or it was saved from here.
            (("a", "b", "b"), Comparison::Same),
            (("a", "a", "a"), Comparison::Same),
            // Nothing was edited here, and somebody else did: an edit of nothing must not undo it.
            (("a", "a", "b"), Comparison::Conflict),
        ];
        for ((base, mine, theirs), expected) in cases {
            assert_eq!(compare(base, mine, theirs, |a, b| a == b), expected, "{base} {mine} {theirs}");
        }
    }
}
