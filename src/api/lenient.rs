//! Field readers that accept what servers really send.
//!
//! Used as `#[serde(default, deserialize_with = "lenient::text")]`. Absent and `null` read as the type's empty
//! value; scalars of a neighbouring type are converted. A value that makes no sense (an object where a text is
//! due) is still an error: showing nothing as if it were something would be worse.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A text; numbers and booleans are taken as written, `null` is empty.
pub(crate) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    match Value::deserialize(from)? {
        Value::Array(_) | Value::Object(_) => Err(D::Error::custom("expected a text")),
        value => Ok(text_of(&value)),
    }
}

/// A text that may be missing; empty counts as missing.
pub(crate) fn opt_text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    text(from).map(|text| Some(text).filter(|text| !text.is_empty()))
}

/// A whole number; digits in quotes are read, fractions cut, `null` is 0.
pub(crate) fn integer<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    let value = Value::deserialize(from)?;
    integer_of(&value).ok_or_else(|| D::Error::custom(format!("expected a whole number, got {value}")))
}

/// A whole number that may be missing; a 0 is kept.
pub(crate) fn opt_integer<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    match Value::deserialize(from)? {
        Value::Null => Ok(None),
        value => integer_of(&value)
            .map(Some)
            .ok_or_else(|| D::Error::custom(format!("expected a whole number, got {value}"))),
    }
}

/// A truth value; `"true"`, `1` and the like are read, `null` is false.
pub(crate) fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    let value = Value::deserialize(from)?;
    match &value {
        Value::Null => Ok(false),
        Value::Bool(flag) => Ok(*flag),
        Value::Number(number) => Ok(number.as_f64() != Some(0.0)),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" => Ok(true),
            "false" | "0" | "no" | "" => Ok(false),
            _ => Err(D::Error::custom(format!("expected true or false, got {value}"))),
        },
        _ => Err(D::Error::custom("expected true or false")),
    }
}

/// Any value whose `null` means its default: lists, maps, nested objects.
pub(crate) fn or_default<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    from: D,
) -> Result<T, D::Error> {
    Option::<T>::deserialize(from).map(Option::unwrap_or_default)
}

/// A scalar as text: strings without quotes, `null` empty, the rest as JSON writes it.
pub(crate) fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The whole number below a float, cut to the range of the integer.
#[expect(clippy::cast_possible_truncation, reason = "the cut is what is wanted")]
pub(super) fn whole(float: f64) -> i64 {
    float as i64
}

fn integer_of(value: &Value) -> Option<i64> {
    match value {
        Value::Null => Some(0),
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(whole)),
        Value::String(text) if text.trim().is_empty() => Some(0),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize, Debug, PartialEq)]
    struct Sample {
        #[serde(default, deserialize_with = "text")]
        name: String,
        #[serde(default, deserialize_with = "opt_text")]
        alias: Option<String>,
        #[serde(default, deserialize_with = "integer")]
        count: i64,
        #[serde(default, deserialize_with = "opt_integer")]
        time: Option<i64>,
        #[serde(default, deserialize_with = "flag")]
        on: bool,
        #[serde(default, deserialize_with = "or_default")]
        list: Vec<String>,
    }

    fn read(json: &str) -> Sample {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn absent_and_null_mean_the_same() {
        let nulls = r#"{"name":null,"alias":null,"count":null,"time":null,"on":null,"list":null}"#;
        assert_eq!(read("{}"), read(nulls));
    }

    #[test]
    fn neighbouring_scalars_are_converted() {
        let sample = read(r#"{"name":7,"alias":true,"count":"12","time":3.9,"on":"1"}"#);
        assert_eq!(sample.name, "7");
        assert_eq!(sample.alias.as_deref(), Some("true"));
        assert_eq!((sample.count, sample.time, sample.on), (12, Some(3), true));
    }

    #[test]
    fn nonsense_is_refused() {
        for json in [r#"{"name":{}}"#, r#"{"count":"x"}"#, r#"{"on":[]}"#, r#"{"list":3}"#] {
            assert!(serde_json::from_str::<Sample>(json).is_err(), "{json}");
        }
    }
}
