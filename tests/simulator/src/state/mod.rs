//! The simulated world: projects with their environments, the namespaces' objects, the clock.
//!
//! Nothing runs in the background. Whoever looks at the world first calls [`World::tick`], which lives through
//! everything that should have happened since the last look, in order, on the simulated clock. A test that
//! advances the clock by an hour gets an hour's events in one step, and a paused world stands still to the byte.

pub mod config;
pub mod container;
pub mod env;
pub mod events;
pub mod fate;
pub mod kv;
pub mod pod;
pub mod project;
pub mod reconcile;
pub mod service;
pub mod share;
pub mod workload;

use crate::clock::{Clock, Millis};
use crate::control::faults::Faults;
use crate::control::journal::Journal;
use crate::logs::LogControl;
use crate::options::Options;
use crate::seed;
use config::Config;
use env::Env;
use kv::Kv;
use project::{Cluster, Operation, Project, Registry};
use service::Template;
use std::collections::{BTreeMap, HashMap};

/// Cluster of the document's examples.
pub const CLUSTER: &str = "0123456789abcdef12345678";
/// Registry of the document's examples.
pub const REGISTRY: &str = "630c7ad700430c131062e245";

/// Everything there is.
pub struct World {
    /// What it was started with.
    pub options: Options,
    /// Simulated clock.
    pub clock: Clock,
    /// Time of the last look.
    pub now: Millis,
    /// Randomness.
    pub rng: fastrand::Rng,
    /// Projects.
    pub projects: Vec<Project>,
    /// Objects by cluster and namespace.
    pub namespaces: HashMap<String, Vec<Config>>,
    /// Clusters.
    pub clusters: Vec<Cluster>,
    /// Registries.
    pub registries: Vec<Registry>,
    /// Operation log, oldest first.
    pub operations: Vec<Operation>,
    /// An MFA policy: the reason every call is refused with (>= v4.3.0).
    pub mfa: Option<String>,
    /// What was asked.
    pub journal: Journal,
    /// What goes wrong on purpose.
    pub faults: Faults,
    /// What containers print.
    pub logs: LogControl,
}

/// Where an environment is. Valid until the next [`World::tick`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    project: usize,
    env: usize,
}

/// An environment together with what its handlers need beside it.
pub struct Surroundings<'a> {
    /// The environment.
    pub env: &'a mut Env,
    /// Services of its family.
    pub templates: &'a BTreeMap<String, Template>,
    /// Definition of global variables of its family.
    pub definition: &'a [Kv],
    /// Objects of all namespaces.
    pub namespaces: &'a mut HashMap<String, Vec<Config>>,
    /// Randomness.
    pub rng: &'a mut fastrand::Rng,
    /// Simulated time.
    pub now: Millis,
}

impl World {
    /// A world in its seeded state.
    pub fn new(options: Options) -> Self {
        let clock = Clock::start(options.speed);
        let mut world = Self {
            now: clock.now(),
            clock,
            rng: fastrand::Rng::with_seed(options.seed),
            options,
            projects: Vec::new(),
            namespaces: HashMap::new(),
            clusters: Vec::new(),
            registries: Vec::new(),
            operations: Vec::new(),
            mfa: None,
            journal: Journal::default(),
            faults: Faults::default(),
            logs: LogControl::default(),
        };
        seed::plant(&mut world);
        world
    }

    /// Lives through everything until now.
    pub fn tick(&mut self) {
        self.now = self.clock.now();
        let (now, rng) = (self.now, &mut self.rng);
        for project in &mut self.projects {
            let mut gone = false;
            for env in project.envs.iter_mut().filter(|e| e.due() <= now) {
                env.advance(now, rng);
                gone |= env.gone;
            }
            if gone {
                project.envs.retain(|e| !e.gone);
            }
        }
    }

    /// A project by key.
    pub fn project(&self, key: &str) -> Option<&Project> {
        self.projects.iter().find(|p| p.key == key)
    }

    /// Finds an environment of one family; a lazy one is filled.
    pub fn find(&mut self, project: &str, env: &str, production: bool) -> Option<Slot> {
        self.find_any(project, env).filter(|slot| self.env(*slot).production == production)
    }

    /// Finds an environment of either family.
    pub fn find_any(&mut self, project: &str, env: &str) -> Option<Slot> {
        let p = self.projects.iter().position(|p| p.key == project)?;
        let e = self.projects.get(p)?.envs.iter().position(|e| e.key == env)?;
        let slot = Slot { project: p, env: e };
        self.fill(slot);
        Some(slot)
    }

    /// Finds an environment by name alone (E38, E45 without a project).
    pub fn find_loose(&mut self, project: &str, env: &str) -> Option<Slot> {
        let fits = |p: &Project, e: &Env| {
            (project.is_empty() || p.key == project) && (env.is_empty() || e.key == env)
        };
        let slot =
            self.projects.iter().enumerate().find_map(|(i, p)| {
                p.envs.iter().position(|e| fits(p, e)).map(|e| Slot { project: i, env: e })
            })?;
        self.fill(slot);
        Some(slot)
    }

    fn fill(&mut self, slot: Slot) {
        if let Some(number) = self.env(slot).lazy.take() {
            seed::scale::fill(self.around(slot), number);
        }
    }

    /// The environment of a slot.
    pub fn env(&mut self, slot: Slot) -> &mut Env {
        &mut self.projects[slot.project].envs[slot.env]
    }

    /// The project of a slot.
    pub fn project_of(&self, slot: Slot) -> &Project {
        &self.projects[slot.project]
    }

    /// The environment of a slot with its surroundings.
    pub fn around(&mut self, slot: Slot) -> Surroundings<'_> {
        let Project { envs, templates, production_templates, globals, production_globals, .. } =
            &mut self.projects[slot.project];
        let env = &mut envs[slot.env];
        let (templates, definition) = if env.production {
            (&*production_templates, &*production_globals)
        } else {
            (&*templates, &*globals)
        };
        Surroundings {
            env,
            templates,
            definition,
            namespaces: &mut self.namespaces,
            rng: &mut self.rng,
            now: self.now,
        }
    }

    /// Removes the row of an environment at once.
    pub fn remove(&mut self, slot: Slot) {
        self.projects[slot.project].envs.remove(slot.env);
    }

    /// Services of an environment's family, to be changed.
    fn templates_mut(&mut self, slot: Slot) -> &mut BTreeMap<String, Template> {
        let production = self.env(slot).production;
        let project = &mut self.projects[slot.project];
        if production { &mut project.production_templates } else { &mut project.templates }
    }

    /// A new revision of a service's definition; environments keep theirs until their next update.
    pub fn bump_template(&mut self, slot: Slot, service: &str) {
        if let Some(template) = self.templates_mut(slot).get_mut(service) {
            template.revision += 1;
        }
    }

    /// Deletes a service's definition; env detail then fails with 6078.
    pub fn remove_template(&mut self, slot: Slot, service: &str) {
        self.templates_mut(slot).remove(service);
    }

    /// The sub-environments of a base environment.
    pub fn sub_envs(&self, project: &str, base: &str) -> Vec<&Env> {
        let envs = self.project(project).map(|p| p.envs.as_slice()).unwrap_or_default();
        envs.iter().filter(|e| e.base_env.as_deref() == Some(base)).collect()
    }

    /// The objects of an environment's namespace.
    pub fn configs(&mut self, slot: Slot) -> &mut Vec<Config> {
        let key = namespace_key(self.env(slot));
        self.namespaces.entry(key).or_default()
    }
}

/// Key of an environment's namespace among all.
pub fn namespace_key(env: &Env) -> String {
    format!("{}/{}", env.cluster_id, env.namespace)
}
