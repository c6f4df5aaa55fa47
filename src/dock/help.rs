//! The keys of a log view, for the help.

use crate::dock::shortcuts::key_list;
use crate::i18n::use_i18n;
use leptos::prelude::*;

/// The keys that work while a log has the focus.
#[component]
pub(crate) fn LogShortcuts() -> impl IntoView {
    let i18n = use_i18n();
    let rows = move || {
        let t = i18n.t().logs();
        key_list(&[
            (&["f"][..], t.key_follow),
            (&["p"], t.key_pause),
            (&["/"], t.key_search),
            (&["n", "N"], t.key_matches),
            (&["w"], t.key_wrap),
            (&["t"], t.key_time),
            (&["m"], t.key_mark),
            (&["[", "]"], t.key_marks),
            (&["c"], t.key_copy),
            (&["Enter"], t.key_open),
            (&["C"], t.key_clear),
            (&["0"], t.key_tail),
            (&["1"], t.key_head),
            (&["2", "3", "4", "5", "6"], t.key_since),
            (&["F"], t.full),
        ])
    };
    view! {
        <h3 class="log-help">{i18n.tr(|t| t.logs().in_logs)}</h3>
        <dl class="shortcut-list">{rows}</dl>
    }
}
