//! What a service is rendered to in the environment (H9), where the server has that call: its YAML, and the values of a Helm
//! service. The values of Secrets in it are not shown.

use crate::api::{ErrorKind, services as calls};
use crate::components::copy::CopyButton;
use crate::components::error_notice::ErrorNotice;
use crate::components::skeleton::SkeletonRows;
use crate::domain::yaml::documents::hidden_secrets;
use crate::i18n::use_i18n;
use crate::lazy::{self, lazy_view};
use crate::query::{Stage, use_query};
use crate::remote::Pace;
use crate::route::EnvironmentRef;
use leptos::prelude::*;

/// Shows the YAML, or with `values` a Helm service's values.
#[component]
pub(crate) fn Rendered(
    at: StoredValue<EnvironmentRef>,
    name: StoredValue<String>,
    values: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query(
        move || Some((at.get_value(), name.get_value())),
        move |client, (at, name)| async move {
            let call = if values { calls::rendered_values } else { calls::rendered_yaml };
            client.send(call(at.family, &at.project, &at.key, &name)).await
        },
        |_| Pace::Once,
    );
    let missing = Memo::new(move |_| {
        query
            .error()
            .is_some_and(|error| matches!(error.kind, ErrorKind::RouteMissing | ErrorKind::MethodNotAllowed))
    });
    let error = Signal::derive(move || query.error().filter(|_| !missing.get()));
    let (stage, latest) = (query.stage(), query.latest());
    let content = move || {
        if missing.get() {
            let text = move || {
                let t = i18n.t().service();
                if values { t.values_missing } else { t.yaml_missing }
            };
            return view! { <p class="dim">{text}</p> }.into_any();
        }
        if stage.get() == Stage::Waiting {
            return view! { <SkeletonRows rows=6 /> }.into_any();
        }
        match latest.get().0 {
            None => ().into_any(),
            Some(text) if text.trim().is_empty() => {
                view! { <p class="dim">{i18n.tr(|t| t.service().yaml_empty)}</p> }.into_any()
            }
            Some(text) => {
                let text = Signal::stored(hidden_secrets(&text));
                let label = Signal::derive(move || {
                    let t = i18n.t().service();
                    if values { t.the_values } else { t.the_yaml }.to_owned()
                });
                view! {
                    <div class="toolbar">
                        <CopyButton text what=label />
                    </div>
                    {lazy_view(
                        lazy::load_yaml_view,
                        || view! { <SkeletonRows rows=6 /> }.into_any(),
                        move || lazy::yaml_view(text, label),
                    )}
                }
                .into_any()
            }
        }
    };
    view! {
        <ErrorNotice error retry=Callback::new(move |()| query.refresh()) />
        {content}
    }
}
