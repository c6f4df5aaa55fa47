//! The life of one container's stream: wait until it can be read, take a stream, read, and decide what its end means.

use super::host::Host;
use super::link::Link;
use super::pace::{Backoff, is_final};
use super::pods::Being;
use super::seat::{Seat, Stop};
use crate::api::logs::{LogPiece, LogQuery};
use crate::api::{ApiError, ErrorKind};
use crate::log_view::core::{Input, now_ms};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use gloo_timers::future::sleep;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// How a stream ended.
enum End {
    /// Its session was told to let go.
    Told(Stop),
    /// It was no log: a wrong pod or container, or nothing to read.
    NoLog,
    /// The server ended it.
    Closed,
    /// It broke, or was refused.
    Failed(ApiError),
}

/// Follows one container until the view is closed.
pub async fn run(host: Rc<Host>, seat: Rc<Seat>) {
    let mut backoff = Backoff::default();
    loop {
        if let Err(link) = readable(&host, &seat).await {
            if link == Link::Ended {
                host.push(&seat, Input::End);
            }
            host.set_link(&seat, link);
            revived(&host, &seat).await;
            continue;
        }
        if !host.slots.is_free() {
            host.set_link(&seat, Link::Queued);
        }
        let permit = host.slots.take(&seat, now_ms).await;
        if host.released.get() || (seat.is_silent() && seat.was_read.get()) {
            continue;
        }
        let before = host.core.total(seat.source.get());
        let end = attached(&host, &seat).await;
        drop(permit);
        let brought = host.core.total(seat.source.get()) > before;
        after(&host, &seat, end, backoff.next_ms(brought)).await;
    }
}

/// Waits until the container can be read; an error is the state in which it never will be.
async fn readable(host: &Host, seat: &Seat) -> Result<(), Link> {
    host.slots
        .bell
        .until(|| {
            if let Some(stop) = seat.told() {
                heed(host, seat, stop);
            }
            if host.released.get() {
                host.set_link(seat, Link::Released);
                return None;
            }
            if !host.session.may_ask() {
                return None;
            }
            match &*seat.being.borrow() {
                Being::Starting(reason) => {
                    host.set_link(seat, Link::Starting(reason.clone()));
                    None
                }
                Being::Finished | Being::Gone if seat.was_read.get() => Some(Err(Link::Ended)),
                Being::Waiting(_) if seat.was_read.get() => crashed(seat).map(Err),
                Being::Gone => Some(Err(Link::Missing)),
                Being::Unknown | Being::Readable | Being::Waiting(_) | Being::Finished => Some(Ok(())),
            }
        })
        .await
}

/// How a container stands that waits to be started again.
fn crashed(seat: &Seat) -> Option<Link> {
    match &*seat.being.borrow() {
        Being::Waiting(reason) => {
            Some(Link::Crashed { reason: reason.clone(), ended_at: seat.ended_at.get() })
        }
        _ => None,
    }
}

/// After an end: waits until the container is there again.
async fn revived(host: &Host, seat: &Seat) {
    host.slots
        .bell
        .until(|| match seat.told() {
            Some(stop @ (Stop::Restarted | Stop::Reload)) => {
                heed(host, seat, stop);
                Some(())
            }
            _ if !seat.is_silent() => Some(()),
            _ => {
                // A crash has another word once it is waited for.
                if let Some(link) = crashed(seat) {
                    host.set_link(seat, link);
                }
                None
            }
        })
        .await;
}

/// Reads one stream until it ends or the session is told to let go.
async fn attached(host: &Host, seat: &Seat) -> End {
    let (query, tail) = host.request(seat);
    host.push(seat, Input::Begin(tail));
    host.set_link(seat, Link::Waiting);
    seat.active_ms.set(now_ms());
    let reading = pin!(read(host, seat, query));
    let told = pin!(host.slots.bell.until(|| seat.told()));
    match select(reading, told).await {
        Either::Left((end, _)) => end,
        Either::Right((stop, _)) => End::Told(stop),
    }
}

async fn read(host: &Host, seat: &Seat, query: LogQuery) -> End {
    let Some(client) = host.session.client() else { return End::Closed };
    let mut stream = match client.open_log(&query, host.transport).await {
        Ok(Some(stream)) => stream,
        Ok(None) => return End::NoLog,
        Err(error) => return End::Failed(error),
    };
    host.set_link(seat, Link::Live);
    seat.was_read.set(true);
    while let Some(piece) = stream.next().await {
        match piece {
            Ok(LogPiece::Bytes(bytes)) => host.push(seat, Input::Bytes(bytes)),
            Ok(LogPiece::Event(data)) => host.push(seat, Input::Event(data)),
            Err(error) => return End::Failed(error),
        }
        seat.fresh.set(false);
        seat.active_ms.set(now_ms());
        host.core.room().await;
    }
    End::Closed
}

/// Decides what the end of a stream means, and waits as long as it takes until the next try makes sense.
async fn after(host: &Host, seat: &Seat, end: End, wait_ms: u64) {
    let error = match end {
        End::Told(stop) => {
            heed(host, seat, stop);
            return;
        }
        End::Failed(error) if is_final(error.kind) => {
            host.push(seat, Input::Cut);
            host.set_link(seat, Link::Refused(Arc::new(error)));
            host.slots.bell.until(|| seat.told()).await;
            return;
        }
        End::Failed(error) => Some(error),
        End::NoLog | End::Closed => None,
    };
    host.push(seat, Input::Cut);
    if error.is_none() {
        // The stream cannot say whether the container is there; the service can.
        host.set_link(seat, Link::Nothing);
        let looks = host.looks.get();
        host.look_now();
        host.slots.bell.until(|| (host.looks.get() > looks).then_some(())).await;
    }
    if seat.is_silent() || matches!(*seat.being.borrow(), Being::Starting(_)) {
        // Its stream came to an end: what there was has been read.
        seat.was_read.set(seat.was_read.get() || error.is_none() && seat.known.get());
        return;
    }
    // A refused token is asked for by the application; this session goes on when there is another.
    let unexplained = error.filter(|error| error.kind != ErrorKind::Unauthorized).map(Arc::new);
    if seat.was_read.get() || unexplained.is_some() {
        host.set_link(seat, Link::Retrying { at_ms: now_ms() + wait_ms, error: unexplained });
    }
    let waited = pin!(sleep(Duration::from_millis(wait_ms)));
    let told = pin!(host.slots.bell.until(|| (seat.is_silent() || host.released.get()).then_some(())));
    select(waited, told).await;
}

/// Says to the view what letting go means for the log.
fn heed(host: &Host, seat: &Seat, stop: Stop) {
    match stop {
        Stop::Turn => {
            host.push(seat, Input::Cut);
            host.set_link(seat, Link::Queued);
        }
        Stop::Hidden => {
            host.push(seat, Input::Cut);
            host.set_link(seat, Link::Released);
        }
        Stop::Restarted => {
            host.push(seat, Input::Restarted);
            seat.fresh.set(true);
            seat.was_read.set(false);
        }
        Stop::Ended | Stop::Reload => {}
    }
}
