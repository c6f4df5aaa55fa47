//! The side door: journal, faults, clock, mutations, reset.

use crate::client::Sim;
use serde_json::json;

const LIST: &str = "/openapi/environments?projectKey=simple-demo";

#[test]
fn the_journal_has_every_request_in_order() {
    let sim = Sim::start("{}");
    sim.get("/openapi/environments/a%20b?projectKey=simple%2Ddemo&x=1+2");
    sim.call("POST", "/openapi/environments/scale", r#"{"project_key":"p"}"#);
    let journal = sim.journal("");
    let first = &journal[0];
    assert_eq!((first["n"].as_i64(), first["status"].as_i64()), (Some(1), Some(500)));
    assert_eq!(
        (first["path"].as_str(), first["raw_path"].as_str()),
        (Some("/openapi/environments/a b"), Some("/openapi/environments/a%20b"))
    );
    assert_eq!(first["query"], json!({"projectKey": "simple-demo", "x": "1 2"}));
    assert_eq!(first["raw_query"], "projectKey=simple%2Ddemo&x=1+2");
    assert_eq!((first["token"].as_str(), first["token_in"].as_str()), (Some("admin"), Some("header")));
    assert_eq!(journal[1]["body"], r#"{"project_key":"p"}"#);
    assert_eq!(sim.journal("?after=1&method=post").as_array().map(Vec::len), Some(1));
    sim.raw("DELETE", "/__sim/journal", &[], "");
    assert_eq!(sim.journal(""), json!([]));
}

#[test]
fn faults_replace_delay_cut_and_drop() {
    let sim = Sim::start("{}");
    let fault = |body: &str| sim.control("faults", body);
    fault(
        r#"{"path":"/openapi/environments","status":503,"body":"busy","content_type":"text/plain","headers":{"Retry-After":"3"}}"#,
    );
    let answer = sim.get(LIST);
    assert_eq!((answer.status, answer.body.as_str(), answer.header("retry-after")), (503, "busy", Some("3")));
    assert_eq!(sim.get(LIST).status, 200, "used up");
    fault(r#"{"path":"*environments*","html":true}"#);
    let html = sim.get(LIST);
    assert_eq!((html.status, html.header("content-type")), (502, Some("text/html")));
    fault(r#"{"path":"/openapi","truncate":10}"#);
    let cut = sim.get(LIST);
    assert_eq!((cut.status, cut.body.len(), cut.header("content-length")), (200, 10, Some("10")));
    fault(r#"{"path":"/openapi","drop":"before"}"#);
    assert_eq!((sim.get(LIST).status, sim.get(LIST).status), (0, 200));
    fault(r#"{"path":"/openapi","drop":"mid_body"}"#);
    let half = sim.get(LIST);
    let announced: usize = half.header("content-length").and_then(|v| v.parse().ok()).expect("announced");
    assert!(half.status == 200 && half.body.len() < announced);
    fault(r#"[{"path":"/openapi","delay_ms":120},{"path":"/openapi","mfa":"verify"}]"#);
    let start = std::time::Instant::now();
    assert_eq!(sim.get(LIST).status, 200);
    assert!(start.elapsed().as_millis() >= 120);
    assert_eq!(sim.get(LIST).body, r#"{"reason":"mfa_verification_required"}"#);
    fault(r#"{"path":"/openapi","status":401,"times":0}"#);
    assert_eq!((sim.get(LIST).status, sim.get(LIST).body.as_str()), (401, ""));
    sim.raw("DELETE", "/__sim/faults", &[], "");
    assert_eq!(sim.get(LIST).status, 200);
    assert_eq!(
        sim.raw("POST", "/__sim/faults", &[], r#"{"pth":"x"}"#).status,
        400,
        "typing errors are refused"
    );
}

#[test]
fn the_world_can_be_changed_behind_the_clients_back() {
    let sim = Sim::start("{}");
    sim.control("mutate", r#"{"project":"simple-demo","env":"dev","status":"failed","set_variable":{"key":"cpuLimit","value":"3"},
        "set_config":{"type":"ConfigMap","yaml":"kind: ConfigMap\nmetadata:\n  name: game-demo\ndata:\n  by: somebody\n"},
        "service":{"name":"service1","bump_template":true},"pod":{"name":"service2-*","ready":false}}"#);
    let detail = sim.get("/openapi/environments/dev?projectKey=simple-demo").json();
    assert_eq!(
        (detail["status"].as_str(), detail["global_variables"][0]["value"].as_str()),
        (Some("failed"), Some("3"))
    );
    let service2 = detail["services"]
        .as_array()
        .and_then(|l| l.iter().find(|s| s["service_name"] == "service2"))
        .cloned();
    assert_eq!(service2.unwrap_or_default()["status"], "unstable");
    let config =
        sim.get("/openapi/environments/dev/envcfg/game-demo?projectKey=simple-demo&type=ConfigMap").json();
    assert_eq!(config["configMap_detail"]["update_by"], "somebody");
    sim.control("mutate", r#"{"project":"simple-demo","env":"dev","remove_template":"service2"}"#);
    assert_eq!(sim.get("/openapi/environments/dev?projectKey=simple-demo").json()["code"], 6078);
    assert_eq!(sim.raw("POST", "/__sim/mutate", &[], r#"{"project":"x","env":"y"}"#).status, 400);
    sim.control("reset", "");
    assert_eq!(sim.get("/openapi/environments/dev?projectKey=simple-demo").json()["status"], "success");
}

#[test]
fn sleep_and_wake_keep_the_replicas() {
    let sim = Sim::start("{}");
    let replicas = || {
        sim.get("/openapi/environments/dev/services/order?projectKey=simple-demo").json()["scales"][0]["replicas"].clone()
    };
    let before = replicas();
    sim.control("mutate", r#"{"project":"simple-demo","env":"dev","sleeping":true}"#);
    assert_eq!(replicas(), 0);
    assert_eq!(sim.get("/openapi/environments/dev?projectKey=simple-demo").json()["status"], "sleeping");
    sim.control("mutate", r#"{"project":"simple-demo","env":"dev","sleeping":false}"#);
    assert_eq!(replicas(), before);
}

#[test]
fn the_state_can_be_looked_at() {
    let sim = Sim::start("{}");
    let state = sim.raw("GET", "/__sim/state", &[], "").json();
    assert_eq!(state["version"], "v5.0.0");
    let one = sim.raw("GET", "/__sim/state?project=simple-demo&env=dev", &[], "").json();
    assert_eq!(one["env"]["services"][0]["name"], "service1");
}
