//! Planning `E07` and `E08`: a new environment.

use super::Problem;
use crate::api::environments::{self, NewEnvironment, NewProductionEnvironment};
use crate::api::model::ContainerImage;
use crate::api::services::ServiceTemplateSummary;
use crate::api::{Availability, Family, Feature, Features};
use crate::domain::create::{may_be_secret, object_of, secret_places};
use crate::domain::image::ImageRef;
use crate::ops::kind::Kind;
use crate::ops::plan::{Change, Plan, Subject, Warning};
use crate::ops::target::{Object, Target};
use crate::ops::text::{Sensitive, Text};
use crate::ops::verify::environment::EnvironmentCreated;
use crate::route::EnvironmentRef;

/// Plans to make a test environment. `templates` are those of the project (`H7`), `sharers` the environments that are
/// in the namespace already.
///
/// # Errors
/// [`Problem::NoTemplate`], [`Problem::Image`], [`Problem::NothingChosen`] for a missing key or place.
pub fn test(
    project: &str,
    new: &NewEnvironment,
    templates: &[ServiceTemplateSummary],
    sharers: &[String],
    features: &Features,
) -> Result<Plan, Problem> {
    complete([&new.env_key, &new.cluster_id, &new.namespace, &new.registry_id])?;
    let mut changes = places(&new.env_key, &new.cluster_id, &new.namespace, &new.registry_id);
    if let Some(sub) = &new.sub_env {
        changes.push(Change::new(Subject::BaseEnvironment, None, Some(Text::plain(&sub.base_env))));
    }
    for service in &new.services {
        changes.extend(of_service(service, templates)?);
    }
    for global in &new.global_variables {
        let subject = Subject::Variable { service: None, key: global.key.clone() };
        changes.push(Change::new(subject, None, Some(Text::plain(global.value.to_text()))));
    }
    for config in &new.env_configs {
        let name = object_of(&config.yaml_data).map(|object| object.name).unwrap_or_default();
        let kind = config.common_env_cfg_type.clone();
        let shown = match may_be_secret(&config.yaml_data) {
            true => Text::secret(&config.yaml_data),
            false => Text::plain(&name),
        };
        changes.push(Change::new(Subject::Config { kind, name, key: None }, None, Some(shown)));
    }
    let own = new.services.iter().flat_map(|one| &one.variable_kvs).filter(|one| !one.use_global_variable);
    super::no_masks(own.map(|variable| variable.value.to_text()))?;
    super::no_masks(new.global_variables.iter().map(|global| global.value.to_text()))?;
    // A clone would give the new environment the asterisks of a hidden secret.
    super::no_masks(new.env_configs.iter().map(|config| &config.yaml_data))?;
    let names: Vec<String> = new.services.iter().map(|one| one.service_name.clone()).collect();
    let call = environments::create(project, new);
    let verifier = EnvironmentCreated::new(&new.env_key, &names);
    let ignored = new.sub_env.is_some() && features.has(Feature::SubEnvironment) != Availability::Yes;
    Ok(Plan::new(Kind::CreateEnvironment, target(project, Family::Test, &new.env_key), &call, verifier)
        .changes(changes)
        .warnings(shared(&new.namespace, sharers))
        .warnings(ignored.then_some(Warning::SubEnvironmentMayBeIgnored))
        .sensitive(Sensitive::At(secret_places(new))))
}

/// Plans to make an empty production environment.
///
/// # Errors
/// [`Problem::NothingChosen`] for a missing key or place.
pub fn production(
    project: &str,
    new: &NewProductionEnvironment,
    sharers: &[String],
) -> Result<Plan, Problem> {
    complete([&new.env_key, &new.cluster_id, &new.namespace, &new.registry_id])?;
    let mut changes = places(&new.env_key, &new.cluster_id, &new.namespace, &new.registry_id);
    if !new.alias.is_empty() {
        changes.push(Change::new(Subject::Alias, None, Some(Text::plain(&new.alias))));
    }
    let call = environments::create_production(project, new);
    let verifier = EnvironmentCreated::new(&new.env_key, &[]);
    let target = target(project, Family::Production, &new.env_key);
    Ok(Plan::new(Kind::CreateEnvironment, target, &call, verifier)
        .changes(changes)
        .warnings([Warning::StartsEmpty])
        .warnings(shared(&new.namespace, sharers)))
}

fn target(project: &str, family: Family, key: &str) -> Target {
    let at = EnvironmentRef { project: project.to_owned(), family, key: key.to_owned() };
    Target::new(&at, Object::Environment)
}

fn complete(fields: [&String; 4]) -> Result<(), Problem> {
    match fields.iter().any(|field| field.is_empty()) {
        true => Err(Problem::NothingChosen),
        false => Ok(()),
    }
}

fn places(key: &str, cluster: &str, namespace: &str, registry: &str) -> Vec<Change> {
    let one = |subject, text: &str| Change::new(subject, None, Some(Text::plain(text)));
    vec![
        one(Subject::Environment, key),
        one(Subject::Cluster, cluster),
        one(Subject::Namespace(namespace.to_owned()), namespace),
        one(Subject::Registry, registry),
    ]
}

fn shared(namespace: &str, by: &[String]) -> Option<Warning> {
    (!by.is_empty()).then(|| Warning::NamespaceShared { namespace: namespace.to_owned(), by: by.to_vec() })
}

/// The image that a container begins with: the chosen one, else its template's.
fn first_image<'a>(service: &'a environments::NewEnvironmentService, usual: &'a ContainerImage) -> &'a str {
    let chosen = service.containers.iter().find(|one| one.name == usual.name);
    chosen.map_or(usual.image.as_str(), |chosen| chosen.image.as_str())
}

/// A service with the images it begins with, and each image that is not its template's.
fn of_service(
    service: &environments::NewEnvironmentService,
    templates: &[ServiceTemplateSummary],
) -> Result<Vec<Change>, Problem> {
    let name = &service.service_name;
    let template = templates.iter().find(|one| one.name == *name);
    let template = template.ok_or_else(|| Problem::NoTemplate(name.clone()))?;
    let images: Vec<&str> = template.containers.iter().map(|usual| first_image(service, usual)).collect();
    let shown = if images.is_empty() { name.clone() } else { images.join(", ") };
    let mut changes = vec![Change::new(Subject::Service(name.clone()), None, Some(Text::plain(shown)))];
    for container in &service.containers {
        let usual = template.containers.iter().find(|one| one.name == container.name);
        if usual.is_some_and(|usual| usual.image == container.image) {
            continue;
        }
        ImageRef::parse(&container.image).map_err(|problem| Problem::Image {
            container: format!("{name} / {}", container.name),
            problem,
        })?;
        let subject = Subject::FirstImage { service: name.clone(), container: container.name.clone() };
        changes.push(Change::new(subject, None, Some(Text::plain(&container.image))));
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::environments::{NewEnvironmentConfig, NewEnvironmentService, SubEnvironmentOf};
    use crate::ops::{Confirmation, Danger};

    fn image(image: &str) -> ContainerImage {
        ContainerImage { name: "web".into(), image: image.into(), image_name: "web".into() }
    }

    fn templates() -> Vec<ServiceTemplateSummary> {
        let containers = vec![image("r/web:1")];
        vec![ServiceTemplateSummary { name: "web".into(), containers, ..ServiceTemplateSummary::default() }]
    }

    fn new() -> NewEnvironment {
        NewEnvironment {
            env_key: "qa".into(),
            cluster_id: "c".into(),
            namespace: "shop-env-qa".into(),
            registry_id: "r".into(),
            services: vec![NewEnvironmentService::new("web", vec![image("r/web:2")], Vec::new())],
            ..NewEnvironment::default()
        }
    }

    fn planned(new: &NewEnvironment) -> Result<Plan, Problem> {
        test("shop", new, &templates(), &[], &Features::from_version("v5.0.0"))
    }

    #[test]
    fn a_clone_of_hidden_values_is_not_made() {
        let yaml_data = "kind: Secret\nmetadata:\n  name: db\ndata:\n  password: '********'\n".into();
        let config = NewEnvironmentConfig { common_env_cfg_type: "Secret".into(), yaml_data };
        let hidden = NewEnvironment { env_configs: vec![config], ..new() };
        assert_eq!(planned(&hidden).unwrap_err(), Problem::Masked);
    }

    #[test]
    fn the_review_names_places_services_and_images_that_differ() {
        let plan = planned(&new()).unwrap();
        let subjects: Vec<&Subject> = plan.facts.changes.iter().map(|one| &one.subject).collect();
        let first = Subject::FirstImage { service: "web".into(), container: "web".into() };
        assert_eq!(subjects[4..], [&Subject::Service("web".into()), &first]);
        assert!(plan.facts.changes.iter().all(|one| one.old.is_none()));
        assert_eq!(plan.facts.confirmation(), Confirmation::Plain);
        let call = &plan.facts.shown_calls()[0];
        assert_eq!(call.target(), "/openapi/environments?projectKey=shop");
    }

    #[test]
    fn what_cannot_be_made_has_no_plan() {
        let without = NewEnvironment { registry_id: String::new(), ..new() };
        assert_eq!(planned(&without).unwrap_err(), Problem::NothingChosen);
        let mut other = new();
        other.services.push(NewEnvironmentService::new("ghost", Vec::new(), Vec::new()));
        assert_eq!(planned(&other).unwrap_err(), Problem::NoTemplate("ghost".into()));
        let mut bad = new();
        bad.services[0].containers[0].image = "r/web:".into();
        assert!(
            matches!(planned(&bad).unwrap_err(), Problem::Image { container, .. } if container == "web / web")
        );
    }

    #[test]
    fn the_yaml_of_secrets_is_shown_nowhere() {
        let mut new = new();
        let yaml_data = "kind: Secret\nmetadata:\n  name: db\nstringData:\n  key: hunter2".to_owned();
        new.env_configs.push(NewEnvironmentConfig { common_env_cfg_type: "Secret".into(), yaml_data });
        let plan = planned(&new).unwrap();
        let call = &plan.facts.shown_calls()[0];
        assert!(!call.curl("").contains("hunter2") && call.body().unwrap().contains("shop-env-qa"));
        assert!(!format!("{:?}", plan.facts.changes).contains("hunter2"));
    }

    #[test]
    fn a_namespace_in_use_is_warned_of() {
        let plan = test("shop", &new(), &templates(), &["dev".into()], &Features::default()).unwrap();
        let warning = Warning::NamespaceShared { namespace: "shop-env-qa".into(), by: vec!["dev".into()] };
        assert_eq!(plan.facts.warnings, [warning]);
    }

    #[test]
    fn an_old_server_would_make_an_ordinary_environment() {
        let sub_env = Some(SubEnvironmentOf { enable: true, base_env: "base".into() });
        let sub = NewEnvironment { sub_env, ..new() };
        let warnings = |version| test("shop", &sub, &templates(), &[], &version).unwrap().facts.warnings;
        assert_eq!(warnings(Features::from_version("v4.2.0")), []);
        assert_eq!(warnings(Features::default()), [Warning::SubEnvironmentMayBeIgnored]);
    }

    #[test]
    fn production_begins_empty_and_wants_the_name() {
        let new = NewProductionEnvironment {
            env_key: "live".into(),
            alias: "Live".into(),
            cluster_id: "c".into(),
            namespace: "live".into(),
            registry_id: "r".into(),
        };
        let plan = production("shop", &new, &[]).unwrap();
        assert_eq!(plan.facts.warnings, [Warning::StartsEmpty]);
        let wanted = Confirmation::TypeName { name: "live".into(), dangers: vec![Danger::Production] };
        assert_eq!(plan.facts.confirmation(), wanted);
        assert!(plan.facts.shown_calls()[0].target().starts_with("/openapi/environments/production?"));
    }
}
