//! The typed client of the environment OpenAPI.
