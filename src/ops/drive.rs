//! Driving operations through their lives, on a small seam to the world.
//!
//! [`drive`] is one task for one operation. It holds no state that matters: everything is in the registry, so a task
//! that is dropped (a page that is torn down) can be started again with [`drive`]. A call that was on its way then counts
//! as one whose answer was lost. It is not sent again.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use super::machine::{Aftercare, GroupId, Input, OpId, Operation, Phase};
use super::outcome::{Note, Progress, Refused};
use super::pace::Pace;
use super::registry::Operations;
use super::snapshot::{Probe, Response, Snapshot};
use super::timestamp::Timestamp;
use super::verify::{Verdict, Verifier};
use crate::api::{ApiError, ErrorKind, Request};
use crate::route::EnvironmentRef;

/// How many operations of a group are under way at once.
pub(crate) const AT_ONCE: usize = 3;
/// How long an operation waits for another that holds the same service.
const QUEUE: Duration = Duration::from_secs(600);

/// What the driver needs from the world.
#[expect(
    async_fn_in_trait,
    reason = "one thread: neither the browser nor the tests need the futures to be Send"
)]
pub trait Io {
    /// Sends a write once.
    async fn send(&self, request: &Request) -> Result<(), ApiError>;
    /// Reads something of an environment back.
    async fn read(&self, env: &EnvironmentRef, read: &Probe) -> Result<Response, ApiError>;
    /// Waits.
    async fn sleep(&self, time: Duration);
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Gives the verifier back however the task ends.
struct Lent<'a> {
    ops: &'a Operations,
    id: OpId,
    verifier: Option<Box<dyn Verifier>>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(verifier) = self.verifier.take() {
            self.ops.return_verifier(self.id, verifier);
        }
    }
}

struct Task<'a, I: Io> {
    ops: &'a Operations,
    id: OpId,
    io: &'a I,
}

/// Takes a confirmed operation to its end, and watches it a little longer. Does nothing for one that is in review, has
/// ended for good, or is driven already.
pub async fn drive<I: Io>(ops: &Operations, id: OpId, io: &I) {
    let task = Task { ops, id, io };
    if let Some(mut lent) = task.borrow_verifier() {
        task.to_the_end(&mut lent).await;
        task.aftercare(&mut lent).await;
    }
}

/// Takes a confirmed group to its end: each item to its own, three at a time, and those on the same service one
/// after the other.
pub async fn drive_group<I: Io>(ops: &Operations, group: GroupId, io: &I) {
    end_grace(ops, group, io).await;
    let mut open: Vec<OpId> = ops.group(group).iter().map(|op| op.id).collect();
    open.reverse();
    let mut active = FuturesUnordered::new();
    let mut after = FuturesUnordered::new();
    loop {
        while active.len() < AT_ONCE
            && let Some(id) = open.pop()
        {
            active.push(async move {
                let task = Task { ops, id, io };
                let mut lent = task.borrow_verifier()?;
                task.to_the_end(&mut lent).await;
                Some((id, lent))
            });
        }
        futures_util::select_biased! {
            ended = active.select_next_some() => if let Some((id, mut lent)) = ended {
                after.push(async move { Task { ops, id, io }.aftercare(&mut lent).await });
            },
            () = after.select_next_some() => {}
            complete => break,
        }
    }
}

/// Waits for the grace time that all items of a group have together, so that none seems to be in it while it waits for
/// its turn.
async fn end_grace<I: Io>(ops: &Operations, group: GroupId, io: &I) {
    let until = |op: &Operation| match op.phase {
        Phase::Grace { until } => Some(until),
        _ => None,
    };
    while let Some(until) = ops.group(group).iter().filter_map(|op| until(op)).max() {
        io.sleep(until.since(io.now())).await;
        for op in ops.group(group) {
            let _ = ops.apply(op.id, Input::GraceOver, io.now());
        }
    }
}

/// Goes on watching an operation that was given up.
///
/// # Errors
/// Nothing to watch: it did not end that way.
pub fn watch_on(ops: &Operations, id: OpId, now: Timestamp) -> Result<(), super::machine::Ignored> {
    ops.apply(id, Input::WatchOn, now)
}

/// Whether a crash loop was seen whose exit code was not: the container tells it only for a moment each time it ends.
fn lacks_its_code(progress: &Progress) -> bool {
    progress
        .reason
        .as_ref()
        .is_some_and(|reason| reason.word == "CrashLoopBackOff" && reason.exit_code.is_none())
}

impl<'a, I: Io> Task<'a, I> {
    fn borrow_verifier(&self) -> Option<Lent<'a>> {
        let verifier = self.ops.take_verifier(self.id)?;
        Some(Lent { ops: self.ops, id: self.id, verifier: Some(verifier) })
    }

    fn op(&self) -> Option<std::sync::Arc<Operation>> {
        self.ops.get(self.id)
    }

    /// Applies an input; one that does not fit any more is none of the driver's business.
    fn tell(&self, input: Input) {
        let _ = self.ops.apply(self.id, input, self.io.now());
    }

    async fn to_the_end(&self, lent: &mut Lent<'_>) {
        let Some(verifier) = lent.verifier.as_mut() else { return };
        // The call on its way belonged to a task that is gone: its answer is lost.
        if let Some(op) = self.op()
            && let Phase::Sending { step } = op.phase
            && let Some(step) = op.facts.step(step)
        {
            self.tell(Input::Answered(Err(ApiError::new(ErrorKind::Aborted, step.request.info()))));
        }
        let mut pace = Pace::default();
        let mut queued = None;
        // Stays on while the container runs in between: its next end is what has to be seen.
        let mut hasty = false;
        while let Some(op) = self.op() {
            match op.phase {
                Phase::Draft | Phase::Confirm | Phase::Ended(_) => return,
                Phase::Grace { until } => {
                    self.io.sleep(until.since(self.io.now())).await;
                    self.tell(Input::GraceOver);
                }
                Phase::Queued => {
                    let since = *queued.get_or_insert_with(|| self.io.now());
                    self.begin(&op, verifier.as_mut(), since).await;
                }
                Phase::Sending { step } => self.send(&op, step).await,
                Phase::Converging(ref progress) => {
                    hasty |= lacks_its_code(progress);
                    let pause = pace.next_pause();
                    self.io.sleep(if hasty { pause.min(Pace::quick()) } else { pause }).await;
                    self.look(&op, verifier.as_mut()).await;
                }
            }
        }
    }

    /// The look before the change, then its turn. Nothing is sent if Zadig cannot be reached, or if what is there does
    /// not fit the plan any more.
    async fn begin(&self, op: &Operation, verifier: &mut dyn Verifier, since: Timestamp) {
        if let Some(other) = self.ops.queue_blocker(op) {
            if self.io.now().since(since) >= QUEUE {
                self.tell(Input::Refuse(Refused::Busy { other }));
            } else {
                self.io.sleep(Duration::from_secs(1)).await;
            }
            return;
        }
        let (snapshot, error) = self.read_all(op, verifier.reads()).await;
        if let Some(error) = error.filter(|error| cannot_be_reached(error.kind)) {
            return self.tell(Input::Refuse(Refused::Unreachable(error)));
        }
        if let Err(stale) = verifier.baseline(&snapshot) {
            return self.tell(Input::Refuse(Refused::Stale(stale)));
        }
        self.ops.note_verifier(self.id, verifier);
        // Refused as busy it stays queued, and comes here again.
        let _ = self.ops.begin(self.id, self.io.now());
    }

    async fn send(&self, op: &Operation, step: usize) {
        let Some(step) = op.facts.step(step) else { return };
        let mut answer = self.io.send(&step.request).await;
        if let (Err(error), Some(other)) = (&answer, &step.or_else)
            && matches!(error.kind, ErrorKind::RouteMissing | ErrorKind::MethodNotAllowed)
        {
            answer = self.io.send(other).await;
        }
        self.tell(Input::Answered(answer));
    }

    async fn look(&self, op: &Operation, verifier: &mut dyn Verifier) {
        let (snapshot, error) = self.read_all(op, verifier.reads()).await;
        match error {
            Some(error) => self.tell(Input::LookFailed(error)),
            None => {
                let verdict = verifier.judge(&snapshot, self.io.now());
                self.ops.note_verifier(self.id, verifier);
                self.tell(Input::Looked(verdict));
            }
        }
    }

    /// Reads one after the other. Events only help to explain: without them a look is still a look.
    async fn read_all(&self, op: &Operation, reads: Vec<Probe>) -> (Snapshot, Option<ApiError>) {
        let mut snapshot = Snapshot::default();
        let mut first = None;
        for read in reads {
            match self.io.read(&op.facts.target.env, &read).await {
                Ok(seen) => snapshot.take(read, seen),
                Err(_) if matches!(read, Probe::PodEvents(_)) => {}
                Err(error) => {
                    first.get_or_insert(error);
                }
            }
        }
        (snapshot, first)
    }

    /// Watches what has ended for as long as it is worth it.
    async fn aftercare(&self, lent: &mut Lent<'_>) {
        let Some(verifier) = lent.verifier.as_mut() else { return };
        let mut pace = Pace::calm();
        while let Some(op) = self.op()
            && op.aftercare(self.io.now()).is_some()
        {
            self.io.sleep(pace.next_pause()).await;
            let Some(op) = self.op() else { return };
            let Some(what) = op.aftercare(self.io.now()) else { return };
            let (snapshot, error) = self.read_all(&op, verifier.reads()).await;
            if error.is_none()
                && let Some(note) = self.note(what, &snapshot, verifier.as_mut())
            {
                self.tell(Input::Noted(note));
            }
        }
    }

    fn note(&self, what: Aftercare, snapshot: &Snapshot, verifier: &mut dyn Verifier) -> Option<Note> {
        match what {
            Aftercare::Drift => verifier.drifted(snapshot).map(|to| Note::DriftedBack { to }),
            Aftercare::Recovery => {
                matches!(verifier.judge(snapshot, self.io.now()), Verdict::Done(_)).then_some(Note::Recovered)
            }
            Aftercare::Late => {
                let verdict = verifier.judge(snapshot, self.io.now());
                matches!(verdict, Verdict::Done(_) | Verdict::Moving(_)).then_some(Note::ChangedLater)
            }
        }
    }
}

/// Whether an error of the look before the change means that the change would not arrive either.
fn cannot_be_reached(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Network
            | ErrorKind::Timeout
            | ErrorKind::Aborted
            | ErrorKind::Gateway
            | ErrorKind::Unauthorized
            | ErrorKind::InvalidToken
            | ErrorKind::Mfa(_)
    )
}
