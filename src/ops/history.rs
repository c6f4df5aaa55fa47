//! What the operations of this tab tell that the server does not.
//!
//! Some things cannot be read through the OpenAPI: the portal hosts on every known version (contract `E43`), and which
//! environment is a sub-environment of which (contract 5). What this tab itself did is known, and shown as such. Each
//! function takes the operations with the newest first, as [`super::Operations::list`] gives them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::kind::Kind;
use super::machine::Operation;
use super::outcome::{Failure, Outcome};
use super::target::Object;
use super::timestamp::Timestamp;
use crate::api::ErrorKind;
use crate::api::portal::PortalServer;
use crate::route::EnvironmentRef;

/// The portal hosts that were last set from this tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalSetHere {
    /// The hosts; empty after a removal.
    pub servers: Vec<PortalServer>,
    /// When that was accepted.
    pub at: Timestamp,
}

fn body<T: for<'a> Deserialize<'a>>(op: &Operation) -> Option<T> {
    serde_json::from_str(op.facts.step(0)?.request.body()?).ok()
}

/// Whether the server accepted it, as far as can be known.
fn accepted(op: &Operation) -> bool {
    match op.outcome() {
        Some(Outcome::Verified) => true,
        // With its answer lost, nobody knows.
        Some(Outcome::Unverifiable) => op.doubt.is_none(),
        _ => false,
    }
}

/// The portal hosts of an environment's services as last set from this tab. Turning sub-environments off takes every portal
/// away, so nothing from before that counts.
pub fn portals_set(ops: &[Arc<Operation>], env: &EnvironmentRef) -> BTreeMap<String, PortalSetHere> {
    let of_env = ops.iter().filter(|op| op.facts.target.env == *env && op.sent.is_some());
    let mut found = BTreeMap::new();
    for op in of_env.take_while(|op| op.facts.kind != Kind::DisableSharing) {
        if let Object::Portal(service) = &op.facts.target.object
            && accepted(op)
            && let Some(servers) = body(op)
        {
            let at = op.answered.unwrap_or(op.created);
            // The newest comes first.
            found.entry(service.clone()).or_insert(PortalSetHere { servers, at });
        }
    }
    found
}

/// The portal hosts of one service; see [`portals_set`].
pub fn portal_set(ops: &[Arc<Operation>], env: &EnvironmentRef, service: &str) -> Option<PortalSetHere> {
    portals_set(ops, env).remove(service)
}

#[derive(Deserialize)]
struct Created {
    #[serde(default)]
    sub_env: Option<SubEnv>,
}

#[derive(Deserialize)]
struct SubEnv {
    #[serde(default)]
    enable: bool,
    #[serde(default)]
    base_env: String,
}

/// The base an environment was created on from this tab.
pub fn base_of(ops: &[Arc<Operation>], env: &EnvironmentRef) -> Option<String> {
    let mut created = ops.iter().filter(|op| {
        op.facts.kind == Kind::CreateEnvironment && op.facts.target.env == *env && op.sent.is_some()
    });
    let sub = body::<Created>(created.next()?)?.sub_env?;
    (sub.enable && !sub.base_env.is_empty()).then_some(sub.base_env)
}

/// The sub-environments of a base that this tab learnt of: created from here, or named by the server when it refused to
/// remove a service of the base (`E17`). They may be gone meanwhile.
pub fn sub_environments(ops: &[Arc<Operation>], base: &EnvironmentRef) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for op in ops {
        let target = &op.facts.target.env;
        if target.project != base.project || target.family != base.family {
            continue;
        }
        if op.facts.kind == Kind::CreateEnvironment && base_of(ops, target).as_deref() == Some(&*base.key) {
            found.push(target.key.clone());
        }
        if target == base
            && let Some(Outcome::Failed(Failure::Refused { error, .. })) = op.outcome()
        {
            found.extend(error.sub_env_uses().into_iter().flat_map(|one| one.environments));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The newest operation that turns an environment's sub-environments on or off and was sent.
pub fn sharing(ops: &[Arc<Operation>], env: &EnvironmentRef) -> Option<Arc<Operation>> {
    let about = |op: &&Arc<Operation>| {
        op.facts.target.env == *env
            && op.facts.target.object == Object::Sharing
            && (op.is_under_way() || op.outcome().is_some())
    };
    ops.iter().find(about).cloned()
}

/// Whether the newest operation on sub-environments or portal services was refused for the licence: it counts for the
/// whole installation.
pub fn licence_refused(ops: &[Arc<Operation>]) -> bool {
    let about = |op: &&Arc<Operation>| {
        matches!(op.facts.target.object, Object::Sharing | Object::Portal(_)) && op.sent.is_some()
    };
    let newest = ops.iter().find(about).and_then(|op| op.outcome());
    matches!(newest, Some(Outcome::Failed(Failure::Refused { error, .. })) if error.kind == ErrorKind::Licence)
}
