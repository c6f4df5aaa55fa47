//! Waiting for a condition in a single-threaded program, like `tokio::sync::Notify`.

use std::cell::RefCell;
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// What waiting tasks are woken by. Whoever changes what they wait for calls [`Notify::notify_all`].
#[derive(Debug, Default)]
pub struct Notify(RefCell<Vec<Waker>>);

impl Notify {
    /// Wakes every waiting task, so that it evaluates its condition again.
    pub fn notify_all(&self) {
        let waiting = self.0.take();
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Waits until `test` gives a value. It is evaluated at once, and again after each [`Notify::notify_all`].
    pub async fn wait_until<T>(&self, mut test: impl FnMut() -> Option<T>) -> T {
        poll_fn(move |context| match test() {
            Some(value) => Poll::Ready(value),
            None => {
                let mut wakers = self.0.borrow_mut();
                if !wakers.iter().any(|waker| waker.will_wake(context.waker())) {
                    wakers.push(context.waker().clone());
                }
                Poll::Pending
            }
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use std::cell::Cell;

    #[test]
    fn a_notification_makes_waiting_tasks_evaluate_again() {
        let (notify, open) = (Notify::default(), Cell::new(false));
        let mut waiting = Box::pin(notify.wait_until(|| open.get().then_some(7)));
        assert_eq!((&mut waiting).now_or_never(), None);
        open.set(true);
        notify.notify_all();
        assert_eq!(waiting.now_or_never(), Some(7));
    }
}
