//! The hosts of one service: read where the server lets them be, edited in rows, sent whole.

use super::row::{Fields, Reading};
use super::source::{Source, reached_by as address_of};
use super::state::Editor;
use crate::api::portal::{self, PortalService};
use crate::clock::use_clock;
use crate::components::error_notice::ErrorNotice;
use crate::components::guard::guard_edits;
use crate::components::icon::{Icon, IconView};
use crate::components::ops::words;
use crate::domain::age::Age;
use crate::domain::portal::{diff, line, servers};
use crate::i18n::{fill, fill_count, use_i18n};
use crate::ops::history;
use crate::pages::sharing::sharing_state::SharingState;
use crate::query::{Query, Stage, use_query};
use crate::remote::Pace;
use crate::route::{Route, Tab};
use crate::session::use_session;
use leptos::prelude::*;

fn use_portal(sharing_state: SharingState, service: StoredValue<String>) -> Query<PortalService> {
    use_query(
        move || Some((sharing_state.at.get_value(), service.get_value())),
        |client, (at, service)| async move { client.send(portal::get(&at.project, &at.key, &service)).await },
        |_| Pace::Idle,
    )
}

/// The hosts of the service `name`.
#[component]
pub(super) fn PortalOf(
    sharing_state: SharingState,
    name: String,
    reached_by: RwSignal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let service = StoredValue::new(name);
    let query = use_portal(sharing_state, service);
    let stage = query.stage();
    let there = Memo::new(move |_| sharing_state.services.with(|names| names.contains(&service.get_value())));
    let here = Memo::new(move |_| {
        let ops = sharing_state.ops.list();
        sharing_state.at.with_value(|at| service.with_value(|name| history::portal_set(&ops, at, name)))
    });
    let latest = query.latest();
    let source = Memo::new(move |_| match latest.get().0 {
        Some(answer) => Source::of(&answer, here.get()),
        None => Source::Unknown,
    });
    crate::effect::effect(move || {
        if let Some(answer) = latest.get().0 {
            reached_by.set(source.with(|source| address_of(&answer, source)));
        }
    });
    // What was set is read back at once.
    Effect::new(move |was: Option<Option<history::PortalSetHere>>| {
        let now = here.get();
        if was.is_some_and(|was| was != now) {
            query.refresh();
        }
        now
    });
    let editor = Editor::new(sharing_state, service, source, here, Callback::new(move |()| query.refresh()));
    guard(editor);
    let heading = move || fill(i18n.t().sharing().portal_of, &[("service", &service.get_value())]);
    let gone = move || fill(i18n.t().sharing().not_in_environment, &[("service", &service.get_value())]);
    view! {
        <h3>{heading}</h3>
        <Show when=move || !there.get()>
            <p class="problem" role="alert">{gone}</p>
        </Show>
        <ErrorNotice
            error=Signal::derive(move || query.error())
            retry=Callback::new(move |()| query.refresh())
        />
        <Show when=move || stage.get() == Stage::Waiting>
            <p class="dim late" role="status">{i18n.tr(|t| t.common().loading)}</p>
        </Show>
        <Show when=move || stage.get() == Stage::There>
            <Origin editor query />
            <Table editor />
        </Show>
    }
}

/// Leaving asks while rows are edited and not handed in.
fn guard(editor: Editor) {
    let dirty = Signal::derive(move || editor.is_unsaved());
    let (at, service) = (editor.sharing_state.at.get_value(), editor.service.get_value());
    guard_edits(dirty, move |route| match route {
        Route::Environment { at: here, tab: Tab::Sharing, service: Some(one), .. } => {
            *here == at && one.name == service
        }
        _ => false,
    });
}

/// Where the hosts come from, and whether they changed under the typing.
#[component]
fn Origin(editor: Editor, query: Query<PortalService>) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let latest = query.latest();
    let gateway = Memo::new(move |_| match latest.get().0.as_deref() {
        Some(PortalService::Known { default_gateway_address, .. }) => default_gateway_address.clone(),
        _ => String::new(),
    });
    let unread = Memo::new(move |_| editor.source.with(|source| !source.is_read()));
    let story = move || {
        let t = i18n.t().sharing();
        editor.source.with(|source| match source {
            Source::SetHere(here) => {
                let age = i18n.age(Age::between(here.at.unix_seconds(), clock.now()));
                let text = if here.servers.is_empty() { t.portal_last_removed } else { t.portal_last_here };
                fill(text, &[("age", &age)])
            }
            _ => t.portal_never_here.to_owned(),
        })
    };
    let changed = Memo::new(move |_| editor.changed_elsewhere());
    let hosts = move || {
        let t = i18n.t().sharing();
        let lines: Vec<String> = editor.source.with(|source| source.servers().iter().map(line).collect());
        let hosts = if lines.is_empty() { t.portal_no_hosts.to_owned() } else { lines.join(", ") };
        fill(t.portal_changed_text, &[("hosts", &hosts)])
    };
    view! {
        <Show when=move || !gateway.with(String::is_empty)>
            <p class="dim small">
                {i18n.tr(|t| t.sharing().portal_gateway)} " " <code>{gateway}</code>
            </p>
        </Show>
        <Show when=move || unread.get()>
            <div class="notice tone-warn" role="note" data-unreadable="">
                <IconView icon=Icon::Info />
                <div class="notice-body">
                    <p class="notice-title">{i18n.tr(|t| t.sharing().portal_unreadable)}</p>
                    <p>{i18n.tr(|t| t.sharing().portal_unreadable_text)}</p>
                    <p>{story}</p>
                </div>
            </div>
        </Show>
        <Show when=move || changed.get()>
            <div class="notice tone-warn" role="alert" data-changed="">
                <IconView icon=Icon::Alert />
                <div class="notice-body">
                    <p class="notice-title">{i18n.tr(|t| t.sharing().portal_changed)}</p>
                    <p>{hosts}</p>
                    <div class="notice-actions">
                        <button type="button" class="button" on:click=move |_| editor.discard()>
                            {i18n.tr(|t| t.sharing().portal_take)}
                        </button>
                        <button type="button" class="button" on:click=move |_| editor.keep()>
                            {i18n.tr(|t| t.sharing().portal_keep)}
                        </button>
                    </div>
                </div>
            </div>
        </Show>
    }
}

/// The rows with what can be done about them.
#[component]
fn Table(editor: Editor) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let empty = Memo::new(move |_| editor.rows.with(Vec::is_empty));
    let unknown = Memo::new(move |_| editor.source.with(|source| *source == Source::Unknown));
    let writable = move || !session.is_read_only();
    view! {
        <Show
            when=move || !empty.get()
            fallback=move || {
                let text = move || {
                    let t = i18n.t().sharing();
                    if unknown.get() { t.portal_unread_none } else { t.portal_none }
                };
                view! { <p class="dim">{text}</p> }
            }
        >
            <Show when=writable fallback=move || view! { <Reading editor /> }>
                <Fields editor />
            </Show>
        </Show>
        <Show when=writable>
            <Actions editor />
        </Show>
    }
}

#[component]
fn Actions(editor: Editor) -> impl IntoView {
    let i18n = use_i18n();
    let edited = Memo::new(move |_| editor.is_edited());
    let wanted = Memo::new(move |_| servers(&editor.plain()).filter(|servers| !servers.is_empty()));
    let removable = Memo::new(move |_| editor.source.with(Source::may_have_hosts));
    let can_set = move || {
        // What was set here may be gone by now: it may be set again.
        let worth = edited.get() || editor.source.with(|source| !source.is_read());
        wanted.with(Option::is_some) && worth
    };
    let reading = move || editor.fresh.reading.get();
    let count = move || {
        let n = wanted.get().map(|wanted| editor.source.with(|source| diff(source.servers(), &wanted).len()));
        n.filter(|_| edited.get()).map(|n| fill_count(i18n.t().sharing().portal_edited, n, &[]))
    };
    view! {
        {move || {
            let problem = editor.problem.get();
            problem
                .map(|problem| {
                    let text = words::problem(i18n.t(), i18n.language.get(), &problem);
                    view! { <p class="problem" role="alert">{text}</p> }
                })
        }}
        <ErrorNotice error=editor.fresh.error />
        <div class="portal-actions">
            <button type="button" class="button" on:click=move |_| editor.add()>
                <IconView icon=Icon::Plus />
                {i18n.tr(|t| t.sharing().portal_add)}
            </button>
            <span class="spring"></span>
            <span class="dim small" role="status">{count}</span>
            <Show when=move || edited.get()>
                <button type="button" class="button quiet" on:click=move |_| editor.discard()>
                    {i18n.tr(|t| t.sharing().portal_discard)}
                </button>
            </Show>
            <Show when=move || removable.get()>
                <button type="button" class="button" disabled=reading on:click=move |_| editor.review(true)>
                    {i18n.tr(|t| t.sharing().portal_remove)}
                </button>
            </Show>
            <button
                type="button"
                class="button primary"
                disabled=move || !can_set() || reading()
                on:click=move |_| editor.review(false)
            >
                {i18n.tr(|t| t.sharing().portal_review)}
            </button>
        </div>
    }
}
