//! Reads again what an edit was made on, before its review opens.
//!
//! An editor compares what it read then with what is there now ([`crate::domain::conflict`]), and proposes its plan only
//! where nobody else changed it:
//!
//! ```ignore
//! let fresh = use_fresh_read();
//! let review = move |_| fresh.start(
//!     move |client| async move { client.send(portal::get(&project, &env, &service)).await },
//!     move |now| editor.review(now),
//! );
//! view! { <button disabled=move || fresh.reading.get() on:click=review /> <ErrorNotice error=fresh.error /> }
//! ```

use super::task::{Task, use_task};
use crate::api::{ApiError, Client};
use crate::session::{Session, use_session};
use leptos::prelude::*;
use std::future::Future;
use std::sync::Arc;

/// One read at a time, which ends with the editor. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct FreshRead {
    /// Whether it is under way.
    pub reading: RwSignal<bool>,
    /// Why the last one failed.
    pub error: RwSignal<Option<Arc<ApiError>>>,
    session: Session,
    task: Task,
}

/// A reader that belongs to the current owner.
pub(crate) fn use_fresh_read() -> FreshRead {
    FreshRead {
        reading: RwSignal::new(false),
        error: RwSignal::new(None),
        session: use_session(),
        task: use_task(),
    }
}

impl FreshRead {
    /// Reads and hands the answer on, unless a read is under way or the editor is gone by then.
    pub(crate) fn start<T, F>(self, read: impl FnOnce(Client) -> F, then: impl FnOnce(T) + 'static)
    where
        T: 'static,
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let Some(client) = self.session.client() else { return };
        if self.reading.get_untracked() {
            return;
        }
        self.error.set(None);
        self.reading.set(true);
        let answer = read(client);
        self.task.run(async move {
            let answer = answer.await;
            if self.reading.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(now) => then(now),
                Err(error) => self.error.set(Some(Arc::new(error))),
            }
        });
    }
}
