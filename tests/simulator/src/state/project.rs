//! Projects, clusters, registries and the operation log.

use super::env::Env;
use super::kv::Kv;
use super::service::Template;
use serde::Serialize;
use std::collections::BTreeMap;

/// A project.
#[derive(Clone, Debug)]
pub struct Project {
    /// Key (`project_key`).
    pub key: String,
    /// Display name.
    pub name: String,
    /// Description.
    pub desc: String,
    /// `k8s` for K8s YAML, `helm`.
    pub deploy_type: &'static str,
    /// Visible to everybody.
    pub is_public: bool,
    /// Unix seconds.
    pub create_time: i64,
    /// Account.
    pub created_by: String,
    /// Definition of global variables for test environments.
    pub globals: Vec<Kv>,
    /// The same for production.
    pub production_globals: Vec<Kv>,
    /// Services for test environments.
    pub templates: BTreeMap<String, Template>,
    /// Services for production.
    pub production_templates: BTreeMap<String, Template>,
    /// Environments of both families in the order of their creation.
    pub envs: Vec<Env>,
}

impl Project {
    /// A K8s YAML project without anything in it.
    pub fn new(key: &str, name: &str, desc: &str, create_time: i64) -> Self {
        Self {
            key: key.into(),
            name: name.into(),
            desc: desc.into(),
            deploy_type: "k8s",
            is_public: false,
            create_time,
            created_by: "admin".into(),
            globals: Vec::new(),
            production_globals: Vec::new(),
            templates: BTreeMap::new(),
            production_templates: BTreeMap::new(),
            envs: Vec::new(),
        }
    }

    /// Services of a family.
    pub fn templates(&self, production: bool) -> &BTreeMap<String, Template> {
        if production { &self.production_templates } else { &self.templates }
    }

    /// Global variables of a family.
    pub fn globals(&self, production: bool) -> &[Kv] {
        if production { &self.production_globals } else { &self.globals }
    }
}

/// A cluster as H4 sends it.
#[derive(Clone, Debug, Serialize)]
pub struct Cluster {
    /// Id.
    pub cluster_id: String,
    /// Name.
    pub name: String,
    /// For production.
    pub production: bool,
    /// Description.
    pub description: String,
    /// Cloud provider, 0 to 7.
    pub provider: i8,
    /// Its name.
    pub provider_name: String,
    /// Account.
    pub created_by: String,
    /// Unix seconds.
    pub created_time: i64,
    /// The cluster Zadig runs in.
    pub local: bool,
    /// `normal`, `pending`, `abnormal`, `disconnected`.
    pub status: String,
    /// `agent` or `kubeconfig`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Projects that may use it.
    pub project_names: Vec<String>,
    /// Istio is installed (H6).
    #[serde(skip)]
    pub istio: bool,
}

/// A registry as H5 sends it.
#[derive(Clone, Debug, Serialize)]
pub struct Registry {
    /// Id.
    pub registry_id: String,
    /// Address.
    pub address: String,
    /// Provider.
    pub provider: String,
    /// Region.
    pub region: String,
    /// Namespace.
    pub namespace: String,
    /// Used when an environment names none.
    pub is_default: bool,
}

/// A line of the operation log (H12).
#[derive(Clone, Debug, Serialize)]
pub struct Operation {
    /// Account.
    pub username: String,
    /// Project.
    pub project_key: String,
    /// Verb in Chinese.
    pub method: String,
    /// What kind of object, in Chinese.
    pub function: String,
    /// Scene.
    pub scene: String,
    /// Environments.
    pub targets: Vec<String>,
    /// Detail.
    pub detail: String,
    /// Body of the request.
    pub request_body: String,
    /// Its format.
    pub body_type: String,
    /// Answered status.
    pub status: u16,
    /// Unix seconds.
    pub created_at: i64,
}
