//! Two texts, compared: in one column or side by side, with the unchanged parts folded.

use crate::domain::diff::{Line, Part, compare, count};
use crate::i18n::{fill, fill_count, use_i18n};
use leptos::prelude::*;

/// So many lines of one change are drawn; nobody reads more, and a page has to hold them.
const MOST: usize = 400;

/// Shows what differs between two texts.
#[component]
pub(crate) fn TextDiff(
    /// The text as it is.
    old: String,
    /// The text as it will be.
    new: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let parts = StoredValue::new(compare(&old, &new));
    let (gone, come) = parts.with_value(|parts| count(parts));
    let split = RwSignal::new(false);
    let kind = move |which: bool| {
        let text = move || if which { i18n.t().configs().side_by_side } else { i18n.t().configs().unified };
        view! {
            <button type="button" aria-pressed=move || (split.get() == which).to_string() on:click=move |_| split.set(which)>
                {text}
            </button>
        }
    };
    let summary = move || {
        fill(i18n.t().configs().diff_summary, &[("gone", &gone.to_string()), ("come", &come.to_string())])
    };
    let body = move || {
        let split = split.get();
        parts.with_value(|parts| parts.iter().map(|part| draw(part, split)).collect_view())
    };
    view! {
        <div class="diff">
            <div class="diff-head">
                <span class="dim small tabular">{summary}</span>
                <span class="spring"></span>
                <div class="segments small" role="group" aria-label=i18n.tr(|t| t.configs().diff)>
                    {[false, true].map(kind).collect_view()}
                </div>
            </div>
            <div class="diff-body mono" class:split=split tabindex="0" role="region" aria-label=i18n.tr(|t| t.configs().diff)>
                {body}
            </div>
        </div>
    }
}

fn draw(part: &Part, split: bool) -> AnyView {
    match part {
        Part::Same(lines) => lines.iter().map(|line| same(line, split)).collect_view().into_any(),
        Part::Folded(lines) => view! { <Fold lines=lines.clone() split /> }.into_any(),
        Part::Changed { removed, added } if split => {
            let rows = removed.len().max(added.len()).min(MOST);
            let rows = (0..rows).map(|row| {
                view! {
                    <div class="diff-pair">
                        {half(removed.get(row), "removed", "−")} {half(added.get(row), "added", "+")}
                    </div>
                }
            });
            view! { {rows.collect_view()} <Rest removed=removed.len() added=added.len() /> }.into_any()
        }
        Part::Changed { removed, added } => {
            let lines = |lines: &[Line], class: &'static str, sign: &'static str| {
                lines.iter().take(MOST).map(|line| changed(line, class, sign)).collect_view()
            };
            view! {
                {lines(removed, "removed", "−")}
                {lines(added, "added", "+")}
                <Rest removed=removed.len() added=added.len() />
            }
            .into_any()
        }
    }
}

fn number(number: Option<usize>) -> impl IntoView {
    view! { <span class="diff-no" aria-hidden="true">{number}</span> }
}

fn same(line: &Line, split: bool) -> AnyView {
    if split {
        let copy = Line { old: None, ..line.clone() };
        let old = Line { new: None, ..line.clone() };
        return view! { <div class="diff-pair">{half(Some(&old), "", " ")} {half(Some(&copy), "", " ")}</div> }
            .into_any();
    }
    view! {
        <div class="diff-line">
            {number(line.old)} {number(line.new)} <span class="diff-sign" aria-hidden="true">" "</span>
            <span class="diff-text">{line.text.clone()}</span>
        </div>
    }
    .into_any()
}

fn changed(line: &Line, class: &'static str, sign: &'static str) -> impl IntoView + use<> {
    view! {
        <div class=format!("diff-line {class}")>
            {number(line.old)} {number(line.new)} <span class="diff-sign">{sign}</span>
            <span class="diff-text">{line.text.clone()}{open_end(line)}</span>
        </div>
    }
}

fn half(line: Option<&Line>, class: &'static str, sign: &'static str) -> impl IntoView + use<> {
    let class = if line.is_some() { class } else { "none" };
    view! {
        <div class=format!("diff-half {class}")>
            {number(line.and_then(|line| line.old.or(line.new)))} <span class="diff-sign">{line.map(|_| sign)}</span>
            <span class="diff-text">{line.map(|line| line.text.clone())}{line.and_then(open_end)}</span>
        </div>
    }
}

/// The last line of a text without a line break says so: it may be the only difference.
fn open_end(line: &Line) -> Option<impl IntoView + use<>> {
    let i18n = use_i18n();
    line.open.then(|| view! { <span class="diff-open">{i18n.tr(|t| t.configs().no_line_break)}</span> })
}

/// Unchanged lines, shown when asked for.
#[component]
fn Fold(lines: Vec<Line>, split: bool) -> impl IntoView {
    let i18n = use_i18n();
    let shown = RwSignal::new(0);
    let all = lines.len();
    let lines = StoredValue::new(lines);
    let drawn = move || {
        lines.with_value(|lines| lines.iter().take(shown.get()).map(|line| same(line, split)).collect_view())
    };
    let rest = Memo::new(move |_| all.saturating_sub(shown.get()));
    view! {
        {drawn}
        <Show when=move || rest.get() != 0>
            <button type="button" class="diff-fold" on:click=move |_| shown.update(|shown| *shown += MOST)>
                {move || fill_count(i18n.t().configs().unchanged_lines, rest.get(), &[])}
            </button>
        </Show>
    }
}

/// How much of a change is not drawn.
#[component]
fn Rest(removed: usize, added: usize) -> impl IntoView {
    let i18n = use_i18n();
    let rest = removed.saturating_sub(MOST) + added.saturating_sub(MOST);
    (rest > 0).then(|| {
        view! { <p class="dim small diff-rest">{move || fill(i18n.t().common().more, &[("n", &i18n.number(rest))])}</p> }
    })
}
