//! `E32`–`E38`, `E45`.

use futures_util::StreamExt;
use serde_json::{Value, json};
use zadig_environments::api::Family::{Production, Test};
use zadig_environments::api::events::EventKind;
use zadig_environments::api::logs::{self, LogQuery};
use zadig_environments::api::services::WorkloadKind;
use zadig_environments::api::workloads::{ImageTarget, ImageUpdate, Scale};
use zadig_environments::api::{events, services, workloads};

use super::{P, Steps};

pub async fn run(steps: &Steps) {
    scaling(steps).await;
    steps.client.send(workloads::restart(Test, P, "dev", "service1")).await.unwrap();
    steps.wrote("E33", "POST", "/dev/service/service1/restart?projectKey=simple-demo", Value::Null).await;
    steps.client.send(workloads::restart(Production, P, "prod", "service1")).await.unwrap();
    steps
        .wrote("E34", "POST", "/production/prod/service/service1/restart?projectKey=simple-demo", Value::Null)
        .await;
    image(steps, ImageTarget::Deployment, ("E35", "deployment"), ("service1", "service1")).await;
    image(steps, ImageTarget::StatefulSet, ("E36", "statefulset"), ("search", "search")).await;
    image(steps, ImageTarget::CronJob, ("E37", "cronjob"), ("report", "report-nightly")).await;
    events(steps).await;
    log(steps).await;
}

async fn scaling(steps: &Steps) {
    let scale = Scale {
        project_key: P.into(),
        env_key: "dev".into(),
        service_name: "service1".into(),
        workload_name: "service1".into(),
        workload_type: WorkloadKind::Deployment,
        target_replicas: 2,
    };
    steps.client.send(workloads::scale(&scale)).await.unwrap();
    let body = json!({"project_key":P,"env_key":"dev","service_name":"service1","workload_name":"service1",
        "workload_type":"Deployment","target_replicas":2});
    steps.wrote("E32", "POST", "/scale", body).await;
    let service = steps.client.send(services::get(Test, P, "dev", "service1", None)).await.unwrap();
    steps.entries().await;
    assert_eq!(
        (service.workloads[0].replicas, service.workloads[0].pods.iter().filter(|pod| pod.pod_ready).count()),
        (2, 2)
    );
}

async fn image(steps: &Steps, target: ImageTarget, route: (&'static str, &str), names: (&str, &str)) {
    let (service_name, workload_name) = names;
    let image = format!("koderover.tencentcloudcr.com/test/{workload_name}:next");
    let update = ImageUpdate {
        project_key: P.into(),
        env_key: "dev".into(),
        service_name: service_name.into(),
        workload_name: workload_name.into(),
        container_name: workload_name.into(),
        image: image.clone(),
    };
    steps.client.send(workloads::update_image(target, &update)).await.unwrap();
    let body = json!({"product_name":P,"env_name":"dev","service_name":service_name,"name":workload_name,
        "container_name":workload_name,"image":image});
    steps.wrote(route.0, "POST", &format!("/image/{}/dev", route.1), body).await;
    let service = steps.client.send(services::get(Test, P, "dev", service_name, None)).await.unwrap();
    steps.entries().await;
    let workloads = service.workloads.iter().map(|workload| (&workload.name, &workload.images));
    let jobs = service.cron_jobs.iter().map(|job| (&job.name, &job.images));
    let (_, images) = workloads.chain(jobs).find(|(name, _)| *name == workload_name).unwrap();
    assert_eq!(images[0].image, image, "{}", route.0);
}

async fn events(steps: &Steps) {
    let events = steps.client.send(events::list(Test, P, "dev", "Deployment", "service1")).await.unwrap();
    steps.read("E38", "/kube/events?projectKey=simple-demo&envName=dev&name=service1&type=Deployment").await;
    assert!(events.iter().any(|event| event.kind == EventKind::Normal && event.reason.is_some()));
}

async fn log(steps: &Steps) {
    let service = steps.client.send(services::get(Test, P, "dev", "service1", None)).await.unwrap();
    steps.entries().await;
    let pod = &service.workloads[0].pods[0];
    let query = LogQuery {
        family: Test,
        project: P.into(),
        env: "dev".into(),
        pod: pod.name.clone(),
        container: pod.containers[0].name.clone(),
        tail: 5,
        since: None,
    };
    let mut stream = steps.client.open_stream(&logs::follow(&query)).await.unwrap();
    assert!(stream.status() == 200 && stream.is_event_stream());
    let mut text = String::new();
    while text.matches("\n\n").count() < 5 {
        text.push_str(&String::from_utf8_lossy(&stream.next().await.unwrap().unwrap()));
    }
    assert!(text.starts_with("event:message\ndata:"), "{text}");
    let path = format!("/openapi/logs/sse/pods/{}/containers/service1", pod.name);
    steps
        .sent("E45", "GET", &format!("{path}?projectKey=simple-demo&envName=dev&tails=5"), Value::Null)
        .await;
}
