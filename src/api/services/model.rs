//! What runs for a service: workloads, pods, containers, and what leads to them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::api::lenient;
use crate::api::model::ContainerImage;
use crate::api::open_enum::open_enum;

open_enum! {
    /// A kind of workload, as Kubernetes spells it.
    pub enum WorkloadKind {
        /// Stateless replicas.
        Deployment = "Deployment",
        /// Replicas with an identity.
        StatefulSet = "StatefulSet",
        /// OpenKruise's in-place updating replicas.
        CloneSet = "CloneSet",
        /// One pod for each node (servers from v5.0.0).
        DaemonSet = "DaemonSet",
        /// Runs to its end (servers from v5.0.0).
        Job = "Job",
        /// Starts jobs on a schedule.
        CronJob = "CronJob",
    }
}

open_enum! {
    /// What a pod is doing: Kubernetes' phase, overridden by three words of Zadig's.
    pub enum PodStatus {
        /// Not all containers could be started yet.
        Pending = "Pending",
        /// All containers run.
        Running = "Running",
        /// Runs, but some container does not.
        Unstable = "Unstable",
        /// Being deleted.
        Terminating = "Terminating",
        /// All containers ended well.
        Succeeded = "Succeeded",
        /// A job's pod ended well.
        Completed = "Completed",
        /// Some container ended badly.
        Failed = "Failed",
        /// The node does not answer.
        Unknown = "Unknown" | "",
    }
}

open_enum! {
    /// What a container is doing.
    pub enum ContainerState {
        /// It runs.
        Running = "running",
        /// It has not started; the reason says why.
        Waiting = "waiting",
        /// It ended; the reason and message say how.
        Terminated = "terminated",
    }
}

/// A service in an environment (`E05`, `E06`). A service that is not part of it has empty lists.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct ServiceDetail {
    /// The service.
    #[serde(rename = "service_name", default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Its workloads.
    #[serde(rename = "scales", default, deserialize_with = "lenient::or_default")]
    pub workloads: Vec<Workload>,
    /// Its ingresses.
    #[serde(rename = "ingress", default, deserialize_with = "lenient::or_default")]
    pub ingresses: Vec<Ingress>,
    /// Its Kubernetes services.
    #[serde(rename = "service_endpoints", default, deserialize_with = "lenient::or_default")]
    pub endpoints: Vec<ServiceEndpoint>,
    /// Its cron jobs.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub cron_jobs: Vec<CronJob>,
    /// The namespace.
    #[serde(default, deserialize_with = "lenient::text")]
    pub namespace: String,
    /// The environment's key.
    #[serde(rename = "env_name", default, alias = "env_key", deserialize_with = "lenient::text")]
    pub env_key: String,
    /// The project's key.
    #[serde(rename = "product_name", default, alias = "project_key", deserialize_with = "lenient::text")]
    pub project_key: String,
}

/// A workload and its pods.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Workload {
    /// The workload.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Its kind.
    #[serde(rename = "type", default)]
    pub kind: WorkloadKind,
    /// Its containers' images.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub images: Vec<ContainerImage>,
    /// Its pods.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub pods: Vec<Pod>,
    /// How many replicas are wanted (of a DaemonSet: are ready; of a Job: are active).
    #[serde(default, deserialize_with = "lenient::integer")]
    pub replicas: i64,
    /// The kind of release it is part of, if any: gray, blue-green.
    #[serde(rename = "zadigx_release_type", default, deserialize_with = "lenient::opt_text")]
    pub release_type: Option<String>,
    /// That release's tag.
    #[serde(rename = "zadigx_release_tag", default, deserialize_with = "lenient::opt_text")]
    pub release_tag: Option<String>,
}

/// A pod.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Pod {
    /// The kind of its owner, `ReplicaSet` for instance; empty without one.
    #[serde(default, deserialize_with = "lenient::text")]
    pub kind: String,
    /// The pod.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// What it is doing.
    #[serde(default)]
    pub status: PodStatus,
    /// Its age as the server writes it: `34d`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub age: String,
    /// When it was made, Unix seconds.
    #[serde(rename = "createtime", default, alias = "create_time", deserialize_with = "lenient::integer")]
    pub create_time: i64,
    /// Its address in the cluster.
    #[serde(default, deserialize_with = "lenient::text")]
    pub ip: String,
    /// Its labels.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub labels: BTreeMap<String, String>,
    /// Its containers.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub containers: Vec<PodContainer>,
    /// The node it runs on.
    #[serde(default, deserialize_with = "lenient::text")]
    pub node_name: String,
    /// The node's address.
    #[serde(default, deserialize_with = "lenient::text")]
    pub host_ip: String,
    /// Whether debug containers may be added.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub enable_debug_container: bool,
    /// Whether the pod is ready.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub pod_ready: bool,
    /// Whether all its containers are.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub containers_ready: bool,
    /// Why they are not.
    #[serde(default, deserialize_with = "lenient::text")]
    pub containers_message: String,
}

/// A container of a pod.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct PodContainer {
    /// The container.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Its image.
    #[serde(default, deserialize_with = "lenient::text")]
    pub image: String,
    /// How often it was restarted.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub restart_count: i64,
    /// What it is doing.
    #[serde(rename = "status", default)]
    pub state: ContainerState,
    /// Whether it is ready.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub ready: bool,
    /// Its ports.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub ports: Vec<ContainerPort>,
    /// What Kubernetes says about its state.
    #[serde(default, deserialize_with = "lenient::text")]
    pub message: String,
    /// Kubernetes' word for it: `CrashLoopBackOff`, `ImagePullBackOff`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub reason: String,
    /// When it started, Unix seconds.
    #[serde(default, deserialize_with = "lenient::opt_integer")]
    pub started_at: Option<i64>,
    /// When it ended, Unix seconds.
    #[serde(default, deserialize_with = "lenient::opt_integer")]
    pub finished_at: Option<i64>,
}

/// A port of a container (Kubernetes' own camelCase).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerPort {
    /// Its name.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub name: Option<String>,
    /// The port on the node.
    #[serde(default, deserialize_with = "lenient::opt_integer")]
    pub host_port: Option<i64>,
    /// The port in the container.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub container_port: i64,
    /// `TCP`, `UDP` or `SCTP`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub protocol: String,
}

/// An ingress.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Ingress {
    /// The ingress.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Its hosts and where they lead.
    #[serde(rename = "host_info", default, deserialize_with = "lenient::or_default")]
    pub hosts: Vec<IngressHost>,
    /// Its addresses; always empty from Kubernetes 1.22 on.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub ips: Vec<String>,
    /// Its labels.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub labels: BTreeMap<String, String>,
    /// Its age as the server writes it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub age: String,
}

/// A host of an ingress.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct IngressHost {
    /// The host.
    #[serde(default, deserialize_with = "lenient::text")]
    pub host: String,
    /// Where requests go.
    #[serde(rename = "backend", default, deserialize_with = "lenient::or_default")]
    pub backends: Vec<IngressBackend>,
}

/// Where an ingress sends requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct IngressBackend {
    /// The Kubernetes service.
    #[serde(default, deserialize_with = "lenient::text")]
    pub service_name: String,
    /// Its port, by number or name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub service_port: String,
    /// The path, on servers from v4.2.0.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub path: Option<String>,
}

/// A Kubernetes service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ServiceEndpoint {
    /// The Kubernetes service.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Its age as the server writes it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub age: String,
    /// Its labels.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub labels: BTreeMap<String, String>,
    /// Its ports.
    #[serde(rename = "endpoints", default, deserialize_with = "lenient::or_default")]
    pub ports: Vec<EndpointPort>,
}

/// A port of a Kubernetes service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct EndpointPort {
    /// The Kubernetes service.
    #[serde(default, deserialize_with = "lenient::text")]
    pub service_name: String,
    /// The port in the cluster.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub service_port: i64,
    /// The port on every node; 0 for none.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub node_port: i64,
}

/// A cron job.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct CronJob {
    /// The cron job.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Its labels.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub labels: BTreeMap<String, String>,
    /// Its containers' images.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub images: Vec<ContainerImage>,
    /// Pods of its jobs.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub pods: Vec<Pod>,
    /// When it was made, Unix seconds.
    #[serde(default, deserialize_with = "lenient::opt_integer")]
    pub create_time: Option<i64>,
    /// Whether it is suspended.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub suspend: bool,
    /// Its schedule, as cron writes it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub schedule: String,
    /// How long ago it ran last, or `N/A`.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub last_schedule: Option<String>,
    /// How many of its jobs are running.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub active: i64,
}
