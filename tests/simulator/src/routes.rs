//! The route table, as the server registers it (contract sections 2 and 5).
//!
//! Matching follows gin: one tree a method, a literal segment wins over a parameter from the left, and paths are
//! matched after decoding. A path that only another method knows is 405, a path that none knows 404, both in
//! plain text.

use crate::errors::Outcome;
use crate::request::Req;
use crate::state::World;
use crate::version::Version;
use crate::{
    envcfgs, environments, events, helpers, images, lifecycle, logs, pods, portal, service_writes, services,
    share, variables, workloads,
};

/// Answers a request.
pub type Handler = fn(&mut World, &Req) -> Outcome;

/// One registered route.
#[derive(Clone, Copy)]
pub struct Route {
    /// Name in the contract.
    pub id: &'static str,
    /// Method.
    pub method: &'static str,
    /// Path with `:parameters`.
    pub pattern: &'static str,
    /// First version that has it.
    pub since: Version,
    /// First version that no longer has it.
    pub until: Option<Version>,
    /// Its handler.
    pub handler: Handler,
}

const fn old(id: &'static str, method: &'static str, pattern: &'static str, handler: Handler) -> Route {
    Route { id, method, pattern, since: Version::V3_4_0, until: None, handler }
}

const fn new(
    id: &'static str,
    since: Version,
    method: &'static str,
    pattern: &'static str,
    handler: Handler,
) -> Route {
    Route { id, method, pattern, since, until: None, handler }
}

/// The environment API of the published document, and its unpublished production twin of E29.
const ENVIRONMENTS: &[Route] = &[
    old("E01", "GET", "/openapi/environments", environments::list),
    old("E02", "GET", "/openapi/environments/production", environments::list_production),
    old("E03", "GET", "/openapi/environments/:name", environments::detail),
    old("E04", "GET", "/openapi/environments/production/:name", environments::detail_production),
    old("E05", "GET", "/openapi/environments/:name/services/:serviceName", services::get),
    old(
        "E06",
        "GET",
        "/openapi/environments/production/:name/services/:serviceName",
        services::get_production,
    ),
    old("E07", "POST", "/openapi/environments", lifecycle::create),
    old("E08", "POST", "/openapi/environments/production", lifecycle::create_production),
    old("E09", "PUT", "/openapi/environments/:name", lifecycle::edit),
    old("E10", "PUT", "/openapi/environments/production/:name", lifecycle::edit_production),
    old("E11", "DELETE", "/openapi/environments/:name", lifecycle::delete),
    old("E12", "DELETE", "/openapi/environments/production/:name", lifecycle::delete_production),
    old("E13", "POST", "/openapi/environments/service/yaml", service_writes::add),
    old("E14", "POST", "/openapi/environments/production/service/yaml", service_writes::add_production),
    old("E15", "PUT", "/openapi/environments/:name/services", service_writes::update),
    old("E16", "PUT", "/openapi/environments/production/:name/services", service_writes::update_production),
    old("E17", "DELETE", "/openapi/environments/service/yaml", service_writes::delete),
    old("E18", "DELETE", "/openapi/environments/production/service/yaml", service_writes::delete_production),
    old("E19", "GET", "/openapi/environments/:name/variable", variables::list),
    old("E20", "GET", "/openapi/environments/production/:name/variable", variables::list_production),
    old("E21", "PUT", "/openapi/environments/:name/variable", variables::update),
    old("E22", "PUT", "/openapi/environments/production/:name/variable", variables::update_production),
    old("E23", "POST", "/openapi/environments/:name/envcfgs", envcfgs::create),
    old("E24", "POST", "/openapi/environments/production/:name/envcfgs", envcfgs::create),
    old("E25", "GET", "/openapi/environments/:name/envcfgs", envcfgs::list),
    old("E26", "GET", "/openapi/environments/production/:name/envcfgs", envcfgs::list_production),
    old("E27", "GET", "/openapi/environments/:name/envcfg/:cfgName", envcfgs::get),
    old("E28", "GET", "/openapi/environments/production/:name/envcfg/:cfgName", envcfgs::get_production),
    old("E29", "PUT", "/openapi/environments/envcfgs", envcfgs::update),
    old("E29P", "PUT", "/openapi/environments/production/envcfgs", envcfgs::update_production),
    old("E30", "DELETE", "/openapi/environments/:name/envcfg/:cfgName", envcfgs::delete),
    old(
        "E31",
        "DELETE",
        "/openapi/environments/production/:name/envcfg/:cfgName",
        envcfgs::delete_production,
    ),
    old("E32", "POST", "/openapi/environments/scale", workloads::scale),
    old("E33", "POST", "/openapi/environments/:name/service/:serviceName/restart", workloads::restart),
    old(
        "E34",
        "POST",
        "/openapi/environments/production/:name/service/:serviceName/restart",
        workloads::restart_production,
    ),
    old("E35", "POST", "/openapi/environments/image/deployment/:envName", images::deployment),
    old("E36", "POST", "/openapi/environments/image/statefulset/:envName", images::stateful_set),
    old("E37", "POST", "/openapi/environments/image/cronjob/:envName", images::cron_job),
    old("E38", "GET", "/openapi/environments/kube/events", events::list),
    old(
        "E39",
        "GET",
        "/openapi/environments/:name/check/workloads/k8services",
        share::workloads_without_service,
    ),
    old("E40", "POST", "/openapi/environments/:name/share/enable", share::enable),
    old("E41", "DELETE", "/openapi/environments/:name/share/enable", share::disable),
    old("E42", "GET", "/openapi/environments/:name/check/sharenv/:op/ready", share::ready),
    old("E43", "GET", "/openapi/environments/:name/share/portal/:serviceName", portal::get),
    old("E44", "POST", "/openapi/environments/:name/share/portal/:serviceName", portal::set),
    old("E45", "GET", "/openapi/logs/sse/pods/:podName/containers/:containerName", logs::open),
];

/// Helpers H1 to H13.
const HELPERS: &[Route] = &[
    old("H1", "GET", "/openapi/projects/project", helpers::projects),
    old("H2", "GET", "/openapi/projects/project/detail", helpers::project_detail),
    old("H3", "GET", "/openapi/projects/project/globalVariable", helpers::global_variables),
    old("H4", "GET", "/openapi/system/cluster", helpers::clusters),
    old("H5", "GET", "/openapi/system/registry", helpers::registries),
    old("H5R", "GET", "/openapi/system/registry/:id", helpers::registry),
    old("H6", "GET", "/openapi/cluster/istio/check/:clusterId", helpers::istio),
    old("H7", "GET", "/openapi/service/yaml/services", helpers::templates),
    old("H7P", "GET", "/openapi/service/yaml/production/services", helpers::templates_production),
    old("H8", "GET", "/openapi/service/yaml/:name", helpers::template),
    old("H8P", "GET", "/openapi/service/yaml/production/:name", helpers::template_production),
    old("H8L", "GET", "/openapi/service/yaml/:name/labels", helpers::template_labels),
    new("H9", Version::V4_0_0, "GET", "/openapi/environments/service/yaml", services::yaml),
    new(
        "H9P",
        Version::V4_0_0,
        "GET",
        "/openapi/environments/production/service/yaml",
        services::yaml_production,
    ),
    new("H9V", Version::V4_0_0, "GET", "/openapi/environments/service/values", services::values),
    new(
        "H9VP",
        Version::V4_0_0,
        "GET",
        "/openapi/environments/production/service/values",
        services::values_production,
    ),
    new("H10", Version::V4_3_0, "GET", "/openapi/environments/:name/service/:serviceName/pods", pods::list),
    new(
        "H10P",
        Version::V4_3_0,
        "GET",
        "/openapi/environments/production/:name/service/:serviceName/pods",
        pods::list_production,
    ),
    Route {
        until: Some(Version::HEAD),
        ..new(
            "H11",
            Version::V4_3_0,
            "POST",
            "/openapi/environments/:name/service/:serviceName/pod/:podName/restart",
            pods::restart,
        )
    },
    Route {
        until: Some(Version::HEAD),
        ..new(
            "H11P",
            Version::V4_3_0,
            "POST",
            "/openapi/environments/production/:name/service/:serviceName/pod/:podName/restart",
            pods::restart_production,
        )
    },
    new("H11H", Version::HEAD, "POST", "/openapi/environments/:name/pod/:podName/restart", pods::restart),
    new(
        "H11HP",
        Version::HEAD,
        "POST",
        "/openapi/environments/production/:name/pod/:podName/restart",
        pods::restart_production,
    ),
    old("H12", "GET", "/openapi/system/operation/env", helpers::operations),
    new("H13", Version::V5_0_0, "GET", "/openapi/system/cli/context", helpers::cli_context),
    new("H13J", Version::HEAD, "POST", "/openapi/environments/image/job/:envName", images::job),
];

/// Every route a version registers.
pub fn registered(version: Version) -> impl Iterator<Item = &'static Route> {
    let has = move |r: &&Route| r.since <= version && r.until.is_none_or(|until| version < until);
    ENVIRONMENTS.iter().chain(HELPERS).filter(has)
}

/// What a path leads to.
pub enum Found {
    /// A route, with the values of its parameters.
    Route(&'static Route, Vec<(&'static str, String)>),
    /// Another method knows the path.
    WrongMethod,
    /// Nobody knows the path.
    Nothing,
}

/// Finds the route of a decoded path.
pub fn find(version: Version, method: &str, path: &str) -> Found {
    let segments: Vec<&str> = path.split('/').collect();
    let matching: Vec<&'static Route> = registered(version).filter(|r| fits(r.pattern, &segments)).collect();
    let best = matching.iter().filter(|r| r.method == method).min_by_key(|r| literalness(r.pattern));
    match best {
        Some(route) => Found::Route(route, params(route.pattern, &segments)),
        None if matching.is_empty() => Found::Nothing,
        None => Found::WrongMethod,
    }
}

fn fits(pattern: &str, segments: &[&str]) -> bool {
    let mut given = segments.iter();
    let all = pattern
        .split('/')
        .all(|p| given.next().is_some_and(|s| if p.starts_with(':') { !s.is_empty() } else { p == *s }));
    all && given.next().is_none()
}

/// Sorts literals before parameters, from the left.
fn literalness(pattern: &str) -> Vec<bool> {
    pattern.split('/').map(|p| p.starts_with(':')).collect()
}

fn params(pattern: &'static str, segments: &[&str]) -> Vec<(&'static str, String)> {
    let pairs = pattern.split('/').zip(segments);
    pairs.filter_map(|(p, s)| p.strip_prefix(':').map(|name| (name, (*s).to_owned()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(version: Version, method: &str, path: &str) -> &'static str {
        match find(version, method, path) {
            Found::Route(route, _) => route.id,
            Found::WrongMethod => "405",
            Found::Nothing => "404",
        }
    }

    #[test]
    fn the_table_is_complete_for_every_version() {
        for (_, version) in Version::PROFILES {
            let ids: Vec<&str> = registered(version).map(|r| r.id).collect();
            for n in 1..=45 {
                assert!(ids.contains(&format!("E{n:02}").as_str()), "E{n:02} is missing");
            }
            for n in 1..=8 {
                assert!(ids.contains(&format!("H{n}").as_str()), "H{n} is missing");
            }
            assert!(ids.contains(&"H12"));
            assert_eq!(ids.contains(&"H9"), version >= Version::V4_0_0);
            assert_eq!(ids.contains(&"H10"), version >= Version::V4_3_0);
            assert_eq!(ids.contains(&"H11"), version >= Version::V4_3_0 && version < Version::HEAD);
            assert_eq!(ids.contains(&"H13"), version >= Version::V5_0_0);
        }
    }

    #[test]
    fn literal_words_win_over_names() {
        let v = Version::V5_0_0;
        assert_eq!(id(v, "GET", "/openapi/environments/production"), "E02");
        assert_eq!(id(v, "GET", "/openapi/environments/production/variable"), "E04");
        assert_eq!(id(v, "PUT", "/openapi/environments/envcfgs"), "E29");
        assert_eq!(id(v, "GET", "/openapi/environments/envcfgs"), "E03");
        assert_eq!(id(v, "POST", "/openapi/environments/service/yaml"), "E13");
        assert_eq!(id(v, "GET", "/openapi/environments/kube/events"), "E38");
        assert_eq!(id(v, "GET", "/openapi/service/yaml/services"), "H7");
    }

    #[test]
    fn the_documents_misprints_do_not_exist() {
        let v = Version::V3_4_0;
        assert_eq!(id(v, "GET", "/openapi/environments/dev/check/workloads/k8sservices"), "404");
        assert_eq!(id(v, "GET", "/openapi/environments/dev/check/workloads/k8services"), "E39");
        assert_eq!(id(v, "GET", "/openapi/environments/service/yaml"), "405");
        assert_eq!(id(v, "OPTIONS", "/openapi/environments"), "405");
        assert_eq!(id(v, "GET", "/openapi/environments/"), "404");
    }

    #[test]
    fn parameters_are_taken_by_name() {
        let Found::Route(route, params) =
            find(Version::V5_0_0, "GET", "/openapi/environments/dev/services/a b")
        else {
            panic!("it is a route")
        };
        assert_eq!(route.id, "E05");
        assert_eq!(params, [("name", "dev".to_owned()), ("serviceName", "a b".to_owned())]);
    }
}
