//! Workloads: what they are made of. How their pods follow is in [`super::reconcile`].

use super::container::{Container, Port};
use super::fate::Fate;
use super::pod::{Ctx, Pod, suffix};
use crate::clock::Millis;
use std::collections::BTreeMap;

/// Kinds of workloads (`Workload.type` of the contract).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Pods of ReplicaSets, replaced in parallel.
    Deployment,
    /// Numbered pods, replaced one by one.
    StatefulSet,
    /// OpenKruise's Deployment.
    CloneSet,
    /// One pod a node.
    DaemonSet,
    /// Pods that end.
    Job,
}

impl Kind {
    /// The word on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Deployment => "Deployment",
            Self::StatefulSet => "StatefulSet",
            Self::CloneSet => "CloneSet",
            Self::DaemonSet => "DaemonSet",
            Self::Job => "Job",
        }
    }

    /// Kind of the owner of its pods.
    pub fn pod_owner(self) -> &'static str {
        if self == Self::Deployment { "ReplicaSet" } else { self.name() }
    }
}

/// A container of a pod template.
#[derive(Clone, Debug)]
pub struct ContainerSpec {
    /// Name.
    pub name: String,
    /// Image.
    pub image: String,
    /// An init container.
    pub init: bool,
    /// Declared ports.
    pub ports: Vec<Port>,
    /// A seeded course that holds as long as the image stays as it is.
    pub fate: Option<(String, Fate)>,
}

impl ContainerSpec {
    /// A container without ports.
    pub fn new(name: &str, image: &str) -> Self {
        Self { name: name.into(), image: image.into(), init: false, ports: Vec::new(), fate: None }
    }

    /// The course its next instance takes: the image's tag first, then what the seed says about this image.
    pub fn fate(&self) -> Fate {
        let seeded = self.fate.as_ref().filter(|(image, _)| *image == self.image).map(|(_, fate)| *fate);
        Fate::of_image(&self.image).or(seeded).unwrap_or(Fate::Healthy)
    }
}

/// A replica count that something else keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Autoscaler {
    /// Smallest count it allows.
    pub min: i32,
    /// Largest count it allows.
    pub max: i32,
    /// When it next looks.
    pub due: Millis,
}

/// A workload of a service in an environment.
#[derive(Clone, Debug)]
pub struct Workload {
    /// Kind.
    pub kind: Kind,
    /// Name.
    pub name: String,
    /// Labels of the workload and its pods.
    pub labels: BTreeMap<String, String>,
    /// Containers of the pod template.
    pub containers: Vec<ContainerSpec>,
    /// `spec.replicas`.
    pub replicas: i32,
    /// `spec.replicas` of the service's template.
    pub template_replicas: i32,
    /// `spec.replicas` before sleep.
    pub before_sleep: Option<i32>,
    /// Hash of the pod template.
    pub revision: String,
    /// Pods, old and new, dying ones too.
    pub pods: Vec<Pod>,
    /// An autoscaler that scales it back.
    pub autoscaler: Option<Autoscaler>,
    /// `zadigx_release_type`.
    pub release_type: String,
    /// `zadigx_release_tag`.
    pub release_tag: String,
    /// Has a Kubernetes Service (E39).
    pub has_service: bool,
}

impl Workload {
    /// A workload with one container and one replica that has no pods yet.
    pub fn new(kind: Kind, name: &str, image: &str) -> Self {
        Self {
            kind,
            name: name.into(),
            labels: BTreeMap::new(),
            containers: vec![ContainerSpec::new(name, image)],
            replicas: 1,
            template_replicas: 1,
            before_sleep: None,
            revision: String::new(),
            pods: Vec::new(),
            autoscaler: None,
            release_type: String::new(),
            release_tag: String::new(),
            has_service: true,
        }
    }

    /// Sets the replica count, now and in the template.
    pub fn with_replicas(mut self, replicas: i32) -> Self {
        (self.replicas, self.template_replicas) = (replicas, replicas);
        self
    }

    /// A new pod template: every pod has to be replaced.
    pub fn roll(&mut self, rng: &mut fastrand::Rng) {
        let length = if self.kind == Kind::Deployment { 10 } else { 9 };
        self.revision = suffix(rng, length);
    }

    /// Containers as a new pod gets them.
    pub fn new_containers(&self, inject: bool) -> Vec<Container> {
        let mut containers: Vec<Container> = self
            .containers
            .iter()
            .filter(|c| !c.init)
            .map(|c| {
                let fate = match c.fate() {
                    Fate::Healthy if self.kind == Kind::Job => Fate::Complete,
                    fate => fate,
                };
                Container::new(&c.name, &c.image, fate, c.ports.clone())
            })
            .collect();
        if inject && self.kind != Kind::Job {
            let image = "docker.io/istio/proxyv2:1.18.2";
            let port = Port { name: "http-envoy-prom".into(), number: 15090 };
            containers.push(Container::new("istio-proxy", image, Fate::Healthy, vec![port]));
        }
        containers
    }

    /// Fills in pods that have been there since `created`.
    pub fn settle(&mut self, created: Millis, ctx: &mut Ctx<'_>) {
        if self.revision.is_empty() {
            self.roll(ctx.rng);
        }
        for index in 0..self.wanted() {
            let mut pod = self.make_pod(index, ctx);
            let spread = ctx.rng.i64(0..4_000);
            pod.settle(created + spread, ctx);
            self.pods.push(pod);
        }
    }

    /// How many pods there should be.
    pub fn wanted(&self) -> i32 {
        match self.kind {
            Kind::DaemonSet => 3,
            _ => self.replicas.max(0),
        }
    }

    /// Makes a pod; `ordinal` names pods of a StatefulSet.
    pub fn make_pod(&self, ordinal: i32, ctx: &mut Ctx<'_>) -> Pod {
        let name = match self.kind {
            Kind::Deployment => format!("{}-{}-{}", self.name, self.revision, suffix(ctx.rng, 5)),
            Kind::StatefulSet => format!("{}-{ordinal}", self.name),
            _ => format!("{}-{}", self.name, suffix(ctx.rng, 5)),
        };
        let containers = self.new_containers(ctx.inject);
        let mut pod = Pod::new(name, self.kind.pod_owner(), &self.revision, containers, ctx);
        pod.labels = self.labels.clone();
        let hash_label = match self.kind {
            Kind::Deployment => "pod-template-hash",
            _ => "controller-revision-hash",
        };
        pod.labels.insert(hash_label.into(), self.revision.clone());
        pod
    }

    /// When it wants to be stepped next.
    pub fn due(&self) -> Millis {
        let scaler = self.autoscaler.map_or(Millis::MAX, |a| a.due);
        self.pods.iter().map(Pod::due).min().unwrap_or(Millis::MAX).min(scaler)
    }

    /// All wanted pods exist, are new and ready, and no old one is left.
    pub fn is_ready(&self) -> bool {
        if self.kind == Kind::Job {
            return self.pods.iter().all(Pod::is_succeeded);
        }
        let ready = self.pods.iter().filter(|p| p.is_ready() && p.revision == self.revision).count();
        ready >= self.wanted().max(0) as usize
    }

    /// `replicas` of the wire: the specification's, except for DaemonSet (ready) and Job (active).
    pub fn shown_replicas(&self) -> i32 {
        match self.kind {
            Kind::DaemonSet => self.pods.iter().filter(|p| p.is_ready()).count() as i32,
            Kind::Job => self.pods.iter().filter(|p| !p.is_succeeded()).count() as i32,
            _ => self.replicas,
        }
    }
}
