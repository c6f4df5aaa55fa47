use std::cell::RefCell;
use std::rc::Rc;

use futures_util::FutureExt;

use super::fixtures::{env, production};
use crate::api::envcfgs::EnvConfigKind;
use crate::api::{Auth, Backend, Client, ClientOptions, Endpoint, ErrorKind, Reply, Request, RetryPolicy};
use crate::ops::snapshot::{Probe, Response, SharingRead};
use crate::ops::tests::world::World;
use crate::ops::{ClientIo, Io};

/// A client whose every call is answered by `status` and `body`, and the calls it made.
fn answering(status: u16, body: &'static str) -> (ClientIo, Rc<RefCell<Vec<String>>>) {
    let calls = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&calls);
    let backend = Backend {
        fetch: Rc::new(move |outgoing| {
            seen.borrow_mut().push(format!("{} {}", outgoing.method, outgoing.url));
            let reply = Reply { status, text: body.to_owned(), ..Reply::default() };
            async move { Ok(reply) }.boxed_local()
        }),
        sleep: Rc::new(|_| std::future::pending().boxed_local()),
        random: || 0.5,
    };
    let options = ClientOptions { retry: RetryPolicy::never(), ..ClientOptions::new("", Auth::Proxy) };
    (ClientIo::new(Client::with_backend(options, backend)), calls)
}

fn run<T>(future: impl Future<Output = T>) -> T {
    World::of(|_| Response::Missing).run(future)
}

#[test]
fn each_read_asks_its_endpoint() {
    let secret = || EnvConfigKind::Secret;
    for (read, body, path) in [
        (Probe::Service("api".into()), "{}", "/openapi/environments/dev/services/api?projectKey=shop"),
        (Probe::Environment, "{}", "/openapi/environments/dev?projectKey=shop"),
        (Probe::Environments, "[]", "/openapi/environments?projectKey=shop"),
        (Probe::Variables, "[]", "/openapi/environments/dev/variable?projectKey=shop"),
        (Probe::Configs(secret()), "[]", "/openapi/environments/dev/envcfgs?projectKey=shop&type=Secret"),
        (
            Probe::PodEvents("a".into()),
            "[]",
            "/openapi/environments/kube/events?projectKey=shop&envName=dev&name=a&type=Pod",
        ),
        (
            Probe::Sharing(SharingRead::Off),
            "{}",
            "/openapi/environments/dev/check/sharenv/disable/ready?projectKey=shop",
        ),
        (
            Probe::Portal("api".into()),
            r#"{"message":"success"}"#,
            "/openapi/environments/dev/share/portal/api?projectKey=shop",
        ),
    ] {
        let (io, calls) = answering(200, body);
        run(io.read(&env(), &read)).unwrap_or_else(|error| panic!("{read:?}: {error}"));
        assert_eq!(*calls.borrow(), [format!("GET {path}")]);
    }
    let (io, calls) = answering(200, "{}");
    run(io.read(&production(), &Probe::Service("api".into()))).unwrap();
    assert_eq!(*calls.borrow(), ["GET /openapi/environments/production/live/services/api?projectKey=shop"]);
}

#[test]
fn what_is_certainly_gone_is_seen_as_missing_and_other_errors_stay_errors() {
    let body = r#"{"code":500,"description":"mongo: no documents in result","message":"Internal Error: "}"#;
    let (io, _) = answering(500, body);
    let config = Probe::Config(EnvConfigKind::ConfigMap, "app".into());
    for read in [Probe::Environment, config] {
        assert!(matches!(run(io.read(&env(), &read)), Ok(Response::Missing)), "{read:?}");
    }
    let service = run(io.read(&env(), &Probe::Service("api".into())));
    assert_eq!(service.map(|_| ()).unwrap_err().kind, ErrorKind::NotFound);
    let (io, _) = answering(403, "");
    assert!(run(io.read(&env(), &Probe::Environment)).is_err());
}

#[test]
fn a_write_is_sent_once_whatever_comes_back() {
    for status in [200, 500, 502, 504] {
        let (io, calls) = answering(status, r#"{"message":"success"}"#);
        let request = Request::post(Endpoint::E32, "/openapi/environments/scale");
        assert_eq!(run(io.send(&request)).is_ok(), status == 200);
        assert_eq!(calls.borrow().len(), 1, "{status}");
    }
}
