//! The profile `next`: what is announced of servers to come (contract 9.2).
//!
//! - events and logs choose the family of the environment by `production=true`;
//! - reads that ask for no right today ask for one;
//! - an unknown project is 404 with JSON;
//! - a busy environment is 409;
//! - the values of Secrets are masked;
//! - a service of an environment tells its `revision` (see [`crate::environments`]).

use crate::errors::{BUSY, CONFLICT, Failure, NO_DOCUMENTS, NOT_FOUND};
use crate::request::Req;
use crate::state::World;
use crate::state::config::Config;
use crate::version::Version;

/// Reads of test environments that ask for `Env.View` from now on.
const TEST_READS: [&str; 4] = ["E03", "E19", "E25", "E27"];
/// Reads of production environments that ask for `ProductionEnv.View` from now on.
const PRODUCTION_READS: [&str; 4] = ["E04", "E20", "E26", "E28"];
/// Reads that name the family by `production=true`.
const EITHER: [&str; 2] = ["E38", "E45"];
/// Writes that are refused with 409 while the environment is busy.
const UPDATES: [&str; 4] = ["E13", "E14", "E15", "E16"];

/// Refuses what the next server refuses before its handler runs; older servers refuse nothing here.
pub fn refuse(world: &mut World, route: &str, req: &Req) -> Result<(), Failure> {
    if world.options.version < Version::NEXT {
        return Ok(());
    }
    let of_environment = route.starts_with('E');
    if of_environment && !req.project().is_empty() && world.project(req.project()).is_none() {
        return Err(Failure::typed(NOT_FOUND, format!("产品不存在: {}", req.project())));
    }
    let production = match route {
        _ if EITHER.contains(&route) => req.q("production") == "true",
        _ => PRODUCTION_READS.contains(&route),
    };
    if production || EITHER.contains(&route) || TEST_READS.contains(&route) {
        req.need_right(production)?;
    }
    if EITHER.contains(&route) && world.find(req.project(), req.q("envName"), production).is_none() {
        return Err(Failure::internal(NO_DOCUMENTS));
    }
    if UPDATES.contains(&route) && is_busy(world, req) {
        return Err(Failure::typed(CONFLICT, BUSY));
    }
    Ok(())
}

fn is_busy(world: &mut World, req: &Req) -> bool {
    let body: serde_json::Value = serde_json::from_slice(&req.body).unwrap_or_default();
    let in_body = body.get("env_key").and_then(serde_json::Value::as_str).unwrap_or_default();
    let env = if req.env().is_empty() { in_body } else { req.env() };
    world.find_any(req.project(), env).is_some_and(|slot| world.env(slot).is_busy())
}

/// A Secret whose values are the literal `********`.
pub fn masked(config: &Config) -> Config {
    let mut shown = config.clone();
    let Ok(mut value) = serde_yaml_ng::from_str::<serde_yaml_ng::Value>(&config.yaml) else { return shown };
    for part in ["data", "stringData"] {
        if let Some(values) = value.get_mut(part).and_then(serde_yaml_ng::Value::as_mapping_mut) {
            values.values_mut().for_each(|one| *one = "********".into());
        }
    }
    shown.yaml = crate::yaml::print(&value);
    shown
}
