//! What lies over a page and is closed by Back: dialogs.
//!
//! The browser tells of Back only when it has happened, and of a link, Back and Forward in the same way. So each entry of
//! the history carries its number in its state: a smaller one than before is Back, none is a new entry. When Back meets an
//! open layer, the layer is closed and the entry it was opened at is put back, which loses nothing of the history.
//!
//! Inside another page the history is that page's; there a layer is closed by Back as by any change of place.

use js_sys::{Object, Reflect};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::History;

/// Where the number of an entry lies in its state.
const NUMBER: &str = "zadigEntry";

type Close = Arc<dyn Fn() + Send + Sync>;

/// The open layers, and the number of the current entry; cheap to copy.
#[derive(Clone, Copy)]
pub struct Layers {
    open: StoredValue<Vec<(u64, Close)>>,
    next: StoredValue<u64>,
    /// `None` where the history is another page's.
    current: StoredValue<Option<i32>>,
}

impl Layers {
    /// No layer. `owned` says that the history is this application's.
    pub(super) fn start(owned: bool) -> Self {
        let current = owned.then(|| number().unwrap_or_default());
        if let Some(current) = current {
            set_number(current);
        }
        Self {
            open: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
            current: StoredValue::new(current),
        }
    }

    /// A layer is open; `close` closes it at Back. Gives what [`Layers::closed`] wants.
    pub fn opened(self, close: impl Fn() + Send + Sync + 'static) -> u64 {
        let id = self.next.try_update_value(|next| {
            *next += 1;
            *next
        });
        let id = id.unwrap_or_default();
        let _ = self.open.try_update_value(|open| open.push((id, Arc::new(close))));
        id
    }

    /// A layer is closed, however it came about.
    pub fn closed(self, id: u64) {
        let _ = self.open.try_update_value(|open| open.retain(|(one, _)| *one != id));
    }

    /// A new entry was made.
    pub(super) fn pushed(self) {
        if let Some(Some(current)) = self.current.try_get_value() {
            self.current.set_value(Some(current + 1));
            set_number(current + 1);
        }
    }

    /// The location has changed. Gives whether it was Back and closed a layer: the place is then being put back.
    pub(super) fn catch_back(self) -> bool {
        let Some(Some(current)) = self.current.try_get_value() else { return false };
        let Some(here) = number() else {
            self.pushed();
            return false;
        };
        let top = self.open.try_with_value(|open| open.last().map(|(_, close)| Arc::clone(close))).flatten();
        if let (true, Some(close), Some(history)) = (here < current, top, history()) {
            close();
            let _ = history.go_with_delta(current - here);
            return true;
        }
        self.current.set_value(Some(here));
        false
    }
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}

fn number() -> Option<i32> {
    let state = history()?.state().ok()?;
    let number = Reflect::get(&state, &NUMBER.into()).ok()?.as_f64()?;
    #[allow(clippy::cast_possible_truncation, reason = "a float is cut to the range of the integer")]
    Some(number as i32)
}

/// Puts a number into the state of the current entry, beside what is there.
fn set_number(number: i32) {
    let Some(history) = history() else { return };
    let kept = history.state().unwrap_or(JsValue::NULL);
    let state = Object::new();
    if kept.is_object() {
        Object::assign(&state, kept.unchecked_ref());
    }
    let _ = Reflect::set(&state, &NUMBER.into(), &number.into());
    let _ = history.replace_state_with_url(&state, "", None);
}
