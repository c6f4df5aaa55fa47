//! Planning `E32`.

use super::{Problem, only_test, reference, workload};
use crate::api::services::{ServiceDetail, WorkloadKind};
use crate::api::workloads;
use crate::api::{Availability, Feature, Features};
use crate::ops::kind::Kind;
use crate::ops::plan::{Change, Impact, Plan, Subject, Warning};
use crate::ops::target::{Object, Target, WorkloadRef};
use crate::ops::text::Text;
use crate::ops::verify::scale::Scaled;
use crate::route::EnvironmentRef;

/// Whether workloads of this kind can be scaled by this server. Everything else says why not.
///
/// # Errors
/// [`Problem::CannotScale`].
pub fn can_scale(kind: &WorkloadKind, features: &Features) -> Result<(), Problem> {
    match kind {
        WorkloadKind::Deployment | WorkloadKind::StatefulSet => Ok(()),
        WorkloadKind::CloneSet if features.has(Feature::ScaleReports) != Availability::No => Ok(()),
        other => Err(Problem::CannotScale(other.clone())),
    }
}

/// Plans to give a workload `to` replicas.
///
/// # Errors
/// [`Problem::NotInProduction`], [`Problem::UnknownWorkload`], [`Problem::CannotScale`], and
/// [`Problem::NothingToChange`] when it has that many.
pub fn scale(
    env: &EnvironmentRef,
    service: &str,
    detail: &ServiceDetail,
    wanted: &WorkloadRef,
    to: u32,
    features: &Features,
) -> Result<Plan, Problem> {
    only_test(env.family)?;
    let found = workload(detail, wanted)?;
    can_scale(&found.kind, features)?;
    let from = found.replicas;
    if from == i64::from(to) {
        return Err(Problem::NothingToChange);
    }
    let call = workloads::scale(&workloads::Scale {
        project_key: env.project.clone(),
        env_key: env.key.clone(),
        service_name: service.to_owned(),
        workload_name: found.name.clone(),
        workload_type: found.kind.clone(),
        target_replicas: to,
    });
    let object = Object::Workload { service: service.to_owned(), workload: reference(found) };
    let change =
        Change::new(Subject::Replicas(reference(found)), Some(Text::plain(from)), Some(Text::plain(to)));
    let verifier = Scaled::new(service, found, to);
    Ok(Plan::new(Kind::Scale { to }, Target::new(env, object), &call, verifier)
        .changes([change])
        .impacts([Impact { service: service.to_owned(), workloads: vec![reference(found)] }])
        .warnings(warnings(from, to, features)))
}

fn warnings(from: i64, to: u32, features: &Features) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let many = i64::from(to);
    if to == 0 {
        warnings.push(Warning::ToZero);
    }
    if many - from >= 50 || from > 0 && many >= from * 10 {
        warnings.push(Warning::LargeJump { from, to });
    }
    if features.has(Feature::ScaleReports) == Availability::No {
        warnings.push(Warning::MayDoNothing);
    }
    warnings
}
