//! What is known about an object besides its text.

use crate::api::envcfgs::{EnvConfig, EnvConfigSource};
use crate::clock::use_clock;
use crate::components::icon::{Icon, IconView};
use crate::domain::age::Age;
use crate::i18n::{Messages, date_time, fill, use_i18n};
use crate::route::{EnvironmentRef, Route};
use leptos::prelude::*;
use std::sync::Arc;

/// Age, updater, source, and what its kind has.
#[component]
pub(crate) fn Facts(at: StoredValue<EnvironmentRef>, config: Signal<Arc<EnvConfig>>) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let config = Memo::new(move |_| {
        let config = config.get();
        // Everything but the text, which is large and is not shown here.
        let mut object = config.object.clone();
        object.yaml_data = String::new();
        EnvConfig { object, facts: config.facts.clone() }
    });
    let created = move || {
        config.with(|config| config.created_time).map(|made| {
            let age = fill(i18n.t().common().ago, &[("age", &i18n.age(Age::between(made, clock.now())))]);
            view! {
                <div>
                    <dt>{i18n.t().configs().created}</dt>
                    <dd class="tabular" title=date_time(made)>{age}</dd>
                </div>
            }
        })
    };
    let rest = move || {
        let t = i18n.t();
        config.with(|config| {
            let fact = |name: &'static str, value: String| {
                let title = value.clone();
                (!value.is_empty())
                    .then(|| view! { <div><dt>{name}</dt><dd><span class="clip" title=title>{value}</span></dd></div> })
            };
            let own = config.facts.iter().map(|(id, value)| fact(word(t, id), value.clone())).collect_view();
            view! {
                {fact(t.configs().updated_by, config.update_by.clone().unwrap_or_default())}
                {own}
                {config.source.as_ref().map(|source| of_source(t, source).map(|(name, value)| fact(name, value)).collect_view())}
            }
        })
    };
    let services = move || {
        let services = config.with(|config| config.services.clone());
        let links = services.iter().map(|name| {
            let href = Route::service(at.get_value(), name.clone()).href();
            view! { <a href=href>{name.clone()}</a> " " }
        });
        let none = services.is_empty().then(|| i18n.t().configs().used_by_unknown);
        view! { <div><dt>{i18n.t().configs().used_by}</dt><dd>{links.collect_view()} {none}</dd></div> }
    };
    let imported = Memo::new(move |_| config.with(|config| config.source.is_some()));
    view! {
        <dl class="facts">{created} {rest} {services}</dl>
        <Show when=move || imported.get()>
            <div class="notice tone-warn" role="note">
                <IconView icon=Icon::Info />
                <p>{i18n.tr(|t| t.configs().from_git)}</p>
            </div>
        </Show>
    }
}

fn of_source(t: &Messages, source: &EnvConfigSource) -> impl Iterator<Item = (&'static str, String)> + use<> {
    let repository = source.repository.clone().unwrap_or_default();
    let name = match (repository.owner.is_empty(), repository.repo.is_empty()) {
        (false, false) => format!("{}/{}", repository.owner, repository.repo),
        _ => repository.repo,
    };
    let t = t.configs();
    [(t.repository, name), (t.branch, repository.branch), (t.file, source.load_path.clone())].into_iter()
}

/// The name of a fact; of one nobody knows, as the server calls it.
fn word(t: &Messages, id: &'static str) -> &'static str {
    let t = t.configs();
    match id {
        "host_info" => t.hosts,
        "address" => t.address,
        "ports" => t.ports,
        "error_reason" => t.error_reason,
        "status" => t.status,
        "volume" => t.volume,
        "access_modes" => t.access_modes,
        "storage_class" => t.storage_class,
        "capacity" => t.capacity,
        other => other,
    }
}
