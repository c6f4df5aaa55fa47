//! Where Zadig is, who the user is, and what exactly is wrong with the connection.

mod doctor;
mod form;

pub(crate) use form::TokenForm;

use crate::api::{ErrorKind, projects};
use crate::clock::now_ms;
use crate::components::dialog::Dialog;
use crate::components::task::use_task;
use crate::config::AuthMode;
use crate::domain::doctor::Diagnosis;
use crate::i18n::{date_time, fill, use_i18n};
use crate::nav::use_nav;
use crate::route::Route;
use crate::session::{Session, use_session};
use leptos::prelude::*;

/// The outcome of a check, with what it saw on the way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Check {
    diagnosis: Diagnosis,
    /// How many projects the account may see.
    projects: Option<i64>,
    /// How long the answer took.
    milliseconds: u32,
}

/// Asks for one project and judges the answer.
pub(super) async fn check(session: Session) -> Option<Check> {
    let client = session.client()?;
    let started = now_ms();
    let answer = client.send(projects::list(1, 1)).await;
    let milliseconds = u32::try_from(now_ms().saturating_sub(started)).unwrap_or(u32::MAX);
    let blind =
        answer.as_ref().is_err_and(|error| matches!(error.kind, ErrorKind::Network | ErrorKind::Aborted));
    let around = doctor::surroundings(client.base(), blind).await;
    let diagnosis = crate::domain::doctor::diagnose(answer.as_ref().map(|_| ()), around);
    Some(Check { diagnosis, projects: answer.ok().map(|page| page.total), milliseconds })
}

/// The connect page.
#[component]
pub(crate) fn ConnectPage() -> impl IntoView {
    let (i18n, nav, session) = (use_i18n(), use_nav(), use_session());
    let config = session.config();
    let result = RwSignal::new(None::<Check>);
    let checking = RwSignal::new(false);
    let task = use_task();
    let run = move || {
        if checking.get_untracked() {
            return;
        }
        checking.set(true);
        task.run(async move {
            let found = check(session).await;
            let _ = result.try_set(found);
            let _ = checking.try_set(false);
        });
    };
    let by_token = config.auth == AuthMode::Token;
    if !by_token || session.has_token() {
        run();
    }
    let address = move || {
        if config.api_base.is_empty() {
            i18n.t().connect().same_origin.to_owned()
        } else {
            config.api_base.clone()
        }
    };
    let usable = move || result.with(|found| found.as_ref().is_some_and(|found| found.diagnosis.is_usable()));
    // Where the token was asked for in the place of another page, that page takes over by itself.
    let on_own_page = nav.route.with_untracked(|route| *route == Route::Connect);
    view! {
        <div class="page">
            <div class="connect">
                <h1>{i18n.tr(|t| t.connect().title)}</h1>
                <section class="card">
                    <div class="field">
                        <span class="label">{i18n.tr(|t| t.connect().address)}</span>
                        <code>{address}</code>
                        <span class="hint">{i18n.tr(|t| t.connect().address_hint)}</span>
                    </div>
                    <Show
                        when=move || by_token
                        fallback=move || view! { <p class="dim">{i18n.tr(|t| t.connect().by_proxy)}</p> }
                    >
                        <Identity />
                        <TokenForm done=Callback::new(move |()| run()) />
                    </Show>
                </section>
                <doctor::DoctorCard result checking again=Callback::new(move |()| run()) />
                <Show when=move || usable() && on_own_page>
                    <a class="button primary" href=Route::Projects { search: String::new() }.href()>
                        {i18n.tr(|t| t.connect().continue_)}
                    </a>
                </Show>
            </div>
        </div>
    }
}

/// Who the token says the user is, until when it holds, and the way out.
#[component]
fn Identity() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let lines = move || {
        let t = i18n.t().connect();
        let claims = session.claims.get()?;
        let name = claims.display_name().map(|name| fill(t.signed_in, &[("name", name)]));
        let expiry = claims.exp.map(|exp| {
            let template =
                if claims.expired_at(crate::clock::unix_seconds()) { t.expired } else { t.expires };
            fill(template, &[("date", &date_time(exp))])
        });
        Some(view! {
            <div class="identity">
                <div>
                    {name.map(|name| view! { <p>{name}</p> })}
                    {expiry.map(|text| view! { <p class="dim small">{text}</p> })}
                </div>
                <button type="button" class="button" on:click=move |_| session.log_out()>
                    {t.log_out}
                </button>
            </div>
        })
    };
    view! { {lines} }
}

/// The dialog that asks for a token again, over whatever page is open.
#[component]
pub(crate) fn RenewalDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog open title=i18n.text(|t| t.connect().title) stays=true>
            <p>{i18n.tr(|t| t.connect().again)}</p>
            <TokenForm done=Callback::new(move |()| open.set(false)) />
        </Dialog>
    }
}
