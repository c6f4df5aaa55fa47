//! The calls, step by step: each is sent and then looked up in the journal.

pub mod environments;
pub mod helpers;
pub mod services;
pub mod sharing;
pub mod variables_and_configs;
pub mod workloads;

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;
use zadig_environments::api::Client;

use crate::harness::{self, Journal};

/// The project all steps work in.
pub const P: &str = "simple-demo";

/// A client on a fresh simulated server, and what was called so far.
pub struct Steps {
    pub client: Client,
    pub version: &'static str,
    journal: Journal,
    seen: RefCell<BTreeSet<&'static str>>,
}

impl Steps {
    /// Resets the simulator.
    pub async fn begin(version: &'static str) -> Self {
        harness::reset(version).await;
        let client = harness::client("admin").await;
        Self { client, version, journal: Journal::begin().await, seen: RefCell::default() }
    }

    /// Whether the simulated server is the oldest supported.
    pub fn is_oldest(&self) -> bool {
        self.version == "v3.4.0"
    }

    /// The last call was a read of the environment API: `target` follows `/openapi/environments`.
    pub async fn read(&self, id: &'static str, target: &str) {
        self.sent(id, "GET", &format!("/openapi/environments{target}"), Value::Null).await;
    }

    /// The last call was a write to the environment API; lets it come to its end.
    pub async fn wrote(&self, id: &'static str, method: &str, target: &str, body: Value) {
        self.sent(id, method, &format!("/openapi/environments{target}"), body).await;
        harness::settle().await;
    }

    /// The last call was this request, and it was the only one.
    pub async fn sent(&self, id: &'static str, method: &str, target: &str, body: Value) {
        self.journal.one(id, method, target, body).await;
        self.seen.borrow_mut().insert(id);
    }

    /// What was sent since the last look.
    pub async fn entries(&self) -> Vec<Value> {
        self.journal.new_entries().await
    }

    /// Asserts that no documented endpoint was left out.
    pub fn assert_all_45(&self) {
        let seen = self.seen.borrow();
        let missing: Vec<String> =
            (1..=45).map(|n| format!("E{n:02}")).filter(|id| !seen.contains(id.as_str())).collect();
        assert!(missing.is_empty(), "not called: {missing:?}");
    }
}
