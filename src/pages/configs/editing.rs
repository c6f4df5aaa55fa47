//! The edit of one object: its buffer, what is wrong with it, and what the server says meanwhile.

use crate::api::envcfgs::EnvConfig;
use crate::components::editor::EditorHandle;
use crate::components::guard::{SubmittedChange, guard_edits};
use crate::domain::configs::Buffer;
use crate::domain::conflict::{Comparison, compare};
use crate::domain::yaml::Problem;
use crate::domain::yaml::check::may_be_sent;
use crate::domain::yaml::fields::compared_text;
use crate::domain::yaml::same::holds;
use crate::drafts::{DraftKey, Drafts, use_drafts};
use crate::nav::{Nav, use_nav};
use crate::operations::{Ops, use_ops};
use crate::ops::Plan;
use crate::ops::plans::configs;
use crate::route::{ConfigView, EnvironmentRef, Route};
use gloo_timers::future::sleep;
use leptos::prelude::*;
use std::time::Duration;

/// What somebody else made of the object meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Theirs {
    /// Another text.
    Changed {
        /// Who, as far as is known.
        who: Option<String>,
        /// The text.
        text: String,
    },
    /// It is gone.
    Deleted,
}

/// For how long nothing is typed before a large value goes into the buffer.
const PAUSE: Duration = Duration::from_millis(400);

/// What was typed and is not in the buffer yet.
#[derive(Default)]
struct Late {
    commit: Option<Box<dyn FnOnce()>>,
    /// Counts what was typed.
    turn: u64,
}

/// An edit; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Editing {
    /// The text and its values.
    pub buffer: RwSignal<Buffer>,
    /// Reaches into the editor.
    pub handle: EditorHandle,
    /// What is wrong with the text.
    pub problems: Memo<Vec<Problem>>,
    /// Whether there is something that is not saved.
    pub dirty: Memo<bool>,
    /// What somebody else did meanwhile.
    pub theirs: RwSignal<Option<Theirs>>,
    /// Whether the edit was found in the drafts.
    pub restored: RwSignal<bool>,
    key: StoredValue<DraftKey>,
    /// Once the place was left on purpose, nothing is kept any more.
    left: StoredValue<bool>,
    handed: SubmittedChange,
    /// What saving is, as far as it can be saved here.
    save: StoredValue<Option<Callback<()>>>,
    /// The text that was handed in last.
    sent: StoredValue<Option<String>>,
    /// What was typed and is not in the buffer yet.
    late: StoredValue<Late, LocalStorage>,
    /// Whether there is such.
    pending: RwSignal<bool>,
    drafts: Drafts,
    ops: Ops,
}

impl Editing {
    /// Begins with a buffer, or goes on with the draft of the same object. Guards the edits until the owner is gone.
    pub(crate) fn start(key: DraftKey, fresh: Buffer) -> Self {
        let (drafts, ops, nav) = (use_drafts(), use_ops(), use_nav());
        let draft = drafts.get(&key);
        let restored = RwSignal::new(draft.is_some());
        let buffer = RwSignal::new(draft.unwrap_or(fresh));
        let handed = SubmittedChange::new();
        let changed = Memo::new(move |_| buffer.with(Buffer::is_dirty));
        let pending = RwSignal::new(false);
        let editing = Self {
            buffer,
            handle: EditorHandle::new(),
            problems: Memo::new(move |_| buffer.with(Buffer::problems)),
            dirty: Memo::new(move |_| pending.get() || changed.get() && !handed.is_accepted(ops)),
            theirs: RwSignal::new(None),
            restored,
            key: StoredValue::new(key.clone()),
            left: StoredValue::new(false),
            handed,
            save: StoredValue::new(None),
            sent: StoredValue::new(None),
            late: StoredValue::new_local(Late::default()),
            pending,
            drafts,
            ops,
        };
        let own = place(&key);
        guard_edits(editing.dirty, move |route| is_place(route, &own));
        editing.forget_when_left(nav);
        editing
    }

    /// Whoever leaves after the question has dropped the edits; what is only built anew finds them again.
    fn forget_when_left(self, nav: Nav) {
        on_cleanup(move || {
            let Some(key) = self.key.try_get_value() else { return };
            let own = place(&key);
            if nav.route.try_with_untracked(|route| is_place(route, &own)) != Some(true) {
                let _ = self.left.try_set_value(true);
                self.drafts.forget(&key);
            }
        });
    }

    /// Has `commit` change the buffer once nothing was typed for a moment, and before anything else is done with it: a large
    /// value takes longer than a key stroke may.
    pub(crate) fn edit_later(self, commit: impl FnOnce() + 'static) {
        self.handed.edited();
        let _ = self.pending.try_set(true);
        let turn = self.late.try_update_value(|late| {
            late.turn += 1;
            late.commit = Some(Box::new(commit));
            late.turn
        });
        leptos::task::spawn_local(async move {
            sleep(PAUSE).await;
            // Only the last of several.
            if self.late.try_with_value(|late| late.turn) == turn {
                self.flush();
            }
        });
    }

    /// Puts what was typed into the buffer.
    pub(crate) fn flush(self) {
        let commit = self.late.try_update_value(|late| late.commit.take()).flatten();
        if let Some(commit) = commit {
            commit();
            let _ = self.pending.try_set(false);
        }
    }

    /// Changes the buffer, and keeps the draft.
    pub(crate) fn edit<T>(self, change: impl FnOnce(&mut Buffer) -> T) -> Option<T> {
        self.flush();
        let done = self.buffer.try_update(change)?;
        self.handed.edited();
        self.keep();
        Some(done)
    }

    fn keep(self) {
        let Some(key) = self.key.try_get_value() else { return };
        let dirty = self.buffer.try_with_untracked(Buffer::is_dirty) == Some(true);
        match dirty && self.left.try_get_value() == Some(false) {
            true => self.buffer.with_untracked(|buffer| self.drafts.keep(&key, buffer)),
            false => self.drafts.forget(&key),
        }
    }

    /// Drops the edits.
    pub(crate) fn discard(self) {
        match self.theirs.get_untracked() {
            Some(Theirs::Changed { text, .. }) => {
                let (kind, name) =
                    self.buffer.with_untracked(|buffer| (buffer.kind().clone(), buffer.name()));
                self.replace(Buffer::open(kind, &name, &text));
            }
            _ => {
                self.edit(Buffer::reset);
                self.restored.set(false);
            }
        }
    }

    /// Whether it may be sent; a reactive read.
    pub(crate) fn can_be_saved(self) -> bool {
        self.dirty.get()
            && self.theirs.with(Option::is_none)
            && self.problems.with(|problems| may_be_sent(problems))
            && self.buffer.with(|buffer| !buffer.is_veiled())
    }

    /// Opens the review of a plan that sends `whole`.
    pub(crate) fn propose(self, plan: Plan, whole: String) {
        self.sent.set_value(Some(whole));
        self.handed.follow(self.ops.propose(plan));
    }

    /// Says what saving is.
    pub(crate) fn saves_by(self, save: Callback<()>) {
        self.save.set_value(Some(save));
    }

    /// Saves, where it can be saved.
    pub(crate) fn save(self) {
        self.flush();
        if let Some(save) = self.save.get_value() {
            save.run(());
        }
    }

    /// Whether what was handed in was accepted; a reactive read.
    pub(crate) fn is_accepted(self) -> bool {
        self.handed.is_accepted(self.ops)
    }

    /// Goes on with saving, once the object was read again (`None`: it is gone): opens the review, or leaves it to the
    /// conflict.
    pub(crate) fn review(self, at: &EnvironmentRef, now: Option<&EnvConfig>) {
        self.flush();
        let Some(now) = now else {
            self.theirs.set(Some(Theirs::Deleted));
            return;
        };
        self.follow(now);
        let whole = self.buffer.with_untracked(Buffer::whole);
        if let (true, Ok(plan)) = (untrack(|| self.can_be_saved()), configs::update(at, now, &whole)) {
            self.propose(plan, whole);
        }
    }

    /// Takes in what the server has now. An edit is never overwritten: what somebody else changed is put beside it.
    pub(crate) fn follow(self, config: &EnvConfig) {
        let now = &config.yaml_data;
        let (kind, dirty, whole, unchanged) = self.buffer.with_untracked(|buffer| {
            (buffer.kind().clone(), buffer.is_dirty(), buffer.whole(), buffer.base() == now)
        });
        if unchanged {
            self.theirs.set(None);
            return;
        }
        let open = || Buffer::open(kind.clone(), &config.name, now);
        let sent = self.sent.get_value().filter(|sent| holds(now, sent, &kind));
        // What was sent last is mine too: the server gives it back with labels and an order of its own.
        let mine = sent.as_ref().map_or(whole.as_str(), |_| now.as_str());
        let comparison = self.buffer.with_untracked(|buffer| compare(buffer.base(), mine, now, same_object));
        match (comparison, sent) {
            // Typed on while it was being saved.
            (Comparison::Same, Some(sent)) if sent != whole => self.on_top_of(now),
            (Comparison::Same, _) => self.replace(open()),
            _ if !dirty => self.replace(open()),
            // On its way, and not to be seen yet.
            _ if untrack(|| self.is_accepted()) => {}
            (Comparison::Applies, _) => self.theirs.set(None),
            (Comparison::Conflict, _) => {
                let (who, text) = (config.update_by.clone(), now.clone());
                self.theirs.set(Some(Theirs::Changed { who, text }));
            }
        }
    }

    /// Takes a buffer in the place of the one there is.
    pub(crate) fn replace(self, buffer: Buffer) {
        self.sent.set_value(None);
        self.theirs.set(None);
        self.restored.set(false);
        self.edit(move |old| *old = buffer);
    }

    /// Keeps the text, on top of what is there now.
    pub(crate) fn on_top_of(self, now: &str) {
        self.sent.set_value(None);
        self.theirs.set(None);
        self.edit(|buffer| buffer.rebase(now));
    }
}

/// Whether two texts are the same but for what Kubernetes writes by itself.
fn same_object(a: &str, b: &str) -> bool {
    a == b || compared_text(a) == compared_text(b)
}

fn place(key: &DraftKey) -> (crate::route::EnvironmentRef, ConfigView) {
    let view = match &key.name {
        Some(name) => ConfigView::one(key.kind.clone(), name.clone()),
        None => ConfigView::New(key.kind.clone()),
    };
    (key.env.clone(), view)
}

fn is_place(route: &Route, own: &(crate::route::EnvironmentRef, ConfigView)) -> bool {
    match route {
        Route::Configs { at, view } => *at == own.0 && view.is_same_place(&own.1),
        _ => false,
    }
}
