//! Log streams: opened, read, given up.

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use wasm_bindgen_test::wasm_bindgen_test;
use zadig_environments::api::logs::{self, LogQuery};
use zadig_environments::api::services;
use zadig_environments::api::{ErrorKind, Family};

use crate::harness::{client, kind, look, reset, wait};

const P: &str = "simple-demo";

async fn query(pod: Option<&str>) -> LogQuery {
    let service =
        client("admin").await.send(services::get(Family::Test, P, "dev", "service1", None)).await.unwrap();
    let found = &service.workloads[0].pods[0];
    LogQuery {
        family: Family::Test,
        project: P.into(),
        env: "dev".into(),
        pod: pod.unwrap_or(&found.name).into(),
        container: found.containers[0].name.clone(),
        tail: 3,
        since: None,
    }
}

async fn open_streams() -> u64 {
    look("streams").await["open"].as_u64().unwrap()
}

#[wasm_bindgen_test]
async fn dropping_a_stream_closes_it_at_the_server() {
    reset("v5.0.0").await;
    let query = query(None).await;
    let mut stream = client("admin").await.open_stream(&logs::follow(&query)).await.unwrap();
    assert!(stream.is_event_stream());
    assert!(!stream.next().await.unwrap().unwrap().is_empty());
    assert_eq!(open_streams().await, 1);
    drop(stream);
    wait(500).await;
    assert_eq!(open_streams().await, 0);
}

#[wasm_bindgen_test]
async fn giving_up_waiting_for_a_chunk_loses_nothing() {
    reset("v5.0.0").await;
    let query = query(None).await;
    let mut stream = client("admin").await.open_stream(&logs::follow(&query)).await.unwrap();
    let mut text = String::new();
    while text.matches("\n\n").count() < 4 {
        match select(stream.next(), Box::pin(wait(1))).await {
            Either::Left((chunk, _)) => text.push_str(&String::from_utf8_lossy(&chunk.unwrap().unwrap())),
            Either::Right(_) => {}
        }
    }
    assert!(
        text.split("\n\n")
            .filter(|event| !event.is_empty())
            .all(|event| event.starts_with("event:message\ndata:"))
    );
}

#[wasm_bindgen_test]
async fn a_wrong_pod_is_a_stream_without_a_type() {
    reset("v5.0.0").await;
    let query = query(Some("nobody-0")).await;
    let stream = client("admin").await.open_stream(&logs::follow(&query)).await.unwrap();
    assert_eq!((stream.status(), stream.content_type(), stream.is_event_stream()), (200, None, false));
}

#[wasm_bindgen_test]
async fn a_refused_stream_is_an_error() {
    reset("v5.0.0").await;
    let query = query(None).await;
    let refused =
        client("expired").await.open_stream(&logs::follow(&query)).await.map(|stream| stream.status());
    assert_eq!(kind(refused), ErrorKind::Unauthorized);
    let odd = LogQuery { since: Some("soon".into()), ..query };
    let refused = client("admin").await.open_stream(&logs::follow(&odd)).await.map(|stream| stream.status());
    assert_eq!(kind(refused), ErrorKind::InvalidInput);
}
