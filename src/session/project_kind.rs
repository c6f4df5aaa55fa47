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
    helm: RwSignal<HashMap<String, bool>>,
    shown: RwSignal<Option<String>>,
}

impl ProjectKinds {
    /// Nothing known.
    pub(crate) fn start() -> Self {
        Self { helm: RwSignal::new(HashMap::new()), shown: RwSignal::new(None) }
    }

    /// Whether the project on screen is a Helm project; a reactive read. Not before it is known.
    pub fn helm_is_shown(self) -> bool {
        let shown = self.shown.try_get().flatten();
        shown.is_some_and(|key| self.helm.try_with(|helm| helm.get(&key) == Some(&true)) == Some(true))
    }

    /// Takes in what an answer said about a project.
    pub(crate) fn learn(self, project: &str, helm: bool) {
        if self.helm.try_with_untracked(|known| known.get(project) != Some(&helm)) == Some(true) {
            let _ = self.helm.try_update(|known| known.insert(project.to_owned(), helm));
        }
    }
}

/// Says that a page of `project` is on screen, as long as its owner lives, and finds out what kind of project it is (`H2`,
/// once for each project). An account that may not read it finds nothing out: then everything is offered, and Zadig refuses.
pub fn show_project(project: &str) {
    let session = use_session();
    let kinds = session.projects;
    let key = project.to_owned();
    kinds.shown.set(Some(key.clone()));
    let cleared = key.clone();
    on_cleanup(move || {
        let _ = kinds.shown.try_maybe_update(|shown| {
            let mine = shown.as_ref() == Some(&cleared);
            if mine {
                *shown = None;
            }
            (mine, ())
        });
    });
    leptos::task::spawn_local(find_out(session, key));
}

async fn find_out(session: Session, project: String) {
    let unknown = session.projects.helm.try_with_untracked(|known| !known.contains_key(&project));
    let Some(client) = session.client().filter(|_| unknown == Some(true) && session.may_ask()) else {
        return;
    };
    if let Ok(found) = client.send(projects::get(&project)).await {
        session.projects.learn(&project, found.deploy_type == DeployType::Helm);
    }
}
