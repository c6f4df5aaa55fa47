//! Which services the environment begins with, each with its images and variables.

use super::form::{Form, Template};
use crate::api::services::ServiceTemplateSummary;
use crate::api::{Variable, VariableValue};
use crate::components::empty::Empty;
use crate::components::error_notice::ErrorNotice;
use crate::components::icon::Icon;
use crate::components::ops::words as ops_words;
use crate::components::search::SearchField;
use crate::components::skeleton::SkeletonRows;
use crate::components::value_input::ValueInput;
use crate::domain::create::{GlobalDraft, ServiceDraft, VariableDraft};
use crate::domain::environments::natural;
use crate::domain::image::ImageRef;
use crate::i18n::{fill, use_i18n};
use crate::query::Stage;
use leptos::prelude::*;
use std::sync::Arc;

/// The step.
#[component]
pub(crate) fn Services(form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let stage = form.templates.stage();
    let search = RwSignal::new(String::new());
    let all = Memo::new(move |_| {
        let mut list = form.templates.value().map(|list| list.as_ref().clone()).unwrap_or_default();
        list.sort_by(|a, b| natural(&a.name, &b.name));
        list
    });
    let shown = Memo::new(move |_| {
        let needle = crate::domain::text_case::lowercase(search.get().trim());
        let fits = |one: &&ServiceTemplateSummary| {
            let image = |one: &crate::api::model::ContainerImage| {
                crate::domain::text_case::lowercase(&one.image).contains(&needle)
            };
            crate::domain::text_case::lowercase(&one.name).contains(&needle)
                || one.containers.iter().any(image)
        };
        all.with(|all| all.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    let chosen = Memo::new(move |_| form.draft.with(|draft| draft.services.len()));
    let choose = move |on: bool| {
        let names: Vec<String> =
            shown.with_untracked(|shown| shown.iter().map(|one| one.name.clone()).collect());
        form.draft.update(|draft| {
            for name in names {
                match on {
                    true => {
                        draft.services.entry(name).or_default();
                    }
                    false => {
                        draft.services.remove(&name);
                    }
                }
            }
        });
    };
    let list = move || {
        view! {
            <div class="toolbar">
                <SearchField
                    value=search
                    on_change=move |text| search.set(text)
                    label=i18n.text(|t| t.create().services_search)
                />
                <button type="button" class="button" on:click=move |_| choose(true)>
                    {i18n.tr(|t| t.create().all)}
                </button>
                <button type="button" class="button" on:click=move |_| choose(false)>
                    {i18n.tr(|t| t.create().nothing)}
                </button>
                <span class="dim tabular" role="status">
                    {move || {
                        let (n, all) = (i18n.number(chosen.get()), i18n.number(all.with(Vec::len)));
                        fill(i18n.t().create().chosen, &[("n", &n), ("all", &all)])
                    }}
                </span>
            </div>
            <ul class="create-list">
                <For each=move || shown.get() key=|one| one.name.clone() children=move |summary| view! { <Choice form summary /> } />
            </ul>
            <Show when=move || shown.with(Vec::is_empty)>
                <p class="dim">{i18n.tr(|t| t.create().services_no_match)}</p>
            </Show>
        }
    };
    let none = Memo::new(move |_| all.with(Vec::is_empty));
    view! {
        <p class="dim">{i18n.tr(|t| t.create().services_hint)}</p>
        <ErrorNotice
            error=Signal::derive(move || form.templates.error())
            retry=Callback::new(move |()| form.templates.refresh())
        />
        {move || match (stage.get(), none.get()) {
            (Stage::Waiting, _) => view! { <SkeletonRows rows=6 /> }.into_any(),
            (Stage::Failed, _) => ().into_any(),
            (Stage::There, true) => {
                view! {
                    <Empty
                        icon=Icon::Stack
                        title=i18n.text(|t| t.create().services_none)
                        hint=i18n.text(|t| t.create().services_none_hint)
                    />
                }
                    .into_any()
            }
            (Stage::There, false) => list().into_any(),
        }}
    }
}

#[component]
fn Choice(form: Form, summary: ServiceTemplateSummary) -> impl IntoView {
    let i18n = use_i18n();
    let summary = StoredValue::new(summary);
    let name = StoredValue::new(summary.with_value(|one| one.name.clone()));
    let draft = Memo::new(move |_| form.draft.with(|draft| draft.services.get(&name.get_value()).cloned()));
    let chosen = Memo::new(move |_| draft.with(Option::is_some));
    let changes = move || {
        let images = draft.with(|draft| draft.as_ref().map_or(0, |one| one.images.len()));
        (images > 0).then(|| fill(i18n.t().create().changed, &[("n", &images.to_string())]))
    };
    view! {
        <li class="create-item" data-service=name.get_value()>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=chosen
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        form.draft
                            .update(|draft| {
                                if on {
                                    draft.services.entry(name.get_value()).or_default();
                                } else {
                                    draft.services.remove(&name.get_value());
                                }
                            });
                    }
                />
                <span class="clip">{name.get_value()}</span>
            </label>
            <Show when=move || chosen.get()>
                <details>
                    <summary>
                        {i18n.tr(|t| t.create().images)} " · " {i18n.tr(|t| t.create().variables)}
                        <span class="create-mark">{changes}</span>
                    </summary>
                    <div class="block">
                        {summary
                            .with_value(|one| one.containers.clone())
                            .into_iter()
                            .map(|container| view! { <Image form name container draft /> })
                            .collect_view()}
                        <Variables form name draft />
                    </div>
                </details>
            </Show>
        </li>
    }
}

fn edit(form: Form, name: StoredValue<String>, change: impl FnOnce(&mut ServiceDraft)) {
    form.draft.update(|draft| {
        if let Some(service) = draft.services.get_mut(&name.get_value()) {
            change(service);
        }
    });
}

/// The image of one container: the template's until another is typed.
#[component]
fn Image(
    form: Form,
    name: StoredValue<String>,
    container: crate::api::model::ContainerImage,
    draft: Memo<Option<ServiceDraft>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let key = StoredValue::new(container.name.clone());
    let usual = StoredValue::new(container.image);
    let own = Memo::new(move |_| draft.with(|draft| draft.as_ref()?.images.get(&key.get_value()).cloned()));
    let problem = Memo::new(move |_| own.with(|own| ImageRef::parse(own.as_ref()?.trim()).err()));
    let id = format!("create-image-{}-{}", name.get_value(), container.name);
    let said = format!("{id}-said");
    view! {
        <div class="field" data-container=container.name.clone()>
            <label for=id.clone()>{i18n.tr(|t| t.ops().image)} " · " {container.name.clone()}</label>
            <input
                id=id
                class="input mono"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || own.get().unwrap_or_else(|| usual.get_value())
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=said.clone()
                on:input=move |event| {
                    let image = event_target_value(&event);
                    edit(
                        form,
                        name,
                        |service| {
                            if image.trim() == usual.get_value() {
                                service.images.remove(&key.get_value());
                            } else {
                                service.images.insert(key.get_value(), image);
                            }
                        },
                    );
                }
            />
            {move || {
                problem
                    .get()
                    .map(|problem| {
                        let problem = ops_words::image_problem(i18n.t(), &problem);
                        let text = fill(i18n.t().create().issue_image, &[("problem", &problem)]);
                        view! { <p id=said.clone() class="problem">{text}</p> }
                    })
            }}
            <Show when=move || own.with(Option::is_some)>
                <button
                    type="button"
                    class="create-inline"
                    on:click=move |_| {
                        edit(
                            form,
                            name,
                            |service| {
                                service.images.remove(&key.get_value());
                            },
                        );
                    }
                >
                    {i18n.tr(|t| t.create().reset_image)}
                </button>
            </Show>
        </div>
    }
}

/// The variables of a service, once its template was read.
#[component]
fn Variables(form: Form, name: StoredValue<String>, draft: Memo<Option<ServiceDraft>>) -> impl IntoView {
    let i18n = use_i18n();
    let template = Memo::new(move |_| form.details.with(|details| details.get(&name.get_value()).cloned()));
    move || match template.get() {
        None | Some(Template::Reading) => {
            view! { <p class="dim" role="status">{i18n.tr(|t| t.create().template_loading)}</p> }.into_any()
        }
        Some(Template::Failed) => view! {
            <p class="problem" role="alert">
                {i18n.tr(|t| t.create().template_failed)} " "
                <button
                    type="button"
                    class="create-inline"
                    on:click=move |_| form.read_templates(vec![name.get_value()])
                >
                    {i18n.tr(|t| t.common().retry)}
                </button>
            </p>
        }
        .into_any(),
        Some(Template::There(template)) if template.variables.is_empty() => {
            view! { <p class="dim">{i18n.tr(|t| t.create().no_variables)}</p> }.into_any()
        }
        Some(Template::There(template)) => {
            view! { <VariableFields form name draft variables=Arc::new(template.variables.clone()) /> }
                .into_any()
        }
    }
}

#[component]
fn VariableFields(
    form: Form,
    name: StoredValue<String>,
    draft: Memo<Option<ServiceDraft>>,
    variables: Arc<Vec<Variable>>,
) -> impl IntoView {
    variables
        .iter()
        .cloned()
        .map(|variable| view! { <VariableField form name draft variable /> })
        .collect_view()
}

#[component]
fn VariableField(
    form: Form,
    name: StoredValue<String>,
    draft: Memo<Option<ServiceDraft>>,
    variable: Variable,
) -> impl IntoView {
    let i18n = use_i18n();
    let key = StoredValue::new(variable.key.clone());
    let usual = StoredValue::new(variable.value.clone());
    // The value of the global variable of this name, if the environment will have one.
    let global = Memo::new(move |_| {
        let defined = form.defined().into_iter().find(|one| one.key == key.get_value())?;
        form.draft.with(|draft| match draft.globals.get(&defined.key) {
            Some(GlobalDraft::Left) => None,
            Some(GlobalDraft::Value(value)) => Some(value.clone()),
            None => Some(defined.value),
        })
    });
    let decided =
        Memo::new(move |_| draft.with(|draft| draft.as_ref()?.variables.get(&key.get_value()).cloned()));
    let follows = Memo::new(move |_| {
        let own = matches!(decided.get(), Some(VariableDraft::Own(_) | VariableDraft::Template));
        global.with(Option::is_some) && !own
    });
    let value = Signal::derive(move || match (decided.get(), global.get()) {
        (Some(VariableDraft::Own(value)), _) => value,
        (Some(VariableDraft::Template), _) | (_, None) => usual.get_value(),
        (_, Some(global)) => global,
    });
    let decide = move |decision: VariableDraft| {
        edit(form, name, |service| {
            service.variables.insert(key.get_value(), decision);
        });
    };
    let id = format!("create-variable-{}-{}", name.get_value(), variable.key);
    view! {
        <div class="variable-edit" data-variable=variable.key.clone()>
            <label class="name mono clip" for=id.clone() title=variable.desc.clone()>{variable.key.clone()}</label>
            <ValueInput
                id
                kind=variable.kind
                options=variable.options
                value
                locked=follows
                change=Callback::new(move |value: VariableValue| decide(VariableDraft::Own(value)))
            />
            <Show
                when=move || global.with(Option::is_some)
                fallback=move || {
                    let text = move || if matches!(decided.get(), None | Some(VariableDraft::Template)) { i18n.t().ops().template_default } else { "" };
                    view! { <span class="dim small">{text}</span> }
                }
            >
                <label class="check small">
                    <input
                        type="checkbox"
                        prop:checked=follows
                        on:change=move |event| {
                            decide(
                                if event_target_checked(&event) {
                                    VariableDraft::Follow
                                } else {
                                    VariableDraft::Template
                                },
                            )
                        }
                    />
                    {i18n.tr(|t| t.ops().follows)}
                </label>
            </Show>
        </div>
    }
}
