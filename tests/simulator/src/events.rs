//! E38: events of one object, for both families of environments.

use crate::errors::{Failure, Outcome};
use crate::reply::Reply;
use crate::request::Req;
use crate::state::World;
use crate::state::events::Involved;

/// E38: nothing is validated; an empty project or environment just does not filter.
pub fn list(world: &mut World, req: &Req) -> Outcome {
    let found = world.find_loose(req.project(), req.q("envName"));
    let slot = found.ok_or_else(Failure::no_documents)?;
    let mut events = world.env(slot).log.of(Involved { kind: req.q("type"), name: req.q("name") });
    world.rng.shuffle(&mut events);
    Ok(Reply::ok(&events))
}
