//! Projects (`H1`–`H3`).

use serde::Deserialize;

use super::endpoint::Endpoint::{H1, H2, H3};
use super::lenient;
use super::model::Variable;
use super::open_enum::open_enum;
use super::request::{Call, Request};

open_enum! {
    /// How a project deploys. This client is made for [`DeployType::K8sYaml`].
    pub enum DeployType {
        /// Kubernetes YAML: the projects the environment OpenAPI is about.
        K8sYaml = "k8s",
        /// Helm charts.
        Helm = "helm",
        /// Environments made elsewhere.
        Hosted = "external",
        /// Virtual machines.
        CloudHost = "cloud_host",
    }
}

/// A project in the list of projects (`H1`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ProjectSummary {
    /// The display name.
    #[serde(rename = "project_name", default, deserialize_with = "lenient::text")]
    pub name: String,
    /// The identifier every other call wants.
    #[serde(rename = "project_key", default, deserialize_with = "lenient::text")]
    pub key: String,
    /// What the project is about.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: String,
    /// How it deploys.
    #[serde(default)]
    pub deploy_type: DeployType,
}

/// A page of the list of projects (`H1`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ProjectPage {
    /// How many projects the account may see.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub total: i64,
    /// The projects of this page.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub projects: Vec<ProjectSummary>,
}

/// A project (`H2`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Project {
    /// The display name.
    #[serde(rename = "project_name", default, deserialize_with = "lenient::text")]
    pub name: String,
    /// The identifier.
    #[serde(rename = "project_key", default, deserialize_with = "lenient::text")]
    pub key: String,
    /// Whether everyone may see it.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub is_public: bool,
    /// What it is about.
    #[serde(rename = "desc", default, deserialize_with = "lenient::text")]
    pub description: String,
    /// How it deploys.
    #[serde(default)]
    pub deploy_type: DeployType,
    /// When it was made, Unix seconds.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub create_time: i64,
    /// Who made it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub created_by: String,
}

/// The global variables a project defines (`H3`): the only keys an environment may have.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct ProjectVariables {
    /// For test environments.
    #[serde(rename = "variables", default, deserialize_with = "lenient::or_default")]
    pub test: Vec<Variable>,
    /// For production environments.
    #[serde(rename = "production_variables", default, deserialize_with = "lenient::or_default")]
    pub production: Vec<Variable>,
}

/// `H1`: the projects the account may see; the only list with pages, counted from 1.
///
/// # Errors
/// As every call; 403 does not occur, an account without projects gets an empty page.
pub fn list(page: u32, page_size: u32) -> Call<ProjectPage> {
    let request = Request::get(H1, "/openapi/projects/project");
    Call::json(request.query("pageSize", page_size.to_string()).query("pageNum", page.to_string()))
}

/// `H2`: one project. A project that is unknown or not the caller's is refused with an empty 403.
///
/// # Errors
/// `Forbidden` for an unknown project too.
pub fn get(project: &str) -> Call<Project> {
    Call::json(Request::get(H2, "/openapi/projects/project/detail").query("projectKey", project))
}

/// How a project deploys: what [`kind`] reads of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ProjectKind {
    /// How it deploys.
    #[serde(default)]
    pub deploy_type: DeployType,
}

/// `H2`: how a project deploys, and nothing else of it.
pub fn kind(project: &str) -> Call<ProjectKind> {
    Call::json(get(project).request().clone())
}

/// `H3`: the global variables a project defines.
///
/// # Errors
/// As every call.
pub fn variables(project: &str) -> Call<ProjectVariables> {
    Call::json(Request::get(H3, "/openapi/projects/project/globalVariable").query("projectKey", project))
}
