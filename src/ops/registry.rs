//! All operations of the tab. It owns their state, so a page, a drawer or the Activity list may come and go.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use super::kind::{Confirmation, Kind, confirmation_of_group};
use super::machine::{GroupId, Ignored, Input, OpId, Operation, Phase};
use super::outcome::{Outcome, Refused};
use super::plan::{Facts, Plan, Subject};
use super::saved::{Owner, SavedVerifier, Saver};
use super::target::WorkloadRef;
use super::timestamp::Timestamp;
use super::verify::Verifier;
use crate::route::EnvironmentRef;

/// How many operations are remembered; the oldest ended ones go first.
const REMEMBERED: usize = 500;

type Listener = Rc<dyn Fn(OpId)>;

struct Slot {
    op: Arc<Operation>,
    /// Taken by the driver while it works.
    verifier: Option<Box<dyn Verifier>>,
    /// What the verifier would be written down as, while the driver has it: a [`SavedVerifier`]. Without its type, which would
    /// bring every verifier into the first page.
    lent: Option<Rc<dyn Any>>,
}

#[derive(Default)]
struct Inner {
    slots: RefCell<VecDeque<Slot>>,
    next: Cell<u64>,
    read_only: Cell<bool>,
    listener: RefCell<Option<Listener>>,
    saver: RefCell<Option<Saver>>,
}

/// The operations of this tab: a cheap handle, all clones share them. Not `Send`, like the client.
#[derive(Clone, Default)]
pub struct Operations(Rc<Inner>);

impl Operations {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether operations are refused from now on. Those already sent are watched to their end.
    pub fn set_read_only(&self, read_only: bool) {
        self.0.read_only.set(read_only);
    }

    /// Has `listener` called after every change of an operation, replacing the one before. It may call back into the
    /// registry.
    pub fn on_change(&self, listener: impl Fn(OpId) + 'static) {
        *self.0.listener.borrow_mut() = Some(Rc::new(listener));
    }

    /// Has `saver` write the operations down in [`Self::save`]. It comes with the part that runs operations, so that a page on
    /// which nothing was changed does not load it.
    pub fn set_saver(&self, saver: Saver) {
        *self.0.saver.borrow_mut() = Some(saver);
    }

    /// The operations as text, to be taken up again after a reload ([`super::saved::restore`]).
    pub fn save(&self, owner: Owner) -> Option<String> {
        let saver = self.0.saver.borrow().clone()?;
        saver(self, owner)
    }

    /// What `map` makes of each operation and its verifier, the oldest first.
    pub(super) fn map_slots<T>(
        &self,
        map: impl Fn(&Operation, Option<SavedVerifier>) -> Option<T>,
    ) -> Vec<T> {
        let slots = self.0.slots.borrow();
        let verifier = |slot: &Slot| match &slot.verifier {
            Some(verifier) => verifier.saved(),
            None => slot.lent.as_ref().and_then(|lent| lent.downcast_ref::<SavedVerifier>().cloned()),
        };
        slots.iter().filter_map(|slot| map(&slot.op, verifier(slot))).collect()
    }

    /// Takes operations in that are older than all there are, in their order. Gives those that are to be driven.
    pub(super) fn insert_older(&self, older: Vec<(Operation, Option<Box<dyn Verifier>>)>) -> Vec<OpId> {
        let mut driven = Vec::new();
        for (mut op, verifier) in older.into_iter().rev() {
            op.id = OpId(self.number());
            if op.is_under_way() || op.history().aftercare.is_some() {
                driven.push(op.id);
            }
            self.0.slots.borrow_mut().push_front(Slot { op: Arc::new(op), verifier, lent: None });
        }
        if let Some(any) = self.list().last() {
            self.tell(any.id);
        }
        driven
    }

    /// All operations, the newest first. Cheap: shared values, not copies.
    pub fn list(&self) -> Vec<Arc<Operation>> {
        self.0.slots.borrow().iter().rev().map(|slot| Arc::clone(&slot.op)).collect()
    }

    /// What the Activity page shows: everything that was confirmed, the newest first.
    pub fn activity(&self) -> Vec<Arc<Operation>> {
        let mut list = self.list();
        list.retain(|op| !matches!(op.phase, Phase::Draft | Phase::Confirm) && op.confirmed.is_some());
        list
    }

    /// How many operations are under way: leaving the tab would lose their outcome.
    pub fn under_way(&self) -> usize {
        self.0.slots.borrow().iter().filter(|slot| slot.op.is_under_way()).count()
    }

    /// One operation.
    pub fn get(&self, id: OpId) -> Option<Arc<Operation>> {
        self.0.slots.borrow().iter().find(|slot| slot.op.id == id).map(|slot| Arc::clone(&slot.op))
    }

    /// The operations of a group, in the order they were planned.
    pub fn group(&self, group: GroupId) -> Vec<Arc<Operation>> {
        let slots = self.0.slots.borrow();
        slots.iter().filter(|slot| slot.op.group == Some(group)).map(|slot| Arc::clone(&slot.op)).collect()
    }

    /// The newest operation that concerns a service: its target, or one that it impacts.
    pub fn latest_of(&self, env: &EnvironmentRef, service: &str) -> Option<Arc<Operation>> {
        let concerns = |facts: &Facts| {
            facts.target.env == *env
                && (facts.target.service() == Some(service)
                    || facts.impacts.iter().any(|hit| hit.service == service))
        };
        let slots = self.0.slots.borrow();
        let shown = |op: &Operation| op.is_under_way() || op.outcome().is_some();
        let found = slots.iter().rev().find(|slot| concerns(&slot.op.facts) && shown(&slot.op));
        found.map(|slot| Arc::clone(&slot.op))
    }

    /// The operation under way that stands in the way of these facts, if any.
    pub fn blocker(&self, facts: &Facts) -> Option<Arc<Operation>> {
        self.blocker_of(facts, None)
    }

    fn blocker_of(&self, facts: &Facts, own: Option<OpId>) -> Option<Arc<Operation>> {
        let claims = facts.claims();
        let slots = self.0.slots.borrow();
        let blocks = |op: &Operation| {
            Some(op.id) != own
                && holds(op, own.is_some())
                && op.facts.target.env == facts.target.env
                && op.facts.claims().iter().any(|held| claims.iter().any(|claim| claim.conflicts(held)))
        };
        slots.iter().find(|slot| blocks(&slot.op)).map(|slot| Arc::clone(&slot.op))
    }

    /// Puts a plan into review.
    ///
    /// # Errors
    /// [`Refused::ReadOnly`]; [`Refused::Unsendable`] for a plan without a call that may be sent.
    pub fn draft(&self, plan: Plan, now: Timestamp) -> Result<OpId, Refused> {
        self.check(&plan.facts)?;
        Ok(self.insert(plan, None, now))
    }

    /// Puts several plans into one review. They are sent one by one, each with its own outcome.
    ///
    /// # Errors
    /// As [`Self::draft`], for the first plan that is refused; then none is taken.
    pub fn draft_group(&self, plans: Vec<Plan>, now: Timestamp) -> Result<GroupId, Refused> {
        for plan in &plans {
            self.check(&plan.facts)?;
        }
        let group = GroupId(self.number());
        for plan in plans {
            self.insert(plan, Some(group), now);
        }
        Ok(group)
    }

    /// Confirms an operation: from here on it is under way, and [`super::drive`] must be started for it.
    ///
    /// # Errors
    /// [`Refused::ReadOnly`]; [`Refused::Busy`] naming the operation that holds the same service;
    /// [`Refused::Ignored`] when the name typed differs or it was confirmed before. It stays in review.
    pub fn confirm(&self, id: OpId, typed: Option<&str>, now: Timestamp) -> Result<(), Refused> {
        let op = self.get(id).ok_or(Refused::Unknown)?;
        self.check(&op.facts)?;
        if let Some(other) = self.blocker(&op.facts) {
            return Err(match other.id == id {
                true => Refused::Ignored(Ignored::WrongPhase),
                false => Refused::Busy { other: other.id },
            });
        }
        self.apply(id, Input::Confirm(typed.map(str::to_owned)), now).map_err(Refused::Ignored)
    }

    /// What confirms a group.
    pub fn group_confirmation(&self, group: GroupId) -> Confirmation {
        let items = self.group(group);
        confirmation_of_group(items.iter().map(|op| (op.facts.kind, &op.facts.target)))
    }

    /// Confirms a group; [`super::drive_group`] must be started for it. Items whose service is busy wait.
    ///
    /// # Errors
    /// [`Refused::ReadOnly`]; [`Refused::Ignored`] when the name typed differs.
    pub fn confirm_group(&self, group: GroupId, typed: Option<&str>, now: Timestamp) -> Result<(), Refused> {
        if self.0.read_only.get() {
            return Err(Refused::ReadOnly);
        }
        if !self.group_confirmation(group).accepts(typed) {
            return Err(Refused::Ignored(Ignored::NameDiffers));
        }
        for op in self.group(group) {
            // One that was taken out of the review before stays out.
            let _ = self.apply(op.id, Input::ConfirmedByGroup, now);
        }
        Ok(())
    }

    /// Calls an operation off, if it was not sent yet.
    ///
    /// # Errors
    /// [`Ignored::TooLate`] once it was sent.
    pub fn cancel(&self, id: OpId, now: Timestamp) -> Result<(), Ignored> {
        self.apply(id, Input::Cancel, now)
    }

    /// Calls off everything in a group that was not sent yet.
    pub fn cancel_group(&self, group: GroupId, now: Timestamp) {
        for op in self.group(group) {
            let _ = self.apply(op.id, Input::Cancel, now);
        }
    }

    /// Closes a review without a trace: a draft is forgotten. What was confirmed stays.
    pub fn discard(&self, id: OpId) {
        let draft = |slot: &Slot| slot.op.id == id && matches!(slot.op.phase, Phase::Draft | Phase::Confirm);
        self.0.slots.borrow_mut().retain(|slot| !draft(slot));
        self.tell(id);
    }

    /// Closes the review of a group without a trace, as [`Self::discard`].
    pub fn discard_group(&self, group: GroupId) {
        for op in self.group(group) {
            self.discard(op.id);
        }
    }

    /// The image a container had before this tab changed it to `current`: what "revert" goes back to.
    pub fn previous_image(
        &self,
        env: &EnvironmentRef,
        workload: &WorkloadRef,
        container: &str,
        current: &str,
    ) -> Option<String> {
        let slots = self.0.slots.borrow();
        let updates = slots.iter().rev().map(|slot| &slot.op).filter(|op| {
            let nothing = matches!(op.outcome(), Some(Outcome::NothingChanged(_)));
            op.facts.kind == Kind::UpdateImage && op.facts.target.env == *env && op.sent.is_some() && !nothing
        });
        updates.flat_map(|op| &op.facts.changes).find_map(|change| {
            let wanted = matches!(&change.subject, Subject::Image { workload: of, container: name }
                if of == workload && name == container);
            let new = change.new.as_ref()?.reveal();
            (wanted && new == current).then(|| change.old.as_ref().map(|old| old.reveal().to_owned()))?
        })
    }

    /// Takes an input for an operation in, and tells the listener when it changed something.
    ///
    /// # Errors
    /// [`Ignored`] as the state machine says; [`Ignored::WrongPhase`] for an unknown operation.
    pub(super) fn apply(&self, id: OpId, input: Input, now: Timestamp) -> Result<(), Ignored> {
        {
            let mut slots = self.0.slots.borrow_mut();
            let slot = slots.iter_mut().find(|slot| slot.op.id == id).ok_or(Ignored::WrongPhase)?;
            Arc::make_mut(&mut slot.op).apply(input, now)?;
        }
        self.tell(id);
        Ok(())
    }

    /// The operation that a queued one must wait for.
    pub(super) fn queue_blocker(&self, op: &Operation) -> Option<OpId> {
        self.blocker_of(&op.facts, Some(op.id)).map(|other| other.id)
    }

    /// Begins sending, if that is still allowed; ends the operation otherwise.
    ///
    /// # Errors
    /// [`Refused`], which is then also its outcome; for [`Refused::Busy`] it stays queued.
    pub(super) fn begin(&self, id: OpId, now: Timestamp) -> Result<(), Refused> {
        let op = self.get(id).ok_or(Refused::Unknown)?;
        if let Err(refused) = self.check(&op.facts) {
            let _ = self.apply(id, Input::Refuse(refused.clone()), now);
            return Err(refused);
        }
        if let Some(other) = self.blocker_of(&op.facts, Some(id)) {
            return Err(Refused::Busy { other: other.id });
        }
        self.apply(id, Input::Begin, now).map_err(Refused::Ignored)?;
        self.end_aftercare_of_rivals(&op, now);
        Ok(())
    }

    /// What is seen from now on is this operation's doing, so older ones on the same things are left alone.
    fn end_aftercare_of_rivals(&self, op: &Operation, now: Timestamp) {
        let claims = op.facts.claims();
        let rivals: Vec<OpId> = self
            .list()
            .iter()
            .filter(|other| other.id != op.id && other.aftercare(now).is_some())
            .filter(|other| other.facts.target.env == op.facts.target.env)
            .filter(|other| {
                other.facts.claims().iter().any(|held| claims.iter().any(|claim| claim.conflicts(held)))
            })
            .map(|other| other.id)
            .collect();
        for rival in rivals {
            let _ = self.apply(rival, Input::LeaveAlone, now);
        }
    }

    /// Lends the verifier to the driver; `None` while another driver has it.
    pub(super) fn take_verifier(&self, id: OpId) -> Option<Box<dyn Verifier>> {
        let verifier = self.0.slots.borrow_mut().iter_mut().find(|slot| slot.op.id == id)?.verifier.take()?;
        self.note_verifier(id, verifier.as_ref());
        Some(verifier)
    }

    /// Takes in what a verifier that is lent has learnt: a reload would find it only here.
    pub(super) fn note_verifier(&self, id: OpId, verifier: &dyn Verifier) {
        if let Some(slot) = self.0.slots.borrow_mut().iter_mut().find(|slot| slot.op.id == id) {
            slot.lent = verifier.saved().map(|saved| Rc::new(saved) as Rc<dyn Any>);
        }
    }

    /// Takes the verifier back.
    pub(super) fn return_verifier(&self, id: OpId, verifier: Box<dyn Verifier>) {
        if let Some(slot) = self.0.slots.borrow_mut().iter_mut().find(|slot| slot.op.id == id) {
            slot.verifier = Some(verifier);
        }
    }

    fn check(&self, facts: &Facts) -> Result<(), Refused> {
        match (self.0.read_only.get(), facts.problem()) {
            (true, _) => Err(Refused::ReadOnly),
            (false, Some(problem)) => Err(Refused::Unsendable(problem)),
            (false, None) => Ok(()),
        }
    }

    fn insert(&self, plan: Plan, group: Option<GroupId>, now: Timestamp) -> OpId {
        let id = OpId(self.number());
        let rules = plan.verifier.rules();
        let op = Arc::new(Operation::draft(id, group, plan.facts, rules, now));
        {
            let mut slots = self.0.slots.borrow_mut();
            slots.push_back(Slot { op, verifier: Some(plan.verifier), lent: None });
            while slots.len() > REMEMBERED {
                let Some(oldest) = slots.iter().position(|slot| !slot.op.is_under_way()) else { break };
                slots.remove(oldest);
            }
        }
        self.tell(id);
        id
    }

    fn number(&self) -> u64 {
        let number = self.0.next.get() + 1;
        self.0.next.set(number);
        number
    }

    fn tell(&self, id: OpId) {
        let listener = self.0.listener.borrow().clone();
        if let Some(listener) = listener {
            listener(id);
        }
    }
}

/// Whether an operation holds its claims: against newcomers from its confirmation on; against others that are confirmed
/// as well, from its sending on, so that two queued ones do not wait for each other.
fn holds(op: &Operation, against_confirmed: bool) -> bool {
    match against_confirmed {
        true => matches!(op.phase, Phase::Sending { .. } | Phase::Converging(_)),
        false => op.is_under_way(),
    }
}
