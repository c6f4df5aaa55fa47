//! Adding a variable: only one the project defines (`H3`), because Zadig refuses every other.

use super::draft::Draft;
use super::words;
use crate::api::Variable;
use crate::components::dialog::Dialog;
use crate::components::error_notice::ErrorNotice;
use crate::components::icon::{Icon, IconView};
use crate::domain::variables::addable;
use crate::i18n::use_i18n;
use crate::query::Stage;
use leptos::prelude::*;

/// The button and its dialog.
#[component]
pub(crate) fn AddVariable(draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    view! {
        <Show when=move || !draft.locked.get()>
            <button type="button" class="button" on:click=move |_| open.set(true)>
                <IconView icon=Icon::Plus />
                {i18n.tr(|t| t.variables().add)}
            </button>
            <Dialog open title=i18n.text(|t| t.variables().add)>
                <Chooser draft open />
            </Dialog>
        </Show>
    }
}

#[component]
fn Chooser(draft: Draft, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let free = Memo::new(move |_| {
        draft.now.with(|now| {
            draft.edits.with(|edits| draft.definition.with(|definition| addable(now, edits, definition)))
        })
    });
    let add = move |one: &Variable| {
        open.set(false);
        draft.add(one);
    };
    let list = move || match draft.defined.get() {
        Stage::Waiting => view! { <p class="dim" role="status">{i18n.t().common().loading}</p> }.into_any(),
        Stage::Failed => view! { <ErrorNotice error=draft.undefined /> }.into_any(),
        Stage::There if free.with(Vec::is_empty) => {
            view! { <p class="dim">{i18n.t().variables().add_none}</p> }.into_any()
        }
        Stage::There => {
            let choices = free.get().into_iter().map(|one| {
                let value = words::value(i18n.t(), Some(&one.value));
                view! {
                    <li>
                        <button type="button" class="add-variable" on:click={
                            let one = one.clone();
                            move |_| add(&one)
                        }>
                            <code>{one.key.clone()}</code>
                            <span class="dim small">{one.kind.to_string()}</span>
                            <span class="dim clip">{one.desc.clone()}</span>
                            <code class="dim clip">{words::one_line(&value)}</code>
                            <IconView icon=Icon::Plus />
                        </button>
                    </li>
                }
            });
            view! { <ul class="add-list">{choices.collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <div class="review">
            <p class="dim">{i18n.tr(|t| t.variables().add_hint)}</p>
            {list}
        </div>
    }
}
