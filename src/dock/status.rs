//! The bar below the rows: the connection as icon and word, and counts.

use super::use_dock;
use crate::clock::use_clock;
use crate::components::icon::{Icon, IconView};
use crate::dock::log_view::LogView;
use crate::domain::age::Age;
use crate::i18n::{I18n, fill, fill_count, use_i18n};
use crate::log_streams::StreamState;
use crate::route::LogLevel;
use leptos::prelude::*;

/// A connection's state in a word.
pub(crate) fn word(link: &StreamState, i18n: I18n) -> String {
    let t = i18n.t().logs();
    match link {
        StreamState::Unknown => t.unknown,
        StreamState::Starting(reason) if !reason.is_empty() => {
            return fill(t.starting_why, &[("reason", reason)]);
        }
        StreamState::Starting(_) => t.starting,
        StreamState::Queued => t.queued,
        StreamState::Waiting => t.waiting,
        StreamState::Live => t.live,
        StreamState::Nothing => t.nothing,
        StreamState::Retrying { .. } => t.retrying,
        StreamState::Released => t.released,
        StreamState::Crashed { reason, .. } if !reason.is_empty() => {
            return fill(t.crashed_why, &[("reason", reason)]);
        }
        StreamState::Crashed { .. } => t.crashed,
        StreamState::Ended => t.ended,
        StreamState::Missing => t.missing,
        StreamState::Refused(_) => t.refused,
    }
    .to_owned()
}

const fn icon(link: &StreamState) -> (Icon, &'static str) {
    match link {
        StreamState::Live => (Icon::Check, "tone-ok"),
        StreamState::Waiting | StreamState::Unknown | StreamState::Starting(_) | StreamState::Nothing => {
            (Icon::Busy, "tone-busy moving")
        }
        StreamState::Queued => (Icon::Clock, "tone-busy"),
        StreamState::Retrying { .. } => (Icon::Alert, "tone-warn"),
        StreamState::Released => (Icon::Moon, "tone-idle"),
        StreamState::Crashed { .. } => (Icon::Alert, "tone-warn"),
        StreamState::Ended => (Icon::Dot, "tone-idle"),
        StreamState::Missing => (Icon::Question, "tone-odd"),
        StreamState::Refused(_) => (Icon::Cross, "tone-bad"),
    }
}

/// How many containers wait to be started again, and the first one's reason.
fn crashed(states: &[StreamState]) -> Option<(usize, String)> {
    let mut reasons = states.iter().filter_map(|link| match link {
        StreamState::Crashed { reason, .. } => Some(reason.clone()),
        _ => None,
    });
    let first = reasons.next()?;
    Some((1 + reasons.count(), first))
}

/// The bar.
#[component]
pub(crate) fn StatusBar(view: LogView) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| {
        view.facts.with(|facts| {
            let t = i18n.t().logs();
            if facts.shown == facts.kept || facts.paused {
                fill_count(t.kept, facts.kept, &[])
            } else {
                fill_count(t.shown_of, facts.kept, &[("shown", &i18n.number(facts.shown))])
            }
        })
    });
    let pending = Memo::new(move |_| view.facts.with(|facts| facts.pending.clone()));
    let searching = Memo::new(move |_| {
        view.facts.with(|facts| {
            (facts.left > 2_000).then(|| fill_count(i18n.t().logs().searching, facts.left, &[]))
        })
    });
    view! {
        <div class="log-status">
            <Connection view />
            <span class="log-pending mono clip" title=i18n.tr(|t| t.logs().writing)>{pending}</span>
            <span class="spring"></span>
            <span class="log-said" role="status">{view.said}</span>
            <span class="dim tabular">{searching}</span>
            <Levels view />
            <Dropped view />
            <span class="tabular nowrap log-count">{count}</span>
            <Memory view />
        </div>
    }
}

/// One container's state, or how many of several are live and why the others are not.
#[component]
fn Connection(view: LogView) -> impl IntoView {
    let (i18n, dock, clock) = (use_i18n(), use_dock(), use_clock());
    let main = Memo::new(move |_| {
        view.states.with(|states| match states.as_slice() {
            [] => (StreamState::Unknown, None),
            [one] => (one.clone(), None),
            all => {
                let live = all
                    .iter()
                    .filter(|link| matches!(link, StreamState::Live | StreamState::Waiting))
                    .count();
                let first = all
                    .iter()
                    .find(|link| **link == StreamState::Live)
                    .or_else(|| all.iter().find(|link| !link.is_over()));
                (first.or(all.first()).cloned().unwrap_or_default(), Some((live, all.len())))
            }
        })
    });
    let class = move || main.with(|(link, _)| format!("state {}", icon(link).1));
    let text = move || {
        main.with(|(link, several)| match (several, link) {
            (Some((live, all)), _) => {
                let live =
                    fill(i18n.t().logs().live_of, &[("n", &live.to_string()), ("all", &all.to_string())]);
                match view.states.with(|states| crashed(states)) {
                    Some((n, reason)) => {
                        let values = [("n", n.to_string()), ("reason", reason)];
                        let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
                        format!("{live} · {}", fill(i18n.t().logs().crashed_several, &values))
                    }
                    None => live,
                }
            }
            (None, StreamState::Retrying { at_ms, .. }) => {
                let left = (i64::try_from(at_ms / 1000).unwrap_or_default() - clock.now()).max(0);
                fill(i18n.t().logs().retrying_in, &[("n", &left.to_string())])
            }
            (None, StreamState::Crashed { ended_at: Some(at), .. }) => {
                let age = i18n.age(Age::between(*at, clock.now()));
                format!("{} · {}", word(link, i18n), fill(i18n.t().logs().ended_ago, &[("age", &age)]))
            }
            (None, link) => word(link, i18n),
        })
    };
    let queued = Memo::new(move |_| {
        view.states.with(|states| states.iter().filter(|link| **link == StreamState::Queued).count())
    });
    let streams = move || {
        let paused = dock.paused.with(|paused| paused.values().cloned().collect::<Vec<_>>());
        if queued.get() == 0 && !paused.is_empty() {
            let t = i18n.t().logs();
            let text = fill(t.tabs_paused, &[("names", &paused.join(", "))]);
            return Some(
                view! { <span class="dim clip only-wide" title=t.tabs_paused_hint>{text}</span> }.into_any(),
            );
        }
        (queued.get() > 0).then(|| {
            let (used, cap) = dock.pool().map_or((0, 0), |pool| pool.usage());
            let text = fill_count(i18n.t().logs().streams, cap, &[("used", &used.to_string())]);
            view! { <span class="dim nowrap only-wide" title=i18n.t().logs().queued_hint>{text}</span> }
                .into_any()
        })
    };
    view! {
        <span class=class data-link=move || main.with(|(link, _)| link.word())>
            {move || {
                let icon = main.with(|(link, _)| icon(link).0);
                view! { <IconView icon /> }
            }}
            <span>{text}</span>
        </span>
        {streams}
    }
}

/// Counts of warnings and errors; each narrows the view to them, and back.
#[component]
fn Levels(view: LogView) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = Memo::new(move |_| view.target.with(|target| target.filter.level));
    let button = move |level: LogLevel, tone: &'static str, icon: Icon| {
        let count = Memo::new(move |_| {
            view.facts.with(|facts| if level == LogLevel::Warn { facts.warns } else { facts.errors })
        });
        let text = move || {
            let t = i18n.t().logs();
            let words = if level == LogLevel::Warn { t.warns } else { t.errors };
            fill_count(words, count.get(), &[])
        };
        view! {
            <Show when=move || { count.get() > 0 }>
                <button
                    type="button"
                    class=format!("log-level {tone}")
                    title=text
                    aria-label=text
                    aria-pressed=move || (chosen.get() == level).to_string()
                    on:click=move |_| view.search(|filter| {
                        filter.level = if filter.level == level { LogLevel::All } else { level };
                    })
                >
                    <IconView icon />
                    <span class="tabular">{move || i18n.number(count.get())}</span>
                </button>
            </Show>
        }
    };
    view! {
        {button(LogLevel::Error, "tone-bad", Icon::Cross)}
        {button(LogLevel::Warn, "tone-warn", Icon::Alert)}
    }
}

#[component]
fn Dropped(view: LogView) -> impl IntoView {
    let (i18n, dock) = (use_i18n(), use_dock());
    let dropped = Memo::new(move |_| view.facts.with(|facts| facts.dropped));
    move || {
        let n = usize::try_from(dropped.get()).unwrap_or(usize::MAX);
        (n > 0).then(|| {
            let t = i18n.t().logs();
            let (lines, megabytes) = dock.settings.with(|settings| {
                (i18n.number(settings.caps().lines), (settings.caps().bytes >> 20).to_string())
            });
            let title = fill(t.dropped_hint, &[("lines", &lines), ("megabytes", &megabytes)]);
            let text = fill(t.dropped, &[("n", &i18n.number(n))]);
            view! { <span class="tone-warn log-dropped tabular nowrap" title=title>{text}</span> }
        })
    }
}

#[component]
fn Memory(view: LogView) -> impl IntoView {
    let i18n = use_i18n();
    let tenths = Memo::new(move |_| view.facts.with(|facts| (facts.bytes * 10) >> 20));
    let exact = move || view.facts.with(|facts| format!("{} / {}", facts.bytes, facts.text_bytes));
    view! {
        <span class="dim tabular nowrap only-wide log-memory" data-bytes=exact>
            {move || {
                let tenths = tenths.get();
                fill(i18n.t().logs().memory, &[("n", &format!("{}.{}", tenths / 10, tenths % 10))])
            }}
        </span>
    }
}
