//! `mujaz extract`: the article of a saved page, as it is measured from outside. The format is fixed.

use std::io::Write;

use serde::Serialize;
use url::Url;

use super::json;
use super::source::Sources;
use crate::article::Article;
use crate::reply::plain::visible;

/// What to read.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// A saved page (HTML), another file (text, Word, PDF), an address, or - for standard input
    file: String,
    /// The address that the page was saved from
    #[arg(long)]
    url: Option<Url>,
    /// Print JSON for programs; else the headline and the text
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Output<'a> {
    title: &'a str,
    text: &'a str,
    byline: Option<&'a str>,
    published: Option<String>,
    site: Option<&'a str>,
    lang: Option<&'a str>,
}

/// Prints the article of the page that `options` name.
///
/// # Errors
/// One sentence that says why the file cannot be read.
pub fn run(options: &Options, output: &mut impl Write) -> anyhow::Result<()> {
    let article = Sources::new()?.read(&options.file, options.url.as_ref())?;
    if options.json {
        writeln!(output, "{}", json::line(&describe(&article))?)?;
    } else {
        writeln!(output, "{}\n", visible(&article.headline))?;
        for line in article.body.lines() {
            writeln!(output, "{}", visible(line))?;
        }
    }
    Ok(())
}

fn describe(article: &Article) -> Output<'_> {
    Output {
        title: &article.headline,
        text: &article.body,
        byline: article.byline.as_deref(),
        published: article.published.as_ref().map(ToString::to_string),
        site: article.site.as_deref(),
        lang: article.language.as_deref(),
    }
}
