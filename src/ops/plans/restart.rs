//! Planning `E33`, `E34`, `H11`.

use super::{Problem, reference};
use crate::api::services::{ServiceDetail, Workload, WorkloadKind};
use crate::api::workloads;
use crate::api::{Availability, Feature, Features};
use crate::ops::kind::Kind;
use crate::ops::plan::{Change, Impact, Plan, Subject, Warning};
use crate::ops::target::{Object, Target};
use crate::ops::text::Text;
use crate::ops::verify::restart::{PodRestarted, Restarted};
use crate::route::EnvironmentRef;

/// The workload of a service that a restart is expected to reach: the first Deployment or StatefulSet, on servers from
/// v5.0.0 also DaemonSet. The server goes by the order in the service's YAML.
pub fn first_to_restart<'a>(detail: &'a ServiceDetail, features: &Features) -> Option<&'a Workload> {
    detail.workloads.iter().find(|workload| restarts(workload, features))
}

fn restarts(workload: &Workload, features: &Features) -> bool {
    match workload.kind {
        WorkloadKind::Deployment | WorkloadKind::StatefulSet => true,
        // Servers that list DaemonSets at all are the ones that restart them.
        WorkloadKind::DaemonSet => features.has(Feature::ServerContext) != Availability::No,
        _ => false,
    }
}

/// Plans to restart a service.
///
/// # Errors
/// [`Problem::NothingRestarts`] when no workload would restart, or the first one has no pod: nothing could be seen to
/// happen.
pub fn restart(
    env: &EnvironmentRef,
    service: &str,
    detail: &ServiceDetail,
    features: &Features,
) -> Result<Plan, Problem> {
    let first = first_to_restart(detail, features).ok_or(Problem::NothingRestarts)?;
    if first.pods.is_empty() {
        return Err(Problem::NothingRestarts);
    }
    let others: Vec<_> =
        detail.workloads.iter().filter(|one| !std::ptr::eq(*one, first)).map(reference).collect();
    let warning =
        (!others.is_empty()).then(|| Warning::OnlyFirstRestarts { restarts: reference(first), others });
    let followed = detail.workloads.iter().filter(|one| restarts(one, features));
    let call = workloads::restart(env.family, &env.project, &env.key, service);
    let target = Target::new(env, Object::Service(service.to_owned()));
    let pods = Text::plain(first.pods.len());
    let change = Change::new(Subject::Pods(reference(first)), Some(pods.clone()), Some(pods));
    Ok(Plan::new(Kind::Restart, target, &call, Restarted::new(service, followed))
        .changes([change])
        .impacts([Impact { service: service.to_owned(), workloads: vec![reference(first)] }])
        .warnings(warning))
}

/// Whether a pod of this service can be restarted: not that of a Job, which servers refuse (`H11`, contract 9.1).
pub fn restarts_pods(detail: &ServiceDetail, pod: &str) -> bool {
    let jobs = detail.workloads.iter().filter(|workload| workload.kind == WorkloadKind::Job);
    let of_jobs = jobs.flat_map(|job| &job.pods).chain(detail.cron_jobs.iter().flat_map(|job| &job.pods));
    !of_jobs.into_iter().any(|one| one.name == pod)
}

/// Plans to restart one pod, on servers that can. Both spellings of the path are tried; a missing route does nothing.
///
/// # Errors
/// [`Problem::UnknownPod`]; [`Problem::NothingRestarts`] where the server is known to lack the call or refuses it for this
/// pod (see [`restarts_pods`]).
pub fn restart_pod(
    env: &EnvironmentRef,
    service: &str,
    detail: &ServiceDetail,
    pod: &str,
    features: &Features,
) -> Result<Plan, Problem> {
    if features.has(Feature::RestartPod) == Availability::No || !restarts_pods(detail, pod) {
        return Err(Problem::NothingRestarts);
    }
    let verifier =
        PodRestarted::new(service, detail, pod).ok_or_else(|| Problem::UnknownPod(pod.to_owned()))?;
    let object = Object::Pod { service: service.to_owned(), pod: pod.to_owned() };
    let change = Change::new(Subject::Pod(pod.to_owned()), Some(Text::plain(pod)), None);
    let call = workloads::restart_pod(env.family, &env.project, &env.key, service, pod);
    let other = workloads::restart_pod_of_env(env.family, &env.project, &env.key, pod);
    Ok(Plan::new(Kind::RestartPod, Target::new(env, object), &call, verifier)
        .or_else(&other)
        .changes([change])
        .impacts([Impact::service(service)]))
}
