//! What was typed into the hosts of a service, over what is there. A refresh underneath never touches it.

use super::source::Source;
use crate::api::Client;
use crate::api::portal::{self, PortalServer};
use crate::components::fresh_read::{FreshRead, use_fresh_read};
use crate::components::guard::SubmittedChange;
use crate::domain::conflict::{Comparison, compare};
use crate::domain::portal::{Row, diff, same_as, servers};
use crate::ops::history::PortalSetHere;
use crate::ops::plans::portal::set;
use crate::ops::{Problem, Warning};
use crate::pages::sharing::sharing_state::SharingState;
use leptos::prelude::*;

/// Rows with the numbers that tell them apart while they are edited.
pub(super) type Rows = Vec<(usize, Row)>;

/// What the parts of the editor share; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    pub sharing_state: SharingState,
    pub service: StoredValue<String>,
    /// What is there now.
    pub source: Memo<Source>,
    /// What this tab set last.
    here: Memo<Option<PortalSetHere>>,
    /// What was typed, if anything was.
    edits: RwSignal<Option<Rows>>,
    /// What was there when the typing began.
    began: RwSignal<Option<Source>>,
    handed: SubmittedChange,
    /// The read before the review.
    pub fresh: FreshRead,
    /// Reads what is there into `source`.
    refresh: Callback<()>,
    /// The rows as shown.
    pub rows: Memo<Rows>,
    pub problem: RwSignal<Option<Problem>>,
}

impl Editor {
    /// Nothing typed yet, over `source`. `here` is what this tab set last.
    pub(crate) fn new(
        sharing_state: SharingState,
        service: StoredValue<String>,
        source: Memo<Source>,
        here: Memo<Option<PortalSetHere>>,
        refresh: Callback<()>,
    ) -> Self {
        let edits = RwSignal::new(None::<Rows>);
        let rows = Memo::new(move |_| {
            edits.get().unwrap_or_else(|| {
                source.with(|source| source.servers().iter().map(Row::from).enumerate().collect())
            })
        });
        let editor = Self {
            sharing_state,
            service,
            source,
            here,
            edits,
            began: RwSignal::new(None),
            handed: SubmittedChange::new(),
            fresh: use_fresh_read(),
            refresh,
            rows,
            problem: RwSignal::new(None),
        };
        // What was typed and is there now is no edit any more.
        crate::effect::effect(move || {
            if source.with(|source| same_as(&editor.plain(), source.servers()))
                && edits.with_untracked(Option::is_some)
            {
                editor.discard();
            }
        });
        editor
    }

    /// The rows without their numbers; a reactive read.
    pub(crate) fn plain(self) -> Vec<Row> {
        self.rows.with(|rows| rows.iter().map(|(_, row)| row.clone()).collect())
    }

    /// Changes the rows.
    pub(crate) fn edit(self, change: impl FnOnce(&mut Rows)) {
        let mut rows = self.rows.get_untracked();
        if self.edits.with_untracked(Option::is_none) {
            self.began.set(Some(self.source.get_untracked()));
        }
        change(&mut rows);
        self.handed.edited();
        self.edits.set(Some(rows));
    }

    /// Adds an empty row.
    pub(crate) fn add(self) {
        self.edit(|rows| {
            let next = rows.iter().map(|(id, _)| id + 1).max().unwrap_or(0);
            rows.push((next, Row::new()));
        });
    }

    /// Drops what was typed.
    pub(crate) fn discard(self) {
        self.edits.set(None);
        self.began.set(None);
        self.problem.set(None);
    }

    /// Whether something was typed that is not there; a reactive read.
    pub(crate) fn is_edited(self) -> bool {
        let rows = self.plain();
        self.edits.with(Option::is_some) && self.source.with(|source| !same_as(&rows, source.servers()))
    }

    /// Whether something was typed that the server does not have, as far as anybody knows; a reactive read.
    pub(crate) fn is_unsaved(self) -> bool {
        self.is_edited() && !self.handed.is_accepted(self.sharing_state.ops)
    }

    /// Whether it was changed elsewhere since the typing began; a reactive read.
    pub(crate) fn changed_elsewhere(self) -> bool {
        let rows = self.plain();
        let began = self.began.get();
        self.source.with(|now| began.is_some_and(|began| self.conflicts(&began, &rows, now)))
    }

    /// Whether somebody else changed the hosts that these rows were made on; a reactive read.
    fn conflicts(self, began: &Source, rows: &[Row], now: &Source) -> bool {
        let by_this_tab =
            || self.here.with(|here| here.as_ref().is_some_and(|here| here.servers == now.servers()));
        // Rows that cannot be sent yet are like nothing that could be there.
        let mine = servers(rows);
        let mine = mine.as_deref().unwrap_or(began.servers());
        let same = |a: &[PortalServer], b: &[PortalServer]| diff(a, b).is_empty();
        now.is_read()
            && compare(began.servers(), mine, now.servers(), same) == Comparison::Conflict
            && !by_this_tab()
    }

    /// Keeps the rows on top of what is there now.
    pub(crate) fn keep(self) {
        self.began.set(Some(self.source.get_untracked()));
    }

    /// Reads the hosts again, and opens the review of setting these rows, or of removing all, where nobody else changed
    /// them.
    pub(crate) fn review(self, remove: bool) {
        let (at, service) = (self.sharing_state.at.get_value(), self.service.get_value());
        let read = move |client: Client| async move {
            client.send(portal::get(&at.project, &at.key, &service)).await
        };
        self.fresh.start(read, move |answer| {
            let now = Source::of(&answer, self.here.get_untracked());
            let began = self.began.get_untracked().unwrap_or_else(|| self.source.get_untracked());
            let rows = if remove { Vec::new() } else { untrack(|| self.plain()) };
            if untrack(|| self.conflicts(&began, &rows, &now)) {
                // The notice about it shows what is there.
                self.refresh.run(());
                return;
            }
            self.propose(remove, now);
        });
    }

    /// Opens the review of setting these rows, or of removing all, over what was just read.
    fn propose(self, remove: bool, source: Source) {
        let t = &self.sharing_state.i18n.t().sharing();
        let Some(wanted) = (if remove { Some(Vec::new()) } else { servers(&untrack(|| self.plain())) })
        else {
            return;
        };
        let unread = match &source {
            Source::Read(_) => None,
            Source::SetHere(_) => Some(t.portal_warn_here),
            Source::Unknown => Some(t.portal_warn_unread),
        };
        let removal = remove.then_some(t.portal_warn_remove);
        let plan = self
            .sharing_state
            .at
            .with_value(|at| self.service.with_value(|service| set(at, service, source.before(), &wanted)));
        match plan {
            Ok(plan) => {
                self.problem.set(None);
                let warnings = [removal, unread].into_iter().flatten().map(Warning::Other);
                let id = self.sharing_state.ops.propose(plan.warnings(warnings));
                if !remove {
                    self.handed.follow(id);
                }
            }
            Err(why) => self.problem.set(Some(why)),
        }
    }
}
