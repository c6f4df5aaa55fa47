//! Portal services: how a service of a base environment is reached from outside (`E43`, `E44`).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::decode::{self, Ack, DecodeProblem};
use super::endpoint::Endpoint::{E43, E44};
use super::family::Family;
use super::lenient;
use super::request::{Call, Request};

/// A host the Istio gateway listens on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalServer {
    /// The host.
    #[serde(default, deserialize_with = "lenient::text")]
    pub host: String,
    /// The port.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub port_number: i64,
    /// The protocol; only `HTTP` is documented.
    #[serde(default, deserialize_with = "lenient::text")]
    pub port_protocol: String,
}

/// What the portal service is (`E43`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortalService {
    /// As documented.
    Known {
        /// The gateway's address.
        default_gateway_address: String,
        /// The hosts; empty for none.
        servers: Vec<PortalServer>,
    },
    /// The server accepted the question but left its answer out: a bug of every known version (contract `E43`). What
    /// is configured cannot be read, and must not be shown as nothing.
    Unreadable,
}

#[derive(Deserialize)]
struct Known {
    #[serde(default, deserialize_with = "lenient::text")]
    default_gateway_address: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    servers: Vec<PortalServer>,
}

fn read(body: &str) -> Result<PortalService, DecodeProblem> {
    let value: Value = decode::json(body)?;
    let has = |key: &str| value.get(key).is_some();
    if has("message") && !has("servers") && !has("default_gateway_address") {
        return Ok(PortalService::Unreadable);
    }
    let known: Known = decode::json(body)?;
    Ok(PortalService::Known {
        default_gateway_address: known.default_gateway_address,
        servers: known.servers,
    })
}

/// `E43`: the portal service of a service.
///
/// # Errors
/// `Conflict` when sub-environments are not turned on; `Server` without an Istio gateway.
pub fn get(project: &str, env: &str, service: &str) -> Call<PortalService> {
    let request = Request::get(E43, Family::Test.root()).seg(env).lit("/share/portal").seg(service);
    Call::with(request.query("projectKey", project), read)
}

/// `E44`: replaces all hosts; the body is a bare array. An empty one removes the portal, and **every** port Zadig
/// opened on the shared ingress gateway with it.
///
/// # Errors
/// `Licence` (Enterprise), `Conflict` when sub-environments are not turned on.
pub fn set(project: &str, env: &str, service: &str, servers: &[PortalServer]) -> Call<Ack> {
    let request = Request::post(E44, Family::Test.root()).seg(env).lit("/share/portal").seg(service);
    Call::ack(request.query("projectKey", project).json(servers))
}
