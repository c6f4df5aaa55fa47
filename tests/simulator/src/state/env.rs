//! An environment and its status machine (contract 6.1, 6.2, 6.11).

use super::events::EventLog;
use super::kv::GlobalKv;
use super::pod::{Ctx, Pod};
use super::service::Service;
use super::share::Share;
use crate::clock::Millis;

/// Longest wait for a new environment's workloads.
const CREATE_TIMEOUT: Millis = 300_000;
/// How long a rollout keeps the environment in `updating`.
const UPDATE_TAKES: Millis = 2_500;
/// How long a deleted environment is still listed.
const DELETE_TAKES: Millis = 1_500;

/// Something that will happen to the environment by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// Look whether a new environment is complete.
    CheckCreated {
        /// When waiting ends.
        deadline: Millis,
    },
    /// Take a status.
    Become(String),
    /// Vanish.
    Remove,
    /// Next step of enabling sub-environments.
    Share(u8),
    /// Next step of disabling them.
    Unshare(u8),
}

/// An environment.
#[derive(Clone, Debug)]
pub struct Env {
    /// Project key.
    pub project: String,
    /// Identifier (`env_key`).
    pub key: String,
    /// Alias, may be empty.
    pub alias: String,
    /// Production environment.
    pub production: bool,
    /// Cluster.
    pub cluster_id: String,
    /// Namespace.
    pub namespace: String,
    /// Registry, may be empty.
    pub registry_id: String,
    /// Status as emitted.
    pub status: String,
    /// Who changed it last.
    pub update_by: String,
    /// When, Unix seconds.
    pub update_time: i64,
    /// Global variables.
    pub globals: Vec<GlobalKv>,
    /// Services.
    pub services: Vec<Service>,
    /// Events of its objects.
    pub log: EventLog,
    /// Sub-environment state.
    pub share: Share,
    /// Base environment, when this is a sub-environment.
    pub base_env: Option<String>,
    /// Collaborations that are based on it; such an environment cannot be deleted.
    pub collaborations: Vec<String>,
    /// What will happen, and when.
    pub tasks: Vec<(Millis, Task)>,
    /// Its row is gone.
    pub gone: bool,
    /// Its services are made up on the first look.
    pub lazy: Option<u64>,
    due: Millis,
}

impl Env {
    /// An environment without services in state `success`.
    pub fn new(project: &str, key: &str, production: bool, now: Millis) -> Self {
        Self {
            project: project.into(),
            key: key.into(),
            alias: String::new(),
            production,
            cluster_id: super::CLUSTER.into(),
            namespace: format!("{project}-env-{key}"),
            registry_id: super::REGISTRY.into(),
            status: "success".into(),
            update_by: "admin".into(),
            update_time: now / 1000,
            globals: Vec::new(),
            services: Vec::new(),
            log: EventLog::default(),
            share: Share::default(),
            base_env: None,
            collaborations: Vec::new(),
            tasks: Vec::new(),
            gone: false,
            lazy: None,
            due: Millis::MAX,
        }
    }

    /// When something happens next.
    pub fn due(&self) -> Millis {
        self.due
    }

    /// Works out again when something happens next; needed after every change from outside.
    pub fn touch(&mut self) {
        let tasks = self.tasks.iter().map(|(due, _)| *due).min().unwrap_or(Millis::MAX);
        self.due = self.services.iter().map(Service::due).min().unwrap_or(Millis::MAX).min(tasks);
    }

    /// Lives through everything that happens until `now`, in order.
    pub fn advance(&mut self, now: Millis, rng: &mut fastrand::Rng) {
        while self.due <= now && !self.gone {
            let at = self.due;
            self.each_service(at, rng, |service, ctx| service.step(ctx));
            while let Some(index) = self.tasks.iter().position(|(due, _)| *due <= at) {
                let (_, task) = self.tasks.remove(index);
                self.perform(task, at, rng);
            }
            self.touch();
        }
    }

    /// Calls something for every service with the environment's surroundings.
    pub fn each_service(
        &mut self,
        at: Millis,
        rng: &mut fastrand::Rng,
        mut call: impl FnMut(&mut Service, &mut Ctx<'_>),
    ) {
        let mut ctx =
            Ctx { at, log: &mut self.log, rng, namespace: &self.namespace, inject: self.share.inject };
        for service in &mut self.services {
            call(service, &mut ctx);
        }
    }

    /// Calls something for one service; `None` when it is not here.
    pub fn with_service<T>(
        &mut self,
        name: &str,
        at: Millis,
        rng: &mut fastrand::Rng,
        call: impl FnOnce(&mut Service, &mut Ctx<'_>) -> T,
    ) -> Option<T> {
        let mut ctx =
            Ctx { at, log: &mut self.log, rng, namespace: &self.namespace, inject: self.share.inject };
        let service = self.services.iter_mut().find(|s| s.name == name)?;
        Some(call(service, &mut ctx))
    }

    fn perform(&mut self, task: Task, at: Millis, rng: &mut fastrand::Rng) {
        match task {
            Task::CheckCreated { deadline } => self.check_created(deadline, at),
            Task::Become(status) => self.status = status,
            Task::Remove => self.gone = true,
            Task::Share(step) => super::share::enable_step(self, step, at, rng),
            Task::Unshare(step) => super::share::disable_step(self, step, at, rng),
        }
    }

    fn check_created(&mut self, deadline: Millis, at: Millis) {
        if self.workloads_ready() {
            self.status = "success".into();
        } else if at >= deadline {
            self.status = "failed".into();
        } else {
            self.tasks.push(((at + 500).min(deadline), Task::CheckCreated { deadline }));
        }
    }

    fn workloads_ready(&self) -> bool {
        use super::workload::Kind;
        let waits_for = |kind| matches!(kind, Kind::Deployment | Kind::StatefulSet | Kind::Job);
        self.services.iter().flat_map(|s| &s.workloads).all(|w| !waits_for(w.kind) || w.is_ready())
    }

    /// Starts to create the environment: its pods come up, and it waits for them.
    pub fn begin_create(&mut self, at: Millis, rng: &mut fastrand::Rng) {
        self.status = "creating".into();
        self.each_service(at, rng, |service, ctx| service.start(ctx));
        self.tasks.push((at + 1_000, Task::CheckCreated { deadline: at + CREATE_TIMEOUT }));
        self.touch();
    }

    /// Starts an update; it ends in `success` without waiting for pods.
    pub fn begin_update(&mut self, by: Option<&str>, at: Millis) {
        self.status = "updating".into();
        self.stamp(by, at);
        self.tasks.push((at + UPDATE_TAKES, Task::Become("success".into())));
        self.touch();
    }

    /// Starts the deletion of a test environment.
    pub fn begin_delete(&mut self, at: Millis) {
        self.status = "deleting".into();
        self.tasks.clear();
        self.tasks.push((at + DELETE_TAKES, Task::Remove));
        self.touch();
    }

    /// Notes who wrote and when; some writes of some versions do not note who.
    pub fn stamp(&mut self, by: Option<&str>, at: Millis) {
        self.update_time = at / 1000;
        if let Some(by) = by {
            self.update_by = by.into();
        }
    }

    /// Creating, updating or deleting: updates are refused.
    pub fn is_busy(&self) -> bool {
        matches!(self.status.as_str(), "creating" | "updating" | "deleting")
    }

    /// Asleep.
    pub fn is_sleeping(&self) -> bool {
        self.status == "sleeping"
    }

    /// A service by name.
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|s| s.name == name)
    }

    /// Every pod, with its service's name.
    pub fn pods(&self) -> impl Iterator<Item = (&str, &Pod)> {
        self.services.iter().flat_map(|s| {
            let of_workloads = s.workloads.iter().flat_map(|w| &w.pods);
            of_workloads.chain(s.crons.iter().flat_map(|c| &c.pods)).map(move |p| (s.name.as_str(), p))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::workload::{Kind, Workload};
    use super::*;

    fn env_with(image: &str) -> (Env, fastrand::Rng) {
        let mut env = Env::new("p", "dev", false, 0);
        let workloads = vec![Workload::new(Kind::Deployment, "web", image)];
        env.services.push(Service { name: "web".into(), workloads, ..Service::default() });
        (env, fastrand::Rng::with_seed(3))
    }

    #[test]
    fn a_new_environment_ends_in_success_once_its_pods_are_ready() {
        let (mut env, mut rng) = env_with("r/web:1");
        env.begin_create(0, &mut rng);
        env.advance(1_500, &mut rng);
        assert_eq!(env.status, "creating");
        env.advance(20_000, &mut rng);
        assert_eq!(env.status, "success");
        assert_eq!(env.services[0].status(false), "running");
    }

    #[test]
    fn a_new_environment_fails_after_five_minutes() {
        let (mut env, mut rng) = env_with("r/web:notfound");
        env.begin_create(0, &mut rng);
        env.advance(299_000, &mut rng);
        assert_eq!(env.status, "creating");
        env.advance(302_000, &mut rng);
        assert_eq!(env.status, "failed");
        assert!(!env.is_busy(), "a failed environment can be updated");
    }

    #[test]
    fn an_environment_without_services_succeeds_at_once() {
        let mut rng = fastrand::Rng::with_seed(1);
        let mut env = Env::new("p", "empty", false, 0);
        env.begin_create(0, &mut rng);
        env.advance(1_000, &mut rng);
        assert_eq!(env.status, "success");
    }

    #[test]
    fn updating_and_deleting_end_by_themselves() {
        let (mut env, mut rng) = env_with("r/web:1");
        env.begin_update(Some("alice"), 10_000);
        assert!(env.is_busy());
        env.advance(12_500, &mut rng);
        assert_eq!((env.status.as_str(), env.update_by.as_str(), env.update_time), ("success", "alice", 10));
        env.begin_delete(20_000);
        env.advance(21_500, &mut rng);
        assert!(env.gone);
    }
}
