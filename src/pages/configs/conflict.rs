//! What somebody else changed while the object was edited here: both changes side by side, and the ways on.

use super::editing::{Editing, Theirs};
use crate::components::diff::TextDiff;
use crate::components::icon::{Icon, IconView};
use crate::domain::configs::{Buffer, shown_texts};
use crate::i18n::{fill, use_i18n};
use leptos::prelude::*;

/// The conflict, while there is one.
#[component]
pub(crate) fn Conflict(editing: Editing) -> impl IntoView {
    let i18n = use_i18n();
    move || match editing.theirs.get()? {
        Theirs::Deleted => Some(
            view! {
                <div class="notice tone-bad" role="alert">
                    <IconView icon=Icon::Alert />
                    <p>{i18n.t().configs().deleted_meanwhile}</p>
                </div>
            }
            .into_any(),
        ),
        Theirs::Changed { who, text } => Some(view! { <Changed editing who text /> }.into_any()),
    }
}

#[component]
fn Changed(editing: Editing, who: Option<String>, text: String) -> impl IntoView {
    let i18n = use_i18n();
    let (base, mine, kind) = editing
        .buffer
        .with_untracked(|buffer| (buffer.base().to_owned(), buffer.whole(), buffer.kind().clone()));
    let shown = |old: &str, new: &str| shown_texts(&kind, old, new);
    let (their_old, their_new) = shown(&base, &text);
    let (my_old, my_new) = shown(&text, &mine);
    let merged = editing.buffer.with_untracked(|buffer| buffer.merged(&text));
    let words = move || {
        let t = i18n.t().configs();
        fill(t.changed_by, &[("who", who.as_deref().unwrap_or(t.somebody))])
    };
    let now = StoredValue::new(text);
    let keep = move |_| now.with_value(|now| editing.on_top_of(now));
    let take = move |_| {
        let (kind, name) = editing.buffer.with_untracked(|buffer| (buffer.kind().clone(), buffer.name()));
        editing.replace(now.with_value(|now| Buffer::open(kind, &name, now)));
    };
    view! {
        <section class="conflict" role="alert" aria-label=i18n.tr(|t| t.configs().changed)>
            <div class="notice tone-warn">
                <IconView icon=Icon::Alert />
                <div class="notice-body">
                    <p class="notice-title">{i18n.tr(|t| t.configs().changed)}</p>
                    <p>{words}</p>
                </div>
            </div>
            <div class="conflict-actions">
                {merged
                    .map(|merged| {
                        view! {
                            <button
                                type="button"
                                class="button primary"
                                title=i18n.tr(|t| t.configs().merge_hint)
                                on:click=move |_| editing.replace(merged.clone())
                            >
                                {i18n.tr(|t| t.configs().merge)}
                            </button>
                        }
                    })}
                <button type="button" class="button" on:click=keep>{i18n.tr(|t| t.configs().keep_mine)}</button>
                <button type="button" class="button" on:click=take>{i18n.tr(|t| t.configs().take_theirs)}</button>
            </div>
            <h3>{i18n.tr(|t| t.configs().their_change)}</h3>
            <TextDiff old=their_old new=their_new />
            <h3>{i18n.tr(|t| t.configs().your_change)}</h3>
            <TextDiff old=my_old new=my_new />
        </section>
    }
}
