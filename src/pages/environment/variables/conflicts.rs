//! The question about variables that somebody else changed too: key by key, mine or theirs.

use super::bar::{Collision, Reviewing};
use super::draft::Draft;
use super::words;
use crate::api::VariableValue;
use crate::components::dialog::Dialog;
use crate::domain::three_way::{Choice, Conflict, resolve};
use crate::i18n::{Messages, use_i18n};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The choices so far, by key.
type Choices = RwSignal<BTreeMap<String, Choice>>;

/// The dialog; open while there is something to decide. Nothing is sent by it: the review follows.
#[component]
pub(crate) fn Conflicts(flow: Reviewing, draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    crate::effect::effect(move || open.set(flow.collision.with(Option::is_some)));
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        // Closed by Escape or the backdrop: back to the edits, which are as they were.
        if was == Some(true) && !is {
            flow.collision.set(None);
        }
        is
    });
    view! {
        <Dialog open title=i18n.text(|t| t.variables().conflict)>
            {move || flow.collision.get().map(|collision| view! { <Body flow draft collision /> })}
        </Dialog>
    }
}

#[component]
fn Body(flow: Reviewing, draft: Draft, collision: Collision) -> impl IntoView {
    let i18n = use_i18n();
    let choices: Choices = RwSignal::new(BTreeMap::new());
    let Collision { now, conflicts } = collision;
    let of = conflicts.len();
    let decided = Memo::new(move |_| choices.with(|choices| choices.len() == of));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !decided.get_untracked() {
            return;
        }
        draft.edits.update(|edits| choices.with_untracked(|choices| resolve(edits, &now, choices)));
        draft.handed.edited();
        flow.collision.set(None);
        // Read once more: the answer may have taken its time.
        if draft.edits.with_untracked(|edits| !edits.is_empty()) {
            flow.begin();
        }
    };
    view! {
        <form class="review" on:submit=submit novalidate>
            <p>{i18n.tr(|t| t.variables().conflict_text)}</p>
            {conflicts.into_iter().map(|conflict| view! { <Decision conflict choices /> }).collect_view()}
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| flow.collision.set(None)>
                    {i18n.tr(|t| t.common().cancel)}
                </button>
                <button type="submit" class="button primary" disabled=move || !decided.get()>
                    {i18n.tr(|t| t.variables().go_on)}
                </button>
            </div>
        </form>
    }
}

/// One key: what was seen, what is there now, what is wished, and the choice.
#[component]
fn Decision(conflict: Conflict, choices: Choices) -> impl IntoView {
    let i18n = use_i18n();
    let key = StoredValue::new(conflict.key.clone());
    let name = format!("keep-{}", conflict.key);
    let side = move |choice: Choice, value: Option<VariableValue>, pick: fn(&Messages) -> &'static str| {
        let chosen = move || choices.with(|choices| key.with_value(|key| choices.get(key) == Some(&choice)));
        let choose = move |_| {
            choices.update(|choices| {
                choices.insert(key.get_value(), choice);
            });
        };
        view! {
            <label class="side" class:chosen=chosen>
                <input type="radio" name=name.clone() prop:checked=chosen on:change=choose />
                <b>{move || pick(i18n.t())}</b>
                <pre>{move || words::value(i18n.t(), value.as_ref())}</pre>
            </label>
        }
    };
    let seen = conflict.seen;
    view! {
        <fieldset class="conflict" data-conflict=conflict.key.clone()>
            <legend><code>{conflict.key.clone()}</code></legend>
            <div class="side seen">
                <b class="dim">{i18n.tr(|t| t.variables().seen)}</b>
                <pre class="dim">{move || words::value(i18n.t(), seen.as_ref())}</pre>
            </div>
            {side(Choice::Theirs, conflict.theirs, |t| t.variables().theirs)}
            {side(Choice::Mine, conflict.mine, |t| t.variables().mine)}
        </fieldset>
    }
}
