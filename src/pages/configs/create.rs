//! A new object: its name, its text, and the check that it replaces nothing.

use super::editing::Editing;
use super::form::Form;
use super::object::Yaml;
use crate::api::envcfgs::{self as calls, EnvConfigKind};
use crate::api::{ApiError, ErrorKind};
use crate::components::code_input::CodeInput;
use crate::components::editor::ProblemList;
use crate::components::error_notice::ErrorNotice;
use crate::components::icon::{Icon, IconView};
use crate::domain::configs::Buffer;
use crate::drafts::DraftKey;
use crate::i18n::{fill, use_i18n};
use crate::nav::use_nav;
use crate::operations::use_ops;
use crate::ops::plans::configs;
use crate::route::{ConfigView, EnvironmentRef, Route};
use crate::session::use_session;
use leptos::prelude::*;
use std::sync::Arc;

/// The page of a new object.
#[component]
pub(crate) fn Create(at: StoredValue<EnvironmentRef>, kind: EnvConfigKind) -> impl IntoView {
    let (i18n, nav, session) = (use_i18n(), use_nav(), use_session());
    let key = DraftKey { env: at.get_value(), kind: kind.clone(), name: None };
    let editing = Editing::start(key, Buffer::new_object(kind.clone()));
    let by_key = RwSignal::new(kind == EnvConfigKind::Secret);
    let has_form = matches!(kind, EnvConfigKind::ConfigMap | EnvConfigKind::Secret);
    let kind = StoredValue::new(kind);
    let taken = RwSignal::new(false);
    crate::effect::effect(move || {
        if editing.is_accepted() {
            // Both are gone with the page.
            let view = ConfigView::one(kind.get_value(), editing.buffer.with_untracked(Buffer::name));
            let at = at.get_value();
            request_animation_frame(move || nav.go(Route::Configs { at, view }));
        }
    });
    let title = move || fill(i18n.t().configs().new, &[("kind", kind.get_value().as_str())]);
    let all = Route::Configs { at: at.get_value(), view: ConfigView::default() }.href();
    let read_only =
        Memo::new(move |_| session.is_read_only() || at.with_value(|at| at.family.is_production()));
    let face = move |form: bool| {
        let text = move || if form { i18n.t().configs().form } else { i18n.t().configs().yaml };
        let choose = move |_| {
            editing.handle.flush();
            by_key.set(form);
        };
        view! {
            <button type="button" aria-pressed=move || (by_key.get() == form).to_string() on:click=choose>{text}</button>
        }
    };
    view! {
        <article class="config">
            <div class="section-head">
                <a class="button quiet" href=all>
                    <IconView icon=Icon::Back />
                    {i18n.tr(|t| t.configs().all)}
                </a>
                <h2>{title}</h2>
            </div>
            <Show when=move || read_only.get()>
                <p class="notice tone-idle" role="note">{i18n.tr(|t| t.configs().production)}</p>
            </Show>
            <Name editing taken read_only />
            {has_form
                .then(|| {
                    view! {
                        <div class="toolbar">
                            <div class="segments" role="group" aria-label=i18n.tr(|t| t.labels().configs)>
                                {[true, false].map(face).collect_view()}
                            </div>
                        </div>
                    }
                })}
            {move || match has_form && by_key.get() {
                true => view! { <Form editing read_only /> }.into_any(),
                false => view! { <Yaml editing read_only /> }.into_any(),
            }}
            <Show when=move || !read_only.get()>
                <Foot at kind editing taken />
            </Show>
        </article>
    }
}

/// The name, which stands in the text too.
#[component]
fn Name(editing: Editing, taken: RwSignal<bool>, read_only: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let name = Memo::new(move |_| editing.buffer.with(Buffer::name));
    let kind = editing.buffer.with_untracked(|buffer| buffer.kind().to_string());
    let hint = move || match taken.get() {
        true => fill(i18n.t().configs().exists, &[("kind", &kind)]),
        false => format!("{} {}", i18n.t().configs().name_hint, i18n.t().configs().namespace_hint),
    };
    let rename = move |name: String| {
        taken.set(false);
        editing.handle.flush();
        editing.edit(|buffer| buffer.set_name(name.trim()).is_ok());
    };
    view! {
        <div class="field config-name">
            <label for="config-name">{i18n.tr(|t| t.configs().name)}</label>
            <CodeInput id="config-name" value=name change=Callback::new(rename) read_only described_by="config-name-hint" />
            <p id="config-name-hint" class=move || if taken.get() { "problem" } else { "hint" }>{hint}</p>
        </div>
    }
}

#[component]
fn Foot(
    at: StoredValue<EnvironmentRef>,
    kind: StoredValue<EnvConfigKind>,
    editing: Editing,
    taken: RwSignal<bool>,
) -> impl IntoView {
    let (i18n, session, ops) = (use_i18n(), use_session(), use_ops());
    let error = RwSignal::new(None::<Arc<ApiError>>);
    let reading = RwSignal::new(false);
    let create = move || {
        editing.handle.flush();
        let Some(client) = session.client() else { return };
        if untrack(|| !editing.can_be_saved()) || reading.get_untracked() {
            return;
        }
        reading.set(true);
        leptos::task::spawn_local_scoped_with_cancellation(async move {
            let (at, kind, name) =
                (at.get_value(), kind.get_value(), editing.buffer.with_untracked(Buffer::name));
            error.set(None);
            // Zadig creates a Secret or an Ingress over one that is there.
            let there = client.send(calls::get(at.family, &at.project, &at.key, &kind, &name)).await;
            reading.set(false);
            match there {
                Ok(_) => taken.set(true),
                Err(missing) if missing.kind == ErrorKind::NotFound => {
                    let whole = editing.buffer.with_untracked(Buffer::whole);
                    if let Ok(plan) = configs::create(&at, &kind, &name, &whole) {
                        editing.propose(plan, whole);
                    }
                }
                Err(failed) => error.set(Some(Arc::new(failed))),
            }
        });
    };
    editing.saves_by(Callback::new(move |()| create()));
    view! {
        <div class="config-foot">
            <ErrorNotice error />
            <ProblemList problems=editing.problems handle=editing.handle />
            <span class="dim small" role="status">
                {move || {
                    ops.list();
                    if editing.dirty.get() && !editing.can_be_saved() { i18n.t().configs().errors_left } else { "" }
                }}
            </span>
            <span class="spring"></span>
            <button type="button" class="button primary" disabled=move || !editing.can_be_saved() || reading.get() on:click=move |_| create()>
                {i18n.tr(|t| t.configs().create)} " …"
            </button>
        </div>
    }
}
