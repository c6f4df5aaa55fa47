//! The fields of a structured line: JSON objects and logfmt.
//!
//! Read only when asked for (a row is opened, a field filter is on), never while lines stream in.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The most fields one line yields.
const MAX_FIELDS: usize = 256;
/// How deep nested objects are flattened; what is deeper is shown as JSON.
const MAX_DEPTH: usize = 4;

/// One field, in the order of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The key; members of nested objects are joined with dots: `http.status`.
    pub key: String,
    /// The value as text: a string without its quotes, anything else as JSON writes it.
    pub value: String,
}

/// The fields of `line`: of a JSON object (also behind a prefix, as many loggers write it), or of logfmt.
///
/// Nothing when the line has none. Escape sequences must be gone.
pub fn fields(line: &str) -> Vec<Field> {
    json(line).unwrap_or_else(|| logfmt(line))
}

/// The fields of the JSON object that ends `line`, or `None` when there is none.
pub fn json(line: &str) -> Option<Vec<Field>> {
    let line = line.trim_end();
    let object = line.get(line.find('{')?..)?;
    if !object.ends_with('}') {
        return None;
    }
    let Node::Object(members) = serde_json::from_str(object).ok()? else { return None };
    let mut fields = Vec::new();
    flatten("", members, 0, &mut fields);
    Some(fields)
}

fn flatten(prefix: &str, members: Vec<(String, Node)>, depth: usize, fields: &mut Vec<Field>) {
    for (key, node) in members {
        if fields.len() >= MAX_FIELDS {
            return;
        }
        let key = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match node {
            Node::Object(inner) if depth < MAX_DEPTH && !inner.is_empty() => {
                flatten(&key, inner, depth + 1, fields)
            }
            Node::Text(value) => fields.push(Field { key, value }),
            other => fields.push(Field { key, value: other.to_string() }),
        }
    }
}

/// JSON that keeps the order of its members, which `serde_json::Value` here does not.
enum Node {
    Object(Vec<(String, Node)>),
    Array(Vec<Node>),
    Text(String),
    Other(serde_json::Value),
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(members) => {
                f.write_str("{")?;
                for (at, (key, node)) in members.iter().enumerate() {
                    let comma = if at > 0 { "," } else { "" };
                    write!(f, "{comma}{}:{node}", serde_json::Value::from(key.as_str()))?;
                }
                f.write_str("}")
            }
            Self::Array(items) => {
                f.write_str("[")?;
                for (at, node) in items.iter().enumerate() {
                    let comma = if at > 0 { "," } else { "" };
                    write!(f, "{comma}{node}")?;
                }
                f.write_str("]")
            }
            Self::Text(text) => write!(f, "{}", serde_json::Value::from(text.as_str())),
            Self::Other(value) => write!(f, "{value}"),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Other(value.into()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Other(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Other(value.into()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Other(value.into()))
    }
    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Other(serde_json::Value::Null))
    }
    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::Array(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Node::Object(members))
    }
}

/// The `key=value` pairs of `line`; values may be quoted, text between the pairs is passed over.
pub fn logfmt(line: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut rest = line;
    while let Some(equals) = rest.find('=')
        && fields.len() < MAX_FIELDS
    {
        let (before, after) = rest.split_at(equals);
        let after = after.get(1..).unwrap_or_default();
        let key =
            before.rsplit(|c: char| !(c.is_alphanumeric() || "_.@-/".contains(c))).next().unwrap_or_default();
        if !key.starts_with(|c: char| c.is_alphabetic() || "_@".contains(c)) {
            rest = after;
            continue;
        }
        let (value, behind) = match after.strip_prefix('"') {
            Some(quoted) => quoted_value(quoted),
            None => {
                let end =
                    after.find(|c: char| c.is_whitespace() || ",;]})".contains(c)).unwrap_or(after.len());
                let (value, behind) = after.split_at(end);
                (value.to_owned(), behind)
            }
        };
        fields.push(Field { key: key.to_owned(), value });
        rest = behind;
    }
    fields
}

/// The text up to the closing quote, with backslash escapes undone, and what follows.
fn quoted_value(quoted: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, quoted.get(at + 1..).unwrap_or_default()),
            '\\' => match chars.next() {
                Some((_, 'n')) => value.push('\n'),
                Some((_, 't')) => value.push('\t'),
                Some((_, other)) => value.push(other),
                None => value.push('\\'),
            },
            other => value.push(other),
        }
    }
    (value, "")
}
