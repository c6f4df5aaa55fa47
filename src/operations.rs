//! The operation engine of [`crate::ops`] in the application: one registry for the tab, one review at a time, and every
//! confirmed operation driven on a task of its own, so that no page or drawer has to stay for it.

use crate::api::{Client, Features};
use crate::clock::now_ms;
use crate::ops::saved::{self, Owner};
use crate::ops::{
    ClientIo, GroupId, OpId, Operation, Operations, Outcome, Phase, Plan, Refused, Timestamp, drive,
    drive_group, watch_on,
};
use crate::session::{Connection, Session, use_session};
use crate::storage;
use futures_util::future::{LocalBoxFuture, join_all};
use leptos::prelude::*;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

/// What is being reviewed: nothing is sent before it is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Review {
    /// One operation.
    One(OpId),
    /// Several, confirmed together.
    Group(GroupId),
}

/// What takes operations through their life. It is given from above, because its code is loaded when the first change is
/// confirmed.
#[derive(Clone, Copy)]
pub(crate) struct Runner {
    /// From confirmed to ended.
    pub run: fn(Operations, Review, Client) -> LocalBoxFuture<'static, ()>,
    /// From before a reload to ended.
    pub restore: fn(Operations, String, Owner, Client) -> LocalBoxFuture<'static, ()>,
}

/// The operations of the tab, as a context.
#[derive(Clone, Copy)]
pub(crate) struct Ops {
    runner: Runner,
    registry: StoredValue<Operations, LocalStorage>,
    session: Session,
    /// Counts the changes; reading it subscribes to all of them.
    version: RwSignal<u64>,
    /// The open review.
    pub review: RwSignal<Option<Review>>,
    /// Why the last plan was refused.
    pub refused: RwSignal<Option<Refused>>,
}

impl Ops {
    /// An empty registry that follows the session's read-only mode.
    pub(crate) fn start(session: Session, runner: Runner) -> Self {
        let registry = Operations::new();
        let version = RwSignal::new(0);
        registry.on_change(move |_| {
            let _ = version.try_update(|n| *n += 1);
        });
        let ops = Self {
            runner,
            registry: StoredValue::new_local(registry),
            session,
            version,
            review: RwSignal::new(None),
            refused: RwSignal::new(None),
        };
        warn_before_leaving(ops);
        survive_reloads(ops);
        // What was seen of an environment before a change ended there is old.
        ops.on_ended(move |op, _| ops.session.known.forget_problems(&op.facts.target.env));
        crate::effect::effect(move || {
            let under_way = ops.list().iter().any(|op| op.is_under_way());
            if session.hurry.get_untracked() != under_way {
                session.hurry.set(under_way);
            }
        });
        crate::effect::effect(move || {
            let read_only = session.is_read_only_mode();
            ops.registry.with_value(|registry| registry.set_read_only(read_only));
        });
        ops
    }

    /// What the server at hand can do; a reactive read.
    pub(crate) fn features(self) -> Features {
        self.session.features.get()
    }

    /// Every operation, the newest first; a reactive read.
    pub(crate) fn list(self) -> Vec<Arc<Operation>> {
        self.version.track();
        self.registry.try_with_value(Operations::list).unwrap_or_default()
    }

    /// One operation; a reactive read.
    pub(crate) fn get(self, id: OpId) -> Option<Arc<Operation>> {
        self.version.track();
        self.registry.try_with_value(|registry| registry.get(id)).flatten()
    }

    /// The operations of a review; a reactive read.
    pub(crate) fn of(self, review: Review) -> Vec<Arc<Operation>> {
        match review {
            Review::One(id) => self.get(id).into_iter().collect(),
            Review::Group(group) => {
                self.version.track();
                self.registry.try_with_value(|registry| registry.group(group)).unwrap_or_default()
            }
        }
    }

    /// Reads the registry without subscribing.
    pub(crate) fn with<T>(self, look: impl FnOnce(&Operations) -> T) -> Option<T> {
        self.registry.try_with_value(look)
    }

    /// Opens the review of a plan and gives its operation; `None` if it is refused, which is shown in its place.
    pub(crate) fn propose(self, plan: Plan) -> Option<OpId> {
        let drafted = self.with(|registry| registry.draft(plan, now())).unwrap_or(Err(Refused::Unknown));
        let id = drafted.as_ref().ok().copied();
        self.open(drafted.map(Review::One));
        id
    }

    /// Opens one review of several plans.
    pub(crate) fn propose_group(self, plans: Vec<Plan>) {
        let drafted =
            self.with(|registry| registry.draft_group(plans, now())).unwrap_or(Err(Refused::Unknown));
        self.open(drafted.map(Review::Group));
    }

    fn open(self, drafted: Result<Review, Refused>) {
        match drafted {
            Ok(review) => {
                self.refused.set(None);
                self.review.set(Some(review));
            }
            Err(refused) => self.refused.set(Some(refused)),
        }
    }

    /// Closes the review; what was not confirmed is forgotten.
    pub(crate) fn close_review(self) {
        let Some(review) = self.review.get_untracked() else { return };
        let drafts = untrack(|| self.of(review));
        self.with(|registry| drafts.iter().for_each(|one| registry.discard(one.id)));
        self.refused.set(None);
        self.review.set(None);
    }

    /// Confirms the review and sets it going.
    ///
    /// # Errors
    /// As [`Operations::confirm`]; the review then stays open.
    pub(crate) fn confirm(self, review: Review, typed: Option<&str>) -> Result<(), Refused> {
        let confirm = |registry: &Operations| match review {
            Review::One(id) => registry.confirm(id, typed, now()),
            Review::Group(group) => registry.confirm_group(group, typed, now()),
        };
        self.with(confirm).unwrap_or(Err(Refused::Unknown))?;
        self.run(review);
        self.review.set(None);
        self.refused.set(None);
        Ok(())
    }

    /// Calls an operation off, if it was not sent yet.
    pub(crate) fn cancel(self, id: OpId) {
        self.with(|registry| registry.cancel(id, now()).ok());
    }

    /// Watches an operation on that was given up.
    pub(crate) fn watch_on(self, id: OpId) {
        if self.with(|registry| watch_on(registry, id, now()).is_ok()) == Some(true) {
            self.run(Review::One(id));
        }
    }

    /// Calls `act` for every operation that ends, once each, until the owner is gone.
    pub(crate) fn on_ended(self, act: impl Fn(&Operation, &Outcome) + 'static) {
        Effect::new(move |told: Option<HashSet<OpId>>| {
            let mut told = told.unwrap_or_default();
            for op in self.list() {
                if let Phase::Ended(outcome) = &op.phase
                    && told.insert(op.id)
                {
                    untrack(|| act(&op, outcome));
                }
            }
            told
        });
    }

    fn run(self, review: Review) {
        let (Some(client), Some(registry)) = (self.session.client(), self.with(Operations::clone)) else {
            return;
        };
        let runner = self.runner;
        leptos::task::spawn_local(async move {
            (runner.run)(registry, review, client).await;
        });
    }

    /// Whether there is anything of operations to be shown; a reactive read.
    pub(crate) fn is_in_use(self) -> bool {
        self.version.track();
        self.review.get().is_some()
            || self.refused.with(Option::is_some)
            || self.registry.try_with_value(|registry| !registry.list().is_empty()) == Some(true)
    }
}

/// Where the operations lie while the tab is reloaded.
const SAVED: &str = "zadig-environments-operations";

/// Writes the operations down when the page goes, and takes them up again once there is a session of the same user. They
/// lie in the tab's storage only in between, so a tab that is duplicated has none of them.
fn survive_reloads(ops: Ops) {
    let leaving = window_event_listener(leptos::ev::pagehide, move |_| {
        let text = ops.with(|registry| registry.save(owner(ops.session))).flatten();
        if let Some(text) = text {
            storage::set_session(SAVED, Some(&text));
        }
    });
    on_cleanup(move || leaving.remove());
    let taken = StoredValue::new(false);
    crate::effect::effect(move || {
        let ready = ops.session.connection.with(|connection| *connection == Connection::Good);
        if !ready || taken.get_value() {
            return;
        }
        taken.set_value(true);
        let saved = storage::session(SAVED);
        let (Some(saved), Some(client), Some(registry)) =
            (saved, ops.session.client(), ops.with(Operations::clone))
        else {
            return;
        };
        let owner = owner(ops.session);
        leptos::task::spawn_local((ops.runner.restore)(registry, saved, owner, client));
    });
}

/// Whose operations this tab's are.
fn owner(session: Session) -> Owner {
    let user = session.claims.with_untracked(|claims| {
        claims.as_ref().and_then(|claims| claims.uid.clone().or_else(|| claims.preferred_username.clone()))
    });
    Owner { base: session.config().api_base, user }
}

/// Takes up what was written down, and drives on what was under way.
pub(crate) async fn restore(registry: Operations, saved: String, owner: Owner, client: Client) {
    registry.set_saver(Rc::new(saved::write));
    let ids = saved::restore(&registry, &saved, &owner, now());
    storage::set_session(SAVED, None);
    let io = ClientIo::new(client);
    join_all(ids.into_iter().map(|id| drive(&registry, id, &io))).await;
}

/// Takes what was confirmed through its life.
pub(crate) async fn run(registry: Operations, review: Review, client: Client) {
    registry.set_saver(Rc::new(saved::write));
    let io = ClientIo::new(client);
    match review {
        Review::One(id) => drive(&registry, id, &io).await,
        Review::Group(group) => drive_group(&registry, group, &io).await,
    }
}

/// Asks before the tab is closed while something is under way: its outcome would be lost, not the change itself.
fn warn_before_leaving(ops: Ops) {
    let handle = window_event_listener(leptos::ev::beforeunload, move |event| {
        if ops.with(Operations::under_way).unwrap_or(0) > 0 {
            event.prevent_default();
            event.set_return_value("");
        }
    });
    on_cleanup(move || handle.remove());
}

/// Now, for the engine.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_millis(now_ms())
}

/// The operations context.
///
/// # Panics
/// Never in the application: its root provides it before any page exists.
pub(crate) fn use_ops() -> Ops {
    expect_context::<Ops>()
}

/// The operations context of a fresh session; for the root.
pub(crate) fn provide_ops(runner: Runner) {
    provide_context(Ops::start(use_session(), runner));
}
