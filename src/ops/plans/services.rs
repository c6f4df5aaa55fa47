//! Planning `E13`-`E18`.

use super::Problem;
use crate::api::environments::Environment;
use crate::api::model::{GlobalVariable, Variable};
use crate::api::services::{self, RemoveMode, ServiceAddition, ServiceUpdate};
use crate::api::{Availability, Feature, Features};
use crate::ops::kind::Kind;
use crate::ops::plan::{Change, Hit, Plan, Subject, Warning};
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
        changes.push(Change::new(Subject::Service(service.clone()), None, Some(Text::plain(service))));
        for variable in &addition.variable_kvs {
            let subject = Subject::Variable { service: Some(service.clone()), key: variable.key.clone() };
            changes.push(Change::new(subject, None, Some(Text::plain(variable.value.to_text()))));
        }
    }
    let call = services::add(env.family, &env.project, &env.key, additions);
    let verifier = ServicesAdded::new(&names);
    Ok(Plan::new(Kind::AddServices, Target::new(env, object(names.clone())), &call, verifier)
        .changes(changes)
        .hits(names.into_iter().map(Hit::service)))
}

/// Plans to update services, each from the full list of its template's variables. Values are compared with the
/// template's defaults and the bindings of now, because those rendered in the environment cannot be read.
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
        let Some(summary) = environment.services.iter().find(|one| one.name == service) else {
            return Err(Problem::NotThere(service.to_owned()));
        };
        let differences = compare(update, &summary.template_variables, &environment.global_variables);
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
    let verifier = ServicesUpdated::new(&names);
    Ok(Plan::new(Kind::UpdateServices, Target::new(env, object(names.clone())), &call, verifier)
        .changes(changes)
        .hits(names.into_iter().map(Hit::service))
        .warnings(warnings))
}

struct Differences {
    changes: Vec<Change>,
    unbound: Vec<String>,
}

fn compare(update: &ServiceUpdate, template: &[Variable], globals: &[GlobalVariable]) -> Differences {
    let service = update.service_name();
    let mut found = Differences { changes: Vec::new(), unbound: Vec::new() };
    for sent in update.variables() {
        let was_bound = globals.iter().any(|global| {
            global.key == sent.key && global.related_services.iter().any(|name| name == service)
        });
        let default = template.iter().find(|variable| variable.key == sent.key);
        if was_bound != sent.use_global_variable {
            let subject = Subject::Binding { service: service.to_owned(), key: sent.key.clone() };
            let (old, new) = (Text::plain(was_bound), Text::plain(sent.use_global_variable));
            found.changes.push(Change::new(subject, Some(old), Some(new)));
            if was_bound {
                found.unbound.push(sent.key.clone());
            }
        }
        if !sent.use_global_variable && default.is_none_or(|default| default.value != sent.value) {
            let subject = Subject::Variable { service: Some(service.to_owned()), key: sent.key.clone() };
            let old = default.map(|default| Text::plain(default.value.to_text()));
            found.changes.push(Change::new(subject, old, Some(Text::plain(sent.value.to_text()))));
        }
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
        .hits(names.iter().map(Hit::service))
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
