//! Server versions and licences: what contract section 7 and the licence rules switch.

use serde::{Deserialize, Serialize};

/// A release of the Zadig server, ordered by age.
///
/// Only the profiles that [`Version::parse`] accepts exist; handlers compare against the release in which a
/// behaviour changed, so `version >= Version::V4_2_1` reads as the contract's ">= v4.2.1".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(u16, u16, u16);

impl Version {
    /// The release the published document belongs to.
    pub const V3_4_0: Self = Self(3, 4, 0);
    /// First release with `not_delete_resource`.
    pub const V3_4_1: Self = Self(3, 4, 1);
    /// Service YAML routes (H9) and `image_path`.
    pub const V4_0_0: Self = Self(4, 0, 0);
    /// `since=`, `sub_env`, ingress backend paths.
    pub const V4_2_0: Self = Self(4, 2, 0);
    /// Scale wants `service_name` and reports its errors.
    pub const V4_2_1: Self = Self(4, 2, 1);
    /// Pod list, pod restart, token revocation, MFA.
    pub const V4_3_0: Self = Self(4, 3, 0);
    /// DaemonSet and Job in `scales`, `cli/context`.
    pub const V5_0_0: Self = Self(5, 0, 0);
    /// What comes after v5.0.0 (the contract's `HEAD`).
    pub const HEAD: Self = Self(u16::MAX, 0, 0);
    /// What is announced or stored in upstream's tests (contract 9.2). It calls itself v5.0.0, as the contract expects of
    /// the 5.0.0 line.
    pub const NEXT: Self = Self(u16::MAX, 1, 0);

    /// The profiles of `--version`.
    pub const PROFILES: [(&'static str, Self); 6] = [
        ("v3.4.0", Self::V3_4_0),
        ("v4.2.1", Self::V4_2_1),
        ("v4.3.0", Self::V4_3_0),
        ("v5.0.0", Self::V5_0_0),
        ("head", Self::HEAD),
        ("next", Self::NEXT),
    ];

    /// Reads a profile name such as `v4.2.1`; the leading `v` may be missing. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let wanted = text.trim_start_matches('v');
        Self::PROFILES
            .iter()
            .find(|(name, _)| name.trim_start_matches('v') == wanted)
            .map(|(_, version)| *version)
    }

    /// What the server says its version is.
    pub fn told(self) -> &'static str {
        if self == Self::NEXT { Self::V5_0_0.name() } else { self.name() }
    }

    /// The name `--version` takes for this profile.
    pub fn name(self) -> &'static str {
        Self::PROFILES.iter().find(|(_, version)| *version == self).map_or("unknown", |(name, _)| name)
    }
}

/// The licence of the simulated installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Licence {
    /// No paid feature: the `licP` and `licE` endpoints answer 7050.
    Basic,
    /// Production environments and configuration writes.
    Professional,
    /// Everything, sub-environments included.
    Enterprise,
}

impl Licence {
    /// Reads `basic`, `professional` or `enterprise`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "basic" => Some(Self::Basic),
            "professional" => Some(Self::Professional),
            "enterprise" => Some(Self::Enterprise),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_by_age() {
        assert!(Version::V3_4_0 < Version::V4_2_1);
        assert!(Version::V5_0_0 < Version::HEAD);
        assert_eq!(Version::parse("4.3.0"), Some(Version::V4_3_0));
        assert_eq!(Version::parse("v9"), None);
        assert_eq!(Version::V5_0_0.name(), "v5.0.0");
    }
}
