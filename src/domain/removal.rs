//! What goes with an environment when it is deleted (contract 6.7), as far as it can be known before.

use super::create::sharers;
use crate::api::environments::{DeleteMode, EnvironmentSummary};
use crate::api::share::ShareChecks;

/// What becomes of the namespace and of what runs in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamespaceFate {
    /// Zadig only forgets the environment; everything in the cluster stays as it is.
    Stays,
    /// It is deleted if Zadig made it; one that was there before stays.
    GoesIfMadeByZadig,
    /// Other environments are in it, so Zadig leaves it alone.
    StaysShared {
        /// Their keys.
        by: Vec<String>,
    },
}

/// Whether sub-environments go with their base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubEnvironments {
    /// There can be none.
    None,
    /// They go, if there are any: the API does not list them.
    Go,
    /// It could not be found out whether this is a base environment.
    Unknown,
}

/// What a deletion takes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The namespace.
    pub namespace: NamespaceFate,
    /// The sub-environments.
    pub sub_environments: SubEnvironments,
}

/// Foresees a deletion. `environments` are all of the project that could be read, `checks` is what the environment says
/// about sharing (`E42`), `None` where it does not say.
///
/// Deleting a production environment never touches the cluster, whatever is wished.
pub fn removal(
    env: &EnvironmentSummary,
    mode: DeleteMode,
    environments: &[EnvironmentSummary],
    checks: Option<&ShareChecks>,
) -> Removal {
    if env.production {
        return Removal { namespace: NamespaceFate::Stays, sub_environments: SubEnvironments::None };
    }
    let by = sharers(&env.namespace, &env.cluster_id, Some(env), environments);
    let namespace = match (mode, by.is_empty()) {
        (DeleteMode::ForgetOnly, _) => NamespaceFate::Stays,
        (DeleteMode::WithNamespace, true) => NamespaceFate::GoesIfMadeByZadig,
        (DeleteMode::WithNamespace, false) => NamespaceFate::StaysShared { by },
    };
    let sub_environments = match checks {
        None => SubEnvironments::Unknown,
        Some(checks) if checks.namespace_has_istio_label => SubEnvironments::Go,
        Some(_) => SubEnvironments::None,
    };
    Removal { namespace, sub_environments }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(key: &str, namespace: &str) -> EnvironmentSummary {
        EnvironmentSummary { key: key.into(), namespace: namespace.into(), ..EnvironmentSummary::default() }
    }

    #[test]
    fn forgetting_touches_nothing_in_the_cluster() {
        let env = environment("dev", "a");
        let found =
            removal(&env, DeleteMode::ForgetOnly, std::slice::from_ref(&env), Some(&ShareChecks::default()));
        assert_eq!(
            found,
            Removal { namespace: NamespaceFate::Stays, sub_environments: SubEnvironments::None }
        );
    }

    #[test]
    fn a_namespace_goes_unless_another_environment_is_in_it() {
        let all = [environment("dev", "a"), environment("qa", "b")];
        let fate =
            |all: &[EnvironmentSummary]| removal(&all[0], DeleteMode::WithNamespace, all, None).namespace;
        assert_eq!(fate(&all), NamespaceFate::GoesIfMadeByZadig);
        let shared = [environment("dev", "a"), environment("qa", "a")];
        assert_eq!(fate(&shared), NamespaceFate::StaysShared { by: vec!["qa".into()] });
    }

    #[test]
    fn sub_environments_go_with_their_base() {
        let env = environment("dev", "a");
        let subs = |checks: Option<&ShareChecks>| {
            removal(&env, DeleteMode::ForgetOnly, &[], checks).sub_environments
        };
        let base = ShareChecks { namespace_has_istio_label: true, ..ShareChecks::default() };
        assert_eq!(subs(Some(&base)), SubEnvironments::Go);
        assert_eq!(subs(Some(&ShareChecks::default())), SubEnvironments::None);
        assert_eq!(subs(None), SubEnvironments::Unknown);
    }

    #[test]
    fn production_leaves_everything_in_the_cluster() {
        let env = EnvironmentSummary { production: true, ..environment("prod", "live") };
        let found = removal(&env, DeleteMode::WithNamespace, &[], None);
        assert_eq!(
            found,
            Removal { namespace: NamespaceFate::Stays, sub_environments: SubEnvironments::None }
        );
    }
}
