//! Which reads wait for Zadig to come back.
//!
//! When one of them is answered at last, everything may be asked again at once. An answer to another call proves nothing: a
//! proxy can refuse one list for hours beside others that work, and waking everything at each answer would undo the pause
//! between the tries of the one that fails.

/// So many are remembered, the latest; a page has fewer.
const MOST: usize = 64;

/// The paths that failed for want of a connection and were not answered since.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outage(Vec<String>);

impl Outage {
    /// Takes a failure in.
    pub(crate) fn failed(&mut self, path: &str) {
        if self.0.iter().any(|one| one == path) {
            return;
        }
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push(path.to_owned());
    }

    /// Takes an answer in; gives whether it is one that was waited for. Then nothing is waited for any more.
    pub(crate) fn answered(&mut self, path: &str) -> bool {
        let over = self.0.iter().any(|one| one == path);
        if over {
            self.0.clear();
        }
        over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answer_that_was_waited_for_ends_an_outage() {
        let mut outage = Outage::default();
        outage.failed("/configs?type=Secret");
        outage.failed("/configs?type=Secret");
        assert!(!outage.answered("/environment"));
        assert!(!outage.answered("/configs?type=ConfigMap"));
        assert!(outage.answered("/configs?type=Secret"));
        assert!(!outage.answered("/configs?type=Secret"), "it ended once");
    }

    #[test]
    fn one_answer_ends_the_waiting_of_all() {
        let mut outage = Outage::default();
        (0..1000).for_each(|n| outage.failed(&format!("/{n}")));
        assert_eq!(outage.0.len(), MOST);
        assert!(!outage.answered("/3"), "what failed long ago is forgotten first");
        assert!(outage.answered("/999") && !outage.answered("/998"));
    }
}
