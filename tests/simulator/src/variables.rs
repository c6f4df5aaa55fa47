//! E19-E22: global variables of an environment. The PUT replaces the whole list (contract 6.5).

use crate::errors::{BUSY, Failure, GET_ENV, NO_DOCUMENTS, Outcome, SLEEPING, UPDATE_ENV};
use crate::licence;
use crate::reply::Reply;
use crate::request::Req;
use crate::state::World;
use crate::state::env::Env;
use crate::state::kv::{GlobalKv, Kv, nullable};
use serde::Deserialize;

#[derive(Deserialize)]
struct UpdateArgs {
    #[serde(default, deserialize_with = "nullable")]
    global_variables: Vec<GlobalKv>,
}

/// E19.
pub fn list(world: &mut World, req: &Req) -> Outcome {
    show(world, req, false)
}

/// E20: no licence is asked for.
pub fn list_production(world: &mut World, req: &Req) -> Outcome {
    show(world, req, true)
}

fn show(world: &mut World, req: &Req, production: bool) -> Outcome {
    req.need_project()?;
    let (project, name) = (req.project(), req.env());
    let slot = world.find(project, name, production).ok_or_else(|| {
        Failure::typed(GET_ENV, format!("failed to find env from db, project:{project} env:{name}"))
    })?;
    Ok(Reply::ok(&world.env(slot).globals))
}

/// E21: no right is asked for, but a licence even for test environments.
pub fn update(world: &mut World, req: &Req) -> Outcome {
    replace(world, req, false)
}

/// E22.
pub fn update_production(world: &mut World, req: &Req) -> Outcome {
    req.need_right(true)?;
    replace(world, req, true)
}

fn replace(world: &mut World, req: &Req, production: bool) -> Outcome {
    let args: UpdateArgs = req.unmarshal()?;
    req.need_project()?;
    licence::professional(world)?;
    let (project, name) = (req.project(), req.env());
    let slot = world.find(project, name, production).ok_or_else(|| {
        let text =
            format!("GetProductEnv envName:{name} productName: {project} error, error msg:{NO_DOCUMENTS}");
        Failure::internal(text)
    })?;
    let around = world.around(slot);
    let refuse = |text: String| Failure::typed(UPDATE_ENV, text);
    if around.env.is_sleeping() {
        return Err(refuse(SLEEPING.into()));
    }
    check(&args.global_variables, around.env, around.definition).map_err(refuse)?;
    if same_values(&args.global_variables, &around.env.globals) {
        return Ok(Reply::success());
    }
    if around.env.is_busy() {
        return Err(refuse(format!("更新环境失败: {BUSY}")));
    }
    store(world, slot, args.global_variables, req.role.name());
    Ok(Reply::success())
}

fn check(sent: &[GlobalKv], env: &Env, definition: &[Kv]) -> Result<(), String> {
    if let Some(fault) = sent.iter().find_map(|g| g.kv.fault()) {
        return Err(format!("failed to convert args' global variables to yaml, err: {fault}"));
    }
    for new in sent.iter().filter(|s| !env.globals.iter().any(|g| g.kv.key == s.kv.key)) {
        let key = &new.kv.key;
        if !definition.iter().any(|d| d.key == *key) {
            return Err(format!("added global variable {key} is not in project's global variable list"));
        }
        if !new.related_services.is_empty() {
            return Err(format!(
                "UNEXPECT ERROR: global variable {key} is new, but RelatedServices is not empty"
            ));
        }
    }
    for old in env.globals.iter().filter(|g| !sent.iter().any(|s| s.kv.key == g.kv.key)) {
        if !old.related_services.is_empty() {
            let services = old.related_services.join(" ");
            return Err(format!(
                "global variable {} is used by service [{services}], can't delete it",
                old.kv.key
            ));
        }
    }
    Ok(())
}

fn same_values(a: &[GlobalKv], b: &[GlobalKv]) -> bool {
    a.len() == b.len() && a.iter().all(|x| b.iter().any(|y| x.kv.key == y.kv.key && x.kv.value == y.kv.value))
}

/// Stores what was sent verbatim and in no order, and rolls the services the stored list knew as related.
fn store(world: &mut World, slot: crate::state::Slot, mut sent: Vec<GlobalKv>, by: &str) {
    let around = world.around(slot);
    let mut hit: Vec<(String, Kv)> = Vec::new();
    for old in &around.env.globals {
        if let Some(new) = sent.iter().find(|s| s.kv.key == old.kv.key && s.kv.value != old.kv.value) {
            hit.extend(old.related_services.iter().map(|service| (service.clone(), new.kv.clone())));
        }
    }
    around.rng.shuffle(&mut sent);
    around.env.globals = sent;
    around.env.stamp(Some(by), around.now);
    if hit.is_empty() {
        return;
    }
    let mut rolled: Vec<&str> = Vec::new();
    for (name, kv) in &hit {
        let first = !rolled.contains(&name.as_str());
        around.env.with_service(name, around.now, around.rng, |service, ctx| {
            if let Some(var) = service.vars.iter_mut().find(|v| v.kv.key == kv.key) {
                var.kv.value = kv.value.clone();
            }
            if first {
                service.rollout(ctx);
            }
        });
        rolled.push(name);
    }
    around.env.begin_update(Some(by), around.now);
}
