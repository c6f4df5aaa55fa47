//! One operation in a list: what, where, how it stands, and what can still be done about it.

use super::revert::RevertButton;
use super::{changes, words};
use crate::clock::use_clock;
use crate::components::copy::CopyButton;
use crate::components::diff::TextDiff;
use crate::components::icon::IconView;
use crate::domain::age::Age;
use crate::i18n::{date_time, fill, use_i18n};
use crate::operations::{now, use_ops};
use crate::ops::{Facts, Object, OpId, Outcome, Phase, Text};
use crate::route::Route;
use crate::session::use_session;
use leptos::prelude::*;

/// Shows an operation; `full` adds its changes, calls and times.
#[component]
pub(crate) fn OperationLine(
    /// Which one.
    id: OpId,
    /// Whether everything about it is shown.
    #[prop(optional)]
    full: bool,
) -> impl IntoView {
    let (i18n, ops, clock) = (use_i18n(), use_ops(), use_clock());
    let op = Memo::new(move |_| ops.get(id));
    let standing = move || {
        let op = op.get()?;
        // The grace countdown moves with the clock.
        clock.now();
        Some(words::standing(i18n.t(), &op, now().millis()))
    };
    let head = move || {
        op.get().map(|op| {
            let target = &op.facts.target;
            let route = match (&target.object, target.service()) {
                (Object::Sharing, _) => Route::sharing(target.env.clone(), None),
                (Object::Portal(service), _) => Route::sharing(target.env.clone(), Some(service)),
                (_, Some(service)) => Route::service(target.env.clone(), service),
                (_, None) => Route::environment(target.env.clone()),
            };
            let production = target.env.family.is_production();
            view! {
                <span class="op-what">
                    <b>{words::kind(i18n.t(), op.facts.kind)}</b>
                    {full.then(|| view! { <span class="dim small clip">{target.env.project.clone()}</span> })}
                    <a class="clip" href=route.href()>{words::target(target)}</a>
                    {production.then(|| view! { <span class="production-word">{i18n.t().common().production}</span> })}
                </span>
            }
        })
    };
    let state = move || {
        standing().map(|standing| {
            let moving = if standing.health == crate::domain::state::Health::Busy { " moving" } else { "" };
            view! {
                <span class=format!("state {}{moving}", standing.health.tone()) data-op-state="">
                    <IconView icon=standing.icon />
                    <span>{standing.title}</span>
                </span>
                {standing.detail.map(|detail| view! { <p class="op-detail">{detail}</p> })}
            }
        })
    };
    let summary = move || op.get().and_then(|op| changes::summary(i18n.t(), &op.facts));
    let notes = move || {
        op.get().map(|op| {
            let texts = op.notes.iter().map(|(_, note)| words::note(i18n.t(), note)).collect::<Vec<_>>();
            texts.into_iter().map(|text| view! { <p class="op-detail">{text}</p> }).collect_view()
        })
    };
    let can_cancel = Memo::new(move |_| {
        op.with(|op| op.as_ref().is_some_and(|op| matches!(op.phase, Phase::Grace { .. } | Phase::Queued)))
    });
    let can_watch = Memo::new(move |_| {
        op.with(|op| op.as_ref().is_some_and(|op| matches!(op.outcome(), Some(Outcome::GaveUp(_)))))
    });
    view! {
        <div class="op" data-op=id.0.to_string()>
            <div class="op-head">
                {head}
                <span class="spring"></span>
                <Show when=move || can_cancel.get()>
                    <button type="button" class="button" on:click=move |_| ops.cancel(id)>
                        {i18n.tr(|t| t.ops().call_off)}
                    </button>
                </Show>
                <RevertButton id />
                <Show when=move || can_watch.get()>
                    <button type="button" class="button" on:click=move |_| ops.watch_on(id)>
                        {i18n.tr(|t| t.ops().watch_on)}
                    </button>
                </Show>
                {full
                    .then(|| {
                        view! {
                            <span class="dim small tabular nowrap" title=move || op.get().map(|op| date_time(op.created.unix_seconds()))>
                                {move || {
                                    op.get()
                                        .map(|op| {
                                            let age = Age::between(op.created.unix_seconds(), clock.now());
                                            fill(i18n.t().common().ago, &[("age", &i18n.age(age))])
                                        })
                                }}
                            </span>
                        }
                    })}
            </div>
            {move || {
                summary().filter(|_| full).map(|text| view! { <p class="op-change mono small clip" title=text.clone()>{text.clone()}</p> })
            }}
            <div class="op-state" role="status">{state} {notes}</div>
            <Show when=move || full>
                {move || op.with(|op| op.as_ref().map(|op| op.facts.clone())).map(|facts| view! { <More facts /> })}
            </Show>
        </div>
    }
}

/// Changes and calls, behind a disclosure.
#[component]
fn More(facts: std::sync::Arc<Facts>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <details class="op-more">
            <summary class="dim small">{i18n.tr(|t| t.common().details)}</summary>
            <ChangeList facts=facts.clone() />
            <CallList facts />
        </details>
    }
}

/// What changes, old to new.
#[component]
pub(super) fn ChangeList(facts: std::sync::Arc<Facts>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let t = i18n.t();
        let rows = facts.changes.iter().map(|change| {
            let several = [&change.old, &change.new]
                .into_iter()
                .flatten()
                .any(|text| !text.is_secret() && text.reveal().contains('\n'));
            if several {
                let text = |side: &Option<Text>| side.as_ref().map_or_else(String::new, ToString::to_string);
                return view! {
                    <li>
                        <span class="dim small">{changes::subject(t, &change.subject)}</span>
                        <TextDiff old=text(&change.old) new=text(&change.new) />
                    </li>
                }
                .into_any();
            }
            if let Some(said) = changes::statement(t, change) {
                return view! {
                    <li>
                        <span class="dim small">{changes::subject(t, &change.subject)}</span>
                        <span class="said">{said}</span>
                    </li>
                }
                .into_any();
            }
            let old = changes::side(t, &change.subject, change.old.as_ref());
            let new = changes::side(t, &change.subject, change.new.as_ref());
            let blank = |text: String| if text.is_empty() { t.ops().unset.to_owned() } else { text };
            view! {
                <li>
                    <span class="dim small">{changes::subject(t, &change.subject)}</span>
                    <span class="old-new mono">
                        <del>{blank(old)}</del>
                        <span aria-hidden="true">"→"</span>
                        <ins>{blank(new)}</ins>
                    </span>
                </li>
            }
            .into_any()
        });
        view! { <ul class="change-list">{rows.collect_view()}</ul> }
    }
}

/// The calls as they go out, secrets masked, each copyable as curl.
#[component]
pub(super) fn CallList(facts: std::sync::Arc<Facts>) -> impl IntoView {
    let i18n = use_i18n();
    let base = use_session().config().api_base;
    // A command for a shell needs a whole address.
    let base = if base.is_empty() {
        web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
    } else {
        base
    };
    let calls = facts.shown_calls().into_iter().map(|request| {
        let body = request.body().map(pretty);
        view! {
            <li class="call">
                <div class="call-line">
                    <code>{format!("{} {}", request.method(), request.target())}</code>
                    <CopyButton
                        text=Signal::stored(request.curl(&base))
                        what=i18n.text(|t| t.ops().copy_curl)
                    />
                </div>
                {body.map(|body| view! { <pre>{body}</pre> })}
            </li>
        }
    });
    view! { <ul class="call-list">{calls.collect_view()}</ul> }
}

fn pretty(body: &str) -> String {
    crate::api::decode::read::<serde_json::Value>(body)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| body.to_owned())
}
