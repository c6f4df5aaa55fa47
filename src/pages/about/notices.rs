//! `notices.json`: everything of others in this page, with its licence. The build writes it beside `index.html`
//! (`xtask/scripts/notices.mjs`); it is fetched only when somebody asks for it.

use gloo_net::http::Request;
use serde::Deserialize;
use thiserror::Error;

/// What the file holds. Parts point into the texts, because most share a few.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Notices {
    /// The commit that was built; empty where the build knew none.
    #[serde(default)]
    pub commit: String,
    /// Where in the texts the licence of this application is.
    licence: usize,
    /// Everything of others.
    pub parts: Vec<Part>,
    texts: Vec<String>,
}

/// One crate or package.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Part {
    /// Its name, as its registry knows it.
    pub name: String,
    /// The version that was built in.
    pub version: String,
    /// The licence it names, as an SPDX expression.
    pub licence: String,
    /// Where its source lives; shown only if it is a web address.
    #[serde(default)]
    source: String,
    texts: Vec<usize>,
}

/// Why the list cannot be shown.
#[derive(Debug, Error)]
pub(crate) enum NoticesError {
    /// The file did not come: its address and what the browser or the server said.
    #[error("{address}: {reason}")]
    Missing {
        /// What was asked for.
        address: String,
        /// A status, or the browser's own words.
        reason: String,
    },
    /// The file came and is something else.
    #[error("{address}: {reason}")]
    Broken {
        /// What was asked for.
        address: String,
        /// What the parser stumbled over.
        reason: String,
    },
}

impl Notices {
    /// Reads the file's text. Fails with what the parser stumbled over.
    pub(crate) fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Fetches the file from the folder the application's files lie in (`base`, which ends in `/`, or nothing for the page's own).
    pub(crate) async fn fetch(base: &str) -> Result<Self, NoticesError> {
        let address = format!("{base}notices.json");
        let missing = |reason: String| NoticesError::Missing { address: address.clone(), reason };
        let answer = Request::get(&address).send().await.map_err(|error| missing(error.to_string()))?;
        if !answer.ok() {
            return Err(missing(answer.status().to_string()));
        }
        let text = answer.text().await.map_err(|error| missing(error.to_string()))?;
        Self::read(&text)
            .map_err(|error| NoticesError::Broken { address: address.clone(), reason: error.to_string() })
    }

    /// The licence of this application.
    pub(crate) fn own_licence(&self) -> Option<&str> {
        self.texts.get(self.licence).map(String::as_str)
    }

    /// The texts of a part's licence, in the order in which the part has them.
    pub(crate) fn texts_of<'a>(&'a self, part: &'a Part) -> impl Iterator<Item = &'a str> {
        part.texts.iter().filter_map(|at| self.texts.get(*at)).map(String::as_str)
    }
}

impl Part {
    /// Where its source lives, if that may be a link.
    pub(crate) fn address(&self) -> Option<&str> {
        self.source.starts_with("https://").then_some(self.source.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"commit":"ab12","licence":1,"texts":["MIT text","Apache text"],"parts":[
        {"name":"a","version":"1.0.0","licence":"MIT","source":"https://example.com/a","texts":[0,1,9]},
        {"name":"b","version":"2.0.0","licence":"MIT","source":"javascript:alert(1)","texts":[]}]}"#;

    #[test]
    fn a_part_has_the_texts_it_points_to() {
        let notices = Notices::read(FILE).unwrap();
        let texts: Vec<&str> = notices.texts_of(&notices.parts[0]).collect();
        assert_eq!(texts, ["MIT text", "Apache text"]);
        assert_eq!(notices.own_licence(), Some("Apache text"));
    }

    #[test]
    fn only_a_web_address_becomes_a_link() {
        let notices = Notices::read(FILE).unwrap();
        assert_eq!(notices.parts[0].address(), Some("https://example.com/a"));
        assert_eq!(notices.parts[1].address(), None);
    }

    #[test]
    fn another_file_is_refused() {
        assert!(Notices::read("<!doctype html>").is_err());
    }
}
