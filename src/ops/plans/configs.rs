//! Planning `E23` and `E29`-`E31`: writing and deleting config objects.
//!
//! The calls exist for production too, but no server can do them there (contract 6.14), so only deleting can be planned.
//! What a Secret holds is in the request and nowhere else: the changes compare its text without the values.

use super::{Problem, no_masks, only_test};
use crate::api::envcfgs::{self, EnvConfig, EnvConfigKind, NewEnvConfig};
use crate::domain::configs::shown_texts;
use crate::domain::yaml::same::holds;
use crate::ops::kind::Kind;
use crate::ops::plan::{Change, Impact, Plan, Subject, Warning};
use crate::ops::target::{Object, Target};
use crate::ops::text::{Sensitive, Text};
use crate::ops::verify::config::{ConfigDeleted, ConfigWritten, SameConfig};
use crate::route::EnvironmentRef;

/// Plans to make an object of this name with this text.
///
/// # Errors
/// [`Problem::NotInProduction`]; [`Problem::NothingChosen`] without a name; [`Problem::Masked`].
pub fn create(env: &EnvironmentRef, kind: &EnvConfigKind, name: &str, text: &str) -> Result<Plan, Problem> {
    only_test(env.family)?;
    if name.is_empty() {
        return Err(Problem::NothingChosen);
    }
    no_masks([text])?;
    let new = written(kind, name, text);
    let call = envcfgs::create(&env.project, &env.key, &new);
    let verifier = ConfigWritten::created(kind.clone(), name, same(kind, text));
    let (_, shown) = shown_texts(kind, "", text);
    let change = Change::new(subject(kind, name), None, Some(Text::plain(shown)));
    let plan = Plan::new(Kind::CreateConfig, target(env, kind, name), &call, verifier).changes([change]);
    Ok(plan.sensitive(sensitive(kind)))
}

/// Plans to give the object that was read this text. The edit must have begun with what was read: the operation is not
/// sent if the object has another text by then.
///
/// # Errors
/// [`Problem::NotInProduction`]; [`Problem::NothingToChange`] when it has that text; [`Problem::Masked`].
pub fn update(env: &EnvironmentRef, config: &EnvConfig, text: &str) -> Result<Plan, Problem> {
    only_test(env.family)?;
    if config.yaml_data == text {
        return Err(Problem::NothingToChange);
    }
    no_masks([text])?;
    let (kind, name) = (&config.object.kind, config.name.as_str());
    let call = envcfgs::update(&env.project, &env.key, &written(kind, name, text));
    let verifier = ConfigWritten::updated(kind.clone(), name, config.yaml_data.clone(), same(kind, text));
    let (old, new) = shown_texts(kind, &config.yaml_data, text);
    let change = Change::new(subject(kind, name), Some(Text::plain(old)), Some(Text::plain(new)));
    Ok(Plan::new(Kind::UpdateConfig, target(env, kind, name), &call, verifier)
        .changes([change])
        .impacts(config.services.iter().map(Impact::service))
        .warnings(old_value(config))
        .sensitive(sensitive(kind)))
}

/// Plans to delete an object, in the cluster too. Works for production.
pub fn delete(env: &EnvironmentRef, kind: &EnvConfigKind, name: &str) -> Plan {
    let call = envcfgs::delete(env.family, &env.project, &env.key, kind, name);
    let change = Change::new(subject(kind, name), Some(Text::plain(name)), None);
    let verifier = ConfigDeleted::new(kind.clone(), name);
    Plan::new(Kind::DeleteConfig, target(env, kind, name), &call, verifier).changes([change])
}

fn written(kind: &EnvConfigKind, name: &str, text: &str) -> NewEnvConfig {
    NewEnvConfig { name: name.to_owned(), common_env_cfg_type: kind.clone(), yaml_data: text.to_owned() }
}

fn target(env: &EnvironmentRef, kind: &EnvConfigKind, name: &str) -> Target {
    Target::new(env, Object::Config { kind: kind.clone(), name: name.to_owned() })
}

fn subject(kind: &EnvConfigKind, name: &str) -> Subject {
    Subject::Config { kind: kind.clone(), name: name.to_owned(), key: None }
}

fn same(kind: &EnvConfigKind, text: &str) -> SameConfig {
    let (kind, text) = (kind.clone(), text.to_owned());
    Box::new(move |config| holds(&config.yaml_data, &text, &kind))
}

/// What a change of values does not reach: containers read their environment when they start.
fn old_value(config: &EnvConfig) -> Option<Warning> {
    let read_at_start = matches!(config.object.kind, EnvConfigKind::ConfigMap | EnvConfigKind::Secret);
    (read_at_start && config.services.is_empty()).then_some(Warning::OldValueUntilRestart)
}

fn sensitive(kind: &EnvConfigKind) -> Sensitive {
    match kind {
        EnvConfigKind::Secret => Sensitive::At(vec!["/yaml_data".to_owned()]),
        _ => Sensitive::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Family;
    use crate::api::envcfgs::EnvConfigObject;

    const OLD: &str = "kind: Secret\nmetadata:\n  name: db\ndata:\n  password: aHVudGVyMg==\n";

    fn env(family: Family) -> EnvironmentRef {
        EnvironmentRef { project: "shop".into(), family, key: "dev".into() }
    }

    fn config() -> EnvConfig {
        let object = EnvConfigObject {
            name: "db".into(),
            kind: EnvConfigKind::Secret,
            yaml_data: OLD.into(),
            services: vec!["api".into()],
            ..EnvConfigObject::default()
        };
        EnvConfig { object, facts: Vec::new() }
    }

    #[test]
    fn a_value_that_the_server_hides_is_never_saved() {
        let hidden = OLD.replace("aHVudGVyMg==", "'********'");
        assert_eq!(update(&env(Family::Test), &config(), &hidden).unwrap_err(), Problem::Masked);
        assert_eq!(
            create(&env(Family::Test), &EnvConfigKind::Secret, "db", &hidden).unwrap_err(),
            Problem::Masked
        );
        assert_eq!(no_masks(["real"]), Ok(()));
    }

    #[test]
    fn the_review_of_a_secret_shows_none_of_its_values() {
        let new = OLD.replace("aHVudGVyMg==", "bmV3");
        let plan = update(&env(Family::Test), &config(), &new).unwrap();
        let shown = format!("{:?} {:?}", plan.facts.changes, plan.facts.shown_calls());
        assert!(!shown.contains("aHVudGVyMg==") && !shown.contains("bmV3"), "{shown}");
        assert_eq!(plan.facts.impacts, [Impact::service("api")]);
    }

    #[test]
    fn production_objects_can_only_be_deleted() {
        let production = env(Family::Production);
        assert_eq!(update(&production, &config(), "x").unwrap_err(), Problem::NotInProduction);
        assert_eq!(create(&production, &EnvConfigKind::Pvc, "x", "y").unwrap_err(), Problem::NotInProduction);
        let plan = delete(&production, &EnvConfigKind::Secret, "db");
        assert!(plan.facts.shown_calls()[0].target().contains("/production/"));
    }

    #[test]
    fn pods_that_zadig_does_not_know_of_keep_the_old_value_until_they_restart() {
        let new = OLD.replace("aHVudGVyMg==", "bmV3");
        assert!(update(&env(Family::Test), &config(), &new).unwrap().facts.warnings.is_empty());
        let mut nobody = config();
        nobody.object.services.clear();
        let plan = update(&env(Family::Test), &nobody, &new).unwrap();
        assert_eq!(plan.facts.warnings, [Warning::OldValueUntilRestart]);
    }

    #[test]
    fn what_changes_nothing_is_no_plan() {
        assert_eq!(update(&env(Family::Test), &config(), OLD).unwrap_err(), Problem::NothingToChange);
        let unnamed = create(&env(Family::Test), &EnvConfigKind::ConfigMap, "", "x");
        assert_eq!(unnamed.unwrap_err(), Problem::NothingChosen);
    }
}
