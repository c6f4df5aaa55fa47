//! The palette (Ctrl or Cmd+K): any page, project or environment by a few letters.

use super::dialog::Dialog;
use super::icon::{Icon, IconView};
use super::keys::pressed;
use crate::api::{Family, environments, projects};
use crate::i18n::{fill, use_i18n};
use crate::nav::use_nav;
use crate::prefs::use_prefs;
use crate::query::use_query;
use crate::remote::Pace;
use crate::route::{CreateLink, EnvironmentRef, Route};
use crate::session::use_session;
use leptos::prelude::*;

/// How many entries are shown.
const SHOWN: usize = 12;

#[derive(Clone, Debug, PartialEq)]
struct Entry {
    icon: Icon,
    text: String,
    hint: String,
    route: Route,
}

/// The palette's dialog.
#[component]
pub(crate) fn Palette(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog open title=i18n.text(|t| t.shell().palette) headed=false>
            <Chooser open />
        </Dialog>
    }
}

/// Field and list; lives only while the palette is open, and so do its requests.
#[component]
fn Chooser(open: RwSignal<bool>) -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let text = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let entries = entries();
    let found = Memo::new(move |_| entries.with(|entries| matching(entries, &text.get())));
    let choose = move |index: usize| {
        if let Some(entry) = found.with_untracked(|found| found.get(index).cloned()) {
            open.set(false);
            nav.go(entry.route);
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        match pressed(&event).as_str() {
            "ArrowDown" => chosen.update(|index| *index = (*index + 1).min(last)),
            "ArrowUp" => chosen.update(|index| *index = index.saturating_sub(1)),
            "Enter" => choose(chosen.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    };
    let rows = move || {
        found
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, entry)| {
                view! {
                    <li
                        id=format!("palette-{index}")
                        role="option"
                        class="palette-entry"
                        aria-selected=move || (chosen.get() == index).to_string()
                        on:click=move |_| choose(index)
                        on:pointermove=move |_| chosen.set(index)
                    >
                        <IconView icon=entry.icon />
                        <span class="clip">{entry.text}</span>
                        <span class="dim small clip">{entry.hint}</span>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <input
            class="input"
            type="text"
            autofocus
            autocomplete="off"
            spellcheck="false"
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-activedescendant=move || format!("palette-{}", chosen.get())
            placeholder=i18n.tr(|t| t.settings().palette_hint)
            aria-label=i18n.tr(|t| t.settings().palette_hint)
            on:input=move |event| {
                text.set(event_target_value(&event));
                chosen.set(0);
            }
            on:keydown=on_key
        />
        <ul id="palette-list" class="palette-list" role="listbox" aria-label=i18n.tr(|t| t.shell().palette)>
            {rows}
        </ul>
        <Show when=move || found.with(Vec::is_empty)>
            <p class="dim" role="status">{i18n.tr(|t| t.settings().palette_none)}</p>
        </Show>
    }
}

/// Everything the palette can lead to, nearest first.
fn entries() -> Memo<Vec<Entry>> {
    let (i18n, nav, prefs, session) = (use_i18n(), use_nav(), use_prefs(), use_session());
    let here = nav.route.with_untracked(|route| route.project().map(str::to_owned));
    let key = StoredValue::new(here);
    let clonable = StoredValue::new(nav.route.with_untracked(|route| match route {
        Route::Environment { at, .. } if at.family == Family::Test => Some(at.clone()),
        _ => None,
    }));
    let lists = use_query(
        move || key.get_value(),
        |client, project| async move {
            let test = client.send(environments::list(Family::Test, &project)).await?;
            // Without a licence for production the test environments are still worth showing.
            let production = client.send(environments::list(Family::Production, &project)).await;
            Ok([test, production.unwrap_or_default()].concat())
        },
        |_| Pace::Once,
    );
    let all = use_query(
        || Some(()),
        |client, ()| async move { client.send(projects::list(1, 200)).await },
        |_| Pace::Once,
    );
    Memo::new(move |_| {
        let t = i18n.t();
        let environment = |at: EnvironmentRef, alias: &str| Entry {
            icon: if at.family.is_production() { Icon::Shield } else { Icon::Stack },
            text: at.key.clone(),
            hint: [alias, &at.project]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            route: Route::environment(at),
        };
        let mut list: Vec<Entry> = Vec::new();
        let mut add = |entry: Entry| {
            if !list.iter().any(|one| one.route == entry.route) {
                list.push(entry);
            }
        };
        for at in prefs.favourites.get().into_iter().chain(prefs.recent.get()) {
            add(environment(at, ""));
        }
        if let (Some(project), Some(found)) = (key.get_value(), lists.value()) {
            for one in found.iter() {
                let at =
                    EnvironmentRef { project: project.clone(), family: one.family(), key: one.key.clone() };
                add(environment(at, one.alias.as_deref().unwrap_or_default()));
            }
        }
        for one in all.value().iter().flat_map(|page| page.projects.iter()) {
            add(Entry {
                icon: Icon::Folder,
                text: one.name.clone(),
                hint: one.key.clone(),
                route: Route::environments(one.key.clone()),
            });
        }
        let page =
            |icon, text: &str, route| Entry { icon, text: text.to_owned(), hint: String::new(), route };
        if let Some(at) = clonable.get_value().filter(|_| !session.is_read_only()) {
            let text = fill(t.labels().clone_of, &[("name", &at.key)]);
            let route = Route::Create(CreateLink::clone_of(&at.project, &at.key));
            add(Entry { hint: at.project, ..page(Icon::Copy, &text, route) });
        }
        if let Some(project) = key.get_value().filter(|_| !session.is_read_only()) {
            for family in [Family::Test, Family::Production] {
                let text = if family.is_production() {
                    t.labels().create_open_production
                } else {
                    t.labels().create_open
                };
                let route = Route::Create(CreateLink::new(project.clone(), family));
                add(Entry { hint: project.clone(), ..page(Icon::Plus, text, route) });
            }
        }
        add(page(Icon::Folder, t.shell().projects, Route::Projects { search: String::new() }));
        add(page(Icon::Sliders, t.shell().settings, Route::Settings));
        add(page(Icon::Plug, t.shell().connection, Route::Connect));
        add(page(Icon::Info, t.about().title, Route::About));
        list
    })
}

/// The entries that contain every word typed, those whose name begins with the first word first.
fn matching(entries: &[Entry], typed: &str) -> Vec<Entry> {
    let typed = crate::domain::text_case::lowercase(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut found: Vec<(bool, &Entry)> = entries
        .iter()
        .filter_map(|entry| {
            let (text, hint) = (
                crate::domain::text_case::lowercase(&entry.text),
                crate::domain::text_case::lowercase(&entry.hint),
            );
            let fits = words.iter().all(|word| text.contains(word) || hint.contains(word));
            let begins = words.first().is_some_and(|word| text.starts_with(word));
            fits.then_some((!begins, entry))
        })
        .collect();
    found.sort_by_key(|(later, _)| *later);
    found.into_iter().take(SHOWN).map(|(_, entry)| entry.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str, hint: &str) -> Entry {
        Entry { icon: Icon::Stack, text: text.into(), hint: hint.into(), route: Route::environments(text) }
    }

    #[test]
    fn every_word_must_be_found_in_name_or_hint() {
        let entries = [entry("dev", "shop"), entry("dev", "billing"), entry("staging", "shop")];
        let found = matching(&entries, "shop dev");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].hint, "shop");
    }

    #[test]
    fn names_that_begin_with_the_word_come_first() {
        let entries = [entry("my-dev", ""), entry("dev", "")];
        assert_eq!(matching(&entries, "dev")[0].text, "dev");
    }
}
