//! The part of a link that says which configs are shown.

use super::text::{Query, encode};
use crate::api::envcfgs::EnvConfigKind;

/// How the entries of an object are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum ConfigFace {
    /// As suits the kind.
    #[default]
    Fitting,
    /// Key by key.
    Form,
    /// As YAML.
    Yaml,
}

/// What is shown of an environment's configs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ConfigView {
    /// The lists.
    List {
        /// Only this kind.
        kind: Option<EnvConfigKind>,
        /// A part of the names.
        search: String,
    },
    /// A new object of a kind.
    New(EnvConfigKind),
    /// One object.
    One {
        /// Its kind.
        kind: EnvConfigKind,
        /// Its name.
        name: String,
        /// How it is shown.
        face: ConfigFace,
    },
}

impl Default for ConfigView {
    fn default() -> Self {
        Self::List { kind: None, search: String::new() }
    }
}

impl ConfigView {
    /// One object, shown as suits its kind.
    pub fn one(kind: EnvConfigKind, name: impl Into<String>) -> Self {
        Self::One { kind, name: name.into(), face: ConfigFace::default() }
    }

    /// Reads the segments after `configs`; `None` for what is no such view.
    pub(super) fn read(rest: &[&str], query: &Query) -> Option<Self> {
        let known = |word: &str| match EnvConfigKind::from(word) {
            EnvConfigKind::Other(_) => None,
            kind => Some(kind),
        };
        let search = || query.text("q");
        Some(match rest {
            [] => Self::List { kind: None, search: search() },
            [kind] if query.flag("new") => Self::New(known(kind)?),
            [kind] => Self::List { kind: Some(known(kind)?), search: search() },
            [kind, name] => {
                let face = match query.text("view").as_str() {
                    "form" => ConfigFace::Form,
                    "yaml" => ConfigFace::Yaml,
                    _ => ConfigFace::Fitting,
                };
                Self::One { kind: known(kind)?, name: (*name).to_owned(), face }
            }
            _ => return None,
        })
    }

    /// The path after the environment's.
    pub(super) fn write(&self, query: &mut Query) -> String {
        match self {
            Self::List { kind, search } => {
                query.set("q", search);
                kind.as_ref()
                    .map_or_else(|| "configs".to_owned(), |kind| format!("configs/{}", encode(kind.as_str())))
            }
            Self::New(kind) => {
                query.set("new", "1");
                format!("configs/{}", encode(kind.as_str()))
            }
            Self::One { kind, name, face } => {
                let word = match face {
                    ConfigFace::Fitting => "",
                    ConfigFace::Form => "form",
                    ConfigFace::Yaml => "yaml",
                };
                query.set("view", word);
                format!("configs/{}/{}", encode(kind.as_str()), encode(name))
            }
        }
    }

    /// Whether both show the same object, in whatever form, or both a list.
    pub fn is_same_place(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List { .. }, Self::List { .. }) => true,
            (Self::New(a), Self::New(b)) => a == b,
            (Self::One { kind, name, .. }, Self::One { kind: other_kind, name: other_name, .. }) => {
                kind == other_kind && name == other_name
            }
            _ => false,
        }
    }
}
