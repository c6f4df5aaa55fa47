//! What changes, in words: its subject, what it was and what it will be.

use super::words::workload;
use crate::domain::image::Parts;
use crate::i18n::{Messages, fill, fill_count};
use crate::ops::{Change, Facts, Subject, Text};

/// What a change is about.
pub(crate) fn subject(t: &Messages, subject: &Subject) -> String {
    let (t, l) = (t.ops(), t.lifecycle());
    match subject {
        Subject::Replicas(of) => format!("{} · {}", t.replicas, workload(of)),
        Subject::Image { workload: of, container } => format!("{} · {} · {container}", t.image, workload(of)),
        Subject::Pods(of) => format!("{} · {}", t.pods, workload(of)),
        Subject::Pod(name) => format!("{} · {name}", t.pod),
        Subject::Service(name) => format!("{} · {name}", t.service),
        Subject::Variable { service, key } => match service {
            Some(service) => format!("{} · {service} · {key}", t.variable),
            None => format!("{} · {key}", t.variable),
        },
        Subject::Binding { service, key } => format!("{} · {service} · {key}", t.binding),
        Subject::Config { kind, name, key } => match key {
            Some(key) => format!("{kind} · {name} · {key}"),
            None => format!("{kind} · {name}"),
        },
        Subject::Environment => t.environment.to_owned(),
        Subject::Namespace(name) => format!("{} · {name}", t.namespace),
        Subject::FirstImage { service, container } => format!("{} · {service} · {container}", t.image),
        Subject::Cluster => l.cluster.to_owned(),
        Subject::BaseEnvironment => l.base.to_owned(),
        Subject::Registry => t.registry.to_owned(),
        Subject::Alias => t.alias.to_owned(),
        Subject::Sharing => t.sharing.to_owned(),
        Subject::Portal(service) => format!("{} · {service}", t.portal),
    }
}

/// A change that is said in words, because its two sides would not say it: `order → order`.
pub(crate) fn statement(t: &Messages, change: &Change) -> Option<String> {
    let t = t.ops();
    let said = match (&change.subject, &change.old, &change.new) {
        // The images it begins with, where they are known.
        (Subject::Service(name), None, Some(Text::Plain(images))) if images != name => {
            let short = images.split(", ").map(|image| {
                let parts = Parts::of(image);
                format!("{}{}", parts.name(), parts.version())
            });
            return Some(format!("{} · {}", t.service_added, short.collect::<Vec<_>>().join(", ")));
        }
        (Subject::Service(_), None, _) => t.service_added,
        (Subject::Service(_), Some(_), Some(_)) => t.service_updated,
        (Subject::Service(_), Some(_), None) => t.service_deleted,
        (Subject::Pod(_), ..) => return Some(fill_count(t.pods_replaced, 1, &[])),
        (Subject::Pods(_), old, _) => {
            let count = old.as_ref().and_then(|count| count.to_string().parse::<usize>().ok());
            return Some(fill_count(t.pods_replaced, count.unwrap_or_default(), &[]));
        }
        _ => return None,
    };
    Some(said.to_owned())
}

/// A side of a change: its value, or why there is none to show.
pub(crate) fn side(t: &Messages, of: &Subject, side: Option<&Text>) -> String {
    match side {
        None => t.ops().not_there.to_owned(),
        Some(Text::Unknown) => t.ops().not_readable.to_owned(),
        Some(text) => value(t, of, text.to_string()),
    }
}

/// What changes, in a line: `3 → 5`, a container's old tag and new one, and how much more there is.
pub(crate) fn summary(t: &Messages, facts: &Facts) -> Option<String> {
    let telling = |change: &&Change| {
        !matches!(change.subject, Subject::Service(_) | Subject::Pods(_) | Subject::Pod(_))
    };
    let mut told = facts.changes.iter().filter(telling);
    let first = told.next()?;
    let more = told.count();
    let short = |side_of: Option<&Text>| {
        let text = side(t, &first.subject, side_of);
        match (&first.subject, side_of) {
            (Subject::Image { .. } | Subject::FirstImage { .. }, Some(_)) => {
                let parts = Parts::of(&text);
                let version = parts.version();
                if version.is_empty() { parts.name() } else { version.trim_start_matches(':').to_owned() }
            }
            (_, Some(_)) if text.is_empty() => t.ops().unset.to_owned(),
            _ => text.lines().next().unwrap_or_default().trim().to_owned(),
        }
    };
    if let (Some(old), Some(new)) = (&first.old, &first.new)
        && let Some(changed) = lines_changed(&old.to_string(), &new.to_string())
    {
        return Some(match changed {
            LinesChanged::One(old, new) => format!("{old} → {new}"),
            LinesChanged::Several { removed, added } => {
                let counts = [("gone", removed.to_string()), ("come", added.to_string())];
                let counts: Vec<_> = counts.iter().map(|(key, count)| (*key, count.as_str())).collect();
                fill(t.configs().diff_summary, &counts)
            }
        });
    }
    let (old, new) = (short(first.old.as_ref()), short(first.new.as_ref()));
    let name = match &first.subject {
        Subject::Image { container, .. } | Subject::FirstImage { container, .. } => format!("{container}: "),
        Subject::Variable { key, .. } | Subject::Binding { key, .. } => format!("{key}: "),
        Subject::Config { key: Some(key), .. } => format!("{key}: "),
        _ => String::new(),
    };
    let more = match more {
        0 => String::new(),
        n => format!(" · {}", fill(t.ops().more_changes, &[("n", &n.to_string())])),
    };
    Some(format!("{name}{old} → {new}{more}"))
}

/// How two texts of several lines differ.
#[derive(Debug, PartialEq, Eq)]
enum LinesChanged {
    /// In one line, without its indentation.
    One(String, String),
    /// In several lines.
    Several { removed: usize, added: usize },
}

/// How two texts differ between their equal first and last lines; `None` where both have one line, or are equal.
fn lines_changed(old: &str, new: &str) -> Option<LinesChanged> {
    let (a, b): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    if (a.len() < 2 && b.len() < 2) || a == b {
        return None;
    }
    let first = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(first..).unwrap_or_default(), b.get(first..).unwrap_or_default());
    let last = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (removed, added) = (a.len() - last, b.len() - last);
    Some(match (a.first(), b.first()) {
        (Some(old), Some(new)) if (removed, added) == (1, 1) => {
            LinesChanged::One(old.trim().to_owned(), new.trim().to_owned())
        }
        _ => LinesChanged::Several { removed, added },
    })
}

/// What a value is called where the subject has words of its own for it.
pub(crate) fn value(t: &Messages, of: &Subject, value: String) -> String {
    match (of, value.as_str()) {
        (Subject::Sharing, "true") => t.ops().sharing_on.to_owned(),
        (Subject::Sharing, "false") => t.ops().sharing_off.to_owned(),
        (Subject::Binding { .. }, "true") => t.ops().bound.to_owned(),
        (Subject::Binding { .. }, "false") => t.ops().unbound.to_owned(),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_differs_is_shown_and_several_are_counted() {
        let old = "apiVersion: v1\ndata:\n  greeting: hello\n  retries: 3\n";
        let one = LinesChanged::One("greeting: hello".into(), "greeting: hi".into());
        assert_eq!(lines_changed(old, &old.replace("hello", "hi")), Some(one));
        let without = "apiVersion: v1\ndata:\n  greeting: hello\n";
        assert_eq!(lines_changed(old, without), Some(LinesChanged::Several { removed: 1, added: 0 }));
        let both = old.replace("hello", "hi").replace('3', "4");
        assert_eq!(lines_changed(old, &both), Some(LinesChanged::Several { removed: 2, added: 2 }));
        assert_eq!((lines_changed(old, old), lines_changed("3", "5")), (None, None));
    }
}
