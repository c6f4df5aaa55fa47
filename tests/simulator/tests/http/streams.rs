//! Log streams, byte by byte (contract section 4).

use crate::client::Sim;
use std::io::Read;
use std::net::TcpStream;
use std::time::{Duration, Instant};

const P: &str = "projectKey=simple-demo&envName=dev";

fn pod(sim: &Sim, service: &str) -> String {
    let json =
        sim.get(&format!("/openapi/environments/dev/services/{service}?projectKey=simple-demo")).json();
    json["scales"][0]["pods"][0]["name"].as_str().expect("a pod").to_owned()
}

fn follow(sim: &Sim, pod: &str, container: &str, more: &str) -> TcpStream {
    let path = format!(
        "/openapi/logs/sse/pods/{pod}/containers/{container}?{P}{more}&token={}",
        sim.token("viewer")
    );
    sim.open("GET", &path, &[], "")
}

/// Reads until the text holds `needle`, the time is over or the connection ends; says whether it ended.
fn read_until(socket: &mut TcpStream, needle: &str, limit: Duration) -> (String, bool) {
    let start = Instant::now();
    socket.set_read_timeout(Some(Duration::from_millis(50))).expect("a timeout");
    let (mut bytes, mut buffer) = (Vec::new(), vec![0; 1 << 16]);
    while start.elapsed() < limit {
        match socket.read(&mut buffer) {
            Ok(0) => return (String::from_utf8_lossy(&bytes).into_owned(), true),
            Ok(n) => bytes.extend_from_slice(&buffer[..n]),
            Err(e) if matches!(e.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {}
            Err(_) => return (String::from_utf8_lossy(&bytes).into_owned(), true),
        }
        let recent = &bytes[bytes.len().saturating_sub(buffer.len() + needle.len())..];
        if !needle.is_empty() && String::from_utf8_lossy(recent).contains(needle) {
            break;
        }
    }
    (String::from_utf8_lossy(&bytes).into_owned(), false)
}

/// The chunked body put together.
fn body(text: &str) -> String {
    let (_, mut rest) = text.split_once("\r\n\r\n").expect("headers");
    let mut out = String::new();
    while let Some((size, after)) = rest.split_once("\r\n") {
        let Ok(size) = usize::from_str_radix(size, 16) else { break };
        let Some(part) = after.get(..size) else { break };
        out.push_str(part);
        rest = after.get(size + 2..).unwrap_or_default();
    }
    out
}

#[test]
fn frames_and_headers_are_the_servers() {
    let sim = Sim::start("{}");
    let pod = pod(&sim, "service1");
    sim.control(
        "logs",
        &format!(r#"{{"pod":"{pod}","lines":["  indented ","a\r","10%\r20%\r100%","","中文"]}}"#),
    );
    let mut socket = follow(&sim, &pod, "service1", "&tails=100");
    let (text, ended) = read_until(&mut socket, "中文", Duration::from_secs(5));
    assert!(!ended);
    let head = text.split("\r\n\r\n").next().unwrap_or_default().to_lowercase();
    assert!(head.starts_with("http/1.1 200"));
    assert!(head.contains("content-type: text/event-stream\r\n") && head.contains("cache-control: no-cache"));
    assert!(head.contains("transfer-encoding: chunked") && !head.contains("x-accel"));
    let event = |data: &str| format!("event:message\ndata:{data}\n\n");
    let expected: String =
        ["indented", "a\\r", "\ndata:\\r", "10%\\r", "20%\\r", "100%\ndata:\\r", "", "中文"]
            .map(event)
            .concat();
    assert_eq!(body(&text), expected);
}

#[test]
fn a_silent_container_sends_no_headers() {
    let sim = Sim::start("{}");
    let pod = pod(&sim, "service1");
    sim.control("logs", r#"{"pod":"service1-*","mode":"silent"}"#);
    let mut socket = follow(&sim, &pod, "service1", "");
    assert_eq!(read_until(&mut socket, "", Duration::from_millis(300)), (String::new(), false));
    assert_eq!(sim.raw("GET", "/__sim/streams", &[], "").json()["streams"][0]["headers_sent"], false);
    sim.control("logs", r#"{"pod":"service1-*","mode":"numbered","count":1}"#);
    assert!(read_until(&mut socket, "data:line 1", Duration::from_secs(5)).0.contains("data:line 1\n\n"));
}

#[test]
fn a_missing_pod_is_answered_with_nothing_for_ever() {
    let sim = Sim::start("{}");
    for (pod, container) in
        [("ghost", "service1".to_owned()), (pod(&sim, "service1").as_str(), "ghost".to_owned())]
    {
        let mut socket = follow(&sim, pod, &container, "");
        let (text, ended) = read_until(&mut socket, "", Duration::from_millis(300));
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n") && text.ends_with("\r\n\r\n") && !ended);
        assert!(!text.to_lowercase().contains("content-type"));
    }
}

#[test]
fn tails_and_since_choose_where_to_begin() {
    let sim = Sim::start("{}");
    let pod = pod(&sim, "service1");
    sim.control("logs", r#"{"pod":"*","mode":"numbered","count":100}"#);
    let lines = |more: &str| {
        let mut socket = follow(&sim, &pod, "service1", more);
        let text = body(&read_until(&mut socket, "data:line 100\n", Duration::from_secs(5)).0);
        text.matches("event:message").count()
    };
    assert_eq!(
        (lines(""), lines("&tails=3"), lines("&tails=x"), lines("&tails=0"), lines("&tails=-1")),
        (10, 3, 10, 100, 100)
    );
    let path = format!("/openapi/logs/sse/pods/{pod}/containers/service1?{P}&since=soon");
    let bad = sim.get(&path);
    assert_eq!((bad.status, bad.json()["code"].as_i64()), (400, Some(400)));
    sim.raw("DELETE", "/__sim/logs", &[], "");
    let recent = follow(&sim, &pod, "service1", "&tails=1000&since=10s");
    let mut recent = recent;
    let text = body(&read_until(&mut recent, "event:", Duration::from_secs(5)).0);
    assert!((5..60).contains(&text.matches("event:message").count()), "{text}");
}

#[test]
fn an_ended_log_is_silent_and_a_closing_one_closes() {
    let sim = Sim::start("{}");
    let pod = pod(&sim, "service1");
    sim.control("logs", r#"{"pod":"*","mode":"ended","lines":["last words"]}"#);
    let mut socket = follow(&sim, &pod, "service1", "");
    assert!(read_until(&mut socket, "last words", Duration::from_secs(5)).0.contains("data:last words"));
    assert_eq!(read_until(&mut socket, "", Duration::from_millis(200)), (String::new(), false));
    sim.control("logs", r#"{"pod":"*","mode":"closing","lines":["bye"]}"#);
    let mut socket = follow(&sim, &pod, "service1", "");
    let (text, ended) = read_until(&mut socket, "", Duration::from_secs(5));
    assert!(ended && text.ends_with("data:bye\n\n\r\n0\r\n\r\n"), "{text}");
}

#[test]
fn a_deleted_pod_falls_silent_and_a_new_one_starts_with_its_start() {
    let sim = Sim::start("{}");
    let old = pod(&sim, "service1");
    let mut socket = follow(&sim, &old, "service1", "&tails=2");
    read_until(&mut socket, "data:", Duration::from_secs(5));
    sim.succeed("POST", "/openapi/environments/dev/service/service1/restart?projectKey=simple-demo", "");
    sim.advance(30_000);
    let (_, ended) = read_until(&mut socket, "", Duration::from_millis(300));
    assert!(!ended, "the server does not close the answer");
    let new = pod(&sim, "service1");
    assert_ne!(old, new);
    let mut socket = follow(&sim, &new, "service1", "&tails=-1");
    let text = body(&read_until(&mut socket, "listening on", Duration::from_secs(5)).0);
    assert!(
        text.lines().nth(1).is_some_and(|l| l.contains(&format!("starting service1 in pod {new}"))),
        "{text}"
    );
}

#[test]
fn streams_are_listed_and_cut() {
    let sim = Sim::start("{}");
    let pod = pod(&sim, "service1");
    sim.control("logs", r#"{"pod":"*","mode":"numbered","rate":200}"#);
    let mut socket = follow(&sim, &pod, "service1", "&tails=1");
    read_until(&mut socket, "data:line", Duration::from_secs(5));
    let list = sim.raw("GET", "/__sim/streams", &[], "").json();
    assert_eq!(
        (list["open"].as_i64(), list["streams"][0]["container"].as_str()),
        (Some(1), Some("service1"))
    );
    assert_eq!(sim.control("streams/cut", r#"{"pod":"service1-*"}"#)["cut"], 1);
    let (text, ended) = read_until(&mut socket, "", Duration::from_secs(5));
    assert!(ended && !text.ends_with("0\r\n\r\n"), "it breaks, it does not end");
    let start = Instant::now();
    while sim.raw("GET", "/__sim/streams", &[], "").json()["open"] != 0 {
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn twenty_thousand_lines_arrive_in_order() {
    let sim = Sim::start("{}");
    let pod = pod(&sim, "service1");
    sim.control("logs", r#"{"pod":"*","mode":"numbered","rate":20000,"count":20000,"begin":"first_stream","format":"{n9} {container}x"}"#);
    let mut socket = follow(&sim, &pod, "service1", "&tails=-1");
    let text = body(&read_until(&mut socket, "data:000020000 ", Duration::from_secs(20)).0);
    let numbers: Vec<u64> = text
        .lines()
        .filter_map(|l| l.strip_prefix("data:"))
        .filter_map(|l| l.split(' ').next().and_then(|n| n.parse().ok()))
        .collect();
    assert_eq!(numbers.len(), 20_000);
    assert!(numbers.iter().enumerate().all(|(i, n)| *n == i as u64 + 1));
}

#[test]
fn a_waiting_container_cannot_be_read() {
    let sim = Sim::start("{}");
    let json = sim.get("/openapi/environments/bad-day/services/no-image?projectKey=bad-day").json();
    let pod = json["scales"][0]["pods"][0]["name"].as_str().expect("a pod").to_owned();
    let path = format!(
        "/openapi/logs/sse/pods/{pod}/containers/no-image?projectKey=bad-day&envName=bad-day&token={}",
        sim.token("admin")
    );
    let mut socket = sim.open("GET", &path, &[], "");
    let (text, ended) = read_until(&mut socket, "", Duration::from_millis(300));
    assert!(text.starts_with("HTTP/1.1 200") && !text.to_lowercase().contains("content-type") && !ended);
}

#[test]
fn a_client_that_leaves_before_the_first_line_is_noticed() {
    let sim = Sim::start("{}");
    let pod = pod(&sim, "service1");
    sim.control("logs", r#"{"pod":"*","mode":"silent"}"#);
    let socket = follow(&sim, &pod, "service1", "");
    let open = || sim.raw("GET", "/__sim/streams", &[], "").json()["open"].clone();
    let start = Instant::now();
    while open() != 1 {
        assert!(start.elapsed() < Duration::from_secs(5), "it opens");
    }
    drop(socket);
    while open() != 0 {
        assert!(start.elapsed() < Duration::from_secs(5), "it is forgotten");
    }
}
