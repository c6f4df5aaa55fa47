//! Helpers, version-dependent routes, and the seed's special shapes.

use crate::client::Sim;
use serde_json::{Value, json};

#[test]
fn helpers_answer_their_shapes() {
    let sim = Sim::start("{}");
    let projects = sim.get("/openapi/projects/project?pageSize=2&pageNum=2").json();
    assert_eq!(projects["projects"].as_array().map(Vec::len), Some(2));
    assert!(projects["total"].as_u64().is_some_and(|n| n >= 6));
    assert_eq!(sim.get("/openapi/projects/project/detail?projectKey=ghost").status, 403);
    let globals = sim.get("/openapi/projects/project/globalVariable?projectKey=simple-demo").json();
    assert_eq!(globals["variables"][0]["key"], "cpuLimit");
    assert_eq!(sim.get("/openapi/system/cluster").json()[0]["type"], "agent");
    assert_eq!(sim.get("/openapi/system/registry").json()[0]["is_default"], true);
    assert_eq!(sim.get("/openapi/cluster/istio/check/0123456789abcdef12345678").body, "true");
    let services = sim.get("/openapi/service/yaml/services?projectKey=simple-demo").json();
    assert!(services.as_array().is_some_and(|l| l.iter().any(|s| s["service_name"] == "service2")));
    let service = sim.get("/openapi/service/yaml/service1?projectKey=simple-demo").json();
    assert!(service["yaml"].as_str().is_some_and(|y| y.contains("{{.cpuLimit}}")));
    assert_eq!(
        sim.call_as("developer", "GET", "/openapi/system/registry/630c7ad700430c131062e245", "").status,
        403
    );
}

#[test]
fn newer_routes_come_with_their_version() {
    let sim = Sim::start(r#"{"version":"v3.4.0"}"#);
    let yaml = "/openapi/environments/service/yaml?projectKey=simple-demo&envName=dev&serviceName=service1";
    let pods = "/openapi/environments/dev/service/service1/pods?projectKey=simple-demo";
    assert_eq!(sim.get(yaml).status, 405);
    assert_eq!(sim.get(pods).status, 404);
    assert_eq!(sim.get("/openapi/system/cli/context").status, 404);
    sim.control("reset", r#"{"version":"v5.0.0"}"#);
    let text = sim.get(yaml);
    assert_eq!(text.header("content-type"), Some("text/plain; charset=utf-8"));
    assert!(text.body.contains("kind: Deployment") && text.body.contains("---\n"));
    assert_eq!(sim.get(&yaml.replace("service1", "ghost")).body, "");
    let pod = sim.get(pods).json()["pods"][0]["pod_name"].as_str().unwrap_or_default().to_owned();
    let restart = |pod: &str| {
        format!("/openapi/environments/dev/service/service1/pod/{pod}/restart?projectKey=simple-demo")
    };
    sim.succeed("POST", &restart(&pod), "");
    let unknown = sim.call("POST", &restart("ghost"), "").json();
    assert_eq!(
        (unknown["code"].as_i64(), unknown["description"].as_str()),
        (Some(400), Some("pod ghost does not belong to service service1"))
    );
    assert_eq!(sim.get("/openapi/system/cli/context").json()["server_version"], "v5.0.0");
}

#[test]
fn writes_are_in_the_operation_log() {
    let sim = Sim::start("{}");
    sim.succeed("POST", "/openapi/environments/dev/service/service1/restart?projectKey=simple-demo", "");
    let path =
        "/openapi/system/operation/env?projectKey=simple-demo&envName=dev&perPage=10&page=1&searchType=all";
    let log = sim.get(path).json();
    assert_eq!(
        (log["total"].as_i64(), log["operation_logs"][0]["username"].as_str()),
        (Some(1), Some("admin"))
    );
    assert_eq!(sim.get("/openapi/system/operation/env?projectKey=simple-demo").json()["code"], 6652);
    assert_eq!(sim.call_as("developer", "GET", path, "").status, 403);
}

#[test]
fn the_bad_day_shows_every_misery() {
    let sim = Sim::start("{}");
    let detail = sim.get("/openapi/environments/bad-day?projectKey=bad-day").json();
    let status = |name: &str| -> Value {
        let found = detail["services"].as_array().and_then(|l| l.iter().find(|s| s["service_name"] == name));
        found.map(|s| s["status"].clone()).unwrap_or_default()
    };
    assert_eq!(status("healthy"), "running");
    for name in ["crashing", "no-image", "no-node", "not-ready", "half-rolled"] {
        assert_eq!(status(name), "unstable", "{name}");
    }
    assert_eq!(
        (status("scaled-to-zero"), status("apply-error"), status("odd-status")),
        (json!("unstart"), json!("error"), json!("reticulating"))
    );
    let pods = sim.get("/openapi/environments/bad-day/services/crashing?projectKey=bad-day").json()["scales"]
        [0]["pods"]
        .clone();
    assert_eq!(pods[0]["containers"][0]["reason"], "CrashLoopBackOff");
    assert!(pods[0]["containers"][0]["restart_count"].as_i64().is_some_and(|n| n > 20));
    let lost = sim.get("/openapi/environments/lost-cluster?projectKey=bad-day").json();
    assert_eq!(lost["code"], 6065);
}

#[test]
fn special_services_have_their_shapes() {
    let sim = Sim::start("{}");
    let service =
        |name: &str| sim.get(&format!("/openapi/environments/dev/services/{name}?projectKey=kinds")).json();
    let status = |name: &str| {
        let detail = sim.get("/openapi/environments/dev?projectKey=kinds").json();
        let found =
            detail["services"].as_array().and_then(|l| l.iter().find(|s| s["service_name"] == name)).cloned();
        found.unwrap_or_default()["status"].clone()
    };
    assert_eq!(service("mysql")["scales"][0]["pods"][2]["name"], "mysql-2");
    assert_eq!(service("two-containers")["scales"][0]["images"].as_array().map(Vec::len), Some(2));
    assert_eq!(service("two-containers")["ingress"][0]["host_info"][0]["host"], "two.example.com");
    assert_eq!(service("node-port")["service_endpoints"][0]["endpoints"][0]["node_port"], 30594);
    assert_eq!(service("cron-suspended")["cron_jobs"][0]["suspend"], true);
    assert_eq!(
        (status("cron-active"), status("cron-partly-suspended"), status("cron-suspended")),
        (json!("nosuspend"), json!("partsuspend"), json!("allsuspend"))
    );
    assert_eq!(status("migrate-once"), "succeeded");
    let ghost = service("ghost");
    assert_eq!((ghost["scales"].clone(), ghost["ingress"].clone()), (json!([]), json!([])));
    let helm = sim.get("/openapi/environments/dev/services/redis?projectKey=helm-demo").json();
    assert_eq!(helm["description"], "service redis not found, unknow type");
    assert_eq!(
        sim.get("/openapi/environments/dev/services/redis?projectKey=helm-demo&workLoadType=Deployment")
            .status,
        200
    );
}

#[test]
fn five_thousand_environments_are_listed_quickly_and_made_up_on_demand() {
    let sim = Sim::start(r#"{"scale":5000}"#);
    let start = std::time::Instant::now();
    let test = sim.get("/openapi/environments?projectKey=scale").json();
    let production = sim.get("/openapi/environments/production?projectKey=scale").json();
    let total = test.as_array().map_or(0, Vec::len) + production.as_array().map_or(0, Vec::len);
    assert_eq!(total, 5_000);
    assert!(start.elapsed().as_millis() < 2_000, "{:?}", start.elapsed());
    let detail = sim.get("/openapi/environments/env-00012?projectKey=scale").json();
    assert_eq!(detail["services"].as_array().map(Vec::len), Some(4));
    let large = sim.get("/openapi/environments/large?projectKey=large").json();
    assert_eq!(large["services"].as_array().map(Vec::len), Some(500));
    let fleet = sim.get("/openapi/environments/fleet/services/fleet?projectKey=large").json();
    assert_eq!(fleet["scales"][0]["pods"].as_array().map(Vec::len), Some(200));
}
