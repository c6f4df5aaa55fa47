//! A window of rows that stands for thousands: only what can be seen (and a little around it) is in the DOM.
//!
//! Rows have one height, measured from the first row drawn, so that the stylesheet alone decides it. The list scrolls with
//! the page's content column; the rows keep their place through one translated block, and screen readers learn the true
//! count and place from `aria-rowcount` and `aria-rowindex`, which the caller sets.

use gloo_events::EventListener;
use leptos::html::Div;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::ops::Range;
use wasm_bindgen::{JsCast, closure::Closure};

/// Rows drawn above and below the visible ones.
const OVERSCAN: usize = 8;
/// Until a row was measured.
const GUESS: f64 = 36.0;

/// Which rows can be seen.
///
/// Takes the row height, how far the list's start lies above the scroller's start, the scroller's height, and the row
/// count; gives the range to draw.
pub(crate) fn visible_rows(row: f64, above: f64, view: f64, count: usize) -> Range<usize> {
    let row = if row > 1.0 { row } else { GUESS };
    let clamp = |value: f64| if value.is_finite() && value > 0.0 { value } else { 0.0 };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to be positive and finite"
    )]
    let (first, last) = ((clamp(above) / row) as usize, (clamp(above + view) / row) as usize + 1);
    first.saturating_sub(OVERSCAN).min(count)..last.saturating_add(OVERSCAN).min(count)
}

/// Draws the rows of `items` that can be seen.
#[component]
pub(crate) fn WindowedRows<T, K, R, V>(
    /// Every row's data.
    #[prop(into)]
    items: Signal<Vec<T>>,
    /// What stays the same about a row when its data changes.
    key: K,
    /// Draws the row of an item; gets its place in the whole list, from 0.
    row: R,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Fn(&T) -> String + Clone + Send + Sync + 'static,
    R: Fn(usize, Signal<T>) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
    T: Default,
{
    let holder = NodeRef::<Div>::new();
    keep_focus(holder);
    let height = RwSignal::new(GUESS);
    let scroll = RwSignal::new((0.0, 2000.0));
    let count = Memo::new(move |_| items.with(Vec::len));
    let range = Memo::new(move |_| {
        let (above, view) = scroll.get();
        visible_rows(height.get(), above, view, count.get())
    });
    follow_scroll(holder, height, scroll, count);
    refocus_after(holder, range);

    let shown = move || {
        items.with(|items| {
            let range = range.get();
            let start = range.start;
            items
                .get(range)
                .unwrap_or_default()
                .iter()
                .enumerate()
                .map(|(offset, item)| (start + offset, key(item)))
                .collect::<Vec<_>>()
        })
    };
    let total = move || format!("{}px", (count.get() as f64 * height.get()).round());
    let offset = move || format!("translateY({}px)", range.get().start as f64 * height.get());
    view! {
        <div node_ref=holder role="rowgroup" style:height=total>
            <div role="presentation" style:transform=offset>
                <For
                    each=shown
                    key=|(index, key)| (*index, key.clone())
                    children=move |(index, _)| {
                        let item = Memo::new(move |before: Option<&T>| {
                            // A row that just fell off the end keeps its last data until it is removed.
                            items.with(|items| items.get(index).cloned())
                                .or_else(|| before.cloned())
                                .unwrap_or_default()
                        });
                        row(index, item.into())
                    }
                />
            </div>
        </div>
    }
}

/// Where the holder notes the row that has the focus.
pub(crate) const FOCUSED: &str = "data-focused-row";

/// Notes which row has the focus. Rows drawn above make the others move in the document, and a moved element loses it.
fn keep_focus(holder: NodeRef<Div>) {
    crate::effect::effect(move || {
        let Some(element) = holder.get() else { return };
        let inside = element.clone();
        let came = EventListener::new(&element, "focusin", move |event| {
            let row = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let row = row.and_then(|target| target.closest("[aria-rowindex]").ok().flatten());
            if let Some(index) = row.and_then(|row| row.get_attribute("aria-rowindex")) {
                let _ = inside.set_attribute(FOCUSED, &index);
            }
        });
        // A moved element may tell of a lost focus too, so only what a person does elsewhere counts as leaving.
        let root = element.get_root_node();
        let outside = {
            let element = element.clone();
            move |event: &web_sys::Event| {
                let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
                if !target.is_some_and(|target| element.contains(Some(&target))) {
                    let _ = element.remove_attribute(FOCUSED);
                }
            }
        };
        let pressed = EventListener::new(&root, "pointerdown", outside.clone());
        let went = EventListener::new(&root, "focusin", outside);
        let guards = SendWrapper::new((came, pressed, went));
        on_cleanup(move || drop(guards.take()));
    });
}

/// Gives the focus back to its row once the rows of a new range are drawn.
fn refocus_after(holder: NodeRef<Div>, range: Memo<Range<usize>>) {
    crate::effect::effect(move || {
        range.track();
        request_animation_frame(move || {
            let Some(element) = holder.try_get_untracked().flatten() else { return };
            let Some(index) = element.get_attribute(FOCUSED) else { return };
            if element.query_selector(":focus").ok().flatten().is_some() {
                return;
            }
            let link =
                element.query_selector(&format!("[aria-rowindex=\"{index}\"] .row-link")).ok().flatten();
            if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                let _ = link.focus_with_options(&options);
            }
        });
    });
}

/// Keeps the scroll position and the measured row height up to date until the owner is gone.
fn follow_scroll(
    holder: NodeRef<Div>,
    height: RwSignal<f64>,
    scroll: RwSignal<(f64, f64)>,
    count: Memo<usize>,
) {
    let measure = move || {
        let Some(element) = holder.try_get_untracked().flatten() else { return };
        let first = element.first_element_child().and_then(|block| block.first_element_child());
        if let Some(row) = first {
            let measured = row.get_bounding_client_rect().height();
            if measured > 1.0 && (measured - height.get_untracked()).abs() > 0.25 {
                height.set(measured);
            }
        }
        let Some(scroller) = scroller_of(&element) else { return };
        let (own, frame) = (element.get_bounding_client_rect(), scroller.get_bounding_client_rect());
        let next = (frame.top() - own.top(), frame.height());
        if next != scroll.get_untracked() {
            scroll.set(next);
        }
    };
    crate::effect::effect(move || {
        count.track();
        height.track();
        let Some(element) = holder.get() else { return };
        // After the rows of this change are drawn.
        request_animation_frame(measure);
        let Some(scroller) = scroller_of(&element) else { return };
        let listener = EventListener::new(&scroller, "scroll", move |_| measure());
        let resized = Closure::<dyn FnMut()>::new(measure);
        let observer = web_sys::ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(&scroller);
        }
        let guards = SendWrapper::new((listener, resized, observer));
        on_cleanup(move || {
            let (listener, resized, observer) = guards.take();
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop((listener, resized));
        });
    });
}

fn scroller_of(element: &web_sys::Element) -> Option<web_sys::Element> {
    element.closest("[data-scroller]").ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::visible_rows;

    #[test]
    fn only_what_can_be_seen_is_drawn() {
        assert_eq!(visible_rows(40.0, 0.0, 800.0, 5000), 0..29);
        assert_eq!(visible_rows(40.0, 4000.0, 800.0, 5000), 92..129);
        assert_eq!(visible_rows(40.0, 199_200.0, 800.0, 5000), 4972..5000);
    }

    #[test]
    fn a_list_below_the_fold_or_scrolled_past_draws_next_to_nothing() {
        assert_eq!(visible_rows(40.0, -5000.0, 800.0, 5000), 0..9);
        assert_eq!(visible_rows(40.0, 1e9, 800.0, 10), 10..10);
    }

    #[test]
    fn impossible_measures_do_not_break_it() {
        assert_eq!(visible_rows(0.0, f64::NAN, f64::INFINITY, 3), 0..3);
        assert_eq!(visible_rows(40.0, 0.0, 800.0, 0), 0..0);
    }
}
