//! What this tab saw of environments: how many services had problems, for places that show only what a list tells.

use crate::clock::unix_seconds;
use crate::route::EnvironmentRef;
use leptos::prelude::*;
use std::collections::HashMap;

/// For how many seconds it is told: what was seen long ago may be untrue.
const FRESH: i64 = 600;

/// Problems by environment, with when they were seen; cheap to copy.
#[derive(Clone, Copy)]
pub struct KnownProblems {
    seen: StoredValue<HashMap<EnvironmentRef, (usize, i64)>>,
    changed: Trigger,
}

impl KnownProblems {
    /// Nothing seen.
    pub(crate) fn start() -> Self {
        Self { seen: StoredValue::new(HashMap::new()), changed: Trigger::new() }
    }

    /// So many services of an environment have problems now.
    pub fn saw(self, at: &EnvironmentRef, problems: usize) {
        let now = unix_seconds();
        let before = self.seen.try_update_value(|seen| seen.insert(at.clone(), (problems, now))).flatten();
        // An old look is no news, unless what it saw was not told any more.
        if !before.is_some_and(|(count, then)| count == problems && now - then < FRESH) {
            self.changed.notify();
        }
    }

    /// How many services of an environment had problems, as far as that was seen a short time ago; a reactive read.
    pub fn of(self, at: &EnvironmentRef) -> usize {
        let fresh = |(problems, then): &(usize, i64)| (unix_seconds() - then < FRESH).then_some(*problems);
        self.changed.track();
        self.seen.try_with_value(|seen| seen.get(at).and_then(fresh)).flatten().unwrap_or(0)
    }
}
