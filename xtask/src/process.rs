//! Runs other programs: says what runs and for how long, and leaves nothing behind.
//!
//! Every child gets a process group of its own, so that ending it ends what it started (cargo's compilers, a browser).
//! Ctrl+C, a termination signal and a normal end all pass through [`end_all`]. A child that would serve for ever is put on
//! a [`leash`], which ends it even when this program is killed outright.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, killpg};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use crate::failure::{Context, Outcome, failed};
use crate::report;

const HEARTBEAT: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(20);
const GRACE: Duration = Duration::from_secs(3);

/// The process groups that are alive.
static GROUPS: Mutex<Vec<i32>> = Mutex::new(Vec::new());

/// Whether a signal has told this program to end.
static ENDING: AtomicBool = AtomicBool::new(false);

/// The argument that makes this program a leash; see [`leash`].
pub const LEASH: &str = "__leash";

/// Ends all children when this program is told to end.
pub fn end_children_on_signals() -> Outcome<()> {
    ctrlc::set_handler(|| {
        ENDING.store(true, Ordering::SeqCst);
        end_all();
        std::process::exit(130);
    })
    .context("cannot listen for signals")
}

/// Waits for the end if a signal has ordered it: that children end now is no failure to report.
pub fn stay_if_ending() {
    while ENDING.load(Ordering::SeqCst) {
        thread::park();
    }
}

/// Ends every child and everything the children started.
pub fn end_all() {
    let groups = std::mem::take(&mut *GROUPS.lock().unwrap_or_else(PoisonError::into_inner));
    end(&groups);
}

/// Asks groups to end, and after a short grace makes them.
fn end(groups: &[i32]) {
    let tell = |signal: Signal| groups.iter().any(|group| killpg(Pid::from_raw(*group), signal).is_ok());
    let alive = || {
        // A child that has ended counts as alive until it is reaped.
        groups.iter().for_each(|group| while reap(*group) {});
        groups.iter().any(|group| killpg(Pid::from_raw(*group), None).is_ok())
    };
    if !tell(Signal::SIGTERM) {
        return;
    }
    let started = Instant::now();
    while alive() && started.elapsed() < GRACE {
        thread::sleep(GLANCE);
    }
    tell(Signal::SIGKILL);
}

/// Reaps one ended child of a group; says whether there was one.
fn reap(group: i32) -> bool {
    matches!(waitpid(Pid::from_raw(-group), Some(WaitPidFlag::WNOHANG)), Ok(status) if status != WaitStatus::StillAlive)
}

/// A child that is ended when this value goes.
#[derive(Debug)]
pub struct Running {
    /// What the child is, for messages.
    pub name: String,
    child: Child,
}

impl Running {
    /// Starts a program in a process group of its own.
    pub fn start(name: impl Into<String>, command: &mut Command) -> Outcome<Self> {
        let name = name.into();
        let child = command.process_group(0).spawn().context(format!("cannot start {name}"))?;
        GROUPS.lock().unwrap_or_else(PoisonError::into_inner).push(group(&child));
        Ok(Self { name, child })
    }

    /// The child's output, if it was piped and not yet taken.
    pub fn stdout(&mut self) -> Option<impl Read + Send + 'static> {
        self.child.stdout.take()
    }

    /// The exit status, if the child has ended.
    pub fn ended(&mut self) -> Outcome<Option<ExitStatus>> {
        self.child.try_wait().context(format!("cannot wait for {}", self.name))
    }

    /// Waits for the end; prints a line now and then, and gives up after `limit`.
    fn wait(&mut self, limit: Option<Duration>) -> Outcome<ExitStatus> {
        let started = Instant::now();
        let mut next = HEARTBEAT;
        loop {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            let spent = started.elapsed();
            if let Some(limit) = limit.filter(|limit| spent > *limit) {
                return failed(format!("{} was given up after {}", self.name, report::duration(limit)));
            }
            if spent >= next {
                report::note(&format!("… {}: {} so far", self.name, report::duration(spent)));
                next += HEARTBEAT;
            }
            thread::sleep(GLANCE);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = group(&self.child);
        GROUPS.lock().unwrap_or_else(PoisonError::into_inner).retain(|known| *known != group);
        // What the child itself leaves in its group ends too.
        end(&[group]);
        // That it ended is all that matters, and it may have been reaped already.
        let _ = self.child.wait();
    }
}

fn group(child: &Child) -> i32 {
    i32::try_from(child.id()).unwrap_or(i32::MAX)
}

/// Runs a step to its end with a heading; its output goes where ours does. Fails if the program fails.
pub fn run(title: &str, command: &mut Command) -> Outcome<()> {
    run_within(title, command, None)
}

/// Like [`run`], but gives up after `limit`.
pub fn run_within(title: &str, command: &mut Command, limit: Option<Duration>) -> Outcome<()> {
    report::heading(title);
    let started = Instant::now();
    let mut child = Running::start(program(command), command.stdin(Stdio::null()))?;
    let status = child.wait(limit)?;
    let spent = report::duration(started.elapsed());
    if status.success() {
        report::note(&format!("done in {spent}"));
        return Ok(());
    }
    failed(format!("`{}` failed ({status}) after {spent}", shown(command)))
}

/// Runs a program, shows its output as it comes and gives all of it back with the exit status.
pub fn run_and_read(command: &mut Command) -> Outcome<(ExitStatus, String)> {
    let mut child = Running::start(program(command), command.stdin(Stdio::null()).stdout(Stdio::piped()))?;
    let output = child.stdout();
    let reader = thread::spawn(move || output.map(|output| show(BufReader::new(output))).unwrap_or_default());
    let status = child.wait(None)?;
    // Whatever still holds the pipe open must go before the reader can end.
    drop(child);
    Ok((status, reader.join().unwrap_or_default()))
}

/// Prints every line, and gives them back together.
fn show(mut from: impl BufRead) -> String {
    let mut all = String::new();
    let mut line = Vec::new();
    while matches!(from.read_until(b'\n', &mut line), Ok(count) if count > 0) {
        let text = String::from_utf8_lossy(&line);
        print!("{text}");
        all.push_str(&text);
        line.clear();
    }
    all
}

fn program(command: &Command) -> String {
    let name = command.get_program().to_string_lossy().into_owned();
    name.rsplit('/').next().unwrap_or_default().to_owned()
}

/// A command as one would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Puts a command on a leash: this program, started again, runs it and ends it as soon as standard input ends, which it
/// does when we are gone, however that came about.
pub fn leashed(command: &Command) -> Outcome<Command> {
    let own = std::env::current_exe().context("cannot find this program")?;
    let mut leash = Command::new(own);
    leash.arg(LEASH).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => leash.env(name, value),
            None => leash.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        leash.current_dir(folder);
    }
    leash.stdin(Stdio::piped());
    Ok(leash)
}

/// The leash itself: runs `words` until they end or standard input does.
pub fn leash(words: Vec<std::ffi::OsString>) -> ExitCode {
    let mut words = words.into_iter();
    let Some(program) = words.next() else { return ExitCode::FAILURE };
    // The child shares our group, so that one signal reaches both.
    let child = Command::new(program).args(words).stdin(Stdio::null()).spawn();
    let Ok(mut child) = child else { return ExitCode::FAILURE };
    thread::spawn(|| {
        let mut rest = [0; 64];
        while matches!(std::io::stdin().read(&mut rest), Ok(count) if count > 0) {}
        // Group 0 is our own: this ends the child, its children and us.
        let _ = killpg(Pid::from_raw(0), Signal::SIGKILL);
    });
    match child.wait() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_programs_output_and_status_are_given_back() {
        let (status, output) = run_and_read(&mut shell("echo one; echo two; exit 3")).unwrap();
        assert_eq!((status.code(), output.as_str()), (Some(3), "one\ntwo\n"));
    }

    #[test]
    fn a_step_that_takes_too_long_is_given_up_and_ended() {
        let started = Instant::now();
        let failure =
            run_within("waiting", &mut shell("sleep 60"), Some(Duration::from_millis(100))).unwrap_err();
        assert!(failure.0.contains("given up"), "{failure}");
        assert!(started.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn what_a_child_started_ends_with_it() {
        let mut child =
            Running::start("sh", shell("sleep 60 & echo $!; wait").stdout(Stdio::piped())).unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout().unwrap()).read_line(&mut line).unwrap();
        let grandchild = Pid::from_raw(line.trim().parse().unwrap());
        drop(child);
        let started = Instant::now();
        while nix::sys::signal::kill(grandchild, None).is_ok() {
            assert!(started.elapsed() < Duration::from_secs(10), "still alive");
            thread::sleep(GLANCE);
        }
    }

    #[test]
    fn a_failed_program_is_named_with_its_arguments() {
        let failure = run("failing", &mut shell("exit 7")).unwrap_err();
        assert!(failure.0.contains("sh -c exit 7") && failure.0.contains('7'), "{failure}");
    }
}
