//! `E19`–`E31`.

use serde_json::{Value, json};
use zadig_environments::api::envcfgs::{EnvConfigKind, NewEnvConfig};
use zadig_environments::api::{Ack, ErrorKind, Family, Family::Production, Family::Test, GlobalVariable};
use zadig_environments::api::{envcfgs, variables};

use super::{P, Steps};
use crate::harness;

const CM: EnvConfigKind = EnvConfigKind::ConfigMap;

pub async fn run(steps: &Steps) {
    variables(steps, Test, ("E19", "E21"), "dev").await;
    variables(steps, Production, ("E20", "E22"), "prod").await;
    making(steps).await;
    reading(steps, Test, ("E25", "E27"), "dev", "made-config").await;
    reading(steps, Production, ("E26", "E28"), "prod", "game-demo").await;
    replacing(steps).await;
    deleting(steps, Test, "E30", "dev", "made-config").await;
    deleting(steps, Production, "E31", "prod", "game-demo").await;
}

fn by_key(mut list: Vec<GlobalVariable>) -> Vec<GlobalVariable> {
    list.sort_by(|one, other| one.key.cmp(&other.key));
    list
}

async fn variables(steps: &Steps, family: Family, ids: (&'static str, &'static str), env: &str) {
    let path = format!("{}/{env}/variable?projectKey=simple-demo", family.pick("", "/production"));
    let mut list = steps.client.send(variables::list(family, P, env)).await.unwrap();
    steps.read(ids.0, &path).await;
    let limit = list.iter_mut().find(|variable| variable.key == "cpuLimit").unwrap();
    assert!(limit.related_services.contains(&"service1".to_owned()));
    limit.value = "900m".into();
    steps.client.send(variables::replace(family, P, env, &list)).await.unwrap();
    steps.wrote(ids.1, "PUT", &path, json!({ "global_variables": list })).await;
    let after = steps.client.send(variables::list(family, P, env)).await.unwrap();
    steps.entries().await;
    assert_eq!(by_key(after), by_key(list), "types, options and bindings survive");
}

fn config(name: &str, data: &str) -> NewEnvConfig {
    let yaml_data =
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\ndata:\n  a: {data}\n");
    NewEnvConfig { name: name.into(), common_env_cfg_type: CM, yaml_data }
}

async fn making(steps: &Steps) {
    let new = config("made-config", "one");
    let body = json!({"name":"made-config","common_env_cfg_type":"ConfigMap","yaml_data":new.yaml_data});
    steps.client.send(envcfgs::create(P, "dev", &new)).await.unwrap();
    steps.wrote("E23", "POST", "/dev/envcfgs?projectKey=simple-demo", body.clone()).await;
    let refused = steps.client.send(envcfgs::create_production_expecting_refusal(P, "prod", &new)).await;
    assert_eq!(harness::kind(refused), ErrorKind::NotFound);
    steps.wrote("E24", "POST", "/production/prod/envcfgs?projectKey=simple-demo", body).await;
}

async fn reading(steps: &Steps, family: Family, ids: (&'static str, &'static str), env: &str, name: &str) {
    let root = family.pick("", "/production");
    let list = steps.client.send(envcfgs::list(family, P, env, &CM)).await.unwrap();
    steps.read(ids.0, &format!("{root}/{env}/envcfgs?projectKey=simple-demo&type=ConfigMap")).await;
    assert!(list.iter().any(|config| config.name == name && config.env_key == env));
    let found = steps.client.send(envcfgs::get(family, P, env, &CM, name)).await.unwrap();
    steps.read(ids.1, &format!("{root}/{env}/envcfg/{name}?projectKey=simple-demo&type=ConfigMap")).await;
    assert_eq!((found.name.as_str(), &found.kind, found.project_key.as_str()), (name, &CM, P));
    assert!(found.yaml_data.contains("kind: ConfigMap"));
}

async fn replacing(steps: &Steps) {
    let new = config("made-config", "two");
    steps.client.send(envcfgs::update(P, "dev", &new)).await.unwrap();
    let body = json!({"name":"made-config","env_key":"dev","common_env_cfg_type":"ConfigMap","yaml_data":new.yaml_data});
    steps.wrote("E29", "PUT", "/envcfgs?projectKey=simple-demo", body).await;
    let found = steps.client.send(envcfgs::get(Test, P, "dev", &CM, "made-config")).await.unwrap();
    steps.entries().await;
    assert!(found.yaml_data.contains("two"));
}

async fn deleting(steps: &Steps, family: Family, id: &'static str, env: &str, name: &str) {
    let ack = steps.client.send(envcfgs::delete(family, P, env, &CM, name)).await.unwrap();
    assert_eq!(ack, Ack::Success);
    let root = family.pick("", "/production");
    let path = format!("{root}/{env}/envcfg/{name}?projectKey=simple-demo&type=ConfigMap");
    steps.wrote(id, "DELETE", &path, Value::Null).await;
    let gone = steps.client.send(envcfgs::get(family, P, env, &CM, name)).await;
    assert_eq!(harness::kind(gone), ErrorKind::NotFound);
    steps.entries().await;
}
