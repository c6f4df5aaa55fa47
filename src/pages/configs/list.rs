//! The lists: one a kind, each with its own freshness and its own error.

use super::plural;
use crate::api::envcfgs::{self as calls, EnvConfigKind, EnvConfigSummary};
use crate::clock::use_clock;
use crate::components::error_notice::ErrorNotice;
use crate::components::freshness::Freshness;
use crate::components::icon::{Icon, IconView};
use crate::components::keys::{Shortcut, use_keys};
use crate::components::search::SearchField;
use crate::components::skeleton::SkeletonRows;
use crate::domain::age::Age;
use crate::domain::configs::{KINDS, is_system};
use crate::domain::environments::natural;
use crate::i18n::{date_time, fill, use_i18n};
use crate::nav::use_nav;
use crate::query::{Stage, use_query};
use crate::remote::Pace;
use crate::route::{ConfigView, EnvironmentRef, Route};
use crate::session::use_session;
use leptos::prelude::*;

/// Every kind's list, with a search over all of them.
#[component]
pub(crate) fn Lists(at: StoredValue<EnvironmentRef>, view: Signal<ConfigView>) -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let shown = Memo::new(move |_| match view.get() {
        ConfigView::List { kind, search } => (kind, search),
        _ => Default::default(),
    });
    let search = Memo::new(move |_| shown.get().1);
    let go = move |kind: Option<EnvConfigKind>, search: String| {
        nav.replace(Route::Configs { at: at.get_value(), view: ConfigView::List { kind, search } });
    };
    let choice = move |kind: Option<EnvConfigKind>| {
        let wanted = kind.clone();
        let pressed = move || shown.with(|(shown, _)| *shown == wanted).to_string();
        let text = {
            let kind = kind.clone();
            move || kind.as_ref().map_or_else(|| i18n.t().common().all.to_owned(), |kind| kind.to_string())
        };
        view! {
            <button type="button" aria-pressed=pressed on:click=move |_| go(kind.clone(), search.get_untracked())>
                {text}
            </button>
        }
    };
    let kinds =
        Memo::new(move |_| shown.with(|(kind, _)| kind.clone().map_or(KINDS.to_vec(), |kind| vec![kind])));
    let production = at.with_value(|at| at.family.is_production());
    view! {
        <div class="toolbar">
            <SearchField
                value=search
                on_change=move |text| go(shown.get_untracked().0, text)
                label=i18n.text(|t| t.configs().search)
            />
            <div class="segments" role="group" aria-label=i18n.tr(|t| t.labels().configs)>
                {std::iter::once(None).chain(KINDS.map(Some)).map(choice).collect_view()}
            </div>
        </div>
        {production
            .then(|| {
                view! {
                    <div class="notice tone-idle" role="note">
                        <IconView icon=Icon::Info />
                        <p>{i18n.tr(|t| t.configs().production)}</p>
                    </div>
                }
            })}
        <For each=move || kinds.get() key=|kind| kind.to_string() let:kind>
            <KindList at kind search />
        </For>
    }
}

/// The objects of one kind.
#[component]
fn KindList(at: StoredValue<EnvironmentRef>, kind: EnvConfigKind, search: Memo<String>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let kind = StoredValue::new(kind);
    let query = use_query(
        move || Some((at.get_value(), kind.get_value())),
        |client, (at, kind)| async move { client.send(calls::list(at.family, &at.project, &at.key, &kind)).await },
        |_| Pace::Idle,
    );
    use_keys().on(Shortcut::Refresh, move || query.refresh());
    let stage = query.stage();
    let all = query.latest();
    // Those of people first; those of the system are folded away.
    let split = Memo::new(move |_| {
        let wanted = crate::domain::text_case::lowercase(search.get().trim());
        let mut list: Vec<EnvConfigSummary> = all.get().0.map(|list| list.to_vec()).unwrap_or_default();
        list.retain(|one| crate::domain::text_case::lowercase(&one.name).contains(&wanted));
        list.sort_by(|a, b| natural(&a.name, &b.name));
        list.into_iter().partition::<Vec<_>, _>(|one| !kind.with_value(|kind| is_system(kind, &one.name)))
    });
    let own = Memo::new(move |_| split.get().0);
    let system = Memo::new(move |_| split.get().1);
    let total = move || all.get().0.map_or(0, |list| list.len());
    let title = move || kind.with_value(|kind| plural(i18n.t(), kind));
    let can_create = move || !session.is_read_only() && at.with_value(|at| !at.family.is_production());
    let new = Route::Configs { at: at.get_value(), view: ConfigView::New(kind.get_value()) }.href();
    let new = StoredValue::new(new);
    let (labelled, id) = (format!("configs-{}", kind.get_value()), format!("configs-{}", kind.get_value()));
    let body = move || match stage.get() {
        Stage::Waiting => view! { <SkeletonRows rows=2 /> }.into_any(),
        Stage::Failed => ().into_any(),
        Stage::There => {
            view! { <Rows at kind own system filtered=Signal::derive(move || total() > 0) /> }.into_any()
        }
    };
    view! {
        <section class="config-list" aria-labelledby=labelled data-kind=kind.get_value().to_string()>
            <div class="section-head">
                <h2 id=id>{title}</h2>
                <span class="dim tabular">{move || (stage.get() == Stage::There).then(|| i18n.number(total()))}</span>
                <span class="spring"></span>
                <Freshness
                    at=Signal::derive(move || query.state.with(|state| state.at))
                    loading=Signal::derive(move || query.state.with(|state| state.loading))
                    refresh=Callback::new(move |()| query.refresh())
                />
                <Show when=can_create>
                    <a class="button" href=new.get_value()>
                        <IconView icon=Icon::Plus />
                        {move || fill(i18n.t().configs().new, &[("kind", kind.get_value().as_str())])}
                    </a>
                </Show>
            </div>
            <ErrorNotice
                error=Signal::derive(move || query.error())
                retry=Callback::new(move |()| query.refresh())
            />
            {body}
        </section>
    }
}

#[component]
fn Rows(
    at: StoredValue<EnvironmentRef>,
    kind: StoredValue<EnvConfigKind>,
    own: Memo<Vec<EnvConfigSummary>>,
    system: Memo<Vec<EnvConfigSummary>>,
    /// Whether there are objects that the search hides.
    filtered: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let any = Memo::new(move |_| own.with(|own| !own.is_empty()));
    let none = move || if filtered.get() { i18n.t().configs().none_match } else { i18n.t().configs().none };
    let no_rows = Memo::new(move |_| !any.get() && system.with(Vec::is_empty));
    let count = Memo::new(move |_| system.with(Vec::len));
    view! {
        <Show when=move || no_rows.get()>
            <p class="dim">{none}</p>
        </Show>
        <Show when=move || any.get()>
            <Table at kind rows=own />
        </Show>
        <Show when=move || count.get() != 0>
            <details class="system-configs">
                <summary class="dim small">
                    {move || fill(i18n.t().configs().system, &[("n", &i18n.number(count.get()))])}
                </summary>
                <Table at kind rows=system />
            </details>
        </Show>
    }
}

#[component]
fn Table(
    at: StoredValue<EnvironmentRef>,
    kind: StoredValue<EnvConfigKind>,
    rows: Memo<Vec<EnvConfigSummary>>,
) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let row = move |one: EnvConfigSummary| {
        let view = ConfigView::one(kind.get_value(), one.name.clone());
        let href = Route::Configs { at: at.get_value(), view }.href();
        let made = one.update_time;
        let age = move || {
            made.map(|made| {
                fill(i18n.t().common().ago, &[("age", &i18n.age(Age::between(made, clock.now())))])
            })
        };
        view! {
            <div class="tr" role="row" data-config=one.name.clone()>
                <div class="td" role="cell">
                    <a class="row-link clip" href=href title=one.name.clone()>{one.name.clone()}</a>
                </div>
                <div class="td dim" role="cell"><span class="clip">{one.update_by.clone()}</span></div>
                <div class="td dim tabular nowrap" role="cell" title=made.map(date_time)>{age}</div>
            </div>
        }
    };
    let head = move || {
        let t = i18n.t().configs();
        [t.column_name, t.column_updated, t.column_age]
            .map(|text| view! { <div class="th" role="columnheader">{text}</div> })
            .collect_view()
    };
    view! {
        <div class="table config-table" role="table" aria-label=move || kind.with_value(|kind| plural(i18n.t(), kind))>
            <div role="rowgroup">
                <div class="thead" role="row">{head}</div>
            </div>
            <div role="rowgroup">
                <For each=move || rows.get() key=|one| (one.name.clone(), one.update_by.clone(), one.update_time) children=row />
            </div>
        </div>
    }
}
