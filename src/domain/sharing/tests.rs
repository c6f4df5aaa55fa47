use super::*;
use crate::api::{Endpoint, ErrorKind, Request};

fn checks(label: bool, virtual_services: bool, proxies: bool, pods: bool) -> ShareChecks {
    ShareChecks {
        namespace_has_istio_label: label,
        virtualservice_deployed: virtual_services,
        pods_have_istio_proxy: proxies,
        workloads_ready: pods,
        workloads_have_k8s_service: false,
    }
}

#[test]
fn ready_is_what_the_contract_calls_ready_in_either_way() {
    assert!(
        is_ready(&checks(true, true, true, true), Way::On),
        "a workload without a Service does not matter"
    );
    assert!(!is_ready(&checks(true, false, true, true), Way::On));
    assert!(is_ready(&checks(false, false, false, true), Way::Off));
    assert!(!is_ready(&checks(false, false, false, false), Way::Off), "pods have to run again");
    assert!(!is_ready(&checks(false, true, false, true), Way::Off));
}

#[test]
fn a_check_waits_only_while_something_is_under_way() {
    let now = checks(true, false, false, true);
    assert_eq!(check_state(Check::Label, &now, Way::On, true), CheckState::Met);
    assert_eq!(check_state(Check::Proxies, &now, Way::On, true), CheckState::Waiting);
    assert_eq!(check_state(Check::Proxies, &now, Way::On, false), CheckState::Unmet);
    assert_eq!(check_state(Check::Proxies, &now, Way::Off, true), CheckState::Met);
    assert_eq!(check_state(Check::Services, &now, Way::On, true), CheckState::Note);
}

#[test]
fn each_check_is_timed_from_the_sending_until_it_holds() {
    let mut watch = Stopwatch::default();
    assert_eq!(watch.seconds(Check::Label, 100), None);
    watch.look(100, &checks(true, false, false, false), Way::On, 101);
    watch.look(100, &checks(true, true, false, false), Way::On, 105);
    assert_eq!(watch.seconds(Check::Label, 120), Some(1));
    assert_eq!(watch.seconds(Check::VirtualServices, 120), Some(5));
    assert_eq!(watch.seconds(Check::Proxies, 120), Some(20), "still counting");
}

#[test]
fn a_check_that_falls_back_is_timed_anew_and_so_is_another_operation() {
    let mut watch = Stopwatch::default();
    watch.look(100, &checks(true, true, true, true), Way::On, 104);
    watch.look(100, &checks(true, true, false, true), Way::On, 106);
    assert_eq!(watch.seconds(Check::Proxies, 110), Some(10));
    watch.look(100, &checks(true, true, true, true), Way::On, 111);
    assert_eq!(watch.seconds(Check::Proxies, 120), Some(11));
    watch.look(200, &checks(true, false, false, false), Way::Off, 203);
    assert_eq!(watch.seconds(Check::VirtualServices, 210), Some(3));
    assert_eq!(watch.seconds(Check::Label, 210), Some(10));
}

#[test]
fn the_standing_follows_label_mark_and_operation() {
    let (on, off) = (checks(true, true, true, true), checks(false, false, false, true));
    let broken = checks(true, true, false, true);
    assert_eq!(standing(None, Mark::Unknown, None), Standing::Unknown);
    assert_eq!(standing(None, Mark::Unknown, Some(Way::On)), Standing::TurningOn);
    assert_eq!(standing(Some(&off), Mark::Unknown, None), Standing::Off);
    assert_eq!(standing(Some(&on), Mark::Shared, None), Standing::On);
    assert_eq!(standing(Some(&on), Mark::Unknown, None), Standing::On);
    assert_eq!(standing(Some(&broken), Mark::Shared, None), Standing::Unsettled);
    assert_eq!(standing(Some(&on), Mark::NotShared, None), Standing::Partial);
    assert_eq!(standing(Some(&off), Mark::Unknown, Some(Way::On)), Standing::TurningOn);
    assert_eq!(standing(Some(&on), Mark::Shared, Some(Way::Off)), Standing::TurningOff);
}

#[test]
fn the_refusal_of_a_portal_tells_that_it_is_no_base() {
    let info = || Request::get(Endpoint::E43, "/openapi/environments").info();
    let refused = |text: &str| ApiError::new(ErrorKind::Conflict, info()).with_description(text);
    assert_eq!(Mark::of(Ok(&PortalService::Unreadable)), Mark::Shared);
    let not_base = refused("%s doesn't enable share environment or is not base environment");
    assert_eq!(Mark::of(Err(&not_base)), Mark::NotShared);
    assert_eq!(Mark::of(Err(&refused("istio default gateway's lb doesn't have ip address"))), Mark::Unknown);
}

#[test]
fn what_would_be_refused_is_known_before() {
    let success = EnvStatus::Success;
    assert_eq!(obstacle(Way::On, Some(false), &success), Some(Obstacle::NoIstio));
    assert_eq!(obstacle(Way::Off, Some(false), &success), None);
    assert_eq!(obstacle(Way::On, None, &success), None, "an unanswered question forbids nothing");
    assert_eq!(obstacle(Way::Off, Some(true), &EnvStatus::Sleeping), Some(Obstacle::Sleeping));
}

#[test]
fn workloads_without_a_service_are_named_with_and_without_their_kind() {
    let list = ["web-10.Deployment", "web-2.", "a.b.StatefulSet", "bare"].map(str::to_owned);
    let read: Vec<_> = without_service(&list).into_iter().map(|one| (one.name, one.kind)).collect();
    let expected =
        [("a.b", Some("StatefulSet")), ("bare", None), ("web-2", None), ("web-10", Some("Deployment"))];
    assert_eq!(read, expected.map(|(name, kind)| (name.to_owned(), kind.map(str::to_owned))));
}

#[test]
fn candidates_are_the_other_test_environments_of_the_cluster() {
    let env = |key: &str, cluster: &str, production| EnvironmentSummary {
        key: key.into(),
        cluster_id: cluster.into(),
        production,
        ..EnvironmentSummary::default()
    };
    let list = [
        env("qa", "c", false),
        env("base", "c", false),
        env("cart", "c", false),
        env("far", "d", false),
        env("live", "c", true),
    ];
    let found = candidates(&list, "base", "c", &["qa".to_owned(), "gone".to_owned()]);
    let keys: Vec<_> = found.iter().map(|one| (one.key.as_str(), one.known)).collect();
    assert_eq!(keys, [("qa", true), ("cart", false)]);
}

#[test]
fn the_command_quotes_what_a_shell_would_read() {
    assert_eq!(routing_curl("shop.example.com", "cart"), "curl -H 'x-env: cart' 'http://shop.example.com/'");
    assert_eq!(
        routing_curl(" https://x/y?a=1&b='2' ", " it's "),
        "curl -H 'x-env: it'\\''s' 'https://x/y?a=1&b='\\''2'\\'''"
    );
}
