//! `E39`–`E44`.

use serde_json::{Value, json};
use zadig_environments::api::portal::{PortalServer, PortalService};
use zadig_environments::api::share::ShareOperation;
use zadig_environments::api::{portal, share};

use super::{P, Steps};

pub async fn run(steps: &Steps) {
    let lonely = steps.client.workloads_without_service(P, "qa").await.unwrap();
    steps.read("E39", "/qa/check/workloads/k8services?projectKey=simple-demo").await;
    assert!(lonely.iter().any(|name| name.starts_with("notify-worker.")), "{lonely:?}");

    steps.client.send(share::enable(P, "qa")).await.unwrap();
    steps.wrote("E40", "POST", "/qa/share/enable?projectKey=simple-demo", Value::Null).await;
    let readiness = steps.client.send(share::readiness(P, "qa", ShareOperation::Enable)).await.unwrap();
    steps.read("E42", "/qa/check/sharenv/enable/ready?projectKey=simple-demo").await;
    assert!(readiness.is_ready && readiness.checks.pods_have_istio_proxy, "{readiness:?}");

    let portal = steps.client.send(portal::get(P, "base", "gateway")).await.unwrap();
    steps.read("E43", "/base/share/portal/gateway?projectKey=simple-demo").await;
    assert_eq!(portal, PortalService::Unreadable, "every known server leaves its answer out");

    let server =
        PortalServer { host: "shop.example.com".into(), port_number: 80, port_protocol: "HTTP".into() };
    steps.client.send(portal::set(P, "base", "gateway", &[server])).await.unwrap();
    let body = json!([{"host":"shop.example.com","port_number":80,"port_protocol":"HTTP"}]);
    steps.wrote("E44", "POST", "/base/share/portal/gateway?projectKey=simple-demo", body).await;

    steps.client.send(share::disable(P, "qa")).await.unwrap();
    steps.wrote("E41", "DELETE", "/qa/share/enable?projectKey=simple-demo", Value::Null).await;
    let readiness = steps.client.send(share::readiness(P, "qa", ShareOperation::Disable)).await.unwrap();
    steps.read("E42", "/qa/check/sharenv/disable/ready?projectKey=simple-demo").await;
    assert!(readiness.is_ready && !readiness.checks.namespace_has_istio_label, "{readiness:?}");
}
