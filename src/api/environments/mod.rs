//! Environments: list, detail, create, edit, delete (`E01`–`E04`, `E07`–`E12`).

mod model;

pub use model::{
    DeleteMode, EnvStatus, Environment, EnvironmentSummary, NewEnvironment, NewEnvironmentConfig,
    NewEnvironmentService, NewProductionEnvironment, ServiceStatus, ServiceSummary, SubEnvironmentOf,
};

use super::decode::Ack;
use super::endpoint::Endpoint::{E01, E02, E03, E04, E07, E08, E09, E10, E11, E12};
use super::family::Family;
use super::request::{Call, Request, TimeoutClass};

/// `E01`/`E02`: the environments of one family, in no particular order. An unknown project gives an empty list.
///
/// # Errors
/// `Licence` for production where it is missing. An account without rights gets an empty list instead of 403.
pub fn list(family: Family, project: &str) -> Call<Vec<EnvironmentSummary>> {
    Call::list(Request::get(family.pick(E01, E02), family.root()).query("projectKey", project))
}

/// `E03`/`E04`: one environment with its services. Slow: the server asks the cluster about every workload.
///
/// # Errors
/// `NotFound` for an unknown key and for one of the other family; `Server` when the cluster cannot be reached.
pub fn get(family: Family, project: &str, env: &str) -> Call<Environment> {
    let request = Request::get(family.pick(E03, E04), family.root()).seg(env).query("projectKey", project);
    Call::json(request.timeout(TimeoutClass::Slow))
}

/// `E07`: makes a test environment. Accepted at once; it then shows up as `creating`.
///
/// # Errors
/// `AlreadyExists`, `InvalidInput`, `NotFound` for an unknown project or service, `Conflict` when another
/// environment owns a resource.
pub fn create(project: &str, new: &NewEnvironment) -> Call<Ack> {
    Call::ack(Request::post(E07, Family::Test.root()).query("projectKey", project).json(new))
}

/// `E08`: makes an empty production environment.
///
/// # Errors
/// As `E07`, and `Licence`.
pub fn create_production(project: &str, new: &NewProductionEnvironment) -> Call<Ack> {
    Call::ack(Request::post(E08, Family::Production.root()).query("projectKey", project).json(new))
}

/// `E09`: changes a test environment's image registry. Test environments have no alias, so none can be given.
///
/// # Errors
/// `NotFound`; `Server` with code 6401 for a registry that cannot be used.
pub fn edit(project: &str, env: &str, registry_id: &str) -> Call<Ack> {
    let body = serde_json::json!({ "registry_id": registry_id });
    Call::ack(Request::put(E09, Family::Test.root()).seg(env).query("projectKey", project).json(&body))
}

/// `E10`: changes a production environment's registry and alias. The server always writes the alias, and clears it
/// when it is left out: the current one must be given to keep it.
///
/// # Errors
/// `Forbidden` for everyone but project administrators; `Licence`.
pub fn edit_production(project: &str, env: &str, registry_id: &str, alias: &str) -> Call<Ack> {
    let body = serde_json::json!({ "registry_id": registry_id, "env_name": alias });
    Call::ack(Request::put(E10, Family::Production.root()).seg(env).query("projectKey", project).json(&body))
}

/// `E11`: deletes a test environment.
///
/// # Errors
/// `NotFound`; `Conflict` for a base environment of a collaboration.
pub fn delete(project: &str, env: &str, mode: DeleteMode) -> Call<Ack> {
    let with_namespace = matches!(mode, DeleteMode::WithNamespace);
    let request = Request::delete(E11, Family::Test.root()).seg(env).query("projectKey", project);
    Call::ack(request.query("isDelete", with_namespace.to_string()))
}

/// `E12`: deletes a production environment. Kubernetes' objects always stay.
///
/// # Errors
/// `NotFound`, `Licence`.
pub fn delete_production(project: &str, env: &str) -> Call<Ack> {
    Call::ack(Request::delete(E12, Family::Production.root()).seg(env).query("projectKey", project))
}
