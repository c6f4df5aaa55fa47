//! An object key by key: each value in a field of its own, decoded where it is base64, hidden where it is a Secret's.

use super::editing::Editing;
use super::entry::Entry;
use crate::api::envcfgs::EnvConfigKind;
use crate::components::icon::{Icon, IconView};
use crate::components::keys::pressed;
use crate::domain::configs::{Buffer, Shown};
use crate::domain::k8s_name::is_config_key;
use crate::domain::yaml::data::Section;
use crate::i18n::{fill, use_i18n};
use leptos::prelude::*;

/// The entries of an object. Compared by identity of their keys, drawn anew only when one comes or goes.
#[component]
pub(crate) fn Form(editing: Editing, read_only: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let entries = Memo::new(move |_| editing.buffer.with(Buffer::entries));
    let readable = Memo::new(move |_| entries.with(Option::is_some));
    let keys = Memo::new(move |_| {
        let keys =
            |all: &Vec<Shown>| all.iter().map(|one| (one.section, one.key.clone())).collect::<Vec<_>>();
        entries.with(|entries| entries.as_ref().map(keys).unwrap_or_default())
    });
    let none = Memo::new(move |_| keys.with(Vec::is_empty));
    let secret = editing.buffer.with_untracked(|buffer| *buffer.kind() == EnvConfigKind::Secret);
    let content = move || {
        if !readable.get() {
            return view! { <p class="notice tone-warn" role="note">{i18n.tr(|t| t.configs().form_broken)}</p> }.into_any();
        }
        view! {
            {secret.then(|| view! { <p class="hint">{i18n.tr(|t| t.configs().base64_hint)}</p> })}
            <Show when=move || none.get()>
                <p class="dim">{i18n.tr(|t| t.configs().no_entries)}</p>
            </Show>
            <div class="entries">
                <For each=move || keys.get() key=Clone::clone let((section, key))>
                    <Entry editing section key entries read_only />
                </For>
            </div>
            <Show when=move || !read_only.get()>
                <AddKey editing keys />
            </Show>
        }
        .into_any()
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        // The code editor of a large value saves by itself.
        if (event.ctrl_key() || event.meta_key()) && pressed(&event) == "s" && !event.default_prevented() {
            event.prevent_default();
            editing.save();
        }
    };
    view! { <div class="config-form" on:keydown=keys>{content}</div> }
}

/// The field for one more key.
#[component]
fn AddKey(editing: Editing, keys: Memo<Vec<(Section, String)>>) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(String::new());
    let refused = RwSignal::new(false);
    let taken = move || keys.with(|keys| typed.with(|typed| keys.iter().any(|(_, key)| key == typed.trim())));
    let wrong = move || typed.with(|typed| !typed.trim().is_empty() && !is_config_key(typed.trim()));
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let key = typed.get_untracked().trim().to_owned();
        if key.is_empty() || untrack(taken) || untrack(wrong) {
            return;
        }
        let done = editing.edit(|buffer| buffer.set_value(Section::Data, &key, b"").is_ok()) == Some(true);
        refused.set(!done);
        if done {
            typed.set(String::new());
        }
    };
    let note = move || {
        let t = i18n.t();
        let bad = || fill(t.editor().bad_key, &[("key", typed.get().trim())]);
        match (taken(), wrong(), refused.get()) {
            (true, ..) => t.configs().key_taken.to_owned(),
            (_, true, _) => bad(),
            (.., true) => t.configs().yaml_only.to_owned(),
            _ => String::new(),
        }
    };
    view! {
        <form class="inline-form add-key" on:submit=add novalidate>
            <input
                class="input mono"
                aria-label=i18n.tr(|t| t.configs().new_key)
                placeholder=i18n.tr(|t| t.configs().new_key)
                autocomplete="off"
                spellcheck="false"
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <button type="submit" class="button" disabled=move || typed.with(|typed| typed.trim().is_empty()) || taken() || wrong()>
                <IconView icon=Icon::Plus />
                {i18n.tr(|t| t.configs().add_key)}
            </button>
            <span class="problem small" role="status">{note}</span>
        </form>
    }
}
