//! The command line.

use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

use crate::failure::{Context, Outcome, failed};

/// What `--help` prints.
pub const USAGE: &str = "\
cargo xtask COMMAND

  serve    set up what is missing, build, and serve the page with a simulated Zadig on one origin
             --port N             default 8080
             --release            the optimised build
             --zadig URL          a real Zadig in place of the simulator
             --token-file FILE    add this token to its requests; else the page asks for one
             --ask-token          let the page ask for a token of the simulator's too, and print them
             --embed-prefix /a/b/ serve the page under a path
             --sim-NAME VALUE     an option for the simulator: --sim-version v5.0.0, --sim-licence basic,
                                  --sim-scale 5000, --sim-speed 10
  test     set up what is missing and run all tests
             STAGE…               only these: fmt clippy checks native web build e2e
             NAME                 only tests with this in their name
  build    make dist/ and say how large it is; fails over the budget
             --debug              not optimised, no budget
             --precompress        write .gz and .br files beside the files
  bench    build, start everything and run the measurements of tests/bench
             NAME…                only these
  audit    hold the crates of Cargo.lock to the known vulnerabilities and to deny.toml; needs the network
             --database FOLDER    a copy of RustSec's repository in its stead
  doctor   say what is there, what is missing and what would be done; changes nothing
  editor   bundle the code editor, so that Trunk alone can build the page
  setup    install all that is missing, and do nothing else";

/// Options of the simulator that take no value.
const SIMULATOR_SWITCHES: [&str; 2] = ["--fixed-portal", "--cors"];

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Action {
    /// Print [`USAGE`].
    Help,
    /// Report the tools.
    Doctor,
    /// Install the tools.
    Setup,
    /// Bundle the code editor.
    Editor,
    /// Make `dist/`.
    Build(BuildOptions),
    /// Serve while someone develops.
    Serve(ServeOptions),
    /// Run tests.
    Test(TestOptions),
    /// Compare the lock file with the known vulnerabilities.
    Audit(AuditOptions),
    /// Run measurements; all if none is named.
    Bench(Vec<String>),
}

/// How to build.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct BuildOptions {
    /// Without optimisation and budget.
    pub debug: bool,
    /// With `.gz` and `.br` files.
    pub precompress: bool,
}

/// How to serve.
#[derive(Debug, PartialEq, Eq)]
pub struct ServeOptions {
    /// The port of the page.
    pub port: u16,
    /// Whether the build is optimised.
    pub release: bool,
    /// A real Zadig's address.
    pub zadig: Option<String>,
    /// The token to add to a real Zadig's requests.
    pub token_file: Option<PathBuf>,
    /// Whether the page asks for the simulator's token.
    pub ask_token: bool,
    /// The path of the page.
    pub prefix: String,
    /// Arguments for the simulator.
    pub simulator: Vec<String>,
}

/// Which tests to run.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TestOptions {
    /// The stages; all if empty.
    pub stages: Vec<String>,
    /// A part of the tests' names.
    pub filter: Option<String>,
}

/// Where the known vulnerabilities are.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct AuditOptions {
    /// A copy of the database; fetched if absent.
    pub database: Option<PathBuf>,
}

/// Reads the arguments. Fails with a sentence that names what is wrong.
pub fn read(mut parser: Parser) -> Outcome<Action> {
    let command = match parser.next().context("arguments")? {
        None | Some(Arg::Long("help") | Arg::Short('h')) => return Ok(Action::Help),
        Some(Arg::Value(word)) => word.string().context("the command")?,
        Some(other) => return Err(other.unexpected()).context("see `cargo xtask --help`"),
    };
    let read = match command.as_str() {
        "doctor" => no_options(parser).map(|()| Action::Doctor),
        "editor" => no_options(parser).map(|()| Action::Editor),
        "setup" => no_options(parser).map(|()| Action::Setup),
        "build" => build(parser).map(Action::Build),
        "serve" => serve(parser).map(Action::Serve),
        "test" => values(parser).and_then(test).map(Action::Test),
        "audit" => audit(parser).map(Action::Audit),
        "bench" => values(parser).map(Action::Bench),
        "help" => Ok(Action::Help),
        other => return failed(format!("there is no command `{other}`; see `cargo xtask --help`")),
    };
    read.context(format!("{command} (see `cargo xtask --help`)"))
}

fn no_options(mut parser: Parser) -> Result<(), lexopt::Error> {
    parser.next()?.map_or(Ok(()), |other| Err(other.unexpected()))
}

fn values(mut parser: Parser) -> Result<Vec<String>, lexopt::Error> {
    let mut words = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Value(word) => words.push(word.string()?),
            other => return Err(other.unexpected()),
        }
    }
    Ok(words)
}

fn build(mut parser: Parser) -> Result<BuildOptions, lexopt::Error> {
    let mut options = BuildOptions::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("debug") => options.debug = true,
            Arg::Long("precompress") => options.precompress = true,
            other => return Err(other.unexpected()),
        }
    }
    Ok(options)
}

fn serve(mut parser: Parser) -> Result<ServeOptions, lexopt::Error> {
    let (mut zadig, mut token_file, mut simulator) = (None, None, Vec::new());
    let (mut port, mut prefix) = (8080, "/".to_owned());
    let (mut release, mut ask_token) = (false, false);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("port") => port = parser.value()?.parse()?,
            Arg::Long("release") => release = true,
            Arg::Long("zadig") => zadig = Some(parser.value()?.string()?),
            Arg::Long("token-file") => token_file = Some(parser.value()?.into()),
            Arg::Long("ask-token") => ask_token = true,
            Arg::Long("embed-prefix") => prefix = parser.value()?.string()?,
            Arg::Long(name) if name.starts_with("sim-") => {
                let name = name.replacen("sim-", "--", 1);
                let is_switch = SIMULATOR_SWITCHES.contains(&name.as_str());
                simulator.push(name);
                if !is_switch {
                    simulator.push(parser.value()?.string()?);
                }
            }
            other => return Err(other.unexpected()),
        }
    }
    if zadig.is_none() && token_file.is_some() {
        return Err("--token-file goes with --zadig; the simulator's token is added by itself".into());
    }
    if zadig.is_some() && (ask_token || !simulator.is_empty()) {
        return Err("--zadig takes the simulator's place, so its options have no meaning".into());
    }
    Ok(ServeOptions { port, release, zadig, token_file, ask_token, prefix, simulator })
}

fn audit(mut parser: Parser) -> Result<AuditOptions, lexopt::Error> {
    let mut options = AuditOptions::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("database") => options.database = Some(parser.value()?.into()),
            other => return Err(other.unexpected()),
        }
    }
    Ok(options)
}

fn test(words: Vec<String>) -> Result<TestOptions, lexopt::Error> {
    let (stages, filters): (Vec<_>, Vec<_>) =
        words.into_iter().partition(|word| crate::test::STAGES.contains(&word.as_str()));
    let mut filters = filters.into_iter();
    let filter = filters.next();
    if let Some(second) = filters.next() {
        return Err(format!("one test name at a time, `{second}` is the second").into());
    }
    Ok(TestOptions { stages, filter })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_words(words: &str) -> Outcome<Action> {
        read(Parser::from_args(words.split_whitespace()))
    }

    #[test]
    fn without_a_command_the_help_is_shown() {
        assert_eq!(read_words("").unwrap(), Action::Help);
        assert_eq!(read_words("--help").unwrap(), Action::Help);
    }

    #[test]
    fn an_unknown_word_is_named() {
        assert!(read_words("biuld").unwrap_err().0.contains("biuld"));
        assert!(read_words("build --fast").unwrap_err().0.contains("--fast"));
        assert!(read_words("doctor now").unwrap_err().0.contains("now"));
    }

    #[test]
    fn a_copy_of_the_advisories_can_be_named() {
        let Action::Audit(options) = read_words("audit --database db").unwrap() else { panic!("not audit") };
        assert_eq!(options.database, Some(PathBuf::from("db")));
        assert!(read_words("audit db").is_err());
    }

    #[test]
    fn serve_passes_the_simulators_options_on() {
        let Action::Serve(options) =
            read_words("serve --sim-fixed-portal --sim-version v3.4.0 --port 9 --sim-scale=50").unwrap()
        else {
            panic!("not serve")
        };
        assert_eq!(options.simulator, ["--fixed-portal", "--version", "v3.4.0", "--scale", "50"]);
        assert_eq!((options.port, options.prefix.as_str(), options.release), (9, "/", false));
    }

    #[test]
    fn options_of_the_simulator_are_refused_beside_a_real_zadig() {
        assert!(read_words("serve --zadig http://z --ask-token").is_err());
        assert!(read_words("serve --zadig http://z --sim-scale 2").is_err());
        assert!(read_words("serve --token-file t").is_err());
        assert!(read_words("serve --zadig http://z --token-file t").is_ok());
    }

    #[test]
    fn the_words_after_test_are_stages_and_one_name() {
        let options = |words| match read_words(words).unwrap() {
            Action::Test(options) => options,
            other => panic!("{other:?}"),
        };
        assert_eq!(options("test"), TestOptions::default());
        assert_eq!(options("test native fmt").stages, ["native", "fmt"]);
        let narrowed = options("test web a_cut");
        assert_eq!((narrowed.stages.len(), narrowed.filter.as_deref()), (1, Some("a_cut")));
        assert!(read_words("test one two").is_err());
    }
}
