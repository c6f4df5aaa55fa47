//! Properties over generated texts: what an edit does not touch survives byte for byte, for this parser and for libyaml,
//! which reads as Kubernetes does.

use crate::api::envcfgs::EnvConfigKind;
use crate::domain::yaml::data::{Section, entries};
use crate::domain::yaml::edit::{remove, rename, set};
use crate::domain::yaml::secret::Sealed;
use crate::domain::yaml::{Expectation, parse, validate};
use proptest::prelude::*;

/// Values people keep in a ConfigMap, and values nobody should.
fn value() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[ -~]{0,12}",
        "( |\t){0,3}[a-z=:#'\"{}|>-]{0,6}( |\t){0,2}",
        Just(String::new()),
        Just("#!/bin/sh".to_owned()),
        Just("key=值 ü 😀".to_owned()),
        Just("---".to_owned()),
        Just("...".to_owned()),
        Just("- a: [b".to_owned()),
    ];
    let odd = prop_oneof![
        Just("yes".to_owned()),
        Just("0x1f".to_owned()),
        Just("~".to_owned()),
        Just("2024-01-01".to_owned()),
        Just("a\r\nb".to_owned()),
        Just("\u{85}\u{2028}\u{feff}".to_owned()),
        Just("\u{7}\u{0}x".to_owned()),
        Just("\n\n".to_owned()),
        Just(" \n \n".to_owned()),
    ];
    let lines = (prop::collection::vec(line, 0..6), 0..4usize)
        .prop_map(|(lines, ends)| format!("{}{}", lines.join("\n"), "\n".repeat(ends)));
    prop_oneof![4 => lines, 1 => odd]
}

/// One entry as somebody may have typed it, with what stands around it.
fn typed_entry() -> impl Strategy<Value = (String, String)> {
    let written = prop_oneof![
        Just("plain  # why".to_owned()),
        Just("'it''s'".to_owned()),
        Just("\"it's\" # why".to_owned()),
        Just("\"a\\tb\"   ".to_owned()),
        Just("|\n    #!/bin/sh\n    echo\n\n    exit 1".to_owned()),
        Just("|+  # keep\n    x\n\n".to_owned()),
        Just("|2-\n      deep\n    x".to_owned()),
        Just(">\n    folded\n    text\n".to_owned()),
        Just("two\n    lines".to_owned()),
        Just("\n    below".to_owned()),
        Just("!!str 5".to_owned()),
        Just(String::new()),
    ];
    let around = prop_oneof![
        Just(String::new()),
        Just("  # about the next\n".to_owned()),
        Just("\n".to_owned()),
        Just("      # deep\n".to_owned()),
    ];
    (written, around).prop_map(|(written, around)| (around, written))
}

fn text() -> impl Strategy<Value = String> {
    (prop::collection::vec(typed_entry(), 0..5), any::<bool>(), any::<bool>()).prop_map(
        |(typed, last, windows)| {
            let body: String = typed
                .iter()
                .enumerate()
                .map(|(index, (around, written))| {
                    let space = if written.is_empty() || written.starts_with('\n') { "" } else { " " };
                    format!("{around}  k{index}:{space}{written}\n")
                })
                .collect();
            let data = format!("data:\n{body}");
            let rest = "kind: ConfigMap # !\nmetadata:\n    name: app\n\n# end\n";
            let text = if last { format!("{rest}{data}") } else { format!("{data}{rest}") };
            if windows { text.replace('\n', "\r\n") } else { text }
        },
    )
}

/// The values, as libyaml reads them.
fn as_libyaml(text: &str) -> Option<Vec<(String, serde_yaml_ng::Value)>> {
    let value: serde_yaml_ng::Value = serde_yaml_ng::from_str(text).ok()?;
    let Some(data) = value.get("data")?.as_mapping() else { return Some(Vec::new()) };
    Some(data.iter().filter_map(|(key, value)| Some((key.as_str()?.to_owned(), value.clone()))).collect())
}

/// How much of two texts is the same from their beginnings and from their ends.
fn kept(before: &str, after: &str) -> usize {
    let head = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let shorter = before.len().min(after.len()) - head;
    head + before.bytes().rev().zip(after.bytes().rev()).take(shorter).take_while(|(a, b)| a == b).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_set_value_is_read_back_and_the_rest_is_as_it_was(text in text(), index in 0..6usize, value in value()) {
        let Some(before) = as_libyaml(&text) else { return Ok(()) };
        prop_assert!(parse(&text).is_ok(), "{text}");
        let key = format!("k{index}");
        let after = set(&text, Section::Data, &key, &value).map_err(|_| TestCaseError::fail(format!("refused:\n{text}")))?;
        let document = parse(&after).unwrap();
        let found = entries(&document, &EnvConfigKind::ConfigMap);
        prop_assert_eq!(&found.iter().find(|entry| entry.key == key).unwrap().value, &value);
        let read = as_libyaml(&after).ok_or_else(|| TestCaseError::fail(format!("libyaml refuses:\n{after}")))?;
        for (name, other) in before.iter().filter(|(name, _)| *name != key) {
            prop_assert_eq!(Some(other), read.iter().find(|(found, _)| found == name).map(|(_, value)| value));
        }
        let mine = read.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone());
        prop_assert_eq!(mine, Some(serde_yaml_ng::Value::String(value)), "{}", after);
        if before.iter().all(|(name, _)| *name != key) {
            prop_assert!(kept(&text, &after) + 4 >= text.len(), "{text}\n=>\n{after}");
        }
    }

    #[test]
    fn what_is_set_and_set_back_holds_what_it_held(text in text(), value in value()) {
        let kind = EnvConfigKind::ConfigMap;
        let Ok(document) = parse(&text) else { return Ok(()) };
        for entry in entries(&document, &kind) {
            let Ok(there) = set(&text, Section::Data, &entry.key, &value) else { continue };
            let back = set(&there, Section::Data, &entry.key, &entry.value).unwrap();
            prop_assert_eq!(entries(&parse(&back).unwrap(), &kind), entries(&document, &kind));
        }
    }

    #[test]
    fn a_removed_or_renamed_key_leaves_the_others(text in text(), index in 0..5usize) {
        let Some(before) = as_libyaml(&text) else { return Ok(()) };
        let key = format!("k{index}");
        if let Ok(after) = remove(&text, Section::Data, &key) {
            let rest: Vec<_> = before.iter().filter(|(name, _)| *name != key).cloned().collect();
            prop_assert_eq!(as_libyaml(&after).unwrap(), rest);
            prop_assert!(after.len() < text.len() + 4);
        }
        if let Ok(after) = rename(&text, Section::Data, &key, "new.key") {
            let renamed: Vec<_> = before.into_iter().map(|(name, value)| (if name == key { "new.key".into() } else { name }, value)).collect();
            prop_assert_eq!(as_libyaml(&after).unwrap(), renamed);
        }
    }

    #[test]
    fn a_sealed_text_opens_to_the_same_bytes(text in text()) {
        let text = text.replace("ConfigMap", "Secret");
        if let Ok(sealed) = Sealed::seal(&text) {
            prop_assert_eq!(sealed.open(&sealed.text), text);
        }
    }

    #[test]
    fn no_text_makes_the_check_panic(text in "[ \\t\\n\\-a-c:{}\\[\\],&*!|>'\"#%@`?~0-9é\u{85}]{0,60}") {
        let expected = Expectation { kind: EnvConfigKind::ConfigMap, name: Some("app"), old: Some(&text) };
        let _ = validate(&text, &expected);
        let _ = set(&text, Section::Data, "a", "x\ny");
        let _ = Sealed::seal(&text);
    }
}
