//! A row opened: where it comes from, its fields, its whole text, and the rows around it.

use crate::components::copy::CopyButton;
use crate::components::icon::{Icon, IconView};
use crate::dock::log_view::LogView;
use crate::i18n::{date_time, use_i18n};
use crate::log_view::row_dom::{clock_text, level_class, say};
use crate::logs::fields::Field;
use crate::logs::row::Row;
use leptos::prelude::*;

/// Rows shown before and after.
const AROUND: u64 = 12;
/// Characters of a text that are drawn.
const MOST: usize = 100_000;

/// What is shown of a row.
#[derive(Clone, PartialEq)]
struct Opened {
    row: Row,
    pod: String,
    container: String,
    text: String,
    fields: Vec<Field>,
    stamp: Option<i64>,
    around: Vec<Row>,
}

fn look(view: LogView, seq: u64) -> Option<Opened> {
    view.read(|engine| {
        let row = engine.row_of(seq, MOST)?;
        let source = engine.sources().get(usize::from(row.source))?;
        Some(Opened {
            pod: source.pod.clone(),
            container: source.container.clone(),
            text: row.text.clone(),
            fields: engine.fields_of(seq),
            stamp: engine.stamp_of(seq).map(|stamp| stamp.unix_ms),
            around: engine.context(seq, AROUND, AROUND),
            row,
        })
    })?
}

/// The details of the opened row.
#[component]
pub(crate) fn Details(view: LogView) -> impl IntoView {
    let i18n = use_i18n();
    let opened = Memo::new(move |_| view.opened.get().and_then(|seq| look(view, seq)));
    view! {
        <aside class="log-details" aria-label=i18n.tr(|t| t.logs().details)>
            <header>
                <b>{i18n.tr(|t| t.logs().details)}</b>
                <span class="spring"></span>
                <button
                    type="button"
                    class="button quiet icon"
                    aria-label=i18n.tr(|t| t.common().close)
                    title=i18n.tr(|t| t.common().close)
                    on:click=move |_| view.opened.set(None)
                >
                    <IconView icon=Icon::Close />
                </button>
            </header>
            <div class="log-details-body" data-scroller="">
                {move || {
                    i18n.language.track();
                    opened.get().map(|opened| view! { <Parts view opened /> })
                }}
            </div>
        </aside>
    }
}

#[component]
fn Parts(view: LogView, opened: Opened) -> impl IntoView {
    let words = use_i18n().language.get_untracked().messages();
    let t = words.logs();
    let seq = opened.row.seq;
    let text = opened.text.clone();
    let stamp = opened.stamp.map(|ms| {
        view! { <div><dt>{t.details_time}</dt><dd class="mono">{date_time(ms / 1000)}" ("{clock_text(ms as f64)}")"</dd></div> }
    });
    let arrived = clock_text(opened.row.at_ms as f64);
    let fields = (!opened.fields.is_empty()).then(|| {
        let entries =
            opened.fields.into_iter().map(|field| view! { <FieldEntry view field /> }).collect_view();
        view! {
            <section>
                <h3>{t.details_fields}</h3>
                <table class="log-fields"><tbody>{entries}</tbody></table>
            </section>
        }
    });
    view! {
        <dl class="log-facts">
            <div><dt>"Pod"</dt><dd class="mono">{opened.pod}</dd></div>
            <div><dt>{words.service().container}</dt><dd class="mono">{opened.container}</dd></div>
            {stamp}
            <div><dt>{t.details_arrival}</dt><dd class="mono">{arrived}</dd></div>
        </dl>
        {fields}
        <section>
            <h3>
                {t.details_text}
                <CopyButton text=Signal::stored(text.clone()) what=Signal::stored(t.details_text.to_owned()) />
            </h3>
            <pre class="log-whole">{text}</pre>
        </section>
        <section>
            <h3>
                {t.details_around}
                <button type="button" class="button quiet small" on:click=move |_| {
                    view.search(|filter| {
                        filter.hide = false;
                        filter.level = Default::default();
                        filter.pods.clear();
                    });
                    request_animation_frame(move || view.go_to(seq));
                }>
                    {t.show_in_log}
                </button>
            </h3>
            <div class="log-around" tabindex="0">
                {opened
                    .around
                    .into_iter()
                    .map(|row| {
                        let here = row.seq == seq;
                        let text = row.note.as_ref().map_or_else(|| row.text.clone(), |note| say(note, words));
                        view! {
                            <div class=format!("log-row {}", level_class(row.level)) class:cursor=here>
                                <span class="log-text">{text}</span>
                            </div>
                        }
                    })
                    .collect_view()}
            </div>
        </section>
    }
}

#[component]
fn FieldEntry(view: LogView, field: Field) -> impl IntoView {
    let i18n = use_i18n();
    let Field { key, value } = field;
    // A condition is one word; a value with blanks cannot be one.
    let term = (!value.is_empty() && !value.contains(char::is_whitespace)).then(|| format!("@{key}={value}"));
    let button = term.map(|term| {
        view! {
            <button
                type="button"
                class="copy"
                title=i18n.tr(|t| t.logs().filter_for)
                aria-label=i18n.tr(|t| t.logs().filter_for)
                on:click=move |_| {
                    view.search(|filter| {
                        if !filter.text.contains(&term) {
                            filter.text = format!("{} {term}", filter.text).trim().to_owned();
                        }
                        filter.hide = true;
                    });
                }
            >
                <IconView icon=Icon::Filter />
            </button>
        }
    });
    view! {
        <tr>
            <th scope="row">{key}</th>
            <td class="mono">{value}</td>
            <td>{button}</td>
        </tr>
    }
}
