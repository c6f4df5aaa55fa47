//! Runs the tests, stage by stage, and adds them up.
//!
//! A stage that fails does not keep the later ones from running: one run shows everything that is wrong.

pub mod browser;
mod host;

use std::time::{Duration, Instant};

use crate::args::{BuildOptions, TestOptions};
use crate::failure::Outcome;
use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{audit, build, checks, licences, report};

/// The stages, in the order in which they run: what is quick to fail comes first.
pub const STAGES: [&str; 7] = ["fmt", "checks", "clippy", "native", "web", "build", "e2e"];

/// The stages that a test's name can narrow.
const NAMED: [&str; 3] = ["native", "web", "e2e"];

/// What became of one stage.
struct Done {
    name: &'static str,
    tally: Tally,
    time: Duration,
}

/// Runs what was asked for; says whether all passed.
pub fn test(workspace: &Workspace, options: &TestOptions) -> Outcome<bool> {
    let filter = options.filter.as_deref();
    let done: Vec<Done> = STAGES
        .into_iter()
        .filter(|stage| is_wanted(stage, options))
        .map(|stage| {
            let started = Instant::now();
            let tally = run(workspace, stage, filter).unwrap_or_else(|failure| {
                report::note(&format!("{stage}: {failure}"));
                Tally::one(false)
            });
            Done { name: stage, tally, time: started.elapsed() }
        })
        .collect();
    Ok(summarise(&done))
}

/// A stage runs if it is named, or if none is named; with a test's name alone, the stages that have tests. The end-to-end
/// tests need the build.
fn is_wanted(stage: &str, options: &TestOptions) -> bool {
    let named = |name: &str| options.stages.iter().any(|wanted| wanted == name);
    match (options.stages.is_empty(), &options.filter) {
        (true, None) => true,
        (true, Some(_)) => NAMED.contains(&stage) || stage == "build",
        (false, _) => named(stage) || (stage == "build" && named("e2e")),
    }
}

fn run(workspace: &Workspace, stage: &str, filter: Option<&str>) -> Outcome<Tally> {
    match stage {
        "fmt" => host::fmt(workspace),
        "checks" => {
            report::heading("Checking the house rules");
            build::fetch(workspace)?;
            let rules = checks::check(workspace);
            audit::remind(workspace)?;
            rules.and(licences::check(workspace)).map(|()| Tally::one(true))
        }
        "clippy" => host::clippy(workspace),
        "native" => host::native(workspace, filter),
        "web" => browser::web(workspace, filter),
        "build" => build::build(workspace, &BuildOptions::default()).map(|()| Tally::one(true)),
        _ => browser::e2e(workspace, filter),
    }
}

fn summarise(done: &[Done]) -> bool {
    println!();
    report::heading("Summary");
    let mut rows = vec![["stage", "time", "passed", "failed"].map(str::to_owned).to_vec()];
    for stage in done {
        let Tally { passed, failed } = stage.tally;
        rows.push(vec![
            stage.name.to_owned(),
            report::duration(stage.time),
            passed.to_string(),
            failed.to_string(),
        ]);
    }
    report::table(&rows, &[]);
    let total = done.iter().fold(Tally::default(), |sum, stage| sum.plus(stage.tally));
    println!("{} passed, {} failed", total.passed, total.failed);
    total.failed == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(stages: &[&str], filter: Option<&str>) -> Vec<&'static str> {
        let stages = stages.iter().map(|stage| (*stage).to_owned()).collect();
        let options = TestOptions { stages, filter: filter.map(str::to_owned) };
        STAGES.into_iter().filter(|stage| is_wanted(stage, &options)).collect()
    }

    #[test]
    fn without_a_name_every_stage_runs() {
        assert_eq!(wanted(&[], None), STAGES);
    }

    #[test]
    fn a_tests_name_leaves_the_stages_that_have_tests() {
        assert_eq!(wanted(&[], Some("a_cut")), ["native", "web", "build", "e2e"]);
        assert_eq!(wanted(&["web"], Some("a_cut")), ["web"]);
    }

    #[test]
    fn the_end_to_end_tests_bring_the_build_they_need() {
        assert_eq!(wanted(&["e2e", "fmt"], None), ["fmt", "build", "e2e"]);
    }
}
