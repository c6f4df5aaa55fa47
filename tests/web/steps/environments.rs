//! `E01`–`E04`, `E07`–`E12`.

use serde_json::{Value, json};
use zadig_environments::api::Family::{Production, Test};
use zadig_environments::api::environments;
use zadig_environments::api::environments::{
    DeleteMode, EnvStatus, NewEnvironment, NewProductionEnvironment,
};

use super::{P, Steps};

const CLUSTER: &str = "0123456789abcdef12345678";
const REGISTRY: &str = "630c7ad700430c131062e245";
const OTHER_REGISTRY: &str = "6350be2b4503905e98b4b771";

pub async fn run(steps: &Steps) {
    reading(steps).await;
    making(steps).await;
    changing(steps).await;
    deleting(steps).await;
}

async fn reading(steps: &Steps) {
    let list = steps.client.send(environments::list(Test, P)).await.unwrap();
    steps.read("E01", "?projectKey=simple-demo").await;
    let qa = list.iter().find(|env| env.key == "qa").unwrap();
    assert_eq!((qa.display_name(), qa.production, &qa.status), ("QA 环境", false, &EnvStatus::Success));

    let list = steps.client.send(environments::list(Production, P)).await.unwrap();
    steps.read("E02", "/production?projectKey=simple-demo").await;
    assert!(list.iter().all(|env| env.production) && list.iter().any(|env| env.key == "prod-eu"));

    let env = steps.client.send(environments::get(Test, P, "dev")).await.unwrap();
    steps.read("E03", "/dev?projectKey=simple-demo").await;
    assert_eq!((env.project_key.as_str(), env.key.as_str()), (P, "dev"));
    assert!(env.services.iter().any(|service| service.name == "service1" && !service.containers.is_empty()));

    let env = steps.client.send(environments::get(Production, P, "prod-eu")).await.unwrap();
    steps.read("E04", "/production/prod-eu?projectKey=simple-demo").await;
    assert_eq!(env.alias.as_deref(), Some("Production EU"));
}

async fn making(steps: &Steps) {
    let new = NewEnvironment {
        env_key: "made".into(),
        cluster_id: CLUSTER.into(),
        namespace: "simple-demo-env-made".into(),
        registry_id: REGISTRY.into(),
        ..NewEnvironment::default()
    };
    steps.client.send(environments::create(P, &new)).await.unwrap();
    let body = json!({"env_key":"made","cluster_id":CLUSTER,"namespace":"simple-demo-env-made","registry_id":REGISTRY,
        "global_variables":[],"services":[],"env_configs":[]});
    steps.wrote("E07", "POST", "?projectKey=simple-demo", body).await;

    let new = NewProductionEnvironment {
        env_key: "made-live".into(),
        alias: "Made live".into(),
        cluster_id: CLUSTER.into(),
        namespace: "made-live".into(),
        registry_id: REGISTRY.into(),
    };
    steps.client.send(environments::create_production(P, &new)).await.unwrap();
    let body = json!({"env_key":"made-live","env_name":"Made live","cluster_id":CLUSTER,"namespace":"made-live",
        "registry_id":REGISTRY});
    steps.wrote("E08", "POST", "/production?projectKey=simple-demo", body).await;
}

async fn changing(steps: &Steps) {
    steps.client.send(environments::edit(P, "made", OTHER_REGISTRY)).await.unwrap();
    steps.wrote("E09", "PUT", "/made?projectKey=simple-demo", json!({"registry_id":OTHER_REGISTRY})).await;

    steps
        .client
        .send(environments::edit_production(P, "made-live", OTHER_REGISTRY, "Made live"))
        .await
        .unwrap();
    let body = json!({"registry_id":OTHER_REGISTRY,"env_name":"Made live"});
    steps.wrote("E10", "PUT", "/production/made-live?projectKey=simple-demo", body).await;
    let env = steps.client.send(environments::get(Production, P, "made-live")).await.unwrap();
    assert_eq!((env.alias.as_deref(), env.registry_id.as_str()), (Some("Made live"), OTHER_REGISTRY));
    steps.entries().await;
}

async fn deleting(steps: &Steps) {
    steps.client.send(environments::delete(P, "made", DeleteMode::WithNamespace)).await.unwrap();
    steps.wrote("E11", "DELETE", "/made?projectKey=simple-demo&isDelete=true", Value::Null).await;
    steps.client.send(environments::delete_production(P, "made-live")).await.unwrap();
    steps.wrote("E12", "DELETE", "/production/made-live?projectKey=simple-demo", Value::Null).await;
    for family in [Test, Production] {
        let list = steps.client.send(environments::list(family, P)).await.unwrap();
        assert!(!list.iter().any(|env| env.key.starts_with("made")), "{family}");
    }
    steps.entries().await;
}
