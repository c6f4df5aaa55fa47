//! Every recorded answer, with the call it answers.
//!
//! `tests/fixtures/doc` has each JSON example of the published document, cleaned of comments, stray commas and tabs;
//! `tests/fixtures/server` has the shapes the servers really send.

use crate::api::Family::{Production, Test};
use crate::api::envcfgs::EnvConfigKind::ConfigMap;
use crate::api::share::ShareOperation;
use crate::api::system::OperationSearch;
use crate::api::{
    Call, DecodeProblem, envcfgs, environments, events, portal, projects, services, share, system, variables,
};

type Reader = Box<dyn Fn(&str) -> Result<(), DecodeProblem>>;

/// An answer and how to read it.
pub(super) struct Fixture {
    pub(super) name: &'static str,
    pub(super) text: &'static str,
    pub(super) read: Reader,
}

fn reader<T: 'static>(call: Call<T>) -> Reader {
    Box::new(move |text| call.decode(text).map(drop))
}

macro_rules! fixture {
    ($name:literal, $call:expr) => {
        Fixture {
            name: $name,
            text: include_str!(concat!("../../../tests/fixtures/", $name, ".json")),
            read: reader($call),
        }
    };
}

/// All answers.
pub(super) fn all() -> Vec<Fixture> {
    vec![
        fixture!("doc/E01.response", environments::list(Test, "p")),
        fixture!("doc/E02.response", environments::list(Production, "p")),
        fixture!("doc/E03.response", environments::get(Test, "p", "e")),
        fixture!("doc/E04.response", environments::get(Production, "p", "e")),
        fixture!("doc/E05.response", services::get(Test, "p", "e", "s", None)),
        fixture!("doc/E06.response", services::get(Production, "p", "e", "s", None)),
        fixture!("doc/E07.response", share::enable("p", "e")),
        fixture!("doc/E08.response", share::enable("p", "e")),
        fixture!("doc/E09.response", share::enable("p", "e")),
        fixture!("doc/E10.response", share::enable("p", "e")),
        fixture!("doc/E11.response", share::enable("p", "e")),
        fixture!("doc/E12.response", share::enable("p", "e")),
        fixture!("doc/E13.response", share::enable("p", "e")),
        fixture!("doc/E14.response", share::enable("p", "e")),
        fixture!("doc/E15.response", share::enable("p", "e")),
        fixture!("doc/E16.response", share::enable("p", "e")),
        fixture!("doc/E17.response", share::enable("p", "e")),
        fixture!("doc/E18.response", share::enable("p", "e")),
        fixture!("doc/E19.response", variables::list(Test, "p", "e")),
        fixture!("doc/E20.response", variables::list(Production, "p", "e")),
        fixture!("doc/E21.response", share::enable("p", "e")),
        fixture!("doc/E22.response", share::enable("p", "e")),
        fixture!("doc/E23.response", share::enable("p", "e")),
        fixture!("doc/E24.response", share::enable("p", "e")),
        fixture!("doc/E25.response", envcfgs::list(Test, "p", "e", &ConfigMap)),
        fixture!("doc/E26.response", envcfgs::list(Production, "p", "e", &ConfigMap)),
        fixture!("doc/E27.response", envcfgs::get(Test, "p", "e", &ConfigMap, "c")),
        fixture!("doc/E28.response", envcfgs::get(Production, "p", "e", &ConfigMap, "c")),
        fixture!("doc/E29.response", share::enable("p", "e")),
        fixture!("doc/E30.response", share::enable("p", "e")),
        fixture!("doc/E31.response", share::enable("p", "e")),
        fixture!("doc/E32.response", share::enable("p", "e")),
        fixture!("doc/E33.response", share::enable("p", "e")),
        fixture!("doc/E34.response", share::enable("p", "e")),
        fixture!("doc/E35.response", share::enable("p", "e")),
        fixture!("doc/E36.response", share::enable("p", "e")),
        fixture!("doc/E37.response", share::enable("p", "e")),
        fixture!("doc/E38.response", events::list(Test, "p", "e", "Pod", "x")),
        fixture!("doc/E39.response", share::workloads_without_service("p", "e")),
        fixture!("doc/E40.response", share::enable("p", "e")),
        fixture!("doc/E41.response", share::enable("p", "e")),
        fixture!("doc/E42.response", share::readiness("p", "e", ShareOperation::Enable)),
        fixture!("doc/E43.response", portal::get("p", "e", "s")),
        fixture!("doc/E44.response", share::enable("p", "e")),
        fixture!("server/E01", environments::list(Test, "p")),
        fixture!("server/E02", environments::list(Production, "p")),
        fixture!("server/E03-after-v5.0", environments::get(Test, "p", "e")),
        fixture!("server/E03-v3.4", environments::get(Test, "p", "e")),
        fixture!("server/E04", environments::get(Production, "p", "e")),
        fixture!("server/E05-not-in-environment", services::get(Test, "p", "e", "s", None)),
        fixture!("server/E05", services::get(Test, "p", "e", "s", None)),
        fixture!("server/E19", variables::list(Test, "p", "e")),
        fixture!("server/E25", envcfgs::list(Test, "p", "e", &ConfigMap)),
        fixture!("server/E27-configmap", envcfgs::get(Test, "p", "e", &ConfigMap, "c")),
        fixture!("server/E27-ingress", envcfgs::get(Test, "p", "e", &ConfigMap, "c")),
        fixture!("server/E27-pvc", envcfgs::get(Test, "p", "e", &ConfigMap, "c")),
        fixture!("server/E27-secret", envcfgs::get(Test, "p", "e", &ConfigMap, "c")),
        fixture!("server/E38", events::list(Test, "p", "e", "Pod", "x")),
        fixture!("server/E39-none", share::workloads_without_service("p", "e")),
        fixture!("server/E39", share::workloads_without_service("p", "e")),
        fixture!("server/E42-enabled", share::readiness("p", "e", ShareOperation::Enable)),
        fixture!("server/E42-enabling", share::readiness("p", "e", ShareOperation::Enable)),
        fixture!("server/E43-left-out", portal::get("p", "e", "s")),
        fixture!("server/H1-none", projects::list(1, 20)),
        fixture!("server/H1", projects::list(1, 20)),
        fixture!("server/H10", services::pods(Test, "p", "e", "s")),
        fixture!("server/H12", system::operations("p", "e", 1, 50, &OperationSearch::All)),
        fixture!("server/H13", system::context()),
        fixture!("server/H2", projects::get("p")),
        fixture!("server/H3", projects::variables("p")),
        fixture!("server/H4", system::clusters()),
        fixture!("server/H5", system::registries()),
        fixture!("server/H6", system::istio_installed("c")),
        fixture!("server/H7", services::templates(Test, "p")),
        fixture!("server/H8", services::template(Test, "p", "s")),
        fixture!("server/success", share::enable("p", "e")),
    ]
}
