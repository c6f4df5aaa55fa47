//! Which projects deploy Helm charts. The API reads their environments and changes none of them, so on their pages nothing
//! that changes something is offered.

use super::{Session, use_session};
use crate::api::projects::{self, DeployType};
use leptos::prelude::*;
use std::collections::HashMap;

/// What is known of projects, and which one is on screen; cheap to copy.
#[derive(Clone, Copy)]
pub struct ProjectKinds {
    /// Whether a project is a Helm project, by its key. A project that is asked about is in it already.
    helm: StoredValue<HashMap<String, bool>>,
    shown: StoredValue<Option<String>>,
    /// Notified whenever either changes: signals of such types would each cost the first page code of their own.
    changed: Trigger,
}

impl ProjectKinds {
    /// Nothing known.
    pub(crate) fn start() -> Self {
        Self {
            helm: StoredValue::new(HashMap::new()),
            shown: StoredValue::new(None),
            changed: Trigger::new(),
        }
    }

    /// Whether the project on screen is a Helm project; a reactive read. Not before it is known.
    pub fn helm_is_shown(self) -> bool {
        self.changed.track();
        let shown = self.shown.try_get_value().flatten();
        shown.is_some_and(|key| self.helm.try_with_value(|helm| helm.get(&key) == Some(&true)) == Some(true))
    }

    fn show(self, project: Option<String>) {
        let _ = self.shown.try_update_value(|shown| *shown = project);
        self.changed.notify();
    }

    /// Takes in what an answer said about a project.
    pub(crate) fn learn(self, project: &str, helm: bool) {
        let before = self.helm.try_update_value(|known| known.insert(project.to_owned(), helm));
        if before.is_some_and(|before| before != Some(helm)) {
            self.changed.notify();
        }
    }
}

/// Says that a page of `project` is on screen, as long as its owner lives, and finds out what kind of project it is (`H2`,
/// once for each project). An account that may not read it finds nothing out: then everything is offered, and Zadig refuses.
pub fn show_project(project: &str) {
    let session = use_session();
    let kinds = session.projects;
    let key = project.to_owned();
    kinds.show(Some(key.clone()));
    let cleared = key.clone();
    on_cleanup(move || {
        // The next page may have said its own already.
        if kinds.shown.try_get_value().flatten() == Some(cleared.clone()) {
            kinds.show(None);
        }
    });
    leptos::task::spawn_local(find_out(session, key));
}

async fn find_out(session: Session, project: String) {
    let unknown = session.projects.helm.try_with_value(|known| !known.contains_key(&project));
    let Some(client) = session.client().filter(|_| unknown == Some(true) && session.may_ask()) else {
        return;
    };
    if let Ok(found) = client.send(projects::kind(&project)).await {
        session.projects.learn(&project, found.deploy_type == DeployType::Helm);
    }
}
