//! The client's own logic, on a backend without a browser.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Future, pending};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::join;
use futures_util::task::noop_waker;

use crate::api::{
    ApiError, Auth, Backend, Client, ClientOptions, ErrorKind, Failure, Family, Outgoing, Reply, RetryPolicy,
    Token, TokenCell,
};
use crate::api::{environments, portal, share, system, workloads};

/// What the fake server does with the next request.
enum Act {
    Answer(u16, &'static str),
    Fail(Failure),
    /// Never answers.
    Hang,
    /// Answers when polled for the second time, so that others can join.
    Late(&'static str),
}

/// What happened, shared with the backend's closures.
#[derive(Default)]
struct Log {
    sent: RefCell<Vec<Outgoing>>,
    acts: RefCell<VecDeque<Act>>,
    slept: RefCell<Vec<Duration>>,
    dropped: Cell<usize>,
    time_passes: Cell<bool>,
}

/// Counts requests given up before their end.
struct OnDrop(Rc<Log>, Cell<bool>);

impl Drop for OnDrop {
    fn drop(&mut self) {
        if !self.1.get() {
            self.0.dropped.set(self.0.dropped.get() + 1);
        }
    }
}

async fn yield_once() {
    let mut first = true;
    futures_util::future::poll_fn(
        |_| if std::mem::take(&mut first) { Poll::Pending } else { Poll::Ready(()) },
    )
    .await;
}

fn client_with(log: &Rc<Log>, auth: Auth) -> Client {
    let (fetch_log, sleep_log) = (Rc::clone(log), Rc::clone(log));
    let backend = Backend {
        fetch: Rc::new(move |outgoing| {
            let log = Rc::clone(&fetch_log);
            log.sent.borrow_mut().push(outgoing);
            let act = log.acts.borrow_mut().pop_front().unwrap_or(Act::Answer(200, "[]"));
            async move {
                let guard = OnDrop(log, Cell::new(false));
                let reply = |status, text: &str| Ok(Reply { status, text: text.into(), ..Reply::default() });
                let result = match act {
                    Act::Answer(status, text) => reply(status, text),
                    Act::Fail(failure) => Err(failure),
                    Act::Hang => pending().await,
                    Act::Late(text) => {
                        yield_once().await;
                        reply(200, text)
                    }
                };
                guard.1.set(true);
                result
            }
            .boxed_local()
        }),
        sleep: Rc::new(move |time| {
            // Time limits are whole seconds and only pass where the test says so; pauses pass at once.
            let is_limit = time >= Duration::from_secs(20);
            if !is_limit {
                sleep_log.slept.borrow_mut().push(time);
            }
            let passes = !is_limit || sleep_log.time_passes.get();
            async move { if passes { yield_once().await } else { pending().await } }.boxed_local()
        }),
        random: || 0.5,
    };
    Client::with_backend(ClientOptions::new("https://z.example/x", auth), backend)
}

fn setup(acts: Vec<Act>) -> (Rc<Log>, Client) {
    let log = Rc::new(Log::default());
    log.acts.borrow_mut().extend(acts);
    let client = client_with(&log, Auth::Proxy);
    (log, client)
}

/// Polls until ready; everything here becomes ready within a few polls.
fn run<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let waker = noop_waker();
    for _ in 0..100 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
    }
    panic!("did not become ready");
}

fn poll_once<T>(future: &mut (impl Future<Output = T> + Unpin)) -> Poll<T> {
    future.poll_unpin(&mut Context::from_waker(&noop_waker()))
}

fn kind<T>(result: Result<T, ApiError>) -> ErrorKind {
    result.err().map(|error| error.kind).unwrap()
}

#[test]
fn the_token_of_the_moment_is_sent() {
    let log = Rc::new(Log::default());
    let cell = TokenCell::new();
    let client = client_with(&log, Auth::Bearer(cell.clone()));
    assert_eq!(kind(run(client.send(system::clusters()))), ErrorKind::InvalidToken);
    assert!(log.sent.borrow().is_empty());
    for text in ["one", "two"] {
        cell.set(Token::new(text).ok());
        run(client.send(system::clusters())).unwrap();
    }
    let sent: Vec<_> =
        log.sent.borrow().iter().map(|o| o.token.as_ref().unwrap().reveal().to_owned()).collect();
    assert_eq!(sent, ["one", "two"]);
    assert_eq!(log.sent.borrow()[0].url, "https://z.example/x/openapi/system/cluster");
}

#[test]
fn a_read_is_sent_three_times_at_most() {
    let (log, client) = setup((0..3).map(|_| Act::Fail(Failure::Network("refused".into()))).collect());
    assert_eq!(kind(run(client.send(system::clusters()))), ErrorKind::Network);
    assert_eq!(log.sent.borrow().len(), 3);
    assert_eq!(*log.slept.borrow(), [Duration::from_millis(400), Duration::from_millis(800)]);
}

#[test]
fn a_read_that_failed_in_passing_succeeds_in_the_end() {
    let cut = Act::Answer(200, r#"[{"cluster_id":"#);
    let (log, client) = setup(vec![Act::Answer(502, "<html>bad gateway"), cut, Act::Answer(200, "[]")]);
    assert!(run(client.send(system::clusters())).unwrap().is_empty());
    assert_eq!(log.sent.borrow().len(), 3);
}

#[test]
fn a_write_is_sent_once() {
    for act in [Act::Fail(Failure::Network(String::new())), Act::Answer(503, ""), Act::Hang] {
        let (log, client) = setup(vec![act]);
        log.time_passes.set(true);
        let result = run(client.send(workloads::restart(Family::Test, "p", "dev", "svc")));
        assert!(!result.unwrap_err().retry_is_safe());
        assert_eq!(log.sent.borrow().len(), 1);
    }
}

#[test]
fn a_server_error_is_not_asked_again() {
    let (log, client) =
        setup(vec![Act::Answer(500, r#"{"code":500,"description":"x","message":"Internal Error: "}"#)]);
    assert_eq!(kind(run(client.send(system::clusters()))), ErrorKind::Server);
    assert_eq!(log.sent.borrow().len(), 1);
}

#[test]
fn a_call_without_an_answer_times_out_and_is_given_up() {
    let (log, client) = setup(vec![Act::Hang]);
    log.time_passes.set(true);
    assert_eq!(kind(run(client.send(portal::set("p", "dev", "svc", &[])))), ErrorKind::Timeout);
    assert_eq!(log.dropped.get(), 1);
}

#[test]
fn dropping_a_call_gives_its_request_up() {
    let (log, client) = setup(vec![Act::Hang]);
    let mut call = Box::pin(client.send(system::clusters()));
    assert!(poll_once(&mut call).is_pending());
    assert_eq!((log.sent.borrow().len(), log.dropped.get()), (1, 0));
    drop(call);
    assert_eq!(log.dropped.get(), 1);
}

#[test]
fn identical_reads_share_one_request() {
    let (log, client) = setup(vec![Act::Late("[]")]);
    let other = client.clone();
    let (one, two) = run(join(client.send(system::clusters()), other.send(system::clusters())));
    assert!(one.is_ok() && two.is_ok());
    assert_eq!(log.sent.borrow().len(), 1);
    run(client.send(system::clusters())).unwrap();
    assert_eq!(log.sent.borrow().len(), 2, "a finished read is not shared");
}

#[test]
fn a_shared_request_lives_until_its_last_waiter_is_gone() {
    let (log, client) = setup(vec![Act::Hang]);
    let (mut one, mut two) =
        (Box::pin(client.send(system::clusters())), Box::pin(client.send(system::clusters())));
    assert!(poll_once(&mut one).is_pending() && poll_once(&mut two).is_pending());
    drop(one);
    assert_eq!((log.sent.borrow().len(), log.dropped.get()), (1, 0));
    drop(two);
    assert_eq!(log.dropped.get(), 1);
}

#[test]
fn a_read_after_a_write_or_a_new_token_does_not_join_an_older_one() {
    let log = Rc::new(Log::default());
    log.acts.borrow_mut().extend([Act::Hang, Act::Answer(200, "{}"), Act::Hang, Act::Answer(200, "[]")]);
    let cell = TokenCell::new();
    cell.set(Token::new("one").ok());
    let client = client_with(&log, Auth::Bearer(cell.clone()));
    let mut before = Box::pin(client.send(system::clusters()));
    assert!(poll_once(&mut before).is_pending());
    run(client.send(workloads::restart(Family::Test, "p", "dev", "svc"))).unwrap();
    let mut after = Box::pin(client.send(system::clusters()));
    assert!(poll_once(&mut after).is_pending());
    cell.set(Token::new("two").ok());
    run(client.send(system::clusters())).unwrap();
    assert_eq!(log.sent.borrow().len(), 4);
}

#[test]
fn the_observer_hears_every_exchange_and_whether_it_is_repeated() {
    let (_log, client) = setup(vec![Act::Answer(504, ""), Act::Answer(401, "")]);
    let heard = Rc::new(RefCell::new(Vec::new()));
    let ear = Rc::clone(&heard);
    client.set_observer(move |outcome| {
        ear.borrow_mut().push((
            outcome.result.map_err(|error| error.kind),
            outcome.retries,
            outcome.will_retry,
        ));
    });
    assert_eq!(kind(run(client.send(system::clusters()))), ErrorKind::Unauthorized);
    run(client.send(system::clusters())).unwrap();
    let expected =
        [(Err(ErrorKind::Gateway), 0, true), (Err(ErrorKind::Unauthorized), 1, false), (Ok(200), 0, false)];
    assert_eq!(*heard.borrow(), expected);
}

#[test]
fn a_request_that_cannot_be_addressed_is_refused_unsent() {
    let (log, client) = setup(vec![]);
    assert_eq!(kind(run(client.send(environments::delete_production("p", "")))), ErrorKind::InvalidInput);
    assert!(log.sent.borrow().is_empty());
}

#[test]
fn a_web_page_instead_of_json_is_undecodable_and_not_asked_for_again() {
    let (log, client) = setup(vec![Act::Answer(200, "<!doctype html><title>Sign in</title>")]);
    let error = run(client.send(system::clusters())).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Undecodable);
    assert!(error.excerpt.as_deref().unwrap().contains("Sign in"));
    assert_eq!(log.sent.borrow().len(), 1);
}

#[test]
fn an_empty_answer_is_an_error_for_a_read_and_accepted_for_a_write() {
    let (_log, client) = setup(vec![Act::Answer(200, ""), Act::Answer(200, "")]);
    assert_eq!(kind(run(client.send(system::clusters()))), ErrorKind::EmptyBody);
    assert!(run(client.send(share::enable("p", "dev"))).is_ok());
}

#[test]
fn the_documents_spelling_is_tried_where_the_servers_is_missing() {
    let missing = Act::Answer(404, "Invalid path: /openapi/x");
    let (log, client) = setup(vec![missing, Act::Answer(200, r#"["a.Deployment"]"#)]);
    assert_eq!(run(client.workloads_without_service("p", "dev")).unwrap(), ["a.Deployment"]);
    let sent: Vec<_> = log.sent.borrow().iter().map(|o| o.url.clone()).collect();
    assert!(sent[0].contains("/k8services?") && sent[1].contains("/k8sservices?"), "{sent:?}");
}

#[test]
fn a_policy_without_retries_sends_once() {
    let log = Rc::new(Log::default());
    log.acts.borrow_mut().push_back(Act::Answer(503, ""));
    let backend = Backend { random: || 0.0, ..browserless(&log) };
    let options = ClientOptions { retry: RetryPolicy::never(), ..ClientOptions::new("", Auth::Proxy) };
    assert_eq!(
        kind(run(Client::with_backend(options, backend).send(system::clusters()))),
        ErrorKind::Gateway
    );
    assert_eq!(log.sent.borrow().len(), 1);
}

/// A backend that answers from the log's acts and never waits.
fn browserless(log: &Rc<Log>) -> Backend {
    let log = Rc::clone(log);
    Backend {
        fetch: Rc::new(move |outgoing| {
            log.sent.borrow_mut().push(outgoing);
            let act = log.acts.borrow_mut().pop_front();
            let Some(Act::Answer(status, text)) = act else { panic!("only answers here") };
            async move { Ok(Reply { status, text: text.into(), ..Reply::default() }) }.boxed_local()
        }),
        sleep: Rc::new(|_| pending().boxed_local()),
        random: || 0.5,
    }
}
