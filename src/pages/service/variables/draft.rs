//! What was edited of a service's variables, and the way to the review.

use crate::api::environments::{self, Environment};
use crate::api::{ApiError, Availability, Client, Feature, services as calls};
use crate::components::fresh_read::{FreshRead, use_fresh_read};
use crate::components::guard::SubmittedChange;
use crate::domain::service_variables::{Conflict, Edit, Edits, Seen, conflict, update};
use crate::operations::{Ops, use_ops};
use crate::ops::Problem;
use crate::ops::plans::services as plans;
use crate::query::Latest;
use crate::route::EnvironmentRef;
use crate::session::{Session, use_session};
use leptos::prelude::*;

/// The edits of one service's variables. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    at: StoredValue<EnvironmentRef>,
    name: StoredValue<String>,
    environment: Memo<Latest<Environment>>,
    /// What was edited.
    pub edits: RwSignal<Edits>,
    /// What was there when the edits began; none while nothing is edited.
    base: RwSignal<Option<Seen>>,
    /// What somebody else did since, with what is there now.
    pub conflict: RwSignal<Option<(Conflict, Seen)>>,
    /// Why there is no plan.
    pub problem: RwSignal<Option<Problem>>,
    /// The read before the review.
    pub fresh: FreshRead,
    /// The read of what is rendered when the edits begin.
    rendered: FreshRead,
    handed: SubmittedChange,
    ops: Ops,
    session: Session,
}

impl Draft {
    /// Nothing is edited yet. Once a change is stored its edits are dropped: the server has them.
    pub(crate) fn start(
        at: StoredValue<EnvironmentRef>,
        name: StoredValue<String>,
        environment: Memo<Latest<Environment>>,
    ) -> Self {
        let draft = Self {
            at,
            name,
            environment,
            edits: RwSignal::new(Edits::new()),
            base: RwSignal::new(None),
            conflict: RwSignal::new(None),
            problem: RwSignal::new(None),
            fresh: use_fresh_read(),
            rendered: use_fresh_read(),
            handed: SubmittedChange::new(),
            ops: use_ops(),
            session: use_session(),
        };
        crate::effect::effect(move || {
            if draft.handed.is_stored(draft.ops) {
                draft.discard();
            }
        });
        draft
    }

    /// Whether something would be lost by leaving.
    pub(crate) fn unsaved(self) -> Signal<bool> {
        Signal::derive(move || {
            self.edits.with(|edits| !edits.is_empty()) && !self.handed.is_accepted(self.ops)
        })
    }

    /// Edits a variable, or with `None` leaves it as it is.
    pub(crate) fn edit(self, key: &str, edit: Option<Edit>) {
        let begins = edit.is_some() && self.edits.with_untracked(Edits::is_empty);
        self.edits.update(|edits| match edit {
            Some(edit) => drop(edits.insert(key.to_owned(), edit)),
            None => drop(edits.remove(key)),
        });
        self.handed.edited();
        self.problem.set(None);
        if begins {
            self.begin();
        } else if self.edits.with_untracked(Edits::is_empty) {
            self.forget();
        }
    }

    /// Drops every edit.
    pub(crate) fn discard(self) {
        let _ = self.edits.try_set(Edits::new());
        self.forget();
    }

    fn forget(self) {
        let _ = self.base.try_set(None);
        let _ = self.conflict.try_set(None);
    }

    /// Remembers what the edits are made on; what is rendered is read for it, where the server tells it.
    fn begin(self) {
        let Some(environment) = self.environment.get_untracked().0 else { return };
        let seen = self.name.with_value(|name| Seen::of(&environment, name, None));
        self.base.set(Some(seen));
        let (at, name, can) = (self.at.get_value(), self.name.get_value(), self.tells_rendered());
        let read = move |client: Client| async move { Ok(rendered(&client, &at, &name, can).await) };
        self.rendered.start(read, move |text: Option<String>| {
            self.base.update(|base| {
                if let Some(base) = base {
                    base.rendered = text.filter(|text| !text.trim().is_empty());
                }
            });
        });
    }

    fn tells_rendered(self) -> bool {
        self.session.features.with_untracked(|features| features.has(Feature::RenderedYaml))
            != Availability::No
    }

    /// Reads the service again, and opens the review where nobody else changed it.
    pub(crate) fn review(self) {
        let (at, name) = (self.at.get_value(), self.name.get_value());
        // Without what was rendered before there is nothing to compare with.
        let can = self.base.with_untracked(|base| base.as_ref().is_some_and(|base| base.rendered.is_some()));
        let read = move |client: Client| async move {
            let environment = client.send(environments::get(at.family, &at.project, &at.key)).await?;
            let rendered = rendered(&client, &at, &name, can).await;
            Ok::<_, ApiError>((environment, rendered))
        };
        self.problem.set(None);
        self.fresh.start(read, move |(environment, rendered)| self.compare(&environment, rendered));
    }

    /// Asks about what somebody else changed, or opens the review.
    fn compare(self, environment: &Environment, rendered: Option<String>) {
        let edits = self.edits.get_untracked();
        let now = self.name.with_value(|name| Seen::of(environment, name, rendered));
        let found = self.base.with_untracked(|base| conflict(base.as_ref()?, &now, &edits));
        if let Some(found) = found {
            self.conflict.set(Some((found, now)));
            return;
        }
        self.conflict.set(None);
        let update = self.name.with_value(|name| update(environment, name, &edits));
        match self.at.with_value(|at| plans::update(at, environment, &[update])) {
            Ok(plan) => {
                self.handed.follow(self.ops.propose(plan));
            }
            Err(problem) => self.problem.set(Some(problem)),
        }
    }

    /// Keeps the edits on top of what is there now, and goes on.
    pub(crate) fn keep(self) {
        if let Some((_, now)) = self.conflict.get_untracked() {
            self.base.set(Some(now));
            self.conflict.set(None);
            self.review();
        }
    }
}

/// What is rendered (`H9`); `None` where the server does not tell it. A failure here must not keep anybody from an
/// update: the environment's own time then decides.
async fn rendered(client: &Client, at: &EnvironmentRef, name: &str, can: bool) -> Option<String> {
    if !can {
        return None;
    }
    client.send(calls::rendered_yaml(at.family, &at.project, &at.key, name)).await.ok()
}
