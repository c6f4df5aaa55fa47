//! Portal services as typed: which hosts and ports may be sent, and what a change would do.
//!
//! The server validates nothing (contract 6.13): what it is sent goes into Istio's gateway, and a wrong host is a portal
//! that answers nobody. So everything is checked here, as it is typed.

use crate::domain::k8s_name;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::api::portal::PortalServer;

/// The protocol of a new row; the only one that is documented.
pub const PROTOCOL: &str = "HTTP";

/// A row as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The host.
    pub host: String,
    /// The port.
    pub port: String,
    /// The protocol.
    pub protocol: String,
}

impl Row {
    /// An empty row.
    pub fn new() -> Self {
        Self { host: String::new(), port: "80".to_owned(), protocol: PROTOCOL.to_owned() }
    }

    fn server(&self) -> Option<PortalServer> {
        check_host(&self.host).ok()?;
        Some(PortalServer {
            host: self.host.trim().to_owned(),
            port_number: check_port(&self.port).ok()?,
            port_protocol: self.protocol.clone(),
        })
    }
}

impl From<&PortalServer> for Row {
    fn from(server: &PortalServer) -> Self {
        let protocol = match server.port_protocol.as_str() {
            "" => PROTOCOL.to_owned(),
            other => other.to_owned(),
        };
        Self { host: server.host.clone(), port: server.port_number.to_string(), protocol }
    }
}

/// What is wrong with a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostProblem {
    /// Nothing is there.
    Empty,
    /// A blank inside.
    Space,
    /// It begins like `http://`.
    Scheme,
    /// A path or a namespace: `/`.
    Path,
    /// It ends like `:8080`; the port has a field of its own.
    Port,
    /// Neither a name nor an address.
    Address,
    /// A part is empty, too long, begins or ends with `-`, or has a character that names cannot have.
    Label,
    /// `*` anywhere but as the first part.
    Wildcard,
    /// More than 253 characters.
    TooLong,
}

/// What is wrong with a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortProblem {
    /// Nothing is there.
    Empty,
    /// Not a whole number.
    NotANumber,
    /// Not between 1 and 65535.
    Range,
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowProblems {
    /// With its host.
    pub host: Option<HostProblem>,
    /// With its port.
    pub port: Option<PortProblem>,
    /// Another row before it has the same host and port.
    pub twice: bool,
}

impl RowProblems {
    /// Whether nothing is wrong.
    pub fn none(self) -> bool {
        self == Self::default()
    }
}

/// Checks a host: a DNS name, one with `*` as its first part, `*` alone, or an IP address.
///
/// # Errors
/// The first thing wrong with it.
pub fn check_host(text: &str) -> Result<(), HostProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(HostProblem::Empty);
    }
    if text.contains(char::is_whitespace) {
        return Err(HostProblem::Space);
    }
    if text.contains("://") {
        return Err(HostProblem::Scheme);
    }
    if text.contains('/') {
        return Err(HostProblem::Path);
    }
    if text.parse::<Ipv4Addr>().is_ok() || text.parse::<Ipv6Addr>().is_ok() || text == "*" {
        return Ok(());
    }
    if let Some((before, after)) = text.rsplit_once(':') {
        let port = !after.is_empty() && after.bytes().all(|byte| byte.is_ascii_digit());
        return Err(if port && !before.contains(':') { HostProblem::Port } else { HostProblem::Address });
    }
    if text.len() > k8s_name::SUBDOMAIN {
        return Err(HostProblem::TooLong);
    }
    let name = text.strip_prefix("*.").unwrap_or(text);
    if name.contains('*') {
        return Err(HostProblem::Wildcard);
    }
    // Hosts are compared without case.
    if !name.to_ascii_lowercase().split('.').all(k8s_name::is_label) {
        return Err(HostProblem::Label);
    }
    // No top-level domain is a number: this is an address with a mistake.
    let last = name.rsplit('.').next().unwrap_or_default();
    match last.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Err(HostProblem::Address),
        false => Ok(()),
    }
}

/// Reads a port.
///
/// # Errors
/// What is wrong with it.
pub fn check_port(text: &str) -> Result<i64, PortProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(PortProblem::Empty);
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(PortProblem::NotANumber);
    }
    match text.parse::<i64>() {
        Ok(port) if (1..=65_535).contains(&port) => Ok(port),
        _ => Err(PortProblem::Range),
    }
}

/// What is wrong with each row.
pub fn check(rows: &[Row]) -> Vec<RowProblems> {
    let same = |a: &Row, b: &Row| {
        let host = a.host.trim();
        !host.is_empty() && host.eq_ignore_ascii_case(b.host.trim()) && a.port.trim() == b.port.trim()
    };
    rows.iter()
        .enumerate()
        .map(|(index, row)| RowProblems {
            host: check_host(&row.host).err(),
            port: check_port(&row.port).err(),
            twice: rows.iter().take(index).any(|other| same(other, row)),
        })
        .collect()
}

/// The rows as they may be sent; `None` while anything is wrong with one of them.
pub fn servers(rows: &[Row]) -> Option<Vec<PortalServer>> {
    match check(rows).iter().all(|problems| problems.none()) {
        true => rows.iter().map(Row::server).collect(),
        false => None,
    }
}

/// Whether the rows say the same as the servers, in the same order.
pub fn same_as(rows: &[Row], servers: &[PortalServer]) -> bool {
    rows.len() == servers.len()
        && rows.iter().zip(servers).all(|(row, server)| {
            let other = Row::from(server);
            row.host.trim() == other.host && row.port.trim() == other.port && row.protocol == other.protocol
        })
}

/// A server as one line, `host:port PROTOCOL`.
pub fn line(server: &PortalServer) -> String {
    let PortalServer { host, port_number, port_protocol } = server;
    match host.contains(':') {
        true => format!("[{host}]:{port_number} {port_protocol}"),
        false => format!("{host}:{port_number} {port_protocol}"),
    }
}

/// What changes from old to new; one that keeps its host counts as changed, not as removed and added.
pub fn diff(old: &[PortalServer], new: &[PortalServer]) -> Vec<(Option<PortalServer>, Option<PortalServer>)> {
    let mut gone: Vec<&PortalServer> = Vec::new();
    let mut left: Vec<&PortalServer> = new.iter().collect();
    for server in old {
        match left.iter().position(|other| *other == server) {
            Some(index) => {
                left.remove(index);
            }
            None => gone.push(server),
        }
    }
    let mut changes = Vec::new();
    for server in gone {
        let changed = left.iter().position(|other| other.host == server.host);
        let new = changed.map(|index| left.remove(index).clone());
        changes.push((Some(server.clone()), new));
    }
    changes.extend(left.into_iter().map(|server| (None, Some(server.clone()))));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(host: &str, port: i64) -> PortalServer {
        PortalServer { host: host.into(), port_number: port, port_protocol: "HTTP".into() }
    }

    fn row(host: &str, port: &str) -> Row {
        Row { host: host.into(), port: port.into(), protocol: PROTOCOL.into() }
    }

    #[test]
    fn names_wildcards_and_addresses_are_hosts() {
        for host in [
            "shop.example.com",
            "a",
            "x-1.y",
            "*.example.com",
            "*",
            "10.0.0.1",
            "fe80::1",
            " a.b ",
            "Shop.CN",
        ] {
            assert_eq!(check_host(host), Ok(()), "{host}");
        }
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        for (host, problem) in [
            ("", HostProblem::Empty),
            ("  ", HostProblem::Empty),
            ("a b.c", HostProblem::Space),
            ("https://a.b", HostProblem::Scheme),
            ("ns/a.b", HostProblem::Path),
            ("a.b:8080", HostProblem::Port),
            ("a:b:c", HostProblem::Address),
            ("10.0.0.256", HostProblem::Address),
            ("10.0.1", HostProblem::Address),
            ("a..b", HostProblem::Label),
            ("-a.b", HostProblem::Label),
            ("a_b.c", HostProblem::Label),
            ("中文.com", HostProblem::Label),
            ("a.*.b", HostProblem::Wildcard),
            ("*a.b", HostProblem::Wildcard),
        ] {
            assert_eq!(check_host(host), Err(problem), "{host}");
        }
        assert_eq!(check_host(&"a".repeat(64)), Err(HostProblem::Label));
        assert_eq!(
            check_host(&format!("{}.com", vec!["a".repeat(60); 5].join("."))),
            Err(HostProblem::TooLong)
        );
    }

    #[test]
    fn a_port_is_a_number_from_1_to_65535() {
        assert_eq!(check_port("1"), Ok(1));
        assert_eq!(check_port(" 65535 "), Ok(65_535));
        assert_eq!(check_port(""), Err(PortProblem::Empty));
        for text in ["0", "65536", "99999999999999999999"] {
            assert_eq!(check_port(text), Err(PortProblem::Range), "{text}");
        }
        for text in ["-1", "80.5", "http", "８０", "+80"] {
            assert_eq!(check_port(text), Err(PortProblem::NotANumber), "{text}");
        }
    }

    #[test]
    fn the_same_host_and_port_twice_is_marked_at_the_second() {
        let problems =
            check(&[row("a.b", "80"), row("A.B ", " 80"), row("a.b", "81"), row("", ""), row("", "")]);
        let twice: Vec<bool> = problems.iter().map(|one| one.twice).collect();
        assert_eq!(twice, [false, true, false, false, false]);
        assert_eq!(servers(&[row("a.b", "80"), row("a.b", "80")]), None);
    }

    #[test]
    fn rows_are_sent_trimmed_and_only_when_all_are_good() {
        assert_eq!(servers(&[row(" a.b ", " 80 ")]), Some(vec![server("a.b", 80)]));
        assert_eq!(servers(&[row("a.b", "80"), row("", "80")]), None);
        assert_eq!(servers(&[]), Some(Vec::new()));
    }

    #[test]
    fn a_protocol_that_was_read_is_kept() {
        let grpc = PortalServer { port_protocol: "GRPC".into(), ..server("a.b", 9000) };
        assert!(same_as(&[Row::from(&grpc)], std::slice::from_ref(&grpc)));
        assert_eq!(servers(&[Row::from(&grpc)]), Some(vec![grpc]));
    }

    #[test]
    fn a_difference_names_what_is_changed_added_and_removed() {
        let old = [server("a", 80), server("b", 80), server("c", 80)];
        let new = [server("b", 80), server("a", 81), server("d", 80)];
        let lines: Vec<_> = diff(&old, &new)
            .iter()
            .map(|(old, new)| (old.as_ref().map(line), new.as_ref().map(line)))
            .collect();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            lines,
            [(text("a:80 HTTP"), text("a:81 HTTP")), (text("c:80 HTTP"), None), (None, text("d:80 HTTP"))]
        );
        assert_eq!(diff(&old, &old), []);
        assert_eq!(line(&server("fe80::1", 80)), "[fe80::1]:80 HTTP");
    }
}
