//! The rows: a scroller with a spacer and a layer that the painter fills, and what lies over them.

use super::states::Overlay;
use crate::components::icon::{Icon, IconView};
use crate::dock::log_view::LogView;
use crate::dock::log_view::pick::Drag;
use crate::i18n::{fill, fill_count, use_i18n};
use crate::log_view::painter::Painter;
use crate::log_view::row_dom::{follows, link_of, name};
use crate::log_view::settings::TimeColumn;
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, ResizeObserver};

/// How often new lines are announced, at most.
const ANNOUNCE: Duration = Duration::from_secs(5);

/// The rows of a view.
#[component]
pub(crate) fn Rows(view: LogView, area: NodeRef<html::Div>) -> impl IntoView {
    let i18n = use_i18n();
    let (spacer, layer) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    attach(view, area, spacer, layer);
    let drag = StoredValue::new(Drag::default());
    let moved = window_event_listener(leptos::ev::mousemove, move |event| view.drag(drag, &event));
    let dropped = window_event_listener(leptos::ev::mouseup, move |_| view.drop_drag(drag));
    on_cleanup(move || {
        moved.remove();
        dropped.remove();
    });
    let finger = StoredValue::new(0.0_f64);
    let over_link = RwSignal::new(false);
    let several = Memo::new(move |_| view.states.with(|states| states.len() > 1));
    let class = move || {
        let wrap = if view.wrap.get() { " wrap" } else { "" };
        let time = if view.time.get() == TimeColumn::Off { "" } else { " with-time" };
        let pods = if several.get() { " with-pods" } else { "" };
        format!("log-rows{wrap}{time}{pods}")
    };
    let widest = Memo::new(move |_| {
        view.states.with(Vec::len);
        let names = view.with_core(|core| {
            let engine = core.engine.borrow();
            let names =
                engine.sources().iter().map(|one| name(&one.pod, &one.container, core.containers.get()));
            names.map(|name| name.chars().count()).max()
        });
        format!("{}ch", names.flatten().unwrap_or_default().min(28))
    });
    let label = move || {
        view.target.with(|target| target.pods.first().cloned().unwrap_or_else(|| target.service.clone()))
    };
    view! {
        <div class="log-area">
            <div
                node_ref=area
                class=class
                style:--pod-width=widest
                role="log"
                aria-live="off"
                aria-label=move || fill(i18n.t().logs().rows, &[("name", &label())])
                tabindex="0"
                on:scroll=move |_| view.scrolled()
                on:wheel=move |event| view.pulled(event.delta_y() < 0.0)
                on:touchstart=move |event| {
                    finger.set_value(event.touches().get(0).map_or(0.0, |touch| f64::from(touch.client_y())));
                }
                on:touchmove=move |event| {
                    let y = event.touches().get(0).map_or(0.0, |touch| f64::from(touch.client_y()));
                    view.pulled(y > finger.get_value());
                    finger.set_value(y);
                }
                title=move || over_link.get().then(|| i18n.t().logs().open_link)
                on:mouseover=move |event| over_link.set(link_of(&event).is_some())
                on:click=move |event| {
                    if link_of(&event).is_some() && !follows(&event) {
                        event.prevent_default();
                    }
                }
                on:mousedown=move |event| {
                    if link_of(&event).is_some() && follows(&event) {
                        return;
                    }
                    let on_rows = event_target::<HtmlElement>(&event).closest(".log-row").ok().flatten().is_some();
                    if on_rows {
                        view.press(drag, &event);
                    } else {
                        // The scroll bar, or the empty space below the last row.
                        view.pulled(event.offset_x() >= event_target::<HtmlElement>(&event).client_width());
                    }
                }
                on:dblclick=move |_| view.opened.set(view.cursor.get_untracked())
            >
                <div node_ref=spacer class="log-spacer"></div>
                <div node_ref=layer class="log-layer"></div>
            </div>
            <Overlay view />
            <Pill view />
            <Announcer view />
        </div>
    }
}

/// Gives the elements to the painter, and tells it their size.
fn attach(view: LogView, area: NodeRef<html::Div>, spacer: NodeRef<html::Div>, layer: NodeRef<html::Div>) {
    let observer = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    crate::effect::effect(move || {
        let (Some(area), Some(spacer), Some(layer)) = (area.get(), spacer.get(), layer.get()) else { return };
        let area: HtmlElement = area.unchecked_into();
        view.with_core(|core| {
            *core.painter.borrow_mut() =
                Painter::new(area.clone(), spacer.unchecked_into(), layer.unchecked_into());
            core.redraw_soon();
        });
        let resized = Closure::<dyn FnMut()>::new(move || {
            view.with_painter(|painter, _| painter.resize());
        });
        if let Ok(watch) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            watch.observe(&area);
            observer.set_value(Some((watch, resized)));
        }
    });
    on_cleanup(move || {
        let _ = observer.try_update_value(|observer| {
            if let Some((watch, _)) = observer.take() {
                watch.disconnect();
            }
        });
    });
}

/// How much came that was not seen; leads to it.
#[component]
fn Pill(view: LogView) -> impl IntoView {
    let i18n = use_i18n();
    let behind = Memo::new(move |_| {
        view.facts.with(|facts| (facts.paused || !view.follow.get()).then_some((facts.paused, facts.unseen)))
    });
    move || {
        let (paused, unseen) = behind.get()?;
        let t = i18n.t().logs();
        let n = i18n.number(unseen);
        let text = match (paused, unseen) {
            (true, _) => fill(t.paused_new, &[("n", &n)]),
            (false, 0) => return None,
            (false, _) => fill(t.new_lines, &[("n", &n)]),
        };
        let icon = if paused { Icon::Play } else { Icon::Follow };
        Some(view! {
            <button type="button" class="log-pill" class:paused=paused on:click=move |_| view.to_end()>
                <IconView icon />
                <span class="tabular">{text}</span>
            </button>
        })
    }
}

/// Tells a screen reader now and then how much came; each line would be too much.
#[component]
fn Announcer(view: LogView) -> impl IntoView {
    let i18n = use_i18n();
    let text = RwSignal::new(String::new());
    let told = StoredValue::new((0_u64, 0_usize));
    let tick = set_interval_with_handle(
        move || {
            let Some(now) =
                view.read(|engine| engine.sources().iter().map(|source| source.total()).sum::<u64>())
            else {
                return;
            };
            let errors = view.facts.try_with_untracked(|facts| facts.errors).unwrap_or_default();
            let Some((before, errors_before)) = told.try_get_value() else { return };
            if now > before && before > 0 {
                let new = usize::try_from(now - before).unwrap_or(usize::MAX);
                let words = i18n.language.get_untracked().messages().logs();
                let lines = fill_count(words.kept, new, &[]);
                let errors = fill_count(words.errors, errors.saturating_sub(errors_before), &[]);
                let _ = text.try_set(fill(words.announce, &[("lines", &lines), ("errors", &errors)]));
            }
            told.set_value((now, errors));
        },
        ANNOUNCE,
    );
    on_cleanup(move || {
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
    view! { <span class="sr-only" role="status" aria-live="polite">{text}</span> }
}
