//! How pods follow their workload: rolling updates, scaling, numbered replacement, autoscaling.
//!
//! Each function looks at what is there and makes the next move only; steps repeat until nothing is left to do.
//! A Deployment keeps Kubernetes' defaults (a quarter more, a quarter less, old broken pods first), so a rollout
//! whose new pods never become ready stops half way, with old and new pods side by side.

use super::events::Involved;
use super::pod::{Ctx, Pod};
use super::workload::{Kind, Workload};
use crate::clock::Millis;

/// How often an autoscaler looks.
const AUTOSCALER_EVERY: Millis = 15_000;

impl Workload {
    /// Steps the pods that are due, then makes the next moves.
    pub fn step(&mut self, ctx: &mut Ctx<'_>) {
        let at = ctx.at;
        for pod in self.pods.iter_mut().filter(|p| p.due() <= at) {
            pod.step(ctx);
        }
        self.pods.retain(|p| !p.is_gone(ctx.at));
        self.autoscale(ctx);
        self.reconcile(ctx);
    }

    /// Makes the next moves towards the wanted pods.
    pub fn reconcile(&mut self, ctx: &mut Ctx<'_>) {
        if self.revision.is_empty() {
            self.roll(ctx.rng);
        }
        match self.kind {
            Kind::StatefulSet => self.reconcile_numbered(ctx),
            Kind::Job => self.reconcile_job(ctx),
            _ => self.reconcile_parallel(ctx),
        }
    }

    fn reconcile_parallel(&mut self, ctx: &mut Ctx<'_>) {
        let wanted = self.wanted().max(0) as usize;
        let surge = if self.kind == Kind::DaemonSet { 0 } else { wanted.div_ceil(4) };
        let spare = if self.kind == Kind::DaemonSet { 1 } else { wanted / 4 };
        self.remove_old(wanted, spare, ctx);
        self.remove_surplus(wanted, ctx);
        let alive = self.pods.iter().filter(|p| p.gone_at.is_none()).count();
        let new = self.count_new();
        let room = (wanted + surge).saturating_sub(alive).min(wanted.saturating_sub(new));
        if room > 0 {
            self.note_replica_set(&self.revision, "up", new + room, ctx);
        }
        for _ in 0..room {
            let pod = self.make_pod(0, ctx);
            self.note_created(&pod, ctx);
            self.pods.push(pod);
        }
    }

    fn count_new(&self) -> usize {
        self.pods.iter().filter(|p| p.gone_at.is_none() && p.revision == self.revision).count()
    }

    fn remove_old(&mut self, wanted: usize, spare: usize, ctx: &mut Ctx<'_>) {
        let mut ready = self.pods.iter().filter(|p| p.is_ready()).count();
        let least = wanted.saturating_sub(spare);
        let mut removed = None;
        for old_ready in [false, true] {
            let revision = self.revision.clone();
            let old = self.pods.iter_mut().filter(|p| p.gone_at.is_none() && p.revision != revision);
            for pod in old.filter(|p| p.is_ready() == old_ready) {
                if old_ready && ready <= least {
                    break;
                }
                if old_ready {
                    ready -= 1;
                }
                removed = Some(pod.revision.clone());
                pod.delete(ctx);
            }
        }
        if let Some(revision) = removed {
            let left = self.pods.iter().filter(|p| p.gone_at.is_none() && p.revision == revision).count();
            self.note_replica_set(&revision, "down", left, ctx);
        }
    }

    fn remove_surplus(&mut self, wanted: usize, ctx: &mut Ctx<'_>) {
        let new = self.count_new();
        if new <= wanted {
            return;
        }
        let revision = self.revision.clone();
        let mut surplus: Vec<&mut Pod> =
            self.pods.iter_mut().filter(|p| p.gone_at.is_none() && p.revision == revision).collect();
        surplus.sort_by_key(|p| (p.is_ready(), -p.created));
        for pod in surplus.into_iter().take(new - wanted) {
            pod.delete(ctx);
        }
        self.note_replica_set(&revision, "down", wanted, ctx);
    }

    fn reconcile_numbered(&mut self, ctx: &mut Ctx<'_>) {
        let wanted = self.wanted();
        let ordinal = |p: &Pod| p.name.rsplit('-').next().and_then(|n| n.parse::<i32>().ok()).unwrap_or(0);
        let surplus = self.pods.iter_mut().filter(|p| ordinal(p) >= wanted).max_by_key(|p| ordinal(p));
        if let Some(pod) = surplus {
            pod.delete(ctx);
            return;
        }
        for index in 0..wanted {
            match self.pods.iter().find(|p| ordinal(p) == index) {
                Some(pod) if pod.is_ready() => {}
                Some(pod) if pod.revision != self.revision && pod.gone_at.is_none() => break,
                Some(_) => return,
                None => {
                    let pod = self.make_pod(index, ctx);
                    self.note_created(&pod, ctx);
                    self.pods.push(pod);
                    return;
                }
            }
        }
        let revision = self.revision.clone();
        let outdated = self.pods.iter_mut().filter(|p| p.revision != revision && p.gone_at.is_none());
        if let Some(pod) = outdated.max_by_key(|p| ordinal(p)) {
            pod.delete(ctx);
        }
    }

    fn reconcile_job(&mut self, ctx: &mut Ctx<'_>) {
        if self.pods.is_empty() && self.replicas > 0 {
            let pod = self.make_pod(0, ctx);
            self.note_created(&pod, ctx);
            self.pods.push(pod);
        }
    }

    fn autoscale(&mut self, ctx: &mut Ctx<'_>) {
        let Some(scaler) = self.autoscaler.as_mut().filter(|a| a.due <= ctx.at) else { return };
        scaler.due = Millis::MAX;
        let bounded = self.replicas.clamp(scaler.min, scaler.max);
        if bounded != self.replicas && self.replicas > 0 {
            self.replicas = bounded;
            let on = Involved { kind: "HorizontalPodAutoscaler", name: &self.name };
            let text =
                format!("New size: {bounded}; reason: Current number of replicas outside of the limits");
            ctx.log.normal(on, "SuccessfulRescale", text, ctx.at);
        }
    }

    /// Sets `spec.replicas` and starts to follow it.
    pub fn scale(&mut self, replicas: i32, ctx: &mut Ctx<'_>) {
        self.replicas = replicas;
        if let Some(scaler) = self.autoscaler.as_mut() {
            scaler.due = ctx.at + AUTOSCALER_EVERY;
        }
        self.reconcile(ctx);
    }

    /// Replaces every pod (restart, new image, new variables).
    pub fn rollout(&mut self, ctx: &mut Ctx<'_>) {
        self.roll(ctx.rng);
        if self.kind == Kind::Job {
            self.pods.iter_mut().for_each(|p| p.delete(ctx));
        }
        self.reconcile(ctx);
    }

    fn note_replica_set(&self, revision: &str, direction: &str, to: usize, ctx: &mut Ctx<'_>) {
        if self.kind != Kind::Deployment {
            return;
        }
        let on = Involved { kind: "Deployment", name: &self.name };
        let text = format!("Scaled {direction} replica set {}-{revision} to {to}", self.name);
        ctx.log.normal(on, "ScalingReplicaSet", text, ctx.at);
    }

    fn note_created(&self, pod: &Pod, ctx: &mut Ctx<'_>) {
        let at = ctx.at;
        let mut note = |kind: &str, name: &str, text: String| {
            ctx.log.normal(Involved { kind, name }, "SuccessfulCreate", text, at);
        };
        match self.kind {
            Kind::Deployment => {
                let set = format!("{}-{}", self.name, self.revision);
                note("ReplicaSet", &set, format!("Created pod: {}", pod.name));
            }
            Kind::StatefulSet => {
                let text = format!("create Pod {} in StatefulSet {} successful", pod.name, self.name);
                note("StatefulSet", &self.name, text);
            }
            kind => note(kind.name(), &self.name, format!("Created pod: {}", pod.name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::events::EventLog;
    use super::*;

    struct Bench {
        log: EventLog,
        rng: fastrand::Rng,
    }

    impl Bench {
        fn new() -> Self {
            Self { log: EventLog::default(), rng: fastrand::Rng::with_seed(7) }
        }

        fn ctx(&mut self, at: Millis) -> Ctx<'_> {
            Ctx { at, log: &mut self.log, rng: &mut self.rng, namespace: "ns", inject: false }
        }

        fn run(&mut self, workload: &mut Workload, until: Millis) {
            while workload.due() <= until {
                let at = workload.due();
                workload.step(&mut self.ctx(at));
            }
        }
    }

    fn settled(bench: &mut Bench, kind: Kind, replicas: i32) -> Workload {
        let mut workload = Workload::new(kind, "web", "r/web:1").with_replicas(replicas);
        workload.settle(0, &mut bench.ctx(1_000_000));
        workload
    }

    #[test]
    fn a_rollout_replaces_every_pod_and_keeps_enough_ready() {
        let mut bench = Bench::new();
        let mut web = settled(&mut bench, Kind::Deployment, 4);
        let old: Vec<String> = web.pods.iter().map(|p| p.name.clone()).collect();
        web.containers[0].image = "r/web:2".into();
        web.rollout(&mut bench.ctx(1_000_000));
        let mut least = 4;
        while web.due() <= 1_200_000 {
            let at = web.due();
            web.step(&mut bench.ctx(at));
            least = least.min(web.pods.iter().filter(|p| p.is_ready()).count());
        }
        assert!(least >= 3, "a quarter may be missing, {least} were ready");
        assert!(web.is_ready());
        assert_eq!(web.pods.len(), 4);
        assert!(web.pods.iter().all(|p| !old.contains(&p.name) && p.containers[0].image == "r/web:2"));
    }

    #[test]
    fn a_broken_rollout_stops_with_old_pods_serving() {
        let mut bench = Bench::new();
        let mut web = settled(&mut bench, Kind::Deployment, 2);
        web.containers[0].image = "r/web:missing".into();
        web.rollout(&mut bench.ctx(1_000_000));
        bench.run(&mut web, 1_120_000);
        let ready = web.pods.iter().filter(|p| p.is_ready()).count();
        assert_eq!(ready, 2);
        let bad = web.pods.iter().find(|p| !p.is_ready()).expect("a new pod exists");
        assert_eq!((bad.phase(), bad.status()), ("Pending", "Pending"));
        let events = bench.log.of(Involved { kind: "Pod", name: &bad.name });
        assert!(events.iter().any(|e| e.message == "Error: ImagePullBackOff" && e.kind == "Warning"));
    }

    #[test]
    fn scaling_to_zero_ends_without_pods() {
        let mut bench = Bench::new();
        let mut web = settled(&mut bench, Kind::Deployment, 3);
        web.scale(0, &mut bench.ctx(1_000_000));
        assert!(web.pods.iter().all(|p| p.status() == "Terminating"));
        bench.run(&mut web, 1_010_000);
        assert!(web.pods.is_empty());
    }

    #[test]
    fn a_stateful_set_replaces_from_the_highest_number() {
        let mut bench = Bench::new();
        let mut db = settled(&mut bench, Kind::StatefulSet, 3);
        let first_uid = db.pods[0].uid.clone();
        db.rollout(&mut bench.ctx(1_000_000));
        assert_eq!(db.pods.iter().find(|p| p.gone_at.is_some()).map(|p| p.name.as_str()), Some("web-2"));
        bench.run(&mut db, 1_120_000);
        assert!(db.is_ready());
        let mut names: Vec<&str> = db.pods.iter().map(|p| p.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["web-0", "web-1", "web-2"]);
        assert!(db.pods.iter().all(|p| p.uid != first_uid));
    }

    #[test]
    fn a_crash_loop_counts_its_restarts() {
        let mut bench = Bench::new();
        let mut web = Workload::new(Kind::Deployment, "web", "r/web:crash");
        web.reconcile(&mut bench.ctx(0));
        bench.run(&mut web, 60_000);
        let container = &web.pods[0].containers[0];
        assert!(container.restarts >= 2, "{} restarts in a minute", container.restarts);
        assert!(!container.ready);
    }

    #[test]
    fn an_autoscaler_scales_back() {
        let mut bench = Bench::new();
        let mut web = settled(&mut bench, Kind::Deployment, 3);
        web.autoscaler = Some(super::super::workload::Autoscaler { min: 3, max: 6, due: Millis::MAX });
        web.scale(1, &mut bench.ctx(1_000_000));
        bench.run(&mut web, 1_060_000);
        assert_eq!(web.replicas, 3);
        assert!(web.is_ready());
    }
}
