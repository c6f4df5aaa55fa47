//! Why there is no plan.

use super::words;
use crate::i18n::use_i18n;
use crate::ops::Problem;
use leptos::prelude::*;

/// Why there is no plan, until the next try.
#[component]
pub(crate) fn ProblemLine(
    /// What stands in the way, if anything.
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        problem.get().map(|problem| {
            let text = words::problem(i18n.t(), i18n.language.get(), &problem);
            view! { <p class="problem" role="alert">{text}</p> }
        })
    }
}
