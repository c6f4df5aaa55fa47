//! The heart of a view: an inbox, the engine, and the frame that moves lines from one to the other and to the screen.
//!
//! Transports only put pieces into the inbox, which costs next to nothing. All work is done in [`Core::frame`], with
//! a share of time each for taking in, for searching, and for drawing once; what is left waits for the next frame. So
//! no rate of lines can block the page: at worst the inbox fills, and [`LogSink::room`] makes the transport wait.

use super::facts::Facts;
use super::painter::Painter;
use super::settings::{LogSettings, TimeColumn};
use crate::clock::{is_hidden, now_ms};
use crate::i18n::{Language, Messages};
use crate::logs::buffer::Caps;
use crate::logs::engine::Engine;
use crate::logs::notify::Notify;
use crate::logs::search::Budget;
use crate::logs::sink::{LogInput, LogSink};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

/// Milliseconds of a frame for taking in lines; in a hidden tab, where frames are rare, more.
const TAKE_MS: f64 = 7.0;
const TAKE_HIDDEN_MS: f64 = 100.0;
/// Milliseconds of a frame for searching.
const SEARCH_MS: f64 = 5.0;
/// Most bytes handed to the engine before the clock is looked at.
const SLICE: usize = 16 * 1024;
/// Bytes in the inbox beyond which a transport waits.
const FULL: usize = 4 << 20;
/// How often what is shown around the lines is brought up to date.
const FACTS_MS: f64 = 120.0;

/// One view's state.
pub struct Core {
    /// The engine.
    pub engine: RefCell<Engine>,
    /// What draws, while the view is on the page.
    pub painter: RefCell<Option<Painter>>,
    /// What is said around the lines.
    pub facts: RwSignal<Facts>,
    /// Whether the view keeps to its end.
    pub follow: RwSignal<bool>,
    /// The row under the cursor.
    pub cursor: RwSignal<Option<u64>>,
    /// The selected rows, first and last picked.
    pub picked: RwSignal<Option<(u64, u64)>>,
    /// Whether long lines are wrapped.
    pub wrap: Cell<bool>,
    /// The time column.
    pub time: Cell<TimeColumn>,
    /// Whether pods have several containers here, so that a row names its own.
    pub containers: Cell<bool>,
    /// The texts in use.
    pub words: Cell<&'static Messages>,
    /// Counts up when rows that are drawn must be drawn anew.
    pub version: Cell<u64>,
    inbox: RefCell<VecDeque<(u16, LogInput, u64)>>,
    inbox_bytes: Cell<usize>,
    /// Notified when the inbox is no longer full.
    room: Notify,
    waiting: Cell<bool>,
    told_at: Cell<f64>,
    gone: Cell<bool>,
}

impl Core {
    /// An empty view.
    pub fn new(settings: &LogSettings) -> Rc<Self> {
        Rc::new(Self {
            engine: RefCell::new(Engine::new(settings.caps())),
            painter: RefCell::new(None),
            facts: RwSignal::new(Facts::default()),
            follow: RwSignal::new(true),
            cursor: RwSignal::new(None),
            picked: RwSignal::new(None),
            wrap: Cell::new(settings.wrap),
            time: Cell::new(settings.time),
            containers: Cell::new(false),
            words: Cell::new(Language::default().messages()),
            version: Cell::new(0),
            inbox: RefCell::default(),
            inbox_bytes: Cell::new(0),
            room: Notify::default(),
            waiting: Cell::new(false),
            told_at: Cell::new(0.0),
            gone: Cell::new(false),
        })
    }

    /// Stops all work for good.
    pub fn close(&self) {
        self.gone.set(true);
        self.painter.take();
        self.inbox.borrow_mut().clear();
        self.room.notify_all();
    }

    /// Whether a transport may go on.
    fn has_room(&self) -> bool {
        self.inbox_bytes.get() <= FULL || self.gone.get()
    }

    /// Changes how much is kept.
    pub fn set_caps(self: &Rc<Self>, caps: Caps) {
        self.engine.borrow_mut().set_caps(caps);
        self.schedule();
    }

    /// Changes the engine, and draws what came of it.
    pub fn change<T>(self: &Rc<Self>, act: impl FnOnce(&mut Engine) -> T) -> T {
        let value = act(&mut self.engine.borrow_mut());
        self.redraw_soon();
        value
    }

    /// Draws all rows anew.
    fn redraw(&self) {
        self.version.set(self.version.get() + 1);
    }

    /// Draws all rows anew at the next frame.
    pub fn redraw_soon(self: &Rc<Self>) {
        self.redraw();
        self.told_at.set(0.0);
        self.schedule();
    }

    /// Makes sure that a frame comes.
    pub fn schedule(self: &Rc<Self>) {
        if self.gone.get() || self.waiting.replace(true) {
            return;
        }
        let core = Rc::clone(self);
        if is_hidden() {
            set_timeout(move || core.frame(), Duration::from_millis(200));
        } else {
            request_animation_frame(move || core.frame());
        }
    }

    /// A frame that was waited for will not come: the tab was hidden.
    pub fn nudge(self: &Rc<Self>) {
        self.waiting.set(false);
        self.schedule();
    }

    fn frame(self: &Rc<Self>) {
        self.waiting.set(false);
        if self.gone.get() {
            return;
        }
        let start = clock();
        let took_all = self.take_in(start + if is_hidden() { TAKE_HIDDEN_MS } else { TAKE_MS });
        let found_all = self.search(clock() + SEARCH_MS);
        if let Ok(mut painter) = self.painter.try_borrow_mut()
            && let Some(painter) = painter.as_mut()
        {
            painter.paint(self);
        }
        let told = self.tell(clock());
        if !took_all || !found_all {
            self.schedule();
        } else if !told || self.engine.borrow().needs_tick() {
            let core = Rc::clone(self);
            set_timeout(move || core.schedule(), Duration::from_millis(100));
        }
    }

    /// Hands the inbox to the engine until `end`; gives whether it is empty.
    fn take_in(&self, end: f64) -> bool {
        let mut engine = self.engine.borrow_mut();
        let now = now_ms();
        loop {
            if engine.is_behind() {
                // What was left over goes first: the inbox holds back the transport, so it cannot pile up.
                engine.catch_up(Budget::APPEND);
                if clock() >= end {
                    break;
                }
                continue;
            }
            if self.is_turning(&mut engine) {
                continue;
            }
            let next = self.inbox.borrow_mut().pop_front();
            let Some((source, input, at)) = next else { break };
            match input {
                LogInput::Begin(tail) => engine.begin(source, tail),
                LogInput::Cut => engine.cut(source, at),
                LogInput::End => engine.end(source, at),
                LogInput::Restarted => engine.restarted(source, at),
                LogInput::Event(data) => {
                    self.inbox_bytes.set(self.inbox_bytes.get().saturating_sub(data.len()));
                    engine.push_event(source, &data, at);
                }
                LogInput::Bytes(bytes) => {
                    let mut rest = bytes.as_slice();
                    while !rest.is_empty() && (rest.len() == bytes.len() || clock() < end) {
                        let (slice, behind) = rest.split_at(rest.len().min(SLICE));
                        engine.push_bytes(source, slice, at);
                        rest = behind;
                    }
                    let taken = bytes.len() - rest.len();
                    self.inbox_bytes.set(self.inbox_bytes.get().saturating_sub(taken));
                    if !rest.is_empty() {
                        self.inbox.borrow_mut().push_front((source, LogInput::Bytes(rest.to_vec()), at));
                    }
                }
            }
            if clock() >= end {
                break;
            }
        }
        if self.has_room() {
            self.room.notify_all();
        }
        let empty = self.inbox.borrow().is_empty();
        if empty {
            engine.tick(now);
        }
        empty && !engine.is_behind()
    }

    /// Whether something else than lines comes next, and lines of its source must be shown before.
    fn is_turning(&self, engine: &mut Engine) -> bool {
        match self.inbox.borrow().front() {
            None | Some((_, LogInput::Bytes(_) | LogInput::Event(_), _)) => false,
            Some((source, ..)) => engine.must_catch_up(*source),
        }
    }

    /// Searches until `end` (see [`clock`]); gives whether all has been looked at.
    pub fn search(&self, end: f64) -> bool {
        let mut engine = self.engine.borrow_mut();
        while !engine.step(Budget::SLICE).done {
            if clock() >= end {
                return false;
            }
        }
        true
    }

    /// Brings the facts up to date, now and then; gives whether they are.
    fn tell(&self, now: f64) -> bool {
        if now - self.told_at.get() < FACTS_MS {
            return false;
        }
        self.told_at.set(now);
        let mut engine = self.engine.borrow_mut();
        if self.follow.try_get_untracked().unwrap_or(false) && !engine.is_paused() {
            engine.saw_all();
        }
        let facts = Facts::of(&engine, self.cursor.try_get_untracked().flatten());
        drop(engine);
        if self.facts.try_with_untracked(|old| *old != facts).unwrap_or(false) {
            let _ = self.facts.try_set(facts);
        }
        true
    }
}

impl LogSink for Rc<Core> {
    fn add_source(&self, pod: &str, container: &str) -> Option<u16> {
        self.redraw();
        let mut engine = self.engine.borrow_mut();
        self.containers.set(
            self.containers.get() || engine.sources().iter().any(|source| source.container != container),
        );
        engine.add_source(pod, container)
    }

    fn total(&self, source: u16) -> u64 {
        self.engine.borrow().sources().get(usize::from(source)).map_or(0, |source| source.total())
    }

    fn suggest_tail(&self, source: u16) -> usize {
        // What lies in the inbox is not known to the engine yet. A line of an event stream has some 20 bytes at least.
        let waiting = self
            .inbox
            .borrow()
            .iter()
            .filter(|(of, ..)| *of == source)
            .map(|(_, input, _)| input.size())
            .sum::<usize>();
        let tail = self.engine.borrow().suggest_tail(source, now_ms()).unwrap_or_default();
        tail.saturating_add(waiting / 20)
    }

    fn push(&self, source: u16, input: LogInput) {
        self.inbox_bytes.set(self.inbox_bytes.get() + input.size());
        self.inbox.borrow_mut().push_back((source, input, now_ms()));
        self.schedule();
    }

    fn reset(&self) {
        let mut engine = self.engine.borrow_mut();
        let mut fresh = Engine::new(engine.buffer().caps());
        // Both were accepted before, so they are again.
        for (query, is_filter) in [(engine.filter(), true), (engine.find(), false)] {
            if let Some(search) = query {
                let query = search.query().clone();
                let _ = if is_filter { fresh.set_filter(query) } else { fresh.set_find(query) };
            }
        }
        *engine = fresh;
        drop(engine);
        self.inbox.borrow_mut().clear();
        self.inbox_bytes.set(0);
        self.room.notify_all();
        self.picked.set(None);
        self.cursor.set(None);
        self.follow.set(true);
        self.redraw();
    }

    fn room(&self) -> Option<Pin<Box<dyn Future<Output = ()>>>> {
        if self.has_room() {
            return None;
        }
        let core = Self::clone(self);
        Some(Box::pin(async move { core.room.wait_until(|| core.has_room().then_some(())).await }))
    }
}

/// Milliseconds since the page was opened, with fractions.
pub(crate) fn clock() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}
