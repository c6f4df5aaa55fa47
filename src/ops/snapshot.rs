//! What is read back, and what was seen.
//!
//! A verifier names its [`Probe`]s; whoever has a client answers each with a [`Response`]; a [`Snapshot`] holds them together.

use std::collections::BTreeMap;

use crate::api::envcfgs::{EnvConfig, EnvConfigKind, EnvConfigSummary};
use crate::api::environments::{Environment, EnvironmentSummary};
use crate::api::events::Event;
use crate::api::model::GlobalVariable;
use crate::api::portal::PortalService;
use crate::api::services::ServiceDetail;
use crate::api::share::{ShareOperation, ShareReadiness};

/// Something to read back.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Probe {
    /// A service (`E05`, `E06`).
    Service(String),
    /// The environment (`E03`, `E04`).
    Environment,
    /// The environments of the same family (`E01`, `E02`).
    Environments,
    /// The global variables (`E19`, `E20`).
    Variables,
    /// A config object (`E27`, `E28`).
    Config(EnvConfigKind, String),
    /// The config objects of a kind (`E25`, `E26`).
    Configs(EnvConfigKind),
    /// The events of a pod (`E38`).
    PodEvents(String),
    /// How far turning sub-environments on or off is (`E42`).
    Sharing(SharingRead),
    /// A portal service (`E43`).
    Portal(String),
}

/// Which way `E42` is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum SharingRead {
    /// Turning on.
    On,
    /// Turning off.
    Off,
}

impl From<SharingRead> for ShareOperation {
    fn from(read: SharingRead) -> Self {
        match read {
            SharingRead::On => Self::Enable,
            SharingRead::Off => Self::Disable,
        }
    }
}

/// The answer to a [`Probe`].
#[derive(Clone, Debug)]
pub enum Response {
    /// A service.
    Service(ServiceDetail),
    /// The environment.
    Environment(Environment),
    /// The environments of the family.
    Environments(Vec<EnvironmentSummary>),
    /// The global variables.
    Variables(Vec<GlobalVariable>),
    /// A config object.
    Config(EnvConfig),
    /// Config objects.
    Configs(Vec<EnvConfigSummary>),
    /// Events of a pod.
    Events(Vec<Event>),
    /// Readiness of sub-environments.
    Sharing(ShareReadiness),
    /// A portal service.
    Portal(PortalService),
    /// Certainly not there.
    Missing,
}

/// One snapshot: everything read back at about the same time.
#[derive(Clone, Debug, Default)]
pub struct Snapshot(BTreeMap<Probe, Response>);

impl Snapshot {
    /// With one more answer.
    pub fn with(mut self, read: Probe, seen: Response) -> Self {
        self.0.insert(read, seen);
        self
    }

    /// Takes one more answer in.
    pub fn take(&mut self, read: Probe, seen: Response) {
        self.0.insert(read, seen);
    }

    /// A service, if it was read.
    pub fn service(&self, name: &str) -> Option<&ServiceDetail> {
        match self.0.get(&Probe::Service(name.to_owned()))? {
            Response::Service(detail) => Some(detail),
            _ => None,
        }
    }

    /// The environment, if it was read and is there.
    pub fn environment(&self) -> Option<&Environment> {
        match self.0.get(&Probe::Environment)? {
            Response::Environment(environment) => Some(environment),
            _ => None,
        }
    }

    /// The environments, if they were read.
    pub fn environments(&self) -> Option<&[EnvironmentSummary]> {
        match self.0.get(&Probe::Environments)? {
            Response::Environments(list) => Some(list),
            _ => None,
        }
    }

    /// The global variables, if they were read.
    pub fn variables(&self) -> Option<&[GlobalVariable]> {
        match self.0.get(&Probe::Variables)? {
            Response::Variables(list) => Some(list),
            _ => None,
        }
    }

    /// A config object: `None` if not read, `Some(None)` if it is not there.
    pub fn config(&self, kind: &EnvConfigKind, name: &str) -> Option<Option<&EnvConfig>> {
        match self.0.get(&Probe::Config(kind.clone(), name.to_owned()))? {
            Response::Config(config) => Some(Some(config)),
            Response::Missing => Some(None),
            _ => None,
        }
    }

    /// The config objects of a kind, if they were read.
    pub fn configs(&self, kind: &EnvConfigKind) -> Option<&[EnvConfigSummary]> {
        match self.0.get(&Probe::Configs(kind.clone()))? {
            Response::Configs(list) => Some(list),
            _ => None,
        }
    }

    /// The events of a pod; empty if they were not read.
    pub fn events(&self, pod: &str) -> &[Event] {
        match self.0.get(&Probe::PodEvents(pod.to_owned())) {
            Some(Response::Events(events)) => events,
            _ => &[],
        }
    }

    /// Readiness of sub-environments, if it was read.
    pub fn sharing(&self, read: SharingRead) -> Option<&ShareReadiness> {
        match self.0.get(&Probe::Sharing(read))? {
            Response::Sharing(readiness) => Some(readiness),
            _ => None,
        }
    }

    /// A portal service, if it was read.
    pub fn portal(&self, service: &str) -> Option<&PortalService> {
        match self.0.get(&Probe::Portal(service.to_owned()))? {
            Response::Portal(portal) => Some(portal),
            _ => None,
        }
    }
}
