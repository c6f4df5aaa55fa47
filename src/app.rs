//! The root: providers, frame, and the choice of the page. [`mount`] is what the boot script calls.

use crate::clock::Clock;
use crate::components::keys::Keys;
use crate::components::shell::Shell;
use crate::config::Config;
use crate::dock::Dock;
use crate::i18n::I18n;
use crate::nav::Nav;
use crate::operations::provide_ops;
use crate::pages::{activity, connect, environment, environments, not_found, projects, settings};
use crate::prefs::Prefs;
use crate::route::{LogTarget, Route};
use crate::session::{Connection, Session, use_session};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// Starts the application inside `root`. `config` is the text of `config.json`, where there is one.
#[wasm_bindgen]
pub fn mount(root: HtmlElement, config: Option<String>) {
    let (mut config, problem) = Config::read(config.as_deref());
    config.read_only |= asks_read_only(
        &web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default(),
    );
    let element = root.clone();
    let handle = leptos::mount::mount_to(element, move || {
        let prefs = Prefs::load(&config);
        provide_context(prefs);
        provide_context(I18n { language: prefs.language });
        provide_context(Clock::start());
        let home = match config.default_project.as_str() {
            "" => Route::Projects { search: String::new() },
            project => Route::environments(project),
        };
        let nav = Nav::start(home);
        provide_context(nav);
        let session = Session::start(config, prefs);
        provide_context(session);
        provide_ops();
        leptos::task::spawn_local(session.learn_version());
        provide_context(Dock::start(nav));
        provide_context(Keys::start(StoredValue::new_local(root.clone())));
        dress(root.clone(), prefs);
        view! { <Shell problem=StoredValue::new(problem)>{move || view! { <Page /> }}</Shell> }
    });
    // The page owns the application for as long as it lives.
    handle.forget();
}

/// Whether the page's own query (`?ro=1`, before the hash) asks for a page without actions.
fn asks_read_only(search: &str) -> bool {
    search.trim_start_matches('?').split('&').any(|pair| matches!(pair, "ro" | "ro=1" | "ro=true"))
}

/// Puts theme and language on the root element.
fn dress(root: HtmlElement, prefs: Prefs) {
    let root = StoredValue::new_local(root);
    Effect::new(move |_| {
        let (theme, language) = (prefs.theme.get(), prefs.language.get());
        let _ = root.try_with_value(|root| {
            let _ = root.set_attribute("lang", language.tag());
            let _ = match theme.attribute() {
                Some(theme) => root.set_attribute("data-theme", theme),
                None => root.remove_attribute("data-theme"),
            };
            if let Some(html) = root.owner_document().and_then(|document| document.document_element()) {
                let _ = html.set_attribute("lang", language.tag());
            }
        });
    });
}

/// The page of the current route. It is built anew only when the page changes, not with every filter.
#[component]
fn Page() -> impl IntoView {
    let (nav, session) = (crate::nav::use_nav(), use_session());
    let page = Memo::new(move |_| nav.route.with(Route::page_key));
    // Before the first token there is nothing to show but the way to one; a token refused later is asked for in a
    // dialog over the page (see `Shell`).
    let unknown = Memo::new(move |_| session.connection.get() == (Connection::NeedsToken { again: false }));
    move || {
        let page = page.get();
        if unknown.get() && page != Route::Settings {
            return view! { <connect::ConnectPage /> }.into_any();
        }
        match page {
            Route::Connect => view! { <connect::ConnectPage /> }.into_any(),
            Route::Projects { .. } => view! { <projects::ProjectsPage /> }.into_any(),
            Route::Environments { project, .. } => {
                view! { <environments::EnvironmentsPage project /> }.into_any()
            }
            Route::Environment { at, .. } | Route::Logs { target: LogTarget { at, .. } } => {
                view! { <environment::EnvironmentPage at /> }.into_any()
            }
            Route::Activity => view! { <activity::ActivityPage /> }.into_any(),
            Route::Settings => view! { <settings::SettingsPage /> }.into_any(),
            Route::NotFound { hash } => view! { <not_found::NotFoundPage hash /> }.into_any(),
        }
    }
}

/// Shows a panic in words over the page: after one, the module runs no further.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        show_crash(&info.to_string());
    }));
}

/// Builds the overlay with plain DOM calls, because nothing of the framework can be relied on any more.
fn show_crash(details: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let language = document.document_element().and_then(|html| html.get_attribute("lang"));
    let texts =
        crate::i18n::Language::from_tag(language.as_deref().unwrap_or("en")).unwrap_or_default().messages();
    let root = document.query_selector(".zadig").ok().flatten();
    let Some(root) = root.or_else(|| document.body().map(Into::into)) else { return };
    if root.query_selector(".crash").ok().flatten().is_some() {
        return;
    }
    let make = |tag: &str, class: &str, text: &str| {
        let element = document.create_element(tag).ok()?;
        element.set_class_name(class);
        element.set_text_content(Some(text));
        Some(element)
    };
    let (Some(overlay), Some(card)) = (make("div", "crash", ""), make("div", "card", "")) else { return };
    let _ = overlay.set_attribute("role", "alertdialog");
    let reload = make("a", "button primary", texts.shell.reload);
    if let Some(reload) = &reload {
        let _ = reload.set_attribute("href", "");
    }
    let parts = [
        make("h1", "", texts.shell.crashed),
        make("p", "", texts.shell.crashed_hint),
        make("pre", "crash-details", details),
        reload,
    ];
    for part in parts.into_iter().flatten() {
        let _ = card.append_child(&part);
    }
    let _ = overlay.append_child(&card);
    let _ = root.append_child(&overlay);
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
