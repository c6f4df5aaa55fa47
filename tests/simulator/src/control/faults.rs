//! Faults: what goes wrong on purpose on the next calls of a route.

use crate::reply::Reply;
use crate::server::mfa_refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// When to break the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drop {
    /// Before any byte of the answer.
    Before,
    /// After half of the body.
    MidBody,
}

/// One fault, as `POST /__sim/faults` takes it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fault {
    /// Method it applies to; any when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Beginning of the decoded path, or a pattern when it contains `*`; any when empty.
    pub path: String,
    /// Calls it applies to; 0 is until cleared. 1 when absent.
    #[serde(default = "once")]
    pub times: u32,
    /// Calls that pass before it applies.
    pub skip: u32,
    /// Answer with this status instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// ... and this body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// ... of this type (JSON when absent and there is a body).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// ... with these headers.
    pub headers: BTreeMap<String, String>,
    /// Wait before answering (real milliseconds).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
    /// Break the connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drop: Option<Drop>,
    /// Cut the body to this many bytes, with a correct `Content-Length`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncate: Option<usize>,
    /// Answer with a proxy's HTML page.
    pub html: bool,
    /// Answer with an MFA refusal: `enroll` or `verify`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mfa: Option<String>,
    /// Times it was applied.
    #[serde(skip_deserializing)]
    pub hits: u32,
}

fn once() -> u32 {
    1
}

const HTML: &str = "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\n<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>\n";

impl Fault {
    /// The answer that replaces the route's; `None` when the route is to answer.
    pub fn reply(&self) -> Option<Reply> {
        if let Some(kind) = &self.mfa {
            let kind = if kind == "enroll" || kind == "enrollment" { "enrollment" } else { "verification" };
            return Some(mfa_refusal(kind));
        }
        let headers = self.headers.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        if self.html {
            let content_type = Some("text/html".into());
            return Some(Reply {
                content_type,
                headers,
                body: HTML.into(),
                ..Reply::empty(self.status.unwrap_or(502))
            });
        }
        if self.status.is_none() && self.body.is_none() {
            return None;
        }
        let body = self.body.clone().unwrap_or_default();
        let json = (!body.is_empty()).then(|| "application/json; charset=utf-8".to_owned());
        let content_type = self.content_type.clone().or(json).filter(|t| !t.is_empty());
        Some(Reply { content_type, headers, body: body.into(), ..Reply::empty(self.status.unwrap_or(200)) })
    }

    fn fits(&self, method: &str, path: &str) -> bool {
        let right_method = self.method.as_ref().is_none_or(|m| m.eq_ignore_ascii_case(method));
        right_method
            && if self.path.contains('*') { glob(&self.path, path) } else { path.starts_with(&self.path) }
    }
}

/// True when a text fits a pattern in which `*` stands for any run of characters.
pub fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// The faults that wait.
#[derive(Debug, Default)]
pub struct Faults {
    list: Vec<Fault>,
}

impl Faults {
    /// Adds a fault.
    pub fn add(&mut self, fault: Fault) {
        self.list.push(fault);
    }

    /// Takes the first fault that fits a call, using it up.
    pub fn take(&mut self, method: &str, path: &str) -> Option<Fault> {
        let index = self.list.iter().position(|f| f.fits(method, path))?;
        let fault = self.list.get_mut(index)?;
        if fault.skip > 0 {
            fault.skip -= 1;
            return None;
        }
        fault.hits += 1;
        let taken = fault.clone();
        if taken.times > 0 && taken.hits >= taken.times {
            self.list.remove(index);
        }
        Some(taken)
    }

    /// All faults that wait.
    pub fn list(&self) -> &[Fault] {
        &self.list
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.list.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_used_up() {
        let mut faults = Faults::default();
        faults.add(serde_json::from_str(r#"{"path":"/openapi/env","status":500,"times":2}"#).expect("valid"));
        assert!(faults.take("GET", "/openapi/projects").is_none());
        assert!(faults.take("GET", "/openapi/environments").is_some());
        assert!(faults.take("PUT", "/openapi/environments").is_some());
        assert!(faults.take("GET", "/openapi/environments").is_none());
    }

    #[test]
    fn patterns_and_methods_are_matched() {
        assert!(glob("/a/*/c", "/a/b/c"));
        assert!(glob("*", ""));
        assert!(!glob("/a/*/c", "/a/b/d"));
        assert!(glob("web-*", "web-1"));
        let fault = Fault { method: Some("put".into()), path: "*variable".into(), ..Fault::default() };
        assert!(fault.fits("PUT", "/x/variable"));
        assert!(!fault.fits("GET", "/x/variable"));
    }
}
