//! Building plans from what was read: validated, with warnings, never with a name that was typed.
//!
//! Each function takes the latest answer of the server and what the user wants, and gives a complete [`Plan`] or the
//! [`Problem`] that says why there is none. What the server cannot do (scaling in production) and what would do harm (a
//! container that does not exist) cannot be planned.

pub mod configs;
pub mod create;
pub mod environments;
pub mod image;
pub mod portal;
pub mod restart;
pub mod scale;
pub mod services;

use super::kind::Kind;
use super::target::WorkloadRef;
use crate::api::Family;
use crate::api::environments::EnvStatus;
use crate::api::services::{ServiceDetail, Workload, WorkloadKind};
use crate::domain::image::ImageProblem;
use crate::domain::mask::is_masked;

#[cfg(doc)]
use super::plan::Plan;

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The server has no such call for production environments (contract 6.14).
    NotInProduction,
    /// The environment is in a state in which the server refuses this.
    EnvironmentIs(EnvStatus),
    /// The service has no such workload.
    UnknownWorkload(WorkloadRef),
    /// This kind of workload cannot be scaled by this server.
    CannotScale(WorkloadKind),
    /// This kind of workload has no call for its image.
    NoImageCall(WorkloadKind),
    /// The workload has no such container.
    UnknownContainer(String),
    /// The same container is named twice.
    Twice(String),
    /// Not an image reference.
    Image {
        /// The container it is for.
        container: String,
        /// What is wrong with it.
        problem: ImageProblem,
    },
    /// What is wished is there already.
    NothingToChange,
    /// Nothing was chosen.
    NothingChosen,
    /// None of the service's workloads can be restarted, or none has a pod.
    NothingRestarts,
    /// The service has no such pod.
    UnknownPod(String),
    /// The service is in the environment already.
    AlreadyThere(String),
    /// The service is not in the environment.
    NotThere(String),
    /// The project has no template for the service.
    NoTemplate(String),
    /// A value to be sent is what the server shows instead of a secret.
    Masked,
}

/// Refuses values that are masks.
///
/// # Errors
/// [`Problem::Masked`].
fn no_masks(values: impl IntoIterator<Item = impl AsRef<str>>) -> Result<(), Problem> {
    match values.into_iter().any(|value| is_masked(value.as_ref())) {
        true => Err(Problem::Masked),
        false => Ok(()),
    }
}

/// Whether an environment in this state takes this kind of operation (contract 6.1, 6.2).
///
/// # Errors
/// [`Problem::EnvironmentIs`] for what the server would refuse.
pub fn allowed(kind: Kind, status: &EnvStatus) -> Result<(), Problem> {
    let needs_awake = matches!(
        kind,
        Kind::AddServices
            | Kind::UpdateServices
            | Kind::UpdateVariables
            | Kind::Scale { .. }
            | Kind::Restart
            | Kind::EnableSharing
            | Kind::DisableSharing
    );
    let needs_rest = matches!(kind, Kind::AddServices | Kind::UpdateServices | Kind::UpdateVariables);
    let refused = match status {
        EnvStatus::Sleeping => needs_awake,
        EnvStatus::Creating | EnvStatus::Updating | EnvStatus::Deleting => needs_rest,
        _ => false,
    };
    match refused {
        true => Err(Problem::EnvironmentIs(status.clone())),
        false => Ok(()),
    }
}

fn only_test(family: Family) -> Result<(), Problem> {
    match family.is_production() {
        true => Err(Problem::NotInProduction),
        false => Ok(()),
    }
}

fn workload<'a>(detail: &'a ServiceDetail, wanted: &WorkloadRef) -> Result<&'a Workload, Problem> {
    super::verify::scale::find_workload(detail, wanted)
        .ok_or_else(|| Problem::UnknownWorkload(wanted.clone()))
}

fn reference(workload: &Workload) -> WorkloadRef {
    WorkloadRef::new(workload.kind.clone(), workload.name.clone())
}
