//! Making an environment (`E07`, `E08`), from nothing or as a clone of another: steps that can be left and taken up again.
//!
//! The link names project, family, source and step; what is typed lives in a [`Draft`](crate::domain::create::Draft) that
//! the tab keeps ([`keep`]), so that neither a wrong click nor a reload loses it. Everything else is read anew. The steps
//! only edit the draft; [`form`] holds it against what the project offers, [`review`] turns it into a plan, and the
//! operation engine does the rest.

mod basics;
mod config;
mod configs;
mod configs_source;
mod form;
mod keep;
mod progress;
mod review;
mod services;
mod stepper;
mod variables;
mod words;

use crate::components::empty::Empty;
use crate::components::guard::guard_edits;
use crate::components::icon::Icon;
use crate::components::production_word::ProductionWord;
use crate::domain::create::may_be_secret;
use crate::i18n::{fill, use_i18n};
use crate::nav::use_nav;
use crate::route::{CreateLink, CreateStep, Route};
use crate::session::{show_project, use_session};
use form::Form;
use leptos::html;
use leptos::prelude::*;

/// The page of a new environment.
#[component]
pub(crate) fn CreatePage(
    /// Where it is made; the step is followed from the route.
    link: CreateLink,
) -> impl IntoView {
    let (i18n, nav, session) = (use_i18n(), use_nav(), use_session());
    show_project(&link.project);
    let link = StoredValue::new(link.at(CreateStep::default()));
    let step = Memo::new(move |_| match nav.route.get() {
        Route::Create(link) => link.step,
        _ => CreateStep::default(),
    });
    let title = move || {
        let t = i18n.t().create();
        link.with_value(|link| match &link.from {
            Some(from) => fill(t.title_clone, &[("name", from)]),
            None => i18n.t().labels().crumb(link.family).to_owned(),
        })
    };
    let production = link.with_value(|link| link.family.is_production());
    view! {
        <div class="page create">
            <div class="page-head">
                <h1 class="clip">{title}</h1>
                {production.then(|| view! { <ProductionWord /> })}
            </div>
            <Show
                when=move || !session.is_read_only()
                fallback=move || {
                    view! {
                        <Empty
                            icon=Icon::Eye
                            title=Signal::derive(move || {
                                let helm = session.known.helm_is_shown();
                                let t = i18n.t();
                                if helm { t.projects().helm } else { t.create().read_only }.to_owned()
                            })
                            hint=Signal::derive(move || {
                                let helm = session.known.helm_is_shown();
                                let t = i18n.t();
                                if helm { t.projects().helm_hint } else { t.create().services_none_hint }.to_owned()
                            })
                        >
                            <a class="button" href=link.with_value(|link| Route::environments(&link.project).href())>
                                {i18n.tr(|t| t.create().to_list)}
                            </a>
                        </Empty>
                    }
                }
            >
                <Steps link step />
            </Show>
        </div>
    }
}

#[component]
fn Steps(link: StoredValue<CreateLink>, step: Memo<CreateStep>) -> impl IntoView {
    let i18n = use_i18n();
    let form = Form::start(link);
    let under_way = progress::under_way(form);
    // All else is kept by the tab; this would be lost.
    let secrets = move || form.draft.with(|draft| draft.configs.iter().any(|one| may_be_secret(&one.yaml)));
    guard_edits(
        Signal::derive(move || secrets() && under_way.get().is_none()),
        move |route| matches!(route, Route::Create(to) if link.with_value(|link| to.at(CreateStep::default()) == *link)),
    );
    let heading = NodeRef::<html::H2>::new();
    // The focus goes with the step, so that a screen reader says where it is; not on the first one, where the page's own
    // heading has it.
    Effect::new(move |before: Option<CreateStep>| {
        let step = step.get();
        if before.is_some_and(|before| before != step) {
            form.went_on.set(true);
            request_animation_frame(move || {
                if let Some(heading) = heading.try_get_untracked().flatten() {
                    let _ = heading.focus();
                }
            });
        }
        step
    });
    let content = move || match step.get() {
        CreateStep::Basics => view! { <basics::Basics form /> }.into_any(),
        CreateStep::Services => view! { <services::Services form /> }.into_any(),
        CreateStep::Variables => view! { <variables::Variables form /> }.into_any(),
        CreateStep::Configs => view! { <configs::Configs form /> }.into_any(),
        CreateStep::Review => view! { <review::ReviewStep form /> }.into_any(),
    };
    view! {
        {move || match under_way.get() {
            Some(id) => view! { <progress::Progress form id /> }.into_any(),
            None => {
                view! {
                    <stepper::Stepper form step />
                    <section class="create-step" aria-labelledby="create-step">
                        <h2 id="create-step" tabindex="-1" node_ref=heading>
                            {move || words::step(i18n.t(), step.get())}
                        </h2>
                        <form::RestoredNotice form />
                        <form::SourceNotice form />
                        {content}
                    </section>
                    <stepper::Footer form step />
                }
                    .into_any()
            }
        }}
    }
}
