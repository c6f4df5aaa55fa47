//! Every recorded answer decodes, and to what it says.

use std::path::Path;

use super::fixtures;
use crate::api::envcfgs::EnvConfig;
use crate::api::environments::{EnvStatus, Environment, EnvironmentSummary, ServiceStatus};
use crate::api::events::{Event, EventKind};
use crate::api::portal::PortalService;
use crate::api::services::{
    ContainerState, PodStatus, ServiceDetail, ServicePods, ServiceTemplate, WorkloadKind,
};
use crate::api::share::ShareReadiness;
use crate::api::system::{Cluster, OperationPage, Registry, ServerContext};
use crate::api::{GlobalVariable, VariableKind, portal, projects};

fn text(name: &str) -> &'static str {
    fixtures::all().into_iter().find(|fixture| fixture.name == name).map(|fixture| fixture.text).unwrap()
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    serde_json::from_str(text(name)).unwrap()
}

#[test]
fn every_recorded_answer_decodes() {
    for fixture in fixtures::all() {
        assert_eq!((fixture.read)(fixture.text), Ok(()), "{}", fixture.name);
    }
}

#[test]
fn every_recorded_file_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let listed: Vec<_> = fixtures::all().iter().map(|fixture| fixture.name).collect();
    for folder in ["doc", "server"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let file = entry.unwrap().file_name().into_string().unwrap();
            let name = format!("{folder}/{}", file.trim_end_matches(".json"));
            let elsewhere = name.ends_with(".request") || name.contains("error-");
            assert!(elsewhere || listed.contains(&name.as_str()), "{name}");
        }
    }
}

#[test]
fn both_lists_of_environments_are_read() {
    for (name, production) in [("doc/E01.response", false), ("doc/E02.response", true)] {
        let list: Vec<EnvironmentSummary> = read(name);
        assert_eq!((list[0].key.as_str(), list[0].production), ("dev", production));
        assert_eq!((list[1].namespace.as_str(), list[1].update_time), ("ai-test-2-env-dev", 1_690_181_832));
        assert_eq!(list[0].status, EnvStatus::Success);
    }
    let list: Vec<EnvironmentSummary> = read("server/E01");
    let statuses: Vec<_> = list.iter().map(|env| env.status.to_string()).collect();
    assert_eq!(statuses, ["success", "updating", "sleeping", "migrating"]);
    let list: Vec<EnvironmentSummary> = read("server/E02");
    assert_eq!((list[0].key.as_str(), list[0].display_name()), ("live", "Live Shop"));
}

#[test]
fn both_details_of_an_environment_are_read() {
    let env: Environment = read("doc/E03.response");
    assert_eq!((env.project_key.as_str(), env.key.as_str(), env.services.len()), ("simple-demo", "dev", 1));
    assert_eq!(env.services[0].template_variables[0].kind, VariableKind::Text);
    assert_eq!(env.global_variables[0].related_services, ["service1"]);
    let env: Environment = read("doc/E04.response");
    assert_eq!((env.key.as_str(), env.alias.as_deref()), ("prod", Some("prod")));
    for name in ["server/E03-v3.4", "server/E03-after-v5.0"] {
        let env: Environment = read(name);
        let shop = &env.services[0];
        assert_eq!(shop.containers[0].image_path.as_ref().unwrap().tag, "20230721-6-main", "{name}");
        assert!(shop.containers[1].is_init());
        assert_eq!(env.services[1].status, ServiceStatus::PartlySuspended);
        assert_eq!(env.services[2].status, ServiceStatus::Unset);
        assert_eq!(env.alias, None);
    }
    assert_eq!(
        read::<Environment>("server/E03-after-v5.0").services[0].deploy_strategy.as_deref(),
        Some("deploy")
    );
}

#[test]
fn a_service_in_trouble_is_read_to_its_reasons() {
    let service: ServiceDetail = read("server/E05");
    let pods = &service.workloads[0].pods;
    assert_eq!(service.workloads[0].pods.iter().filter(|pod| pod.pod_ready).count(), 1);
    assert_eq!(
        (&pods[1].status, pods[1].containers[0].reason.as_str()),
        (&PodStatus::Unstable, "CrashLoopBackOff")
    );
    assert_eq!(
        (pods[1].containers[0].restart_count, &pods[1].containers[0].state),
        (12, &ContainerState::Waiting)
    );
    assert_eq!(pods[3].containers[0].finished_at, Some(1_754_000_100));
    assert_eq!(pods[0].containers[0].ports[0].host_port, Some(80));
    assert_eq!(service.workloads[1].kind, WorkloadKind::DaemonSet);
    assert_eq!(service.workloads[2].kind, WorkloadKind::Other("Rollout".into()));
    assert_eq!(service.ingresses[0].hosts[0].backends[0].path.as_deref(), Some("/"));
    assert_eq!((service.cron_jobs[0].suspend, service.cron_jobs[0].active), (true, 1));
    let service: ServiceDetail = read("doc/E05.response");
    assert_eq!((service.env_key.as_str(), service.project_key.as_str()), ("dev", "yaml"));
    assert_eq!(service.endpoints[0].ports[0].node_port, 30593);
    assert!(read::<ServiceDetail>("server/E05-not-in-environment").workloads.is_empty());
}

#[test]
fn variables_of_every_kind_are_read() {
    let list: Vec<GlobalVariable> = read("server/E19");
    let kinds: Vec<_> = list.iter().map(|variable| variable.kind.as_str()).collect();
    assert_eq!(kinds, ["string", "bool", "enum", "yaml", ""]);
    assert_eq!(list[1].value.as_bool(), Some(true));
    assert!(list[4].value.is_unset());
    assert_eq!(read::<Vec<GlobalVariable>>("doc/E19.response")[0].related_services.len(), 2);
}

#[test]
fn configs_of_every_kind_are_read() {
    for name in ["doc/E27.response", "doc/E28.response"] {
        let config: EnvConfig = read(name);
        let source = config.source.clone().unwrap();
        assert_eq!((config.project_key.as_str(), source.auto_sync), ("simple-demo", Some(true)));
        assert_eq!(source.repository.unwrap().repo, "config-data");
    }
    let config: EnvConfig = read("server/E27-configmap");
    assert_eq!(
        (config.project_key.as_str(), config.services.as_slice()),
        ("demo", ["shop".to_owned()].as_slice())
    );
    assert_eq!(read::<EnvConfig>("server/E27-secret").source, None);
    assert_eq!(read::<EnvConfig>("server/E27-pvc").facts.len(), 5);
    assert!(read::<EnvConfig>("server/E27-ingress").facts.contains(&("ports", "80, 443".to_owned())));
}

#[test]
fn events_may_lack_everything() {
    let events: Vec<Event> = read("server/E38");
    assert_eq!((&events[0].kind, events[0].count), (&EventKind::Warning, Some(17)));
    assert_eq!(events[2], Event::default());
    assert_eq!(read::<Vec<Event>>("doc/E38.response")[0].first_seen, Some(1_707_396_095));
}

#[test]
fn sub_environments_and_portals_are_read() {
    let readiness: ShareReadiness = read("doc/E42.response");
    assert!(
        readiness.is_ready && readiness.checks.workloads_ready && !readiness.checks.pods_have_istio_proxy
    );
    assert!(!read::<ShareReadiness>("server/E42-enabling").is_ready);
    assert_eq!(read::<Vec<String>>("server/E39")[1], "db.");
    let portal = portal::get("p", "e", "s");
    let known = portal.decode(text("doc/E43.response")).unwrap();
    assert!(matches!(known, PortalService::Known { servers, .. } if servers[0].port_number == 80));
    assert_eq!(portal.decode(text("server/E43-left-out")), Ok(PortalService::Unreadable));
}

#[test]
fn helpers_are_read() {
    let page: projects::ProjectPage = read("server/H1");
    assert_eq!((page.total, &page.projects[1].deploy_type), (2, &projects::DeployType::Helm));
    assert_eq!(read::<projects::Project>("server/H2").description, "A shop");
    assert_eq!(read::<projects::ProjectVariables>("server/H3").production[0].key, "debug");
    assert!(read::<Vec<Cluster>>("server/H4")[0].local);
    assert!(read::<Vec<Registry>>("server/H5")[0].is_default);
    assert_eq!(read::<ServiceTemplate>("server/H8").variables[0].value.to_text(), "500m");
    assert_eq!(read::<ServicePods>("server/H10").pods[0].workload_kind, WorkloadKind::Deployment);
    assert_eq!(read::<OperationPage>("server/H12").operations[0].targets, ["dev"]);
    assert_eq!(read::<ServerContext>("server/H13").server_version, "v5.0.0");
}
