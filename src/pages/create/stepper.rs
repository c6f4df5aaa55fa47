//! The steps as links, and the way on and back.

use super::form::Form;
use super::words;
use crate::components::icon::IconView;
use crate::i18n::{fill, use_i18n};
use crate::nav::use_nav;
use crate::route::{CreateStep, Route};
use leptos::prelude::*;

/// How many problems a step has; a reactive read.
fn problems(form: Form, step: CreateStep) -> usize {
    form.found.with(|found| {
        let of_step =
            |one: &&crate::domain::create::Found| one.field.step() == step && !one.issue.is_warning();
        found.iter().filter(of_step).count()
    })
}

/// Every step, with what is to be fixed in it.
#[component]
pub(crate) fn Stepper(form: Form, step: Memo<CreateStep>) -> impl IntoView {
    let i18n = use_i18n();
    let entry = move |which: CreateStep| {
        let href = form.link.with_value(|link| Route::Create(link.at(which)).href());
        let count = Memo::new(move |_| problems(form, which));
        // A step that was not reached yet is not blamed for being empty.
        let shown = move || if which < step.get() || which == CreateStep::Review { count.get() } else { 0 };
        let done = move || which < step.get();
        view! {
            <li>
                <a
                    class="create-step-link"
                    class:done=done
                    class:wrong=move || { shown() > 0 }
                    href=href
                    aria-current=move || (step.get() == which).then_some("step")
                >
                    {move || (done() || shown() > 0).then(|| view! { <IconView icon=words::icon(shown()) /> })}
                    <span>{move || words::step(i18n.t(), which)}</span>
                    {move || {
                        (shown() > 0)
                            .then(|| {
                                let text = fill(i18n.t().create().problems, &[("n", &shown().to_string())]);
                                view! { <span class="sr-only">{text}</span> }
                            })
                    }}
                </a>
            </li>
        }
    };
    view! {
        <nav aria-label=i18n.tr(|t| t.create().steps)>
            <ol class="create-steps">{CreateStep::of(form.family).iter().copied().map(entry).collect_view()}</ol>
        </nav>
    }
}

/// Back, next, and the promise of what is kept.
#[component]
pub(crate) fn Footer(form: Form, step: Memo<CreateStep>) -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let go = move |to: CreateStep| nav.go(Route::Create(form.link.with_value(|link| link.at(to))));
    let beside = move |next: bool| {
        let steps = CreateStep::of(form.family);
        let at = steps.iter().position(|one| *one == step.get())?;
        let to = if next { at.checked_add(1)? } else { at.checked_sub(1)? };
        steps.get(to).copied()
    };
    let untouched = move || form.draft.with(crate::domain::create::Draft::is_untouched);
    view! {
        <div class="create-footer">
            <p class="dim small">{i18n.tr(|t| t.create().kept)}</p>
            <div class="create-ways">
                <button
                    type="button"
                    class="button quiet"
                    disabled=untouched
                    on:click=move |_| {
                        form.discard();
                        go(CreateStep::Basics);
                    }
                >
                    {i18n.tr(|t| t.create().discard)}
                </button>
                <span class="spring"></span>
                {move || {
                    beside(false)
                        .map(|to| {
                            view! {
                                <button type="button" class="button" on:click=move |_| go(to)>
                                    {i18n.tr(|t| t.create().back)}
                                </button>
                            }
                        })
                }}
                {move || {
                    beside(true)
                        .map(|to| {
                            view! {
                                <button type="button" class="button primary" on:click=move |_| go(to)>
                                    {i18n.tr(|t| t.create().next)}
                                </button>
                            }
                        })
                }}
            </div>
        </div>
    }
}
