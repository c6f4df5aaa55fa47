//! Sub-environments: the checks turn one after the other (contract 6.11).

use super::env::{Env, Task};
use super::pod::Pod;
use crate::clock::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A server of a service's Istio Gateway (E43, E44).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalServer {
    /// Host of the Gateway server.
    #[serde(default)]
    pub host: String,
    /// Port.
    #[serde(default)]
    pub port_number: u32,
    /// Protocol, not validated.
    #[serde(default)]
    pub port_protocol: String,
}

/// What is set up in the namespace.
#[derive(Clone, Debug, Default)]
pub struct Share {
    /// The environment is a base environment.
    pub enabled: bool,
    /// The namespace carries `istio-injection=enabled`.
    pub label: bool,
    /// A VirtualService per Kubernetes Service exists.
    pub virtual_services: bool,
    /// New pods get the sidecar.
    pub inject: bool,
    /// Gateways by service.
    pub portals: BTreeMap<String, Vec<PortalServer>>,
}

/// `checks` of E42.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checks {
    /// Label of the namespace.
    pub namespace_has_istio_label: bool,
    /// VirtualServices; vacuously true without Kubernetes Services.
    pub virtualservice_deployed: bool,
    /// Sidecars; vacuously true without pods.
    pub pods_have_istio_proxy: bool,
    /// Every pod is Running or Succeeded.
    pub workloads_ready: bool,
    /// Every workload has a Kubernetes Service.
    pub workloads_have_k8s_service: bool,
}

/// The state of the checks now.
pub fn checks(env: &Env) -> Checks {
    let pods: Vec<&Pod> = env.pods().map(|(_, pod)| pod).collect();
    let services = env.services.iter().any(|s| !s.endpoints.is_empty());
    let sidecars = if env.share.label || env.share.enabled {
        pods.iter().all(|p| p.has_sidecar())
    } else {
        !pods.is_empty() && pods.iter().any(|p| p.has_sidecar())
    };
    Checks {
        namespace_has_istio_label: env.share.label,
        virtualservice_deployed: env.share.virtual_services || (env.share.label && !services),
        pods_have_istio_proxy: sidecars,
        workloads_ready: pods.iter().all(|p| matches!(p.phase(), "Running" | "Succeeded")),
        workloads_have_k8s_service: env.services.iter().flat_map(|s| &s.workloads).all(|w| w.has_service),
    }
}

/// Starts to enable: the label is set before the call returns, the rest follows.
pub fn begin_enable(env: &mut Env, at: Millis) {
    env.share.label = true;
    env.tasks.retain(|(_, t)| !matches!(t, Task::Share(_) | Task::Unshare(_)));
    env.tasks.push((at + 1_000, Task::Share(0)));
    env.touch();
}

/// Starts to disable.
pub fn begin_disable(env: &mut Env, at: Millis) {
    env.share.portals.clear();
    env.tasks.retain(|(_, t)| !matches!(t, Task::Share(_) | Task::Unshare(_)));
    env.tasks.push((at + 500, Task::Unshare(0)));
    env.touch();
}

/// Steps of enabling: pods without sidecar are deleted, VirtualServices are made, the mark is set.
pub fn enable_step(env: &mut Env, step: u8, at: Millis, rng: &mut fastrand::Rng) {
    match step {
        0 => {
            env.share.inject = true;
            replace_pods(env, at, rng, false);
            env.tasks.push((at + 2_500, Task::Share(1)));
        }
        1 => {
            env.share.virtual_services = true;
            env.tasks.push((at + 500, Task::Share(2)));
        }
        _ => env.share.enabled = true,
    }
}

/// Steps of disabling, in the reverse order.
pub fn disable_step(env: &mut Env, step: u8, at: Millis, rng: &mut fastrand::Rng) {
    match step {
        0 => {
            env.share.virtual_services = false;
            env.tasks.push((at + 1_000, Task::Unshare(1)));
        }
        1 => {
            (env.share.label, env.share.inject, env.share.enabled) = (false, false, false);
            replace_pods(env, at, rng, true);
        }
        _ => {}
    }
}

fn replace_pods(env: &mut Env, at: Millis, rng: &mut fastrand::Rng, with_sidecar: bool) {
    env.each_service(at, rng, |service, ctx| {
        for workload in &mut service.workloads {
            for pod in workload.pods.iter_mut().filter(|p| p.has_sidecar() == with_sidecar) {
                pod.delete(ctx);
            }
            workload.reconcile(ctx);
        }
    });
}
