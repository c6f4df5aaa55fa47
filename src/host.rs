//! What is around the application: its own page, or another page that embeds it.
//!
//! `mount` (in `app`) is given an object by the script that loaded the module. It says how the instance behaves and
//! takes what the instance has to tell:
//!
//! ```js
//! { standalone: true,                // owns the tab: its title, its language, the keyboard
//!   bare: false,                     // no rail and no top bar
//!   hashPrefix: "zadig",             // routes in the location as #zadig/p/…; absent keeps them inside
//!   files: "https://…/zadig/",       // the folder of the application's own files; absent, the page's
//!   route: "#/p/shop", theme: "dark", language: "en",
//!   styles: () => promise,           // adds the styles of what is loaded later; absent where they are there
//!   editor: () => promise,           // the module of the code editor (editor/editor.js), fetched when it is asked for
//!   emit: (name, detail) => {},      // navigate, operation, edits, needs-token, error
//!   token: (again) => promise }      // the token, or nothing; `again` says that the last one was refused
//! ```
//!
//! Several instances may live on one page, each with a host of its own.

use crate::i18n::Language;
use crate::theme::Theme;
use futures_util::FutureExt;
use futures_util::future::{Either, select};
use js_sys::{Function, JSON, Promise, Reflect};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

/// How long the host may take to give a token before the user is asked.
const TOKEN_PATIENCE: Duration = Duration::from_secs(20);

/// Where the route of an instance lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Routing {
    /// In the location's hash, behind a prefix: `#/p/shop` for an empty one, `#zadig/p/shop` for `zadig`.
    Location(String),
    /// Inside the instance only.
    Memory,
}

/// What the host may change while the application runs. Absent fields stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct HostOptions {
    /// The theme from now on.
    pub theme: Option<Theme>,
    /// The language from now on, as a tag.
    pub language: Option<String>,
    /// Whether actions are absent from now on.
    pub read_only: Option<bool>,
    /// A route to go to, as a link: `#/p/shop`.
    pub route: Option<String>,
}

impl HostOptions {
    /// Reads the JSON that a script gives; what is none changes nothing.
    pub(crate) fn read(text: &str) -> Self {
        crate::api::decode::read(text).unwrap_or_default()
    }

    /// The language, if it is one there is.
    pub(crate) fn language(&self) -> Option<Language> {
        self.language.as_deref().and_then(Language::from_tag)
    }
}

struct Inner {
    root: HtmlElement,
    object: JsValue,
    /// Whether the styles of what is loaded later are there.
    styled: Cell<bool>,
}

/// The host of this instance, as a context.
#[derive(Clone, Copy)]
pub(crate) struct Host(StoredValue<Inner, LocalStorage>);

impl Host {
    /// The host that `object` describes; without one, the instance owns its page.
    pub(crate) fn new(root: HtmlElement, object: JsValue) -> Self {
        Self(StoredValue::new_local(Inner { root, object, styled: Cell::new(false) }))
    }

    /// The element the application lives in; `None` once it is gone.
    pub(crate) fn root(self) -> Option<HtmlElement> {
        self.0.try_with_value(|inner| inner.root.clone())
    }

    /// Whether the tab is the application's own.
    pub(crate) fn is_standalone(self) -> bool {
        self.0.try_with_value(|inner| !inner.object.is_object()).unwrap_or(false) || self.flag("standalone")
    }

    /// Whether rail and top bar are left out.
    pub(crate) fn is_bare(self) -> bool {
        self.flag("bare")
    }

    /// The folder the application's own files lie in, with a `/` at its end; nothing for the page's own folder.
    pub(crate) fn files(self) -> String {
        self.text("files").unwrap_or_default()
    }

    /// Where the route lives.
    pub(crate) fn routing(self) -> Routing {
        match self.text("hashPrefix") {
            Some(prefix) => Routing::Location(prefix),
            None if self.is_standalone() => Routing::Location(String::new()),
            None => Routing::Memory,
        }
    }

    /// What the host wants from the start.
    pub(crate) fn first(self) -> HostOptions {
        HostOptions {
            theme: self.text("theme").and_then(|word| Theme::from_word(&word)),
            language: self.text("language"),
            read_only: None,
            route: self.text("route"),
        }
    }

    /// Tells the host. `detail` must hold no secret: every script of the page can hear it.
    pub(crate) fn emit(self, name: &str, detail: &impl Serialize) {
        let Some(emit) = self.function("emit") else { return };
        let detail = serde_json::to_string(detail).ok().and_then(|text| JSON::parse(&text).ok());
        // A fault in the host's own code is the host's.
        let _ = emit.call2(&JsValue::NULL, &name.into(), &detail.unwrap_or(JsValue::NULL));
    }

    /// Whether the host may have a token.
    pub(crate) fn gives_tokens(self) -> bool {
        self.function("token").is_some()
    }

    /// Asks the host for a token; `again` says that the last one was refused. `None` where it has none, fails, or takes too
    /// long.
    pub(crate) async fn token(self, again: bool) -> Option<String> {
        let answer = self.function("token")?.call1(&JsValue::NULL, &again.into()).ok()?;
        let answer = JsFuture::from(Promise::resolve(&answer));
        let late = gloo_timers::future::sleep(TOKEN_PATIENCE);
        match select(answer.boxed_local(), late.boxed_local()).await {
            Either::Left((answer, _)) => answer.ok()?.as_string(),
            Either::Right(_) => None,
        }
    }

    /// Adds the styles of what is loaded later, once. Gives whether they are there.
    pub(crate) async fn styles(self) -> bool {
        let Some(load) = self.function("styles") else { return true };
        if self.0.try_with_value(|inner| inner.styled.get()) == Some(true) {
            return true;
        }
        let Ok(promise) = load.call0(&JsValue::NULL) else { return false };
        let there = JsFuture::from(Promise::resolve(&promise)).await.is_ok();
        let _ = self.0.try_with_value(|inner| inner.styled.set(inner.styled.get() || there));
        there
    }

    /// The module of the code editor.
    ///
    /// # Errors
    /// Why it could not be loaded, in the browser's words.
    pub(crate) async fn editor(self) -> Result<JsValue, String> {
        let load = self.function("editor").ok_or_else(|| "no editor".to_owned())?;
        let words = |error: JsValue| {
            error.dyn_ref::<js_sys::Error>().map_or_else(String::new, |error| String::from(error.message()))
        };
        let promise = load.call0(&JsValue::NULL).map_err(words)?;
        JsFuture::from(Promise::resolve(&promise)).await.map_err(words)
    }

    /// The focused element of the application's part of the document.
    pub(crate) fn active_element(self) -> Option<Element> {
        active_element(&self.root()?)
    }

    /// Whether the focus is somewhere in this instance.
    pub(crate) fn has_focus(self) -> bool {
        let Some(root) = self.root() else { return false };
        active_element(&root).is_some_and(|active| root.contains(Some(&active)))
    }

    fn get(self, name: &str) -> Option<JsValue> {
        self.0
            .try_with_value(|inner| {
                let known = inner.object.is_object();
                known.then(|| Reflect::get(&inner.object, &name.into()).ok()).flatten()
            })
            .flatten()
    }

    fn flag(self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.is_truthy())
    }

    fn text(self, name: &str) -> Option<String> {
        self.get(name)?.as_string()
    }

    fn function(self, name: &str) -> Option<Function> {
        self.get(name)?.dyn_into().ok()
    }
}

/// The focused element, also inside a shadow root.
pub(crate) fn active_element(root: &HtmlElement) -> Option<Element> {
    match root.get_root_node().dyn_into::<web_sys::ShadowRoot>() {
        Ok(shadow) => shadow.active_element(),
        Err(_) => root.owner_document()?.active_element(),
    }
}

/// The host context.
///
/// # Panics
/// Never in the application: its root provides it before any page exists.
pub(crate) fn use_host() -> Host {
    expect_context::<Host>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_holds_what_is_to_change_and_nothing_else() {
        let update =
            HostOptions::read(r##"{"theme":"dark","readOnly":true,"route":"#/p/shop","unknown":1}"##);
        assert_eq!(
            (update.theme, update.read_only, update.language()),
            (Some(Theme::Dark), Some(true), None)
        );
        assert_eq!(update.route.as_deref(), Some("#/p/shop"));
    }

    #[test]
    fn an_update_that_is_none_changes_nothing() {
        for text in ["", "[]x", r#"{"theme":"pink"}"#, r#"{"readOnly":"yes"}"#] {
            assert_eq!(HostOptions::read(text), HostOptions::default(), "{text}");
        }
    }
}
