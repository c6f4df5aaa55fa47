//! What this tab came to know of projects and environments beside the answers themselves.
//!
//! - Which projects deploy Helm charts, and which project is on screen: the API reads their environments and changes none of
//!   them, so on their pages nothing that changes something is offered.
//! - How many services of an environment had problems when it was looked at, for places that show only what a list tells.

use super::{Session, use_session};
use crate::api::projects::{self, DeployType};
use crate::clock::unix_seconds;
use crate::route::EnvironmentRef;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// For how many seconds the problems of an environment are told: what was seen long ago may be untrue.
const FRESH: i64 = 600;

#[derive(Default)]
struct Seen {
    /// Whether a project is a Helm project, by its key.
    helm: HashMap<String, bool>,
    /// The project on screen.
    shown: Option<String>,
    /// Services with problems, and when they were seen.
    problems: HashMap<EnvironmentRef, (usize, i64)>,
}

/// What is known; cheap to copy. One cell and one trigger: signals of these types would each cost the first page code.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    seen: StoredValue<Rc<RefCell<Seen>>, LocalStorage>,
    changed: Trigger,
}

impl Known {
    /// Nothing.
    pub(super) fn start() -> Self {
        Self { seen: StoredValue::new_local(Rc::default()), changed: Trigger::new() }
    }

    fn seen(self) -> Rc<RefCell<Seen>> {
        self.seen.try_get_value().unwrap_or_default()
    }

    /// Whether the project on screen is a Helm project; a reactive read. Not before it is known.
    pub(crate) fn helm_is_shown(self) -> bool {
        self.changed.track();
        let seen = self.seen();
        let seen = seen.borrow();
        seen.shown.as_ref().is_some_and(|key| seen.helm.get(key) == Some(&true))
    }

    /// Takes in what an answer said about a project.
    pub(crate) fn learn_helm(self, project: &str, helm: bool) {
        let before = self.seen().borrow_mut().helm.insert(project.to_owned(), helm);
        if before != Some(helm) {
            self.changed.notify();
        }
    }

    fn show(self, project: Option<String>) {
        self.seen().borrow_mut().shown = project;
        self.changed.notify();
    }

    /// So many services of an environment have problems now.
    pub(crate) fn saw_problems(self, at: &EnvironmentRef, problems: usize) {
        let now = unix_seconds();
        let before = self.seen().borrow_mut().problems.insert(at.clone(), (problems, now));
        // An old look is no news, unless what it saw was not told any more.
        if !before.is_some_and(|(count, then)| count == problems && now - then < FRESH) {
            self.changed.notify();
        }
    }

    /// What was seen of an environment's problems is not told any more.
    pub(crate) fn forget_problems(self, at: &EnvironmentRef) {
        if self.seen().borrow_mut().problems.remove(at).is_some() {
            self.changed.notify();
        }
    }

    /// How many services of an environment had problems, as far as that was seen a short time ago; a reactive read.
    pub(crate) fn problems_of(self, at: &EnvironmentRef) -> usize {
        self.changed.track();
        let seen = self.seen();
        let found = seen.borrow().problems.get(at).copied();
        found.filter(|(_, then)| unix_seconds() - then < FRESH).map_or(0, |(problems, _)| problems)
    }
}

/// Says that a page of `project` is on screen, as long as its owner lives, and finds out what kind of project it is (`H2`,
/// once for each project). An account that may not read it finds nothing out: then everything is offered, and Zadig refuses.
pub(crate) fn show_project(project: &str) {
    let session = use_session();
    let key = project.to_owned();
    session.known.show(Some(key.clone()));
    let cleared = key.clone();
    on_cleanup(move || {
        // The next page may have said its own already.
        let mine = session.known.seen().borrow().shown.as_ref() == Some(&cleared);
        if mine {
            session.known.show(None);
        }
    });
    leptos::task::spawn_local(find_out(session, key));
}

async fn find_out(session: Session, project: String) {
    let unknown = !session.known.seen().borrow().helm.contains_key(&project);
    let Some(client) = session.client().filter(|_| unknown && session.may_ask()) else { return };
    if let Ok(found) = client.send(projects::kind(&project)).await {
        session.known.learn_helm(&project, found.deploy_type == DeployType::Helm);
    }
}
