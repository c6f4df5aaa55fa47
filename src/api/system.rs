//! What a project draws on: clusters, registries, the server itself (`H4`–`H6`, `H12`, `H13`).

use serde::Deserialize;

use super::endpoint::Endpoint::{H4, H5, H6, H12, H13};
use super::lenient;
use super::open_enum::open_enum;
use super::request::{Call, Request};

open_enum! {
    /// Whether Zadig reaches a cluster.
    pub enum ClusterStatus {
        /// It does.
        Normal = "normal",
        /// Not yet.
        Pending = "pending",
        /// Something is wrong.
        Abnormal = "abnormal",
        /// It does not.
        Disconnected = "disconnected",
    }
}

/// A Kubernetes cluster (`H4`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Cluster {
    /// The identifier environments name.
    #[serde(rename = "cluster_id", default, deserialize_with = "lenient::text")]
    pub id: String,
    /// The display name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Whether it is meant for production.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub production: bool,
    /// What it is for.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: String,
    /// The cloud it runs in.
    #[serde(default, deserialize_with = "lenient::text")]
    pub provider_name: String,
    /// Whether it is the cluster Zadig itself runs in.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub local: bool,
    /// Whether Zadig reaches it.
    #[serde(default)]
    pub status: ClusterStatus,
    /// `agent` or `kubeconfig`.
    #[serde(rename = "type", default, deserialize_with = "lenient::text")]
    pub kind: String,
    /// The projects that may use it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub project_names: Vec<String>,
}

/// An image registry (`H5`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Registry {
    /// The identifier environments name.
    #[serde(rename = "registry_id", default, deserialize_with = "lenient::text")]
    pub id: String,
    /// Its address.
    #[serde(default, deserialize_with = "lenient::text")]
    pub address: String,
    /// The cloud it belongs to.
    #[serde(default, deserialize_with = "lenient::text")]
    pub provider: String,
    /// The cloud's region.
    #[serde(default, deserialize_with = "lenient::text")]
    pub region: String,
    /// The namespace in it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub namespace: String,
    /// Whether it is used where none is chosen.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub is_default: bool,
}

/// One entry of an environment's operation log (`H12`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Operation {
    /// Who did it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub username: String,
    /// In which project.
    #[serde(default, deserialize_with = "lenient::text")]
    pub project_key: String,
    /// The kind of change, in the server's language.
    #[serde(default, deserialize_with = "lenient::text")]
    pub method: String,
    /// What was changed, in the server's language.
    #[serde(default, deserialize_with = "lenient::text")]
    pub function: String,
    /// Where in the product.
    #[serde(default, deserialize_with = "lenient::text")]
    pub scene: String,
    /// The environments it was about.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub targets: Vec<String>,
    /// What exactly.
    #[serde(default, deserialize_with = "lenient::text")]
    pub detail: String,
    /// The body that was sent.
    #[serde(default, deserialize_with = "lenient::text")]
    pub request_body: String,
    /// How to read `request_body`: `json` or `yaml`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub body_type: String,
    /// The HTTP status it ended with.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub status: i64,
    /// When, Unix seconds.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub created_at: i64,
}

/// A page of an environment's operation log (`H12`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct OperationPage {
    /// The entries, newest first.
    #[serde(rename = "operation_logs", default, deserialize_with = "lenient::or_default")]
    pub operations: Vec<Operation>,
    /// How many there are over all pages.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub total: i64,
}

/// What to look for in the operation log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OperationSearch {
    /// Everything.
    #[default]
    All,
    /// Changes by this user.
    User(String),
    /// Changes of this function.
    Function(String),
    /// Changes with this status.
    Status(u16),
    /// Changes whose detail contains this.
    Detail(String),
}

/// Who is asking, and what answers (`H13`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ServerContext {
    /// The account the token belongs to.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub user: ContextUser,
    /// The edition, if told.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub edition: Option<String>,
    /// The licence's state, if told.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub license_status: Option<String>,
    /// The server's version, such as `v5.0.0`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub server_version: String,
}

/// An account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ContextUser {
    /// Its id.
    #[serde(default, deserialize_with = "lenient::text")]
    pub uid: String,
    /// Its display name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Its account name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub account: String,
}

/// `H4`: the clusters.
///
/// # Errors
/// As every call.
pub fn clusters() -> Call<Vec<Cluster>> {
    Call::list(Request::get(H4, "/openapi/system/cluster"))
}

/// `H5`: the image registries.
///
/// # Errors
/// As every call.
pub fn registries() -> Call<Vec<Registry>> {
    Call::list(Request::get(H5, "/openapi/system/registry"))
}

/// `H6`: whether Istio is installed in a cluster; sub-environments need it.
///
/// # Errors
/// `Server` when the cluster cannot be reached.
pub fn istio_installed(cluster_id: &str) -> Call<bool> {
    Call::json(Request::get(H6, "/openapi/cluster/istio/check").seg(cluster_id))
}

/// `H12`: who changed an environment, pages counted from 1. For system administrators only.
///
/// # Errors
/// `Forbidden` for everyone but system administrators.
pub fn operations(
    project: &str,
    env: &str,
    page: u32,
    page_size: u32,
    search: &OperationSearch,
) -> Call<OperationPage> {
    let request = Request::get(H12, "/openapi/system/operation/env").query("projectKey", project);
    let request = request.query("envName", env).query("perPage", page_size.to_string());
    let request = request.query("page", page.to_string());
    Call::json(match search {
        OperationSearch::All => request.query("searchType", "all"),
        OperationSearch::User(name) => request.query("searchType", "user").query("username", name),
        OperationSearch::Function(name) => request.query("searchType", "function").query("function", name),
        OperationSearch::Status(status) => {
            request.query("searchType", "status").query("status", status.to_string())
        }
        OperationSearch::Detail(text) => request.query("searchType", "detail").query("detail", text),
    })
}

/// `H13`: who is asking, and which version answers; servers from v5.0.0.
///
/// # Errors
/// `RouteMissing` on servers before v5.0.0.
pub fn context() -> Call<ServerContext> {
    Call::json(Request::get(H13, "/openapi/system/cli/context"))
}
