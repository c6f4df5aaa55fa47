//! The sub-environments of a base and the base of a sub-environment, as far as they are known.

use super::sharing_state::SharingState;
use crate::api::{Availability, Feature};
use crate::domain::sharing::{Candidate, HEADER};
use crate::i18n::{fill, use_i18n};
use crate::ops::history;
use crate::route::{EnvironmentRef, Route};
use leptos::prelude::*;

/// The relations of the environment to others.
#[component]
pub(super) fn SubEnvironments(sharing_state: SharingState) -> impl IntoView {
    let base =
        Memo::new(move |_| sharing_state.at.with_value(|at| history::base_of(&sharing_state.ops.list(), at)));
    view! {
        {move || base.get().map(|base| view! { <BaseOf sharing_state base /> })}
        <Show when=move || sharing_state.standing.get().is_base()>
            <Subs sharing_state />
        </Show>
    }
}

fn link(sharing_state: SharingState, key: &str) -> String {
    let at = sharing_state.at.with_value(|at| EnvironmentRef { key: key.to_owned(), ..at.clone() });
    Route::environment(at).href()
}

#[component]
fn BaseOf(sharing_state: SharingState, base: String) -> impl IntoView {
    let i18n = use_i18n();
    let at = sharing_state.at.with_value(|at| EnvironmentRef { key: base.clone(), ..at.clone() });
    let href = Route::sharing(at, None).href();
    let hint = move || {
        let values =
            [("header", HEADER.to_owned()), ("env", sharing_state.at.with_value(|at| at.key.clone()))];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fill(i18n.t().sharing().base_hint, &values)
    };
    view! {
        <section class="card" data-base=base.clone()>
            <p>{i18n.tr(|t| t.sharing().base)} " " <a href=href>{base.clone()}</a></p>
            <p class="dim small">{hint}</p>
        </section>
    }
}

#[component]
fn Subs(sharing_state: SharingState) -> impl IntoView {
    let i18n = use_i18n();
    let all = Memo::new(move |_| sharing_state.candidates());
    let pick = move |known: bool| {
        all.with(|all| all.iter().filter(|one| one.known == known).cloned().collect::<Vec<Candidate>>())
    };
    let known = Memo::new(move |_| pick(true));
    let others = Memo::new(move |_| pick(false));
    let list = move |candidates: Vec<Candidate>| {
        candidates
            .into_iter()
            .map(|one| {
                let href = link(sharing_state, &one.key);
                view! { <li data-sub=one.key.clone()><a class="clip" href=href>{one.key.clone()}</a></li> }
            })
            .collect_view()
    };
    let old =
        Memo::new(move |_| sharing_state.ops.features().has(Feature::SubEnvironment) == Availability::No);
    let title = move || {
        let base = sharing_state.at.with_value(|at| at.key.clone());
        fill(i18n.t().sharing().subs_known, &[("base", &base)])
    };
    view! {
        <section class="card" aria-label=i18n.tr(|t| t.sharing().subs)>
            <h2>{i18n.tr(|t| t.sharing().subs)}</h2>
            <Show
                when=move || known.with(|known| !known.is_empty())
                fallback=move || view! { <p class="dim">{i18n.tr(|t| t.sharing().subs_none)}</p> }
            >
                <ul class="sharing-subs" aria-label=title>{move || list(known.get())}</ul>
            </Show>
            <p class="dim small">{i18n.tr(|t| t.sharing().subs_hint)}</p>
            <Show when=move || others.with(|others| !others.is_empty())>
                <details>
                    <summary>
                        {move || {
                            let n = i18n.number(others.with(Vec::len));
                            fill(i18n.t().sharing().subs_maybe, &[("n", &n)])
                        }}
                    </summary>
                    <ul class="sharing-subs maybe">{move || list(others.get())}</ul>
                </details>
            </Show>
            <Show when=move || old.get()>
                <p class="dim small">{i18n.tr(|t| t.sharing().subs_old)}</p>
            </Show>
        </section>
    }
}
