//! The form that takes a token. It is used on the connect page and in the dialog that asks again after a 401.

use crate::api::{Token, TokenProblem};
use crate::i18n::use_i18n;
use crate::session::use_session;
use leptos::html;
use leptos::prelude::*;

/// Takes a token, checks that it can be one, and puts it to use.
#[component]
pub(crate) fn TokenForm(
    /// Called when a token is in use.
    #[prop(into)]
    done: Callback<()>,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let field = NodeRef::<html::Input>::new();
    let keep = RwSignal::new(session.keeps_token());
    let problem = RwSignal::new(None::<TokenProblem>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = field.get_untracked() else { return };
        match Token::new(&input.value()) {
            Ok(token) => {
                // The token must not stay in the page.
                input.set_value("");
                problem.set(None);
                session.set_token(token, keep.get_untracked());
                done.run(());
            }
            Err(found) => {
                problem.set(Some(found));
                let _ = input.focus();
            }
        }
    };
    let message = move || {
        let t = i18n.t().connect();
        problem.get().map(|problem| match problem {
            TokenProblem::Empty => t.token_empty,
            TokenProblem::InnerSpace | TokenProblem::Control | TokenProblem::NotAscii => t.token_illegal,
        })
    };
    view! {
        <form class="token-form" on:submit=submit novalidate>
            <div class="field">
                <label for="zadig-token">{i18n.tr(|t| t.connect().token)}</label>
                <input
                    node_ref=field
                    id="zadig-token"
                    class="input"
                    type="password"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="zadig-token-hint"
                    aria-invalid=move || problem.get().map(|_| "true")
                />
                <p id="zadig-token-hint" class=move || if problem.get().is_some() { "problem" } else { "hint" }>
                    {move || message().unwrap_or(i18n.t().connect().token_hint)}
                </p>
            </div>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=keep
                    on:change=move |event| keep.set(event_target_checked(&event))
                />
                <span>
                    {i18n.tr(|t| t.connect().keep)}
                    <span class="dim small">" · " {i18n.tr(|t| t.connect().keep_hint)}</span>
                </span>
            </label>
            <button type="submit" class="button primary">{i18n.tr(|t| t.connect().connect)}</button>
        </form>
    }
}
