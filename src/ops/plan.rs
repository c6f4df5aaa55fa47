//! An operation before it is under way: everything a person reads in the review, and how it will be verified.

use super::kind::{self, Confirmation, Kind};
use super::target::{Claim, Object, Target, WorkloadRef};
use super::text::{Sensitive, Text};
use super::verify::Verifier;
use crate::api::envcfgs::EnvConfigKind;
use crate::api::{Call, Request};
use serde::{Deserialize, Serialize};

/// What one change is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// The number of replicas.
    Replicas(WorkloadRef),
    /// A container's image.
    Image {
        /// The workload.
        workload: WorkloadRef,
        /// The container.
        container: String,
    },
    /// The pods of a workload, all made anew.
    Pods(WorkloadRef),
    /// One pod, made anew.
    Pod(String),
    /// A service comes, goes, or is rendered anew.
    Service(String),
    /// A variable of a service, or a global one.
    Variable {
        /// The service; none for a global variable.
        service: Option<String>,
        /// The variable.
        key: String,
    },
    /// Whether a service's variable follows the global one.
    Binding {
        /// The service.
        service: String,
        /// The variable.
        key: String,
    },
    /// A config object, or one of its keys.
    Config {
        /// The object's kind.
        kind: EnvConfigKind,
        /// Its name.
        name: String,
        /// The key, where only one changes.
        key: Option<String>,
    },
    /// The environment comes or goes.
    Environment,
    /// The environment's namespace: its own, or one that goes with it.
    Namespace(String),
    /// The image of a container that is not there yet.
    FirstImage {
        /// The service.
        service: String,
        /// The container.
        container: String,
    },
    /// The cluster of a new environment.
    Cluster,
    /// The environment that a sub-environment belongs to.
    BaseEnvironment,
    /// The environment's image registry.
    Registry,
    /// The environment's display name.
    Alias,
    /// Whether the environment may have sub-environments.
    Sharing,
    /// A portal host of a service.
    Portal(String),
}

/// One change: old to new. `None` is "not there".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What changes.
    pub subject: Subject,
    /// What is there.
    pub old: Option<Text>,
    /// What will be.
    pub new: Option<Text>,
}

impl Change {
    /// A change.
    pub fn new(subject: Subject, old: Option<Text>, new: Option<Text>) -> Self {
        Self { subject, old, new }
    }
}

/// Affected: a service whose pods restart, with the workloads as far as they are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Impact {
    /// The service.
    pub service: String,
    /// Its workloads; empty when not known.
    pub workloads: Vec<WorkloadRef>,
}

impl Impact {
    /// A service by name alone.
    pub fn service(name: impl Into<String>) -> Self {
        Self { service: name.into(), workloads: Vec::new() }
    }
}

/// What a person should know before saying yes. Warnings do not block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Nothing will run.
    ToZero,
    /// Ten times as many replicas, or fifty more.
    LargeJump {
        /// How many there are.
        from: i64,
        /// How many there shall be.
        to: u32,
    },
    /// Zadig knows no service that reads the object: pods that do keep the old value until they restart.
    OldValueUntilRestart,
    /// Servers before v4.2.1 answer success to a scaling that did nothing.
    MayDoNothing,
    /// Only the first workload of a service restarts (`E33`).
    OnlyFirstRestarts {
        /// The one that is expected to.
        restarts: WorkloadRef,
        /// The ones that do not.
        others: Vec<WorkloadRef>,
    },
    /// The image is of another repository than the one in use.
    OtherRepository {
        /// The container.
        container: String,
        /// The repository in use.
        old: String,
        /// The new one.
        new: String,
    },
    /// The tag moves: `latest`, or none.
    FloatingTag {
        /// The container.
        container: String,
    },
    /// Updating brings a service to its template's newest revision.
    NewestTemplate {
        /// The service.
        service: String,
    },
    /// These variables do not follow the global ones any more.
    Unbound {
        /// The service.
        service: String,
        /// The variables.
        keys: Vec<String>,
    },
    /// The Kubernetes objects are deleted too.
    DeletesResources,
    /// Servers before v3.4.1 delete the Kubernetes objects all the same.
    KeepMayBeIgnored,
    /// The namespace goes, if Zadig made it.
    NamespaceGoes {
        /// The namespace.
        namespace: String,
    },
    /// Other environments are in the namespace.
    NamespaceShared {
        /// The namespace.
        namespace: String,
        /// Their keys.
        by: Vec<String>,
    },
    /// Everything in the cluster stays.
    ResourcesStay,
    /// Sub-environments are deleted with their base; not certain where nobody can tell whether it is one.
    SubEnvironmentsGo {
        /// Whether it is known to be a base environment.
        certain: bool,
    },
    /// A new production environment has no services.
    StartsEmpty,
    /// Servers before v4.2.0 make an ordinary environment instead of a sub-environment.
    SubEnvironmentMayBeIgnored,
    /// Anything a page of its own says; it has the words.
    Other(&'static str),
}

/// One call of an operation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    /// The call.
    pub request: Request,
    /// The same on other server versions, sent when the first has no such route there (which did nothing).
    pub or_else: Option<Request>,
}

/// What an operation is, without how it is verified: kept for as long as the operation is listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Where it acts.
    pub target: Target,
    /// What it does.
    pub kind: Kind,
    /// What changes, old to new.
    pub changes: Vec<Change>,
    /// The affected services.
    pub impacts: Vec<Impact>,
    /// What to know before saying yes.
    pub warnings: Vec<Warning>,
    steps: Vec<Step>,
    sensitive: Sensitive,
}

/// A complete plan, made by [`super::plans`] or by an editor of its own.
#[derive(Debug)]
pub struct Plan {
    /// What it is.
    pub facts: Facts,
    pub(super) verifier: Box<dyn Verifier>,
}

impl Plan {
    /// A plan of one call.
    pub fn new<T>(kind: Kind, target: Target, call: &Call<T>, verifier: impl Verifier + 'static) -> Self {
        Self::of_requests(kind, target, vec![call.request().clone()], verifier)
    }

    /// A plan of several calls, sent one after the other, all verified together.
    pub fn of_requests(
        kind: Kind,
        target: Target,
        requests: Vec<Request>,
        verifier: impl Verifier + 'static,
    ) -> Self {
        let steps = requests.into_iter().map(|request| Step { request, or_else: None }).collect();
        let facts = Facts {
            target,
            kind,
            changes: Vec::new(),
            impacts: Vec::new(),
            warnings: Vec::new(),
            steps,
            sensitive: Sensitive::Nothing,
        };
        Self { facts, verifier: Box::new(verifier) }
    }

    /// With a call for servers that know the last one by another path.
    pub fn or_else<T>(mut self, call: &Call<T>) -> Self {
        if let Some(step) = self.facts.steps.last_mut() {
            step.or_else = Some(call.request().clone());
        }
        self
    }

    /// With these changes.
    pub fn changes(mut self, changes: impl IntoIterator<Item = Change>) -> Self {
        self.facts.changes.extend(changes);
        self
    }

    /// With names in the place of the ids of clusters and registries, as far as they are known.
    pub fn named(mut self, names: &[(String, String)]) -> Self {
        let of_ids = self
            .facts
            .changes
            .iter_mut()
            .filter(|change| matches!(change.subject, Subject::Cluster | Subject::Registry));
        for side in of_ids.flat_map(|change| [&mut change.old, &mut change.new]).flatten() {
            if let Some((_, name)) = names.iter().find(|(id, name)| id == side.reveal() && !name.is_empty()) {
                *side = Text::plain(name);
            }
        }
        self
    }

    /// With these services affected.
    pub fn impacts(mut self, impacts: impl IntoIterator<Item = Impact>) -> Self {
        self.facts.impacts.extend(impacts);
        self
    }

    /// With these warnings.
    pub fn warnings(mut self, warnings: impl IntoIterator<Item = Warning>) -> Self {
        self.facts.warnings.extend(warnings);
        self
    }

    /// With secrets in its body, masked wherever the call is shown.
    pub fn sensitive(mut self, sensitive: Sensitive) -> Self {
        self.facts.sensitive = sensitive;
        self
    }
}

impl Facts {
    /// What is known of an operation from before a reload: `calls` as they may be shown, never to be sent.
    pub(super) fn recorded(
        kind: Kind,
        target: Target,
        changes: Vec<Change>,
        impacts: Vec<Impact>,
        calls: Vec<Request>,
    ) -> Self {
        let steps = calls.into_iter().map(|request| Step { request, or_else: None }).collect();
        Self { target, kind, changes, impacts, warnings: Vec::new(), steps, sensitive: Sensitive::Nothing }
    }

    /// What confirms it.
    pub fn confirmation(&self) -> Confirmation {
        kind::confirmation(self.kind, &self.target)
    }

    /// The calls as they may be shown, secrets masked: method, target, body, `curl`.
    pub fn shown_calls(&self) -> Vec<Request> {
        self.steps.iter().map(|step| self.sensitive.mask(&step.request)).collect()
    }

    /// How many calls it takes.
    pub fn steps(&self) -> usize {
        self.steps.len()
    }

    /// The call to send; only the driver asks.
    pub(super) fn step(&self, index: usize) -> Option<&Step> {
        self.steps.get(index)
    }

    /// Why it must not be sent, if so: nothing to send, no write, or a path that cannot be.
    pub(super) fn problem(&self) -> Option<String> {
        if self.steps.is_empty() {
            return Some("there is no call to send".to_owned());
        }
        let requests = self.steps.iter().flat_map(|step| [Some(&step.request), step.or_else.as_ref()]);
        requests.flatten().find_map(|request| match request.is_write() {
            true => request.problem().map(str::to_owned),
            false => Some(format!("{} only reads", request.method())),
        })
    }

    /// What it holds while under way.
    pub fn claims(&self) -> Vec<Claim> {
        let mut claims: Vec<Claim> = match &self.target.object {
            Object::Environment | Object::Sharing => vec![Claim::Everything],
            Object::Service(name) => vec![Claim::Service(name.clone())],
            Object::Services(names) => names.iter().cloned().map(Claim::Service).collect(),
            Object::Workload { service, .. } | Object::Pod { service, .. } => {
                vec![Claim::Service(service.clone())]
            }
            Object::Variables => Vec::new(),
            Object::Config { kind, name } => vec![Claim::Config(kind.clone(), name.clone())],
            Object::Portal(service) => vec![Claim::Portal(service.clone())],
        };
        claims.extend(self.impacts.iter().map(|hit| Claim::Service(hit.service.clone())));
        let updates = [Kind::AddServices, Kind::UpdateServices, Kind::RemoveServices, Kind::UpdateVariables];
        if updates.contains(&self.kind) {
            claims.push(Claim::Update);
        }
        claims
    }
}
