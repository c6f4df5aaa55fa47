//! Sending calls: the token, time limits, repetition, sharing, and telling observers.
//!
//! A [`Client`] is a cheap handle (`Rc` inside, so not `Send`). Dropping the future of a call drops everything
//! below it and aborts the request in the browser; no other cancellation exists. Identical reads under way share one
//! request, which is aborted when the last of its waiters is dropped.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{Either, LocalBoxFuture, select};

use super::backend::{Backend, Failure, Outgoing, Reply};
use super::decode::{self, DecodeProblem};
use super::dedup::{Dedup, DedupKey};
use super::error::{ApiError, ErrorKind, classify};
use super::request::{Call, CallInfo, Expect, Request, TimeoutClass};
use super::retry::RetryPolicy;
use super::token::TokenCell;

/// How the client proves who is asking.
#[derive(Clone, Debug)]
pub enum Auth {
    /// Something between here and Zadig adds the token; none is sent.
    Proxy,
    /// The cell's token is sent, read anew for each request.
    Bearer(TokenCell),
}

/// How long an answer may take, by [`TimeoutClass`]. Each repetition has the whole time again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For most calls.
    pub normal: Duration,
    /// For calls that ask the cluster about every workload.
    pub slow: Duration,
    /// For calls that wait until workloads are gone.
    pub very_slow: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            normal: Duration::from_secs(20),
            slow: Duration::from_secs(60),
            very_slow: Duration::from_secs(120),
        }
    }
}

impl Limits {
    /// The time for a class of calls.
    pub fn of(&self, patience: TimeoutClass) -> Duration {
        match patience {
            TimeoutClass::Normal => self.normal,
            TimeoutClass::Slow => self.slow,
            TimeoutClass::VerySlow => self.very_slow,
        }
    }
}

/// What a client is made of.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// Where Zadig is: empty for the page's own origin, else `https://host` or `https://host/prefix`.
    pub base: String,
    /// Who is asking.
    pub auth: Auth,
    /// Time limits.
    pub limits: Limits,
    /// Repetition of reads.
    pub retry: RetryPolicy,
}

impl ClientOptions {
    /// The default limits and repetition, for this address and way of authentication.
    pub fn new(base: impl Into<String>, auth: Auth) -> Self {
        Self { base: base.into(), auth, limits: Limits::default(), retry: RetryPolicy::default() }
    }
}

/// How one exchange ended; given to the observer, once for each time a request was sent.
///
/// Shared reads are told once, aborted ones not at all. Answers that arrive but do not decode are told as
/// successful: the connection is well.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// Which call.
    pub call: &'a CallInfo,
    /// The successful status, or the error.
    pub result: Result<u16, &'a ApiError>,
    /// 0 for the first try.
    pub retries: u32,
    /// Whether the call is going to be sent again by itself.
    pub will_retry: bool,
    /// Whether another token came into use since the call was sent: a refusal then says nothing about the new one.
    pub outdated: bool,
}

type Observer = Rc<dyn Fn(&Outcome<'_>)>;

/// The result of an exchange; shared between waiters, hence the `Rc`.
pub(super) type Exchanged = Result<Rc<Reply>, ApiError>;

/// The typed client of the environment OpenAPI. See the resource modules for its calls.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    options: ClientOptions,
    backend: Backend,
    observer: RefCell<Option<Observer>>,
    dedup: Dedup,
    /// Grows with every write, so that a read started after a write never joins one started before it.
    writes: Cell<u64>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("options", &self.0.options).finish_non_exhaustive()
    }
}

impl Client {
    /// A client that uses the browser.
    pub fn new(options: ClientOptions) -> Self {
        Self::with_backend(options, Backend::browser())
    }

    /// A client on another backend, for tests.
    pub fn with_backend(options: ClientOptions, backend: Backend) -> Self {
        Self(Rc::new(Inner {
            options,
            backend,
            observer: RefCell::default(),
            dedup: Dedup::default(),
            writes: Cell::default(),
        }))
    }

    /// Has `observer` told how every exchange ended, replacing the one before. All clones share it.
    pub fn set_observer(&self, observer: impl Fn(&Outcome<'_>) + 'static) {
        *self.0.observer.borrow_mut() = Some(Rc::new(observer));
    }

    /// The address this client speaks to; empty for the page's own origin.
    pub fn base(&self) -> &str {
        &self.0.options.base
    }

    /// Sends a call and decodes its answer. Dropping the future aborts the request.
    ///
    /// # Errors
    /// Every way a call can fail; see [`ErrorKind`].
    pub async fn send<T>(&self, call: Call<T>) -> Result<T, ApiError> {
        let (request, decode) = call.into_parts();
        let info = request.info();
        let reply = self.exchange(request).await?;
        decode(&reply.text).map_err(|problem| ApiError::undecodable(info, reply.status, &reply.text, problem))
    }

    /// Not generic, so that it exists once in the module however many types are decoded.
    fn exchange(&self, request: Request) -> LocalBoxFuture<'static, Exchanged> {
        let inner = Rc::clone(&self.0);
        if request.is_write() {
            inner.count_write();
            return async move {
                let result = inner.run(&request).await;
                inner.count_write();
                result
            }
            .boxed_local();
        }
        let key = DedupKey {
            target: request.target(),
            token: inner.token_generation(),
            writes: inner.writes.get(),
        };
        let runner = Rc::clone(&inner);
        let start = || async move { runner.run(&request).await }.boxed_local();
        inner.dedup.join(key, start).boxed_local()
    }

    /// The pieces a stream needs; see [`super::stream`].
    pub(super) fn outgoing(&self, request: &Request) -> Result<Outgoing, ApiError> {
        self.0.outgoing(request)
    }

    pub(super) fn report(&self, call: &CallInfo, result: Result<u16, &ApiError>) {
        self.0.tell(&Outcome { call, result, retries: 0, will_retry: false, outdated: false });
    }
}

impl Inner {
    fn count_write(&self) {
        self.writes.set(self.writes.get() + 1);
    }

    fn token_generation(&self) -> u64 {
        match &self.options.auth {
            Auth::Proxy => 0,
            Auth::Bearer(cell) => cell.generation(),
        }
    }

    fn tell(&self, outcome: &Outcome<'_>) {
        let observer = self.observer.borrow().clone();
        if let Some(observer) = observer {
            observer(outcome);
        }
    }

    async fn run(&self, request: &Request) -> Exchanged {
        let call = request.info();
        let mut retries = 0;
        loop {
            let token = self.token_generation();
            let result = self.attempt(request).await;
            let outdated = token != self.token_generation();
            let pause = match &result {
                Ok(_) => None,
                Err(error) => self.options.retry.next_pause(error, retries, (self.backend.random)()),
            };
            let told = result.as_ref().map(|reply| reply.status);
            let will_retry = pause.is_some();
            self.tell(&Outcome { call: &call, result: told, retries, will_retry, outdated });
            match pause {
                None => return result.map(Rc::new),
                Some(pause) => (self.backend.sleep)(pause).await,
            }
            retries += 1;
        }
    }

    async fn attempt(&self, request: &Request) -> Result<Reply, ApiError> {
        let outgoing = self.outgoing(request)?;
        let limit = self.options.limits.of(request.patience_class());
        let fetching = (self.backend.fetch)(outgoing);
        match select(fetching, (self.backend.sleep)(limit)).await {
            Either::Left((Ok(reply), _)) => judge(request, reply),
            Either::Left((Err(failure), _)) => Err(failed(request, failure)),
            Either::Right(_) => Err(ApiError::new(ErrorKind::Timeout, request.info())
                .with_description(format!("no answer within {} s", limit.as_secs_f32()))),
        }
    }

    fn outgoing(&self, request: &Request) -> Result<Outgoing, ApiError> {
        if let Some(problem) = request.problem() {
            return Err(ApiError::new(ErrorKind::InvalidInput, request.info()).with_description(problem));
        }
        let token = match &self.options.auth {
            Auth::Proxy => None,
            Auth::Bearer(cell) => Some(cell.get().ok_or_else(|| {
                ApiError::new(ErrorKind::InvalidToken, request.info()).with_description("no token is set")
            })?),
        };
        Ok(Outgoing {
            method: request.method(),
            url: request.url(&self.options.base),
            token,
            body: request.body().map(str::to_owned),
        })
    }
}

/// Takes a successful answer, or says what is wrong with it. What can be seen without decoding is seen here, so that
/// a cut body can be asked for again.
fn judge(request: &Request, reply: Reply) -> Result<Reply, ApiError> {
    if !(200..300).contains(&reply.status) {
        return Err(to_api_error(request, &reply));
    }
    let json_due = matches!(request.expect(), Expect::Json | Expect::Ack);
    if json_due && (decode::looks_cut(&reply.text) || decode::looks_like_html(&reply.text)) {
        let html = decode::looks_like_html(&reply.text);
        let problem = DecodeProblem::Malformed {
            message: if html { "a web page instead of JSON" } else { "the body stops before its end" }
                .to_owned(),
            offset: if html { 0 } else { reply.text.len() },
            cut: !html,
        };
        return Err(ApiError::undecodable(request.info(), reply.status, &reply.text, problem));
    }
    Ok(reply)
}

/// The error an unsuccessful answer means.
pub(super) fn to_api_error(request: &Request, reply: &Reply) -> ApiError {
    let answer = super::error::Answer {
        status: reply.status,
        auth_reason: reply.auth_reason.as_deref(),
        body: &reply.text,
    };
    classify(request.info(), answer)
}

/// The error for an answer that did not come.
pub(super) fn failed(request: &Request, failure: Failure) -> ApiError {
    let info = request.info();
    match failure {
        Failure::Aborted => ApiError::new(ErrorKind::Aborted, info),
        Failure::Network(message) => ApiError::new(ErrorKind::Network, info).with_description(message),
        Failure::BodyLost { status, message } => {
            ApiError::new(ErrorKind::Network, info).with_status(status).with_description(message)
        }
        Failure::Unsendable(message) => {
            ApiError::new(ErrorKind::InvalidInput, info).with_description(message)
        }
    }
}
