//! Planning `E44`: the portal hosts of a service of a base environment.

use super::{Problem, only_test};
use crate::api::portal::{self, PortalServer};
use crate::domain::portal::{diff, line};
use crate::ops::kind::Kind;
use crate::ops::plan::{Change, Plan, Subject};
use crate::ops::target::{Object, Target};
use crate::ops::text::Text;
use crate::ops::verify::portal::PortalSet;
use crate::route::EnvironmentRef;

/// What a portal service was before the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before<'a> {
    /// Read from the server (`E43`).
    Read(&'a [PortalServer]),
    /// Set from this tab; the server does not let it be read.
    SetHere(&'a [PortalServer]),
    /// Nobody knows.
    Unknown,
}

/// Plans to give a service these portal hosts, all of them: the server replaces the list. None at all removes the portal
/// service, which wants the service's name typed, because the ports that Zadig opened for others on the shared ingress
/// gateway go with it (contract 6.12).
///
/// # Errors
/// [`Problem::NotInProduction`]; [`Problem::NothingToChange`] where what is there was read and is the same.
pub fn set(
    env: &EnvironmentRef,
    service: &str,
    before: Before<'_>,
    servers: &[PortalServer],
) -> Result<Plan, Problem> {
    only_test(env.family)?;
    let changes = changes(service, before, servers);
    if changes.is_empty() && matches!(before, Before::Read(_)) {
        return Err(Problem::NothingToChange);
    }
    let call = portal::set(&env.project, &env.key, service, servers);
    let read = match before {
        Before::Read(read) => Some(read),
        _ => None,
    };
    let kind = if servers.is_empty() { Kind::RemovePortal } else { Kind::SetPortal };
    let target = Target::new(env, Object::Portal(service.to_owned()));
    Ok(Plan::new(kind, target, &call, PortalSet::new(service, read, servers)).changes(changes))
}

fn changes(service: &str, before: Before<'_>, servers: &[PortalServer]) -> Vec<Change> {
    let subject = || Subject::Portal(service.to_owned());
    let text = |server: &PortalServer| Text::plain(line(server));
    match before {
        Before::Read(old) | Before::SetHere(old) => diff(old, servers)
            .iter()
            .map(|(old, new)| Change::new(subject(), old.as_ref().map(text), new.as_ref().map(text)))
            .collect(),
        Before::Unknown if servers.is_empty() => {
            vec![Change::new(subject(), Some(Text::Unknown), None)]
        }
        Before::Unknown => servers
            .iter()
            .map(|server| Change::new(subject(), Some(Text::Unknown), Some(text(server))))
            .collect(),
    }
}
