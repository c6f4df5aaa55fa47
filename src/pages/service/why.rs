//! Why the service is not as it should be, at the top of its drawer.

use crate::api::environments::{Environment, ServiceSummary};
use crate::api::events::{self, Event};
use crate::api::services::ServiceDetail;
use crate::clock::use_clock;
use crate::components::icon::{Icon, IconView};
use crate::components::state_badge::StateBadge;
use crate::dock::LogLink;
use crate::domain::age::Age;
use crate::domain::diagnosis::Reason;
use crate::domain::image::Parts;
use crate::domain::services::state_of_service;
use crate::domain::state::Health;
use crate::domain::why::{Serving, Why, pod_to_ask, why};
use crate::i18n::{I18n, date_time, fill, fill_count, use_i18n};
use crate::query::use_query;
use crate::remote::Pace;
use crate::route::{EnvironmentRef, LogTarget};
use leptos::prelude::*;
use std::sync::Arc;

/// The block with the reason; nothing where the service is as it should be. `environment` tells the state that Zadig gives
/// the service.
#[component]
pub(crate) fn WhyBlock(
    at: StoredValue<EnvironmentRef>,
    name: StoredValue<String>,
    environment: Memo<Option<Arc<Environment>>>,
    detail: Signal<Arc<ServiceDetail>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let summary = Memo::new(move |_| environment.with(|all| find(all.as_deref()?, &name.get_value())));
    let pod = Memo::new(move |_| detail.with(|detail| pod_to_ask(detail)));
    let events = use_query(
        move || pod.get().map(|pod| (at.get_value(), pod)),
        |client, (at, pod)| async move {
            client.send(events::list(at.family, &at.project, &at.key, "Pod", &pod)).await
        },
        |_| Pace::Busy,
    );
    let found = Memo::new(move |_| {
        let events = events.value().unwrap_or_default();
        detail.with(|detail| summary.with(|summary| why(detail, summary.as_ref(), &events)))
    });
    let state = move || summary.with(|one| one.as_ref().map(state_of_service));
    move || {
        let found = found.get()?;
        let reason = found.reason.clone();
        let health = reason.as_ref().map_or(Health::Failed, Reason::health);
        let (tone, starting) = (health.tone(), health == Health::Degraded);
        let log = reason.as_ref().and_then(|reason| {
            let container = reason.container.as_deref()?;
            Some(LogTarget::container(at.get_value(), name.get_value(), &reason.pod, container))
        });
        Some(view! {
            <section class=format!("why notice {tone}") aria-label=i18n.tr(|t| t.service().why)>
                <IconView icon=Icon::Alert />
                <div class="why-body">
                    <Head found=found.clone() />
                    {state().map(|state| view! { <StateBadge state /> })}
                    {reason.map(|reason| view! { <Place reason /> })}
                    {found.serving.map(|serving| view! { <p>{still_serves(i18n, &serving, starting)}</p> })}
                    {found.warning.map(|event| view! { <Warning event /> })}
                </div>
                {log.map(|log| view! { <LogLink target=Signal::stored(log) text=true /> })}
            </section>
        })
    }
}

fn find(environment: &Environment, name: &str) -> Option<ServiceSummary> {
    environment.services.iter().find(|one| one.name == name).cloned()
}

/// The word, its numbers, and since when.
#[component]
fn Head(found: Why) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let Why { ready, desired, restarts, reason, since, .. } = found;
    let facts = {
        let reason = reason.clone();
        move || {
            let t = i18n.t();
            let Some(reason) = &reason else { return t.service().not_applied_hint.to_owned() };
            let mut parts = Vec::new();
            let code = |code: i32| fill(t.environment().exit_code, &[("code", &code.to_string())]);
            parts.extend(reason.exit_code.map(code));
            parts.push(fill_count(t.environment().ready_of, desired, &[("ready", &ready.to_string())]));
            parts.extend((restarts > 0).then(|| fill_count(t.environment().restarts, restarts, &[])));
            parts.extend((reason.pods > 1).then(|| fill_count(t.service().pods_alike, reason.pods, &[])));
            parts.join(" · ")
        }
    };
    let word = move || match &reason {
        Some(reason) => reason.word.clone(),
        None => i18n.t().environment().not_applied.to_owned(),
    };
    let age = Memo::new(move |_| since.map(|since| Age::between(since, clock.now())));
    let since_text = move || age.get().map(|age| fill(i18n.t().service().since, &[("age", &i18n.age(age))]));
    view! {
        <p>
            <b>{word}</b>
            " "
            <span>{facts}</span>
            " "
            <span class="dim nowrap" title=since.map(date_time)>
                {since_text}
            </span>
        </p>
    }
}

/// In which pod and container, with what Kubernetes says there.
#[component]
fn Place(reason: Reason) -> impl IntoView {
    let place = match &reason.container {
        Some(container) => format!("{} / {container}", reason.pod),
        None => reason.pod,
    };
    let message = Some(reason.message).filter(|message| !message.is_empty());
    view! {
        <p class="dim small mono">{place}</p>
        {message.map(|message| view! { <p class="mono small">{message}</p> })}
    }
}

/// The newest warning of Kubernetes.
#[component]
fn Warning(event: Event) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let at = event.last_seen.unwrap_or(0);
    let age = Memo::new(move |_| (at > 0).then(|| Age::between(at, clock.now())));
    let ago = move || age.get().map(|age| fill(i18n.t().common().ago, &[("age", &i18n.age(age))]));
    view! {
        <p class="small">
            <span class="dim">{i18n.tr(|t| t.service().newest_warning)} " "</span>
            <b>{event.reason.unwrap_or_default()}</b>
            " "
            <span class="dim nowrap" title=(at > 0).then(|| date_time(at))>
                {ago}
            </span>
            <br />
            <span class="mono">{event.message.unwrap_or_default()}</span>
        </p>
    }
}

fn still_serves(i18n: I18n, serving: &Serving, starting: bool) -> String {
    let t = i18n.t().service();
    let template = if starting { t.old_pods_serve_starting } else { t.old_pods_serve };
    let version = |image: &str| Parts::of(image).version().trim_start_matches([':', '@']).to_owned();
    let (old, new) = (version(&serving.old_image), version(&serving.new_image));
    fill_count(template, serving.pods, &[("old", &old), ("new", &new)])
}
