//! Work that a page starts and that ends with it, such as reading several services before a review opens.
//!
//! ```ignore
//! let task = use_task();
//! let restart = move |_| task.run(async move {
//!     let read = read_all(client, at, names).await;
//!     ops.propose_group(plans_of(read)); // never over the page that somebody went on to
//! });
//! ```

use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use std::future::Future;

/// A place for one task of the current owner. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Task(StoredValue<Option<AbortHandle>>);

/// Makes the place. What runs in it is aborted, requests and all, when the owner is gone.
pub(crate) fn use_task() -> Task {
    let running = StoredValue::new(None::<AbortHandle>);
    on_cleanup(move || {
        if let Some(running) = running.try_get_value().flatten() {
            running.abort();
        }
    });
    Task(running)
}

impl Task {
    /// Starts work; work that is still going on is aborted.
    pub(crate) fn run(self, work: impl Future<Output = ()> + 'static) {
        let (work, handle) = abortable(work);
        let Some(before) = self.0.try_update_value(|running| running.replace(handle)) else { return };
        if let Some(before) = before {
            before.abort();
        }
        leptos::task::spawn_local(async move {
            let _ = work.await;
        });
    }
}
