//! Rollouts: scale, restart, image.

use super::fixtures::{api, at, image, ready, service, starting, terminating, waiting, workload};
use crate::api::events::{Event, EventKind};
use crate::api::services::{ContainerState, CronJob, PodStatus, ServiceDetail, WorkloadKind};
use crate::ops::snapshot::{Probe, Response, Snapshot};
use crate::ops::verify::image::{ImagesUpdated, Wanted};
use crate::ops::verify::restart::{PodRestarted, Restarted};
use crate::ops::verify::scale::Scaled;
use crate::ops::verify::{Verdict, Verifier};
use crate::ops::{Failure, Stale, WorkloadRef};

fn look(detail: ServiceDetail) -> Snapshot {
    Snapshot::default().with(Probe::Service("api".into()), Response::Service(detail))
}

fn failure(verdict: &Verdict) -> (&str, Option<i32>, &str) {
    match verdict {
        Verdict::Failing(Failure::Rollout(reason)) => (&reason.word, reason.exit_code, &reason.pod),
        other => panic!("{other:?}"),
    }
}

fn scaled_up() -> Scaled {
    Scaled::new("api", &workload(1, vec![ready("a", 1)]), 3)
}

#[test]
fn scaling_is_done_when_the_number_is_there_and_that_many_pods_are_ready() {
    let mut verifier = scaled_up();
    let one = service(1, vec![ready("a", 1)]);
    assert_eq!(verifier.judge(&look(one), at(1)), Verdict::Unchanged);
    let two = service(3, vec![ready("a", 1), ready("b", 2), starting("c", 2)]);
    let Verdict::Moving(progress) = verifier.judge(&look(two), at(2)) else { panic!() };
    assert_eq!((progress.ready, progress.desired, progress.old.len(), progress.new.len()), (2, 3, 1, 2));
    let three = service(3, vec![ready("a", 1), ready("b", 2), ready("c", 2)]);
    assert!(matches!(verifier.judge(&look(three), at(3)), Verdict::Done(_)));
}

#[test]
fn scaling_down_waits_for_the_last_pod_to_go() {
    let mut verifier = Scaled::new("api", &workload(2, vec![ready("a", 1), ready("b", 1)]), 0);
    let going = service(0, vec![terminating(ready("a", 1)), ready("b", 1)]);
    assert!(matches!(verifier.judge(&look(going), at(1)), Verdict::Moving(_)));
    assert!(matches!(verifier.judge(&look(service(0, vec![])), at(2)), Verdict::Done(_)));
}

#[test]
fn replicas_that_go_back_while_converging_are_reverted_and_afterwards_drifted() {
    let mut verifier = scaled_up();
    let back = || look(service(1, vec![ready("a", 1)]));
    verifier.judge(&look(service(3, vec![ready("a", 1)])), at(1));
    assert_eq!(verifier.judge(&back(), at(2)), Verdict::Failing(Failure::Reverted { to: 1 }));
    assert_eq!(verifier.drifted(&back()), Some(1));
    assert_eq!(verifier.drifted(&look(service(3, vec![]))), None);
}

#[test]
fn a_workload_that_is_gone_is_told_apart_from_one_that_did_not_change() {
    let mut verifier = scaled_up();
    let empty = ServiceDetail::default();
    assert_eq!(verifier.judge(&look(empty.clone()), at(1)), Verdict::TargetMissing);
    assert_eq!(verifier.baseline(&look(empty)), Err(Stale::WorkloadGone("api".into())));
}

#[test]
fn what_the_review_showed_as_old_must_still_be_so() {
    let mut scaled = scaled_up();
    assert_eq!(scaled.baseline(&look(service(1, vec![ready("a", 1)]))), Ok(()));
    assert_eq!(scaled.baseline(&look(service(2, vec![ready("a", 1)]))), Err(Stale::Changed));
    let before = service(1, vec![ready("a", 1)]);
    let theirs = with_image(before.clone(), "r.example/shop/api:9");
    assert_eq!(updated(&before).baseline(&look(before.clone())), Ok(()));
    assert_eq!(updated(&before).baseline(&look(theirs)), Err(Stale::Changed));
}

#[test]
fn only_new_pods_can_fail_a_rollout() {
    let old = waiting("a", 1, "CrashLoopBackOff", "");
    let mut verifier = Scaled::new("api", &workload(1, vec![old.clone()]), 2);
    let with_new = service(2, vec![old.clone(), starting("b", 2)]);
    let Verdict::Moving(progress) = verifier.judge(&look(with_new), at(1)) else { panic!() };
    assert_eq!(
        progress.reason.unwrap().word,
        "CrashLoopBackOff",
        "the old pod's reason is shown all the same"
    );
    let failing = service(2, vec![old, waiting("b", 2, "CrashLoopBackOff", "exit code (3)")]);
    assert_eq!(failure(&verifier.judge(&look(failing), at(2))), ("CrashLoopBackOff", Some(3), "b"));
}

#[test]
fn a_start_that_takes_its_course_is_no_failure() {
    let mut verifier = scaled_up();
    let mut unready = ready("b", 2);
    unready.pod_ready = false;
    for second in [1, 60, 200] {
        let detail = service(3, vec![ready("a", 1), starting("c", 2), unready.clone()]);
        assert!(matches!(verifier.judge(&look(detail), at(second)), Verdict::Moving(_)), "{second}");
    }
}

#[test]
fn what_may_pass_by_itself_fails_only_when_the_same_pod_keeps_saying_it() {
    let mut verifier = scaled_up();
    let trouble = |name: &str, word: &str| {
        look(service(3, vec![ready("a", 1), waiting(name, 2, word, "pull access denied")]))
    };
    let reason = |verdict: Verdict| match verdict {
        Verdict::Moving(progress) => progress.reason.unwrap().word,
        other => panic!("{other:?}"),
    };
    assert_eq!(reason(verifier.judge(&trouble("b", "ErrImagePull"), at(0))), "ErrImagePull");
    assert_eq!(reason(verifier.judge(&trouble("b", "CreateContainerError"), at(15))), "CreateContainerError");
    assert_eq!(reason(verifier.judge(&trouble("c", "CreateContainerError"), at(30))), "CreateContainerError");
    assert_eq!(reason(verifier.judge(&trouble("c", "CreateContainerError"), at(49))), "CreateContainerError");
    let verdict = verifier.judge(&trouble("c", "CreateContainerError"), at(50));
    assert_eq!(failure(&verdict), ("CreateContainerError", None, "c"));
}

#[test]
fn image_pull_back_off_fails_at_once_and_counts_the_pods() {
    let mut verifier = scaled_up();
    let bad = |name| waiting(name, 2, "ImagePullBackOff", "Back-off pulling image");
    let verdict = verifier.judge(&look(service(3, vec![ready("a", 1), bad("b"), bad("c")])), at(1));
    let Verdict::Failing(Failure::Rollout(reason)) = verdict else { panic!() };
    assert_eq!((reason.pods, reason.container.as_deref()), (2, Some("app")));
    assert_eq!(reason.message, "Back-off pulling image");
}

#[test]
fn an_ended_container_tells_its_exit_code_wherever_the_server_writes_it() {
    for (reason, message) in [("Error", "exit code (137)"), ("OOMKilled exit code (137)", "")] {
        let mut pod = waiting("b", 2, reason, message);
        pod.status = PodStatus::Unstable;
        pod.containers[0].state = ContainerState::Terminated;
        let mut verifier = scaled_up();
        let detail = service(3, vec![ready("a", 1), pod]);
        assert!(matches!(verifier.judge(&look(detail.clone()), at(0)), Verdict::Moving(_)));
        let verdict = verifier.judge(&look(detail), at(20));
        assert_eq!(failure(&verdict).1, Some(137), "{reason}");
        assert!(!failure(&verdict).0.contains(' '));
    }
}

#[test]
fn a_crash_loop_keeps_the_exit_code_seen_before_it() {
    let mut verifier = scaled_up();
    let mut ended = waiting("b", 2, "Error", "exit code (7)");
    ended.containers[0].state = ContainerState::Terminated;
    verifier.judge(&look(service(3, vec![ready("a", 1), ended])), at(0));
    let again = waiting("b", 2, "CrashLoopBackOff", "back-off 10s restarting failed container");
    let verdict = verifier.judge(&look(service(3, vec![ready("a", 1), again])), at(2));
    assert_eq!(failure(&verdict), ("CrashLoopBackOff", Some(7), "b"));
}

#[test]
fn a_pending_pod_is_explained_by_its_events() {
    let mut verifier = scaled_up();
    let mut pending = starting("b", 2);
    pending.containers.clear();
    let detail = service(3, vec![ready("a", 1), pending]);
    assert!(matches!(verifier.judge(&look(detail.clone()), at(0)), Verdict::Moving(_)));
    let events = Probe::PodEvents("b".into());
    assert!(verifier.reads().contains(&events));
    let event = |word: &str, kind: EventKind, last_seen| Event {
        reason: Some(word.into()),
        message: Some("0/3 nodes are available".into()),
        last_seen: Some(last_seen),
        kind,
        ..Event::default()
    };
    let warning = event("FailedScheduling", EventKind::Warning, 5);
    let explained = |list| look(detail.clone()).with(events.clone(), Response::Events(list));
    assert!(matches!(verifier.judge(&explained(vec![warning.clone()]), at(1)), Verdict::Moving(_)));
    let overcome = vec![warning.clone(), event("Scheduled", EventKind::Normal, 5)];
    assert!(matches!(verifier.clone().judge(&explained(overcome), at(90)), Verdict::Moving(_)));
    let verdict = verifier.judge(&explained(vec![warning]), at(30));
    assert_eq!(failure(&verdict), ("FailedScheduling", None, "b"));
}

#[test]
fn a_restart_is_done_when_new_pods_have_replaced_all_old_ones() {
    let before = workload(2, vec![ready("a", 1), ready("b", 1)]);
    let mut verifier = Restarted::new("api", [&before]);
    let mut judge = |pods, second| verifier.judge(&look(service(2, pods)), at(second));
    assert_eq!(judge(vec![ready("a", 1), ready("b", 1)], 1), Verdict::Unchanged);
    let Verdict::Moving(progress) = judge(vec![ready("a", 1), ready("b", 1), starting("c", 9)], 2) else {
        panic!()
    };
    assert_eq!((progress.ready, progress.old.len(), progress.new.len()), (0, 2, 1));
    assert!(matches!(judge(vec![ready("b", 1), ready("c", 9), ready("d", 9)], 3), Verdict::Moving(_)));
    let leaving = vec![terminating(ready("b", 1)), ready("c", 9), ready("d", 9)];
    assert!(matches!(judge(leaving, 4), Verdict::Done(_)));
}

#[test]
fn a_stateful_pod_is_new_by_its_time_though_its_name_stays() {
    let mut before = workload(1, vec![ready("db-0", 1)]);
    before.kind = WorkloadKind::StatefulSet;
    let mut verifier = Restarted::new("api", [&before]);
    let mut after = service(1, vec![ready("db-0", 50)]);
    after.workloads[0].kind = WorkloadKind::StatefulSet;
    assert!(matches!(verifier.judge(&look(after), at(1)), Verdict::Done(_)));
}

#[test]
fn the_restart_of_an_unknown_service_changes_nothing() {
    let mut verifier = Restarted::new("api", [&workload(1, vec![ready("a", 1)])]);
    assert_eq!(verifier.judge(&look(ServiceDetail::default()), at(1)), Verdict::TargetMissing);
    assert_eq!(verifier.baseline(&look(ServiceDetail::default())), Err(Stale::ServiceGone("api".into())));
}

#[test]
fn the_workload_that_really_rolls_is_the_one_that_counts() {
    let first = workload(1, vec![ready("a", 1)]);
    let mut second = workload(1, vec![ready("s", 1)]);
    (second.name, second.kind) = ("db".into(), WorkloadKind::StatefulSet);
    let mut verifier = Restarted::new("api", [&first, &second]);
    second.pods = vec![ready("s", 7)];
    let detail = ServiceDetail { workloads: vec![first, second], ..ServiceDetail::default() };
    assert!(matches!(verifier.judge(&look(detail), at(1)), Verdict::Done(_)));
}

#[test]
fn one_pod_restarted_is_gone_and_made_up_for() {
    let before = service(2, vec![ready("a", 1), ready("b", 1)]);
    let mut verifier = PodRestarted::new("api", &before, "a").unwrap();
    assert_eq!(verifier.judge(&look(before.clone()), at(1)), Verdict::Unchanged);
    let replaced = service(2, vec![terminating(ready("a", 1)), ready("b", 1), starting("c", 9)]);
    assert!(matches!(verifier.judge(&look(replaced), at(2)), Verdict::Moving(_)));
    let done = service(2, vec![ready("b", 1), ready("c", 9)]);
    assert!(matches!(verifier.judge(&look(done), at(3)), Verdict::Done(_)));
    assert!(PodRestarted::new("api", &before, "z").is_none());
}

fn updated(detail: &ServiceDetail) -> ImagesUpdated {
    let wanted = Wanted { container: "app".into(), image: "r.example/shop/api:2".into() };
    ImagesUpdated::new("api").expect(detail, &api(), vec![wanted])
}

fn with_image(mut detail: ServiceDetail, reference: &str) -> ServiceDetail {
    detail.workloads[0].images[0] = image("app", reference);
    detail
}

#[test]
fn an_image_update_is_done_when_the_workload_names_it_and_new_pods_run() {
    let before = service(1, vec![ready("a", 1)]);
    let mut verifier = updated(&before);
    assert_eq!(verifier.judge(&look(before.clone()), at(1)), Verdict::Unchanged);
    let named = with_image(before.clone(), "r.example/shop/api:2");
    assert!(matches!(verifier.judge(&look(named), at(2)), Verdict::Moving(_)));
    let done = with_image(service(1, vec![ready("b", 9)]), "r.example/shop/api:2");
    assert!(matches!(verifier.judge(&look(done), at(3)), Verdict::Done(_)));
}

#[test]
fn an_image_update_of_a_workload_scaled_to_zero_is_done_once_named() {
    let before = service(0, vec![]);
    let named = with_image(before.clone(), "r.example/shop/api:2");
    assert!(matches!(updated(&before).judge(&look(named), at(1)), Verdict::Done(_)));
}

#[test]
fn a_container_that_was_not_there_before_is_a_failure() {
    let before = service(1, vec![ready("a", 1)]);
    let mut after = before.clone();
    after.workloads[0].images.push(image("ap", "r.example/shop/api:2"));
    let verdict = updated(&before).judge(&look(after), at(1));
    assert_eq!(verdict, Verdict::Failing(Failure::ContainerAdded { container: "ap".into() }));
}

#[test]
fn an_image_update_is_not_sent_when_its_container_is_gone() {
    let before = service(1, vec![ready("a", 1)]);
    let mut now = before.clone();
    now.workloads[0].images.remove(0);
    assert_eq!(updated(&before).baseline(&look(now)), Err(Stale::ContainerGone("app".into())));
}

#[test]
fn several_images_are_partly_there_until_all_are() {
    let before = service(0, vec![]);
    let wanted = |container: &str, image: &str| Wanted { container: container.into(), image: image.into() };
    let both = vec![wanted("app", "r.example/shop/api:2"), wanted("proxy", "r.example/infra/proxy:2")];
    let mut verifier = ImagesUpdated::new("api").expect(&before, &api(), both);
    let one = with_image(before.clone(), "r.example/shop/api:2");
    assert!(matches!(verifier.judge(&look(one.clone()), at(1)), Verdict::Partly { done: 1, of: 2, .. }));
    let mut two = one;
    two.workloads[0].images[1] = image("proxy", "r.example/infra/proxy:2");
    assert!(matches!(verifier.judge(&look(two), at(2)), Verdict::Done(_)));
}

#[test]
fn a_cron_job_is_done_once_its_image_is_named() {
    let job = |reference: &str| ServiceDetail {
        cron_jobs: vec![CronJob {
            name: "nightly".into(),
            images: vec![image("job", reference)],
            ..CronJob::default()
        }],
        ..ServiceDetail::default()
    };
    let nightly = WorkloadRef::new(WorkloadKind::CronJob, "nightly");
    let wanted = Wanted { container: "job".into(), image: "r.example/job:2".into() };
    let mut verifier = ImagesUpdated::new("api").expect(&job("r.example/job:1"), &nightly, vec![wanted]);
    assert_eq!(verifier.judge(&look(job("r.example/job:1")), at(1)), Verdict::Unchanged);
    assert!(matches!(verifier.judge(&look(job("r.example/job:2")), at(2)), Verdict::Done(_)));
}
