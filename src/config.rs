//! Settings of the host: `config.json` beside `index.html`, read at run time so that one build serves every site.
//!
//! ```json
//! { "title": "Zadig Environments", "apiBase": "", "auth": "token", "defaultProject": "shop", "readOnly": false,
//!   "refresh": { "busySeconds": 2, "idleSeconds": 15 }, "language": "en", "theme": "system",
//!   "embedOrigins": ["https://portal.example.com"], "logStream": "fetch", "logStreamQueryToken": false,
//!   "logHiddenSeconds": 60 }
//! ```
//!
//! Every field may be absent. A file that is no JSON, or a field of a wrong type, is a [`Problem`] that the application
//! shows; it then runs with the defaults. Unknown keys are reported as well, because a misspelt one would do nothing.

use crate::api::logs::LogTransport;
use crate::i18n::Language;
use crate::theme::Theme;
use serde::Deserialize;

/// How requests are authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthMode {
    /// The user enters a token; it is sent as a header.
    #[default]
    Token,
    /// The reverse proxy in front adds the token, so no browser ever holds it.
    Proxy,
}

/// What carries a container's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogStreaming {
    /// `fetch` with the token in a header.
    #[default]
    Fetch,
    /// The browser's `EventSource`, which can send no header.
    EventSource,
}

/// How often a page looks again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Refresh {
    /// While something is in transition.
    pub busy_seconds: u32,
    /// Otherwise.
    pub idle_seconds: u32,
}

impl Default for Refresh {
    fn default() -> Self {
        Self { busy_seconds: 2, idle_seconds: 15 }
    }
}

/// The settings of a site.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Config {
    /// Name shown in the frame and the browser's tab.
    pub title: String,
    /// Origin (and path prefix) of Zadig; empty means the page's own origin.
    pub api_base: String,
    /// Who adds the token.
    pub auth: AuthMode,
    /// Project opened at the start; empty opens the list of projects.
    pub default_project: String,
    /// Whether every action that changes something is absent.
    pub read_only: bool,
    /// How often pages refresh.
    pub refresh: Refresh,
    /// Language for people who have not chosen one; absent follows the browser.
    pub language: Option<String>,
    /// Theme for people who have not chosen one.
    pub theme: Option<Theme>,
    /// Origins of the sites that may show the page in a frame, each whole: `https://portal.example.com`. The scripts around
    /// the module enforce it (`frame.js`).
    pub embed_origins: Vec<String>,
    /// What carries a container's log.
    pub log_stream: LogStreaming,
    /// Whether `EventSource` may put the token into the address, where access logs keep it.
    pub log_stream_query_token: bool,
    /// After how many seconds in a hidden tab log streams are let go; they are taken up again without loss.
    pub log_hidden_seconds: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Zadig Environments".to_owned(),
            api_base: String::new(),
            auth: AuthMode::Token,
            default_project: String::new(),
            read_only: false,
            refresh: Refresh::default(),
            language: None,
            theme: None,
            embed_origins: Vec::new(),
            log_stream: LogStreaming::Fetch,
            log_stream_query_token: false,
            log_hidden_seconds: 60,
        }
    }
}

/// What is wrong with a `config.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It could not be read; the defaults are in use. Holds the parser's words with line and column.
    Broken(String),
    /// It has keys that mean nothing here.
    UnknownKeys(Vec<String>),
}

const KEYS: [&str; 12] = [
    "title",
    "apiBase",
    "auth",
    "defaultProject",
    "readOnly",
    "refresh",
    "language",
    "theme",
    "embedOrigins",
    "logStream",
    "logStreamQueryToken",
    "logHiddenSeconds",
];

impl Config {
    /// Reads the text of a `config.json`; `None` (no such file) gives the defaults.
    pub fn read(text: Option<&str>) -> (Self, Option<Problem>) {
        let Some(text) = text else { return (Self::default(), None) };
        let mut config: Self = match crate::api::decode::read(text) {
            Ok(config) => config,
            Err(error) => return (Self::default(), Some(Problem::Broken(error.to_string()))),
        };
        config.api_base = config.api_base.trim().trim_end_matches('/').to_owned();
        config.refresh.busy_seconds = config.refresh.busy_seconds.clamp(1, 3600);
        config.refresh.idle_seconds = config.refresh.idle_seconds.clamp(2, 3600);
        config.log_hidden_seconds = config.log_hidden_seconds.clamp(1, 86_400);
        let unknown = unknown_keys(text);
        (config, (!unknown.is_empty()).then_some(Problem::UnknownKeys(unknown)))
    }

    /// The configured language, if it is one there is.
    pub fn language(&self) -> Option<Language> {
        self.language.as_deref().and_then(Language::from_tag)
    }

    /// What carries a log here. `EventSource` can send no header: it needs a proxy that adds the token, or the
    /// explicit leave to put it into the address.
    pub fn log_transport(&self) -> LogTransport {
        match (self.log_stream, self.auth) {
            (LogStreaming::EventSource, AuthMode::Proxy) => LogTransport::EventSource { query_token: false },
            (LogStreaming::EventSource, AuthMode::Token) if self.log_stream_query_token => {
                LogTransport::EventSource { query_token: true }
            }
            _ => LogTransport::Fetch,
        }
    }
}

fn unknown_keys(text: &str) -> Vec<String> {
    match crate::api::decode::read::<serde_json::Map<String, serde_json::Value>>(text) {
        Ok(map) => map.keys().filter(|key| !KEYS.contains(&key.as_str())).cloned().collect(),
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_and_an_empty_object_are_the_defaults() {
        assert_eq!(Config::read(None), (Config::default(), None));
        assert_eq!(Config::read(Some("{}")), (Config::default(), None));
    }

    #[test]
    fn the_file_in_the_documentation_is_read() {
        let (config, problem) = Config::read(Some(
            r#"{"title":"T","apiBase":"https://z.example.com/base/","auth":"proxy","defaultProject":"shop","readOnly":true,
                "refresh":{"busySeconds":5,"idleSeconds":60},"language":"zh-CN","theme":"dark",
                "embedOrigins":["https://portal.example.com"]}"#,
        ));
        assert_eq!(problem, None);
        assert_eq!(config.api_base, "https://z.example.com/base");
        assert_eq!((config.auth, config.language()), (AuthMode::Proxy, Some(Language::Chinese)));
        assert_eq!(config.theme, Some(Theme::Dark));
    }

    #[test]
    fn a_broken_file_gives_the_defaults_and_its_place() {
        for broken in ["{", "[]x", "<html>", r#"{"auth":"magic"}"#, r#"{"readOnly":"yes"}"#] {
            let (config, problem) = Config::read(Some(broken));
            assert_eq!(config, Config::default(), "{broken}");
            assert!(matches!(problem, Some(Problem::Broken(_))), "{broken}");
        }
    }

    #[test]
    fn the_table_in_the_readme_has_every_key_and_no_other() {
        let readme = include_str!("../README.md");
        let rows = readme.lines().skip_while(|line| *line != "| key | default | meaning |").skip(2);
        let cells = rows.take_while(|line| line.starts_with('|')).filter_map(|line| line.split('|').nth(1));
        let mut told: Vec<&str> =
            cells.flat_map(|cell| cell.split(',')).map(|key| key.trim().trim_matches('`')).collect();
        let mut known = KEYS.to_vec();
        told.sort_unstable();
        known.sort_unstable();
        assert_eq!(told, known);
    }

    #[test]
    fn a_misspelt_key_is_reported() {
        let (_, problem) = Config::read(Some(r#"{"apibase":"x"}"#));
        assert_eq!(problem, Some(Problem::UnknownKeys(vec!["apibase".to_owned()])));
    }

    #[test]
    fn a_refresh_that_would_flood_the_server_is_slowed_down() {
        let (config, _) = Config::read(Some(r#"{"refresh":{"busySeconds":0,"idleSeconds":0}}"#));
        assert_eq!(config.refresh, Refresh { busy_seconds: 1, idle_seconds: 2 });
    }

    #[test]
    fn event_source_is_used_only_where_no_token_gets_into_an_address_unasked() {
        let transport = |text: &str| Config::read(Some(text)).0.log_transport();
        assert_eq!(transport("{}"), LogTransport::Fetch);
        assert_eq!(transport(r#"{"logStream":"eventsource"}"#), LogTransport::Fetch);
        assert_eq!(
            transport(r#"{"logStream":"eventsource","auth":"proxy"}"#),
            LogTransport::EventSource { query_token: false }
        );
        assert_eq!(
            transport(r#"{"logStream":"eventsource","logStreamQueryToken":true}"#),
            LogTransport::EventSource { query_token: true }
        );
    }
}
