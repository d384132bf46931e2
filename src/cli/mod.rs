//! The command line: one file for each command.

pub mod batch;
mod bot;
mod demo;
mod explain;
mod extract;
mod health;
mod read;
mod source;
mod summarize;
pub mod tag;

use clap::{Parser, Subcommand};

/// The `mujaz` command.
#[derive(Debug, Parser)]
#[command(
    name = "mujaz",
    version,
    about = "Extractive Arabic news summaries with key figures and participants"
)]
pub struct Arguments {
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
    /// Read CoNLL on standard input, write `token TAG` lines
    Tag,
    /// Read documents for this program, in a process of its own
    #[command(hide = true)]
    ReadDocuments,
}

/// Runs the command that `arguments` name.
///
/// # Errors
/// One sentence for the person at the terminal, where the input cannot be read.
pub fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.command.unwrap_or(Command::Bot) {
        Command::Bot => bot::run(),
        Command::Health => health::run(),
        Command::Demo(options) => demo::run(&options),
        Command::Summarize(options) => summarize::run(&options),
        Command::Explain(options) => explain::run(&options, std::io::stdout().lock()),
        Command::Extract(options) => extract::run(&options),
        Command::Batch => batch::run(std::io::stdin().lock(), std::io::stdout().lock()),
        Command::Tag => tag::run(std::io::stdin().lock(), std::io::stdout().lock()),
        Command::ReadDocuments => read::run(),
    }
}
