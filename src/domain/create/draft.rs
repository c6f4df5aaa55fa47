//! What a person decided about an environment that is not there yet, and the form of it that a tab may keep.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::object::may_be_secret;
use crate::api::VariableValue;

/// A new environment as far as it was decided.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The identifier.
    pub name: String,
    /// The display name; production environments only.
    pub alias: String,
    /// The cluster's id.
    pub cluster: String,
    /// The image registry's id.
    pub registry: String,
    /// The namespace; `None` while it follows the name.
    pub namespace: Option<String>,
    /// The base environment of a sub-environment; empty for an environment of its own.
    pub base: String,
    /// The chosen services.
    pub services: BTreeMap<String, ServiceDraft>,
    /// What was decided about the project's global variables; one that is not here takes the project's default.
    pub globals: BTreeMap<String, GlobalDraft>,
    /// The config objects to begin with.
    pub configs: Vec<ConfigDraft>,
    /// Whether the environment to clone was taken in: once, so that nothing typed afterwards is overwritten.
    pub prefilled: bool,
}

/// A chosen service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceDraft {
    /// Images other than the template's, by container.
    pub images: BTreeMap<String, String>,
    /// Decisions about variables; one that is not here follows the global variable of its name, if there is one, and
    /// has the template's default otherwise.
    pub variables: BTreeMap<String, VariableDraft>,
}

/// What was decided about a service's variable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum VariableDraft {
    /// It follows the global variable.
    Follow,
    /// It has a value of its own.
    Own(VariableValue),
    /// It has the template's default, whatever that is by then.
    Template,
}

/// What was decided about a global variable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum GlobalDraft {
    /// The environment goes without it.
    Left,
    /// It has this value instead of the project's default.
    Value(VariableValue),
}

/// A config object to begin with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfigDraft {
    /// Tells it from the others of the draft.
    pub id: u64,
    /// The object.
    pub yaml: String,
    /// `KIND/NAME` of the object of the cloned environment it was taken from.
    pub origin: Option<String>,
    /// Whether its YAML was there and could not be kept, because it may hold secrets.
    pub dropped: bool,
}

impl Draft {
    /// The namespace: the one typed, else the one Zadig's own pages suggest.
    pub fn namespace(&self, project: &str) -> String {
        match (&self.namespace, self.name.as_str()) {
            (Some(namespace), _) => namespace.clone(),
            (None, "") => String::new(),
            (None, name) => format!("{project}-env-{name}"),
        }
    }

    /// Adds a config object.
    pub fn add_config(&mut self, yaml: String, origin: Option<String>) {
        let id = self.configs.iter().map(|one| one.id).max().map_or(0, |last| last.saturating_add(1));
        self.configs.push(ConfigDraft { id, yaml, origin, dropped: false });
    }

    /// Whether nothing was decided yet, so that there is nothing to keep.
    pub fn is_untouched(&self) -> bool {
        let choices = Self { cluster: String::new(), registry: String::new(), ..self.clone() };
        choices == Self::default()
    }

    /// Whether a person decided nothing beyond another draft. The places are no decision: they are suggested.
    pub fn says_no_more(&self, other: &Self) -> bool {
        Self { cluster: other.cluster.clone(), registry: other.registry.clone(), ..self.clone() } == *other
    }

    /// The draft as a tab may keep it: without the YAML of anything that may be a Secret.
    pub fn to_stored(&self) -> String {
        let mut kept = self.clone();
        for config in kept.configs.iter_mut().filter(|one| may_be_secret(&one.yaml)) {
            config.dropped |= !config.yaml.trim().is_empty();
            config.yaml.clear();
        }
        serde_json::to_string(&kept).unwrap_or_default()
    }

    /// Reads a kept draft; `None` for anything else.
    pub fn from_stored(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggested_place_is_no_decision() {
        let given = Draft { prefilled: true, cluster: "c".into(), ..Draft::default() };
        let shown = Draft { registry: "r".into(), ..given.clone() };
        assert!(shown.says_no_more(&given));
        assert!(!Draft { name: "qa-2".into(), ..shown }.says_no_more(&given));
    }

    #[test]
    fn the_namespace_follows_the_name_until_one_is_typed() {
        let mut draft = Draft::default();
        assert_eq!(draft.namespace("shop"), "");
        draft.name = "qa2".into();
        assert_eq!(draft.namespace("shop"), "shop-env-qa2");
        draft.namespace = Some("mine".into());
        draft.name = "qa3".into();
        assert_eq!(draft.namespace("shop"), "mine");
    }

    #[test]
    fn a_kept_draft_comes_back_without_the_yaml_of_secrets() {
        let mut draft = Draft { name: "qa2".into(), ..Draft::default() };
        draft.services.entry("web".into()).or_default().images.insert("web".into(), "r/web:2".into());
        draft.globals.insert("a".into(), GlobalDraft::Value(true.into()));
        draft.add_config("kind: ConfigMap\nmetadata:\n  name: a".into(), None);
        draft.add_config("kind: Secret\nmetadata:\n  name: b\nstringData:\n  key: hunter2".into(), None);
        draft.add_config("password hunter2".into(), None);
        let stored = draft.to_stored();
        assert!(!stored.contains("hunter2"));
        let back = Draft::from_stored(&stored).unwrap();
        assert_eq!((&back.services, &back.globals), (&draft.services, &draft.globals));
        let dropped: Vec<bool> = back.configs.iter().map(|one| one.dropped).collect();
        assert_eq!(dropped, [false, true, true]);
        assert_eq!(back.configs[0], draft.configs[0]);
        assert_eq!(Draft::from_stored(&back.to_stored()), Some(back), "what was dropped stays marked");
    }

    #[test]
    fn what_is_no_draft_is_none() {
        assert_eq!(Draft::from_stored("not json"), None);
        assert_eq!(Draft::from_stored("{}"), Some(Draft::default()));
    }

    #[test]
    fn a_draft_with_only_the_suggested_places_is_untouched() {
        let mut draft = Draft { cluster: "c".into(), registry: "r".into(), ..Draft::default() };
        assert!(draft.is_untouched());
        draft.name = "a".into();
        assert!(!draft.is_untouched());
    }

    #[test]
    fn config_ids_are_never_used_twice_at_once() {
        let mut draft = Draft::default();
        draft.add_config("a".into(), None);
        draft.add_config("b".into(), None);
        draft.configs.remove(0);
        draft.add_config("c".into(), None);
        assert_eq!(draft.configs.iter().map(|one| one.id).collect::<Vec<_>>(), [1, 2]);
    }
}
