//! One config object: its editor, what is wrong with it, and the way to take it out again.

use super::configs::title;
use super::form::{Form, Said};
use crate::components::editor::{CodeEditor, EditorHandle, ProblemList};
use crate::components::icon::{Icon, IconView};
use crate::domain::create::{ConfigDraft, Field, Issue, Masked};
use crate::domain::yaml::Problem;
use crate::i18n::{fill, use_i18n};
use leptos::prelude::*;

/// An object of the draft. What was taken from elsewhere is folded, because it is right as it is.
#[component]
pub(crate) fn Config(
    form: Form,
    /// Its id in the draft.
    id: u64,
    /// Whether it was added just now, so that its editor takes the focus.
    new: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let config = Memo::new(move |_| {
        form.draft.with(|draft| draft.configs.iter().find(|one| one.id == id).cloned()).unwrap_or_default()
    });
    let name = Memo::new(move |_| config.with(|one| title(i18n.t(), &one.yaml, one.origin.as_deref())));
    // Only once: whoever folds it and opens it again sees masks.
    let new = StoredValue::new(new);
    let open = RwSignal::new(config.with_untracked(|one| one.origin.is_none()));
    let remove = move || fill(i18n.t().create().config_remove, &[("name", &name.get())]);
    let fold = move || {
        let t = i18n.t().create();
        if open.get() { t.config_fold } else { t.config_unfold }
    };
    // The list beside the editor says it already.
    let said = move || {
        let listed = form.said(&Field::Config(id)).is_some_and(|one| matches!(one.issue, Issue::Invalid(_)));
        !(open.get() && listed)
    };
    view! {
        <section class="create-config" role="group" aria-label=name data-config=id.to_string()>
            <div class="create-config-head">
                <h3 class="clip">
                    <button type="button" aria-expanded=move || open.get().to_string() title=fold on:click=move |_| open.update(|open| *open = !*open)>
                        <span class="turns" class:turned=open aria-hidden="true"><IconView icon=Icon::Chevron /></span>
                        {name}
                    </button>
                </h3>
                <span class="spring"></span>
                <button
                    type="button"
                    class="button quiet icon"
                    aria-label=remove
                    title=remove
                    on:click=move |_| form.draft.update(|draft| draft.configs.retain(|one| one.id != id))
                >
                    <IconView icon=Icon::Close />
                </button>
            </div>
            <Show when=move || open.get()>
                <Body form id config name new=new.try_update_value(std::mem::take) == Some(true) />
            </Show>
            <Show when=said>
                <div class="field"><Said form field=Field::Config(id) id=format!("create-config-{id}") /></div>
            </Show>
        </section>
    }
}

/// The editor, over a text whose secrets are masks.
#[component]
fn Body(form: Form, id: u64, config: Memo<ConfigDraft>, name: Memo<String>, new: bool) -> impl IntoView {
    let i18n = use_i18n();
    let handle = EditorHandle::new();
    let yaml = move || config.with_untracked(|one| one.yaml.clone());
    let shown = RwSignal::new(if new { Masked::open(&yaml()) } else { Masked::new(&yaml()) });
    let problems = Memo::new(move |_| -> Vec<Problem> {
        let of_the_whole = || form.objects.with(|all| all.of(id).map(|read| read.problems.clone()));
        shown.with(Masked::problems).or_else(of_the_whole).unwrap_or_default()
    });
    let change = move |text: String| {
        let Some(whole) = shown.try_update(|shown| shown.edit(text)) else { return };
        form.draft.update(|draft| {
            if let Some(config) = draft.configs.iter_mut().find(|one| one.id == id) {
                config.yaml = whole;
            }
        });
    };
    let reveal = move |mask: String| {
        handle.flush();
        shown.update(|shown| shown.reveal(&mask));
    };
    let hidden = Memo::new(move |_| shown.with(Masked::is_hidden));
    view! {
        <Show
            when=move || !hidden.get()
            fallback=move || {
                view! {
                    <p class="dim">{i18n.tr(|t| t.create().config_hidden)}</p>
                    <div>
                        <button type="button" class="button" on:click=move |_| shown.set(Masked::open(&yaml()))>
                            {i18n.tr(|t| t.create().config_reveal)}
                        </button>
                    </div>
                }
            }
        >
            <CodeEditor
                text=Signal::derive(move || shown.with(|shown| shown.text.clone()))
                on_change=Callback::new(change)
                label=Signal::derive(move || fill(i18n.t().create().config_yaml, &[("name", &name.get())]))
                read_only=false
                problems
                on_reveal=Callback::new(reveal)
                focus=new
                handle
            />
            <ProblemList problems handle />
        </Show>
    }
}
