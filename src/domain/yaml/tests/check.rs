use crate::api::envcfgs::EnvConfigKind;
use crate::domain::yaml::check::may_be_sent;
use crate::domain::yaml::same::holds;
use crate::domain::yaml::scalar::{Meaning, of_word};
use crate::domain::yaml::{Expectation, Fault, Severity, check_value, validate};

fn of(kind: EnvConfigKind, text: &str) -> Vec<(usize, usize, Fault)> {
    let expected = Expectation { kind, name: Some("app"), old: None };
    let problems = validate(text, &expected);
    problems.into_iter().map(|problem| (problem.place.line, problem.place.column, problem.fault)).collect()
}

const HEAD: &str = "kind: ConfigMap\nmetadata:\n  name: app\n";

#[test]
fn an_object_as_it_should_be_has_no_problem() {
    for (kind, word) in [
        (EnvConfigKind::ConfigMap, "ConfigMap"),
        (EnvConfigKind::Secret, "Secret"),
        (EnvConfigKind::Ingress, "Ingress"),
        (EnvConfigKind::Pvc, "PersistentVolumeClaim"),
    ] {
        assert_eq!(of(kind, &format!("kind: {word}\nmetadata:\n  name: app\n")), []);
    }
    assert_eq!(
        of(EnvConfigKind::ConfigMap, &format!("{HEAD}data:\n  a: x\n  b: |\n    y: 1\nbinaryData:\n")),
        []
    );
}

#[test]
fn broken_yaml_is_placed_by_line_and_column() {
    let text = format!("{HEAD}data:\n  a: 'x\n  b: y: z\n");
    let problems = of(EnvConfigKind::ConfigMap, &text);
    assert!(matches!(problems.as_slice(), [(5, 6, Fault::Syntax(_))]), "{problems:?}");
    let tab = format!("{HEAD}data:\n\ta: x\n");
    assert!(matches!(of(EnvConfigKind::ConfigMap, &tab).as_slice(), [(5, 2, Fault::Syntax(_))]));
}

#[test]
fn the_second_of_two_equal_keys_is_named_at_any_depth() {
    let text = format!("{HEAD}data:\n  a: x\n  b: w\n  a: z\n");
    assert_eq!(of(EnvConfigKind::ConfigMap, &text), [(7, 3, Fault::DuplicateKey("a".into()))]);
    assert_eq!(check_value("list:\n- {x: 1, x: 2}\n").len(), 1);
    assert_eq!(check_value("just a word"), []);
}

#[test]
fn kind_and_name_must_be_those_that_were_chosen() {
    let text = "kind: Secret\nmetadata:\n  name: other\n";
    assert_eq!(
        of(EnvConfigKind::Pvc, text),
        [
            (1, 7, Fault::KindDiffers { wanted: "PersistentVolumeClaim".into(), found: "Secret".into() }),
            (3, 9, Fault::NameDiffers { wanted: "app".into(), found: "other".into() }),
        ]
    );
    assert_eq!(
        of(EnvConfigKind::Ingress, "a: b\n"),
        [(1, 1, Fault::KindMissing { wanted: "Ingress".into() }), (1, 1, Fault::NameMissing)]
    );
    let new = |name: &str| {
        let text = format!("kind: ConfigMap\nmetadata:\n  name: {name}\n");
        validate(&text, &Expectation { kind: EnvConfigKind::ConfigMap, ..Expectation::default() })
    };
    assert_eq!(new("app.conf-2"), []);
    for bad in ["App", "-app", "a_b", "a..b"] {
        assert!(matches!(new(bad).first().map(|one| &one.fault), Some(Fault::BadName(_))), "{bad}");
    }
}

#[test]
fn what_is_no_object_is_said_to_be_none() {
    assert_eq!(of(EnvConfigKind::ConfigMap, ""), [(1, 1, Fault::Empty)]);
    assert_eq!(of(EnvConfigKind::ConfigMap, "- a\n").first().map(|one| &one.2), Some(&Fault::NoObject));
    let two = format!("{HEAD}---\n{HEAD}");
    assert_eq!(of(EnvConfigKind::ConfigMap, &two), [(4, 1, Fault::SecondDocument)]);
}

#[test]
fn values_of_a_config_map_are_strings() {
    let text = format!(
        "{HEAD}data:\n  a: 1\n  b: yes\n  c:\n  d: [x]\n  e: '1'\n  f: \"off\"\n  g: !!str 1\n  h: 1.2.3\n"
    );
    let problems = of(EnvConfigKind::ConfigMap, &text);
    let is = |line, column, key: &str, is| (line, column, Fault::NotText { key: key.into(), is });
    assert_eq!(
        problems,
        [
            is(5, 6, "a", Some(Meaning::Number)),
            is(6, 6, "b", Some(Meaning::Bool)),
            is(7, 3, "c", Some(Meaning::Null)),
            is(8, 6, "d", None),
        ]
    );
}

#[test]
fn words_that_only_old_yaml_takes_for_something_else_count() {
    for word in ["yes", "No", "ON", "y", "true", "False"] {
        assert_eq!(of_word(word), Meaning::Bool, "{word}");
    }
    for word in ["0x1F", "0o17", "1_000", "-1.5", ".inf", "1e3", "+7", "08"] {
        assert_eq!(of_word(word), Meaning::Number, "{word}");
    }
    for word in ["yEs", "1.2.3", "1s", "0xg", "2024-01-01", "e3", "-", ".", "a"] {
        assert_eq!(of_word(word), Meaning::Text, "{word}");
    }
}

#[test]
fn values_of_a_secret_are_base64() {
    let head = HEAD.replace("ConfigMap", "Secret");
    let text = format!(
        "{head}data:\n  a: aGVsbG8=\n  b: hello!\n  c: aGVsbG8\n  d: |\n    aGVs\n    bG8=\n  e:\nstringData:\n  x: 1\n"
    );
    let problems = of(EnvConfigKind::Secret, &text);
    assert_eq!(
        problems,
        [
            (6, 6, Fault::NotBase64 { key: "b".into() }),
            (7, 6, Fault::NotBase64 { key: "c".into() }),
            (13, 6, Fault::NotText { key: "x".into(), is: Some(Meaning::Number) }),
        ]
    );
}

#[test]
fn a_key_that_kubernetes_refuses_is_named() {
    let text = format!("{HEAD}data:\n  a b: x\n  ok-1_2.x: z\n");
    assert_eq!(of(EnvConfigKind::ConfigMap, &text), [(5, 3, Fault::BadKey("a b".into()))]);
}

#[test]
fn what_a_volume_claim_cannot_change_is_a_warning() {
    let claim = |class: &str, size: &str| {
        format!(
            "kind: PersistentVolumeClaim\nmetadata:\n  name: app\nspec:\n  storageClassName: {class}\n  resources:\n    requests:\n      storage: {size}\n"
        )
    };
    let old = claim("fast", "2Gi");
    let check = |new: &str| {
        let problems =
            validate(new, &Expectation { kind: EnvConfigKind::Pvc, name: Some("app"), old: Some(&old) });
        assert!(may_be_sent(&problems));
        problems.into_iter().map(|one| (one.place.line, one.fault)).collect::<Vec<_>>()
    };
    assert_eq!(check(&claim("slow", "10Gi")), [(5, Fault::Immutable("spec.storageClassName".into()))]);
    assert_eq!(check(&claim("fast", "1500Mi")), [(8, Fault::Shrinks)]);
    assert_eq!(check(&claim("fast", "1Ti")), []);
    assert_eq!(Fault::Shrinks.severity(), Severity::Warning);
}

#[test]
fn what_the_server_adds_is_no_difference_and_what_it_drops_is() {
    let written = format!("{HEAD}data:\n  a: x\n  url: http://$Namespace$.svc:$Port\n");
    let read = "apiVersion: v1\ndata:\n  url: http://shop-dev.svc:$Port\n  a: x\nkind: ConfigMap\nmetadata:\n  labels:\n    s-product: shop\n  name: app\n  namespace: shop-dev\n";
    let kind = EnvConfigKind::ConfigMap;
    assert!(holds(read, &written, &kind));
    assert!(!holds(&read.replace("  a: x\n", ""), &written, &kind));
    assert!(!holds(&read.replace("a: x", "a: w"), &written, &kind));
    assert!(!holds(&read.replace("  a: x\n", "  a: x\n  old: z\n"), &written, &kind));
    let secret = "kind: Secret\nmetadata:\n  name: app\nstringData:\n  a: hello\n";
    let kept = "kind: Secret\nmetadata:\n  name: app\ndata:\n  a: aGVsbG8=\ntype: Opaque\n";
    assert!(holds(kept, secret, &EnvConfigKind::Secret));
}
