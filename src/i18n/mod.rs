//! Every text of the interface, in English and in 简体中文.
//!
//! A message is a field of a struct and has both languages on one line, so a missing translation does not compile, and a
//! text that is shown nowhere is a warning. What varies is a named placeholder (`{age}`) filled by [`fill`]; a test holds the
//! placeholders of both languages against each other. A text with a count has the number in `{n}` and both English forms
//! split by a bar (`{n} line|{n} lines`), and is filled by [`fill_count`]. Nothing is fetched and nothing is looked up by
//! name at run time.
//!
//! ```
//! use zadig_environments::i18n::{fill, fill_count};
//! assert_eq!(fill("updated {age} ago", &[("age", "8 s")]), "updated 8 s ago");
//! assert_eq!(fill_count("{n} replica|{n} replicas", 1, &[]), "1 replica");
//! ```

macro_rules! messages {
    ($(#[$doc:meta])* $name:ident { $($key:ident: $en:literal, $zh:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            $(#[doc = $en] pub(crate) $key: &'static str,)*
        }

        impl $name {
            /// The English texts.
            pub const EN: Self = Self { $($key: $en,)* };
            /// The Chinese texts.
            pub const ZH: Self = Self { $($key: $zh,)* };

            #[cfg(test)]
            pub(crate) const ALL: &[(&str, &str, &str)] = &[$((stringify!($key), $en, $zh),)*];
        }
    };
}

mod about;
mod common;
mod configs;
mod connect;
mod create;
mod editor;
pub(crate) mod environment;
mod environments;
mod errors;
mod filling;
mod guard;
mod labels;
mod lifecycle;
mod logs;
mod ops;
mod projects;
mod refusals;
mod service;
mod service_variables;
mod settings;
mod share_errors;
mod sharing;
mod shell;
mod states;
mod variables;

pub use errors::{Explaining, Explanation, explain, missing_permission};
pub use filling::{fill, fill_count, plural};
pub use share_errors::explain_closely;

use crate::domain::age::Age;
use crate::domain::state::{State, Word};
use leptos::prelude::*;

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// 简体中文.
    #[serde(rename = "zh-CN")]
    Chinese,
}

impl Language {
    /// Reads a language tag such as `zh`, `zh-CN` or `en-GB`; `None` for what there is no translation for.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The tag for a `lang` attribute and for `Intl`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// The texts of this language.
    pub const fn messages(self) -> &'static Messages {
        match self {
            Self::English => &ENGLISH,
            Self::Chinese => &CHINESE,
        }
    }
}

/// All texts of one language, by area. An area is reached by a function, so that the texts of a part that is loaded later
/// lie in that part's file.
#[derive(Debug)]
pub struct Messages(Language);

static ENGLISH: Messages = Messages(Language::English);
static CHINESE: Messages = Messages(Language::Chinese);

macro_rules! areas {
    ($($(#[$doc:meta])* $area:ident: $texts:ident;)*) => {
        impl Messages {
            $($(#[$doc])*
            pub const fn $area(&self) -> &'static $area::$texts {
                static EN: $area::$texts = $area::$texts::EN;
                static ZH: $area::$texts = $area::$texts::ZH;
                match self.0 {
                    Language::English => &EN,
                    Language::Chinese => &ZH,
                }
            })*
        }

        /// Name, English and Chinese of every text.
        #[cfg(test)]
        fn every_message() -> Vec<(&'static str, &'static str, &'static str)> {
            [$($area::$texts::ALL,)*].concat()
        }
    };
}

areas! {
    /// Words used everywhere.
    common: Common;
    /// Navigation and frame.
    shell: Shell;
    /// What the first page says of things that are loaded later.
    labels: Labels;
    /// The connect page and its doctor.
    connect: Connect;
    /// The projects page.
    projects: Projects;
    /// The list of environments.
    environments: Environments;
    /// Environment configs.
    configs: Configs;
    /// The code editor, and what is wrong with a YAML text.
    editor: Editor;
    /// Making an environment.
    create: Create;
    /// Editing, cloning and deleting environments.
    lifecycle: Lifecycle;
    /// What the server refuses about environments.
    refusals: Refusals;
    /// One environment.
    environment: Environment;
    /// The question before edits are lost.
    guard: Guard;
    /// Operations: review, progress, outcome.
    ops: Ops;
    /// The drawer of a service.
    service: Service;
    /// The variables of a service.
    service_variables: ServiceVariables;
    /// The log dock.
    logs: Logs;
    /// State words.
    states: States;
    /// What went wrong and what to do.
    errors: Errors;
    /// Preferences and shortcuts.
    settings: Settings;
    /// Version, licences and third-party parts.
    about: About;
    /// Sub-environments and portal services.
    sharing: Sharing;
    /// What goes wrong with them.
    share_errors: ShareErrors;
    /// The global variables of an environment.
    variables: Variables;
}

/// The language in use, as a context.
#[derive(Clone, Copy)]
pub struct I18n {
    /// The current language.
    pub language: RwSignal<Language>,
}

impl I18n {
    /// The texts of the current language; a reactive read.
    pub fn t(self) -> &'static Messages {
        self.language.get().messages()
    }

    /// A text that follows the language, for a view. One type for every text of the interface, where a closure at each place
    /// would be a type each, with all that a view makes of it.
    pub fn tr(
        self,
        pick: fn(&'static Messages) -> &'static str,
    ) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || pick(self.t())
    }

    /// As [`I18n::tr`], for a property that takes a signal.
    pub fn text(self, pick: fn(&'static Messages) -> &'static str) -> Signal<String> {
        Signal::derive(move || pick(self.t()).to_owned())
    }

    /// An age such as `8 s` or `3 d`; a reactive read.
    pub fn age(self, age: Age) -> String {
        age_text(self.language.get(), age)
    }

    /// The word of a state; raw for a word nobody knows; a reactive read.
    pub fn state(self, state: &State) -> String {
        let states = self.t().states();
        match state.word {
            Word::Raw => state.raw.clone(),
            word => states.word(word).to_owned(),
        }
    }

    /// A number with the grouping of the language; a reactive read.
    pub fn number(self, n: usize) -> String {
        filling::grouped(n)
    }
}

/// An age in a language.
pub fn age_text(language: Language, age: Age) -> String {
    let (n, en, zh) = match age {
        Age::Seconds(n) => (n, "s", "秒"),
        Age::Minutes(n) => (n, "min", "分钟"),
        Age::Hours(n) => (n, "h", "小时"),
        Age::Days(n) => (n, "d", "天"),
        Age::Months(n) => (n, "mo", "个月"),
        Age::Years(n) => (n, "y", "年"),
    };
    match language {
        Language::English => format!("{n} {en}"),
        Language::Chinese => format!("{n} {zh}"),
    }
}

/// A moment (unix seconds) as date and time in the browser's zone, `2026-11-24 07:31:05`: the same in every language, and
/// sorted as it reads.
pub fn date_time(seconds: i64) -> String {
    let date = js_sys::Date::new(&((seconds as f64) * 1000.0).into());
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds()
    )
}

/// The language context.
///
/// Every page lives under the application's providers; outside of them English is spoken.
pub fn use_i18n() -> I18n {
    use_context::<I18n>().unwrap_or_else(|| I18n { language: RwSignal::new(Language::English) })
}

#[cfg(test)]
mod tests;
