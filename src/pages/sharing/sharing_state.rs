//! What the page knows: the environment, Zadig's answers, and what this tab itself did.

use crate::api::environments::{EnvStatus, Environment, EnvironmentSummary};
use crate::api::portal::PortalService;
use crate::api::share::{self, ShareOperation, ShareReadiness};
use crate::api::{ErrorKind, Family, environments, portal, system};
use crate::clock::unix_seconds;
use crate::domain::environments::natural;
use crate::domain::sharing::{self, Mark, Standing, Stopwatch, Way};
use crate::i18n::{I18n, use_i18n};
use crate::operations::{Ops, use_ops};
use crate::ops::{Kind, OpId, Outcome, history};
use crate::query::{Query, use_query};
use crate::remote::Pace;
use crate::route::EnvironmentRef;
use leptos::prelude::*;
use std::sync::Arc;

/// The newest operation on sub-environments here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Last {
    pub id: OpId,
    pub way: Way,
    pub under_way: bool,
    pub verified: bool,
    /// When it was sent, unix seconds.
    pub sent: Option<i64>,
}

/// Everything the parts of the page look at; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct SharingState {
    pub at: StoredValue<EnvironmentRef>,
    /// The services, in order.
    pub services: Memo<Vec<String>>,
    pub cluster: Memo<String>,
    pub status: Memo<EnvStatus>,
    /// The checks (`E42`).
    pub readiness: Query<ShareReadiness>,
    /// Whether the cluster has Istio (`H6`).
    pub istio: Query<bool>,
    /// Workloads without a Kubernetes Service (`E39`).
    pub lone: Query<Vec<String>>,
    /// The test environments of the project (`E01`).
    pub environments: Query<Vec<EnvironmentSummary>>,
    pub standing: Memo<Standing>,
    pub last: Memo<Option<Last>>,
    pub watch: RwSignal<Stopwatch>,
    pub ops: Ops,
    /// Kept, because a context is not there in the handler of an event.
    pub i18n: I18n,
}

/// Busy while the namespace is set up and something is still missing; a namespace at rest is looked at now and then.
fn pace(readiness: &ShareReadiness) -> Pace {
    let settled = !readiness.checks.namespace_has_istio_label || readiness.is_ready;
    if settled { Pace::Idle } else { Pace::Busy }
}

impl SharingState {
    /// Begins to look.
    pub(crate) fn of(at: StoredValue<EnvironmentRef>, detail: Memo<Option<Arc<Environment>>>) -> Self {
        let ops = use_ops();
        let of = move |take: fn(&Environment) -> String| {
            Memo::new(move |_| detail.with(|detail| detail.as_deref().map(take).unwrap_or_default()))
        };
        let cluster = of(|env| env.cluster_id.clone());
        let status = Memo::new(move |_| {
            detail.with(|detail| detail.as_deref().map(|env| env.status.clone()).unwrap_or_default())
        });
        let services = Memo::new(move |_| {
            let names = |env: &Environment| env.services.iter().map(|one| one.name.clone()).collect();
            let mut names: Vec<String> =
                detail.with(|detail| detail.as_deref().map(names).unwrap_or_default());
            names.sort_by(|a, b| natural(a, b));
            names
        });
        let readiness = use_query(
            move || Some(at.get_value()),
            |client, at| async move {
                client.send(share::readiness(&at.project, &at.key, ShareOperation::Enable)).await
            },
            pace,
        );
        let istio = use_query(
            move || Some(cluster.get()).filter(|id| !id.is_empty()),
            |client, id| async move { client.send(system::istio_installed(&id)).await },
            |_| Pace::Once,
        );
        let lone = use_query(
            move || Some(at.get_value()),
            |client, at| async move { client.workloads_without_service(&at.project, &at.key).await },
            |_| Pace::Once,
        );
        let environments = use_query(
            move || Some(at.with_value(|at| at.project.clone())),
            |client, project| async move { client.send(environments::list(Family::Test, &project)).await },
            |_| Pace::Idle,
        );
        let last = Memo::new(move |_| at.with_value(|at| last(ops, at)));
        let under_way = Memo::new(move |_| last.get().filter(|last| last.under_way).map(|last| last.way));
        let mark = mark(at, readiness, services, last);
        let standing = Memo::new(move |_| {
            let readiness = readiness.latest().get().0;
            let checks = readiness.as_deref().map(|readiness| &readiness.checks);
            sharing::standing(checks, mark.get(), under_way.get())
        });
        let sharing_state = Self {
            at,
            services,
            cluster,
            status,
            readiness,
            istio,
            lone,
            environments,
            standing,
            last,
            watch: RwSignal::new(Stopwatch::default()),
            ops,
            i18n: use_i18n(),
        };
        sharing_state.time_checks();
        sharing_state.look_when_it_ends();
        sharing_state
    }

    /// Reads everything again.
    pub(crate) fn refresh(self) {
        self.readiness.refresh();
        self.istio.refresh();
        self.lone.refresh();
        self.environments.refresh();
    }

    /// Whether the server cannot tell which workloads lack a Kubernetes Service; a reactive read.
    pub(crate) fn cannot_list(self) -> bool {
        self.lone.error().is_some_and(|error| error.kind == ErrorKind::RouteMissing)
    }

    /// The sub-environments this tab learnt of that are still listed; a reactive read.
    pub(crate) fn known_subs(self) -> Vec<String> {
        self.candidates().into_iter().filter(|one| one.known).map(|one| one.key).collect()
    }

    /// The environments that are or may be sub-environments of this one; a reactive read.
    pub(crate) fn candidates(self) -> Vec<sharing::Candidate> {
        let known = self.at.with_value(|at| history::sub_environments(&self.ops.list(), at));
        let list = self.environments.value();
        let list = list.as_deref().map(Vec::as_slice).unwrap_or_default();
        self.at.with_value(|at| sharing::candidates(list, &at.key, &self.cluster.get(), &known))
    }

    /// Said with an error while older checks are still shown; a reactive read.
    pub(crate) fn lost_text(self) -> String {
        let there = self.readiness.value().is_some();
        if there { self.i18n.t().sharing().checks_lost.to_owned() } else { String::new() }
    }

    fn time_checks(self) {
        let latest = self.readiness.latest();
        crate::effect::effect(move || {
            let (seen, last) = (latest.get().0, self.last.get());
            if let (Some(seen), Some(Last { sent: Some(sent), way, .. })) = (seen, last) {
                self.watch.update(|watch| watch.look(sent, &seen.checks, way, unix_seconds()));
            }
        });
    }

    /// What an operation changed is read at once when it ends.
    fn look_when_it_ends(self) {
        Effect::new(move |was: Option<bool>| {
            let under_way = self.last.get().is_some_and(|last| last.under_way);
            if was == Some(true) && !under_way {
                self.refresh();
            }
            under_way
        });
    }
}

fn last(ops: Ops, at: &EnvironmentRef) -> Option<Last> {
    let op = history::sharing(&ops.list(), at)?;
    Some(Last {
        id: op.id,
        way: if op.facts.kind == Kind::EnableSharing { Way::On } else { Way::Off },
        under_way: op.is_under_way(),
        verified: op.outcome() == Some(&Outcome::Verified),
        sent: op.sent.map(|sent| sent.unix_seconds()),
    })
}

/// Whether Zadig counts the environment as shared; asked only where the namespace is set up, by way of the portal of its
/// first service, whose values do not matter.
fn mark(
    at: StoredValue<EnvironmentRef>,
    readiness: Query<ShareReadiness>,
    services: Memo<Vec<String>>,
    last: Memo<Option<Last>>,
) -> Memo<Mark> {
    let labelled = Memo::new(move |_| {
        readiness.value().is_some_and(|readiness| readiness.checks.namespace_has_istio_label)
    });
    // What was seen to be done from here needs no second question.
    let done_here = Memo::new(move |_| last.get().is_some_and(|last| last.verified && last.way == Way::On));
    let moving = Memo::new(move |_| last.get().is_some_and(|last| last.under_way));
    let answer: Query<PortalService> = use_query(
        move || {
            let ask = labelled.get() && !done_here.get() && !moving.get();
            let service = services.with(|names| names.first().cloned())?;
            ask.then(|| (at.get_value(), service))
        },
        |client, (at, service)| async move { client.send(portal::get(&at.project, &at.key, &service)).await },
        |_| Pace::Idle,
    );
    Memo::new(move |_| {
        if done_here.get() {
            return Mark::Shared;
        }
        match (answer.error(), answer.value()) {
            (Some(error), _) => Mark::of(Err(&error)),
            (None, Some(portal)) => Mark::of(Ok(&portal)),
            (None, None) => Mark::Unknown,
        }
    })
}
