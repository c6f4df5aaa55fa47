//! Every call there is, as it goes over the wire: held against a table written from the contract.

use serde_json::{Value, json};

use crate::api::envcfgs::{self, EnvConfigKind, NewEnvConfig};
use crate::api::environments::{self, DeleteMode, NewEnvironment, NewProductionEnvironment};
use crate::api::services::{self, RemoveMode, ServiceAddition, ServiceUpdate, WorkloadKind};
use crate::api::share::{self, ShareOperation};
use crate::api::system::{self, OperationSearch};
use crate::api::workloads::{self, ImageTarget, ImageUpdate, Scale};
use crate::api::{
    Call, Family, GlobalVariable, Method, Request, Variable, events, logs, portal, projects, variables,
};

use Family::{Production, Test};

/// A call's request: the table does not care about the answer's type.
fn of<T>(call: Call<T>) -> Request {
    call.request().clone()
}

pub(crate) fn new_environment() -> NewEnvironment {
    NewEnvironment {
        env_key: "dev".into(),
        cluster_id: "c1".into(),
        namespace: "ns".into(),
        registry_id: "r1".into(),
        ..NewEnvironment::default()
    }
}

pub(crate) fn new_config() -> NewEnvConfig {
    NewEnvConfig {
        name: "cm".into(),
        common_env_cfg_type: EnvConfigKind::ConfigMap,
        yaml_data: "kind: ConfigMap".into(),
    }
}

pub(crate) fn image_update() -> ImageUpdate {
    ImageUpdate {
        project_key: "p".into(),
        env_key: "dev".into(),
        service_name: "svc".into(),
        workload_name: "web".into(),
        container_name: "main".into(),
        image: "r/i:2".into(),
    }
}

pub(crate) fn scale() -> Scale {
    Scale {
        project_key: "p".into(),
        env_key: "dev".into(),
        service_name: "svc".into(),
        workload_name: "web".into(),
        workload_type: WorkloadKind::Deployment,
        target_replicas: 0,
    }
}

pub(crate) fn template_variable() -> Variable {
    serde_json::from_value(json!({"key":"tier","value":"s","type":"enum","options":["s","l"],"desc":"size"}))
        .unwrap()
}

pub(crate) fn update() -> ServiceUpdate {
    let mut update = ServiceUpdate::keeping("svc", &[template_variable()], &[]);
    update.set("tier", "s".into());
    update
}

pub(crate) fn global() -> GlobalVariable {
    serde_json::from_value(
        json!({"key":"k","value":"v","type":"string","options":[],"desc":"d","related_services":["svc"]}),
    )
    .unwrap()
}

fn log_query(since: Option<&str>) -> logs::LogQuery {
    logs::LogQuery {
        family: Test,
        project: "p".into(),
        env: "dev".into(),
        pod: "web-1".into(),
        container: "main".into(),
        tail: 200,
        since: since.map(str::to_owned),
    }
}

/// One row for each of the 45 endpoints.
fn documented() -> Vec<Request> {
    let services = ["svc".to_owned()];
    let (cm, new, cfg) = (EnvConfigKind::ConfigMap, new_environment(), new_config());
    let add = [ServiceAddition { service_name: "svc".into(), variable_kvs: vec![] }];
    let production = NewProductionEnvironment {
        env_key: "live".into(),
        alias: "Live".into(),
        cluster_id: "c1".into(),
        namespace: "ns".into(),
        registry_id: "r1".into(),
    };
    vec![
        of(environments::list(Test, "p")),
        of(environments::list(Production, "p")),
        of(environments::get(Test, "p", "dev")),
        of(environments::get(Production, "p", "live")),
        of(services::get(Test, "p", "dev", "svc", Some(&WorkloadKind::Deployment))),
        of(services::get(Production, "p", "live", "svc", None)),
        of(environments::create("p", &new)),
        of(environments::create_production("p", &production)),
        of(environments::edit("p", "dev", "r2")),
        of(environments::edit_production("p", "live", "r2", "Live")),
        of(environments::delete("p", "dev", DeleteMode::WithNamespace)),
        of(environments::delete_production("p", "live")),
        of(services::add(Test, "p", "dev", &add)),
        of(services::add(Production, "p", "live", &add)),
        of(services::update(Test, "p", "dev", &[update()])),
        of(services::update(Production, "p", "live", &[update()])),
        of(services::remove(Test, "p", "dev", &services, RemoveMode::KeepResources)),
        of(services::remove(Production, "p", "live", &services, RemoveMode::DeleteResources)),
        of(variables::list(Test, "p", "dev")),
        of(variables::list(Production, "p", "live")),
        of(variables::replace(Test, "p", "dev", &[global()])),
        of(variables::replace(Production, "p", "live", &[global()])),
        of(envcfgs::create("p", "dev", &cfg)),
        of(envcfgs::create_production_expecting_refusal("p", "live", &cfg)),
        of(envcfgs::list(Test, "p", "dev", &cm)),
        of(envcfgs::list(Production, "p", "live", &EnvConfigKind::Pvc)),
        of(envcfgs::get(Test, "p", "dev", &cm, "cm")),
        of(envcfgs::get(Production, "p", "live", &cm, "cm")),
        of(envcfgs::update("p", "dev", &cfg)),
        of(envcfgs::delete(Test, "p", "dev", &cm, "cm")),
        of(envcfgs::delete(Production, "p", "live", &cm, "cm")),
        of(workloads::scale(&scale())),
        of(workloads::restart(Test, "p", "dev", "svc")),
        of(workloads::restart(Production, "p", "live", "svc")),
        of(workloads::update_image(ImageTarget::Deployment, &image_update())),
        of(workloads::update_image(ImageTarget::StatefulSet, &image_update())),
        of(workloads::update_image(ImageTarget::CronJob, &image_update())),
        of(events::list(Test, "p", "dev", "Pod", "web-1")),
        of(share::workloads_without_service("p", "dev")),
        of(share::enable("p", "dev")),
        of(share::disable("p", "dev")),
        of(share::readiness("p", "dev", ShareOperation::Enable)),
        of(portal::get("p", "dev", "svc")),
        of(portal::set("p", "dev", "svc", &[])),
        logs::follow(&log_query(None)),
    ]
}

/// The helpers, and second spellings of endpoints.
fn helpers() -> Vec<Request> {
    vec![
        of(projects::list(1, 20)),
        of(projects::get("p")),
        of(projects::variables("p")),
        of(system::clusters()),
        of(system::registries()),
        of(system::istio_installed("c1")),
        of(services::templates(Test, "p")),
        of(services::templates(Production, "p")),
        of(services::template(Test, "p", "svc")),
        of(services::template(Production, "p", "svc")),
        of(services::rendered_yaml(Test, "p", "dev", "svc")),
        of(services::rendered_yaml(Production, "p", "live", "svc")),
        of(services::pods(Test, "p", "dev", "svc")),
        of(services::pods(Production, "p", "live", "svc")),
        of(workloads::restart_pod(Test, "p", "dev", "svc", "web-1")),
        of(workloads::restart_pod_of_env(Production, "p", "live", "web-1")),
        of(system::operations("p", "dev", 1, 50, &OperationSearch::All)),
        of(system::operations("p", "dev", 1, 50, &OperationSearch::Detail("x".into()))),
        of(system::context()),
        of(workloads::update_image(ImageTarget::Job, &image_update())),
        of(share::workloads_without_service_as_documented("p", "dev")),
        logs::follow(&log_query(Some("5m"))),
    ]
}

/// Every request this client can make.
pub(crate) fn all() -> Vec<Request> {
    let mut all = documented();
    all.extend(helpers());
    all
}

fn expected() -> Vec<(&'static str, Method, &'static str, Value)> {
    use Method::{Delete, Get, Post, Put};
    let none = Value::Null;
    let new = json!({"env_key":"dev","cluster_id":"c1","namespace":"ns","registry_id":"r1",
        "global_variables":[],"services":[],"env_configs":[]});
    let new_production =
        json!({"env_key":"live","env_name":"Live","cluster_id":"c1","namespace":"ns","registry_id":"r1"});
    let add = |env: &str| json!({"env_key":env,"service_list":[{"service_name":"svc","variable_kvs":[]}]});
    let update = json!({"service_list":[{"service_name":"svc","variable_kvs":[{"key":"tier","value":"s","type":"enum",
        "options":["s","l"],"desc":"size","use_global_variable":false}]}]});
    let variables = json!({"global_variables":[{"key":"k","value":"v","type":"string","options":[],"desc":"d",
        "related_services":["svc"]}]});
    let cfg = json!({"name":"cm","common_env_cfg_type":"ConfigMap","yaml_data":"kind: ConfigMap"});
    let mut cfg_update = cfg.clone();
    cfg_update["env_key"] = json!("dev");
    let scale = json!({"project_key":"p","env_key":"dev","service_name":"svc","workload_name":"web",
        "workload_type":"Deployment","target_replicas":0});
    let image = json!({"product_name":"p","env_name":"dev","service_name":"svc","name":"web","container_name":"main",
        "image":"r/i:2"});
    vec![
        ("E01", Get, "?projectKey=p", none.clone()),
        ("E02", Get, "/production?projectKey=p", none.clone()),
        ("E03", Get, "/dev?projectKey=p", none.clone()),
        ("E04", Get, "/production/live?projectKey=p", none.clone()),
        ("E05", Get, "/dev/services/svc?projectKey=p&workLoadType=Deployment", none.clone()),
        ("E06", Get, "/production/live/services/svc?projectKey=p", none.clone()),
        ("E07", Post, "?projectKey=p", new),
        ("E08", Post, "/production?projectKey=p", new_production),
        ("E09", Put, "/dev?projectKey=p", json!({"registry_id":"r2"})),
        ("E10", Put, "/production/live?projectKey=p", json!({"registry_id":"r2","env_name":"Live"})),
        ("E11", Delete, "/dev?projectKey=p&isDelete=true", none.clone()),
        ("E12", Delete, "/production/live?projectKey=p", none.clone()),
        ("E13", Post, "/service/yaml?projectKey=p", add("dev")),
        ("E14", Post, "/production/service/yaml?projectKey=p", add("live")),
        ("E15", Put, "/dev/services?projectKey=p", update.clone()),
        ("E16", Put, "/production/live/services?projectKey=p", update),
        (
            "E17",
            Delete,
            "/service/yaml?projectKey=p",
            json!({"env_key":"dev","service_names":["svc"],"not_delete_resource":true}),
        ),
        (
            "E18",
            Delete,
            "/production/service/yaml?projectKey=p",
            json!({"env_key":"live","service_names":["svc"],"not_delete_resource":false}),
        ),
        ("E19", Get, "/dev/variable?projectKey=p", none.clone()),
        ("E20", Get, "/production/live/variable?projectKey=p", none.clone()),
        ("E21", Put, "/dev/variable?projectKey=p", variables.clone()),
        ("E22", Put, "/production/live/variable?projectKey=p", variables),
        ("E23", Post, "/dev/envcfgs?projectKey=p", cfg.clone()),
        ("E24", Post, "/production/live/envcfgs?projectKey=p", cfg),
        ("E25", Get, "/dev/envcfgs?projectKey=p&type=ConfigMap", none.clone()),
        ("E26", Get, "/production/live/envcfgs?projectKey=p&type=PVC", none.clone()),
        ("E27", Get, "/dev/envcfg/cm?projectKey=p&type=ConfigMap", none.clone()),
        ("E28", Get, "/production/live/envcfg/cm?projectKey=p&type=ConfigMap", none.clone()),
        ("E29", Put, "/envcfgs?projectKey=p", cfg_update),
        ("E30", Delete, "/dev/envcfg/cm?projectKey=p&type=ConfigMap", none.clone()),
        ("E31", Delete, "/production/live/envcfg/cm?projectKey=p&type=ConfigMap", none.clone()),
        ("E32", Post, "/scale", scale),
        ("E33", Post, "/dev/service/svc/restart?projectKey=p", none.clone()),
        ("E34", Post, "/production/live/service/svc/restart?projectKey=p", none.clone()),
        ("E35", Post, "/image/deployment/dev", image.clone()),
        ("E36", Post, "/image/statefulset/dev", image.clone()),
        ("E37", Post, "/image/cronjob/dev", image),
        ("E38", Get, "/kube/events?projectKey=p&envName=dev&name=web-1&type=Pod", none.clone()),
        ("E39", Get, "/dev/check/workloads/k8services?projectKey=p", none.clone()),
        ("E40", Post, "/dev/share/enable?projectKey=p", none.clone()),
        ("E41", Delete, "/dev/share/enable?projectKey=p", none.clone()),
        ("E42", Get, "/dev/check/sharenv/enable/ready?projectKey=p", none.clone()),
        ("E43", Get, "/dev/share/portal/svc?projectKey=p", none.clone()),
        ("E44", Post, "/dev/share/portal/svc?projectKey=p", json!([])),
        ("E45", Get, "", none),
    ]
}

#[test]
fn the_45_documented_calls_go_over_the_wire_as_the_contract_says() {
    let (requests, expected) = (documented(), expected());
    assert_eq!((requests.len(), expected.len()), (45, 45));
    for (request, (id, method, path, body)) in requests.iter().zip(expected) {
        let target = match id {
            "E45" => {
                "/openapi/logs/sse/pods/web-1/containers/main?projectKey=p&envName=dev&tails=200".to_owned()
            }
            _ => format!("/openapi/environments{path}"),
        };
        assert_eq!((request.endpoint().as_str(), request.method(), request.target()), (id, method, target));
        let sent = request.body().map_or(Value::Null, |body| serde_json::from_str(body).unwrap());
        assert_eq!(sent, body, "{id}");
        assert_eq!(request.problem(), None, "{id}");
    }
}

#[test]
fn the_helpers_go_over_the_wire_as_the_contract_says() {
    let targets = [
        ("H1", "/openapi/projects/project?pageSize=20&pageNum=1"),
        ("H2", "/openapi/projects/project/detail?projectKey=p"),
        ("H3", "/openapi/projects/project/globalVariable?projectKey=p"),
        ("H4", "/openapi/system/cluster"),
        ("H5", "/openapi/system/registry"),
        ("H6", "/openapi/cluster/istio/check/c1"),
        ("H7", "/openapi/service/yaml/services?projectKey=p"),
        ("H7", "/openapi/service/yaml/production/services?projectKey=p"),
        ("H8", "/openapi/service/yaml/svc?projectKey=p"),
        ("H8", "/openapi/service/yaml/production/svc?projectKey=p"),
        ("H9", "/openapi/environments/service/yaml?projectKey=p&envName=dev&serviceName=svc"),
        ("H9", "/openapi/environments/production/service/yaml?projectKey=p&envName=live&serviceName=svc"),
        ("H10", "/openapi/environments/dev/service/svc/pods?projectKey=p"),
        ("H10", "/openapi/environments/production/live/service/svc/pods?projectKey=p"),
        ("H11", "/openapi/environments/dev/service/svc/pod/web-1/restart?projectKey=p"),
        ("H11", "/openapi/environments/production/live/pod/web-1/restart?projectKey=p"),
        ("H12", "/openapi/system/operation/env?projectKey=p&envName=dev&perPage=50&page=1&searchType=all"),
        (
            "H12",
            "/openapi/system/operation/env?projectKey=p&envName=dev&perPage=50&page=1&searchType=detail&detail=x",
        ),
        ("H13", "/openapi/system/cli/context"),
        ("H14", "/openapi/environments/image/job/dev"),
        ("E39", "/openapi/environments/dev/check/workloads/k8sservices?projectKey=p"),
        ("E45", "/openapi/logs/sse/pods/web-1/containers/main?projectKey=p&envName=dev&tails=200&since=5m"),
    ];
    let requests = helpers();
    assert_eq!(requests.len(), targets.len());
    for (request, (id, target)) in requests.iter().zip(targets) {
        assert_eq!((request.endpoint().as_str(), request.target()), (id, target.to_owned()));
        assert_eq!(
            request.is_write(),
            matches!(target, t if t.contains("restart") || t.contains("image")),
            "{id}"
        );
    }
}

#[test]
fn each_call_has_an_id_of_its_own() {
    let mut known = std::collections::BTreeMap::new();
    for request in documented().into_iter().chain(helpers()) {
        let target = request.target();
        let path = target.split('?').next().unwrap_or_default().to_owned();
        // Of both families, and with the document's spelling beside the server's, a call is the same.
        let family = path.contains("/production");
        let call = path.replace("k8sservices", "k8services");
        let before =
            known.entry((request.endpoint(), request.method().as_str(), family)).or_insert(call.clone());
        assert_eq!(*before, call, "{}", request.endpoint());
    }
}

#[test]
fn slow_calls_have_more_time() {
    use crate::api::{Endpoint, TimeoutClass};
    for request in all() {
        let expected = match request.endpoint() {
            Endpoint::E03 | Endpoint::E04 => TimeoutClass::Slow,
            Endpoint::E17 | Endpoint::E18 | Endpoint::E40 | Endpoint::E41 => TimeoutClass::VerySlow,
            _ => TimeoutClass::Normal,
        };
        assert_eq!(request.patience_class(), expected, "{}", request.endpoint());
    }
}
