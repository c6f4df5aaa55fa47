//! What is typed to what the engine looks for.

use crate::logs::level::{Level, LevelSet};
use crate::logs::query::{FieldTerm, Mode, Query};
use crate::route::{LogFilter, LogLevel};

/// The engine's two queries for a filter: which rows are shown, and which are highlighted. `sources` are the pods
/// that are shown; `None` for all.
pub(crate) fn queries(filter: &LogFilter, sources: Option<Vec<u16>>) -> (Query, Query) {
    let (text, fields) = split(filter);
    let find = Query {
        text,
        mode: if filter.regex { Mode::Regex } else { Mode::Plain },
        case_sensitive: filter.case,
        whole_word: filter.word,
        invert: filter.invert,
        fields,
        ..Query::default()
    };
    let levels = levels(filter.level);
    if filter.hide && !find.is_all() {
        (Query { levels, sources, ..find }, Query::default())
    } else {
        (Query { levels, sources, ..Query::default() }, find)
    }
}

/// Splits what is typed into text and conditions on fields: words that begin with `@` and can be read as one.
fn split(filter: &LogFilter) -> (String, Vec<FieldTerm>) {
    if !filter.text.contains('@') {
        return (filter.text.clone(), Vec::new());
    }
    let mut fields = Vec::new();
    let words = filter.text.split(' ').filter(|word| {
        let term = word.strip_prefix('@').and_then(FieldTerm::parse);
        let is_term = term.is_some();
        fields.extend(term);
        !is_term
    });
    let text = words.collect::<Vec<_>>().join(" ");
    let text = if fields.is_empty() { text } else { text.trim().to_owned() };
    (text, fields)
}

fn levels(least: LogLevel) -> LevelSet {
    match least {
        LogLevel::All => LevelSet::ALL,
        LogLevel::Debug => LevelSet::at_least(Level::Debug),
        LogLevel::Info => LevelSet::at_least(Level::Info),
        LogLevel::Warn => LevelSet::at_least(Level::Warn),
        LogLevel::Error => LevelSet::at_least(Level::Error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> LogFilter {
        LogFilter { text: text.to_owned(), ..LogFilter::default() }
    }

    #[test]
    fn searching_hides_nothing_unless_asked_to() {
        let (shown, found) = queries(&typed("time out"), None);
        assert!(shown.is_all());
        assert_eq!(found.text, "time out");
        let (shown, found) = queries(&LogFilter { hide: true, ..typed("time out") }, None);
        assert_eq!(shown.text, "time out");
        assert!(found.is_all());
    }

    #[test]
    fn words_with_an_at_sign_are_conditions_on_fields() {
        let (_, found) = queries(&typed("@status>=500 timeout"), None);
        assert_eq!((found.text.as_str(), found.fields.len()), ("timeout", 1));
        let (_, found) = queries(&typed("mail to a@b.c @ home"), None);
        assert_eq!((found.text.as_str(), found.fields.len()), ("mail to a@b.c @ home", 0));
    }

    #[test]
    fn level_and_pods_hide_rows_while_a_search_only_highlights() {
        let filter = LogFilter { level: LogLevel::Warn, ..typed("x") };
        let (shown, found) = queries(&filter, Some(vec![1]));
        assert_eq!((shown.text.as_str(), shown.sources.as_deref()), ("", Some(&[1][..])));
        assert!(!shown.levels.contains(Level::Info) && shown.levels.contains(Level::Fatal));
        assert_eq!(found.sources, None);
    }
}
