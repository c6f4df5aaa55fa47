//! Waiting until something holds, in a program of one thread.

use std::cell::RefCell;
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// What waiting tasks listen to. Whoever changes what they wait for rings.
#[derive(Debug, Default)]
pub struct Bell(RefCell<Vec<Waker>>);

impl Bell {
    /// Makes every waiting task look again.
    pub fn ring(&self) {
        let waiting = self.0.take();
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Waits until `test` gives something. It is asked at once, and again after each ring.
    pub async fn until<T>(&self, mut test: impl FnMut() -> Option<T>) -> T {
        poll_fn(move |context| match test() {
            Some(value) => Poll::Ready(value),
            None => {
                self.0.borrow_mut().push(context.waker().clone());
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
    fn a_ring_makes_those_who_wait_look_again() {
        let (bell, open) = (Bell::default(), Cell::new(false));
        let mut waiting = Box::pin(bell.until(|| open.get().then_some(7)));
        assert_eq!((&mut waiting).now_or_never(), None);
        open.set(true);
        bell.ring();
        assert_eq!(waiting.now_or_never(), Some(7));
    }
}
