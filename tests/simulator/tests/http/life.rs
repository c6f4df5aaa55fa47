//! Environments and pods live on the simulated clock.

use crate::client::Sim;
use serde_json::{Value, json};

const P: &str = "projectKey=simple-demo";

fn create_body(key: &str) -> Value {
    json!({"env_key": key, "cluster_id": "0123456789abcdef12345678", "namespace": format!("ns-{key}"),
        "registry_id": "630c7ad700430c131062e245",
        "global_variables": [{"key": "cpuLimit", "value": "15m"}],
        "services": [{"service_name": "service2", "type": "k8s",
            "containers": [{"name": "myapp-1", "image": "r/myapp-1:2", "image_name": "myapp-1"}],
            "variable_kvs": [{"key": "cpu", "value": "8m"}, {"key": "cpuLimit", "use_global_variable": true}]}],
        "env_configs": [{"common_env_cfg_type": "ConfigMap", "yaml_data": "kind: ConfigMap\nmetadata:\n  name: made\n"}]})
}

fn status(sim: &Sim, env: &str) -> Value {
    sim.get(&format!("/openapi/environments/{env}?{P}")).json()["status"].clone()
}

#[test]
fn a_new_environment_is_created_and_becomes_ready() {
    let sim = Sim::start("{}");
    sim.succeed("POST", &format!("/openapi/environments?{P}"), &create_body("dev7").to_string());
    assert_eq!(status(&sim, "dev7"), "creating");
    sim.advance(20_000);
    let detail = sim.get(&format!("/openapi/environments/dev7?{P}")).json();
    assert_eq!(
        (detail["status"].as_str(), detail["services"][0]["status"].as_str()),
        (Some("success"), Some("running"))
    );
    let global = &detail["global_variables"][0];
    assert_eq!(
        (global["value"].as_str(), global["related_services"].clone()),
        (Some("15m"), json!(["service2"]))
    );
    let configs = sim.get(&format!("/openapi/environments/dev7/envcfgs?{P}&type=ConfigMap")).json();
    let names: Vec<&str> =
        configs.as_array().into_iter().flatten().filter_map(|c| c["name"].as_str()).collect();
    assert_eq!(names, ["kube-root-ca.crt", "made"]);
}

#[test]
fn a_new_environment_with_a_bad_image_fails_in_five_minutes() {
    let sim = Sim::start("{}");
    let mut body = create_body("dev8");
    body["services"][0]["containers"][0]["image"] = json!("r/myapp-1:notfound");
    sim.succeed("POST", &format!("/openapi/environments?{P}"), &body.to_string());
    sim.advance(290_000);
    assert_eq!(status(&sim, "dev8"), "creating");
    sim.advance(15_000);
    assert_eq!(status(&sim, "dev8"), "failed");
}

#[test]
fn creation_is_refused_in_the_servers_words() {
    let sim = Sim::start("{}");
    let post = |path: &str, body: &Value| sim.call("POST", &format!("{path}?{P}"), &body.to_string());
    let duplicate = post("/openapi/environments", &create_body("dev"));
    assert_eq!(duplicate.status, 500);
    assert_eq!(
        duplicate.json()["description"],
        "1 error occurred:\n\t* 创建环境失败: 创建环境失败: 环境已存在\n\n"
    );
    let mut body = create_body("x");
    body["global_variables"] = json!([{"key": "ghost", "value": "1"}]);
    let unknown = post("/openapi/environments", &body).json();
    assert_eq!(
        unknown["description"],
        "1 error occurred:\n\t* global variables not match the definition\n\n"
    );
    body["services"][0]["service_name"] = json!("ghost");
    let service = post("/openapi/environments", &body).json();
    assert_eq!(service["description"], "failed to find service from db, serviceName:ghost");
    body["cluster_id"] = Value::Null;
    assert_eq!(post("/openapi/environments", &body).json()["description"], "cluster_id is required");
    let mut production = create_body("x");
    production["namespace"] = json!("kube-system");
    let refused = post("/openapi/environments/production", &production).json();
    assert_eq!(
        refused["description"],
        "namespace kube-system is invalid, production environment namespace cannot be set to these three namespaces: kube-node-lease, kube-public, kube-system"
    );
    let helm = sim.call("POST", "/openapi/environments?projectKey=helm-demo", &create_body("x").to_string());
    assert_eq!(helm.json()["description"], "only support k8s type");
}

#[test]
fn deleting_takes_a_moment_and_production_none() {
    let sim = Sim::start("{}");
    let path = format!("/openapi/environments/dev5?{P}");
    let bad = sim.call("DELETE", &path, "").json();
    assert_eq!(
        (bad["code"].as_i64(), bad["description"].as_str()),
        (Some(6096), Some(r#"strconv.ParseBool: parsing "": invalid syntax"#))
    );
    sim.succeed("DELETE", &format!("{path}&isDelete=false"), "");
    assert_eq!(status(&sim, "dev5"), "deleting");
    sim.advance(2_000);
    assert_eq!(sim.get(&path).status, 500);
    sim.succeed("DELETE", &format!("/openapi/environments/production/prod-eu?{P}"), "");
    assert_eq!(sim.get(&format!("/openapi/environments/production/prod-eu?{P}")).status, 500);
}

#[test]
fn a_rollout_shows_old_and_new_pods_and_tells_its_story() {
    let sim = Sim::start("{}");
    let service = format!("/openapi/environments/dev/services/order?{P}");
    let body = json!({"product_name": "simple-demo", "env_name": "dev", "service_name": "order", "name": "order",
        "container_name": "order", "image": "r/order:2"});
    sim.succeed("POST", "/openapi/environments/image/deployment/dev", &body.to_string());
    let statuses = || -> Vec<String> {
        let pods = sim.get(&service).json()["scales"][0]["pods"].clone();
        pods.as_array()
            .into_iter()
            .flatten()
            .filter_map(|p| p["status"].as_str().map(str::to_owned))
            .collect()
    };
    assert!(statuses().contains(&"Pending".to_owned()));
    sim.advance(6_500);
    assert!(statuses().contains(&"Terminating".to_owned()), "{:?}", statuses());
    sim.advance(60_000);
    assert_eq!(statuses(), ["Running", "Running", "Running"]);
    let pod =
        sim.get(&service).json()["scales"][0]["pods"][0]["name"].as_str().unwrap_or_default().to_owned();
    let events =
        sim.get(&format!("/openapi/environments/kube/events?{P}&envName=dev&type=Pod&name={pod}")).json();
    let reasons: Vec<&str> =
        events.as_array().into_iter().flatten().filter_map(|e| e["reason"].as_str()).collect();
    for reason in ["Scheduled", "Pulling", "Pulled", "Created", "Started"] {
        assert!(reasons.contains(&reason), "{reason} in {reasons:?}");
    }
}

#[test]
fn a_bad_image_ends_in_its_reason() {
    let sim = Sim::start("{}");
    let reason = |tag: &str, wait: i64| {
        let body = json!({"product_name": "simple-demo", "env_name": "dev", "service_name": "stock", "name": "stock",
            "container_name": "stock", "image": format!("r/stock:{tag}")});
        sim.succeed("POST", "/openapi/environments/image/deployment/dev", &body.to_string());
        sim.advance(wait);
        let pods =
            sim.get(&format!("/openapi/environments/dev/services/stock?{P}")).json()["scales"][0]["pods"]
                .clone();
        let new = pods
            .as_array()
            .and_then(|l| l.iter().find(|p| p["pod_ready"] == false))
            .cloned()
            .unwrap_or_default();
        (
            new["status"].clone(),
            new["containers"][0]["reason"].clone(),
            new["containers"][0]["message"].clone(),
        )
    };
    let (status, why, _) = reason("1-missing", 8_000);
    assert_eq!((status, why), (json!("Pending"), json!("ImagePullBackOff")));
    let (status, why, message) = reason("1-crash", 10_000);
    assert_eq!((status, why), (json!("Unstable"), json!("CrashLoopBackOff")));
    assert!(
        message
            .as_str()
            .is_some_and(|m| m.starts_with("back-off 10s restarting failed container=stock pod=stock-"))
    );
    assert_eq!(reason("1-pending", 10_000).0, "Pending");
    let (status, why, _) = reason("1-slow", 30_000);
    assert_eq!((status, why), (json!("Running"), json!("")));
    sim.advance(60_000);
    let detail = sim.get(&format!("/openapi/environments/dev?{P}")).json();
    let stock =
        detail["services"].as_array().and_then(|l| l.iter().find(|s| s["service_name"] == "stock")).cloned();
    assert_eq!(stock.unwrap_or_default()["status"], "running");
}

#[test]
fn services_are_added_updated_and_deleted() {
    let sim = Sim::start("{}");
    let add = |service: Value| json!({"env_key": "dev5", "service_list": [service]}).to_string();
    let path = format!("/openapi/environments/service/yaml?{P}");
    let sent = json!({"service_name": "service2", "variable_kvs": [{"key": "cpuLimit", "use_global_variable": true}, {"key": "port", "value": "1"}]});
    sim.succeed("POST", &path, &add(sent.clone()));
    assert_eq!(status(&sim, "dev5"), "updating");
    let again = sim.call("POST", &path, &add(sent)).json();
    assert_eq!(
        again["description"],
        "service service2 already exist in env, cannot repeatedly add the same service to the environment"
    );
    let busy =
        sim.call("PUT", &format!("/openapi/environments/dev5/services?{P}"), r#"{"service_list":[]}"#).json();
    assert_eq!(busy["description"], "1 error occurred:\n\t* 更新环境失败: 环境正处于不能更新的状态\n\n");
    sim.advance(3_000);
    let global =
        || sim.get(&format!("/openapi/environments/dev5/variable?{P}")).json()[0]["related_services"].clone();
    assert_eq!(global(), json!(["service1", "service2"]));
    let update = json!({"service_list": [{"service_name": "service2", "variable_kvs": [{"key": "port", "value": "2"}]}]});
    sim.succeed("PUT", &format!("/openapi/environments/dev5/services?{P}"), &update.to_string());
    assert_eq!(global(), json!(["service1"]), "a key that was not sent lost its binding");
    let delete = json!({"env_key": "dev5", "service_names": ["service2"]}).to_string();
    sim.succeed("DELETE", &path, &delete);
    let detail = sim.get(&format!("/openapi/environments/dev5?{P}")).json();
    assert_eq!(detail["services"].as_array().map(Vec::len), Some(1));
    let wrong = json!({"env_key": "prod", "service_list": []}).to_string();
    let family = sim.call("POST", &path, &wrong).json();
    assert_eq!(
        family["description"],
        "environment prod is invalid, the env production field is: true, but the request env production field is: false"
    );
}

#[test]
fn sub_environments_turn_on_check_by_check() {
    let sim = Sim::start("{}");
    let ready = |op: &str| sim.get(&format!("/openapi/environments/qa/check/sharenv/{op}/ready?{P}")).json();
    assert_eq!(ready("disable")["is_ready"], true);
    let names = sim.get(&format!("/openapi/environments/qa/check/workloads/k8services?{P}")).json();
    assert_eq!(names, json!(["notify-worker.Deployment"]));
    sim.succeed("POST", &format!("/openapi/environments/qa/share/enable?{P}"), "");
    let first = ready("enable");
    assert_eq!(
        (first["is_ready"].clone(), first["checks"]["namespace_has_istio_label"].clone()),
        (json!(false), json!(true))
    );
    assert_eq!(first["checks"]["virtualservice_deployed"], false);
    sim.advance(2_000);
    assert_eq!(ready("enable")["checks"]["workloads_ready"], false);
    sim.advance(60_000);
    assert_eq!(ready("enable")["is_ready"], true);
    sim.succeed("DELETE", &format!("/openapi/environments/qa/share/enable?{P}"), "");
    sim.advance(60_000);
    assert_eq!(ready("disable")["is_ready"], true);
    let asleep = sim.call("POST", "/openapi/environments/asleep/share/enable?projectKey=bad-day", "");
    assert_eq!(
        (asleep.status, asleep.json()["description"].as_str()),
        (500, Some("Environment is sleeping"))
    );
}

#[test]
fn scaling_to_zero_leaves_no_pods() {
    let sim = Sim::start("{}");
    let body = json!({"project_key": "simple-demo", "env_key": "dev", "service_name": "web", "workload_name": "web",
        "workload_type": "Deployment"});
    sim.succeed("POST", "/openapi/environments/scale", &body.to_string());
    sim.advance(10_000);
    let service = sim.get(&format!("/openapi/environments/dev/services/web?{P}")).json();
    assert_eq!(
        (service["scales"][0]["replicas"].clone(), service["scales"][0]["pods"].clone()),
        (json!(0), json!([]))
    );
    assert_eq!(status(&sim, "dev"), "success");
}
