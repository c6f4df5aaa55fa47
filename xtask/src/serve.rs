//! Serves the page while someone develops it: the page and a Zadig on one origin, rebuilt on every change.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::args::ServeOptions;
use crate::build::{fetch, trunk};
use crate::failure::{Context, Outcome, failed};
use crate::process::{self, Running, leashed};
use crate::report;
use crate::servers::{Front, Gateway, Profile, Programs, Simulator, is_free};
use crate::tools;
use crate::workspace::Workspace;

/// What a change of leads to a new build.
const WATCHED: [&str; 6] = ["src", "style", "public", "index.html", "Trunk.toml", "Cargo.toml"];

/// Serves until Ctrl+C or until one of the programs ends.
pub fn serve(workspace: &Workspace, options: &ServeOptions) -> Outcome<()> {
    if !is_free(options.port) {
        return failed(format!("port {} is taken by another program; choose one with --port", options.port));
    }
    tools::for_build(workspace, options.release)?;
    fetch(workspace)?;
    let programs = Programs::build(workspace, Profile::Dev)?;
    let dist = workspace.root.join("target/serve-dist");
    let title = if options.release {
        "Building the page (release)"
    } else {
        "Building the page (debug; 1 to 2 min the first time)"
    };
    process::run(title, &mut trunk(workspace, "build", options.release, &dist))?;

    let simulator = match &options.zadig {
        Some(_) => None,
        None => Some(programs.start_simulator(workspace, &options.simulator)?),
    };
    let gateway = start_gateway(workspace, options, &programs, simulator.as_ref(), &dist)?;
    let watch = start_watch(workspace, options, &dist)?;
    announce(options, &gateway, simulator.as_ref())?;
    let simulator = simulator.map(|simulator| simulator.running);
    wait(simulator.into_iter().chain([gateway.running, watch]).collect())
}

fn start_gateway(
    workspace: &Workspace,
    options: &ServeOptions,
    programs: &Programs,
    simulator: Option<&Simulator>,
    dist: &Path,
) -> Outcome<Gateway> {
    let own = workspace.root.join("target/serve");
    fs::create_dir_all(&own).context("cannot make a folder for the settings")?;
    let token_file = match simulator {
        Some(simulator) if !options.ask_token => Some(write_token(&own, simulator.token("admin")?)?),
        _ => options.token_file.clone(),
    };
    let config = write_config(workspace, &own, token_file.is_some())?;
    let mut more = vec!["--prefix".to_owned(), options.prefix.clone(), "--config".to_owned(), config];
    if let Some(file) = token_file {
        more.extend(["--token-file".to_owned(), file.display().to_string()]);
    }
    more.extend(simulator.map(|_| "--sim".to_owned()));
    let upstream = match (simulator, &options.zadig) {
        (Some(simulator), _) => &simulator.address,
        (None, Some(zadig)) => zadig,
        (None, None) => return failed("there is neither a Zadig nor a simulator"),
    };
    programs.start_gateway(workspace, &Front { app: dist, upstream, port: options.port, options: more })
}

/// The settings file of the page: the built one, with who adds the token.
fn write_config(workspace: &Workspace, own: &Path, by_proxy: bool) -> Outcome<String> {
    let built =
        fs::read_to_string(workspace.root.join("public/config.json")).context("public/config.json")?;
    let mut config: Value = serde_json::from_str(&built).context("public/config.json")?;
    if let Some(settings) = config.as_object_mut() {
        let mode = if by_proxy { "proxy" } else { "token" };
        settings.insert("auth".to_owned(), Value::from(mode));
    }
    let file = own.join("config.json");
    fs::write(&file, format!("{config:#}\n")).context("cannot write the settings")?;
    Ok(file.display().to_string())
}

/// A file with the token that only this user may read.
fn write_token(own: &Path, token: &str) -> Outcome<PathBuf> {
    let file = own.join("token");
    fs::write(&file, "").context("cannot write the token")?;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).context("cannot protect the token")?;
    fs::write(&file, token).context("cannot write the token")?;
    Ok(file)
}

fn start_watch(workspace: &Workspace, options: &ServeOptions, dist: &Path) -> Outcome<Running> {
    let mut command = trunk(workspace, "watch", options.release, dist);
    for path in WATCHED {
        command.arg("--watch").arg(path);
    }
    Running::start("trunk watch", &mut leashed(&command)?)
}

fn announce(options: &ServeOptions, gateway: &Gateway, simulator: Option<&Simulator>) -> Outcome<()> {
    println!();
    report::heading(&format!("Open {}{}", gateway.address, options.prefix));
    match (simulator, &options.zadig) {
        (Some(simulator), _) => {
            report::note(&format!(
                "Environments to begin with: {}{}#/p/simple-demo",
                gateway.address, options.prefix
            ));
            report::note(&format!("Zadig is simulated, at {}", simulator.address));
            if options.ask_token {
                report::note("The page asks for a token. Paste one of these:");
                for (name, token) in &simulator.tokens {
                    report::note(&format!("{name}: {token}"));
                }
            } else {
                report::note("The administrator's token is added on the way.");
            }
        }
        (None, Some(zadig)) => report::note(&format!("Zadig is {zadig}, with all that you change there.")),
        (None, None) => {}
    }
    report::note("Changes in src, style and public are built at once; reload the page to see them.");
    report::note("Ctrl+C stops everything.");
    println!();
    Ok(())
}

/// Waits until a program ends; none should.
fn wait(mut programs: Vec<Running>) -> Outcome<()> {
    loop {
        for program in &mut programs {
            if let Some(status) = program.ended()? {
                return failed(format!("{} has ended ({status}), so everything is stopped", program.name));
            }
        }
        thread::sleep(Duration::from_millis(200));
    }
}
