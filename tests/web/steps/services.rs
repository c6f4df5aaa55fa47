//! `E05`, `E06`, `E13`–`E18`.

use serde_json::{Value, json};
use zadig_environments::api::services::{RemoveMode, ServiceAddition, ServiceUpdate, WorkloadKind};
use zadig_environments::api::{Family, Family::Production, Family::Test, RenderVariable, Variable};
use zadig_environments::api::{environments, services};

use super::{P, Steps};

pub async fn run(steps: &Steps) {
    let service = steps
        .client
        .send(services::get(Test, P, "dev", "service1", Some(&WorkloadKind::Deployment)))
        .await
        .unwrap();
    steps.read("E05", "/dev/services/service1?projectKey=simple-demo&workLoadType=Deployment").await;
    assert_eq!(
        (service.workloads[0].pods.iter().filter(|pod| pod.pod_ready).count(), service.env_key.as_str()),
        (1, "dev")
    );
    assert_eq!(service.endpoints[0].ports[0].node_port, 30593);
    let service = steps.client.send(services::get(Production, P, "prod", "order", None)).await.unwrap();
    steps.read("E06", "/production/prod/services/order?projectKey=simple-demo").await;
    assert_eq!(service.workloads[0].pods.len(), 3);

    adding(steps, Test, "E13", "qa", "service2").await;
    adding(steps, Production, "E14", "prod-canary", "payment").await;
    updating(steps, Test, "E15", "dev").await;
    updating(steps, Production, "E16", "prod").await;
    removing(steps, Test, "E17", "qa", "service2").await;
    removing(steps, Production, "E18", "prod-canary", "payment").await;
}

async fn names(steps: &Steps, family: Family, env: &str) -> Vec<String> {
    let env = steps.client.send(environments::get(family, P, env)).await.unwrap();
    steps.entries().await;
    env.services.into_iter().map(|service| service.name).collect()
}

async fn adding(steps: &Steps, family: Family, id: &'static str, env: &str, service: &str) {
    let limit = Variable { key: "cpuLimit".into(), value: "700m".into(), ..Variable::default() };
    let variable_kvs = vec![RenderVariable::own(&limit)];
    let addition = ServiceAddition { service_name: service.into(), variable_kvs };
    steps.client.send(services::add(family, P, env, &[addition])).await.unwrap();
    let root = family.pick("", "/production");
    let body = json!({"env_key":env,"service_list":[{"service_name":service,
        "variable_kvs":[{"key":"cpuLimit","value":"700m","use_global_variable":false}]}]});
    steps.wrote(id, "POST", &format!("{root}/service/yaml?projectKey=simple-demo"), body).await;
    assert!(names(steps, family, env).await.iter().any(|name| name == service), "{id}");
}

async fn updating(steps: &Steps, family: Family, id: &'static str, env: &str) {
    let detail = steps.client.send(environments::get(family, P, env)).await.unwrap();
    steps.entries().await;
    let service = detail.services.iter().find(|service| service.name == "service2").unwrap();
    let mut update =
        ServiceUpdate::keeping("service2", &service.template_variables, &detail.global_variables);
    assert!(update.set("cpu", "4m".into()));
    steps.client.send(services::update(family, P, env, &[update])).await.unwrap();
    let entries = steps.entries().await;
    let sent: Value = serde_json::from_str(entries[0]["body"].as_str().unwrap()).unwrap();
    let variables = sent["service_list"][0]["variable_kvs"].as_array().unwrap();
    let mut keys: Vec<&str> = variables.iter().filter_map(|variable| variable["key"].as_str()).collect();
    keys.sort_unstable();
    // The edited key, and what this environment binds to its global variables.
    let bound_and_edited = family.pick(&["cpu", "cpuLimit", "limits", "tracing"][..], &["cpu", "cpuLimit"]);
    assert_eq!(keys, bound_and_edited, "{id}: what is bound and what was edited");
    let of = |key: &str| variables.iter().find(|variable| variable["key"] == key).unwrap();
    assert_eq!((&of("cpu")["value"], &of("cpu")["use_global_variable"]), (&json!("4m"), &json!(false)));
    assert_eq!(of("cpuLimit")["use_global_variable"], true, "{id}: bound variables stay bound");
    // Once more, for the journal's assertion on the whole.
    let mut again = ServiceUpdate::keeping("service2", &service.template_variables[..1], &[]);
    assert!(again.set("env1", "demo".into()));
    crate::harness::settle().await;
    steps.client.send(services::update(family, P, env, &[again])).await.unwrap();
    let root = family.pick("", "/production");
    let body = json!({"service_list":[{"service_name":"service2","variable_kvs":[{"key":"env1","value":"demo",
        "type":"string","desc":"Name shown on the page","use_global_variable":false}]}]});
    steps.wrote(id, "PUT", &format!("{root}/{env}/services?projectKey=simple-demo"), body).await;
}

async fn removing(steps: &Steps, family: Family, id: &'static str, env: &str, service: &str) {
    steps
        .client
        .send(services::remove(family, P, env, &[service.to_owned()], RemoveMode::DeleteResources))
        .await
        .unwrap();
    let root = family.pick("", "/production");
    let body = json!({"env_key":env,"service_names":[service],"not_delete_resource":false});
    steps.wrote(id, "DELETE", &format!("{root}/service/yaml?projectKey=simple-demo"), body).await;
    assert!(!names(steps, family, env).await.iter().any(|name| name == service), "{id}");
}
