//! The YAML of a service as it is rendered in the environment (H9), where the server has that call. The values of Secrets
//! in it are not shown.

use crate::api::{ErrorKind, services as calls};
use crate::components::copy::CopyButton;
use crate::components::error_notice::ErrorNotice;
use crate::components::skeleton::SkeletonRows;
use crate::domain::yaml::documents::hidden_secrets;
use crate::i18n::use_i18n;
use crate::parts::{self, once_loaded};
use crate::query::{Stage, use_query};
use crate::remote::Pace;
use crate::route::EnvironmentRef;
use leptos::prelude::*;

/// Shows the YAML.
#[component]
pub fn Yaml(at: StoredValue<EnvironmentRef>, name: StoredValue<String>) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query(
        move || Some((at.get_value(), name.get_value())),
        |client, (at, name)| async move {
            client.send(calls::rendered_yaml(at.family, &at.project, &at.key, &name)).await
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
            return view! { <p class="dim">{i18n.tr(|t| t.service().yaml_missing)}</p> }.into_any();
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
                let label = i18n.text(|t| t.service().the_yaml);
                view! {
                    <div class="toolbar">
                        <CopyButton text what=label />
                    </div>
                    {once_loaded(
                        parts::load_yaml_view,
                        || view! { <SkeletonRows rows=6 /> }.into_any(),
                        move || parts::yaml_view(text, label),
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
