//! Sub-environments as decisions: where an environment stands, what its five checks say and how long each took, which
//! environments may be its sub-environments, and the request that reaches one.
//!
//! The OpenAPI has neither a flag for base environments nor a list of sub-environments (contract 5). What can be read is
//! the state of the checks (`E42`), and whether Zadig counts the environment as shared, because `E43` refuses with a fixed
//! sentence where it does not. [`standing`] puts the two together.

use std::collections::BTreeMap;

use crate::api::environments::{EnvStatus, EnvironmentSummary};
use crate::api::portal::PortalService;
use crate::api::share::ShareChecks;
use crate::api::{ApiError, KnownDetail, shell_quoted};
use crate::domain::environments::natural;

/// The header by whose value Istio routes a request to a sub-environment.
pub const HEADER: &str = "x-env";

/// Which way sub-environments are being turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// On.
    On,
    /// Off.
    Off,
}

/// One of the five checks of `E42`, in the order in which they usually turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// The namespace carries Istio's label.
    Label,
    /// Every Kubernetes Service has a VirtualService.
    VirtualServices,
    /// Every pod has Istio's proxy.
    Proxies,
    /// Every pod runs or has ended well.
    Pods,
    /// Every workload has a Kubernetes Service; it counts for nothing.
    Services,
}

impl Check {
    /// Every check.
    pub const ALL: [Self; 5] =
        [Self::Label, Self::VirtualServices, Self::Proxies, Self::Pods, Self::Services];

    /// A stable word, for tests and for the page's attributes.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::VirtualServices => "virtual-services",
            Self::Proxies => "proxies",
            Self::Pods => "pods",
            Self::Services => "services",
        }
    }

    const fn value(self, checks: &ShareChecks) -> bool {
        match self {
            Self::Label => checks.namespace_has_istio_label,
            Self::VirtualServices => checks.virtualservice_deployed,
            Self::Proxies => checks.pods_have_istio_proxy,
            Self::Pods => checks.workloads_ready,
            Self::Services => checks.workloads_have_k8s_service,
        }
    }

    /// What it has to be for Zadig to say "ready" (contract 6.11); `None` for the one that counts for nothing.
    const fn wanted(self, way: Way) -> Option<bool> {
        match (self, way) {
            (Self::Services, _) => None,
            (Self::Pods, _) | (_, Way::On) => Some(true),
            (_, Way::Off) => Some(false),
        }
    }
}

/// How one check stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckState {
    /// As it should be.
    Met,
    /// Not yet as it should be, while it is being worked on.
    Waiting,
    /// Not as it should be, and nothing is under way.
    Unmet,
    /// Not met, and nothing depends on it.
    Note,
}

impl CheckState {
    /// A stable word, for tests and for the page's attributes.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Waiting => "waiting",
            Self::Unmet => "unmet",
            Self::Note => "note",
        }
    }
}

/// How a check stands on the way `way`; `moving` says that an operation is under way.
pub fn check_state(check: Check, checks: &ShareChecks, way: Way, moving: bool) -> CheckState {
    match (check.wanted(way), check.value(checks)) {
        (None, true) => CheckState::Met,
        (None, false) => CheckState::Note,
        (Some(wanted), now) if wanted == now => CheckState::Met,
        (Some(_), _) if moving => CheckState::Waiting,
        (Some(_), _) => CheckState::Unmet,
    }
}

/// Whether all checks that count are as they should be: what Zadig calls ready.
pub fn is_ready(checks: &ShareChecks, way: Way) -> bool {
    Check::ALL.into_iter().all(|check| check.wanted(way).is_none_or(|wanted| wanted == check.value(checks)))
}

/// How long each check has taken, in seconds since the operation was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stopwatch {
    started: Option<i64>,
    /// When each was first seen as it should be. One that falls back is timed anew.
    met: BTreeMap<Check, i64>,
}

impl Stopwatch {
    /// Takes in one look at the checks. An operation sent at another time starts the watch anew.
    pub fn look(&mut self, sent: i64, checks: &ShareChecks, way: Way, now: i64) {
        if self.started != Some(sent) {
            *self = Self { started: Some(sent), met: BTreeMap::new() };
        }
        for check in Check::ALL {
            match check_state(check, checks, way, true) {
                CheckState::Met => {
                    self.met.entry(check).or_insert(now);
                }
                _ => {
                    self.met.remove(&check);
                }
            }
        }
    }

    /// How long a check took, or has been taking until `now`; `None` before anything was sent.
    pub fn seconds(&self, check: Check, now: i64) -> Option<u64> {
        let end = self.met.get(&check).copied().unwrap_or(now);
        self.started.map(|started| u64::try_from(end.saturating_sub(started)).unwrap_or(0))
    }
}

/// What Zadig itself thinks of an environment whose namespace is set up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// It takes part in sub-environments.
    Shared,
    /// It does not.
    NotShared,
    /// It did not say.
    #[default]
    Unknown,
}

impl Mark {
    /// Reads it off the answer to `E43`, whose values do not matter here.
    pub fn of(answer: Result<&PortalService, &ApiError>) -> Self {
        match answer {
            Ok(_) => Self::Shared,
            Err(error) if error.known_detail() == Some(KnownDetail::NotBaseEnv) => Self::NotShared,
            Err(_) => Self::Unknown,
        }
    }
}

/// Where an environment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is known yet.
    Unknown,
    /// Sub-environments are off.
    Off,
    /// The namespace is set up, and Zadig does not count the environment as a base: turning on stopped half-way.
    Partial,
    /// They are on.
    On,
    /// They are on, and a check that counts does not hold.
    Unsettled,
    /// Being turned on.
    TurningOn,
    /// Being turned off.
    TurningOff,
}

impl Standing {
    /// A stable word, for tests and for the page's attributes.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Off => "off",
            Self::Partial => "partial",
            Self::On => "on",
            Self::Unsettled => "unsettled",
            Self::TurningOn => "turning-on",
            Self::TurningOff => "turning-off",
        }
    }

    /// Whether the environment may have sub-environments and portal services now.
    pub const fn is_base(self) -> bool {
        matches!(self, Self::On | Self::Unsettled)
    }

    /// Which way the checks are to be read.
    pub const fn way(self) -> Way {
        match self {
            Self::Off | Self::TurningOff => Way::Off,
            _ => Way::On,
        }
    }

    /// Whether an operation is under way.
    pub const fn is_moving(self) -> bool {
        matches!(self, Self::TurningOn | Self::TurningOff)
    }
}

/// Where an environment stands, from its checks, Zadig's own mark, and the operation of this tab that is under way.
pub fn standing(checks: Option<&ShareChecks>, mark: Mark, under_way: Option<Way>) -> Standing {
    let Some(checks) = checks else {
        return match under_way {
            Some(Way::On) => Standing::TurningOn,
            Some(Way::Off) => Standing::TurningOff,
            None => Standing::Unknown,
        };
    };
    match (under_way, checks.namespace_has_istio_label, mark) {
        (Some(Way::On), ..) => Standing::TurningOn,
        (Some(Way::Off), ..) => Standing::TurningOff,
        (None, false, _) => Standing::Off,
        (None, true, Mark::NotShared) => Standing::Partial,
        (None, true, _) if is_ready(checks, Way::On) => Standing::On,
        (None, true, _) => Standing::Unsettled,
    }
}

/// Why turning on or off would be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The cluster has no Istio (`H6`); needed for turning on only.
    NoIstio,
    /// The environment sleeps (contract 6.2).
    Sleeping,
}

/// What stands against turning sub-environments `way`, if anything. `istio` is the answer to `H6`, where there is one.
pub fn obstacle(way: Way, istio: Option<bool>, status: &EnvStatus) -> Option<Obstacle> {
    match (status, way, istio) {
        (EnvStatus::Sleeping, ..) => Some(Obstacle::Sleeping),
        (_, Way::On, Some(false)) => Some(Obstacle::NoIstio),
        _ => None,
    }
}

/// A workload without a Kubernetes Service (`E39`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lone {
    /// Its name.
    pub name: String,
    /// `Deployment` or `StatefulSet`, where the server tells.
    pub kind: Option<String>,
}

/// Reads `name.Kind`, which comes in no order and, from some servers, without the kind.
pub fn without_service(list: &[String]) -> Vec<Lone> {
    let mut lone: Vec<Lone> = list
        .iter()
        .map(|text| match text.rsplit_once('.') {
            Some((name, kind)) => {
                Lone { name: name.to_owned(), kind: (!kind.is_empty()).then(|| kind.to_owned()) }
            }
            None => Lone { name: text.clone(), kind: None },
        })
        .collect();
    lone.sort_by(|a, b| natural(&a.name, &b.name));
    lone
}

/// An environment that is, or may be, a sub-environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its key.
    pub key: String,
    /// Whether this tab knows that it is one.
    pub known: bool,
}

/// The environments that may be sub-environments of `base`: the other test environments in its cluster, those that this
/// tab knows first. `known` are keys this tab learnt of; one that is no longer listed is left out.
pub fn candidates(
    list: &[EnvironmentSummary],
    base: &str,
    cluster: &str,
    known: &[String],
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = list
        .iter()
        .filter(|env| !env.production && env.key != base && env.cluster_id == cluster)
        .map(|env| Candidate { key: env.key.clone(), known: known.contains(&env.key) })
        .collect();
    found.sort_by(|a, b| b.known.cmp(&a.known).then_with(|| natural(&a.key, &b.key)));
    found
}

/// The command that sends a request to a sub-environment: the header decides, the address is the base's.
pub fn routing_curl(address: &str, env: &str) -> String {
    let address = address.trim();
    let address = if address.contains("://") { address.to_owned() } else { format!("http://{address}/") };
    format!("curl -H {} {}", shell_quoted(&format!("{HEADER}: {}", env.trim())), shell_quoted(&address))
}

#[cfg(test)]
mod tests;
