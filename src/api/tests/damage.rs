//! Damaged answers: cut off anywhere, with bytes changed, with values of the wrong type. Nothing may panic, and what
//! is cut off must be an error.

use serde_json::{Value, json};

use super::fixtures;
use crate::api::error::{Answer, classify};
use crate::api::{DecodeProblem, Family, environments};

/// A small deterministic generator, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

#[test]
fn an_answer_cut_off_anywhere_is_an_error_and_never_a_panic() {
    for fixture in fixtures::all() {
        let text = fixture.text.trim_end();
        let step = (text.len() / 150).max(1);
        let acknowledges = text.contains("\"message\"") && !text.contains("reason");
        for (end, part) in (0..text.len()).step_by(step).filter_map(|end| Some((end, text.get(..end)?))) {
            let result = (fixture.read)(part);
            assert!(result.is_err() || acknowledges && end == 0, "{} cut at {end}", fixture.name);
        }
    }
}

#[test]
fn an_answer_with_changed_bytes_never_panics() {
    let mut random = Random(20_261_124);
    for fixture in fixtures::all() {
        for _ in 0..100 {
            let mut bytes = fixture.text.as_bytes().to_vec();
            for _ in 0..=random.below(4) {
                let at = random.below(bytes.len());
                match random.below(3) {
                    _ if bytes.is_empty() => {}
                    0 => bytes[at] = b"{}[]\",:0n\\"[random.below(10)],
                    1 => drop(bytes.remove(at)),
                    _ => bytes.insert(at, u8::try_from(random.below(256)).unwrap_or_default()),
                }
            }
            let text = String::from_utf8_lossy(&bytes);
            let _ = (fixture.read)(&text);
            let call = environments::list(Family::Test, "p").request().info();
            let error = classify(call, Answer { status: 400, auth_reason: None, body: &text });
            let _ = (error.details(), error.sub_env_uses(), error.known_title(), error.to_string());
        }
    }
}

/// Every place in a value, by JSON pointer.
fn places(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                places(inner, format!("{at}/{}", key.replace('/', "~1")), found);
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                places(inner, format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
    found.push(at);
}

fn all_places(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    places(value, String::new(), &mut found);
    found
}

#[test]
fn null_in_any_field_is_as_good_as_absent() {
    for fixture in fixtures::all() {
        let whole: Value = serde_json::from_str(fixture.text).unwrap();
        for place in all_places(&whole) {
            let in_list = place.rsplit('/').next().is_some_and(|last| last.parse::<usize>().is_ok());
            let is_envelope = place.ends_with("_detail") && place.matches('/').count() == 1;
            if place.is_empty() || in_list || is_envelope || place.contains("/labels/") {
                continue;
            }
            let mut value = whole.clone();
            *value.pointer_mut(&place).unwrap() = Value::Null;
            assert_eq!((fixture.read)(&value.to_string()), Ok(()), "{} with null at {place}", fixture.name);
        }
    }
}

#[test]
fn a_value_of_a_wrong_type_never_panics_and_says_where() {
    for fixture in fixtures::all() {
        let whole: Value = serde_json::from_str(fixture.text).unwrap();
        for place in all_places(&whole) {
            for wrong in [json!({"x": 1}), json!([[]]), json!(1e300), json!("\u{0}"), json!(true)] {
                let mut value = whole.clone();
                *value.pointer_mut(&place).unwrap() = wrong;
                if let Err(DecodeProblem::Malformed { message, .. }) = (fixture.read)(&value.to_string()) {
                    let says_where = message.contains("column") || message.starts_with("none of");
                    assert!(says_where, "{message}");
                }
            }
        }
    }
}
