//! A code editor for YAML and for large plain texts: CodeMirror, fetched when the first one opens (`editor/`), over a plain field that works until it
//! is there and wherever it cannot be loaded.
//!
//! Text goes in as a signal and comes out through a callback, a moment after the last key: copying a large text at every
//! key would be felt. [`EditorHandle::flush`] takes out what was typed in that moment; the editor does so itself when it
//! loses the focus and when it goes. What the callback was given comes back through the signal and changes nothing, so a
//! key pressed meanwhile is never lost; a text of another origin replaces what differs and leaves cursor and undo.

mod problems;
mod script;
pub(crate) mod words;

pub(crate) use problems::ProblemList;

use crate::components::field_text::use_field_text;
use crate::domain::yaml::{Place, Problem};
use crate::host::{Host, use_host};
use crate::i18n::{I18n, fill, use_i18n};
use leptos::html;
use leptos::prelude::*;
use script::{Editor, EditorModule, marks, number, object, phrases};
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// How long a text rests before it is taken out: a moment, and longer for a large one.
const REST: Duration = Duration::from_millis(150);
const LONG_REST: Duration = Duration::from_millis(500);
const LARGE: usize = 200_000;

/// A function that the editor's script calls.
enum JsCallback {
    Call(Closure<dyn FnMut()>),
    Mask(Closure<dyn FnMut(String)>),
}

impl JsCallback {
    fn as_js(&self) -> JsValue {
        match self {
            Self::Call(callback) => callback.as_ref().clone(),
            Self::Mask(callback) => callback.as_ref().clone(),
        }
    }
}

/// Reaches into an editor from outside: what a list of problems and a save button need.
#[derive(Clone, Copy)]
pub(crate) struct EditorHandle {
    editor: StoredValue<Option<Editor>, LocalStorage>,
    field: NodeRef<html::Textarea>,
    /// The functions that the editor's script calls; they live as long as the editor.
    callbacks: StoredValue<Vec<JsCallback>, LocalStorage>,
    /// The text that editor and owner last agreed on.
    agreed: StoredValue<String>,
    on_change: StoredValue<Option<Callback<String>>>,
}

impl EditorHandle {
    /// A handle for an editor that is about to be built.
    pub(crate) fn new() -> Self {
        Self {
            editor: StoredValue::new_local(None),
            field: NodeRef::new(),
            callbacks: StoredValue::new_local(Vec::new()),
            agreed: StoredValue::new(String::new()),
            on_change: StoredValue::new(None),
        }
    }

    /// Takes out what was typed and not yet told.
    pub(crate) fn flush(self) {
        let text = self.editor.try_with_value(|editor| editor.as_ref().map(Editor::text)).flatten();
        let Some(text) = text else { return };
        if self.agreed.try_with_value(|agreed| *agreed == text) == Some(false) {
            self.agreed.set_value(text.clone());
            if let Some(on_change) = self.on_change.try_get_value().flatten() {
                on_change.run(text);
            }
        }
    }

    /// Moves cursor and focus to a place.
    pub(crate) fn go_to(self, place: Place) {
        let reached = self.editor.try_with_value(|editor| {
            editor.as_ref().map(|editor| editor.go_to(number(place.line), number(place.column))).is_some()
        });
        if reached != Some(true)
            && let Some(field) = self.field.get_untracked()
        {
            let _ = field.focus();
        }
    }
}

impl Default for EditorHandle {
    fn default() -> Self {
        Self::new()
    }
}

/// How far the module is.
#[derive(Clone, PartialEq, Eq)]
enum Module {
    Loading,
    There,
    Missing(String),
}

/// An editor for a YAML text, or for a large text of any kind.
#[component]
pub(crate) fn CodeEditor(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// Called with the text when it was edited.
    on_change: Callback<String>,
    /// What is edited, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it can only be read.
    #[prop(into)]
    read_only: Signal<bool>,
    /// What is wrong with it.
    #[prop(into)]
    problems: Signal<Vec<Problem>>,
    /// Called with a mask whose value is to be revealed; without it, masks have no button.
    #[prop(optional)]
    on_reveal: Option<Callback<String>>,
    /// Called for Ctrl+S or Cmd+S, once what was typed is told.
    #[prop(optional)]
    on_save: Option<Callback<()>>,
    /// Whether it takes the focus when it opens.
    #[prop(optional)]
    focus: bool,
    /// Whether the text is any text, not YAML: no colours, no folds, no indentation of its own.
    #[prop(optional)]
    plain: bool,
    /// Reaches into it.
    handle: EditorHandle,
) -> impl IntoView {
    let (i18n, host) = (use_i18n(), use_host());
    let module = RwSignal::new(Module::Loading);
    let place = NodeRef::<html::Div>::new();
    handle.on_change.set_value(Some(on_change));
    handle.agreed.set_value(text.get_untracked());
    let options = Options { text, label, read_only, problems, on_reveal, on_save, focus, plain };
    leptos::task::spawn_local_scoped_with_cancellation(load(host, module));
    crate::effect::effect(move || {
        let there = module.get() == Module::There;
        if let (true, Some(place)) = (there, place.get()) {
            open(handle, &place, options, i18n, module, host);
        }
    });
    crate::effect::effect(move || {
        if let (true, Some(field)) = (focus, handle.field.get()) {
            let _ = field.focus();
        }
    });
    crate::effect::effect(move || follow(handle, text.get()));
    crate::effect::effect(move || {
        module.track();
        let read_only = read_only.get();
        handle.editor.with_value(|editor| editor.iter().for_each(|editor| editor.set_read_only(read_only)));
    });
    crate::effect::effect(move || {
        module.track();
        let marks = problems.with(|problems| marks(i18n.t(), problems));
        handle.editor.with_value(|editor| editor.iter().for_each(|editor| editor.set_problems(&marks)));
    });
    on_cleanup(move || {
        handle.flush();
        if let Some(editor) = handle.editor.try_update_value(Option::take).flatten() {
            editor.destroy();
        }
        let _ = handle.callbacks.try_update_value(Vec::clear);
    });
    let field = use_field_text(text);
    let name = move || fill(i18n.t().editor().label, &[("what", &label.get())]);
    let there = Memo::new(move |_| module.get() == Module::There);
    let note = move || match module.get() {
        Module::There if on_save.is_some() => i18n.t().editor().hint_save.to_owned(),
        Module::There => i18n.t().editor().hint.to_owned(),
        Module::Loading => i18n.t().editor().loading.to_owned(),
        Module::Missing(reason) => fill(i18n.t().editor().missing, &[("reason", &reason)]),
    };
    view! {
        <div class="code-editor" on:focusout=move |_| handle.flush()>
            <Show when=move || !there.get()>
                <textarea
                    node_ref=handle.field
                    class="input mono code-field"
                    aria-label=name
                    spellcheck="false"
                    autocomplete="off"
                    readonly=read_only
                    prop:value=move || field.shown()
                    on:input=move |event| {
                        let text = field.typed(&event_target_value(&event));
                        handle.agreed.set_value(text.clone());
                        on_change.run(text);
                    }
                ></textarea>
            </Show>
            <div class="code-place" class:gone=move || !there.get() node_ref=place></div>
            <p class="hint editor-note" class:tone-warn=move || matches!(module.get(), Module::Missing(_))>{note}</p>
        </div>
    }
}

/// What an editor is opened with.
#[derive(Clone, Copy)]
struct Options {
    text: Signal<String>,
    label: Signal<String>,
    read_only: Signal<bool>,
    problems: Signal<Vec<Problem>>,
    on_reveal: Option<Callback<String>>,
    on_save: Option<Callback<()>>,
    focus: bool,
    plain: bool,
}

async fn load(host: Host, module: RwSignal<Module>) {
    let found = match host.editor().await {
        Ok(_) => Module::There,
        Err(reason) => Module::Missing(reason),
    };
    let _ = module.try_set(found);
}

/// Opens the editor in its place, with the text as the field has it by now.
fn open(
    handle: EditorHandle,
    place: &web_sys::HtmlDivElement,
    options: Options,
    i18n: I18n,
    module: RwSignal<Module>,
    host: Host,
) {
    let place = place.clone();
    let focused = handle
        .field
        .get_untracked()
        .is_some_and(|field| host.active_element().is_some_and(|active| active.is_same_node(Some(&field))));
    leptos::task::spawn_local_scoped_with_cancellation(async move {
        let Ok(script) = host.editor().await else { return };
        let t = i18n.language.get_untracked().messages();
        let text = options.text.get_untracked();
        let label = fill(t.editor().label, &[("what", &options.label.get_untracked())]);
        let reveal = if options.on_reveal.is_some() { t.configs().reveal } else { "" };
        let (on_change, on_mask) = (told_changes(handle), options.on_reveal.map(told_masks));
        let on_save = options.on_save.map(|on_save| told_saves(handle, on_save));
        let settings = object(&[
            ("text", text.as_str().into()),
            ("plain", options.plain.into()),
            ("readOnly", options.read_only.get_untracked().into()),
            ("label", label.into()),
            ("phrases", phrases(t)),
            ("reveal", reveal.into()),
            ("onChange", on_change.as_js()),
            ("onReveal", on_mask.as_ref().map_or(JsValue::UNDEFINED, JsCallback::as_js)),
            ("onSave", on_save.as_ref().map_or(JsValue::UNDEFINED, JsCallback::as_js)),
        ]);
        handle.callbacks.set_value(std::iter::once(on_change).chain(on_mask).chain(on_save).collect());
        match script.unchecked_ref::<EditorModule>().open(&place, &settings) {
            Ok(editor) => {
                options.problems.with_untracked(|problems| editor.set_problems(&marks(t, problems)));
                if focused || options.focus {
                    editor.focus();
                }
                handle.agreed.set_value(text);
                handle.editor.set_value(Some(editor));
            }
            Err(error) => {
                let reason = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
                module.set(Module::Missing(reason.unwrap_or_default()));
            }
        }
    });
}

/// Takes the text out once it has rested.
fn told_changes(handle: EditorHandle) -> JsCallback {
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    JsCallback::Call(Closure::new(move || {
        if let Some(before) = waiting.try_update_value(Option::take).flatten() {
            before.clear();
        }
        let large = handle.agreed.try_with_value(|text| text.len() > LARGE).unwrap_or(false);
        let rest = if large { LONG_REST } else { REST };
        let timeout = set_timeout_with_handle(move || handle.flush(), rest).ok();
        let _ = waiting.try_update_value(|waiting| *waiting = timeout);
    }))
}

fn told_saves(handle: EditorHandle, on_save: Callback<()>) -> JsCallback {
    JsCallback::Call(Closure::new(move || {
        handle.flush();
        on_save.try_run(());
    }))
}

fn told_masks(on_reveal: Callback<String>) -> JsCallback {
    JsCallback::Mask(Closure::new(move |mask| {
        on_reveal.try_run(mask);
    }))
}

/// Takes a text of another origin in.
fn follow(handle: EditorHandle, text: String) {
    if handle.agreed.with_value(|agreed| *agreed == text) {
        return;
    }
    handle.editor.with_value(|editor| editor.iter().for_each(|editor| editor.set_text(&text)));
    handle.agreed.set_value(text);
}

/// A YAML text that can be read, searched and copied from, in the editor's colours.
#[component]
pub(crate) fn YamlView(
    /// The text.
    text: Signal<String>,
    /// What it is called.
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <CodeEditor
            text
            on_change=Callback::new(|_: String| {})
            label
            read_only=true
            problems=Signal::stored(Vec::new())
            handle=EditorHandle::new()
        />
    }
}
