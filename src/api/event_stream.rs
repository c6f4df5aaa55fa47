//! Streams over the browser's own `EventSource`.
//!
//! `gloo_net` has a wrapper that hides a lost connection while the browser reconnects by itself. Zadig then replays
//! the tail unannounced, so here the first error closes the source, and the caller decides when to connect again.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use futures_util::Stream;
use futures_util::future::poll_fn;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

use super::backend::Failure;
use super::client::{Client, failed};
use super::error::{ApiError, ErrorKind};
use super::request::{CallInfo, Request};

/// The events of an answer without an end. Ends with an error when the connection is lost.
pub struct EventStream {
    call: CallInfo,
    source: EventSource,
    state: Rc<RefCell<State>>,
    _on_open: Closure<dyn FnMut()>,
    _on_error: Closure<dyn FnMut()>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

#[derive(Default)]
struct State {
    events: VecDeque<String>,
    opened: bool,
    /// Whether the browser gave up by itself when the error came: a wrong type or status.
    lost: Option<bool>,
    finished: bool,
    waker: Option<Waker>,
}

impl State {
    fn wake(&mut self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

impl EventStream {
    fn start(url: &str, call: CallInfo) -> Result<Self, String> {
        let source = EventSource::new(url).map_err(|error| format!("{error:?}"))?;
        let state = Rc::new(RefCell::new(State::default()));
        let on_open = Closure::<dyn FnMut()>::new({
            let state = Rc::clone(&state);
            move || {
                let mut state = state.borrow_mut();
                state.opened = true;
                state.wake();
            }
        });
        let on_error = Closure::<dyn FnMut()>::new({
            let (state, source) = (Rc::clone(&state), source.clone());
            move || {
                let mut state = state.borrow_mut();
                state.lost.get_or_insert(source.ready_state() == EventSource::CLOSED);
                source.close();
                state.wake();
            }
        });
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new({
            let state = Rc::clone(&state);
            move |event: MessageEvent| {
                let mut state = state.borrow_mut();
                state.events.push_back(event.data().as_string().unwrap_or_default());
                state.wake();
            }
        });
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Ok(Self { call, source, state, _on_open: on_open, _on_error: on_error, _on_message: on_message })
    }

    fn lost(&self) -> ApiError {
        ApiError::new(ErrorKind::Network, self.call.clone()).with_description("the stream was cut")
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.set_onmessage(None);
        self.source.close();
    }
}

impl Stream for EventStream {
    type Item = Result<String, ApiError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut state = self.state.borrow_mut();
        if let Some(event) = state.events.pop_front() {
            return Poll::Ready(Some(Ok(event)));
        }
        if state.finished {
            return Poll::Ready(None);
        }
        if state.lost.is_some() {
            state.finished = true;
            drop(state);
            return Poll::Ready(Some(Err(self.lost())));
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Client {
    /// Opens `request` with the browser's `EventSource`; `None` where the answer is no event stream. Resolves with
    /// the answer's head, without any time limit. `query_token` puts the token into the address.
    ///
    /// # Errors
    /// [`ErrorKind::Network`]; a refusal cannot be told from a wrong type.
    pub async fn open_events(
        &self,
        request: &Request,
        query_token: bool,
    ) -> Result<Option<EventStream>, ApiError> {
        let outgoing = self.outgoing(request)?;
        let url = match outgoing.token.filter(|_| query_token) {
            Some(token) => {
                let token = utf8_percent_encode(token.reveal(), NON_ALPHANUMERIC);
                format!("{}&token={token}", outgoing.url)
            }
            None => outgoing.url,
        };
        let stream = EventStream::start(&url, request.info())
            .map_err(|reason| failed(request, Failure::Unsendable(reason)))?;
        let opened = poll_fn(|context| {
            let mut state = stream.state.borrow_mut();
            match (state.opened, state.lost) {
                (true, _) => Poll::Ready(Ok(true)),
                (false, Some(true)) => Poll::Ready(Ok(false)),
                (false, Some(false)) => Poll::Ready(Err(stream.lost())),
                (false, None) => {
                    state.waker = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await;
        self.report(&request.info(), opened.as_ref().map(|_| 200));
        opened.map(|is_stream| is_stream.then_some(stream))
    }
}
