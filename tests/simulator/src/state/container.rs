//! One container of one pod: pulled, started, ready, crashed, backing off.

use super::events::{EventLog, Involved};
use super::fate::Fate;
use crate::clock::Millis;

/// A port a container declares.
#[derive(Clone, Debug, PartialEq)]
pub struct Port {
    /// Name, may be empty.
    pub name: String,
    /// Number.
    pub number: i32,
}

/// State as Kubernetes has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Not running; why.
    Waiting {
        /// `ContainerCreating`, `CrashLoopBackOff`, `ImagePullBackOff`, ...
        reason: &'static str,
        /// Detail.
        message: String,
    },
    /// Running.
    Running,
    /// Ended.
    Terminated {
        /// `Error`, `OOMKilled`, `Completed`.
        reason: &'static str,
        /// Exit code.
        code: i32,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Pulled,
    PullAgain,
    Start,
    Ready,
    Probe,
    Exit,
    BackOff,
    Nothing,
}

/// A container and what happens to it next.
#[derive(Clone, Debug)]
pub struct Container {
    /// Name.
    pub name: String,
    /// Image.
    pub image: String,
    /// Its course.
    pub fate: Fate,
    /// Times it was started again.
    pub restarts: i32,
    /// State.
    pub phase: Phase,
    /// Passed its probe.
    pub ready: bool,
    /// When it last started.
    pub started: Option<Millis>,
    /// When it last ended.
    pub finished: Option<Millis>,
    /// Declared ports.
    pub ports: Vec<Port>,
    next: Next,
    due: Millis,
}

/// Where a container lives, for the texts of its events.
#[derive(Clone, Copy, Debug)]
pub struct Home<'a> {
    /// Pod name.
    pub pod: &'a str,
    /// Pod uid.
    pub uid: &'a str,
    /// Namespace.
    pub namespace: &'a str,
}

const CRASH_AFTER: Millis = 3_000;
const COMPLETE_AFTER: Millis = 15_000;
const PROBE_EVERY: Millis = 10_000;
const BACK_OFF_MAX: Millis = 300_000;

impl Container {
    /// A container that waits for its pod to be scheduled.
    pub fn new(name: &str, image: &str, fate: Fate, ports: Vec<Port>) -> Self {
        Self {
            name: name.into(),
            image: image.into(),
            fate,
            restarts: 0,
            phase: Phase::Waiting { reason: "ContainerCreating", message: String::new() },
            ready: false,
            started: None,
            finished: None,
            ports,
            next: Next::Nothing,
            due: Millis::MAX,
        }
    }

    /// When it wants to be stepped next.
    pub fn due(&self) -> Millis {
        self.due
    }

    /// The node takes the pod and pulls the image.
    pub fn pull(&mut self, at: Millis, takes: Millis, log: &mut EventLog, home: Home<'_>) {
        log.normal(pod(home), "Pulling", format!("Pulling image \"{}\"", self.image), at);
        self.plan(Next::Pulled, at + takes);
    }

    /// Does what is due.
    pub fn step(&mut self, at: Millis, log: &mut EventLog, home: Home<'_>) {
        match self.next {
            Next::Pulled => self.pulled(at, log, home),
            Next::PullAgain => self.pull_again(at, log, home),
            Next::Start => self.start(at, log, home),
            Next::Ready => {
                self.ready = true;
                self.plan(Next::Nothing, Millis::MAX);
            }
            Next::Probe => self.probe(at, log, home),
            Next::Exit => self.exit(at, log, home),
            Next::BackOff => self.back_off(at, log, home),
            Next::Nothing => self.due = Millis::MAX,
        }
    }

    fn plan(&mut self, next: Next, due: Millis) {
        (self.next, self.due) = (next, due);
    }

    fn pulled(&mut self, at: Millis, log: &mut EventLog, home: Home<'_>) {
        let image = &self.image;
        if self.fate == Fate::PullError {
            let detail = format!(
                "Failed to pull image \"{image}\": rpc error: code = NotFound desc = failed to pull and unpack image \
                 \"{image}\": failed to resolve reference \"{image}\": {image}: not found"
            );
            log.warning(pod(home), "Failed", detail.clone(), at);
            log.warning(pod(home), "Failed", "Error: ErrImagePull", at);
            self.phase = Phase::Waiting { reason: "ErrImagePull", message: detail };
            self.plan(Next::PullAgain, at + 2_000);
            return;
        }
        log.normal(pod(home), "Pulled", format!("Successfully pulled image \"{image}\""), at);
        self.plan(Next::Start, at + 300);
    }

    fn pull_again(&mut self, at: Millis, log: &mut EventLog, home: Home<'_>) {
        let image = self.image.clone();
        if matches!(self.phase, Phase::Waiting { reason: "ErrImagePull", .. }) {
            log.normal(pod(home), "BackOff", format!("Back-off pulling image \"{image}\""), at);
            log.warning(pod(home), "Failed", "Error: ImagePullBackOff", at);
            let message = format!("Back-off pulling image \"{image}\"");
            self.phase = Phase::Waiting { reason: "ImagePullBackOff", message };
            self.restartless_wait(at);
        } else {
            log.normal(pod(home), "Pulling", format!("Pulling image \"{image}\""), at);
            self.plan(Next::Pulled, at + 1_000);
        }
    }

    fn restartless_wait(&mut self, at: Millis) {
        self.plan(Next::PullAgain, at + 30_000);
    }

    fn start(&mut self, at: Millis, log: &mut EventLog, home: Home<'_>) {
        log.normal(pod(home), "Created", format!("Created container {}", self.name), at);
        log.normal(pod(home), "Started", format!("Started container {}", self.name), at);
        self.phase = Phase::Running;
        (self.started, self.finished) = (Some(at), None);
        match self.fate {
            Fate::Crash(_) => self.plan(Next::Exit, at + CRASH_AFTER),
            Fate::Complete => {
                self.ready = true;
                self.plan(Next::Exit, at + COMPLETE_AFTER);
            }
            Fate::NotReady => self.plan(Next::Probe, at + PROBE_EVERY),
            fate => self.plan(Next::Ready, at + fate.ready_after().unwrap_or(2_500)),
        }
    }

    fn probe(&mut self, at: Millis, log: &mut EventLog, home: Home<'_>) {
        self.ready = false;
        let text = "Readiness probe failed: HTTP probe failed with statuscode: 503";
        log.warning(pod(home), "Unhealthy", text, at);
        self.plan(Next::Probe, at + PROBE_EVERY);
    }

    fn exit(&mut self, at: Millis, _log: &mut EventLog, _home: Home<'_>) {
        self.ready = false;
        self.finished = Some(at);
        match self.fate {
            Fate::Crash(code) => {
                let reason = if code == 137 { "OOMKilled" } else { "Error" };
                self.phase = Phase::Terminated { reason, code };
                self.plan(Next::BackOff, at + 1_000);
            }
            _ => {
                self.phase = Phase::Terminated { reason: "Completed", code: 0 };
                self.plan(Next::Nothing, Millis::MAX);
            }
        }
    }

    fn back_off(&mut self, at: Millis, log: &mut EventLog, home: Home<'_>) {
        if matches!(self.phase, Phase::Terminated { .. }) {
            let wait = (10_000_i64 << self.restarts.clamp(0, 5)).min(BACK_OFF_MAX);
            self.set_crash_loop(wait, home);
            let text =
                format!("Back-off restarting failed container {} in pod {}", self.name, full_name(home));
            log.warning(pod(home), "BackOff", text, at);
            self.plan(Next::BackOff, at + wait);
            return;
        }
        self.restarts += 1;
        let text = format!("Container image \"{}\" already present on machine", self.image);
        log.normal(pod(home), "Pulled", text, at);
        self.start(at, log, home);
    }

    fn set_crash_loop(&mut self, wait: Millis, home: Home<'_>) {
        let delay = if wait >= BACK_OFF_MAX { "5m0s".to_owned() } else { format!("{}s", wait / 1000) };
        let message =
            format!("back-off {delay} restarting failed container={} pod={}", self.name, full_name(home));
        self.phase = Phase::Waiting { reason: "CrashLoopBackOff", message };
    }

    /// Puts the container where it would be long after its start, without living through it.
    pub fn settle(&mut self, started: Millis, now: Millis, home: Home<'_>) {
        match self.fate {
            Fate::PullError => {
                let message = format!("Back-off pulling image \"{}\"", self.image);
                self.phase = Phase::Waiting { reason: "ImagePullBackOff", message };
                self.restartless_wait(now);
            }
            Fate::Crash(_) => {
                self.restarts = ((now - started) / 303_000).clamp(1, 4000) as i32;
                (self.started, self.finished) = (Some(now - 130_000), Some(now - 127_000));
                self.set_crash_loop(BACK_OFF_MAX, home);
                self.plan(Next::BackOff, now + 170_000);
            }
            Fate::NotReady => {
                (self.phase, self.started) = (Phase::Running, Some(started));
                self.plan(Next::Probe, now + PROBE_EVERY);
            }
            Fate::Complete => {
                (self.started, self.finished) = (Some(started), Some(started + COMPLETE_AFTER));
                self.phase = Phase::Terminated { reason: "Completed", code: 0 };
            }
            Fate::Pending => {}
            Fate::Healthy | Fate::Slow => {
                (self.phase, self.ready, self.started) = (Phase::Running, true, Some(started));
            }
        }
    }

    /// Ends the running container as a crash would; it comes back unless its fate is to crash.
    pub fn crash(&mut self, at: Millis, code: i32) {
        self.ready = false;
        self.finished = Some(at);
        self.phase = Phase::Terminated { reason: "Error", code };
        self.plan(Next::BackOff, at + 1_000);
    }

    /// Fails or passes the readiness probe from now on.
    pub fn set_ready(&mut self, ready: bool, at: Millis) {
        self.ready = ready;
        self.fate = if ready { Fate::Healthy } else { Fate::NotReady };
        let next = if ready { (Next::Nothing, Millis::MAX) } else { (Next::Probe, at + 100) };
        self.plan(next.0, next.1);
    }
}

fn pod<'a>(home: Home<'a>) -> Involved<'a> {
    Involved { kind: "Pod", name: home.pod }
}

fn full_name(home: Home<'_>) -> String {
    format!("{}_{}({})", home.pod, home.namespace, home.uid)
}
