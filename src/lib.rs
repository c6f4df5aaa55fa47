//! A browser client for Zadig's environment OpenAPI.

pub mod api;
