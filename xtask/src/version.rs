//! Versions, as programs print them.

use std::fmt;

/// Three numbers, compared in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// Breaking changes.
    pub major: u32,
    /// Additions; for a major version 0, breaking changes.
    pub minor: u32,
    /// Corrections.
    pub patch: u32,
}

impl Version {
    /// The first version in a text: `trunk 0.21.14`, `v20.1.0`, `rustc 1.95.0 (…)`, `Chromium 156.0.7`, `version 132`.
    pub fn first_in(text: &str) -> Option<Self> {
        text.split(|c: char| !c.is_ascii_digit() && c != '.')
            .find_map(|word| Self::read(word.trim_matches('.')))
    }

    fn read(word: &str) -> Option<Self> {
        let mut numbers = word.split('.').map(|number| number.parse::<u32>().ok());
        let major = numbers.next()??;
        Some(Self {
            major,
            minor: numbers.next().flatten().unwrap_or(0),
            patch: numbers.next().flatten().unwrap_or(0),
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// The version of a package in the text of a `Cargo.lock`.
pub fn locked(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned)
}

/// Of the lines that `apt-cache madison` prints, the newest package of exactly this upstream version:
/// `rust-src | 1.95.0+dfsg1-1~bpo13+1 | http://… Packages`.
pub fn madison(listing: &str, upstream: &str) -> Option<String> {
    listing.lines().find_map(|line| {
        let version = line.split('|').nth(1)?.trim();
        let rest = version.strip_prefix(upstream)?;
        let exact = !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.');
        exact.then(|| version.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_what_programs_print() {
        let printed = [
            ("trunk 0.21.14", "0.21.14"),
            ("v20.20.2", "20.20.2"),
            ("rustc 1.95.0 (59807616e 2026-04-14)", "1.95.0"),
            ("wasm-opt version 132 (version_132)", "132.0.0"),
            ("Chromium 156.0.7888.60 built on Debian GNU/Linux 12 (bookworm)", "156.0.7888"),
            ("2.0.0-rc.1", "2.0.0"),
        ];
        for (text, version) in printed {
            assert_eq!(Version::first_in(text).unwrap().to_string(), version, "{text}");
        }
        assert_eq!(Version::first_in("command not found"), None);
    }

    #[test]
    fn versions_compare_number_by_number() {
        let order = ["0.9.9", "0.21.2", "0.21.14", "1.0.0"].map(|text| Version::first_in(text).unwrap());
        assert!(order.is_sorted());
    }

    #[test]
    fn the_lock_files_version_is_that_of_the_package_itself() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(locked(lock, "bindgen"), None);
    }

    #[test]
    fn the_package_of_the_compilers_own_version_is_chosen_among_several() {
        let listing = "  rust-src | 1.96.1+dfsg1-1~bpo13+1 | http://m/debian s/main all Packages\n  rust-src | 1.95.0+dfsg1-2~bpo13+1 | http://m/debian s/main all Packages\n  rust-src | 1.95.01-1 | x\n";
        assert_eq!(madison(listing, "1.95.0").as_deref(), Some("1.95.0+dfsg1-2~bpo13+1"));
        assert_eq!(madison(listing, "1.9"), None);
        assert_eq!(madison("", "1.95.0"), None);
    }
}
