//! The frame: rail, top bar, content column, and what lies over all pages (token dialog, palette, shortcuts).

use super::rail::Rail;
use super::row_click::open_rows_at_click;
use crate::components::icon::{Icon, IconView};
use crate::components::keys::{Shortcut, use_keys};
use crate::config::Problem;
use crate::dock::{Shape, use_dock};
use crate::host::use_host;
use crate::i18n::{Language, fill, use_i18n};
use crate::lazy::{self, lazy_on};
use crate::nav::use_nav;
use crate::operations::use_ops;
use crate::prefs::use_prefs;
use crate::route::{LogTarget, Route};
use crate::session::{Connection, use_session};
use crate::theme::Theme;
use leptos::html;
use leptos::prelude::*;

/// Frames a page.
#[component]
pub(crate) fn Shell(
    /// What is wrong with the site's `config.json`, if anything.
    problem: StoredValue<Option<Problem>>,
    /// The page.
    children: ChildrenFn,
) -> impl IntoView {
    let (i18n, nav, session) = (use_i18n(), use_nav(), use_session());
    let main = NodeRef::<html::Main>::new();
    announce_pages(main);
    let production = Memo::new(move |_| nav.route.with(Route::is_production));
    let palette = RwSignal::new(false);
    let help = RwSignal::new(false);
    let keys = use_keys();
    keys.on(Shortcut::Palette, move || palette.set(true));
    keys.on(Shortcut::Help, move || help.set(true));
    let renew = RwSignal::new(false);
    // On the connect page its own form asks.
    crate::effect::effect(move || {
        let refused =
            session.connection.get() == Connection::NeedsToken { again: true } && !session.renewing.get();
        renew.set(refused && nav.route.with(|route| *route != Route::Connect));
    });
    let (ops, dock) = (use_ops(), use_dock());
    let host = use_host();
    let bare = host.is_bare();
    open_rows_at_click(host);
    view! {
        <div class="shell" class:bare=bare class:production=production>
            <a
                class="skip-link"
                href="#zadig-main"
                on:click=move |event| {
                    event.prevent_default();
                    if let Some(main) = main.get_untracked() {
                        let _ = main.focus();
                    }
                }
            >
                {i18n.tr(|t| t.shell().skip)}
            </a>
            {(!bare).then(|| view! { <Rail /> })}
            {if bare { view! { <Trail /> }.into_any() } else { view! { <TopBar palette help /> }.into_any() }}
            <main id="zadig-main" node_ref=main class="main" tabindex="-1" data-scroller="">
                <ConfigNotice problem />
                {children()}
            </main>
            {lazy_on(lazy::load_dock, move || dock.shape.get() != Shape::Closed, lazy::dock)}
            {lazy_on(lazy::load_renewal, move || renew.get(), move || lazy::renewal(renew))}
            {lazy_on(lazy::load_shortcuts, move || help.get(), move || lazy::shortcuts(help))}
            {lazy_on(lazy::load_palette, move || palette.get(), move || lazy::palette(palette))}
            {lazy_on(lazy::load_operations, move || ops.is_in_use(), lazy::operations)}
            // Fetched as soon as there is something to lose, so that it is there when it is needed.
            {lazy_on(lazy::load_leave_dialog, move || nav.edits.any() || nav.edits.is_asking(), lazy::leave_dialog)}
        </div>
    }
}

/// On a change of page: the tab's title, scroll to the top, and the focus on the page's heading, so that a screen reader
/// says where it is. Not on the first page, where the browser's own start is right.
fn announce_pages(main: NodeRef<html::Main>) {
    let (nav, i18n, session, host) = (use_nav(), use_i18n(), use_session(), use_host());
    let page = Memo::new(move |_| nav.route.with(Route::page_key));
    Effect::new(move |before: Option<Route>| {
        let page = page.get();
        let place = crumbs(&page, i18n.t()).into_iter().rev().map(|crumb| crumb.text).collect::<Vec<_>>();
        let title = session.config().title;
        if host.is_standalone()
            && let Some(document) = web_sys::window().and_then(|window| window.document())
        {
            let production = if page.is_production() {
                format!("{} · ", i18n.t().common().production)
            } else {
                String::new()
            };
            let problems = match &page {
                Route::Environment { at, .. } => session.known.problems_of(at),
                _ => 0,
            };
            let problems = match problems {
                0 => String::new(),
                n => format!("{} · ", fill(i18n.t().environment().problems_count, &[("n", &n.to_string())])),
            };
            document.set_title(&format!("{production}{problems}{} · {title}", place.join(" · ")));
        }
        // Inside another page the focus is only taken along, never taken away.
        let ours = host.is_standalone() || host.has_focus();
        if ours && before.is_some_and(|before| before != page) {
            request_animation_frame(move || {
                let Some(main) = main.try_get_untracked().flatten() else { return };
                main.set_scroll_top(0);
                if let Ok(Some(heading)) = main.query_selector("h1") {
                    let _ = heading.set_attribute("tabindex", "-1");
                    use wasm_bindgen::JsCast;
                    if let Some(heading) = heading.dyn_ref::<web_sys::HtmlElement>() {
                        let _ = heading.focus();
                    }
                }
            });
        }
        page
    });
}

struct Crumb {
    text: String,
    href: Option<String>,
}

fn crumbs(route: &Route, t: &crate::i18n::Messages) -> Vec<Crumb> {
    let projects = || Crumb {
        text: t.shell().projects.to_owned(),
        href: Some(Route::Projects { search: String::new() }.href()),
    };
    let project = |key: &str| Crumb { text: key.to_owned(), href: Some(Route::environments(key).href()) };
    let mut list = match route {
        Route::Connect => vec![Crumb { text: t.shell().connection.to_owned(), href: None }],
        Route::Activity => vec![Crumb { text: t.labels().activity.to_owned(), href: None }],
        Route::Settings | Route::About => vec![Crumb { text: t.shell().settings.to_owned(), href: None }],
        Route::NotFound { .. } => vec![Crumb { text: t.shell().not_found.to_owned(), href: None }],
        Route::Projects { .. } => vec![projects()],
        Route::Environments { project: key, .. } => vec![projects(), project(key)],
        Route::Create(link) => {
            vec![
                projects(),
                project(&link.project),
                Crumb { text: t.labels().crumb(link.family).to_owned(), href: None },
            ]
        }
        Route::Environment { at, .. }
        | Route::Configs { at, .. }
        | Route::Logs { target: LogTarget { at, .. }, .. } => {
            vec![projects(), project(&at.project), Crumb { text: at.key.clone(), href: None }]
        }
    };
    if let Some(last) = list.last_mut() {
        last.href = None;
    }
    list
}

/// Where the page is: the way back up. In a bare frame it stands alone.
#[component]
fn Trail() -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let trail = move || {
        let crumbs = nav.route.with(|route| crumbs(&route.page_key(), i18n.t()));
        crumbs
            .into_iter()
            .map(|crumb| match crumb.href {
                Some(href) => view! { <li><a class="clip" href=href>{crumb.text}</a></li> }.into_any(),
                None => {
                    view! { <li><span class="clip" aria-current="page">{crumb.text}</span></li> }.into_any()
                }
            })
            .collect_view()
    };
    view! {
        <nav class="crumbs" aria-label=i18n.tr(|t| t.shell().breadcrumbs)>
            <ol>{trail}</ol>
        </nav>
    }
}

#[component]
fn TopBar(palette: RwSignal<bool>, help: RwSignal<bool>) -> impl IntoView {
    let (i18n, session, prefs) = (use_i18n(), use_session(), use_prefs());
    let theme_icon = move || {
        let icon = match prefs.theme.get() {
            Theme::System => Icon::Auto,
            Theme::Light => Icon::Sun,
            Theme::Dark => Icon::Moon,
        };
        view! { <IconView icon /> }
    };
    let theme_label = move || {
        let t = i18n.t().shell();
        let name = match prefs.theme.get() {
            Theme::System => t.theme_system,
            Theme::Light => t.theme_light,
            Theme::Dark => t.theme_dark,
        };
        fill(t.theme, &[("theme", name)])
    };
    let other = move || match prefs.language.get() {
        Language::English => Language::Chinese,
        Language::Chinese => Language::English,
    };
    view! {
        <header class="topbar">
            <Trail />
            <Show when=move || session.is_read_only_mode()>
                <span class="chip">
                    <IconView icon=Icon::Eye />
                    <span class="only-wide">{i18n.tr(|t| t.shell().read_only)}</span>
                </span>
            </Show>
            <ConnectionState />
            <button type="button" class="button quiet only-wide" on:click=move |_| palette.set(true)>
                <IconView icon=Icon::Search />
                {i18n.tr(|t| t.shell().palette)}
                <kbd aria-hidden="true">"Ctrl K"</kbd>
            </button>
            <span class="only-phone">
                <button
                    type="button"
                    class="button quiet icon"
                    aria-label=i18n.tr(|t| t.shell().palette)
                    on:click=move |_| palette.set(true)
                >
                    <IconView icon=Icon::Search />
                </button>
            </span>
            <button
                type="button"
                class="button quiet icon only-wide"
                title=i18n.tr(|t| t.shell().shortcuts)
                aria-label=i18n.tr(|t| t.shell().shortcuts)
                on:click=move |_| help.set(true)
            >
                <IconView icon=Icon::Keyboard />
            </button>
            <button
                type="button"
                class="button quiet icon"
                title=theme_label
                aria-label=theme_label
                on:click=move |_| prefs.theme.update(|theme| *theme = theme.next())
            >
                {theme_icon}
            </button>
            <button
                type="button"
                class="button quiet icon"
                title=i18n.tr(|t| t.shell().language)
                aria-label=i18n.tr(|t| t.shell().language)
                on:click=move |_| prefs.language.set(other())
            >
                <IconView icon=Icon::Language />
            </button>
        </header>
    }
}

/// Whether Zadig answers, and who is asking; leads to the connection page.
#[component]
fn ConnectionState() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let class = move || match session.connection.get() {
        Connection::Good => "connection good",
        Connection::Unknown => "connection",
        Connection::Lost(_) | Connection::NeedsToken { .. } => "connection bad",
    };
    let text = move || {
        let t = i18n.t().shell();
        match session.connection.get() {
            Connection::Good => session
                .claims
                .with(|claims| claims.as_ref().and_then(|claims| claims.display_name().map(str::to_owned)))
                .unwrap_or_else(|| t.connected.to_owned()),
            Connection::Unknown => t.connecting.to_owned(),
            Connection::Lost(_) => t.offline.to_owned(),
            Connection::NeedsToken { .. } => t.needs_token.to_owned(),
        }
    };
    let quiet = move || session.connection.with(|connection| *connection == Connection::Good);
    view! {
        <a class=class href=Route::Connect.href() title=text>
            <span class="dot" aria-hidden="true"></span>
            <span class="clip" class:only-wide=quiet role="status">{text}</span>
            <Show when=quiet>
                <span class="sr-only">{i18n.tr(|t| t.shell().connection)}</span>
            </Show>
        </a>
    }
}

#[component]
fn ConfigNotice(problem: StoredValue<Option<Problem>>) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || {
        let t = i18n.t().shell();
        problem.with_value(|problem| {
            problem.as_ref().map(|problem| match problem {
                Problem::Broken(words) => fill(t.config_broken, &[("problem", words)]),
                Problem::UnknownKeys(keys) => fill(t.config_unknown, &[("keys", &keys.join(", "))]),
            })
        })
    };
    move || {
        text().map(|text| {
            view! {
                <div class="page">
                    <div class="notice tone-warn" role="alert">
                        <IconView icon=Icon::Alert />
                        <p>{text}</p>
                    </div>
                </div>
            }
        })
    }
}
