//! One module per page. A page reads its route, asks [`crate::api`] through [`crate::query`], lets [`crate::domain`]
//! decide, and draws.

pub mod about;
pub mod activity;
pub mod connect;
pub mod create;
pub mod environment;
pub mod environments;
pub mod not_found;
pub mod projects;
pub mod service;
pub mod settings;
pub mod sharing;
