//! What lies over a page and is closed by Back: dialogs.
//!
//! The browser tells of Back only when it has happened, and of a link, Back and Forward in the same way. So each entry of
//! the history carries its number in its state: a smaller one than before is Back, none is a new entry. When Back meets an
//! open layer, the layer is closed and the entry it was opened at is put back, which loses nothing of the history.
//!
//! Inside another page the history is that page's; there a layer is closed by Back as by any change of place.

use js_sys::{Object, Reflect};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::History;

/// Where the number of an entry lies in its state.
const NUMBER: &str = "zadigEntry";

type Close = Rc<dyn Fn()>;

/// One value with plain fields: a stored value of its own for each of them would cost the first page more code.
#[derive(Default)]
struct Open {
    layers: Vec<(u64, Close)>,
    last: u64,
    /// The number of the current entry; `None` where the history is another page's.
    current: Option<i32>,
}

/// The open layers, and the number of the current entry; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Layers(StoredValue<Rc<RefCell<Open>>, LocalStorage>);

impl Layers {
    /// No layer. `owned` says that the history is this application's.
    pub(super) fn start(owned: bool) -> Self {
        let current = owned.then(|| number().unwrap_or_default());
        if let Some(current) = current {
            set_number(current);
        }
        Self(StoredValue::new_local(Rc::new(RefCell::new(Open { current, ..Open::default() }))))
    }

    fn open(self) -> Option<Rc<RefCell<Open>>> {
        self.0.try_get_value()
    }

    /// A layer is open; `close` closes it at Back. Gives what [`Layers::closed`] wants.
    pub(crate) fn opened(self, close: impl Fn() + 'static) -> u64 {
        let Some(open) = self.open() else { return 0 };
        let mut open = open.borrow_mut();
        open.last += 1;
        let id = open.last;
        open.layers.push((id, Rc::new(close)));
        id
    }

    /// A layer is closed, however it came about.
    pub(crate) fn closed(self, id: u64) {
        if let Some(open) = self.open() {
            open.borrow_mut().layers.retain(|(one, _)| *one != id);
        }
    }

    /// A new entry was made.
    pub(super) fn pushed(self) {
        let Some(open) = self.open() else { return };
        if let Some(current) = &mut open.borrow_mut().current {
            *current += 1;
            set_number(*current);
        }
    }

    /// The location has changed. Gives whether it was Back and closed a layer: the place is then being put back.
    pub(super) fn catch_back(self) -> bool {
        let Some(open) = self.open() else { return false };
        let Some(current) = open.borrow().current else { return false };
        let Some(here) = number() else {
            self.pushed();
            return false;
        };
        let top = open.borrow().layers.last().map(|(_, close)| Rc::clone(close));
        if let (true, Some(close), Some(history)) = (here < current, top, history()) {
            close();
            let _ = history.go_with_delta(current - here);
            return true;
        }
        open.borrow_mut().current = Some(here);
        false
    }
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}

fn number() -> Option<i32> {
    let state = history()?.state().ok()?;
    let number = Reflect::get(&state, &NUMBER.into()).ok()?.as_f64()?;
    #[expect(clippy::cast_possible_truncation, reason = "a float is cut to the range of the integer")]
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
