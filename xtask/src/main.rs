//! `cargo xtask`: sets up, builds, serves, tests and measures the application.
//!
//! [`args`] reads the command line, [`doctor`], [`build`], [`serve`], [`test`] and [`bench`] do what it asks. They install
//! what they need through [`tools`], run other programs through [`process`] and print through [`report`].

mod args;
mod audit;
mod bench;
mod build;
mod checks;
mod doctor;
mod editor;
mod failure;
mod floors;
mod licences;
mod pack;
mod process;
mod report;
mod serve;
mod servers;
mod size;
mod tally;
mod test;
mod tools;
mod version;
mod workspace;

use std::process::ExitCode;

use args::Action;
use failure::Outcome;
use workspace::Workspace;

fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1).peekable();
    if words.next_if(|word| word == process::LEASH).is_some() {
        return process::leash(words.collect());
    }
    let outcome = args::read(lexopt::Parser::from_args(words)).and_then(run);
    process::stay_if_ending();
    process::end_all();
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Does what was asked; says whether all is well.
fn run(action: Action) -> Outcome<bool> {
    process::end_children_on_signals()?;
    let workspace = Workspace::find()?;
    match action {
        Action::Help => println!("{}", args::USAGE),
        Action::Doctor => return Ok(doctor::examine(&workspace)),
        Action::Editor => editor::bundle(&workspace)?,
        Action::Setup => tools::ensure_all(&workspace)?,
        Action::Build(options) => build::build(&workspace, &options)?,
        Action::Serve(options) => serve::serve(&workspace, &options)?,
        Action::Test(options) => return test::test(&workspace, &options),
        Action::Audit(options) => return audit::audit(&workspace, &options),
        Action::Bench(names) => bench::bench(&workspace, &names)?,
    }
    Ok(true)
}
