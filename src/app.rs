//! The root: providers, frame, and the choice of the page. [`mount`] is what the boot script calls.

use crate::api::Client;
use crate::api::Token;
use crate::clock::Clock;
use crate::components::keys::Keys;
use crate::components::skeleton::SkeletonRows;
use crate::config::Config;
use crate::crash;
use crate::dock::Dock;
use crate::drafts::Drafts;
use crate::frame::Shell;
use crate::host::{Host, HostOptions};
use crate::host_events::tell;
use crate::i18n::I18n;
use crate::lazy;
use crate::nav::Nav;
use crate::operations::{Review, Runner, provide_ops, use_ops};
use crate::ops::Operations;
use crate::ops::saved::Owner;
use crate::pages::{environment, environments, not_found};
use crate::prefs::Prefs;
use crate::route::{LogTarget, Route};
use crate::session::{Connection, Session, use_session};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// Starts the application inside `root`. `config` is the text of `config.json`, where there is one; `host` says what is
/// around the application (see [`crate::host`]). Gives the handle that changes and ends this instance.
#[wasm_bindgen]
pub fn mount(root: HtmlElement, config: Option<String>, host: JsValue) -> Mounted {
    let (mut config, problem) = Config::read(config.as_deref());
    config.read_only |= asks_read_only(
        &web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default(),
    );
    crash::watch(&root);
    let parts = Rc::new(Cell::new(None));
    let made = Rc::clone(&parts);
    let element = root.clone();
    let handle = leptos::mount::mount_to(root.clone(), move || {
        let host = Host::new(element.clone(), host);
        provide_context(host);
        let first = host.first();
        let prefs = Prefs::load(&config, &first);
        provide_context(prefs);
        provide_context(I18n { language: prefs.language });
        provide_context(Clock::start());
        let home = match (first.route, config.default_project.as_str()) {
            (Some(route), _) => Route::parse(&route),
            (None, "") => Route::Projects { search: String::new() },
            (None, project) => Route::environments(project),
        };
        let nav = Nav::start(host, home);
        provide_context(nav);
        let session = Session::start(config, prefs, host);
        provide_context(session);
        provide_ops(Runner { run: run_operation, restore: restore_operations });
        provide_context(Drafts::start(session));
        tell(host, nav, use_ops());
        leptos::task::spawn_local_scoped_with_cancellation(session.learn_version());
        provide_context(Dock::start(nav));
        provide_context(Keys::start(host));
        dress(host, prefs);
        made.set(Some(Parts { nav, prefs, session }));
        view! { <Shell problem=StoredValue::new(problem)>{move || view! { <Page /> }}</Shell> }
    });
    Mounted { handle: Some(Box::new(handle)), parts: parts.take(), root }
}

/// Takes what was confirmed through its life. Its part is there: what was confirmed was reviewed, and the review is of the
/// same part.
fn run_operation(registry: Operations, review: Review, client: Client) -> LocalBoxFuture<'static, ()> {
    async move {
        if let Ok(driven) = lazy::drive(registry, review, client).await {
            driven.await;
        }
    }
    .boxed_local()
}

/// Takes up the operations that were under way before a reload.
fn restore_operations(
    registry: Operations,
    saved: String,
    owner: Owner,
    client: Client,
) -> LocalBoxFuture<'static, ()> {
    async move {
        if let Ok(driven) = lazy::restore(registry, saved, owner, client).await {
            driven.await;
        }
    }
    .boxed_local()
}

/// The parts of an instance that its host may change.
#[derive(Clone, Copy)]
struct Parts {
    nav: Nav,
    prefs: Prefs,
    session: Session,
}

/// One running instance, for the script that mounted it. Forgetting it leaves the instance running.
#[wasm_bindgen]
pub struct Mounted {
    handle: Option<Box<dyn Any>>,
    parts: Option<Parts>,
    root: HtmlElement,
}

#[wasm_bindgen]
impl Mounted {
    /// Applies changed options of the host: the JSON of [`HostOptions`].
    pub fn update(&self, options: &str) {
        let (Some(parts), options) = (self.parts, HostOptions::read(options)) else { return };
        parts.prefs.follow(&options);
        if let Some(read_only) = options.read_only {
            parts.session.set_host_read_only(read_only);
        }
        if let Some(route) = options.route {
            parts.nav.go(Route::parse(&route));
        }
    }

    /// Uses a token from now on; it stays in memory. Fails, without showing it, with what cannot be a token.
    #[wasm_bindgen(js_name = setToken)]
    pub fn set_token(&self, token: &str) -> Result<(), JsError> {
        let token = Token::new(token).map_err(|problem| JsError::new(&problem.to_string()))?;
        if let Some(parts) = self.parts {
            parts.session.set_token(token, false);
        }
        Ok(())
    }

    /// Forgets the token everywhere.
    #[wasm_bindgen(js_name = logOut)]
    pub fn log_out(&self) {
        if let Some(parts) = self.parts {
            parts.session.log_out();
        }
    }

    /// Ends the instance: its requests are aborted, its listeners and its elements are gone.
    pub fn unmount(mut self) {
        self.parts = None;
        drop(self.handle.take());
        crash::forget(&self.root);
    }
}

/// Whether the page's own query (`?ro=1`, before the hash) asks for a page without actions.
fn asks_read_only(search: &str) -> bool {
    search.trim_start_matches('?').split('&').any(|pair| matches!(pair, "ro" | "ro=1" | "ro=true"))
}

/// Puts theme and language on the root element, and on a page of its own on the document too.
fn dress(host: Host, prefs: Prefs) {
    crate::effect::effect(move || {
        let (theme, language) = (prefs.theme.get(), prefs.language.get());
        let Some(root) = host.root() else { return };
        let _ = root.set_attribute("lang", language.tag());
        let _ = match theme.attribute() {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
        if host.is_standalone()
            && let Some(html) = root.owner_document().and_then(|document| document.document_element())
        {
            let _ = html.set_attribute("lang", language.tag());
        }
    });
}

/// The browser drops the handle when the script has let go of it, at a time of its own; that ends nothing.
impl Drop for Mounted {
    fn drop(&mut self) {
        std::mem::forget(self.handle.take());
    }
}

/// In the place of a page whose part is on its way.
fn page_waits() -> AnyView {
    view! { <div class="page"><SkeletonRows /></div> }.into_any()
}

/// The page of the current route. It is built anew only when the page changes, not with every filter.
#[component]
fn Page() -> impl IntoView {
    let (nav, session) = (crate::nav::use_nav(), use_session());
    let page = Memo::new(move |_| nav.route.with(Route::page_key));
    // Before the first token there is nothing to show but the way to one; a token refused later is asked for in a
    // dialog over the page (see `Shell`).
    let unknown = Memo::new(move |_| {
        session.connection.get() == (Connection::NeedsToken { again: false }) && !session.renewing.get()
    });
    move || {
        let page = page.get();
        if unknown.get() && page != Route::Settings {
            return lazy::lazy_view(lazy::load_connect, page_waits, lazy::connect);
        }
        match page {
            Route::Connect => lazy::lazy_view(lazy::load_connect, page_waits, lazy::connect),
            Route::Projects { .. } => lazy::lazy_view(lazy::load_projects, page_waits, lazy::projects),
            Route::Environments { project, .. } => {
                view! { <environments::EnvironmentsPage project /> }.into_any()
            }
            Route::Create(link) => {
                lazy::lazy_view(lazy::load_create, page_waits, move || lazy::create(link.clone()))
            }
            Route::Environment { at, .. }
            | Route::Configs { at, .. }
            | Route::Logs { target: LogTarget { at, .. }, .. } => {
                view! { <environment::EnvironmentPage at /> }.into_any()
            }
            Route::Activity => lazy::lazy_view(lazy::load_activity, page_waits, lazy::activity),
            Route::Settings | Route::About => {
                lazy::lazy_view(lazy::load_settings, page_waits, lazy::settings)
            }
            Route::NotFound { hash } => view! { <not_found::NotFoundPage hash /> }.into_any(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::asks_read_only;

    #[test]
    fn a_link_can_ask_for_a_page_without_actions() {
        assert!(asks_read_only("?ro=1") && asks_read_only("?lang=en&ro"));
        assert!(!asks_read_only("") && !asks_read_only("?ro=0") && !asks_read_only("?zero=1"));
    }
}
