//! What the server does and no document says.

use crate::client::Sim;
use serde_json::{Value, json};

const P: &str = "projectKey=simple-demo";

fn scales(sim: &Sim, env: &str, service: &str) -> Value {
    sim.get(&format!("/openapi/environments/{env}/services/{service}?{P}")).json()["scales"].clone()
}

#[test]
fn the_portal_get_forgets_its_answer_unless_fixed() {
    let sim = Sim::start("{}");
    let path = format!("/openapi/environments/base/share/portal/gateway?{P}");
    assert_eq!(sim.get(&path).body, r#"{"message":"success"}"#);
    sim.control("reset", r#"{"fixed_portal":true}"#);
    let expected = r#"{"default_gateway_address":"81.69.166.47","servers":[{"host":"zcms-a-b1.8slan.com","port_number":80,"port_protocol":"HTTP"},{"host":"a.zicemoshi-helm-env-dev","port_number":80,"port_protocol":"HTTP"}]}"#;
    assert_eq!(sim.get(&path).body, expected);
    sim.succeed("POST", &path, "[]");
    assert_eq!(sim.get(&path).json()["servers"], json!([]));
    assert_eq!(sim.call("POST", &path, "[]").json()["code"], 6079);
    let not_base = sim.get(&format!("/openapi/environments/dev/share/portal/gateway?{P}")).json();
    assert_eq!(not_base["description"], "%s doesn't enable share environment or is not base environment");
}

#[test]
fn production_configurations_cannot_be_created_or_updated() {
    let sim = Sim::start("{}");
    let yaml = "kind: ConfigMap\nmetadata:\n  name: x\n";
    let body = json!({"name": "x", "common_env_cfg_type": "ConfigMap", "yaml_data": yaml, "env_key": "prod"})
        .to_string();
    let created = sim.call("POST", &format!("/openapi/environments/production/prod/envcfgs?{P}"), &body);
    assert_eq!((created.status, created.json()["code"].as_i64()), (400, Some(6095)));
    assert_eq!(created.json()["description"], "mongo: no documents in result");
    let updated = sim.call("PUT", &format!("/openapi/environments/production/envcfgs?{P}"), &body);
    assert_eq!(updated.json()["code"], 6089);
    sim.succeed(
        "DELETE",
        &format!("/openapi/environments/production/prod/envcfg/app-settings?{P}&type=ConfigMap"),
        "",
    );
}

#[test]
fn the_old_server_scales_nothing_with_success() {
    let sim = Sim::start(r#"{"version":"v3.4.0"}"#);
    let body = |service: &str, name: &str| {
        json!({"project_key": "simple-demo", "env_key": "dev", "service_name": service, "workload_name": name,
            "workload_type": "Deployment", "target_replicas": 3})
        .to_string()
    };
    sim.succeed("POST", "/openapi/environments/scale", &body("ghost", "ghost"));
    sim.control("reset", r#"{"version":"v4.2.1"}"#);
    let unknown = sim.call("POST", "/openapi/environments/scale", &body("ghost", "ghost")).json();
    assert_eq!(unknown["description"], "failed to find k8s service ghost in env dev");
    assert_eq!(
        sim.call("POST", "/openapi/environments/scale", &body("service1", "ghost")).json()["code"],
        6081
    );
    let nameless = sim.call("POST", "/openapi/environments/scale", &body("", "service1"));
    assert_eq!(nameless.json()["description"], "service_name is required");
    sim.succeed("POST", "/openapi/environments/scale", &body("service1", "service1"));
    sim.advance(20_000);
    assert_eq!(scales(&sim, "dev", "service1")[0]["pods"].as_array().map(Vec::len), Some(3));
}

#[test]
fn an_autoscaler_undoes_a_scale() {
    let sim = Sim::start("{}");
    let body = json!({"project_key": "kinds", "env_key": "dev", "service_name": "autoscaled",
        "workload_name": "autoscaled", "workload_type": "Deployment", "target_replicas": 1});
    sim.succeed("POST", "/openapi/environments/scale", &body.to_string());
    let replicas = || {
        sim.get("/openapi/environments/dev/services/autoscaled?projectKey=kinds").json()["scales"][0]["replicas"].clone()
    };
    assert_eq!(replicas(), 1);
    sim.advance(30_000);
    assert_eq!(replicas(), 3);
}

#[test]
fn a_wrong_container_is_added() {
    let sim = Sim::start("{}");
    let body = |container: &str, image: &str| {
        json!({"product_name": "simple-demo", "env_name": "dev", "service_name": "service1", "name": "service1",
            "container_name": container, "image": image})
        .to_string()
    };
    sim.succeed("POST", "/openapi/environments/image/deployment/anything", &body("oops", "a/b:1"));
    let images = &scales(&sim, "dev", "service1")[0]["images"];
    assert_eq!(images.as_array().map(Vec::len), Some(2));
    sim.succeed("POST", "/openapi/environments/image/deployment/anything", &body("service1", "r/service1:2"));
    let detail = sim.get(&format!("/openapi/environments/dev?{P}")).json();
    assert_eq!(detail["services"][0]["containers"][0]["image"], "r/service1:2");
}

#[test]
fn an_image_of_an_unknown_service_is_patched_before_it_is_refused() {
    let sim = Sim::start("{}");
    let body = json!({"product_name": "simple-demo", "env_name": "dev", "service_name": "ghost", "name": "service1",
        "container_name": "service1", "image": "r/x:9"});
    let answer = sim.call("POST", "/openapi/environments/image/deployment/dev", &body.to_string()).json();
    assert_eq!(
        (answer["code"].as_i64(), answer["description"].as_str()),
        (Some(6082), Some("服务 ghost 不存在"))
    );
    assert_eq!(scales(&sim, "dev", "service1")[0]["images"][0]["image"], "r/x:9");
}

#[test]
fn leaving_out_the_alias_clears_it() {
    let sim = Sim::start("{}");
    let alias = || sim.get(&format!("/openapi/environments/production/prod?{P}")).json()["env_name"].clone();
    assert_eq!(alias(), "prod");
    sim.succeed(
        "PUT",
        &format!("/openapi/environments/production/prod?{P}"),
        r#"{"registry_id":"6350be2b4503905e98b4b771"}"#,
    );
    assert_eq!(alias(), Value::Null);
    sim.succeed("PUT", &format!("/openapi/environments/nowhere?{P}"), "{}");
    let bad = sim.call("PUT", &format!("/openapi/environments/dev?{P}"), r#"{"registry_id":"x"}"#).json();
    assert_eq!(
        (bad["code"].as_i64(), bad["description"].as_str()),
        (Some(6401), Some("无法创建默认的镜像仓库"))
    );
}

#[test]
fn the_variable_put_replaces_everything() {
    let sim = Sim::start("{}");
    let path = format!("/openapi/environments/dev/variable?{P}");
    let mut all = sim.get(&path).json();
    let bare = json!({"global_variables": [{"key": "cpuLimit", "value": "2"}]});
    let refused = sim.call("PUT", &path, &bare.to_string()).json();
    assert_eq!(refused["code"], 6076);
    assert!(
        refused["description"]
            .as_str()
            .is_some_and(|d| d.starts_with("global variable logLevel is used by service ["))
    );
    let list = all.as_array_mut().expect("a list");
    list.retain(|v| !v["related_services"].as_array().is_some_and(Vec::is_empty));
    list[0] = json!({"key": "cpuLimit", "value": "2"});
    let before = scales(&sim, "dev", "service1")[0]["pods"][0]["name"].clone();
    sim.succeed("PUT", &path, &json!({"global_variables": all}).to_string());
    assert_eq!(sim.get(&format!("/openapi/environments/dev?{P}")).json()["status"], "updating");
    sim.advance(60_000);
    let after = sim.get(&path).json();
    let cpu = after.as_array().and_then(|l| l.iter().find(|v| v["key"] == "cpuLimit")).expect("it is there");
    assert_eq!((cpu["type"].as_str(), cpu["related_services"].clone()), (Some(""), json!([])));
    assert!(after.as_array().is_some_and(|l| l.iter().all(|v| v["key"] != "memLimit")));
    assert_ne!(scales(&sim, "dev", "service1")[0]["pods"][0]["name"], before, "the related service rolled");
}

#[test]
fn variable_refusals_have_the_servers_words() {
    let sim = Sim::start("{}");
    let path = format!("/openapi/environments/dev/variable?{P}");
    let description = |body: Value| sim.call("PUT", &path, &body.to_string()).json()["description"].clone();
    let with = |extra: Value| {
        let mut all = sim.get(&path).json();
        all.as_array_mut().expect("a list").push(extra);
        json!({"global_variables": all})
    };
    let unknown = description(with(json!({"key": "ghost", "value": "1"})));
    assert_eq!(unknown, "added global variable ghost is not in project's global variable list");
    let related =
        description(with(json!({"key": "unusedSoFar", "value": "1", "related_services": ["service1"]})));
    assert_eq!(
        related,
        "UNEXPECT ERROR: global variable unusedSoFar is new, but RelatedServices is not empty"
    );
    let bad =
        description(with(json!({"key": "unusedSoFar", "value": "1", "type": "enum", "options": ["a"]})));
    assert_eq!(
        bad,
        "failed to convert args' global variables to yaml, err: invaild value for enum, key: unusedSoFar"
    );
    let asleep = sim.call(
        "PUT",
        "/openapi/environments/asleep/variable?projectKey=bad-day",
        r#"{"global_variables":[]}"#,
    );
    assert_eq!(asleep.json()["description"], "environment is sleeping");
}

#[test]
fn restarting_what_is_not_there_succeeds() {
    let sim = Sim::start("{}");
    sim.succeed("POST", &format!("/openapi/environments/dev/service/ghost/restart?{P}"), "");
    let asleep =
        sim.call("POST", "/openapi/environments/asleep/service/healthy/restart?projectKey=bad-day", "");
    assert_eq!((asleep.status, asleep.json()["code"].as_i64()), (400, Some(6081)));
}

#[test]
fn only_the_first_workload_restarts() {
    let sim = Sim::start("{}");
    let pods = || {
        let scales =
            sim.get("/openapi/environments/dev/services/two-workloads?projectKey=kinds").json()["scales"]
                .clone();
        (scales[0]["pods"][0]["name"].clone(), scales[1]["pods"][0]["name"].clone())
    };
    let before = pods();
    sim.succeed("POST", "/openapi/environments/dev/service/two-workloads/restart?projectKey=kinds", "");
    sim.advance(30_000);
    let after = pods();
    assert_ne!(before.0, after.0);
    assert_eq!(before.1, after.1);
}

#[test]
fn the_list_moves_and_carries_two_names() {
    let sim = Sim::start("{}");
    let list = || sim.get(&format!("/openapi/environments?{P}")).body;
    let first = list();
    assert!((0..20).any(|_| list() != first), "the order never moved");
    let json: Value = serde_json::from_str(&first).expect("a list");
    let qa = json.as_array().and_then(|l| l.iter().find(|e| e["env_key"] == "qa")).expect("it is there");
    assert_eq!(qa["envName"], "QA 环境");
    assert_eq!(qa.get("env_name"), None);
}

#[test]
fn the_image_path_changed_its_name() {
    let sim = Sim::start(r#"{"version":"v3.4.0"}"#);
    let container =
        || sim.get(&format!("/openapi/environments/dev?{P}")).json()["services"][0]["containers"][0].clone();
    assert!(container().get("imagePath").is_some());
    sim.control("reset", r#"{"version":"v4.2.1"}"#);
    let new = container();
    assert!(new.get("image_path").is_some() && new.get("imagePath").is_none());
}

#[test]
fn daemon_sets_and_jobs_show_since_5() {
    let sim = Sim::start(r#"{"version":"v4.3.0"}"#);
    let scales =
        || sim.get("/openapi/environments/dev/services/node-agent?projectKey=kinds").json()["scales"].clone();
    assert_eq!(scales(), json!([]));
    sim.control("reset", r#"{"version":"v5.0.0"}"#);
    assert_eq!(scales()[0]["type"], "DaemonSet");
}

#[test]
fn a_base_environments_services_are_kept_for_its_sub_environments() {
    let sim = Sim::start("{}");
    let body = json!({"env_key": "base", "service_names": ["order"]}).to_string();
    let answer = sim.call("DELETE", &format!("/openapi/environments/service/yaml?{P}"), &body);
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.body,
        r#"{"code":6094,"description":"","extra":{"order":["feature-cart"]},"message":"删除服务失败，待删除服务存在于子环境中","type":"error"}"#
    );
    let unknown = json!({"env_key": "base", "service_names": ["ghost"]}).to_string();
    sim.succeed("DELETE", &format!("/openapi/environments/service/yaml?{P}"), &unknown);
}

#[test]
fn an_environment_has_values_that_only_its_yaml_tells_and_that_an_update_keeps() {
    let sim = Sim::start("{}");
    let yaml = |service: &str| {
        let path = format!("/openapi/environments/service/yaml?{P}&envName=dev&serviceName={service}");
        sim.get(&path).body
    };
    let own = [
        ("service1", "1Gi"),
        ("service2", "set for this environment"),
        ("order", "2Gi"),
        ("search", "debug"),
    ];
    let detail = sim.get(&format!("/openapi/environments/dev?{P}")).body;
    for (service, value) in own {
        assert!(yaml(service).contains(&format!("value: \"{value}\"")), "{service}");
    }
    assert!(!detail.contains("set for this environment"), "the detail has the template's defaults");
    let bound = ["cpuLimit", "limits", "tracing"]
        .map(|key| json!({"key": key, "value": "whatever", "use_global_variable": true}));
    let update = json!({"service_list": [{"service_name": "service2", "variable_kvs": bound}]}).to_string();
    let before = yaml("service2");
    sim.succeed("PUT", &format!("/openapi/environments/dev/services?{P}"), &update);
    assert_eq!(
        yaml("service2"),
        before,
        "what is not sent keeps its value, what is bound keeps the global's"
    );
}
