//! Which lines belong to the error above them: the frames of a stack trace, which say nothing of a level themselves.
//!
//! Some frames tell by their own words ([`super::level::is_continuation`]). Others only do after what came before: the code
//! line under a Python `File "…"`, the function line of a Go trace, the numbered frames of a Rust backtrace. The server trims
//! indentation (contract 4), so what a trace expects next is remembered from line to line.

use super::level::{self, Level};

/// What the lines before have begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Expects {
    /// Nothing.
    #[default]
    Nothing,
    /// Python: a `File "…"` line, or the exception that ends the trace.
    PythonFrame,
    /// Python: the code of the frame above.
    PythonCode,
    /// Go: a function, then its file.
    GoFrame,
    /// Rust: numbered frames.
    RustFrame,
}

/// Follows the lines of one source.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trace {
    level: Level,
    expects: Expects,
}

impl Trace {
    /// The level of the next line, and whether it continues the one before. Escape sequences must be gone.
    pub fn judge(&mut self, line: &str) -> (Level, bool) {
        let text = line.trim_start();
        let own = level::detect(text);
        let begins = begins(text);
        let continues = level::is_continuation(text) || begins.is_none() && self.expected(text, own);
        self.expects = begins.unwrap_or_else(|| self.after(text, continues));
        if !continues {
            self.level = own.unwrap_or_default();
        }
        (self.level, continues)
    }

    /// Forgets what came before: the next line adjoins nothing.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Whether the trace that has begun expects such a line.
    fn expected(&self, text: &str, own: Option<Level>) -> bool {
        match self.expects {
            Expects::Nothing => false,
            // Any text may be code; what a logger wrote is not.
            Expects::PythonCode => own.is_none() && !starts_with_date(text),
            Expects::PythonFrame => text.starts_with("[Previous line repeated") || is_exception(text),
            Expects::GoFrame => is_go_function(text) || text.contains(".go:") && own.is_none(),
            Expects::RustFrame => is_numbered(text) || text.starts_with("note: "),
        }
    }

    fn after(&self, text: &str, continues: bool) -> Expects {
        match (self.expects, continues) {
            (_, false) => match self.expects {
                // Empty lines separate goroutines.
                Expects::GoFrame if text.is_empty() => Expects::GoFrame,
                _ => Expects::Nothing,
            },
            (Expects::PythonCode, true) => Expects::PythonFrame,
            (Expects::PythonFrame, true) if is_exception(text) => Expects::Nothing,
            (same, true) => same,
        }
    }
}

/// What a line begins, whatever came before it.
fn begins(text: &str) -> Option<Expects> {
    const BEGINNINGS: [(&str, Expects); 7] = [
        ("Traceback (most recent call last", Expects::PythonFrame),
        ("File \"", Expects::PythonCode),
        ("goroutine ", Expects::GoFrame),
        ("created by ", Expects::GoFrame),
        ("panic: ", Expects::GoFrame),
        ("[signal ", Expects::GoFrame),
        ("stack backtrace:", Expects::RustFrame),
    ];
    BEGINNINGS.iter().find(|(start, _)| text.starts_with(start)).map(|(_, expects)| *expects)
}

/// `requests.exceptions.ReadTimeout: …`, `KeyboardInterrupt`: a dotted name, and a message or nothing.
fn is_exception(text: &str) -> bool {
    let name = text.split([':', ' ']).next().unwrap_or_default();
    let whole = name.len() == text.len() || text.get(name.len()..).is_some_and(|rest| rest.starts_with(": "));
    let named = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_');
    whole && name.chars().next().is_some_and(char::is_alphabetic) && name.chars().all(named)
}

/// `main.(*Server).serve(0xc000, 0x1)`: a qualified name with arguments, and nothing behind them.
fn is_go_function(text: &str) -> bool {
    let Some((name, _)) = text.split_once('(') else { return false };
    let qualified = name.contains('.') || name.contains('/');
    text.ends_with(')') && qualified && !name.contains(' ')
}

/// `12: core::panicking::panic_fmt`.
fn is_numbered(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && text.get(digits..).is_some_and(|rest| rest.starts_with(": "))
}

fn starts_with_date(text: &str) -> bool {
    let head = text.trim_start_matches('[').as_bytes();
    let digits = head.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits >= 2 && matches!(head.get(digits), Some(b'-' | b'/' | b':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(lines: &[&str]) -> Vec<(Level, bool)> {
        let mut trace = Trace::default();
        lines.iter().map(|line| trace.judge(line)).collect()
    }

    /// Asserts that all lines but the first continue it, with its level.
    fn one_error(lines: &[&str], level: Level) {
        let judged = judged(lines);
        assert_eq!(judged[0], (level, false), "{}", lines[0]);
        for (line, got) in lines.iter().zip(&judged).skip(1) {
            assert_eq!(*got, (level, true), "{line}");
        }
    }

    #[test]
    fn a_python_trace_belongs_to_its_head() {
        one_error(
            &[
                "Traceback (most recent call last):",
                "File \"/app/main.py\", line 12, in <module>",
                "run(load(\"x\"))",
                "^^^^^^^^^^^^^^",
                "File \"/app/main.py\", line 3, in run",
                "raise ImproperlyConfigured(name)",
                "django.core.exceptions.ImproperlyConfigured: no database",
            ],
            Level::Error,
        );
    }

    #[test]
    fn a_go_panic_keeps_its_frames() {
        one_error(
            &[
                "panic: runtime error: index out of range [3] with length 3",
                "goroutine 1 [running]:",
                "main.(*Server).serve(0xc00001, 0x1)",
                "main.main() /src/main.go:42 +0x1d3",
                "/app/main.go:42 +0x1d",
                "created by main.main in goroutine 7",
                "/app/main.go:12 +0x5",
            ],
            Level::Fatal,
        );
    }

    #[test]
    fn a_java_trace_keeps_its_causes() {
        one_error(
            &[
                "2026-11-27 10:00:00 ERROR [main] c.e.App - failed",
                "at com.example.App.run(App.java:12)",
                "... 12 more",
                "Caused by: java.io.IOException: no",
                "at java.base/java.io.Reader.read(Reader.java:3)",
            ],
            Level::Error,
        );
    }

    #[test]
    fn a_rust_backtrace_keeps_its_numbers() {
        let lines = [
            "ERROR failed",
            "stack backtrace:",
            "0: rust_begin_unwind",
            "at ./src/main.rs:2:5",
            "1: app::main",
        ];
        one_error(&lines, Level::Error);
    }

    #[test]
    fn what_a_logger_writes_ends_the_trace() {
        let lines = [
            "Traceback (most recent call last):",
            "File \"/app/main.py\", line 12, in <module>",
            "2026-11-27 10:00:00 INFO another thread",
            "plain text",
        ];
        let got = judged(&lines);
        assert_eq!((got[2], got[3]), ((Level::Info, false), (Level::Unknown, false)));
    }

    #[test]
    fn plain_text_continues_nothing() {
        let got = judged(&["ERROR failed", "next request (200 ms)", "1: one", "Listening on :8080"]);
        assert!(
            got.iter().skip(1).all(|(level, continues)| *level == Level::Unknown && !continues),
            "{got:?}"
        );
    }
}
