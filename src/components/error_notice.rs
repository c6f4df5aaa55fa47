//! An error as the user meets it: what happened, what to do, what the server said (with its meaning where it is one of
//! Zadig's fixed Chinese titles), and the call behind a disclosure. It stays until the cause is gone.

use super::copy::CopyButton;
use super::icon::{Icon, IconView};
use crate::api::ApiError;
use crate::config::AuthMode;
use crate::i18n::{Explaining, Language, explain, fill, missing_permission, use_i18n};
use crate::session::use_session;
use leptos::prelude::*;
use std::sync::Arc;

/// Shows an error.
#[component]
pub(crate) fn ErrorNotice(
    /// What happened.
    #[prop(into)]
    error: Signal<Option<Arc<ApiError>>>,
    /// Said before everything else, where a page has more to say than the error.
    #[prop(optional, into)]
    lead: Option<Signal<String>>,
    /// Called by "Try again"; absent where that makes no sense.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let explaining = use_context::<Explaining>().map_or(explain as fn(&_, &_, _) -> _, |known| known.0);
    let by_proxy = use_session().config().auth == AuthMode::Proxy;
    // The same error again is not drawn again: it would be announced anew, and its open details would close.
    let error = Memo::new(move |_| error.get());
    move || {
        error.get().map(|error| {
            let language = i18n.language.get();
            let t = language.messages();
            let words = explaining(t, &error, by_proxy);
            let kind = error.kind.id();
            view! {
                <div class="notice tone-bad" role="alert" data-error=kind>
                    <IconView icon=Icon::Alert />
                    <div class="notice-body">
                        {lead.map(|lead| view! { <p>{lead}</p> })}
                        <p class="notice-title">{words.title}</p>
                        <p>{words.advice}</p>
                        {missing_permission(t, &error).map(|text| view! { <p>{text}</p> })}
                        {server_words(&error, language)}
                        <Facts error=error.clone() />
                        {retry
                            .map(|retry| {
                                view! {
                                    <div class="notice-actions">
                                        <button type="button" class="button" on:click=move |_| retry.run(())>
                                            {t.common().retry}
                                        </button>
                                    </div>
                                }
                            })}
                    </div>
                </div>
            }
        })
    }
}

/// The server's title and detail, verbatim, with the English meaning of the known Chinese ones.
fn server_words(error: &ApiError, language: Language) -> Option<impl IntoView + use<>> {
    let texts = language.messages().errors();
    let title = error.message.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let details = error.details();
    if title.is_none() && details.is_empty() {
        return None;
    }
    let meaning = (language == Language::English)
        .then(|| {
            let title = error.known_title().map(|title| title.english());
            let detail = error.known_detail().map(|detail| detail.english());
            [title, detail].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        })
        .filter(|text| !text.is_empty());
    let title = title.map(|title| title.trim_end_matches(':').to_owned());
    Some(view! {
        <div class="server">
            {title.map(|title| view! { <p>{texts.server_said} ": " {title}</p> })}
            {details.into_iter().map(|detail| view! { <p>{detail}</p> }).collect_view()}
            {meaning.map(|text| view! { <p class="dim">{fill(texts.meaning, &[("text", &text)])}</p> })}
        </div>
    })
}

/// The call and what came back, for whoever has to look into it.
#[component]
fn Facts(error: Arc<ApiError>) -> impl IntoView {
    let i18n = use_i18n();
    let call = format!("{} {}", error.call.method, error.call.path);
    let report = error.to_string();
    let row = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> })
    };
    let texts = i18n.t().errors();
    view! {
        <details>
            <summary>{i18n.t().common().details}</summary>
            <dl>
                {row(texts.call, Some(call))}
                {row(texts.status, error.status.map(|status| status.to_string()))}
                {row(texts.code, error.code.map(|code| code.to_string()))}
                {row(texts.excerpt, error.excerpt.clone())}
            </dl>
            <CopyButton text=Signal::stored(report) what=i18n.text(|t| t.errors().copy_report) />
        </details>
    }
}
