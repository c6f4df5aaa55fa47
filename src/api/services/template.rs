//! A project's service templates (`H7`, `H8`) and pods by service (`H10`).

use serde::Deserialize;

use super::WorkloadKind;
use super::model::PodStatus;
use crate::api::lenient;
use crate::api::model::{Container, ContainerImage, Variable};

/// A service template in the project's list (`H7`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ServiceTemplateSummary {
    /// The service.
    #[serde(rename = "service_name", default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Where its YAML comes from.
    #[serde(default, deserialize_with = "lenient::text")]
    pub source: String,
    /// `k8s` for YAML services.
    #[serde(rename = "type", default, deserialize_with = "lenient::text")]
    pub kind: String,
    /// Its containers.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub containers: Vec<ContainerImage>,
}

/// A service template in full (`H8`).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct ServiceTemplate {
    /// The service.
    #[serde(rename = "service_name", default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Where its YAML comes from.
    #[serde(default, deserialize_with = "lenient::text")]
    pub source: String,
    /// `k8s` for YAML services.
    #[serde(rename = "type", default, deserialize_with = "lenient::text")]
    pub kind: String,
    /// The library template it was made from.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub template_name: Option<String>,
    /// Who made it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub created_by: String,
    /// When, Unix seconds.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub created_time: i64,
    /// The YAML, with variables not yet filled in.
    #[serde(default, deserialize_with = "lenient::text")]
    pub yaml: String,
    /// Its containers.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub containers: Vec<Container>,
    /// Its variables with their defaults.
    #[serde(rename = "service_variable_kvs", default, deserialize_with = "lenient::or_default")]
    pub variables: Vec<Variable>,
}

/// A service's pods (`H10`), without the rest of `E05`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct ServicePods {
    /// The service.
    #[serde(rename = "service_name", default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Its pods.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub pods: Vec<ServicePod>,
}

/// A pod in [`ServicePods`].
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct ServicePod {
    /// The pod.
    #[serde(rename = "pod_name", default, deserialize_with = "lenient::text")]
    pub name: String,
    /// What it is doing.
    #[serde(default)]
    pub status: PodStatus,
    /// Whether it is ready.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub pod_ready: bool,
    /// Whether all its containers are.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub containers_ready: bool,
    /// When it was made, Unix seconds.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub create_time: i64,
    /// Its address in the cluster.
    #[serde(default, deserialize_with = "lenient::text")]
    pub ip: String,
    /// Its containers' images.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub images: Vec<String>,
    /// The workload it belongs to.
    #[serde(default, deserialize_with = "lenient::text")]
    pub workload_name: String,
    /// That workload's kind.
    #[serde(rename = "workload_type", default)]
    pub workload_kind: WorkloadKind,
}
