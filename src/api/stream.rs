//! Streams: answers without an end (`E45`).
//!
//! No time limit applies: a silent container sends not even headers until its first line (contract 4), so opening
//! may take for ever. Dropping the opening future or the [`ByteStream`] aborts the request.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::{FutureExt, Stream};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

use super::backend::{Failure, Reply};
use super::client::{Client, failed, to_api_error};
use super::error::{ApiError, ErrorKind};
use super::request::{CallInfo, Request};
use super::transport::{self, AbortOnDrop};

/// The body of an answer, in the pieces it arrives in.
///
/// A [`Stream`] of byte chunks that may split lines and characters anywhere. It ends when the server ends it; an
/// item that is an error is the last one. Waiting for the next chunk may be given up and taken up again without
/// losing any (so it can stand in a `select`).
pub struct ByteStream {
    call: CallInfo,
    status: u16,
    content_type: Option<String>,
    reader: Option<ReadableStreamDefaultReader>,
    pending: Option<JsFuture>,
    _guard: AbortOnDrop,
}

impl ByteStream {
    /// The HTTP status; always a successful one.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The header `Content-Type`. Zadig answers a wrong pod or container with 200, no type and an empty body held
    /// open: no type means that there will be no log.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Whether the answer says it is an event stream.
    pub fn is_event_stream(&self) -> bool {
        self.content_type().is_some_and(|kind| kind.starts_with("text/event-stream"))
    }

    fn finish(&mut self, error: ApiError) -> Poll<Option<Result<Vec<u8>, ApiError>>> {
        self.reader = None;
        Poll::Ready(Some(Err(error)))
    }
}

impl Stream for ByteStream {
    type Item = Result<Vec<u8>, ApiError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(reader) = self.reader.clone() else { return Poll::Ready(None) };
        let pending = self.pending.get_or_insert_with(|| JsFuture::from(reader.read()));
        let read = ready!(pending.poll_unpin(context));
        self.pending = None;
        match read {
            Ok(result) => match chunk(&result) {
                Some(bytes) => Poll::Ready(Some(Ok(bytes))),
                None => {
                    self.reader = None;
                    Poll::Ready(None)
                }
            },
            Err(error) => {
                let kind = if is_abort(&error) { ErrorKind::Aborted } else { ErrorKind::Network };
                let error = ApiError::new(kind, self.call.clone())
                    .with_status(self.status)
                    .with_description("the stream was cut");
                self.finish(error)
            }
        }
    }
}

/// The bytes of a `{done, value}` result; `None` at the end.
fn chunk(result: &JsValue) -> Option<Vec<u8>> {
    let done = Reflect::get(result, &JsValue::from_str("done")).ok()?.is_truthy();
    let value = Reflect::get(result, &JsValue::from_str("value")).ok()?;
    if done { None } else { value.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec()) }
}

fn is_abort(error: &JsValue) -> bool {
    let name = Reflect::get(error, &JsValue::from_str("name")).ok();
    name.and_then(|name| name.as_string()).as_deref() == Some("AbortError")
}

impl Client {
    /// Opens a stream: resolves once the answer's head is there, without any time limit, and without repetition.
    ///
    /// # Errors
    /// As any call, up to the answer's head: [`ErrorKind::Network`], [`ErrorKind::Unauthorized`] and so on.
    pub async fn open_stream(&self, request: &Request) -> Result<ByteStream, ApiError> {
        let result = self.try_open(request).await;
        self.report(&request.info(), result.as_ref().map(ByteStream::status));
        result
    }

    async fn try_open(&self, request: &Request) -> Result<ByteStream, ApiError> {
        let outgoing = self.outgoing(request)?;
        let guard = AbortOnDrop::new();
        let response = transport::open(outgoing, &guard).await.map_err(|failure| failed(request, failure))?;
        let (status, content_type) = (response.status(), transport::header(&response, "content-type"));
        if !response.ok() {
            let auth_reason = transport::header(&response, "x-zadig-auth-reason");
            let text = response.text().await.unwrap_or_default();
            return Err(to_api_error(request, &Reply { status, content_type, auth_reason, text }));
        }
        let reader = response.body().map(|body| body.get_reader().dyn_into::<ReadableStreamDefaultReader>());
        let reader = reader.transpose().map_err(|_| {
            failed(request, Failure::Unsendable("this browser cannot read streams".to_owned()))
        })?;
        Ok(ByteStream { call: request.info(), status, content_type, reader, pending: None, _guard: guard })
    }
}
