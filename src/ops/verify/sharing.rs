//! Verifying `E40` and `E41`: sub-environments are turned on and off.

use super::{Verdict, Verifier};
use crate::ops::outcome::{Progress, Stale};
use crate::ops::saved::SavedVerifier;
use crate::ops::snapshot::{Probe, SharingRead, Snapshot};
use crate::ops::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// Verifies that sub-environments were turned on or off.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SharingTurned {
    read: SharingRead,
    /// Whether the environment has no services: two of the checks then hold of themselves, and "off" is never told.
    empty: bool,
    /// The sub-environments that have to go.
    subs: Vec<String>,
}

impl SharingTurned {
    /// Verifies that everything was set up.
    pub fn on() -> Self {
        Self { read: SharingRead::On, empty: false, subs: Vec::new() }
    }

    /// Verifies that everything was taken away, and that these sub-environments are gone. `empty` says that the environment
    /// has no services.
    pub fn off(empty: bool, subs: &[String]) -> Self {
        Self { read: SharingRead::Off, empty, subs: subs.to_vec() }
    }

    /// The sub-environments that are still listed.
    fn left(&self, snapshot: &Snapshot) -> Vec<String> {
        let listed = snapshot.environments().unwrap_or_default();
        self.subs.iter().filter(|sub| listed.iter().any(|env| env.key == **sub)).cloned().collect()
    }
}

impl Verifier for SharingTurned {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::SharingTurned(self.clone()))
    }

    fn reads(&self) -> Vec<Probe> {
        let mut reads = vec![Probe::Sharing(self.read)];
        if !self.subs.is_empty() {
            reads.push(Probe::Environments);
        }
        reads
    }

    fn baseline(&mut self, _look: &Snapshot) -> Result<(), Stale> {
        Ok(())
    }

    fn judge(&mut self, snapshot: &Snapshot, _now: Timestamp) -> Verdict {
        let waiting = self.left(snapshot);
        let done = snapshot.sharing(self.read).is_some_and(|seen| {
            // Without services only the label can tell (contract 6.11).
            seen.is_ready || self.empty && !seen.checks.namespace_has_istio_label
        });
        match done && waiting.is_empty() {
            true => Verdict::Done(Progress::default()),
            // The checks come true one by one; none of them says that nothing happens.
            false => Verdict::Moving(Progress { waiting, ..Progress::default() }),
        }
    }
}
