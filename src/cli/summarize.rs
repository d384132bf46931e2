//! `mujaz summarize`: what the chat would show, in the terminal.

use clap::ValueEnum;

use serde_json::json;

use super::{batch, source};
use crate::brief::{self, Brief, Content};
use crate::locale::{Language, Locale};
use crate::reply::{self, ReplyOptions};
use crate::summary::{Budget, Length};
use crate::text::Span;

/// What to summarise and how.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// An address, a file, or - for standard input
    source: String,
    /// Print JSON for programs
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

/// Prints the summary of what `options` name.
///
/// # Errors
/// One sentence that says why the source cannot be read or summarised.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let article = source::read(&options.source, None)?;
    brief::check(&article)?;
    let brief = brief::compose(article, Budget::Length(options.length.into()));
    if options.json {
        println!("{}", serde_json::to_string(&describe(&brief)?)?);
        return Ok(());
    }
    let locale = Locale::of(Language::Arabic);
    print!("{}", reply::text::render(&reply::compose(&brief, ReplyOptions::default(), locale), locale));
    Ok(())
}

/// The parts of the reply, as `mujaz batch` writes them, after what the article says of itself.
fn describe(brief: &Brief) -> serde_json::Result<serde_json::Value> {
    let article = &brief.article;
    let items = match brief.content {
        Content::Story => None,
        Content::Bulletin { items } => Some(items),
    };
    let mut described = json!({
        "bulletin": items.map(|items| json!({ "items": items })),
        "headline": article.headline,
        "url": article.url.as_ref().map(url::Url::as_str),
        "site": article.site,
        "byline": article.byline,
        "published": article.published.as_ref().map(ToString::to_string),
    });
    if let Some(fields) = described.as_object_mut() {
        fields.extend(batch::parts(brief)?);
    }
    for (person, described) in
        brief.facts.people.iter().zip(described["people"].as_array_mut().into_iter().flatten())
    {
        described["title"] = json!(person.title);
        described["role_span"] = span(brief.document.text(), person.role_span);
        described["country_span"] = span(brief.document.text(), person.country_span);
    }
    Ok(described)
}

/// Where a part stands in the article's text, by bytes and by characters.
fn span(text: &str, span: Option<Span>) -> serde_json::Value {
    let Some(Span { start, end }) = span else { return serde_json::Value::Null };
    let characters = |at: usize| text[..at].chars().count();
    json!({ "bytes": [start, end], "characters": [characters(start), characters(end)] })
}
