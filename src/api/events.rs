//! Kubernetes events (`E38`).

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::endpoint::Endpoint::E38;
use super::family::Family;
use super::lenient;
use super::open_enum::open_enum;
use super::request::{Call, Request};

open_enum! {
    /// Whether an event is trouble.
    pub enum EventKind {
        /// The course of things.
        Normal = "Normal",
        /// Trouble.
        Warning = "Warning",
    }
}

/// An event. The server leaves out whatever is empty or zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// Kubernetes' word for what happened: `ScalingReplicaSet`, `BackOff`.
    pub reason: Option<String>,
    /// What happened.
    pub message: Option<String>,
    /// When it happened first, Unix seconds.
    pub first_seen: Option<i64>,
    /// When it happened last, Unix seconds.
    pub last_seen: Option<i64>,
    /// How often.
    pub count: Option<i64>,
    /// Whether it is trouble.
    pub kind: EventKind,
}

/// Read field by field from a [`Value`]: the first page reads events, and a derived reader costs it three times the code.
impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(from)?;
        let text = |key: &str| value.get(key).map(lenient::text_of).filter(|text| !text.is_empty());
        let number = |key: &str| text(key).and_then(|text| text.parse().ok());
        Ok(Self {
            reason: text("reason"),
            message: text("message"),
            first_seen: number("first_seen"),
            last_seen: number("last_seen"),
            count: number("count"),
            kind: EventKind::from(text("type").unwrap_or_default().as_str()),
        })
    }
}

/// `E38`: the events of one object, unsorted.
///
/// `object_kind` is Kubernetes' kind (`Deployment`, `Pod`, `ReplicaSet`). The environment's parameter is `envName`. Newer
/// servers tell a production environment by `production=true`, older ones ignore it (contract 9.2).
///
/// # Errors
/// `NotFound` for the environment.
pub fn list(
    family: Family,
    project: &str,
    env: &str,
    object_kind: &str,
    object_name: &str,
) -> Call<Vec<Event>> {
    let request = Request::get(E38, "/openapi/environments/kube/events").query("projectKey", project);
    let request = request.query("envName", env).query("name", object_name).query("type", object_kind);
    Call::list(request.query_opt("production", family.pick(None, Some("true"))))
}
