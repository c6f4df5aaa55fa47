//! The connection to Zadig: the client, the token, and what the last answers said about both.
//!
//! Every answer passes the client's observer, so the state shown in the frame needs no page's help: a 401 asks for a
//! token over the page, a lost network shows in the frame, and the first good answer after trouble makes every query look
//! again at once ([`Session::wake`]).

mod connection;
mod known;

pub(crate) use connection::{Connection, judge};
pub(crate) use known::{Known, show_project};

use crate::api::{
    ApiError, Auth, Availability, Claims, Client, ClientOptions, ErrorKind, Feature, Features, Outcome,
    Token, TokenCell, is_probe,
    services::{self, ServiceDetail},
    system, workloads,
};
use crate::config::{AuthMode, Config, Refresh};
use crate::host::Host;
use crate::outage::Outage;
use crate::prefs::Prefs;
use crate::route::EnvironmentRef;
use crate::storage;
use leptos::prelude::*;
use serde::Serialize;

/// A token that had expired before it was given is worth a second question; a host with no good one must not be asked for ever.
const ASKINGS: u8 = 2;

/// Where a token the user chose to keep lies until the tab is closed.
const KEPT: &str = "zadig-environments-token";

/// The session, as a context.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    client: StoredValue<Client, LocalStorage>,
    token: StoredValue<TokenCell, LocalStorage>,
    config: StoredValue<Config>,
    host: Host,
    /// Whether the site or the page around wants every action that changes something absent.
    host_read_only: RwSignal<bool>,
    /// Whether the host is being asked for a token; the user is asked only after it.
    pub renewing: RwSignal<bool>,
    /// How often the host may still be asked before one of its tokens is good for something.
    askings: StoredValue<u8>,
    /// The user's preferences.
    pub prefs: Prefs,
    /// The connection's state.
    pub connection: RwSignal<Connection>,
    /// Who the token says the user is.
    pub claims: RwSignal<Option<Claims>>,
    /// What waits for Zadig to come back.
    outage: StoredValue<Outage>,
    /// Makes every query look again.
    pub wake: Trigger,
    /// Whether an operation of this tab is under way: pages then look as often as if everything were in transition.
    pub hurry: RwSignal<bool>,
    /// What the server at hand can do, as far as it showed.
    pub features: RwSignal<Features>,
    /// What this tab knows of projects and environments.
    pub known: Known,
}

impl Session {
    /// Opens a session for a site's settings; a token kept for this tab is used, else the host is asked for one.
    pub(crate) fn start(config: Config, prefs: Prefs, host: Host) -> Self {
        let cell = TokenCell::new();
        let auth = match config.auth {
            AuthMode::Proxy => Auth::Proxy,
            AuthMode::Token => Auth::Bearer(cell.clone()),
        };
        let kept = match config.auth {
            AuthMode::Token => storage::session(&kept_key(&config)).and_then(|text| Token::new(&text).ok()),
            AuthMode::Proxy => None,
        };
        cell.set(kept.clone());
        let client = Client::new(ClientOptions::new(config.api_base.clone(), auth));
        let connection = match (config.auth, &kept) {
            (AuthMode::Token, None) => Connection::NeedsToken { again: false },
            _ => Connection::Unknown,
        };
        let host_read_only = config.read_only;
        let session = Self {
            client: StoredValue::new_local(client.clone()),
            token: StoredValue::new_local(cell),
            config: StoredValue::new(config),
            host,
            host_read_only: RwSignal::new(host_read_only),
            renewing: RwSignal::new(false),
            askings: StoredValue::new(ASKINGS),
            prefs,
            connection: RwSignal::new(connection),
            claims: RwSignal::new(kept.as_ref().and_then(Token::claims)),
            outage: StoredValue::new(Outage::default()),
            wake: Trigger::new(),
            hurry: RwSignal::new(false),
            features: RwSignal::new(Features::default()),
            known: Known::start(),
        };
        client.set_observer(move |outcome| session.observe(outcome));
        if connection_needs_token(session) {
            session.ask_host(false, None);
        }
        session
    }

    /// The client; `None` once the application is gone.
    pub(crate) fn client(self) -> Option<Client> {
        self.client.try_with_value(Client::clone)
    }

    /// How often the site wants pages to refresh.
    pub(crate) fn refresh(self) -> Refresh {
        self.config.try_with_value(|config| config.refresh).unwrap_or_default()
    }

    /// The site's settings.
    pub(crate) fn config(self) -> Config {
        self.config.try_get_value().unwrap_or_default()
    }

    /// Whether actions that change something are absent: in read-only mode, and on the pages of a Helm project.
    pub(crate) fn is_read_only(self) -> bool {
        self.is_read_only_mode() || self.known.helm_is_shown()
    }

    /// Whether the user or the host wants nothing changed.
    pub(crate) fn is_read_only_mode(self) -> bool {
        self.host_read_only.get() || self.prefs.read_only.get()
    }

    /// Takes the host's word on actions that change something.
    pub(crate) fn set_host_read_only(self, read_only: bool) {
        let _ = self.host_read_only.try_set(read_only);
    }

    /// Asks the host for a token, once: `refused` is the one that no longer counts. Where it has no other, the user is asked
    /// and the host is told so.
    fn ask_host(self, again: bool, refused: Option<Token>) {
        let may = self.host.gives_tokens() && self.askings.try_get_value().is_some_and(|left| left > 0);
        if !may {
            self.host.emit("needs-token", &NeedsToken { again });
            return;
        }
        self.askings.update_value(|left| *left = left.saturating_sub(1));
        self.renewing.set(true);
        leptos::task::spawn_local(async move {
            let found = self.host.token(again).await.and_then(|text| Token::new(&text).ok());
            // The instance may be gone meanwhile.
            if self.renewing.try_set(false).is_some() {
                return;
            }
            match found.filter(|found| Some(found) != refused.as_ref()) {
                // The user was quicker.
                _ if self.has_token() => {}
                Some(token) => self.set_token(token, false),
                None => self.host.emit("needs-token", &NeedsToken { again }),
            }
        });
    }

    /// Whether asking Zadig makes sense: not while a token is needed.
    pub(crate) fn may_ask(self) -> bool {
        self.connection
            .try_with_untracked(|connection| !matches!(connection, Connection::NeedsToken { .. }))
            .unwrap_or(false)
    }

    /// [`Session::may_ask`] as a reactive read.
    pub(crate) fn may_ask_now(self) -> bool {
        self.connection.track();
        self.may_ask()
    }

    /// Whether a token is in use.
    pub(crate) fn has_token(self) -> bool {
        self.token.try_with_value(|cell| cell.get().is_some()).unwrap_or(false)
    }

    /// Whether the token is kept until this tab is closed.
    pub(crate) fn keeps_token(self) -> bool {
        storage::session(&kept_key(&self.config())).is_some()
    }

    /// Uses a token from now on; `keep` stores it until the tab is closed. Every query looks again.
    pub(crate) fn set_token(self, token: Token, keep: bool) {
        storage::set_session(&kept_key(&self.config()), keep.then(|| token.reveal()));
        self.claims.set(token.claims());
        let _ = self.token.try_with_value(|cell| cell.set(Some(token)));
        self.connection.set(Connection::Unknown);
        self.wake.notify();
        leptos::task::spawn_local(self.learn_version());
    }

    /// Forgets the token everywhere. The host is not asked for it again: the user wanted out.
    pub(crate) fn log_out(self) {
        storage::set_session(&kept_key(&self.config()), None);
        self.askings.set_value(0);
        let _ = self.token.try_with_value(|cell| cell.set(None));
        self.claims.set(None);
        if self.config().auth == AuthMode::Token {
            self.connection.set(Connection::NeedsToken { again: false });
        }
        self.wake.notify();
    }

    /// Asks the server for its version (H13); a server without that call is older than it.
    pub(crate) async fn learn_version(self) {
        // Asked again when there is a token.
        if !self.may_ask() {
            return;
        }
        let Some(client) = self.client() else { return };
        if let Ok(context) = client.send(system::context()).await {
            let _ = self.features.try_update(|features| features.learn_version(&context.server_version));
        }
    }

    /// Finds out whether the server has a service's YAML and pod restarts, where its version is not known: one harmless read
    /// of each. What comes back passes the observer, so there is nothing to return.
    pub(crate) async fn learn_service_features(self, at: EnvironmentRef, service: String) {
        let Some(client) = self.client() else { return };
        let unknown =
            |feature| self.features.try_with_untracked(|now| now.has(feature) == Availability::Unknown);
        if unknown(Feature::ServicePods) == Some(true) {
            let _ = client.send(services::pods(at.family, &at.project, &at.key, &service)).await;
        }
        if unknown(Feature::RenderedYaml) == Some(true) {
            let _ = client.send(services::rendered_yaml(at.family, &at.project, &at.key, &service)).await;
        }
        if unknown(Feature::JobImage) == Some(true) {
            let _ = client.send(workloads::job_image_probe(&at.key)).await;
        }
    }

    /// Learns from what a service shows which version answers.
    pub(crate) fn learn_from_service(self, detail: &ServiceDetail) {
        let _ = self.features.try_maybe_update(|features| {
            let before = *features;
            features.observe_service(detail);
            (*features != before, ())
        });
    }

    /// Learns from an answer.
    fn observe(self, outcome: &Outcome<'_>) {
        let told = outcome.result.as_ref().map(|_| ()).map_err(|error| error.kind);
        // A call that only finds out what the server has may fail.
        if let Err(error) = outcome.result
            && !outcome.will_retry
            && error.kind != ErrorKind::RouteMissing
            && !is_probe(outcome.call.endpoint)
        {
            self.host.emit("error", &ErrorDetail::new(error));
        }
        let _ = self.features.try_maybe_update(|features| {
            let before = *features;
            features.observe(outcome.call.endpoint, told);
            (*features != before, ())
        });
        let Some(before) = self.connection.try_get_untracked() else { return };
        // Several calls were under way with the old token; the first refusal was answered already.
        if outcome.outdated && outcome.result.is_err_and(|error| error.kind == ErrorKind::Unauthorized) {
            return;
        }
        let Some(now) =
            judge(outcome.result.as_ref().map(|_| ()).map_err(|error| *error), self.config().auth)
        else {
            return;
        };
        self.follow_outage(&now, &outcome.call.path);
        // A late answer to a call sent with the old token must not close the dialog that asks for a new one.
        let waiting = matches!(before, Connection::NeedsToken { .. });
        if before == now || waiting && !self.has_token() {
            return;
        }
        if now == Connection::Good {
            let _ = self.askings.try_update_value(|left| *left = ASKINGS);
        }
        if now == (Connection::NeedsToken { again: true }) {
            storage::set_session(&kept_key(&self.config()), None);
            let refused = self.token.try_with_value(|cell| cell.get()).flatten();
            let _ = self.token.try_with_value(|cell| cell.set(None));
            self.ask_host(true, refused);
        }
        let _ = self.connection.try_set(now);
    }

    /// Wakes everything once a call that failed for want of a connection is answered.
    fn follow_outage(self, now: &Connection, path: &str) {
        let over = self.outage.try_update_value(|outage| match now {
            Connection::Lost(_) => {
                outage.failed(path);
                false
            }
            Connection::Good => outage.answered(path),
            _ => false,
        });
        if over == Some(true) {
            self.wake.notify();
        }
    }
}

/// What the host hears when a token is needed and it gave none.
#[derive(Serialize)]
struct NeedsToken {
    again: bool,
}

/// What the host hears of a failed call.
#[derive(Serialize)]
struct ErrorDetail<'a> {
    kind: &'a str,
    status: Option<u16>,
    message: Option<&'a str>,
    method: &'a str,
    path: &'a str,
}

impl<'a> ErrorDetail<'a> {
    fn new(error: &'a ApiError) -> Self {
        Self {
            kind: error.kind.id(),
            status: error.status,
            message: error.message.as_deref(),
            method: error.call.method.as_str(),
            path: &error.call.path,
        }
    }
}

/// Where the token lies: one place for each Zadig, so that it never goes to another.
fn kept_key(config: &Config) -> String {
    match config.api_base.as_str() {
        "" => KEPT.to_owned(),
        base => format!("{KEPT}:{base}"),
    }
}

fn connection_needs_token(session: Session) -> bool {
    session.connection.with_untracked(|connection| matches!(connection, Connection::NeedsToken { .. }))
}

/// The session context.
///
/// # Panics
/// Never in the application: its root provides it before any page exists.
pub(crate) fn use_session() -> Session {
    expect_context::<Session>()
}
