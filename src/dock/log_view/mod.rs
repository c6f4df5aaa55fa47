//! A log view as components hold it: cheap to copy, gone with its tab.

pub(crate) mod pick;
mod scrolling;

use crate::api::{Availability, Feature};
use crate::clock::now_ms;
use crate::i18n::{I18n, fill_count};
use crate::log_streams::follower::LastPoll;
use crate::log_streams::{LogFollower, SharedPool, StreamState};
use crate::log_view::core::Core;
use crate::log_view::facts::Facts;
use crate::log_view::painter::Painter;
use crate::log_view::save;
use crate::log_view::search::queries;
use crate::log_view::settings::{LogSettings, TimeColumn};
use crate::logs::engine::Engine;
use crate::logs::query::QueryError;
use crate::route::{LogFilter, LogTarget};
use crate::session::Session;
use leptos::prelude::*;
use std::rc::Rc;

/// One log view.
#[derive(Clone, Copy)]
pub(crate) struct LogView {
    core: StoredValue<Rc<Core>, LocalStorage>,
    host: StoredValue<Rc<LogFollower>, LocalStorage>,
    /// Counts and progress.
    pub facts: RwSignal<Facts>,
    /// Whether it keeps to its end.
    pub follow: RwSignal<bool>,
    /// The row under the cursor.
    pub cursor: RwSignal<Option<u64>>,
    /// The selection, first and last picked.
    pub picked: RwSignal<Option<(u64, u64)>>,
    /// Where each source stands.
    pub states: RwSignal<Vec<StreamState>>,
    /// The last look at the service.
    pub last_poll: RwSignal<LastPoll>,
    /// What is shown: also what a link to it says.
    pub target: RwSignal<LogTarget>,
    /// The containers that are shown, by their numbers; `None` for all. See [`LogView::show`].
    pub pods: Memo<Option<Vec<u16>>>,
    /// Why what was typed cannot be searched for.
    pub problem: RwSignal<Option<QueryError>>,
    /// Whether lines are wrapped.
    pub wrap: RwSignal<bool>,
    /// The time column.
    pub time: RwSignal<TimeColumn>,
    /// The row whose details are open.
    pub opened: RwSignal<Option<u64>>,
    /// A short word after something was done ("copied"), for eyes and screen readers.
    pub said: RwSignal<String>,
    i18n: I18n,
}

impl LogView {
    /// Starts a view that follows `target` until its owner is gone.
    pub(crate) fn start(
        session: Session,
        pool: Rc<SharedPool>,
        settings: RwSignal<LogSettings>,
        target: LogTarget,
        i18n: I18n,
    ) -> Self {
        let chosen = settings.get_untracked();
        let core = Core::new(&chosen);
        let host = LogFollower::start(session, pool, Rc::clone(&core), target.clone());
        let target = RwSignal::new(target);
        let kept = StoredValue::new_local(Rc::clone(&core));
        let view = Self {
            facts: core.facts,
            follow: core.follow,
            cursor: core.cursor,
            picked: core.picked,
            states: host.states,
            last_poll: host.last_poll,
            target,
            pods: shown_pods(target, host.states, kept),
            problem: RwSignal::new(None),
            wrap: RwSignal::new(chosen.wrap),
            time: RwSignal::new(chosen.time),
            opened: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            i18n,
            core: kept,
            host: StoredValue::new_local(host),
        };
        view.react(settings);
        on_cleanup(move || {
            view.with_host(|host| host.stop());
            view.with_core(|core| core.close());
        });
        view
    }

    /// Keeps the core in step with what is chosen.
    fn react(self, settings: RwSignal<LogSettings>) {
        let filter = Memo::new(move |_| self.target.with(|target| target.filter.clone()));
        crate::effect::effect(move || {
            // The containers first: they change while the filter stays equal, when the ones a link names are found.
            let pods = self.pods.get();
            let filter = filter.get();
            self.apply(&filter, pods);
        });
        crate::effect::effect(move || {
            let (wrap, time, words) = (self.wrap.get(), self.time.get(), self.i18n.t());
            self.with_core(|core| {
                if core.wrap.get() != wrap {
                    // What the reader sees stays where it is.
                    if let Some(painter) = core.painter.borrow_mut().as_mut() {
                        painter.hold(core);
                    }
                }
                core.wrap.set(wrap);
                core.time.set(time);
                core.words.set(words);
                core.redraw_soon();
            });
            settings.update(|settings| (settings.wrap, settings.time) = (wrap, time));
        });
        let caps = Memo::new(move |_| settings.with(LogSettings::caps));
        crate::effect::effect(move || {
            let caps = caps.get();
            self.with_core(|core| core.set_caps(caps));
        });
        crate::effect::effect(move || {
            self.cursor.track();
            self.picked.track();
            self.with_core(Core::schedule);
        });
    }

    fn apply(self, filter: &LogFilter, pods: Option<Vec<u16>>) {
        let (shown, found) = queries(filter, pods);
        let outcome = self.with_core(|core| {
            core.change(|engine| engine.set_filter(shown).and_then(|()| engine.set_find(found)))
        });
        if let Some(outcome) = outcome {
            self.problem.set(outcome.err());
        }
    }

    /// Acts on the core, if the view is still there.
    pub(crate) fn with_core<T>(self, act: impl FnOnce(&Rc<Core>) -> T) -> Option<T> {
        let core = self.core.try_with_value(Rc::clone)?;
        Some(act(&core))
    }

    /// Acts on the sessions, if the view is still there.
    pub(crate) fn with_host<T>(self, act: impl FnOnce(&Rc<LogFollower>) -> T) -> Option<T> {
        let host = self.host.try_with_value(Rc::clone)?;
        Some(act(&host))
    }

    /// Reads the engine.
    pub(crate) fn read<T>(self, read: impl FnOnce(&Engine) -> T) -> Option<T> {
        self.with_core(|core| read(&core.engine.borrow()))
    }

    /// Acts on the painter and draws; nothing while the view is not on the page.
    pub(crate) fn with_painter<T>(self, act: impl FnOnce(&mut Painter, &Rc<Core>) -> T) -> Option<T> {
        self.with_core(|core| {
            let value = core.painter.borrow_mut().as_mut().map(|painter| act(painter, core));
            core.schedule();
            value
        })?
    }

    /// Changes what is searched for.
    pub(crate) fn search(self, change: impl FnOnce(&mut LogFilter)) {
        self.target.update(|target| change(&mut target.filter));
    }

    /// Shows only these containers, by their numbers; all for `None`. A link to the view says it too.
    pub(crate) fn show(self, pods: Option<Vec<u16>>) {
        let names = self.read(|engine| {
            let chosen =
                pods.iter().flatten().filter_map(|number| engine.sources().get(usize::from(*number)));
            chosen.map(|source| full_name(&source.pod, &source.container)).collect()
        });
        self.search(|filter| filter.pods = names.unwrap_or_default());
    }

    /// Begins again with another past.
    pub(crate) fn reload(self, change: impl FnOnce(&mut LogTarget)) {
        self.target.update(change);
        let target = self.target.get_untracked();
        self.opened.set(None);
        self.with_host(|host| host.reload(|now| (now.tail, now.since) = (target.tail, target.since.clone())));
    }

    /// Begins again with the lines younger than `since`, where the server can tell.
    pub(crate) fn since(self, since: &str) {
        let has = self.with_host(|host| {
            host.session.features.with_untracked(|features| features.has(Feature::LogSince))
        });
        if has == Some(Availability::Yes) {
            self.reload(|target| target.since = since.to_owned());
        } else {
            self.say(self.i18n.language.get_untracked().messages().logs().no_since.to_owned());
        }
    }

    /// Freezes the view, or shows what came meanwhile.
    pub(crate) fn toggle_pause(self) {
        self.with_core(|core| {
            core.change(|engine| if engine.is_paused() { engine.resume() } else { engine.pause() })
        });
    }

    /// Marks the row under the cursor, or takes the mark away.
    pub(crate) fn toggle_mark(self) {
        if let Some(seq) = self.cursor.get_untracked() {
            self.with_core(|core| core.change(|engine| engine.toggle_mark(seq)));
        }
    }

    /// Forgets the rows; lines go on coming.
    pub(crate) fn clear(self) {
        self.opened.set(None);
        self.picked.set(None);
        self.cursor.set(None);
        self.with_core(|core| core.change(Engine::clear));
        self.follow.set(true);
    }

    /// Copies the selection, or the row under the cursor.
    pub(crate) fn copy(self) {
        let words = self.i18n.language.get_untracked().messages();
        let picked =
            self.picked.get_untracked().or_else(|| self.cursor.get_untracked().map(|seq| (seq, seq)));
        let Some((from, to)) = picked else {
            self.say(words.logs().nothing_picked.to_owned());
            return;
        };
        self.with_core(|core| {
            let core = Rc::clone(core);
            leptos::task::spawn_local(async move {
                let copied = save::copy_rows(core, from, to).await;
                self.say(match copied {
                    Some(lines) => fill_count(words.logs().copied, lines, &[]),
                    None => words.common().not_copied.to_owned(),
                });
            });
        });
    }

    /// Offers the lines as a file.
    pub(crate) fn download(self, filtered: bool) {
        let name = self.target.with_untracked(|target| {
            let what = match target.pods.as_slice() {
                [pod] => pod.clone(),
                _ => target.service.clone(),
            };
            format!("{}-{what}-{}.log", target.at.key, now_ms() / 1000)
        });
        self.with_core(|core| {
            let core = Rc::clone(core);
            leptos::task::spawn_local(async move {
                save::download(core, name, filtered).await;
            });
        });
    }

    /// Says a word that goes away by itself.
    pub(crate) fn say(self, text: String) {
        let _ = self.said.try_set(text.clone());
        set_timeout(
            move || {
                if self.said.try_with_untracked(|said| *said == text).unwrap_or(false) {
                    let _ = self.said.try_set(String::new());
                }
            },
            std::time::Duration::from_secs(2),
        );
    }
}

/// What a link calls a container.
fn full_name(pod: &str, container: &str) -> String {
    format!("{pod}/{container}")
}

/// The numbers of the containers a filter names. When none of them is there (any more), all are shown: a link may be
/// older than the last rollout.
fn shown_pods(
    target: RwSignal<LogTarget>,
    states: RwSignal<Vec<StreamState>>,
    core: StoredValue<Rc<Core>, LocalStorage>,
) -> Memo<Option<Vec<u16>>> {
    let names = Memo::new(move |_| target.with(|target| target.filter.pods.clone()));
    let count = Memo::new(move |_| states.with(Vec::len));
    Memo::new(move |_| {
        // Read, not only tracked: a memo that nobody has read yet follows nothing.
        count.get();
        let names = names.get();
        let core = core.try_with_value(Rc::clone).filter(|_| !names.is_empty())?;
        let engine = core.engine.try_borrow().ok()?;
        let sources = (0_u16..).zip(engine.sources());
        let named = sources.filter(|(_, one)| names.contains(&full_name(&one.pod, &one.container)));
        Some(named.map(|(number, _)| number).collect()).filter(|numbers: &Vec<u16>| !numbers.is_empty())
    })
}
