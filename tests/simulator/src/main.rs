//! The program: reads the command line, says where it listens and which tokens it takes, and serves.

use std::io::Write as _;
use std::process::ExitCode;
use tokio::io::AsyncReadExt as _;
use zadig_simulator::auth;
use zadig_simulator::clock::wall_millis;
use zadig_simulator::options::{Options, USAGE};
use zadig_simulator::server::Server;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.iter().any(|a| a == "--help" || a == "-h") {
        say(USAGE);
        return ExitCode::SUCCESS;
    }
    let result = Options::from_args(args).and_then(|options| {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build();
        runtime.map_err(|e| e.to_string())?.block_on(run(options))
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "zadig-simulator: {error}\n\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), String> {
    let listen = options.listen.clone();
    let with_stdin = options.exit_with_stdin;
    let server = Server::bind(options).await.map_err(|e| format!("cannot listen on {listen}: {e}"))?;
    let address = server.address().map_err(|e| e.to_string())?;
    say(&format!("listening on http://{address}\n"));
    for (name, token) in auth::tokens(wall_millis()) {
        say(&format!("token {name} {token}\n"));
    }
    tokio::select! {
        () = server.run() => {}
        () = stdin_closed(), if with_stdin => {}
    }
    // Reading standard input blocks a thread that cannot be cancelled, so the runtime is not waited for.
    std::process::exit(0);
}

async fn stdin_closed() {
    let mut buffer = [0; 256];
    let mut stdin = tokio::io::stdin();
    while stdin.read(&mut buffer).await.is_ok_and(|n| n > 0) {}
}

/// Writes and flushes; whoever started the program may have stopped listening to it.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}
