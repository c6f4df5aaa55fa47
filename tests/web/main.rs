//! The typed client in a real browser, against the simulator over real HTTP.
//!
//! Client and simulator share no types: what a call sends is held against the simulator's journal. The simulator sits
//! behind `zadig-gateway --sim --allow-origin '*'`, whose address is compiled in (`ZADIG_TEST_BASE`); `cargo xtask
//! test web` starts both. Tests run one after the other and each resets the simulator first.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests: a panic is how they fail; clippy only lifts these for `#[test]`"
)]

mod errors;
mod every_call;
mod harness;
mod requests;
mod steps;
mod streams;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
