//! What concerns the environment as a whole.

use std::collections::BTreeMap;

use super::fixtures::{at, environment, ready, service, starting, waiting};
use crate::api::envcfgs::{EnvConfig, EnvConfigKind, EnvConfigObject, EnvConfigSummary};
use crate::api::environments::{EnvStatus, Environment, EnvironmentSummary, ServiceStatus};
use crate::api::model::GlobalVariable;
use crate::api::services::ServiceDetail;
use crate::ops::snapshot::{Probe, Response, Snapshot};
use crate::ops::verify::config::{ConfigDeleted, ConfigWritten};
use crate::ops::verify::environment::{EnvironmentCreated, EnvironmentDeleted, EnvironmentEdited};
use crate::ops::verify::services::{ServicesAdded, ServicesRemoved, ServicesUpdated};
use crate::ops::verify::variables::VariablesReplaced;
use crate::ops::verify::{Verdict, Verifier};
use crate::ops::{Failure, Stale};

fn look(environment: Environment) -> Snapshot {
    Snapshot::default().with(Probe::Environment, Response::Environment(environment))
}

fn and(snapshot: Snapshot, detail: ServiceDetail) -> Snapshot {
    snapshot.with(Probe::Service("api".into()), Response::Service(detail))
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn an_added_service_is_done_when_it_is_there_and_its_pods_are_ready() {
    let mut verifier = ServicesAdded::new(&names(&["api"]));
    verifier.baseline(&look(environment("success", 1, &["web"]))).unwrap();
    assert_eq!(verifier.judge(&look(environment("success", 1, &["web"])), at(1)), Verdict::Unchanged);
    let updating = look(environment("updating", 2, &["web"]));
    assert!(matches!(verifier.judge(&updating, at(2)), Verdict::Moving(_)));
    let there = || look(environment("success", 2, &["web", "api"]));
    let coming = and(there(), service(1, vec![starting("a", 2)]));
    let Verdict::Moving(progress) = verifier.judge(&coming, at(3)) else { panic!() };
    assert_eq!((progress.ready, progress.desired, progress.waiting), (0, 1, names(&["api"])));
    let done = || and(there(), service(1, vec![ready("a", 2)]));
    assert!(matches!(verifier.judge(&done(), at(4)), Verdict::Moving(_)), "seen at rest once");
    assert!(matches!(verifier.judge(&done(), at(5)), Verdict::Done(_)));
}

#[test]
fn a_service_that_is_there_already_is_not_added() {
    let stale = ServicesAdded::new(&names(&["api"])).baseline(&look(environment("success", 1, &["api"])));
    assert_eq!(stale, Err(Stale::ServiceThere("api".into())));
}

#[test]
fn an_added_service_that_does_not_start_fails_with_its_reason() {
    let mut verifier = ServicesAdded::new(&names(&["api"]));
    verifier.baseline(&look(environment("success", 1, &[]))).unwrap();
    let bad = service(1, vec![waiting("a", 2, "ImagePullBackOff", "not found")]);
    let verdict = verifier.judge(&and(look(environment("success", 2, &["api"])), bad), at(3));
    assert!(
        matches!(verdict, Verdict::Failing(Failure::Rollout(reason)) if reason.word == "ImagePullBackOff")
    );
}

#[test]
fn an_environment_that_ends_failed_fails_the_operation_but_an_old_failure_does_not() {
    let updated = |before: &str| {
        let mut verifier = ServicesUpdated::new(&names(&["api"]), &Environment::default());
        verifier
            .baseline(&and(look(environment(before, 1, &["api"])), service(1, vec![ready("a", 1)])))
            .unwrap();
        verifier
    };
    let failed = || and(look(environment("failed", 1, &["api"])), service(1, vec![ready("a", 1)]));
    let mut verifier = updated("success");
    verifier.judge(&look(environment("updating", 1, &["api"])), at(1));
    assert!(matches!(verifier.judge(&failed(), at(2)), Verdict::Failing(Failure::Environment { .. })));
    assert_eq!(updated("failed").judge(&failed(), at(1)), Verdict::Unchanged);
}

#[test]
fn an_update_without_any_sign_of_it_changed_nothing() {
    let mut verifier = ServicesUpdated::new(&names(&["api"]), &Environment::default());
    let before = || and(look(environment("success", 1, &["api"])), service(1, vec![ready("a", 1)]));
    verifier.baseline(&before()).unwrap();
    assert_eq!(verifier.judge(&before(), at(1)), Verdict::Unchanged);
    let after = || and(look(environment("success", 9, &["api"])), service(1, vec![ready("a", 1)]));
    let verdicts: Vec<_> = (2..8).map(|second| verifier.judge(&after(), at(second))).collect();
    assert!(matches!(verdicts.last(), Some(Verdict::Done(_))), "{verdicts:?}");
}

#[test]
fn an_update_counts_the_pods_on_the_new_values_and_ends_when_the_old_ones_are_gone() {
    let mut verifier = ServicesUpdated::new(&names(&["api"]), &Environment::default());
    let seen = |status: &str, time, pods| and(look(environment(status, time, &["api"])), service(2, pods));
    let old = || vec![ready("a", 1), ready("b", 1)];
    verifier.baseline(&seen("success", 1, old())).unwrap();
    let mut moving = |status: &str, pods, second| {
        let Verdict::Moving(progress) = verifier.judge(&seen(status, 9, pods), at(second)) else { panic!() };
        (progress.ready, progress.desired, progress.new.len(), progress.old.len())
    };
    assert_eq!(moving("updating", old(), 2), (0, 2, 0, 2), "the server is at work");
    assert_eq!(moving("success", old(), 3), (0, 2, 0, 2), "the cluster has not begun");
    assert_eq!(moving("success", vec![ready("a", 1), ready("b", 1), starting("c", 9)], 4), (0, 2, 1, 2));
    for second in 5..8 {
        // As many as wanted, and all ready: the next old pod is about to go.
        assert_eq!(moving("success", vec![ready("b", 1), ready("c", 9)], second), (1, 2, 1, 1));
    }
    let new = || seen("success", 9, vec![ready("c", 9), ready("d", 9)]);
    let verdicts: Vec<_> = (8..10).map(|second| verifier.judge(&new(), at(second))).collect();
    assert!(matches!(&verdicts[1], Verdict::Done(progress) if progress.ready == 2), "{verdicts:?}");
}

#[test]
fn an_update_that_does_not_concern_the_pods_ends_with_the_old_ones() {
    let mut verifier = ServicesUpdated::new(&names(&["api"]), &Environment::default());
    verifier.baseline(&look(environment("success", 1, &["api"]))).unwrap();
    let after = || and(look(environment("success", 9, &["api"])), service(1, vec![ready("a", 1)]));
    let verdicts: Vec<_> = (2..7).map(|second| verifier.judge(&after(), at(second))).collect();
    let Verdict::Moving(progress) = &verdicts[0] else { panic!("{verdicts:?}") };
    assert_eq!((progress.new.len(), progress.old.len()), (0, 1), "made before the change: not a new pod");
    assert!(matches!(verdicts.last(), Some(Verdict::Done(_))), "{verdicts:?}");
}

#[test]
fn until_the_server_has_said_when_it_took_the_change_all_pods_are_old() {
    let mut verifier = ServicesUpdated::new(&names(&["api"]), &Environment::default());
    verifier.baseline(&look(environment("success", 9, &["api"]))).unwrap();
    // Restarted after the last change of the environment: newer than that, and still from before this one.
    let at_work = and(look(environment("updating", 9, &["api"])), service(1, vec![ready("a", 12)]));
    let Verdict::Moving(progress) = verifier.judge(&at_work, at(20)) else { panic!() };
    assert_eq!((progress.ready, progress.new.len(), progress.old.len()), (0, 0, 1));
}

#[test]
fn an_update_whose_new_pods_do_not_start_fails_with_their_reason() {
    let mut verifier = ServicesUpdated::new(&names(&["api"]), &Environment::default());
    let seen = |time, pods| and(look(environment("success", time, &["api"])), service(1, pods));
    verifier.baseline(&seen(1, vec![ready("a", 1)])).unwrap();
    let stuck = seen(9, vec![ready("a", 1), waiting("b", 9, "ImagePullBackOff", "not found")]);
    let verdict = verifier.judge(&stuck, at(10));
    assert!(matches!(verdict, Verdict::Failing(Failure::Rollout(why)) if why.word == "ImagePullBackOff"));
}

#[test]
fn an_update_never_adds_a_service() {
    let mut verifier = ServicesUpdated::new(&names(&["api"]), &Environment::default());
    let stale = verifier.baseline(&look(environment("success", 1, &["web"])));
    assert_eq!(stale, Err(Stale::ServiceGone("api".into())));
}

#[test]
fn an_update_that_would_undo_a_binding_made_meanwhile_is_not_sent() {
    let bound = |services: &[&str]| Environment {
        global_variables: vec![GlobalVariable {
            key: "cpu".into(),
            related_services: names(services),
            ..GlobalVariable::default()
        }],
        ..environment("success", 1, &["api", "web"])
    };
    let baseline = |reviewed: &[&str], now: &[&str]| {
        let mut verifier = ServicesUpdated::new(&names(&["api"]), &bound(reviewed));
        verifier.baseline(&look(bound(now)))
    };
    assert_eq!(baseline(&["api"], &["api", "web"]), Ok(()), "others may bind what they like");
    assert_eq!(baseline(&[], &["api"]), Err(Stale::Changed), "sending would unbind it");
    assert_eq!(baseline(&["api"], &[]), Err(Stale::Changed), "sending would bind it again");
}

#[test]
fn a_large_set_of_services_is_read_a_few_at_a_time() {
    let many: Vec<String> = (0..200).map(|index| format!("s{index}")).collect();
    assert!(ServicesUpdated::new(&many, &Environment::default()).reads().len() <= 7);
}

#[test]
fn removed_services_are_gone_partly_gone_or_still_there() {
    let mut verifier = ServicesRemoved::new(&names(&["api", "web"]));
    let mut judge = |services: &[&str]| verifier.judge(&look(environment("success", 1, services)), at(1));
    assert_eq!(judge(&["api", "web"]), Verdict::Unchanged);
    assert!(matches!(judge(&["web"]), Verdict::Partly { done: 1, of: 2, .. }));
    assert!(matches!(judge(&["db"]), Verdict::Done(_)));
}

#[test]
fn variables_are_compared_by_key_and_their_services_are_waited_for() {
    let variable = |key: &str, value: &str| GlobalVariable {
        key: key.into(),
        value: value.into(),
        ..GlobalVariable::default()
    };
    let wanted = || BTreeMap::from([("cpu".to_owned(), Some("2".into())), ("old".to_owned(), None)]);
    let seen =
        |list: Vec<GlobalVariable>| Snapshot::default().with(Probe::Variables, Response::Variables(list));
    let before = [variable("old", "x"), variable("cpu", "1")];
    let mut alone = VariablesReplaced::new(&before, wanted(), &[]);
    assert_eq!(alone.baseline(&seen(vec![variable("cpu", "1"), variable("old", "x")])), Ok(()));
    assert_eq!(alone.baseline(&seen(vec![variable("cpu", "3"), variable("old", "x")])), Err(Stale::Changed));
    assert_eq!(
        alone.judge(&seen(vec![variable("cpu", "1"), variable("old", "x")]), at(1)),
        Verdict::Unchanged
    );
    assert!(matches!(
        alone.judge(&seen(vec![variable("cpu", "2"), variable("old", "x")]), at(2)),
        Verdict::Partly { .. }
    ));
    assert!(matches!(
        alone.judge(&seen(vec![variable("mem", "9"), variable("cpu", "2")]), at(3)),
        Verdict::Done(_)
    ));

    let mut related = VariablesReplaced::new(&before, wanted(), &names(&["api"]));
    let stored = || seen(vec![variable("cpu", "2")]);
    let updating =
        stored().with(Probe::Environment, Response::Environment(environment("updating", 1, &["api"])));
    assert!(matches!(related.judge(&updating, at(1)), Verdict::Moving(_)));
    let done = || {
        let snapshot =
            stored().with(Probe::Environment, Response::Environment(environment("success", 2, &["api"])));
        and(snapshot, service(1, vec![ready("a", 9)]))
    };
    related.judge(&done(), at(2));
    assert!(matches!(related.judge(&done(), at(3)), Verdict::Done(_)));
}

fn config(yaml: &str) -> Response {
    let object = EnvConfigObject { name: "app".into(), yaml_data: yaml.into(), ..EnvConfigObject::default() };
    Response::Config(EnvConfig { object, facts: Vec::new() })
}

#[test]
fn a_config_that_somebody_else_changed_is_not_overwritten() {
    let read = || Probe::Config(EnvConfigKind::ConfigMap, "app".into());
    let same = |config: &EnvConfig| config.yaml_data == "new";
    let mut verifier = ConfigWritten::updated(EnvConfigKind::ConfigMap, "app", "old", Box::new(same));
    assert_eq!(verifier.baseline(&Snapshot::default().with(read(), config("old"))), Ok(()));
    for theirs in [config("theirs"), Response::Missing] {
        assert_eq!(verifier.baseline(&Snapshot::default().with(read(), theirs)), Err(Stale::Changed));
    }
    assert_eq!(verifier.judge(&Snapshot::default().with(read(), config("old")), at(1)), Verdict::Unchanged);
    assert!(matches!(
        verifier.judge(&Snapshot::default().with(read(), config("new")), at(2)),
        Verdict::Done(_)
    ));
    assert!(!format!("{verifier:?}").contains("old"));
}

#[test]
fn a_new_config_must_not_be_there_yet() {
    let read = || Probe::Config(EnvConfigKind::Secret, "app".into());
    let mut verifier = ConfigWritten::created(EnvConfigKind::Secret, "app", Box::new(|_| true));
    assert_eq!(verifier.baseline(&Snapshot::default().with(read(), Response::Missing)), Ok(()));
    assert_eq!(verifier.baseline(&Snapshot::default().with(read(), config("x"))), Err(Stale::Changed));
}

#[test]
fn a_deleted_config_is_no_longer_listed() {
    let mut verifier = ConfigDeleted::new(EnvConfigKind::ConfigMap, "app");
    let list = |names: &[&str]| {
        let one = |name: &&str| EnvConfigSummary { name: (*name).to_owned(), ..EnvConfigSummary::default() };
        let seen = Response::Configs(names.iter().map(one).collect());
        Snapshot::default().with(Probe::Configs(EnvConfigKind::ConfigMap), seen)
    };
    assert_eq!(verifier.judge(&list(&["app", "b"]), at(1)), Verdict::Unchanged);
    assert!(matches!(verifier.judge(&list(&["b"]), at(1)), Verdict::Done(_)));
}

fn listed(status: Option<&str>) -> Snapshot {
    let one = |status| EnvironmentSummary {
        key: "dev".into(),
        status: EnvStatus::from(status),
        registry_id: "r1".into(),
        alias: Some("Live".into()),
        ..EnvironmentSummary::default()
    };
    Snapshot::default()
        .with(Probe::Environments, Response::Environments(status.map(one).into_iter().collect()))
}

#[test]
fn a_new_environment_is_watched_until_it_is_made_or_failed() {
    let mut empty = EnvironmentCreated::new("dev", &[]);
    assert_eq!(empty.judge(&listed(None), at(1)), Verdict::Unchanged);
    assert!(matches!(empty.judge(&listed(Some("creating")), at(2)), Verdict::Moving(_)));
    assert!(matches!(empty.judge(&listed(Some("success")), at(3)), Verdict::Done(_)));

    let mut failing = EnvironmentCreated::new("dev", &names(&["api"]));
    failing.judge(&listed(Some("creating")), at(1));
    let detail = || Response::Environment(environment("failed", 1, &["api"]));
    let failed = listed(Some("failed")).with(Probe::Environment, detail());
    let failed = and(failed, service(1, vec![starting("a", 1)]));
    let verdict = failing.judge(&failed, at(300));
    assert!(
        matches!(&verdict, Verdict::Failing(Failure::Environment { waiting, .. }) if *waiting == names(&["api"])),
        "{verdict:?}"
    );
}

#[test]
fn while_the_server_is_at_work_every_service_is_read_in_its_turn() {
    let many: Vec<String> = (0..12).map(|index| format!("s{index:02}")).collect();
    let mut verifier = EnvironmentCreated::new("dev", &many);
    verifier.judge(&listed(Some("creating")), at(1));
    let mut last = Verdict::Unchanged;
    for second in 2..=4 {
        let creating = Response::Environment(environment("creating", 1, &[]));
        let mut snapshot = listed(Some("creating")).with(Probe::Environment, creating);
        for read in verifier.reads() {
            if let Probe::Service(_) = read {
                snapshot = snapshot.with(read, Response::Service(service(1, vec![starting("a", 1)])));
            }
        }
        last = verifier.judge(&snapshot, at(second));
    }
    assert!(matches!(&last, Verdict::Moving(progress) if progress.desired == 12), "{last:?}");
}

#[test]
fn only_services_that_are_not_ready_are_named_in_a_failed_environment() {
    let mut verifier = EnvironmentCreated::new("dev", &names(&["api", "coupon", "web"]));
    verifier.judge(&listed(Some("creating")), at(1));
    let mut failed = environment("failed", 1, &["api", "coupon", "web"]);
    failed.services[1].status = ServiceStatus::Running;
    let snapshot = listed(Some("failed")).with(Probe::Environment, Response::Environment(failed));
    let snapshot = and(snapshot, service(1, vec![ready("a", 1)]));
    let verdict = verifier.judge(&snapshot, at(300));
    assert!(
        matches!(&verdict, Verdict::Failing(Failure::Environment { waiting, .. }) if *waiting == names(&["web"])),
        "{verdict:?}"
    );
}

#[test]
fn a_deleted_environment_is_gone_from_the_list() {
    let mut verifier = EnvironmentDeleted::new("dev");
    assert_eq!(verifier.judge(&listed(Some("success")), at(1)), Verdict::Unchanged);
    assert!(matches!(verifier.judge(&listed(Some("deleting")), at(1)), Verdict::Moving(_)));
    assert!(matches!(verifier.judge(&listed(None), at(1)), Verdict::Done(_)));
}

#[test]
fn an_edit_is_compared_with_the_list() {
    let before = EnvironmentSummary {
        key: "dev".into(),
        registry_id: "r1".into(),
        alias: Some("Live".into()),
        ..EnvironmentSummary::default()
    };
    let judge = |registry: &str, alias: Option<&str>| {
        EnvironmentEdited::new(&before, registry, alias).judge(&listed(Some("success")), at(1))
    };
    assert!(matches!(judge("r1", Some("Live")), Verdict::Done(_)));
    assert!(matches!(judge("r1", None), Verdict::Done(_)));
    assert_eq!(judge("r1", Some("Other")), Verdict::Unchanged);
    assert_eq!(judge("r2", None), Verdict::Unchanged);
    let theirs = EnvironmentSummary { alias: Some("Mine".into()), ..before.clone() };
    let mut stale = EnvironmentEdited::new(&theirs, "r2", Some("New"));
    assert_eq!(stale.baseline(&listed(Some("success"))), Err(Stale::Changed));
    assert_eq!(EnvironmentEdited::new(&before, "r2", Some("New")).baseline(&listed(Some("success"))), Ok(()));
}
