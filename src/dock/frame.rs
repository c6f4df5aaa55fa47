//! The dock's frame: the handle to resize it, its tabs, and the view of each tab. Views that are not shown live on.

use super::address;
use super::viewer::Viewer;
use super::{Dock, Shape, Tab, use_dock};
use crate::api::Family;
use crate::components::icon::{Icon, IconView};
use crate::components::keys::pressed;
use crate::host::use_host;
use crate::i18n::{fill, use_i18n};
use crate::log_view::row_dom::short_name;
use crate::nav::use_nav;
use crate::route::LogTarget;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

const LEAST: f64 = 140.0;
const STEP: f64 = 32.0;

/// The dock; nothing while no tab is open.
#[component]
pub(crate) fn DockView() -> impl IntoView {
    let (i18n, dock) = (use_i18n(), use_dock());
    let open = Memo::new(move |_| dock.shape.get() != Shape::Closed);
    let class = move || match dock.shape.get() {
        Shape::Closed => "dock closed",
        Shape::Open => "dock",
        Shape::Full => "dock full",
    };
    reserve_space(dock);
    cover_page(dock);
    address::follow(dock, use_nav());
    let ids = Memo::new(move |_| dock.tabs.with(|tabs| tabs.iter().map(|tab| tab.id).collect::<Vec<u64>>()));
    view! {
        <section class=class aria-label=i18n.tr(|t| t.logs().dock)>
            <Show when=move || open.get()>
                <Handle />
                <TabBar />
                <For
                    each=move || ids.get()
                    key=|id| *id
                    children=move |id| view! { <Panel id /> }
                />
            </Show>
        </section>
    }
}

/// What lies behind a log on the whole screen takes neither focus nor keys.
fn cover_page(dock: Dock) {
    let host = use_host();
    let full = Memo::new(move |_| dock.shape.get() == Shape::Full);
    let cover = move |covered: bool| {
        let Some(root) = host.root() else { return };
        let Ok(behind) = root.query_selector_all(".shell > main, .shell > .rail, .shell > .topbar") else {
            return;
        };
        for index in 0..behind.length() {
            if let Some(element) = behind.get(index).and_then(|node| node.dyn_into::<web_sys::Element>().ok())
            {
                let _ = element.toggle_attribute_with_force("inert", covered);
            }
        }
    };
    crate::effect::effect(move || cover(full.get()));
}

/// The page above ends where the dock begins.
fn reserve_space(dock: Dock) {
    let host = use_host();
    crate::effect::effect(move || {
        let height = match dock.shape.get() {
            Shape::Closed => 0.0,
            _ => dock.settings.with(|settings| settings.height),
        };
        let shell = host
            .root()
            .and_then(|root| root.query_selector(".shell").ok().flatten())
            .and_then(|shell| shell.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(shell) = shell {
            let _ = shell.style().set_property("--dock", &format!("{height}px"));
        }
    });
}

#[component]
fn Panel(id: u64) -> impl IntoView {
    let dock = use_dock();
    let target =
        dock.tabs.with_untracked(|tabs| tabs.iter().find(|tab| tab.id == id).map(|tab| tab.target.clone()));
    let shown = Memo::new(move |_| dock.active.get() == id);
    target.map(|target| {
        view! {
            <div class="dock-panel" class:off=move || !shown.get() id=format!("log-panel-{id}")>
                <Viewer id target shown=shown.into() />
            </div>
        }
    })
}

/// Drag it, or use the arrow keys.
#[component]
fn Handle() -> impl IntoView {
    let (i18n, dock, host) = (use_i18n(), use_dock(), use_host());
    let set = move |height: f64| {
        let room = host.root().map_or(900.0, |root| f64::from(root.client_height()));
        let height = height.clamp(LEAST, (room - 120.0).max(LEAST));
        dock.settings.update(|settings| settings.height = height.round());
    };
    let height = move || dock.settings.with(|settings| settings.height);
    view! {
        <div
            class="dock-handle"
            role="separator"
            tabindex="0"
            aria-orientation="horizontal"
            aria-label=i18n.tr(|t| t.logs().resize)
            aria-valuenow=move || height().to_string()
            on:pointerdown=move |event| {
                event.prevent_default();
                let target = event_target::<web_sys::Element>(&event);
                let _ = target.set_pointer_capture(event.pointer_id());
            }
            on:pointermove=move |event| {
                let target = event_target::<web_sys::Element>(&event);
                if target.has_pointer_capture(event.pointer_id())
                    && let Some(dock) = target.parent_element()
                {
                    set(dock.get_bounding_client_rect().bottom() - f64::from(event.client_y()));
                }
            }
            on:keydown=move |event| {
                let step = match pressed(&event).as_str() {
                    "ArrowUp" => STEP,
                    "ArrowDown" => -STEP,
                    _ => return,
                };
                event.prevent_default();
                set(height() + step);
            }
        ></div>
    }
}

/// What a tab is called: the service, and the pod's end if it shows one pod.
pub(super) fn tab_name(target: &LogTarget) -> String {
    match target.pods.as_slice() {
        [pod] => format!("{} · {}", target.service, short_name(pod)),
        _ => target.service.clone(),
    }
}

#[component]
fn TabBar() -> impl IntoView {
    let (i18n, dock) = (use_i18n(), use_dock());
    let full = move || dock.shape.get() == Shape::Full;
    view! {
        <div class="dock-bar">
            <div class="dock-tabs" role="group" aria-label=i18n.tr(|t| t.labels().logs)>
                <For
                    each=move || dock.tabs.get()
                    key=|tab| tab.id
                    children=move |tab| view! { <TabButton tab /> }
                />
            </div>
            <span class="spring"></span>
            <button
                type="button"
                class="button quiet icon only-wide"
                title=move || format!("{} (F)", if full() { i18n.t().logs().not_full } else { i18n.t().logs().full })
                aria-label=move || if full() { i18n.t().logs().not_full } else { i18n.t().logs().full }
                aria-pressed=move || full().to_string()
                on:click=move |_| dock.toggle_full()
            >
                {move || {
                    let icon = if full() { Icon::Shrink } else { Icon::Expand };
                    view! { <IconView icon /> }
                }}
            </button>
            <button
                type="button"
                class="button quiet icon"
                title=i18n.tr(|t| t.logs().close_dock)
                aria-label=i18n.tr(|t| t.logs().close_dock)
                on:click=move |_| dock.close_all()
            >
                <IconView icon=Icon::Close />
            </button>
        </div>
    }
}

#[component]
fn TabButton(tab: Tab) -> impl IntoView {
    let (i18n, dock) = (use_i18n(), use_dock());
    let id = tab.id;
    let selected = move || dock.active.get() == id;
    let production = tab.target.at.family == Family::Production;
    let name = tab_name(&tab.target);
    let place = format!("{} / {}", tab.target.at.key, tab.target.service);
    let title = tab
        .target
        .pods
        .first()
        .map_or_else(|| place.clone(), |pod| format!("{place} / {pod} / {}", tab.target.container));
    let label = StoredValue::new(name.clone());
    view! {
        <div class="dock-tab" class:on=selected title=title>
            <button
                type="button"
                class="dock-tab-name"
                aria-pressed=move || selected().to_string()
                aria-controls=format!("log-panel-{id}")
                on:click=move |_| dock.active.set(id)
            >
                {production.then(|| view! { <span class="production-mark"><IconView icon=Icon::Shield /></span> })}
                <Show when=move || dock.paused.with(|paused| paused.contains_key(&id))>
                    <span class="tab-paused tone-busy" title=i18n.tr(|t| t.logs().tabs_paused_hint)>
                        <IconView icon=Icon::Clock />
                        <span class="sr-only">{i18n.tr(|t| t.logs().paused)}</span>
                    </span>
                </Show>
                <span class="clip">{name}</span>
                <span class="dim clip">{tab.target.at.key.clone()}</span>
            </button>
            <button
                type="button"
                class="copy"
                aria-label=move || fill(i18n.t().logs().close_tab, &[("name", &label.get_value())])
                on:click=move |_| dock.close(id)
            >
                <IconView icon=Icon::Close />
            </button>
        </div>
    }
}
