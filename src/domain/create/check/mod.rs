//! What is wrong with a draft, and what to know about it, while it is typed.
//!
//! The server checks little and late (contract 6.13): no form of a key, no form of a namespace, and a namespace that
//! another environment uses only once its workloads collide. Everything that can be known before is said before.

use super::draft::{ConfigDraft, Draft, GlobalDraft};
use super::object::ObjectProblem;
use super::objects::Objects;
use crate::api::environments::{EnvStatus, EnvironmentSummary};
use crate::api::{Family, Variable, VariableKind};
use crate::domain::k8s_name;
use crate::domain::yaml::{Problem, Severity};
use crate::route::CreateStep;

/// Words that the server's paths have where an environment's key stands (contract 0.5).
const PATH_WORDS: [&str; 7] = ["production", "envcfgs", "kube", "helm", "image", "service", "scale"];
/// Namespaces the server refuses for production (`E08`).
const REFUSED_NAMESPACES: [&str; 3] = ["kube-node-lease", "kube-public", "kube-system"];

/// A field of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// The key.
    Name,
    /// The cluster.
    Cluster,
    /// The registry.
    Registry,
    /// The namespace.
    Namespace,
    /// The base environment.
    Base,
    /// A global variable.
    Global(String),
    /// A config object, by its id in the draft.
    Config(u64),
}

impl Field {
    /// The step it stands in.
    pub fn step(&self) -> CreateStep {
        match self {
            Self::Global(_) => CreateStep::Variables,
            Self::Config(_) => CreateStep::Configs,
            _ => CreateStep::Basics,
        }
    }
}

/// What there is to say about a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issue {
    /// Nothing is given.
    Missing,
    /// The key has other characters than small letters, digits and hyphens.
    NameForm,
    /// The key is a word of the server's own paths.
    NameReserved,
    /// The project has an environment of this key.
    NameTaken {
        /// Of which kind.
        production: bool,
    },
    /// No name of a Kubernetes namespace.
    NamespaceForm,
    /// Longer than Kubernetes allows.
    NamespaceLong,
    /// One of the three that are refused for production.
    NamespaceRefused,
    /// Other environments use it: a warning, because it is allowed.
    NamespaceShared {
        /// Their keys.
        by: Vec<String>,
    },
    /// The base environment sleeps: a warning.
    BaseSleeps,
    /// The project does not define the variable.
    NotDefined,
    /// Not one of the variable's options.
    NotAnOption,
    /// The YAML is no object an environment can begin with.
    Object(ObjectProblem),
    /// Something in the YAML that Zadig or Kubernetes refuses.
    Invalid(Problem),
    /// The YAML was not kept over a reload.
    Dropped,
    /// Another object of the draft has the same kind and name.
    Twice,
}

impl Issue {
    /// Whether it can be created all the same.
    pub fn is_warning(&self) -> bool {
        matches!(self, Self::NamespaceShared { .. } | Self::BaseSleeps)
    }
}

/// An issue and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The field.
    pub field: Field,
    /// What there is to say.
    pub issue: Issue,
}

/// What a draft is held against.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The project's key.
    pub project: &'a str,
    /// The family the environment will be of.
    pub family: Family,
    /// The project's environments of both families, as far as they could be read.
    pub environments: &'a [EnvironmentSummary],
    /// The global variables the project defines; `None` while they are not known.
    pub definitions: Option<&'a [Variable]>,
    /// What was found in the draft's config objects.
    pub objects: &'a Objects,
}

/// Everything there is to say about a draft, in the order of the form.
pub fn check(draft: &Draft, around: Surroundings<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut say = |field: Field, issue: Option<Issue>| {
        found.extend(issue.map(|issue| Found { field, issue }));
    };
    say(Field::Name, name(draft, around));
    say(Field::Cluster, missing(&draft.cluster));
    say(Field::Registry, missing(&draft.registry));
    say(Field::Namespace, namespace(draft, around));
    if around.family == Family::Test {
        say(Field::Base, base(draft, around));
        for (key, value) in &draft.globals {
            say(Field::Global(key.clone()), global(key, value, around.definitions));
        }
        for config in &draft.configs {
            say(Field::Config(config.id), object(config, around.objects));
        }
    }
    found
}

fn missing(text: &str) -> Option<Issue> {
    text.trim().is_empty().then_some(Issue::Missing)
}

fn name(draft: &Draft, around: Surroundings<'_>) -> Option<Issue> {
    let name = draft.name.as_str();
    if name.is_empty() {
        return Some(Issue::Missing);
    }
    if !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        return Some(Issue::NameForm);
    }
    if PATH_WORDS.contains(&name) {
        return Some(Issue::NameReserved);
    }
    let taken = around.environments.iter().find(|one| one.key == name)?;
    Some(Issue::NameTaken { production: taken.production })
}

fn namespace(draft: &Draft, around: Surroundings<'_>) -> Option<Issue> {
    let namespace = draft.namespace(around.project);
    let typed = draft.namespace.is_some();
    if namespace.is_empty() {
        // Without a name the one message is that of the name.
        return typed.then_some(Issue::Missing);
    }
    if around.family == Family::Production && REFUSED_NAMESPACES.contains(&namespace.as_str()) {
        return Some(Issue::NamespaceRefused);
    }
    if namespace.len() > k8s_name::LABEL {
        return Some(Issue::NamespaceLong);
    }
    // A default made from a name that is wrong is not wrong twice.
    let blamed = typed || name(draft, around).is_none();
    if !k8s_name::has_label_form(&namespace) {
        return blamed.then_some(Issue::NamespaceForm);
    }
    let by = sharers(&namespace, &draft.cluster, None, around.environments);
    (!by.is_empty()).then_some(Issue::NamespaceShared { by })
}

/// The other environments of a project in a namespace of a cluster, by key.
pub fn sharers(
    namespace: &str,
    cluster: &str,
    own: Option<&EnvironmentSummary>,
    environments: &[EnvironmentSummary],
) -> Vec<String> {
    let is_own = |one: &EnvironmentSummary| {
        own.is_some_and(|own| own.key == one.key && own.production == one.production)
    };
    environments
        .iter()
        .filter(|one| one.namespace == namespace && one.cluster_id == cluster && !is_own(one))
        .map(|one| one.key.clone())
        .collect()
}

fn base(draft: &Draft, around: Surroundings<'_>) -> Option<Issue> {
    let base = around.environments.iter().find(|one| !one.production && one.key == draft.base)?;
    (base.status == EnvStatus::Sleeping).then_some(Issue::BaseSleeps)
}

fn global(key: &str, value: &GlobalDraft, definitions: Option<&[Variable]>) -> Option<Issue> {
    let GlobalDraft::Value(value) = value else { return None };
    let Some(defined) = definitions?.iter().find(|one| one.key == key) else {
        return Some(Issue::NotDefined);
    };
    let bad = defined.kind == VariableKind::Enum && !defined.options.contains(&value.to_text());
    bad.then_some(Issue::NotAnOption)
}

fn object(config: &ConfigDraft, objects: &Objects) -> Option<Issue> {
    if config.dropped && config.yaml.trim().is_empty() {
        return Some(Issue::Dropped);
    }
    let read = objects.of(config.id)?;
    if let Some(problem) = read.problems.iter().find(|one| one.fault.severity() == Severity::Error) {
        return Some(Issue::Invalid(problem.clone()));
    }
    match &read.object {
        Err(problem) => Some(Issue::Object(problem.clone())),
        Ok(_) => objects.is_twice(config.id).then_some(Issue::Twice),
    }
}

#[cfg(test)]
mod tests;
