//! Config objects of environments: ConfigMaps, Secrets, Ingresses, PVCs (`E23`–`E31`).
//!
//! Creating and updating take no [`Family`]: no server can do either for a production environment (contract `E24`,
//! `E29`), though it offers the routes.

mod model;

pub use model::{
    EnvConfig, EnvConfigKind, EnvConfigObject, EnvConfigSource, EnvConfigSummary, GitRepoConfig, NewEnvConfig,
};

use serde_json::json;

use super::decode::Ack;
use super::endpoint::Endpoint::{self, E23, E24, E25, E26, E27, E28, E29, E30, E31};
use super::family::Family;
use super::request::{Call, Request};

/// `E23`: makes a config object in a test environment. Its real name and kind are those in the YAML.
///
/// # Errors
/// `Licence` (for test environments too), `InvalidInput` when kind and YAML differ, `AlreadyExists`, `NotFound`.
pub fn create(project: &str, env: &str, new: &NewEnvConfig) -> Call<Ack> {
    create_at(E23, Family::Test, project, env, new)
}

/// `E24`: the documented production form of [`create`], which **every known server refuses** because it looks for a
/// test environment of that key. It is here for the day one does not; the interface does not offer it.
///
/// # Errors
/// `NotFound` on every known server.
pub fn create_production_expecting_refusal(project: &str, env: &str, new: &NewEnvConfig) -> Call<Ack> {
    create_at(E24, Family::Production, project, env, new)
}

fn create_at(endpoint: Endpoint, family: Family, project: &str, env: &str, new: &NewEnvConfig) -> Call<Ack> {
    let request = Request::post(endpoint, family.root()).seg(env).lit("/envcfgs");
    Call::ack(request.query("projectKey", project).json(new))
}

/// `E25`/`E26`: every object of that kind in the namespace, by name; also those Zadig did not make.
///
/// `type` is optional in the document only; without it the server fails.
///
/// # Errors
/// `NotFound` for the environment; `Licence`.
pub fn list(family: Family, project: &str, env: &str, kind: &EnvConfigKind) -> Call<Vec<EnvConfigSummary>> {
    let request = Request::get(family.pick(E25, E26), family.root()).seg(env).lit("/envcfgs");
    Call::list(request.query("projectKey", project).query("type", kind.as_str()))
}

/// `E27`/`E28`: one object with its YAML. Data of secrets is base64, not masked.
///
/// # Errors
/// `NotFound` (the server says 500 `not found`); `Licence`.
pub fn get(family: Family, project: &str, env: &str, kind: &EnvConfigKind, name: &str) -> Call<EnvConfig> {
    let request = Request::get(family.pick(E27, E28), family.root()).seg(env).lit("/envcfg").seg(name);
    Call::json(request.query("projectKey", project).query("type", kind.as_str()))
}

/// `E29`: replaces an object of a test environment. The name in the YAML must be `config.name`; services known to
/// use the object are restarted.
///
/// # Errors
/// `InvalidInput` when name, kind and YAML do not agree; `NotFound`.
pub fn update(project: &str, env: &str, config: &NewEnvConfig) -> Call<Ack> {
    let body = json!({
        "name": config.name,
        "env_key": env,
        "common_env_cfg_type": config.common_env_cfg_type,
        "yaml_data": config.yaml_data,
    });
    let request = Request::put(E29, Family::Test.root()).lit("/envcfgs");
    Call::ack(request.query("projectKey", project).json(&body))
}

/// `E30`/`E31`: deletes an object, in the cluster too.
///
/// # Errors
/// `NotFound`; `InvalidInput` for a kind that cannot be deleted.
pub fn delete(family: Family, project: &str, env: &str, kind: &EnvConfigKind, name: &str) -> Call<Ack> {
    let request = Request::delete(family.pick(E30, E31), family.root()).seg(env).lit("/envcfg").seg(name);
    Call::ack(request.query("projectKey", project).query("type", kind.as_str()))
}
