//! `mujaz explain`: why a summary is what it is, sentence by sentence.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write;

use super::source::Sources;
use crate::article::Refusal;
use crate::brief::{self, Readable};
use crate::facts::gazetteer::gazetteer;
use crate::facts::participants::judge::Candidate;
use crate::facts::participants::links::Obstacle;
use crate::facts::participants::model::Row;
use crate::facts::{Facts, participants};
use crate::reply::plain::visible;
use crate::rule::{self, Rule};
use crate::summary::cut::{self, Piece};
use crate::summary::features::Feature;
use crate::summary::{Budget, Chosen, Length, Measured};
use crate::text::{Document, Span};

/// How many roles and countries of a person are shown, the likeliest first.
const WEIGHED: usize = 6;

/// How many of the places where a sentence can be cut are shown, the likeliest first.
const CUTS: usize = 4;

/// The features that are shown of each sentence: those that the ranker asks for most.
const SHOWN: &[Feature] = &[
    Feature::Words,
    Feature::KeyFigure,
    Feature::Quoted,
    Feature::TitleCovered,
    Feature::LeadShare,
    Feature::TakenUp,
    Feature::Known,
    Feature::NewPeople,
];

/// What to explain.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// An address, a file, or - for standard input
    source: String,
    /// Tell of roles, countries, participants and figures how likely each is and what was left out, and which rules held how often, instead of the sentences
    #[arg(long)]
    facts: bool,
}

/// Writes a table of the sentences of a text: what each is worth, what was measured of it, where it can be cut, what became of it.
///
/// # Errors
/// One sentence that says why the source cannot be read or summarised.
pub fn run(options: &Options, output: &mut impl Write) -> anyhow::Result<()> {
    let article = Sources::new()?.read(&options.source, None)?;
    let (read, held) = rule::count(|| {
        let read = brief::read_checked(article)?;
        let chosen = read.measured.choose(&read.document, &read.facts, Budget::Length(Length::Medium));
        Ok::<_, Refusal>((read, chosen))
    });
    let (Readable { article, document, facts, measured, .. }, chosen) = read?;
    if options.facts {
        links(&document, output)?;
        candidates(&document, output)?;
        figures(&document, &facts, output)?;
        return rules(&held, output);
    }
    let known = measured.known(&document, &facts);
    writeln!(output, "{}", visible(&article.headline))?;
    for index in 0..document.sentences().len() {
        writeln!(output, "{index:>3}  {:.2}  {}", measured.worth[index], fate(&measured, &chosen, index))?;
        let features = &measured.features[index];
        let shown: Vec<String> =
            SHOWN.iter().map(|&feature| format!("{} {:.2}", feature.name(), features.get(feature))).collect();
        writeln!(output, "           {}", shown.join("  "))?;
        let mut pieces = cut::pieces(&known, index);
        pieces.sort_by(|a, b| b.likely.total_cmp(&a.likely));
        for piece in pieces.iter().take(CUTS) {
            writeln!(output, "           {}", describe(&document, piece))?;
        }
    }
    Ok(())
}

/// Writes of each person the likeliest roles and countries, with how likely they are, and why those were left out that were.
fn links(document: &Document, output: &mut impl Write) -> anyhow::Result<()> {
    let model = participants::links::model();
    let (sure_role, sure_country) = model.limits();
    for (name, options) in participants::link_options(document) {
        let weights = model.weigh(&options);
        let link = model.choose(&options, &weights);
        let (roles, countries) = weights;
        writeln!(output, "{}", visible(&name))?;
        let fate = |likely: f32, sure: f32| {
            if likely < sure { "left out: not sure" } else { "left out: another is likelier" }.to_owned()
        };
        let titles = options.titles.iter().zip(roles).map(|(title, likely)| {
            let fate = match Obstacle::of(title, link.country) {
                _ if link.role == title.text => "found".to_owned(),
                Some(obstacle) => format!("left out: {obstacle}"),
                None => fate(likely, sure_role),
            };
            Weighed { text: title.text.as_str(), likely, fate }
        });
        weighed(output, "role", sure_role, titles.collect())?;
        let ties = options.ties.iter().zip(countries).map(|(tie, likely)| {
            let is_found = link.country == tie.country;
            let fate = if is_found { "found".to_owned() } else { fate(likely, sure_country) };
            Weighed { text: gazetteer().country(tie.country), likely, fate }
        });
        weighed(output, "country", sure_country, ties.collect())?;
    }
    Ok(())
}

/// A role or a country that could be a person's.
struct Weighed<'a> {
    text: &'a str,
    likely: f32,
    /// What became of it.
    fate: String,
}

/// Writes the likeliest of what was weighed, each once.
fn weighed(output: &mut impl Write, kind: &str, sure: f32, mut all: Vec<Weighed<'_>>) -> anyhow::Result<()> {
    all.sort_by(|a, b| b.likely.total_cmp(&a.likely));
    let mut seen: Vec<&str> = Vec::new();
    for Weighed { text, likely, fate } in all {
        if seen.len() == WEIGHED || seen.contains(&text) {
            continue;
        }
        seen.push(text);
        writeln!(output, "    {kind} {likely:.2} of {sure:.2}  {fate}  {}", visible(text))?;
    }
    Ok(())
}

/// Writes how likely each who could take part does, and how likely that has to be to be shown.
fn candidates(document: &Document, output: &mut impl Write) -> anyhow::Result<()> {
    let seen = RefCell::new(Vec::new());
    let judge = |of: Candidate, names: &[&str], _: Span, row: &Row| {
        let likely = of.likelihood(row);
        seen.borrow_mut().push((of, names.first().copied().unwrap_or_default().to_owned(), likely));
        likely
    };
    let _ = participants::find_by(document, &judge);
    for (of, name, likely) in seen.into_inner() {
        let fate = match (of.takes_part(likely), of.is_central(likely)) {
            (true, true) => "shown",
            (true, false) => "shown by its button: not central",
            (false, _) => "left out: not sure",
        };
        writeln!(output, "{of} {likely:.2} of {:.2}  {fate}  {}", of.least(), visible(&name))?;
    }
    Ok(())
}

/// Writes of each figure by how much it is over the line between listed and not listed, and its clause, where one is good enough.
fn figures(document: &Document, facts: &Facts, output: &mut impl Write) -> anyhow::Result<()> {
    for figure in &facts.figures {
        let fate = match figure.line {
            _ if figure.salience <= 0.0 => "left out: background".to_owned(),
            Some(line) if figure.is_central() => format!("listed  {}", visible(document.slice(line))),
            Some(line) => format!("listed by its button: not central  {}", visible(document.slice(line))),
            None => "without a line: no clause is good enough".to_owned(),
        };
        let text = visible(document.slice(figure.span));
        writeln!(output, "figure {:+.2}  {fate}  {text}", figure.salience)?;
    }
    Ok(())
}

/// Writes which rules forbade or overruled something, and how often.
fn rules(held: &BTreeMap<Rule, usize>, output: &mut impl Write) -> anyhow::Result<()> {
    for (rule, times) in held {
        writeln!(output, "rule {times:>3}  {rule}  {}", rule.does())?;
    }
    Ok(())
}

/// What became of a sentence: chosen, barred and why, leaning and on what, or not worth its place.
fn fate(measured: &Measured, chosen: &[Chosen], index: usize) -> String {
    if chosen.iter().any(|chosen| chosen.sentence == index) {
        return "chosen".to_owned();
    }
    match (measured.barriers[index], measured.leans()[index]) {
        (Some(barrier), _) => format!("barred: {barrier}"),
        (None, Some(cause)) => format!("leans on the sentence before: {cause}"),
        (None, None) => "others are worth more".to_owned(),
    }
}

/// How likely an editor would end a piece where it ends, and a reader finds no fault in that, how long it is, what it would lose, and its last words.
fn describe(document: &Document, piece: &Piece) -> String {
    let words: Vec<&str> = document.slice(piece.span).split_whitespace().collect();
    let end = words[words.len().saturating_sub(6)..].join(" ");
    let lost = piece.forbidden.map(|rule| format!("  never: {rule}")).unwrap_or_default();
    format!("{:.2} {:.2}  {} words  … {}{lost}", piece.likely, piece.sound, piece.words, visible(&end))
}
