//! One pod: scheduled, its containers stepped, ended.

use super::container::{Container, Home, Phase};
use super::events::{EventLog, Involved};
use super::fate::Fate;
use crate::clock::Millis;
use std::collections::BTreeMap;

/// Everything a step may touch besides the object itself.
pub struct Ctx<'a> {
    /// Simulated time of the step.
    pub at: Millis,
    /// Events of the environment.
    pub log: &'a mut EventLog,
    /// Randomness of the world.
    pub rng: &'a mut fastrand::Rng,
    /// Namespace of the environment.
    pub namespace: &'a str,
    /// New pods get a sidecar (sub-environments).
    pub inject: bool,
}

/// A pod.
#[derive(Clone, Debug)]
pub struct Pod {
    /// Name.
    pub name: String,
    /// Uid.
    pub uid: String,
    /// Kind of its owner (`ReplicaSet`, `StatefulSet`, ...).
    pub owner: &'static str,
    /// Template hash it was made from.
    pub revision: String,
    /// Labels.
    pub labels: BTreeMap<String, String>,
    /// When it was created.
    pub created: Millis,
    /// Address, empty before it is scheduled.
    pub ip: String,
    /// Node, empty before it is scheduled.
    pub node: String,
    /// When a deleted pod will be gone.
    pub gone_at: Option<Millis>,
    /// Containers without the init ones.
    pub containers: Vec<Container>,
    scheduling: Option<Millis>,
}

const NODES: [&str; 3] = ["172.16.0.46", "172.16.0.47", "172.16.0.51"];
/// Grace time of a deleted pod.
const TERMINATION: Millis = 4_000;

impl Pod {
    /// A pod that waits for the scheduler.
    pub fn new(
        name: String,
        owner: &'static str,
        revision: &str,
        containers: Vec<Container>,
        ctx: &mut Ctx<'_>,
    ) -> Self {
        Self {
            name,
            uid: uuid(ctx.rng),
            owner,
            revision: revision.into(),
            labels: BTreeMap::new(),
            created: ctx.at,
            ip: String::new(),
            node: String::new(),
            gone_at: None,
            containers,
            scheduling: Some(ctx.at + 200),
        }
    }

    /// When it wants to be stepped next.
    pub fn due(&self) -> Millis {
        let ends = self.gone_at.unwrap_or(Millis::MAX);
        let scheduled = self.scheduling.unwrap_or(Millis::MAX);
        let containers = self.containers.iter().map(Container::due).min().unwrap_or(Millis::MAX);
        if self.gone_at.is_some() { ends } else { ends.min(scheduled).min(containers) }
    }

    /// Does what is due.
    pub fn step(&mut self, ctx: &mut Ctx<'_>) {
        if self.gone_at.is_some() {
            return;
        }
        if self.scheduling.is_some_and(|due| due <= ctx.at) {
            self.schedule(ctx);
        }
        let home = Home { pod: &self.name, uid: &self.uid, namespace: ctx.namespace };
        for container in self.containers.iter_mut().filter(|c| c.due() <= ctx.at) {
            container.step(ctx.at, ctx.log, home);
        }
    }

    fn schedule(&mut self, ctx: &mut Ctx<'_>) {
        if self.containers.iter().any(|c| c.fate == Fate::Pending) {
            let on = Involved { kind: "Pod", name: &self.name };
            let text = "0/3 nodes are available: 3 Insufficient memory. preemption: 0/3 nodes are available: \
                        3 No preemption victims found for incoming pod.";
            ctx.log.warning(on, "FailedScheduling", text, ctx.at);
            self.scheduling = Some(ctx.at + 20_000);
            return;
        }
        self.place(ctx.rng);
        let on = Involved { kind: "Pod", name: &self.name };
        let text = format!("Successfully assigned {}/{} to {}", ctx.namespace, self.name, self.node);
        ctx.log.normal(on, "Scheduled", text, ctx.at);
        self.scheduling = None;
        let home = Home { pod: &self.name, uid: &self.uid, namespace: ctx.namespace };
        for container in &mut self.containers {
            let takes = 800 + ctx.rng.i64(0..1_200);
            container.pull(ctx.at, takes, ctx.log, home);
        }
    }

    fn place(&mut self, rng: &mut fastrand::Rng) {
        self.node = NODES.get(rng.usize(0..NODES.len())).copied().unwrap_or_default().to_owned();
        self.ip = format!("10.200.{}.{}", rng.u8(0..16), rng.u8(2..250));
    }

    /// Puts the pod where it would be long after its creation.
    pub fn settle(&mut self, created: Millis, ctx: &mut Ctx<'_>) {
        self.created = created;
        if self.containers.iter().any(|c| c.fate == Fate::Pending) {
            self.scheduling = Some(ctx.at);
            return;
        }
        self.scheduling = None;
        self.place(ctx.rng);
        let home = Home { pod: &self.name, uid: &self.uid, namespace: ctx.namespace };
        for container in &mut self.containers {
            container.settle(created + 1_000, ctx.at, home);
            if container.due() < Millis::MAX {
                seed_story(container, created, ctx.at, ctx.log, home);
            }
        }
    }

    /// Starts the pod's end; a second call changes nothing.
    pub fn delete(&mut self, ctx: &mut Ctx<'_>) {
        if self.gone_at.is_some() {
            return;
        }
        let on = Involved { kind: "Pod", name: &self.name };
        for container in self.containers.iter_mut().filter(|c| c.phase == Phase::Running) {
            ctx.log.normal(on, "Killing", format!("Stopping container {}", container.name), ctx.at);
            container.ready = false;
        }
        let running = !self.node.is_empty();
        self.gone_at = Some(ctx.at + if running { TERMINATION } else { 300 });
    }

    /// True once nothing of it is left.
    pub fn is_gone(&self, at: Millis) -> bool {
        self.gone_at.is_some_and(|gone| gone <= at)
    }

    /// All containers passed their probes and nobody deletes it.
    pub fn is_ready(&self) -> bool {
        self.gone_at.is_none() && !self.containers.is_empty() && self.containers.iter().all(|c| c.ready)
    }

    /// True for a pod that ended with success.
    pub fn is_succeeded(&self) -> bool {
        self.containers.iter().all(|c| matches!(c.phase, Phase::Terminated { code: 0, .. }))
    }

    /// The Kubernetes phase.
    pub fn phase(&self) -> &'static str {
        if self.node.is_empty() || self.containers.iter().any(|c| c.started.is_none()) {
            return "Pending";
        }
        if self.is_succeeded() { "Succeeded" } else { "Running" }
    }

    /// The word Zadig shows: the phase, unless one of its three exceptions holds (contract 1).
    pub fn status(&self) -> &'static str {
        if self.gone_at.is_some() {
            return "Terminating";
        }
        match self.phase() {
            "Running" if self.containers.iter().any(|c| c.phase != Phase::Running) => "Unstable",
            "Succeeded" if self.owner == "Job" => "Completed",
            phase => phase,
        }
    }

    /// True when the pod carries the mesh's sidecar.
    pub fn has_sidecar(&self) -> bool {
        self.containers.iter().any(|c| c.name == "istio-proxy")
    }
}

fn seed_story(container: &Container, created: Millis, now: Millis, log: &mut EventLog, home: Home<'_>) {
    use super::events::Event;
    let on = Involved { kind: "Pod", name: home.pod };
    let mut put = |kind: &str, reason: &str, message: String, every: Millis| {
        let count = ((now - created) / every).max(1) as i32;
        log.insert(
            on,
            Event {
                reason: reason.into(),
                message,
                first_seen: created / 1000,
                last_seen: now / 1000 - 20,
                count,
                kind: kind.into(),
            },
        );
    };
    match (&container.phase, container.fate) {
        (Phase::Waiting { reason: "ImagePullBackOff", message }, _) => {
            put("Normal", "Pulling", format!("Pulling image \"{}\"", container.image), 300_000);
            put(
                "Warning",
                "Failed",
                format!(
                    "Failed to pull image \"{0}\": rpc error: code = NotFound desc = failed to pull and unpack image \"{0}\": failed to resolve reference \"{0}\": {0}: not found",
                    container.image
                ),
                300_000,
            );
            put("Warning", "Failed", "Error: ErrImagePull".into(), 300_000);
            put("Normal", "BackOff", message.clone(), 30_000);
            put("Warning", "Failed", "Error: ImagePullBackOff".into(), 30_000);
        }
        (Phase::Waiting { .. }, Fate::Crash(_)) => {
            let text = format!("Container image \"{}\" already present on machine", container.image);
            put("Normal", "Pulled", text, 303_000);
            put("Normal", "Created", format!("Created container {}", container.name), 303_000);
            put("Normal", "Started", format!("Started container {}", container.name), 303_000);
            put(
                "Warning",
                "BackOff",
                format!(
                    "Back-off restarting failed container {} in pod {}_{}({})",
                    container.name, home.pod, home.namespace, home.uid
                ),
                15_000,
            );
        }
        (_, Fate::NotReady) => {
            let text = "Readiness probe failed: HTTP probe failed with statuscode: 503";
            put("Warning", "Unhealthy", text.into(), 10_000);
        }
        _ => {}
    }
}

/// A random version 4 uuid.
pub fn uuid(rng: &mut fastrand::Rng) -> String {
    let (a, b) = (rng.u64(..), rng.u64(..));
    let (b1, b2) = ((b >> 48) & 0xfff | 0x8000, b & 0xffff_ffff_ffff);
    format!("{:08x}-{:04x}-4{:03x}-{b1:04x}-{b2:012x}", a >> 32, (a >> 16) & 0xffff, a & 0xfff)
}

/// Random characters as Kubernetes puts into names.
pub fn suffix(rng: &mut fastrand::Rng, length: usize) -> String {
    const ALPHABET: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
    (0..length).map(|_| char::from(ALPHABET[rng.usize(0..ALPHABET.len())])).collect()
}
