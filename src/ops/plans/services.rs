//! Planning `E13`-`E18`.

use super::Problem;
use crate::api::environments::Environment;
use crate::api::model::GlobalVariable;
use crate::api::services::{self, RemoveMode, ServiceAddition, ServiceUpdate};
use crate::api::{Availability, Feature, Features};
use crate::ops::kind::Kind;
use crate::ops::plan::{Change, Impact, Plan, Subject, Warning};
use crate::ops::target::{Object, Target};
use crate::ops::text::Text;
use crate::ops::verify::services::{ServicesAdded, ServicesRemoved, ServicesUpdated};
use crate::route::EnvironmentRef;

fn has(environment: &Environment, service: &str) -> bool {
    environment.services.iter().any(|one| one.name == service)
}

fn object(mut names: Vec<String>) -> Object {
    match (names.len(), names.pop()) {
        (1, Some(only)) => Object::Service(only),
        (_, last) => {
            names.extend(last);
            Object::Services(names)
        }
    }
}

/// Plans to add services. `templates` are the names the project has (`H7`).
///
/// # Errors
/// [`Problem::EnvironmentIs`], [`Problem::NothingChosen`], [`Problem::Twice`], [`Problem::NoTemplate`],
/// [`Problem::AlreadyThere`].
pub fn add(
    env: &EnvironmentRef,
    environment: &Environment,
    templates: &[&str],
    additions: &[ServiceAddition],
) -> Result<Plan, Problem> {
    super::allowed(Kind::AddServices, &environment.status)?;
    let names: Vec<String> = additions.iter().map(|one| one.service_name.clone()).collect();
    check_names(&names)?;
    for name in &names {
        if has(environment, name) {
            return Err(Problem::AlreadyThere(name.clone()));
        }
        if !templates.contains(&name.as_str()) {
            return Err(Problem::NoTemplate(name.clone()));
        }
    }
    let mut changes = Vec::new();
    for addition in additions {
        let service = &addition.service_name;
        let own = addition.variable_kvs.iter().filter(|variable| !variable.use_global_variable);
        super::no_masks(own.map(|variable| variable.value.to_text()))?;
        changes.push(Change::new(Subject::Service(service.clone()), None, Some(Text::plain(service))));
        for variable in &addition.variable_kvs {
            let (service, key) = (service.clone(), variable.key.clone());
            changes.push(match variable.use_global_variable {
                true => Change::new(Subject::Binding { service, key }, None, Some(Text::plain(true))),
                false => {
                    let subject = Subject::Variable { service: Some(service), key };
                    Change::new(subject, None, Some(Text::plain(variable.value.to_text())))
                }
            });
        }
    }
    let call = services::add(env.family, &env.project, &env.key, additions);
    let verifier = ServicesAdded::new(&names);
    Ok(Plan::new(Kind::AddServices, Target::new(env, object(names.clone())), &call, verifier)
        .changes(changes)
        .impacts(names.into_iter().map(Impact::service)))
}

/// Plans to update services. Every variable that is not edited keeps its value and its binding (contract 6.4); the value
/// an edit replaces is known only where it came from a global variable (`E03`).
///
/// # Errors
/// [`Problem::EnvironmentIs`], [`Problem::NothingChosen`], [`Problem::Twice`], [`Problem::NotThere`].
pub fn update(
    env: &EnvironmentRef,
    environment: &Environment,
    updates: &[ServiceUpdate],
) -> Result<Plan, Problem> {
    super::allowed(Kind::UpdateServices, &environment.status)?;
    let names: Vec<String> = updates.iter().map(|one| one.service_name().to_owned()).collect();
    check_names(&names)?;
    let mut changes = Vec::new();
    let mut warnings = Vec::new();
    for update in updates {
        let service = update.service_name();
        if !has(environment, service) {
            return Err(Problem::NotThere(service.to_owned()));
        }
        let own = update.variables().iter().filter(|variable| !variable.use_global_variable);
        super::no_masks(own.map(|variable| variable.value.to_text()))?;
        let differences = compare(update, &environment.global_variables);
        warnings.push(Warning::NewestTemplate { service: service.to_owned() });
        if !differences.unbound.is_empty() {
            warnings.push(Warning::Unbound { service: service.to_owned(), keys: differences.unbound });
        }
        changes.push(Change::new(
            Subject::Service(service.to_owned()),
            Some(Text::plain(service)),
            Some(Text::plain(service)),
        ));
        changes.extend(differences.changes);
    }
    let call = services::update(env.family, &env.project, &env.key, updates);
    let verifier = ServicesUpdated::new(&names, environment);
    Ok(Plan::new(Kind::UpdateServices, Target::new(env, object(names.clone())), &call, verifier)
        .changes(changes)
        .impacts(names.into_iter().map(Impact::service))
        .warnings(warnings))
}

struct Differences {
    changes: Vec<Change>,
    unbound: Vec<String>,
}

fn compare(update: &ServiceUpdate, globals: &[GlobalVariable]) -> Differences {
    let service = update.service_name();
    let mut found = Differences { changes: Vec::new(), unbound: Vec::new() };
    for sent in update.variables() {
        let follows = |global: &&GlobalVariable| {
            global.key == sent.key && global.related_services.iter().any(|name| name == service)
        };
        let followed = globals.iter().find(follows);
        let key = || sent.key.clone();
        match (followed.is_some(), sent.use_global_variable) {
            (true, true) => continue,
            (false, false) => {}
            (was, is) => {
                let subject = Subject::Binding { service: service.to_owned(), key: key() };
                found.changes.push(Change::new(subject, Some(Text::plain(was)), Some(Text::plain(is))));
                if was {
                    found.unbound.push(key());
                }
            }
        }
        let subject = Subject::Variable { service: Some(service.to_owned()), key: key() };
        let old = followed.map_or(Text::Unknown, |global| Text::plain(global.value.to_text()));
        found.changes.push(Change::new(subject, Some(old), Some(Text::plain(sent.value.to_text()))));
    }
    found
}

/// Plans to remove services.
///
/// # Errors
/// [`Problem::NothingChosen`], [`Problem::Twice`], [`Problem::NotThere`].
pub fn remove(
    env: &EnvironmentRef,
    environment: &Environment,
    names: &[String],
    mode: RemoveMode,
    features: &Features,
) -> Result<Plan, Problem> {
    check_names(names)?;
    if let Some(name) = names.iter().find(|name| !has(environment, name)) {
        return Err(Problem::NotThere(name.clone()));
    }
    let warning = match (mode, features.has(Feature::KeepResources)) {
        (RemoveMode::DeleteResources, _) => Some(Warning::DeletesResources),
        (RemoveMode::KeepResources, Availability::Yes) => None,
        (RemoveMode::KeepResources, _) => Some(Warning::KeepMayBeIgnored),
    };
    let changes =
        names.iter().map(|name| Change::new(Subject::Service(name.clone()), Some(Text::plain(name)), None));
    let call = services::remove(env.family, &env.project, &env.key, names, mode);
    let target = Target::new(env, object(names.to_vec()));
    Ok(Plan::new(Kind::RemoveServices, target, &call, ServicesRemoved::new(names))
        .changes(changes)
        .impacts(names.iter().map(Impact::service))
        .warnings(warning))
}

fn check_names(names: &[String]) -> Result<(), Problem> {
    if names.is_empty() {
        return Err(Problem::NothingChosen);
    }
    match names.iter().enumerate().find(|(index, name)| names.iter().take(*index).any(|other| other == *name))
    {
        Some((_, twice)) => Err(Problem::Twice(twice.clone())),
        None => Ok(()),
    }
}
