//! The `mujaz` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    mujaz::cli::main()
}
