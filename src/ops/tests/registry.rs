use std::cell::RefCell;
use std::rc::Rc;

use super::fixtures::{api, at, confirmed, env, production, ready, restart_plan, scale_plan, service};
use crate::api::{Call, Endpoint, Features, Request};
use crate::ops::machine::Input;
use crate::ops::plans::image::ImageEdit;
use crate::ops::verify::Verdict;
use crate::ops::verify::services::ServicesRemoved;
use crate::ops::{
    Change, Confirmation, Kind, MASK, Object, Operations, Outcome, Phase, Plan, Progress, Refused, Sensitive,
    Subject, Target, Text, plans,
};

#[test]
fn read_only_refuses_drafts_and_confirmations() {
    let ops = Operations::new();
    let id = ops.draft(scale_plan(1, 3), at(0)).unwrap();
    ops.set_read_only(true);
    assert_eq!(ops.draft(restart_plan("api"), at(0)), Err(Refused::ReadOnly));
    assert_eq!(ops.draft_group(vec![restart_plan("api")], at(0)), Err(Refused::ReadOnly));
    assert_eq!(ops.confirm(id, None, at(0)), Err(Refused::ReadOnly));
}

#[test]
fn a_call_that_must_not_be_sent_is_not_even_drafted() {
    let plan = |request: Request| {
        let target = Target::new(&env(), Object::Environment);
        Plan::new(Kind::DeleteEnvironment, target, &Call::ack(request), ServicesRemoved::new(&[]))
    };
    let ops = Operations::new();
    for request in
        [Request::delete(Endpoint::E11, "/openapi/environments").seg(""), Request::get(Endpoint::E01, "/x")]
    {
        assert!(matches!(ops.draft(plan(request), at(0)), Err(Refused::Unsendable(_))));
    }
    let target = Target::new(&env(), Object::Environment);
    let none = Plan::of_requests(Kind::DeleteEnvironment, target, vec![], ServicesRemoved::new(&[]));
    assert!(matches!(ops.draft(none, at(0)), Err(Refused::Unsendable(_))));
}

#[test]
fn production_wants_the_names_of_environment_and_service() {
    let detail = service(1, vec![ready("a", 1)]);
    let plan = plans::restart::restart(&production(), "api", &detail, &Features::default()).unwrap();
    let ops = Operations::new();
    let id = ops.draft(plan, at(0)).unwrap();
    assert!(matches!(ops.get(id).unwrap().facts.confirmation(), Confirmation::TypeName { .. }));
    assert!(ops.confirm(id, None, at(0)).is_err());
    assert!(ops.confirm(id, Some("api"), at(0)).is_err(), "the environment is part of it");
    let whole = format!("{}/api", production().key);
    assert!(ops.confirm(id, Some(&whole), at(0)).is_ok());
}

#[test]
fn the_listener_hears_of_every_change_and_may_look_back() {
    let ops = Operations::new();
    let heard = Rc::new(RefCell::new(Vec::new()));
    let (told, other) = (Rc::clone(&heard), ops.clone());
    ops.on_change(move |id| told.borrow_mut().push(other.get(id).map(|op| op.phase.clone())));
    let id = ops.draft(scale_plan(1, 3), at(0)).unwrap();
    ops.confirm(id, None, at(0)).unwrap();
    assert!(ops.confirm(id, None, at(0)).is_err());
    ops.cancel(id, at(1)).unwrap();
    assert_eq!(
        *heard.borrow(),
        [Some(Phase::Draft), Some(Phase::Grace { until: at(5) }), Some(Phase::Ended(Outcome::Cancelled))]
    );
}

#[test]
fn activity_lists_what_was_confirmed_and_operations_may_cross_threads() {
    fn crosses<T: Send + Sync>(_: &T) {}
    let (ops, id) = confirmed(scale_plan(1, 3));
    let draft = ops.draft(restart_plan("web"), at(0)).unwrap();
    assert_eq!(ops.list().len(), 2);
    ops.cancel(draft, at(0)).unwrap();
    let activity: Vec<_> = ops.activity().iter().map(|op| op.id).collect();
    assert_eq!((activity, ops.under_way()), (vec![id], 1));
    crosses(&ops.get(id).unwrap());
}

#[test]
fn a_discarded_draft_leaves_no_trace_and_a_confirmed_one_stays() {
    let ops = Operations::new();
    let draft = ops.draft(scale_plan(1, 3), at(0)).unwrap();
    ops.discard(draft);
    assert!(ops.list().is_empty());
    let (ops, id) = confirmed(scale_plan(1, 3));
    ops.discard(id);
    assert_eq!(ops.list().len(), 1);
}

#[test]
fn the_list_is_bounded_and_forgets_the_oldest_ended_first() {
    let (ops, first) = confirmed(scale_plan(1, 3));
    for _ in 0..600 {
        let id = ops.draft(restart_plan("web"), at(0)).unwrap();
        ops.cancel(id, at(0)).unwrap();
    }
    assert_eq!(ops.list().len(), 500);
    assert!(ops.get(first).is_some(), "one under way is kept");
}

fn update_image(ops: &Operations, old: &str, new: &str) {
    let mut detail = service(1, vec![ready("a", 1)]);
    detail.workloads[0].images[0].image = old.into();
    let edit = ImageEdit { workload: api(), container: "app".into(), image: new.into() };
    let plan = plans::image::update(&env(), "api", &detail, &[edit], &Features::default()).unwrap();
    let id = ops.draft(plan, at(0)).unwrap();
    ops.confirm(id, None, at(0)).unwrap();
    for input in [
        Input::GraceOver,
        Input::Begin,
        Input::Answered(Ok(())),
        Input::Looked(Verdict::Done(Progress::default())),
    ] {
        ops.apply(id, input, at(9)).unwrap();
    }
}

#[test]
fn the_previous_image_is_what_this_tab_replaced() {
    let ops = Operations::new();
    update_image(&ops, "r/api:1", "r/api:2");
    update_image(&ops, "r/api:2", "r/api:3");
    let previous = |current| ops.previous_image(&env(), &api(), "app", current);
    assert_eq!(previous("r/api:3").as_deref(), Some("r/api:2"));
    assert_eq!(previous("r/api:2").as_deref(), Some("r/api:1"));
    assert_eq!(previous("r/api:9"), None, "somebody else changed it since");
    assert_eq!(ops.latest_of(&env(), "api").unwrap().id, ops.list()[0].id);
}

#[test]
fn an_operation_with_a_secret_shows_it_nowhere() {
    let request = Request::put(Endpoint::E29, "/openapi/environments/envcfgs")
        .json(&serde_json::json!({"name": "db", "yaml_data": "password: hunter2"}));
    let target = Target::new(&env(), Object::Environment);
    let subject = Subject::Config { kind: "Secret".into(), name: "db".into(), key: Some("password".into()) };
    let plan = Plan::new(Kind::UpdateConfig, target, &Call::ack(request), ServicesRemoved::new(&[]))
        .changes([Change::new(subject, Some(Text::secret("old-hunter2")), Some(Text::secret("hunter2")))])
        .sensitive(Sensitive::At(vec!["/yaml_data".into()]));
    let ops = Operations::new();
    let id = ops.draft(plan, at(0)).unwrap();
    let facts = &ops.get(id).unwrap().facts;
    let call = facts.shown_calls().remove(0);
    let shown = format!("{} {:?} {}", call.curl(""), facts.changes, facts.changes[0].new.as_ref().unwrap());
    assert!(!shown.contains("hunter2") && shown.contains(MASK), "{shown}");
}
