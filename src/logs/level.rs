//! How serious a line is: found where loggers put it, or inherited from the line it continues.
//!
//! Nothing in the API says a line's level, so it is read from the text, in this order:
//!
//! 1. a JSON object's top-level `level` (or `severity`, `lvl`, …), as a word or a number (bunyan, pino, syslog);
//! 2. the klog and glog prefix, `E0912 07:01:02.000000`;
//! 3. logfmt, `level=warn`;
//! 4. a word in the head of the line: upper case (`ERROR`), bracketed in any case (`[error]`, `<warn>`, `[INF]`),
//!    or followed by a colon (`error:`, `fail:`); a raised exception (`TypeError: …`, `Traceback …`).
//!
//! A word in a sentence ("no error found") is not a level. A line that only continues its predecessor (a stack
//! frame, a closing brace) takes the level of the line before it in the same source; the server trims indentation
//! (contract section 4), so the frame's own words must tell.

use memchr::memchr;

/// How much of a line is looked at for a level word.
const HEAD: usize = 160;
/// How much of a JSON object is scanned for its level.
const JSON_HEAD: usize = 16 * 1024;

/// The level of a line. The order is the order of seriousness; [`Level::Unknown`] is below all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
pub enum Level {
    /// The line says nothing about its level.
    #[default]
    Unknown = 0,
    /// Finer than debug.
    Trace = 1,
    /// For developers.
    Debug = 2,
    /// Normal work (also `notice`).
    Info = 3,
    /// Something to look at.
    Warn = 4,
    /// Something failed.
    Error = 5,
    /// The process cannot go on (also `panic`, `critical`, `alert`, `emerg`).
    Fatal = 6,
}

impl Level {
    /// All levels, least serious first.
    pub const ALL: [Self; 7] =
        [Self::Unknown, Self::Trace, Self::Debug, Self::Info, Self::Warn, Self::Error, Self::Fatal];

    /// The level stored as `byte`; an unused value is [`Level::Unknown`].
    pub fn from_byte(byte: u8) -> Self {
        Self::ALL.get(usize::from(byte)).copied().unwrap_or_default()
    }

    /// The level a word names, whatever its case: `warn`, `WARNING`, `W`, `crit`, …
    pub fn from_word(word: &str) -> Option<Self> {
        let mut lower = [0u8; 12];
        let folded = lower.get_mut(..word.len())?;
        folded.copy_from_slice(word.as_bytes());
        folded.make_ascii_lowercase();
        Some(match &*folded {
            b"trace" | b"trc" | b"verbose" | b"vrb" | b"finest" | b"finer" | b"t" => Self::Trace,
            b"debug" | b"dbg" | b"dbug" | b"fine" | b"d" => Self::Debug,
            b"info" | b"inf" | b"information" | b"notice" | b"log" | b"i" | b"n" => Self::Info,
            b"warn" | b"warning" | b"wrn" | b"w" => Self::Warn,
            b"error" | b"err" | b"eror" | b"fail" | b"failed" | b"severe" | b"e" => Self::Error,
            b"fatal" | b"ftl" | b"panic" | b"critical" | b"crit" | b"crt" | b"alert" | b"emerg"
            | b"emergency" | b"f" | b"c" => Self::Fatal,
            _ => return None,
        })
    }

    /// Bunyan and pino count 10 to 60, syslog and GELF 7 to 0.
    fn from_number(number: u32) -> Option<Self> {
        Some(match number {
            0..=2 => Self::Fatal,
            3 => Self::Error,
            4 => Self::Warn,
            5..=6 => Self::Info,
            7 => Self::Debug,
            10..=19 => Self::Trace,
            20..=29 => Self::Debug,
            30..=39 => Self::Info,
            40..=49 => Self::Warn,
            50..=59 => Self::Error,
            60..=69 => Self::Fatal,
            _ => return None,
        })
    }
}

/// A set of levels, for filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelSet(u8);

impl LevelSet {
    /// Every level, and lines without one.
    pub const ALL: Self = Self(0x7f);

    /// The set of exactly these levels.
    pub fn of(levels: &[Level]) -> Self {
        Self(levels.iter().fold(0, |bits, level| bits | 1 << *level as u8))
    }

    /// This level and everything more serious.
    pub fn at_least(level: Level) -> Self {
        Self(Self::ALL.0 & !((1u8 << level as u8) - 1))
    }

    /// Whether the set holds `level`.
    pub fn contains(self, level: Level) -> bool {
        self.0 & (1 << level as u8) != 0
    }

    /// Whether every level of this set is in `other`.
    pub fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

impl Default for LevelSet {
    fn default() -> Self {
        Self::ALL
    }
}

/// The level `line` states itself, if it does. Escape sequences must be gone.
pub fn detect(line: &str) -> Option<Level> {
    let line = line.trim_start();
    let bytes = line.as_bytes();
    if bytes.first() == Some(&b'{')
        && let Some(level) = json_level(bytes.get(..JSON_HEAD).unwrap_or(bytes))
    {
        return Some(level);
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    klog(head)
        .or_else(|| logfmt(bytes.get(..512).unwrap_or(bytes)))
        .or_else(|| exception(head))
        .or_else(|| words(head))
}

/// Whether `line` only continues the line before it: a stack frame, a cause, a closing brace.
pub fn is_continuation(line: &str) -> bool {
    let line = line.trim_start();
    let bytes = line.as_bytes();
    match bytes {
        [] => false,
        [b'}' | b']' | b')', ..] => bytes.iter().all(|b| b"}]),; ".contains(b)),
        [b'a', b't', b' ', rest @ ..] => rest.iter().any(|b| b"(.:/<".contains(b)),
        [b'.', b'.', b'.', ..] => line.ends_with("more") || line.ends_with("omitted"),
        [b'^' | b'~', ..] => bytes.iter().all(|b| b"^~ ".contains(b)),
        _ => {
            const STARTS: [&str; 11] = [
                "Caused by:",
                "Suppressed:",
                "File \"",
                "goroutine ",
                "created by ",
                "During handling of the above",
                "The above exception was",
                "stack backtrace:",
                "--- End of ",
                "from /",
                "[signal ",
            ];
            STARTS.iter().any(|start| line.starts_with(start)) || is_go_frame(bytes)
        }
    }
}

/// `/app/main.go:42 +0x1d`, the second line of a Go frame.
fn is_go_frame(line: &[u8]) -> bool {
    line.first() == Some(&b'/') && memchr::memmem::find(line, b".go:").is_some()
}

/// `E0912 07:01:02.000000       1 file.go:12] …`
fn klog(head: &[u8]) -> Option<Level> {
    let [letter @ (b'I' | b'W' | b'E' | b'F'), digits @ ..] = head else { return None };
    let stamp = digits.get(..8)?;
    let shaped = stamp.iter().zip(b"0000 00:").all(|(byte, shape)| match shape {
        b'0' => byte.is_ascii_digit(),
        other => byte == other,
    });
    shaped.then_some(match letter {
        b'I' => Level::Info,
        b'W' => Level::Warn,
        b'E' => Level::Error,
        _ => Level::Fatal,
    })
}

fn is_level_key(key: &[u8]) -> bool {
    const KEYS: [&[u8]; 10] = [
        b"level",
        b"severity",
        b"lvl",
        b"loglevel",
        b"log_level",
        b"log.level",
        b"levelname",
        b"level_name",
        b"@l",
        b"priority",
    ];
    KEYS.iter().any(|known| key.eq_ignore_ascii_case(known))
}

/// A level at the start of `value`: a bare or quoted word, or a number.
fn value_level(value: &[u8]) -> Option<Level> {
    let value = value.strip_prefix(b"\"").unwrap_or(value);
    let digits = value.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits > 0 {
        return std::str::from_utf8(value.get(..digits)?).ok()?.parse().ok().and_then(Level::from_number);
    }
    let letters = value.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    Level::from_word(std::str::from_utf8(value.get(..letters)?).ok()?)
}

/// Scans a JSON object for a level among its top-level members, without building anything.
fn json_level(bytes: &[u8]) -> Option<Level> {
    let mut depth = 0u32;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1).filter(|left| *left > 0)?,
            b'"' => {
                let start = at;
                at = string_end(bytes, start)?;
                if depth == 1 && is_level_key(bytes.get(start..at - 1)?) {
                    let after = bytes.get(at..)?.trim_ascii_start();
                    if let Some(value) = after.strip_prefix(b":") {
                        return value_level(value.trim_ascii_start());
                    }
                }
            }
            _ => {}
        }
    }
    None
}

/// The position behind the quote that ends the string whose content starts at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn logfmt(head: &[u8]) -> Option<Level> {
    let mut from = 0;
    while let Some(found) = memchr(b'=', head.get(from..)?) {
        let equals = from + found;
        let before = head.get(..equals)?;
        let key_start = before
            .iter()
            .rposition(|b| !(b.is_ascii_alphanumeric() || b"_.@".contains(b)))
            .map_or(0, |p| p + 1);
        if is_level_key(before.get(key_start..)?) {
            return value_level(head.get(equals + 1..)?);
        }
        from = equals + 1;
    }
    None
}

/// A raised exception: `java.lang.IllegalStateException: …`, `TypeError: …`, `Traceback (most recent call last):`.
fn exception(head: &[u8]) -> Option<Level> {
    if head.starts_with(b"Traceback (most recent") || head.starts_with(b"Exception in thread") {
        return Some(Level::Error);
    }
    let name = head.iter().take_while(|b| b.is_ascii_alphanumeric() || b"_.$".contains(b)).count();
    let (name, after) = head.split_at_checked(name)?;
    let raised = name.ends_with(b"Error") || name.ends_with(b"Exception");
    (raised && matches!(after.first(), None | Some(b':'))).then_some(Level::Error)
}

/// The first word in the head that is a level by its shape and its neighbours.
fn words(head: &[u8]) -> Option<Level> {
    let mut at = 0;
    while at < head.len() {
        let rest = head.get(at..)?;
        let Some(skip) = rest.iter().position(u8::is_ascii_alphabetic) else { break };
        let start = at + skip;
        let length =
            head.get(start..)?.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        at = start + length;
        if length > 11 {
            continue;
        }
        let word = head.get(start..at)?;
        let before = start.checked_sub(1).and_then(|p| head.get(p)).copied();
        if let Some(level) = word_level(word, before, head.get(at).copied()) {
            return Some(level);
        }
    }
    None
}

fn word_level(word: &[u8], before: Option<u8>, after: Option<u8>) -> Option<Level> {
    let bracketed = matches!((before, after), (Some(b'['), Some(b']')) | (Some(b'<'), Some(b'>')));
    let upper = word.len() > 2 && word.iter().all(u8::is_ascii_uppercase);
    let joined = matches!(before, Some(b'/' | b'.' | b'-')) || matches!(after, Some(b'/' | b'-' | b'='));
    let labelled =
        word.len() > 2 && after == Some(b':') && matches!(before, None | Some(b' ' | b']' | b'|' | b'\t'));
    if !(bracketed || labelled || (upper && !joined)) {
        return None;
    }
    let level = Level::from_word(std::str::from_utf8(word).ok()?)?;
    // `LOG` is Postgres' word and needs its colon; short forms need brackets or a colon.
    (bracketed || labelled || (word.len() > 3 || word == b"ERR")).then_some(level)
}
