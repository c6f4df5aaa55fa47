//! A text of several documents, such as a service as it is rendered (`H9`), with the values of its Secrets hidden.

use super::secret::compared;
use super::tree::parse;

/// What stands for a document that may be a Secret and cannot be read.
const HIDDEN: &str = "••••••••\n";

/// Two texts of several documents for a comparison. Of Secrets no value is shown, but which of them differ.
pub fn compared_documents(old: &str, new: &str) -> (String, String) {
    let (before, after) = (documents(old), documents(new));
    let twin = |all: &[&str], one: &str| {
        let id = id_of(one);
        let found = all.iter().find(|other| id.is_some() && id_of(other) == id);
        found.map_or(String::new(), |found| (*found).to_owned())
    };
    let old = before.iter().map(|one| hidden(one, |one| compared(one, &twin(&after, one)).0));
    let new = after.iter().map(|one| hidden(one, |one| compared(&twin(&before, one), one).1));
    (old.collect(), new.collect())
}

/// A text of several documents without the values of its Secrets.
pub fn hidden_secrets(text: &str) -> String {
    documents(text).iter().map(|one| hidden(one, |one| compared(one, one).0)).collect()
}

/// Each document with the line that begins it.
fn documents(text: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && line.trim_end() == "---" {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| text.get(*start..end)).collect()
}

fn hidden(document: &str, compared: impl Fn(&str) -> String) -> String {
    match (is_secret(document), parse(document).is_ok()) {
        (false, _) => document.to_owned(),
        (true, true) => compared(document),
        (true, false) => HIDDEN.to_owned(),
    }
}

/// Whether it is a Secret, or cannot be read and mentions one.
fn is_secret(document: &str) -> bool {
    match parse(document) {
        Ok(read) => read.root.as_ref().and_then(|root| root.at(&["kind"])?.text()) == Some("Secret"),
        Err(_) => document.contains("Secret"),
    }
}

/// Kind and name.
fn id_of(document: &str) -> Option<(String, String)> {
    let root = parse(document).ok()?.root?;
    let text = |path: &[&str]| root.at(path).and_then(|node| node.text()).map(str::to_owned);
    Some((text(&["kind"])?, text(&["metadata", "name"])?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEB: &str = "kind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n";

    fn secret(value: &str) -> String {
        format!("---\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: {value}\n  user: YWRtaW4=\n")
    }

    #[test]
    fn every_document_is_shown_and_no_value_of_a_secret_is() {
        let (old, new) = (format!("{WEB}{}", secret("b2xk")), format!("{WEB}{}", secret("bmV3Cg==")));
        let (old, new) = compared_documents(&old, &new);
        for shown in [&old, &new] {
            assert!(shown.starts_with(WEB) && shown.contains("name: db"), "{shown}");
            assert!(!["b2xk", "bmV3", "YWRtaW4"].iter().any(|value| shown.contains(value)), "{shown}");
        }
        let differing: Vec<_> = old.lines().zip(new.lines()).filter(|(a, b)| a != b).collect();
        assert_eq!(differing.len(), 1, "{differing:?}");
    }

    #[test]
    fn a_secret_without_its_twin_is_hidden_too() {
        let (old, new) = compared_documents(WEB, &format!("{WEB}{}", secret("bmV3")));
        assert_eq!(old, WEB);
        assert!(!new.contains("bmV3") && new.contains("kind: Secret"), "{new}");
    }

    #[test]
    fn a_text_alone_is_shown_without_the_values_of_its_secrets() {
        let shown = hidden_secrets(&format!("{WEB}{}", secret("b2xk")));
        assert!(shown.starts_with(WEB) && shown.contains("password: ") && !shown.contains("b2xk"), "{shown}");
        assert_eq!(hidden_secrets(WEB), WEB);
    }

    #[test]
    fn what_cannot_be_read_and_may_be_a_secret_is_hidden_whole() {
        let broken = "kind: Secret\n  data: {password: b2xk\n";
        assert_eq!(compared_documents(broken, WEB), (HIDDEN.to_owned(), WEB.to_owned()));
        assert_eq!(compared_documents("a: [", "").0, "a: [");
    }
}
