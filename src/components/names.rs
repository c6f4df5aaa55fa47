//! The names behind the ids of clusters and image registries, for every page that shows such ids.

use super::pick::registry_name;
use crate::api::system::ClusterStatus;
use crate::api::{ApiError, ErrorKind, system};
use crate::query::{Query, use_query};
use crate::remote::Pace;

/// What an id names.
#[derive(Clone, PartialEq)]
pub(crate) struct Named {
    /// The id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Zadig does not reach it.
    pub lost: bool,
}

/// Names by ids.
pub(crate) type Names = Vec<Named>;

/// The names of the clusters; empty where the account may not read them.
pub(crate) fn use_clusters() -> Query<Names> {
    use_query(
        || Some(()),
        |client, ()| async move {
            let found = client.send(system::clusters()).await;
            names(found.map(|list| {
                let named = |one: system::Cluster| {
                    let lost = one.status == ClusterStatus::Disconnected;
                    Named { id: one.id, name: one.name, lost }
                };
                list.into_iter().map(named).collect()
            }))
        },
        |_| Pace::Once,
    )
}

/// The names of the image registries; empty where the account may not read them.
pub(crate) fn use_registries() -> Query<Names> {
    use_query(
        || Some(()),
        |client, ()| async move {
            let found = client.send(system::registries()).await;
            names(found.map(|list| {
                list.into_iter()
                    .map(|one| Named { name: registry_name(&one), id: one.id, lost: false })
                    .collect()
            }))
        },
        |_| Pace::Once,
    )
}

/// Names are a courtesy: where they are refused, the ids are shown and nothing is said.
fn names(found: Result<Names, ApiError>) -> Result<Names, ApiError> {
    match found {
        Err(error) if matches!(error.kind, ErrorKind::Network | ErrorKind::Gateway | ErrorKind::Timeout) => {
            Err(error)
        }
        other => Ok(other.unwrap_or_default()),
    }
}
