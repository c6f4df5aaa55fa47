//! The connection check as the user sees it: four steps, the first that fails explained.

use super::Check;
use crate::api::{MfaNeed, probe};
use crate::components::icon::{Icon, IconView};
use crate::domain::doctor::{Cause, Step, Surroundings};
use crate::i18n::{Messages, fill, fill_count, use_i18n};
use crate::session::use_session;
use leptos::prelude::*;

/// What the browser knows besides the failed call. `blind` asks once more without reading the answer.
pub(super) async fn surroundings(base: &str, blind: bool) -> Surroundings {
    let Some(window) = web_sys::window() else { return Surroundings::default() };
    let page = window.location().origin().unwrap_or_default();
    let cross_origin = !base.is_empty() && !base.starts_with(&page);
    let mixed_content = page.starts_with("https:") && base.starts_with("http:");
    let offline = !window.navigator().on_line();
    let ask = blind && cross_origin && !offline && !mixed_content;
    let answers_blindly = if ask { Some(probe::answers(base).await) } else { None };
    Surroundings { offline, cross_origin, mixed_content, answers_blindly }
}

/// The steps and how they stand.
#[component]
pub(super) fn DoctorCard(
    result: RwSignal<Option<Check>>,
    checking: RwSignal<bool>,
    again: Callback<()>,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let shown = move || checking.get() || result.with(Option::is_some);
    let steps = move || {
        let t = i18n.t();
        let url = match session.config().api_base.as_str() {
            "" => web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default(),
            base => base.to_owned(),
        };
        let found = result.get()?;
        Some(
            Step::ALL
                .into_iter()
                .map(|step| {
                    let passed = found.diagnosis.step(step);
                    let note = match (&found.diagnosis.failed, passed) {
                        (Some((failed, cause)), Some(false)) if *failed == step => {
                            Some(explain(t, cause, &url))
                        }
                        (_, Some(true)) => praise(t, step, &found),
                        _ => None,
                    };
                    step_row(t, step, passed, note)
                })
                .collect_view(),
        )
    };
    view! {
        <Show when=shown>
            <section class="card" aria-busy=move || checking.get().to_string()>
                <div class="page-head">
                    <h2>{i18n.tr(|t| t.connect().doctor)}</h2>
                    <Show when=move || checking.get()>
                        <span class="freshness" role="status">
                            <span class="spinner" aria-hidden="true"></span>
                            {i18n.tr(|t| t.connect().checking)}
                        </span>
                    </Show>
                    <span class="spring"></span>
                    <button
                        type="button"
                        class="button"
                        disabled=move || checking.get()
                        on:click=move |_| again.run(())
                    >
                        {i18n.tr(|t| t.common().retry)}
                    </button>
                </div>
                <ul class="doctor">{steps}</ul>
            </section>
        </Show>
    }
}

fn step_row(
    t: &'static Messages,
    step: Step,
    passed: Option<bool>,
    note: Option<String>,
) -> impl IntoView + use<> {
    let t = t.connect();
    let text = match step {
        Step::Reach => t.step_reach,
        Step::Api => t.step_api,
        Step::Token => t.step_token,
        Step::Rights => t.step_rights,
    };
    let (tone, icon) = match passed {
        Some(true) => ("tone-ok", Icon::Check),
        Some(false) => ("tone-bad", Icon::Cross),
        None => ("tone-idle", Icon::Dot),
    };
    let state = match passed {
        Some(true) => "passed",
        Some(false) => "failed",
        None => "open",
    };
    view! {
        <li class=tone data-step=format!("{step:?}") data-state=state>
            <IconView icon />
            <div>
                <span class:dim=passed.is_none()>{text}</span>
                {note.map(|note| view! { <p>{note}</p> })}
            </div>
        </li>
    }
}

fn praise(t: &'static Messages, step: Step, found: &Check) -> Option<String> {
    let t = t.connect();
    match step {
        Step::Reach => Some(fill(t.answered_in, &[("ms", &found.milliseconds.to_string())])),
        Step::Rights => found.projects.map(|n| fill_count(t.found, n, &[])),
        _ => None,
    }
}

/// What a cause means and what to do.
fn explain(t: &'static Messages, cause: &Cause, url: &str) -> String {
    let t = t.connect();
    let at = |template: &str| fill(template, &[("url", url)]);
    match cause {
        Cause::Offline => t.reach_offline.to_owned(),
        Cause::NothingHere => at(t.reach_same),
        Cause::NothingThere => at(t.reach_cross),
        Cause::Cors => at(t.reach_cross_open),
        Cause::MixedContent => at(t.reach_mixed),
        Cause::Timeout => at(t.reach_timeout),
        Cause::Gateway(status) => fill(t.reach_gateway, &[("status", &status.to_string())]),
        Cause::NoApi => at(t.api_missing),
        Cause::WebPage => t.api_html.to_owned(),
        Cause::Odd(problem) => fill(t.api_odd, &[("problem", problem)]),
        Cause::TokenRefused => t.token_refused.to_owned(),
        Cause::NoToken => t.token_empty.to_owned(),
        Cause::NoRights => t.rights_none.to_owned(),
        Cause::Mfa(MfaNeed::Enroll | MfaNeed::Verify | MfaNeed::Other) => t.rights_mfa.to_owned(),
    }
}
