use crate::api::envcfgs::EnvConfigKind;
use crate::domain::yaml::secret::{Sealed, labelled};
use crate::domain::yaml::{Expectation, Fault};

const TEXT: &str = "\
kind: Secret
metadata:
  name: db
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {\"data\":{\"password\":\"aHVudGVyMg==\"}}
data:
  password: aHVudGVyMg==  # rotated in May
  user: \"cm9vdA==\"
  empty: \"\"
stringData:
  note: >-
    very
    secret
";

#[test]
fn no_value_is_in_the_sealed_text_and_all_come_back() {
    let sealed = Sealed::seal(TEXT).unwrap();
    for secret in ["aHVudGVyMg==", "cm9vdA==", "very"] {
        assert!(!sealed.text.contains(secret) && !format!("{sealed:?}").contains(secret), "{secret}");
    }
    assert!(sealed.text.contains("# rotated in May") && sealed.text.contains("empty: \"\""));
    assert_eq!(sealed.open(&sealed.text), TEXT);
}

#[test]
fn a_mask_moves_with_its_key_and_what_is_typed_over_it_counts() {
    let mut sealed = Sealed::seal(TEXT).unwrap();
    let moved = sealed.text.replace("password:", "PASSWORD:");
    assert_eq!(sealed.open(&moved), TEXT.replace("  password:", "  PASSWORD:"));
    let mask = sealed.hide("bmV3");
    let typed = sealed.text.replace("••••••••·2", &mask);
    assert_eq!(sealed.open(&typed), TEXT.replace("  password: aHVudGVyMg==", "  password: bmV3"));
    assert_eq!(sealed.open("a: ••••••••·77"), "a: ••••••••·77");
}

#[test]
fn one_value_is_revealed_and_the_others_stay_hidden() {
    let sealed = Sealed::seal("data:\n  a: YQ==\n  b: Yg==\n").unwrap();
    assert_eq!(sealed.reveal(&sealed.text, "••••••••·1"), "data:\n  a: YQ==\n  b: ••••••••·2\n");
}

#[test]
fn masks_count_as_the_values_they_stand_for() {
    let sealed = Sealed::seal("kind: Secret\nmetadata: {name: db}\ndata:\n  a: YQ==\n  b: oops!\n").unwrap();
    let expected = Expectation { kind: EnvConfigKind::Secret, name: Some("db"), old: None };
    let problems = sealed.validate(&sealed.text, &expected);
    assert_eq!(
        problems.iter().map(|one| one.fault.clone()).collect::<Vec<_>>(),
        [Fault::NotBase64 { key: "b".into() }]
    );
    assert_eq!((problems[0].place.line, problems[0].place.column), (5, 6));
}

#[test]
fn a_comparison_shows_words_about_values() {
    let shown = labelled(TEXT, |entry| format!("<{}>", entry.key));
    assert!(shown.contains("password: <password>") && !shown.contains("aHVudGVyMg=="));
    assert!(!labelled("data:\n  a: &x YQ==\n", |_| String::new()).contains("YQ=="));
}

#[test]
fn a_text_with_references_is_not_sealed_in_part() {
    assert!(Sealed::seal("data:\n  a: &x YQ==\n  b: *x\n").is_err());
    assert!(Sealed::seal("data:\n  a: {b: YQ==}\n").is_err());
    assert!(Sealed::seal("data: 'x").is_err());
}
