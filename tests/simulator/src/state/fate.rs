//! What becomes of a container, decided by its image's tag.
//!
//! A test gets any outcome it needs by choosing an image: a tag that contains `missing` or `notfound` cannot be
//! pulled, `crash` ends with exit code 1 again and again, `oom` is killed, `slow` needs a minute to be ready,
//! `pending` finds no node, `unready` never passes its probe. Every other tag is healthy.

use crate::clock::Millis;

/// The course a container takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Starts and becomes ready in a few seconds.
    Healthy,
    /// Becomes ready after a minute.
    Slow,
    /// Exits with a code shortly after its start, for ever.
    Crash(i32),
    /// Its image cannot be pulled.
    PullError,
    /// Its pod finds no node.
    Pending,
    /// Runs, but its readiness probe fails.
    NotReady,
    /// Ends by itself with success (pods of Jobs).
    Complete,
}

impl Fate {
    /// What the tag of an image asks for; `None` when it asks for nothing.
    pub fn of_image(image: &str) -> Option<Self> {
        let name = image.rsplit('/').next().unwrap_or(image);
        let tag = name.split_once(':').map_or("", |(_, tag)| tag);
        let has = |word: &str| tag.contains(word);
        match () {
            () if has("missing") || has("notfound") => Some(Self::PullError),
            () if has("crash") => Some(Self::Crash(1)),
            () if tag.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| part == "oom") => {
                Some(Self::Crash(137))
            }
            () if has("slow") => Some(Self::Slow),
            () if has("pending") => Some(Self::Pending),
            () if has("unready") => Some(Self::NotReady),
            () => None,
        }
    }

    /// How long after its start the container passes its probe; `None` when it never does.
    pub fn ready_after(self) -> Option<Millis> {
        match self {
            Self::Healthy => Some(2_500),
            Self::Slow => Some(60_000),
            _ => None,
        }
    }
}

/// The image's name without registry, repository path, tag and digest (`image_name` of the contract).
pub fn image_name(image: &str) -> String {
    let name = image.rsplit('/').next().unwrap_or(image);
    name.split(['@', ':']).next().unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_decides_and_the_name_does_not() {
        assert_eq!(Fate::of_image("r.example.com/a/b:v1-notfound"), Some(Fate::PullError));
        assert_eq!(Fate::of_image("r.example.com/crash/crash:v1"), None);
        assert_eq!(Fate::of_image("r.example.com:5000/a"), None);
        assert_eq!(Fate::of_image("a:crash-2"), Some(Fate::Crash(1)));
        assert_eq!(Fate::of_image("a:1-oom"), Some(Fate::Crash(137)));
        assert_eq!(Fate::of_image("a:bloom-2"), None);
        assert_eq!(image_name("r.example.com:5000/a/web:1@sha256:ab"), "web");
    }
}
