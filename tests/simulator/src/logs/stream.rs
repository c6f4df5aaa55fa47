//! Sending a log: wait for the first line, then batches of events until something ends it.

use super::control::{Open, Signals};
use super::source::{Natural, Source};
use super::sse;
use super::voice::Voice;
use crate::clock::Millis;
use crate::reply::StreamRequest;
use crate::server::{Shared, dropped};
use crate::state::World;
use crate::state::container::Phase;
use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use bytes::Bytes;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Most lines in one write.
const BATCH_LINES: u64 = 5_000;
/// Most bytes in one write, roughly.
const BATCH_BYTES: usize = 1 << 20;

/// An instance of a container that can be followed.
struct Followed {
    uid: String,
    started: Millis,
}

/// One stream's task.
struct Stream {
    world: Shared,
    open: Open,
    followed: Followed,
    source: Source,
    generation: u64,
    next: u64,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.world.lock().logs.closed(self.open.id);
    }
}

/// What a look at the log gave.
enum Look {
    /// New lines are there.
    Lines(Bytes),
    /// Nothing new.
    Nothing,
    /// The answer ends.
    End,
    /// The connection breaks.
    Break,
}

/// Answers E45: nothing at all is sent before the first line. A pod or container that cannot be read is answered
/// with 200, no type and an empty body that never ends.
pub async fn serve(world: Shared, request: StreamRequest, journal: u64) -> Response<Body> {
    let Some(mut stream) = Stream::start(world.clone(), &request, journal) else {
        return held_open(world, request, journal);
    };
    let first = loop {
        match stream.look() {
            Look::Lines(bytes) => break bytes,
            Look::Nothing => tokio::time::sleep(Duration::from_millis(stream.source.interval_ms())).await,
            Look::End => return Response::new(Body::empty()),
            Look::Break => return dropped(),
        }
    };
    stream.open.signals.headers.store(true, Ordering::Relaxed);
    let body = futures_util::stream::unfold((stream, Some(first)), |(mut stream, first)| async move {
        if let Some(bytes) = first {
            return Some((Ok(bytes), (stream, None)));
        }
        loop {
            match stream.look() {
                Look::Lines(bytes) => return Some((Ok(bytes), (stream, None))),
                Look::Nothing => tokio::time::sleep(Duration::from_millis(stream.source.interval_ms())).await,
                Look::End => return None,
                Look::Break => return Some((Err(std::io::Error::other("cut on purpose")), (stream, None))),
            }
        }
    });
    let mut response = Response::new(Body::from_stream(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn held_open(world: Shared, request: StreamRequest, journal: u64) -> Response<Body> {
    let open = world.lock().logs.opened(request, journal);
    open.signals.headers.store(true, Ordering::Relaxed);
    let guard = Guard { world, id: open.id, signals: open.signals };
    let body = futures_util::stream::unfold(guard, |guard| async move {
        loop {
            tokio::time::sleep(Duration::from_millis(50)).await;
            match guard.signals.cut.load(Ordering::Relaxed) {
                0 => {}
                1 => return Some((Err::<Bytes, _>(std::io::Error::other("cut on purpose")), guard)),
                _ => return None,
            }
        }
    });
    Response::new(Body::from_stream(body))
}

struct Guard {
    world: Shared,
    id: u64,
    signals: Arc<Signals>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.world.lock().logs.closed(self.id);
    }
}

impl Stream {
    fn start(world: Shared, request: &StreamRequest, journal: u64) -> Option<Self> {
        let mut guard = world.lock();
        guard.tick();
        let (followed, source) = locate(&mut guard, request)?;
        source.begin();
        let now = guard.now;
        let mut next = source.first(now);
        if let Some(tail) = request.tail {
            next = next.max(source.available(now).saturating_sub(tail as u64));
        }
        if let Some(since) = request.since_ms {
            next = next.max(source.first_since(now, since));
        }
        let generation = guard.logs.generation();
        let open = guard.logs.opened(request.clone(), journal);
        drop(guard);
        Some(Self { world, open, followed, source, generation, next })
    }

    /// Looks for new lines and for reasons to stop.
    fn look(&mut self) -> Look {
        match self.open.signals.cut.load(Ordering::Relaxed) {
            0 => {}
            1 => return Look::Break,
            _ => return Look::End,
        }
        let now = self.refresh();
        let available = self.source.available(now);
        let end = available.min(self.next + BATCH_LINES);
        let mut bytes = Vec::new();
        let start = self.next;
        while self.next < end && bytes.len() < BATCH_BYTES {
            sse::append_line(&self.source.line(self.next), &mut bytes);
            self.next += 1;
        }
        if bytes.is_empty() {
            return if self.source.closes(self.next, now) { Look::End } else { Look::Nothing };
        }
        let signals = &self.open.signals;
        signals.lines.fetch_add(self.next - start, Ordering::Relaxed);
        signals.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Look::Lines(bytes.into())
    }

    /// Brings rules and the end of the container's instance up to date.
    fn refresh(&mut self) -> Millis {
        let mut world = self.world.lock();
        world.tick();
        let now = world.now;
        let same = locate(&mut world, &self.open.request)
            .filter(|(f, _)| f.uid == self.followed.uid && f.started == self.followed.started);
        let generation = world.logs.generation();
        drop(world);
        match same {
            Some((_, source)) if generation != self.generation => {
                source.begin();
                self.next = if matches!(&source, Source::Ruled { rule, .. } if rule.own_lines()) {
                    0
                } else {
                    source.available(now)
                };
                self.source = source;
            }
            Some((_, Source::Natural(natural))) => {
                if let Some(end) = natural.ended {
                    self.source.end(end);
                }
            }
            Some(_) => {}
            None => self.source.end(now),
        }
        self.generation = generation;
        now
    }
}

/// Finds the container and its log; `None` when there is nothing that could be read.
fn locate(world: &mut World, request: &StreamRequest) -> Option<(Followed, Source)> {
    let slot = world.find_loose(&request.project, &request.env)?;
    let rule = world.logs.rule(&request.pod, &request.container);
    let (service, pod) = world.env(slot).pods().find(|(_, p)| p.name == request.pod)?;
    let container = pod.containers.iter().find(|c| c.name == request.container)?;
    let started = container.started?;
    let running = container.phase == Phase::Running && pod.gone_at.is_none_or(|at| at > started);
    let hash = pod.uid.bytes().fold(7_u64, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(b)));
    let natural = Natural {
        voice: Voice::new(service, &pod.name, &container.name, hash).with_fate(container.fate),
        started,
        ended: if running { None } else { container.finished },
        period: 250 + (hash % 900) as i64,
    };
    let followed = Followed { uid: pod.uid.clone(), started };
    let source = match rule {
        Some(rule) => Source::Ruled { rule, natural },
        None => Source::Natural(natural),
    };
    Some((followed, source))
}
