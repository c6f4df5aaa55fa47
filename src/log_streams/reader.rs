//! The life of one container's stream: wait until it can be read, take a stream, read, and decide what its end means.

use super::backoff::{Backoff, is_final};
use super::follower::LogFollower;
use super::pods::ContainerPhase;
use super::stream_state::StreamState;
use super::tracked::{Stop, TrackedContainer};
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
    /// The reader was asked to stop.
    Told(Stop),
    /// It was no log: a wrong pod or container, or nothing to read.
    NoLog,
    /// The server ended it.
    Closed,
    /// It broke, or was refused.
    Failed(ApiError),
}

/// Follows one container until the view is closed.
pub async fn run(follower: Rc<LogFollower>, tracked: Rc<TrackedContainer>) {
    let mut backoff = Backoff::default();
    loop {
        if let Err(state) = readable(&follower, &tracked).await {
            if state == StreamState::Ended {
                follower.push(&tracked, Input::End);
            }
            follower.set_state(&tracked, state);
            revived(&follower, &tracked).await;
            continue;
        }
        if !follower.pool.is_free() {
            follower.set_state(&tracked, StreamState::Queued);
        }
        let permit = follower.pool.take(&tracked, now_ms).await;
        if follower.released.get() || (tracked.is_silent() && tracked.was_read.get()) {
            continue;
        }
        let before = follower.core.total(tracked.source.get());
        let end = attached(&follower, &tracked).await;
        drop(permit);
        let brought = follower.core.total(tracked.source.get()) > before;
        after(&follower, &tracked, end, backoff.next_ms(brought)).await;
    }
}

/// Waits until the container can be read; an error is the state in which it never will be.
async fn readable(follower: &LogFollower, tracked: &TrackedContainer) -> Result<(), StreamState> {
    follower
        .pool
        .notify
        .wait_until(|| {
            if let Some(stop) = tracked.take_stop() {
                handle_stop(follower, tracked, stop);
            }
            if follower.released.get() {
                follower.set_state(tracked, StreamState::Released);
                return None;
            }
            if !follower.session.may_ask() {
                return None;
            }
            match &*tracked.phase.borrow() {
                ContainerPhase::Starting(reason) => {
                    follower.set_state(tracked, StreamState::Starting(reason.clone()));
                    None
                }
                ContainerPhase::Finished | ContainerPhase::Gone if tracked.was_read.get() => {
                    Some(Err(StreamState::Ended))
                }
                ContainerPhase::Waiting(_) if tracked.was_read.get() => crashed(tracked).map(Err),
                ContainerPhase::Gone => Some(Err(StreamState::Missing)),
                ContainerPhase::Unknown
                | ContainerPhase::Readable
                | ContainerPhase::Waiting(_)
                | ContainerPhase::Finished => Some(Ok(())),
            }
        })
        .await
}

/// The state of a container that waits for its restart.
fn crashed(tracked: &TrackedContainer) -> Option<StreamState> {
    match &*tracked.phase.borrow() {
        ContainerPhase::Waiting(reason) => {
            Some(StreamState::Crashed { reason: reason.clone(), ended_at: tracked.ended_at.get() })
        }
        _ => None,
    }
}

/// After an end: waits until the container is there again.
async fn revived(follower: &LogFollower, tracked: &TrackedContainer) {
    follower
        .pool
        .notify
        .wait_until(|| match tracked.take_stop() {
            Some(stop @ (Stop::Restarted | Stop::Reload)) => {
                handle_stop(follower, tracked, stop);
                Some(())
            }
            _ if !tracked.is_silent() => Some(()),
            _ => {
                // The reason changes from `Error` to `CrashLoopBackOff`.
                if let Some(state) = crashed(tracked) {
                    follower.set_state(tracked, state);
                }
                None
            }
        })
        .await;
}

/// Reads one stream until it ends or the reader is asked to stop.
async fn attached(follower: &LogFollower, tracked: &TrackedContainer) -> End {
    let (query, tail) = follower.request(tracked);
    follower.push(tracked, Input::Begin(tail));
    follower.set_state(tracked, StreamState::Waiting);
    tracked.active_ms.set(now_ms());
    let reading = pin!(read(follower, tracked, query));
    let stopped = pin!(follower.pool.notify.wait_until(|| tracked.take_stop()));
    match select(reading, stopped).await {
        Either::Left((end, _)) => end,
        Either::Right((stop, _)) => End::Told(stop),
    }
}

async fn read(follower: &LogFollower, tracked: &TrackedContainer, query: LogQuery) -> End {
    let Some(client) = follower.session.client() else { return End::Closed };
    let mut stream = match client.open_log(&query, follower.transport).await {
        Ok(Some(stream)) => stream,
        Ok(None) => return End::NoLog,
        Err(error) => return End::Failed(error),
    };
    follower.set_state(tracked, StreamState::Live);
    tracked.was_read.set(true);
    while let Some(piece) = stream.next().await {
        match piece {
            Ok(LogPiece::Bytes(bytes)) => follower.push(tracked, Input::Bytes(bytes)),
            Ok(LogPiece::Event(data)) => follower.push(tracked, Input::Event(data)),
            Err(error) => return End::Failed(error),
        }
        tracked.fresh.set(false);
        tracked.active_ms.set(now_ms());
        follower.core.room().await;
    }
    End::Closed
}

/// Decides what the end of a stream means, and waits as long as it takes until the next try makes sense.
async fn after(follower: &LogFollower, tracked: &TrackedContainer, end: End, wait_ms: u64) {
    let error = match end {
        End::Told(stop) => {
            handle_stop(follower, tracked, stop);
            return;
        }
        End::Failed(error) if is_final(error.kind) => {
            follower.push(tracked, Input::Cut);
            follower.set_state(tracked, StreamState::Refused(Arc::new(error)));
            follower.pool.notify.wait_until(|| tracked.take_stop()).await;
            return;
        }
        End::Failed(error) => Some(error),
        End::NoLog | End::Closed => None,
    };
    follower.push(tracked, Input::Cut);
    if error.is_none() {
        // The stream cannot say whether the container is there; the service can.
        follower.set_state(tracked, StreamState::Nothing);
        let polls = follower.polls.get();
        follower.poll_now();
        follower.pool.notify.wait_until(|| (follower.polls.get() > polls).then_some(())).await;
    }
    if tracked.is_silent() || matches!(*tracked.phase.borrow(), ContainerPhase::Starting(_)) {
        // Its stream came to an end: what there was has been read.
        tracked.was_read.set(tracked.was_read.get() || error.is_none() && tracked.known.get());
        return;
    }
    // The application asks for another token; the reader goes on with it.
    let unexplained = error.filter(|error| error.kind != ErrorKind::Unauthorized).map(Arc::new);
    if tracked.was_read.get() || unexplained.is_some() {
        follower.set_state(tracked, StreamState::Retrying { at_ms: now_ms() + wait_ms, error: unexplained });
    }
    let waited = pin!(sleep(Duration::from_millis(wait_ms)));
    let stopped = pin!(
        follower.pool.notify.wait_until(|| (tracked.is_silent() || follower.released.get()).then_some(()))
    );
    select(waited, stopped).await;
}

/// Tells the view what the stop means for the log.
fn handle_stop(follower: &LogFollower, tracked: &TrackedContainer, stop: Stop) {
    match stop {
        Stop::Turn => {
            follower.push(tracked, Input::Cut);
            follower.set_state(tracked, StreamState::Queued);
        }
        Stop::Hidden => {
            follower.push(tracked, Input::Cut);
            follower.set_state(tracked, StreamState::Released);
        }
        Stop::Restarted => {
            follower.push(tracked, Input::Restarted);
            tracked.fresh.set(true);
            tracked.was_read.set(false);
        }
        Stop::Ended | Stop::Reload => {}
    }
}
