//! Where the hosts on the page come from: the server, this tab's last change, or nowhere.

use crate::api::portal::{PortalServer, PortalService};
use crate::ops::history::PortalSetHere;
use crate::ops::plans::portal::Before;

/// What is there now, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Source {
    /// The server said.
    Read(Vec<PortalServer>),
    /// The server does not say; this was last set from this tab.
    SetHere(PortalSetHere),
    /// The server does not say, and nothing was set from this tab.
    Unknown,
}

impl Source {
    /// Takes the server's answer and what this tab remembers.
    pub(crate) fn of(answer: &PortalService, here: Option<PortalSetHere>) -> Self {
        match (answer, here) {
            (PortalService::Known { servers, .. }, _) => Self::Read(servers.clone()),
            (PortalService::Unreadable, Some(here)) => Self::SetHere(here),
            (PortalService::Unreadable, None) => Self::Unknown,
        }
    }

    /// The hosts to begin with.
    pub(crate) fn servers(&self) -> &[PortalServer] {
        match self {
            Self::Read(servers) | Self::SetHere(PortalSetHere { servers, .. }) => servers,
            Self::Unknown => &[],
        }
    }

    /// What a change is compared with.
    pub(crate) fn before(&self) -> Before<'_> {
        match self {
            Self::Read(servers) => Before::Read(servers),
            Self::SetHere(here) => Before::SetHere(&here.servers),
            Self::Unknown => Before::Unknown,
        }
    }

    /// Whether the server let it be read.
    pub(crate) fn is_read(&self) -> bool {
        matches!(self, Self::Read(_))
    }

    /// Whether there may be something to remove.
    pub(crate) fn may_have_hosts(&self) -> bool {
        matches!(self, Self::Unknown) || !self.servers().is_empty()
    }
}

/// The address by which a portal is reached: its first host that is one, else the gateway's.
pub(super) fn reached_by(answer: &PortalService, source: &Source) -> Option<String> {
    let servers = source.servers().iter();
    let mut named = servers.filter(|server| !server.host.is_empty() && !server.host.contains('*'));
    let gateway = match answer {
        PortalService::Known { default_gateway_address, .. } => default_gateway_address.as_str(),
        PortalService::Unreadable => "",
    };
    let host = |server: &PortalServer| match server.port_number {
        80 => server.host.clone(),
        port => format!("{}:{port}", server.host),
    };
    named.next().map(host).or_else(|| Some(gateway.to_owned()).filter(|gateway| !gateway.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::Timestamp;

    fn server(host: &str, port: i64) -> PortalServer {
        PortalServer { host: host.into(), port_number: port, port_protocol: "HTTP".into() }
    }

    fn known(servers: Vec<PortalServer>) -> PortalService {
        PortalService::Known { default_gateway_address: "192.0.2.7".into(), servers }
    }

    #[test]
    fn the_servers_word_counts_more_than_what_is_remembered() {
        let here = || Some(PortalSetHere { servers: vec![server("b", 80)], at: Timestamp::from_millis(0) });
        assert!(Source::of(&known(vec![server("a", 80)]), here()).is_read());
        let source = Source::of(&PortalService::Unreadable, here());
        assert_eq!((source.servers(), source.is_read()), (&[server("b", 80)][..], false));
        assert_eq!(Source::of(&PortalService::Unreadable, None), Source::Unknown);
    }

    #[test]
    fn what_nobody_knows_may_be_removed() {
        assert!(Source::Unknown.may_have_hosts());
        assert!(!Source::Read(Vec::new()).may_have_hosts());
    }

    #[test]
    fn a_portal_is_reached_by_its_first_real_host_or_the_gateway() {
        let at = |servers: Vec<PortalServer>| {
            let answer = known(servers);
            reached_by(&answer, &Source::of(&answer, None))
        };
        assert_eq!(at(vec![server("*.x", 80), server("a.b", 8080)]).as_deref(), Some("a.b:8080"));
        assert_eq!(at(vec![server("a.b", 80)]).as_deref(), Some("a.b"));
        assert_eq!(at(Vec::new()).as_deref(), Some("192.0.2.7"));
        assert_eq!(reached_by(&PortalService::Unreadable, &Source::Unknown), None);
    }
}
