//! Verifying `E44`, where the server lets it be read.

use super::{Verdict, Verifier};
use crate::api::portal::{PortalServer, PortalService};
use crate::domain::portal::diff;
use crate::ops::outcome::{Progress, Stale};
use crate::ops::saved::SavedVerifier;
use crate::ops::snapshot::{Probe, Snapshot};
use crate::ops::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// Verifies the hosts of a portal service.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PortalSet {
    service: String,
    before: Option<Vec<PortalServer>>,
    servers: Vec<PortalServer>,
}

impl PortalSet {
    /// Verifies that the service has exactly these hosts. `before` is what the review was made from, where it could be
    /// read.
    pub fn new(
        service: impl Into<String>,
        before: Option<&[PortalServer]>,
        servers: &[PortalServer],
    ) -> Self {
        Self { service: service.into(), before: before.map(<[_]>::to_vec), servers: servers.to_vec() }
    }
}

impl Verifier for PortalSet {
    fn saved(&self) -> Option<SavedVerifier> {
        Some(SavedVerifier::PortalSet(self.clone()))
    }

    fn reads(&self) -> Vec<Probe> {
        vec![Probe::Portal(self.service.clone())]
    }

    fn baseline(&mut self, snapshot: &Snapshot) -> Result<(), Stale> {
        match (snapshot.portal(&self.service), &self.before) {
            (Some(PortalService::Known { servers, .. }), Some(before))
                if !diff(before, servers).is_empty() =>
            {
                Err(Stale::Changed)
            }
            _ => Ok(()),
        }
    }

    fn judge(&mut self, snapshot: &Snapshot, _now: Timestamp) -> Verdict {
        match snapshot.portal(&self.service) {
            Some(PortalService::Unreadable) => Verdict::CannotTell,
            Some(PortalService::Known { servers, .. }) if diff(&self.servers, servers).is_empty() => {
                Verdict::Done(Progress::default())
            }
            _ => Verdict::Unchanged,
        }
    }
}
