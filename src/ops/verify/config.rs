//! Verifying `E23`-`E31`: a config object is there, as it was written, or is gone.

use serde::{Deserialize, Serialize};
use std::fmt;

use super::{Verdict, Verifier};
use crate::api::envcfgs::{EnvConfig, EnvConfigKind};
use crate::ops::outcome::{Progress, Stale};
use crate::ops::saved::SavedVerifier;
use crate::ops::snapshot::{Probe, Snapshot};
use crate::ops::timestamp::Timestamp;

/// Says whether an object read back is what was written. The server adds labels, a namespace and an order of its own, so
/// only who knows the format can compare.
pub type SameConfig = Box<dyn Fn(&EnvConfig) -> bool + Send + Sync>;

/// Verifies that an object was written.
pub struct ConfigWritten {
    kind: EnvConfigKind,
    name: String,
    same: SameConfig,
    /// The YAML the edit began with; `None` when the object is new.
    edited: Option<String>,
}

impl fmt::Debug for ConfigWritten {
    // Without its YAML, which may be a Secret's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfigWritten")
            .field("kind", &self.kind)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl ConfigWritten {
    /// Verifies a new object.
    pub fn created(kind: EnvConfigKind, name: impl Into<String>, same: SameConfig) -> Self {
        Self { kind, name: name.into(), same, edited: None }
    }

    /// Verifies an edit that began with the YAML `edited`. If the object has another one by the time of sending,
    /// somebody else changed it, and the operation is not sent.
    pub fn updated(
        kind: EnvConfigKind,
        name: impl Into<String>,
        edited: impl Into<String>,
        same: SameConfig,
    ) -> Self {
        Self { kind, name: name.into(), same, edited: Some(edited.into()) }
    }
}

impl Verifier for ConfigWritten {
    fn reads(&self) -> Vec<Probe> {
        vec![Probe::Config(self.kind.clone(), self.name.clone())]
    }

    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale> {
        let Some(found) = snapshot.config(&self.kind, &self.name) else { return Ok(()) };
        match (found.map(|config| config.yaml_data.as_str()), &self.edited) {
            (Some(now), Some(edited)) if now == edited => Ok(()),
            (None, None) => Ok(()),
            _ => Err(Stale::Changed),
        }
    }

    fn judge(&mut self, snapshot: &Snapshot, _now: Timestamp) -> Verdict {
        match snapshot.config(&self.kind, &self.name) {
            Some(Some(config)) if (self.same)(config) => Verdict::Done(Progress::default()),
            Some(None) if self.edited.is_some() => Verdict::TargetMissing,
            _ => Verdict::Unchanged,
        }
    }
}

/// Verifies that an object was deleted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConfigDeleted {
    kind: EnvConfigKind,
    name: String,
}

impl ConfigDeleted {
    /// Verifies that this object disappears.
    pub fn new(kind: EnvConfigKind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into() }
    }
}

impl Verifier for ConfigDeleted {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::ConfigDeleted(self.clone()))
    }

    fn reads(&self) -> Vec<Probe> {
        vec![Probe::Configs(self.kind.clone())]
    }

    fn baseline(&mut self, _look: &Snapshot) -> Result<(), Stale> {
        Ok(())
    }

    fn judge(&mut self, snapshot: &Snapshot, _now: Timestamp) -> Verdict {
        match snapshot.configs(&self.kind) {
            Some(list) if list.iter().all(|config| config.name != self.name) => {
                Verdict::Done(Progress::default())
            }
            _ => Verdict::Unchanged,
        }
    }
}
