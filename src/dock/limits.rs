//! How much a log view keeps: two numbers, in the settings and in the menu of a view.

use super::use_dock;
use crate::i18n::use_i18n;
use crate::log_view::settings::{LogSettings, MOST_LINES, MOST_MEGABYTES};
use leptos::prelude::*;
use std::ops::RangeInclusive;

type Part = fn(&mut LogSettings) -> &mut usize;

/// The fields for lines and megabytes.
#[component]
pub(crate) fn LogLimits() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="log-limits">
            <Limit
                part=|settings| &mut settings.lines
                range=1_000..=MOST_LINES
                label=Signal::derive(move || i18n.t().logs().most_lines)
                unit=Signal::derive(move || i18n.t().logs().cap_lines)
            />
            <Limit
                part=|settings| &mut settings.megabytes
                range=1..=MOST_MEGABYTES
                label=Signal::derive(move || i18n.t().logs().most_megabytes)
                unit=Signal::derive(move || i18n.t().logs().cap_megabytes)
            />
        </div>
    }
}

/// One number; what lies outside its range becomes the nearest number in it, and what is none changes nothing.
#[component]
fn Limit(
    part: Part,
    range: RangeInclusive<usize>,
    label: Signal<&'static str>,
    unit: Signal<&'static str>,
) -> impl IntoView {
    let settings = use_dock().settings;
    let value = move || settings.with(|settings| part(&mut settings.clone()).to_string());
    view! {
        <label>
            <input
                class="input tabular"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-label=label
                prop:value=value
                on:change=move |event| {
                    if let Some(number) = read(&event_target_value(&event)) {
                        settings.update(|settings| *part(settings) = number.clamp(*range.start(), *range.end()));
                    }
                    // What is shown is what holds, also where it did not change.
                    event_target::<web_sys::HtmlInputElement>(&event).set_value(&untrack(value));
                }
            />
            <span aria-hidden="true">{unit}</span>
        </label>
    }
}

/// A number as people write it, with or without marks between thousands.
fn read(text: &str) -> Option<usize> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | ',' | '\u{202f}' | '\u{a0}')).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!((read("200,000"), read(" 64 "), read("1 000")), (Some(200_000), Some(64), Some(1_000)));
        assert_eq!((read("many"), read(""), read("-5")), (None, None, None));
    }
}
