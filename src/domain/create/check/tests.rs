use super::*;

fn environment(key: &str, namespace: &str, production: bool) -> EnvironmentSummary {
    let cluster_id = "c".to_owned();
    EnvironmentSummary {
        key: key.into(),
        namespace: namespace.into(),
        production,
        cluster_id,
        ..Default::default()
    }
}

fn draft(name: &str) -> Draft {
    Draft { name: name.into(), cluster: "c".into(), registry: "r".into(), ..Draft::default() }
}

fn issues(draft: &Draft, family: Family) -> Vec<(Field, Issue)> {
    let environments = [environment("dev", "shop-env-dev", false), environment("prod", "live", true)];
    let definitions = [Variable {
        key: "level".into(),
        kind: VariableKind::Enum,
        options: vec!["a".into()],
        ..Variable::default()
    }];
    let around = Surroundings {
        project: "shop",
        family,
        environments: &environments,
        definitions: Some(&definitions),
        objects: &Objects::read(&draft.configs, None),
    };
    check(draft, around).into_iter().map(|one| (one.field, one.issue)).collect()
}

#[test]
fn a_name_has_small_letters_digits_and_hyphens() {
    assert_eq!(issues(&draft("qa-2"), Family::Test), []);
    assert_eq!(issues(&draft(""), Family::Test), [(Field::Name, Issue::Missing)]);
    for name in ["QA", "qa_2", "qa 2", "质量", "qa.2"] {
        assert_eq!(issues(&draft(name), Family::Test), [(Field::Name, Issue::NameForm)], "{name}");
    }
}

#[test]
fn a_name_is_unique_over_both_families() {
    for family in [Family::Test, Family::Production] {
        assert!(
            issues(&draft("dev"), family).contains(&(Field::Name, Issue::NameTaken { production: false }))
        );
        assert!(
            issues(&draft("prod"), family).contains(&(Field::Name, Issue::NameTaken { production: true }))
        );
    }
}

#[test]
fn words_of_the_servers_paths_are_no_names() {
    for word in PATH_WORDS {
        assert!(issues(&draft(word), Family::Test).contains(&(Field::Name, Issue::NameReserved)), "{word}");
    }
}

#[test]
fn three_namespaces_are_refused_for_production_only() {
    for namespace in REFUSED_NAMESPACES {
        let draft = Draft { namespace: Some(namespace.into()), ..draft("live2") };
        assert_eq!(issues(&draft, Family::Production), [(Field::Namespace, Issue::NamespaceRefused)]);
        assert_eq!(issues(&draft, Family::Test), []);
    }
}

#[test]
fn a_namespace_is_one_that_kubernetes_takes() {
    let typed =
        |namespace: &str| issues(&Draft { namespace: Some(namespace.into()), ..draft("qa") }, Family::Test);
    assert_eq!(typed(""), [(Field::Namespace, Issue::Missing)]);
    for namespace in ["Shop", "-a", "a-", "a.b", "a_b"] {
        assert_eq!(typed(namespace), [(Field::Namespace, Issue::NamespaceForm)], "{namespace}");
    }
    assert_eq!(typed(&"a".repeat(64)), [(Field::Namespace, Issue::NamespaceLong)]);
    assert_eq!(
        issues(&draft("a-"), Family::Test),
        [(Field::Namespace, Issue::NamespaceForm)],
        "the default counts too"
    );
}

#[test]
fn a_namespace_in_use_is_a_warning_in_the_same_cluster_only() {
    let shared = Draft { namespace: Some("live".into()), ..draft("qa") };
    let found = issues(&shared, Family::Test);
    assert_eq!(found, [(Field::Namespace, Issue::NamespaceShared { by: vec!["prod".into()] })]);
    assert!(found[0].1.is_warning());
    assert_eq!(issues(&Draft { cluster: "other".into(), ..shared }, Family::Test), []);
}

#[test]
fn global_variables_must_be_defined_and_take_one_of_their_options() {
    let with = |key: &str, value: GlobalDraft| {
        let mut draft = draft("qa");
        draft.globals.insert(key.into(), value);
        issues(&draft, Family::Test)
    };
    assert_eq!(with("level", GlobalDraft::Value("a".into())), []);
    assert_eq!(
        with("level", GlobalDraft::Value("b".into())),
        [(Field::Global("level".into()), Issue::NotAnOption)]
    );
    assert_eq!(
        with("ghost", GlobalDraft::Value("b".into())),
        [(Field::Global("ghost".into()), Issue::NotDefined)]
    );
    assert_eq!(with("ghost", GlobalDraft::Left), []);
}

#[test]
fn config_objects_are_whole_and_different() {
    let mut draft = draft("qa");
    let map = "kind: ConfigMap\nmetadata:\n  name: a";
    draft.add_config(map.into(), None);
    draft.add_config(map.into(), None);
    draft.add_config("kind: Pod".into(), None);
    draft.add_config(String::new(), None);
    draft.configs[3].dropped = true;
    let found: Vec<Issue> = issues(&draft, Family::Test).into_iter().map(|(_, issue)| issue).collect();
    let other = Issue::Object(ObjectProblem::OtherKind("Pod".into()));
    assert_eq!(found, [Issue::Twice, other, Issue::Dropped]);
    assert_eq!(issues(&draft, Family::Production), [], "production begins without any");
}

#[test]
fn what_is_wrong_in_a_text_is_said_by_its_line() {
    let wrong = |data: &str| {
        let mut draft = draft("qa");
        draft.add_config(format!("kind: ConfigMap\nmetadata:\n  name: a\ndata:\n{data}"), None);
        issues(&draft, Family::Test)
    };
    for data in ["  b: \"c\n", "  b: 1\n", "  b: x\n  b: y\n"] {
        let found = wrong(data);
        assert!(
            matches!(&found[..], [(Field::Config(0), Issue::Invalid(problem))] if problem.place.line >= 5),
            "{data}: {found:?}"
        );
    }
    assert_eq!(wrong("  b: c\n"), []);
}

#[test]
fn each_field_stands_in_a_step() {
    assert_eq!(Field::Namespace.step(), CreateStep::Basics);
    assert_eq!(Field::Global("a".into()).step(), CreateStep::Variables);
    assert_eq!(Field::Config(1).step(), CreateStep::Configs);
}
