//! The command line.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::str::FromStr;

use http::HeaderValue;
use http::uri::{Authority, Scheme, Uri};
use lexopt::{Arg, Parser, ValueExt};

use crate::policy::Policy;

/// What `--help` prints.
pub const USAGE: &str = "\
zadig-gateway --app DIR --upstream URL [options]

  --app DIR               the built application (dist)
  --upstream URL          the Zadig (or the simulator) that /openapi/* goes to
  --listen ADDR           where to listen; default 127.0.0.1:0, a free port
  --prefix /a/b/          the path the application appears under; default /
  --token-file FILE       add this token to every API request, in place of the browser's
  --config FILE           serve this file as config.json
  --sim                   pass /__sim/* on too: the simulator's controls
  --allow-origin ORIGIN   let pages of this origin (or *) call: for the browser unit tests
  --frame-ancestors LIST  who may show the page in a frame; default 'none'
  --no-csp                send no content security policy
  --exit-with-stdin       end when standard input ends, so as not to outlive the program that started it

The first line on standard output is `listening on http://ADDR`.";

/// An upstream's address: where it is, and the path in front of `/openapi`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    /// `http` or `https`.
    pub scheme: Scheme,
    /// Host and port.
    pub authority: Authority,
    /// Path without its final slash; usually empty.
    pub path: String,
}

impl Upstream {
    /// The address for messages.
    pub fn shown(&self) -> String {
        format!("{}://{}{}", self.scheme, self.authority, self.path)
    }
}

impl FromStr for Upstream {
    type Err = String;

    /// Reads `http(s)://host[:port][/path]`. Fails with a sentence.
    fn from_str(written: &str) -> Result<Self, String> {
        let wrong = || format!("`{written}` is no http:// or https:// address");
        let parts = written.parse::<Uri>().map_err(|_| wrong())?.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else { return Err(wrong()) };
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err(wrong());
        }
        if authority.as_str().contains('@') {
            return Err("the upstream address must not hold a password; use --token-file".to_owned());
        }
        let path =
            parts.path_and_query.map(|path| path.path().trim_end_matches('/').to_owned()).unwrap_or_default();
        Ok(Self { scheme, authority, path })
    }
}

/// What the command line asks for.
#[derive(Debug)]
pub struct Settings {
    /// The built application.
    pub app: PathBuf,
    /// Where the API is.
    pub upstream: Upstream,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The path the application appears under; begins and ends with `/`.
    pub prefix: String,
    /// A file with the token to add.
    pub token_file: Option<PathBuf>,
    /// A file that answers for `config.json`.
    pub config: Option<PathBuf>,
    /// Whether `/__sim/*` is passed on.
    pub sim: bool,
    /// Who may call from another origin.
    pub allow_origin: Option<HeaderValue>,
    /// The security headers.
    pub policy: Policy,
    /// Whether to end with standard input.
    pub exit_with_stdin: bool,
}

/// Why the command line is no use.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// `--help` was asked for.
    #[error("{USAGE}")]
    Help,
    /// An option cannot be used as it stands.
    #[error("{0}; see --help")]
    Wrong(String),
}

impl From<lexopt::Error> for SettingsError {
    fn from(error: lexopt::Error) -> Self {
        Self::Wrong(error.to_string())
    }
}

impl Settings {
    /// Reads the options; `parser` holds the arguments without the program's name.
    pub fn read(mut parser: Parser) -> Result<Self, SettingsError> {
        let (mut app, mut upstream, mut token_file, mut config, mut allow_origin) =
            (None, None, None, None, None);
        let mut listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let (mut prefix, mut frames) = ("/".to_owned(), "'none'".to_owned());
        let (mut sim, mut csp, mut exit_with_stdin) = (false, true, false);
        while let Some(arg) = parser.next()? {
            match arg {
                Arg::Long("app") => app = Some(parser.value()?.into()),
                Arg::Long("upstream") => upstream = Some(parser.value()?.parse()?),
                Arg::Long("listen") => listen = parser.value()?.parse_with(address)?,
                Arg::Long("prefix") => prefix = parser.value()?.parse_with(folder)?,
                Arg::Long("token-file") => token_file = Some(parser.value()?.into()),
                Arg::Long("config") => config = Some(parser.value()?.into()),
                Arg::Long("sim") => sim = true,
                Arg::Long("allow-origin") => allow_origin = Some(parser.value()?.parse()?),
                Arg::Long("frame-ancestors") => frames = parser.value()?.string()?,
                Arg::Long("no-csp") => csp = false,
                Arg::Long("exit-with-stdin") => exit_with_stdin = true,
                Arg::Long("help") | Arg::Short('h') => return Err(SettingsError::Help),
                other => return Err(other.unexpected().into()),
            }
        }
        let missing = |name: &str| SettingsError::Wrong(format!("--{name} is needed"));
        let shared = allow_origin.is_some();
        let policy = if csp { Policy::strict(&frames, shared) } else { Ok(Policy::without_csp(shared)) };
        Ok(Self {
            app: app.ok_or_else(|| missing("app"))?,
            upstream: upstream.ok_or_else(|| missing("upstream"))?,
            listen,
            prefix,
            token_file,
            config,
            sim,
            allow_origin,
            policy: policy
                .map_err(|_| SettingsError::Wrong("--frame-ancestors is no header value".to_owned()))?,
            exit_with_stdin,
        })
    }
}

/// An address to listen on: `127.0.0.1:8080`, `localhost:0`.
fn address(written: &str) -> Result<SocketAddr, String> {
    let found = written.to_socket_addrs().map_err(|error| format!("`{written}` is no address: {error}"))?;
    // `localhost` may mean ::1 first; the browser and the tests are given the IPv4 address.
    let mut found: Vec<SocketAddr> = found.collect();
    found.sort_by_key(SocketAddr::is_ipv6);
    found.into_iter().next().ok_or_else(|| format!("`{written}` is no address"))
}

/// A path that begins and ends with a slash and holds nothing that would need an escape.
fn folder(written: &str) -> Result<String, String> {
    let plain = written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte));
    let whole = written.starts_with('/') && written.ends_with('/') && !written.contains("//");
    if plain && whole { Ok(written.to_owned()) } else { Err(format!("`{written}` is no path like /a/b/")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Result<Settings, SettingsError> {
        Settings::read(Parser::from_args(args))
    }

    #[test]
    fn an_application_and_an_upstream_are_enough() {
        let settings = read(&["--app", "dist", "--upstream", "http://127.0.0.1:9/"]).unwrap();
        assert_eq!(settings.prefix, "/");
        assert_eq!(settings.upstream.shown(), "http://127.0.0.1:9");
        assert!(settings.listen.ip().is_loopback() && settings.listen.port() == 0);
        assert!(!settings.sim && settings.allow_origin.is_none() && settings.token_file.is_none());
    }

    #[test]
    fn a_missing_or_unknown_option_is_named() {
        assert!(read(&["--app", "dist"]).unwrap_err().to_string().contains("--upstream"));
        assert!(read(&["--nonsense"]).unwrap_err().to_string().contains("--nonsense"));
    }

    #[test]
    fn an_upstream_must_be_a_plain_http_address() {
        for wrong in ["zadig.example", "ftp://zadig.example", "https://user:word@zadig.example", ""] {
            assert!(wrong.parse::<Upstream>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_prefix_begins_and_ends_with_a_slash() {
        assert_eq!(folder("/a/b/").unwrap(), "/a/b/");
        for wrong in ["a/", "/a", "//", "/a b/", "/%2e/"] {
            assert!(folder(wrong).is_err(), "{wrong}");
        }
    }
}
