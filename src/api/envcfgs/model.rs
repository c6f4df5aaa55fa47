//! What config objects are made of.

use serde::{Deserialize, Serialize};

use crate::api::lenient;
use crate::api::open_enum::open_enum;

open_enum! {
    /// The kinds of config objects Zadig manages; case matters.
    pub enum EnvConfigKind {
        /// A ConfigMap.
        ConfigMap = "ConfigMap",
        /// A Secret.
        Secret = "Secret",
        /// An Ingress.
        Ingress = "Ingress",
        /// A PersistentVolumeClaim.
        Pvc = "PVC",
    }
}

impl EnvConfigKind {
    /// The kind as it must stand in the object's YAML.
    pub fn yaml_kind(&self) -> &str {
        match self {
            Self::Pvc => "PersistentVolumeClaim",
            other => other.as_str(),
        }
    }
}

/// A config object in a list (`E25`, `E26`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct EnvConfigSummary {
    /// The object.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// The environment's key.
    #[serde(rename = "env_name", default, alias = "env_key", deserialize_with = "lenient::text")]
    pub env_key: String,
    /// The project's key.
    #[serde(
        rename = "project_name",
        default,
        alias = "project_key",
        alias = "product_key",
        deserialize_with = "lenient::text"
    )]
    pub project_key: String,
    /// The object's kind.
    #[serde(rename = "common_env_cfg_type", default)]
    pub kind: EnvConfigKind,
    /// Who changed it last through Zadig.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub update_by: Option<String>,
    /// When Kubernetes made the object, Unix seconds (whatever the field is called).
    #[serde(default, deserialize_with = "lenient::opt_integer")]
    pub update_time: Option<i64>,
}

/// A config object in full (`E27`, `E28`), out of whichever of the four envelopes it came in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Envelope")]
pub struct EnvConfig {
    /// What every kind has.
    pub object: EnvConfigObject,
    /// What only ingresses and volume claims have: name and value, in the server's order; empty ones left out.
    pub facts: Vec<(&'static str, String)>,
}

impl std::ops::Deref for EnvConfig {
    type Target = EnvConfigObject;

    fn deref(&self) -> &EnvConfigObject {
        &self.object
    }
}

/// What every kind of config object has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct EnvConfigObject {
    /// The object.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// The project's key; the document calls it `product_key`.
    #[serde(default, alias = "product_key", alias = "project_name", deserialize_with = "lenient::text")]
    pub project_key: String,
    /// The environment's key.
    #[serde(default, alias = "env_name", deserialize_with = "lenient::text")]
    pub env_key: String,
    /// The object's kind.
    #[serde(rename = "common_env_cfg_type", default)]
    pub kind: EnvConfigKind,
    /// When it was made, Unix seconds.
    #[serde(default, deserialize_with = "lenient::opt_integer")]
    pub created_time: Option<i64>,
    /// Who changed it last through Zadig.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub update_by: Option<String>,
    /// The object as YAML.
    #[serde(default, deserialize_with = "lenient::text")]
    pub yaml_data: String,
    /// Services that use it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub services: Vec<String>,
    /// Where it was imported from; nothing for what was typed in.
    #[serde(rename = "source_detail", default)]
    pub source: Option<EnvConfigSource>,
}

/// Where a config object was imported from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct EnvConfigSource {
    /// The repository.
    #[serde(rename = "git_repo_config", default)]
    pub repository: Option<GitRepoConfig>,
    /// The file.
    #[serde(default, deserialize_with = "lenient::text")]
    pub load_path: String,
    /// Whether it follows the repository; documented, but no server says.
    #[serde(default)]
    pub auto_sync: Option<bool>,
}

/// A repository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct GitRepoConfig {
    /// The code host's identifier.
    #[serde(default, deserialize_with = "lenient::text")]
    pub codehost_key: String,
    /// Organisation or user.
    #[serde(default, deserialize_with = "lenient::text")]
    pub owner: String,
    /// The repository.
    #[serde(default, deserialize_with = "lenient::text")]
    pub repo: String,
    /// The branch.
    #[serde(default, deserialize_with = "lenient::text")]
    pub branch: String,
}

/// A config object to be made or replaced (`E23`, `E29`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NewEnvConfig {
    /// The name; must be the YAML's when replacing.
    pub name: String,
    /// The kind; must be the YAML's ([`EnvConfigKind::yaml_kind`]).
    pub common_env_cfg_type: EnvConfigKind,
    /// The object as YAML.
    pub yaml_data: String,
}

/// The answer as it comes: exactly one of four keys.
#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "configMap_detail", alias = "configmap_detail", default)]
    config_map: Option<Detail>,
    #[serde(rename = "secret_detail", default)]
    secret: Option<Detail>,
    #[serde(rename = "ingress_detail", default)]
    ingress: Option<Detail>,
    #[serde(rename = "pvc_detail", default)]
    pvc: Option<Detail>,
}

#[derive(Deserialize)]
struct Detail {
    #[serde(flatten)]
    object: EnvConfigObject,
    #[serde(default, deserialize_with = "lenient::text")]
    host_info: String,
    #[serde(default, deserialize_with = "lenient::text")]
    address: String,
    #[serde(default, deserialize_with = "lenient::text")]
    ports: String,
    #[serde(default, deserialize_with = "lenient::text")]
    error_reason: String,
    #[serde(default, deserialize_with = "lenient::text")]
    status: String,
    #[serde(default, deserialize_with = "lenient::text")]
    volume: String,
    #[serde(default, deserialize_with = "lenient::text")]
    access_modes: String,
    #[serde(default, deserialize_with = "lenient::text")]
    storage_class: String,
    #[serde(default, deserialize_with = "lenient::text")]
    capacity: String,
}

impl TryFrom<Envelope> for EnvConfig {
    type Error = &'static str;

    fn try_from(envelope: Envelope) -> Result<Self, Self::Error> {
        let (kind, detail) = None
            .or(envelope.config_map.map(|detail| (EnvConfigKind::ConfigMap, detail)))
            .or(envelope.secret.map(|detail| (EnvConfigKind::Secret, detail)))
            .or(envelope.ingress.map(|detail| (EnvConfigKind::Ingress, detail)))
            .or(envelope.pvc.map(|detail| (EnvConfigKind::Pvc, detail)))
            .ok_or("none of configMap_detail, secret_detail, ingress_detail, pvc_detail")?;
        let mut object = detail.object;
        if object.kind == EnvConfigKind::default() {
            object.kind = kind;
        }
        let facts = [
            ("host_info", detail.host_info),
            ("address", detail.address),
            ("ports", detail.ports),
            ("error_reason", detail.error_reason),
            ("status", detail.status),
            ("volume", detail.volume),
            ("access_modes", detail.access_modes),
            ("storage_class", detail.storage_class),
            ("capacity", detail.capacity),
        ];
        Ok(Self { object, facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).collect() })
    }
}
