//! A text as nodes that know their place in it.

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::ops::Range;

/// How deep nodes may lie in each other: far more than any configuration needs, and few enough to walk by recursion.
const DEEPEST: usize = 128;

/// A place in a text, as editors count: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Why a text is no YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where it was noticed.
    pub place: Place,
    /// The parser's words, in English.
    pub words: String,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As a bare word, which may mean a number or nothing at all.
    Plain,
    /// In quotes.
    Quoted,
    /// As a block after `|` or `>`.
    Block,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, a number, a word.
    Scalar {
        /// Its content, escapes and folds undone.
        text: String,
        /// How it is written.
        style: Style,
    },
    /// Keys with values, in their order; keys may repeat.
    Mapping {
        /// The entries.
        entries: Vec<Entry>,
        /// Whether it is written in braces.
        flow: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// A reference to another node.
    Alias,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Node,
    /// The value.
    pub value: Node,
}

/// A node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it starts. For a block scalar that is its first line of content.
    pub place: Place,
    /// The bytes of the text it takes; see [`Node::place`].
    pub range: Range<usize>,
    /// Whether another node may refer to it.
    pub anchored: bool,
    /// Its explicit tag, such as `!!str` (without the marks) or `!mine`.
    pub tag: Option<String>,
}

/// The first document of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its content; `None` where there is none.
    pub root: Option<Node>,
    /// Where a second document starts.
    pub second: Option<Place>,
}

impl Node {
    /// The content of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The entries of a mapping; none of anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping { entries, .. } => entries,
            _ => &[],
        }
    }

    /// The first entry of this key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key.text() == Some(key))
    }

    /// The value at a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.entry(key).map(|entry| &entry.value))
    }

    /// Whether nothing is written where a value could be.
    pub fn is_blank(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, style: Style::Plain } if text.is_empty())
    }

    /// Whether both hold the same, wherever and however it is written.
    pub fn holds_same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Scalar { text: a, style: x }, Value::Scalar { text: b, style: y }) => {
                let plain = |style: &Style| *style == Style::Plain;
                a == b && plain(x) == plain(y) && self.tag == other.tag
            }
            (Value::Mapping { entries: a, .. }, Value::Mapping { entries: b, .. }) => {
                a.len() == b.len()
                    && a.iter().zip(b).all(|(a, b)| a.key.holds_same(&b.key) && a.value.holds_same(&b.value))
            }
            (Value::Sequence(a), Value::Sequence(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.holds_same(b))
            }
            (Value::Alias, Value::Alias) => true,
            _ => false,
        }
    }
}

/// Reads the first document of a text.
///
/// # Errors
/// The first thing that is no YAML, or nodes deeper in each other than anybody writes.
pub fn parse(text: &str) -> Result<Document, SyntaxError> {
    let offsets = Offsets::of(text);
    let mut build = Build::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| SyntaxError {
            place: place(error.marker().line(), error.marker().col()),
            words: error.info().to_owned(),
        })?;
        let start = place(span.start.line(), span.start.col());
        match event {
            Event::DocumentStart(_) => {
                build.documents += 1;
                if build.documents == 2 {
                    build.document.second = Some(start);
                }
            }
            // The rest is read for its errors only.
            _ if build.documents > 1 => {}
            event => {
                let mut range = offsets.byte(span.start.index())..offsets.byte(span.end.index());
                if let Event::Scalar(_, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, ..) = event {
                    // The parser counts a comment behind the closing quote in.
                    range.end = closing_quote(text, &range).unwrap_or(range.end);
                }
                build.take(event, range, start)?;
            }
        }
    }
    Ok(build.document)
}

/// A node that is being filled.
struct Open {
    node: Node,
    key: Option<Node>,
}

#[derive(Default)]
struct Build {
    document: Document,
    documents: usize,
    open: Vec<Open>,
}

impl Build {
    fn take(&mut self, event: Event<'_>, range: Range<usize>, place: Place) -> Result<(), SyntaxError> {
        let node = |value, anchor: usize, tag: Option<&Tag>| Node {
            value,
            place,
            range: range.clone(),
            anchored: anchor != 0,
            tag: tag.map(|tag| match tag.is_yaml_core_schema() {
                true => tag.suffix.clone(),
                false => format!("{}{}", tag.handle, tag.suffix),
            }),
        };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                self.add(node(Value::Scalar { text: text.into_owned(), style }, anchor, tag.as_deref()));
            }
            Event::Alias(_) => self.add(node(Value::Alias, 0, None)),
            Event::MappingStart(anchor, tag) => {
                let flow = !range.is_empty();
                let value = Value::Mapping { entries: Vec::new(), flow };
                self.open.push(Open { node: node(value, anchor, tag.as_deref()), key: None });
            }
            Event::SequenceStart(anchor, tag) => {
                let value = Value::Sequence(Vec::new());
                self.open.push(Open { node: node(value, anchor, tag.as_deref()), key: None });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                if let Some(mut done) = self.open.pop() {
                    // The bracket alone: the parser counts what follows it in.
                    done.node.range.end = range.start + usize::from(!done.node.range.is_empty());
                    self.add(done.node);
                }
            }
            _ => {}
        }
        match self.open.len() > DEEPEST {
            true => Err(SyntaxError { place, words: "nested too deeply".to_owned() }),
            false => Ok(()),
        }
    }

    fn add(&mut self, node: Node) {
        let Some(parent) = self.open.last_mut() else {
            self.document.root = Some(node);
            return;
        };
        match (&mut parent.node.value, parent.key.take()) {
            (Value::Mapping { entries, .. }, Some(key)) => entries.push(Entry { key, value: node }),
            (Value::Sequence(items), _) => items.push(node),
            _ => parent.key = Some(node),
        }
    }
}

/// The end of the quoted scalar in a range, behind whatever tag comes first.
fn closing_quote(text: &str, range: &Range<usize>) -> Option<usize> {
    let scalar = text.get(range.clone())?;
    let open = scalar.find(['"', '\''])?;
    let quote = scalar.get(open..)?.chars().next()?;
    let mut characters = scalar.get(open + 1..)?.char_indices().peekable();
    while let Some((at, one)) = characters.next() {
        match one {
            '\\' if quote == '"' => {
                characters.next();
            }
            _ if one == quote => match characters.peek() {
                Some((_, '\'')) if quote == '\'' => {
                    characters.next();
                }
                _ => return Some(range.start + open + 1 + at + 1),
            },
            _ => {}
        }
    }
    None
}

fn place(line: usize, column: usize) -> Place {
    Place { line, column: column + 1 }
}

/// From characters, which the parser counts, to bytes.
enum Offsets {
    Ascii(usize),
    Table(Vec<usize>, usize),
}

impl Offsets {
    fn of(text: &str) -> Self {
        match text.is_ascii() {
            true => Self::Ascii(text.len()),
            false => Self::Table(text.char_indices().map(|(at, _)| at).collect(), text.len()),
        }
    }

    fn byte(&self, character: usize) -> usize {
        match self {
            Self::Ascii(end) => character.min(*end),
            Self::Table(table, end) => table.get(character).copied().unwrap_or(*end),
        }
    }
}
