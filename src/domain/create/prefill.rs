//! What a new environment begins with: suggestions, or another environment as far as it can be read.

use super::draft::{Draft, GlobalDraft, ServiceDraft, VariableDraft};
use crate::api::environments::{Environment, ServiceSummary};
use crate::api::services::ServiceTemplateSummary;
use crate::api::system::{Cluster, ClusterStatus, Registry};
use crate::api::{Family, Variable};

/// An environment taken as the start of another, and what of it could not be taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// The start.
    pub draft: Draft,
    /// Global variables that the project does not define (any more): the server would refuse them.
    pub undefined: Vec<String>,
    /// Services that the project has no template for (any more).
    pub without_template: Vec<String>,
}

/// Takes an environment as the start of another: its places, its services with their current images, its global
/// variables with their values, and which service follows which of them.
///
/// Values that services have of their own cannot be read through the API (contract, `E03`): those variables take the
/// template's defaults. Names, namespaces and config objects are left to the user.
pub fn clone_of(
    source: &Environment,
    definitions: &[Variable],
    templates: &[ServiceTemplateSummary],
) -> Taken {
    let mut made = Taken::default();
    made.draft.prefilled = true;
    made.draft.cluster.clone_from(&source.cluster_id);
    made.draft.registry.clone_from(&source.registry_id);
    for global in &source.global_variables {
        match definitions.iter().any(|one| one.key == global.key) {
            true => {
                let value = GlobalDraft::Value(global.value.clone());
                made.draft.globals.insert(global.key.clone(), value);
            }
            false => made.undefined.push(global.key.clone()),
        }
    }
    // The others of the project are not in the source, so they are not in its clone.
    for defined in definitions {
        made.draft.globals.entry(defined.key.clone()).or_insert(GlobalDraft::Left);
    }
    for service in &source.services {
        match templates.iter().find(|one| one.name == service.name) {
            Some(template) => {
                let taken = service_of(service, template, source, definitions);
                made.draft.services.insert(service.name.clone(), taken);
            }
            None => made.without_template.push(service.name.clone()),
        }
    }
    made
}

fn service_of(
    service: &ServiceSummary,
    template: &ServiceTemplateSummary,
    source: &Environment,
    definitions: &[Variable],
) -> ServiceDraft {
    let mut taken = ServiceDraft::default();
    for container in &template.containers {
        let current = service.containers.iter().find(|one| one.name == container.name);
        if let Some(current) = current.filter(|one| !one.image.is_empty() && one.image != container.image) {
            taken.images.insert(container.name.clone(), current.image.clone());
        }
    }
    for variable in &service.template_variables {
        let follows = source
            .global_variables
            .iter()
            .any(|one| one.key == variable.key && one.related_services.contains(&service.name))
            && definitions.iter().any(|one| one.key == variable.key);
        let decided = match follows {
            true => VariableDraft::Follow,
            false => VariableDraft::Template,
        };
        taken.variables.insert(variable.key.clone(), decided);
    }
    taken
}

/// The cluster to suggest: one that Zadig reaches and that is meant for the family, the local one first. `None` where
/// the list leaves it open.
pub fn default_cluster(clusters: &[Cluster], family: Family) -> Option<String> {
    let good =
        |one: &&Cluster| one.status == ClusterStatus::Normal && one.production == family.is_production();
    let mut fitting: Vec<&Cluster> = clusters.iter().filter(good).collect();
    fitting.sort_by_key(|one| !one.local);
    match (fitting.as_slice(), clusters) {
        ([first, ..], _) if first.local || fitting.len() == 1 => Some(first.id.clone()),
        ([], [only]) => Some(only.id.clone()),
        _ => None,
    }
}

/// The registry to suggest: the installation's default, or the only one.
pub fn default_registry(registries: &[Registry]) -> Option<String> {
    match registries {
        [only] => Some(only.id.clone()),
        all => all.iter().find(|one| one.is_default).map(|one| one.id.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::GlobalVariable;
    use crate::api::model::{Container, ContainerImage};

    fn variable(key: &str) -> Variable {
        Variable { key: key.into(), value: "default".into(), ..Variable::default() }
    }

    fn global(key: &str, services: &[&str]) -> GlobalVariable {
        let related_services = services.iter().map(|one| (*one).to_owned()).collect();
        GlobalVariable {
            key: key.into(),
            value: "here".into(),
            related_services,
            ..GlobalVariable::default()
        }
    }

    fn source() -> Environment {
        let container = |name: &str, image: &str| Container {
            name: name.into(),
            image: image.into(),
            ..Container::default()
        };
        let web = ServiceSummary {
            name: "web".into(),
            containers: vec![container("web", "r/web:2"), container("side", "r/side:1")],
            template_variables: vec![variable("cpu"), variable("port"), variable("ghost")],
            ..ServiceSummary::default()
        };
        let old = ServiceSummary { name: "old".into(), ..ServiceSummary::default() };
        Environment {
            key: "dev".into(),
            cluster_id: "c".into(),
            registry_id: "r".into(),
            namespace: "shop-env-dev".into(),
            global_variables: vec![
                global("cpu", &["web"]),
                global("port", &["api"]),
                global("ghost", &["web"]),
            ],
            services: vec![web, old],
            ..Environment::default()
        }
    }

    fn taken() -> Taken {
        let image = |name: &str, image: &str| ContainerImage {
            name: name.into(),
            image: image.into(),
            ..ContainerImage::default()
        };
        let template = ServiceTemplateSummary {
            name: "web".into(),
            containers: vec![image("web", "r/web:1"), image("side", "r/side:1")],
            ..ServiceTemplateSummary::default()
        };
        clone_of(&source(), &[variable("cpu"), variable("port"), variable("unused")], &[template])
    }

    #[test]
    fn a_clone_has_the_places_but_neither_name_nor_namespace() {
        let draft = taken().draft;
        assert_eq!((draft.cluster.as_str(), draft.registry.as_str()), ("c", "r"));
        assert_eq!((draft.name.as_str(), draft.namespace, draft.configs.len()), ("", None, 0));
        assert!(draft.prefilled);
    }

    #[test]
    fn a_clone_has_images_where_they_differ_from_the_template() {
        let draft = taken().draft;
        assert_eq!(
            draft.services["web"].images.iter().collect::<Vec<_>>(),
            [(&"web".to_owned(), &"r/web:2".to_owned())]
        );
    }

    #[test]
    fn a_clone_keeps_which_service_follows_which_variable() {
        let draft = taken().draft;
        let variables = &draft.services["web"].variables;
        assert_eq!(variables["cpu"], VariableDraft::Follow);
        assert_eq!(variables["port"], VariableDraft::Template, "it follows in another service only");
        assert_eq!(variables["ghost"], VariableDraft::Template, "what is not defined cannot be followed");
        assert_eq!(draft.globals["cpu"], GlobalDraft::Value("here".into()));
        assert_eq!(draft.globals["unused"], GlobalDraft::Left);
    }

    #[test]
    fn what_cannot_be_taken_is_told() {
        let made = taken();
        assert_eq!(made.undefined, ["ghost"]);
        assert_eq!(made.without_template, ["old"]);
        assert!(!made.draft.globals.contains_key("ghost") && !made.draft.services.contains_key("old"));
    }

    #[test]
    fn the_suggested_cluster_is_reachable_and_of_the_family() {
        let cluster = |id: &str, production, local, status| Cluster {
            id: id.into(),
            production,
            local,
            status,
            ..Cluster::default()
        };
        let all = [
            cluster("lost", false, true, ClusterStatus::Disconnected),
            cluster("a", false, false, ClusterStatus::Normal),
            cluster("b", false, true, ClusterStatus::Normal),
            cluster("live", true, false, ClusterStatus::Normal),
        ];
        assert_eq!(default_cluster(&all, Family::Test).as_deref(), Some("b"));
        assert_eq!(default_cluster(&all, Family::Production).as_deref(), Some("live"));
        let two = [
            cluster("a", false, false, ClusterStatus::Normal),
            cluster("b", false, false, ClusterStatus::Normal),
        ];
        assert_eq!(default_cluster(&two, Family::Test), None, "nothing speaks for either");
    }

    #[test]
    fn the_suggested_registry_is_the_default_or_the_only_one() {
        let registry = |id: &str, is_default| Registry { id: id.into(), is_default, ..Registry::default() };
        assert_eq!(default_registry(&[registry("a", false)]).as_deref(), Some("a"));
        assert_eq!(default_registry(&[registry("a", false), registry("b", true)]).as_deref(), Some("b"));
        assert_eq!(default_registry(&[registry("a", false), registry("b", false)]), None);
    }
}
