//! An object that is there: its facts, its text in two views, and what can be done with it.

use super::conflict::Conflict;
use super::editing::{Editing, Theirs};
use super::facts::Facts;
use super::form::Form;
use super::one::Gone;
use crate::api::envcfgs::{self as calls, EnvConfig, EnvConfigKind};
use crate::api::{Client, ErrorKind};
use crate::components::editor::{CodeEditor, ProblemList};
use crate::components::error_notice::ErrorNotice;
use crate::components::fresh_read::use_fresh_read;
use crate::components::freshness::Freshness;
use crate::components::icon::{Icon, IconView};
use crate::domain::configs::Buffer;
use crate::drafts::DraftKey;
use crate::i18n::{fill, use_i18n};
use crate::nav::use_nav;
use crate::operations::use_ops;
use crate::ops::plans::configs;
use crate::query::Query;
use crate::route::{ConfigFace, ConfigView, EnvironmentRef, Route};
use crate::session::use_session;
use leptos::prelude::*;
use std::sync::Arc;

/// The page of an object.
#[component]
pub(crate) fn Object(
    at: StoredValue<EnvironmentRef>,
    /// What was read first.
    first: Arc<EnvConfig>,
    /// What is there now.
    config: Signal<Arc<EnvConfig>>,
    /// Whether it is gone by now.
    missing: Memo<bool>,
    face: Memo<ConfigFace>,
    query: Query<EnvConfig>,
) -> impl IntoView {
    let session = use_session();
    let (kind, name) = (first.object.kind.clone(), first.name.clone());
    let key = DraftKey { env: at.get_value(), kind: kind.clone(), name: Some(name.clone()) };
    let editing = Editing::start(key, Buffer::open(kind, &name, &first.yaml_data));
    crate::effect::effect(move || {
        let now = config.get();
        untrack(|| editing.follow(&now));
    });
    crate::effect::effect(move || {
        let gone = missing.get();
        let dirty = editing.dirty.get_untracked();
        if gone && dirty {
            editing.theirs.set(Some(Theirs::Deleted));
        }
    });
    crate::effect::effect(move || {
        if editing.is_accepted() {
            query.refresh();
        }
    });
    let read_only =
        Memo::new(move |_| session.is_read_only() || at.with_value(|at| at.family.is_production()));
    let show_gone = Memo::new(move |_| missing.get() && !editing.dirty.get());
    move || {
        if show_gone.get() {
            return view! { <Gone at /> }.into_any();
        }
        view! {
            <article class="config">
                <Head at editing query />
                <Facts at config />
                <Show when=move || at.with_value(|at| at.family.is_production())>
                    <Production />
                </Show>
                <Conflict editing />
                <Body at editing face read_only />
                <Show when=move || !read_only.get()>
                    <Foot at editing />
                </Show>
            </article>
        }
        .into_any()
    }
}

#[component]
fn Head(at: StoredValue<EnvironmentRef>, editing: Editing, query: Query<EnvConfig>) -> impl IntoView {
    let (i18n, ops, session) = (use_i18n(), use_ops(), use_session());
    let (kind, name) = editing.buffer.with_untracked(|buffer| (buffer.kind().clone(), buffer.name()));
    let all = Route::Configs { at: at.get_value(), view: ConfigView::default() }.href();
    let (label, shown) = (kind.to_string(), name.clone());
    let delete = move |_| ops.propose(at.with_value(|at| configs::delete(at, &kind, &name)));
    let delete = StoredValue::new_local(delete);
    view! {
        <div class="section-head">
            <a class="button quiet" href=all>
                <IconView icon=Icon::Back />
                {i18n.tr(|t| t.configs().all)}
            </a>
            <span class="dim nowrap">{label}</span>
            <h2 class="clip" title=shown.clone()>{shown.clone()}</h2>
            <span class="spring"></span>
            <Freshness
                at=Signal::derive(move || query.state.with(|state| state.at))
                loading=Signal::derive(move || query.state.with(|state| state.loading))
                refresh=Callback::new(move |()| query.refresh())
            />
            <Show when=move || !session.is_read_only()>
                <button type="button" class="button" on:click=move |_| { delete.with_value(|delete| delete(())); }>
                    {i18n.tr(|t| t.configs().delete)} " …"
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Production() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="notice tone-idle" role="note">
            <IconView icon=Icon::Shield />
            <p>{i18n.tr(|t| t.configs().production)}</p>
        </div>
    }
}

/// The text, by key or as YAML.
#[component]
fn Body(
    at: StoredValue<EnvironmentRef>,
    editing: Editing,
    face: Memo<ConfigFace>,
    read_only: Memo<bool>,
) -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let kind = editing.buffer.with_untracked(|buffer| buffer.kind().clone());
    let has_form = matches!(kind, EnvConfigKind::ConfigMap | EnvConfigKind::Secret);
    let fitting = kind == EnvConfigKind::Secret;
    let as_form = Memo::new(move |_| match face.get() {
        ConfigFace::Form => has_form,
        ConfigFace::Yaml => false,
        ConfigFace::Fitting => fitting,
    });
    let choose = move |face: ConfigFace| {
        editing.handle.flush();
        if let Route::Configs { view: ConfigView::One { kind, name, .. }, .. } = nav.route.get_untracked() {
            nav.replace(Route::Configs { at: at.get_value(), view: ConfigView::One { kind, name, face } });
        }
    };
    let faces = move || {
        let one = |face: ConfigFace, form: bool| {
            let text = move || if form { i18n.t().configs().form } else { i18n.t().configs().yaml };
            view! {
                <button type="button" aria-pressed=move || (as_form.get() == form).to_string() on:click=move |_| choose(face)>
                    {text}
                </button>
            }
        };
        view! {
            <div class="segments" role="group" aria-label=i18n.tr(|t| t.labels().configs)>
                {one(ConfigFace::Form, true)} {one(ConfigFace::Yaml, false)}
            </div>
        }
    };
    let veiled = Memo::new(move |_| editing.buffer.with(Buffer::is_veiled));
    let content = move || {
        if veiled.get() {
            return view! { <Veil editing /> }.into_any();
        }
        match as_form.get() {
            true => view! { <Form editing read_only /> }.into_any(),
            false => view! { <Yaml editing read_only /> }.into_any(),
        }
    };
    view! {
        <div class="toolbar">{has_form.then(faces)}</div>
        <Show when=move || editing.restored.get() && editing.dirty.get()>
            <p class="notice tone-busy" role="note">{i18n.tr(|t| t.configs().draft)}</p>
        </Show>
        {content}
    }
}

/// The editor of an edit's text.
#[component]
pub(crate) fn Yaml(editing: Editing, read_only: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let label = move || {
        let (kind, name) = editing.buffer.with_untracked(|buffer| (buffer.kind().clone(), buffer.name()));
        fill(i18n.t().configs().yaml_of, &[("kind", kind.as_str()), ("name", &name)])
    };
    view! {
        <CodeEditor
            text=Signal::derive(move || editing.buffer.with(|buffer| buffer.text().to_owned()))
            on_change=Callback::new(move |text: String| {
                editing.edit(|buffer| buffer.set_text(text));
            })
            label=Signal::derive(label)
            read_only
            problems=editing.problems
            on_reveal=Callback::new(move |mask: String| {
                editing.handle.flush();
                editing.edit(|buffer| buffer.reveal(&mask));
            })
            on_save=Callback::new(move |()| editing.save())
            handle=editing.handle
        />
    }
}

#[component]
fn Veil(editing: Editing) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="notice tone-warn" role="note">
            <IconView icon=Icon::Eye />
            <div class="notice-body">
                <p>{i18n.tr(|t| t.configs().veiled)}</p>
                <div class="notice-actions">
                    <button type="button" class="button" on:click=move |_| { editing.edit(Buffer::unveil); }>
                        {i18n.tr(|t| t.configs().show_all)}
                    </button>
                </div>
            </div>
        </div>
    }
}

/// Saving and discarding.
#[component]
fn Foot(at: StoredValue<EnvironmentRef>, editing: Editing) -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let fresh = use_fresh_read();
    let save = move || {
        editing.handle.flush();
        if untrack(|| !editing.can_be_saved()) {
            return;
        }
        let at = at.get_value();
        let (kind, name) = editing.buffer.with_untracked(|buffer| (buffer.kind().clone(), buffer.name()));
        let place = at.clone();
        let read = move |client: Client| async move {
            match client.send(calls::get(at.family, &at.project, &at.key, &kind, &name)).await {
                Err(missing) if missing.kind == ErrorKind::NotFound => Ok(None),
                read => read.map(Some),
            }
        };
        fresh.start(read, move |now| editing.review(&place, now.as_ref()));
    };
    editing.saves_by(Callback::new(move |()| save()));
    let blocked = move || editing.dirty.get() && !editing.can_be_saved();
    let standing = move || {
        let t = i18n.t().configs();
        match (editing.dirty.get(), blocked()) {
            (false, _) if editing.buffer.with(Buffer::is_dirty) => t.saving,
            (false, _) => t.nothing_to_save,
            (true, true) if editing.theirs.with(Option::is_none) => t.errors_left,
            (true, true) => t.settle_conflict_first,
            (true, false) => t.unsaved,
        }
    };
    view! {
        <div class="config-foot">
            <ErrorNotice error=fresh.error />
            <ProblemList problems=editing.problems handle=editing.handle />
            <span class="dim small" role="status">{standing}</span>
            <span class="spring"></span>
            <Show when=move || editing.dirty.get()>
                <button type="button" class="button" on:click=move |_| nav.edits.before(move || editing.discard())>
                    {i18n.tr(|t| t.configs().discard)}
                </button>
            </Show>
            <button type="button" class="button primary" disabled=move || !editing.can_be_saved() || fresh.reading.get() on:click=move |_| save()>
                {i18n.tr(|t| t.configs().save)} " …"
            </button>
        </div>
    }
}
