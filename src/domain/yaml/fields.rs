//! Leaving fields out of a text of block YAML, line by line, as servers write it.

/// A line of a block, without its comment: indentation, key, value.
pub fn entry(line: &str) -> Option<(usize, &str, &str)> {
    let trimmed = line.trim_start();
    let (key, value) = trimmed.split_once(':')?;
    let value = value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    (!trimmed.starts_with('#')).then_some((line.len() - trimmed.len(), key.trim_matches(['"', '\'']), value))
}

/// A text without the fields that are left out, told by the top level's key, the indentation and their own key.
pub fn without(yaml: &str, is_left_out: impl Fn(&str, usize, &str) -> bool) -> String {
    let mut kept = String::with_capacity(yaml.len());
    // While this is set, everything further in belongs to a field that was left out.
    let mut leaving: Option<usize> = None;
    let mut top = "";
    for line in yaml.lines() {
        let indent = line.len() - line.trim_start().len();
        if leaving.is_some_and(|at| line.trim().is_empty() || indent > at || is_item_of(line, indent, at)) {
            continue;
        }
        leaving = None;
        if let Some((indent, key, _)) = entry(line) {
            if indent == 0 {
                top = key;
            }
            if is_left_out(top, indent, key) {
                leaving = Some(indent);
                continue;
            }
        }
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

/// A list may stand as far out as the key it belongs to.
fn is_item_of(line: &str, indent: usize, at: usize) -> bool {
    indent == at && line.trim_start().starts_with("- ")
}

/// What Kubernetes writes into `metadata` by itself, and writes anew with every change.
const SERVERS_OWN: [&str; 6] =
    ["managedFields", "resourceVersion", "uid", "creationTimestamp", "generation", "selfLink"];

/// A text for comparing with another of the same object: without what Kubernetes writes by itself.
pub fn compared_text(yaml: &str) -> String {
    let own = |top: &str, indent: usize, key: &str| {
        top == "metadata" && indent > 0 && indent <= 4 && SERVERS_OWN.contains(&key)
    };
    without(yaml, own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_writes_by_itself_is_no_difference() {
        let text = |version: &str, value: &str| {
            format!(
                "kind: ConfigMap\nmetadata:\n  creationTimestamp: \"2026\"\n  managedFields:\n  - manager: x\n    time: t\n  name: a\n  resourceVersion: \"{version}\"\n  uid: u\ndata:\n  uid: {value}\n"
            )
        };
        assert_eq!(compared_text(&text("1", "7")), compared_text(&text("2", "7")));
        assert_ne!(compared_text(&text("1", "7")), compared_text(&text("1", "8")), "data may be called so");
        assert_eq!(
            compared_text(&text("1", "7")),
            "kind: ConfigMap\nmetadata:\n  name: a\ndata:\n  uid: 7\n"
        );
    }
}
