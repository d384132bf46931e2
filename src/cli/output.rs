//! Where commands write: standard output, and what is said where nobody reads it or it cannot be written.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};
use std::process::ExitCode;

/// Standard output. Its errors say that it was the output that failed.
pub struct Output(BufWriter<StdoutLock<'static>>);

impl Output {
    /// Standard output, which nothing else may write to meanwhile.
    pub fn new() -> Self {
        Self(BufWriter::new(io::stdout().lock()))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(unwritten)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(unwritten)
    }
}

/// Why the output cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the output: {0}")]
struct Unwritten(io::Error);

fn unwritten(error: io::Error) -> io::Error {
    io::Error::new(error.kind(), Unwritten(error))
}

/// The end of a command: 0 in silence where it is done or whoever read its output has seen enough (`| head`), else 1 with one line on
/// standard error.
pub fn exit(ran: anyhow::Result<()>) -> ExitCode {
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_seen_enough(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// One line on standard error. Where that cannot be written either, nobody is left to be told.
pub fn complain(words: &str) {
    let _ = writeln!(io::stderr(), "mujaz: {words}");
}

/// What clap says instead of a command's arguments: help and the version on standard output, wrong usage (status 2) on the other.
pub fn tell(error: &clap::Error) -> ExitCode {
    let told = error.print().and_then(|()| io::stdout().flush());
    match told {
        Err(unwritable) if !error.use_stderr() => exit(Err(unwritten(unwritable).into())),
        _ => ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)),
    }
}

fn is_seen_enough(error: &anyhow::Error) -> bool {
    let gone = |error: &io::Error| {
        error.kind() == ErrorKind::BrokenPipe
            && error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Unwritten>)
    };
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(gone)
}
