//! The events of a service's workloads and pods on one timeline.

use crate::api::ApiError;
use crate::api::events as calls;
use crate::api::services::ServiceDetail;
use crate::clock::use_clock;
use crate::components::empty::Empty;
use crate::components::error_notice::ErrorNotice;
use crate::components::icon::{Icon, IconView};
use crate::components::skeleton::SkeletonRows;
use crate::domain::age::Age;
use crate::domain::timeline::{Entry, Source, merge, sources};
use crate::i18n::{date_time, fill, fill_count, use_i18n};
use crate::query::{Stage, use_query};
use crate::remote::Pace;
use crate::route::EnvironmentRef;
use futures_util::StreamExt;
use futures_util::stream;
use leptos::prelude::*;
use std::sync::Arc;

/// Objects asked at once.
const AT_ONCE: usize = 4;
/// Entries drawn before "show more".
const SHOWN: usize = 100;

/// The timeline.
#[component]
pub(crate) fn Events(
    at: StoredValue<EnvironmentRef>,
    detail: Memo<Option<Arc<ServiceDetail>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let warnings = RwSignal::new(false);
    let limit = RwSignal::new(SHOWN);
    let asked = Memo::new(move |_| detail.with(|detail| detail.as_ref().map(|detail| sources(detail))));
    let query = use_query(
        move || asked.get().map(|asked| (at.get_value(), asked)),
        |client, (at, asked)| async move {
            let answers: Vec<(Source, Result<Vec<calls::Event>, ApiError>)> = stream::iter(asked)
                .map(|source| {
                    let (client, at) = (client.clone(), at.clone());
                    async move {
                        let call = calls::list(at.family, &at.project, &at.key, &source.kind, &source.name);
                        (source, client.send(call).await)
                    }
                })
                .buffered(AT_ONCE)
                .collect()
                .await;
            gather(answers)
        },
        |_| Pace::Idle,
    );
    let shown = Memo::new(move |_| {
        let all = query.value().unwrap_or_default();
        all.iter().filter(|entry| !warnings.get() || entry.is_warning()).cloned().collect::<Vec<_>>()
    });
    let stage = query.stage();
    let count = move || query.value().map_or(0, |all| all.len());
    let content = move || {
        match stage.get() {
            Stage::Waiting => return view! { <SkeletonRows rows=6 /> }.into_any(),
            Stage::Failed => return ().into_any(),
            Stage::There => {}
        }
        if shown.with(Vec::is_empty) {
            return view! { <Nothing warnings count=Signal::derive(count) /> }.into_any();
        }
        let more = shown.with(Vec::len).saturating_sub(limit.get());
        view! {
            <ol class="timeline">
                {shown.get().into_iter().take(limit.get()).map(|entry| view! { <Line entry /> }).collect_view()}
            </ol>
            {(more > 0)
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += SHOWN)>
                            {fill(i18n.t().service().show_more, &[("n", &more.to_string())])}
                        </button>
                    }
                })}
        }
        .into_any()
    };
    view! {
        <div class="toolbar">
            <button
                type="button"
                class="button"
                aria-pressed=move || warnings.get().to_string()
                on:click=move |_| warnings.update(|on| *on = !*on)
            >
                <IconView icon=Icon::Alert />
                {i18n.tr(|t| t.service().warnings_only)}
            </button>
            <span class="dim small">
                {move || {
                    let n = asked.with(|asked| asked.as_ref().map_or(0, Vec::len));
                    fill_count(i18n.t().service().events_of, n, &[])
                }}
            </span>
        </div>
        <ErrorNotice
            error=Signal::derive(move || query.error())
            retry=Callback::new(move |()| query.refresh())
        />
        {content}
    }
}

/// One object whose events cannot be read does not hide the others'; only when all fail is there an error.
fn gather(answers: Vec<(Source, Result<Vec<calls::Event>, ApiError>)>) -> Result<Vec<Entry>, ApiError> {
    let mut good = Vec::new();
    let mut first_error = None;
    for (source, answer) in answers {
        match answer {
            Ok(events) => good.push((source, events)),
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    match first_error {
        Some(error) if good.is_empty() => Err(error),
        _ => Ok(merge(good)),
    }
}

#[component]
fn Nothing(warnings: RwSignal<bool>, count: Signal<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let filtered = move || warnings.get() && count.get() > 0;
    let title = Signal::derive(move || {
        let t = i18n.t().service();
        if filtered() { t.no_warnings } else { t.no_events }.to_owned()
    });
    let hint = Signal::derive(move || {
        let t = i18n.t().service();
        if filtered() {
            fill_count(t.no_warnings_hint, count.get(), &[])
        } else {
            t.no_events_hint.to_owned()
        }
    });
    view! { <Empty icon=Icon::Check title hint /> }
}

#[component]
fn Line(entry: Entry) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let at = entry.at();
    let warning = entry.is_warning();
    let (tone, icon) = if warning { ("tone-warn", Icon::Alert) } else { ("tone-idle", Icon::Info) };
    let age = Memo::new(move |_| (at > 0).then(|| Age::between(at, clock.now())));
    let count = entry.event.count.unwrap_or(1);
    let moment = (at > 0).then(|| date_time(at));
    view! {
        <li class=tone data-kind=entry.event.kind.to_string()>
            <IconView icon />
            <div>
                <p>
                    <b>{entry.event.reason.unwrap_or_default()}</b>
                    {warning.then(|| view! { <span class="sr-only">" " {i18n.tr(|t| t.service().warning)}</span> })}
                    <span class="dim small mono">" " {entry.source.kind} "/" {entry.source.name}</span>
                </p>
                <p class="event-message">{entry.event.message.unwrap_or_default()}</p>
            </div>
            <span class="dim small tabular nowrap" title=moment>
                {move || age.get().map(|age| fill(i18n.t().common().ago, &[("age", &i18n.age(age))]))}
                {(count > 1).then(|| view! { <br /> {move || fill_count(i18n.t().service().times, count, &[])} })}
            </span>
        </li>
    }
}
