//! Types that several resources share (contract 1).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::lenient;
use super::open_enum::open_enum;

open_enum! {
    /// What a variable's value is.
    pub enum VariableKind {
        /// Free text.
        Text = "string",
        /// True or false.
        Bool = "bool",
        /// One of the variable's options.
        Enum = "enum",
        /// A YAML fragment, sent as text.
        Yaml = "yaml",
    }
}

/// A variable's value: usually a text, a boolean for [`VariableKind::Bool`], but the server passes on any JSON.
///
/// Kept as it came, so that what was not edited is sent back unchanged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VariableValue(pub Value);

impl VariableValue {
    /// A text value.
    pub fn text(text: impl Into<String>) -> Self {
        Self(Value::String(text.into()))
    }

    /// A boolean value.
    pub fn boolean(value: bool) -> Self {
        Self(Value::Bool(value))
    }

    /// Whether no value is set.
    pub fn is_unset(&self) -> bool {
        self.0.is_null()
    }

    /// The value as a boolean: `true`, `"true"` and their opposites.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.0 {
            Value::Bool(value) => Some(*value),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The value as a person would type it: texts without quotes, nothing for unset, the rest as JSON.
    pub fn to_text(&self) -> String {
        lenient::text_of(&self.0)
    }
}

impl From<&str> for VariableValue {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<bool> for VariableValue {
    fn from(value: bool) -> Self {
        Self::boolean(value)
    }
}

/// A variable with its definition, as services and projects have it (`ServiceVariableKV`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// The name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub key: String,
    /// The value.
    #[serde(default)]
    pub value: VariableValue,
    /// What the value is.
    #[serde(rename = "type", default)]
    pub kind: VariableKind,
    /// The choices of an enum.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub options: Vec<String>,
    /// What it is for.
    #[serde(default, deserialize_with = "lenient::text")]
    pub desc: String,
}

/// An environment's global variable: a [`Variable`] and the services that use it.
///
/// Fields this client does not know are kept in `rest`, because an update stores what is sent verbatim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GlobalVariable {
    /// The name; must be one of the project's global variables.
    #[serde(default, deserialize_with = "lenient::text")]
    pub key: String,
    /// The value.
    #[serde(default)]
    pub value: VariableValue,
    /// What the value is.
    #[serde(rename = "type", default)]
    pub kind: VariableKind,
    /// The choices of an enum; must contain the value.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub options: Vec<String>,
    /// What it is for.
    #[serde(default, deserialize_with = "lenient::text")]
    pub desc: String,
    /// Services that take this value and are redeployed when it changes.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub related_services: Vec<String>,
    /// Whatever else the server sent.
    #[serde(flatten)]
    pub rest: BTreeMap<String, Value>,
}

/// A service's variable as sent when a service is added or updated (`RenderVariableKV`).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RenderVariable {
    /// The name.
    pub key: String,
    /// The value; ignored by the server while bound to a global variable.
    #[serde(skip_serializing_if = "VariableValue::is_unset")]
    pub value: VariableValue,
    /// What the value is. Where it differs from the template's, the template's value wins, so it is always sent
    /// once known.
    #[serde(rename = "type", skip_serializing_if = "is_empty_word")]
    pub kind: VariableKind,
    /// The choices of an enum.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub desc: String,
    /// Whether the environment's global variable of the same name is used.
    pub use_global_variable: bool,
}

fn is_empty_word(kind: &VariableKind) -> bool {
    kind.as_str().is_empty()
}

impl RenderVariable {
    /// A variable with a value of its own.
    pub fn own(variable: &Variable) -> Self {
        Self {
            key: variable.key.clone(),
            value: variable.value.clone(),
            kind: variable.kind.clone(),
            options: variable.options.clone(),
            desc: variable.desc.clone(),
            use_global_variable: false,
        }
    }

    /// A variable that follows the global one of the same name.
    pub fn global(variable: &Variable) -> Self {
        Self { use_global_variable: true, ..Self::own(variable) }
    }
}

/// A container with the image an environment or a template has for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Container {
    /// The container's name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Empty, or `init` for an init container.
    #[serde(rename = "type", default, deserialize_with = "lenient::text")]
    pub kind: String,
    /// The full image reference.
    #[serde(default, deserialize_with = "lenient::text")]
    pub image: String,
    /// The image's short name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub image_name: String,
    /// For Helm charts, where the image stands in their values: `image_path` since v4.0.0, `imagePath` before.
    #[serde(default, alias = "imagePath")]
    pub image_path: Option<ImagePath>,
}

impl Container {
    /// Whether this is an init container.
    pub fn is_init(&self) -> bool {
        self.kind == "init"
    }
}

/// Where the parts of an image reference stand in a Helm chart's values. YAML projects have no use for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ImagePath {
    /// The registry's host.
    #[serde(default, deserialize_with = "lenient::text")]
    pub repo: String,
    /// The namespace in the registry.
    #[serde(default, deserialize_with = "lenient::text")]
    pub namespace: String,
    /// The image.
    #[serde(default, deserialize_with = "lenient::text")]
    pub image: String,
    /// The tag.
    #[serde(default, deserialize_with = "lenient::text")]
    pub tag: String,
}

/// A container's image where nothing else of it is told: in workloads, service templates and requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerImage {
    /// The container's name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// The full image reference.
    #[serde(default, deserialize_with = "lenient::text")]
    pub image: String,
    /// The image's short name; empty where the server could not read the reference.
    #[serde(default, deserialize_with = "lenient::text")]
    pub image_name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_any_type_goes_back_as_it_came() {
        for json in [r#""a""#, "true", "3", "null", r#"{"a":[1]}"#] {
            let value: VariableValue = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
        }
    }

    #[test]
    fn values_read_as_booleans_and_texts() {
        assert_eq!(VariableValue::text("true").as_bool(), Some(true));
        assert_eq!(VariableValue::boolean(false).as_bool(), Some(false));
        assert_eq!(VariableValue::text("x").as_bool(), None);
        assert_eq!(VariableValue(serde_json::json!(3)).to_text(), "3");
        assert_eq!(VariableValue::default().to_text(), "");
    }

    #[test]
    fn both_spellings_of_the_image_path_are_read() {
        for key in ["imagePath", "image_path"] {
            let json = format!(r#"{{"name":"c","image":"r/n/i:t","{key}":{{"repo":"r","tag":"t"}}}}"#);
            let container: Container = serde_json::from_str(&json).unwrap();
            assert_eq!(container.image_path.unwrap().tag, "t");
        }
    }

    #[test]
    fn unknown_fields_of_a_global_variable_survive_the_round_trip() {
        let json = r#"{"key":"k","value":"v","type":"string","options":[],"desc":"","related_services":["s"],"scope":"x"}"#;
        let variable: GlobalVariable = serde_json::from_str(json).unwrap();
        let back: Value = serde_json::to_value(&variable).unwrap();
        assert_eq!(back, serde_json::from_str::<Value>(json).unwrap());
    }
}
