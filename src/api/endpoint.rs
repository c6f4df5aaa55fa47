//! The endpoints, by their names in the contract (`docs/contract.md`, sections 5 and 8).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Declares the endpoints, each with the name that the contract has for it.
macro_rules! endpoints {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// Which endpoint a request, an error or an outcome belongs to.
        ///
        /// `E01` to `E45` are in the published document, `H1` to `H14` are further ones this client uses. Where the document
        /// has an entry for test and one for production environments, each has a name of its own.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Endpoint {
            $($(#[$doc])* $variant,)+
            /// No endpoint that is known: of a request saved without its name, or by another version of this client.
            #[default]
            Unknown,
        }

        impl Endpoint {
            /// Every endpoint that has a name.
            const ALL: &[Self] = &[$(Self::$variant),+];

            /// The contract's name, such as `E21`; empty for [`Endpoint::Unknown`].
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                    Self::Unknown => "",
                }
            }
        }
    };
}

endpoints! {
    /// Lists the test environments.
    E01 = "E01",
    /// Lists the production environments.
    E02 = "E02",
    /// Reads a test environment.
    E03 = "E03",
    /// Reads a production environment.
    E04 = "E04",
    /// Reads a service of a test environment.
    E05 = "E05",
    /// Reads a service of a production environment.
    E06 = "E06",
    /// Makes a test environment.
    E07 = "E07",
    /// Makes a production environment.
    E08 = "E08",
    /// Edits a test environment.
    E09 = "E09",
    /// Edits a production environment.
    E10 = "E10",
    /// Deletes a test environment.
    E11 = "E11",
    /// Deletes a production environment.
    E12 = "E12",
    /// Adds services to a test environment.
    E13 = "E13",
    /// Adds services to a production environment.
    E14 = "E14",
    /// Updates services of a test environment.
    E15 = "E15",
    /// Updates services of a production environment.
    E16 = "E16",
    /// Removes services from a test environment.
    E17 = "E17",
    /// Removes services from a production environment.
    E18 = "E18",
    /// Lists the global variables of a test environment.
    E19 = "E19",
    /// Lists the global variables of a production environment.
    E20 = "E20",
    /// Replaces the global variables of a test environment.
    E21 = "E21",
    /// Replaces the global variables of a production environment.
    E22 = "E22",
    /// Makes a config object in a test environment.
    E23 = "E23",
    /// Makes a config object in a production environment.
    E24 = "E24",
    /// Lists the config objects of a test environment.
    E25 = "E25",
    /// Lists the config objects of a production environment.
    E26 = "E26",
    /// Reads a config object of a test environment.
    E27 = "E27",
    /// Reads a config object of a production environment.
    E28 = "E28",
    /// Replaces a config object.
    E29 = "E29",
    /// Deletes a config object of a test environment.
    E30 = "E30",
    /// Deletes a config object of a production environment.
    E31 = "E31",
    /// Scales a workload.
    E32 = "E32",
    /// Restarts a service of a test environment.
    E33 = "E33",
    /// Restarts a service of a production environment.
    E34 = "E34",
    /// Changes an image of a Deployment.
    E35 = "E35",
    /// Changes an image of a StatefulSet.
    E36 = "E36",
    /// Changes an image of a CronJob.
    E37 = "E37",
    /// Lists the events of an object.
    E38 = "E38",
    /// Lists the workloads without a Kubernetes service.
    E39 = "E39",
    /// Turns sub-environments on.
    E40 = "E40",
    /// Turns sub-environments off.
    E41 = "E41",
    /// Says how far turning sub-environments on or off has come.
    E42 = "E42",
    /// Reads a portal service.
    E43 = "E43",
    /// Replaces the hosts of a portal service.
    E44 = "E44",
    /// Follows the log of a container.
    E45 = "E45",
    /// Lists the projects.
    H1 = "H1",
    /// Reads a project.
    H2 = "H2",
    /// Lists the global variables that a project defines.
    H3 = "H3",
    /// Lists the clusters.
    H4 = "H4",
    /// Lists the image registries.
    H5 = "H5",
    /// Says whether Istio is installed in a cluster.
    H6 = "H6",
    /// Lists the service templates of a project.
    H7 = "H7",
    /// Reads a service template.
    H8 = "H8",
    /// Reads the YAML of a service as rendered in an environment.
    H9 = "H9",
    /// Reads the values of a Helm service as rendered in an environment (contract `H9`, 9.1).
    H9Values = "H9V",
    /// Lists the pods of a service.
    H10 = "H10",
    /// Restarts a pod.
    H11 = "H11",
    /// Lists the operations on an environment.
    H12 = "H12",
    /// Says who is asking, and which version answers.
    H13 = "H13",
    /// Changes an image of a Job. (The contract lists it under `H13`, with a call that has nothing to do with it.)
    H14 = "H14",
    /// A read of `H14`'s path, which finds out whether it is there: its route refuses the method.
    H14Probe = "H14?",
}

impl Endpoint {
    /// The endpoint of this name; [`Endpoint::Unknown`] for every other text.
    fn named(name: &str) -> Self {
        Self::ALL.iter().copied().find(|one| one.as_str() == name).unwrap_or_default()
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Endpoint {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Endpoint {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(|name| Self::named(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_and_others_are_unknown() {
        for endpoint in Endpoint::ALL {
            let saved = serde_json::to_string(endpoint).unwrap();
            assert_eq!(saved, format!("\"{endpoint}\""));
            assert_eq!(serde_json::from_str::<Endpoint>(&saved).unwrap(), *endpoint);
        }
        assert_eq!(serde_json::from_str::<Endpoint>("\"E99\"").unwrap(), Endpoint::Unknown);
        assert_eq!(serde_json::from_str::<Endpoint>("\"\"").unwrap(), Endpoint::Unknown);
    }

    #[test]
    fn the_documented_endpoints_are_all_there() {
        let documented: Vec<_> = (1..=45).map(|n| format!("E{n:02}")).collect();
        let named: Vec<_> = Endpoint::ALL.iter().map(ToString::to_string).take(45).collect();
        assert_eq!(named, documented);
    }
}
