//! Finding a literal in a lot of text.

use memchr::memmem::Finder;
use memchr::{memchr, memchr2};

/// A literal, searched exactly or with ASCII letters in either case.
#[derive(Debug)]
pub enum Needle {
    /// Byte for byte: `memmem`.
    Exact(Box<Finder<'static>>),
    /// ASCII case does not count; other characters must be equal.
    AnyCase(AnyCase),
}

impl Needle {
    /// A literal that is not empty.
    pub fn new(text: &str, case_sensitive: bool) -> Self {
        if case_sensitive || !text.bytes().any(|b| b.is_ascii_alphabetic()) {
            return Self::Exact(Box::new(Finder::new(text.as_bytes()).into_owned()));
        }
        Self::AnyCase(AnyCase::new(text.as_bytes()))
    }

    /// The length of what is found.
    pub fn size(&self) -> usize {
        match self {
            Self::Exact(finder) => finder.needle().len(),
            Self::AnyCase(needle) => needle.lower.len(),
        }
    }

    /// Where the literal first occurs in `hay`.
    pub fn find(&self, hay: &[u8]) -> Option<usize> {
        match self {
            Self::Exact(finder) => finder.find(hay),
            Self::AnyCase(needle) => needle.find(hay),
        }
    }
}

/// Searches for the needle's rarest byte in both cases, and compares around each.
#[derive(Debug)]
pub struct AnyCase {
    lower: Vec<u8>,
    rare_at: usize,
    rare: u8,
}

impl AnyCase {
    fn new(text: &[u8]) -> Self {
        let lower = text.to_ascii_lowercase();
        let (rare_at, rare) =
            lower.iter().copied().enumerate().min_by_key(|(_, byte)| commonness(*byte)).unwrap_or_default();
        Self { lower, rare_at, rare }
    }

    fn find(&self, hay: &[u8]) -> Option<usize> {
        let mut from = self.rare_at;
        loop {
            let rest = hay.get(from..)?;
            let upper = self.rare.to_ascii_uppercase();
            let found =
                if upper == self.rare { memchr(self.rare, rest) } else { memchr2(self.rare, upper, rest) }?;
            let start = from + found - self.rare_at;
            let candidate = hay.get(start..start + self.lower.len())?;
            if candidate.eq_ignore_ascii_case(&self.lower) {
                return Some(start);
            }
            from += found + 1;
        }
    }
}

/// How common a byte is in logs, roughly.
fn commonness(byte: u8) -> usize {
    const RARE_TO_COMMON: &[u8] = b"zqjxkvywbgfphmculdrnsioate";
    match byte {
        b' ' | b'0'..=b'2' => 60,
        b'3'..=b'9' | b'.' | b':' | b'-' | b'"' | b'/' | b'=' | b',' => 40,
        _ => RARE_TO_COMMON.iter().position(|b| *b == byte).unwrap_or(0),
    }
}
