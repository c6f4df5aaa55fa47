//! One key with its value.

use super::editing::Editing;
use super::files;
use crate::components::copy::CopyButton;
use crate::components::editor::{CodeEditor, EditorHandle};
use crate::components::field_text::{LineEndsNote, use_field_text};
use crate::components::icon::{Icon, IconView};
use crate::domain::configs::{Buffer, Shown};
use crate::domain::yaml::data::Section;
use crate::i18n::{fill, fill_count, use_i18n};
use leptos::prelude::*;

/// How much of a value is on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visibility {
    /// Its size.
    Hidden,
    /// Its text, in a field.
    Open,
    /// A field for another one; the old value stays unseen.
    Replacing,
}

/// A key with its value. What is typed goes into the buffer at once; a field is never set to anything but its own text.
#[component]
pub(crate) fn Entry(
    editing: Editing,
    section: Section,
    key: String,
    entries: Memo<Option<Vec<Shown>>>,
    read_only: Memo<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let key = StoredValue::new(key);
    let this = Memo::new(move |_| {
        let find = |all: &Vec<Shown>| {
            key.with_value(|key| all.iter().find(|one| one.section == section && one.key == *key).cloned())
        };
        entries.with(|entries| entries.as_ref().and_then(find))
    });
    let secret = this.with_untracked(|this| this.as_ref().is_some_and(|this| this.secret));
    // A value that is not there yet hides nothing.
    let empty = this.with_untracked(|this| this.as_ref().is_some_and(|this| this.bytes() == Some(0)));
    let visibility = RwSignal::new(if secret && !empty { Visibility::Hidden } else { Visibility::Open });
    let refused = RwSignal::new(false);
    let is_text =
        Memo::new(move |_| this.with(|this| this.as_ref().is_some_and(|this| this.text().is_some())));
    let set = move |bytes: Vec<u8>| {
        let done =
            key.with_value(|key| editing.edit(|buffer| buffer.set_value(section, key, &bytes).is_ok()));
        refused.set(done == Some(false));
    };
    let size = move || {
        let t = i18n.t().configs();
        match this.with(|this| this.as_ref().and_then(Shown::bytes)) {
            Some(bytes) => fill_count(t.bytes, bytes, &[]),
            None => t.undecodable.to_owned(),
        }
    };
    let named = move |template: &str| key.with_value(|key| fill(template, &[("key", key)]));
    let value = move || {
        match visibility.get() {
        Visibility::Hidden => {
            view! { <span class="masked mono" aria-label=i18n.tr(|t| t.configs().hidden)>"••••••••"</span> }
                .into_any()
        }
        _ if !is_text.get() => {
            view! { <span class="dim">{i18n.tr(|t| t.configs().binary)}</span> }.into_any()
        }
        visibility => {
            view! { <ValueField editing this key set=Callback::new(set) read_only empty=visibility == Visibility::Replacing /> }
                .into_any()
        }
    }
    };
    let toggle = move |_| {
        visibility.update(|visibility| {
            *visibility =
                if *visibility == Visibility::Hidden { Visibility::Open } else { Visibility::Hidden }
        })
    };
    let toggle_label = move || match visibility.get() {
        Visibility::Hidden => named(i18n.t().configs().reveal_value),
        _ => named(i18n.t().configs().hide_value),
    };
    let toggle_text = move || {
        if visibility.get() == Visibility::Hidden {
            i18n.t().configs().reveal
        } else {
            i18n.t().configs().hide
        }
    };
    let copied = Signal::derive(move || {
        this.with(|this| this.as_ref().and_then(|this| this.text().map(str::to_owned))).unwrap_or_default()
    });
    view! {
        <div class="entry" role="group" aria-label=key.get_value() data-entry=key.get_value()>
            <div class="entry-head">
                <KeyName editing section key entries read_only />
                <span class="dim small tabular nowrap">{size}</span>
                {(section != Section::Data).then(|| view! { <span class="dim small mono">{section.key()}</span> })}
                <span class="spring"></span>
                <Show when=move || secret && is_text.get()>
                    <button type="button" class="button quiet" aria-label=toggle_label on:click=toggle>
                        <IconView icon=Icon::Eye />
                        {toggle_text}
                    </button>
                </Show>
                <Show when=move || secret && is_text.get() && visibility.get() == Visibility::Hidden && !read_only.get()>
                    <button
                        type="button"
                        class="button quiet"
                        aria-label=move || named(i18n.t().configs().replace_value)
                        on:click=move |_| visibility.set(Visibility::Replacing)
                    >
                        {i18n.tr(|t| t.editor().replace)}
                    </button>
                </Show>
                <Show when=move || visibility.get() != Visibility::Hidden && is_text.get()>
                    <CopyButton text=copied what=Signal::derive(move || key.get_value()) />
                </Show>
                <files::Download name=key bytes=move || this.with_untracked(|this| this.as_ref().and_then(|this| this.value.clone())) />
                <Show when=move || !read_only.get()>
                    <files::Upload name=key take=Callback::new(set) />
                    <button
                        type="button"
                        class="button quiet icon"
                        aria-label=move || named(i18n.t().configs().remove_key)
                        title=move || named(i18n.t().configs().remove_key)
                        on:click=move |_| {
                            let done = key.with_value(|key| editing.edit(|buffer| buffer.remove(section, key).is_ok()));
                            let _ = refused.try_set(done == Some(false));
                        }
                    >
                        <IconView icon=Icon::Close />
                    </button>
                </Show>
            </div>
            {value}
            <Show when=move || refused.get()>
                <p class="problem small" role="alert">{i18n.tr(|t| t.configs().yaml_only)}</p>
            </Show>
        </div>
    }
}

/// The size in bytes from which a value has a code editor, which draws only the lines in view: a browser needs 30 ms and
/// more for a key in a text field of 1 MB. A value that grows to it in its field goes into the buffer once nothing is typed
/// for a moment.
const LARGE: usize = 64 * 1024;

/// The field of a value.
#[component]
fn ValueField(
    editing: Editing,
    this: Memo<Option<Shown>>,
    key: StoredValue<String>,
    set: Callback<Vec<u8>>,
    read_only: Memo<bool>,
    /// Whether it starts empty, whatever the value is.
    empty: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let of_buffer = move || {
        this.with(|this| this.as_ref().and_then(|this| this.text().map(str::to_owned))).unwrap_or_default()
    };
    let typed = RwSignal::new(empty.then(String::new));
    let text = Memo::new(move |_| typed.get().unwrap_or_else(of_buffer));
    let field = use_field_text(text);
    let area = NodeRef::<leptos::html::Textarea>::new();
    let commit = move |text: &str| {
        let now = field.typed(text);
        if typed.with_untracked(Option::is_some) {
            typed.set(Some(now.clone()));
        }
        set.run(now.into_bytes());
    };
    let label = move || key.with_value(|key| fill(i18n.t().configs().value_of, &[("key", key)]));
    if text.with_untracked(String::len) >= LARGE {
        return view! {
            <CodeEditor
                plain=true
                text
                on_change=Callback::new(move |now: String| set.run(now.into_bytes()))
                on_save=Callback::new(move |()| editing.save())
                label=Signal::derive(label)
                read_only
                problems=Signal::stored(Vec::new())
                handle=EditorHandle::new()
            />
        }
        .into_any();
    }
    let rows = move || text.with(|text| text.split('\n').count().clamp(1, 14)).to_string();
    view! {
        <textarea
            node_ref=area
            class="input mono entry-value"
            aria-label=label
            rows=rows
            spellcheck="false"
            autocomplete="off"
            readonly=read_only
            prop:value=move || field.shown()
            on:input=move |event| {
                if text.with_untracked(String::len) < LARGE {
                    commit(&event_target_value(&event));
                    return;
                }
                editing.edit_later(move || {
                    if let Some(area) = area.try_get_untracked().flatten() {
                        commit(&area.value());
                    }
                });
            }
            on:blur=move |_| editing.flush()
        ></textarea>
        <LineEndsNote field />
    }
    .into_any()
}

/// The key itself, which can be renamed where it stands.
#[component]
fn KeyName(
    editing: Editing,
    section: Section,
    key: StoredValue<String>,
    entries: Memo<Option<Vec<Shown>>>,
    read_only: Memo<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let rename = move |event: leptos::ev::Event| {
        let wanted = event_target_value(&event).trim().to_owned();
        let taken = entries.with_untracked(|entries| {
            entries.as_ref().is_some_and(|all| all.iter().any(|one| one.key == wanted))
        });
        let old = key.get_value();
        let done = !taken
            && !wanted.is_empty()
            && editing.edit(|buffer: &mut Buffer| buffer.rename(section, &old, &wanted).is_ok())
                == Some(true);
        if !done {
            // The field goes back to what the text says.
            event_target::<web_sys::HtmlInputElement>(&event).set_value(&old);
        }
    };
    view! {
        <input
            class="input mono entry-key"
            aria-label=move || key.with_value(|key| fill(i18n.t().configs().key_of, &[("key", key)]))
            autocomplete="off"
            spellcheck="false"
            readonly=read_only
            prop:value=key.get_value()
            on:change=rename
        />
    }
}
