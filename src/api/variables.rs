//! An environment's global variables (`E19`–`E22`).

use serde_json::json;

use super::decode::Ack;
use super::endpoint::Endpoint::{E19, E20, E21, E22};
use super::family::Family;
use super::model::GlobalVariable;
use super::request::{Call, Request};

/// `E19`/`E20`: the global variables. Their order changes after updates: sort before showing or comparing.
///
/// # Errors
/// `NotFound` for the environment.
pub fn list(family: Family, project: &str, env: &str) -> Call<Vec<GlobalVariable>> {
    let request = Request::get(family.pick(E19, E20), family.root()).seg(env).lit("/variable");
    Call::list(request.query("projectKey", project))
}

/// `E21`/`E22`: **replaces** the whole list (contract 6.5).
///
/// What is sent is stored verbatim: start from [`list`], change values, send everything back. The document's
/// key-and-value form would wipe types, options, descriptions and bindings, so it cannot be written here.
///
/// # Errors
/// `Licence` (for test environments too), `Sleeping`, `Busy`, `Conflict` for a variable still used, and
/// `InvalidInput` for one the project does not define.
pub fn replace(family: Family, project: &str, env: &str, variables: &[GlobalVariable]) -> Call<Ack> {
    let request = Request::put(family.pick(E21, E22), family.root()).seg(env).lit("/variable");
    Call::ack(request.query("projectKey", project).json(&json!({ "global_variables": variables })))
}
