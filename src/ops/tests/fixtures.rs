//! Snapshots as the server gives them.

use crate::api::environments::{EnvStatus, Environment, ServiceSummary};
use crate::api::model::ContainerImage;
use crate::api::services::{
    ContainerState, Pod, PodContainer, PodStatus, ServiceDetail, Workload, WorkloadKind,
};
use crate::api::{ApiError, Endpoint, ErrorKind, Family, Features, Request};
use crate::ops::{Operations, Plan, Timestamp, WorkloadRef, plans};
use crate::route::EnvironmentRef;

pub fn env() -> EnvironmentRef {
    EnvironmentRef { project: "shop".into(), family: Family::Test, key: "dev".into() }
}

pub fn production() -> EnvironmentRef {
    EnvironmentRef { family: Family::Production, key: "live".into(), ..env() }
}

pub fn at(seconds: u64) -> Timestamp {
    Timestamp::from_millis(seconds * 1000)
}

pub fn api() -> WorkloadRef {
    WorkloadRef::new(WorkloadKind::Deployment, "api")
}

pub fn ready(name: &str, created: i64) -> Pod {
    let container = PodContainer {
        name: "app".into(),
        state: ContainerState::Running,
        ready: true,
        ..Default::default()
    };
    Pod {
        name: name.into(),
        create_time: created,
        status: PodStatus::Running,
        pod_ready: true,
        containers: vec![container],
        ..Default::default()
    }
}

pub fn starting(name: &str, created: i64) -> Pod {
    waiting(name, created, "ContainerCreating", "")
}

pub fn waiting(name: &str, created: i64, reason: &str, message: &str) -> Pod {
    let container = PodContainer {
        name: "app".into(),
        state: ContainerState::Waiting,
        reason: reason.into(),
        message: message.into(),
        ..Default::default()
    };
    Pod {
        name: name.into(),
        create_time: created,
        status: PodStatus::Pending,
        containers: vec![container],
        ..Default::default()
    }
}

pub fn terminating(mut pod: Pod) -> Pod {
    pod.status = PodStatus::Terminating;
    pod
}

pub fn image(container: &str, image: &str) -> ContainerImage {
    ContainerImage { name: container.into(), image: image.into(), image_name: String::new() }
}

pub fn workload(replicas: i64, pods: Vec<Pod>) -> Workload {
    Workload {
        name: "api".into(),
        kind: WorkloadKind::Deployment,
        images: vec![image("app", "r.example/shop/api:1"), image("proxy", "r.example/infra/proxy:1")],
        replicas,
        pods,
        ..Default::default()
    }
}

/// The service `api` with one Deployment of that name.
pub fn service(replicas: i64, pods: Vec<Pod>) -> ServiceDetail {
    ServiceDetail { name: "api".into(), workloads: vec![workload(replicas, pods)], ..Default::default() }
}

pub fn environment(status: &str, update_time: i64, services: &[&str]) -> Environment {
    let service = |name: &&str| ServiceSummary { name: (*name).to_owned(), ..Default::default() };
    Environment {
        key: "dev".into(),
        status: EnvStatus::from(status),
        update_time,
        services: services.iter().map(service).collect(),
        ..Default::default()
    }
}

pub fn error(kind: ErrorKind) -> ApiError {
    ApiError::new(kind, Request::post(Endpoint::E32, "/openapi/environments/scale").info())
}

pub fn scale_plan(from: i64, to: u32) -> Plan {
    let pods = (0..from).map(|index| ready(&format!("api-{index}"), 1)).collect();
    plans::scale::scale(&env(), "api", &service(from, pods), &api(), to, &Features::default()).unwrap()
}

pub fn restart_plan(name: &str) -> Plan {
    let detail = service(1, vec![ready("api-0", 1)]);
    plans::restart::restart(&env(), name, &detail, &Features::default()).unwrap()
}

/// A registry with this plan confirmed at 0 s.
pub fn confirmed(plan: Plan) -> (Operations, crate::ops::OpId) {
    let ops = Operations::new();
    let id = ops.draft(plan, at(0)).unwrap();
    let name = ops.get(id).unwrap().facts.target.name().to_owned();
    ops.confirm(id, Some(&name), at(0)).unwrap();
    (ops, id)
}
