//! Preferences of this browser.

use super::about::AboutDialog;
use crate::dock::LogLimits;
use crate::i18n::{Language, use_i18n};
use crate::prefs::use_prefs;
use crate::route::Route;
use crate::session::use_session;
use crate::theme::Theme;
use leptos::prelude::*;

/// The settings page.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    let (i18n, prefs, session) = (use_i18n(), use_prefs(), use_session());
    let fixed = session.config().read_only;
    let text = move |pick: fn(&'static crate::i18n::Messages) -> &'static str| {
        Signal::derive(move || pick(i18n.t()))
    };
    view! {
        <div class="page">
            <div class="page-head">
                <h1>{i18n.tr(|t| t.settings().title)}</h1>
            </div>
            <div class="settings">
                <p class="dim">{i18n.tr(|t| t.settings().kept_here)}</p>
                <div class="card">
                    <Setting name=text(|t| t.settings().theme)>
                        <Choice
                            value=prefs.theme
                            label=text(|t| t.settings().theme)
                            options=vec![
                                (Theme::System, text(|t| t.settings().system)),
                                (Theme::Light, text(|t| t.settings().light)),
                                (Theme::Dark, text(|t| t.settings().dark)),
                            ]
                        />
                    </Setting>
                    <Setting name=text(|t| t.settings().language)>
                        <Choice
                            value=prefs.language
                            label=text(|t| t.settings().language)
                            options=vec![
                                (Language::English, Signal::stored("English")),
                                (Language::Chinese, Signal::stored("简体中文")),
                            ]
                        />
                    </Setting>
                    <Setting name=text(|t| t.settings().refresh) hint=text(|t| t.settings().refresh_hint)>
                        <Choice
                            value=prefs.refresh
                            label=text(|t| t.settings().refresh)
                            options=vec![(true, text(|t| t.settings().on)), (false, text(|t| t.settings().off))]
                        />
                    </Setting>
                    <Setting name=text(|t| t.logs().caps_of_a_log) hint=text(|t| t.logs().caps_hint)>
                        <LogLimits />
                    </Setting>
                    <Setting
                        name=text(|t| t.settings().read_only)
                        hint=if fixed {
                            text(|t| t.settings().read_only_fixed)
                        } else {
                            text(|t| t.settings().read_only_hint)
                        }
                    >
                        <Choice
                            value=prefs.read_only
                            disabled=fixed
                            label=text(|t| t.settings().read_only)
                            options=vec![(true, text(|t| t.settings().on)), (false, text(|t| t.settings().off))]
                        />
                    </Setting>
                </div>
                <div class="card">
                    <Setting name=text(|t| t.about().title) hint=text(|t| t.about().open)>
                        <a class="button" href=Route::About.href()>{i18n.tr(|t| t.about().show)}</a>
                    </Setting>
                </div>
            </div>
            <AboutDialog />
        </div>
    }
}

#[component]
fn Setting(
    #[prop(into)] name: Signal<&'static str>,
    #[prop(optional, into)] hint: Option<Signal<&'static str>>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="setting">
            <div>
                <h2>{name}</h2>
                {hint.map(|hint| view! { <p class="dim small">{hint}</p> })}
            </div>
            {children()}
        </div>
    }
}

/// One of a few values, as a group of buttons.
#[component]
fn Choice<T: Copy + PartialEq + Send + Sync + 'static>(
    value: RwSignal<T>,
    #[prop(into)] label: Signal<&'static str>,
    options: Vec<(T, Signal<&'static str>)>,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    let button = move |(option, text): (T, Signal<&'static str>)| {
        view! {
            <button
                type="button"
                disabled=disabled
                aria-pressed=move || (value.get() == option).to_string()
                on:click=move |_| value.set(option)
            >
                {text}
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label=label>
            {options.into_iter().map(button).collect_view()}
        </div>
    }
}
