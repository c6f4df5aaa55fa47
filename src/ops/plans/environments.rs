//! Planning `E09`-`E12`, `E21`, `E22`, `E40`, `E41`: the environment itself and its global variables.
//!
//! Creating one is planned in [`super::create`]; writing config objects is planned by their editor, with [`Plan::new`] and
//! the verifiers in [`crate::ops::verify`].

use std::collections::BTreeMap;

use super::{Problem, only_test};
use crate::api::environments::{self, DeleteMode, EnvironmentSummary};
use crate::api::model::GlobalVariable;
use crate::api::{Call, share, variables};
use crate::domain::removal::{NamespaceFate, Removal, SubEnvironments};
use crate::ops::kind::Kind;
use crate::ops::plan::{Change, Impact, Plan, Subject, Warning};
use crate::ops::target::{Object, Target};
use crate::ops::text::Text;
use crate::ops::verify::environment::{EnvironmentDeleted, EnvironmentEdited};
use crate::ops::verify::sharing::SharingTurned;
use crate::ops::verify::variables::VariablesReplaced;
use crate::route::EnvironmentRef;

/// Plans to delete an environment. The mode counts for test environments only: deleting a production environment never
/// touches the cluster.
pub fn delete(env: &EnvironmentRef, summary: &EnvironmentSummary, mode: DeleteMode) -> Plan {
    let call = match env.family.is_production() {
        true => environments::delete_production(&env.project, &env.key),
        false => environments::delete(&env.project, &env.key, mode),
    };
    let takes_namespace = !env.family.is_production() && mode == DeleteMode::WithNamespace;
    let namespace = takes_namespace.then(|| {
        let name = summary.namespace.clone();
        Change::new(Subject::Namespace(name.clone()), Some(Text::plain(name)), None)
    });
    let change = Change::new(Subject::Environment, Some(Text::plain(&env.key)), None);
    let target = Target::new(env, Object::Environment);
    Plan::new(Kind::DeleteEnvironment, target, &call, EnvironmentDeleted::new(&env.key))
        .changes([change])
        .changes(namespace)
}

/// What to know before a deletion that takes this with it.
pub fn removal_warnings(removal: &Removal, namespace: &str) -> Vec<Warning> {
    let of_namespace = match &removal.namespace {
        NamespaceFate::Stays => Warning::ResourcesStay,
        NamespaceFate::GoesIfMadeByZadig => Warning::NamespaceGoes { namespace: namespace.to_owned() },
        NamespaceFate::StaysShared { by } => {
            Warning::NamespaceShared { namespace: namespace.to_owned(), by: by.clone() }
        }
    };
    let of_subs = match removal.sub_environments {
        SubEnvironments::None => None,
        SubEnvironments::Go => Some(Warning::SubEnvironmentsGo { certain: true }),
        SubEnvironments::Unknown => Some(Warning::SubEnvironmentsGo { certain: false }),
    };
    std::iter::once(of_namespace).chain(of_subs).collect()
}

/// Plans to change registry and, for a production environment, display name. Both are always sent there, so that
/// the name is never cleared by accident (contract, `E10`).
///
/// # Errors
/// [`Problem::NothingToChange`]; [`Problem::NothingChosen`] for an empty registry, which the server ignores.
pub fn edit(
    env: &EnvironmentRef,
    summary: &EnvironmentSummary,
    registry: &str,
    alias: &str,
) -> Result<Plan, Problem> {
    let production = env.family.is_production();
    let old_alias = summary.alias.as_deref().unwrap_or_default();
    if registry.is_empty() {
        return Err(Problem::NothingChosen);
    }
    let mut changes = Vec::new();
    if registry != summary.registry_id {
        let (old, new) = (Text::plain(&summary.registry_id), Text::plain(registry));
        changes.push(Change::new(Subject::Registry, Some(old), Some(new)));
    }
    if production && alias != old_alias {
        changes.push(Change::new(Subject::Alias, Some(Text::plain(old_alias)), Some(Text::plain(alias))));
    }
    if changes.is_empty() {
        return Err(Problem::NothingToChange);
    }
    let call: Call<_> = match production {
        true => environments::edit_production(&env.project, &env.key, registry, alias),
        false => environments::edit(&env.project, &env.key, registry),
    };
    let verifier = EnvironmentEdited::new(summary, registry, production.then_some(alias));
    Ok(Plan::new(Kind::EditEnvironment, Target::new(env, Object::Environment), &call, verifier)
        .changes(changes))
}

/// Plans to replace the global variables. `now` is the list read just before, `wanted` the whole list to be sent; who
/// is hit are the services that the **stored** list relates to a changed value (contract 6.5).
///
/// # Errors
/// [`Problem::NothingToChange`] when no value differs: the server would store nothing.
pub fn replace_variables(
    env: &EnvironmentRef,
    now: &[GlobalVariable],
    wanted: &[GlobalVariable],
) -> Result<Plan, Problem> {
    let mut changes = Vec::new();
    let mut expected = BTreeMap::new();
    let mut related: Vec<String> = Vec::new();
    let find = |list: &[GlobalVariable], key: &str| list.iter().find(|one| one.key == key).cloned();
    for new in wanted {
        let old = find(now, &new.key);
        if old.as_ref().is_some_and(|old| old.value == new.value) {
            continue;
        }
        related.extend(old.iter().flat_map(|old| old.related_services.clone()));
        let old = old.map(|old| Text::plain(old.value.to_text()));
        let subject = Subject::Variable { service: None, key: new.key.clone() };
        changes.push(Change::new(subject, old, Some(Text::plain(new.value.to_text()))));
        expected.insert(new.key.clone(), Some(new.value.clone()));
    }
    for old in now.iter().filter(|old| find(wanted, &old.key).is_none()) {
        let subject = Subject::Variable { service: None, key: old.key.clone() };
        changes.push(Change::new(subject, Some(Text::plain(old.value.to_text())), None));
        expected.insert(old.key.clone(), None);
    }
    if changes.is_empty() {
        return Err(Problem::NothingToChange);
    }
    super::no_masks(wanted.iter().map(|variable| variable.value.to_text()))?;
    related.sort();
    related.dedup();
    let call = variables::replace(env.family, &env.project, &env.key, wanted);
    let verifier = VariablesReplaced::new(now, expected, &related);
    Ok(Plan::new(Kind::UpdateVariables, Target::new(env, Object::Variables), &call, verifier)
        .changes(changes)
        .impacts(related.into_iter().map(Impact::service)))
}

/// Plans to turn sub-environments on or off. `services` are those of the environment: all their pods are made anew
/// (contract 6.11). Turning off deletes every sub-environment; `subs` are those that are known.
///
/// # Errors
/// [`Problem::NotInProduction`].
pub fn turn_sharing(
    env: &EnvironmentRef,
    on: bool,
    services: &[String],
    subs: &[String],
) -> Result<Plan, Problem> {
    only_test(env.family)?;
    let target = Target::new(env, Object::Sharing);
    let plan = match on {
        true => {
            let call = share::enable(&env.project, &env.key);
            Plan::new(Kind::EnableSharing, target, &call, SharingTurned::on())
        }
        false => {
            let call = share::disable(&env.project, &env.key);
            Plan::new(Kind::DisableSharing, target, &call, SharingTurned::off(services.is_empty(), subs))
        }
    };
    let change = Change::new(Subject::Sharing, Some(Text::plain(!on)), Some(Text::plain(on)));
    let going = subs.iter().filter(|_| !on);
    let going = going.map(|sub| Change::new(Subject::Environment, Some(Text::plain(sub)), None));
    Ok(plan.changes([change]).changes(going).impacts(services.iter().map(Impact::service)))
}
