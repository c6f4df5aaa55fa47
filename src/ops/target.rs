//! What an operation is about, and which operations get into each other's way.

use crate::api::envcfgs::EnvConfigKind;
use crate::api::services::WorkloadKind;
use crate::route::EnvironmentRef;
use serde::{Deserialize, Serialize};

/// A workload by kind and name: a service may have a Deployment and a StatefulSet of the same name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WorkloadRef {
    /// Its kind.
    pub kind: WorkloadKind,
    /// Its name.
    pub name: String,
}

impl WorkloadRef {
    /// A workload.
    pub fn new(kind: WorkloadKind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into() }
    }
}

/// The thing in an environment that is changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Object {
    /// The environment itself.
    Environment,
    /// A service.
    Service(String),
    /// Several services in one call.
    Services(Vec<String>),
    /// A workload of a service.
    Workload {
        /// The service.
        service: String,
        /// The workload.
        workload: WorkloadRef,
    },
    /// One pod of a service.
    Pod {
        /// The service.
        service: String,
        /// The pod.
        pod: String,
    },
    /// The global variables.
    Variables,
    /// An environment config.
    Config {
        /// Its kind.
        kind: EnvConfigKind,
        /// Its name.
        name: String,
    },
    /// Whether the environment may have sub-environments.
    Sharing,
    /// The portal service of a service.
    Portal(String),
}

/// Where an operation acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The environment.
    pub env: EnvironmentRef,
    /// The thing in it.
    pub object: Object,
}

impl Target {
    /// A target.
    pub fn new(env: &EnvironmentRef, object: Object) -> Self {
        Self { env: env.clone(), object }
    }

    /// The name a person types to confirm: that of the thing, or the environment's key where it is about all of the
    /// environment or about several things.
    pub fn name(&self) -> &str {
        match &self.object {
            Object::Service(name) | Object::Portal(name) | Object::Config { name, .. } => name,
            Object::Workload { workload, .. } => &workload.name,
            Object::Pod { pod, .. } => pod,
            Object::Services(names) => match names.as_slice() {
                [only] => only,
                _ => &self.env.key,
            },
            Object::Environment | Object::Variables | Object::Sharing => &self.env.key,
        }
    }

    /// The one service it is about, where there is one.
    pub fn service(&self) -> Option<&str> {
        match &self.object {
            Object::Service(service)
            | Object::Portal(service)
            | Object::Workload { service, .. }
            | Object::Pod { service, .. } => Some(service),
            Object::Services(names) => match names.as_slice() {
                [only] => Some(only),
                _ => None,
            },
            _ => None,
        }
    }
}

/// What an operation holds while it is under way. Two that hold the same, in one environment, cannot be under way at
/// once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Claim {
    /// Everything: creating, editing, deleting the environment, turning sharing on or off.
    Everything,
    /// A service and its workloads.
    Service(String),
    /// The environment's own update, which makes it `updating`: adding, updating, removing services, variables. The
    /// server refuses a second one meanwhile.
    Update,
    /// A config object.
    Config(EnvConfigKind, String),
    /// A portal service.
    Portal(String),
}

impl Claim {
    /// Whether the two cannot be held at once.
    pub fn conflicts(&self, other: &Self) -> bool {
        self == other || *self == Self::Everything || *other == Self::Everything
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Family;

    #[test]
    fn the_name_to_type_is_that_of_the_thing() {
        let env = EnvironmentRef { project: "p".into(), family: Family::Test, key: "dev".into() };
        let name = |object| Target::new(&env, object).name().to_owned();
        assert_eq!(name(Object::Environment), "dev");
        assert_eq!(name(Object::Service("api".into())), "api");
        assert_eq!(name(Object::Services(vec!["api".into()])), "api");
        assert_eq!(name(Object::Services(vec!["api".into(), "web".into()])), "dev");
        let workload = WorkloadRef::new(WorkloadKind::Deployment, "api-main");
        assert_eq!(name(Object::Workload { service: "api".into(), workload }), "api-main");
    }

    #[test]
    fn a_claim_on_everything_conflicts_with_all() {
        let api = Claim::Service("api".into());
        assert!(
            api.conflicts(&api) && api.conflicts(&Claim::Everything) && Claim::Everything.conflicts(&api)
        );
        assert!(!api.conflicts(&Claim::Service("web".into())) && !api.conflicts(&Claim::Update));
    }
}
