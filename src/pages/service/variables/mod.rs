//! A service's variables: typed editors, the binding to the environment's global variables, and the review.
//!
//! The API tells the template's defaults and the bindings, never the values in use, so a field is empty until it is
//! edited, and only what was edited is sent ([`crate::domain::service_variables`], contract 6.4). "Update" reads the
//! environment again and asks where somebody else changed the service since the first edit.

mod conflict;
mod draft;
mod field;

use self::conflict::ConflictNotice;
use self::draft::Draft;
use self::field::Field;
use crate::api::environments::{self, Environment};
use crate::api::{Availability, Feature};
use crate::components::error_notice::ErrorNotice;
use crate::components::guard::guard_edits;
use crate::components::ops::{ProblemLine, RefusalLine, use_refusal};
use crate::components::skeleton::SkeletonRows;
use crate::domain::service_variables::rows;
use crate::i18n::use_i18n;
use crate::nav::use_nav;
use crate::ops::Kind;
use crate::query::{Latest, Stage, use_query};
use crate::remote::Pace;
use crate::route::{EnvironmentRef, Panel, Route};
use crate::session::use_session;
use leptos::prelude::*;

/// The editor of a service's variables.
#[component]
pub(crate) fn Variables(at: StoredValue<EnvironmentRef>, name: StoredValue<String>) -> impl IntoView {
    let query = use_query(
        move || Some(at.get_value()),
        |client, at| async move { client.send(environments::get(at.family, &at.project, &at.key)).await },
        |_| Pace::Idle,
    );
    let stage = query.stage();
    let latest = query.latest();
    let content = move || match stage.get() {
        Stage::Waiting => view! { <SkeletonRows rows=4 /> }.into_any(),
        Stage::Failed => ().into_any(),
        Stage::There => view! { <Editor at name environment=latest /> }.into_any(),
    };
    view! {
        <ErrorNotice
            error=Signal::derive(move || query.error())
            retry=Callback::new(move |()| query.refresh())
        />
        <Hint />
        {content}
    }
}

/// What the fields can and cannot show, and where the values in use can be read.
#[component]
fn Hint() -> impl IntoView {
    let (i18n, nav, session) = (use_i18n(), use_nav(), use_session());
    let rendered = Memo::new(move |_| session.features.get().has(Feature::RenderedYaml) != Availability::No);
    let link = move || match nav.route.get() {
        Route::Environment { at, tab, view, service: Some(mut service) } if rendered.get() => {
            service.panel = Panel::Yaml;
            let href = Route::Environment { at, tab, view, service: Some(service) }.href();
            Some(view! { <a href=href>{i18n.tr(|t| t.service_variables().see_rendered)}</a> })
        }
        _ => None,
    };
    view! {
        <p class="dim small">{i18n.tr(|t| t.service_variables().hint)} " " {link}</p>
    }
}

#[component]
fn Editor(
    at: StoredValue<EnvironmentRef>,
    name: StoredValue<String>,
    environment: Memo<Latest<Environment>>,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let refusal = use_refusal(Kind::UpdateServices);
    let draft = Draft::start(at, name, environment);
    guard_edits(draft.unsaved(), move |route| super::shows(route, at, name, Panel::Variables));
    let all = Memo::new(move |_| {
        environment.with(|latest| {
            latest.0.as_ref().map(|one| name.with_value(|name| rows(one, name))).unwrap_or_default()
        })
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        draft.review();
    };
    let empty = Memo::new(move |_| all.with(Vec::is_empty));
    let blocked = move || refusal.with(Option::is_some) || draft.fresh.reading.get();
    view! {
        <Show when=move || empty.get()>
            <p class="dim">{i18n.tr(|t| t.ops().no_variables)}</p>
        </Show>
        <form class="block" on:submit=submit novalidate>
            <For
                each=move || all.get()
                key=|row| row.variable.key.clone()
                children=move |row| {
                    let key = StoredValue::new(row.variable.key.clone());
                    let now = Memo::new(move |_| {
                        all.with(|all| all.iter().find(|one| key.with_value(|key| one.variable.key == *key)).cloned())
                    });
                    view! { <Field row now draft /> }
                }
            />
            <ConflictNotice draft />
            <ProblemLine problem=draft.problem />
            <ErrorNotice error=draft.fresh.error retry=Callback::new(move |()| draft.review()) />
            <Show when=move || !session.is_read_only()>
                <div>
                    // Without an edit it still brings the service to its newest template, which the review says.
                    <button type="submit" class="button" disabled=blocked title=refusal>
                        {i18n.tr(|t| t.ops().update_services)} " …"
                    </button>
                    <RefusalLine why=refusal />
                </div>
            </Show>
        </form>
    }
}
