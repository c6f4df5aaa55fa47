//! A world without a server: time is virtual, answers are scripted, and everything sent is written down.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use crate::api::{ApiError, Request};
use crate::ops::snapshot::{Probe, Response};
use crate::ops::{Io, Timestamp};
use crate::route::EnvironmentRef;

type Deed = (u64, Box<dyn FnOnce()>);
type Answer = Box<dyn FnMut(&Probe, &World) -> Result<Response, ApiError>>;

/// Remembers that a task wants to be polled again at once.
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The scripted world.
pub struct World {
    now: Cell<u64>,
    timers: RefCell<Vec<(u64, Waker)>>,
    deeds: RefCell<Vec<Deed>>,
    /// Requests sent, with their time in seconds.
    pub sent: RefCell<Vec<(u64, Request)>>,
    /// Answers to the next writes; success when there are none.
    pub answers: RefCell<VecDeque<Result<(), ApiError>>>,
    /// How long a write takes, in seconds.
    pub latency: Cell<u64>,
    reads: RefCell<Answer>,
    /// Reads asked for.
    pub read: RefCell<Vec<Probe>>,
}

impl World {
    /// A world in which reads are answered by `reads`.
    pub fn new(reads: impl FnMut(&Probe, &World) -> Result<Response, ApiError> + 'static) -> Self {
        Self {
            now: Cell::new(0),
            timers: RefCell::default(),
            deeds: RefCell::default(),
            sent: RefCell::default(),
            answers: RefCell::default(),
            latency: Cell::new(0),
            reads: RefCell::new(Box::new(reads)),
            read: RefCell::default(),
        }
    }

    /// A world in which `seen` says what is there, given the seconds since the first write.
    pub fn of(mut seen: impl FnMut(Option<u64>) -> Response + 'static) -> Self {
        Self::new(move |_, world| Ok(seen(world.since_sent())))
    }

    /// Seconds since the beginning.
    pub fn seconds(&self) -> u64 {
        self.now.get() / 1000
    }

    /// Seconds since the first write.
    pub fn since_sent(&self) -> Option<u64> {
        self.sent.borrow().first().map(|(sent, _)| self.seconds() - sent)
    }

    /// Does something at a time, in milliseconds.
    pub fn at_millis(&self, millis: u64, deed: impl FnOnce() + 'static) {
        self.deeds.borrow_mut().push((millis, Box::new(deed)));
    }

    /// Runs a future to its end, turning the clock whenever it waits.
    pub fn run<T>(&self, future: impl Future<Output = T>) -> T {
        self.run_until(future, u64::MAX).expect("it ends")
    }

    /// Runs a future for so many seconds at most, then drops it.
    pub fn run_until<T>(&self, future: impl Future<Output = T>, seconds: u64) -> Option<T> {
        let mut future = pin!(future);
        let woken = Arc::new(Woken(AtomicBool::new(false)));
        let waker = Waker::from(Arc::clone(&woken));
        loop {
            let mut context = Context::from_waker(&waker);
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return Some(value);
            }
            if woken.0.swap(false, Ordering::Relaxed) {
                continue;
            }
            let timer = self.timers.borrow().iter().map(|(at, _)| *at).min().expect("something to wait for");
            let deed = self.deeds.borrow().iter().map(|(at, _)| *at).min();
            let next = deed.map_or(timer, |deed| deed.min(timer)).max(self.now.get());
            if next > seconds.saturating_mul(1000) {
                return None;
            }
            self.now.set(next);
            let (due, later) = self.deeds.take().into_iter().partition(|(at, _)| *at <= next);
            *self.deeds.borrow_mut() = later;
            due.into_iter().for_each(|(_, deed)| deed());
            let (due, later) = self.timers.take().into_iter().partition::<Vec<_>, _>(|(at, _)| *at <= next);
            *self.timers.borrow_mut() = later;
            due.into_iter().for_each(|(_, waker)| waker.wake());
        }
    }
}

impl Io for World {
    async fn send(&self, request: &Request) -> Result<(), ApiError> {
        self.sent.borrow_mut().push((self.seconds(), request.clone()));
        if self.latency.get() > 0 {
            self.sleep(Duration::from_secs(self.latency.get())).await;
        }
        self.answers.borrow_mut().pop_front().unwrap_or(Ok(()))
    }

    async fn read(&self, _env: &EnvironmentRef, read: &Probe) -> Result<Response, ApiError> {
        self.read.borrow_mut().push(read.clone());
        (self.reads.borrow_mut())(read, self)
    }

    async fn sleep(&self, time: Duration) {
        let until = self.now().plus(time).millis();
        poll_fn(|context| {
            if self.now.get() >= until {
                return Poll::Ready(());
            }
            self.timers.borrow_mut().push((until, context.waker().clone()));
            Poll::Pending
        })
        .await;
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.now.get())
    }
}
