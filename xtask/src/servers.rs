//! The simulator and the gateway, as running programs.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Context, Outcome, Required, failed};
use crate::process::{self, Running};
use crate::workspace::Workspace;

const START_LIMIT: Duration = Duration::from_secs(30);

/// How the host programs are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build, and shared with the native tests.
    Dev,
    /// Optimised: for measurements, where the server must not be what is measured.
    Host,
}

/// The two programs.
#[derive(Debug)]
pub struct Programs {
    /// The simulated Zadig.
    pub simulator: PathBuf,
    /// Static files and reverse proxy.
    pub gateway: PathBuf,
}

impl Programs {
    /// Builds both.
    pub fn build(workspace: &Workspace, profile: Profile) -> Outcome<Self> {
        let (name, folder) = match profile {
            Profile::Dev => ("dev", "debug"),
            Profile::Host => ("host", "host"),
        };
        let mut cargo = workspace.command("cargo");
        cargo.args([
            "build",
            "--profile",
            name,
            "--package",
            "zadig-simulator",
            "--package",
            "zadig-gateway",
            "--bins",
        ]);
        process::run("Building the simulator and the gateway (about 1 min the first time)", &mut cargo)?;
        let folder = workspace.target.join(folder);
        Ok(Self { simulator: folder.join("zadig-simulator"), gateway: folder.join("zadig-gateway") })
    }

    /// Starts the simulator on a free port.
    pub fn start_simulator(&self, workspace: &Workspace, options: &[String]) -> Outcome<Simulator> {
        let mut command = workspace.command(&self.simulator);
        command.args(["--listen", "127.0.0.1:0", "--exit-with-stdin"]).args(options);
        let (running, lines, address) = start("the simulator", command)?;
        let mut tokens = BTreeMap::new();
        while !(tokens.contains_key("admin") && tokens.contains_key("viewer")) {
            let line =
                lines.recv_timeout(START_LIMIT).context("the simulator names no admin and viewer token")?;
            if let Some((name, token)) = read_token(&line) {
                tokens.insert(name, token);
            }
        }
        print_rest(lines);
        Ok(Simulator { running, address, tokens })
    }

    /// Starts the gateway at `listen` with more options.
    pub fn start_gateway(&self, workspace: &Workspace, front: &Front) -> Outcome<Gateway> {
        let mut command = workspace.command(&self.gateway);
        command.arg("--exit-with-stdin").arg("--app").arg(front.app).args(["--upstream", front.upstream]);
        command.args(["--listen", &format!("127.0.0.1:{}", front.port)]).args(&front.options);
        let (running, lines, address) = start("the gateway", command)?;
        print_rest(lines);
        Ok(Gateway { running, address })
    }
}

/// What a gateway stands in front of.
#[derive(Debug)]
pub struct Front<'a> {
    /// The built page.
    pub app: &'a Path,
    /// The Zadig.
    pub upstream: &'a str,
    /// The port to listen on; 0 for a free one.
    pub port: u16,
    /// More of the gateway's options.
    pub options: Vec<String>,
}

/// A simulator that runs as long as this value lives.
#[derive(Debug)]
pub struct Simulator {
    /// The program.
    pub running: Running,
    /// Its address, `http://127.0.0.1:…`.
    pub address: String,
    /// Its tokens by name; `admin` and `viewer` are among them.
    pub tokens: BTreeMap<String, String>,
}

impl Simulator {
    /// A token by its name.
    pub fn token(&self, name: &str) -> Outcome<&str> {
        self.tokens.get(name).map(String::as_str).or_say("the simulator has no such token")
    }
}

/// A gateway that runs as long as this value lives.
#[derive(Debug)]
pub struct Gateway {
    /// The program.
    pub running: Running,
    /// Its address, `http://127.0.0.1:…`.
    pub address: String,
}

/// Starts a program that says `listening on ADDRESS` first; gives its address and the lines after it.
fn start(name: &str, mut command: std::process::Command) -> Outcome<(Running, Receiver<String>, String)> {
    // The pipe is never written to. It closes when this program goes, however that comes about, and the child with it.
    let mut running = Running::start(name, command.stdin(Stdio::piped()).stdout(Stdio::piped()))?;
    let output = running.stdout().or_say("the program's output is not to be had")?;
    let (sender, lines) = channel();
    thread::spawn(move || {
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        // When nobody listens any more the program still must be able to write.
        lines.by_ref().for_each(|line| drop(sender.send(line)));
    });
    let started = Instant::now();
    loop {
        match lines.recv_timeout(Duration::from_millis(100)) {
            Ok(line) => match line.strip_prefix("listening on ") {
                Some(address) => return Ok((running, lines, address.trim().to_owned())),
                None => return failed(format!("{name} said `{line}` in place of its address")),
            },
            Err(RecvTimeoutError::Timeout) if started.elapsed() < START_LIMIT => {}
            Err(RecvTimeoutError::Timeout) => return failed(format!("{name} did not start within 30 s")),
            Err(RecvTimeoutError::Disconnected) => {
                return failed(format!("{name} ended before it listened; the lines above say why"));
            }
        }
    }
}

/// `token admin eyJ…` -> the name and the token.
fn read_token(line: &str) -> Option<(String, String)> {
    let mut words = line.split_whitespace();
    (words.next() == Some("token")).then(|| Some((words.next()?.to_owned(), words.next()?.to_owned())))?
}

fn print_rest(lines: Receiver<String>) {
    thread::spawn(move || {
        for line in lines {
            // Tokens are printed by who asks for them.
            if read_token(&line).is_none() {
                println!("{line}");
            }
        }
    });
}

/// Whether a port of this machine can be listened on.
pub fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_a_token_is_read_and_no_other() {
        assert_eq!(read_token("token admin a.b.c"), Some(("admin".to_owned(), "a.b.c".to_owned())));
        assert_eq!(read_token("token admin"), None);
        assert_eq!(read_token("GET /token x"), None);
    }

    #[test]
    fn a_port_that_is_listened_on_is_not_free() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(!is_free(port));
    }
}
