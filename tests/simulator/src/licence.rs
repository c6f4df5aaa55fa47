//! Licence checks (contract 0.3: code 7050 with an empty description).

use crate::errors::{Failure, LICENCE};
use crate::state::World;
use crate::version::Licence;

/// `licP`: Professional or Enterprise.
pub fn professional(world: &World) -> Result<(), Failure> {
    need(world, Licence::Professional)
}

/// `licE`: Enterprise.
pub fn enterprise(world: &World) -> Result<(), Failure> {
    need(world, Licence::Enterprise)
}

fn need(world: &World, least: Licence) -> Result<(), Failure> {
    if world.options.licence >= least { Ok(()) } else { Err(Failure::typed(LICENCE, "")) }
}
