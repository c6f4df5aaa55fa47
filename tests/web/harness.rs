//! The simulator's side door, and small helpers.

use std::cell::Cell;
use std::time::Duration;

use gloo_net::http::{Method, RequestBuilder};
use serde_json::{Value, json};
use zadig_environments::api::{
    ApiError, Auth, Client, ClientOptions, ErrorKind, RetryPolicy, Token, TokenCell,
};

/// Where the gateway in front of the simulator is.
pub fn base() -> &'static str {
    option_env!("ZADIG_TEST_BASE").unwrap_or_else(|| {
        panic!(
            "ZADIG_TEST_BASE was not set when this test was built: it must be the address of a zadig-gateway started \
             with --sim --allow-origin '*' in front of a zadig-simulator. `cargo xtask test web` does all of that."
        )
    })
}

async fn side_door(method: Method, path: &str, body: Option<Value>) -> Value {
    let builder = RequestBuilder::new(&format!("{}/__sim/{path}", base())).method(method);
    let request = match body {
        Some(body) => builder.json(&body).unwrap(),
        None => builder.build().unwrap(),
    };
    let sent = request.send().await;
    let response = sent.unwrap_or_else(|error| panic!("no simulator answers at {}: {error}", base()));
    let text = response.text().await.unwrap();
    assert!(response.ok(), "/__sim/{path} answered {}: {text}", response.status());
    serde_json::from_str(&text).unwrap()
}

/// Reads from the side door.
pub async fn look(path: &str) -> Value {
    side_door(Method::GET, path, None).await
}

/// Writes to the side door.
pub async fn tell(path: &str, body: Value) -> Value {
    side_door(Method::POST, path, Some(body)).await
}

/// Plans a fault for the next calls.
pub async fn fault(fault: Value) {
    tell("faults", fault).await;
}

/// Lets simulated time pass, so that what was started is finished.
pub async fn settle() {
    tell("clock", json!({"advance_ms": 900_000})).await;
}

/// Starts the simulated world anew, as this version, with the widest licence.
pub async fn reset(version: &str) {
    tell("reset", json!({"version": version, "licence": "enterprise", "speed": 1, "scale": 0})).await;
}

/// One of the simulator's tokens.
pub async fn token(name: &str) -> Token {
    let tokens = look("tokens").await;
    Token::new(tokens[name].as_str().unwrap()).unwrap()
}

/// Options for a client with this token, and quick repetitions.
pub async fn options(name: &str) -> ClientOptions {
    let cell = TokenCell::new();
    cell.set(Some(token(name).await));
    let retry = RetryPolicy { base: Duration::from_millis(10), ..RetryPolicy::default() };
    ClientOptions { retry, ..ClientOptions::new(base(), Auth::Bearer(cell)) }
}

/// A client with this token.
pub async fn client(name: &str) -> Client {
    Client::new(options(name).await)
}

/// Waits in real time.
pub async fn wait(millis: u32) {
    gloo_timers::future::TimeoutFuture::new(millis).await;
}

/// The kind of an error that is due.
pub fn kind<T: std::fmt::Debug>(result: Result<T, ApiError>) -> ErrorKind {
    result.expect_err("an error is due").kind
}

/// Reads the journal from where it was last read.
pub struct Journal(Cell<u64>);

impl Journal {
    /// Begins after everything there is.
    pub async fn begin() -> Self {
        let journal = Self(Cell::new(0));
        journal.new_entries().await;
        journal
    }

    /// The requests since the last look.
    pub async fn new_entries(&self) -> Vec<Value> {
        let list = look(&format!("journal?after={}", self.0.get())).await;
        let list = list.as_array().unwrap().clone();
        if let Some(last) = list.last() {
            self.0.set(last["n"].as_u64().unwrap());
        }
        list
    }

    /// The latest state of all requests to a path, from the beginning.
    pub async fn all_to(&self, path: &str) -> Vec<Value> {
        look(&format!("journal?path={path}")).await.as_array().unwrap().clone()
    }

    /// Asserts that exactly one request was made since, and that it is this one: method, path and query as sent, body
    /// as JSON, the token in the header and nowhere else.
    pub async fn one(&self, id: &str, method: &str, target: &str, body: Value) {
        let entries = self.new_entries().await;
        assert_eq!(entries.len(), 1, "{id}: {entries:#?}");
        assert_entry(&entries[0], id, method, target, &body);
    }
}

/// Asserts that a journal's entry is this request.
pub fn assert_entry(entry: &Value, id: &str, method: &str, target: &str, body: &Value) {
    let text = |key: &str| entry[key].as_str().unwrap_or_default();
    let query = text("raw_query");
    let sent =
        if query.is_empty() { text("raw_path").to_owned() } else { format!("{}?{query}", text("raw_path")) };
    assert_eq!((text("method"), sent.as_str()), (method, target), "{id}");
    let body_sent = match text("body") {
        "" => Value::Null,
        body => serde_json::from_str(body).unwrap(),
    };
    assert_eq!(&body_sent, body, "{id}");
    assert_eq!((text("token"), text("token_in")), ("admin", "header"), "{id}");
}
