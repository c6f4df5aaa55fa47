//! What should be so before sub-environments are turned on: Istio in the cluster, and a Kubernetes Service for every
//! workload. Only the first is an obstacle.

use super::sharing_state::SharingState;
use crate::components::error_notice::ErrorNotice;
use crate::components::icon::{Icon, IconView};
use crate::domain::sharing::{Lone, without_service};
use crate::i18n::{fill_count, use_i18n};
use leptos::prelude::*;

/// One requirement as drawn.
struct Step {
    id: &'static str,
    state: &'static str,
    tone: &'static str,
    icon: Icon,
    title: String,
    hint: Option<&'static str>,
    names: Vec<Lone>,
}

/// The two requirements, with a way to look at them again.
#[component]
pub(super) fn Requirements(sharing_state: SharingState) -> impl IntoView {
    let i18n = use_i18n();
    let istio = Memo::new(move |_| sharing_state.istio.value().map(|istio| *istio));
    let lone = Memo::new(move |_| sharing_state.lone.value().map(|list| without_service(&list)));
    let unlisted = Memo::new(move |_| sharing_state.cannot_list());
    let istio_step = move || {
        let t = i18n.t().sharing();
        let (state, tone, icon, title, hint) = match istio.get() {
            Some(true) => ("ok", "tone-ok", Icon::Check, t.step_istio, None),
            Some(false) => ("bad", "tone-bad", Icon::Cross, t.step_istio_no, Some(t.step_istio_no_hint)),
            None => ("open", "tone-idle", Icon::Dot, t.step_istio_open, None),
        };
        draw(Step { id: "istio", state, tone, icon, title: title.to_owned(), hint, names: Vec::new() })
    };
    let services_step = move || {
        let t = i18n.t().sharing();
        let plain = |state, tone, icon, title: &str, hint| Step {
            id: "services",
            state,
            tone,
            icon,
            title: title.to_owned(),
            hint,
            names: Vec::new(),
        };
        draw(match (lone.get(), unlisted.get()) {
            (None, true) => plain(
                "unknown",
                "tone-idle",
                Icon::Question,
                t.step_services_unknown,
                Some(t.step_services_unknown_hint),
            ),
            (None, false) => plain("open", "tone-idle", Icon::Dot, t.step_services_open, None),
            (Some(names), _) if names.is_empty() => {
                plain("ok", "tone-ok", Icon::Check, t.step_services, None)
            }
            (Some(names), _) => {
                let title = fill_count(t.step_services_no, names.len(), &[]);
                let hint = Some(t.step_services_no_hint);
                Step { names, ..plain("note", "tone-warn", Icon::Alert, &title, hint) }
            }
        })
    };
    let failure = move || {
        let unlisted = unlisted.get();
        sharing_state.istio.error().or_else(|| sharing_state.lone.error().filter(|_| !unlisted))
    };
    view! {
        <section class="card" aria-label=i18n.tr(|t| t.sharing().before)>
            <div class="page-head">
                <h2>{i18n.tr(|t| t.sharing().before)}</h2>
                <span class="spring"></span>
                <button type="button" class="button" on:click=move |_| sharing_state.refresh()>
                    {i18n.tr(|t| t.sharing().check_again)}
                </button>
            </div>
            <ul class="doctor">{istio_step} {services_step}</ul>
            <ErrorNotice
                error=Signal::derive(failure)
                retry=Callback::new(move |()| sharing_state.refresh())
            />
        </section>
    }
}

fn draw(step: Step) -> impl IntoView + use<> {
    let names = (!step.names.is_empty()).then(|| {
        let names = step.names.into_iter().map(|one| {
            let kind = one.kind.map(|kind| view! { <span class="dim">{kind}</span> });
            view! { <li><code>{one.name}</code> " " {kind}</li> }
        });
        view! { <ul class="sharing-names">{names.collect_view()}</ul> }
    });
    view! {
        <li class=step.tone data-requirement=step.id data-state=step.state>
            <IconView icon=step.icon />
            <div>
                <span class:dim=step.state == "open">{step.title}</span>
                {step.hint.map(|hint| view! { <p>{hint}</p> })}
                {names}
            </div>
        </li>
    }
}
