//! Parts of the module that are loaded when they are first needed.
//!
//! The first page needs the frame, the lists and their client; most visits never open a log or an editor. The build splits the
//! module at the entry points in `entries.rs` (`xtask/src/pack/`): code that only one part's entry points reach goes into that
//! part, code that several parts share goes into chunks of its own. An entry point returns only a rendered view: if other code
//! refers to the same module statically, the linker moves it back into the first page. `cargo xtask build` prints the size of
//! each part.
//!
//! A build without `--cfg split` (debug, tests) has the same entry points and one module.
//!
//! [`lazy_view`] renders an entry point's view: at once when its part is loaded, otherwise after a skeleton, with a way to retry
//! when the part cannot be fetched. [`lazy_on`] does so from the first moment that a condition holds.

mod entries;

pub(crate) use entries::*;

use crate::components::icon::{Icon, IconView};
use crate::host::{Host, use_host};
use crate::i18n::use_i18n;
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, join};
use leptos::prelude::*;
use std::future::Future;

/// A part that could not be fetched. The browser's console says why.
pub(crate) type NotLoaded = wasm_split_helpers::SplitLoaderError;

/// The fetching of a part, done at once where it is there already.
pub(crate) type Loading = LocalBoxFuture<'static, Result<(), NotLoaded>>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    There,
    Failed,
}

/// Draws `view` once its part is there; `waiting` stands in for it meanwhile.
pub(crate) fn lazy_view<V>(
    load: fn() -> Loading,
    waiting: impl Fn() -> AnyView + Send + 'static,
    view: impl Fn() -> V + Send + 'static,
) -> AnyView
where
    V: Future<Output = Result<AnyView, NotLoaded>>,
{
    let stage = RwSignal::new(Stage::Waiting);
    let host = use_host();
    fetch(host, load, stage);
    let content = move || match stage.get() {
        Stage::Waiting => waiting(),
        // The part is loaded, so the view is ready at once.
        Stage::There => view().now_or_never().and_then(Result::ok).unwrap_or_else(|| ().into_any()),
        Stage::Failed => {
            view! { <Missing retry=Callback::new(move |()| fetch(host, load, stage)) /> }.into_any()
        }
    };
    content.into_any()
}

/// Fetches a part, and the styles that all parts share.
fn fetch(host: Host, load: fn() -> Loading, stage: RwSignal<Stage>) {
    let loading = join(load(), host.styles()).map(|(part, styled)| part.is_ok() && styled);
    let mut loading = loading.boxed_local();
    let outcome = |there: bool| if there { Stage::There } else { Stage::Failed };
    if let Some(there) = (&mut loading).now_or_never() {
        stage.set(outcome(there));
        return;
    }
    stage.set(Stage::Waiting);
    leptos::task::spawn_local(async move {
        let _ = stage.try_set(outcome(loading.await));
    });
}

/// Says that a part did not come, and offers to try again.
#[component]
fn Missing(retry: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="notice tone-bad part-missing" role="alert">
            <IconView icon=Icon::Alert />
            <p>{i18n.tr(|t| t.errors().part_missing)}</p>
            <button type="button" class="button" on:click=move |_| retry.run(())>
                {i18n.tr(|t| t.common().retry)}
            </button>
        </div>
    }
}

/// As [`lazy_view`], from the first moment that `wanted` says yes; the view then stays. Nothing stands in for it.
pub(crate) fn lazy_on<V>(
    load: fn() -> Loading,
    wanted: impl Fn() -> bool + Send + Sync + 'static,
    view: impl Fn() -> V + Clone + Send + 'static,
) -> AnyView
where
    V: Future<Output = Result<AnyView, NotLoaded>>,
{
    let ever = Memo::new(move |before: Option<&bool>| before == Some(&true) || wanted());
    let content = move || ever.get().then(|| lazy_view(load, || ().into_any(), view.clone()));
    content.into_any()
}
