//! One module per page. A page reads its route, asks [`crate::api`] through [`crate::query`], lets [`crate::domain`]
//! decide, and draws.

pub(crate) mod about;
pub(crate) mod activity;
pub(crate) mod configs;
pub(crate) mod connect;
pub(crate) mod create;
pub(crate) mod environment;
pub(crate) mod environments;
pub(crate) mod not_found;
pub(crate) mod projects;
pub(crate) mod service;
pub(crate) mod settings;
pub(crate) mod sharing;
