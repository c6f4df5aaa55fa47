//! Keyboard use: `/` search, `j`/`k` rows, `r` refresh, `?` help, Ctrl or Cmd+K palette. Typing in a field is never a
//! shortcut, and a key with a modifier belongs to the browser.

use super::rows::FOCUSED;
use crate::host::{Host, active_element};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// The key of an event, by which every handler goes: empty while an input method composes. Enter, arrows, Escape and
/// letters then belong to its list of candidates, not to the field or the page.
pub(crate) fn pressed(event: &KeyboardEvent) -> String {
    // Safari ends a composition before the key that ended it arrives; the key's old code tells it apart.
    const COMPOSING: u32 = 229;
    match event.is_composing() || event.key_code() == COMPOSING {
        true => String::new(),
        false => event.key(),
    }
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shortcut {
    /// Focus the search field.
    Search,
    /// The next row.
    NextRow,
    /// The previous row.
    PreviousRow,
    /// Look again now.
    Refresh,
    /// Toggle the problems-only filter.
    Problems,
    /// Show the shortcuts.
    Help,
    /// Open the palette.
    Palette,
}

impl Shortcut {
    /// What a key press means, where it means anything.
    ///
    /// Takes the key, whether Ctrl or Cmd is held, whether another modifier is, and whether a text field has the focus.
    pub(crate) fn of(key: &str, command: bool, alt: bool, typing: bool) -> Option<Self> {
        match (key, command, alt, typing) {
            ("k" | "K", true, false, _) => Some(Self::Palette),
            (_, true, ..) | (_, _, true, _) | (.., true) => None,
            ("/", ..) => Some(Self::Search),
            ("j", ..) => Some(Self::NextRow),
            ("k", ..) => Some(Self::PreviousRow),
            ("r", ..) => Some(Self::Refresh),
            ("p", ..) => Some(Self::Problems),
            ("?", ..) => Some(Self::Help),
            _ => None,
        }
    }
}

/// A log on the whole screen: the keys are its own, not those of the page behind it. Its first field is the search.
const LOG_IN_FRONT: &str = ".dock.full .dock-panel:not(.off)";

/// The last page-level shortcut pressed, for pages to react to.
#[derive(Clone, Copy)]
pub(crate) struct Keys {
    /// Counts up with each press, so that the same key twice is seen twice.
    pressed: RwSignal<Option<(u64, Shortcut)>>,
}

impl Keys {
    /// Listens until the owner is gone. Inside another page only keys pressed in this instance count.
    pub(crate) fn start(host: Host) -> Self {
        let keys = Self { pressed: RwSignal::new(None) };
        let handle = window_event_listener(ev::keydown, move |event| {
            let Some(root) = host.root() else { return };
            let ours = host.is_standalone() || event.composed_path().includes(&root, 0);
            if event.default_prevented() || !ours {
                return;
            }
            let command = event.ctrl_key() || event.meta_key();
            let Some(shortcut) = Shortcut::of(&pressed(&event), command, event.alt_key(), is_typing(&event))
            else {
                return;
            };
            let handled = match root.query_selector(LOG_IN_FRONT) {
                Ok(Some(log)) if !matches!(shortcut, Shortcut::Palette | Shortcut::Help) => {
                    if shortcut == Shortcut::Search && focus(log.query_selector("input").ok().flatten()) {
                        event.prevent_default();
                    }
                    return;
                }
                _ => perform(&root, shortcut),
            };
            if handled || matches!(shortcut, Shortcut::Palette | Shortcut::Help) {
                event.prevent_default();
            }
            keys.pressed.update(|last| *last = Some((last.map_or(0, |(n, _)| n + 1), shortcut)));
        });
        on_cleanup(move || handle.remove());
        keys
    }

    /// Runs `act` whenever `shortcut` is pressed, until the owner is gone.
    pub(crate) fn on(self, shortcut: Shortcut, act: impl Fn() + 'static) {
        let start = self.pressed.get_untracked().map(|(n, _)| n);
        crate::effect::effect(move || {
            if let Some((n, pressed)) = self.pressed.get()
                && pressed == shortcut
                && Some(n) != start
            {
                untrack(&act);
            }
        });
    }
}

/// The keyboard context.
///
/// # Panics
/// Never in the application: its root provides it before any page exists.
pub(crate) fn use_keys() -> Keys {
    expect_context::<Keys>()
}

/// Does what needs only the DOM; gives whether there was something to do.
fn perform(root: &HtmlElement, shortcut: Shortcut) -> bool {
    match shortcut {
        Shortcut::Search => focus(root.query_selector("[role=search] input").ok().flatten()),
        Shortcut::NextRow => walk(root, 1),
        Shortcut::PreviousRow => walk(root, -1),
        _ => false,
    }
}

fn focus(element: Option<Element>) -> bool {
    element
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
        .is_some_and(|element| element.focus().is_ok())
}

/// Moves the focus to the row before or after. Keys can be faster than frames: where the next row is not drawn yet, the
/// list is told of its scroll position now, and the row has the focus with the next frame.
fn walk(root: &HtmlElement, step: i32) -> bool {
    if focus(neighbour(root, step)) {
        return true;
    }
    let scroller = active_element(root).and_then(|active| active.closest("[data-scroller]").ok().flatten());
    let (Some(scroller), Ok(scroll)) = (scroller, web_sys::Event::new("scroll")) else { return false };
    let _ = scroller.dispatch_event(&scroll);
    let root = root.clone();
    request_animation_frame(move || {
        focus(neighbour(&root, step));
    });
    true
}

/// The row's link before or after the one that has the focus; the first where none has.
fn neighbour(root: &HtmlElement, step: i32) -> Option<Element> {
    let links = root.query_selector_all(".row-link").ok()?;
    let active = active_element(root);
    let at = (0..links.length()).find(|index| {
        links
            .get(*index)
            .is_some_and(|node| active.as_ref().is_some_and(|active| active.is_same_node(Some(&node))))
    });
    // Between the move of a row and the frame that gives it the focus back, the list still knows which one it was.
    let at = at.or_else(|| {
        let noted = root.query_selector(&format!("[{FOCUSED}]")).ok().flatten()?.get_attribute(FOCUSED)?;
        let row = root.query_selector(&format!("[aria-rowindex=\"{noted}\"] .row-link")).ok().flatten()?;
        (0..links.length()).find(|index| links.get(*index).is_some_and(|node| row.is_same_node(Some(&node))))
    });
    let next = match at {
        Some(index) => index.checked_add_signed(step)?,
        None => 0,
    };
    links.get(next).and_then(|node| node.dyn_into::<Element>().ok())
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.composed_path().get(0).dyn_into::<HtmlElement>().ok();
    target.is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || element.is_content_editable()
    })
}

#[cfg(test)]
mod tests {
    use super::Shortcut;

    #[test]
    fn typing_is_never_a_shortcut() {
        for key in ["/", "j", "k", "r", "p", "?"] {
            assert_eq!(Shortcut::of(key, false, false, true), None);
            assert!(Shortcut::of(key, false, false, false).is_some());
        }
    }

    #[test]
    fn the_palette_opens_from_anywhere() {
        assert_eq!(Shortcut::of("k", true, false, true), Some(Shortcut::Palette));
    }

    #[test]
    fn keys_with_a_modifier_belong_to_the_browser() {
        assert_eq!(Shortcut::of("r", true, false, false), None);
        assert_eq!(Shortcut::of("p", true, false, false), None);
        assert_eq!(Shortcut::of("/", false, true, false), None);
    }
}
