//! The search of a view: text, how it is read, what is done with what it finds, and the way from match to match.

use crate::components::icon::{Icon, IconView};
use crate::components::keys::pressed;
use crate::dock::log_view::LogView;
use crate::i18n::{fill, fill_count, use_i18n};
use crate::route::LogFilter;
use leptos::html;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

type Flag = fn(&mut LogFilter) -> &mut bool;

/// The search field with its switches.
#[component]
pub(crate) fn SearchBar(view: LogView, field: NodeRef<html::Input>) -> impl IntoView {
    let i18n = use_i18n();
    let text = Memo::new(move |_| view.target.with(|target| target.filter.text.clone()));
    let invalid = move || view.problem.with(Option::is_some);
    let on_key = move |event: KeyboardEvent| match pressed(&event).as_str() {
        "Enter" => {
            event.prevent_default();
            view.to_match(!event.shift_key());
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            if text.get_untracked().is_empty() {
                view.with_core(|core| {
                    if let Some(painter) = core.painter.borrow().as_ref() {
                        painter.focus();
                    }
                });
            } else {
                view.search(|filter| filter.text.clear());
            }
        }
        _ => {}
    };
    view! {
        <div class="log-search" class:invalid=invalid>
            <IconView icon=Icon::Search />
            <input
                node_ref=field
                class="input"
                type="text"
                autocomplete="off"
                spellcheck="false"
                placeholder=i18n.tr(|t| t.logs().search)
                aria-label=i18n.tr(|t| t.logs().search)
                aria-invalid=move || invalid().to_string()
                aria-describedby="log-problem"
                prop:value=text
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    view.search(|filter| filter.text = typed);
                }
                on:keydown=on_key
            />
            <Switch view label=Signal::derive(move || i18n.t().logs().case) sign="Aa" flag=|filter| &mut filter.case />
            <Switch view label=Signal::derive(move || i18n.t().logs().word) sign="ab" flag=|filter| &mut filter.word />
            <Switch view label=Signal::derive(move || i18n.t().logs().regex) sign=".*" flag=|filter| &mut filter.regex />
            <Switch view label=Signal::derive(move || i18n.t().logs().invert) sign="≠" flag=|filter| &mut filter.invert />
        </div>
        <Show when=move || !text.with(String::is_empty)>
            <Found view />
        </Show>
        <Problem view />
    }
}

#[component]
fn Switch(view: LogView, label: Signal<&'static str>, sign: &'static str, flag: Flag) -> impl IntoView {
    let on = Memo::new(move |_| view.target.with(|target| *flag(&mut target.filter.clone())));
    view! {
        <button
            type="button"
            class="log-switch"
            title=label
            aria-label=label
            aria-pressed=move || on.get().to_string()
            on:click=move |_| view.search(|filter| {
                let flag = flag(filter);
                *flag = !*flag;
            })
        >
            <span aria-hidden="true" data-sign=sign></span>
        </button>
    }
}

/// How many were found, and the way to them.
#[component]
fn Found(view: LogView) -> impl IntoView {
    let i18n = use_i18n();
    let only = Memo::new(move |_| view.target.with(|target| target.filter.hide));
    let count = Memo::new(move |_| {
        view.facts.with(|facts| {
            let t = i18n.t().logs();
            let n = facts.matches.unwrap_or_default();
            match facts.at_match {
                Some(at) => fill_count(t.match_of, n, &[("i", &i18n.number(at))]),
                None => fill_count(t.matches, n, &[]),
            }
        })
    });
    let busy = move || view.facts.with(|facts| facts.left > 0);
    let step = move |forward: bool| {
        let (icon, label) = if forward {
            (Icon::Down, Signal::derive(move || i18n.t().logs().next))
        } else {
            (Icon::Up, Signal::derive(move || i18n.t().logs().previous))
        };
        view! {
            <button
                type="button"
                class="button quiet icon"
                title=move || format!("{} ({})", label.get(), if forward { "n" } else { "N" })
                aria-label=label
                on:click=move |_| view.to_match(forward)
            >
                <IconView icon />
            </button>
        }
    };
    view! {
        <span class="log-found tabular" class:busy=busy role="status">{count}</span>
        {step(false)}
        {step(true)}
        <button
            type="button"
            class="button log-only"
            title=i18n.tr(|t| t.logs().only_hint)
            aria-pressed=move || only.get().to_string()
            on:click=move |_| view.search(|filter| filter.hide = !filter.hide)
        >
            <IconView icon=Icon::Filter />
            <span class="only-wide">{i18n.tr(|t| t.logs().only)}</span>
        </button>
    }
}

#[component]
fn Problem(view: LogView) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || {
        view.problem.with(|problem| {
            problem.as_ref().map(|problem| {
                let at = (problem.position + 1).to_string();
                fill(i18n.t().logs().bad_regex, &[("reason", &problem.reason), ("at", &at)])
            })
        })
    };
    view! { <span id="log-problem" class="log-problem" role="alert">{text}</span> }
}
