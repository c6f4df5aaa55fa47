//! The document's request examples can be expressed: everything they send that a server reads, this client sends too.

use serde_json::Value;

use crate::api::envcfgs::{self, EnvConfigKind, NewEnvConfig};
use crate::api::environments::{self, NewEnvironment, NewEnvironmentConfig, NewEnvironmentService};
use crate::api::model::ContainerImage;
use crate::api::services::{self, ServiceAddition, ServiceUpdate, WorkloadKind};
use crate::api::workloads::{self, ImageTarget, ImageUpdate, Scale};
use crate::api::{Ack, Call, Family, GlobalVariable, RenderVariable, Variable, portal};

macro_rules! example {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!(
            "../../../tests/fixtures/doc/",
            $name,
            ".request.json"
        )))
        .unwrap()
    };
}

/// Whether `sent` has everything `wanted` has.
fn contains(sent: &Value, wanted: &Value) -> bool {
    match (sent, wanted) {
        (Value::Object(sent), Value::Object(wanted)) => {
            wanted.iter().all(|(key, inner)| sent.get(key).is_some_and(|value| contains(value, inner)))
        }
        (Value::Array(sent), Value::Array(wanted)) => {
            sent.len() == wanted.len() && sent.iter().zip(wanted).all(|(sent, wanted)| contains(sent, wanted))
        }
        _ => sent == wanted,
    }
}

fn assert_sends(call: &Call<Ack>, wanted: &Value) {
    let sent: Value = serde_json::from_str(call.request().body().unwrap()).unwrap();
    assert!(contains(&sent, wanted), "sent {sent}\nwanted {wanted}");
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn own(value: &Value) -> RenderVariable {
    RenderVariable::own(&serde_json::from_value::<Variable>(value.clone()).unwrap())
}

fn new_config(value: &Value) -> NewEnvConfig {
    NewEnvConfig {
        name: text(value, "name"),
        common_env_cfg_type: EnvConfigKind::ConfigMap,
        yaml_data: text(value, "yaml_data"),
    }
}

#[test]
fn an_environment_is_created_as_documented() {
    let mut wanted = example!("E07");
    // No server has this field.
    wanted.as_object_mut().unwrap().remove("is_public");
    let service = &wanted["services"][0];
    let images: Vec<ContainerImage> = serde_json::from_value(service["containers"].clone()).unwrap();
    let variables = service["variable_kvs"].as_array().unwrap().iter().map(own).collect();
    let globals: Vec<GlobalVariable> = serde_json::from_value(wanted["global_variables"].clone()).unwrap();
    let config = new_config(&wanted["env_configs"][0]);
    let new = NewEnvironment {
        env_key: text(&wanted, "env_key"),
        cluster_id: text(&wanted, "cluster_id"),
        namespace: text(&wanted, "namespace"),
        registry_id: text(&wanted, "registry_id"),
        global_variables: globals,
        services: vec![NewEnvironmentService::new("service2", images, variables)],
        env_configs: vec![NewEnvironmentConfig {
            common_env_cfg_type: config.common_env_cfg_type,
            yaml_data: config.yaml_data,
        }],
        sub_env: None,
    };
    assert_sends(&environments::create("p", &new), &wanted);
}

#[test]
fn services_are_added_as_documented() {
    for (family, wanted) in [(Family::Test, example!("E13")), (Family::Production, example!("E14"))] {
        let port = Variable { key: "port".into(), value: "20221".into(), ..Variable::default() };
        let limit = Variable { key: "cpuLimit".into(), ..Variable::default() };
        let variable_kvs = vec![RenderVariable::global(&limit), RenderVariable::own(&port)];
        let addition = ServiceAddition { service_name: "service2".into(), variable_kvs };
        assert_sends(&services::add(family, "p", "dev", &[addition]), &wanted);
    }
}

#[test]
fn services_are_updated_as_documented() {
    for (family, wanted) in [(Family::Test, example!("E15")), (Family::Production, example!("E16"))] {
        let template = Variable { key: "cpu".into(), value: "1".into(), ..Variable::default() };
        let global = GlobalVariable { key: "cpu".into(), value: "4m".into(), ..GlobalVariable::default() };
        let mut update = ServiceUpdate::keeping("service2", &[template], &[]);
        assert!(update.bind(&global));
        assert_sends(&services::update(family, "p", "dev", &[update]), &wanted);
    }
}

#[test]
fn configs_are_made_and_replaced_as_documented() {
    let wanted = example!("E23");
    assert_sends(&envcfgs::create("p", "dev", &new_config(&wanted)), &wanted);
    let wanted = example!("E24");
    assert_sends(&envcfgs::create_production_expecting_refusal("p", "dev", &new_config(&wanted)), &wanted);
    let wanted = example!("E29");
    assert_sends(&envcfgs::update("p", "dev", &new_config(&wanted)), &wanted);
}

#[test]
fn workloads_are_scaled_as_documented() {
    let wanted = example!("E32");
    let scale = Scale {
        project_key: text(&wanted, "project_key"),
        env_key: text(&wanted, "env_key"),
        service_name: "backend".into(),
        workload_name: text(&wanted, "workload_name"),
        workload_type: WorkloadKind::Deployment,
        target_replicas: 3,
    };
    assert_sends(&workloads::scale(&scale), &wanted);
}

#[test]
fn images_are_changed_as_documented() {
    for (target, wanted) in [
        (ImageTarget::Deployment, example!("E35")),
        (ImageTarget::StatefulSet, example!("E36")),
        (ImageTarget::CronJob, example!("E37")),
    ] {
        let update = ImageUpdate {
            project_key: text(&wanted, "product_name"),
            env_key: text(&wanted, "env_name"),
            service_name: text(&wanted, "service_name"),
            workload_name: text(&wanted, "name"),
            container_name: text(&wanted, "container_name"),
            image: text(&wanted, "image"),
        };
        assert_sends(&workloads::update_image(target, &update), &wanted);
    }
}

#[test]
fn a_portal_is_set_as_documented() {
    let wanted = example!("E44");
    let servers: Vec<portal::PortalServer> = serde_json::from_value(wanted.clone()).unwrap();
    assert_sends(&portal::set("p", "dev", "svc", &servers), &wanted);
}
