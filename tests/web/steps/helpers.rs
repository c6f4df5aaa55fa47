//! `H1`–`H13`: there on the newest server, and missing where the oldest lacks them.

use serde_json::Value;
use zadig_environments::api::Family::{Production, Test};
use zadig_environments::api::projects::DeployType;
use zadig_environments::api::system::OperationSearch;
use zadig_environments::api::{Availability, Endpoint, ErrorKind, Feature, Features};
use zadig_environments::api::{projects, services, system};

use super::{P, Steps};
use crate::harness;

pub async fn run(steps: &Steps) {
    projects(steps).await;
    system(steps).await;
    templates(steps).await;
    newer(steps).await;
}

async fn get(steps: &Steps, id: &'static str, target: &str) {
    steps.sent(id, "GET", &format!("/openapi/{target}"), Value::Null).await;
}

async fn projects(steps: &Steps) {
    let page = steps.client.send(projects::list(1, 20)).await.unwrap();
    get(steps, "H1", "projects/project?pageSize=20&pageNum=1").await;
    assert!(
        page.projects.iter().any(|project| project.key == P && project.deploy_type == DeployType::K8sYaml)
    );
    let project = steps.client.send(projects::get(P)).await.unwrap();
    get(steps, "H2", "projects/project/detail?projectKey=simple-demo").await;
    assert_eq!((project.key.as_str(), project.name.as_str()), (P, "Simple Demo"));
    assert_eq!(harness::kind(steps.client.send(projects::get("nobody")).await), ErrorKind::Forbidden);
    steps.entries().await;
    let variables = steps.client.send(projects::variables(P)).await.unwrap();
    get(steps, "H3", "projects/project/globalVariable?projectKey=simple-demo").await;
    assert!(variables.test.len() == 8 && variables.production.len() == 8);
}

async fn system(steps: &Steps) {
    let clusters = steps.client.send(system::clusters()).await.unwrap();
    get(steps, "H4", "system/cluster").await;
    let registries = steps.client.send(system::registries()).await.unwrap();
    get(steps, "H5", "system/registry").await;
    assert!(registries.iter().any(|registry| registry.is_default));
    let cluster = clusters.iter().find(|cluster| cluster.local).unwrap();
    assert!(steps.client.send(system::istio_installed(&cluster.id)).await.unwrap());
    get(steps, "H6", &format!("cluster/istio/check/{}", cluster.id)).await;
    let log = steps.client.send(system::operations(P, "dev", 1, 10, &OperationSearch::All)).await.unwrap();
    let target = "system/operation/env?projectKey=simple-demo&envName=dev&perPage=10&page=1&searchType=all";
    get(steps, "H12", target).await;
    assert!(log.total > 0 && log.operations.iter().all(|operation| operation.project_key == P));
}

async fn templates(steps: &Steps) {
    for family in [Test, Production] {
        let root = family.pick("service/yaml", "service/yaml/production");
        let list = steps.client.send(services::templates(family, P)).await.unwrap();
        get(steps, "H7", &format!("{root}/services?projectKey=simple-demo")).await;
        assert!(list.iter().any(|template| template.name == "service2"));
        let template = steps.client.send(services::template(family, P, "service2")).await.unwrap();
        get(steps, "H8", &format!("{root}/service2?projectKey=simple-demo")).await;
        assert!(
            template.variables.iter().any(|variable| variable.key == "env1") && !template.yaml.is_empty()
        );
    }
}

async fn newer(steps: &Steps) {
    let yaml = steps.client.send(services::rendered_yaml(Test, P, "dev", "service1")).await;
    get(steps, "H9", "environments/service/yaml?projectKey=simple-demo&envName=dev&serviceName=service1")
        .await;
    let pods = steps.client.send(services::pods(Test, P, "dev", "service1")).await;
    get(steps, "H10", "environments/dev/service/service1/pods?projectKey=simple-demo").await;
    let context = steps.client.send(system::context()).await;
    get(steps, "H13", "system/cli/context").await;
    let mut features = Features::default();
    let pod = match steps.is_oldest() {
        true => {
            features.observe(Endpoint::H9, Err(harness::kind(yaml)));
            features.observe(Endpoint::H10, Err(harness::kind(pods)));
            assert_eq!(harness::kind(context), ErrorKind::RouteMissing);
            assert_eq!(features.has(Feature::RenderedYaml), Availability::No);
            assert_eq!(features.has(Feature::RestartPod), Availability::No);
            "any".to_owned()
        }
        false => {
            assert!(yaml.unwrap().contains("kind: Deployment"));
            features = Features::from_version(&context.unwrap().server_version);
            assert_eq!(features.has(Feature::ServicePods), Availability::Yes);
            pods.unwrap().pods[0].name.clone()
        }
    };
    let restarted = steps.client.restart_pod(Test, P, "dev", "service1", &pod).await;
    let sent = steps.entries().await;
    let first =
        format!("/openapi/environments/dev/service/service1/pod/{pod}/restart?projectKey=simple-demo");
    harness::assert_entry(&sent[0], "H11", "POST", &first, &Value::Null);
    if steps.is_oldest() {
        assert_eq!(harness::kind(restarted), ErrorKind::RouteMissing);
        let second = format!("/openapi/environments/dev/pod/{pod}/restart?projectKey=simple-demo");
        harness::assert_entry(&sent[1], "H11", "POST", &second, &Value::Null);
    } else {
        restarted.unwrap();
        assert_eq!(sent.len(), 1);
    }
}
