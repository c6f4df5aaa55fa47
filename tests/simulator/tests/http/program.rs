//! The program itself: what it prints, and when it ends.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

#[test]
fn the_program_says_where_it_listens_and_ends_with_its_standard_input() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_zadig-simulator"))
        .args(["--exit-with-stdin", "--version", "v3.4.0", "--scale=10"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let first = lines.next().expect("a first line");
    assert!(first.starts_with("listening on http://127.0.0.1:"), "{first}");
    let tokens: Vec<String> = lines.by_ref().take(4).collect();
    assert!(tokens.iter().all(|l| l.starts_with("token ") && l.split(' ').count() == 3), "{tokens:?}");
    drop(child.stdin.take());
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_wrong_option_is_said_in_words() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_zadig-simulator")).arg("--colour=red").output().expect("it runs");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("unknown option --colour"));
}
