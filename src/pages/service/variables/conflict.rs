//! What somebody else changed of the service since the edits began, and the ways on. Nothing was sent.

use super::draft::Draft;
use crate::api::VariableValue;
use crate::clock::use_clock;
use crate::components::diff::TextDiff;
use crate::components::icon::{Icon, IconView};
use crate::domain::age::Age;
use crate::domain::service_variables::{Conflict, Row, VariableConflict};
use crate::domain::yaml::documents::compared_documents;
use crate::i18n::{I18n, fill, use_i18n};
use leptos::prelude::*;

/// The conflict, while there is one.
#[component]
pub(super) fn ConflictNotice(draft: Draft) -> impl IntoView {
    move || draft.conflict.get().map(|(conflict, _)| view! { <Notice draft conflict /> })
}

#[component]
fn Notice(draft: Draft, conflict: Conflict) -> impl IntoView {
    let i18n = use_i18n();
    let details = match conflict {
        Conflict::Variables(list) => {
            view! { <ul class="hits">{list.into_iter().map(|one| view! { <Line one /> }).collect_view()}</ul> }
                .into_any()
        }
        Conflict::Rendered { base, now } => {
            let (old, new) = compared_documents(&base, &now);
            view! { <TextDiff old new /> }.into_any()
        }
        Conflict::Environment { at, by } => view! { <Updated at by /> }.into_any(),
    };
    view! {
        <section class="conflict" role="alert" aria-label=i18n.tr(|t| t.configs().changed)>
            <div class="notice tone-warn">
                <IconView icon=Icon::Alert />
                <div class="notice-body">
                    <p class="notice-title">{i18n.tr(|t| t.configs().changed)}</p>
                    <p>{i18n.tr(|t| t.service_variables().conflict)}</p>
                </div>
            </div>
            {details}
            <div class="conflict-actions">
                <button type="button" class="button" on:click=move |_| draft.keep()>
                    {i18n.tr(|t| t.service_variables().keep_mine)}
                </button>
                <button type="button" class="button" on:click=move |_| draft.discard()>
                    {i18n.tr(|t| t.service_variables().discard_mine)}
                </button>
            </div>
        </section>
    }
}

/// An update of the environment that may or may not have touched the service.
#[component]
fn Updated(at: i64, by: String) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let text = move || {
        let t = i18n.t();
        let age = i18n.age(Age::between(at, clock.now()));
        let who = if by.is_empty() { t.configs().somebody } else { by.as_str() };
        fill(t.service_variables().environment_updated, &[("who", who), ("age", &age)])
    };
    view! { <p>{text}</p> }
}

/// One variable: as it was, and as it is.
#[component]
fn Line(one: VariableConflict) -> impl IntoView {
    let i18n = use_i18n();
    let key = one.key.clone();
    view! {
        <li data-conflict=key>
            <code>{one.key.clone()}</code>
            ": "
            {move || state(i18n, one.base.as_ref())}
            " → "
            {move || state(i18n, one.now.as_ref())}
        </li>
    }
}

/// A variable in words.
fn state(i18n: I18n, row: Option<&Row>) -> String {
    let t = i18n.t();
    let Some(row) = row else { return t.ops().not_there.to_owned() };
    match row.in_use() {
        Some(value) => fill(t.service_variables().follows_value, &[("value", &value.to_text())]),
        None => {
            fill(t.service_variables().own_value, &[("value", &VariableValue::to_text(&row.variable.value))])
        }
    }
}
