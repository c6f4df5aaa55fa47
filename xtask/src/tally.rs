//! Counts tests from what the test programs print.

/// Passed and failed tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, and steps that did not get as far as a test.
    pub failed: u64,
}

impl Tally {
    /// One check that passed or did not.
    pub fn one(passed: bool) -> Self {
        Self { passed: u64::from(passed), failed: u64::from(!passed) }
    }

    /// The sum of all summaries in a test program's output: of `cargo test`, of `wasm-bindgen-test` and of `node --test`.
    pub fn read(output: &str) -> Self {
        output.lines().filter_map(|line| read_line(&plain(line))).fold(Self::default(), Self::plus)
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }

    /// A program that failed has at least one failure, even if it did not come to count it.
    pub fn with_status(self, success: bool) -> Self {
        if success || self.failed > 0 { self } else { Self { failed: 1, ..self } }
    }
}

fn read_line(line: &str) -> Option<Tally> {
    if let Some((_, counts)) = line.split_once("test result: ") {
        let count = |word: &str| {
            let part = counts.split(['.', ';']).map(str::trim).find_map(|part| part.strip_suffix(word));
            part.and_then(|number| number.trim().parse().ok())
        };
        return Some(Tally { passed: count("passed")?, failed: count("failed")? });
    }
    // node --test, one number a line: `ℹ pass 12`.
    let (word, number) = line.strip_prefix(['ℹ', '#'])?.trim().split_once(' ')?;
    let number = number.trim().parse().ok()?;
    match word {
        "pass" => Some(Tally { passed: number, failed: 0 }),
        "fail" | "cancelled" => Some(Tally { passed: 0, failed: number }),
        _ => None,
    }
}

/// A line without its colours.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(char) = chars.next() {
        if char == '\x1b' {
            chars.by_ref().find(char::is_ascii_alphabetic);
        } else {
            text.push(char);
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summaries_of_several_test_binaries_are_added() {
        let output = "running 2 tests\ntest a ... ok\n\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.00s\n\
            test result: \x1b[31mFAILED\x1b[0m. 4 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s\n";
        assert_eq!(Tally::read(output), Tally { passed: 6, failed: 3 });
    }

    #[test]
    fn the_summary_of_the_browser_tests_is_read() {
        let output = "running 1 test\ntest web::a ... ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.1s\n";
        assert_eq!(Tally::read(output), Tally { passed: 1, failed: 0 });
    }

    #[test]
    fn the_summary_of_nodes_test_runner_is_read() {
        let output = "✔ a (1ms)\nℹ tests 5\nℹ suites 0\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\nℹ duration_ms 2.5\n";
        assert_eq!(Tally::read(output), Tally { passed: 3, failed: 2 });
        assert_eq!(Tally::read("# pass 7\n# fail 0\n"), Tally { passed: 7, failed: 0 });
    }

    #[test]
    fn a_program_that_fails_before_its_tests_counts_as_a_failure() {
        assert_eq!(
            Tally::read("error: could not compile").with_status(false),
            Tally { passed: 0, failed: 1 }
        );
        assert_eq!(Tally { passed: 1, failed: 2 }.with_status(false).failed, 2);
        assert_eq!(Tally::default().with_status(true), Tally::default());
    }

    #[test]
    fn what_a_test_prints_about_passing_is_not_counted() {
        assert_eq!(Tally::read("5 passed; 0 failed\npass 3\n✔ pass 3\n"), Tally::default());
    }
}
