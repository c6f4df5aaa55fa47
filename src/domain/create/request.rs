//! The request a draft becomes, put together with what the project defines.

use std::collections::BTreeMap;

use super::draft::{Draft, GlobalDraft, ServiceDraft, VariableDraft};
use super::object::{may_be_secret, object_of};
use crate::api::environments::{
    NewEnvironment, NewEnvironmentConfig, NewEnvironmentService, NewProductionEnvironment, SubEnvironmentOf,
};
use crate::api::model::ContainerImage;
use crate::api::services::{ServiceTemplate, ServiceTemplateSummary};
use crate::api::{GlobalVariable, RenderVariable, Variable};

/// The global variables of the new environment: each that the project defines and the draft does not leave out, whole,
/// because the server stores types, options and descriptions as they are sent (contract 6.5).
pub fn globals(draft: &Draft, definitions: &[Variable]) -> Vec<GlobalVariable> {
    let chosen = definitions.iter().filter_map(|defined| {
        let value = match draft.globals.get(&defined.key) {
            Some(GlobalDraft::Left) => return None,
            Some(GlobalDraft::Value(value)) => value.clone(),
            None => defined.value.clone(),
        };
        // Who follows is told by the services; the server fills it in.
        Some(GlobalVariable {
            key: defined.key.clone(),
            value,
            kind: defined.kind.clone(),
            options: defined.options.clone(),
            desc: defined.desc.clone(),
            ..GlobalVariable::default()
        })
    });
    chosen.collect()
}

/// The variables of a service that were decided on, and those that follow a global one. The others are not sent: the
/// server gives them the template's defaults, which may be newer than what was read here.
pub fn render_variables(
    template: &[Variable],
    draft: &ServiceDraft,
    globals: &[GlobalVariable],
) -> Vec<RenderVariable> {
    let one = |variable: &Variable| {
        let global = globals.iter().find(|global| global.key == variable.key);
        match draft.variables.get(&variable.key) {
            Some(VariableDraft::Own(value)) => {
                Some(RenderVariable { value: value.clone(), ..RenderVariable::own(variable) })
            }
            Some(VariableDraft::Template) => None,
            Some(VariableDraft::Follow) | None => {
                let value = global?.value.clone();
                Some(RenderVariable { value, ..RenderVariable::global(variable) })
            }
        }
    };
    template.iter().filter_map(one).collect()
}

/// All containers of a service: the document wants every one, with the template's image where no other was chosen.
fn containers(template: Option<&ServiceTemplateSummary>, draft: &ServiceDraft) -> Vec<ContainerImage> {
    let all = template.map(|one| one.containers.as_slice()).unwrap_or_default();
    let one = |container: &ContainerImage| {
        let image = draft.images.get(&container.name).map_or(container.image.as_str(), |image| image.trim());
        ContainerImage { image: image.to_owned(), ..container.clone() }
    };
    all.iter().map(one).collect()
}

/// The body of `E07`. `templates` is the project's list (`H7`), `details` are the chosen ones in full (`H8`).
pub fn test_environment(
    project: &str,
    draft: &Draft,
    definitions: &[Variable],
    templates: &[ServiceTemplateSummary],
    details: &BTreeMap<String, ServiceTemplate>,
) -> NewEnvironment {
    let globals = globals(draft, definitions);
    let services = draft.services.iter().map(|(name, chosen)| {
        let template = templates.iter().find(|one| one.name == *name);
        let variables = details.get(name).map(|one| one.variables.as_slice()).unwrap_or_default();
        NewEnvironmentService::new(
            name,
            containers(template, chosen),
            render_variables(variables, chosen, &globals),
        )
    });
    let services = services.collect();
    let configs = draft.configs.iter().map(|one| NewEnvironmentConfig {
        common_env_cfg_type: object_of(&one.yaml).map(|object| object.kind).unwrap_or_default(),
        yaml_data: one.yaml.clone(),
    });
    let sub_env =
        (!draft.base.is_empty()).then(|| SubEnvironmentOf { enable: true, base_env: draft.base.clone() });
    NewEnvironment {
        env_key: draft.name.clone(),
        cluster_id: draft.cluster.trim().to_owned(),
        namespace: draft.namespace(project),
        registry_id: draft.registry.trim().to_owned(),
        global_variables: globals,
        services,
        env_configs: configs.collect(),
        sub_env,
    }
}

/// The body of `E08`.
pub fn production_environment(project: &str, draft: &Draft) -> NewProductionEnvironment {
    NewProductionEnvironment {
        env_key: draft.name.clone(),
        alias: draft.alias.trim().to_owned(),
        cluster_id: draft.cluster.trim().to_owned(),
        namespace: draft.namespace(project),
        registry_id: draft.registry.trim().to_owned(),
    }
}

/// Where a request holds secrets, as JSON pointers: the YAML of Secrets, and of what cannot be told from one.
pub fn secret_places(new: &NewEnvironment) -> Vec<String> {
    let all = new.env_configs.iter().enumerate();
    let secret = all.filter(|(_, one)| may_be_secret(&one.yaml_data));
    secret.map(|(index, _)| format!("/env_configs/{index}/yaml_data")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::VariableKind;
    use serde_json::json;

    fn variable(key: &str, value: &str) -> Variable {
        let options = vec!["a".to_owned(), "b".to_owned()];
        Variable {
            key: key.into(),
            value: value.into(),
            kind: VariableKind::Enum,
            options,
            desc: "what".into(),
        }
    }

    fn draft() -> Draft {
        let mut draft =
            Draft { name: "qa".into(), cluster: "c ".into(), registry: " r".into(), ..Draft::default() };
        draft.services.insert("web".into(), ServiceDraft::default());
        draft
    }

    fn made(draft: &Draft) -> NewEnvironment {
        let image = |name: &str| ContainerImage {
            name: name.into(),
            image: format!("r/{name}:1"),
            image_name: name.into(),
        };
        let summary = ServiceTemplateSummary {
            name: "web".into(),
            containers: vec![image("web"), image("side")],
            ..ServiceTemplateSummary::default()
        };
        let detail = ServiceTemplate {
            name: "web".into(),
            variables: vec![variable("level", "a"), variable("own", "a")],
            ..ServiceTemplate::default()
        };
        let details = BTreeMap::from([("web".to_owned(), detail)]);
        test_environment(
            "shop",
            draft,
            &[variable("level", "b"), variable("other", "a")],
            &[summary],
            &details,
        )
    }

    #[test]
    fn an_untouched_service_has_its_template_and_follows_the_global_variables() {
        let body = serde_json::to_value(made(&draft())).unwrap();
        assert_eq!(body["env_key"], "qa");
        assert_eq!((&body["cluster_id"], &body["registry_id"]), (&json!("c"), &json!("r")));
        assert_eq!(body["namespace"], "shop-env-qa");
        assert!(body.get("sub_env").is_none());
        let web = &body["services"][0];
        assert_eq!(web["type"], "k8s");
        assert_eq!(web["containers"][1], json!({"name": "side", "image": "r/side:1", "image_name": "side"}));
        assert_eq!(web["variable_kvs"][0]["use_global_variable"], true);
        assert_eq!(web["variable_kvs"][0]["value"], "b", "the global variable's value");
        assert_eq!(
            web["variable_kvs"].as_array().unwrap().len(),
            1,
            "the server takes the template's defaults"
        );
    }

    #[test]
    fn global_variables_are_sent_whole() {
        let global = serde_json::to_value(&made(&draft()).global_variables[0]).unwrap();
        assert_eq!(
            global,
            json!({"key": "level", "value": "b", "type": "enum", "options": ["a", "b"], "desc": "what", "related_services": []})
        );
    }

    #[test]
    fn what_was_decided_is_sent() {
        let mut draft = draft();
        draft.globals.insert("other".into(), GlobalDraft::Left);
        draft.globals.insert("level".into(), GlobalDraft::Value("a".into()));
        let web = draft.services.entry("web".into()).or_default();
        web.images.insert("side".into(), " r/side:2 ".into());
        web.variables.insert("level".into(), VariableDraft::Own("b".into()));
        draft.base = "base".into();
        let new = made(&draft);
        assert_eq!(new.global_variables.len(), 1);
        assert_eq!(new.global_variables[0].value.to_text(), "a");
        assert_eq!(new.services[0].containers[1].image, "r/side:2");
        assert_eq!(new.services[0].containers[0].image, "r/web:1");
        let level = &new.services[0].variable_kvs[0];
        assert_eq!((level.use_global_variable, level.value.to_text()), (false, "b".to_owned()));
        assert_eq!(new.sub_env, Some(SubEnvironmentOf { enable: true, base_env: "base".into() }));
    }

    #[test]
    fn a_variable_cannot_follow_what_was_left_out() {
        let mut draft = draft();
        draft.globals.insert("level".into(), GlobalDraft::Left);
        draft
            .services
            .entry("web".into())
            .or_default()
            .variables
            .insert("level".into(), VariableDraft::Follow);
        assert_eq!(made(&draft).services[0].variable_kvs, []);
    }

    #[test]
    fn configs_say_their_kind_and_secrets_their_place() {
        let mut draft = draft();
        draft.add_config("kind: PersistentVolumeClaim\nmetadata:\n  name: a".into(), None);
        draft.add_config("kind: Secret\nmetadata:\n  name: b".into(), None);
        let new = made(&draft);
        assert_eq!(serde_json::to_value(&new.env_configs[0]).unwrap()["common_env_cfg_type"], "PVC");
        assert_eq!(secret_places(&new), ["/env_configs/1/yaml_data"]);
    }

    #[test]
    fn a_production_environment_has_its_alias_and_nothing_of_services() {
        let draft = Draft { alias: " Live ".into(), namespace: Some("live".into()), ..draft() };
        let body = serde_json::to_value(production_environment("shop", &draft)).unwrap();
        assert_eq!(
            body,
            json!({"env_key": "qa", "env_name": "Live", "cluster_id": "c", "namespace": "live", "registry_id": "r"})
        );
    }
}
