//! The review: what will change, what is affected, the calls, and the question. Nothing leaves before Apply.

use super::line::{CallList, ChangeList};
use super::words;
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, IconView};
use crate::components::production_word::ProductionWord;
use crate::i18n::{fill, fill_count, use_i18n};
use crate::operations::{Review, use_ops};
use crate::ops::{Confirmation, Kind, Operation, Refused};
use leptos::prelude::*;
use std::sync::Arc;

/// The dialog of the open review; lives in the shell.
#[component]
pub(crate) fn ReviewDialog() -> impl IntoView {
    let (i18n, ops) = (use_i18n(), use_ops());
    let open = RwSignal::new(false);
    crate::effect::effect(move || open.set(ops.review.get().is_some()));
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        // Closed by Escape or the backdrop: the draft goes with it.
        if was == Some(true) && !is {
            ops.close_review();
        }
        is
    });
    let title = Signal::derive(move || {
        let t = i18n.t();
        let list = ops.review.get().map(|review| ops.of(review)).unwrap_or_default();
        match list.as_slice() {
            [one] => format!("{} · {}", words::kind(t, one.facts.kind), words::target(&one.facts.target)),
            many => fill_count(t.ops().review_group, many.len(), &[]),
        }
    });
    view! {
        <Dialog open title>
            {move || ops.review.get().map(|review| view! { <Body review /> })}
        </Dialog>
    }
}

#[component]
fn Body(review: Review) -> impl IntoView {
    let (i18n, ops) = (use_i18n(), use_ops());
    // The content stands still while it is read: it is taken once.
    let list = untrack(|| ops.of(review));
    let wanted = match review {
        Review::One(_) => list.first().map_or(Confirmation::Plain, |op| op.facts.confirmation()),
        Review::Group(group) => {
            ops.with(|registry| registry.group_confirmation(group)).unwrap_or(Confirmation::Plain)
        }
    };
    let typed = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<Refused>);
    let check = wanted.clone();
    let ready = Memo::new(move |_| check.accepts(Some(&typed.get())));
    let production = list.iter().any(|op| op.facts.target.env.family.is_production());
    let one = list.len() == 1;
    let grace = list.iter().map(|op| op.facts.kind.grace().as_secs()).max().unwrap_or(0);
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if ready.get_untracked() {
            let result = ops.confirm(review, Some(&typed.get_untracked()));
            refused.set(result.err());
        }
    };
    let refusal = move || {
        refused.get().map(|why| {
            let other = match &why {
                Refused::Busy { other } => ops.get(*other),
                _ => None,
            };
            let other = other.map(|op| {
                format!("{} {}", words::kind(i18n.t(), op.facts.kind), words::target(&op.facts.target))
            });
            view! {
                <div class="notice tone-bad" role="alert">
                    <IconView icon=Icon::Alert />
                    <p>{words::refused(i18n.t(), &why, other.as_deref())}</p>
                </div>
            }
        })
    };
    view! {
        <form class="review" class:production=production on:submit=apply novalidate>
            {production.then(|| view! { <ProductionWord /> })}
            <Warnings list=list.clone() />
            <section class="block">
                <h3>{i18n.tr(|t| t.ops().changes)}</h3>
                {list.iter().map(|op| view! { <ChangeList facts=op.facts.clone() /> }).collect_view()}
            </section>
            <Hits list=list.clone() />
            <details>
                <summary>
                    {move || if one { i18n.t().ops().call } else { i18n.t().ops().calls }}
                </summary>
                {list.iter().map(|op| view! { <CallList facts=op.facts.clone() /> }).collect_view()}
            </details>
            <Typed wanted typed />
            {refusal}
            <div class="dialog-actions">
                {(grace > 0)
                    .then(|| {
                        let text = move || fill(i18n.t().ops().grace_hint, &[("n", &grace.to_string())]);
                        view! { <span class="dim small grace-hint">{text}</span> }
                    })}
                <button type="button" class="button" on:click=move |_| ops.close_review()>
                    {i18n.tr(|t| t.common().cancel)}
                </button>
                <button
                    type="submit"
                    class=if production { "button danger" } else { "button primary" }
                    disabled=move || !ready.get()
                >
                    {move || if production { i18n.t().ops().apply_production } else { i18n.t().ops().apply }}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Warnings(list: Vec<Arc<Operation>>) -> impl IntoView {
    let i18n = use_i18n();
    let any = list.iter().any(|op| !op.facts.warnings.is_empty());
    any.then(|| {
        view! {
            <div class="notice tone-warn" role="note">
                <IconView icon=Icon::Alert />
                <ul class="notice-body">
                    {move || {
                        list.iter()
                            .flat_map(|op| op.facts.warnings.iter())
                            .map(|one| view! { <li>{words::warning(i18n.t(), one)}</li> })
                            .collect_view()
                    }}
                </ul>
            </div>
        }
    })
}

/// The services whose pods restart, by name.
#[component]
fn Hits(list: Vec<Arc<Operation>>) -> impl IntoView {
    let i18n = use_i18n();
    let mut names: Vec<String> = list
        .iter()
        .flat_map(|op| op.facts.impacts.iter())
        .map(|hit| {
            let workloads: Vec<String> =
                hit.workloads.iter().map(|one| format!("{} {}", one.kind, one.name)).collect();
            match workloads.is_empty() {
                true => hit.service.clone(),
                false => format!("{}: {}", hit.service, workloads.join(", ")),
            }
        })
        .collect();
    names.dedup();
    let creates = list.iter().any(|op| op.facts.kind == Kind::CreateEnvironment);
    let nobody = move || if creates { i18n.t().ops().hits_new } else { i18n.t().ops().hits_none };
    view! {
        <section class="block">
            <h3>{i18n.tr(|t| t.ops().hits)}</h3>
            {if names.is_empty() {
                view! { <p class="dim">{nobody}</p> }.into_any()
            } else {
                view! { <ul class="hits">{names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}</ul> }
                    .into_any()
            }}
        </section>
    }
}

/// The field for the name, where one has to be typed, with the reason.
#[component]
fn Typed(wanted: Confirmation, typed: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    match wanted {
        Confirmation::Plain => None,
        Confirmation::TypeName { name, dangers } => {
            let reasons =
                move || dangers.iter().map(|one| words::danger(i18n.t(), *one)).collect::<Vec<_>>().join(" ");
            let label = move || fill(i18n.t().ops().type_name, &[("name", &name)]);
            let field = NodeRef::<leptos::html::Input>::new();
            crate::effect::effect(move || {
                if let Some(field) = field.get() {
                    let _ = field.focus();
                }
            });
            Some(view! {
                <div class="field">
                    <p class="problem">{reasons}</p>
                    <label for="typed-name">{label}</label>
                    <input
                        node_ref=field
                        id="typed-name"
                        class="input mono"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=typed
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                </div>
            })
        }
    }
}
