//! `mujaz explain`: why a summary is what it is, sentence by sentence.

use std::io::Write;

use super::source;
use crate::brief;
use crate::facts::gazetteer::gazetteer;
use crate::facts::{self, participants};
use crate::reply::plain::visible;
use crate::summary::{self, Budget, Length, Review, rank};
use crate::text::Document;

/// How many weighed features are shown of each sentence.
const SHOWN: usize = 6;

/// What to explain.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// An address, a file, or - for standard input
    source: String,
    /// Tell of each person which roles and countries were weighed, instead of the sentences
    #[arg(long)]
    facts: bool,
}

/// Writes a table of the sentences of a text: what each is worth, what made it so, what became of it.
///
/// # Errors
/// One sentence that says why the source cannot be read or summarised.
pub fn run(options: &Options, mut output: impl Write) -> anyhow::Result<()> {
    let article = source::read(&options.source, None)?;
    brief::check(&article)?;
    let document = Document::new(&article.headline, &article.body);
    if options.facts {
        return links(&document, &mut output);
    }
    let facts = facts::analyze(&document);
    let review = summary::review(&document, &facts, Budget::Length(Length::Medium));
    writeln!(output, "{}", visible(&article.headline))?;
    for (index, sentence) in document.sentences().iter().enumerate() {
        let words: Vec<&str> = document.slice(sentence.span).split_whitespace().collect();
        let opening = words.iter().take(12).copied().collect::<Vec<_>>().join(" ");
        let opening = visible(&opening);
        writeln!(output, "{index:>3}  {:.2}  {}  {opening}", review.worth[index], fate(&review, index))?;
        writeln!(output, "           {}", reasons(&review, index))?;
    }
    Ok(())
}

/// Writes of each person the likeliest roles and countries, with how likely they are, and what was left out as not sure.
fn links(document: &Document, output: &mut impl Write) -> anyhow::Result<()> {
    let model = participants::links::model();
    let limits = model.limits();
    for (name, options) in participants::link_options(document) {
        let (roles, countries) = model.weigh(&options);
        writeln!(output, "{}", visible(&name))?;
        let titles = options.titles.iter().map(|title| title.text.as_str());
        weighed(output, "role", limits.0, titles.zip(roles).collect())?;
        let ties = options.ties.iter().map(|tie| gazetteer().country(tie.country));
        weighed(output, "country", limits.1, ties.zip(countries).collect())?;
    }
    Ok(())
}

/// Writes the likeliest of what was weighed: the first is shown if it is sure.
fn weighed(output: &mut impl Write, kind: &str, sure: f32, mut all: Vec<(&str, f32)>) -> anyhow::Result<()> {
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut seen: Vec<&str> = Vec::new();
    for (text, likely) in all {
        if seen.len() == SHOWN || seen.contains(&text) {
            continue;
        }
        let fate = match (seen.is_empty(), likely >= sure) {
            (true, true) => "shown",
            (true, false) => "left out: not sure",
            (false, _) => "left out: another is likelier",
        };
        seen.push(text);
        writeln!(output, "    {kind} {likely:.2} of {sure:.2}  {fate}  {}", visible(text))?;
    }
    Ok(())
}

/// What became of a sentence: chosen, barred and why, or not worth its place.
fn fate(review: &Review, index: usize) -> String {
    if review.chosen.iter().any(|chosen| chosen.sentence == index) {
        return "chosen".to_owned();
    }
    match review.barriers[index] {
        Some(barrier) => format!("barred: {barrier}"),
        None => "others are worth more".to_owned(),
    }
}

/// The features that weigh most, with what each adds.
fn reasons(review: &Review, index: usize) -> String {
    let mut parts: Vec<_> = rank::parts(&review.features[index]).filter(|(_, part)| *part != 0.0).collect();
    parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let shown: Vec<String> =
        parts.iter().take(SHOWN).map(|(feature, part)| format!("{} {part:+.2}", feature.name())).collect();
    shown.join("  ")
}
