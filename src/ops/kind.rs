//! The kinds of operations, how dangerous each is, and what a person must do before it is sent.

use serde::{Deserialize, Serialize};
use std::time::Duration;

use super::target::Target;

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// `E32`.
    Scale {
        /// How many replicas there shall be.
        to: u32,
    },
    /// `E33`, `E34`.
    Restart,
    /// `H11`.
    RestartPod,
    /// `E35`-`E37`.
    UpdateImage,
    /// `E13`, `E14`.
    AddServices,
    /// `E15`, `E16`.
    UpdateServices,
    /// `E17`, `E18`.
    RemoveServices,
    /// `E21`, `E22`.
    UpdateVariables,
    /// `E23`.
    CreateConfig,
    /// `E29`.
    UpdateConfig,
    /// `E30`, `E31`.
    DeleteConfig,
    /// `E07`, `E08`.
    CreateEnvironment,
    /// `E09`, `E10`.
    EditEnvironment,
    /// `E11`, `E12`.
    DeleteEnvironment,
    /// `E40`.
    EnableSharing,
    /// `E41`.
    DisableSharing,
    /// `E44`.
    SetPortal,
    /// `E44` with an empty list.
    RemovePortal,
}

impl Kind {
    /// How long the operation can still be called off after it was confirmed.
    pub fn grace(self) -> Duration {
        match self {
            Self::Scale { .. } | Self::Restart | Self::RestartPod | Self::UpdateImage => {
                Duration::from_secs(5)
            }
            _ => Duration::ZERO,
        }
    }
}

/// Why an operation wants its target's name typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Danger {
    /// It changes a production environment.
    Production,
    /// Nothing will run afterwards.
    ScaleToZero,
    /// Something is deleted.
    Delete,
    /// Every sub-environment is deleted.
    SharingOff,
}

/// What a person must do before an operation is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// Say yes.
    Plain,
    /// Type this name.
    TypeName {
        /// The name.
        name: String,
        /// Why it is asked for; never empty.
        dangers: Vec<Danger>,
    },
}

impl Confirmation {
    /// Whether what was typed is enough. Blanks around it are forgiven, nothing else.
    pub fn accepts(&self, typed: Option<&str>) -> bool {
        match self {
            Self::Plain => true,
            Self::TypeName { name, .. } => typed.is_some_and(|typed| typed.trim() == name),
        }
    }
}

/// The dangers of doing `kind` to `target`. This is the one place that decides.
pub(crate) fn dangers(kind: Kind, target: &Target) -> Vec<Danger> {
    let mut dangers = Vec::new();
    if target.env.family.is_production() {
        dangers.push(Danger::Production);
    }
    match kind {
        Kind::Scale { to: 0 } => dangers.push(Danger::ScaleToZero),
        Kind::RemoveServices | Kind::DeleteConfig | Kind::DeleteEnvironment | Kind::RemovePortal => {
            dangers.push(Danger::Delete);
        }
        Kind::DisableSharing => dangers.push(Danger::SharingOff),
        _ => {}
    }
    dangers
}

/// What confirms doing `kind` to `target`: its name, and in production the environment's before it, because the
/// environment is where people err.
pub(crate) fn confirmation(kind: Kind, target: &Target) -> Confirmation {
    let (env, name) = (&target.env, target.name());
    match env.family.is_production() && name != env.key {
        true => named(&format!("{}/{name}", env.key), dangers(kind, target)),
        false => named(name, dangers(kind, target)),
    }
}

/// What confirms several operations at once: the name of the environment, if any of them is dangerous.
pub(crate) fn confirmation_of_group<'a>(items: impl Iterator<Item = (Kind, &'a Target)>) -> Confirmation {
    let mut key = "";
    let mut all = Vec::new();
    for (kind, target) in items {
        key = &target.env.key;
        all.extend(dangers(kind, target));
    }
    all.sort_unstable();
    all.dedup();
    named(key, all)
}

fn named(name: &str, dangers: Vec<Danger>) -> Confirmation {
    match dangers.is_empty() {
        true => Confirmation::Plain,
        false => Confirmation::TypeName { name: name.to_owned(), dangers },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Family;
    use crate::ops::target::Object;
    use crate::route::EnvironmentRef;

    fn target(family: Family, object: Object) -> Target {
        Target::new(&EnvironmentRef { project: "p".into(), family, key: "dev".into() }, object)
    }

    fn asked(kind: Kind, family: Family) -> Vec<Danger> {
        match confirmation(kind, &target(family, Object::Service("api".into()))) {
            Confirmation::Plain => Vec::new(),
            Confirmation::TypeName { dangers, name } => {
                assert_eq!(name, family.pick("api", "dev/api"));
                dangers
            }
        }
    }

    #[test]
    fn everyday_changes_of_a_test_environment_want_a_plain_yes() {
        for kind in [
            Kind::Scale { to: 3 },
            Kind::Restart,
            Kind::UpdateImage,
            Kind::AddServices,
            Kind::UpdateVariables,
            Kind::CreateEnvironment,
            Kind::EnableSharing,
        ] {
            assert_eq!(asked(kind, Family::Test), [], "{kind:?}");
        }
    }

    #[test]
    fn what_cannot_be_undone_wants_the_name() {
        assert_eq!(asked(Kind::Scale { to: 0 }, Family::Test), [Danger::ScaleToZero]);
        for kind in [Kind::RemoveServices, Kind::DeleteConfig, Kind::DeleteEnvironment, Kind::RemovePortal] {
            assert_eq!(asked(kind, Family::Test), [Danger::Delete], "{kind:?}");
        }
        assert_eq!(asked(Kind::DisableSharing, Family::Test), [Danger::SharingOff]);
    }

    #[test]
    fn production_always_wants_the_name() {
        assert_eq!(asked(Kind::Restart, Family::Production), [Danger::Production]);
        assert_eq!(asked(Kind::DeleteEnvironment, Family::Production), [Danger::Production, Danger::Delete]);
    }

    #[test]
    fn a_production_environment_is_confirmed_by_its_own_name() {
        let wanted = confirmation(Kind::EditEnvironment, &target(Family::Production, Object::Environment));
        assert!(wanted.accepts(Some("dev")), "{wanted:?}");
    }

    #[test]
    fn only_the_exact_name_confirms() {
        let wanted = confirmation(Kind::DeleteEnvironment, &target(Family::Test, Object::Environment));
        assert!(wanted.accepts(Some("dev")) && wanted.accepts(Some(" dev ")));
        assert!(!wanted.accepts(Some("Dev")) && !wanted.accepts(Some("")) && !wanted.accepts(None));
        assert!(Confirmation::Plain.accepts(None));
    }

    #[test]
    fn a_group_asks_once_for_the_environment() {
        let target = target(Family::Test, Object::Service("api".into()));
        let items = [(Kind::RemoveServices, &target), (Kind::RemoveServices, &target)];
        let wanted = confirmation_of_group(items.into_iter());
        assert_eq!(wanted, Confirmation::TypeName { name: "dev".into(), dangers: vec![Danger::Delete] });
        assert_eq!(confirmation_of_group([(Kind::Restart, &target)].into_iter()), Confirmation::Plain);
    }
}
