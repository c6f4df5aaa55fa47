//! What happens to requests: given up, timed out, repeated, shared.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::{Either, join, select};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use zadig_environments::api::{
    Auth, Client, ClientOptions, Endpoint, ErrorKind, Family, Limits, RetryPolicy, TokenCell,
};
use zadig_environments::api::{system, workloads};

use crate::harness::{self, Journal, client, fault, kind, options, reset, wait};

const CLUSTERS: &str = "/openapi/system/cluster";

async fn statuses(journal: &Journal) -> Vec<u64> {
    journal.all_to(CLUSTERS).await.iter().map(|entry| entry["status"].as_u64().unwrap()).collect()
}

#[wasm_bindgen_test]
async fn dropping_a_call_takes_its_request_back_from_the_server() {
    reset("v5.0.0").await;
    let (client, journal) = (client("admin").await, Journal::begin().await);
    fault(json!({"path": CLUSTERS, "delay_ms": 1500})).await;
    match select(Box::pin(client.send(system::clusters())), Box::pin(wait(300))).await {
        Either::Left(_) => panic!("the answer came in spite of the delay"),
        Either::Right((_, call)) => drop(call),
    }
    wait(1800).await;
    assert_eq!(statuses(&journal).await, [0], "the server saw the request, and nobody waited for its answer");
}

#[wasm_bindgen_test]
async fn a_call_that_takes_too_long_ends_with_its_request() {
    reset("v5.0.0").await;
    let limits = Limits { normal: Duration::from_millis(300), ..Limits::default() };
    let options = ClientOptions { limits, retry: RetryPolicy::never(), ..options("admin").await };
    let journal = Journal::begin().await;
    fault(json!({"path": CLUSTERS, "delay_ms": 1500})).await;
    let error = Client::new(options).send(system::clusters()).await.unwrap_err();
    assert_eq!((error.kind, error.call.endpoint), (ErrorKind::Timeout, Endpoint::H4));
    wait(1800).await;
    assert_eq!(statuses(&journal).await, [0]);
}

#[wasm_bindgen_test]
async fn a_read_is_sent_three_times_and_no_more() {
    for (plan, expected) in [
        (json!({"status": 503, "times": 0}), ErrorKind::Gateway),
        (json!({"status": 502, "html": true, "times": 0}), ErrorKind::Gateway),
        (json!({"truncate": 40, "times": 0}), ErrorKind::Undecodable),
        (json!({"drop": "mid_body", "times": 0}), ErrorKind::Network),
    ] {
        reset("v5.0.0").await;
        let (client, journal) = (client("admin").await, Journal::begin().await);
        let mut plan = plan;
        plan["path"] = json!(CLUSTERS);
        fault(plan.clone()).await;
        assert_eq!(kind(client.send(system::clusters()).await), expected, "{plan}");
        assert_eq!(statuses(&journal).await.len(), 3, "{plan}");
    }
}

#[wasm_bindgen_test]
async fn a_read_that_failed_in_passing_comes_through() {
    reset("v5.0.0").await;
    let (client, journal) = (client("admin").await, Journal::begin().await);
    fault(json!([{"path": CLUSTERS, "status": 504}, {"path": CLUSTERS, "truncate": 10}])).await;
    assert_eq!(client.send(system::clusters()).await.unwrap().len(), 3);
    assert_eq!(statuses(&journal).await.len(), 3);
}

#[wasm_bindgen_test]
async fn a_write_is_sent_once_whatever_happens() {
    for plan in [
        json!({"status": 503, "times": 0}),
        json!({"drop": "before", "times": 0}),
        json!({"drop": "mid_body", "times": 0}),
        json!({"truncate": 5, "times": 0}),
    ] {
        reset("v5.0.0").await;
        let (client, journal) = (client("admin").await, Journal::begin().await);
        fault(plan.clone()).await;
        let error = client
            .send(workloads::restart(Family::Test, "simple-demo", "dev", "service1"))
            .await
            .unwrap_err();
        assert!(!error.retry_is_safe(), "{plan}: {error}");
        assert_eq!(journal.new_entries().await.len(), 1, "{plan}");
    }
}

#[wasm_bindgen_test]
async fn identical_reads_at_one_time_are_one_request() {
    reset("v5.0.0").await;
    let (client, journal) = (client("admin").await, Journal::begin().await);
    let other = client.clone();
    let (one, two) = join(client.send(system::clusters()), other.send(system::clusters())).await;
    assert_eq!(one.unwrap(), two.unwrap());
    assert_eq!(statuses(&journal).await.len(), 1);
    client.send(system::clusters()).await.unwrap();
    assert_eq!(statuses(&journal).await.len(), 2);
}

#[wasm_bindgen_test]
async fn without_a_token_nothing_is_sent_and_a_new_one_is_used_at_once() {
    reset("v5.0.0").await;
    let cell = TokenCell::new();
    let client = Client::new(ClientOptions::new(harness::base(), Auth::Bearer(cell.clone())));
    let journal = Journal::begin().await;
    assert_eq!(kind(client.send(system::clusters()).await), ErrorKind::InvalidToken);
    assert!(journal.new_entries().await.is_empty());
    for name in ["viewer", "admin"] {
        cell.set(Some(harness::token(name).await));
        client.send(system::clusters()).await.unwrap();
        assert_eq!(journal.new_entries().await[0]["token"], name);
    }
}

#[wasm_bindgen_test]
async fn the_observer_hears_of_every_exchange() {
    reset("v5.0.0").await;
    let client = client("admin").await;
    let heard: Rc<RefCell<Vec<Value>>> = Rc::default();
    let ear = Rc::clone(&heard);
    client.set_observer(move |outcome| {
        let result = outcome.result.map_or_else(|error| json!(error.kind.id()), |status| json!(status));
        ear.borrow_mut().push(json!([outcome.call.endpoint, result, outcome.will_retry]));
    });
    fault(json!({"path": CLUSTERS, "status": 504})).await;
    client.send(system::clusters()).await.unwrap();
    assert_eq!(*heard.borrow(), [json!(["H4", "gateway", true]), json!(["H4", 200, false])]);
}
