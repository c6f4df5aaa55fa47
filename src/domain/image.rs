//! Image references: how they are read, what is shown of them, and whether they are well-formed. One reader for lists,
//! drawers, reviews and forms.
//!
//! ```text
//! reference  = name [ ":" tag ] [ "@" digest ]
//! name       = [ domain "/" ] component { "/" component }       at most 255 characters
//! domain     = host [ ":" port ]                                a first part with a dot, a colon, or "localhost"
//! component  = [a-z0-9]+ { separator [a-z0-9]+ }                separator: one of . _ __ or any number of -
//! tag        = [A-Za-z0-9_] followed by up to 127 of [A-Za-z0-9_.-]
//! digest     = algorithm ":" at least 32 hex digits             64 for sha256, 128 for sha512
//! ```
//!
//! [`Parts::of`] splits any text and says only what is written there: a reference without a tag has none, whatever a
//! registry would take for it, and where there is a digest it decides what runs. [`ImageRef::parse`] checks the parts,
//! because the server checks nothing, and Kubernetes says so only when a pod does not start.

use std::fmt;

/// How many digits of a digest are shown.
const SHOWN_DIGITS: usize = 12;

/// The parts of a reference, as they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Parts<'a> {
    /// The registry's host and port, where named.
    pub registry: Option<&'a str>,
    /// The repository without registry; empty for a bare digest.
    pub repository: &'a str,
    /// The tag, where there is one.
    pub tag: Option<&'a str>,
    /// The digest with its algorithm, where there is one.
    pub digest: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// Splits a text. Never fails: what cannot be told apart stays in the repository.
    pub fn of(reference: &'a str) -> Self {
        if is_digest(reference) {
            return Self { digest: Some(reference), ..Self::default() };
        }
        let (rest, digest) = match reference.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (reference, None),
        };
        // A colon before the last slash belongs to the registry's port.
        let (name, tag) = match rest.rsplit_once(':') {
            Some((name, tag)) if !tag.contains(['/', ']']) => (name, Some(tag)),
            _ => (rest, None),
        };
        let (registry, repository) = match name.split_once('/') {
            Some((first, rest)) if is_domain(first) => (Some(first), rest),
            _ => (None, name),
        };
        Self { registry, repository, tag, digest }
    }

    /// How people call the image: the last part of the repository; of a bare digest, the digest in short.
    pub fn name(&self) -> String {
        match (self.repository, self.digest) {
            ("", Some(digest)) => short(digest),
            (repository, _) => repository.rsplit('/').next().unwrap_or(repository).to_owned(),
        }
    }

    /// Which version of it, with the signs that tell a tag from a digest: `:1.2`, `@sha256:5c0e12ab34cd`, both, or nothing.
    pub fn version(&self) -> String {
        let tag = self.tag.map(|tag| format!(":{tag}"));
        let digest = self.digest.filter(|_| !self.repository.is_empty());
        let digest = digest.map(|digest| format!("@{}", short(digest)));
        tag.into_iter().chain(digest).collect()
    }
}

/// A digest in short: its algorithm and the first digits.
fn short(digest: &str) -> String {
    match digest.split_once(':') {
        Some((algorithm, hash)) => {
            format!("{algorithm}:{}", hash.chars().take(SHOWN_DIGITS).collect::<String>())
        }
        None => digest.chars().take(SHOWN_DIGITS).collect(),
    }
}

/// Whether a whole reference is a digest and no repository with a tag: an image by its identifier.
fn is_digest(text: &str) -> bool {
    let hash = text.strip_prefix("sha256:").or_else(|| text.strip_prefix("sha512:"));
    hash.is_some_and(|hash| hash.len() >= 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// What is wrong with a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageProblem {
    /// Nothing was given.
    Empty,
    /// A blank or other white space in it.
    Space,
    /// The registry's host or port.
    Registry(String),
    /// The repository: which part of it.
    Repository(String),
    /// Letters must be small.
    UpperCase(String),
    /// The name is longer than 255 characters.
    TooLong,
    /// The tag.
    Tag(String),
    /// The digest.
    Digest(String),
}

/// A reference that is well-formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRef {
    text: String,
    /// The registry's host and port, where named.
    pub registry: Option<String>,
    /// The repository without registry.
    pub repository: String,
    /// The tag, where there is one.
    pub tag: Option<String>,
    /// The digest, where there is one.
    pub digest: Option<String>,
}

impl ImageRef {
    /// Reads a reference; blanks around it are dropped.
    ///
    /// # Errors
    /// The first [`ImageProblem`].
    pub fn parse(text: &str) -> Result<Self, ImageProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ImageProblem::Empty);
        }
        if text.chars().any(char::is_whitespace) {
            return Err(ImageProblem::Space);
        }
        let parts = Parts::of(text);
        let digest = parts.digest.map(checked_digest).transpose()?;
        let tag = parts.tag.map(checked_tag).transpose()?;
        let name_length = parts.registry.map_or(0, |registry| registry.len() + 1) + parts.repository.len();
        if name_length > 255 {
            return Err(ImageProblem::TooLong);
        }
        let registry = parts.registry.map(checked_domain).transpose()?;
        let repository = parts.repository;
        for component in repository.split('/') {
            check_component(component)?;
        }
        Ok(Self { text: text.to_owned(), registry, repository: repository.to_owned(), tag, digest })
    }

    /// The reference as given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Registry and repository: what stays the same when only the version changes. Docker's own registry is meant
    /// where none is named, with `library/` for its official images.
    pub fn full_repository(&self) -> String {
        const DOCKER: [&str; 2] = ["docker.io", "index.docker.io"];
        let registry = self.registry.as_deref().filter(|registry| !DOCKER.contains(registry));
        match (registry, self.repository.contains('/')) {
            (Some(registry), _) => format!("{registry}/{}", self.repository),
            (None, true) => format!("docker.io/{}", self.repository),
            (None, false) => format!("docker.io/library/{}", self.repository),
        }
    }

    /// Whether what it names may change from one pull to the next: the tag is `latest`, or there is none, and no
    /// digest pins it.
    pub fn is_floating(&self) -> bool {
        self.digest.is_none() && self.tag.as_deref().is_none_or(|tag| tag == "latest")
    }
}

impl fmt::Display for ImageRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn is_domain(first: &str) -> bool {
    first.contains(['.', ':', '[']) || first == "localhost" || first.chars().any(|c| c.is_ascii_uppercase())
}

fn checked_domain(domain: &str) -> Result<String, ImageProblem> {
    let bad = || ImageProblem::Registry(domain.to_owned());
    let (host, port) = match domain.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']').ok_or_else(bad)?;
            address.parse::<std::net::Ipv6Addr>().map_err(|_| bad())?;
            (None, port.strip_prefix(':').or_else(|| port.is_empty().then_some("0")))
        }
        None => match domain.split_once(':') {
            Some((host, port)) => (Some(host), Some(port)),
            None => (Some(domain), Some("0")),
        },
    };
    let port = port.ok_or_else(bad)?;
    if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) || port.parse::<u16>().is_err() {
        return Err(bad());
    }
    let label_ok = |label: &str| {
        let inner = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        inner && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
    };
    match host.is_none_or(|host| host.split('.').all(label_ok)) {
        true => Ok(domain.to_owned()),
        false => Err(bad()),
    }
}

fn check_component(component: &str) -> Result<(), ImageProblem> {
    if component.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err(ImageProblem::UpperCase(component.to_owned()));
    }
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    // What stands between words must be one of the separators; an empty word would be one at an end.
    let bad_separator = |separator: &str| {
        !(matches!(separator, "." | "_" | "__")
            || !separator.is_empty() && separator.chars().all(|c| c == '-'))
    };
    let starts = component.chars().next().is_some_and(is_word);
    let ends = component.chars().next_back().is_some_and(is_word);
    let separators = component.split(is_word).filter(|between| !between.is_empty());
    match starts && ends && !separators.into_iter().any(bad_separator) {
        true => Ok(()),
        false => Err(ImageProblem::Repository(component.to_owned())),
    }
}

fn checked_tag(tag: &str) -> Result<String, ImageProblem> {
    let first = tag.chars().next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    let rest = tag.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'));
    match first && rest && tag.len() <= 128 {
        true => Ok(tag.to_owned()),
        false => Err(ImageProblem::Tag(tag.to_owned())),
    }
}

fn checked_digest(digest: &str) -> Result<String, ImageProblem> {
    let bad = || ImageProblem::Digest(digest.to_owned());
    let (algorithm, hex) = digest.split_once(':').ok_or_else(bad)?;
    let part_ok = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let hex_ok = hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    let length_ok = match algorithm {
        "sha256" => hex.len() == 64 && !hex.bytes().any(|byte| byte.is_ascii_uppercase()),
        "sha512" => hex.len() == 128 && !hex.bytes().any(|byte| byte.is_ascii_uppercase()),
        _ => hex.len() >= 32,
    };
    match algorithm.split(['+', '.', '-', '_']).all(part_ok) && hex_ok && length_ok {
        true => Ok(digest.to_owned()),
        false => Err(bad()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHA: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn a_full_reference_splits_into_its_parts() {
        let text = format!("registry.example.com:5000/team/api:v1.2-rc_3@{SHA}");
        let image = ImageRef::parse(&format!("  {text} ")).unwrap();
        assert_eq!(image.as_str(), text);
        assert_eq!(image.registry.as_deref(), Some("registry.example.com:5000"));
        assert_eq!((image.repository.as_str(), image.tag.as_deref()), ("team/api", Some("v1.2-rc_3")));
        assert_eq!(image.digest.as_deref(), Some(SHA));
    }

    #[test]
    fn what_is_shown_is_what_is_written() {
        let shown = |text: &str| {
            let parts = Parts::of(text);
            format!("{} {}", parts.name(), parts.version())
        };
        let cases = [
            ("koderover.example.com/test/myapp-1:20230721164449-6-main", "myapp-1 :20230721164449-6-main"),
            ("nginx", "nginx "),
            ("localhost:5000/team/api", "api "),
            ("[2001:db8::1]:5000/team/api:v1", "api :v1"),
            ("[2001:db8::1]/api", "api "),
            ("Registry/Team/API:1", "API :1"),
            ("r.example:5000/a/b/c/d/e:v2", "e :v2"),
            ("nginx:", "nginx :"),
            ("", " "),
            ("镜像:标签", "镜像 :标签"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert_eq!(
            shown(&format!("r.io/a/nginx:1.27@{SHA}")),
            "nginx :1.27@sha256:0123456789ab",
            "the digest decides"
        );
        assert_eq!(shown(&format!("nginx@{SHA}")), "nginx @sha256:0123456789ab");
        assert_eq!(shown(SHA), "sha256:0123456789ab ", "a bare digest is no repository with a tag");
        assert_eq!(shown("sha256:v1"), "sha256 :v1", "and this is one");
    }

    #[test]
    fn the_parts_of_a_registry_stay_together() {
        let registry = |text| Parts::of(text).registry;
        assert_eq!(registry("[2001:db8::1]:5000/team/api"), Some("[2001:db8::1]:5000"));
        assert_eq!(
            (registry("localhost:5000/a"), registry("Host/a")),
            (Some("localhost:5000"), Some("Host"))
        );
        assert_eq!((registry("team/api"), registry("api:1")), (None, None));
        assert_eq!(Parts::of("r.example:5000/a/b/c/d/e:v2").repository, "a/b/c/d/e");
    }

    #[test]
    fn what_the_grammar_allows_is_taken() {
        for text in [
            "nginx",
            "nginx:latest",
            "a__b/c.d/e---f:_x",
            "localhost/a",
            "localhost:80/a/b",
            "10.0.0.1:5000/a",
            "[::1]:5000/a",
            "[2001:db8::1]/a",
            "Host/a",
            "a@sha512+b64u:0123456789abcdef0123456789abcdef",
        ] {
            assert!(ImageRef::parse(text).is_ok(), "{text}: {:?}", ImageRef::parse(text));
        }
    }

    #[test]
    fn each_fault_names_its_part() {
        let problem = |text: &str| ImageRef::parse(text).unwrap_err();
        assert_eq!(problem("  "), ImageProblem::Empty);
        assert_eq!(problem("a b"), ImageProblem::Space);
        assert_eq!(problem("team/API:1"), ImageProblem::UpperCase("API".into()));
        for bad in ["a//b", "/a", "a/", "-a", "a-", "a..b", "a___b", "a._b", "镜像", "a:/b"] {
            let found = problem(bad);
            assert!(
                matches!(found, ImageProblem::Repository(_) | ImageProblem::Registry(_)),
                "{bad}: {found:?}"
            );
        }
        for bad in ["a:", "a:-x", "a:.x", "a:x/", "a:标签"] {
            let found = problem(bad);
            assert!(!matches!(found, ImageProblem::Empty), "{bad}: {found:?}");
        }
        assert_eq!(problem(&format!("a:{}", "x".repeat(129))), ImageProblem::Tag("x".repeat(129)));
        assert_eq!(problem(&"a/".repeat(200)), ImageProblem::TooLong);
        for bad in [
            "a@",
            "a@sha256",
            "a@sha256:00",
            "a@sha256:xyz",
            &format!("a@{}", SHA.replace("abcdef", "ABCDEF")),
        ] {
            assert!(matches!(problem(bad), ImageProblem::Digest(_)), "{bad}");
        }
        for bad in ["host.:x/a", "-h.com/a", "h.com:/a", "h.com:99999/a", "[::1/a", "[zz]/a", "h..com/a"] {
            assert!(matches!(problem(bad), ImageProblem::Registry(_)), "{bad}: {:?}", problem(bad));
        }
    }

    #[test]
    fn repositories_are_compared_as_docker_means_them() {
        let full = |text: &str| ImageRef::parse(text).unwrap().full_repository();
        assert_eq!(full("nginx:1"), full("docker.io/library/nginx:2"));
        assert_ne!(full("nginx"), full("team/nginx"));
        assert_eq!(full("r.example/a/b:1"), "r.example/a/b");
    }

    #[test]
    fn latest_or_no_tag_floats_unless_a_digest_pins_it() {
        let floats = |text: &str| ImageRef::parse(text).unwrap().is_floating();
        assert!(floats("nginx") && floats("nginx:latest"));
        assert!(!floats("nginx:1.27") && !floats(&format!("nginx:latest@{SHA}")));
    }

    #[test]
    fn no_text_makes_it_panic() {
        let parts = ["", ":", "@", "/", "a", "A", ".", "-", "[", "]", "é", "sha256:", "__", " "];
        for first in parts {
            for second in parts {
                for third in parts {
                    let text = format!("{first}{second}{third}");
                    let _ = (ImageRef::parse(&text), Parts::of(&text).version());
                }
            }
        }
    }
}
