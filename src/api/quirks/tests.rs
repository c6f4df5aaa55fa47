//! One test for each trap of the table.

use serde_json::{Value, json};

use super::QUIRKS;
use crate::api::envcfgs::{self, EnvConfig, EnvConfigKind};
use crate::api::environments::{self, DeleteMode, EnvironmentSummary, NewEnvironment, SubEnvironmentOf};
use crate::api::error::{Answer, classify};
use crate::api::model::Container;
use crate::api::portal::PortalService;
use crate::api::services::{self, RemoveMode, WorkloadKind};
use crate::api::tests::requests;
use crate::api::workloads::{self, ImageTarget};
use crate::api::{Ack, Call, ErrorKind, Family, Request, events, logs, portal, share, variables};

fn body<T>(call: &Call<T>) -> Value {
    serde_json::from_str(call.request().body().unwrap()).unwrap()
}

fn query<'a>(request: &'a Request, key: &str) -> Option<&'a str> {
    request.query_pairs().iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str())
}

#[test]
fn every_trap_has_its_test() {
    let sources = [
        include_str!("tests.rs"),
        include_str!("../tests/errors.rs"),
        include_str!("../tests/client.rs"),
        include_str!("../../ops/tests/sharing.rs"),
        include_str!("../../ops/tests/whole_writes.rs"),
        include_str!("../../ops/plans/configs.rs"),
    ];
    for quirk in QUIRKS {
        let function = format!("fn {}()", quirk.test);
        assert!(
            sources.iter().any(|source| source.contains(&function)),
            "{}: no test {}",
            quirk.id,
            quirk.test
        );
        assert!(!quirk.contract.is_empty() && !quirk.server.is_empty() && !quirk.client.is_empty());
        assert_eq!(QUIRKS.iter().filter(|other| other.id == quirk.id).count(), 1, "{}", quirk.id);
    }
}

#[test]
fn no_call_has_a_project_name_parameter() {
    for request in requests::all() {
        assert_eq!(query(&request, "projectName"), None, "{}", request.endpoint());
    }
}

#[test]
fn no_call_has_the_token_in_its_address() {
    for request in requests::all() {
        assert!(!request.target().to_lowercase().contains("token"), "{}", request.endpoint());
    }
}

#[test]
fn names_that_change_the_route_are_refused_and_others_are_escaped() {
    assert!(environments::delete("p", "", DeleteMode::ForgetOnly).request().problem().is_some());
    assert!(environments::delete("p", "..", DeleteMode::ForgetOnly).request().problem().is_some());
    let call = services::get(Family::Test, "p", "dev", "a/b", None);
    assert_eq!(call.request().path(), "/openapi/environments/dev/services/a%2Fb");
}

#[test]
fn the_list_key_is_read_under_both_names() {
    let read = |json: Value| serde_json::from_value::<EnvironmentSummary>(json).unwrap();
    let server = read(json!({"env_key":"dev","envName":"Development"}));
    assert_eq!((server.key.as_str(), server.alias.as_deref()), ("dev", Some("Development")));
    let document = read(json!({"env_name":"dev"}));
    assert_eq!((document.key.as_str(), document.alias), ("dev", None));
    let both = read(json!({"env_key":"dev","env_name":"Development"}));
    assert_eq!((both.key.as_str(), both.display_name()), ("dev", "Development"));
    let same = read(json!({"env_key":"dev","envName":"dev"}));
    assert_eq!(same.alias, None);
}

#[test]
fn variables_of_a_service_in_an_environment_are_called_the_templates() {
    let json = json!({"service_name":"svc","variable_kvs":[{"key":"cpu","value":"1"}]});
    let service: environments::ServiceSummary = serde_json::from_value(json).unwrap();
    assert_eq!(service.template_variables[0].key, "cpu");
}

#[test]
fn the_workload_type_parameter_has_a_capital_t() {
    let call = services::get(Family::Test, "p", "dev", "svc", Some(&WorkloadKind::CronJob));
    assert_eq!(query(call.request(), "workLoadType"), Some("CronJob"));
    assert_eq!(query(call.request(), "workLoadtype"), None);
}

#[test]
fn a_production_edit_always_sends_the_alias() {
    assert_eq!(body(&environments::edit_production("p", "live", "r", ""))["env_name"], "");
}

#[test]
fn a_test_edit_sends_no_alias() {
    assert_eq!(body(&environments::edit("p", "dev", "r")), json!({"registry_id":"r"}));
}

#[test]
fn a_deletion_always_says_is_delete() {
    for (mode, word) in [(DeleteMode::ForgetOnly, "false"), (DeleteMode::WithNamespace, "true")] {
        assert_eq!(query(environments::delete("p", "dev", mode).request(), "isDelete"), Some(word));
    }
}

#[test]
fn a_service_update_sends_types_and_options() {
    let sent = body(&services::update(Family::Production, "p", "live", &[requests::update()]));
    let variable = &sent["service_list"][0]["variable_kvs"][0];
    assert_eq!((&variable["type"], &variable["options"]), (&json!("enum"), &json!(["s", "l"])));
}

#[test]
fn removing_a_service_says_whether_its_objects_stay() {
    for (mode, keep) in [(RemoveMode::KeepResources, true), (RemoveMode::DeleteResources, false)] {
        let call = services::remove(Family::Test, "p", "dev", &["svc".into()], mode);
        assert_eq!(body(&call)["not_delete_resource"], keep);
    }
}

#[test]
fn removing_a_service_is_a_delete_with_a_body() {
    let call = services::remove(Family::Production, "p", "live", &["svc".into()], RemoveMode::KeepResources);
    assert_eq!(call.request().method().as_str(), "DELETE");
    assert_eq!(body(&call)["service_names"], json!(["svc"]));
}

#[test]
fn replacing_variables_sends_them_whole() {
    let mut variable = requests::global();
    variable.rest.insert("scope".into(), json!("x"));
    let sent = body(&variables::replace(Family::Test, "p", "dev", &[variable]));
    let expected = json!({"key":"k","value":"v","type":"string","options":[],"desc":"d","related_services":["svc"],"scope":"x"});
    assert_eq!(sent, json!({ "global_variables": [expected] }));
}

#[test]
fn config_calls_always_say_the_type() {
    let kind = EnvConfigKind::Pvc;
    for family in [Family::Test, Family::Production] {
        for request in [
            envcfgs::list(family, "p", "dev", &kind).request(),
            envcfgs::get(family, "p", "dev", &kind, "n").request(),
            envcfgs::delete(family, "p", "dev", &kind, "n").request(),
        ] {
            assert_eq!(query(request, "type"), Some("PVC"), "{}", request.endpoint());
        }
    }
}

#[test]
fn configs_of_production_environments_are_not_created_or_updated() {
    let create: fn(&str, &str, &envcfgs::NewEnvConfig) -> Call<Ack> = envcfgs::create;
    let update: fn(&str, &str, &envcfgs::NewEnvConfig) -> Call<Ack> = envcfgs::update;
    for call in [create("p", "dev", &requests::new_config()), update("p", "dev", &requests::new_config())] {
        assert!(!call.request().path().contains("production"));
    }
}

#[test]
fn a_config_is_read_from_any_of_its_envelopes() {
    for (key, kind) in [
        ("configMap_detail", EnvConfigKind::ConfigMap),
        ("secret_detail", EnvConfigKind::Secret),
        ("ingress_detail", EnvConfigKind::Ingress),
        ("pvc_detail", EnvConfigKind::Pvc),
    ] {
        for project in ["project_key", "product_key"] {
            let json = json!({ key: { "name": "x", project: "p", "env_key": "dev", "capacity": "1Gi", "source_detail": null } });
            let config: EnvConfig = serde_json::from_value(json).unwrap();
            assert_eq!((config.name.as_str(), config.project_key.as_str(), &config.kind), ("x", "p", &kind));
            assert_eq!(config.facts, [("capacity", "1Gi".to_owned())]);
        }
    }
    assert!(serde_json::from_value::<EnvConfig>(json!({"message":"success"})).is_err());
}

#[test]
fn a_numeric_success_is_an_acknowledgement() {
    let call = envcfgs::delete(Family::Test, "p", "dev", &EnvConfigKind::Secret, "n");
    assert_eq!(call.decode(r#"{"message": 200}"#), Ok(Ack::Success));
    assert_eq!(call.decode(r#"{"message":"success"}"#), Ok(Ack::Success));
    assert_eq!(call.decode(""), Ok(Ack::Empty));
}

#[test]
fn scaling_always_names_the_service() {
    assert_eq!(body(&workloads::scale(&requests::scale()))["service_name"], "svc");
}

#[test]
fn scaling_always_says_the_number() {
    assert_eq!(body(&workloads::scale(&requests::scale()))["target_replicas"], 0);
}

#[test]
fn scaling_and_images_are_for_test_environments_only() {
    let scale: fn(&workloads::Scale) -> Call<Ack> = workloads::scale;
    let image: fn(ImageTarget, &workloads::ImageUpdate) -> Call<Ack> = workloads::update_image;
    assert_eq!(scale(&requests::scale()).request().path(), "/openapi/environments/scale");
    assert!(!image(ImageTarget::CronJob, &requests::image_update()).request().path().contains("production"));
}

#[test]
fn an_image_update_never_sends_a_type() {
    for target in [ImageTarget::Deployment, ImageTarget::StatefulSet, ImageTarget::CronJob, ImageTarget::Job]
    {
        assert_eq!(body(&workloads::update_image(target, &requests::image_update())).get("type"), None);
    }
}

#[test]
fn the_image_path_is_read_under_both_names() {
    for key in ["imagePath", "image_path"] {
        let container: Container = serde_json::from_value(json!({ key: { "image": "i" } })).unwrap();
        assert_eq!(container.image_path.unwrap().image, "i");
    }
}

fn log_query(family: Family, since: Option<&str>) -> logs::LogQuery {
    logs::LogQuery {
        family,
        project: "p".into(),
        env: "dev".into(),
        pod: "x".into(),
        container: "c".into(),
        tail: 0,
        since: since.map(str::to_owned),
    }
}

#[test]
fn events_are_asked_for_with_env_name_in_camel_case() {
    assert_eq!(query(events::list(Family::Test, "p", "dev", "Pod", "x").request(), "envName"), Some("dev"));
}

#[test]
fn events_and_logs_of_production_environments_say_so() {
    let of = |family| {
        let log = log_query(family, None);
        let events = events::list(family, "p", "prod", "Pod", "x");
        [query(events.request(), "production"), query(&logs::follow(&log), "production")]
            .map(|told| told.map(str::to_owned))
    };
    assert_eq!(of(Family::Production), [Some("true".to_owned()), Some("true".to_owned())]);
    assert_eq!(of(Family::Test), [None, None]);
}

#[test]
fn the_servers_spelling_of_k8services_comes_first() {
    let path = |call: Call<Vec<String>>| call.request().path().to_owned();
    assert!(path(share::workloads_without_service("p", "dev")).ends_with("/k8services"));
    assert!(path(share::workloads_without_service_as_documented("p", "dev")).ends_with("/k8sservices"));
}

#[test]
fn a_portal_answer_that_was_left_out_is_not_an_empty_portal() {
    let call = portal::get("p", "dev", "svc");
    assert_eq!(call.decode(r#"{"message":"success"}"#), Ok(PortalService::Unreadable));
    let known = call.decode(r#"{"default_gateway_address":"1.2.3.4","servers":[]}"#).unwrap();
    assert_eq!(known, PortalService::Known { default_gateway_address: "1.2.3.4".into(), servers: vec![] });
}

#[test]
fn portal_hosts_are_sent_as_a_bare_array() {
    let server = portal::PortalServer { host: "h".into(), port_number: 80, port_protocol: "HTTP".into() };
    let sent = body(&portal::set("p", "dev", "svc", &[server]));
    assert_eq!(sent, json!([{"host":"h","port_number":80,"port_protocol":"HTTP"}]));
}

#[test]
fn sub_env_is_sent_only_where_given() {
    assert_eq!(body(&environments::create("p", &requests::new_environment())).get("sub_env"), None);
    let sub_env = Some(SubEnvironmentOf { enable: true, base_env: "base".into() });
    let new = NewEnvironment { sub_env, ..requests::new_environment() };
    assert_eq!(body(&environments::create("p", &new))["sub_env"], json!({"enable":true,"base_env":"base"}));
}

#[test]
fn refusals_that_come_as_500_are_told_by_their_text() {
    let call = environments::get(Family::Test, "p", "gone").request().info();
    let body = r#"{"code":500,"description":"mongo: no documents in result","message":"Internal Error: "}"#;
    assert_eq!(classify(call, Answer { status: 500, auth_reason: None, body }).kind, ErrorKind::NotFound);
}

#[test]
fn empty_bodies_are_judged_by_their_status() {
    for (status, kind) in [
        (400, ErrorKind::InvalidInput),
        (401, ErrorKind::Unauthorized),
        (403, ErrorKind::Forbidden),
        (500, ErrorKind::Server),
    ] {
        let call = environments::list(Family::Test, "p").request().info();
        assert_eq!(classify(call, Answer { status, auth_reason: None, body: "" }).kind, kind);
    }
}

#[test]
fn a_log_request_says_tails_and_since_only_where_given() {
    let query_of = |since: Option<&str>| logs::follow(&log_query(Family::Test, since));
    assert_eq!(query(&query_of(None), "tails"), Some("0"));
    assert_eq!(query(&query_of(None), "since"), None);
    assert_eq!(query(&query_of(Some("1h")), "since"), Some("1h"));
}
