//! What tests decide about logs: rules by pod and container, open streams, cuts.

use crate::clock::Millis;
use crate::control::Answer;
use crate::control::faults::glob;
use crate::reply::StreamRequest;
use crate::state::World;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

/// What a rule makes of a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The container's own log.
    #[default]
    Normal,
    /// No line, ever: headers are never sent.
    Silent,
    /// No new line; the stream stays open.
    Ended,
    /// No new line; the answer ends.
    Closing,
    /// Numbered lines.
    Numbered,
    /// Hostile lines.
    Corpus,
    /// The lines of the rule.
    Lines,
}

/// A rule, as `POST /__sim/logs` takes it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// Pattern of pod names (`*` stands for anything).
    pub pod: String,
    /// Pattern of container names; empty is any.
    pub container: String,
    /// What happens.
    pub mode: Mode,
    /// Lines per real second; all at once when absent.
    pub rate: Option<f64>,
    /// How many lines; without end when absent.
    pub count: Option<u64>,
    /// Lines to send.
    pub lines: Vec<String>,
    /// Text of numbered lines: `{n}`, `{n9}` (nine digits), `{pod}`, `{container}`.
    pub format: Option<String>,
    /// Number of the first line (1).
    pub first: Option<u64>,
    /// `now` (default) or `first_stream`: when lines begin to come.
    pub begin: String,
    /// Repeat the lines for ever.
    pub repeat: bool,
    #[serde(skip)]
    pub(super) start: OnceLock<Instant>,
    #[serde(skip)]
    pub(super) sim_start: Millis,
}

impl Rule {
    /// How many lines there will be; `None` is without end.
    pub fn total(&self) -> Option<u64> {
        match self.mode {
            _ if self.count.is_some() => self.count,
            _ if !self.lines.is_empty() && !self.repeat => Some(self.lines.len() as u64),
            Mode::Corpus if self.rate.is_none() => Some(super::corpus::SIZE),
            _ => None,
        }
    }

    /// True when the lines are the rule's, false when they are the container's own.
    pub fn own_lines(&self) -> bool {
        match self.mode {
            Mode::Normal | Mode::Silent => false,
            Mode::Ended | Mode::Closing => !self.lines.is_empty() || self.count.is_some(),
            Mode::Numbered | Mode::Corpus | Mode::Lines => true,
        }
    }

    /// Numbered line `index`.
    pub fn numbered(&self, index: u64) -> String {
        let n = self.first.unwrap_or(1) + index;
        match &self.format {
            None => format!("line {n}"),
            Some(format) => format
                .replace("{n9}", &format!("{n:09}"))
                .replace("{n}", &n.to_string())
                .replace("{pod}", &self.pod)
                .replace("{container}", &self.container),
        }
    }

    fn fits(&self, pod: &str, container: &str) -> bool {
        glob(&self.pod, pod) && (self.container.is_empty() || glob(&self.container, container))
    }
}

/// An open stream.
#[derive(Clone, Debug)]
pub struct Open {
    /// Number.
    pub id: u64,
    /// What was asked for.
    pub request: StreamRequest,
    /// Number of the request in the journal.
    pub journal: u64,
    /// Counters and signals shared with the sending task.
    pub signals: Arc<Signals>,
}

/// Shared between a stream's task and the side door.
#[derive(Debug, Default)]
pub struct Signals {
    /// Lines sent.
    pub lines: AtomicU64,
    /// Bytes sent.
    pub bytes: AtomicU64,
    /// Headers are out.
    pub headers: AtomicBool,
    /// 0: go on; 1: break the connection; 2: end the answer.
    pub cut: AtomicU8,
}

/// Rules and streams.
#[derive(Debug, Default)]
pub struct LogControl {
    rules: Vec<Arc<Rule>>,
    generation: u64,
    streams: Vec<Open>,
    last_stream: u64,
}

impl LogControl {
    /// The rule for a container; the last one that fits counts.
    pub fn rule(&self, pod: &str, container: &str) -> Option<Arc<Rule>> {
        self.rules.iter().rev().find(|r| r.fits(pod, container)).cloned()
    }

    /// Changes whenever a rule does.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Forgets all rules.
    pub fn clear_rules(&mut self) {
        self.rules.clear();
        self.generation += 1;
    }

    /// Registers a stream.
    pub fn opened(&mut self, request: StreamRequest, journal: u64) -> Open {
        self.last_stream += 1;
        let open = Open { id: self.last_stream, request, journal, signals: Arc::default() };
        self.streams.push(open.clone());
        open
    }

    /// Forgets a stream.
    pub fn closed(&mut self, id: u64) {
        self.streams.retain(|s| s.id != id);
    }

    /// Hands over the open streams before the world is replaced.
    pub fn take_streams(&mut self) -> (Vec<Open>, u64, u64) {
        (std::mem::take(&mut self.streams), self.last_stream, self.generation)
    }

    /// Takes them back.
    pub fn keep_streams(&mut self, kept: (Vec<Open>, u64, u64)) {
        (self.streams, self.last_stream, self.generation) = (kept.0, kept.1, kept.2 + 1);
    }

    /// `GET /__sim/streams`.
    pub fn list_streams(&self) -> Value {
        let one = |s: &Open| {
            let (r, c) = (&s.request, &s.signals);
            json!({"id": s.id, "project": r.project, "env": r.env, "pod": r.pod, "container": r.container,
                "tails": r.tail, "journal": s.journal, "headers_sent": c.headers.load(Ordering::Relaxed),
                "lines": c.lines.load(Ordering::Relaxed), "bytes": c.bytes.load(Ordering::Relaxed)})
        };
        let streams: Vec<Value> = self.streams.iter().map(one).collect();
        json!({"open": streams.len(), "opened_total": self.last_stream, "streams": streams})
    }
}

/// `POST /__sim/logs`: one rule or a list of them. A rule replaces those with the same patterns.
pub fn set(world: &mut World, value: Value) -> Answer {
    let list = if value.is_array() { value } else { json!([value]) };
    let mut rules: Vec<Rule> = serde_json::from_value(list).map_err(|e| e.to_string())?;
    for mut rule in rules.drain(..) {
        if rule.pod.is_empty() {
            return Err("pod: a pattern is needed, `*` for all".into());
        }
        if !rule.lines.is_empty() && rule.mode == Mode::Normal {
            rule.mode = Mode::Lines;
        }
        if rule.mode == Mode::Numbered && rule.rate.is_none() && rule.count.is_none() {
            rule.rate = Some(10.0);
        }
        rule.sim_start = world.now;
        if rule.begin != "first_stream" {
            rule.start.get_or_init(Instant::now);
        }
        let logs = &mut world.logs;
        logs.rules.retain(|r| r.pod != rule.pod || r.container != rule.container);
        logs.rules.push(Arc::new(rule));
        logs.generation += 1;
    }
    Ok(json!({"rules": world.logs.rules.len()}))
}

/// `POST /__sim/streams/cut`: breaks (or with `"how":"close"` ends) the streams that fit.
pub fn cut(world: &mut World, value: Value) -> Answer {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (pod, container) = (text("pod"), text("container"));
    let how = if text("how") == "close" { 2 } else { 1 };
    let fits = |s: &&Open| {
        (pod.is_empty() || glob(&pod, &s.request.pod))
            && (container.is_empty() || glob(&container, &s.request.container))
    };
    let mut cut = 0;
    for stream in world.logs.streams.iter().filter(fits) {
        stream.signals.cut.store(how, Ordering::Relaxed);
        cut += 1;
    }
    Ok(json!({"cut": cut}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_lines_follow_their_format() {
        let rule: Rule =
            serde_json::from_str(r#"{"pod":"web","mode":"numbered","format":"{n9} of {pod}","first":5}"#)
                .expect("valid");
        assert_eq!(rule.numbered(2), "000000007 of web");
        assert_eq!(Rule::default().numbered(0), "line 1");
    }

    #[test]
    fn totals_follow_count_and_lines() {
        let rule: Rule = serde_json::from_str(r#"{"pod":"*","lines":["a","b"]}"#).expect("valid");
        assert_eq!(rule.total(), Some(2));
        let rule: Rule = serde_json::from_str(r#"{"pod":"*","mode":"numbered","rate":5}"#).expect("valid");
        assert_eq!(rule.total(), None);
    }
}
