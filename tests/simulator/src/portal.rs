//! E43, E44: portal services of a base environment.

use crate::errors::{BAD_REQUEST, Failure, GET_PORTAL, NO_DOCUMENTS, Outcome, SET_PORTAL, Title};
use crate::licence;
use crate::reply::Reply;
use crate::request::{Req, go_words};
use crate::state::share::PortalServer;
use crate::state::{Slot, World};
use serde::Serialize;

#[derive(Serialize)]
struct Portal {
    default_gateway_address: &'static str,
    servers: Vec<PortalServer>,
}

/// The server forgets to fill in the environment's name.
const NOT_BASE: &str = "%s doesn't enable share environment or is not base environment";

/// E43: real servers build the answer and then forget to send it; `--fixed-portal` sends it.
pub fn get(world: &mut World, req: &Req) -> Outcome {
    req.need_project()?;
    req.need_right(false)?;
    let slot = locate(world, req, GET_PORTAL)?;
    if !world.options.fixed_portal {
        return Ok(Reply::success());
    }
    let servers = world.env(slot).share.portals.get(req.param("serviceName")).cloned().unwrap_or_default();
    Ok(Reply::ok(&Portal { default_gateway_address: "81.69.166.47", servers }))
}

/// E44: replaces all servers of the service; an empty list removes them and fails when there are none.
pub fn set(world: &mut World, req: &Req) -> Outcome {
    req.need_project()?;
    req.need_right(false)?;
    licence::enterprise(world)?;
    let servers: Vec<PortalServer> = serde_json::from_slice(&req.body)
        .map_err(|e| Failure::typed(BAD_REQUEST, go_words(&req.body, &e)))?;
    let slot = locate(world, req, SET_PORTAL)?;
    let service = req.param("serviceName");
    let portals = &mut world.env(slot).share.portals;
    if !servers.is_empty() {
        portals.insert(service.to_owned(), servers);
    } else if portals.remove(service).is_none() {
        let text = format!("gateways.networking.istio.io \"{service}-gateway\" not found");
        return Err(Failure::typed(SET_PORTAL, text));
    }
    Ok(Reply::success())
}

fn locate(world: &mut World, req: &Req, title: Title) -> Result<Slot, Failure> {
    let (project, env) = (req.project(), req.env());
    let slot = world.find(project, env, false).ok_or_else(|| {
        Failure::typed(title, format!("failed to query env `{env}` in project `{project}`: {NO_DOCUMENTS}"))
    })?;
    if !world.env(slot).share.enabled {
        return Err(Failure::typed(title, NOT_BASE));
    }
    Ok(slot)
}
