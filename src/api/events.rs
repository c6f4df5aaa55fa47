//! Kubernetes events (`E38`).

use serde::Deserialize;

use super::client::Client;
use super::error::ApiError;
use super::family::Family;
use super::lenient;
use super::request::{Call, Request};
use super::words::open_words;

open_words! {
    /// Whether an event is trouble.
    pub enum EventKind {
        /// The course of things.
        Normal = "Normal",
        /// Trouble.
        Warning = "Warning",
    }
}

/// An event. The server leaves out whatever is empty or zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Event {
    /// Kubernetes' word for what happened: `ScalingReplicaSet`, `BackOff`.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub reason: Option<String>,
    /// What happened.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub message: Option<String>,
    /// When it happened first, Unix seconds.
    #[serde(default, deserialize_with = "lenient::opt_integer")]
    pub first_seen: Option<i64>,
    /// When it happened last, Unix seconds.
    #[serde(default, deserialize_with = "lenient::opt_integer")]
    pub last_seen: Option<i64>,
    /// How often.
    #[serde(default, deserialize_with = "lenient::opt_integer")]
    pub count: Option<i64>,
    /// Whether it is trouble.
    #[serde(rename = "type", default)]
    pub kind: EventKind,
}

/// `E38`: the events of one object, unsorted.
///
/// `object_kind` is Kubernetes' kind (`Deployment`, `Pod`, `ReplicaSet`). The environment's parameter is `envName`. Newer
/// servers tell a production environment by `production=true`, older ones ignore it (contract 9.2).
pub fn list(
    family: Family,
    project: &str,
    env: &str,
    object_kind: &str,
    object_name: &str,
) -> Call<Vec<Event>> {
    let request = Request::get("E38", "/openapi/environments/kube/events").query("projectKey", project);
    let request = request.query("envName", env).query("name", object_name).query("type", object_kind);
    Call::list(request.query_opt("production", family.pick(None, Some("true"))))
}

impl Client {
    /// `E38`; see [`list`].
    ///
    /// # Errors
    /// `NotFound` for the environment.
    pub async fn events(
        &self,
        family: Family,
        project: &str,
        env: &str,
        object_kind: &str,
        object_name: &str,
    ) -> Result<Vec<Event>, ApiError> {
        self.send(list(family, project, env, object_kind, object_name)).await
    }
}
