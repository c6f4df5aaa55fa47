//! What this is: version, licence, and every part that others made, each under its own licence.
//!
//! The list is a file that the build writes ([`notices`]); it is fetched when the dialog opens, and a licence's text is put
//! on the page when somebody unfolds it.

pub(crate) mod notices;

use self::notices::{Notices, NoticesError, Part};
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, IconView};
use crate::host::use_host;
use crate::i18n::{fill, fill_count, use_i18n};
use crate::nav::use_nav;
use crate::route::Route;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// The dialog, over the settings: open while the route says so.
#[component]
pub(crate) fn AboutDialog() -> impl IntoView {
    let (i18n, nav) = (use_i18n(), use_nav());
    let open = RwSignal::new(false);
    let wanted = Memo::new(move |_| nav.route.with(|route| *route == Route::About));
    crate::effect::effect(move || open.set(wanted.get()));
    Effect::new(move |before: Option<bool>| {
        let open = open.get();
        if before == Some(true) && !open && wanted.get_untracked() {
            nav.replace(Route::Settings);
        }
        open
    });
    view! {
        <Dialog open title=i18n.text(|t| t.about().title)>
            <About />
        </Dialog>
    }
}

/// What the dialog holds; lives only while it is open, and so does its list.
#[component]
fn About() -> impl IntoView {
    let (i18n, host) = (use_i18n(), use_host());
    let found = RwSignal::new(None::<Result<Arc<Notices>, Arc<NoticesError>>>);
    let fetch = move || {
        found.set(None);
        leptos::task::spawn_local_scoped_with_cancellation(async move {
            let notices = Notices::fetch(&host.files()).await;
            found.set(Some(notices.map(Arc::new).map_err(Arc::new)));
        });
    };
    let owner = Owner::current();
    let again = Callback::new(move |()| match &owner {
        Some(owner) => owner.with(fetch),
        None => fetch(),
    });
    fetch();
    let list = move || match found.get() {
        None => view! { <p class="dim about-waits" role="status">{i18n.tr(|t| t.common().loading)}</p> }
            .into_any(),
        Some(Ok(notices)) => view! { <Parts notices /> }.into_any(),
        Some(Err(error)) => view! { <Failed error again /> }.into_any(),
    };
    let version = move || fill(i18n.t().about().version, &[("version", env!("CARGO_PKG_VERSION"))]);
    let build = move || {
        let commit = found.with(|found| match found {
            Some(Ok(notices)) => notices.commit.clone(),
            _ => String::new(),
        });
        (!commit.is_empty()).then(|| fill(i18n.t().about().build, &[("commit", &commit)]))
    };
    view! {
        <div class="about">
            <p class="about-name">
                <strong>"Zadig Environments"</strong>
                <span>{version}</span>
                <span class="dim mono">{build}</span>
            </p>
            <p class="dim">{i18n.tr(|t| t.about().what)}</p>
            {list}
        </div>
    }
}

#[component]
fn Failed(error: Arc<NoticesError>, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="notice tone-bad" role="alert">
            <IconView icon=Icon::Alert />
            <div class="notice-body">
                <p class="notice-title">{i18n.tr(|t| t.about().failed)}</p>
                <p>{i18n.tr(|t| t.about().failed_hint)}</p>
                <p class="mono small">{error.to_string()}</p>
                <div class="notice-actions">
                    <button type="button" class="button" on:click=move |_| again.run(())>
                        {i18n.tr(|t| t.common().retry)}
                    </button>
                </div>
            </div>
        </div>
    }
}

#[component]
fn Parts(notices: Arc<Notices>) -> impl IntoView {
    let i18n = use_i18n();
    let count = notices.parts.len();
    let own = notices.own_licence().map(|text| {
        let heading = view! {
            <span class="about-part">{i18n.tr(|t| t.about().own_licence)}</span>
            <span class="dim small">"Apache-2.0"</span>
        };
        unfolded(heading, None, vec![text.to_owned()])
    });
    let rows = notices.parts.iter().map(|part| view! { <li>{part_row(&notices, part)}</li> }).collect_view();
    view! {
        {own}
        <h3>{i18n.tr(|t| t.about().parts)}</h3>
        <p class="dim">{move || fill_count(i18n.t().about().parts_hint, count, &[])}</p>
        <ul class="about-parts">{rows}</ul>
    }
}

fn part_row(notices: &Notices, part: &Part) -> impl IntoView + use<> {
    let heading = view! {
        <span class="about-part">{part.name.clone()}</span>
        <span class="dim">{part.version.clone()}</span>
        <span class="dim small">{part.licence.clone()}</span>
    };
    let texts = notices.texts_of(part).map(str::to_owned).collect();
    unfolded(heading, part.address().map(str::to_owned), texts)
}

/// A line that unfolds into the texts of a licence, which are on the page only then: together they are long.
fn unfolded(heading: impl IntoView, address: Option<String>, texts: Vec<String>) -> impl IntoView {
    let open = RwSignal::new(false);
    let body = move || {
        let link = address.clone().map(|address| {
            let shown = address.clone();
            view! { <a class="mono small" href=address target="_blank" rel="noreferrer">{shown}</a> }
        });
        view! {
            {link}
            {texts.iter().map(|text| view! { <pre class="about-text" tabindex="0">{text.clone()}</pre> }).collect_view()}
        }
    };
    view! {
        <details
            on:toggle=move |event| {
                let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
                open.set(target.is_some_and(|details| details.has_attribute("open")));
            }
        >
            <summary>{heading}</summary>
            {move || open.get().then(&body)}
        </details>
    }
}
