//! The choices of a view: level, pods, how much of the past, and what is done seldom.

use super::LogLimits;
use crate::api::{Availability, Feature};
use crate::clipboard;
use crate::components::icon::{Icon, IconView};
use crate::components::keys::pressed;
use crate::dock::log_view::LogView;
use crate::i18n::{fill, fill_count, use_i18n};
use crate::log_view::row_dom::short_name;
use crate::nav::use_nav;
use crate::route::{LogLevel, LogTail, Route};
use crate::session::use_session;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The lowest level shown.
#[component]
pub(crate) fn LevelMenu(view: LogView) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = Memo::new(move |_| view.target.with(|target| target.filter.level));
    let name = move |level| {
        let t = i18n.t().logs();
        match level {
            LogLevel::All => t.level_all,
            LogLevel::Debug => t.level_debug,
            LogLevel::Info => t.level_info,
            LogLevel::Warn => t.level_warn,
            LogLevel::Error => t.level_error,
        }
    };
    view! {
        <select
            class="select log-select"
            class:on=move || chosen.get() != LogLevel::All
            aria-label=i18n.tr(|t| t.logs().level)
            on:change=move |event| {
                let word = event_target_value(&event);
                let level = LogLevel::EVERY.into_iter().find(|level| level.word() == word).unwrap_or_default();
                view.search(|filter| filter.level = level);
            }
        >
            {LogLevel::EVERY
                .map(|level| {
                    view! {
                        <option value=level.word() prop:selected=move || chosen.get() == level>
                            {move || name(level)}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
}

/// How many past lines.
#[component]
pub(crate) fn TailMenu(view: LogView) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = Memo::new(move |_| view.target.with(|target| target.tail));
    let name = move |tail: LogTail| {
        let t = i18n.t().logs();
        match tail {
            LogTail::All => t.tail_all.to_owned(),
            tail => fill(t.tail_lines, &[("n", &i18n.number(tail.lines() as usize))]),
        }
    };
    view! {
        <select
            class="select log-select"
            aria-label=i18n.tr(|t| t.logs().tail)
            title=i18n.tr(|t| t.logs().tail)
            on:change=move |event| {
                let word = event_target_value(&event);
                let tail = LogTail::EVERY.into_iter().find(|tail| tail.word() == word).unwrap_or_default();
                view.reload(|target| (target.tail, target.since) = (tail, String::new()));
            }
        >
            {LogTail::EVERY
                .map(|tail| {
                    view! {
                        <option value=tail.word() prop:selected=move || chosen.get() == tail>
                            {move || name(tail)}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
}

const SINCE: [&str; 7] = ["1m", "5m", "15m", "30m", "1h", "6h", "24h"];

/// Only lines since some time; absent where the server would ignore it.
#[component]
pub(crate) fn SinceMenu(view: LogView) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let has = move || session.features.with(|features| features.has(Feature::LogSince)) == Availability::Yes;
    let chosen = Memo::new(move |_| view.target.with(|target| target.since.clone()));
    view! {
        <Show when=has>
            <select
                class="select log-select only-wide"
                class:on=move || !chosen.with(String::is_empty)
                aria-label=i18n.tr(|t| t.logs().since)
                title=i18n.tr(|t| t.logs().since)
                on:change=move |event| {
                    let since = event_target_value(&event);
                    view.reload(|target| target.since = since);
                }
            >
                <option value="" prop:selected=move || chosen.with(String::is_empty)>
                    {i18n.tr(|t| t.logs().since_any)}
                </option>
                {SINCE
                    .map(|since| {
                        view! {
                            <option value=since prop:selected=move || chosen.with(|chosen| chosen == since)>
                                {move || fill(i18n.t().logs().since_ago, &[("n", since)])}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </Show>
    }
}

/// Which pods are shown, with their colours and states.
#[component]
pub(crate) fn PodMenu(view: LogView) -> impl IntoView {
    let i18n = use_i18n();
    let menu = close_outside();
    let count = Memo::new(move |_| view.states.with(Vec::len));
    let names = move || {
        count.track();
        view.read(|engine| {
            engine.sources().iter().map(|one| (one.pod.clone(), one.container.clone())).collect::<Vec<_>>()
        })
        .unwrap_or_default()
    };
    let label = move || {
        let all = count.get();
        let shown = view.pods.with(|pods| pods.as_ref().map_or(all, Vec::len));
        fill_count(i18n.t().logs().pods_shown, all, &[("shown", &shown.to_string())])
    };
    let entry = move |(at, (pod, container)): (usize, (String, String))| {
        let number = u16::try_from(at).unwrap_or(u16::MAX);
        let on = move || view.pods.with(|pods| pods.as_ref().is_none_or(|pods| pods.contains(&number)));
        let state =
            move || view.states.with(|states| states.get(at).map(|link| super::status::word(link, i18n)));
        let over = move || view.states.with(|states| states.get(at).is_some_and(|link| link.is_over()));
        view! {
            <li class="log-pod-entry" class:over=over data-pod=pod.clone()>
                <label class="check">
                    <input type="checkbox" prop:checked=on on:change=move |_| toggle(view, number, count.get_untracked()) />
                    <span class=format!("log-pod pod-{}", at % 8) title=pod.clone()>{short_name(&pod).to_owned()}</span>
                    <span class="dim clip">{container}</span>
                </label>
                <span class="dim small nowrap">{state}</span>
                <button
                    type="button"
                    class="button quiet small"
                    on:click=move |_| view.show(Some(vec![number]))
                >
                    {i18n.tr(|t| t.logs().only_this)}
                </button>
            </li>
        }
    };
    view! {
        <Show when=move || { count.get() > 1 }>
            <details node_ref=menu class="log-menu log-pods-menu" on:keydown=close_by_key>
                <summary class="button" class:on=move || view.pods.with(Option::is_some)>
                    <IconView icon=Icon::Stack />
                    <span class="tabular">{label}</span>
                </summary>
                <div class="log-menu-body">
                    <ul>{move || names().into_iter().enumerate().map(entry).collect_view()}</ul>
                    <button type="button" class="button" on:click=move |_| view.show(None)>
                        {i18n.tr(|t| t.logs().every_pod)}
                    </button>
                </div>
            </details>
        </Show>
    }
}

fn toggle(view: LogView, number: u16, all: usize) {
    let every = || (0..all).filter_map(|at| u16::try_from(at).ok()).collect();
    let mut now: Vec<u16> = view.pods.get_untracked().unwrap_or_else(every);
    match now.iter().position(|one| *one == number) {
        Some(at) => {
            now.remove(at);
        }
        None => now.push(number),
    }
    // All pods together are no filter: pods that join are shown then.
    view.show((now.len() < all).then_some(now));
}

/// What is done seldom.
#[component]
pub(crate) fn MoreMenu(view: LogView) -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let menu = close_outside();
    let link = move |event: web_sys::MouseEvent| {
        close_menu(&event);
        let address = nav.address(&Route::Logs { target: view.target.get_untracked(), full: false });
        let words = i18n.language.get_untracked().messages();
        leptos::task::spawn_local(async move {
            let done = clipboard::write(&address).await;
            view.say((if done { words.logs().link_copied } else { words.common().not_copied }).to_owned());
        });
    };
    let item = move |icon: Icon, text: Signal<&'static str>, act: fn(LogView)| {
        view! {
            <button type="button" class="log-menu-item" on:click=move |event| {
                act(view);
                close_menu(&event);
            }>
                <IconView icon />
                {text}
            </button>
        }
    };
    let t = move |pick: fn(&'static crate::i18n::Messages) -> &'static str| {
        Signal::derive(move || pick(i18n.t()))
    };
    view! {
        <details node_ref=menu class="log-menu" on:keydown=close_by_key>
            <summary class="button quiet icon" title=i18n.tr(|t| t.logs().more) aria-label=i18n.tr(|t| t.logs().more)>
                <IconView icon=Icon::More />
            </summary>
            <div class="log-menu-body end">
                <button type="button" class="log-menu-item" on:click=link>
                    <IconView icon=Icon::Copy />
                    {t(|t| t.logs().copy_link)}
                </button>
                {item(Icon::Down, t(|t| t.logs().download_shown), |view| view.download(true))}
                {item(Icon::Down, t(|t| t.logs().download_all), |view| view.download(false))}
                {item(Icon::Star, t(|t| t.logs().mark), LogView::toggle_mark)}
                {item(Icon::Chevron, t(|t| t.logs().next_mark), |view| view.to_mark(true))}
                {item(Icon::Close, t(|t| t.logs().clear), LogView::clear)}
                <div class="log-caps">
                    <span>{t(|t| t.logs().caps)}</span>
                    <LogLimits />
                </div>
            </div>
        </details>
    }
}

/// A menu that is closed by a press anywhere else.
fn close_outside() -> NodeRef<html::Details> {
    let menu = NodeRef::<html::Details>::new();
    let elsewhere = window_event_listener(leptos::ev::pointerdown, move |event| {
        if let Some(menu) = menu.try_get_untracked().flatten()
            && !event.composed_path().includes(&menu, 0)
        {
            let _ = menu.remove_attribute("open");
        }
    });
    on_cleanup(move || elsewhere.remove());
    use_nav().on_move(move || {
        if let Some(menu) = menu.try_get_untracked().flatten() {
            let _ = menu.remove_attribute("open");
        }
    });
    menu
}

/// Escape closes a menu and leads back to what opened it.
fn close_by_key(event: web_sys::KeyboardEvent) {
    let menu = event.current_target().and_then(|menu| menu.dyn_into::<web_sys::Element>().ok());
    if let Some(menu) = menu.filter(|menu| pressed(&event) == "Escape" && menu.has_attribute("open")) {
        event.stop_propagation();
        event.prevent_default();
        let _ = menu.remove_attribute("open");
        let summary = menu.query_selector("summary").ok().flatten();
        if let Some(summary) = summary.and_then(|summary| summary.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = summary.focus();
        }
    }
}

fn close_menu(event: &web_sys::MouseEvent) {
    let menu = event_target::<web_sys::Element>(event).closest("details").ok().flatten();
    if let Some(menu) = menu {
        let _ = menu.remove_attribute("open");
    }
}
