//! What is said in the place of rows while there are none, and why.

use crate::components::error_notice::ErrorNotice;
use crate::components::icon::{Icon, IconView};
use crate::dock::log_view::LogView;
use crate::i18n::{Messages, fill, use_i18n};
use crate::log_streams::StreamState;
use crate::nav::use_nav;
use crate::route::LogTarget;
use leptos::prelude::*;

/// Icon, title and explanation of a state, and whether the user may try again.
struct Why {
    icon: Icon,
    title: String,
    hint: &'static str,
    again: bool,
}

fn why(link: &StreamState, t: &'static Messages) -> Why {
    let l = t.logs();
    let make = |icon, title: &str, hint, again| Why { icon, title: title.to_owned(), hint, again };
    match link {
        StreamState::Starting(reason) if !reason.is_empty() => {
            make(Icon::Busy, &fill(l.starting_why, &[("reason", reason)]), l.starting_hint, false)
        }
        StreamState::Starting(_) => make(Icon::Busy, l.starting, l.starting_hint, false),
        StreamState::Queued => make(Icon::Clock, l.queued, l.queued_hint, false),
        StreamState::Waiting | StreamState::Live => make(Icon::Clock, l.waiting, l.waiting_hint, false),
        StreamState::Nothing | StreamState::Retrying { .. } => {
            make(Icon::Busy, l.nothing, l.nothing_hint, true)
        }
        StreamState::Crashed { .. } => make(Icon::Alert, l.crashed, l.crashed_hint, true),
        StreamState::Ended => make(Icon::Dot, l.ended, l.ended_hint, true),
        StreamState::Missing => make(Icon::Question, l.missing, l.missing_hint, true),
        StreamState::Refused(_) => make(Icon::Cross, l.refused, "", true),
        StreamState::Unknown | StreamState::Released => make(Icon::Busy, l.unknown, "", false),
    }
}

/// The state of an empty view; the most telling one where there are several sources.
#[component]
pub(crate) fn Overlay(view: LogView) -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let empty = Memo::new(move |_| view.facts.with(|facts| facts.kept == 0));
    let link = Memo::new(move |_| {
        view.states.with(|states| {
            let rank = |link: &StreamState| match link {
                StreamState::Live => 0,
                StreamState::Waiting => 1,
                StreamState::Retrying { .. } | StreamState::Nothing => 2,
                StreamState::Queued | StreamState::Unknown | StreamState::Released => 3,
                StreamState::Starting(_) | StreamState::Crashed { .. } => 4,
                StreamState::Refused(_) => 5,
                StreamState::Ended => 6,
                StreamState::Missing => 7,
            };
            states.iter().min_by_key(|link| rank(link)).cloned()
        })
    });
    let error = Signal::derive(move || {
        let refused = link.with(|link| match link {
            Some(StreamState::Refused(error) | StreamState::Retrying { error: Some(error), .. }) => {
                Some(error.clone())
            }
            _ => None,
        });
        refused.or_else(|| view.last_poll.with(|last_poll| last_poll.error.clone()))
    });
    let retry = move || {
        view.reload(|_| {});
    };
    let one = Memo::new(move |_| view.target.with(|target| !target.pods.is_empty()));
    let all = move || {
        let target = view.target.with(|target| LogTarget::service(target.at.clone(), target.service.clone()));
        crate::route::Route::Logs { target, full: false }
    };
    let content = move || {
        if !empty.get() {
            return None;
        }
        let t = i18n.t();
        let nothing_runs = link.with(Option::is_none) && view.last_poll.with(|last_poll| last_poll.once);
        let Why { icon, title, hint, again } = match link.get() {
            Some(link) => why(&link, t),
            None if nothing_runs => Why {
                icon: Icon::Stack,
                title: t.logs().no_pods.to_owned(),
                hint: t.logs().no_pods_hint,
                again: false,
            },
            None => why(&StreamState::Unknown, t),
        };
        let missing = link.with(|link| matches!(link, Some(StreamState::Missing)));
        let state = link.with(|link| link.as_ref().map_or("none", StreamState::word));
        Some(view! {
            <div class="log-empty" data-state=state>
                <IconView icon />
                <b>{title}</b>
                <p class="dim">{hint}</p>
                <div class="log-empty-actions">
                    {again.then(|| view! {
                        <button type="button" class="button" on:click=move |_| retry()>
                            <IconView icon=Icon::Refresh />
                            {t.logs().try_again}
                        </button>
                    })}
                    {(missing && one.get()).then(|| view! {
                        <button type="button" class="button" on:click=move |_| nav.go(all())>
                            <IconView icon=Icon::Stack />
                            {t.logs().service_logs}
                        </button>
                    })}
                </div>
            </div>
        })
    };
    view! {
        {content}
        <Show when=move || error.with(Option::is_some)>
            <div class="log-error">
                <ErrorNotice error retry=Callback::new(move |()| retry()) />
            </div>
        </Show>
    }
}
