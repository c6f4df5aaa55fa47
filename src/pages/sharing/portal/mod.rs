//! Portal services: the services of a base environment, and the hosts of the one that the link names.

mod editor;
mod row;
mod source;
mod state;

use super::sharing_state::SharingState;
use crate::components::search::SearchField;
use crate::domain::sharing::Standing;
use crate::i18n::{fill, use_i18n};
use crate::nav::use_nav;
use crate::ops::history;
use crate::route::{Route, Tab};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// How many hosts this tab set last, by service.
type SetHere = BTreeMap<String, usize>;

/// From this many services on there is a search field.
const SEARCH_FROM: usize = 8;

/// The services and the hosts of one of them.
#[component]
pub(super) fn Portals(
    sharing_state: SharingState,
    /// Where the portal that was read last is reached.
    reached_by: RwSignal<Option<String>>,
) -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let chosen = Memo::new(move |_| match nav.route.get() {
        Route::Environment { tab: Tab::Sharing, service: Some(service), .. } => Some(service.name),
        _ => None,
    });
    // While sub-environments are turned, what is typed stays where it is.
    let offered = Memo::new(move |was: Option<&bool>| {
        let standing = sharing_state.standing.get();
        standing.is_base() || standing.is_moving() && was == Some(&true)
    });
    let off = Memo::new(move |_| sharing_state.standing.get() == Standing::Off);
    view! {
        <Show when=move || off.get()>
            <p class="dim small">{i18n.tr(|t| t.sharing().portals_off)}</p>
        </Show>
        <Show when=move || offered.get()>
            <section class="card" aria-label=i18n.tr(|t| t.sharing().portals)>
                <h2>{i18n.tr(|t| t.sharing().portals)}</h2>
                <p class="dim small">{i18n.tr(|t| t.sharing().portals_hint)}</p>
                <div class="portals">
                    <Services sharing_state chosen />
                    <div class="portal-of">
                        {move || match chosen.get() {
                            Some(name) => view! { <editor::PortalOf sharing_state name reached_by /> }.into_any(),
                            None => view! { <p class="dim">{i18n.tr(|t| t.sharing().portal_choose)}</p> }.into_any(),
                        }}
                    </div>
                </div>
            </section>
        </Show>
    }
}

#[component]
fn Services(sharing_state: SharingState, chosen: Memo<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let search = RwSignal::new(String::new());
    let many = Memo::new(move |_| sharing_state.services.with(|names| names.len() >= SEARCH_FROM));
    let empty = Memo::new(move |_| sharing_state.services.with(Vec::is_empty));
    let found = Memo::new(move |_| {
        let wanted = crate::domain::text_case::lowercase(search.get().trim());
        let mut names = sharing_state.services.get();
        names.retain(|name| crate::domain::text_case::lowercase(name).contains(&wanted));
        names
    });
    let nothing = Memo::new(move |_| found.with(Vec::is_empty));
    let set = Memo::new(move |_| {
        let all = sharing_state.at.with_value(|at| history::portals_set(&sharing_state.ops.list(), at));
        all.into_iter().map(|(service, set)| (service, set.servers.len())).collect::<SetHere>()
    });
    view! {
        <div class="portal-services">
            <Show when=move || many.get()>
                <SearchField
                    value=search
                    on_change=move |text| search.set(text)
                    label=i18n.text(|t| t.sharing().portals_search)
                />
            </Show>
            <Show when=move || nothing.get()>
                <p class="dim">
                    {move || {
                        let t = i18n.t().sharing();
                        if empty.get() { t.portals_none } else { t.portals_no_match }
                    }}
                </p>
            </Show>
            <ul aria-label=i18n.tr(|t| t.sharing().portals)>
                <For each=move || found.get() key=String::clone let:name>
                    <ServiceLine sharing_state name chosen set />
                </For>
            </ul>
        </div>
    }
}

#[component]
fn ServiceLine(
    sharing_state: SharingState,
    name: String,
    chosen: Memo<Option<String>>,
    set: Memo<SetHere>,
) -> impl IntoView {
    let i18n = use_i18n();
    let href = sharing_state.at.with_value(|at| Route::sharing(at.clone(), Some(&name)).href());
    let name = StoredValue::new(name);
    let last = Memo::new(move |_| set.with(|set| name.with_value(|name| set.get(name).copied())));
    let said = move || {
        last.get().map(|n| match n {
            0 => i18n.t().sharing().portal_removed_here.to_owned(),
            n => fill(i18n.t().sharing().portal_set_here, &[("n", &n.to_string())]),
        })
    };
    let current = move || {
        let here = chosen.with(|chosen| chosen.as_deref() == Some(&*name.get_value()));
        here.then_some("true")
    };
    view! {
        <li>
            <a href=href aria-current=current data-portal=name.get_value()>
                <span class="clip">{name.get_value()}</span>
                <span class="dim small nowrap">{said}</span>
            </a>
        </li>
    }
}
