//! What is wrong with the text, in a list beside it: each leads to its place.

use super::{EditorHandle, words};
use crate::components::icon::{Icon, IconView};
use crate::domain::yaml::{Problem, Severity};
use crate::i18n::{fill, use_i18n};
use leptos::prelude::*;

/// So many are listed; a text that is wrong everywhere is wrong for one reason.
const SHOWN: usize = 20;

/// The problems of an editor's text.
#[component]
pub(crate) fn ProblemList(
    /// The problems.
    #[prop(into)]
    problems: Signal<Vec<Problem>>,
    /// The editor they are in.
    handle: EditorHandle,
) -> impl IntoView {
    let i18n = use_i18n();
    let line = move |problem: Problem| {
        let t = i18n.t();
        let (icon, tone, grave) = match problem.fault.severity() {
            Severity::Error => (Icon::Cross, "tone-bad", t.editor().error),
            Severity::Warning => (Icon::Alert, "tone-warn", t.editor().warning),
        };
        let place = problem.place;
        let (line, column) = (place.line.to_string(), place.column.to_string());
        let at = fill(t.editor().at, &[("line", &line), ("column", &column)]);
        view! {
            <li class=tone data-place=format!("{line}:{column}")>
                <IconView icon />
                <span class="sr-only">{grave}</span>
                <button type="button" class="link tabular" title=at on:click=move |_| handle.go_to(place)>
                    {format!("{line}:{column}")}
                </button>
                <span>{words::fault(t, &problem.fault)}</span>
            </li>
        }
    };
    let lines = move || problems.get().into_iter().take(SHOWN).map(line).collect_view();
    let more = move || {
        let more = problems.with(Vec::len).saturating_sub(SHOWN);
        (more > 0).then(
            || view! { <li class="dim">{fill(i18n.t().common().more, &[("n", &more.to_string())])}</li> },
        )
    };
    view! {
        <Show when=move || problems.with(|problems| !problems.is_empty())>
            <ul class="problem-list" aria-label=i18n.tr(|t| t.editor().problems)>
                {lines} {more}
            </ul>
        </Show>
    }
}
