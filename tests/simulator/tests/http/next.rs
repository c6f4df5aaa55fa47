//! Corrections (contract 9.1) and the server to come (contract 9.2).

use crate::client::Sim;
use serde_json::json;

const P: &str = "projectKey=simple-demo";

#[test]
fn only_administrators_are_told_the_version() {
    let sim = Sim::start("{}");
    let context = |who: &str| sim.call_as(who, "GET", "/openapi/system/cli/context", "").json();
    assert_eq!(context("admin")["server_version"], "v5.0.0");
    let ordinary = context("developer");
    assert_eq!(ordinary["user"]["account"], "developer");
    let keys: Vec<&String> = ordinary.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["request_id", "user"]);

    sim.control("reset", r#"{"licence_unreachable":true}"#);
    assert_eq!(sim.call("GET", "/openapi/system/cli/context", "").status, 500);
    assert_eq!(sim.call_as("developer", "GET", "/openapi/system/cli/context", "").status, 200);
}

#[test]
fn a_pod_is_restarted_by_the_service_it_belongs_to_and_a_jobs_is_not() {
    let sim = Sim::start("{}");
    let pod_of = |project: &str, service: &str| {
        let path = format!("/openapi/environments/dev/services/{service}?projectKey={project}");
        let name = sim.get(&path).json()["scales"][0]["pods"][0]["name"].clone();
        name.as_str().expect("a pod").to_owned()
    };
    let restart = |project: &str, service: &str, pod: &str| {
        let path =
            format!("/openapi/environments/dev/service/{service}/pod/{pod}/restart?projectKey={project}");
        sim.call("POST", &path, "")
    };
    let pod = pod_of("simple-demo", "service1");
    let other = restart("simple-demo", "service2", &pod);
    assert_eq!((other.status, other.json()["code"].as_i64()), (400, Some(400)));
    assert_eq!(other.json()["description"], format!("pod {pod} does not belong to service service2"));
    assert_eq!(restart("simple-demo", "service1", "gone").json()["code"], 400);
    let job = pod_of("kinds", "migrate-once");
    let refused = restart("kinds", "migrate-once", &job).json();
    assert_eq!(refused["description"], "restart pod is not supported for Job workload migrate-once");
    assert_eq!(restart("simple-demo", "service1", &pod).status, 200);

    sim.control("reset", r#"{"version":"head"}"#);
    let path = |pod: &str| format!("/openapi/environments/dev/pod/{pod}/restart?projectKey=kinds");
    let job = pod_of("kinds", "migrate-once");
    assert_eq!(sim.call("POST", &path("gone"), "").json()["code"], 6153);
    assert_eq!(sim.call("POST", &path(&job), "").status, 200);
}

#[test]
fn helpers_of_services_refuse_as_the_server_does() {
    let sim = Sim::start("{}");
    let get = |path: &str| sim.get(path);
    assert_eq!(get(&format!("/openapi/environments/ghost/service/web/pods?{P}")).json()["code"], 6083);
    let nameless = get(&format!("/openapi/environments/service/yaml?{P}&envName=dev")).json();
    assert_eq!(
        (nameless["code"].as_i64(), nameless["description"].as_str()),
        (Some(400), Some("serviceName cannot be empty"))
    );
    let unknown = get(&format!("/openapi/environments/service/yaml?{P}&envName=dev&serviceName=ghost"));
    assert_eq!((unknown.status, unknown.body.as_str()), (200, ""));
    for family in ["", "/production"] {
        let path = format!("/openapi/environments{family}/service/values?{P}&envName=dev&serviceName=ghost");
        let values = get(&path);
        assert_eq!(values.status, 500);
        let text = values.json()["description"].as_str().unwrap_or_default().to_owned();
        assert!(text.starts_with("failed to get chart values, projectKey: simple-demo"), "{text}");
    }
}

#[test]
fn a_list_is_no_sub_environment() {
    let sim = Sim::start("{}");
    let body = json!({"env_key": "new", "cluster_id": "0123456789abcdef12345678", "namespace": "new", "registry_id": "r",
        "sub_env": []});
    let answer = sim.call("POST", &format!("/openapi/environments?{P}"), &body.to_string());
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("cannot unmarshal array"), "{}", answer.body);
}

#[test]
fn the_next_server_tells_families_and_rights_apart() {
    let sim = Sim::start(r#"{"version":"next"}"#);
    assert_eq!(sim.get("/openapi/system/cli/context").json()["server_version"], "v5.0.0");
    let events = |who: &str, env: &str, more: &str| {
        let path = format!("/openapi/environments/kube/events?{P}&envName={env}&type=Pod&name=x{more}");
        sim.call_as(who, "GET", &path, "").status
    };
    assert_eq!(events("admin", "prod", ""), 500);
    assert_eq!(events("admin", "prod", "&production=true"), 200);
    assert_eq!(events("admin", "dev", "&production=true"), 500);
    assert_eq!(events("developer", "dev", ""), 200);
    assert_eq!(events("developer", "prod", "&production=true"), 403);
    let viewer = sim.call_as("viewer", "GET", &format!("/openapi/environments/dev?{P}"), "");
    assert_eq!((viewer.status, viewer.body.as_str()), (403, ""));

    let old = Sim::start("{}");
    assert_eq!(old.call_as("viewer", "GET", &format!("/openapi/environments/dev?{P}"), "").status, 200);
}

#[test]
fn the_next_server_has_its_own_answers() {
    let sim = Sim::start(r#"{"version":"next"}"#);
    let unknown = sim.get("/openapi/environments?projectKey=ghost");
    assert_eq!((unknown.status, unknown.json()["description"].as_str()), (404, Some("产品不存在: ghost")));
    let dev = sim.get(&format!("/openapi/environments/dev?{P}")).json();
    assert!(dev["services"][0]["revision"].is_number());
    let busy = sim.call(
        "PUT",
        "/openapi/environments/updating/services?projectKey=bad-day",
        r#"{"service_list":[]}"#,
    );
    assert_eq!(busy.status, 409);
    let secrets = sim.get(&format!("/openapi/environments/dev/envcfgs?{P}&type=Secret")).json();
    let name = secrets[0]["name"].as_str().expect("a secret").to_owned();
    let secret = sim.get(&format!("/openapi/environments/dev/envcfg/{name}?{P}&type=Secret"));
    assert!(secret.body.contains("********"), "{}", secret.body);
}
