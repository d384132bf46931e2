//! The command line: one file for each command.

pub mod batch;
mod bot;
mod demo;
mod explain;
mod extract;
mod health;
mod json;
mod output;
mod read;
mod source;
pub mod stories;
mod summarize;
pub mod tag;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use output::Output;

/// What stands under the help.
const EXAMPLES: &str = "Examples:
  mujaz summarize https://news.example/article
  mujaz demo

Exit status: 0; 2 for wrong usage; 1 with one line on standard error for what cannot be read or written.";

/// The `mujaz` command.
#[derive(Debug, Parser)]
#[command(
    name = "mujaz",
    version,
    about = "Extractive Arabic news summaries with key figures and participants",
    after_help = EXAMPLES
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the Telegram bot (the default)
    Bot,
    /// Ask the running bot whether it takes updates (for containers)
    Health,
    /// Try the bot in the browser: no token, no Telegram
    Demo(demo::Options),
    /// Print the summary of a page, a file or standard input (-)
    Summarize(summarize::Options),
    /// Print why the summary of a page, a file or standard input (-) is what it is
    Explain(explain::Options),
    /// Print the article of a saved page
    Extract(extract::Options),
    /// Read JSON lines on standard input, write the parts of a reply for each
    Batch,
    /// Read JSON lines of several articles on standard input, write the stories that they tell
    Stories,
    /// Read CoNLL on standard input, write `token TAG` lines
    Tag,
    /// Read documents for this program, in a process of its own
    #[command(hide = true)]
    ReadDocuments,
}

/// Reads the command line and runs the command that it names.
#[must_use]
pub fn main() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => output::exit(run(arguments)),
        Err(error) => output::tell(&error),
    }
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut output = Output::new();
    match arguments.command.unwrap_or(Command::Bot) {
        Command::Bot => bot::run(),
        Command::Health => health::run(&mut output),
        Command::Demo(options) => demo::run(&options, &mut output),
        Command::Summarize(options) => summarize::run(&options, &mut output),
        Command::Explain(options) => explain::run(&options, &mut output),
        Command::Extract(options) => extract::run(&options, &mut output),
        Command::Batch => batch::run(std::io::stdin().lock(), &mut output),
        Command::Stories => stories::run(std::io::stdin().lock(), &mut output),
        Command::Tag => tag::run(std::io::stdin().lock(), &mut output),
        Command::ReadDocuments => read::run(&mut output),
    }?;
    Ok(output.flush()?)
}
