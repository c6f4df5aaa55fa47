//! A simulated Zadig over real HTTP and server-sent events.
//!
//! It answers as the server does, not as the published document says: every route, status, error body and quirk
//! follows `zadig-contract.md`, from which it was written without looking at the client. Client and simulator
//! share no types, so a misreading on one side cannot hide on the other.
//!
//! # Map
//! - [`server`]: connections, token check, faults, journal, dispatch. [`routes`]: the table, with gin's rules.
//! - [`state`]: the world and how it lives (pods, rollouts, status machine) on a [`clock`] that tests control.
//! - one module a resource: [`environments`], [`lifecycle`], [`create`], [`services`], [`service_writes`],
//!   [`variables`], [`envcfgs`], [`workloads`], [`images`], [`pods`], [`events`], [`share`], [`portal`],
//!   [`helpers`], [`logs`].
//! - [`seed`]: what is there at the start. [`control`]: the side door `/__sim/`.
//! - [`errors`], [`reply`], [`views`]: the bytes.

#![allow(
    clippy::indexing_slicing,
    reason = "a test double on loopback: its own tables and checked indexes; a panic ends one connection"
)]

pub mod auth;
pub mod clock;
pub mod control;
pub mod create;
pub mod envcfg_view;
pub mod envcfg_writes;
pub mod envcfgs;
pub mod environments;
pub mod errors;
pub mod events;
pub mod helpers;
pub mod images;
pub mod licence;
pub mod lifecycle;
pub mod logs;
pub mod manifest;
pub mod next;
pub mod options;
pub mod pods;
pub mod portal;
pub mod render;
pub mod reply;
pub mod request;
pub mod routes;
pub mod seed;
pub mod server;
pub mod service_writes;
pub mod services;
pub mod share;
pub mod state;
pub mod variables;
pub mod version;
pub mod views;
pub mod workloads;
mod yaml;
