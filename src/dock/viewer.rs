//! One log view: bars, rows, details, and the keys that work on them.

use super::details::Details;
use super::frame::tab_name;
use super::rows::Rows;
use super::status::StatusBar;
use super::toolbar::Toolbar;
use super::{Shape, use_dock};
use crate::components::keys::pressed;
use crate::dock::log_view::LogView;
use crate::i18n::use_i18n;
use crate::log_streams::StreamState;
use crate::log_view::keys::Command;
use crate::route::LogTarget;
use crate::session::use_session;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// The view of a tab. It follows its target for as long as the tab is open.
#[component]
pub(crate) fn Viewer(
    /// The tab.
    id: u64,
    /// What it follows at first.
    target: LogTarget,
    /// Whether the tab is shown.
    shown: Signal<bool>,
) -> impl IntoView {
    let (i18n, dock, session) = (use_i18n(), use_dock(), use_session());
    let pool = dock.pool().unwrap_or_default();
    let view = LogView::start(session, pool, dock.settings, target, i18n);
    crate::effect::effect(move || view.target.with(|target| dock.remember(id, target)));
    let root = NodeRef::<html::Div>::new();
    let field = NodeRef::<html::Input>::new();
    let rows = NodeRef::<html::Div>::new();
    // The keyboard is where the eyes are: in the rows of the tab that was just opened.
    crate::effect::effect(move || {
        if shown.get()
            && let Some(rows) = rows.get()
        {
            request_animation_frame(move || {
                let _ = rows.focus();
            });
        }
    });
    wake_when_seen(view);
    have_streams_first(id, view, shown);
    view! {
        <div
            node_ref=root
            class="log-view"
            on:keydown=move |event| on_key(view, &event, field, rows)
        >
            <Toolbar view field />
            <div class="log-body">
                <Rows view area=rows />
                <Show when=move || view.opened.get().is_some()>
                    <Details view />
                </Show>
            </div>
            <StatusBar view />
        </div>
    }
}

/// The tab in front has streams first; one behind that has none says so to the dock.
fn have_streams_first(id: u64, view: LogView, shown: Signal<bool>) {
    let dock = use_dock();
    crate::effect::effect(move || {
        let front = shown.get();
        view.with_host(|host| host.set_front(front));
    });
    crate::effect::effect(move || {
        let waits = view.states.with(|states| states.contains(&StreamState::Queued));
        let name = (waits && !shown.get()).then(|| view.target.with(tab_name));
        dock.set_paused(id, name);
    });
    on_cleanup(move || dock.set_paused(id, None));
}

/// Frames do not come while the browser's tab is hidden; timers take their place.
fn wake_when_seen(view: LogView) {
    let handle = window_event_listener(leptos::ev::visibilitychange, move |_| {
        view.with_core(crate::log_view::core::Core::nudge);
    });
    on_cleanup(move || handle.remove());
}

fn is_field(event: &KeyboardEvent) -> bool {
    let target = event.composed_path().get(0).dyn_into::<HtmlElement>().ok();
    target.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"))
}

/// A key that a button or link would take for a click.
fn is_click(event: &KeyboardEvent) -> bool {
    let target = event.composed_path().get(0).dyn_into::<HtmlElement>().ok();
    let control =
        target.is_some_and(|element| matches!(element.tag_name().as_str(), "BUTTON" | "A" | "SUMMARY"));
    control && matches!(pressed(event).as_str(), "Enter" | " ")
}

fn on_key(view: LogView, event: &KeyboardEvent, field: NodeRef<html::Input>, rows: NodeRef<html::Div>) {
    if event.default_prevented() || is_field(event) || is_click(event) {
        return;
    }
    let command = event.ctrl_key() || event.meta_key();
    let Some(command) = Command::of(&pressed(event), command, event.alt_key(), event.shift_key()) else {
        return;
    };
    if command == Command::Copy && pressed(event) == "c" && (event.ctrl_key() || event.meta_key()) {
        // Characters selected within a row are the browser's to copy.
        let native = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
        if native.is_some_and(|selection| !selection.is_collapsed()) {
            return;
        }
    }
    if run(view, command, field, rows) {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Does what was asked for; gives whether there was something to do.
fn run(view: LogView, command: Command, field: NodeRef<html::Input>, rows: NodeRef<html::Div>) -> bool {
    let dock = use_context::<super::Dock>();
    match command {
        Command::Follow => view.toggle_follow(),
        Command::Wrap => view.wrap.update(|wrap| *wrap = !*wrap),
        Command::Time => view.time.update(|time| *time = time.next()),
        Command::Mark => view.toggle_mark(),
        Command::NextMark => view.to_mark(true),
        Command::PreviousMark => view.to_mark(false),
        Command::Copy => view.copy(),
        Command::PickAll => view.pick_all(),
        Command::Search => {
            if let Some(field) = field.get_untracked() {
                let _ = field.focus();
                field.select();
            }
        }
        Command::Next => view.to_match(true),
        Command::Previous => view.to_match(false),
        Command::Pause => view.toggle_pause(),
        Command::Clear => view.clear(),
        Command::Tail => view.reload(|target| (target.tail, target.since) = Default::default()),
        Command::Head => view.to_head(),
        Command::Since(since) => view.since(since),
        Command::Full => {
            if let Some(dock) = dock {
                dock.toggle_full();
            }
        }
        Command::Open => view.opened.set(view.cursor.get_untracked()),
        Command::Move { rows, extend } => view.move_cursor(rows, extend),
        Command::Escape => return escape(view, dock, rows),
    }
    true
}

/// Leaves the innermost thing that is open.
fn escape(view: LogView, dock: Option<super::Dock>, rows: NodeRef<html::Div>) -> bool {
    if view.opened.get_untracked().is_some() {
        view.opened.set(None);
        if let Some(rows) = rows.get_untracked() {
            let _ = rows.focus();
        }
    } else if view.picked.get_untracked().is_some() {
        view.picked.set(None);
    } else if dock.is_some_and(|dock| dock.shape.get_untracked() == Shape::Full) {
        if let Some(dock) = dock {
            dock.toggle_full();
        }
    } else if view.cursor.get_untracked().is_some() {
        view.cursor.set(None);
    } else {
        return false;
    }
    true
}
