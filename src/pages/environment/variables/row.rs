//! One variable: its cells, what is done to it, and what there is to say about that.

use super::draft::Draft;
use super::value::{Block, Shape, ValueCell, notes_id};
use super::words;
use crate::components::icon::{Icon, IconView};
use crate::domain::variables::{Change, Row};
use crate::i18n::{fill, use_i18n};
use crate::route::{EnvironmentRef, Panel, Route, ServiceRef, ServiceView, Tab};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Services named in a row; the others are counted.
const NAMED: usize = 3;

/// The row of the variable with this key.
#[component]
pub(crate) fn TableRow(draft: Draft, key: String) -> impl IntoView {
    let i18n = use_i18n();
    let wanted = key.clone();
    let row = Memo::new(move |before: Option<&Row>| {
        // A row that just went keeps its last data until it is removed.
        draft
            .rows
            .with(|rows| rows.iter().find(|row| row.variable.key == wanted).cloned())
            .or_else(|| before.cloned())
            .unwrap_or_default()
    });
    let shape = Shape::of(&row.get_untracked());
    let open = RwSignal::new(false);
    let asked = RwSignal::new(false);
    let change = Memo::new(move |_| row.with(|row| row.change));
    let class = move || match change.get() {
        Change::None => "tr",
        Change::Value => "tr changed",
        Change::Added => "tr changed added",
        Change::Removed => "tr changed removed",
    };
    let chip = move || {
        let t = i18n.t().variables();
        let word = match change.get() {
            Change::None => return None,
            Change::Value => t.changed,
            Change::Added => t.added,
            Change::Removed => t.removed,
        };
        Some(view! { <span class="chip">{word}</span> })
    };
    let desc = Memo::new(move |_| row.with(|row| row.variable.desc.clone()));
    let node = NodeRef::<html::Div>::new();
    show_if_new(draft, &key, node);
    view! {
        <div node_ref=node class=class role="row" data-variable=key.clone()>
            <div class="td c-name" role="cell">
                <code class="clip" title=key.clone()>{key.clone()}</code>
                {chip}
            </div>
            <div class="td c-kind dim" role="cell">{move || row.with(|row| row.variable.kind.to_string())}</div>
            <div class="td c-value" role="cell"><ValueCell draft row shape open /></div>
            <div class="td c-desc dim" role="cell"><span class="clip" title=desc>{desc}</span></div>
            <div class="td c-services" role="cell"><Services at=draft.at row /></div>
            <div class="td c-acts" role="cell"><Acts draft row asked /></div>
            <Show when=move || open.get()>
                <div class="c-block" role="cell"><Block draft row shape /></div>
            </Show>
            <div class="c-notes" role="cell" id=notes_id(&key)><Notes at=draft.at row asked /></div>
        </div>
    }
}

/// Brings the row of a variable that was just added into sight, with the focus on its value.
fn show_if_new(draft: Draft, key: &str, node: NodeRef<html::Div>) {
    if draft.fresh.get_untracked().as_deref() != Some(key) {
        return;
    }
    draft.fresh.set(None);
    crate::effect::effect(move || {
        let Some(node) = node.get() else { return };
        // The dialog that it was chosen in gives the focus back first.
        request_animation_frame(move || {
            node.scroll_into_view_with_bool(false);
            let field = node.query_selector(".c-value :is(input, select, textarea, button)").ok().flatten();
            if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = field.focus();
            }
        });
    });
}

/// The services that take the variable, each leading to its own variables.
#[component]
fn Services(at: StoredValue<EnvironmentRef>, row: Memo<Row>) -> impl IntoView {
    let i18n = use_i18n();
    let names = Memo::new(move |_| row.with(|row| row.variable.related_services.clone()));
    move || {
        let names = names.get();
        if names.is_empty() {
            return view! { <span class="dim">{i18n.t().variables().nobody}</span> }.into_any();
        }
        let more = names.len().saturating_sub(NAMED);
        let all = names.join(", ");
        let links = names.iter().take(NAMED).map(|name| service_link(at, name)).collect_view();
        view! {
            <span class="service-links" title=all>{links}</span>
            {(more > 0).then(|| view! { <span class="dim small nowrap">{fill(i18n.t().common().more, &[("n", &more.to_string())])}</span> })}
        }
        .into_any()
    }
}

/// A service's name as a link to its variables.
fn service_link(at: StoredValue<EnvironmentRef>, name: &str) -> impl IntoView + use<> {
    let route = Route::Environment {
        at: at.get_value(),
        tab: Tab::Services,
        view: ServiceView::default(),
        service: Some(ServiceRef { name: name.to_owned(), panel: Panel::Variables }),
    };
    view! { <a href=route.href()>{name.to_owned()}</a> }
}

/// Undo, or remove.
#[component]
fn Acts(
    draft: Draft,
    row: Memo<Row>,
    /// Whether a removal was asked for that Zadig would refuse.
    asked: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let key = StoredValue::new(row.with_untracked(|row| row.variable.key.clone()));
    let edited = Memo::new(move |_| row.with(|row| row.change != Change::None));
    let taken = move || row.with_untracked(|row| !row.variable.related_services.is_empty());
    let remove = move |_| match taken() {
        true => asked.set(true),
        false => key.with_value(|key| draft.remove(key)),
    };
    let undo = move |_| key.with_value(|key| draft.undo(key));
    let label = move || {
        let t = i18n.t().variables();
        key.with_value(|key| fill(if edited.get() { t.undo } else { t.remove }, &[("key", key)]))
    };
    move || {
        if draft.locked.get() {
            return ().into_any();
        }
        if edited.get() {
            return view! {
                <button type="button" class="button quiet icon" aria-label=label title=label on:click=undo>
                    <IconView icon=Icon::Undo />
                </button>
            }
            .into_any();
        }
        view! {
            <button type="button" class="button quiet icon" aria-label=label title=label on:click=remove>
                <IconView icon=Icon::Trash />
            </button>
        }
        .into_any()
    }
}

/// What there is to say: the old value, what somebody else did, why Zadig would refuse it.
#[component]
fn Notes(at: StoredValue<EnvironmentRef>, row: Memo<Row>, asked: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let was = move || {
        row.with(|row| {
            let t = i18n.t();
            let seen = row.conflict.as_ref().map_or(row.stored.as_ref(), |conflict| conflict.seen.as_ref());
            let text = words::value(t, seen.filter(|_| row.change == Change::Value)?.into());
            // A text of several lines says nothing in one; the review shows it whole.
            let line = (!text.contains('\n')).then(|| fill(t.variables().was, &[("value", &text)]))?;
            Some(view! { <p class="dim small clip" title=text>{line}</p> })
        })
    };
    let conflict = move || {
        row.with(|row| {
            let t = i18n.t();
            let found = row.conflict.as_ref()?;
            let theirs = words::one_line(&words::value(t, found.theirs.as_ref()));
            let text = fill(t.variables().meanwhile, &[("value", &theirs)]);
            Some(view! { <p class="small meanwhile" role="status">{text}</p> })
        })
    };
    let fault = move || {
        row.with(|row| row.fault.as_ref().map(|one| words::fault(i18n.t(), one)))
            .map(|text| view! { <p class="problem" role="alert">{text}</p> })
    };
    let refused = move || {
        let names = row.with(|row| row.variable.related_services.clone());
        (asked.get() && !names.is_empty()).then(|| {
            let links = names.iter().map(|name| service_link(at, name)).collect_view();
            view! {
                <p class="small" role="alert">
                    {i18n.tr(|t| t.variables().cannot_remove)}
                    " "
                    <span class="service-links">{links}</span>
                    " "
                    <button type="button" class="text-button" on:click=move |_| asked.set(false)>
                        {i18n.tr(|t| t.common().close)}
                    </button>
                </p>
            }
        })
    };
    view! { {was} {conflict} {fault} {refused} }
}
