//! Why the server would refuse an operation now, said before it is tried.

use crate::api::environments::EnvStatus;
use crate::domain::state::of_environment;
use crate::i18n::{Language, Messages, fill, use_i18n};
use crate::ops::Kind;
use crate::ops::plans::allowed;
use leptos::prelude::*;

/// What the environment around is doing, as a context of everything on its page; nothing while it is not known.
#[derive(Clone, Copy)]
pub(crate) struct AroundStatus(pub Signal<Option<EnvStatus>>);

/// Why an environment in its present state refuses this kind of operation; nothing where it does not, or where no
/// environment is around.
pub(crate) fn use_refusal(kind: Kind) -> Memo<Option<String>> {
    let i18n = use_i18n();
    let around = use_context::<AroundStatus>();
    Memo::new(move |_| {
        let status = around?.0.get()?;
        let refused = allowed(kind, &status).is_err();
        refused.then(|| refused_by_state(i18n.t(), i18n.language.get(), &status))
    })
}

/// That an environment in this state refuses changes.
pub(super) fn refused_by_state(t: &Messages, language: Language, status: &EnvStatus) -> String {
    let state = of_environment(status);
    let word = match t.states().word(state.word) {
        "" => state.raw.clone(),
        word => word.to_owned(),
    };
    let word = if language == Language::English { word.to_ascii_lowercase() } else { word };
    fill(t.labels().problem_state, &[("state", &word)])
}

/// The reason under a control that it disables.
#[component]
pub(crate) fn RefusalLine(
    /// As [`use_refusal`] gives it.
    why: Memo<Option<String>>,
    /// What the control's `aria-describedby` names.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    move || why.get().map(|text| view! { <p id=id.clone() class="dim small refusal">{text}</p> })
}
