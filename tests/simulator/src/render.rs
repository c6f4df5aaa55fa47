//! How variables of a request become a service's variables in an environment (contract 6.4).
//!
//! The rules have sharp edges, and the client is tested against them: a key that is not sent loses its binding
//! to a global variable, a binding to a global that does not exist is dropped without a word, keys unknown to
//! the template vanish, and a value whose type differs from the template's is replaced by the template's value.

use crate::clock::Millis;
use crate::state::env::Env;
use crate::state::kv::{GlobalKv, Kv, RenderKv};
use crate::state::service::Template;

/// Updates a service that is there: every key that is not sent keeps its value and loses its binding.
pub fn render_existing(
    env: &mut Env,
    template: &Template,
    name: &str,
    sent: &[RenderKv],
    reset_replicas: bool,
    now: Millis,
    rng: &mut fastrand::Rng,
) {
    let current: Vec<RenderKv> = env.service(name).map(|s| s.vars.clone()).unwrap_or_default();
    let mut merged: Vec<RenderKv> =
        current.iter().map(|var| RenderKv { kv: var.kv.clone(), use_global_variable: false }).collect();
    for kv in sent {
        let basis = current.iter().map(|v| &v.kv).chain(&template.variables).find(|v| v.key == kv.kv.key);
        place(&mut merged, resolve(kv, basis, &env.globals));
    }
    let vars = merge(&template.variables, merged);
    bind(&mut env.globals, name, &vars);
    let newer = env.service(name).is_some_and(|s| s.revision < template.revision);
    let changed = newer || values(&vars) != values(&current);
    env.with_service(name, now, rng, |service, ctx| {
        service.vars = vars;
        service.revision = template.revision;
        service.fixed_status = None;
        if reset_replicas {
            service.workloads.iter_mut().filter(|w| w.replicas != w.template_replicas).for_each(|w| {
                w.scale(w.template_replicas, ctx);
            });
        }
        if changed {
            service.rollout(ctx);
        }
    });
}

/// Adds a service. E13 takes types from the template; E15 leaves them as they were sent, so that most values are
/// lost to the template's.
pub fn render_new(
    env: &mut Env,
    template: &Template,
    sent: &[RenderKv],
    typed: bool,
    now: Millis,
    rng: &mut fastrand::Rng,
) {
    let mut service = template.instantiate();
    let mut merged: Vec<RenderKv> = if typed { service.vars.clone() } else { Vec::new() };
    for kv in sent {
        let basis = template.variables.iter().find(|v| typed && v.key == kv.kv.key);
        place(&mut merged, resolve(kv, basis, &env.globals));
    }
    service.vars = merge(&template.variables, merged);
    let name = service.name.clone();
    bind(&mut env.globals, &name, &service.vars);
    env.services.push(service);
    env.with_service(&name, now, rng, |service, ctx| service.start(ctx));
}

/// Type, options and description come from the basis; the value from the global when one is bound and exists.
fn resolve(sent: &RenderKv, basis: Option<&Kv>, globals: &[GlobalKv]) -> RenderKv {
    let mut kv = basis.cloned().unwrap_or_else(|| sent.kv.clone());
    kv.value = sent.kv.value.clone();
    let global = globals.iter().find(|g| g.kv.key == sent.kv.key).filter(|_| sent.use_global_variable);
    if let Some(global) = global {
        kv.value = global.kv.value.clone();
    }
    RenderKv { kv, use_global_variable: global.is_some() }
}

fn place(list: &mut Vec<RenderKv>, var: RenderKv) {
    match list.iter_mut().find(|v| v.kv.key == var.kv.key) {
        Some(there) => *there = var,
        None => list.push(var),
    }
}

/// `MergeRenderAndServiceTemplateVariableKVs`.
fn merge(template: &[Kv], render: Vec<RenderKv>) -> Vec<RenderKv> {
    template
        .iter()
        .map(|defined| match render.iter().find(|r| r.kv.key == defined.key && r.kv.kind == defined.kind) {
            Some(var) => RenderKv {
                kv: Kv { value: var.kv.value.clone(), ..defined.clone() },
                use_global_variable: var.use_global_variable,
            },
            None => RenderKv { kv: defined.clone(), use_global_variable: false },
        })
        .collect()
}

fn bind(globals: &mut [GlobalKv], service: &str, vars: &[RenderKv]) {
    for global in globals {
        global.related_services.retain(|s| s != service);
        if vars.iter().any(|v| v.use_global_variable && v.kv.key == global.kv.key) {
            global.related_services.push(service.to_owned());
        }
    }
}

fn values(vars: &[RenderKv]) -> Vec<(&str, &serde_json::Value)> {
    vars.iter().map(|v| (v.kv.key.as_str(), &v.kv.value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::service::Service;
    use serde_json::json;

    fn template() -> Template {
        let service = Service { name: "web".into(), ..Service::default() };
        let variables = vec![Kv::string("cpu", "1", ""), Kv::string("mem", "2", "")];
        Template {
            service,
            variables,
            revision: 2,
            source: "spock".into(),
            created_by: "admin".into(),
            created_time: 0,
        }
    }

    fn env() -> (Env, fastrand::Rng) {
        let mut env = Env::new("p", "dev", false, 0);
        let kv = Kv::string("cpu", "9", "");
        env.globals.push(GlobalKv { kv, related_services: vec!["web".into()] });
        let mut service = template().instantiate();
        service.vars[0].use_global_variable = true;
        service.vars[0].kv.value = json!("9");
        env.services.push(service);
        (env, fastrand::Rng::with_seed(1))
    }

    fn sent(key: &str, value: &str, global: bool) -> RenderKv {
        let kv = Kv { key: key.into(), value: json!(value), ..Kv::default() };
        RenderKv { kv, use_global_variable: global }
    }

    #[test]
    fn a_key_that_is_not_sent_loses_its_binding_and_keeps_its_value() {
        let (mut env, mut rng) = env();
        render_existing(&mut env, &template(), "web", &[sent("mem", "5", false)], false, 0, &mut rng);
        let service = env.service("web").expect("it is there");
        let cpu = service.var("cpu").expect("kept");
        assert_eq!((cpu.kv.value.clone(), cpu.use_global_variable), (json!("9"), false));
        assert_eq!(service.var("mem").expect("set").kv.value, json!("5"));
        assert!(env.globals[0].related_services.is_empty());
    }

    #[test]
    fn a_bound_key_takes_the_globals_value_whatever_is_sent() {
        let (mut env, mut rng) = env();
        render_existing(&mut env, &template(), "web", &[sent("cpu", "77", true)], false, 0, &mut rng);
        assert_eq!(env.service("web").and_then(|s| s.var("cpu")).expect("bound").kv.value, json!("9"));
        assert_eq!(env.globals[0].related_services, ["web"]);
    }

    #[test]
    fn a_binding_to_no_global_is_dropped_and_unknown_keys_vanish() {
        let (mut env, mut rng) = env();
        let list = [sent("mem", "7", true), sent("ghost", "1", false)];
        render_existing(&mut env, &template(), "web", &list, false, 0, &mut rng);
        let service = env.service("web").expect("it is there");
        let mem = service.var("mem").expect("there");
        assert_eq!((mem.kv.value.clone(), mem.use_global_variable), (json!("7"), false));
        assert!(service.var("ghost").is_none());
    }

    #[test]
    fn adding_by_update_loses_values_without_a_type() {
        let (mut env, mut rng) = env();
        env.services.clear();
        render_new(&mut env, &template(), &[sent("mem", "7", false)], false, 0, &mut rng);
        assert_eq!(env.service("web").and_then(|s| s.var("mem")).expect("there").kv.value, json!("2"));
        env.services.clear();
        render_new(&mut env, &template(), &[sent("mem", "7", false)], true, 0, &mut rng);
        assert_eq!(env.service("web").and_then(|s| s.var("mem")).expect("there").kv.value, json!("7"));
    }
}
