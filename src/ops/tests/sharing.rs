//! Sub-environments and portal services: their plans, how they are verified, and what is remembered of them.

use std::sync::Arc;

use super::fixtures::{at, confirmed, env, error, production};
use crate::api::environments::{EnvironmentSummary, NewEnvironment, SubEnvironmentOf};
use crate::api::portal::{PortalServer, PortalService};
use crate::api::share::{ShareChecks, ShareReadiness};
use crate::api::{Endpoint, ErrorKind, environments};
use crate::ops::machine::Input;
use crate::ops::plans::environments::turn_sharing;
use crate::ops::plans::portal::{Before, set};
use crate::ops::snapshot::{Probe, Response, SharingRead, Snapshot};
use crate::ops::verify::environment::EnvironmentCreated;
use crate::ops::verify::portal::PortalSet;
use crate::ops::verify::sharing::SharingTurned;
use crate::ops::verify::{Verdict, Verifier};
use crate::ops::{
    Confirmation, Danger, Kind, Object, Operation, Operations, Outcome, Plan, Problem, Stale, Subject,
    Target, history,
};
use crate::route::EnvironmentRef;

fn server(host: &str) -> PortalServer {
    PortalServer { host: host.into(), port_number: 80, port_protocol: "HTTP".into() }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn shown(plan: &Plan) -> Vec<(Option<String>, Option<String>)> {
    let text = |text: &Option<crate::ops::Text>| text.as_ref().map(|text| text.reveal().to_owned());
    plan.facts.changes.iter().map(|change| (text(&change.old), text(&change.new))).collect()
}

/// Drafts, confirms and ends an operation with a look.
fn ended(ops: &Operations, plan: Plan, verdict: Verdict) {
    let id = ops.draft(plan, at(0)).unwrap();
    let name = ops.get(id).unwrap().facts.target.name().to_owned();
    ops.confirm(id, Some(&name), at(0)).unwrap();
    ops.begin(id, at(1)).unwrap();
    ops.apply(id, Input::Answered(Ok(())), at(2)).unwrap();
    ops.apply(id, Input::Looked(verdict), at(3)).unwrap();
    assert!(ops.get(id).unwrap().outcome().is_some());
}

fn done() -> Verdict {
    Verdict::Done(crate::ops::Progress::default())
}

#[test]
fn turning_on_makes_the_pods_of_every_service_anew() {
    let plan = turn_sharing(&env(), true, &names(&["api", "web"]), &names(&["cart"])).unwrap();
    assert_eq!(
        plan.facts.shown_calls()[0].target(),
        "/openapi/environments/dev/share/enable?projectKey=shop"
    );
    assert_eq!(plan.facts.impacts.iter().map(|hit| hit.service.as_str()).collect::<Vec<_>>(), ["api", "web"]);
    assert_eq!(plan.facts.changes.len(), 1, "nothing else goes");
    assert_eq!(plan.facts.confirmation(), Confirmation::Plain);
    assert_eq!(turn_sharing(&production(), true, &[], &[]).unwrap_err(), Problem::NotInProduction);
}

#[test]
fn turning_off_names_the_sub_environments_that_go_and_wants_the_name_typed() {
    let plan = turn_sharing(&env(), false, &names(&["api"]), &names(&["cart"])).unwrap();
    let call = &plan.facts.shown_calls()[0];
    assert_eq!((call.endpoint(), call.method().as_str(), call.body()), (Endpoint::E41, "DELETE", None));
    assert_eq!(plan.facts.changes[1].subject, Subject::Environment);
    assert_eq!(shown(&plan)[1], (Some("cart".into()), None));
    let confirmation = Confirmation::TypeName { name: "dev".into(), dangers: vec![Danger::SharingOff] };
    assert_eq!(plan.facts.confirmation(), confirmation);
}

fn sharing(read: SharingRead, is_ready: bool, label: bool) -> Snapshot {
    let checks = ShareChecks { namespace_has_istio_label: label, ..ShareChecks::default() };
    Snapshot::default().with(Probe::Sharing(read), Response::Sharing(ShareReadiness { is_ready, checks }))
}

fn listed(snapshot: Snapshot, keys: &[&str]) -> Snapshot {
    let env = |key: &&str| EnvironmentSummary { key: (*key).to_owned(), ..EnvironmentSummary::default() };
    snapshot.with(Probe::Environments, Response::Environments(keys.iter().map(env).collect()))
}

#[test]
fn turning_on_converges_until_zadig_says_ready() {
    let mut verifier = SharingTurned::on();
    assert_eq!(verifier.reads(), [Probe::Sharing(SharingRead::On)]);
    assert!(matches!(verifier.judge(&sharing(SharingRead::On, false, true), at(1)), Verdict::Moving(_)));
    assert!(matches!(verifier.judge(&sharing(SharingRead::On, true, true), at(2)), Verdict::Done(_)));
}

#[test]
fn turning_off_waits_for_the_known_sub_environments_to_go() {
    let mut verifier = SharingTurned::off(false, &names(&["cart"]));
    let off = || sharing(SharingRead::Off, true, false);
    let Verdict::Moving(progress) = verifier.judge(&listed(off(), &["dev", "cart"]), at(1)) else { panic!() };
    assert_eq!(progress.waiting, ["cart"]);
    assert!(matches!(verifier.judge(&listed(off(), &["dev"]), at(2)), Verdict::Done(_)));
}

#[test]
fn without_services_the_label_alone_tells_that_it_is_off() {
    // Zadig never says ready then: two checks hold of themselves (contract 6.11).
    let off = || sharing(SharingRead::Off, false, false);
    assert!(matches!(SharingTurned::off(true, &[]).judge(&off(), at(1)), Verdict::Done(_)));
    assert!(matches!(SharingTurned::off(false, &[]).judge(&off(), at(1)), Verdict::Moving(_)));
    let labelled = sharing(SharingRead::Off, false, true);
    assert!(matches!(SharingTurned::off(true, &[]).judge(&labelled, at(1)), Verdict::Moving(_)));
}

#[test]
fn a_portal_is_sent_whole_and_shown_as_a_difference() {
    let (old, new) = ([server("a"), server("b")], [server("b"), server("c")]);
    let plan = set(&env(), "api", Before::Read(&old), &new).unwrap();
    let call = &plan.facts.shown_calls()[0];
    assert_eq!(call.target(), "/openapi/environments/dev/share/portal/api?projectKey=shop");
    let sent: Vec<PortalServer> = serde_json::from_str(call.body().unwrap()).unwrap();
    assert_eq!(sent, new);
    assert_eq!(shown(&plan), [(Some("a:80 HTTP".into()), None), (None, Some("c:80 HTTP".into()))]);
    assert_eq!((plan.facts.kind, plan.facts.confirmation()), (Kind::SetPortal, Confirmation::Plain));
    assert_eq!(set(&env(), "api", Before::Read(&new), &new).unwrap_err(), Problem::NothingToChange);
    assert_eq!(set(&production(), "api", Before::Unknown, &new).unwrap_err(), Problem::NotInProduction);
}

#[test]
fn what_cannot_be_read_is_never_shown_as_nothing() {
    let plan = set(&env(), "api", Before::Unknown, &[server("a")]).unwrap();
    assert_eq!(shown(&plan), [(Some("?".into()), Some("a:80 HTTP".into()))]);
    let again = set(&env(), "api", Before::SetHere(&[server("a")]), &[server("a")]);
    assert!(again.is_ok(), "what was set here may be gone by now, so it may be set again");
}

#[test]
fn removing_a_portal_wants_the_name_of_the_service() {
    let plan = set(&env(), "api", Before::Unknown, &[]).unwrap();
    assert_eq!(plan.facts.shown_calls()[0].body(), Some("[]"));
    assert_eq!(plan.facts.kind, Kind::RemovePortal);
    let confirmation = Confirmation::TypeName { name: "api".into(), dangers: vec![Danger::Delete] };
    assert_eq!(plan.facts.confirmation(), confirmation);
    assert_eq!(shown(&plan), [(Some("?".into()), None)]);
}

fn portal(seen: PortalService) -> Snapshot {
    Snapshot::default().with(Probe::Portal("api".into()), Response::Portal(seen))
}

fn known(servers: Vec<PortalServer>) -> Snapshot {
    portal(PortalService::Known { default_gateway_address: String::new(), servers })
}

#[test]
fn a_portal_is_verified_where_it_can_be_read() {
    let mut verifier = PortalSet::new("api", None, &[server("a"), server("b")]);
    assert_eq!(verifier.judge(&portal(PortalService::Unreadable), at(1)), Verdict::CannotTell);
    assert_eq!(verifier.judge(&known(vec![server("a")]), at(1)), Verdict::Unchanged);
    assert!(matches!(verifier.judge(&known(vec![server("b"), server("a")]), at(1)), Verdict::Done(_)));
}

#[test]
fn a_portal_that_somebody_else_changed_meanwhile_is_not_overwritten() {
    let before = [server("a")];
    let mut verifier = PortalSet::new("api", Some(&before), &[server("b")]);
    assert_eq!(verifier.baseline(&known(vec![server("x")])), Err(Stale::Changed));
    assert_eq!(verifier.baseline(&known(vec![server("a")])), Ok(()));
    assert_eq!(verifier.baseline(&portal(PortalService::Unreadable)), Ok(()));
}

#[test]
fn the_hosts_last_set_here_are_remembered_until_sharing_is_turned_off() {
    let ops = Operations::new();
    let last = |service: &str| history::portal_set(&ops.list(), &env(), service).map(|set| set.servers);
    assert_eq!(last("api"), None);
    ended(&ops, set(&env(), "api", Before::Unknown, &[server("a")]).unwrap(), Verdict::CannotTell);
    ended(&ops, set(&env(), "api", Before::Unknown, &[server("b")]).unwrap(), done());
    ended(&ops, set(&env(), "web", Before::Unknown, &[]).unwrap(), Verdict::CannotTell);
    assert_eq!(last("api"), Some(vec![server("b")]));
    assert_eq!(last("web"), Some(Vec::new()));
    ended(&ops, turn_sharing(&env(), false, &names(&["api"]), &[]).unwrap(), done());
    assert_eq!(last("api"), None, "turning off takes the portals away");
}

#[test]
fn a_portal_whose_answer_was_lost_is_not_remembered() {
    let (ops, id) = confirmed(set(&env(), "api", Before::Unknown, &[server("a")]).unwrap());
    ops.begin(id, at(1)).unwrap();
    ops.apply(id, Input::Answered(Err(error(ErrorKind::Network))), at(2)).unwrap();
    ops.apply(id, Input::Looked(Verdict::CannotTell), at(3)).unwrap();
    assert_eq!(ops.get(id).unwrap().outcome(), Some(&Outcome::Unverifiable));
    assert_eq!(history::portal_set(&ops.list(), &env(), "api"), None);
}

fn creation(key: &str, base: Option<&str>) -> Plan {
    let sub_env = base.map(|base| SubEnvironmentOf { enable: true, base_env: base.to_owned() });
    let new = NewEnvironment { env_key: key.to_owned(), sub_env, ..NewEnvironment::default() };
    let at = EnvironmentRef { key: key.to_owned(), ..env() };
    let target = Target::new(&at, Object::Environment);
    let call = environments::create("shop", &new);
    Plan::new(Kind::CreateEnvironment, target, &call, EnvironmentCreated::new(key, &[]))
}

#[test]
fn a_sub_environment_made_here_knows_its_base_and_the_base_knows_it() {
    let ops = Operations::new();
    ended(&ops, creation("cart", Some("dev")), done());
    ended(&ops, creation("plain", None), done());
    ended(&ops, creation("other", Some("qa")), done());
    let of = |key: &str| EnvironmentRef { key: key.to_owned(), ..env() };
    assert_eq!(history::base_of(&ops.list(), &of("cart")).as_deref(), Some("dev"));
    assert_eq!(history::base_of(&ops.list(), &of("plain")), None);
    assert_eq!(history::sub_environments(&ops.list(), &env()), ["cart"]);
    let elsewhere = EnvironmentRef { project: "other".into(), ..env() };
    assert_eq!(history::sub_environments(&ops.list(), &elsewhere), Vec::<String>::new());
}

#[test]
fn the_newest_operation_tells_direction_and_licence() {
    let ops = Operations::new();
    assert!(history::sharing(&ops.list(), &env()).is_none());
    let id = ops.draft(turn_sharing(&env(), true, &[], &[]).unwrap(), at(0)).unwrap();
    assert!(history::sharing(&ops.list(), &env()).is_none(), "a draft is nothing yet");
    ops.confirm(id, None, at(0)).unwrap();
    let kind = |op: Option<Arc<Operation>>| op.map(|op| op.facts.kind);
    assert_eq!(kind(history::sharing(&ops.list(), &env())), Some(Kind::EnableSharing));
    ops.begin(id, at(1)).unwrap();
    ops.apply(id, Input::Answered(Err(error(ErrorKind::Licence))), at(2)).unwrap();
    assert!(history::licence_refused(&ops.list()));
    ended(&ops, set(&env(), "api", Before::Unknown, &[server("a")]).unwrap(), done());
    assert!(!history::licence_refused(&ops.list()), "it works again");
}
