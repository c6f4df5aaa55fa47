use super::fixtures::{api, env, environment, image, production, ready, service, workload};
use crate::api::environments::{DeleteMode, EnvStatus, Environment, EnvironmentSummary};
use crate::api::model::{GlobalVariable, Variable};
use crate::api::services::{
    CronJob, RemoveMode, ServiceAddition, ServiceDetail, ServiceUpdate, WorkloadKind,
};
use crate::api::{Endpoint, Features, RenderVariable, Request};
use crate::domain::image::ImageProblem;
use crate::domain::service_variables::{self, Edit};
use crate::ops::plans::image::ImageEdit;
use crate::ops::plans::{allowed, environments, image, restart, scale, services};
use crate::ops::{Confirmation, Danger, Kind, Plan, Problem, Subject, Text, Warning, WorkloadRef};

fn old_server() -> Features {
    Features::from_version("v3.4.0")
}

fn new_server() -> Features {
    Features::from_version("v5.0.0")
}

fn calls(plan: &Plan) -> Vec<Request> {
    plan.facts.shown_calls()
}

fn body(request: &Request) -> serde_json::Value {
    serde_json::from_str(request.body().unwrap()).unwrap()
}

fn scaled(from: i64, to: u32, features: &Features) -> Result<Plan, Problem> {
    scale::scale(&env(), "api", &service(from, vec![]), &api(), to, features)
}

#[test]
fn a_scaling_names_everything_the_server_may_want() {
    let plan = scaled(1, 3, &new_server()).unwrap();
    assert_eq!(
        body(&calls(&plan)[0]),
        serde_json::json!({"project_key": "shop", "env_key": "dev", "service_name": "api", "workload_name": "api",
            "workload_type": "Deployment", "target_replicas": 3})
    );
    let change = &plan.facts.changes[0];
    assert_eq!((change.old.as_ref().unwrap().reveal(), change.new.as_ref().unwrap().reveal()), ("1", "3"));
    assert!(plan.facts.warnings.is_empty());
}

#[test]
fn zero_and_large_jumps_are_warned_of() {
    let warnings = |from, to| scaled(from, to, &new_server()).unwrap().facts.warnings;
    assert_eq!(warnings(3, 0), [Warning::ToZero]);
    assert_eq!(warnings(1, 10), [Warning::LargeJump { from: 1, to: 10 }]);
    assert_eq!(warnings(20, 70), [Warning::LargeJump { from: 20, to: 70 }]);
    assert_eq!(warnings(0, 5), []);
    assert_eq!(scaled(1, 2, &old_server()).unwrap().facts.warnings, [Warning::MayDoNothing]);
}

#[test]
fn what_cannot_be_scaled_has_no_plan() {
    assert_eq!(scaled(3, 3, &new_server()).unwrap_err(), Problem::NothingToChange);
    let detail = service(1, vec![]);
    let in_production = scale::scale(&production(), "api", &detail, &api(), 2, &new_server());
    assert_eq!(in_production.unwrap_err(), Problem::NotInProduction);
    let other = WorkloadRef::new(WorkloadKind::StatefulSet, "api");
    let unknown = scale::scale(&env(), "api", &detail, &other, 2, &new_server());
    assert_eq!(unknown.unwrap_err(), Problem::UnknownWorkload(other));
    for (kind, features, can) in [
        (WorkloadKind::CloneSet, old_server(), false),
        (WorkloadKind::CloneSet, new_server(), true),
        (WorkloadKind::StatefulSet, old_server(), true),
        (WorkloadKind::DaemonSet, new_server(), false),
        (WorkloadKind::Job, new_server(), false),
        (WorkloadKind::from("Rollout"), new_server(), false),
    ] {
        assert_eq!(scale::can_scale(&kind, &features).is_ok(), can, "{kind}");
    }
}

#[test]
fn a_restart_says_which_workload_it_reaches() {
    let mut detail = service(1, vec![ready("a", 1)]);
    let mut second = workload(1, vec![ready("b", 1)]);
    (second.name, second.kind) = ("db".into(), WorkloadKind::StatefulSet);
    detail.workloads.push(second);
    let plan = restart::restart(&env(), "api", &detail, &new_server()).unwrap();
    let others = vec![WorkloadRef::new(WorkloadKind::StatefulSet, "db")];
    assert_eq!(plan.facts.warnings, [Warning::OnlyFirstRestarts { restarts: api(), others }]);
    assert_eq!(plan.facts.changes[0].subject, Subject::Pods(api()));
    assert_eq!(calls(&plan)[0].target(), "/openapi/environments/dev/service/api/restart?projectKey=shop");
}

#[test]
fn a_daemon_set_restarts_only_on_servers_that_do_it() {
    let mut detail = service(1, vec![ready("a", 1)]);
    detail.workloads[0].kind = WorkloadKind::DaemonSet;
    assert!(restart::restart(&env(), "api", &detail, &new_server()).is_ok());
    let old = restart::restart(&env(), "api", &detail, &old_server());
    assert_eq!(old.unwrap_err(), Problem::NothingRestarts);
}

#[test]
fn a_restart_of_which_nothing_could_be_seen_has_no_plan() {
    for detail in [service(0, vec![]), ServiceDetail::default()] {
        let plan = restart::restart(&env(), "api", &detail, &new_server());
        assert_eq!(plan.unwrap_err(), Problem::NothingRestarts);
    }
    let detail = service(1, vec![ready("a", 1)]);
    let on_old = restart::restart_pod(&env(), "api", &detail, "a", &old_server());
    assert_eq!(on_old.unwrap_err(), Problem::NothingRestarts);
    let unknown = restart::restart_pod(&env(), "api", &detail, "z", &new_server());
    assert_eq!(unknown.unwrap_err(), Problem::UnknownPod("z".into()));
}

#[test]
fn the_pod_of_a_job_is_not_restarted_because_servers_refuse_it() {
    let mut detail = service(1, vec![ready("a", 1)]);
    assert!(restart::restarts_pods(&detail, "a"));
    detail.workloads[0].kind = WorkloadKind::Job;
    assert!(!restart::restarts_pods(&detail, "a"));
    let plan = restart::restart_pod(&env(), "api", &detail, "a", &new_server());
    assert_eq!(plan.unwrap_err(), Problem::NothingRestarts);
}

fn edit(container: &str, image: &str) -> ImageEdit {
    ImageEdit { workload: api(), container: container.into(), image: image.into() }
}

fn updated(edits: &[ImageEdit]) -> Result<Plan, Problem> {
    image::update(&env(), "api", &service(1, vec![ready("a", 1)]), edits, &new_server())
}

#[test]
fn images_of_several_containers_are_one_review_with_a_call_each() {
    let edits = [edit("app", " r.example/shop/api:2 "), edit("proxy", "r.example/infra/proxy:2")];
    let plan = updated(&edits).unwrap();
    let bodies: Vec<_> = calls(&plan).iter().map(|call| body(call)["image"].clone()).collect();
    assert_eq!(bodies, ["r.example/shop/api:2", "r.example/infra/proxy:2"]);
    assert_eq!((plan.facts.changes.len(), plan.facts.impacts.len()), (2, 1));
    assert!(body(&calls(&plan)[0]).get("type").is_none());
    assert_eq!(calls(&plan)[0].path(), "/openapi/environments/image/deployment/dev");
}

#[test]
fn a_container_that_does_not_exist_cannot_be_given_an_image() {
    assert_eq!(updated(&[edit("ap", "r/x:1")]).unwrap_err(), Problem::UnknownContainer("ap".into()));
    let twice = [edit("app", "r/x:1"), edit("app", "r/x:2")];
    assert_eq!(updated(&twice).unwrap_err(), Problem::Twice("app".into()));
    let bad = updated(&[edit("app", "R/x y")]).unwrap_err();
    assert_eq!(bad, Problem::Image { container: "app".into(), problem: ImageProblem::Space });
    assert_eq!(updated(&[]).unwrap_err(), Problem::NothingChosen);
    assert_eq!(updated(&[edit("app", "r.example/shop/api:1")]).unwrap_err(), Problem::NothingToChange);
}

#[test]
fn another_repository_and_a_floating_tag_are_warned_of() {
    let warnings = updated(&[edit("app", "r.example/shop/web")]).unwrap().facts.warnings;
    let (old, new) = ("r.example/shop/api".into(), "r.example/shop/web".into());
    let container = || "app".to_owned();
    assert_eq!(
        warnings,
        [
            Warning::OtherRepository { container: container(), old, new },
            Warning::FloatingTag { container: container() }
        ]
    );
    assert!(updated(&[edit("app", "r.example/shop/api:2")]).unwrap().facts.warnings.is_empty());
}

#[test]
fn a_cron_job_has_its_own_call_and_other_kinds_have_none() {
    let job = CronJob {
        name: "nightly".into(),
        images: vec![image("job", "r.example/job:1")],
        ..CronJob::default()
    };
    let mut detail = ServiceDetail { cron_jobs: vec![job], ..ServiceDetail::default() };
    let mut daemon = workload(1, vec![]);
    daemon.kind = WorkloadKind::DaemonSet;
    detail.workloads.push(daemon);
    let plan = |kind: WorkloadKind, name: &str, container: &str| {
        let workload = WorkloadRef::new(kind, name);
        let edit = ImageEdit { workload, container: container.into(), image: "r.example/job:2".into() };
        image::update(&env(), "api", &detail, &[edit], &new_server())
    };
    let cron = plan(WorkloadKind::CronJob, "nightly", "job").unwrap();
    assert_eq!(calls(&cron)[0].path(), "/openapi/environments/image/cronjob/dev");
    let daemon = plan(WorkloadKind::DaemonSet, "api", "app");
    assert_eq!(daemon.unwrap_err(), Problem::NoImageCall(WorkloadKind::DaemonSet));
    let job = plan(WorkloadKind::Job, "nightly", "job");
    assert_eq!(job.unwrap_err(), Problem::NoImageCall(WorkloadKind::Job), "before the server has it");
}

#[test]
fn services_are_added_only_where_that_is_possible() {
    let addition = |name: &str| ServiceAddition { service_name: name.into(), ..ServiceAddition::default() };
    let now = environment("success", 1, &["web"]);
    let add = |names: &[&str]| {
        let additions: Vec<_> = names.iter().map(|name| addition(name)).collect();
        services::add(&env(), &now, &["web", "api"], &additions)
    };
    assert_eq!(add(&["api"]).unwrap().facts.changes[0].subject, Subject::Service("api".into()));
    let hidden = Variable { key: "token".into(), value: "********".into(), ..Variable::default() };
    let masked = ServiceAddition { variable_kvs: vec![RenderVariable::own(&hidden)], ..addition("api") };
    assert_eq!(services::add(&env(), &now, &["api"], &[masked]).unwrap_err(), Problem::Masked);
    assert_eq!(add(&[]).unwrap_err(), Problem::NothingChosen);
    assert_eq!(add(&["web"]).unwrap_err(), Problem::AlreadyThere("web".into()));
    assert_eq!(add(&["db"]).unwrap_err(), Problem::NoTemplate("db".into()));
    assert_eq!(add(&["api", "api"]).unwrap_err(), Problem::Twice("api".into()));
    let busy = services::add(&env(), &environment("updating", 1, &[]), &["api"], &[addition("api")]);
    assert_eq!(busy.unwrap_err(), Problem::EnvironmentIs(EnvStatus::Updating));
}

/// A service whose `cpu` follows the global variable, of four variables.
fn with_variables() -> Environment {
    let variable = |key: &str| Variable { key: key.into(), value: "1".into(), ..Variable::default() };
    let mut now = environment("success", 1, &["api"]);
    now.services[0].template_variables = ["cpu", "mem", "port", "level"].map(variable).into();
    let global = |key: &str, services: &[&str]| GlobalVariable {
        key: key.into(),
        value: "9".into(),
        related_services: services.iter().map(|name| (*name).to_owned()).collect(),
        ..GlobalVariable::default()
    };
    now.global_variables = vec![global("cpu", &["api"]), global("level", &[])];
    now
}

fn update_of(now: &Environment, edits: &[(&str, Edit)]) -> Plan {
    let edits = edits.iter().map(|(key, edit)| ((*key).to_owned(), edit.clone())).collect();
    services::update(&env(), now, &[service_variables::update(now, "api", &edits)]).unwrap()
}

fn lines(plan: &Plan) -> Vec<(Subject, Option<String>, Option<String>)> {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.reveal().to_owned());
    let changes = plan.facts.changes.iter();
    changes.map(|one| (one.subject.clone(), text(&one.old), text(&one.new))).collect()
}

#[test]
fn an_update_changes_what_was_edited_and_names_the_value_each_key_gets() {
    let now = with_variables();
    let service = || "api".to_owned();
    let variable = |key: &str| Subject::Variable { service: Some(service()), key: key.into() };
    let binding = |key: &str| Subject::Binding { service: service(), key: key.into() };
    let some = |text: &str| Some(text.to_owned());
    let itself = (Subject::Service(service()), some("api"), some("api"));

    assert_eq!(
        lines(&update_of(&now, &[])),
        std::slice::from_ref(&itself),
        "nothing is edited, nothing is changed"
    );
    let edited = update_of(&now, &[("port", Edit::Own("80".into()))]);
    assert_eq!(lines(&edited), [itself.clone(), (variable("port"), some("?"), some("80"))]);
    let unbound = update_of(&now, &[("cpu", Edit::Own("4".into()))]);
    let lost = (binding("cpu"), some("true"), some("false"));
    assert_eq!(lines(&unbound), [itself.clone(), lost, (variable("cpu"), some("9"), some("4"))]);
    let warning = Warning::Unbound { service: service(), keys: vec!["cpu".into()] };
    assert_eq!(unbound.facts.warnings, [Warning::NewestTemplate { service: service() }, warning]);
    let bound = update_of(&now, &[("level", Edit::Follow)]);
    let gained = (binding("level"), some("false"), some("true"));
    assert_eq!(lines(&bound), [itself, gained, (variable("level"), some("?"), some("9"))]);

    let absent = services::update(&env(), &now, &[ServiceUpdate::keeping("web", &[], &[])]);
    assert_eq!(absent.unwrap_err(), Problem::NotThere("web".into()));
}

#[test]
fn an_update_sends_what_is_bound_and_what_was_edited_and_nothing_else() {
    let now = with_variables();
    let sent = |edits: &[(&str, Edit)]| {
        let body = body(&calls(&update_of(&now, edits))[0]);
        body["service_list"][0]["variable_kvs"].clone()
    };
    let cpu = serde_json::json!({"key": "cpu", "value": "9", "use_global_variable": true});
    let own = |key: &str, value: &str| serde_json::json!({"key": key, "value": value, "use_global_variable": false});
    assert_eq!(sent(&[]), serde_json::json!([cpu]));
    assert_eq!(sent(&[("port", Edit::Own("80".into()))]), serde_json::json!([cpu, own("port", "80")]));
    assert_eq!(sent(&[("cpu", Edit::Own("4".into()))]), serde_json::json!([own("cpu", "4")]));
}

#[test]
fn services_that_are_added_take_the_template_and_follow_what_they_are_bound_to() {
    let now = environment("success", 1, &[]);
    let level = Variable { key: "level".into(), value: "info".into(), ..Variable::default() };
    let addition =
        ServiceAddition { service_name: "api".into(), variable_kvs: vec![RenderVariable::global(&level)] };
    let plan = services::add(&env(), &now, &["api"], &[addition]).unwrap();
    let binding = Subject::Binding { service: "api".into(), key: "level".into() };
    assert_eq!(lines(&plan)[1], (binding, None, Some("true".to_owned())));
}

#[test]
fn a_removal_says_what_goes_with_it() {
    let now = environment("success", 1, &["api"]);
    let remove = |names: &[&str], mode, features: &Features| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        services::remove(&env(), &now, &names, mode, features)
    };
    let warnings = |mode, features: &Features| remove(&["api"], mode, features).unwrap().facts.warnings;
    assert_eq!(warnings(RemoveMode::DeleteResources, &new_server()), [Warning::DeletesResources]);
    assert_eq!(warnings(RemoveMode::KeepResources, &new_server()), []);
    assert_eq!(warnings(RemoveMode::KeepResources, &old_server()), [Warning::KeepMayBeIgnored]);
    assert_eq!(
        remove(&["db"], RemoveMode::KeepResources, &new_server()).unwrap_err(),
        Problem::NotThere("db".into())
    );
    let facts = remove(&["api"], RemoveMode::KeepResources, &new_server()).unwrap().facts;
    assert_eq!(
        facts.confirmation(),
        Confirmation::TypeName { name: "api".into(), dangers: vec![Danger::Delete] }
    );
}

#[test]
fn states_that_the_server_refuses_are_said_before() {
    for kind in [Kind::Restart, Kind::Scale { to: 1 }, Kind::AddServices, Kind::UpdateVariables] {
        assert!(allowed(kind, &EnvStatus::Sleeping).is_err(), "{kind:?}");
    }
    for kind in [Kind::UpdateImage, Kind::RemoveServices, Kind::UpdateConfig] {
        assert!(allowed(kind, &EnvStatus::Sleeping).is_ok(), "{kind:?}");
    }
    assert!(allowed(Kind::Restart, &EnvStatus::Updating).is_ok());
    assert!(allowed(Kind::AddServices, &EnvStatus::Failed).is_ok());
}

#[test]
fn the_alias_of_a_production_environment_is_always_sent() {
    let summary = EnvironmentSummary {
        key: "live".into(),
        registry_id: "r1".into(),
        alias: Some("Live".into()),
        ..EnvironmentSummary::default()
    };
    let plan = environments::edit(&production(), &summary, "r2", "Live").unwrap();
    assert_eq!(body(&calls(&plan)[0]), serde_json::json!({"registry_id": "r2", "env_name": "Live"}));
    assert_eq!(plan.facts.changes.len(), 1);
    let nothing = environments::edit(&production(), &summary, "r1", "Live");
    assert_eq!(nothing.unwrap_err(), Problem::NothingToChange);
    let empty = environments::edit(&env(), &summary, "", "");
    assert_eq!(empty.unwrap_err(), Problem::NothingChosen);
}

#[test]
fn a_deletion_takes_the_namespace_only_when_wished_and_never_in_production() {
    let summary = EnvironmentSummary { namespace: "shop-dev".into(), ..EnvironmentSummary::default() };
    let forget = environments::delete(&env(), &summary, DeleteMode::ForgetOnly);
    assert_eq!((forget.facts.changes.len(), calls(&forget)[0].query_pairs().len()), (1, 2));
    let all = environments::delete(&env(), &summary, DeleteMode::WithNamespace);
    assert_eq!(all.facts.changes[1].subject, Subject::Namespace("shop-dev".into()));
    let live = environments::delete(&production(), &summary, DeleteMode::WithNamespace);
    assert_eq!(live.facts.changes.len(), 1);
    assert_eq!(calls(&live)[0].endpoint(), Endpoint::E12);
}

#[test]
fn changed_variables_hit_the_services_that_the_server_has_stored() {
    let variable = |key: &str, value: &str, related: &[&str]| GlobalVariable {
        key: key.into(),
        value: value.into(),
        related_services: related.iter().map(|name| (*name).to_owned()).collect(),
        ..GlobalVariable::default()
    };
    let now =
        [variable("cpu", "1", &["web", "api"]), variable("mem", "1", &["db"]), variable("old", "x", &[])];
    let wanted = [variable("cpu", "2", &[]), variable("mem", "1", &["db"]), variable("new", "y", &[])];
    let plan = environments::replace_variables(&env(), &now, &wanted).unwrap();
    let impacts: Vec<_> = plan.facts.impacts.iter().map(|hit| hit.service.as_str()).collect();
    assert_eq!(impacts, ["api", "web"]);
    assert_eq!(plan.facts.changes.len(), 3);
    let sent = body(&calls(&plan)[0]);
    assert_eq!(sent["global_variables"].as_array().unwrap().len(), 3, "the whole list is sent");
    assert_eq!(environments::replace_variables(&env(), &now, &now).unwrap_err(), Problem::NothingToChange);
}

#[test]
fn the_way_back_from_an_image_update_sets_every_image_that_was_there() {
    let detail = service(1, vec![ready("a", 1)]);
    let edit = image::ImageEdit { workload: api(), container: "app".into(), image: "r/api:9".into() };
    let old = detail.workloads[0].images[0].image.clone();
    let plan = image::update(&env(), "api", &detail, std::slice::from_ref(&edit), &new_server()).unwrap();
    assert_eq!(image::before(&plan.facts), [image::ImageEdit { image: old, ..edit }]);
}
