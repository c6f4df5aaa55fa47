//! What passes between the browser and the upstream.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod common;

use std::path::Path;

use common::{Folder, Wire, gateway, get, upstream};

const STREAM_HEAD: &str =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

#[tokio::test]
async fn each_line_of_a_stream_passes_before_the_next_one_is_sent() {
    let (listener, zadig) = upstream().await;
    let address = gateway(Path::new("none"), zadig, &[]).await;
    let mut browser = Wire::open(address).await;
    browser.get("/openapi/logs/sse?tails=10", "").await;
    let mut server = Wire::accept(&listener).await;
    let request = server.until("\r\n\r\n").await;
    assert!(request.starts_with("GET /openapi/logs/sse?tails=10 HTTP/1.1\r\n"), "{request}");

    server.send(STREAM_HEAD).await;
    let head = browser.until("\r\n\r\n").await.to_lowercase();
    assert!(head.starts_with("http/1.1 200 ok\r\n") && head.contains("text/event-stream"), "{head}");
    for line in ["data: one\n\n", "data: two\n\n", "data: 三\n\n"] {
        server.send(&format!("{:x}\r\n{line}\r\n", line.len())).await;
        let passed = browser.until("\n\n").await;
        assert!(passed.ends_with(line), "{passed:?}");
    }
}

#[tokio::test]
async fn a_browser_that_leaves_in_mid_stream_frees_the_upstream() {
    let (listener, zadig) = upstream().await;
    let address = gateway(Path::new("none"), zadig, &[]).await;
    let mut browser = Wire::open(address).await;
    browser.get("/openapi/logs/sse", "").await;
    let mut server = Wire::accept(&listener).await;
    server.until("\r\n\r\n").await;
    server.send(STREAM_HEAD).await;
    browser.until("\r\n\r\n").await;
    drop(browser);
    assert_eq!(server.rest().await, "");
}

#[tokio::test]
async fn a_browser_that_leaves_before_the_first_line_frees_the_upstream() {
    let (listener, zadig) = upstream().await;
    let address = gateway(Path::new("none"), zadig, &[]).await;
    let mut browser = Wire::open(address).await;
    browser.get("/openapi/logs/sse", "").await;
    let mut server = Wire::accept(&listener).await;
    server.until("\r\n\r\n").await;
    drop(browser);
    assert_eq!(server.rest().await, "");
}

#[tokio::test]
async fn a_request_body_passes_as_it_comes() {
    let (listener, zadig) = upstream().await;
    let address = gateway(Path::new("none"), zadig, &[]).await;
    let mut browser = Wire::open(address).await;
    browser.send("PUT /openapi/x HTTP/1.1\r\nHost: g\r\nContent-Length: 6\r\n\r\nabc").await;
    let mut server = Wire::accept(&listener).await;
    server.until("\r\n\r\nabc").await;
    browser.send("def").await;
    server.until("def").await;
    server.send("HTTP/1.1 204 No Content\r\n\r\n").await;
    assert!(browser.until("\r\n\r\n").await.starts_with("HTTP/1.1 204 "));
}

#[tokio::test]
async fn an_answer_that_breaks_off_breaks_off_for_the_browser() {
    let (listener, zadig) = upstream().await;
    let address = gateway(Path::new("none"), zadig, &[]).await;
    let mut browser = Wire::open(address).await;
    browser.get("/openapi/x", "").await;
    let mut server = Wire::accept(&listener).await;
    server.until("\r\n\r\n").await;
    server.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":").await;
    browser.until("{\"half\":").await;
    drop(server);
    assert_eq!(browser.rest().await, "");
}

/// Sends one request through a gateway with `options`; gives what reached the upstream, in lower case.
async fn reached(options: &[&str], path: &str, more: &str) -> String {
    let (listener, zadig) = upstream().await;
    let address = gateway(Path::new("none"), zadig, options).await;
    let mut browser = Wire::open(address).await;
    browser.get(path, more).await;
    Wire::accept(&listener).await.until("\r\n\r\n").await.to_lowercase()
}

#[tokio::test]
async fn the_browsers_token_passes_untouched_without_a_token_file() {
    let seen = reached(
        &[],
        "/openapi/x?token=q",
        "Authorization: Bearer mine\r\nCookie: other=1\r\nTE: trailers\r\n",
    )
    .await;
    assert!(seen.starts_with("get /openapi/x?token=q http/1.1\r\n"), "{seen}");
    assert!(
        seen.contains("authorization: bearer mine\r\n") && !seen.contains("cookie") && !seen.contains("te:"),
        "{seen}"
    );
    assert!(!seen.contains("gateway.test"), "the upstream has its own host name: {seen}");
}

#[tokio::test]
async fn the_token_of_the_file_takes_the_place_of_the_browsers() {
    let folder = Folder::new("token");
    let file = folder.write("token", "a.b.c\n");
    let seen = reached(
        &["--token-file", file.to_str().unwrap()],
        "/openapi/x?token=q&y=1",
        "Authorization: Bearer mine\r\n",
    )
    .await;
    assert!(seen.starts_with("get /openapi/x?y=1 http/1.1\r\n"), "{seen}");
    assert!(seen.contains("authorization: bearer a.b.c\r\n") && !seen.contains("mine"), "{seen}");
}

#[tokio::test]
async fn the_simulators_controls_are_reached_only_when_asked() {
    let seen = reached(&["--sim"], "/__sim/journal", "").await;
    assert!(seen.starts_with("get /__sim/journal "), "{seen}");
    let (_listener, zadig) = upstream().await;
    let closed = gateway(Path::new("none"), zadig, &[]).await;
    assert!(get(closed, "/__sim/journal", "").await.starts_with("HTTP/1.1 404 "));
}

#[tokio::test]
async fn an_upstream_that_is_not_there_is_said_in_json() {
    let (listener, zadig) = upstream().await;
    drop(listener);
    let answer = get(gateway(Path::new("none"), zadig, &[]).await, "/openapi/x", "").await;
    assert!(answer.starts_with("HTTP/1.1 502 "), "{answer}");
    let body: serde_json::Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    let sentence = body["message"].as_str().unwrap();
    assert!(sentence.contains("cannot be reached") && sentence.contains(&zadig.to_string()), "{sentence}");
}

#[tokio::test]
async fn a_preflight_is_answered_here_and_answers_are_open_to_the_origin() {
    let (listener, zadig) = upstream().await;
    let address = gateway(Path::new("none"), zadig, &["--allow-origin", "*"]).await;
    let mut browser = Wire::open(address).await;
    let ask = "Origin: http://t\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: authorization\r\n";
    browser.send(&format!("OPTIONS /openapi/x HTTP/1.1\r\nHost: g\r\n{ask}\r\n")).await;
    let preflight = browser.until("\r\n\r\n").await.to_lowercase();
    assert!(preflight.starts_with("http/1.1 204 "), "{preflight}");
    assert!(preflight.contains("access-control-allow-headers: authorization\r\n"), "{preflight}");
    assert!(preflight.contains("access-control-allow-origin: *\r\n"), "{preflight}");

    browser.get("/openapi/x", "Origin: http://t\r\n").await;
    let mut server = Wire::accept(&listener).await;
    server.until("\r\n\r\n").await;
    server.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n").await;
    let answer = browser.until("\r\n\r\n").await.to_lowercase();
    assert!(
        answer.starts_with("http/1.1 403 ") && answer.contains("access-control-allow-origin: *\r\n"),
        "{answer}"
    );
}
