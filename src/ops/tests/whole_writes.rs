//! Writes that send a whole: none sends a value that nobody chose and that may differ from what is there. One test for
//! each of these entries of [`crate::api::quirks`].

use std::collections::BTreeMap;

use super::fixtures::{env, environment, production};
use crate::api::envcfgs::{EnvConfig, EnvConfigKind, EnvConfigObject};
use crate::api::environments::{Environment, EnvironmentSummary};
use crate::api::model::{ContainerImage, GlobalVariable, Variable};
use crate::api::portal::{PortalServer, PortalService};
use crate::api::services::{ServiceAddition, ServiceTemplate, ServiceTemplateSummary};
use crate::api::{RenderVariable, services as calls};
use crate::domain::create::{clone_of, test_environment};
use crate::domain::service_variables::{self, Edit, Edits};
use crate::ops::plans::portal::Before;
use crate::ops::plans::{configs, environments, portal, services};
use crate::ops::snapshot::{Probe, Response, Snapshot};
use crate::ops::{Plan, Stale};

fn body(plan: &Plan) -> serde_json::Value {
    serde_json::from_str(plan.facts.shown_calls()[0].body().unwrap()).unwrap()
}

fn variable(key: &str) -> Variable {
    Variable { key: key.into(), value: "template".into(), ..Variable::default() }
}

/// Five variables; `cpu` follows its global variable.
fn with_variables() -> Environment {
    let mut now = environment("success", 1, &["api"]);
    now.services[0].template_variables = ["cpu", "mem", "port", "level", "flag"].map(variable).into();
    now.global_variables = vec![GlobalVariable {
        key: "cpu".into(),
        value: "9".into(),
        related_services: vec!["api".into()],
        ..GlobalVariable::default()
    }];
    now
}

fn updated(edits: &[(&str, Edit)]) -> Vec<(String, String, bool)> {
    let now = with_variables();
    let edits: Edits = edits.iter().map(|(key, edit)| ((*key).to_owned(), edit.clone())).collect();
    let update = service_variables::update(&now, "api", &edits);
    let body = body(&services::update(&env(), &now, &[update]).unwrap());
    let list = body["service_list"][0]["variable_kvs"].as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    list.iter()
        .map(|one| (text(&one["key"]), text(&one["value"]), one["use_global_variable"] == true))
        .collect()
}

#[test]
fn a_service_update_sends_what_is_bound_and_what_was_edited() {
    let one = |key: &str, value: &str, global: bool| (key.to_owned(), value.to_owned(), global);
    assert_eq!(updated(&[]), [one("cpu", "9", true)], "none edited of five");
    let own = Edit::Own("80".into());
    assert_eq!(updated(&[("port", own.clone())]), [one("cpu", "9", true), one("port", "80", false)]);
    assert_eq!(updated(&[("cpu", own)]), [one("cpu", "80", false)], "unbound, with the value it was given");
}

#[test]
fn an_added_service_sends_only_what_was_chosen() {
    let now = environment("success", 1, &[]);
    let bound = RenderVariable::global(&variable("cpu"));
    let additions = [ServiceAddition { service_name: "api".into(), variable_kvs: vec![bound] }];
    let plan = services::add(&env(), &now, &["api"], &additions).unwrap();
    let sent = body(&plan)["service_list"][0]["variable_kvs"].clone();
    assert_eq!(sent.as_array().unwrap().len(), 1);
    assert_eq!(sent[0]["use_global_variable"], true);
    // And the whole of it is what the call was given.
    let call = calls::add(env().family, "shop", "dev", &additions);
    assert_eq!(plan.facts.shown_calls()[0].body(), call.request().body());
}

#[test]
fn a_new_environment_sends_only_the_variables_that_were_chosen() {
    let source = with_variables();
    let template = ServiceTemplateSummary {
        name: "api".into(),
        containers: vec![ContainerImage {
            name: "app".into(),
            image: "r/app:1".into(),
            image_name: "app".into(),
        }],
        ..ServiceTemplateSummary::default()
    };
    let definitions = [variable("cpu")];
    let taken = clone_of(&source, &definitions, std::slice::from_ref(&template));
    let detail = ServiceTemplate {
        variables: ["cpu", "mem", "port", "level", "flag"].map(variable).into(),
        ..ServiceTemplate::default()
    };
    let details = BTreeMap::from([("api".to_owned(), detail)]);
    let new = test_environment("shop", &taken.draft, &definitions, &[template], &details);
    let sent: Vec<_> =
        new.services[0].variable_kvs.iter().map(|one| (one.key.as_str(), one.use_global_variable)).collect();
    assert_eq!(sent, [("cpu", true)], "what the source set for itself cannot be read, so it is not made up");
}

#[test]
fn an_edit_of_a_changed_environment_is_not_sent() {
    let listed = |registry: &str| EnvironmentSummary {
        key: "live".into(),
        registry_id: registry.into(),
        alias: Some("Live".into()),
        ..EnvironmentSummary::default()
    };
    let mut plan = environments::edit(&production(), &listed("r1"), "r1", "New").unwrap();
    assert_eq!(body(&plan), serde_json::json!({"registry_id": "r1", "env_name": "New"}));
    let now = |registry: &str| {
        Snapshot::default().with(Probe::Environments, Response::Environments(vec![listed(registry)]))
    };
    assert_eq!(plan.verifier.baseline(&now("r1")), Ok(()));
    assert_eq!(plan.verifier.baseline(&now("r2")), Err(Stale::Changed), "the registry would go back to r1");
}

#[test]
fn a_config_is_sent_as_it_was_read_but_for_the_edit() {
    let read =
        "kind: ConfigMap\nmetadata:\n  name: app\n  labels:\n    team: core\ndata:\n  a: \"1\"\n  b: \"2\"\n";
    let of = |yaml: &str| {
        let object = EnvConfigObject {
            name: "app".into(),
            kind: EnvConfigKind::ConfigMap,
            yaml_data: yaml.into(),
            ..EnvConfigObject::default()
        };
        EnvConfig { object, facts: Vec::new() }
    };
    let edited = read.replace("a: \"1\"", "a: \"9\"");
    let mut plan = configs::update(&env(), &of(read), &edited).unwrap();
    assert_eq!(body(&plan)["yaml_data"], edited);
    let now = |yaml: &str| {
        let place = Probe::Config(EnvConfigKind::ConfigMap, "app".into());
        Snapshot::default().with(place, Response::Config(of(yaml)))
    };
    assert_eq!(plan.verifier.baseline(&now(read)), Ok(()));
    let theirs = read.replace("b: \"2\"", "b: \"3\"");
    assert_eq!(plan.verifier.baseline(&now(&theirs)), Err(Stale::Changed), "their b would go back to 2");
}

#[test]
fn portal_hosts_changed_by_others_are_not_overwritten() {
    let server =
        |host: &str| PortalServer { host: host.into(), port_number: 80, port_protocol: "HTTP".into() };
    let (read, wanted) = ([server("a")], [server("a"), server("b")]);
    let mut plan = portal::set(&env(), "web", Before::Read(&read), &wanted).unwrap();
    let now = |servers: Vec<PortalServer>| {
        let known = PortalService::Known { default_gateway_address: String::new(), servers };
        Snapshot::default().with(Probe::Portal("web".into()), Response::Portal(known))
    };
    assert_eq!(plan.verifier.baseline(&now(vec![server("a")])), Ok(()));
    let theirs = vec![server("a"), server("theirs")];
    assert_eq!(plan.verifier.baseline(&now(theirs)), Err(Stale::Changed), "their host would be gone");
}
