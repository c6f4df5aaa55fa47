//! The journal: every request to the simulated server, in order, for tests to assert on.

use crate::auth::Verdict;
use crate::clock::Millis;
use crate::server::place_name;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde::ser::SerializeMap as _;
use std::collections::VecDeque;

/// Entries kept; older ones are dropped.
const KEPT: usize = 20_000;
/// Bytes of bodies kept; older bodies are emptied first.
const KEPT_BODY_BYTES: usize = 64 << 20;

/// One request.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Number, from 1, never reused before a reset.
    pub n: u64,
    /// Simulated milliseconds since 1970.
    pub sim_ms: Millis,
    /// Real milliseconds since 1970.
    pub wall_ms: Millis,
    /// Method.
    pub method: String,
    /// Path, decoded.
    pub path: String,
    /// Path as sent.
    pub raw_path: String,
    /// Query as sent, without `?`.
    pub raw_query: String,
    /// Query, decoded; the first of equal names counts in the map.
    #[serde(serialize_with = "as_map")]
    pub query: Vec<(String, String)>,
    /// Body as text (broken UTF-8 replaced).
    pub body: String,
    /// Answered status; 0 while the answer is not there yet.
    pub status: u16,
    /// `admin`, `developer`, `viewer`, `expired`, `invalid` or `none`.
    pub token: &'static str,
    /// `header`, `query` or empty.
    pub token_in: &'static str,
}

fn as_map<S: serde::Serializer>(pairs: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (i, (key, value)) in pairs.iter().enumerate() {
        if !pairs.iter().take(i).any(|(k, _)| k == key) {
            map.serialize_entry(key, value)?;
        }
    }
    map.end()
}

impl Entry {
    /// An entry for a request that has just been read.
    pub fn new(method: &str, raw_path: &str, raw_query: Option<&str>, body: &[u8]) -> Self {
        let raw_query = raw_query.unwrap_or_default();
        let query = form_urlencoded::parse(raw_query.as_bytes()).into_owned().collect();
        Self {
            n: 0,
            sim_ms: 0,
            wall_ms: 0,
            method: method.into(),
            path: percent_decode_str(raw_path).decode_utf8_lossy().into_owned(),
            raw_path: raw_path.into(),
            raw_query: raw_query.into(),
            query,
            body: String::from_utf8_lossy(body).into_owned(),
            status: 0,
            token: "none",
            token_in: "",
        }
    }

    /// Notes the time and the token.
    pub fn note(&mut self, verdict: &Verdict, wall_ms: Millis, sim_ms: Millis) {
        (self.wall_ms, self.sim_ms) = (wall_ms, sim_ms);
        (self.token, self.token_in) = match verdict {
            Verdict::Missing => ("none", ""),
            Verdict::Refused(place, name) => (name.unwrap_or("invalid"), place_name(*place)),
            Verdict::Accepted(place, role) => (role.name(), place_name(*place)),
        };
    }
}

/// The last requests.
#[derive(Debug, Default)]
pub struct Journal {
    entries: VecDeque<Entry>,
    last: u64,
    body_bytes: usize,
}

impl Journal {
    /// Adds an entry and gives its number.
    pub fn push(&mut self, mut entry: Entry) -> u64 {
        self.last += 1;
        entry.n = self.last;
        self.body_bytes += entry.body.len();
        self.entries.push_back(entry);
        while self.entries.len() > KEPT || (self.body_bytes > KEPT_BODY_BYTES && self.entries.len() > 1) {
            let dropped = self.entries.pop_front().map_or(0, |e| e.body.len());
            self.body_bytes -= dropped;
        }
        self.last
    }

    /// Notes the answer to an entry.
    pub fn answered(&mut self, number: u64, status: u16) {
        let Some(first) = self.entries.front().map(|e| e.n) else { return };
        let index = number.checked_sub(first).map(|i| i as usize);
        if let Some(entry) = index.and_then(|i| self.entries.get_mut(i)) {
            entry.status = status;
        }
    }

    /// Entries after a number that fit a method and the beginning of a path (empty: any).
    pub fn after(&self, number: u64, method: &str, path: &str) -> Vec<&Entry> {
        let fits = |e: &&Entry| {
            e.n > number
                && (method.is_empty() || e.method.eq_ignore_ascii_case(method))
                && e.path.starts_with(path)
        };
        self.entries.iter().filter(fits).collect()
    }

    /// Forgets all entries; numbers go on.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.body_bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_queries_are_kept_raw_and_decoded() {
        let entry = Entry::new("GET", "/openapi/a%20b", Some("x=%E4%B8%AD+1&x=2"), b"");
        assert_eq!(entry.path, "/openapi/a b");
        assert_eq!(entry.raw_path, "/openapi/a%20b");
        assert_eq!(entry.query[0], ("x".to_owned(), "中 1".to_owned()));
        let json = serde_json::to_value(&entry).expect("it serialises");
        assert_eq!(json["query"], serde_json::json!({"x": "中 1"}));
    }

    #[test]
    fn the_journal_is_bounded_and_finds_its_entries() {
        let mut journal = Journal::default();
        for _ in 0..KEPT + 5 {
            journal.push(Entry::new("GET", "/a", None, b""));
        }
        journal.answered(KEPT as u64 + 5, 201);
        journal.answered(1, 500);
        let all = journal.after(0, "", "");
        assert_eq!(all.len(), KEPT);
        assert_eq!(all.last().map(|e| (e.n, e.status)), Some((KEPT as u64 + 5, 201)));
        assert_eq!(all[0].status, 0);
    }
}
