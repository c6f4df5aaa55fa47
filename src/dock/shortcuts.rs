//! The keys of the application, in a dialog.

use super::LogShortcuts;
use crate::components::dialog::Dialog;
use crate::i18n::use_i18n;
use leptos::prelude::*;

/// The dialog that lists the keys.
#[component]
pub(crate) fn ShortcutsDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog open title=i18n.text(|t| t.shell().shortcuts)>
            <Shortcuts />
        </Dialog>
    }
}

/// Every key of the pages and of the logs.
#[component]
fn Shortcuts() -> impl IntoView {
    let i18n = use_i18n();
    let rows = move || {
        let t = i18n.t().settings();
        key_list(&[
            (&["Ctrl", "K"][..], t.key_palette),
            (&["/"], t.key_search),
            (&["j", "k"], t.key_rows),
            (&["Enter"], t.key_open),
            (&["Esc"], t.key_back),
            (&["r"], t.key_refresh),
            (&["p"], t.key_problems),
            (&["?"], t.key_help),
        ])
    };
    view! {
        <dl class="shortcut-list">{rows}</dl>
        <LogShortcuts />
    }
}

/// Keys with what they do, for a `dl`.
pub(crate) fn key_list(keys: &[(&[&'static str], &'static str)]) -> impl IntoView + use<> {
    let row = |(keys, text): &(&[&'static str], &'static str)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> " " }).collect_view();
        view! { <dt>{keys}</dt><dd>{*text}</dd> }
    };
    keys.iter().map(row).collect_view()
}
