//! What is edited, beside what is there.

use crate::api::environments::{EnvStatus, Environment};
use crate::api::{ApiError, GlobalVariable, Variable, VariableValue, projects};
use crate::components::guard::SubmittedChange;
use crate::domain::three_way::{EditValue, Edits, record, settle};
use crate::domain::variables::{Row, rows};
use crate::query::{Stage, use_query};
use crate::remote::Pace;
use crate::route::EnvironmentRef;
use crate::session::use_session;
use leptos::prelude::*;
use std::sync::Arc;

/// The edits of an environment's global variables. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Draft {
    /// The environment.
    pub at: StoredValue<EnvironmentRef>,
    /// The variables as they are.
    pub now: Memo<Vec<GlobalVariable>>,
    /// The variables the project defines (`H3`).
    pub definition: Memo<Vec<Variable>>,
    /// How far the definition is.
    pub defined: Memo<Stage>,
    /// Why there is no definition.
    pub undefined: Signal<Option<Arc<ApiError>>>,
    /// The edits.
    pub edits: RwSignal<Edits>,
    /// Every variable with the edits on top.
    pub rows: Memo<Vec<Row>>,
    /// The variable that was just added, until its row is there.
    pub fresh: RwSignal<Option<String>>,
    /// The change that was handed in last.
    pub handed: SubmittedChange,
    /// Whether nothing can be edited: in read-only mode, and while the environment sleeps.
    pub locked: Memo<bool>,
}

impl Draft {
    /// Begins without edits and follows `detail`: edits that are so already are dropped, others are left alone.
    pub(crate) fn start(at: StoredValue<EnvironmentRef>, detail: Memo<Option<Arc<Environment>>>) -> Self {
        let session = use_session();
        let query = use_query(
            move || Some(at.with_value(|at| (at.project.clone(), at.family))),
            |client, (project, family)| async move {
                let found = client.send(projects::variables(&project)).await?;
                Ok(if family.is_production() { found.production } else { found.test })
            },
            |_| Pace::Once,
        );
        let now = Memo::new(move |_| {
            detail.with(|detail| detail.as_ref().map(|one| one.global_variables.clone()).unwrap_or_default())
        });
        let definition =
            Memo::new(move |_| query.value().map(|found| found.as_ref().clone()).unwrap_or_default());
        let edits = RwSignal::new(Edits::new());
        let rows = Memo::new(move |_| {
            now.with(|now| definition.with(|definition| edits.with(|edits| rows(now, edits, definition))))
        });
        let sleeping = Memo::new(move |_| {
            detail.with(|detail| detail.as_ref().is_some_and(|one| one.status == EnvStatus::Sleeping))
        });
        crate::effect::effect(move || {
            let mut left = edits.get_untracked();
            if now.with(|now| settle(&mut left, now)) {
                edits.set(left);
            }
        });
        Self {
            at,
            now,
            definition,
            defined: query.stage(),
            undefined: Signal::derive(move || query.error()),
            edits,
            rows,
            fresh: RwSignal::new(None),
            handed: SubmittedChange::new(),
            locked: Memo::new(move |_| session.is_read_only() || sleeping.get()),
        }
    }

    /// Whether there are edits; a reactive read.
    pub(crate) fn is_dirty(self) -> bool {
        self.edits.with(|edits| !edits.is_empty())
    }

    /// HostOptions a value for a variable, which is added where it is not there.
    pub(crate) fn set(self, key: &str, value: VariableValue) {
        self.record(key, EditValue::Set(value));
    }

    /// Adds a variable that the project defines.
    pub(crate) fn add(self, one: &Variable) {
        self.fresh.set(Some(one.key.clone()));
        self.set(&one.key, one.value.clone());
    }

    /// HostOptions that a variable were gone.
    pub(crate) fn remove(self, key: &str) {
        self.record(key, EditValue::Remove);
    }

    /// Drops the edit of a variable.
    pub(crate) fn undo(self, key: &str) {
        self.edits.update(|edits| {
            edits.remove(key);
        });
        self.handed.edited();
    }

    /// Drops every edit.
    pub(crate) fn clear(self) {
        let _ = self.edits.try_set(Edits::new());
        self.handed.edited();
    }

    fn record(self, key: &str, what: EditValue) {
        let now = self.now.get_untracked();
        self.edits.update(|edits| record(edits, key, what, &now));
        self.handed.edited();
    }
}
