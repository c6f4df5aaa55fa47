//! Sets, renames and removes one entry of `data` and leaves every other byte of the text as it was.
//!
//! Where the entry stands is read from the tree; what is put there is chosen so that the text reads well (a script as a
//! block, a word bare). Then the result is read again: if anything but the wished entry would have changed, a plainer form
//! is tried, and when none fits the edit is refused. A text may be written in ways that only its author can edit.

use super::data::Section;
use super::lines::{line_end, line_start, next_line, rest_of_line, splice};
use super::scalar::{block, inline, quoted};
use super::tree::{Document, Entry, Node, Style, Value, parse};
use std::ops::Range;

/// The text cannot be edited entry by entry; its author can edit it as YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotEditable;

/// Gives an entry this value; adds the entry, and the section, where there is none.
///
/// # Errors
/// [`NotEditable`] for a broken text, and for one whose notation (anchors, explicit keys) leaves no safe place.
pub fn set(text: &str, section: Section, key: &str, value: &str) -> Result<String, NotEditable> {
    let document = parse(text).map_err(|_| NotEditable)?;
    let root = document.root.as_ref().ok_or(NotEditable)?;
    let section_entry = root.entry(section.key());
    let entry = section_entry.and_then(|entry| entry.value.entry(key));
    let forms = [Form::Fitting, Form::Quoted];
    let tries = forms.into_iter().filter_map(|form| match (entry, section_entry) {
        (Some(entry), _) => replace(text, section_entry?, entry, value, form),
        (None, Some(section)) => add(text, root, section, key, value, form),
        (None, None) => add_section(text, root, section, key, value, form),
    });
    accept(tries, &document, section, |entries| match entries.iter_mut().find(|one| one.0 == key) {
        Some(one) => one.1 = Content::Text(value.to_owned()),
        None => entries.push((key.to_owned(), Content::Text(value.to_owned()))),
    })
}

/// Gives an entry another key, at its place.
///
/// # Errors
/// As [`set`]; also where the old key is not there or the new one is.
pub fn rename(text: &str, section: Section, key: &str, new: &str) -> Result<String, NotEditable> {
    let document = parse(text).map_err(|_| NotEditable)?;
    let root = document.root.as_ref().ok_or(NotEditable)?;
    let entries = &root.entry(section.key()).ok_or(NotEditable)?.value;
    let entry = entries.entry(key).ok_or(NotEditable)?;
    if entry.key.anchored || entries.entry(new).is_some() {
        return Err(NotEditable);
    }
    let tries =
        [inline(new), quoted(new)].into_iter().map(|written| splice(text, &entry.key.range, &written));
    accept(tries, &document, section, |entries| {
        if let Some(one) = entries.iter_mut().find(|one| one.0 == key) {
            one.0 = new.to_owned();
        }
    })
}

/// Removes an entry with its lines. Comments above it stay.
///
/// # Errors
/// As [`set`]; also where the entry is not there.
pub fn remove(text: &str, section: Section, key: &str) -> Result<String, NotEditable> {
    let document = parse(text).map_err(|_| NotEditable)?;
    let root = document.root.as_ref().ok_or(NotEditable)?;
    let parent = root.entry(section.key()).ok_or(NotEditable)?;
    let entries = parent.value.entries();
    let index = entries.iter().position(|entry| entry.key.text() == Some(key)).ok_or(NotEditable)?;
    let entry = entries.get(index).ok_or(NotEditable)?;
    let edited = match &parent.value.value {
        Value::Mapping { flow: true, .. } => {
            let before = index.checked_sub(1).and_then(|before| entries.get(before));
            let range = match (before, entries.get(index + 1)) {
                (Some(before), _) => before.value.range.end..entry.value.range.end,
                (None, Some(after)) => entry.key.range.start..after.key.range.start,
                (None, None) => entry.key.range.start..entry.value.range.end,
            };
            Some(splice(text, &range, ""))
        }
        _ => lines_of(text, entry).map(|lines| {
            let rest = splice(text, &lines, "");
            match entries.len() {
                1 => splice(&rest, &(parent.key.range.end + 1..parent.key.range.end + 1), " {}"),
                _ => rest,
            }
        }),
    };
    accept(edited.into_iter(), &document, section, |entries| entries.retain(|one| one.0 != key))
}

/// Gives the object another name: the value of `metadata.name`, where there is one.
///
/// # Errors
/// As [`set`].
pub fn set_name(text: &str, name: &str) -> Result<String, NotEditable> {
    let document = parse(text).map_err(|_| NotEditable)?;
    let metadata = document.root.as_ref().and_then(|root| root.entry("metadata")).ok_or(NotEditable)?;
    let entry = metadata.value.entry("name").ok_or(NotEditable)?;
    let written = if name.is_empty() { String::new() } else { inline(name) };
    let edited = replace_with(text, entry, &written).ok_or(NotEditable)?;
    let named = parse(&edited).ok().and_then(|document| document.root).ok_or(NotEditable)?;
    let found = named.at(&["metadata", "name"]).and_then(Node::text).unwrap_or_default();
    if found == name { Ok(edited) } else { Err(NotEditable) }
}

/// The text with the value of an entry written anew, on its line.
fn replace_with(text: &str, entry: &Entry, written_anew: &str) -> Option<String> {
    let old = written(text, entry)?;
    let space = if text.get(..old.head.start)?.ends_with(':') && !written_anew.is_empty() { " " } else { "" };
    Some(splice(text, &(old.head.start..old.end), &format!("{space}{written_anew}")))
}

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As a person would.
    Fitting,
    /// In double quotes, which are right everywhere.
    Quoted,
}

fn replace(text: &str, section: &Entry, entry: &Entry, value: &str, form: Form) -> Option<String> {
    let node = &entry.value;
    if node.anchored || matches!(node.value, Value::Alias) {
        return None;
    }
    if matches!(section.value.value, Value::Mapping { flow: true, .. }) {
        return (!node.range.is_empty()).then(|| splice(text, &node.range, &quoted(value)));
    }
    let old = written(text, entry)?;
    let parent = entry.key.place.column - 1;
    let (head, line) = put(value, parent, form, line_end(text));
    let mut out = String::with_capacity(text.len() + value.len());
    out.push_str(text.get(..old.head.start)?);
    if text.get(..old.head.start)?.ends_with(':') {
        out.push(' ');
    }
    out.push_str(&head);
    // A comment on the line stays on it: in front of the lines of a block.
    let kept = if line.is_some() { old.rest.max(next_line(text, old.head.end)) } else { old.rest };
    let rest = text.get(old.head.end..kept)?;
    out.push_str(rest);
    if let Some(lines) = line {
        if !rest.ends_with('\n') {
            out.push_str(line_end(text));
        }
        out.push_str(&lines);
    }
    out.push_str(text.get(old.end.max(kept)..)?);
    Some(out)
}

/// What a value is written as: what stands after the colon, and the lines below it.
fn put(value: &str, parent: usize, form: Form, line_end: &str) -> (String, Option<String>) {
    let block = match form {
        Form::Fitting => block(value, parent, parent + 2, line_end),
        Form::Quoted => None,
    };
    match block {
        Some((head, lines)) => (head, Some(lines)),
        None if form == Form::Fitting => (inline(value), None),
        None => (quoted(value), None),
    }
}

fn add(text: &str, root: &Node, section: &Entry, key: &str, value: &str, form: Form) -> Option<String> {
    let entries = section.value.entries();
    let last = entries.last();
    match (&section.value.value, last) {
        (Value::Mapping { flow: true, .. }, Some(last)) => {
            let end = last.value.range.end;
            Some(splice(text, &(end..end), &format!(", {}: {}", quoted(key), quoted(value))))
        }
        (Value::Mapping { flow: false, .. }, Some(last)) => {
            let indent = last.key.place.column - 1;
            Some(insert_line(text, end_of_lines(text, last)?, indent, key, value, form))
        }
        // `data: {}` and `data:` become a block; what stands behind stays on their line.
        _ if !section.value.anchored && super::data::is_section(&section.value) => {
            let bare = splice(text, &section.value.range, "");
            let colon = section.key.range.end + text.get(section.key.range.end..)?.find(':')? + 1;
            let at = section.value.range.start.max(colon);
            let nothing_behind = rest_of_line(&bare, at)?.trim().is_empty();
            let kept = match nothing_behind && bare.get(colon..at)?.trim().is_empty() {
                true => splice(&bare, &(colon..at), ""),
                false => bare,
            };
            let after = next_line(&kept, colon);
            let indent = root.entries().first()?.key.place.column + 1;
            Some(insert_line(&kept, after, indent, key, value, form))
        }
        _ => None,
    }
}

fn add_section(
    text: &str,
    root: &Node,
    section: Section,
    key: &str,
    value: &str,
    form: Form,
) -> Option<String> {
    if matches!(root.value, Value::Mapping { flow: true, .. }) {
        return None;
    }
    let last = root.entries().last()?;
    let indent = last.key.place.column - 1;
    let at = end_of_lines(text, last)?;
    let head = format!("{}{}:{}", " ".repeat(indent), section.key(), line_end(text));
    let (opened, at) = with_line_before(text, at);
    let whole = splice(&opened, &(at..at), &head);
    Some(insert_line(&whole, at + head.len(), indent + 2, key, value, form))
}

fn insert_line(text: &str, at: usize, indent: usize, key: &str, value: &str, form: Form) -> String {
    let (text, at) = with_line_before(text, at);
    let end = line_end(&text);
    let (head, lines) = put(value, indent, form, end);
    let line = format!("{}{}: {head}{end}{}", " ".repeat(indent), inline(key), lines.unwrap_or_default());
    splice(&text, &(at..at), &line)
}

/// The text with a line break before `at`, where the last line has none.
fn with_line_before(text: &str, at: usize) -> (String, usize) {
    match text.get(..at) {
        Some(before) if !before.is_empty() && !before.ends_with('\n') => {
            let end = line_end(text);
            (splice(text, &(at..at), end), at + end.len())
        }
        _ => (text.to_owned(), at),
    }
}

/// Where a value of a block mapping is written.
pub(super) struct Written {
    /// The scalar, or the header of a block.
    pub(super) head: Range<usize>,
    /// From the head's end to here is kept: a comment behind a header with its line break. The head's end elsewhere.
    rest: usize,
    /// The end of the content.
    pub(super) end: usize,
}

pub(super) fn written(text: &str, entry: &Entry) -> Option<Written> {
    let node = &entry.value;
    let colon = entry.key.range.end + text.get(entry.key.range.end..)?.find(':')?;
    match &node.value {
        Value::Scalar { style: Style::Block, .. } => {
            let start = colon + 1 + text.get(colon + 1..)?.len() - text.get(colon + 1..)?.trim_start().len();
            let line = rest_of_line(text, start)?;
            // A tag before the header goes with it.
            let mark = line.find(['|', '>'])?;
            let header = line.get(mark..)?.split([' ', '\t']).next()?.len();
            let head = start..start + mark + header;
            let content = next_line(text, start);
            let end = block_end(text, content, entry.key.place.column - 1);
            Some(Written { head, rest: content, end })
        }
        Value::Scalar { .. } if node.is_blank() && node.range.is_empty() => {
            Some(Written { head: colon + 1..colon + 1, rest: colon + 1, end: colon + 1 })
        }
        Value::Scalar { .. } => {
            Some(Written { head: node.range.clone(), rest: node.range.end, end: node.range.end })
        }
        _ => None,
    }
}

/// The end of a block's content that starts at `from`, below a key indented by `parent`: after its last line that is not
/// blank. Blank lines behind it are kept as they are.
fn block_end(text: &str, from: usize, parent: usize) -> usize {
    let mut end = from;
    let mut at = from;
    for line in text.get(from..).unwrap_or_default().split_inclusive('\n') {
        at += line.len();
        let blank = line.trim().is_empty();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if !blank && indent <= parent {
            break;
        }
        if !blank {
            end = at;
        }
    }
    end
}

/// The lines an entry of a block mapping takes; `None` where it shares one.
fn lines_of(text: &str, entry: &Entry) -> Option<Range<usize>> {
    let before = text.get(..entry.key.range.start)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let own = before.get(start..)?.chars().all(|one| one == ' ');
    own.then_some(start..end_of_lines(text, entry)?)
}

/// The start of the line after an entry.
fn end_of_lines(text: &str, entry: &Entry) -> Option<usize> {
    match &entry.value.value {
        Value::Mapping { flow: false, entries } if !entries.is_empty() => end_of_lines(text, entries.last()?),
        Value::Scalar { style: Style::Block, .. } => {
            let block = written(text, entry)?;
            let keeps = text.get(block.head.clone())?.contains('+');
            Some(if keeps { line_start(text, entry.value.range.end) } else { block.end })
        }
        _ => Some(next_line(text, tail(&entry.value).max(entry.key.range.end))),
    }
}

/// The end of what is written of a node.
fn tail(node: &Node) -> usize {
    match &node.value {
        Value::Sequence(items) if !items.is_empty() => {
            items.last().map_or(node.range.end, tail).max(node.range.end)
        }
        Value::Mapping { flow: false, entries } => {
            entries.last().map_or(node.range.end, |entry| tail(&entry.value).max(entry.key.range.end))
        }
        _ => node.range.end,
    }
}

/// What an entry holds, as far as a change of another must leave it alone.
#[derive(Clone)]
enum Content {
    Text(String),
    Other(Node),
}

impl Content {
    fn is(&self, node: &Node) -> bool {
        match self {
            Self::Text(text) => {
                node.text() == Some(text)
                    && super::scalar::meaning(node) == Some(super::scalar::Meaning::Text)
            }
            Self::Other(other) => other.holds_same(node),
        }
    }
}

/// The first text that differs from the document by the wished change alone.
fn accept(
    tries: impl Iterator<Item = String>,
    before: &Document,
    section: Section,
    change: impl Fn(&mut Vec<(String, Content)>),
) -> Result<String, NotEditable> {
    let old = before.root.as_ref().ok_or(NotEditable)?;
    let mut wanted: Vec<(String, Content)> = old
        .entry(section.key())
        .map(|entry| entry.value.entries())
        .unwrap_or_default()
        .iter()
        .map(|entry| (entry.key.text().unwrap_or_default().to_owned(), Content::Other(entry.value.clone())))
        .collect();
    change(&mut wanted);
    let others = |root: &Node| -> Vec<Entry> {
        let other = |entry: &&Entry| entry.key.text() != Some(section.key());
        root.entries().iter().filter(other).cloned().collect()
    };
    let kept = others(old);
    let fits = |text: &String| {
        let Some(root) = parse(text).ok().and_then(|document| document.root) else { return false };
        let entries = root.entry(section.key()).map(|entry| entry.value.entries()).unwrap_or_default();
        let same_others = others(&root);
        kept.len() == same_others.len()
            && kept
                .iter()
                .zip(&same_others)
                .all(|(a, b)| a.key.holds_same(&b.key) && a.value.holds_same(&b.value))
            && wanted.len() == entries.len()
            && wanted
                .iter()
                .zip(entries)
                .all(|((key, content), entry)| entry.key.text() == Some(key) && content.is(&entry.value))
    };
    let mut tries = tries;
    tries.find(fits).ok_or(NotEditable)
}
