//! The simulator over real HTTP, held against the contract.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking"
)]

mod client;
mod configs;
mod control;
mod errors;
mod life;
mod next;
mod program;
mod quirks;
mod shapes;
mod streams;
