//! Variables: of a service, of an environment, and as rendered into one service of one environment (contract 1).

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// Reads `null` as the zero value, as Go's decoder leaves a field untouched on `null`.
pub fn nullable<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// `ServiceVariableKV`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kv {
    /// Name of the variable.
    #[serde(default, deserialize_with = "nullable")]
    pub key: String,
    /// Go's `interface{}`: any JSON, `null` when unset.
    #[serde(default)]
    pub value: Value,
    /// `bool`, `string`, `enum`, `yaml`, or empty if a client stored it so.
    #[serde(rename = "type", default, deserialize_with = "nullable")]
    pub kind: String,
    /// Values of an enum.
    #[serde(default, deserialize_with = "nullable")]
    pub options: Vec<String>,
    /// Description.
    #[serde(default, deserialize_with = "nullable")]
    pub desc: String,
}

impl Kv {
    /// A variable without options.
    pub fn new(key: &str, value: impl Into<Value>, kind: &str, desc: &str) -> Self {
        Self {
            key: key.into(),
            value: value.into(),
            kind: kind.into(),
            options: Vec::new(),
            desc: desc.into(),
        }
    }

    /// A string variable.
    pub fn string(key: &str, value: &str, desc: &str) -> Self {
        Self::new(key, value, "string", desc)
    }

    /// An enum variable.
    pub fn choice(key: &str, value: &str, options: &[&str], desc: &str) -> Self {
        let options = options.iter().map(|o| (*o).to_owned()).collect();
        Self { options, ..Self::new(key, value, "enum", desc) }
    }

    /// What the server's conversion to YAML would refuse, in its own (misspelt) words; `None` when it is fine.
    pub fn fault(&self) -> Option<String> {
        let bad = match self.kind.as_str() {
            "enum" => !self.options.contains(&plain(&self.value)),
            "bool" => !matches!(plain(&self.value).as_str(), "true" | "false"),
            "yaml" => !self.value.as_str().is_some_and(is_yaml),
            _ => false,
        };
        bad.then(|| format!("invaild value for {}, key: {}", self.kind, self.key))
    }
}

fn is_yaml(text: &str) -> bool {
    serde_yaml_ng::from_str::<serde_yaml_ng::Value>(text).is_ok()
}

/// A value as text: strings without quotes, everything else as JSON.
pub fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `GlobalVariableKV`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GlobalKv {
    /// The variable.
    #[serde(flatten)]
    pub kv: Kv,
    /// Services that take it.
    #[serde(default, deserialize_with = "nullable")]
    pub related_services: Vec<String>,
}

/// `RenderVariableKV`: a service's variable in an environment, and in requests.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RenderKv {
    /// The variable.
    #[serde(flatten)]
    pub kv: Kv,
    /// True when the value comes from the environment's global variable of the same key.
    #[serde(default, deserialize_with = "nullable")]
    pub use_global_variable: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_fields_are_zero_values() {
        let kv: RenderKv =
            serde_json::from_str(r#"{"key":"a","type":null,"options":null}"#).expect("Go takes it");
        assert_eq!(kv.kv, Kv { key: "a".into(), ..Kv::default() });
    }

    #[test]
    fn values_are_checked_by_type() {
        assert!(
            Kv::choice("a", "x", &["y"], "").fault().is_some_and(|f| f == "invaild value for enum, key: a")
        );
        assert_eq!(Kv::new("b", true, "bool", "").fault(), None);
        assert_eq!(Kv::new("b", "true", "bool", "").fault(), None);
        assert!(Kv::new("b", "yes", "bool", "").fault().is_some());
        assert!(Kv::new("c", "a: [", "yaml", "").fault().is_some());
    }
}
