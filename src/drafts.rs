//! Edits of configs that are not saved, kept for the tab: a page that is built anew finds what was typed. They are in
//! memory only, and gone with the token: they may hold secrets.

use crate::api::envcfgs::EnvConfigKind;
use crate::domain::configs::Buffer;
use crate::route::EnvironmentRef;
use crate::session::Session;
use leptos::prelude::*;
use std::collections::HashMap;

/// Which object an edit is of; without a name it is of a new one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DraftKey {
    /// The environment.
    pub env: EnvironmentRef,
    /// The kind.
    pub kind: EnvConfigKind,
    /// The name.
    pub name: Option<String>,
}

/// The drafts of this instance, as a context.
#[derive(Clone, Copy)]
pub(crate) struct Drafts(StoredValue<HashMap<DraftKey, Buffer>>);

impl Drafts {
    /// None yet. They are forgotten when there is no token any more.
    pub(crate) fn start(session: Session) -> Self {
        let drafts = Self(StoredValue::new(HashMap::new()));
        crate::effect::effect(move || {
            session.connection.track();
            if !session.has_token() {
                drafts.0.update_value(HashMap::clear);
            }
        });
        drafts
    }

    /// The draft of an object.
    pub(crate) fn get(self, key: &DraftKey) -> Option<Buffer> {
        self.0.try_with_value(|drafts| drafts.get(key).cloned()).flatten()
    }

    /// Keeps a draft.
    pub(crate) fn keep(self, key: &DraftKey, buffer: &Buffer) {
        let _ = self.0.try_update_value(|drafts| drafts.insert(key.clone(), buffer.clone()));
    }

    /// Forgets a draft.
    pub(crate) fn forget(self, key: &DraftKey) {
        let _ = self.0.try_update_value(|drafts| drafts.remove(key));
    }
}

/// The drafts context.
///
/// # Panics
/// Never in the application: its root provides it before any page exists.
pub(crate) fn use_drafts() -> Drafts {
    expect_context::<Drafts>()
}
