//! Test and production environments.
//!
//! Nearly every endpoint exists twice, once under `/openapi/environments` and once under
//! `/openapi/environments/production`, with the same bodies. Functions for such a pair take a [`Family`]; functions
//! for what exists once take none, so that what the server cannot do cannot be written down.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Which of the two kinds of environment a call is about.
///
/// The server never looks across: asking one family for the other's environment fails with "no documents in
/// result" (contract 0.5). Keys are unique over both families of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Family {
    /// Test environments.
    Test,
    /// Production environments. Most calls need a Professional licence.
    Production,
}

impl Family {
    /// The path all calls of this family begin with.
    pub fn root(self) -> &'static str {
        match self {
            Self::Test => "/openapi/environments",
            Self::Production => "/openapi/environments/production",
        }
    }

    /// The test form's value or the production form's.
    pub fn pick<T>(self, test: T, production: T) -> T {
        match self {
            Self::Test => test,
            Self::Production => production,
        }
    }

    /// Whether these are production environments.
    pub fn is_production(self) -> bool {
        self == Self::Production
    }
}

impl From<bool> for Family {
    /// From the `production` field of an answer.
    fn from(production: bool) -> Self {
        if production { Self::Production } else { Self::Test }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.pick("test", "production"))
    }
}
