//! Native tests over the whole module: every request there is, every answer there is, and answers there should not be.

mod answers;
mod client;
mod damage;
mod errors;
mod examples;
mod fixtures;
pub(crate) mod requests;
