//! What environments are made of.

use serde::{Deserialize, Serialize};

use crate::api::envcfgs::EnvConfigKind;
use crate::api::family::Family;
use crate::api::lenient;
use crate::api::model::{Container, ContainerImage, GlobalVariable, RenderVariable, Variable};
use crate::api::open_enum::open_enum;

open_enum! {
    /// What an environment is doing (contract 6.1). The document has other words for some of these; each is a variant of its
    /// own, because the interface shows the server's word. [`EnvStatus::is_success`] and [`EnvStatus::is_failed`] treat them
    /// as the same. A capital at the beginning makes no difference.
    pub enum EnvStatus {
        /// Being made.
        Creating = "creating" | "Creating",
        /// Nothing under way; says nothing about the health of its services.
        Success = "success" | "Success",
        /// The document's word for [`Self::Success`].
        Succeeded = "succeeded" | "Succeeded",
        /// Another of its words for [`Self::Success`].
        Running = "running" | "Running",
        /// The last change failed. It can be changed again.
        Failed = "failed" | "Failed",
        /// The document's word for [`Self::Failed`].
        Error = "error" | "Error",
        /// Being changed; refuses other changes.
        Updating = "updating" | "Updating",
        /// Being deleted.
        Deleting = "deleting" | "Deleting",
        /// Scaled to nothing until woken; refuses most changes.
        Sleeping = "sleeping" | "Sleeping",
        /// Some workloads are not ready (hosted environments).
        Unstable = "unstable" | "Unstable",
        /// Not known to the server.
        Unknown = "unknown" | "Unknown",
        /// The server says nothing.
        Unset = "",
    }
}

impl EnvStatus {
    /// Whether nothing is under way and the last change went well.
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Success | Self::Succeeded | Self::Running)
    }

    /// Whether the last change failed.
    pub fn is_failed(&self) -> bool {
        matches!(self, Self::Failed | Self::Error)
    }

    /// Whether something is under way that ends by itself.
    pub fn is_moving(&self) -> bool {
        matches!(self, Self::Creating | Self::Updating | Self::Deleting)
    }
}

open_enum! {
    /// What the services' workloads in an environment are doing. A capital at the beginning makes no difference.
    pub enum ServiceStatus {
        /// All pods run and are ready.
        Running = "running" | "Running",
        /// Some pods are not ready.
        Unstable = "unstable" | "Unstable",
        /// No pods, intended or by failure.
        NotStarted = "unstart",
        /// Failed to start.
        Error = "error" | "Error",
        /// Ran to its end.
        Succeeded = "succeeded" | "Succeeded" | "success",
        /// Failed.
        Failed = "failed" | "Failed",
        /// The environment is still being made.
        Pending = "pending" | "Pending" | "creating",
        /// Being changed; a word of environments, read here too.
        Updating = "updating" | "Updating",
        /// Only cron jobs, all suspended.
        AllSuspended = "allsuspend",
        /// Only cron jobs, some suspended.
        PartlySuspended = "partsuspend",
        /// Only cron jobs, none suspended.
        NotSuspended = "nosuspend",
        /// Not known to the server; also the empty word of a cluster that does not answer.
        Unknown = "unknown" | "Unknown",
        /// The server says nothing: no workload group matched, or the cluster did not answer.
        Unset = "",
    }
}

/// An environment in a list (`E01`, `E02`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "ListedEnvironment")]
pub struct EnvironmentSummary {
    /// The identifier every other call wants.
    pub key: String,
    /// The display name, where one was given. For showing only.
    pub alias: Option<String>,
    /// The cluster.
    pub cluster_id: String,
    /// The Kubernetes namespace.
    pub namespace: String,
    /// Test or production.
    pub production: bool,
    /// The image registry; the default one's where none was chosen.
    pub registry_id: String,
    /// What it is doing.
    pub status: EnvStatus,
    /// Who changed it last.
    pub update_by: String,
    /// When it was changed last, Unix seconds.
    pub update_time: i64,
}

/// The list's item as it comes: the server has `env_key` and the alias in `envName`; the published document has the
/// key in `env_name`.
#[derive(Deserialize)]
struct ListedEnvironment {
    #[serde(default, deserialize_with = "lenient::opt_text")]
    env_key: Option<String>,
    #[serde(default, deserialize_with = "lenient::opt_text")]
    env_name: Option<String>,
    #[serde(rename = "envName", default, deserialize_with = "lenient::opt_text")]
    alias: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    cluster_id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    namespace: String,
    #[serde(default, deserialize_with = "lenient::flag")]
    production: bool,
    #[serde(default, deserialize_with = "lenient::text")]
    registry_id: String,
    #[serde(default)]
    status: EnvStatus,
    #[serde(default, deserialize_with = "lenient::text")]
    update_by: String,
    #[serde(default, deserialize_with = "lenient::integer")]
    update_time: i64,
}

impl From<ListedEnvironment> for EnvironmentSummary {
    fn from(listed: ListedEnvironment) -> Self {
        // Where both keys are there, `env_name` can only be a display name.
        let (key, alias) = match (listed.env_key, listed.env_name) {
            (Some(key), name) => (key, listed.alias.or(name)),
            (None, Some(name)) => (name, listed.alias),
            (None, None) => (listed.alias.unwrap_or_default(), None),
        };
        Self {
            alias: alias.filter(|alias| *alias != key),
            key,
            cluster_id: listed.cluster_id,
            namespace: listed.namespace,
            production: listed.production,
            registry_id: listed.registry_id,
            status: listed.status,
            update_by: listed.update_by,
            update_time: listed.update_time,
        }
    }
}

impl EnvironmentSummary {
    /// Which family the environment belongs to.
    pub fn family(&self) -> Family {
        Family::from(self.production)
    }

    /// What to call it: the alias, else the key.
    pub fn display_name(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.key)
    }
}

/// An environment in full (`E03`, `E04`).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Environment {
    /// The project's identifier.
    #[serde(default, alias = "product_key", alias = "project_name", deserialize_with = "lenient::text")]
    pub project_key: String,
    /// The environment's identifier.
    #[serde(rename = "env_key", default, deserialize_with = "lenient::text")]
    pub key: String,
    /// The display name, where one was given.
    #[serde(rename = "env_name", default, deserialize_with = "lenient::opt_text")]
    pub alias: Option<String>,
    /// Who changed it last.
    #[serde(default, deserialize_with = "lenient::text")]
    pub update_by: String,
    /// When it was changed last, Unix seconds.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub update_time: i64,
    /// The cluster.
    #[serde(default, deserialize_with = "lenient::text")]
    pub cluster_id: String,
    /// The Kubernetes namespace.
    #[serde(default, deserialize_with = "lenient::text")]
    pub namespace: String,
    /// The image registry.
    #[serde(default, deserialize_with = "lenient::text")]
    pub registry_id: String,
    /// The global variables.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub global_variables: Vec<GlobalVariable>,
    /// The services.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub services: Vec<ServiceSummary>,
    /// What the environment is doing.
    #[serde(default)]
    pub status: EnvStatus,
}

/// A service within an environment's detail.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct ServiceSummary {
    /// The service.
    #[serde(rename = "service_name", default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Its containers with the environment's current images.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub containers: Vec<Container>,
    /// The **template's** variables with the template's defaults. The values rendered in this environment cannot be
    /// read through the OpenAPI (contract, `E03`).
    #[serde(rename = "variable_kvs", default, deserialize_with = "lenient::or_default")]
    pub template_variables: Vec<Variable>,
    /// What its workloads are doing.
    #[serde(default)]
    pub status: ServiceStatus,
    /// `k8s`, or `helm` in Helm projects.
    #[serde(rename = "type", default, deserialize_with = "lenient::text")]
    pub kind: String,
    /// `deploy`, `import` or `draft`, on servers after v5.0.0.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub deploy_strategy: Option<String>,
    /// The revision of its template that it was rendered from, on servers that tell it (contract 9.2).
    #[serde(default, deserialize_with = "lenient::opt_integer")]
    pub revision: Option<i64>,
}

/// What a new test environment is made of (`E07`).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NewEnvironment {
    /// The identifier; unique over both families of the project.
    pub env_key: String,
    /// The cluster.
    pub cluster_id: String,
    /// The namespace; made if it is not there.
    pub namespace: String,
    /// The image registry.
    pub registry_id: String,
    /// Values for the project's global variables.
    pub global_variables: Vec<GlobalVariable>,
    /// The services to begin with.
    pub services: Vec<NewEnvironmentService>,
    /// Objects to make before the services.
    pub env_configs: Vec<NewEnvironmentConfig>,
    /// For a sub-environment, its base; on servers from v4.2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_env: Option<SubEnvironmentOf>,
}

/// A service of a new environment.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NewEnvironmentService {
    /// The service's template.
    pub service_name: String,
    /// Images other than the template's.
    pub containers: Vec<ContainerImage>,
    /// Variables; those left out take the template's defaults.
    pub variable_kvs: Vec<RenderVariable>,
    /// `k8s`: unused by the server, required by the document.
    #[serde(rename = "type")]
    kind: K8s,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
enum K8s {
    #[default]
    #[serde(rename = "k8s")]
    Only,
}

impl NewEnvironmentService {
    /// A service with these images and variables; both may be empty.
    pub fn new(
        name: impl Into<String>,
        containers: Vec<ContainerImage>,
        variables: Vec<RenderVariable>,
    ) -> Self {
        Self { service_name: name.into(), containers, variable_kvs: variables, kind: K8s::Only }
    }
}

/// A config object of a new environment. Its kind and name are read from the YAML.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NewEnvironmentConfig {
    /// What the document wants said; the server reads the YAML.
    pub common_env_cfg_type: EnvConfigKind,
    /// The object.
    pub yaml_data: String,
}

/// Makes a new environment a sub-environment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SubEnvironmentOf {
    /// Always true here.
    pub enable: bool,
    /// The base environment's key.
    pub base_env: String,
}

/// What a new production environment is made of (`E08`); it begins empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NewProductionEnvironment {
    /// The identifier.
    pub env_key: String,
    /// The display name; may be empty.
    #[serde(rename = "env_name")]
    pub alias: String,
    /// The cluster.
    pub cluster_id: String,
    /// The namespace; not one of Kubernetes' own.
    pub namespace: String,
    /// The image registry.
    pub registry_id: String,
}

/// What deleting a test environment takes with it (`E11`, contract 6.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeleteMode {
    /// Zadig forgets the environment; what runs in the cluster stays.
    ForgetOnly,
    /// The namespace is deleted too, if Zadig made it and nobody else uses it.
    WithNamespace,
}
