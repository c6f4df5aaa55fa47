//! The bar above the rows.

use super::menus::{LevelMenu, MoreMenu, PodMenu, SinceMenu, TailMenu};
use super::search_bar::SearchBar;
use crate::components::icon::{Icon, IconView};
use crate::dock::log_view::LogView;
use crate::i18n::{fill, use_i18n};
use crate::log_view::settings::TimeColumn;
use leptos::html;
use leptos::prelude::*;

/// Search at the start, what is shown in the middle, how it is shown at the end.
#[component]
pub(crate) fn Toolbar(view: LogView, field: NodeRef<html::Input>) -> impl IntoView {
    let i18n = use_i18n();
    let paused = Memo::new(move |_| view.facts.with(|facts| facts.paused));
    let time = move || {
        let t = i18n.t().logs();
        let what = match view.time.get() {
            TimeColumn::Off => t.time_off,
            TimeColumn::Arrival => t.time_arrival,
            TimeColumn::Line => t.time_line,
        };
        fill(t.time, &[("what", what)])
    };
    view! {
        <div class="log-toolbar" role="toolbar" aria-label=i18n.tr(|t| t.labels().logs)>
            <SearchBar view field />
            <LevelMenu view />
            <PodMenu view />
            <span class="spring"></span>
            <button
                type="button"
                class="button log-toggle"
                title=i18n.tr(|t| t.logs().follow_hint)
                aria-pressed=move || view.follow.get().to_string()
                on:click=move |_| view.toggle_follow()
            >
                <IconView icon=Icon::Follow />
                <span class="only-wide">{i18n.tr(|t| t.logs().follow)}</span>
            </button>
            <button
                type="button"
                class="button quiet icon"
                title=i18n.tr(|t| t.logs().pause_hint)
                aria-label=move || if paused.get() { i18n.t().logs().resume } else { i18n.t().logs().pause }
                aria-pressed=move || paused.get().to_string()
                on:click=move |_| view.toggle_pause()
            >
                {move || {
                    let icon = if paused.get() { Icon::Play } else { Icon::Pause };
                    view! { <IconView icon /> }
                }}
            </button>
            <button
                type="button"
                class="button quiet icon"
                title=i18n.tr(|t| t.logs().wrap)
                aria-label=i18n.tr(|t| t.logs().wrap)
                aria-pressed=move || view.wrap.get().to_string()
                on:click=move |_| view.wrap.update(|wrap| *wrap = !*wrap)
            >
                <IconView icon=Icon::Wrap />
            </button>
            <button
                type="button"
                class="button quiet icon"
                title=time
                aria-label=time
                aria-pressed=move || (view.time.get() != TimeColumn::Off).to_string()
                on:click=move |_| view.time.update(|time| *time = time.next())
            >
                <IconView icon=Icon::Clock />
            </button>
            <TailMenu view />
            <SinceMenu view />
            <MoreMenu view />
        </div>
    }
}
