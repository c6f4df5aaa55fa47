//! A service in an environment: workloads, variables, Kubernetes Services, Ingresses, CronJobs.

use super::kv::{Kv, RenderKv};
use super::pod::{Ctx, Pod};
use super::workload::{ContainerSpec, Workload};
use crate::clock::Millis;

/// A Kubernetes Service (`ServiceEndpoint` of the contract).
#[derive(Clone, Debug)]
pub struct K8sService {
    /// Name.
    pub name: String,
    /// Ports: number, node port (0 if none).
    pub ports: Vec<(i32, i32)>,
    /// When it was created.
    pub created: Millis,
}

/// An Ingress that leads to the service.
#[derive(Clone, Debug)]
pub struct IngressRule {
    /// Name of the Ingress.
    pub name: String,
    /// Hosts.
    pub hosts: Vec<String>,
    /// Path and port of the backend.
    pub path: String,
    /// Port of the backend.
    pub port: String,
    /// When it was created.
    pub created: Millis,
}

/// A CronJob.
#[derive(Clone, Debug)]
pub struct Cron {
    /// Name.
    pub name: String,
    /// Containers of its pod template.
    pub containers: Vec<ContainerSpec>,
    /// Schedule in cron's words.
    pub schedule: String,
    /// Not running at present.
    pub suspend: bool,
    /// State of `suspend` before sleep.
    pub before_sleep: Option<bool>,
    /// When it last ran.
    pub last_schedule: Option<Millis>,
    /// When it was created.
    pub created: Millis,
    /// Runs under way.
    pub active: i32,
    /// Pods of the last runs.
    pub pods: Vec<Pod>,
}

/// A configuration object a service reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// `ConfigMap` or `Secret`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
}

/// A service in an environment.
#[derive(Clone, Debug, Default)]
pub struct Service {
    /// Name.
    pub name: String,
    /// Template revision it was rendered from.
    pub revision: u32,
    /// Its variables as rendered here.
    pub vars: Vec<RenderKv>,
    /// Workloads.
    pub workloads: Vec<Workload>,
    /// CronJobs.
    pub crons: Vec<Cron>,
    /// Kubernetes Services.
    pub endpoints: Vec<K8sService>,
    /// Ingresses.
    pub ingresses: Vec<IngressRule>,
    /// Configuration it reads.
    pub depends: Vec<Dependency>,
    /// A status that does not follow from the pods (`error`, `failed`, unknown words).
    pub fixed_status: Option<String>,
    /// The pods' status is unknown to Zadig (Helm projects): status is empty.
    pub helm: bool,
}

impl Service {
    /// Steps what is due.
    pub fn step(&mut self, ctx: &mut Ctx<'_>) {
        let at = ctx.at;
        for workload in self.workloads.iter_mut().filter(|w| w.due() <= at) {
            workload.step(ctx);
        }
    }

    /// When it wants to be stepped next.
    pub fn due(&self) -> Millis {
        self.workloads.iter().map(Workload::due).min().unwrap_or(Millis::MAX)
    }

    /// Replaces the pods of every workload.
    pub fn rollout(&mut self, ctx: &mut Ctx<'_>) {
        for workload in &mut self.workloads {
            workload.rollout(ctx);
        }
    }

    /// Creates the pods of a service that has just been applied.
    pub fn start(&mut self, ctx: &mut Ctx<'_>) {
        for workload in &mut self.workloads {
            workload.reconcile(ctx);
        }
    }

    /// Starts the end of every pod.
    pub fn stop(&mut self, ctx: &mut Ctx<'_>) {
        for workload in &mut self.workloads {
            workload.pods.iter_mut().for_each(|p| p.delete(ctx));
        }
    }

    /// The word of env detail (`QueryPodsStatus`, contract 1).
    pub fn status(&self, creating: bool) -> String {
        if let Some(fixed) = &self.fixed_status {
            return if creating && fixed == "error" { "pending".into() } else { fixed.clone() };
        }
        if self.helm {
            return String::new();
        }
        if self.workloads.is_empty() && !self.crons.is_empty() {
            return self.cron_status().into();
        }
        let pods: Vec<&Pod> = self.workloads.iter().flat_map(|w| &w.pods).collect();
        if pods.is_empty() {
            return "unstart".into();
        }
        if pods.iter().all(|p| p.is_succeeded()) {
            return "succeeded".into();
        }
        let ready = pods.iter().all(|p| p.is_ready() || p.is_succeeded());
        if ready { "running".into() } else { "unstable".into() }
    }

    fn cron_status(&self) -> &'static str {
        let suspended = self.crons.iter().filter(|c| c.suspend).count();
        match suspended {
            0 => "nosuspend",
            n if n == self.crons.len() => "allsuspend",
            _ => "partsuspend",
        }
    }

    /// A variable by its key.
    pub fn var(&self, key: &str) -> Option<&RenderKv> {
        self.vars.iter().find(|v| v.kv.key == key)
    }

    /// Every container of every workload and CronJob, in order.
    pub fn containers(&self) -> impl Iterator<Item = &ContainerSpec> {
        let of_workloads = self.workloads.iter().flat_map(|w| &w.containers);
        of_workloads.chain(self.crons.iter().flat_map(|c| &c.containers))
    }

    /// The same, to be changed.
    pub fn containers_mut(&mut self) -> impl Iterator<Item = &mut ContainerSpec> {
        let of_workloads = self.workloads.iter_mut().flat_map(|w| &mut w.containers);
        of_workloads.chain(self.crons.iter_mut().flat_map(|c| &mut c.containers))
    }

    /// Stops or wakes the workloads, remembering what was (contract 6.2).
    pub fn set_sleeping(&mut self, asleep: bool, ctx: &mut Ctx<'_>) {
        for workload in &mut self.workloads {
            if asleep {
                workload.before_sleep = Some(workload.replicas);
                workload.scale(0, ctx);
            } else if let Some(replicas) = workload.before_sleep.take() {
                workload.scale(replicas, ctx);
            }
        }
        for cron in &mut self.crons {
            if asleep {
                cron.before_sleep = Some(cron.suspend);
                cron.suspend = true;
            } else if let Some(suspend) = cron.before_sleep.take() {
                cron.suspend = suspend;
            }
        }
    }
}

/// A service's definition in its project: what a new instance starts from.
#[derive(Clone, Debug)]
pub struct Template {
    /// The service as it would be created, without pods.
    pub service: Service,
    /// Variables with their defaults.
    pub variables: Vec<Kv>,
    /// Latest revision.
    pub revision: u32,
    /// Where it comes from (`spock` is Zadig's word for "written in the portal").
    pub source: String,
    /// Account that made it.
    pub created_by: String,
    /// Unix seconds.
    pub created_time: i64,
}

impl Template {
    /// A new instance with default variables.
    pub fn instantiate(&self) -> Service {
        let mut service = self.service.clone();
        service.revision = self.revision;
        service.vars =
            self.variables.iter().map(|kv| RenderKv { kv: kv.clone(), use_global_variable: false }).collect();
        service
    }
}
