//! `zadig-gateway`: see the library's documentation, and `--help`.

use std::io::Read;
use std::process::ExitCode;

use tokio::net::TcpListener;
use zadig_gateway::proxy::bearer;
use zadig_gateway::server::Gateway;
use zadig_gateway::settings::{Settings, SettingsError};

fn main() -> ExitCode {
    let settings = match Settings::read(lexopt::Parser::from_env()) {
        Ok(settings) => settings,
        Err(SettingsError::Help) => {
            println!("{}", SettingsError::Help);
            return ExitCode::SUCCESS;
        }
        Err(error) => return failed(&error.to_string()),
    };
    match start(settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => failed(&sentence),
    }
}

fn failed(sentence: &str) -> ExitCode {
    eprintln!("zadig-gateway: {sentence}");
    ExitCode::FAILURE
}

fn start(settings: Settings) -> Result<(), String> {
    check_token(&settings)?;
    if settings.exit_with_stdin {
        exit_with_stdin();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let wanted = settings.listen;
        let listener = TcpListener::bind(wanted).await;
        let listener = listener.map_err(|error| format!("cannot listen on {wanted}: {error}"))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let gateway = Gateway::new(settings)?;
        println!("listening on http://{address}");
        gateway.run(listener).await;
        Ok(())
    })
}

/// A token file that is no use is better refused now than at the first request.
fn check_token(settings: &Settings) -> Result<(), String> {
    let Some(file) = &settings.token_file else { return Ok(()) };
    let written = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    bearer(&written).map(|_| ())
}

/// Ends the program when standard input does: whoever started it has gone.
fn exit_with_stdin() {
    std::thread::spawn(|| {
        let mut rest = [0; 64];
        while matches!(std::io::stdin().read(&mut rest), Ok(count) if count > 0) {}
        std::process::exit(0);
    });
}
