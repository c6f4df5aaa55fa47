//! The simulator over real HTTP, held against the contract.

mod client;
mod configs;
mod control;
mod errors;
mod life;
mod quirks;
mod shapes;
mod streams;
