//! The form's state: the draft, what the project offers, and what is wrong between the two.

use super::keep;
use super::words;
use crate::api::environments::{self, Environment, EnvironmentSummary};
use crate::api::projects::{self, ProjectVariables};
use crate::api::services::{self, ServiceTemplate, ServiceTemplateSummary};
use crate::api::system::{self, Cluster, Registry};
use crate::api::{Family, Variable};
use crate::components::error_notice::ErrorNotice;
use crate::components::icon::{Icon, IconView};
use crate::domain::create::{
    Draft, Field, Found, Issue, Objects, Surroundings, check, clone_of, default_cluster, default_registry,
};
use crate::i18n::{fill, use_i18n};
use crate::query::{Latest, Query, use_query};
use crate::remote::Pace;
use crate::route::CreateLink;
use crate::session::{Session, use_session};
use futures_util::{StreamExt, stream};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Templates read at once.
const AT_ONCE: usize = 4;

/// A template in full, as far as it was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Template {
    /// On its way.
    Reading,
    /// There.
    There(Arc<ServiceTemplate>),
    /// It could not be read.
    Failed,
}

/// The state of the form; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    /// Where the environment is made.
    pub link: StoredValue<CreateLink>,
    /// Test or production.
    pub family: Family,
    /// What was decided.
    pub draft: RwSignal<Draft>,
    /// The project's environments of both families.
    pub environments: Query<Vec<EnvironmentSummary>>,
    /// H4.
    pub clusters: Query<Vec<Cluster>>,
    /// H5.
    pub registries: Query<Vec<Registry>>,
    /// H3.
    pub definitions: Query<ProjectVariables>,
    /// H7.
    pub templates: Query<Vec<ServiceTemplateSummary>>,
    /// The environment to clone.
    pub source: Query<Environment>,
    /// H8 of the chosen services.
    pub details: RwSignal<BTreeMap<String, Template>>,
    /// What was found in the config objects.
    pub objects: Memo<Objects>,
    /// Everything there is to say about the draft.
    pub found: Memo<Vec<Found>>,
    /// Whether the draft was taken up from an earlier visit of this tab.
    pub restored: RwSignal<bool>,
    /// What the clone gave; a draft that says no more is not kept, so that the next visit reads the environment again.
    given: StoredValue<Option<Draft>>,
    /// What could not be taken from the environment to clone.
    pub left: RwSignal<(Vec<String>, Vec<String>)>,
    /// Whether the user went on from a step: only then empty fields are blamed.
    pub went_on: RwSignal<bool>,
    session: Session,
}

impl Form {
    /// Reads what there is and takes the kept draft up.
    pub(crate) fn start(link: StoredValue<CreateLink>) -> Self {
        let session = use_session();
        let family = link.with_value(|link| link.family);
        let base = session.config().api_base;
        let kept = link.with_value(|link| keep::load(&base, link));
        let restored = RwSignal::new(kept.is_some());
        let draft = RwSignal::new(kept.unwrap_or_default());
        let project = move || Some(link.with_value(|link| link.project.clone()));
        let for_test = move || project().filter(|_| family == Family::Test);
        let from = move || link.with_value(|link| Some((link.project.clone(), link.from.clone()?)));
        let environments = use_query(
            project,
            |client, project| async move {
                let test = client.send(environments::list(Family::Test, &project)).await?;
                // Without a licence for production the names of test environments are still worth knowing.
                let production = client.send(environments::list(Family::Production, &project)).await;
                Ok([test, production.unwrap_or_default()].concat())
            },
            |_| Pace::Idle,
        );
        let clusters = use_query(
            || Some(()),
            |client, ()| async move { client.send(system::clusters()).await },
            |_| Pace::Once,
        );
        let registries = use_query(
            || Some(()),
            |client, ()| async move { client.send(system::registries()).await },
            |_| Pace::Once,
        );
        let definitions = use_query(
            for_test,
            |client, project| async move { client.send(projects::variables(&project)).await },
            |_| Pace::Once,
        );
        let templates = use_query(
            for_test,
            |client, project| async move { client.send(services::templates(Family::Test, &project)).await },
            |_| Pace::Once,
        );
        let source = use_query(
            from,
            |client, (project, key)| async move {
                client.send(environments::get(Family::Test, &project, &key)).await
            },
            |_| Pace::Once,
        );
        let (around, defined) = (environments.latest(), definitions.latest());
        let objects = Memo::new(move |before: Option<&Objects>| {
            draft.with(|draft| Objects::read(&draft.configs, before))
        });
        let found = Memo::new(move |_| {
            let (around, defined) = (around.get().0, defined.get().0);
            let project = link.with_value(|link| link.project.clone());
            let environments = around.as_deref().map(Vec::as_slice).unwrap_or_default();
            let definitions = defined.as_deref().map(|one| one.test.as_slice());
            objects.with(|objects| {
                let around = Surroundings { project: &project, family, environments, definitions, objects };
                draft.with(|draft| check(draft, around))
            })
        });
        let form = Self {
            link,
            family,
            draft,
            environments,
            clusters,
            registries,
            definitions,
            templates,
            source,
            details: RwSignal::new(BTreeMap::new()),
            objects,
            found,
            restored,
            given: StoredValue::new(None),
            left: RwSignal::default(),
            went_on: RwSignal::new(false),
            session,
        };
        form.keep_going(base);
        form
    }

    fn keep_going(self, base: String) {
        let form = self;
        crate::effect::effect(move || {
            form.draft.with(|draft| {
                let given = form
                    .given
                    .with_value(|given| given.as_ref().is_some_and(|given| draft.says_no_more(given)));
                let kept = if given { &Draft::default() } else { draft };
                form.link.with_value(|link| keep::save(&base, link, kept));
            });
        });
        let (clusters, registries) = (form.clusters.latest(), form.registries.latest());
        crate::effect::effect(move || {
            // Read, not only tracked: a memo that nobody reads never looks.
            let _ = (clusters.get(), registries.get());
            untrack(|| form.suggest_places());
        });
        let (source, defined, templates) =
            (form.source.latest(), form.definitions.latest(), form.templates.latest());
        crate::effect::effect(move || {
            let (Some(source), Some(defined), Some(templates)) =
                (source.get().0, defined.get().0, templates.get().0)
            else {
                return;
            };
            let taken = clone_of(&source, &defined.test, &templates);
            form.left.set((taken.undefined, taken.without_template));
            form.draft.maybe_update(|draft| {
                let first = !draft.prefilled;
                if first {
                    form.given.set_value(Some(taken.draft.clone()));
                    let name = std::mem::take(&mut draft.name);
                    *draft = Draft { name, ..taken.draft };
                }
                first
            });
        });
        let chosen =
            Memo::new(move |_| form.draft.with(|draft| draft.services.keys().cloned().collect::<Vec<_>>()));
        crate::effect::effect(move || {
            let missing = chosen.with(|chosen| {
                form.details.with_untracked(|details| {
                    chosen.iter().filter(|name| !details.contains_key(*name)).cloned().collect::<Vec<_>>()
                })
            });
            form.read_templates(missing);
        });
    }

    /// Reads templates in full, a few at a time.
    pub(crate) fn read_templates(self, names: Vec<String>) {
        let Some(client) = self.session.client().filter(|_| !names.is_empty()) else { return };
        let project = self.link.with_value(|link| link.project.clone());
        self.details.update(|details| {
            details.extend(names.iter().map(|name| (name.clone(), Template::Reading)));
        });
        leptos::task::spawn_local(async move {
            let read = stream::iter(names).map(|name| {
                let (client, project) = (client.clone(), project.clone());
                async move {
                    let read = client.send(services::template(Family::Test, &project, &name)).await;
                    (name, read.map_or(Template::Failed, |one| Template::There(Arc::new(one))))
                }
            });
            let mut read = read.buffer_unordered(AT_ONCE);
            while let Some((name, template)) = read.next().await {
                if self.details.try_update(|details| details.insert(name, template)).is_none() {
                    return;
                }
            }
        });
    }

    /// Forgets everything that was decided.
    pub(crate) fn discard(self) {
        let anew = untrack(|| {
            // A clone begins anew as one.
            match (self.source.value(), self.definitions.value(), self.templates.value()) {
                (Some(source), Some(defined), Some(templates)) => {
                    clone_of(&source, &defined.test, &templates).draft
                }
                _ => Draft::default(),
            }
        });
        self.given.set_value(anew.prefilled.then(|| anew.clone()));
        self.restored.set(false);
        self.draft.set(anew);
        self.suggest_places();
    }

    /// Fills in the places that speak for themselves; what is there already was chosen.
    fn suggest_places(self) {
        let cluster = self.clusters.value().and_then(|all| default_cluster(&all, self.family));
        let registry = self.registries.value().and_then(|all| default_registry(&all));
        let fill = |place: &mut String, suggestion: Option<String>| match suggestion {
            Some(suggestion) if place.is_empty() => {
                *place = suggestion;
                true
            }
            _ => false,
        };
        self.draft.maybe_update(|draft| {
            let cluster = fill(&mut draft.cluster, cluster);
            fill(&mut draft.registry, registry) || cluster
        });
    }

    /// Forgets the kept draft, once its environment is there; what is shown stays.
    pub(crate) fn forget(self) {
        let base = self.session.config().api_base;
        self.link.with_value(|link| keep::save(&base, link, &Draft::default()));
    }

    /// What there is to say about a field; a reactive read.
    pub(crate) fn said(self, field: &Field) -> Option<Found> {
        self.found.with(|found| found.iter().find(|one| one.field == *field).cloned())
    }

    /// Whether a service's template has a variable, as far as it was read; a reactive read.
    pub(crate) fn has_variable(self, service: &str, key: &str) -> bool {
        self.details.with(|details| match details.get(service) {
            Some(Template::There(template)) => template.variables.iter().any(|one| one.key == key),
            _ => false,
        })
    }

    /// The project's global variables; a reactive read.
    pub(crate) fn defined(self) -> Vec<Variable> {
        self.definitions.value().map(|one| one.test.clone()).unwrap_or_default()
    }
}

/// What is wrong with a field, or to be known about it, under it.
#[component]
pub(crate) fn Said(form: Form, field: Field, id: String) -> impl IntoView {
    let i18n = use_i18n();
    let said = Memo::new(move |_| {
        form.said(&field).filter(|found| found.issue != Issue::Missing || form.went_on.get())
    });
    move || {
        said.get().map(|found| {
            let text = words::issue(i18n.t(), &found.issue);
            let class = if found.issue.is_warning() { "create-warning" } else { "problem" };
            view! { <p id=id.clone() class=class>{text}</p> }
        })
    }
}

/// Says that what is shown was typed before, and offers to begin anew.
#[component]
pub(crate) fn RestoredNotice(form: Form) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Show when=move || form.restored.get()>
            <div class="notice tone-busy" role="note">
                <IconView icon=Icon::Info />
                <div class="notice-body">
                    <p>{i18n.tr(|t| t.create().restored)}</p>
                    <div class="notice-actions">
                        <button type="button" class="button" on:click=move |_| form.discard()>
                            {i18n.tr(|t| t.create().begin_anew)}
                        </button>
                    </div>
                </div>
            </div>
        </Show>
    }
}

/// What was taken from the environment to clone, and what was not.
#[component]
pub(crate) fn SourceNotice(form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let from = form.link.with_value(|link| link.from.clone());
    let stage = form.source.stage();
    let latest: Memo<Latest<Environment>> = form.source.latest();
    let left = move || {
        let (variables, services) = form.left.get();
        let t = i18n.t().create();
        [(t.left_variables, variables), (t.left_services, services)]
            .into_iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(text, names)| view! { <p>{fill(text, &[("names", &names.join(", "))])}</p> })
            .collect_view()
    };
    from.map(|from| {
        let text = move || {
            let t = i18n.t().create();
            let template = if latest.get().0.is_some() { t.cloned } else { t.cloning };
            fill(template, &[("name", &from)])
        };
        view! {
            <ErrorNotice
                error=Signal::derive(move || form.source.error())
                retry=Callback::new(move |()| form.source.refresh())
            />
            <Show when=move || stage.get() != crate::query::Stage::Failed>
                <div class="notice tone-busy" role="note">
                    <IconView icon=Icon::Info />
                    <div class="notice-body">
                        <p>{text.clone()}</p>
                        {left}
                    </div>
                </div>
            </Show>
        }
    })
}
