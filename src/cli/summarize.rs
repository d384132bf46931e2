//! `mujaz summarize`: what the chat would show, in the terminal.

use std::io::{IsTerminal, Write};

use anyhow::ensure;
use clap::ValueEnum;

use super::source::Sources;
use super::{json, output};
use crate::brief::{self, Brief};
use crate::locale::{Language, Locale};
use crate::reply::text::{self, Look};
use crate::reply::{self, Reply, ReplyOptions};
use crate::story::{self, Key, Story};
use crate::summary::{Budget, Length};

/// What stands under the help.
const EXAMPLES: &str = "Examples:
  mujaz summarize https://news.example/article page.html
  pbpaste | mujaz summarize --json --length long -

Exit status: 0; 2 for wrong usage; 1 with a line on standard error for each source that cannot be read.";

/// What to summarise and how.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Options {
    /// An address, a file, or - for standard input; of several those that tell one story are told together
    #[arg(required = true)]
    sources: Vec<String>,
    /// Print JSON for programs, an object a line (README.md describes it)
    #[arg(long)]
    json: bool,
    /// How long the summary is
    #[arg(long, value_enum, default_value_t = LengthName::Medium)]
    length: LengthName,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LengthName {
    Short,
    Medium,
    Long,
}

impl From<LengthName> for Length {
    fn from(name: LengthName) -> Self {
        match name {
            LengthName::Short => Self::Short,
            LengthName::Medium => Self::Medium,
            LengthName::Long => Self::Long,
        }
    }
}

/// Writes the summaries of what `options` name.
///
/// # Errors
/// One sentence that says why the source cannot be read or summarised; of several, that some of them cannot.
pub fn run(options: &Options, output: &mut impl Write) -> anyhow::Result<()> {
    let (sources, names) = (Sources::new()?, &options.sources);
    let compose = |name: &str| -> anyhow::Result<Brief> {
        let article = sources.read(name, None)?;
        Ok(brief::read_checked(article)?.compose(Budget::Length(options.length.into())))
    };
    let (mut briefs, mut failed) = (Vec::new(), 0_usize);
    for (at, name) in names.iter().enumerate() {
        match compose(name) {
            Ok(brief) if options.json => writeln!(output, "{}", json::line(&json::describe(&brief)?)?)?,
            Ok(brief) => briefs.push((at, brief)),
            Err(error) if names.len() == 1 => return Err(error),
            Err(error) => {
                failed += 1;
                output::complain(&format!("{name}: {error:#}"));
            }
        }
        output.flush()?;
    }
    let locale = Locale::of(Language::Arabic);
    for (written, story) in story::stories(briefs, &[], &Key::default()).iter().enumerate() {
        let gap = if written > 0 { "\n\n" } else { "" };
        write!(output, "{gap}{}", text::render(&lines(story, locale), locale, look()))?;
    }
    ensure!(failed == 0, "{failed} of {} sources could not be read", names.len());
    Ok(())
}

/// The reply to one story: that of its article, or of all its articles together.
fn lines(story: &Story, locale: &Locale) -> Reply {
    match story.briefs.as_slice() {
        [brief] => reply::compose(brief, ReplyOptions::default(), locale),
        _ => reply::merged::compose(story, ReplyOptions::default(), locale),
    }
}

/// How a reply looks on standard output: as wide as the terminal, and styled as its person wants it (`NO_COLOR` and the like).
fn look() -> Look {
    let stdout = std::io::stdout();
    let width = terminal_size::terminal_size_of(&stdout).filter(|_| stdout.is_terminal());
    Look {
        width: width.map(|(width, _)| usize::from(width.0)),
        is_styled: anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never,
    }
}
