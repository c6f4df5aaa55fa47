//! One request for identical reads under way.
//!
//! A page and a panel that ask for the same thing at the same moment share the answer. The shared future lives as
//! long as somebody waits for it: the table holds it weakly, so dropping the last waiter drops, and so aborts, the
//! request.

use std::cell::RefCell;
use std::collections::HashMap;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared, WeakShared};

use super::client::Exchanged;

/// What makes two reads identical.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct DedupKey {
    /// Path and query.
    pub(super) target: String,
    /// The token's generation: an answer to the old token is no answer to the new one.
    pub(super) token: u64,
    /// The number of writes begun or ended: what was read before a write is stale after it.
    pub(super) writes: u64,
}

type Exchange = LocalBoxFuture<'static, Exchanged>;

/// The reads under way.
#[derive(Default)]
pub(super) struct Dedup(RefCell<HashMap<DedupKey, WeakShared<Exchange>>>);

impl Dedup {
    /// Joins the read with this key, or starts one.
    pub(super) fn join(&self, key: DedupKey, start: impl FnOnce() -> Exchange) -> Shared<Exchange> {
        let mut under_way = self.0.borrow_mut();
        // A finished read still held by a waiter that was not woken yet is no longer under way.
        let running = |shared: &Shared<Exchange>| shared.peek().is_none();
        if let Some(shared) = under_way.get(&key).and_then(WeakShared::upgrade).filter(running) {
            return shared;
        }
        under_way.retain(|_, weak| weak.upgrade().is_some_and(|shared| running(&shared)));
        let shared = start().shared();
        if let Some(weak) = shared.downgrade() {
            under_way.insert(key, weak);
        }
        shared
    }
}
