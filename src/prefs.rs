//! Preferences of this browser: theme, language, refresh, read-only, favourites.
//!
//! They live in `localStorage` where that is allowed and in memory where it is not (a sandboxed frame throws on access).
//! The token is never among them.

use crate::config::Config;
use crate::host::HostOptions;
use crate::i18n::Language;
use crate::route::{EnvironmentRef, Route};
use crate::storage;
use crate::theme::Theme;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What is stored. Absent fields follow the site's configuration.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Stored {
    theme: Option<Theme>,
    language: Option<Language>,
    no_refresh: bool,
    read_only: bool,
    /// Links: the one form of an environment's place that is stable.
    favourites: Vec<String>,
    recent: Vec<String>,
}

const KEY: &str = "zadig-environments";
const RECENT: usize = 5;

/// The preferences, as a context; every field is a signal and is stored when it changes.
#[derive(Clone, Copy)]
pub(crate) struct Prefs {
    /// Colour theme.
    pub theme: RwSignal<Theme>,
    /// Language.
    pub language: RwSignal<Language>,
    /// Whether pages refresh by themselves.
    pub refresh: RwSignal<bool>,
    /// The user's own read-only switch.
    pub read_only: RwSignal<bool>,
    /// Environments kept at hand.
    pub favourites: RwSignal<Vec<EnvironmentRef>>,
    /// Environments opened last, newest first.
    pub recent: RwSignal<Vec<EnvironmentRef>>,
    /// What was set without the user: never stored as a choice.
    given: StoredValue<(Theme, Language)>,
}

impl Prefs {
    /// Reads the stored preferences over the site's defaults, and keeps them stored from then on. What the page around the
    /// application asks for comes before both.
    pub(crate) fn load(config: &Config, host: &HostOptions) -> Self {
        let stored: Stored =
            storage::local(KEY).and_then(|text| crate::api::decode::read(&text).ok()).unwrap_or_default();
        let language = host
            .language()
            .or(stored.language)
            .or_else(|| config.language())
            .unwrap_or_else(browser_language);
        let theme = host.theme.or(stored.theme).or(config.theme).unwrap_or_default();
        let prefs = Self {
            theme: RwSignal::new(theme),
            language: RwSignal::new(language),
            refresh: RwSignal::new(!stored.no_refresh),
            read_only: RwSignal::new(stored.read_only),
            favourites: RwSignal::new(places(&stored.favourites)),
            recent: RwSignal::new(places(&stored.recent)),
            given: StoredValue::new((theme, language)),
        };
        let chosen = StoredValue::new((stored.theme, stored.language));
        crate::effect::effect(move || {
            let (theme, language) = (prefs.theme.get(), prefs.language.get());
            // A choice that was never made is not stored, so that a later change of the site's defaults still counts.
            let given = prefs.given.get_value();
            chosen.update_value(|chosen| {
                if theme != given.0 {
                    chosen.0 = Some(theme);
                }
                if language != given.1 {
                    chosen.1 = Some(language);
                }
            });
            prefs.given.set_value((theme, language));
            let (chosen_theme, chosen_language) = chosen.get_value();
            let now = Stored {
                theme: chosen_theme,
                language: chosen_language,
                no_refresh: !prefs.refresh.get(),
                read_only: prefs.read_only.get(),
                favourites: prefs.favourites.with(|list| links(list)),
                recent: prefs.recent.with(|list| links(list)),
            };
            if let Ok(text) = serde_json::to_string(&now) {
                storage::set_local(KEY, &text);
            }
        });
        prefs
    }

    /// Takes what the page around the application asks for; it is not stored as the user's choice.
    pub(crate) fn follow(self, host: &HostOptions) {
        if let Some(theme) = host.theme {
            let _ = self.given.try_update_value(|given| given.0 = theme);
            let _ = self.theme.try_set(theme);
        }
        if let Some(language) = host.language() {
            let _ = self.given.try_update_value(|given| given.1 = language);
            let _ = self.language.try_set(language);
        }
    }

    /// Adds a favourite, or takes it away.
    pub(crate) fn toggle_favourite(self, at: &EnvironmentRef) {
        self.favourites.update(|list| match list.iter().position(|one| one == at) {
            Some(index) => {
                list.remove(index);
            }
            None => list.push(at.clone()),
        });
    }

    /// Forgets an environment that is gone.
    pub(crate) fn forget(self, at: &EnvironmentRef) {
        for list in [self.favourites, self.recent] {
            list.maybe_update(|list| {
                let before = list.len();
                list.retain(|one| one != at);
                list.len() != before
            });
        }
    }

    /// Notes that an environment was opened.
    pub(crate) fn visited(self, at: &EnvironmentRef) {
        self.recent.update(|list| {
            list.retain(|one| one != at);
            list.insert(0, at.clone());
            list.truncate(RECENT);
        });
    }
}

fn links(places: &[EnvironmentRef]) -> Vec<String> {
    places.iter().map(|at| Route::environment(at.clone()).href()).collect()
}

/// The environments that links lead to; what leads elsewhere (an older form, a hand at work) is dropped.
fn places(links: &[String]) -> Vec<EnvironmentRef> {
    let place = |link: &String| match Route::parse(link) {
        Route::Environment { at, .. } | Route::Configs { at, .. } => Some(at),
        _ => None,
    };
    links.iter().filter_map(place).collect()
}

fn browser_language() -> Language {
    web_sys::window()
        .and_then(|window| window.navigator().language())
        .and_then(|tag| Language::from_tag(&tag))
        .unwrap_or_default()
}

/// The preferences context.
///
/// # Panics
/// Never in the application: its root provides them before any page exists.
pub(crate) fn use_prefs() -> Prefs {
    expect_context::<Prefs>()
}
