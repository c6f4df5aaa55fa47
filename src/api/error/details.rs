//! Taking a description apart.
//!
//! The server collects errors into one text (`"2 errors occurred:\n\t* a\n\t* b\n\n"`) and puts titles in front of
//! each other (`创建环境失败: 创建环境失败: 环境已存在`). Readers want the list, and of each entry the innermost part.

use serde_json::Value;

use super::known::KnownTitle;

/// The entries of a description, each without the titles in front of it.
///
/// A text that is no collection gives one entry; an empty one gives none.
pub fn details(description: &str) -> Vec<String> {
    let text = description.trim();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let before = first.split_once(" error occurred:").or_else(|| first.split_once(" errors occurred:"));
    let entries: Vec<String> = match before {
        Some(_) => bullets(rest),
        None => vec![text.to_owned()],
    };
    entries.iter().map(|entry| innermost(entry).to_owned()).filter(|entry| !entry.is_empty()).collect()
}

fn bullets(text: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim();
        match (trimmed.strip_prefix("* "), entries.last_mut()) {
            (Some(entry), _) => entries.push(entry.to_owned()),
            (None, Some(last)) if !trimmed.is_empty() => {
                last.push('\n');
                last.push_str(trimmed);
            }
            _ => {}
        }
    }
    entries
}

/// A text without the fixed titles in front of it: `创建环境失败: 创建环境失败: X` gives `X`.
pub fn innermost(text: &str) -> &str {
    let mut rest = text.trim();
    while let Some((head, tail)) = rest.split_once(':') {
        if KnownTitle::by_text(head).is_none() && head.trim() != "Internal Error" {
            break;
        }
        rest = tail.trim();
    }
    rest
}

/// A service that cannot be removed from a base environment, and the sub-environments that use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubEnvUse {
    /// The service.
    pub service: String,
    /// Keys of the sub-environments it is part of.
    pub environments: Vec<String>,
}

impl SubEnvUse {
    /// Reads the `extra` of a refused `E17`: `{"<service>":["<sub-environment>",…]}`.
    pub fn parse(extra: &Value) -> Vec<Self> {
        let Some(map) = extra.as_object() else { return Vec::new() };
        map.iter()
            .map(|(service, list)| Self {
                service: service.clone(),
                environments: list
                    .as_array()
                    .map(|list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
                    .unwrap_or_default(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collection_becomes_a_list() {
        let text = "2 errors occurred:\n\t* 更新环境失败: environment is sleeping\n\t* second\n\t  line\n\n";
        assert_eq!(details(text), ["environment is sleeping", "second\nline"]);
    }

    #[test]
    fn titles_in_front_are_unwrapped() {
        assert_eq!(
            details("1 error occurred:\n\t* 创建环境失败: 创建环境失败: 环境已存在\n\n"),
            ["环境已存在"]
        );
        assert_eq!(innermost("更新环境失败: service a: not found"), "service a: not found");
        assert_eq!(details("Internal Error: : boom"), [": boom"]);
    }

    #[test]
    fn a_plain_text_is_one_entry_and_nothing_is_none() {
        assert_eq!(details("mongo: no documents in result"), ["mongo: no documents in result"]);
        assert!(details(" \n").is_empty());
    }

    #[test]
    fn users_of_a_service_are_read_from_extra() {
        let extra = serde_json::json!({"a": ["sub1", "sub2"], "b": null});
        let uses = SubEnvUse::parse(&extra);
        assert_eq!(
            uses[0],
            SubEnvUse { service: "a".into(), environments: vec!["sub1".into(), "sub2".into()] }
        );
        assert!(uses[1].environments.is_empty());
    }
}
