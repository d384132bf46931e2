//! The `mujaz` command.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match mujaz::cli::run(mujaz::cli::Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mujaz: {error:#}");
            ExitCode::FAILURE
        }
    }
}
