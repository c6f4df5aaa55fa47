//! The command that sends a request to a sub-environment.

use super::sharing_state::SharingState;
use crate::components::code_input::CodeInput;
use crate::components::copy::CopyButton;
use crate::domain::sharing::routing_curl;
use crate::i18n::use_i18n;
use leptos::prelude::*;

/// How many environments are offered while a name is typed.
const OFFERED: usize = 100;

/// Two fields and the command.
#[component]
pub(super) fn RoutingCommand(
    sharing_state: SharingState,
    /// The address of a portal, as far as one was read.
    reached_by: RwSignal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    // What is typed stays; until then the fields follow what is known.
    let (typed_env, typed_address) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let candidates = Memo::new(move |_| sharing_state.candidates());
    let env = Memo::new(move |_| {
        let known = || candidates.with(|all| all.iter().find(|one| one.known).map(|one| one.key.clone()));
        typed_env.get().or_else(known).unwrap_or_default()
    });
    let address = Memo::new(move |_| typed_address.get().or_else(|| reached_by.get()).unwrap_or_default());
    let command = Memo::new(move |_| {
        let (env, address) = (env.get(), address.get());
        let both = !env.trim().is_empty() && !address.trim().is_empty();
        both.then(|| routing_curl(&address, &env))
    });
    let offered = move || {
        let keys =
            candidates.with(|all| all.iter().take(OFFERED).map(|one| one.key.clone()).collect::<Vec<_>>());
        keys.into_iter().map(|key| view! { <option value=key></option> }).collect_view()
    };
    let shown = move || match command.get() {
        Some(text) => view! {
            <div class="sharing-command">
                <pre><code>{text}</code></pre>
                <CopyButton
                    text=Signal::derive(move || command.get().unwrap_or_default())
                    what=i18n.text(|t| t.sharing().curl_command)
                />
            </div>
        }
        .into_any(),
        None => view! { <p class="dim">{i18n.t().sharing().curl_empty}</p> }.into_any(),
    };
    view! {
        <section class="card" aria-label=i18n.tr(|t| t.sharing().curl)>
            <h2>{i18n.tr(|t| t.sharing().curl)}</h2>
            <p class="dim small">{i18n.tr(|t| t.sharing().curl_hint)}</p>
            <div class="sharing-fields">
                <div class="field">
                    <label for="curl-env">{i18n.tr(|t| t.sharing().curl_env)}</label>
                    <CodeInput
                        id="curl-env"
                        list="curl-envs"
                        value=env
                        change=Callback::new(move |text| typed_env.set(Some(text)))
                    />
                    <datalist id="curl-envs">{offered}</datalist>
                </div>
                <div class="field">
                    <label for="curl-address">{i18n.tr(|t| t.sharing().curl_address)}</label>
                    <CodeInput
                        id="curl-address"
                        placeholder="http://host/path"
                        value=address
                        change=Callback::new(move |text| typed_address.set(Some(text)))
                    />
                </div>
            </div>
            {shown}
        </section>
    }
}
