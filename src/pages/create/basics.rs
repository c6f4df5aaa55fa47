//! Name and places.

use super::form::{Form, Said};
use crate::api::environments::EnvironmentSummary;
use crate::api::system::{Cluster, ClusterStatus};
use crate::api::{Availability, Family, Feature};
use crate::components::code_input::CodeInput;
use crate::components::pick::{Choice, Pick, marked, registries};
use crate::domain::create::{Draft, Field};
use crate::domain::environments::natural;
use crate::i18n::{Messages, use_i18n};
use crate::query::{Query, Stage};
use crate::route::{CreateLink, Route};
use crate::session::use_session;
use leptos::prelude::*;

/// The first step.
#[component]
pub(crate) fn Basics(form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let production = form.family.is_production();
    let project = form.link.with_value(|link| link.project.clone());
    let name = Signal::derive(move || form.draft.with(|draft| draft.name.clone()));
    let namespace = Signal::derive(move || form.draft.with(|draft| draft.namespace(&project)));
    let own_namespace = Memo::new(move |_| form.draft.with(|draft| draft.namespace.is_some()));
    let cluster_choices = Signal::derive(move || choices(form.clusters, |list| clusters(list, i18n.t())));
    let registry_choices =
        Signal::derive(move || choices(form.registries, |list| registries(list, i18n.t())));
    view! {
        <div class="create-fields">
            <div class="field">
                <label for="create-name">{i18n.tr(|t| t.create().name)}</label>
                <Line form field=Field::Name id="create-name" value=name set=|draft, text| draft.name = text />
                <p class="hint">{i18n.tr(|t| t.create().name_hint)}</p>
            </div>
            {production
                .then(|| {
                    view! {
                        <div class="field">
                            <label for="create-alias">{i18n.tr(|t| t.create().alias)}</label>
                            <input
                                id="create-alias"
                                class="input"
                                autocomplete="off"
                                prop:value=move || form.draft.with(|draft| draft.alias.clone())
                                on:input=move |event| form.draft.update(|draft| draft.alias = event_target_value(&event))
                            />
                            <p class="hint">{i18n.tr(|t| t.create().alias_hint)}</p>
                        </div>
                    }
                })}
            <Place
                form
                field=Field::Cluster
                id="create-cluster"
                label=Signal::derive(move || i18n.t().create().cluster)
                choices=cluster_choices
                waiting=awaited(form.clusters)
                refused=Signal::derive(move || i18n.t().create().clusters_refused)
                get=|draft| draft.cluster.clone()
                set=|draft, id| draft.cluster = id
            />
            <Place
                form
                field=Field::Registry
                id="create-registry"
                label=Signal::derive(move || i18n.t().create().registry)
                choices=registry_choices
                waiting=awaited(form.registries)
                refused=Signal::derive(move || i18n.t().create().registries_refused)
                get=|draft| draft.registry.clone()
                set=|draft, id| draft.registry = id
            />
            <div class="field">
                <label for="create-namespace">{i18n.tr(|t| t.create().namespace)}</label>
                <Line
                    form
                    field=Field::Namespace
                    id="create-namespace"
                    value=namespace
                    set=|draft, text| draft.namespace = Some(text)
                />
                <p class="hint">
                    {i18n.tr(|t| t.create().namespace_hint)}
                    <Show when=move || own_namespace.get()>
                        <button
                            type="button"
                            class="create-inline"
                            on:click=move |_| form.draft.update(|draft| draft.namespace = None)
                        >
                            {i18n.tr(|t| t.create().namespace_reset)}
                        </button>
                    </Show>
                </p>
            </div>
            {if production {
                view! { <p class="dim">{i18n.tr(|t| t.create().services_later)}</p> }.into_any()
            } else {
                view! { <Base form /> }.into_any()
            }}
            <Instead form />
        </div>
    }
}

/// The way to the other family; a clone has none.
#[component]
fn Instead(form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let other = if form.family.is_production() { Family::Test } else { Family::Production };
    let link =
        form.link.with_value(|link| link.from.is_none().then(|| CreateLink::new(&link.project, other)));
    link.map(|link| {
        let text = move || {
            let t = i18n.t().create();
            if other.is_production() { t.instead_production } else { t.instead_test }
        };
        view! { <p class="small"><a href=Route::Create(link).href()>{text}</a></p> }
    })
}

/// Whether something about a field keeps the environment from being made. An empty field that was not reached yet is
/// said to be needed by its words, not by a red frame.
fn is_wrong(form: Form, field: &Field) -> bool {
    use crate::domain::create::Issue;
    form.said(field).is_some_and(|found| !found.issue.is_warning() && found.issue != Issue::Missing)
}

/// A field of one line for a text of the draft, and what there is to say about it.
#[component]
fn Line(
    form: Form,
    field: Field,
    id: &'static str,
    value: Signal<String>,
    set: fn(&mut Draft, String),
) -> impl IntoView {
    let shown = field.clone();
    view! {
        <CodeInput
            id
            value
            change=Callback::new(move |text| form.draft.update(|draft| set(draft, text)))
            invalid=Signal::derive(move || is_wrong(form, &field))
            described_by=format!("{id}-said")
        />
        <Said form field=shown id=format!("{id}-said") />
    }
}

/// A choice of a place.
#[component]
fn Place(
    form: Form,
    field: Field,
    id: &'static str,
    #[prop(into)] label: Signal<&'static str>,
    choices: Signal<Option<Vec<Choice>>>,
    waiting: Signal<bool>,
    refused: Signal<&'static str>,
    get: fn(&Draft) -> String,
    set: fn(&mut Draft, String),
) -> impl IntoView {
    let shown = field.clone();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <Pick
                id
                choices
                waiting
                value=Signal::derive(move || form.draft.with(get))
                change=Callback::new(move |chosen| form.draft.update(|draft| set(draft, chosen)))
                refused
                invalid=Signal::derive(move || is_wrong(form, &field))
            />
            <Said form field=shown id=format!("{id}-said") />
        </div>
    }
}

fn awaited<T: PartialEq + Send + Sync + 'static>(query: Query<T>) -> Signal<bool> {
    let stage = query.stage();
    Signal::derive(move || stage.get() == Stage::Waiting)
}

/// The entries of a list; none where it was refused.
fn choices<T: Send + Sync + 'static>(
    query: Query<Vec<T>>,
    entries: impl Fn(&[T]) -> Vec<Choice>,
) -> Option<Vec<Choice>> {
    query.value().map(|list| entries(&list))
}

fn clusters(list: &[Cluster], t: &Messages) -> Vec<Choice> {
    let entry = |one: &Cluster| {
        let name = if one.name.is_empty() { &one.id } else { &one.name };
        let marks = [
            one.production.then_some(t.create().cluster_production),
            (one.status != ClusterStatus::Normal).then_some(t.create().cluster_lost),
        ];
        (one.id.clone(), marked(name, marks))
    };
    let mut all: Vec<Choice> = list.iter().map(entry).collect();
    all.sort_by(|a, b| natural(&a.1, &b.1));
    all
}

/// The base of a sub-environment; absent where the server would ignore it.
#[component]
fn Base(form: Form) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let has = Memo::new(move |_| session.features.with(|features| features.has(Feature::SubEnvironment)));
    let bases = move || {
        let all = form.environments.value();
        let is_test = |one: &&EnvironmentSummary| one.family() == Family::Test;
        let mut keys: Vec<String> =
            all.iter().flat_map(|all| all.iter()).filter(is_test).map(|one| one.key.clone()).collect();
        keys.sort_by(|a, b| natural(a, b));
        keys.into_iter()
            .map(|key| {
                let (is, text) = (key.clone(), key.clone());
                view! {
                    <option value=key prop:selected=move || form.draft.with(|draft| draft.base == is)>{text}</option>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || has.get() != Availability::No>
            <div class="field">
                <label for="create-base">{i18n.tr(|t| t.create().base)}</label>
                <select
                    id="create-base"
                    class="select"
                    aria-describedby="create-base-said"
                    on:change=move |event| form.draft.update(|draft| draft.base = event_target_value(&event))
                >
                    <option value="" prop:selected=move || form.draft.with(|draft| draft.base.is_empty())>
                        {i18n.tr(|t| t.create().base_none)}
                    </option>
                    {bases}
                </select>
                <Said form field=Field::Base id="create-base-said".to_owned() />
                <p class="hint">
                    {move || {
                        let t = i18n.t().create();
                        if has.get() == Availability::Unknown { t.base_unknown } else { t.base_hint }
                    }}
                </p>
            </div>
        </Show>
    }
}
