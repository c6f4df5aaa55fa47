//! Configuration objects (E23-E31).

use crate::client::Sim;
use serde_json::{Value, json};

const P: &str = "projectKey=simple-demo";

fn put(sim: &Sim, name: &str, kind: &str, yaml: &str) -> Value {
    let body =
        json!({"name": name, "env_key": "dev", "common_env_cfg_type": kind, "yaml_data": yaml}).to_string();
    sim.call("PUT", &format!("/openapi/environments/envcfgs?{P}"), &body).json()
}

fn post(sim: &Sim, kind: &str, yaml: &str) -> Value {
    let body = json!({"name": "any", "common_env_cfg_type": kind, "yaml_data": yaml}).to_string();
    sim.call("POST", &format!("/openapi/environments/dev/envcfgs?{P}"), &body).json()
}

#[test]
fn the_type_is_required_in_truth() {
    let sim = Sim::start("{}");
    let list = sim.get(&format!("/openapi/environments/dev/envcfgs?{P}"));
    assert_eq!(
        (list.status, list.json()["description"].as_str()),
        (500, Some("invalid common env cfg type: "))
    );
    let delete = sim.call("DELETE", &format!("/openapi/environments/dev/envcfg/x?{P}"), "");
    assert_eq!((delete.status, delete.json()["description"].as_str()), (400, Some("type is empty")));
    let odd = sim.call("DELETE", &format!("/openapi/environments/dev/envcfg/x?{P}&type=Pod"), "").json();
    assert_eq!(odd["description"], "Pod is not support delete");
}

#[test]
fn each_kind_has_its_own_key_in_detail() {
    let sim = Sim::start("{}");
    for (kind, name, key) in [
        ("ConfigMap", "game-demo", "configMap_detail"),
        ("Secret", "db-credentials", "secret_detail"),
        ("Ingress", "demo-tls", "ingress_detail"),
        ("PVC", "uploads", "pvc_detail"),
    ] {
        let detail = sim.get(&format!("/openapi/environments/dev/envcfg/{name}?{P}&type={kind}")).json();
        assert_eq!(
            detail.as_object().map(|o| o.keys().cloned().collect::<Vec<_>>()),
            Some(vec![key.to_owned()])
        );
        assert_eq!(detail[key]["project_key"], "simple-demo");
        assert_eq!(detail[key]["source_detail"], Value::Null);
    }
    let git = sim.get(&format!("/openapi/environments/dev/envcfg/from-git?{P}&type=ConfigMap")).json();
    assert_eq!(git["configMap_detail"]["source_detail"]["git_repo_config"]["repo"], "config-data");
    let pvc = sim.get(&format!("/openapi/environments/dev/envcfg/uploads?{P}&type=PVC")).json();
    assert_eq!(
        (pvc["pvc_detail"]["status"].clone(), pvc["pvc_detail"]["access_modes"].clone()),
        (json!("Bound"), json!("RWX"))
    );
    let missing = sim.get(&format!("/openapi/environments/dev/envcfg/ghost?{P}&type=Secret"));
    assert_eq!((missing.status, missing.json()["description"].as_str()), (500, Some("not found")));
}

#[test]
fn an_update_checks_kind_and_name_and_restarts_who_reads_it() {
    let sim = Sim::start("{}");
    let yaml = "kind: ConfigMap\nmetadata:\n  name: game-demo\ndata:\n  a: $EnvName$\n";
    assert_eq!(put(&sim, "other", "ConfigMap", yaml)["description"], "configMap Yaml Name is incorrect");
    let kind = put(&sim, "game-demo", "Secret", yaml);
    assert_eq!(kind["description"], "param commonEnvCfgType:Secret not match yaml kind ConfigMap ");
    assert_eq!(
        put(&sim, "", "ConfigMap", yaml)["description"],
        "failed to validate request data err : name is required"
    );
    assert_eq!(put(&sim, "game-demo", "ConfigMap", "a: [")["code"], 6095);
    let pod = || {
        sim.get(&format!("/openapi/environments/dev/services/service1?{P}")).json()["scales"][0]["pods"][0]["name"].clone()
    };
    let before = pod();
    assert_eq!(put(&sim, "game-demo", "ConfigMap", yaml)["message"], "success");
    let detail = sim.get(&format!("/openapi/environments/dev/envcfg/game-demo?{P}&type=ConfigMap")).json();
    let detail = &detail["configMap_detail"];
    assert!(
        detail["yaml_data"]
            .as_str()
            .is_some_and(|y| y.contains("a: dev\n") && y.contains("namespace: simple-demo-env-dev"))
    );
    assert_eq!(detail["services"], json!(["service1", "order"]));
    sim.advance(20_000);
    assert_ne!(pod(), before);
}

#[test]
fn creating_twice_differs_by_kind() {
    let sim = Sim::start("{}");
    let map = "kind: ConfigMap\nmetadata:\n  name: one\n";
    assert_eq!(post(&sim, "ConfigMap", map)["message"], "success");
    assert_eq!(post(&sim, "ConfigMap", map)["description"], r#"configmaps "one" already exists"#);
    let secret = "kind: Secret\nmetadata:\n  name: one\n";
    assert_eq!(post(&sim, "Secret", secret)["message"], "success");
    assert_eq!(post(&sim, "Secret", secret)["message"], "success");
    assert_eq!(post(&sim, "PVC", "kind: PVC\nmetadata:\n  name: one\n")["code"], 6095);
}

#[test]
fn deleting_a_missing_config_map_succeeds_since_4_2_1() {
    let sim = Sim::start(r#"{"version":"v3.4.0"}"#);
    let path = format!("/openapi/environments/dev/envcfg/ghost?{P}&type=ConfigMap");
    assert_eq!(sim.call("DELETE", &path, "").json()["code"], 6096);
    sim.control("reset", r#"{"version":"v4.2.1"}"#);
    sim.succeed("DELETE", &path, "");
    let secret = sim.call("DELETE", &format!("/openapi/environments/dev/envcfg/ghost?{P}&type=Secret"), "");
    assert_eq!(secret.json()["code"], 6096);
}

#[test]
fn backups_are_hidden_and_the_list_is_sorted() {
    let sim = Sim::start("{}");
    let list = sim.get(&format!("/openapi/environments/dev/envcfgs?{P}&type=ConfigMap")).json();
    let names: Vec<&str> = list.as_array().into_iter().flatten().filter_map(|c| c["name"].as_str()).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(names, sorted);
    assert!(names.contains(&"kube-root-ca.crt") && !names.contains(&"hidden-backup"));
    let big = sim.get(&format!("/openapi/environments/dev/envcfg/big-dictionary?{P}&type=ConfigMap")).json();
    let size = big["configMap_detail"]["yaml_data"].as_str().map_or(0, str::len);
    assert!(size > 1_000_000, "{size} bytes");
}
