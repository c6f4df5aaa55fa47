//! `/__sim/`: the side door through which tests look at and change the world. No token is asked for.
//!
//! Every route takes and gives JSON; README.md beside the crate shows each with an example.

pub mod faults;
pub mod journal;
pub mod mutate;
pub mod operations;
pub mod summary;

use crate::auth;
use crate::control::faults::Fault;
use crate::logs::control as log_control;
use crate::server::Shared;
use crate::state::World;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::collections::HashMap;

/// An answer of the side door: a value, or a sentence saying what was not understood.
pub type Answer = Result<Value, String>;

type Params = HashMap<String, String>;

/// The routes of the side door.
pub fn router(world: Shared) -> Router {
    Router::new()
        .route("/__sim/tokens", get(tokens))
        .route("/__sim/reset", post(reset))
        .route("/__sim/journal", get(read_journal).delete(clear_journal))
        .route("/__sim/faults", get(read_faults).post(add_faults).delete(clear_faults))
        .route("/__sim/clock", get(read_clock).post(set_clock))
        .route("/__sim/mfa", post(set_mfa))
        .route("/__sim/state", get(read_state))
        .route("/__sim/mutate", post(change))
        .route("/__sim/logs", post(set_logs).delete(clear_logs))
        .route("/__sim/streams", get(read_streams))
        .route("/__sim/streams/cut", post(cut_streams))
        .with_state(world)
}

fn reply(answer: Answer) -> Response {
    let (status, value) = match answer {
        Ok(value) => (StatusCode::OK, value),
        Err(error) => (StatusCode::BAD_REQUEST, json!({"error": error})),
    };
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

fn read(body: &[u8]) -> Answer {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Null);
    }
    serde_json::from_slice(body).map_err(|e| format!("the body is not JSON: {e}"))
}

/// Reads the body and calls something with the world brought up to date.
fn with(world: &Shared, body: &[u8], call: impl FnOnce(&mut World, Value) -> Answer) -> Response {
    reply(read(body).and_then(|value| {
        let mut world = world.lock();
        world.tick();
        call(&mut world, value)
    }))
}

async fn tokens(State(world): State<Shared>) -> Response {
    let now = world.lock().clock.now();
    let list = auth::tokens(now).into_iter().map(|(name, jwt)| (name.to_owned(), Value::String(jwt)));
    reply(Ok(Value::Object(list.collect())))
}

async fn reset(State(world): State<Shared>, body: Bytes) -> Response {
    with(&world, &body, |world, value| {
        let options = world.options.with_json(&value)?;
        let open = world.logs.take_streams();
        *world = World::new(options);
        world.logs.keep_streams(open);
        Ok(
            json!({"version": world.options.version.name(), "licence": world.options.licence, "scale": world.options.scale,
            "speed": world.options.speed, "seed": world.options.seed, "fixed_portal": world.options.fixed_portal}),
        )
    })
}

async fn read_journal(State(world): State<Shared>, Query(params): Query<Params>) -> Response {
    let text = |name: &str| params.get(name).map(String::as_str).unwrap_or_default();
    let after = text("after").parse().unwrap_or(0);
    let world = world.lock();
    let entries = world.journal.after(after, text("method"), text("path"));
    reply(serde_json::to_value(entries).map_err(|e| e.to_string()))
}

async fn clear_journal(State(world): State<Shared>) -> Response {
    world.lock().journal.clear();
    reply(Ok(json!({"ok": true})))
}

async fn read_faults(State(world): State<Shared>) -> Response {
    reply(serde_json::to_value(world.lock().faults.list()).map_err(|e| e.to_string()))
}

async fn add_faults(State(world): State<Shared>, body: Bytes) -> Response {
    with(&world, &body, |world, value| {
        let list = if value.is_array() { value } else { json!([value]) };
        let faults: Vec<Fault> = serde_json::from_value(list).map_err(|e| e.to_string())?;
        faults.into_iter().for_each(|fault| world.faults.add(fault));
        Ok(json!({"waiting": world.faults.list().len()}))
    })
}

async fn clear_faults(State(world): State<Shared>) -> Response {
    world.lock().faults.clear();
    reply(Ok(json!({"ok": true})))
}

async fn read_clock(State(world): State<Shared>) -> Response {
    reply(Ok(clock(&world.lock())))
}

fn clock(world: &World) -> Value {
    let clock = &world.clock;
    json!({"sim_ms": clock.now(), "speed": clock.speed(), "paused": clock.paused()})
}

async fn set_clock(State(world): State<Shared>, body: Bytes) -> Response {
    with(&world, &body, |world, value| {
        if let Some(paused) = value.get("paused").and_then(Value::as_bool) {
            world.clock.set_paused(paused);
        }
        if let Some(speed) = value.get("speed").and_then(Value::as_f64) {
            world.clock.set_speed(speed);
        }
        if let Some(millis) = value.get("advance_ms").and_then(Value::as_i64) {
            world.clock.advance(millis);
        }
        world.tick();
        Ok(clock(world))
    })
}

async fn set_mfa(State(world): State<Shared>, body: Bytes) -> Response {
    with(&world, &body, |world, value| {
        world.mfa = match value.get("mfa").and_then(Value::as_str) {
            None | Some("off" | "") => None,
            Some("enroll" | "enrollment") => Some("enrollment".into()),
            Some("verify" | "verification") => Some("verification".into()),
            Some(other) => return Err(format!("mfa: `{other}` is not enroll, verify or off")),
        };
        Ok(json!({"mfa": world.mfa}))
    })
}

async fn read_state(State(world): State<Shared>, Query(params): Query<Params>) -> Response {
    let mut world = world.lock();
    world.tick();
    let text = |name: &str| params.get(name).map(String::as_str).unwrap_or_default();
    let (project, env) = (text("project"), text("env"));
    reply(Ok(summary::of(&mut world, project, env)))
}

async fn change(State(world): State<Shared>, body: Bytes) -> Response {
    with(&world, &body, mutate::apply)
}

async fn set_logs(State(world): State<Shared>, body: Bytes) -> Response {
    with(&world, &body, log_control::set)
}

async fn clear_logs(State(world): State<Shared>) -> Response {
    world.lock().logs.clear_rules();
    reply(Ok(json!({"ok": true})))
}

async fn read_streams(State(world): State<Shared>) -> Response {
    reply(Ok(world.lock().logs.list_streams()))
}

async fn cut_streams(State(world): State<Shared>, body: Bytes) -> Response {
    with(&world, &body, log_control::cut)
}
