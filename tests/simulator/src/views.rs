//! The JSON types of contract section 1, made from the world's state.

use crate::clock::Millis;
use crate::state::container::{Container, Phase};
use crate::state::fate::image_name;
use crate::state::pod::Pod;
use crate::state::service::{Cron, IngressRule, K8sService, Service};
use crate::state::workload::{ContainerSpec, Kind, Workload};
use crate::version::Version;
use serde::Serialize;
use std::collections::BTreeMap;

/// An age as `pkg/util/time.go` words it.
pub fn age(created: Millis, now: Millis) -> String {
    let seconds = (now - created).max(0) / 1000;
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3600 => format!("{}m", seconds / 60),
        3600..86_400 => format!("{}h", seconds / 3600),
        _ => format!("{}d", seconds / 86_400),
    }
}

/// `ContainerImage`.
#[derive(Serialize)]
pub struct ContainerImage {
    name: String,
    image: String,
    image_name: String,
}

/// `Container` of env detail: the image path is called differently before v4.0.0.
#[derive(Serialize)]
pub struct EnvContainer {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    image: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    image_name: String,
    #[serde(rename = "imagePath", skip_serializing_if = "Option::is_none")]
    old_path: Option<ImagePath>,
    #[serde(rename = "image_path", skip_serializing_if = "Option::is_none")]
    new_path: Option<ImagePath>,
}

#[derive(Serialize)]
struct ImagePath {
    image: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    tag: String,
}

/// `ContainerPort` (camelCase on the wire).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PortView {
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    container_port: i32,
    protocol: &'static str,
}

/// `PodContainer`.
#[derive(Serialize)]
struct PodContainerView {
    name: String,
    image: String,
    restart_count: i32,
    status: &'static str,
    ready: bool,
    ports: Vec<PortView>,
    message: String,
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<i64>,
}

/// `Pod`.
#[derive(Serialize)]
pub struct PodView {
    kind: &'static str,
    name: String,
    status: &'static str,
    age: String,
    createtime: i64,
    ip: String,
    labels: BTreeMap<String, String>,
    containers: Vec<PodContainerView>,
    node_name: String,
    host_ip: String,
    enable_debug_container: bool,
    pod_ready: bool,
    containers_ready: bool,
    containers_message: String,
}

/// `Workload`, an item of `scales`.
#[derive(Serialize)]
pub struct WorkloadView {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    images: Vec<ContainerImage>,
    pods: Vec<PodView>,
    replicas: i32,
    zadigx_release_type: String,
    zadigx_release_tag: String,
}

/// `Ingress`.
#[derive(Serialize)]
pub struct IngressView {
    name: String,
    labels: BTreeMap<String, String>,
    host_info: Vec<HostView>,
    ips: Vec<String>,
    age: String,
}

#[derive(Serialize)]
struct HostView {
    host: String,
    backend: Vec<BackendView>,
}

#[derive(Serialize)]
struct BackendView {
    service_name: String,
    service_port: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path_type: Option<&'static str>,
}

/// `ServiceEndpoint`.
#[derive(Serialize)]
pub struct EndpointView {
    name: String,
    age: String,
    labels: BTreeMap<String, String>,
    endpoints: Vec<PortPair>,
}

#[derive(Serialize)]
struct PortPair {
    service_name: String,
    service_port: i32,
    node_port: i32,
}

/// `CronJob`.
#[derive(Serialize)]
pub struct CronView {
    name: String,
    labels: BTreeMap<String, String>,
    images: Vec<ContainerImage>,
    pods: Vec<PodView>,
    #[serde(skip_serializing_if = "is_zero")]
    create_time: i64,
    suspend: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    schedule: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    last_schedule: String,
    #[serde(skip_serializing_if = "is_none")]
    active: i32,
}

fn is_zero(n: &i64) -> bool {
    *n == 0
}

fn is_none(n: &i32) -> bool {
    *n == 0
}

/// Labels every object of a service carries.
pub fn labels(project: &str, service: &str) -> BTreeMap<String, String> {
    let pairs = [
        ("app.kubernetes.io/instance", service),
        ("app.kubernetes.io/name", project),
        ("s-product", project),
        ("s-service", service),
    ];
    pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

fn image(spec: &ContainerSpec) -> ContainerImage {
    ContainerImage { name: spec.name.clone(), image: spec.image.clone(), image_name: image_name(&spec.image) }
}

/// A container of env detail.
pub fn env_container(spec: &ContainerSpec, version: Version) -> EnvContainer {
    let path = Some(ImagePath { image: "image.repository".into(), tag: "image.tag".into() });
    let (old_path, new_path) = if version < Version::V4_0_0 { (path, None) } else { (None, path) };
    EnvContainer {
        name: spec.name.clone(),
        kind: if spec.init { "init" } else { "" },
        image: spec.image.clone(),
        image_name: image_name(&spec.image),
        old_path,
        new_path,
    }
}

/// A workload, or `None` when this version does not show its kind.
pub fn workload(workload: &Workload, version: Version, now: Millis) -> Option<WorkloadView> {
    if matches!(workload.kind, Kind::DaemonSet | Kind::Job) && version < Version::V5_0_0 {
        return None;
    }
    Some(WorkloadView {
        name: workload.name.clone(),
        kind: workload.kind.name(),
        images: workload.containers.iter().filter(|c| !c.init).map(image).collect(),
        pods: workload.pods.iter().map(|p| pod(p, now)).collect(),
        replicas: workload.shown_replicas(),
        zadigx_release_type: workload.release_type.clone(),
        zadigx_release_tag: workload.release_tag.clone(),
    })
}

/// A pod.
pub fn pod(pod: &Pod, now: Millis) -> PodView {
    let unready: Vec<&str> = pod.containers.iter().filter(|c| !c.ready).map(|c| c.name.as_str()).collect();
    let containers_message = match unready.is_empty() || pod.node.is_empty() {
        true => String::new(),
        false => format!("containers with unready status: [{}]", unready.join(" ")),
    };
    PodView {
        kind: pod.owner,
        name: pod.name.clone(),
        status: pod.status(),
        age: age(pod.created, now),
        createtime: pod.created / 1000,
        ip: pod.ip.clone(),
        labels: pod.labels.clone(),
        containers: pod.containers.iter().map(|c| container(c, !pod.node.is_empty())).collect(),
        node_name: pod.node.clone(),
        host_ip: pod.node.clone(),
        enable_debug_container: false,
        pod_ready: unready.is_empty(),
        containers_ready: unready.is_empty(),
        containers_message,
    }
}

fn container(container: &Container, placed: bool) -> PodContainerView {
    let (status, reason, message) = match &container.phase {
        Phase::Waiting { .. } if !placed => ("", String::new(), String::new()),
        Phase::Waiting { reason, message } => ("waiting", (*reason).to_owned(), message.clone()),
        Phase::Running => ("running", String::new(), String::new()),
        Phase::Terminated { reason, code } => {
            ("terminated", (*reason).to_owned(), format!("exit code ({code})"))
        }
    };
    let port = |p: &crate::state::container::Port| PortView {
        name: p.name.clone(),
        container_port: p.number,
        protocol: "TCP",
    };
    let waiting = status == "waiting" || status.is_empty();
    PodContainerView {
        name: container.name.clone(),
        image: container.image.clone(),
        restart_count: container.restarts,
        status,
        ready: container.ready,
        ports: container.ports.iter().map(port).collect(),
        message,
        reason,
        started_at: container.started.filter(|_| !waiting).map(|t| t / 1000),
        finished_at: container.finished.filter(|_| !waiting).map(|t| t / 1000),
    }
}

/// An Ingress; `ips` is always empty on current clusters.
pub fn ingress(
    rule: &IngressRule,
    service: &Service,
    project: &str,
    version: Version,
    now: Millis,
) -> IngressView {
    let detailed = version >= Version::V4_2_0;
    let host = |host: &String| HostView {
        host: host.clone(),
        backend: vec![BackendView {
            service_name: service.name.clone(),
            service_port: rule.port.clone(),
            path: detailed.then(|| rule.path.clone()),
            path_type: detailed.then_some("Prefix"),
        }],
    };
    IngressView {
        name: rule.name.clone(),
        labels: labels(project, &service.name),
        host_info: rule.hosts.iter().map(host).collect(),
        ips: Vec::new(),
        age: age(rule.created, now),
    }
}

/// A Kubernetes Service.
pub fn endpoint(endpoint: &K8sService, service: &str, project: &str, now: Millis) -> EndpointView {
    let pair = |(port, node): &(i32, i32)| PortPair {
        service_name: endpoint.name.clone(),
        service_port: *port,
        node_port: *node,
    };
    EndpointView {
        name: endpoint.name.clone(),
        age: age(endpoint.created, now),
        labels: labels(project, service),
        endpoints: endpoint.ports.iter().map(pair).collect(),
    }
}

/// A CronJob.
pub fn cron(cron: &Cron, service: &str, project: &str, now: Millis) -> CronView {
    CronView {
        name: cron.name.clone(),
        labels: labels(project, service),
        images: cron.containers.iter().map(image).collect(),
        pods: cron.pods.iter().map(|p| pod(p, now)).collect(),
        create_time: cron.created / 1000,
        suspend: cron.suspend,
        schedule: cron.schedule.clone(),
        last_schedule: cron.last_schedule.map_or_else(|| "N/A".into(), |t| age(t, now)),
        active: cron.active,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_have_one_unit() {
        assert_eq!(age(0, 59_999), "59s");
        assert_eq!(age(0, 60_000), "1m");
        assert_eq!(age(0, 3_600_000), "1h");
        assert_eq!(age(0, 34 * 86_400_000 + 5), "34d");
        assert_eq!(age(10, 5), "0s");
    }
}
