//! What the server at hand can do (contract 7).
//!
//! Servers from v5.0.0 tell administrators their version (`H13`); for everybody else, and on older servers, it is inferred
//! from which routes answered and which fields came. What was seen counts more than a version: functions are taken into
//! older lines (contract 9.2). What is not known counts as there until it was seen to be missing, so that nothing is hidden
//! from someone who has it.

use super::endpoint::Endpoint;
use super::error::ErrorKind;
use super::services::{ServiceDetail, WorkloadKind};

/// A server's version; sub-releases and suffixes are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The first number.
    pub major: u32,
    /// The second.
    pub minor: u32,
    /// The third.
    pub patch: u32,
}

impl Version {
    /// A version.
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self { major, minor, patch }
    }

    /// Reads `v4.2.1`, `4.2`, `v5.0.0-amd64`; `None` for anything else (a commit, `dev`).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let core = text.split(['-', '+', ' ']).next()?;
        let mut parts = core.split('.');
        let major = parts.next()?.parse().ok()?;
        let minor = parts.next()?.parse().ok()?;
        let patch = match parts.next() {
            Some(patch) => patch.parse().ok()?,
            None => 0,
        };
        Some(Self::new(major, minor, patch))
    }
}

/// A function only some versions have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feature {
    /// Removing a service while keeping its objects (`not_delete_resource`).
    KeepResources,
    /// The YAML rendered in an environment (`H9`).
    RenderedYaml,
    /// `since` for logs.
    LogSince,
    /// Making an environment a sub-environment of another.
    SubEnvironment,
    /// Scaling reports Kubernetes' errors, and works for CloneSets.
    ScaleReports,
    /// A service's pods by themselves (`H10`).
    ServicePods,
    /// Restarting one pod (`H11`).
    RestartPod,
    /// Who is asking, and which version answers (`H13`).
    ServerContext,
    /// Changing the image of a Job (`H14`).
    JobImage,
}

impl Feature {
    /// The first version that has it.
    pub fn since(self) -> Version {
        match self {
            Self::KeepResources => Version::new(3, 4, 1),
            Self::RenderedYaml => Version::new(4, 0, 0),
            Self::LogSince | Self::SubEnvironment => Version::new(4, 2, 0),
            Self::ScaleReports => Version::new(4, 2, 1),
            Self::ServicePods | Self::RestartPod => Version::new(4, 3, 0),
            Self::ServerContext => Version::new(5, 0, 0),
            Self::JobImage => Version::new(5, 0, 1),
        }
    }

    /// Whether a route of its own tells if it is there.
    fn has_route(self) -> bool {
        !matches!(self, Self::KeepResources | Self::LogSince | Self::SubEnvironment | Self::ScaleReports)
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }

    /// The feature a call needs, for calls that not every server has.
    pub fn of_call(endpoint: Endpoint) -> Option<Self> {
        match endpoint {
            Endpoint::H9 | Endpoint::H9Values => Some(Self::RenderedYaml),
            Endpoint::H10 => Some(Self::ServicePods),
            Endpoint::H11 => Some(Self::RestartPod),
            Endpoint::H13 => Some(Self::ServerContext),
            Endpoint::H14 | Endpoint::H14Probe => Some(Self::JobImage),
            _ => None,
        }
    }
}

/// Whether a call only finds out what the server has, so that its failure is nobody's trouble.
pub fn is_probe(endpoint: Endpoint) -> bool {
    matches!(endpoint, Endpoint::H13 | Endpoint::H14Probe)
}

/// Whether a feature is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Availability {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// Nobody knows yet: offer it, and see.
    Unknown,
}

/// What is known about the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// Features whose call answered, a bit each.
    seen: u16,
    /// Features whose route is missing, a bit each.
    missing: u16,
    version: Option<Version>,
    at_least: Option<Version>,
    below: Option<Version>,
}

impl Features {
    /// From the version a server tells (`H13`). A text that is no version tells nothing but that the server is
    /// recent enough to be asked.
    pub fn from_version(text: &str) -> Self {
        let version = Version::parse(text);
        let at_least = version.is_none().then(|| Feature::ServerContext.since());
        Self { version, at_least, ..Self::default() }
    }

    /// Takes in what `H13` said. An administrator is told the version, everybody else only that there is such a call.
    pub fn learn_version(&mut self, text: &str) {
        let told = Self::from_version(text);
        self.version = told.version;
        self.at_least = self.at_least.max(told.at_least);
    }

    /// Takes in what a service shows: fields and kinds of workloads that older servers leave out.
    pub fn observe_service(&mut self, detail: &ServiceDetail) {
        let newer = |kind: &WorkloadKind| matches!(kind, WorkloadKind::DaemonSet | WorkloadKind::Job);
        let hosts = detail.ingresses.iter().flat_map(|ingress| &ingress.hosts);
        let paths = hosts.flat_map(|host| &host.backends).any(|backend| backend.path.is_some());
        if detail.workloads.iter().any(|workload| newer(&workload.kind)) {
            self.at_least = self.at_least.max(Some(Feature::ServerContext.since()));
        } else if paths {
            self.at_least = self.at_least.max(Some(Feature::LogSince.since()));
        }
    }

    /// Takes in how a call ended, for the calls that tell versions apart: an answer means at least the call's
    /// version, a missing route means an older one. Everything else says nothing.
    pub fn observe(&mut self, endpoint: Endpoint, result: Result<(), ErrorKind>) {
        let Some(feature) = Feature::of_call(endpoint) else { return };
        let found = match result {
            Ok(()) => true,
            // The handler itself failed or refused, so it is there. (A 403 may come from something in front of Zadig.)
            Err(ErrorKind::Server | ErrorKind::NotFound | ErrorKind::InvalidInput | ErrorKind::Licence) => {
                true
            }
            Err(ErrorKind::MethodNotAllowed) => endpoint == Endpoint::H14Probe,
            Err(_) => false,
        };
        match result {
            _ if found => {
                self.seen |= feature.bit();
                self.at_least = self.at_least.max(Some(feature.since()));
            }
            Err(ErrorKind::RouteMissing | ErrorKind::MethodNotAllowed) => {
                self.missing |= feature.bit();
                let known = self.below.unwrap_or(feature.since());
                self.below = Some(known.min(feature.since()));
            }
            _ => {}
        }
    }

    /// The version, where the server told it.
    pub fn version(&self) -> Option<Version> {
        self.version
    }

    /// Whether a feature is there.
    pub fn has(&self, feature: Feature) -> Availability {
        let since = feature.since();
        if self.seen & feature.bit() != 0 {
            return Availability::Yes;
        }
        if self.missing & feature.bit() != 0 {
            return Availability::No;
        }
        if let Some(version) = self.version {
            return match version >= since {
                true => Availability::Yes,
                // It may have been taken into an older line; its route will tell.
                false if feature.has_route() && version >= Feature::ServerContext.since() => {
                    Availability::Unknown
                }
                false => Availability::No,
            };
        }
        if self.at_least.is_some_and(|version| version >= since) {
            return Availability::Yes;
        }
        // Missing below a version means missing for everything that came with it or later.
        if self.below.is_some_and(|version| version <= since) {
            return Availability::No;
        }
        Availability::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_other_texts_are_not() {
        assert_eq!(Version::parse("v4.2.1"), Some(Version::new(4, 2, 1)));
        assert_eq!(Version::parse("5.0"), Some(Version::new(5, 0, 0)));
        assert_eq!(Version::parse(" v5.0.0-rc.1 "), Some(Version::new(5, 0, 0)));
        for text in ["", "dev", "0fe12ab", "v5", "v5.x.1"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_told_version_decides_what_no_route_tells() {
        let features = Features::from_version("v4.2.0");
        assert_eq!(features.has(Feature::LogSince), Availability::Yes);
        assert_eq!(features.has(Feature::ScaleReports), Availability::No);
    }

    #[test]
    fn what_was_seen_counts_more_than_the_version() {
        let mut features = Features::from_version("v5.0.0");
        assert_eq!(features.has(Feature::JobImage), Availability::Unknown, "it may have been taken in");
        features.observe(Endpoint::H14Probe, Err(ErrorKind::MethodNotAllowed));
        assert_eq!(features.has(Feature::JobImage), Availability::Yes, "another method is there");
        let mut without = Features::from_version("v5.0.0");
        without.observe(Endpoint::H14Probe, Err(ErrorKind::RouteMissing));
        assert_eq!(without.has(Feature::JobImage), Availability::No);
        without.observe(Endpoint::H10, Err(ErrorKind::RouteMissing));
        assert_eq!(without.has(Feature::ServicePods), Availability::No);
    }

    #[test]
    fn an_ordinary_user_is_told_no_version_and_finds_out_all_the_same() {
        let mut features = Features::default();
        features.learn_version("");
        assert_eq!(features.version(), None);
        assert_eq!(features.has(Feature::RestartPod), Availability::Yes);
        // The licence service does not answer: the call failed, so it is there.
        let mut failing = Features::default();
        failing.observe(Endpoint::H13, Err(ErrorKind::Server));
        assert_eq!(failing.has(Feature::LogSince), Availability::Yes);
    }

    #[test]
    fn fields_and_kinds_of_workloads_tell_too() {
        let service = |json: serde_json::Value| serde_json::from_value::<ServiceDetail>(json).unwrap();
        let mut features = Features::default();
        features.observe_service(&service(serde_json::json!({"scales": [{"type": "Deployment"}]})));
        assert_eq!(features, Features::default());
        let ingress = serde_json::json!({"ingress": [{"host_info": [{"backend": [{"path": "/"}]}]}]});
        features.observe_service(&service(ingress));
        assert_eq!(features.has(Feature::LogSince), Availability::Yes);
        assert_eq!(features.has(Feature::RestartPod), Availability::Unknown);
        features.observe_service(&service(serde_json::json!({"scales": [{"type": "DaemonSet"}]})));
        assert_eq!(features.has(Feature::RestartPod), Availability::Yes);
    }

    #[test]
    fn without_a_version_answers_and_missing_routes_tell() {
        let mut features = Features::default();
        assert_eq!(features.has(Feature::ServicePods), Availability::Unknown);
        features.observe(Endpoint::H13, Err(ErrorKind::RouteMissing));
        assert_eq!(features.has(Feature::ServerContext), Availability::No);
        assert_eq!(features.has(Feature::RenderedYaml), Availability::Unknown);
        features.observe(Endpoint::H9, Ok(()));
        assert_eq!(features.has(Feature::RenderedYaml), Availability::Yes);
        assert_eq!(features.has(Feature::KeepResources), Availability::Yes);
        features.observe(Endpoint::H10, Err(ErrorKind::RouteMissing));
        assert_eq!(features.has(Feature::RestartPod), Availability::No);
        assert_eq!(features.has(Feature::ScaleReports), Availability::Unknown);
    }

    #[test]
    fn failures_that_are_no_missing_routes_tell_nothing() {
        let mut features = Features::default();
        features.observe(Endpoint::H10, Err(ErrorKind::Forbidden));
        features.observe(Endpoint::H10, Err(ErrorKind::Network));
        features.observe(Endpoint::E01, Err(ErrorKind::RouteMissing));
        assert_eq!(features, Features::default());
    }

    #[test]
    fn a_server_that_tells_an_odd_version_is_recent() {
        let features = Features::from_version("dev-build");
        assert_eq!(features.has(Feature::ServicePods), Availability::Yes);
        assert_eq!(features.has(Feature::JobImage), Availability::Unknown);
    }
}
