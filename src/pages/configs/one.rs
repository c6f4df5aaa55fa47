//! One object: read, kept fresh, and gone when it is gone.

use super::object::Object;
use crate::api::ErrorKind;
use crate::api::envcfgs::{self as calls, EnvConfig, EnvConfigKind};
use crate::components::empty::Empty;
use crate::components::error_notice::ErrorNotice;
use crate::components::icon::Icon;
use crate::components::keys::{Shortcut, use_keys};
use crate::components::skeleton::SkeletonRows;
use crate::i18n::use_i18n;
use crate::query::{Stage, use_query};
use crate::remote::Pace;
use crate::route::{ConfigFace, ConfigView, EnvironmentRef, Route};
use leptos::prelude::*;
use std::sync::Arc;

/// An object by kind and name.
#[component]
pub(crate) fn One(
    at: StoredValue<EnvironmentRef>,
    kind: EnvConfigKind,
    name: String,
    face: Memo<ConfigFace>,
) -> impl IntoView {
    let kind = StoredValue::new(kind);
    let name = StoredValue::new(name);
    let query = use_query(
        move || Some((at.get_value(), kind.get_value(), name.get_value())),
        |client, (at, kind, name)| async move {
            client.send(calls::get(at.family, &at.project, &at.key, &kind, &name)).await
        },
        |_| Pace::Idle,
    );
    use_keys().on(Shortcut::Refresh, move || query.refresh());
    let (stage, latest) = (query.stage(), query.latest());
    let missing = Memo::new(move |_| query.error().is_some_and(|error| error.kind == ErrorKind::NotFound));
    let never_there = Memo::new(move |_| missing.get() && stage.get() == Stage::Failed);
    let content = move || {
        if never_there.get() {
            return view! { <Gone at /> }.into_any();
        }
        match stage.get() {
            Stage::Waiting => view! { <SkeletonRows rows=8 /> }.into_any(),
            Stage::Failed => ().into_any(),
            Stage::There => match latest.get_untracked().0 {
                Some(first) => {
                    let config = Signal::derive(move || {
                        latest.get().0.unwrap_or_else(|| Arc::new(EnvConfig::default()))
                    });
                    view! { <Object at first config missing face query /> }.into_any()
                }
                None => ().into_any(),
            },
        }
    };
    view! {
        <Show when=move || !missing.get()>
            <ErrorNotice
                error=Signal::derive(move || query.error())
                retry=Callback::new(move |()| query.refresh())
            />
        </Show>
        {content}
    }
}

/// What there is to say about an object that is not there.
#[component]
pub(crate) fn Gone(at: StoredValue<EnvironmentRef>) -> impl IntoView {
    let i18n = use_i18n();
    let href = Route::Configs { at: at.get_value(), view: ConfigView::default() }.href();
    view! {
        <Empty
            icon=Icon::Question
            title=i18n.text(|t| t.configs().gone)
            hint=i18n.text(|t| t.configs().gone_hint)
        >
            <a class="button" href=href>{i18n.tr(|t| t.configs().all)}</a>
        </Empty>
    }
}
